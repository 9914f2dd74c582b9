//! DSP0243 8 and 9.3: virtual hardware.
//!
//! Rules about what a machine would be work on its devices, which are Items merged for each deployment
//! option (9.8); when a fault is there under some options only, the message names them. Generators make
//! the same small deviation in every Item, so deviations that importers take are told once for each
//! section, with their number.

mod allocation;
mod backing;
mod bounds;
mod extensions;
mod identity;
mod items;
mod section;
mod system;
mod tree;

use super::{Out, Repeats, Rule, each_part, each_whole, part};
use crate::diagnostic::Code;
use crate::model::{Device, Dialect, Envelope, Hardware, OPTIONS, Scope, Signs};
use crate::namespace::Version;

pub(super) const RULES: &[Rule] = &[
    each_part(Code::LIMIT_REACHED, too_many_options).at(Signs::OPTIONS),
    each_part(Code::DUPLICATE_HARDWARE_ID, section::duplicate_hardware_id),
    each_part(Code::MISPLACED_SYSTEM, section::misplaced_system).at(Signs::DEPARTURE),
    each_part(Code::REPEATED_SYSTEM, section::repeated_system).at(Signs::DEPARTURE),
    each_part(Code::MISORDERED_ITEMS, section::misordered_items).at(Signs::DEPARTURE),
    each_part(Code::UNKNOWN_TRANSPORT, section::unknown_transport).at(Signs::TRANSPORT),
    each_whole(Code::ISO_TRANSPORT_WITHOUT_DRIVE, section::iso_transport_without_drive)
        .at(Signs::TRANSPORT),
    each_part(Code::COMMA_IN_LIST, section::comma_in_list).at(Signs::TRANSPORT.and(Signs::COMMA)),
    part(Code::ITEM_OF_VERSION_2, section::item_of_version_2),
    each_whole(Code::MISSING_VIRTUAL_HARDWARE, section::missing_virtual_hardware),
    each_whole(Code::INCOMPLETE_SYSTEM, system::incomplete_system).at(Signs::DEPARTURE),
    each_part(Code::MISORDERED_SYSTEM, system::misordered_system).at(Signs::DEPARTURE),
    each_part(Code::UNKNOWN_SYSTEM_SETTING, system::unknown_system_setting).at(Signs::DEPARTURE),
    each_whole(Code::EMPTY_ITEM, items::empty_item).at(Signs::LACKING_ITEM),
    each_whole(Code::MISSING_INSTANCE_ID, identity::missing_instance_id)
        .at(Signs::LACKING_ITEM.and(Signs::EMPTY_SETTING)),
    each_part(Code::LEGACY_INSTANCE_ID, identity::legacy_instance_id).at(Signs::DEPARTURE),
    each_whole(Code::MISSING_ELEMENT_NAME, items::missing_element_name).at(Signs::LACKING_ITEM),
    each_whole(Code::MISSING_RESOURCE_TYPE, identity::missing_resource_type).at(Signs::ODD_TYPE),
    each_part(Code::INVALID_RESOURCE_TYPE, identity::invalid_resource_type).at(Signs::ODD_TYPE),
    each_part(Code::RESERVED_RESOURCE_TYPE, identity::reserved_resource_type).at(Signs::ODD_TYPE),
    each_whole(Code::UNNAMED_OTHER_DEVICE, identity::unnamed_other_device).at(Signs::ODD_TYPE),
    each_part(Code::DUPLICATE_INSTANCE_ID, identity::duplicate_instance_id).at(Signs::TWINS),
    each_part(Code::CONFLICTING_RESOURCE_TYPE, identity::conflicting_resource_type)
        .at(Signs::TWINS),
    each_part(Code::MISORDERED_SETTINGS, items::misordered_settings).at(Signs::UNORDERED_SETTINGS),
    each_part(Code::REPEATED_SETTING, items::repeated_setting).at(Signs::UNORDERED_SETTINGS),
    each_part(Code::UNQUALIFIED_SETTING, extensions::unqualified_setting)
        .at(Signs::FOREIGN_SETTING),
    each_part(Code::FOREIGN_SETTING, extensions::foreign_setting).at(Signs::FOREIGN_SETTING),
    each_part(Code::UNKNOWN_REQUIRED_SETTING, extensions::unknown_required_setting)
        .at(Signs::UNKNOWN_CHILD),
    each_part(Code::UNKNOWN_OPTIONAL_SETTING, extensions::unknown_optional_setting)
        .at(Signs::UNKNOWN_CHILD),
    each_part(Code::INVALID_QUANTITY, allocation::invalid_quantity).at(Signs::ODD_NUMBER),
    each_part(Code::EMPTY_SETTING, items::empty_setting).at(Signs::EMPTY_SETTING),
    each_part(Code::INVALID_BOOLEAN_SETTING, items::invalid_boolean_setting).at(Signs::ODD_NUMBER),
    each_part(Code::INVALID_ALLOCATION_UNITS, allocation::invalid_allocation_units)
        .at(Signs::ODD_UNITS),
    each_part(Code::LOOSE_ALLOCATION_UNITS, allocation::loose_allocation_units)
        .at(Signs::ODD_UNITS),
    each_part(Code::MISMATCHED_ALLOCATION_UNITS, allocation::mismatched_allocation_units)
        .at(Signs::ODD_UNITS),
    each_whole(Code::MISSING_QUANTITY, allocation::missing_quantity)
        .at(Signs::BARE_ITEM.and(Signs::TWINS)),
    each_part(Code::INVALID_MAC_ADDRESS, backing::invalid_mac_address).at(Signs::ADDRESS),
    each_whole(Code::DANGLING_PARENT, tree::dangling_parent)
        .at(Signs::LOOSE_PARENT.and(Signs::OPTIONS).and(Signs::BOUND).and(Signs::TWINS)),
    each_part(Code::DEVICE_CYCLE, tree::device_cycle).at(Signs::LATE_PARENT),
    each_part(Code::UNFIT_PARENT, tree::unfit_parent).at(Signs::UNFIT_PARENT),
    each_part(Code::OCCUPIED_SLOT, tree::occupied_slot).at(Signs::SHARED_PARENT),
    each_part(Code::INVALID_HOST_RESOURCE, backing::invalid_host_resource)
        .at(Signs::ODD_HOST_RESOURCE),
    each_whole(Code::UNKNOWN_HOST_RESOURCE, backing::unknown_host_resource),
    each_part(Code::LEGACY_HOST_RESOURCE, backing::legacy_host_resource)
        .at(Signs::ODD_HOST_RESOURCE),
    each_part(Code::SEVERAL_HOST_RESOURCES, backing::several_host_resources)
        .at(Signs::UNORDERED_SETTINGS),
    each_part(Code::UNFIT_HOST_RESOURCE, backing::unfit_host_resource).at(Signs::ODD_HOST_RESOURCE),
    each_part(Code::DRIVE_BACKED_BY_DISK, backing::drive_backed_by_disk)
        .at(Signs::ODD_HOST_RESOURCE),
    each_whole(Code::DISK_WITHOUT_BACKING, backing::disk_without_backing)
        .at(Signs::BARE_ITEM.and(Signs::EMPTY_SETTING).and(Signs::TWINS)),
    each_whole(Code::MISSING_CONNECTION, backing::missing_connection)
        .at(Signs::BARE_ITEM.and(Signs::EMPTY_SETTING).and(Signs::TWINS)),
    each_whole(Code::UNKNOWN_NETWORK, backing::unknown_network),
    each_part(Code::INVALID_BOUND, bounds::invalid_bound).at(Signs::BOUND),
    each_whole(Code::BOUND_WITHOUT_NORMAL, bounds::bound_without_normal).at(Signs::BOUND),
    each_part(Code::DUPLICATE_BOUND, bounds::duplicate_bound).at(Signs::BOUND),
    each_part(Code::EMPTY_RANGE, bounds::empty_range).at(Signs::BOUND),
];

/// DSP0243 9.8: the machine is judged under each deployment option its Items name, up to a ceiling.
fn too_many_options(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware().filter(|hardware| !hardware.variants().is_complete()) {
        out.findings
            .limit(
                hardware.element().name_span(),
                format_args!(
                    "the Items name more than the {OPTIONS} deployment options that are looked at; the rest count for nothing"
                ),
            )
            .help(format_args!("leave the options nobody chooses out of the package"))
            .done();
    }
}

/// The devices of a section that are there under some option that can be chosen.
fn devices<'e, 's>(
    hardware: Hardware<'e, 's>,
) -> impl Iterator<Item = Device<'e, 's>> + use<'e, 's> {
    let variants = hardware.variants();
    (0..variants.len())
        .filter(|&device| variants.options(device) & variants.live() != 0)
        .map(move |device| Device::numbered(hardware, device))
        .filter(|device| !device.is_range_only())
}

/// Whether the descriptor is written in the way of OVF 0.9, which has other names and another order.
fn is_legacy(envelope: &Envelope<'_>) -> bool {
    envelope.version() == Version::V0_9 || envelope.dialect() == Dialect::Legacy
}

/// The same fault at several places: the first, and how many there are.
#[derive(Clone, Copy)]
struct Places<T> {
    first: T,
    count: usize,
}

impl<T> Places<T> {
    /// Counts one more.
    fn add(places: &mut Option<Self>, place: T) {
        match places {
            Some(places) => places.count = places.count.saturating_add(1),
            None => *places = Some(Self { first: place, count: 1 }),
        }
    }

    const fn repeats(&self) -> Repeats {
        Repeats(self.count)
    }
}
