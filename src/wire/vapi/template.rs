//! What a content library keeps of a package: the shapes of `com.vmware.content.type.ovf`, and the summary
//! `com.vmware.vcenter.ovf.library_item.ovf_summary`.

use serde::Serialize;

use crate::import::Inspection;
use crate::import::inspect::{
    Controller, Cpu as CpuInfo, Drive as DriveInfo, HardDisk, Machine, Memory as MemoryInfo,
    NetworkInfo, Nic as NicInfo, StorageGroupInfo, SystemInfo, UsbController,
    VideoCard as VideoInfo,
};
use crate::wire::vim::long;

/// Bytes of a megabyte, as vSphere counts.
const MB: u64 = 1 << 20;

/// What a content library keeps of a package.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LibraryItem<'i> {
    /// What is in it.
    pub ovf_template: OvfTemplate<'i>,
    /// What whoever deploys it is shown first.
    pub ovf_summary: OvfSummary<'i>,
}

/// `OvfTemplate`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OvfTemplate<'i> {
    /// The id of the library item; empty unless the caller sets it.
    pub id: &'i str,
    /// How many machines there are.
    pub vm_count: i64,
    /// The generation of the library item; empty unless the caller sets it.
    pub version: &'i str,
    /// The id of the library; empty unless the caller sets it.
    pub library_id_parent: &'i str,
    /// Whether it becomes a vApp.
    pub is_vapp_template: bool,
    /// The machine, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vm_template: Option<VmTemplate<'i>>,
    /// The vApp, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vapp_template: Option<VAppTemplate<'i>>,
    /// The networks; always there.
    pub networks: Vec<Network<'i>>,
    /// The storage groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage_policy_groups: Vec<StoragePolicyGroup<'i>>,
}

/// `VAppTemplate`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct VAppTemplate<'i> {
    /// Its name.
    pub vapp_name: &'i str,
    /// All its machines, those in vApps inside it too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vm_templates: Vec<VmTemplate<'i>>,
    /// Its storage groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage_policies: Vec<StoragePolicy<'i>>,
}

/// `VmTemplate`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct VmTemplate<'i> {
    /// Its name.
    pub vm_name: &'i str,
    /// vSphere's name for the guest: `vmw:osType`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_type: Option<&'i str>,
    /// The guest, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_description: Option<&'i str>,
    /// Processors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<Cpu>,
    /// Memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
    /// Hard disks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disks: Vec<Disk<'i>>,
    /// Network cards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nics: Vec<Nic<'i>>,
    /// Video cards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub video_cards: Vec<VideoCard<'i>>,
    /// CD and DVD drives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub drives: Vec<Drive<'i>>,
    /// Floppy drives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub floppies: Vec<Floppy<'i>>,
    /// Controllers of disks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disk_controllers: Vec<DiskController<'i>>,
    /// USB controllers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usb_controllers: Vec<USBController>,
    /// Its storage groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage_policies: Vec<StoragePolicy<'i>>,
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident $(<$life:lifetime>)? {
        $($(#[$field_doc:meta])* $field:ident $(as $wire:literal)?: $type:ty,)*
    })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Serialize)]
            #[non_exhaustive]
            pub struct $name $(<$life>)? {
                $(
                    $(#[$field_doc])*
                    $(#[serde(rename = $wire)])?
                    pub $field: $type,
                )*
            }
        )+
    };
}

shapes! {
    /// `Cpu`. Amounts are in MHz.
    Cpu {
        /// How many.
        num_cpus: i64,
        /// The least.
        #[serde(skip_serializing_if = "Option::is_none")]
        reservation: Option<i64>,
        /// The most.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<i64>,
        /// The share when it is short.
        #[serde(skip_serializing_if = "Option::is_none")]
        shares: Option<i64>,
    }
    /// `Memory`. Amounts are in MB.
    Memory {
        /// How much.
        size: i64,
        /// The least.
        #[serde(skip_serializing_if = "Option::is_none")]
        reservation: Option<i64>,
        /// The most.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<i64>,
        /// The share when it is short.
        #[serde(skip_serializing_if = "Option::is_none")]
        shares: Option<i64>,
    }
    /// `Disk`.
    Disk<'i> {
        /// Its name.
        name: &'i str,
        /// In MB, rounded up; 0 when it cannot be known.
        disk_capacity: i64,
        /// Its storage group.
        #[serde(skip_serializing_if = "Option::is_none")]
        storage_policy: Option<StoragePolicy<'i>>,
    }
    /// `DiskController`.
    DiskController<'i> {
        /// Its name.
        name: &'i str,
        /// `IDE`, `SCSI`, `SATA`, `NVME`.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind as "type": Option<&'i str>,
        /// `ResourceSubType`.
        #[serde(skip_serializing_if = "Option::is_none")]
        sub_type: Option<&'i str>,
    }
    /// `Drive`.
    Drive<'i> {
        /// Its name.
        name: &'i str,
        /// `CD` or `DVD`.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind as "type": Option<&'i str>,
        /// `ResourceSubType`.
        #[serde(skip_serializing_if = "Option::is_none")]
        sub_type: Option<&'i str>,
    }
    /// `Floppy`.
    Floppy<'i> {
        /// Its name.
        name: &'i str,
        /// Whether it is connected when the machine starts.
        #[serde(skip_serializing_if = "Option::is_none")]
        connected: Option<bool>,
        /// `ResourceSubType`.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind as "type": Option<&'i str>,
    }
    /// `Network`.
    Network<'i> {
        /// Its name.
        name: &'i str,
        /// What it is for.
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'i str>,
    }
    /// `Nic`.
    Nic<'i> {
        /// Its name.
        name: &'i str,
        /// Its network.
        #[serde(skip_serializing_if = "Option::is_none")]
        network_name: Option<&'i str>,
        /// `Address`.
        #[serde(skip_serializing_if = "Option::is_none")]
        mac_address: Option<&'i str>,
        /// Whether it is connected when the machine starts.
        #[serde(skip_serializing_if = "Option::is_none")]
        start_connected: Option<bool>,
    }
    /// `USBController`.
    USBController {
        /// `EHCI` or `XHCI`.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind as "type": Option<&'static str>,
        /// Whether devices are connected by themselves.
        #[serde(skip_serializing_if = "Option::is_none")]
        auto_connect: Option<bool>,
        /// The number of the slot of its EHCI part.
        #[serde(skip_serializing_if = "Option::is_none")]
        ehci_pci_slot_number: Option<i64>,
        /// The number of its slot.
        #[serde(skip_serializing_if = "Option::is_none")]
        pci_slot_number: Option<i64>,
    }
    /// `VideoCard`.
    VideoCard<'i> {
        /// `use3dRenderer`.
        #[serde(skip_serializing_if = "Option::is_none")]
        render_type: Option<&'i str>,
        /// In KB.
        #[serde(skip_serializing_if = "Option::is_none")]
        video_ram_size: Option<i64>,
        /// In KB.
        #[serde(skip_serializing_if = "Option::is_none")]
        graphics_memory_size: Option<i64>,
        /// Whether it can do 3D.
        #[serde(skip_serializing_if = "Option::is_none")]
        enable3d: Option<bool>,
        /// How many displays it has.
        #[serde(skip_serializing_if = "Option::is_none")]
        num_displays: Option<i64>,
        /// Whether the display is detected.
        #[serde(skip_serializing_if = "Option::is_none")]
        use_auto_detect: Option<bool>,
    }
    /// `StoragePolicy` of `com.vmware.content.type.ovf.policy`.
    StoragePolicy<'i> {
        /// The id of the group.
        group_id: &'i str,
    }
    /// `StoragePolicyGroup` of `com.vmware.content.type.ovf.policy`.
    StoragePolicyGroup<'i> {
        /// Its id.
        id: &'i str,
        /// Its name.
        name: &'i str,
        /// What it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'i str>,
    }
}

/// `LibraryItem.OvfSummary`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OvfSummary<'i> {
    /// What it is called when nobody chooses.
    pub name: &'i str,
    /// The annotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotation: Option<&'i str>,
    /// The licences; always there.
    #[serde(rename = "EULAs")]
    pub eulas: Vec<&'i str>,
    /// The names of the networks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<&'i str>,
    /// The ids of the storage groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storage_groups: Vec<&'i str>,
}

impl<'i> LibraryItem<'i> {
    /// The shape of an inspection.
    #[must_use]
    pub fn new(inspection: &'i Inspection<'_, '_>) -> Self {
        let (ovf_template, ovf_summary) =
            (OvfTemplate::new(inspection), OvfSummary::new(inspection));
        Self { ovf_template, ovf_summary }
    }
}

impl<'i> OvfTemplate<'i> {
    /// The shape of an inspection. What a library knows alone is left empty.
    #[must_use]
    pub fn new(inspection: &'i Inspection<'_, '_>) -> Self {
        let machines: Vec<_> = inspection
            .machines()
            .map(|(system, machine)| VmTemplate::new(system, machine))
            .collect();
        let vm_count = i64::try_from(machines.len()).unwrap_or(i64::MAX);
        let root = inspection.systems.first();
        let (vm_template, vapp_template) = match (inspection.is_vapp, root) {
            (true, Some(root)) => {
                let vapp = VAppTemplate {
                    vapp_name: root.display_name(),
                    vm_templates: machines,
                    storage_policies: policies(root),
                };
                (None, Some(vapp))
            }
            _ => (machines.into_iter().next(), None),
        };
        Self {
            id: "",
            vm_count,
            version: "",
            library_id_parent: "",
            is_vapp_template: inspection.is_vapp,
            vm_template,
            vapp_template,
            networks: inspection.networks.iter().map(Network::from).collect(),
            storage_policy_groups: inspection
                .storage_groups
                .iter()
                .map(StoragePolicyGroup::from)
                .collect(),
        }
    }
}

impl<'i> OvfSummary<'i> {
    /// The shape of an inspection.
    #[must_use]
    pub fn new(inspection: &'i Inspection<'_, '_>) -> Self {
        Self {
            name: &inspection.name,
            annotation: some(&inspection.annotation),
            eulas: inspection.licences.iter().map(|licence| licence.text.as_str()).collect(),
            networks: inspection.networks.iter().map(|network| network.name.as_str()).collect(),
            storage_groups: inspection
                .storage_groups
                .iter()
                .map(|group| group.id.as_str())
                .collect(),
        }
    }
}

impl<'i> VmTemplate<'i> {
    fn new(system: &'i SystemInfo, machine: &'i Machine) -> Self {
        Self {
            vm_name: system.display_name(),
            os_type: machine.guest.vmw_type.as_deref(),
            os_description: machine.guest.description.as_deref(),
            cpu: machine.cpu.map(Cpu::from),
            memory: machine.memory.map(Memory::from),
            disks: machine.disks.iter().map(Disk::from).collect(),
            nics: machine.nics.iter().map(Nic::from).collect(),
            video_cards: machine.video_cards.iter().map(VideoCard::from).collect(),
            drives: machine.drives.iter().map(Drive::from).collect(),
            floppies: machine.floppies.iter().map(Floppy::from).collect(),
            disk_controllers: machine.controllers.iter().map(DiskController::from).collect(),
            usb_controllers: machine.usb_controllers.iter().map(USBController::from).collect(),
            storage_policies: policies(system),
        }
    }
}

fn policies(system: &SystemInfo) -> Vec<StoragePolicy<'_>> {
    system.storage_groups.iter().map(|group| StoragePolicy { group_id: group }).collect()
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Bytes as MB, rounded up.
fn megabytes(bytes: Option<u64>) -> Option<i64> {
    long(Some(bytes?.div_ceil(MB)))
}

impl From<CpuInfo> for Cpu {
    fn from(cpu: CpuInfo) -> Self {
        Self {
            num_cpus: long(Some(cpu.count)).unwrap_or(i64::MAX),
            reservation: long(cpu.allocation.reservation),
            limit: long(cpu.allocation.limit),
            shares: long(cpu.allocation.shares),
        }
    }
}

impl From<MemoryInfo> for Memory {
    fn from(memory: MemoryInfo) -> Self {
        Self {
            size: megabytes(Some(memory.bytes)).unwrap_or(i64::MAX),
            reservation: megabytes(memory.allocation.reservation),
            limit: megabytes(memory.allocation.limit),
            shares: long(memory.allocation.shares),
        }
    }
}

impl<'i> From<&'i HardDisk> for Disk<'i> {
    fn from(disk: &'i HardDisk) -> Self {
        let group = disk.storage_group.as_deref();
        Self {
            name: &disk.name,
            disk_capacity: megabytes(disk.capacity).unwrap_or(0),
            storage_policy: group.map(|group_id| StoragePolicy { group_id }),
        }
    }
}

impl<'i> From<&'i Controller> for DiskController<'i> {
    fn from(controller: &'i Controller) -> Self {
        let (kind, sub_type) = (controller.bus, controller.model.as_deref());
        Self { name: &controller.name, kind, sub_type }
    }
}

impl<'i> From<&'i DriveInfo> for Drive<'i> {
    fn from(drive: &'i DriveInfo) -> Self {
        Self { name: &drive.name, kind: Some(drive.kind), sub_type: drive.model.as_deref() }
    }
}

impl<'i> From<&'i DriveInfo> for Floppy<'i> {
    fn from(drive: &'i DriveInfo) -> Self {
        let (connected, kind) = (drive.start_connected, drive.model.as_deref());
        Self { name: &drive.name, connected, kind }
    }
}

impl<'i> From<&'i NetworkInfo> for Network<'i> {
    fn from(network: &'i NetworkInfo) -> Self {
        Self { name: &network.name, description: some(&network.description) }
    }
}

impl<'i> From<&'i NicInfo> for Nic<'i> {
    fn from(nic: &'i NicInfo) -> Self {
        Self {
            name: &nic.name,
            network_name: nic.network.as_deref(),
            mac_address: nic.mac_address.as_deref(),
            start_connected: nic.start_connected,
        }
    }
}

impl From<&UsbController> for USBController {
    fn from(usb: &UsbController) -> Self {
        Self {
            kind: usb.kind,
            auto_connect: usb.auto_connect,
            ehci_pci_slot_number: usb.ehci_pci_slot,
            pci_slot_number: usb.pci_slot,
        }
    }
}

impl<'i> From<&'i VideoInfo> for VideoCard<'i> {
    fn from(video: &'i VideoInfo) -> Self {
        Self {
            render_type: video.renderer.as_deref(),
            video_ram_size: video.video_ram_kb,
            graphics_memory_size: video.graphics_memory_kb,
            enable3d: video.enable_3d,
            num_displays: video.displays,
            use_auto_detect: video.auto_detect,
        }
    }
}

impl<'i> From<&'i StorageGroupInfo> for StoragePolicyGroup<'i> {
    fn from(group: &'i StorageGroupInfo) -> Self {
        Self { id: &group.id, name: &group.name, description: group.description.as_deref() }
    }
}
