//! DSP0243 8.3: how devices hang on each other.

use std::collections::BTreeMap;

use super::super::Out;
use super::devices;
use crate::diagnostic::quoted;
use crate::model::{Device, Hardware, ParentId, Scope, Setting, Variants};
use crate::value::cim::{ResourceType, is_controller, resource_type};
use crate::value::map::{HashMap, HashSet};

/// DSP0243 8.3: `Parent` is the `InstanceID` of another Item of the section, one that is there under
/// the same deployment options.
pub(super) fn dangling_parent(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let variants = hardware.variants();
        // By the element, for an Item may make several devices: the options under which it dangles.
        let mut found = BTreeMap::new();
        for device in devices(hardware) {
            let there = match variants.parent(device.index()) {
                ParentId::None => continue,
                ParentId::Unknown => 0,
                ParentId::Group(group) => options_of_group(hardware, group),
            };
            let options = variants.options(device.index()) & variants.live() & !there;
            if options != 0
                && let Some(parent) = device.setting(Setting::Parent)
            {
                found.entry(parent.node().id()).or_insert((parent, 0)).1 |= options;
            }
        }
        for (parent, options) in found.into_values() {
            let draft = out.at(
                parent.text_span(),
                format_args!(
                    "no Item has the InstanceID {}{}",
                    quoted(parent.text().trim()),
                    variants.under(options)
                ),
            );
            if options == variants.live() {
                draft.help(format_args!("name the InstanceID of the controller")).done();
            } else {
                draft
                    .help(format_args!(
                        "let the controller belong to the same deployment options as the device"
                    ))
                    .done();
            }
        }
    }
}

/// DSP0243 8.3: no device hangs on itself, nor on one that hangs on it.
pub(super) fn device_cycle(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        let mut options = variants.live();
        while options != 0 {
            let option = options & options.wrapping_neg();
            options &= !option;
            for device in cycles(hardware, option) {
                let device = Device::numbered(hardware, device);
                let Some(parent) = device.setting(Setting::Parent) else { continue };
                if !told.insert(parent.node().id()) {
                    continue;
                }
                let id = device.instance_id().unwrap_or_default();
                let draft = if id == parent.text().trim() {
                    out.at(
                        parent.text_span(),
                        format_args!("the device {} hangs on itself", quoted(&id)),
                    )
                } else {
                    out.at(
                        parent.text_span(),
                        format_args!(
                            "the device {} hangs on {}, which hangs on it",
                            quoted(&id),
                            quoted(parent.text().trim())
                        ),
                    )
                };
                draft.help(format_args!("name the InstanceID of the controller")).done();
            }
        }
    }
}

/// One device of each circle of parents under an option.
fn cycles(hardware: Hardware<'_, '_>, option: u64) -> Vec<usize> {
    /// In what walk a device was met first; none is 0.
    type Walk = usize;
    let variants = hardware.variants();
    let mut walks: Vec<Walk> = vec![0; variants.len()];
    let mut found = Vec::new();
    for start in 0..variants.len() {
        let walk = start.saturating_add(1);
        let mut next = Some(start).filter(|&start| variants.options(start) & option != 0);
        let mut before = start;
        while let Some(device) = next {
            match walks.get_mut(device) {
                Some(met) if *met == 0 => *met = walk,
                Some(met) if *met == walk => {
                    found.push(before);
                    break;
                }
                _ => break,
            }
            before = device;
            next = parent_under(variants, device, option);
        }
    }
    found
}

/// The device that one hangs on under an option.
fn parent_under(variants: &Variants, device: usize, option: u64) -> Option<usize> {
    let ParentId::Group(group) = variants.parent(device) else { return None };
    variants.group(group).find(|&parent| variants.options(parent) & option != 0)
}

/// DSP0243 8.3: disks and drives hang on controllers.
pub(super) fn unfit_parent(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        for device in devices(hardware) {
            let what = match device.resource_type() {
                Some(14) => "a floppy drive",
                Some(15) => "a CD drive",
                Some(16) => "a DVD drive",
                Some(17) => "a disk drive",
                Some(18) => "a tape drive",
                _ => continue,
            };
            let ParentId::Group(group) = variants.parent(device.index()) else { continue };
            let unfit = variants
                .group(group)
                .filter(|&parent| variants.options(parent) & variants.options(device.index()) != 0)
                .map(|parent| Device::numbered(hardware, parent))
                .find_map(|parent| {
                    let number = parent.resource_type().filter(|number| !is_controller(*number))?;
                    match resource_type(number) {
                        ResourceType::Known(name) => Some((parent, name)),
                        ResourceType::Reserved | ResourceType::Vendor => None,
                    }
                });
            let (Some((parent, name)), Some(element)) = (unfit, device.setting(Setting::Parent))
            else {
                continue;
            };
            if !told.insert(element.node().id()) {
                continue;
            }
            let draft = out.at(
                element.text_span(),
                format_args!("{what} hangs on a device of the type {}", quoted(name)),
            );
            match parent.setting(Setting::ResourceType) {
                Some(element) => draft.label(element.text_span(), format_args!("its type is here")),
                None => draft,
            }
            .help(format_args!("name the InstanceID of an IDE, SCSI or SATA controller"))
            .done();
        }
    }
}

/// DSP0243 8.3: each slot of a controller takes one device.
pub(super) fn occupied_slot(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let variants = hardware.variants();
        // The options under which a slot is taken, and the device that took it first.
        let mut taken: HashMap<(usize, u64), (u64, Device<'_, '_>)> = HashMap::default();
        let mut told = HashSet::default();
        for device in devices(hardware) {
            let (ParentId::Group(group), Some(slot)) =
                (variants.parent(device.index()), device.slot())
            else {
                continue;
            };
            let options = variants.options(device.index()) & variants.live();
            let (occupied, first) = taken.entry((group, slot)).or_insert((0, device));
            let clash = *occupied & options;
            *occupied |= options;
            let Some(element) = device.setting(Setting::AddressOnParent) else { continue };
            if clash == 0 || !told.insert(element.node().id()) {
                continue;
            }
            let draft = out.at(
                element.text_span(),
                format_args!(
                    "slot {slot} of the device {} is taken{}",
                    quoted(&device.text(Setting::Parent).unwrap_or_default()),
                    variants.under(clash)
                ),
            );
            match first.setting(Setting::AddressOnParent) {
                Some(element) => draft.label(element.text_span(), format_args!("by this device")),
                None => draft,
            }
            .help(format_args!("give each device on a controller an `AddressOnParent` of its own"))
            .done();
        }
    }
}

/// The options under which there is a device of a group.
fn options_of_group(hardware: Hardware<'_, '_>, group: usize) -> u64 {
    let variants = hardware.variants();
    variants
        .group(group)
        .filter(|&device| !Device::numbered(hardware, device).is_range_only())
        .fold(0, |options, device| options | variants.options(device))
}
