//! DSP0243 8.1: the section and what is in it as a whole.

use super::super::Out;
use super::{Places, devices, is_legacy};
use crate::diagnostic::{closest, quoted};
use crate::model::{Element, ElementName, Envelope, ItemKind, OstNodeType, Scope};
use crate::namespace::Version;
use crate::value::list::List;
use crate::value::map::HashMap;

/// DSP0243 8.1: a virtual system says what it is made of.
pub(super) fn missing_virtual_hardware(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let systems =
        envelope.ost_nodes().filter(|node| node.node_type() == OstNodeType::VirtualSystem);
    for system in systems.filter(|system| system.hardware().next().is_none()) {
        out.at(
            system.element().name_span(),
            format_args!("the machine {} has no `VirtualHardwareSection`", quoted(&system.id())),
        )
        .help(format_args!("add the section with a processor and memory at least"))
        .done();
    }
}

/// DSP0243 8.1: the ids of the sections of one virtual system are unique.
pub(super) fn duplicate_hardware_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for node in envelope.ost_nodes() {
        let mut firsts = HashMap::default();
        for id in node.hardware().filter_map(|hardware| hardware.id()) {
            let value = id.value();
            if value.is_empty() {
                continue;
            }
            if let Some(&first) = firsts.get(&value) {
                out.at(
                    id.value_span(),
                    format_args!("another VirtualHardwareSection has the id {}", quoted(&value)),
                )
                .label(first, format_args!("the first is here"))
                .help(format_args!("give each section of the virtual system an id of its own"))
                .done();
            } else {
                firsts.insert(value, id.value_span());
            }
        }
    }
}

/// DSP0243 8.1: `System` comes before the Items.
pub(super) fn misplaced_system(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for hardware in envelope.hardware() {
        if let (Some(system), Some(item)) = (hardware.system(), hardware.items().next())
            && item.element().start_tag().start < system.element().start_tag().start
        {
            out.at(system.element().name_span(), format_args!("`System` comes after an Item"))
                .label(item.element().name_span(), format_args!("the first Item is here"))
                .help(format_args!("move `System` in front of the Items"))
                .done();
        }
    }
}

/// DSP0243 8.1: there is one `System` at most.
pub(super) fn repeated_system(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let mut systems = hardware.element().children_of(ElementName::System);
        let Some(first) = systems.next() else { continue };
        for again in systems {
            out.at(again.name_span(), format_args!("the section has a second `System`"))
                .label(first.name_span(), format_args!("the first is here"))
                .help(format_args!(
                    "leave one; alternatives are VirtualHardwareSections of their own"
                ))
                .done();
        }
    }
}

/// DSP8023 2.0.1: `Item`s come first, then `EthernetPortItem`s, then `StorageItem`s.
pub(super) fn misordered_items(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let mut last = ItemKind::Item;
        let mut found: Option<Places<_>> = None;
        for item in hardware.items() {
            if item.kind() < last {
                Places::add(&mut found, (item, last));
            }
            last = last.max(item.kind());
        }
        if let Some(places) = found {
            let (item, last) = places.first;
            out.at(
                item.element().name_span(),
                format_args!(
                    "`{}` comes after `{}`{}",
                    item.kind().as_str(),
                    last.as_str(),
                    places.repeats()
                ),
            )
            .help(format_args!(
                "write every Item, then every EthernetPortItem, then every StorageItem"
            ))
            .done();
        }
    }
}

/// The transports somebody reads.
const TRANSPORTS: &[&str] = &["iso", "com.vmware.guestInfo"];

/// DSP0243 8.1, 11.2: a transport is `iso` or a URI; VMware has a name of its own.
pub(super) fn unknown_transport(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for transport in envelope.hardware().filter_map(|hardware| hardware.transport()) {
        let value = transport.value();
        let list = List::parse(&value);
        for name in list.names() {
            if TRANSPORTS.contains(&name) || name.contains(':') {
                continue;
            }
            let draft = out
                .at(transport.value_span(), format_args!("{} is no known transport", quoted(name)));
            match closest(name, TRANSPORTS.iter().copied()) {
                Some(known) => draft.help(format_args!("write `{known}` if that is meant")).done(),
                None => draft.help(format_args!("write `iso`, or a URI")).done(),
            }
        }
    }
}

/// DSP0243 11.2: the `iso` transport hands the environment over on a CD, which needs a drive.
pub(super) fn iso_transport_without_drive(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let Some(transport) = hardware.transport() else { continue };
        if !List::parse(&transport.value()).names().any(|name| name == "iso") {
            continue;
        }
        let variants = hardware.variants();
        let with_drive = devices(hardware)
            .filter(|device| matches!(device.resource_type(), Some(15 | 16)))
            .fold(0, |options, device| options | variants.options(device.index()));
        let without = variants.live() & !with_drive;
        if without != 0 {
            out.at(
                transport.value_span(),
                format_args!(
                    "the transport is `iso`, but there is no CD drive{}",
                    variants.under(without)
                ),
            )
            .help(format_args!("add an Item with ResourceType 15"))
            .done();
        }
    }
}

/// DSP0243 8.1, 8.3: lists are parted by blanks.
///
/// Once for each kind of list and section.
pub(super) fn comma_in_list(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        if let Some(transport) = hardware.transport()
            && List::parse(&transport.value()).comma
        {
            out.at(
                transport.value_span(),
                format_args!("the list {} has commas", quoted(&transport.value())),
            )
            .help(format_args!("part the transports by blanks"))
            .done();
        }
        let families = hardware.system().and_then(|system| system.system_type());
        let subtypes = hardware.items().filter_map(|item| item.resource_sub_type());
        for places in [with_comma(families.into_iter()), with_comma(subtypes)].into_iter().flatten()
        {
            let element = places.first;
            out.at(
                element.text_span(),
                format_args!(
                    "the list {} has commas{}",
                    quoted(element.text().trim()),
                    places.repeats()
                ),
            )
            .help(format_args!("part the alternatives by blanks"))
            .done();
        }
    }
}

fn with_comma<'e, 's>(
    elements: impl Iterator<Item = Element<'e, 's>>,
) -> Option<Places<Element<'e, 's>>> {
    let mut found = None;
    for element in elements.filter(|element| element.text().contains(',')) {
        Places::add(&mut found, element);
    }
    found
}

/// DSP8023 1.1.1: OVF 1.x has no `EthernetPortItem` and no `StorageItem`.
///
/// Once for the descriptor.
pub(super) fn item_of_version_2(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let has_none = envelope.has_no_element(ElementName::EthernetPortItem)
        && envelope.has_no_element(ElementName::StorageItem);
    if envelope.version() == Version::V2 || has_none {
        return;
    }
    let mut found = None;
    for item in envelope.hardware().flat_map(|hardware| hardware.items()) {
        if item.kind() != ItemKind::Item && item.is_required() {
            Places::add(&mut found, item.element());
        }
    }
    if let Some(places) = found {
        out.at(
            places.first.name_span(),
            format_args!(
                "OVF {} has no {}{}",
                envelope.version(),
                quoted(places.first.local()),
                places.repeats()
            ),
        )
        .help(format_args!(
            "write `Item` with children of CIM_ResourceAllocationSettingData, or the whole descriptor in OVF 2"
        ))
        .done();
    }
}
