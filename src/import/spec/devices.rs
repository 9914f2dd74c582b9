//! The devices of a machine.

use std::collections::HashMap;

use super::device::{
    Backing, Connectable, Description, Device, DeviceChange, DeviceKind, Disk, Ethernet, VideoCard,
};
use super::device_settings;
use super::disks::Disks;
use super::fault::{Fault, FaultKind};
use super::faults::Faults;
use super::machine::{DefinedProfile, OptionValue};
use super::models::{
    CdromModel, FloppyModel, Model, PassthroughModel, SerialModel, Unknown, model,
};
use super::object::DataObject as _;
use super::placement::{Board, Full};
use super::settings;
use crate::import::deployment::Deployment;
use crate::model::{
    Backing as Resource, Bound, ConfigEntry, Device as Item, EffectiveHardware, Element, File,
    Setting,
};
use crate::value::mac::MacAddress;
use crate::value::number;

/// CIM's type for what it has no type for.
pub(super) const OTHER: u16 = 1;

/// The devices of a machine, and what else its Items said.
#[derive(Debug, Default)]
pub(super) struct Devices<'e, 's> {
    /// To be added; controllers first.
    pub(super) changes: Vec<DeviceChange>,
    /// The devices with files behind them.
    pub(super) files: Vec<DeviceFiles<'e, 's>>,
    /// By `InstanceID`: the key of the device.
    pub(super) keys: HashMap<String, i32>,
    /// `vmw:ExtraConfig` of Items.
    pub(super) extra_config: Vec<ConfigEntry<'e, 's>>,
}

/// A device with files behind it.
#[derive(Debug)]
pub(super) struct DeviceFiles<'e, 's> {
    /// The name of its type in vSphere's API.
    pub(super) type_name: &'static str,
    /// Its type in CIM.
    pub(super) cim_type: u16,
    /// The files, in the order they have to be sent in.
    pub(super) files: Vec<File<'e, 's>>,
}

/// A device on its way.
struct Draft<'e, 's> {
    /// Its place in the hardware.
    index: usize,
    item: Item<'e, 's>,
    change: DeviceChange,
    files: Vec<File<'e, 's>>,
}

/// What the devices of a machine are made from.
pub(super) struct Workshop<'w, 'e, 's> {
    pub(super) deployment: &'w Deployment<'e, 's>,
    pub(super) disks: &'w Disks<'e, 's>,
    /// The storage group of the machine.
    pub(super) storage_group: Option<&'w str>,
}

impl<'e, 's> Workshop<'_, 'e, 's> {
    /// Makes the devices of a machine, all but processors and memory.
    pub(super) fn devices(
        &self,
        hardware: &EffectiveHardware<'e, 's>,
        faults: &mut Faults,
    ) -> Devices<'e, 's> {
        let mut made = Devices::default();
        let mut board = Board::default();
        let mut drafts: Vec<Draft<'e, 's>> = Vec::new();
        for (index, &item) in hardware.devices().iter().enumerate() {
            match model(item) {
                Ok(Model::Processor | Model::Memory) => {}
                Ok(model) => {
                    drafts.extend(self.draft(index, item, model, &mut made, faults));
                }
                Err(unknown) => faults.device(item, unknown_fault(item, unknown)),
            }
        }
        // Controllers first, so that whoever adds one device after the other finds them.
        drafts.sort_by_key(|draft| {
            !matches!(draft.change.device.kind, DeviceKind::Controller { .. })
        });
        self.place(hardware, drafts, &mut board, &mut made, faults);
        made
    }

    /// One device, without its place. `None` when it is left out.
    fn draft(
        &self,
        index: usize,
        item: Item<'e, 's>,
        model: Model,
        made: &mut Devices<'e, 's>,
        faults: &mut Faults,
    ) -> Option<Draft<'e, 's>> {
        let mut files = Vec::new();
        let mut profile = Vec::new();
        let (kind, backing) = match model {
            Model::Processor | Model::Memory => return None,
            Model::Controller(kind) => (DeviceKind::Controller { kind, bus_number: 0 }, None),
            Model::Disk => {
                let found = self.disks.disk(self.deployment, item, self.storage_group);
                let found = faults.or_device(item, found)?;
                profile.extend(found.profile.map(|profile_id| DefinedProfile { profile_id }));
                files = found.files;
                (DeviceKind::Disk(found.disk), Some(found.backing))
            }
            Model::Nvdimm => {
                let found = self.disks.disk(self.deployment, item, self.storage_group);
                let found = faults.or_device(item, found)?;
                files = found.files;
                let backing = Backing::Nvdimm { file_name: String::new() };
                let capacity_in_mb = mebibytes(found.disk.capacity_in_bytes);
                (DeviceKind::Nvdimm { capacity_in_mb }, Some(backing))
            }
            Model::Ethernet(model) => {
                let network = faults.or_device(item, self.network(item))?;
                let ethernet = Ethernet {
                    model,
                    mac_address: mac_address(item, faults),
                    wake_on_lan_enabled: None,
                    upt_compatibility_enabled: None,
                };
                (DeviceKind::Ethernet(ethernet), network)
            }
            Model::Cdrom(model) => {
                let image = faults.or_device(item, image(item))?;
                files.extend(image);
                (DeviceKind::Cdrom, Some(cdrom(model, image.is_some())))
            }
            Model::Floppy(model) => {
                let image = faults.or_device(item, image(item))?;
                files.extend(image);
                (DeviceKind::Floppy, Some(floppy(model, image.is_some())))
            }
            Model::SerialPort(model) => {
                (DeviceKind::SerialPort { yield_on_poll: false }, Some(serial(model)))
            }
            Model::ParallelPort => {
                let backing = Backing::ParallelDevice {
                    device_name: String::new(),
                    use_auto_detect: Some(true),
                };
                (DeviceKind::ParallelPort, Some(backing))
            }
            Model::Sound(model) => {
                let backing = Backing::SoundDevice {
                    device_name: String::new(),
                    use_auto_detect: Some(true),
                };
                (DeviceKind::Sound(model), Some(backing))
            }
            Model::Video => (DeviceKind::Video(VideoCard::default()), None),
            Model::Vmci => (DeviceKind::Vmci { allow_unrestricted_communication: None }, None),
            Model::Tpm => (DeviceKind::Tpm, None),
            Model::PrecisionClock => {
                (DeviceKind::PrecisionClock, Some(Backing::Clock { protocol: None }))
            }
            Model::Watchdog => (DeviceKind::Watchdog { run_on_boot: false }, None),
            Model::Passthrough(model) => (DeviceKind::Passthrough, Some(passthrough(model))),
        };
        let connectable = connectable(item, &kind, !files.is_empty());
        let mut device = Device {
            key: 0,
            device_info: device_info(item),
            backing,
            connectable,
            slot_info: None,
            controller_key: None,
            unit_number: None,
            kind,
        };
        for entry in item.config_entries() {
            if entry.is_extra() {
                made.extra_config.push(entry);
            } else {
                faults.setting(entry, |key, value| device_settings::apply(&mut device, key, value));
            }
        }
        let creates_file = matches!(device.kind, DeviceKind::Disk(_) | DeviceKind::Nvdimm { .. });
        let change = DeviceChange { creates_file, device, profile };
        Some(Draft { index, item, change, files })
    }

    /// Gives every device its key and its place.
    fn place(
        &self,
        hardware: &EffectiveHardware<'e, 's>,
        mut drafts: Vec<Draft<'e, 's>>,
        board: &mut Board,
        made: &mut Devices<'e, 's>,
        faults: &mut Faults,
    ) {
        // Cards keep the order of their slots; whoever has none comes last.
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        let slot = |at: &usize| drafts.get(*at).and_then(|draft| draft.item.slot());
        let is_card = |at: &usize| {
            drafts
                .get(*at)
                .is_some_and(|draft| matches!(draft.change.device.kind, DeviceKind::Ethernet(_)))
        };
        let is_controller = |at: &usize| {
            drafts.get(*at).is_some_and(|draft| {
                matches!(draft.change.device.kind, DeviceKind::Controller { .. })
            })
        };
        // Who asks for a place gets it before those that take any.
        order.sort_by_key(|at| {
            let slot = slot(at);
            let rank = if is_controller(at) {
                0
            } else if slot.is_some() {
                1
            } else {
                2
            };
            (rank, if is_card(at) { slot } else { None })
        });
        // By place in the hardware: the key of the device.
        let mut by_index: HashMap<usize, i32> = HashMap::new();
        let mut lost = Vec::new();
        for draft in &mut drafts {
            draft.change.device.key = board.key();
        }
        for at in order {
            let Some(draft) = drafts.get_mut(at) else { continue };
            match self.place_one(hardware, draft, board, &by_index) {
                Ok(()) => {
                    by_index.insert(draft.index, draft.change.device.key);
                }
                Err(full) => {
                    faults.device(draft.item, full_fault(hardware, draft, full, &by_index));
                    lost.push(draft.change.device.key);
                }
            }
        }
        lost.sort_unstable();
        for draft in drafts {
            let key = draft.change.device.key;
            if lost.binary_search(&key).is_ok() {
                continue;
            }
            if let Some(id) = draft.item.instance_id() {
                made.keys.insert(id.into_owned(), key);
            }
            if !draft.files.is_empty() {
                made.files.push(DeviceFiles {
                    type_name: draft.change.device.type_name(),
                    cim_type: draft.item.resource_type().unwrap_or(OTHER),
                    files: draft.files,
                });
            }
            made.changes.push(draft.change);
        }
    }

    fn place_one(
        &self,
        hardware: &EffectiveHardware<'e, 's>,
        draft: &mut Draft<'e, 's>,
        board: &mut Board,
        by_index: &HashMap<usize, i32>,
    ) -> Result<(), Full> {
        let device = &mut draft.change.device;
        if let DeviceKind::Controller { kind, bus_number } = &mut device.kind {
            *bus_number = board.bus(device.key, *kind, bus(draft.item))?;
            return Ok(());
        }
        if let Some(place) = board.built_in(&device.kind) {
            let (controller, unit) = place?;
            device.controller_key = Some(controller);
            device.unit_number = unit;
            return Ok(());
        }
        let wanted = draft.item.slot().and_then(|slot| i32::try_from(slot).ok());
        let parent = hardware
            .parent(draft.index)
            .and_then(|parent| by_index.get(&parent).copied())
            .filter(|&parent| board.holds(parent, &device.kind));
        let controller = parent
            .or_else(|| board.any(&device.kind))
            .or_else(|| board.built_in_ide(&device.kind))
            .ok_or(Full { controller: None })?;
        // The slot belongs to the parent it was written for.
        let wanted = wanted.filter(|_| parent.is_some());
        device.unit_number = Some(board.unit(controller, wanted)?);
        device.controller_key = Some(controller);
        Ok(())
    }

    /// The network of a card: what it is mapped to, else its name.
    fn network(&self, item: Item<'e, 's>) -> Result<Option<Backing>, Fault> {
        let networks = &self.deployment.choices().networks;
        if let Some(name) = item.networks().find_map(|network| Some(network.name()?.value())) {
            let device_name = networks.get(&*name).cloned().unwrap_or_else(|| name.into_owned());
            return Ok(Some(Backing::Network { device_name }));
        }
        let Some(connection) = item.setting(Setting::Connection) else { return Ok(None) };
        let value = connection.text().trim().to_owned();
        if value.is_empty() {
            return Ok(None);
        }
        Err(Fault {
            line: line(connection),
            kind: FaultKind::ElementInvalidValue { name: "Connection".to_owned(), value },
        })
    }
}

/// The one-based line an element begins on.
pub(super) fn line(element: Element<'_, '_>) -> u32 {
    element.envelope().source().line_col(element.start_tag().start).line
}

fn unknown_fault(item: Item<'_, '_>, unknown: Unknown) -> Fault {
    let instance_id = item.instance_id().unwrap_or_default().into_owned();
    let number = match unknown {
        Unknown::Type(number) => number.map_or(-1, i32::from),
        Unknown::Subtype(number) => i32::from(number),
    };
    let setting = match unknown {
        Unknown::Type(_) => Setting::ResourceType,
        Unknown::Subtype(_) => Setting::ResourceSubType,
    };
    let element = item.setting(setting).or_else(|| Some(item.item()?.element()));
    let kind = match unknown {
        Unknown::Type(_) => FaultKind::UnsupportedType {
            name: "ResourceType".to_owned(),
            instance_id,
            device_type: number,
        },
        Unknown::Subtype(_) => FaultKind::UnsupportedSubType {
            element_name: "ResourceSubType".to_owned(),
            instance_id,
            device_type: number,
            device_sub_type: item.text(Setting::ResourceSubType).unwrap_or_default().into_owned(),
        },
    };
    Fault { line: element.map_or(0, line), kind }
}

fn full_fault(
    hardware: &EffectiveHardware<'_, '_>,
    draft: &Draft<'_, '_>,
    full: Full,
    by_index: &HashMap<usize, i32>,
) -> Fault {
    let parent = match full.controller {
        None | Some(Device::PCI) => "PCI".to_owned(),
        Some(Device::SIO) => "SIO".to_owned(),
        Some(controller) => hardware
            .parent(draft.index)
            .filter(|parent| by_index.get(parent) == Some(&controller))
            .and_then(|parent| hardware.devices().get(parent)?.instance_id())
            .unwrap_or_default()
            .into_owned(),
    };
    let name = draft.item.name().unwrap_or_default().into_owned();
    let line = draft.item.item().map_or(0, |item| line(item.element()));
    Fault { line, kind: FaultKind::NoSpaceOnController { name, parent } }
}

/// The number of a controller: `Address`, or `BusNumber` in OVF 0.9.
fn bus(item: Item<'_, '_>) -> Option<i32> {
    [Setting::Address, Setting::BusNumber]
        .into_iter()
        .filter_map(|setting| item.setting(setting))
        .find_map(|element| number::unsigned_int(&element.text()).ok())
        .and_then(|number| i32::try_from(number).ok())
}

fn device_info(item: Item<'_, '_>) -> Option<Description> {
    let label = item.name()?.into_owned();
    let summary = item.text(Setting::Description).unwrap_or_default().into_owned();
    Some(Description { label, summary })
}

/// Whether a device is connected: as `AutomaticAllocation` says; else when there is something it can be
/// connected to.
fn connectable(item: Item<'_, '_>, kind: &DeviceKind, has_file: bool) -> Option<Connectable> {
    let by_itself = match kind {
        DeviceKind::Ethernet(_) => true,
        DeviceKind::Cdrom | DeviceKind::Floppy => has_file,
        DeviceKind::SerialPort { .. } | DeviceKind::ParallelPort | DeviceKind::Sound(_) => true,
        _ => return None,
    };
    let said = item
        .setting(Setting::AutomaticAllocation)
        .and_then(|element| settings::boolean(&element.text()));
    Some(Connectable {
        start_connected: said.unwrap_or(by_itself),
        allow_guest_control: true,
        connected: false,
    })
}

/// `Address` of a network card; a text that is none is as good as none.
fn mac_address(item: Item<'_, '_>, faults: &mut Faults) -> Option<String> {
    let element = item.setting(Setting::Address)?;
    let text = element.text();
    if text.trim().is_empty() {
        return None;
    }
    match MacAddress::parse(&text) {
        Ok(address) => Some(address.to_string()),
        Err(_) => {
            let kind = FaultKind::ElementInvalidValue {
                name: "Address".to_owned(),
                value: text.trim().to_owned(),
            };
            faults.warnings.push(Fault { line: line(element), kind });
            None
        }
    }
}

/// The image in a drive.
fn image<'e, 's>(item: Item<'e, 's>) -> Result<Option<File<'e, 's>>, Fault> {
    match item.backing() {
        Some(Resource::File(file)) => Ok(Some(file)),
        backing => {
            let Some(element) = item.setting(Setting::HostResource) else { return Ok(None) };
            let value = element.text().trim().to_owned();
            // Without a scheme it is the name of a device of the host it came from.
            if backing.is_none() && !value.starts_with("ovf:") {
                return Ok(None);
            }
            Err(host_resource(element, value))
        }
    }
}

pub(super) fn host_resource(element: Element<'_, '_>, value: String) -> Fault {
    let kind = FaultKind::HostResourceConstraint { name: "HostResource".to_owned(), value };
    Fault { line: line(element), kind }
}

const fn cdrom(model: CdromModel, has_image: bool) -> Backing {
    let device_name = String::new();
    if has_image {
        return Backing::CdromIso { file_name: device_name };
    }
    match model {
        CdromModel::Host => Backing::CdromAtapi { device_name, use_auto_detect: Some(true) },
        CdromModel::RemoteAtapi => {
            Backing::CdromRemoteAtapi { device_name, use_auto_detect: Some(false) }
        }
        CdromModel::RemotePassthrough => Backing::CdromRemotePassthrough {
            device_name,
            use_auto_detect: Some(false),
            exclusive: false,
        },
    }
}

const fn floppy(model: FloppyModel, has_image: bool) -> Backing {
    let device_name = String::new();
    if has_image {
        return Backing::FloppyImage { file_name: device_name };
    }
    match model {
        FloppyModel::Host => Backing::FloppyDevice { device_name, use_auto_detect: Some(true) },
        FloppyModel::Remote => Backing::FloppyRemote { device_name, use_auto_detect: Some(false) },
    }
}

const fn serial(model: SerialModel) -> Backing {
    match model {
        SerialModel::Host => {
            Backing::SerialDevice { device_name: String::new(), use_auto_detect: Some(true) }
        }
        SerialModel::ThinPrint => Backing::SerialThinPrint {},
    }
}

fn passthrough(model: PassthroughModel) -> Backing {
    let device_name = String::new();
    match model {
        PassthroughModel::Fixed => Backing::PassthroughDevice {
            device_name,
            id: String::new(),
            device_id: String::new(),
            system_id: String::new(),
            vendor_id: 0,
        },
        PassthroughModel::Dynamic => Backing::PassthroughDynamic {
            device_name,
            allowed_device: Vec::new(),
            custom_label: None,
        },
        PassthroughModel::Vmiop => Backing::PassthroughVmiop {
            vgpu: None,
            vgpu_migrate_data_size_mb: None,
            migrate_supported: None,
            enhanced_migrate_capability: None,
        },
        PassthroughModel::Dvx => {
            Backing::PassthroughDvx { device_class: None, config_params: Vec::<OptionValue>::new() }
        }
    }
}

/// Bytes in MiB, rounded up.
pub(super) fn mebibytes(bytes: i64) -> i64 {
    const MIB: i64 = 1 << 20;
    bytes.saturating_add(MIB.saturating_sub(1)).checked_div(MIB).unwrap_or(0)
}

/// The amount of a setting of a device.
pub(super) fn amount(item: Item<'_, '_>, setting: Setting) -> Option<u64> {
    item.amount(setting, Bound::Normal)
}

/// A disk as a device has it.
pub(super) struct FoundDisk<'e, 's> {
    pub(super) disk: Disk,
    pub(super) backing: Backing,
    /// Its files in the order they have to be sent in: what it is a delta of comes first.
    pub(super) files: Vec<File<'e, 's>>,
    /// The storage policy.
    pub(super) profile: Option<String>,
}
