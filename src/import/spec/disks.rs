//! Disks: what is behind them, how big they are, where they go.

use std::collections::HashMap;

use super::device::{Backing, Disk as DiskDevice, ObjectReference};
use super::devices::{FoundDisk, amount, host_resource, line};
use super::fault::{Fault, FaultKind};
use crate::import::choices::{Choices, DiskProvisioning};
use crate::import::deployment::Deployment;
use crate::import::files::{Files, ImportDisk};
use crate::model::{Backing as Resource, Device as Item, Disk, Element, Setting};
use crate::value::number;
use crate::xml::NodeId;

/// Disks in a chain of deltas: vSphere has at most 255 (configuration maximums, "VMDK descriptors in a chain").
const MAX_CHAIN: usize = 255;

/// The disks of a package.
#[derive(Debug)]
pub(super) struct Disks<'e, 's> {
    files: Files<'e, 's>,
    by_element: HashMap<NodeId, usize>,
}

impl<'e, 's> Disks<'e, 's> {
    pub(super) fn new(deployment: &Deployment<'e, 's>) -> Self {
        let files = Files::new(deployment);
        let id = |disk: &ImportDisk<'_, '_>| disk.disk.element().node().id();
        let by_element =
            files.disks().iter().enumerate().map(|(at, disk)| (id(disk), at)).collect();
        Self { files, by_element }
    }

    pub(super) const fn files(&self) -> &Files<'e, 's> {
        &self.files
    }

    /// The disk of an Item: that of `HostResource`, else an empty one of the size the Item says.
    pub(super) fn disk(
        &self,
        deployment: &Deployment<'e, 's>,
        item: Item<'e, 's>,
        machine_group: Option<&str>,
    ) -> Result<FoundDisk<'e, 's>, Fault> {
        let choices = deployment.choices();
        let group = item.vmware_extension("StorageGroup").map(|group| group.text());
        let group = group.as_deref().map(str::trim).or(machine_group);
        let resource = item.setting(Setting::HostResource);
        let disk = match item.backing() {
            Some(Resource::Disk(disk)) => disk,
            Some(Resource::File(file)) => {
                // A file instead of a disk has no capacity, so the Item has to say it.
                let mut found = empty(item, resource, choices, group)?;
                found.files.push(file);
                return Ok(found);
            }
            None => return empty(item, resource, choices, group),
        };
        let id = disk.id().map(|id| id.value()).unwrap_or_default();
        let at = self.by_element.get(&disk.element().node().id());
        let found = at.and_then(|&at| self.files.disks().get(at));
        let capacity = found
            .and_then(|found| found.capacity)
            .filter(|&capacity| capacity > 0)
            .and_then(|capacity| i64::try_from(capacity).ok())
            .ok_or_else(|| bad_capacity(disk))?;
        // From the disk up to what it is a delta of.
        let mut chain = Vec::new();
        let mut next = found;
        while let Some(disk) = next {
            if chain.len() >= MAX_CHAIN {
                return Err(endless_chain(disk.disk));
            }
            chain.push(disk);
            next = disk.parent.and_then(|parent| self.files.disks().get(parent));
        }
        let chosen = |by: &std::collections::BTreeMap<String, String>| {
            by.get(&*id).or_else(|| by.get(group?)).cloned()
        };
        let place =
            Place { choices, datastore: chosen(&choices.datastores), shared: disk.is_shared() };
        let (mut backing, mut files) = (None, Vec::new());
        for link in chain.iter().rev() {
            backing = Some(place.backing(backing));
            let file = link.file.and_then(|at| self.files.list().get(at));
            files.extend(file.map(|file| file.file));
        }
        Ok(FoundDisk {
            disk: sized(capacity),
            backing: backing.unwrap_or_else(|| place.backing(None)),
            files,
            profile: chosen(&choices.storage_profiles),
        })
    }
}

/// How and where a disk is laid out.
struct Place<'c> {
    choices: &'c Choices,
    datastore: Option<String>,
    shared: bool,
}

impl Place<'_> {
    fn backing(&self, parent: Option<Backing>) -> Backing {
        let file_name = String::new();
        let disk_mode = "persistent";
        let datastore = self
            .datastore
            .clone()
            .map(|value| ObjectReference { object_type: "Datastore".to_owned(), value });
        let parent = parent.map(Box::new);
        use DiskProvisioning::{
            EagerZeroedThick, Flat, MonolithicFlat, MonolithicSparse, SeSparse, Sparse, Thick,
            Thin, TwoGbMaxExtentFlat, TwoGbMaxExtentSparse,
        };
        // What is not chosen the target decides.
        let (thin_provisioned, eagerly_scrub, split) = match self.choices.disk_provisioning {
            Some(SeSparse) => {
                return Backing::SparseDisk {
                    file_name,
                    datastore,
                    disk_mode,
                    write_through: None,
                    parent,
                };
            }
            None => (None, None, None),
            Some(Thin | Sparse | MonolithicSparse) => (Some(true), None, None),
            Some(TwoGbMaxExtentSparse) => (Some(true), None, Some(true)),
            Some(Thick | Flat | MonolithicFlat) => (Some(false), Some(false), None),
            Some(TwoGbMaxExtentFlat) => (Some(false), Some(false), Some(true)),
            Some(EagerZeroedThick) => (Some(false), Some(true), None),
        };
        Backing::Disk {
            file_name,
            datastore,
            disk_mode,
            split,
            write_through: None,
            thin_provisioned,
            eagerly_scrub,
            parent,
            sharing: self.shared.then_some("sharingMultiWriter"),
        }
    }
}

/// A disk without a `Disk`: the Item says how big it is, in `VirtualQuantity` or as vCloud writes it, in an
/// attribute of `HostResource`, in MiB.
fn empty<'e, 's>(
    item: Item<'e, 's>,
    resource: Option<Element<'e, 's>>,
    choices: &Choices,
    group: Option<&str>,
) -> Result<FoundDisk<'e, 's>, Fault> {
    let of_vcloud = || {
        let capacity = resource?.node().attributes().find(|attribute| {
            attribute.local() == "capacity" && !attribute.namespace().is_empty()
        })?;
        number::unsigned_long(&capacity.value()).ok()?.checked_mul(1 << 20)
    };
    let named = resource.map(|resource| resource.text().trim().to_owned()).unwrap_or_default();
    let names_nothing = named.starts_with("ovf:") && item.backing().is_none();
    let capacity = amount(item, Setting::VirtualQuantity)
        .or_else(of_vcloud)
        .filter(|&capacity| capacity > 0 && !names_nothing)
        .and_then(|capacity| i64::try_from(capacity).ok());
    let Some(capacity) = capacity else {
        let element = resource.or_else(|| Some(item.item()?.element()));
        return Err(match element {
            Some(element) => host_resource(element, named),
            None => Fault {
                line: 0,
                kind: FaultKind::HostResourceConstraint {
                    name: "HostResource".to_owned(),
                    value: named,
                },
            },
        });
    };
    let chosen = |by: &std::collections::BTreeMap<String, String>| by.get(group?).cloned();
    let place = Place { choices, datastore: chosen(&choices.datastores), shared: false };
    Ok(FoundDisk {
        disk: sized(capacity),
        backing: place.backing(None),
        files: Vec::new(),
        profile: chosen(&choices.storage_profiles),
    })
}

fn sized(bytes: i64) -> DiskDevice {
    const KIB: i64 = 1 << 10;
    let capacity_in_kb = bytes.saturating_add(KIB.saturating_sub(1)).checked_div(KIB).unwrap_or(0);
    DiskDevice { capacity_in_kb, capacity_in_bytes: bytes, ..DiskDevice::default() }
}

fn bad_capacity(disk: Disk<'_, '_>) -> Fault {
    let value = disk.capacity().map(|capacity| capacity.value().into_owned()).unwrap_or_default();
    Fault {
        line: line(disk.element()),
        kind: FaultKind::InvalidValueFormatMalformed {
            element_name: "Disk".to_owned(),
            attribute_name: "capacity".to_owned(),
            value,
        },
    }
}

fn endless_chain(disk: Disk<'_, '_>) -> Fault {
    let value = disk.parent_ref().map(|parent| parent.value().into_owned()).unwrap_or_default();
    Fault {
        line: line(disk.element()),
        kind: FaultKind::InvalidValueReference {
            element_name: "Disk".to_owned(),
            attribute_name: "parentRef".to_owned(),
            value,
        },
    }
}
