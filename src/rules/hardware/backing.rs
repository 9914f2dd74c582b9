//! DSP0243 8.3: what devices are backed by and connected to.

use std::collections::BTreeMap;

use super::super::Out;
use super::items::items;
use super::{Places, devices, is_legacy};
use crate::diagnostic::{closest, quoted};
use crate::model::{AttributeName, Device, Element, Item, ItemKind, Scope, Setting};
use crate::namespace::Namespace;
use crate::value::host_resource::{HostResource, HostResourceError, Kind};
use crate::value::mac::{MacAddress, MacError};
use crate::value::map::HashSet;
use crate::value::number;

/// DSP0243 8.3, table 5: `HostResource` is `ovf:/disk/ID` or `ovf:/file/ID`.
///
/// An empty one is a drive with nothing in it. What is no such reference at all is judged for disks and
/// drives only: for other devices it may name something of the host.
pub(super) fn invalid_host_resource(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope) {
        for resource in host_resources(item) {
            let text = resource.text();
            let error = match HostResource::parse(&text) {
                Ok(_) | Err(HostResourceError::Empty) => continue,
                Err(HostResourceError::Raw) if !is_storage(item) => continue,
                Err(error) => error,
            };
            out.at(
                resource.text_span(),
                format_args!("the `HostResource` {} {error}", quoted(number::collapse(&text))),
            )
            .help(format_args!(
                "write `ovf:/disk/` and the id of a Disk, or `ovf:/file/` and that of a File"
            ))
            .done();
        }
    }
}

/// DSP0243 8.3: `HostResource` names a Disk or a File that is there.
pub(super) fn unknown_host_resource(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for resource in items(envelope).flat_map(host_resources) {
        let text = resource.text();
        let Ok(HostResource { kind, id, .. }) = HostResource::parse(&text) else { continue };
        let is_there = |kind| match kind {
            Kind::Disk => envelope.disk(id).is_some(),
            Kind::File => envelope.file(id).is_some(),
        };
        if is_there(kind) {
            continue;
        }
        let draft = out.at(
            resource.text_span(),
            format_args!("no {} has the id {}", kind.as_str(), quoted(id)),
        );
        if !draft.is_kept() {
            continue;
        }
        let ids: Vec<_> = match kind {
            Kind::Disk => envelope.disks().filter_map(|disk| disk.id()).take(CANDIDATES).collect(),
            Kind::File => envelope.files().filter_map(|file| file.id()).take(CANDIDATES).collect(),
        };
        let ids: Vec<_> = ids.into_iter().map(|id| id.value()).collect();
        match (kind, closest(id, ids.iter().map(AsRef::as_ref))) {
            (Kind::Disk, _) if is_there(Kind::File) => {
                draft
                    .help(format_args!("a File has that id; refer to the Disk made from it"))
                    .done();
            }
            (Kind::File, _) if is_there(Kind::Disk) => {
                draft.help(format_args!("a Disk has that id: write `ovf:/disk/`")).done();
            }
            (_, Some(close)) => {
                draft.help(format_args!("{} is close to it", quoted(close))).done();
            }
            (Kind::Disk, None) => draft.help(format_args!("add the Disk to DiskSection")).done(),
            (Kind::File, None) => draft.help(format_args!("add the File to References")).done(),
        }
    }
}

/// Names looked at for a close one.
const CANDIDATES: usize = 64;

/// DSP0243 8.3: references start with `ovf:/`; OVF 0.9 had `/disk/ID`.
///
/// Once for each spelling and section.
pub(super) fn legacy_host_resource(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let mut found: BTreeMap<bool, Option<Places<Element<'_, '_>>>> = BTreeMap::new();
        for resource in hardware.items().flat_map(host_resources) {
            let text = resource.text();
            let Ok(read) = HostResource::parse(&text) else { continue };
            let no_scheme = number::collapse(&text).starts_with('/');
            if read.deviation.is_some() && !(no_scheme && is_legacy(envelope)) {
                Places::add(found.entry(no_scheme).or_default(), resource);
            }
        }
        for places in found.into_values().flatten() {
            let text = places.first.text();
            let Ok(read) = HostResource::parse(&text) else { continue };
            out.at(
                places.first.text_span(),
                format_args!(
                    "the `HostResource` {} is not of the form `ovf:/{}/ID`{}",
                    quoted(number::collapse(&text)),
                    read.kind.as_str(),
                    places.repeats()
                ),
            )
            .help(format_args!(
                "write {}",
                quoted(&format!("ovf:/{}/{}", read.kind.as_str(), read.id))
            ))
            .done();
        }
    }
}

/// DSP0243 8.3: a device is backed by one thing.
pub(super) fn several_host_resources(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope) {
        let mut filled =
            host_resources(item).filter(|resource| !number::collapse(&resource.text()).is_empty());
        let Some(first) = filled.next() else { continue };
        for again in filled {
            out.at(
                again.text_span(),
                format_args!("the {} has a second `HostResource`", item.kind().as_str()),
            )
            .label(first.text_span(), format_args!("the first is here"))
            .help(format_args!("leave one, and give the other to an Item of its own"))
            .done();
        }
    }
}

/// DSP0243 8.3: a disk drive is backed by a Disk, which says its capacity and format.
pub(super) fn unfit_host_resource(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for resource in items(envelope)
        .filter(|item| item.type_number() == Some(17))
        .flat_map(host_resources)
        .filter(|resource| refers_to(*resource, Kind::File))
    {
        out.at(resource.text_span(), format_args!("a disk drive is not backed by a file"))
            .help(format_args!("add a Disk with that `fileRef`, and refer to it: `ovf:/disk/ID`"))
            .done();
    }
}

/// DSP0243 8.3: what goes into a CD, DVD or floppy drive is a File. VirtualBox lists the images it
/// exports as Disks.
pub(super) fn drive_backed_by_disk(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope) {
        let what = match item.type_number() {
            Some(14) => "a floppy drive",
            Some(15) => "a CD drive",
            Some(16) => "a DVD drive",
            _ => continue,
        };
        for resource in host_resources(item).filter(|resource| refers_to(*resource, Kind::Disk)) {
            out.at(resource.text_span(), format_args!("{what} is backed by a disk"))
                .help(format_args!("refer to the File: `ovf:/file/ID`"))
                .done();
        }
    }
}

fn refers_to(resource: Element<'_, '_>, kind: Kind) -> bool {
    HostResource::parse(&resource.text()).is_ok_and(|read| read.kind == kind)
}

/// DSP0243 8.3: a disk drive has a disk, or says how large an empty one is to be made.
pub(super) fn disk_without_backing(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware().filter(|hardware| !hardware.is_allocation()) {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        for device in devices(hardware).filter(|device| device.resource_type() == Some(17)) {
            // vCloud gives the size of the disk in an attribute.
            let has_size = device.text(Setting::VirtualQuantity).is_some()
                || device.setting(Setting::HostResource).is_some_and(|r| {
                    r.attribute_named_in(Namespace::VCloud, AttributeName::Capacity).is_some()
                });
            if has_size || device.text(Setting::HostResource).is_some() {
                continue;
            }
            if let Some(item) = first_told(device, &mut told) {
                out.at(
                    item.element().name_span(),
                    format_args!(
                        "the disk drive has no disk and no size{}",
                        variants.under(variants.options(device.index()))
                    ),
                )
                .help(format_args!("refer to a Disk by `HostResource`"))
                .done();
            }
        }
    }
}

/// DSP0243 8.3: a network card is connected to a network.
pub(super) fn missing_connection(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware().filter(|hardware| !hardware.is_allocation()) {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        for device in devices(hardware).filter(|device| device.resource_type() == Some(10)) {
            if device.text(Setting::Connection).is_some() {
                continue;
            }
            if let Some(item) = first_told(device, &mut told) {
                out.at(
                    item.element().name_span(),
                    format_args!(
                        "the network card is connected to no network{}",
                        variants.under(variants.options(device.index()))
                    ),
                )
                .help(format_args!("name a Network of NetworkSection in `Connection`"))
                .done();
            }
        }
    }
}

/// DSP0243 8.3, 9.2: a network card is connected to a Network of the NetworkSection, by its exact name.
pub(super) fn unknown_network(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| is_network_card(*item)) {
        for (_, connection) in
            item.settings().filter(|(setting, _)| *setting == Setting::Connection)
        {
            let text = connection.text();
            let trimmed = number::collapse(&text);
            if trimmed.is_empty() || envelope.network(&text).is_some() {
                continue;
            }
            let draft = out.at(
                connection.text_span(),
                format_args!("no network has the name {}", quoted(&text)),
            );
            if !draft.is_kept() {
                continue;
            }
            let names: Vec<_> =
                envelope.networks().filter_map(|network| network.name()).take(CANDIDATES).collect();
            let names: Vec<_> = names.into_iter().map(|name| name.value()).collect();
            match closest(trimmed, names.iter().map(AsRef::as_ref)) {
                Some(name) if name == trimmed => {
                    draft.help(format_args!("take away the white space around the name")).done();
                }
                Some(name) => draft.help(format_args!("{} is close to it", quoted(name))).done(),
                None if names.is_empty() => {
                    draft.help(format_args!("add a NetworkSection with the network")).done();
                }
                None => draft
                    .help(format_args!("add it to NetworkSection, which has {}", Listed(&names)))
                    .done(),
            }
        }
    }
}

/// The first names of a list.
struct Listed<'n, T>(&'n [T]);

impl<T: AsRef<str>> std::fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHOWN: usize = 5;
        for (at, name) in self.0.iter().take(SHOWN).enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { ", " }, quoted(name.as_ref()))?;
        }
        if self.0.len() > SHOWN { f.write_str(", …") } else { Ok(()) }
    }
}

/// DSP0243 8.3: the `Address` of a network card is a MAC address.
pub(super) fn invalid_mac_address(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for address in items(envelope)
        .filter(|item| item.type_number() == Some(10))
        .filter_map(|item| item.address())
    {
        let text = address.text();
        match MacAddress::parse(&text) {
            Ok(_) | Err(MacError::Empty) => {}
            Err(error) => out
                .at(
                    address.text_span(),
                    format_args!("the address {} {error}", quoted(number::collapse(&text))),
                )
                .help(format_args!(
                    "write one like `00:50:56:12:34:56`, or leave the choice to the host"
                ))
                .done(),
        }
    }
}

fn host_resources<'e, 's>(item: Item<'e, 's>) -> impl Iterator<Item = Element<'e, 's>> {
    let has_any = item.has_any(Setting::HostResource.bit());
    let settings = has_any.then(|| item.settings()).into_iter().flatten();
    settings.filter(|(setting, _)| *setting == Setting::HostResource).map(|(_, resource)| resource)
}

/// Whether an Item is a drive, a disk, or something on which there is storage.
fn is_storage(item: Item<'_, '_>) -> bool {
    item.kind() == ItemKind::Storage || matches!(item.type_number(), Some(14..=20 | 31 | 32))
}

fn is_network_card(item: Item<'_, '_>) -> bool {
    item.kind() == ItemKind::EthernetPort || matches!(item.type_number(), Some(10 | 11 | 33))
}

/// The first Item of a device, unless something was told of it before.
fn first_told<'e, 's>(
    device: Device<'e, 's>,
    told: &mut HashSet<crate::xml::NodeId>,
) -> Option<Item<'e, 's>> {
    device.item().filter(|item| told.insert(item.element().node().id()))
}
