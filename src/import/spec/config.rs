//! A machine: its `VirtualMachineConfigSpec`.

use std::collections::HashSet;

use super::device::DeviceKind;
use super::devices::{DeviceFiles, Devices, Workshop, amount, line, mebibytes};
use super::disks::Disks;
use super::fault::{Fault, FaultKind};
use super::faults::{Faults, is_required};
use super::guest;
use super::machine::{
    BootOptions, BootableDevice, ConfigSpec, CpuIdInfo, CpuIdInfoSpec, DefinedProfile, FileInfo,
    Operation, OptionValue, ResourceAllocation, Shares, SharesLevel,
};
use super::models::{Model, model};
use super::object::AnyText;
use super::settings;
use crate::import::choices::ExtraConfigFilter;
use crate::import::deployment::Deployment;
use crate::model::{
    ConfigEntry, Device, EffectiveHardware, File, OstNode, Setting, StorageReference,
};
use crate::namespace::Namespace;
use crate::value::host_resource::{HostResource, Kind};
use crate::value::list::List;
use crate::value::number;
use crate::value::unit::{Base, Unit};

/// A machine, and the files it needs.
pub(super) struct Machine<'e, 's> {
    pub(super) spec: ConfigSpec,
    /// The devices with files behind them.
    pub(super) files: Vec<DeviceFiles<'e, 's>>,
    /// The file with the settings of its firmware.
    pub(super) nvram: Option<File<'e, 's>>,
}

/// Hardware versions vSphere has known, from 3 to that of vSphere 9. There never was a 5.
const fn is_known_version(version: u32) -> bool {
    matches!(version, 3 | 4 | 6..=22)
}

/// Keys of `vmw:ExtraConfig` that vSphere refuses, as there are settings for them.
const REFUSED: &[&str] = &["vhv.enable"];

/// Makes the spec of a machine, all but its name and what it is as part of a vApp.
pub(super) fn machine<'e, 's>(
    deployment: &Deployment<'e, 's>,
    disks: &Disks<'e, 's>,
    node: OstNode<'e, 's>,
    faults: &mut Faults,
) -> Machine<'e, 's> {
    let group = storage_group(node);
    let choices = deployment.choices();
    let mut spec = ConfigSpec { files: Some(FileInfo::default()), ..ConfigSpec::default() };
    guest(node, deployment, &mut spec, faults);
    let profile = group.as_deref().and_then(|group| choices.storage_profiles.get(group)).cloned();
    spec.vm_profile.extend(profile.map(|profile_id| DefinedProfile { profile_id }));
    let Some(hardware) = deployment.hardware(node) else {
        return Machine { spec, files: Vec::new(), nvram: None };
    };
    spec.version = version(&hardware, faults);
    processors(&hardware, &mut spec, faults);
    memory(&hardware, &mut spec, faults);
    let workshop = Workshop { deployment, disks, storage_group: group.as_deref() };
    let devices = workshop.devices(&hardware, faults);
    let mut nvram = None;
    let of_machine = hardware.hardware().config_entries();
    let extra: Vec<_> = of_machine.chain(devices.extra_config.iter().copied()).collect();
    for entry in extra {
        if entry.is_extra() {
            extra_config(entry, &choices.extra_config, &mut spec, &mut nvram, faults);
        } else {
            faults.setting(entry, |key, value| {
                settings::apply(settings::MACHINE, &mut spec, key, value)
            });
        }
    }
    level_shares(&mut spec);
    boot_order(node, &devices, &mut spec, faults);
    cpu_features(node, &mut spec, faults);
    spec.device_change = devices.changes;
    Machine { spec, files: devices.files, nvram }
}

/// The guest: `vmw:osType`, else what vSphere has for the number of CIM (DSP0243 9.9).
fn guest(
    node: OstNode<'_, '_>,
    deployment: &Deployment<'_, '_>,
    spec: &mut ConfigSpec,
    faults: &mut Faults,
) {
    let Some(system) = node.operating_system() else { return };
    let element = system.element();
    let written = element
        .attribute_in(Namespace::Vmw, "osType")
        .map(|guest| guest.value().trim().to_owned())
        .filter(|guest| !guest.is_empty());
    if let Some(written) = written {
        spec.guest_id = Some(written);
        return;
    }
    let Some(id) = system.id() else { return };
    let Ok(number) = number::unsigned_short(&id.value()) else { return };
    let found = guest::of_os_type(number);
    spec.guest_id = Some(found.id.to_owned());
    if found.is_exact {
        return;
    }
    let description = deployment.texts().of_some(element.child("Description")).unwrap_or_default();
    let name = guest::os_name(number);
    let shown = if description.is_empty() { name } else { description.as_str() };
    if found.id == "otherGuest" && !shown.is_empty() {
        spec.alternate_guest_name = Some(shown.to_owned());
    }
    let kind = FaultKind::MappedOsId {
        ovf_id: number.into(),
        ovf_description: name.to_owned(),
        target_description: found.id.to_owned(),
    };
    faults.warnings.push(Fault { line: line(element), kind });
}

/// The newest of the families that vSphere knows (DSP0243 8.1).
fn version(hardware: &EffectiveHardware<'_, '_>, faults: &mut Faults) -> Option<String> {
    let system = hardware.hardware().system()?;
    let families = system.families();
    let list = List::parse(&families);
    let best = list
        .names()
        .filter_map(|family| number::unsigned_int(family.strip_prefix("vmx-")?).ok())
        .filter(|version| is_known_version(*version))
        .max();
    if best.is_none() && !list.is_empty() {
        let element = system.system_type().unwrap_or_else(|| system.element());
        let kind = FaultKind::NoSupportedHardwareFamily { version: families.into_owned() };
        faults.errors.push(Fault { line: line(element), kind });
    }
    best.map(|version| format!("vmx-{version:02}"))
}

/// The devices of a model that is no device of the spec.
fn of_model<'h, 'e, 's>(
    hardware: &'h EffectiveHardware<'e, 's>,
    wanted: Model,
) -> impl Iterator<Item = Device<'e, 's>> + use<'h, 'e, 's> {
    hardware.devices().iter().copied().filter(move |&device| model(device) == Ok(wanted))
}

fn processors(hardware: &EffectiveHardware<'_, '_>, spec: &mut ConfigSpec, faults: &mut Faults) {
    let count = hardware.processors().filter(|&count| count > 0);
    let Some(count) = count.and_then(|count| i32::try_from(count).ok()) else {
        faults.warnings.push(missing_hardware(hardware, "processor", 3));
        return;
    };
    spec.num_cpus = Some(count);
    for device in of_model(hardware, Model::Processor) {
        let cores = device
            .vmware_extension("CoresPerSocket")
            .and_then(|cores| number::unsigned_int(&cores.text()).ok())
            .and_then(|cores| i32::try_from(cores).ok())
            .filter(|&cores| count.checked_rem(cores) == Some(0));
        spec.num_cores_per_socket = spec.num_cores_per_socket.or(cores);
        let allocation = allocation(device, megahertz);
        merge(&mut spec.cpu_allocation, allocation);
        device_shares(device, spec, faults, |spec| &mut spec.cpu_allocation);
    }
}

fn memory(hardware: &EffectiveHardware<'_, '_>, spec: &mut ConfigSpec, faults: &mut Faults) {
    let bytes = hardware.memory().filter(|&bytes| bytes > 0);
    let Some(bytes) = bytes.and_then(|bytes| i64::try_from(bytes).ok()) else {
        faults.warnings.push(missing_hardware(hardware, "memory", 4));
        return;
    };
    spec.memory_mb = Some(mebibytes(bytes));
    for device in of_model(hardware, Model::Memory) {
        let allocation = allocation(device, |device, setting| {
            let bytes = i64::try_from(amount(device, setting)?).ok()?;
            Some(mebibytes(bytes))
        });
        merge(&mut spec.memory_allocation, allocation);
        device_shares(device, spec, faults, |spec| &mut spec.memory_allocation);
    }
}

/// vSphere warns, and gives what it gives a machine made by hand.
fn missing_hardware(
    hardware: &EffectiveHardware<'_, '_>,
    name: &'static str,
    resource_type: i32,
) -> Fault {
    let kind = FaultKind::MissingHardware { name: name.to_owned(), resource_type };
    Fault { line: line(hardware.hardware().element()), kind }
}

/// `Reservation` and `Limit` of a processor Item in MHz: without a unit of frequency they are in MHz, which
/// is what real descriptors mean.
pub(super) fn megahertz(device: Device<'_, '_>, setting: Setting) -> Option<i64> {
    const MHZ: u64 = 1_000_000;
    let written = number::unsigned_long(&device.setting(setting)?.text()).ok()?;
    let units = device.text(Setting::AllocationUnits);
    let unit = units.as_deref().and_then(|units| Unit::parse(units).ok());
    let amount = match unit {
        Some(unit) if unit.base == Base::Hertz => unit.hertz(written).ok()?.checked_div(MHZ)?,
        _ => written,
    };
    i64::try_from(amount).ok()
}

/// What an Item reserves and limits, and its weight; `None` when it says nothing.
pub(super) fn allocation(
    device: Device<'_, '_>,
    amount: impl Fn(Device<'_, '_>, Setting) -> Option<i64>,
) -> Option<ResourceAllocation> {
    let reservation = amount(device, Setting::Reservation);
    let limit = amount(device, Setting::Limit);
    let shares = device
        .setting(Setting::Weight)
        .and_then(|weight| number::unsigned_int(&weight.text()).ok())
        .and_then(|weight| i32::try_from(weight).ok())
        .map(|shares| Shares { shares, level: SharesLevel::Custom });
    (reservation.is_some() || limit.is_some() || shares.is_some()).then(|| ResourceAllocation {
        reservation,
        limit,
        shares,
        ..ResourceAllocation::default()
    })
}

/// What several Items say together: reservations add up, the rest is that of the first.
fn merge(into: &mut Option<ResourceAllocation>, other: Option<ResourceAllocation>) {
    let Some(other) = other else { return };
    let Some(known) = into else {
        *into = Some(other);
        return;
    };
    known.reservation = match (known.reservation, other.reservation) {
        (Some(one), Some(two)) => Some(one.saturating_add(two)),
        (one, two) => one.or(two),
    };
    known.limit = match (known.limit, other.limit) {
        (Some(one), Some(two)) => Some(one.saturating_add(two)),
        (one, two) => one.or(two),
    };
    known.shares = known.shares.or(other.shares);
}

/// `sharesLevel` inside the Item of a processor or memory.
fn device_shares(
    device: Device<'_, '_>,
    spec: &mut ConfigSpec,
    faults: &mut Faults,
    allocation: fn(&mut ConfigSpec) -> &mut Option<ResourceAllocation>,
) {
    for entry in device.config_entries().filter(|entry| !entry.is_extra()) {
        faults.setting(entry, |key, value| {
            if !key.eq_ignore_ascii_case("sharesLevel") {
                return settings::apply(settings::MACHINE, spec, key, value);
            }
            let word = settings::LEVELS.iter().find(|word| word.eq_ignore_ascii_case(value.trim()));
            let level = settings::level(word.ok_or(settings::Refused::Value)?);
            let known = allocation(spec).get_or_insert_default();
            known.shares.get_or_insert(Shares { shares: 0, level }).level = level;
            Ok(())
        });
    }
}

/// The number that belongs to a level: vSphere gives 1000 for each processor, and 10 for each MiB.
fn level_shares(spec: &mut ConfigSpec) {
    let processors = i64::from(spec.num_cpus.unwrap_or(1)).saturating_mul(1000);
    let memory = spec.memory_mb.unwrap_or(0).saturating_mul(10);
    for (allocation, normal) in
        [(&mut spec.cpu_allocation, processors), (&mut spec.memory_allocation, memory)]
    {
        let Some(shares) = allocation.as_mut().and_then(|allocation| allocation.shares.as_mut())
        else {
            continue;
        };
        let number = match shares.level {
            SharesLevel::Low => normal.checked_div(2).unwrap_or(0),
            SharesLevel::Normal => normal,
            SharesLevel::High => normal.saturating_mul(2),
            SharesLevel::Custom => continue,
        };
        shares.shares = i32::try_from(number).unwrap_or(i32::MAX);
    }
}

/// A `vmw:ExtraConfig`: a line of the `.vmx` file, or the file with the settings of the firmware.
fn extra_config<'e, 's>(
    entry: ConfigEntry<'e, 's>,
    filter: &ExtraConfigFilter,
    spec: &mut ConfigSpec,
    nvram: &mut Option<File<'e, 's>>,
    faults: &mut Faults,
) {
    let Some((key, value)) = settings::entry(entry) else { return };
    let is_wanted = match filter {
        ExtraConfigFilter::All => true,
        ExtraConfigFilter::Only(keys) => keys.contains(&key),
        ExtraConfigFilter::Except(keys) => !keys.contains(&key),
    };
    if !is_wanted {
        return;
    }
    let element = entry.element();
    if REFUSED.iter().any(|refused| refused.eq_ignore_ascii_case(&key)) {
        let kind = FaultKind::UnsupportedAttributeValue {
            element_name: "ExtraConfig".to_owned(),
            attribute_name: "key".to_owned(),
            value: key,
        };
        faults.add(is_required(element), Fault { line: line(element), kind });
        return;
    }
    let file = HostResource::parse(&value).ok().filter(|resource| resource.kind == Kind::File);
    if let Some(resource) = file.filter(|_| value.starts_with("ovf:")) {
        match element.envelope().file(resource.id) {
            Some(file) => *nvram = nvram.or(Some(file)),
            None => {
                let kind = FaultKind::InvalidValueReference {
                    element_name: "ExtraConfig".to_owned(),
                    attribute_name: "value".to_owned(),
                    value,
                };
                faults.add(is_required(element), Fault { line: line(element), kind });
            }
        }
        return;
    }
    spec.extra_config.push(OptionValue { key, value: AnyText(value) });
}

/// `vmw:BootOrderSection`s: what the machine starts from, in document order.
fn boot_order(
    node: OstNode<'_, '_>,
    devices: &Devices<'_, '_>,
    spec: &mut ConfigSpec,
    faults: &mut Faults,
) {
    let mut seen = HashSet::new();
    for section in node.boot_orders() {
        let kind = section.device().map(|device| device.value().trim().to_ascii_lowercase());
        let id = section.instance_id().map(|id| id.value().trim().to_owned()).unwrap_or_default();
        let key_of = |is_kind: fn(&DeviceKind) -> bool| {
            let first = || {
                let change = devices.changes.iter().find(|change| is_kind(&change.device.kind))?;
                Some(change.device.key)
            };
            if id.is_empty() { first() } else { devices.keys.get(&id).copied() }
        };
        let bootable = match kind.as_deref() {
            Some("cdrom") => Some(BootableDevice::Cdrom),
            Some("floppy") => Some(BootableDevice::Floppy),
            Some("disk") => key_of(|kind| matches!(kind, DeviceKind::Disk(_)))
                .map(|device_key| BootableDevice::Disk { device_key }),
            Some("net" | "ethernet") => key_of(|kind| matches!(kind, DeviceKind::Ethernet(_)))
                .map(|device_key| BootableDevice::Ethernet { device_key }),
            _ => None,
        };
        let Some(bootable) = bootable else {
            let (attribute_name, value) = match kind {
                Some(known) if matches!(&*known, "disk" | "net" | "ethernet") => ("instanceId", id),
                kind => ("type", kind.unwrap_or_default()),
            };
            let kind = FaultKind::InvalidValueReference {
                element_name: "BootOrderSection".to_owned(),
                attribute_name: attribute_name.to_owned(),
                value,
            };
            faults.warnings.push(Fault { line: line(section.element()), kind });
            continue;
        };
        if seen.insert(format!("{bootable:?}")) {
            spec.boot_options.get_or_insert_with(BootOptions::default).boot_order.push(bootable);
        }
    }
}

/// `vmw:CpuCompatibilitySection`: what the processor must say of itself.
fn cpu_features(node: OstNode<'_, '_>, spec: &mut ConfigSpec, faults: &mut Faults) {
    for level in node.cpu_levels() {
        let written = level.level().map(|level| level.value().into_owned()).unwrap_or_default();
        let text = written.trim();
        let number = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number::unsigned_int(text).ok(),
        };
        let Some(number) = number else {
            let kind = FaultKind::InvalidValueFormatMalformed {
                element_name: "Level".to_owned(),
                attribute_name: "level".to_owned(),
                value: written,
            };
            faults.warnings.push(Fault { line: line(level.element()), kind });
            continue;
        };
        let text = |attribute: Option<crate::xml::Attribute<'_, '_>>| {
            attribute.map(|attribute| attribute.value().into_owned())
        };
        let info = CpuIdInfo {
            // The number is one of 32 bits without a sign, and the API's has one.
            level: number.cast_signed(),
            vendor: text(level.vendor()),
            eax: text(level.eax()),
            ebx: text(level.ebx()),
            ecx: text(level.ecx()),
            edx: text(level.edx()),
        };
        spec.cpu_feature_mask.push(CpuIdInfoSpec { operation: Operation::Add, info });
    }
}

/// The storage group of a machine: `vmw:StorageSection`.
fn storage_group(node: OstNode<'_, '_>) -> Option<String> {
    node.storage_references()
        .find_map(StorageReference::id)
        .map(|id| id.value().trim().to_owned())
        .filter(|id| !id.is_empty())
}
