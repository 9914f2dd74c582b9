//! VMware's sections: addresses, boot order, services, processors.

use super::super::Out;
use crate::diagnostic::quoted;
use crate::model::{
    BootOrder, CpuLevel, Element, ElementName, Envelope, IpAssignment, OstNode, SectionKind,
};
use crate::namespace::Namespace;
use crate::value::list::List;
use crate::value::map::HashMap;
use crate::value::number;
use crate::xml::Attribute;

/// VMware's schema: the schemes are `dhcp` and `ovfenv`.
pub(super) fn unknown_ip_scheme(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for schemes in envelope.ip_assignments().filter_map(IpAssignment::schemes) {
        tell_unknown_word(schemes, "the scheme", &["dhcp", "ovfenv"], out);
    }
}

/// VMware's schema: the protocols are `IPv4` and `IPv6`.
pub(super) fn unknown_ip_protocol(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for protocols in envelope.ip_assignments().filter_map(IpAssignment::protocols) {
        tell_unknown_word(protocols, "the protocol", &["IPv4", "IPv6"], out);
    }
}

fn tell_unknown_word(list: Attribute<'_, '_>, what: &str, known: &[&str], out: &mut Out<'_>) {
    let value = list.value();
    for word in List::parse(&value).names() {
        if known.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            continue;
        }
        out.at(list.value_span(), format_args!("{what} {} is not known", quoted(word)))
            .suggest(
                word,
                known.iter().copied(),
                format_args!("write one or more of: {}", known.join(", ")),
            )
            .done();
    }
}

/// The devices a machine can start from, and the resource types of each (CIM).
const BOOT_TYPES: &[(&str, &[u16])] =
    &[("cdrom", &[15, 16]), ("disk", &[17]), ("floppy", &[14]), ("net", &[10])];

/// VMware's schema: a machine starts from `cdrom`, `floppy`, `net` or `disk`.
pub(super) fn unknown_boot_type(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let types = envelope.ost_nodes().flat_map(OstNode::boot_orders).filter_map(BootOrder::device);
    for device in types {
        let value = device.value();
        // Empty is the default of the schema: no device in particular.
        if value.is_empty() || BOOT_TYPES.iter().any(|(known, _)| *known == value) {
            continue;
        }
        out.at(
            device.value_span(),
            format_args!("the boot device {} is not known", quoted(&value)),
        )
        .suggest(
            &value,
            BOOT_TYPES.iter().map(|&(known, _)| known),
            format_args!("write one of: cdrom, disk, floppy, net"),
        )
        .done();
    }
}

/// VMware's own: `instanceId` names an Item of the machine.
pub(super) fn unknown_boot_device(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for_each_boot_device(envelope, |_, instance, item| {
        if item.is_none() {
            out.at(
                instance.value_span(),
                format_args!("no Item has the `InstanceID` {}", quoted(instance.value().trim())),
            )
            .help(format_args!("write the `InstanceID` of the device to start from"))
            .done();
        }
    });
}

/// VMware's own: the Item is a device of the type.
pub(super) fn unfit_boot_device(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for_each_boot_device(envelope, |order, instance, item| {
        let Some(device) = order.device() else { return };
        let word = device.value();
        let fit = BOOT_TYPES.iter().find(|(known, _)| *known == word).map(|&(_, fit)| fit);
        let resource_type =
            item.and_then(|item| item.child_named_in(Namespace::Rasd, ElementName::ResourceType));
        if let (Some(fit), Some(resource_type)) = (fit, resource_type)
            && let Ok(number) = number::unsigned_short(&resource_type.text())
            && !fit.contains(&number)
        {
            out.at(
                instance.value_span(),
                format_args!(
                    "the Item {} is no device of the type {}",
                    quoted(instance.value().trim()),
                    quoted(&word)
                ),
            )
            .label(resource_type.text_span(), format_args!("its resource type"))
            .help(format_args!("write the `InstanceID` of the device to start from, or its type"))
            .done();
        }
    });
}

/// The sections with an `instanceId`, each with the first Item of the machine that has it.
fn for_each_boot_device<'e, 's>(
    envelope: &'e Envelope<'s>,
    mut judge: impl FnMut(BootOrder<'e, 's>, Attribute<'e, 's>, Option<Element<'e, 's>>),
) {
    for node in envelope.ost_nodes() {
        let mut items = None;
        for order in node.boot_orders() {
            let Some(instance) = order.instance_id() else { continue };
            let items = items.get_or_insert_with(|| instances(node));
            judge(order, instance, items.get(instance.value().trim()).copied());
        }
    }
}

fn instances<'e, 's>(node: OstNode<'e, 's>) -> HashMap<String, Element<'e, 's>> {
    let mut items = HashMap::default();
    for section in node.sections().filter(|section| section.kind() == SectionKind::VirtualHardware)
    {
        for item in section.element().children().filter(|child| child.is_ovf()) {
            let id = item.children().find(|child| {
                child.namespace().is_cim() && child.local().eq_ignore_ascii_case("InstanceID")
            });
            if let Some(id) = id {
                items.entry(id.text().trim().to_owned()).or_insert(item);
            }
        }
    }
    items
}

/// VMware's own: a dependency has an id, and says on which service.
pub(super) fn incomplete_service_dependency(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, dependency) in envelope.service_dependencies() {
        let missing = if dependency.id().is_none_or(|id| id.value().is_empty()) {
            "vmw:id"
        } else if dependency.service().is_none_or(|service| service.text().trim().is_empty()) {
            "vmw:Type"
        } else {
            continue;
        };
        out.at(dependency.element().name_span(), format_args!("the dependency has no `{missing}`"))
            .help(format_args!("add `{missing}`; the platform finds the service by its type"))
            .done();
    }
}

/// VMware's schema: `level` is required, decimal or hexadecimal.
pub(super) fn invalid_cpu_level(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for level in envelope.cpu_levels() {
        let help = "write the number the processor is asked with: `1`, or `0x80000001`";
        match level.level() {
            None => out
                .at(level.element().name_span(), format_args!("the `Level` has no `level`"))
                .help(format_args!("{help}"))
                .done(),
            Some(number) if !is_int_or_hex(&number.value()) => out
                .at(
                    number.value_span(),
                    format_args!("the level {} is no number", quoted(&number.value())),
                )
                .help(format_args!("{help}"))
                .done(),
            Some(_) => {}
        }
    }
}

/// `intOrHex` of VMware's schema.
fn is_int_or_hex(text: &str) -> bool {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (digits, is_digit): (&str, fn(&u8) -> bool) = match hex {
        Some(digits) => (digits, u8::is_ascii_hexdigit),
        None => (text.strip_prefix('-').unwrap_or(text), u8::is_ascii_digit),
    };
    !digits.is_empty() && digits.as_bytes().iter().all(is_digit)
}

/// vSphere's `HostCpuIdInfo`: a mask is 32 characters, one for each bit, with a colon after every fourth.
pub(super) fn invalid_cpu_mask(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for mask in envelope.cpu_levels().flat_map(CpuLevel::masks) {
        if !is_mask(&mask.value()) {
            out.at(
                mask.value_span(),
                format_args!(
                    "the mask {} of `{}` is malformed",
                    quoted(&mask.value()),
                    mask.local()
                ),
            )
            .help(format_args!(
                "write 8 groups of 4 of the characters `-01HRTX` with colons between"
            ))
            .done();
        }
    }
}

/// Colons may be left out; an empty mask asks for nothing.
fn is_mask(text: &str) -> bool {
    let is_bit =
        |c: char| matches!(c, '-' | '0' | '1' | 'H' | 'R' | 'T' | 'X' | 'h' | 'r' | 't' | 'x');
    let grouped = text.split(':').count() == 8
        && text.split(':').all(|group| group.len() == 4 && group.chars().all(is_bit));
    text.is_empty() || grouped || text.len() == 32 && text.chars().all(is_bit)
}
