//! What a machine has under the deployment option.

use std::borrow::Cow;

use super::room::{Room, bytes};
use super::text;
use crate::import::{Deployment, Files};
use crate::model::{
    Backing, Bound, ConfigEntry, Device, EffectiveHardware, OstNode, SectionKind, Setting,
};
use crate::namespace::Namespace;
use crate::value::list::List;
use crate::value::{cim, number};

/// What a machine has under the deployment option.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Machine {
    /// The operating system it is made for.
    pub guest: Guest,
    /// The families of hardware it can be made in: `vmx-17`.
    pub families: Vec<String>,
    /// `vmw:Config` `firmware`: `bios` or `efi`.
    pub firmware: Option<String>,
    /// Its processors.
    pub cpu: Option<Cpu>,
    /// Its memory.
    pub memory: Option<Memory>,
    /// Its hard disks, in the order of their controllers.
    pub disks: Vec<HardDisk>,
    /// Its network cards.
    pub nics: Vec<Nic>,
    /// Its controllers of disks and drives.
    pub controllers: Vec<Controller>,
    /// Its CD and DVD drives.
    pub drives: Vec<Drive>,
    /// Its floppy drives.
    pub floppies: Vec<Drive>,
    /// Its USB controllers.
    pub usb_controllers: Vec<UsbController>,
    /// Its video cards.
    pub video_cards: Vec<VideoCard>,
    /// All else.
    pub others: Vec<OtherDevice>,
}

/// The operating system a machine is made for (DSP0243 9.9).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Guest {
    /// `id`: a number of `CIM_OperatingSystem.OSType`.
    pub id: Option<u16>,
    /// `vmw:osType`: vSphere's name for it.
    pub vmw_type: Option<String>,
    /// `Description`, else what CIM calls the number.
    pub description: Option<String>,
}

/// What is given of a resource, in the units of whoever has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allocation {
    /// The least.
    pub reservation: Option<u64>,
    /// The most.
    pub limit: Option<u64>,
    /// The share when it is short.
    pub shares: Option<u64>,
}

impl Allocation {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.reservation.is_none() && self.limit.is_none() && self.shares.is_none()
    }
}

/// Processors. Amounts are in MHz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cpu {
    /// How many.
    pub count: u64,
    /// `vmw:CoresPerSocket`.
    pub cores_per_socket: Option<u64>,
    /// What is given of them.
    pub allocation: Allocation,
}

/// Memory. Amounts are in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Memory {
    /// How much.
    pub bytes: u64,
    /// What is given of it.
    pub allocation: Allocation,
}

/// A hard disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HardDisk {
    /// The name of the device.
    pub name: String,
    /// `diskId`; none when it is backed by no disk of the descriptor.
    pub disk_id: Option<String>,
    /// Bytes; `None` when that cannot be known.
    pub capacity: Option<u64>,
    /// The name of its file; none for an empty disk.
    pub file: Option<String>,
    /// The name of its controller.
    pub controller: Option<String>,
    /// The number of its slot there.
    pub slot: Option<u64>,
    /// `vmw:StorageGroup`: the id of its storage group.
    pub storage_group: Option<String>,
}

/// A network card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Nic {
    /// The name of the device.
    pub name: String,
    /// `Connection`: the name of its network.
    pub network: Option<String>,
    /// `ResourceSubType`.
    pub model: Option<String>,
    /// `Address`.
    pub mac_address: Option<String>,
    /// `AutomaticAllocation`: whether it is connected when the machine starts.
    pub start_connected: Option<bool>,
}

/// A controller of disks and drives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Controller {
    /// The name of the device.
    pub name: String,
    /// `IDE`, `SCSI`, `SATA` or `NVME`; none when it is none of these.
    pub bus: Option<&'static str>,
    /// `ResourceSubType`.
    pub model: Option<String>,
}

/// A drive for CDs, DVDs or floppies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drive {
    /// The name of the device.
    pub name: String,
    /// `CD`, `DVD` or `FLOPPY`.
    pub kind: &'static str,
    /// `ResourceSubType`.
    pub model: Option<String>,
    /// The name of the file in it.
    pub file: Option<String>,
    /// `AutomaticAllocation`: whether it is connected when the machine starts.
    pub start_connected: Option<bool>,
}

/// A USB controller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsbController {
    /// The name of the device.
    pub name: String,
    /// `EHCI` or `XHCI`.
    pub kind: Option<&'static str>,
    /// `vmw:Config` `autoConnectDevices`.
    pub auto_connect: Option<bool>,
    /// `vmw:Config` `slotInfo.ehciPciSlotNumber`.
    pub ehci_pci_slot: Option<i64>,
    /// `vmw:Config` `slotInfo.pciSlotNumber`.
    pub pci_slot: Option<i64>,
}

/// A video card, as `vmw:Config` describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VideoCard {
    /// The name of the device.
    pub name: String,
    /// `use3dRenderer`.
    pub renderer: Option<String>,
    /// `videoRamSizeInKB`, in KB.
    pub video_ram_kb: Option<i64>,
    /// `graphicsMemorySizeInKB`, in KB.
    pub graphics_memory_kb: Option<i64>,
    /// `enable3DSupport`.
    pub enable_3d: Option<bool>,
    /// `numDisplays`.
    pub displays: Option<i64>,
    /// `useAutoDetect`.
    pub auto_detect: Option<bool>,
}

/// A device of another kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherDevice {
    /// The name of the device.
    pub name: String,
    /// The number of `ResourceType`.
    pub resource_type: Option<u16>,
    /// `ResourceSubType`.
    pub model: Option<String>,
}

pub(super) fn machine<'e, 's>(
    deployment: &Deployment<'e, 's>,
    node: OstNode<'e, 's>,
    files: &Files<'e, 's>,
    room: &mut Room,
) -> Machine {
    let mut machine = Machine { guest: guest(deployment, node), ..Machine::default() };
    let Some(hardware) = deployment.hardware(node) else { return machine };
    if let Some(system) = hardware.hardware().system() {
        machine.families = List::parse(&system.families()).names().map(str::to_owned).collect();
    }
    let settings: Vec<_> = hardware.hardware().config_entries().collect();
    machine.firmware = config(&settings, "firmware");
    machine.cpu = cpu(&hardware);
    machine.memory = memory(&hardware);
    for (at, &device) in hardware.devices().iter().enumerate() {
        let names = Names::of(&hardware, at, device, files);
        if !room.take(names.bytes()) {
            break;
        }
        add(&mut machine, device, names, files);
    }
    machine
}

fn guest(deployment: &Deployment<'_, '_>, node: OstNode<'_, '_>) -> Guest {
    let mut sections = node.sections();
    let Some(section) = sections.find(|section| section.kind() == SectionKind::OperatingSystem)
    else {
        return Guest::default();
    };
    let element = section.element();
    let id = element.attribute("id").and_then(|id| number::unsigned_short(&id.value()).ok());
    let vmw_type = element.attribute_in(Namespace::Vmw, "osType");
    let described = text(deployment, element.child("Description"));
    Guest {
        id,
        vmw_type: vmw_type.map(|name| name.value().into_owned()),
        description: Some(described)
            .filter(|described| !described.is_empty())
            .or_else(|| cim::os_type(id?).map(str::to_owned)),
    }
}

fn first<'e, 's>(hardware: &EffectiveHardware<'e, 's>, kind: u16) -> Option<Device<'e, 's>> {
    hardware.devices().iter().copied().find(|device| device.resource_type() == Some(kind))
}

fn allocation(device: Device<'_, '_>) -> Allocation {
    let weight = device.text(Setting::Weight);
    Allocation {
        reservation: device.amount(Setting::Reservation, Bound::Normal),
        limit: device.amount(Setting::Limit, Bound::Normal),
        shares: weight.and_then(|weight| number::unsigned_int(&weight).ok()).map(u64::from),
    }
}

fn cpu(hardware: &EffectiveHardware<'_, '_>) -> Option<Cpu> {
    let device = first(hardware, 3)?;
    let mut allocation = allocation(device);
    // Numbers without a unit are MHz, which is what vSphere writes.
    if device.text(Setting::AllocationUnits).is_some() {
        for hertz in [&mut allocation.reservation, &mut allocation.limit].into_iter().flatten() {
            *hertz = hertz.checked_div(1_000_000).unwrap_or_default();
        }
    }
    let cores = device.vmware_extension("CoresPerSocket");
    Some(Cpu {
        count: hardware.processors()?,
        cores_per_socket: cores.and_then(|cores| number::unsigned_long(&cores.text()).ok()),
        allocation,
    })
}

fn memory(hardware: &EffectiveHardware<'_, '_>) -> Option<Memory> {
    let device = first(hardware, 4)?;
    Some(Memory { bytes: hardware.memory()?, allocation: allocation(device) })
}

/// Names that any number of devices may have in common.
struct Names {
    file: Option<String>,
    controller: Option<String>,
}

impl Names {
    fn of<'e, 's>(
        hardware: &EffectiveHardware<'e, 's>,
        at: usize,
        device: Device<'e, 's>,
        files: &Files<'e, 's>,
    ) -> Self {
        let file = match device.backing() {
            Some(Backing::File(file)) => file.href().map(|href| href.value().into_owned()),
            Some(Backing::Disk(disk)) => files
                .disk(disk)
                .and_then(|disk| files.list().get(disk.file?))
                .map(|file| file.name.clone()),
            None => None,
        };
        let controller = hardware.parent(at).and_then(|at| hardware.devices().get(at)?.name());
        Self { file, controller: controller.map(Cow::into_owned) }
    }

    fn bytes(&self) -> usize {
        bytes(&[
            self.file.as_deref().unwrap_or_default(),
            self.controller.as_deref().unwrap_or_default(),
        ])
    }
}

fn add<'e, 's>(machine: &mut Machine, device: Device<'e, 's>, names: Names, files: &Files<'e, 's>) {
    let name = device.name().unwrap_or_default().into_owned();
    let model = device.text(Setting::ResourceSubType).map(|text| text.into_owned());
    let is_model = |part: &str| {
        model.as_deref().is_some_and(|model| model.to_ascii_lowercase().contains(part))
    };
    let start_connected =
        device.text(Setting::AutomaticAllocation).and_then(|text| number::boolean(&text).ok());
    let settings: Vec<ConfigEntry<'e, 's>> = device.config_entries().collect();
    let resource_type = device.resource_type();
    let bus = match resource_type {
        Some(5) => Some("IDE"),
        Some(6) => Some("SCSI"),
        Some(20) if is_model("ahci") || is_model("sata") => Some("SATA"),
        Some(20) if is_model("nvme") => Some("NVME"),
        _ => None,
    };
    match resource_type {
        // They are summed up.
        Some(3 | 4) => {}
        Some(5..=8 | 20) if !is_model("nvdimm") => {
            machine.controllers.push(Controller { name, bus, model });
        }
        Some(10 | 11) => machine.nics.push(Nic {
            name,
            network: device.text(Setting::Connection).map(|text| text.into_owned()),
            model,
            mac_address: device.text(Setting::Address).map(|text| text.into_owned()),
            start_connected,
        }),
        Some(14) => {
            machine.floppies.push(Drive {
                name,
                kind: "FLOPPY",
                model,
                file: names.file,
                start_connected,
            });
        }
        Some(15 | 16) => {
            let kind = if resource_type == Some(15) { "CD" } else { "DVD" };
            machine.drives.push(Drive { name, kind, model, file: names.file, start_connected });
        }
        Some(17 | 31) => machine.disks.push(disk(name, device, names, files)),
        Some(23) => machine.usb_controllers.push(UsbController {
            name,
            kind: match () {
                () if is_model("xhci") => Some("XHCI"),
                () if is_model("ehci") => Some("EHCI"),
                () => None,
            },
            auto_connect: boolean(&settings, "autoConnectDevices"),
            ehci_pci_slot: integer(&settings, "slotInfo.ehciPciSlotNumber"),
            pci_slot: integer(&settings, "slotInfo.pciSlotNumber"),
        }),
        Some(24) => machine.video_cards.push(VideoCard {
            name,
            renderer: config(&settings, "use3dRenderer"),
            video_ram_kb: integer(&settings, "videoRamSizeInKB"),
            graphics_memory_kb: integer(&settings, "graphicsMemorySizeInKB"),
            enable_3d: boolean(&settings, "enable3DSupport"),
            displays: integer(&settings, "numDisplays"),
            auto_detect: boolean(&settings, "useAutoDetect"),
        }),
        _ => machine.others.push(OtherDevice { name, resource_type, model }),
    }
}

fn disk<'e, 's>(
    name: String,
    device: Device<'e, 's>,
    names: Names,
    files: &Files<'e, 's>,
) -> HardDisk {
    let mut found = HardDisk {
        name,
        file: names.file,
        controller: names.controller,
        slot: device.slot(),
        storage_group: device
            .vmware_extension("StorageGroup")
            .map(|group| number::collapse(&group.text()).to_owned()),
        ..HardDisk::default()
    };
    if let Some(Backing::Disk(disk)) = device.backing()
        && let Some(disk) = files.disk(disk)
    {
        found.disk_id = Some(disk.id.clone().into_owned());
        found.capacity = disk.capacity;
    }
    found
}

/// The value of a setting; the first counts.
fn config(settings: &[ConfigEntry<'_, '_>], key: &str) -> Option<String> {
    let is_it = |entry: &&ConfigEntry<'_, '_>| {
        !entry.is_extra() && entry.key().is_some_and(|found| found.value() == key)
    };
    Some(settings.iter().find(is_it)?.value()?.value().into_owned())
}

fn boolean(settings: &[ConfigEntry<'_, '_>], key: &str) -> Option<bool> {
    number::boolean(&config(settings, key)?).ok()
}

fn integer(settings: &[ConfigEntry<'_, '_>], key: &str) -> Option<i64> {
    number::collapse(&config(settings, key)?).parse().ok()
}
