//! OVF 0.9, and shapes of it in later versions.

use std::collections::BTreeMap;

use super::{Out, Repeats, Rule, part};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, Dialect, ElementName, Envelope};
use crate::namespace::{Namespace, XSI};
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_SECTION_TYPE, missing_section_type),
    part(Code::LEGACY_SECTION_SHAPE, legacy_section_shape),
    part(Code::UNQUALIFIED_ATTRIBUTE, unqualified_attribute),
];

/// OVF 0.9: what a `Section` or `Content` is stands in its `xsi:type`.
fn missing_section_type(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for part in envelope.ost_nodes().flat_map(|node| node.parts()) {
        let element = part.element;
        let needs_type = element.is_named(ElementName::Section)
            || element.is_named(ElementName::Content) && envelope.dialect() == Dialect::Legacy;
        if !needs_type || element.attribute_named_in(Namespace::Xsi, AttributeName::Type).is_some()
        {
            continue;
        }
        let draft = out
            .at(element.name_span(), format_args!("the `{}` has no `xsi:type`", element.local()));
        match element
            .node()
            .attributes()
            .find(|attribute| attribute.is_local("type") && !attribute.prefix().is_empty())
        {
            Some(other) => draft
                .label(
                    other.name_span(),
                    format_args!("this one is in the namespace {}", quoted(other.namespace())),
                )
                .help(format_args!("bind the prefix to `{XSI}`"))
                .done(),
            None => draft.help(format_args!("say what it is: `xsi:type=\"ovf:…_Type\"`")).done(),
        }
    }
}

/// DSP0243 7.3: from 1.0 on, sections stand under their own names.
fn legacy_section_shape(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.root().namespace() == Namespace::Ovf09 {
        return;
    }
    for part in envelope.ost_nodes().flat_map(|node| node.parts()) {
        let element = part.element;
        if matches!(element.name(), ElementName::Section | ElementName::Content)
            && element.is_ovf()
            && let Some(written) = element.attribute_named_in(Namespace::Xsi, AttributeName::Type)
        {
            let name = written.raw().rsplit(':').next().unwrap_or_default();
            out.at(
                element.name_span(),
                format_args!("`{}` with `xsi:type` is the shape of OVF 0.9", element.local()),
            )
            .help(format_args!(
                "write the element as {}",
                quoted(name.strip_suffix("_Type").unwrap_or(name))
            ))
            .done();
        }
    }
}

/// DSP0243 7: the attributes of OVF are qualified by its namespace.
///
/// One finding for each attribute name, at its first place, so that a generator that leaves out every
/// prefix does not hide everything else.
fn unqualified_attribute(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut places: BTreeMap<&str, (Attribute<'_, '_>, usize)> = BTreeMap::new();
    // What stands below an element of somebody else's is written by that somebody's rules.
    for found in envelope.notable_attributes().filter(|found| found.surroundings.is_ovf) {
        if found.name.is_of_ovf() && found.attribute.prefix().is_empty() {
            let place = places.entry(found.attribute.local()).or_insert((found.attribute, 0));
            place.1 = place.1.saturating_add(1);
        }
    }
    for (name, (attribute, count)) in places {
        out.at(
            attribute.name_span(),
            format_args!("the attribute `{name}` has no prefix{}", Repeats(count)),
        )
        .help(format_args!("write it with the prefix of the OVF namespace: `ovf:{name}`"))
        .done();
    }
}
