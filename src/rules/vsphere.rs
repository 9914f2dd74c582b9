//! What vSphere refuses or passes over, beyond the standard.
//!
//! Source: the faults of vSphere's API (`OvfFault` and those below it), and what its products say of
//! packages in public reports.

mod devices;
mod settings;

use super::{Check, Needs, Out, Rule, Targets};
use crate::diagnostic::{Code, quoted};
use crate::model::{
    AttributeName, Element, ElementName, Envelope, OstNode, OstNodeType, SectionKind, Signs,
};
use crate::namespace::{Namespace, OVF_1, Version};
use crate::policy::Target;
use crate::value::list::List;
use crate::value::{number, vm_name};

pub(super) const RULES: &[Rule] = &[
    part(Code::UNSUPPORTED_OVF_VERSION, unsupported_ovf_version),
    part(Code::UNSUPPORTED_HARDWARE_FAMILY, unsupported_hardware_family),
    whole(Code::MISSING_PROCESSOR_OR_MEMORY, missing_processor_or_memory),
    part(Code::UNSUPPORTED_DEVICE, devices::unsupported_device),
    part(Code::UNSUPPORTED_DEVICE_SUBTYPE, devices::unsupported_device_subtype),
    part(Code::SKIPPED_DEVICE, devices::skipped_device),
    part(Code::UNSUPPORTED_ITEM_ELEMENT, devices::unsupported_item_element),
    part(Code::UNSUPPORTED_DISK_FORMAT, unsupported_disk_format),
    part(Code::COMPRESSED_DISK, compressed_disk),
    part(Code::INVALID_VM_NAME, invalid_vm_name),
    part(Code::UNKNOWN_CONFIG_KEY, settings::unknown_config_key),
    part(Code::REFUSED_EXTRA_CONFIG, settings::refused_extra_config),
    part(Code::RISKY_EXTRA_CONFIG, settings::risky_extra_config),
];

const fn part(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::Only(Target::VSphere),
        needs: Needs::Part,
        signs: Signs::ANY,
        check: Check::Once(check),
    }
}

const fn whole(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::Only(Target::VSphere),
        needs: Needs::Whole,
        signs: Signs::ANY,
        check: Check::Once(check),
    }
}

/// `OvfWrongNamespace`: vSphere reads 0.9 and 1.x.
fn unsupported_ovf_version(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.version() == Version::V2 {
        out.at(
            envelope.root().name_span(),
            format_args!("vSphere does not read OVF {}", Version::V2.as_str()),
        )
        .help(format_args!("export it as 1.0 or 1.1, in the namespace `{OVF_1}`"))
        .done();
    }
}

/// Whether vSphere has known the hardware version, from 3 to that of vSphere 9. There never was a 5.
const fn is_known_version(version: u32) -> bool {
    matches!(version, 3 | 4 | 6..=22)
}

/// `OvfNoSupportedHardwareFamily`: one of the families of one of the sections is known.
fn unsupported_hardware_family(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for system in systems(envelope) {
        let families: Vec<_> = hardware(system)
            .map(|section| {
                section
                    .child_named(ElementName::System)
                    .and_then(|system| {
                        system.child_named_in(Namespace::Vssd, ElementName::VirtualSystemType)
                    })
                    .filter(|family| !family.text().trim().is_empty())
            })
            .collect();
        // A section without a family is for any.
        let is_taken = families.iter().any(|family| match family {
            None => true,
            Some(family) => List::parse(&family.text()).names().any(is_known_family),
        });
        if is_taken {
            continue;
        }
        for family in families.into_iter().flatten() {
            out.at(
                family.text_span(),
                format_args!(
                    "vSphere does not know the hardware family {}",
                    quoted(family.text().trim())
                ),
            )
            .help(format_args!("add one it knows: `vmx-07` is the oldest that all releases take"))
            .done();
        }
    }
}

fn is_known_family(family: &str) -> bool {
    family
        .strip_prefix("vmx-")
        .and_then(|version| number::unsigned_int(version).ok())
        .is_some_and(is_known_version)
}

/// `OvfMissingHardware`: a machine has a processor (3) and memory (4).
fn missing_processor_or_memory(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for section in systems(envelope).flat_map(hardware) {
        let (mut processor, mut memory) = (false, false);
        for item in section.children_of(ElementName::Item) {
            let resource_type = devices::resource_type(item);
            processor |= resource_type == Some(3);
            memory |= resource_type == Some(4);
        }
        let missing = match (processor, memory) {
            (true, true) => continue,
            (false, true) => "processor",
            (true, false) => "memory",
            (false, false) => "processor and no memory",
        };
        out.at(section.name_span(), format_args!("the machine has no {missing}"))
            .help(format_args!("add an Item of resource type 3 for processors, 4 for memory"))
            .done();
    }
}

/// vSphere imports disks as VMDK, in whichever of its forms.
fn unsupported_disk_format(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks().filter(|disk| disk.file_ref().is_some()) {
        let Some(format) = disk.format().filter(|format| !format.value().is_empty()) else {
            continue;
        };
        let value = format.value();
        let page = value.split('#').next().unwrap_or_default();
        if !page.to_ascii_lowercase().ends_with("/vmdk.html") {
            out.at(
                format.value_span(),
                format_args!("vSphere does not import disks of the format {}", quoted(&value)),
            )
            .help(format_args!("convert the disk to a stream-optimized VMDK"))
            .done();
        }
    }
}

/// Content libraries and the clients of vSphere refuse packages with compressed files.
fn compressed_disk(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for compression in envelope.files().filter_map(|file| file.compression()) {
        let value = compression.value();
        if !matches!(&*value, "" | "identity") {
            out.at(
                compression.value_span(),
                format_args!(
                    "content libraries do not take files compressed with {}",
                    quoted(&value)
                ),
            )
            .help(format_args!(
                "store the file as it is; a stream-optimized VMDK is compressed in itself"
            ))
            .done();
        }
    }
}

/// `OvfInvalidVmName`: the machine is named by its `Name`, or else by its id.
fn invalid_vm_name(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for system in systems(envelope) {
        let name = system.name().filter(|name| !name.text().trim().is_empty());
        let (text, span) = match (name, system.element().attribute_named(AttributeName::Id)) {
            (Some(name), _) => (name.text(), name.text_span()),
            (None, Some(id)) if !id.value().is_empty() => (id.value(), id.value_span()),
            _ => continue,
        };
        if let Err(error) = vm_name::check(text.trim()) {
            out.at(span, format_args!("the name {} {error}", quoted(text.trim())))
                .help(format_args!("choose a name of up to {} characters", vm_name::VM_NAME_CHARS))
                .done();
        }
    }
}

fn systems<'e, 's>(envelope: &'e Envelope<'s>) -> impl Iterator<Item = OstNode<'e, 's>> {
    envelope.ost_nodes().filter(|node| node.node_type() == OstNodeType::VirtualSystem)
}

/// The virtual hardware of a machine.
fn hardware<'e, 's>(system: OstNode<'e, 's>) -> impl Iterator<Item = Element<'e, 's>> {
    system
        .sections()
        .filter(|section| section.kind() == SectionKind::VirtualHardware)
        .map(|section| section.element())
}
