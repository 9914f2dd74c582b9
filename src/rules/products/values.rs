//! The defaults of properties. No message shows the value of a password.

use std::fmt;

use super::super::Out;
use super::{Repeats, property_type};
use crate::diagnostic::quoted;
use crate::model::{ElementName, Envelope, Property, Scope};
use crate::value::macros::macros;
use crate::value::map::Firsts;
use crate::value::property::{PropertyType, ValueError};
use crate::xml::Attribute;

/// All defaults of a property: `value`, and those for deployment options.
pub(super) fn defaults<'e, 's>(
    property: Property<'e, 's>,
) -> impl Iterator<Item = Attribute<'e, 's>> {
    property.value().into_iter().chain(property.values().filter_map(|value| value.value()))
}

/// Whether a value stands for others, so that what it will be is not known.
pub(super) fn has_macro(value: &str) -> bool {
    macros(value).next().is_some()
}

/// Every default that is not of its type, with why.
fn faults<'e, 's>(
    envelope: &Scope<'e, 's>,
) -> impl Iterator<Item = (Property<'e, 's>, PropertyType, Attribute<'e, 's>, ValueError)> {
    envelope
        .properties()
        .filter_map(|(_, property)| Some((property, property_type(property)?)))
        .filter(|&(_, kind)| kind != PropertyType::String)
        .flat_map(|(property, kind)| defaults(property).map(move |value| (property, kind, value)))
        .filter_map(|(property, kind, value)| {
            let text = value.value();
            let error = kind.check(&text).err().filter(|_| !has_macro(&text))?;
            Some((property, kind, value, error))
        })
}

/// DSP0243 9.5.1: defaults are of the type, and in its range.
pub(super) fn invalid_property_value(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (property, kind, value, error) in faults(envelope) {
        if !matches!(error, ValueError::Number(_) | ValueError::NotBoolean) {
            continue;
        }
        let draft = if property.is_secret() {
            out.at(value.value_span(), format_args!("the secret default {error}"))
        } else {
            out.at(
                value.value_span(),
                format_args!("the default {} {error}", quoted(&value.value())),
            )
        };
        draft
            .help(format_args!("write a value of the type `{kind}`, or choose another type"))
            .done();
    }
}

/// DSP0243 9.5.1: how values are spelled. A generator that writes `True` does so everywhere, so each
/// spelling is told once.
pub(super) fn loose_property_value(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut places: Vec<(ValueError, Property<'_, '_>, Attribute<'_, '_>, usize)> = Vec::new();
    for (property, _, value, error) in faults(&Scope::whole(envelope)) {
        if !matches!(error, ValueError::Blanks | ValueError::BooleanSpelling { .. }) {
            continue;
        }
        match places.iter_mut().find(|(known, ..)| *known == error) {
            Some(place) => place.3 = place.3.saturating_add(1),
            None => places.push((error, property, value, 1)),
        }
    }
    for (error, property, value, count) in places {
        let help = match error {
            ValueError::BooleanSpelling { meant: true } => "write `true`",
            ValueError::BooleanSpelling { meant: false } => "write `false`",
            _ => "remove the white space",
        };
        let span = value.value_span();
        let draft = if property.is_secret() {
            out.at(span, format_args!("the secret default {}{}", Unshown(error), Repeats(count)))
        } else {
            let default = value.value();
            out.at(span, format_args!("the default {} {error}{}", quoted(&default), Repeats(count)))
        };
        draft.help(format_args!("{help}")).done();
    }
}

/// A spelling that says nothing of the value.
struct Unshown(ValueError);

impl fmt::Display for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ValueError::BooleanSpelling { .. } => f.write_str("is neither `true` nor `false`"),
            error => error.fmt(f),
        }
    }
}

/// Whether somebody else than its default gives a property its value: people, or a network.
///
/// A flag that cannot be read is told by itself, and counts as yes here.
fn is_filled(property: Property<'_, '_>) -> bool {
    let asked = match property.is_user_configurable() {
        Some(configurable) => configurable,
        None => property.user_configurable().is_some(),
    };
    let by_type = || super::text(property.type_name()).starts_with("ip");
    asked || property.network_qualifiers().is_some() || by_type()
}

/// DSP0243 9.5.1: an empty default means that people are asked, where they may be.
pub(super) fn empty_property_value(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (property, kind, value, error) in faults(envelope) {
        if error == ValueError::Empty && !is_filled(property) {
            out.at(
                value.span(),
                format_args!("the default of a `{kind}` is empty, and nobody may set another"),
            )
            .help(format_args!("write a value, or add `ovf:userConfigurable=\"true\"`"))
            .done();
        }
    }
}

/// DSP0243 9.5.1: a property that nobody may set has a value. Told once for each section.
pub(super) fn unset_property(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, product) in envelope.products() {
        let mut unset = product.properties().filter(|&property| {
            property.value().is_none()
                && property.element().child_named(ElementName::Value).is_none()
                && property.key().is_some()
                && !is_filled(property)
        });
        let Some(first) = unset.next() else { continue };
        let count = unset.count().saturating_add(1);
        let key = super::text(first.key());
        out.at(
            first.element().name_span(),
            format_args!(
                "the property {} has no value and nobody may set it{}",
                quoted(&key),
                Repeats(count)
            ),
        )
        .help(format_args!("add `ovf:userConfigurable=\"true\"`, or a value"))
        .done();
    }
}

/// A password that is in the descriptor is no secret. The place is the name of the attribute, so that
/// not even a picture of the line has to show the value.
pub(super) fn clear_text_password(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, property) in envelope.properties().filter(|(_, property)| property.is_secret()) {
        for value in defaults(property) {
            let text = value.value();
            if text.is_empty() || has_macro(&text) {
                continue;
            }
            let key = super::text(property.key());
            out.at(
                value.name_span(),
                format_args!("the password {} stands in the descriptor", quoted(&key)),
            )
            .help(format_args!("leave the default out, so that people are asked"))
            .done();
        }
    }
}

/// DSP0243 9.5.1: `value` of a Value is required.
pub(super) fn missing_value(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if envelope.has_no_element(ElementName::Value) {
        return;
    }
    for value in envelope.properties().flat_map(|(_, property)| property.values()) {
        if value.value().is_none() {
            out.at(value.element().name_span(), format_args!("the `Value` has no `value`"))
                .help(format_args!("add `ovf:value`, which may be empty"))
                .done();
        }
    }
}

/// DSP0243 9.5.1: a property has one default in a deployment option.
pub(super) fn duplicate_value_configuration(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if envelope.has_no_element(ElementName::Value) {
        return;
    }
    let mut seen = Firsts::default();
    for (_, property) in envelope.properties() {
        seen.clear();
        for value in property.values() {
            let option = value.configuration().map(|option| option.value());
            let span = value
                .configuration()
                .map_or_else(|| value.element().name_span(), |option| option.value_span());
            let Some(first) = seen.meet(option, span) else { continue };
            let option = value.configuration().map(|option| option.value());
            let draft = match option {
                Some(option) => out
                    .at(span, format_args!("two defaults are for the option {}", quoted(&option))),
                None => out.at(span, format_args!("two defaults are for no option")),
            };
            draft
                .label(first, format_args!("the first is here"))
                .help(format_args!("keep one of them, or name another option"))
                .done();
        }
    }
}
