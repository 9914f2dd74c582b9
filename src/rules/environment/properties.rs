//! DSP0243 11.1, DSP8027: ids, Entities and properties.

use super::document::{Document, Part, Role};
use super::{Out, Rule, part};
use crate::diagnostic::{Code, quoted};
use crate::rules::{Repeats, repeated};
use crate::span::Span;
use crate::value::macros::macros;
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_ENVIRONMENT_ID, missing_id),
    part(Code::MISSING_ENVIRONMENT_ENTITY_ID, missing_entity_id),
    part(Code::DUPLICATE_ENVIRONMENT_ENTITY, duplicate_entity),
    part(Code::ENVIRONMENT_ENTITY_OF_ITSELF, entity_of_itself),
    part(Code::MISSING_ENVIRONMENT_KEY, missing_key),
    part(Code::MALFORMED_ENVIRONMENT_KEY, malformed_key),
    part(Code::MISSING_ENVIRONMENT_VALUE, missing_value),
    part(Code::DUPLICATE_ENVIRONMENT_KEY, duplicate_key),
    part(Code::UNREPLACED_REFERENCE, unreplaced_reference),
];

/// Where an attribute is missing, or empty where it may not be.
fn absent(part: Part<'_, '_>, name: &str) -> Option<Span> {
    match part.attribute(name) {
        None => Some(part.node.name_span()),
        Some(attribute) if attribute.raw().is_empty() => Some(attribute.span()),
        Some(_) => None,
    }
}

/// DSP0243 11.1: `id` of the document is that of the VirtualSystem.
fn missing_id(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    if let Some(span) = absent(document.root, "id") {
        out.at(span, format_args!("the document does not say which machine it is for"))
            .help(format_args!("write the id of the VirtualSystem as `oe:id`"))
            .done();
    }
}

/// DSP8027: `id` of an Entity is required.
fn missing_entity_id(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for entity in document.of(Role::Entity) {
        if let Some(span) = absent(entity, "id") {
            out.at(span, format_args!("the `Entity` has no `id`"))
                .help(format_args!("write the id of the sibling as `oe:id`"))
                .done();
        }
    }
}

/// DSP0243 11.1: one Entity for each sibling.
fn duplicate_entity(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let ids = document.of(Role::Entity).filter_map(|entity| entity.attribute("id"));
    for (id, first) in repeated(ids) {
        out.at(id.value_span(), format_args!("two Entities are about {}", quoted(&id.value())))
            .label(first, format_args!("the other is here"))
            .help(format_args!("keep one"))
            .done();
    }
}

/// DSP0243 11.1: Entities are for siblings.
fn entity_of_itself(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let Some(own) = document.root.attribute("id").filter(|id| !id.raw().is_empty()) else { return };
    let own_id = own.value();
    for id in document.of(Role::Entity).filter_map(|entity| entity.attribute("id")) {
        if id.value() == own_id {
            out.at(
                id.value_span(),
                format_args!("the Entity {} is the machine itself", quoted(&id.value())),
            )
            .label(own.value_span(), format_args!("the document is for it"))
            .help(format_args!("remove the Entity"))
            .done();
        }
    }
}

/// DSP8027: `key` is required; an empty one names nothing.
fn missing_key(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for property in document.of(Role::Property) {
        if let Some(span) = absent(property, "key") {
            out.at(span, format_args!("the property has no key"))
                .help(format_args!("write its full key as `oe:key`"))
                .done();
        }
    }
}

/// DSP0243 9.5.1: `[class "."] key ["." instance]`, and no dot for a part that is empty.
fn malformed_key(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for key in document.of(Role::Property).filter_map(|property| property.attribute("key")) {
        let value = key.value();
        if value.starts_with('.') || value.ends_with('.') {
            let end = if value.starts_with('.') { "begins" } else { "ends" };
            out.at(key.value_span(), format_args!("the key {} {end} with a dot", quoted(&value)))
                .help(format_args!("remove the dot of the part that is empty"))
                .done();
        }
    }
}

/// DSP8027: `value` is required, and may be empty.
fn missing_value(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for property in document.of(Role::Property) {
        if property.attribute("value").is_none() {
            let key = property.attribute("key").map(Attribute::value).unwrap_or_default();
            out.at(
                property.node.name_span(),
                format_args!("the property {} has no value", quoted(&key)),
            )
            .help(format_args!("write `oe:value=\"\"` for one that is not set"))
            .done();
        }
    }
}

/// DSP0243 11.1: what a child overrides is not listed.
fn duplicate_key(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for section in document.of(Role::Properties) {
        let keys = document
            .inside(section)
            .filter(|child| child.role == Role::Property)
            .filter_map(|property| property.attribute("key"));
        for (key, first) in repeated(keys) {
            out.at(
                key.value_span(),
                format_args!("the key {} is there already", quoted(&key.value())),
            )
            .label(first, format_args!("it is here"))
            .help(format_args!("keep the property of the machine"))
            .done();
        }
    }
}

/// DSP0243 9.5.1: `${…}` is replaced before the guest sees it. Told once for each value, without the
/// name, which may be part of a password.
fn unreplaced_reference(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for property in document.of(Role::Property) {
        let Some(value) = property.attribute("value") else { continue };
        let text = value.value();
        let count = macros(&text).filter(|found| !found.name.is_empty()).count();
        if count > 0 {
            let key = property.attribute("key").map(Attribute::value).unwrap_or_default();
            out.at(
                value.value_span(),
                format_args!(
                    "a `${{…}}` in the value of {} was not replaced{}",
                    quoted(&key),
                    Repeats(count)
                ),
            )
            .help(format_args!("correct the reference in the descriptor, or replace it"))
            .done();
        }
    }
}
