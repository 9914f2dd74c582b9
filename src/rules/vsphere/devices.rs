//! The devices vSphere has.

use super::super::Out;
use super::{hardware, systems};
use crate::diagnostic::quoted;
use crate::model::{AttributeName, Element, ElementName, Envelope};
use crate::namespace::Namespace;
use crate::value::list::List;
use crate::value::number;

/// A kind of device.
struct Device {
    /// Its number in CIM.
    resource_type: u16,
    /// The subtypes it comes in; none when the subtype is not looked at.
    subtypes: &'static [&'static str],
}

const fn device(resource_type: u16, subtypes: &'static [&'static str]) -> Device {
    Device { resource_type, subtypes }
}

/// The devices vSphere makes machines of. A subtype counts whatever its letter case.
///
/// 20 is SATA, NVMe or persistent memory by its subtype; `AHCI` alone, as VirtualBox writes it, is not
/// known. 35 is the sound card of VirtualBox and missing here.
const DEVICES: &[Device] = &[
    device(
        1,
        &[
            "vmware.nvdimm.controller",
            "vmware.nvdimm.device",
            "vmware.nvme.controller",
            "vmware.pci.passthrough",
            "vmware.pci.passthrough-ah",
            "vmware.pci.passthrough-dvx",
            "vmware.pci.passthrough-vmiop",
            "vmware.precisionclock",
            "vmware.sata.ahci",
            "vmware.soundcard.ensoniq1371",
            "vmware.soundcard.hdaudio",
            "vmware.soundcard.sb16",
            "vmware.vmci",
            "vmware.vtpm",
            "vmware.wdt",
        ],
    ),
    device(3, &[]),
    device(4, &[]),
    device(5, &[]),
    device(6, &["buslogic", "lsilogic", "lsilogicsas", "virtualscsi"]),
    device(
        10,
        &[
            "e1000",
            "e1000e",
            "pcnet32",
            "sriovethernetcard",
            "vmxnet",
            "vmxnet2",
            "vmxnet3",
            "vmxnet3vrdma",
        ],
    ),
    device(14, &[]),
    device(15, &[]),
    device(16, &[]),
    device(17, &[]),
    device(
        20,
        &[
            "vmware.nvdimm.controller",
            "vmware.nvdimm.device",
            "vmware.nvme.controller",
            "vmware.sata.ahci",
        ],
    ),
    device(21, &[]),
    device(22, &[]),
    device(23, &[]),
    device(24, &[]),
    device(34, &["vmware.vtpm"]),
];

/// What vSphere has against a device.
enum Objection {
    Type(u16),
    Subtype,
}

/// `OvfUnsupportedType`: a required device is of a type vSphere has.
pub(super) fn unsupported_device(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|&item| is_required(item)) {
        if let (Some(Objection::Type(number)), Some(resource_type)) =
            (object(item), rasd(item, "ResourceType"))
        {
            out.at(
                resource_type.text_span(),
                format_args!("vSphere has no device of the resource type {number}"),
            )
            .help(format_args!(
                "remove the Item, or add `ovf:required=\"false\"` if the machine works without it"
            ))
            .done();
        }
    }
}

/// `OvfUnsupportedSubType`: a required device has a subtype vSphere has, among others perhaps.
pub(super) fn unsupported_device_subtype(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|&item| is_required(item)) {
        if !matches!(object(item), Some(Objection::Subtype)) {
            continue;
        }
        let known = resource_type(item).and_then(find).map_or(&[][..], |device| device.subtypes);
        let subtype = rasd(item, "ResourceSubType");
        let text = subtype.map(Element::text).unwrap_or_default();
        match subtype {
            Some(subtype) => out.at(
                subtype.text_span(),
                format_args!("vSphere does not know the device {}", quoted(text.trim())),
            ),
            None => out.at(
                item.name_span(),
                format_args!(
                    "vSphere cannot tell which device the Item is without a `ResourceSubType`"
                ),
            ),
        }
        .suggest(
            text.trim(),
            known.iter().copied(),
            format_args!("write one of: {}", known.join(", ")),
        )
        .done();
    }
}

/// DSP0243 8.2: an optional device that vSphere does not have is left out.
pub(super) fn skipped_device(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|&item| !is_required(item)) {
        let what = match object(item) {
            Some(Objection::Type(_)) => "type",
            Some(Objection::Subtype) => "subtype",
            None => continue,
        };
        out.at(
            item.name_span(),
            format_args!("vSphere leaves out the device; it does not know its {what}"),
        )
        .help(format_args!("choose a device it knows if the machine is to have it"))
        .done();
    }
}

/// `OvfUnsupportedElement`: the Items that came with OVF 2 are not read. One finding for all of them.
pub(super) fn unsupported_item_element(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut items = systems(envelope)
        .flat_map(hardware)
        .flat_map(Element::children)
        .filter(|child| {
            child.is_ovf() && matches!(child.local(), "StorageItem" | "EthernetPortItem")
        })
        .filter(|&item| is_required(item));
    let Some(first) = items.next() else { return };
    let message = format!("vSphere does not read `{}`", first.local());
    let message = match items.count() {
        0 => message,
        1 => format!("{message}, here and in 1 more Item of OVF 2"),
        more => format!("{message}, here and in {more} more Items of OVF 2"),
    };
    out.at(first.name_span(), format_args!("{message}"))
        .help(format_args!("export the machine as OVF 1.0 or 1.1, where all devices are `Item`"))
        .done();
}

fn object(item: Element<'_, '_>) -> Option<Objection> {
    let number = resource_type(item)?;
    let Some(device) = find(number) else { return Some(Objection::Type(number)) };
    let subtype = rasd(item, "ResourceSubType").map(Element::text).unwrap_or_default();
    let list = List::parse(&subtype);
    if device.subtypes.is_empty() {
        return None;
    }
    // Controllers and network cards have a default; what is a device of its own kind has not.
    if list.is_empty() {
        return matches!(number, 1 | 20 | 34).then_some(Objection::Subtype);
    }
    let is_known = list
        .names()
        .any(|name| device.subtypes.iter().any(|known| known.eq_ignore_ascii_case(name)));
    (!is_known).then_some(Objection::Subtype)
}

fn find(resource_type: u16) -> Option<&'static Device> {
    DEVICES.iter().find(|device| device.resource_type == resource_type)
}

/// The number of the kind of a device.
pub(super) fn resource_type(item: Element<'_, '_>) -> Option<u16> {
    number::unsigned_short(&rasd(item, "ResourceType")?.text()).ok()
}

fn items<'e, 's>(envelope: &'e Envelope<'s>) -> impl Iterator<Item = Element<'e, 's>> {
    systems(envelope).flat_map(hardware).flat_map(|section| section.children_of(ElementName::Item))
}

fn rasd<'e, 's>(item: Element<'e, 's>, name: &str) -> Option<Element<'e, 's>> {
    item.child_in(Namespace::Rasd, name)
}

/// DSP0243 8.2: an Item is required unless it says otherwise.
fn is_required(item: Element<'_, '_>) -> bool {
    item.attribute_named(AttributeName::Required)
        .and_then(|required| number::boolean(&required.value()).ok())
        .unwrap_or(true)
}
