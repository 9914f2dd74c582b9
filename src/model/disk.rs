//! `DiskSection` (DSP0243 9.1) and `SharedDiskSection` (DSP0243 2.1 9.13).

use super::envelope::Envelope;
use super::view::view;

view! {
    /// A `Disk` or a `SharedDisk` (DSP0243 9.1; 2.1 9.13).
    Disk {
        /// `diskId`, by which an Item refers to it: `ovf:/disk/ID`.
        id = "diskId",
        /// `fileRef`: the id of the file with its content; none for an empty disk.
        file_ref = "fileRef",
        /// `capacity` in units of `capacityAllocationUnits`, or `${property}`.
        capacity = "capacity",
        /// `capacityAllocationUnits`; bytes when absent.
        capacity_units = "capacityAllocationUnits",
        /// `format`: a URI that names the format.
        format = "format",
        /// `populatedSize` in bytes.
        populated_size = "populatedSize",
        /// `parentRef`: the id of the disk this one is a delta of.
        parent_ref = "parentRef",
    }
}

impl<'e, 's> Disk<'e, 's> {
    /// Whether it is a `SharedDisk`, which several machines may use at once.
    #[must_use]
    pub fn is_shared(self) -> bool {
        self.element().is_local("SharedDisk")
    }
}

impl<'s> Envelope<'s> {
    /// Whether several disks have one id.
    pub(crate) fn repeats_disk_ids(&self) -> bool {
        self.index().repeats_disks(self)
    }

    /// The disks, shared ones among them, in document order, wherever their section stands.
    pub fn disks(&self) -> impl Iterator<Item = Disk<'_, 's>> {
        self.elements(&self.lists().disks).map(Disk::new)
    }

    /// The disk of an id; the first, when several have it.
    #[must_use]
    pub fn disk(&self, id: &str) -> Option<Disk<'_, 's>> {
        self.index().disk(self, id).map(Disk::new)
    }
}
