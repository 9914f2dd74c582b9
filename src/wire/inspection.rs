//! What is inside a package, in our own JSON: names in camel case, amounts in bytes and MHz, and what the
//! descriptor does not say left out.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::import::inspect::{
    Allocation, Controller, Cpu, Drive, Guest, HardDisk, LicenceInfo, Machine, Memory, NetworkInfo,
    Nic, OptionInfo, OtherDevice, ProductInfo, PropertyInfo, StorageGroupInfo, SystemInfo,
    UsbController, VideoCard,
};
use crate::import::{ImportDisk, ImportFile, IpProtocol, Sizes};

/// An inspection as JSON, serialised from where it is.
#[derive(Clone, Copy, Debug)]
pub struct Inspection<'i, 'e, 's>(&'i crate::import::Inspection<'e, 's>);

impl<'i, 'e, 's> Inspection<'i, 'e, 's> {
    /// The shape of an inspection.
    #[must_use]
    pub const fn new(inspection: &'i crate::import::Inspection<'e, 's>) -> Self {
        Self(inspection)
    }
}

impl Serialize for Inspection<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let it = self.0;
        let files = it.files.as_ref();
        let (errors, warnings) = (it.counts.error, it.counts.warning);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &1)?;
        put(&mut map, "version", it.version.map(|version| version.as_str()))?;
        map.serialize_entry("name", &it.name)?;
        map.serialize_entry("vApp", &it.is_vapp)?;
        map.serialize_entry("complete", &it.is_complete)?;
        map.serialize_entry("errors", &errors)?;
        map.serialize_entry("warnings", &warnings)?;
        put(&mut map, "option", it.option.as_deref())?;
        put(&mut map, "defaultOption", it.default_option.as_deref())?;
        put(&mut map, "options", list(&it.options))?;
        put(&mut map, "products", list(&it.products))?;
        put(&mut map, "properties", list(&it.properties))?;
        put(&mut map, "annotation", text(&it.annotation))?;
        put(&mut map, "licences", list(&it.licences))?;
        put(&mut map, "networks", list(&it.networks))?;
        put(&mut map, "ipAllocationSchemes", some(&it.ip_schemes))?;
        let protocols: Vec<_> = it.ip_protocols.iter().copied().map(IpProtocol::vim).collect();
        put(&mut map, "ipProtocols", some(&protocols))?;
        put(&mut map, "storageGroups", list(&it.storage_groups))?;
        put(&mut map, "systems", list(&it.systems))?;
        put(&mut map, "disks", files.and_then(|files| list(files.disks())))?;
        put(&mut map, "files", files.and_then(|files| list(files.list())))?;
        map.serialize_entry("sizes", &Shape(&it.sizes))?;
        map.end()
    }
}

fn put<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &'static str,
    value: Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, &value),
        None => Ok(()),
    }
}

fn text(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn some<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

/// The members of a list, shaped; none when it is empty.
fn list<T>(list: &[T]) -> Option<Vec<Shape<'_, T>>> {
    (!list.is_empty()).then(|| list.iter().map(Shape).collect())
}

/// Something that has a shape of its own here.
struct Shape<'i, T>(&'i T);

/// Says what the members of a shape are. Those that are `None` are left out.
macro_rules! shapes {
    ($($type:ty, $it:ident => { $($name:literal: $value:expr,)* })+) => {
        $(
            impl Serialize for Shape<'_, $type> {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let $it = self.0;
                    let mut map = serializer.serialize_map(None)?;
                    $(put(&mut map, $name, $value)?;)*
                    map.end()
                }
            }
        )+
    };
}

shapes! {
    OptionInfo, it => {
        "id": Some(&it.id),
        "label": text(&it.label),
        "description": text(&it.description),
    }
    ProductInfo, it => {
        "system": Some(&it.path),
        "class": text(&it.class),
        "instance": text(&it.instance),
        "name": text(&it.name),
        "vendor": text(&it.vendor),
        "version": text(&it.version),
        "fullVersion": text(&it.full_version),
        "vendorUrl": text(&it.vendor_url),
        "productUrl": text(&it.product_url),
        "appUrl": text(&it.app_url),
    }
    PropertyInfo, it => {
        "system": Some(&it.path),
        "fullKey": Some(&it.full_key),
        "type": Some(&it.ovf_type),
        "vimType": Some(&it.vim_type),
        "category": text(&it.category),
        "uiOptional": it.is_ui_optional.then_some(true),
        "label": text(&it.label),
        "description": text(&it.description),
        "userConfigurable": Some(it.user_configurable.unwrap_or(false)),
        "default": text(&it.default),
        "password": it.is_password.then_some(true),
        "masked": it.is_masked.then_some(true),
    }
    LicenceInfo, it => {
        "system": Some(&it.path),
        "text": Some(&it.text),
    }
    NetworkInfo, it => {
        "name": Some(&it.name),
        "description": text(&it.description),
    }
    StorageGroupInfo, it => {
        "id": Some(&it.id),
        "name": Some(&it.name),
        "description": it.description.as_ref(),
    }
    SystemInfo, it => {
        "path": Some(&it.path),
        "id": Some(&it.id),
        "type": Some(it.node_type.as_str()),
        "name": text(&it.name),
        "info": text(&it.info),
        "storageGroups": some(&it.storage_groups),
        "machine": it.machine.as_ref().map(Shape),
    }
    Machine, it => {
        "guest": Some(Shape(&it.guest)),
        "families": some(&it.families),
        "firmware": it.firmware.as_ref(),
        "cpu": it.cpu.as_ref().map(Shape),
        "memory": it.memory.as_ref().map(Shape),
        "disks": list(&it.disks),
        "nics": list(&it.nics),
        "controllers": list(&it.controllers),
        "drives": list(&it.drives),
        "floppies": list(&it.floppies),
        "usbControllers": list(&it.usb_controllers),
        "videoCards": list(&it.video_cards),
        "others": list(&it.others),
    }
    Guest, it => {
        "id": it.id,
        "vmwareType": it.vmw_type.as_ref(),
        "description": it.description.as_ref(),
    }
    Allocation, it => {
        "reservation": it.reservation,
        "limit": it.limit,
        "shares": it.shares,
    }
    Cpu, it => {
        "count": Some(it.count),
        "coresPerSocket": it.cores_per_socket,
        "allocationMHz": Some(Shape(&it.allocation)).filter(|_| !it.allocation.is_empty()),
    }
    Memory, it => {
        "bytes": Some(it.bytes),
        "allocationBytes": Some(Shape(&it.allocation)).filter(|_| !it.allocation.is_empty()),
    }
    HardDisk, it => {
        "name": Some(&it.name),
        "disk": it.disk_id.as_ref(),
        "capacity": it.capacity,
        "file": it.file.as_ref(),
        "controller": it.controller.as_ref(),
        "slot": it.slot,
        "storageGroup": it.storage_group.as_ref(),
    }
    Nic, it => {
        "name": Some(&it.name),
        "network": it.network.as_ref(),
        "model": it.model.as_ref(),
        "macAddress": it.mac_address.as_ref(),
        "startConnected": it.start_connected,
    }
    Controller, it => {
        "name": Some(&it.name),
        "bus": it.bus,
        "model": it.model.as_ref(),
    }
    Drive, it => {
        "name": Some(&it.name),
        "type": Some(it.kind),
        "model": it.model.as_ref(),
        "file": it.file.as_ref(),
        "startConnected": it.start_connected,
    }
    UsbController, it => {
        "name": Some(&it.name),
        "type": it.kind,
        "autoConnect": it.auto_connect,
        "ehciPciSlot": it.ehci_pci_slot,
        "pciSlot": it.pci_slot,
    }
    VideoCard, it => {
        "name": Some(&it.name),
        "renderer": it.renderer.as_ref(),
        "videoRamKb": it.video_ram_kb,
        "graphicsMemoryKb": it.graphics_memory_kb,
        "enable3d": it.enable_3d,
        "displays": it.displays,
        "autoDetect": it.auto_detect,
    }
    OtherDevice, it => {
        "name": Some(&it.name),
        "resourceType": it.resource_type,
        "model": it.model.as_ref(),
    }
    ImportDisk<'_, '_>, it => {
        "id": Some(&it.id),
        "capacity": it.capacity,
        "populatedSize": it.populated_size,
        "used": Some(it.is_used),
    }
    ImportFile<'_, '_>, it => {
        "name": Some(&it.name),
        "id": it.id.as_ref(),
        "type": Some(it.file_type.as_str()),
        "size": it.size,
        "compression": it.compression.as_ref(),
        "chunkSize": it.chunk_size,
        "chunks": it.chunks().and_then(|chunks| chunks.count()),
        "used": Some(it.is_used),
    }
    Sizes, it => {
        "download": it.download,
        "flat": it.flat,
        "sparse": it.sparse,
        "variable": it.is_variable.then_some(true),
    }
}
