//! Types, flags and shape of properties.

use std::collections::BTreeMap;

use super::super::Out;
use super::{Repeats, out_of_order};
use crate::diagnostic::{closest, quoted};
use crate::model::{Envelope, Property, Scope};
use crate::namespace::{Namespace, Version};
use crate::value::number;
use crate::value::property::{PropertyType, TypeDeviation, TypeName};
use crate::xml::Attribute;

/// The type of a property, or the one that is plainly meant.
pub(in crate::rules) fn property_type(property: Property<'_, '_>) -> Option<PropertyType> {
    let name = property.type_name()?.value();
    PropertyType::parse(&name).ok().map(|read| read.kind)
}

/// DSP0243 9.5.1: `type` is required.
pub(super) fn missing_property_type(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, property) in envelope.properties() {
        if super::text(property.type_name()).is_empty() {
            let span = property
                .type_name()
                .map_or_else(|| property.element().name_span(), |name| name.span());
            out.at(span, format_args!("the `Property` has no `type`"))
                .help(format_args!("add `ovf:type`; `string` takes any value"))
                .done();
        }
    }
}

/// How far the name of a type is from those of the standard.
enum Spelling {
    Plain,
    /// It can mean one type only.
    Loose(PropertyType),
    /// A type vSphere has elsewhere, whose values are strings with a meaning the name alone carries.
    Vendor {
        secret: bool,
    },
    Unknown,
}

fn spelling(name: &str) -> Spelling {
    match PropertyType::parse(name) {
        Ok(TypeName { deviation: None, .. }) => Spelling::Plain,
        Ok(TypeName { kind, deviation: Some(TypeDeviation::LetterCase), .. }) => {
            Spelling::Loose(kind)
        }
        Ok(TypeName { kind, .. }) if kind.is_number() => Spelling::Loose(kind),
        Ok(TypeName { secret, .. }) => Spelling::Vendor { secret },
        Err(_) if name.starts_with("password(") => Spelling::Vendor { secret: true },
        Err(_) => Spelling::Unknown,
    }
}

/// DSP0243 9.5.1, table 6: the types there are.
pub(super) fn unknown_property_type(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for name in envelope.properties().filter_map(|(_, property)| property.type_name()) {
        let value = name.value();
        if value.is_empty() {
            continue;
        }
        let spelling = spelling(&value);
        if matches!(spelling, Spelling::Plain | Spelling::Loose(_)) {
            continue;
        }
        let draft =
            out.at(name.value_span(), format_args!("{} is no property type", quoted(&value)));
        match spelling {
            Spelling::Vendor { secret: true } => {
                draft.help(format_args!("write `string`, and add `ovf:password=\"true\"`"))
            }
            Spelling::Vendor { secret: false } => draft.help(format_args!(
                "write `string`; what fills it from a network stands in `vmw:qualifiers`"
            )),
            _ => match closest(&value, PropertyType::ALL.iter().map(|kind| kind.as_str())) {
                Some(meant) => draft.help(format_args!("write `{meant}` if that is meant")),
                None => draft.help(format_args!("write `string` if it may hold any text")),
            },
        }
        .done();
    }
}

/// DSP0243 9.5.1, table 6: how the types are spelled. Told once for each name.
pub(super) fn loose_property_type(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut places: BTreeMap<_, (Attribute<'_, '_>, PropertyType, usize)> = BTreeMap::new();
    for name in envelope.properties().filter_map(|(_, property)| property.type_name()) {
        let value = name.value();
        if let Spelling::Loose(kind) = spelling(&value) {
            let place = places.entry(value).or_insert((name, kind, 0));
            place.2 = place.2.saturating_add(1);
        }
    }
    for (value, (name, kind, count)) in places {
        out.at(
            name.value_span(),
            format_args!(
                "{} is no property type of the standard{}",
                quoted(&value),
                Repeats(count)
            ),
        )
        .help(format_args!("write `{kind}`"))
        .done();
    }
}

/// DSP0243 9.5.1: `userConfigurable` and `password` are `xs:boolean`.
pub(super) fn invalid_property_flag(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, property) in envelope.properties() {
        for flag in property.user_configurable().into_iter().chain(property.password()) {
            if let Err(error) = number::boolean(&flag.value()) {
                out.at(
                    flag.value_span(),
                    format_args!("`{}` {} {error}", flag.local(), quoted(&flag.value())),
                )
                .help(format_args!("write `true` or `false`"))
                .done();
            }
        }
    }
}

/// The attributes of a Property (DSP8023). `required` is what extensions and OVF 0.9 have.
const ATTRIBUTES: &[&str] =
    &["key", "type", "qualifiers", "userConfigurable", "value", "password", "required"];

/// What is written for an attribute of the standard.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("configurableByUser", "userConfigurable"),
    ("defaultValue", "value"),
    ("isPassword", "password"),
];

/// DSP0243 9.5.1: the attributes a Property has. Told once for each name.
pub(super) fn unknown_property_attribute(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.version() == Version::V0_9 {
        return;
    }
    let in_2 = envelope.version() == Version::V2;
    let mut places: BTreeMap<&str, (Attribute<'_, '_>, usize)> = BTreeMap::new();
    for (_, property) in envelope.properties() {
        for attribute in property.element().node().attributes() {
            let local = attribute.local();
            let namespace = Namespace::of(attribute.namespace());
            let is_ours = namespace.is_ovf() || namespace == Namespace::None;
            let known = ATTRIBUTES.contains(&local) || in_2 && local == "configuration";
            if is_ours && !known {
                let place = places.entry(local).or_insert((attribute, 0));
                place.1 = place.1.saturating_add(1);
            }
        }
    }
    for (name, (attribute, count)) in places {
        let draft = out.at(
            attribute.name_span(),
            format_args!("a `Property` has no attribute {}{}", quoted(name), Repeats(count)),
        );
        let meant = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|&(_, meant)| meant);
        match meant.or_else(|| closest(name, ATTRIBUTES.iter().copied())) {
            Some(meant) => draft.help(format_args!("write `ovf:{meant}` if that is meant")),
            None if name == "configuration" => {
                draft.help(format_args!("give it a `Value` for the deployment option"))
            }
            None => draft.help(format_args!("put it into a namespace of your own, or remove it")),
        }
        .done();
    }
}

/// DSP0243 9.5.1, DSP8023: Label, Description, Values. Told once for each section.
pub(super) fn property_child_order(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if envelope.version() == Version::V0_9 {
        return;
    }
    for (_, product) in envelope.products() {
        let mut faults = product.properties().filter_map(|property| {
            out_of_order(property.element(), |child| match child.local() {
                _ if !child.is_ovf() => Some(3),
                "Label" => Some(0),
                "Description" => Some(1),
                "Value" => Some(2),
                _ => None,
            })
        });
        let Some((late, before)) = faults.next() else { continue };
        let count = faults.count().saturating_add(1);
        out.at(
            late.name_span(),
            format_args!(
                "`{}` stands after {}{}",
                late.local(),
                quoted(before.node().name()),
                Repeats(count)
            ),
        )
        .label(before.name_span(), format_args!("this belongs after it"))
        .help(format_args!("write `Label`, `Description`, then the `Value` elements"))
        .done();
    }
}
