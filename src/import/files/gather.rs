//! Who uses which file.

use std::collections::HashMap;

use super::{FileType, FileUser, ImportDisk, ImportFile};
use crate::import::Deployment;
use crate::model::{Envelope, File, OstNode, Setting};
use crate::value::host_resource::{HostResource, Kind};
use crate::value::number;
use crate::xml::{Attribute, NodeId};

type Gathered<'e, 's> = (Vec<ImportFile<'e, 's>>, Vec<ImportDisk<'e, 's>>);

/// All files and disks, with their users.
pub(super) fn gather<'e, 's>(deployment: &Deployment<'e, 's>) -> Gathered<'e, 's> {
    let envelope = deployment.envelope();
    let mut found = Users::new(envelope);
    let mut disks = disks(deployment, &found);
    let places: HashMap<NodeId, usize> =
        disks.iter().enumerate().map(|(at, disk)| (disk.disk.element().node().id(), at)).collect();
    for (at, disk) in disks.iter_mut().enumerate() {
        let above = disk.disk.parent_ref().and_then(|id| envelope.disk(&id.value()));
        let above = above.and_then(|above| places.get(&above.element().node().id()).copied());
        disk.parent = above.filter(|&above| above != at);
    }
    for node in envelope.ost_nodes() {
        machine(deployment, node, &mut found, |disk, device| {
            let disk = envelope.disk(disk)?;
            let at = places.get(&disk.element().node().id())?;
            disks.get_mut(*at)?.devices.push((node, device));
            Some(())
        });
    }
    mark_used(&mut disks);
    others(envelope, &mut found);
    let mut files = found.files;
    for disk in &disks {
        let Some(file) = disk.file.and_then(|at| files.get_mut(at)) else { continue };
        file.users.push(FileUser::Disk(disk.disk));
        file.file_type = FileType::Disk;
        file.is_used |= disk.is_used;
        file.capacity = file.capacity.or(disk.capacity);
        file.populated_size = file.populated_size.or(disk.populated_size);
    }
    (files, disks)
}

/// The indices of all files, what a disk is a delta of before it. Each disk is looked at once, also when
/// parents lead in a circle.
pub(super) fn order(files: &[ImportFile<'_, '_>], disks: &[ImportDisk<'_, '_>]) -> Vec<usize> {
    let mut disks_of: Vec<Vec<usize>> = vec![Vec::new(); files.len()];
    for (at, disk) in disks.iter().enumerate() {
        if let Some(list) = disk.file.and_then(|file| disks_of.get_mut(file)) {
            list.push(at);
        }
    }
    let mut order = Vec::with_capacity(files.len());
    let mut is_sent = vec![false; files.len()];
    let mut is_seen = vec![false; disks.len()];
    for (file, own) in disks_of.iter().enumerate() {
        // From the file up to the first disk that was seen before, then sent from there down.
        let mut chain = vec![file];
        for &disk in own {
            let mut next = Some(disk);
            while let Some(disk) = next {
                let Some(seen) = is_seen.get_mut(disk) else { break };
                if std::mem::replace(seen, true) {
                    break;
                }
                chain.extend(
                    disks.get(disk).and_then(|disk| disk.file).filter(|&above| above != file),
                );
                next = disks.get(disk).and_then(|disk| disk.parent);
            }
        }
        for file in chain.into_iter().rev() {
            if let Some(sent) = is_sent.get_mut(file)
                && !std::mem::replace(sent, true)
            {
                order.push(file);
            }
        }
    }
    order
}

/// The files, and where each stands in the list.
struct Users<'e, 's> {
    envelope: &'e Envelope<'s>,
    files: Vec<ImportFile<'e, 's>>,
    places: HashMap<NodeId, usize>,
}

impl<'e, 's> Users<'e, 's> {
    fn new(envelope: &'e Envelope<'s>) -> Self {
        let files: Vec<_> = envelope.files().filter_map(read).collect();
        let id = |file: &ImportFile<'e, 's>| file.file.element().node().id();
        let places = files.iter().enumerate().map(|(at, file)| (id(file), at)).collect();
        Self { envelope, files, places }
    }

    fn at(&self, id: &str) -> Option<usize> {
        let file = self.envelope.file(id)?;
        self.places.get(&file.element().node().id()).copied()
    }

    fn add(&mut self, id: &str, user: FileUser<'e, 's>) {
        let Some(file) = self.at(id).and_then(|at| self.files.get_mut(at)) else { return };
        file.users.push(user);
        file.is_used = true;
    }

    fn add_some(&mut self, id: Option<Attribute<'e, 's>>, user: FileUser<'e, 's>) {
        if let Some(id) = id {
            self.add(&id.value(), user);
        }
    }

    fn set_type(&mut self, id: &str, file_type: FileType) {
        if let Some(file) = self.at(id).and_then(|at| self.files.get_mut(at)) {
            file.file_type = file_type;
        }
    }
}

fn read<'e, 's>(file: File<'e, 's>) -> Option<ImportFile<'e, 's>> {
    let number = |attribute: Option<Attribute<'e, 's>>| {
        let number = number::unsigned_long(&attribute?.value()).ok()?;
        (number > 0).then_some(number)
    };
    let compression = file.compression().map(|compression| compression.value());
    let compression = compression.filter(|name| {
        !matches!(number::collapse(name).to_ascii_lowercase().as_str(), "" | "identity")
    });
    let href = file.href()?.value();
    let name = number::collapse(&href);
    (!name.is_empty()).then(|| ImportFile {
        file,
        name: name.to_owned(),
        id: file.id().map(|id| id.value()),
        file_type: FileType::Content,
        size: number(file.size()),
        compression,
        chunk_size: number(file.chunk_size()),
        users: Vec::new(),
        is_used: false,
        capacity: None,
        populated_size: None,
    })
}

fn disks<'e, 's>(
    deployment: &Deployment<'e, 's>,
    files: &Users<'e, 's>,
) -> Vec<ImportDisk<'e, 's>> {
    let disk = |disk: crate::model::Disk<'e, 's>| ImportDisk {
        disk,
        id: disk.id().map(|id| id.value()).unwrap_or_default(),
        file: disk.file_ref().and_then(|id| files.at(&id.value())),
        parent: None,
        capacity: deployment.capacity(disk),
        populated_size: Deployment::populated_size(disk),
        devices: Vec::new(),
        is_used: false,
    };
    deployment.envelope().disks().map(disk).collect()
}

/// What the devices and settings of a machine name: disks are handed on, files get a user.
fn machine<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
    found: &mut Users<'e, 's>,
    mut disk: impl FnMut(&str, crate::model::Device<'e, 's>) -> Option<()>,
) {
    let Some(hardware) = deployment.hardware(node) else { return };
    for &device in hardware.devices() {
        for (_, resource) in device.settings().filter(|(name, _)| *name == Setting::HostResource) {
            let text = resource.text();
            match HostResource::parse(&text) {
                Ok(HostResource { kind: Kind::Disk, id, .. }) => {
                    disk(id, device);
                }
                Ok(HostResource { kind: Kind::File, id, .. }) => {
                    found.add(id, FileUser::Device(node, device));
                }
                Err(_) => {}
            }
        }
    }
    for setting in hardware.hardware().config_entries() {
        let Some(value) = setting.value().map(|value| value.value()) else { continue };
        if let Ok(HostResource { kind: Kind::File, id, .. }) = HostResource::parse(&value) {
            found.add(id, FileUser::Setting(node, setting));
            if setting.key().is_some_and(|key| key.value() == "nvram") {
                found.set_type(id, FileType::Nvram);
            }
        }
    }
}

/// A disk that backs a device is used, and so is all it is a delta of.
fn mark_used(disks: &mut [ImportDisk<'_, '_>]) {
    for at in 0..disks.len() {
        let mut next = disks.get(at).filter(|disk| !disk.devices.is_empty()).map(|_| at);
        while let Some(disk) = next.and_then(|at| disks.get_mut(at)) {
            next = if std::mem::replace(&mut disk.is_used, true) { None } else { disk.parent };
        }
    }
}

/// What refers to files outside of hardware.
fn others<'e, 's>(envelope: &'e Envelope<'s>, found: &mut Users<'e, 's>) {
    for (node, product) in envelope.products() {
        for icon in product.icons() {
            found.add_some(icon.file_ref(), FileUser::Icon(node, product));
        }
    }
    for bundle in envelope.message_bundles() {
        if let Some(id) = bundle.file_ref() {
            found.add(&id.value(), FileUser::Bundle(bundle));
            found.set_type(&id.value(), FileType::MessageBundle);
        }
        for message in bundle.messages() {
            found.add_some(message.file_ref(), FileUser::Message(message));
        }
    }
    for file in envelope.environment_files() {
        found.add_some(file.file_ref(), FileUser::Environment(file));
    }
    for requisite in envelope.requisites() {
        found.add_some(requisite.file_ref(), FileUser::Requisite(requisite));
    }
}
