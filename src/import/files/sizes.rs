//! What a package takes on the way and at its destination.

use super::{ImportDisk, ImportFile};
use crate::value::{macros, number};

/// What a package takes under the choices of a deployment, in bytes. What cannot be known is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sizes {
    /// All files that are used, as they are stored; unknown when the size of one is.
    pub download: Option<u64>,
    /// All disks that back devices, at full size; a disk that backs several counts for each, unless it is
    /// a `SharedDisk`.
    pub flat: Option<u64>,
    /// The same with the room their data takes: the populated sizes of a disk and of all it is a delta of.
    /// An empty disk has no data; of one with a file and without a populated size all may be.
    pub sparse: Option<u64>,
    /// Whether the capacity of such a disk is a `${property}`, so that choices can change the sizes.
    pub is_variable: bool,
}

impl Sizes {
    pub(super) fn of(files: &[ImportFile<'_, '_>], disks: &[ImportDisk<'_, '_>]) -> Self {
        let backing = || disks.iter().filter(|disk| !disk.devices.is_empty());
        let copies = |disk: &ImportDisk<'_, '_>| match disk.disk.is_shared() {
            true => 1,
            false => u64::try_from(disk.devices.len()).unwrap_or(u64::MAX),
        };
        let flat = sum(backing().map(|disk| disk.capacity?.checked_mul(copies(disk))));
        let data = populated(disks);
        let sparse = disks.iter().zip(data).filter(|(disk, _)| !disk.devices.is_empty());
        Self {
            download: sum(files.iter().filter(|file| file.is_used).map(|file| file.size)),
            flat,
            sparse: sum(sparse.map(|(disk, data)| data?.checked_mul(copies(disk)))),
            is_variable: backing().any(is_variable),
        }
    }
}

fn is_variable(disk: &ImportDisk<'_, '_>) -> bool {
    disk.disk
        .capacity()
        .is_some_and(|capacity| macros::single(number::collapse(&capacity.value())).is_some())
}

fn sum(mut sizes: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    sizes.try_fold(0_u64, |sum, size| sum.checked_add(size?))
}

/// The bytes with data of each disk and of all it is a delta of, no more than it has room for. Each disk
/// is looked at once; one that is a delta of itself has what it has alone.
fn populated(disks: &[ImportDisk<'_, '_>]) -> Vec<Option<u64>> {
    let mut known: Vec<Option<Option<u64>>> = vec![None; disks.len()];
    let mut is_seen = vec![false; disks.len()];
    for at in 0..disks.len() {
        let mut chain = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next {
            let Some(seen) = is_seen.get_mut(at) else { break };
            if std::mem::replace(seen, true) {
                break;
            }
            chain.push(at);
            next = disks.get(at).and_then(|disk| disk.parent);
        }
        let mut above = match next {
            None => Some(0),
            Some(at) => known.get(at).copied().flatten().unwrap_or(Some(0)),
        };
        for at in chain.into_iter().rev() {
            let Some(disk) = disks.get(at) else { continue };
            let own = match (disk.populated_size, disk.disk.file_ref()) {
                (Some(size), _) => Some(size),
                (None, None) => Some(0),
                (None, Some(_)) => disk.capacity,
            };
            let all = own.zip(above).and_then(|(own, above)| own.checked_add(above));
            above = all.map(|all| disk.capacity.map_or(all, |capacity| all.min(capacity)));
            if let Some(slot) = known.get_mut(at) {
                *slot = Some(above);
            }
        }
    }
    known.into_iter().map(Option::flatten).collect()
}
