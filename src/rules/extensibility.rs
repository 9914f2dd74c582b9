//! DSP0243 7.3 and 7.4: what is not of the standard, and whether readers have to know it.

use std::collections::BTreeMap;

use super::{Out, Repeats, Rule, each_part, part};
use crate::diagnostic::{Code, closest, quoted};
use crate::model::{
    AttributeName, Dialect, Element, ElementName, Envelope, NotableAttribute, PartKind, Scope,
    SectionKind, Signs,
};
use crate::namespace::Namespace;
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    each_part(Code::UNKNOWN_REQUIRED_SECTION, unknown_required_section).at(Signs::DEPARTURE),
    each_part(Code::UNKNOWN_OPTIONAL_SECTION, unknown_optional_section).at(Signs::DEPARTURE),
    each_part(Code::UNKNOWN_REQUIRED_CHILD, unknown_required_child).at(Signs::DEPARTURE),
    part(Code::INVALID_REQUIRED, invalid_required),
    part(Code::CONFORMANCE_LEVEL_3, conformance_level_3),
    part(Code::UNKNOWN_OVF_ATTRIBUTE, unknown_ovf_attribute),
];

/// DSP0243 7.3: a reader refuses a section it does not know, unless it says `required="false"`.
fn unknown_required_section(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for section in envelope.ost_nodes().flat_map(|node| node.sections()) {
        let element = section.element();
        // A section of OVF 0.9 without a type has a rule of its own.
        let untyped = element.is_ovf()
            && section.name() == element.local()
            && match section.name() {
                "Section" => true,
                "Content" => matches!(envelope.dialect(), Dialect::Legacy | Dialect::Ovirt),
                _ => false,
            };
        if section.kind().is_known() || untyped || !is_required(element) {
            continue;
        }
        let draft = out.at(
            element.name_span(),
            format_args!("the required section {} is not known", quoted(section.name())),
        );
        if let Some(home) = home_of(element) {
            draft.help(format_args!("move it into a `{home}`")).done();
            continue;
        }
        match closest(section.name(), SectionKind::STANDARD.iter().map(|&(name, _)| name)) {
            Some(name) if element.is_ovf() => {
                draft.help(format_args!("write `{name}` if that is meant")).done()
            }
            Some(name) if name == section.name() => {
                draft
                    .help(format_args!(
                        "put it into the OVF namespace if the standard's `{name}` is meant"
                    ))
                    .done();
            }
            _ => draft
                .help(format_args!("add `ovf:required=\"false\"` if machines work without it"))
                .done(),
        }
    }
}

/// The section an OVF element belongs into that stands where sections do.
fn home_of(element: Element<'_, '_>) -> Option<&'static str> {
    let (kind, _) = CHILDREN.iter().find(|(_, names)| names.contains(&element.name()))?;
    let (name, _) = SectionKind::STANDARD.iter().find(|(_, known)| known == kind)?;
    element.is_ovf().then_some(*name)
}

/// DSP0243 7.3: a section that says `required="false"` may be passed over.
fn unknown_optional_section(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for section in envelope.ost_nodes().flat_map(|node| node.sections()) {
        if !section.kind().is_known() && !is_required(section.element()) {
            let draft = out.at(
                section.element().name_span(),
                format_args!(
                    "the optional section {} is not known and passed over",
                    quoted(section.name())
                ),
            );
            match section.info().map(|info| info.text()) {
                Some(info) if !info.trim().is_empty() => {
                    draft.help(format_args!("it says of itself: {}", quoted(info.trim()))).done();
                }
                _ => draft.done(),
            }
        }
    }
}

/// The OVF children of the standard's sections.
const CHILDREN: &[(SectionKind, &[ElementName])] = &[
    (SectionKind::Annotation, &[ElementName::Annotation]),
    (SectionKind::DeploymentOption, &[ElementName::Configuration]),
    (SectionKind::Disk, &[ElementName::Disk]),
    (SectionKind::EnvironmentFiles, &[ElementName::File]),
    (SectionKind::Eula, &[ElementName::License]),
    (SectionKind::Install, &[]),
    (SectionKind::Network, &[ElementName::Network]),
    (SectionKind::OperatingSystem, &[ElementName::Description]),
    (SectionKind::Placement, &[]),
    (SectionKind::PlacementGroup, &[ElementName::Description]),
    (
        SectionKind::Product,
        &[
            ElementName::AppUrl,
            ElementName::Category,
            ElementName::FullVersion,
            ElementName::LegacyFullVersion,
            ElementName::Icon,
            ElementName::Product,
            ElementName::ProductUrl,
            ElementName::Property,
            ElementName::Vendor,
            ElementName::VendorUrl,
            ElementName::Version,
        ],
    ),
    (
        SectionKind::ResourceAllocation,
        &[ElementName::EthernetPortItem, ElementName::Item, ElementName::StorageItem],
    ),
    (SectionKind::ScaleOut, &[ElementName::Description, ElementName::InstanceCount]),
    (SectionKind::SharedDisk, &[ElementName::SharedDisk]),
    (SectionKind::Startup, &[ElementName::Item]),
    (
        SectionKind::VirtualHardware,
        &[
            ElementName::EthernetPortItem,
            ElementName::Item,
            ElementName::StorageItem,
            ElementName::System,
        ],
    ),
];

/// DSP0243 7.3: an unknown child of a known section that is not marked as optional makes the section
/// one that is not understood. Children of vendors whose sections are known count as known.
fn unknown_required_child(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for section in envelope.ost_nodes().flat_map(|node| node.sections()) {
        let Some(&(_, known)) = CHILDREN.iter().find(|(kind, _)| *kind == section.kind()) else {
            continue;
        };
        for child in section.element().children() {
            let is_known = match child.namespace() {
                Namespace::Vmw | Namespace::Vbox | Namespace::VCloud => true,
                _ if child.is_ovf() => {
                    child.name() == ElementName::Info || known.contains(&child.name())
                }
                _ => false,
            };
            if is_known || !is_required(child) {
                continue;
            }
            let draft = out.at(
                child.name_span(),
                format_args!(
                    "{} holds the unknown required element {}",
                    quoted(section.name()),
                    quoted(child.local())
                ),
            );
            match closest(child.local(), known.iter().map(|known| known.as_str())) {
                Some(name) if child.is_ovf() => {
                    draft.help(format_args!("write `{name}` if that is meant")).done()
                }
                _ => draft
                    .help(format_args!(
                        "add `ovf:required=\"false\"` if the section works without it"
                    ))
                    .done(),
            }
        }
    }
}

/// DSP0243 7.3: `required` is an `xs:boolean`.
fn invalid_required(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for NotableAttribute { attribute, name, namespace, .. } in envelope.notable_attributes() {
        if name == AttributeName::Required
            && namespace.is_ovf()
            && boolean(&attribute.value()).is_none()
        {
            out.at(
                attribute.value_span(),
                format_args!("`required` is {}, no boolean", quoted(&attribute.value())),
            )
            .help(format_args!("write `true` or `false`"))
            .done();
        }
    }
}

/// DSP0243 7.4: with a required extension the package conforms on level 3.
///
/// One finding for the package, at the first such extension that this crate knows; those it does not
/// know are errors already.
fn conformance_level_3(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut required = envelope.ost_nodes().flat_map(|node| node.parts()).filter(|part| {
        matches!(part.kind, PartKind::Section(SectionKind::Vendor(_))) && is_required(part.element)
    });
    let Some(first) = required.next() else { return };
    let others = required.count();
    let draft = out.at(
        first.element.name_span(),
        format_args!(
            "readers have to know {} to take the package",
            quoted(first.element.node().name())
        ),
    );
    if others > 0 {
        draft.help(format_args!("{others} more sections are required like this one")).done();
    } else {
        draft.done();
    }
}

/// DSP0243 7.3: extensions have namespaces of their own, so what is in OVF's is OVF's.
///
/// One finding for each attribute name, at its first place. Below elements of vendors, where OVF's
/// namespace is often in use for their own purposes, nothing is said.
fn unknown_ovf_attribute(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut places: BTreeMap<&str, (Attribute<'_, '_>, usize)> = BTreeMap::new();
    for found in envelope.notable_attributes() {
        // Those of a Property have a rule that knows what each version spells in its own way.
        if found.namespace.is_ovf()
            && !found.name.is_of_ovf()
            && !found.surroundings.is_vendors
            && found.element.name() != ElementName::Property
        {
            let attribute = found.attribute;
            let place = places.entry(attribute.local()).or_insert((attribute, 0));
            place.1 = place.1.saturating_add(1);
        }
    }
    for (name, (attribute, count)) in places {
        out.at(
            attribute.name_span(),
            format_args!("OVF has no attribute {}{}", quoted(name), Repeats(count)),
        )
        .suggest(
            name,
            AttributeName::OF_OVF,
            format_args!("remove it, or put it into a namespace of your own"),
        )
        .done();
    }
}

/// Whether a reader that does not know an element has to refuse it: `required` is true when absent
/// (DSP0243 7.3), and taken for true when it is no boolean.
fn is_required(element: Element<'_, '_>) -> bool {
    element
        .attribute_named(AttributeName::Required)
        .and_then(|required| boolean(&required.value()))
        .unwrap_or(true)
}

/// `xs:boolean`.
fn boolean(text: &str) -> Option<bool> {
    match text.trim_matches([' ', '\t', '\r', '\n']) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
