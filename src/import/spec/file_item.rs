//! The files that have to be sent: `OvfFileItem`.

use std::collections::{HashMap, HashSet};

use super::devices::{DeviceFiles, OTHER};
use super::object::data_objects;
use crate::import::files::Files;
use crate::model::File;
use crate::xml::NodeId;

data_objects! {
    /// `OvfFileItem`: a file that has to be sent for a device.
    FileItem = "OvfFileItem" {
        /// The device: `/web/VirtualDisk:0`, after the name of the machine the type of the device with
        /// its number among those with files. The target answers with the same form.
        device_id: String = "deviceId",
        /// The path in the package; of a file in chunks the part that its pieces have alike.
        path: String = "path",
        /// `gzip`, when the file is compressed.
        compression_method: Option<String> = "compressionMethod",
        /// Bytes of a piece, when the file is in pieces.
        chunk_size: Option<i64> = "chunkSize",
        /// Bytes, as stored.
        size: Option<i64> = "size",
        /// The type of the device in CIM: 17 a disk, 15 and 16 a CD or DVD, 14 a floppy disk.
        cim_type: i32 = "cimType",
        /// Whether the file makes something new; a delta of a disk changes what was sent before it.
        create: bool = "create",
    }
}

/// Gathers the files of all machines.
#[derive(Debug)]
pub(super) struct FileItems<'d, 'e, 's> {
    files: &'d Files<'e, 's>,
    /// By element: the place among all files in the order they are sent in, and in the list of files.
    ranks: HashMap<NodeId, (usize, usize)>,
    found: Vec<(usize, FileItem)>,
}

impl<'d, 'e, 's> FileItems<'d, 'e, 's> {
    pub(super) fn new(files: &'d Files<'e, 's>) -> Self {
        let places: HashMap<NodeId, usize> =
            files.list().iter().enumerate().map(|(at, file)| (id(file.file), at)).collect();
        let ranks = files
            .upload_order()
            .enumerate()
            .filter_map(|(rank, file)| Some((id(file.file), (rank, *places.get(&id(file.file))?))))
            .collect();
        Self { files, ranks, found: Vec::new() }
    }

    /// The files of a machine.
    pub(super) fn add(
        &mut self,
        name: &str,
        devices: &[DeviceFiles<'e, 's>],
        nvram: Option<File<'e, 's>>,
    ) {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for device in devices {
            let count = counts.entry(device.type_name).or_default();
            let device_id = format!("/{name}/{}:{count}", device.type_name);
            *count = count.saturating_add(1);
            let mut sent = HashSet::new();
            for &file in &device.files {
                let is_first = sent.is_empty();
                if sent.insert(id(file)) {
                    self.push(&device_id, file, device.cim_type, is_first);
                }
            }
        }
        if let Some(nvram) = nvram {
            self.push(&format!("/{name}/nvram"), nvram, OTHER, true);
        }
    }

    fn push(&mut self, device_id: &str, file: File<'e, 's>, cim_type: u16, create: bool) {
        let Some(&(rank, at)) = self.ranks.get(&id(file)) else { return };
        let Some(file) = self.files.list().get(at) else { return };
        let long = |bytes: Option<u64>| bytes.and_then(|bytes| i64::try_from(bytes).ok());
        let item = FileItem {
            device_id: device_id.to_owned(),
            path: file.name.clone(),
            compression_method: file.compression.as_deref().map(str::to_owned),
            chunk_size: long(file.chunk_size),
            size: long(file.size),
            cim_type: cim_type.into(),
            create,
        };
        self.found.push((rank, item));
    }

    /// All of them, in the order they have to be sent in.
    pub(super) fn finish(mut self) -> Vec<FileItem> {
        self.found.sort_by_key(|(rank, _)| *rank);
        self.found.into_iter().map(|(_, item)| item).collect()
    }
}

fn id(file: File<'_, '_>) -> NodeId {
    file.element().node().id()
}
