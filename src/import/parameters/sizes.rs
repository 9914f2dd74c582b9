//! How much is transferred, and how much room it takes.

use std::collections::{HashMap, HashSet};

use super::scale_out::ScaleOutGroup;
use crate::import::deployment::Deployment;
use crate::model::{Backing, Disk, OstNodeType};
use crate::value::{macros, number};
use crate::xml::NodeId;

/// Sizes of a package under a deployment option, in bytes. One is absent when the descriptor does not say
/// enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sizes {
    /// Of the files to transfer: all of References but those of disks that are not used.
    pub download: Option<u64>,
    /// Of the disks at full size, as often as machines use them.
    pub flat: Option<u64>,
    /// Of the data on the disks: `populatedSize`; without it the size of the file.
    pub sparse: Option<u64>,
    /// Whether the capacity of a disk follows from a property.
    pub is_variable: bool,
}

/// The sizes, with what exists several times counted as often.
pub(super) fn sizes(deployment: &Deployment<'_, '_>, groups: &[ScaleOutGroup]) -> Sizes {
    let envelope = deployment.envelope();
    let instances: HashMap<&str, u64> =
        groups.iter().map(|group| (group.id.as_str(), group.instances.into())).collect();
    let mut sizes = Sizes { flat: Some(0), sparse: Some(0), ..Sizes::default() };
    let mut used: HashSet<NodeId> = HashSet::new();
    // By node: how often it exists. Parents come before their children.
    let mut times: HashMap<NodeId, u64> = HashMap::new();
    for node in envelope.ost_nodes() {
        let above = node.parent().and_then(|parent| times.get(&parent.element().node().id()));
        let own = match node.node_type() {
            OstNodeType::Envelope => 1,
            _ => instances.get(&*node.id()).copied().unwrap_or(1),
        };
        let count = above.copied().unwrap_or(1).saturating_mul(own);
        times.insert(node.element().node().id(), count);
        let Some(hardware) = deployment.hardware(node) else { continue };
        for device in hardware.devices() {
            let Some(Backing::Disk(disk)) = device.backing() else { continue };
            let is_first = used.insert(disk.element().node().id());
            if disk.is_shared() && !is_first {
                continue;
            }
            let count = if disk.is_shared() { 1 } else { count };
            let add =
                |sum: Option<u64>, size: Option<u64>| sum?.checked_add(size?.checked_mul(count)?);
            sizes.flat = add(sizes.flat, deployment.capacity(disk));
            sizes.sparse = add(sizes.sparse, data(disk));
            sizes.is_variable |= disk
                .capacity()
                .is_some_and(|capacity| macros::single(capacity.value().trim()).is_some());
        }
    }
    sizes.download = download(deployment, &used);
    sizes
}

/// How much data is on a disk. An empty one has none.
fn data(disk: Disk<'_, '_>) -> Option<u64> {
    let envelope = disk.element().envelope();
    match (Deployment::populated_size(disk), disk.file_ref()) {
        (Some(size), _) => Some(size),
        (None, None) => Some(0),
        (None, Some(file)) => {
            number::unsigned_long(&envelope.file(&file.value())?.size()?.value()).ok()
        }
    }
}

/// The sum of the files. Those of disks are left out that are neither used nor the parent of one that
/// is.
fn download(deployment: &Deployment<'_, '_>, used: &HashSet<NodeId>) -> Option<u64> {
    let envelope = deployment.envelope();
    let mut needed: HashSet<NodeId> = used.clone();
    for disk in envelope.disks().filter(|disk| used.contains(&disk.element().node().id())) {
        let mut disk = disk;
        while let Some(parent) = disk.parent_ref().and_then(|id| envelope.disk(&id.value())) {
            // One that was met before had its parents followed then.
            if !needed.insert(parent.element().node().id()) {
                break;
            }
            disk = parent;
        }
    }
    let mut of_disks: HashMap<NodeId, bool> = HashMap::new();
    for disk in envelope.disks() {
        let file = disk.file_ref().and_then(|id| envelope.file(&id.value()));
        if let Some(file) = file {
            *of_disks.entry(file.element().node().id()).or_default() |=
                needed.contains(&disk.element().node().id());
        }
    }
    envelope
        .files()
        .filter(|file| of_disks.get(&file.element().node().id()).copied().unwrap_or(true))
        .try_fold(0_u64, |sum, file| {
            sum.checked_add(number::unsigned_long(&file.size()?.value()).ok()?)
        })
}
