//! DSP8027: which elements and attributes there are, and in which order.

use std::collections::HashMap;

use super::document::{Document, Part, Role};
use super::{Out, Rule, part};
use crate::diagnostic::{Code, quoted};
use crate::xml::Content;

pub(super) const RULES: &[Rule] = &[
    part(Code::UNKNOWN_ENVIRONMENT_ELEMENT, unknown_element),
    part(Code::UNKNOWN_ENVIRONMENT_ATTRIBUTE, unknown_attribute),
    part(Code::UNQUALIFIED_ENVIRONMENT_ATTRIBUTE, unqualified_attribute),
    part(Code::MISPLACED_ENVIRONMENT_ELEMENT, misplaced_element),
    part(Code::REPEATED_ENVIRONMENT_SECTION, repeated_section),
    part(Code::PLATFORM_SECTION_IN_ENTITY, platform_section_in_entity),
    part(Code::TEXT_IN_ENVIRONMENT, text),
];

/// DSP8027: elements in the standard's namespace are those the standard has; those in none are not.
fn unknown_element(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for part in document.of(Role::Unknown) {
        let name = part.node.local();
        out.at(
            part.node.name_span(),
            format_args!("the element {} is not known here", quoted(name)),
        )
        .suggest(
            name,
            part.inside.children(),
            format_args!("remove it, or give it a namespace of its own where extensions stand"),
        )
        .done();
    }
}

/// DSP8027: attributes in the standard's namespace are those the standard has.
fn unknown_attribute(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let own = document.root.node.namespace();
    // Of an element that is not known nobody knows the attributes.
    let known = |part: &&Part<'_, '_>| part.role != Role::Unknown && part.node.namespace() == own;
    for part in document.parts.iter().filter(known) {
        for attribute in part.node.attributes() {
            if !own.is_empty()
                && attribute.namespace() == own
                && !part.role.attributes().contains(&attribute.local())
            {
                out.at(
                    attribute.name_span(),
                    format_args!(
                        "{} has no attribute {}",
                        quoted(part.node.local()),
                        quoted(attribute.local())
                    ),
                )
                .suggest(
                    attribute.local(),
                    part.role.attributes(),
                    format_args!("remove the attribute"),
                )
                .done();
            }
        }
    }
}

/// DSP8027: `attributeFormDefault` is `qualified`.
fn unqualified_attribute(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let own = document.root.node.namespace();
    if own.is_empty() {
        return;
    }
    for part in &document.parts {
        for attribute in part.node.attributes().filter(|attribute| attribute.namespace().is_empty())
        {
            if part.role.attributes().contains(&attribute.local()) {
                out.at(
                    attribute.name_span(),
                    format_args!("the attribute `{}` has no prefix", attribute.local()),
                )
                .help(format_args!("write it with a prefix that stands for `{own}`"))
                .done();
            }
        }
    }
}

/// DSP8027: sections, then Entities, then extensions; in a section extensions come last.
fn misplaced_element(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    /// The place of a part in the order around it.
    const fn place(role: Role) -> Option<u8> {
        match role {
            Role::Platform | Role::Properties | Role::Property => Some(0),
            Role::Entity => Some(1),
            Role::Foreign => Some(2),
            // Sections of vendors are sections, and are written at the end as well.
            _ => None,
        }
    }
    let holders = [Role::Root, Role::Entity, Role::Properties];
    for around in document.parts.iter().filter(|part| holders.contains(&part.role)) {
        let mut last = (0, around.node);
        for child in document.inside(*around) {
            let Some(place) = place(child.role) else { continue };
            if place < last.0 {
                super::stands_after(out, child.node, last.1)
                    .help(format_args!("move it up"))
                    .done();
            } else if place > last.0 {
                last = (place, child.node);
            }
        }
    }
}

/// DSP0243 11.1: zero or one of each section.
fn repeated_section(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let holders = [Role::Root, Role::Entity];
    for around in document.parts.iter().filter(|part| holders.contains(&part.role)) {
        let mut seen = HashMap::new();
        for child in document.inside(*around) {
            if !matches!(child.role, Role::Platform | Role::Properties) {
                continue;
            }
            let span = child.node.name_span();
            if let Some(first) = seen.insert(child.node.local(), span) {
                seen.insert(child.node.local(), first);
                out.at(span, format_args!("there is a second `{}`", child.node.local()))
                    .label(first, format_args!("the first is here"))
                    .help(format_args!("make one of them"))
                    .done();
            }
        }
    }
}

/// DSP0243 11.1: a PlatformSection is of the document, not of an Entity.
fn platform_section_in_entity(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for part in document.of(Role::Platform).filter(|part| part.inside == Role::Entity) {
        out.at(part.node.name_span(), format_args!("a `PlatformSection` stands in an `Entity`"))
            .help(format_args!("move it to the beginning of the document"))
            .done();
    }
}

/// DSP8027: no element but what a PlatformSection tells has text. What the text is is not told.
fn text(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for part in &document.parts {
        let has_elements_only = matches!(
            part.role,
            Role::Root | Role::Platform | Role::Properties | Role::Property | Role::Entity
        );
        let is_text = |content: Content<'_, '_>| matches!(content, Content::Text(text) if !text.trim_ascii().is_empty());
        if has_elements_only && part.node.contents().any(is_text) {
            out.at(part.node.name_span(), format_args!("`{}` has text in it", part.node.local()))
                .help(format_args!("remove the text, or make it the value of a property"))
                .done();
        }
    }
}
