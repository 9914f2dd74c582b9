//! What values must obey, and what fills them. No message shows the value of a password.

use super::super::Out;
use super::property_type;
use super::values::{defaults, has_macro};
use crate::diagnostic::{closest, quoted};
use crate::model::{AttributeName, Property, Scope};
use crate::value::property::network::{self, Function};
use crate::value::property::qualifier::{Deviation, QualifierError, QualifierFault, Qualifiers};
use crate::xml::Attribute;

/// The properties with qualifiers, each with them.
fn qualified<'e, 's>(
    envelope: &Scope<'e, 's>,
) -> impl Iterator<Item = (Property<'e, 's>, Attribute<'e, 's>)> {
    let is_there = !envelope.has_no(AttributeName::Qualifiers);
    let properties = is_there.then(|| envelope.properties()).into_iter().flatten();
    properties.filter_map(|(_, property)| Some((property, property.qualifiers()?)))
}

fn attributes<'e, 's>(envelope: &Scope<'e, 's>) -> impl Iterator<Item = Attribute<'e, 's>> {
    qualified(envelope).map(|(_, qualifiers)| qualifiers)
}

/// DSP0243 9.5.1, table 7: the grammar.
pub(super) fn invalid_qualifiers(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for qualifiers in attributes(envelope) {
        match Qualifiers::parse(&qualifiers.value()) {
            Ok(_) | Err(QualifierError::Unknown(_)) => {}
            Err(error) => out
                .at(qualifiers.value_span(), format_args!("{error}"))
                .help(format_args!(
                    "write `MinLen(n)`, `MaxLen(n)` or `ValueMap{{…}}`, with commas between them"
                ))
                .done(),
        }
    }
}

/// DSP0243 9.5.1, table 7: spellings outside of the grammar that can mean one thing only.
pub(super) fn loose_qualifiers(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for qualifiers in attributes(envelope) {
        let value = qualifiers.value();
        let Ok(read) = Qualifiers::parse(&value) else { continue };
        for deviation in read.deviations {
            let (what, help) = match deviation {
                Deviation::NoComma => ("parts are not parted by a comma", "put a comma between"),
                Deviation::LetterCase => {
                    ("a name is in the wrong letter case", "write `MinLen`, `MaxLen`, `ValueMap`")
                }
                Deviation::SingleQuotes => {
                    ("a text is in single quotes", "write it in double quotes")
                }
                Deviation::BareWord => ("a text is in no quotes", "write it in double quotes"),
            };
            out.at(qualifiers.value_span(), format_args!("in the qualifiers, {what}"))
                .help(format_args!("{help}"))
                .done();
        }
    }
}

/// DSP0243 9.5.1, table 7: the qualifiers there are, and VMware's two.
pub(super) fn unknown_qualifier(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for qualifiers in attributes(envelope) {
        let value = qualifiers.value();
        let Err(QualifierError::Unknown(name)) = Qualifiers::parse(&value) else { continue };
        let draft = out
            .at(qualifiers.value_span(), format_args!("the qualifier {} is unknown", quoted(name)));
        if Function::ALL.iter().any(|known| known.as_str().eq_ignore_ascii_case(name)) {
            draft.help(format_args!("write it in `vmw:qualifiers`, where vSphere looks for it"))
        } else {
            let known = ["MinLen", "MaxLen", "ValueMap", "MinValue", "MaxValue"];
            match closest(name, known) {
                Some(meant) => draft.help(format_args!("write `{meant}` if that is meant")),
                None => draft.help(format_args!("leave it out: importers pass over it")),
            }
        }
        .done();
    }
}

/// What is wrong with qualifiers that can be read.
fn faults<'e, 's>(
    envelope: &Scope<'e, 's>,
) -> impl Iterator<Item = (Attribute<'e, 's>, QualifierFault)> {
    qualified(envelope).flat_map(|(property, attribute)| {
        property_type(property).into_iter().flat_map(move |kind| {
            let faults = Qualifiers::parse(&attribute.value())
                .map(|read| read.faults(kind))
                .unwrap_or_default();
            faults.into_iter().map(move |fault| (attribute, fault))
        })
    })
}

/// DSP0243 9.5.1: each qualifier once.
pub(super) fn duplicate_qualifier(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (attribute, fault) in faults(envelope) {
        if matches!(fault, QualifierFault::Duplicate(_)) {
            out.at(attribute.value_span(), format_args!("{fault}"))
                .help(format_args!("keep the one that is meant"))
                .done();
        }
    }
}

/// DSP0243 9.5.1, table 7: which qualifier is for which type.
pub(super) fn unfit_qualifier(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (attribute, fault) in faults(envelope) {
        if matches!(fault, QualifierFault::Unfit(..)) {
            out.at(attribute.value_span(), format_args!("{fault}"))
                .help(format_args!("leave it out, or correct the type"))
                .done();
        }
    }
}

/// DSP0243 9.5.1: qualifiers leave values to choose from.
pub(super) fn contradictory_qualifiers(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (attribute, fault) in faults(envelope) {
        if !matches!(fault, QualifierFault::Duplicate(_) | QualifierFault::Unfit(..)) {
            out.at(attribute.value_span(), format_args!("{fault}"))
                .help(format_args!("correct the limits"))
                .done();
        }
    }
}

/// DSP0243 9.5.1: the default obeys the qualifiers. An empty one of a property that people may set makes
/// importers ask, whatever the qualifiers say.
pub(super) fn default_breaks_qualifiers(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (property, attribute) in qualified(envelope) {
        let Some(kind) = property_type(property) else { continue };
        let text = attribute.value();
        let Ok(qualifiers) = Qualifiers::parse(&text) else { continue };
        let checker = qualifiers.checker(kind);
        for value in defaults(property) {
            let default = value.value();
            let asks = default.is_empty() && property.is_user_configurable() == Some(true);
            if asks || has_macro(&default) || kind.check(&default).is_err() {
                continue;
            }
            let Err(breach) = checker.check(&default) else { continue };
            let draft = if property.is_secret() {
                out.at(value.value_span(), format_args!("the secret default breaks the qualifiers"))
            } else {
                out.at(
                    value.value_span(),
                    format_args!("the default {} {breach}", quoted(&default)),
                )
            };
            draft
                .label(attribute.value_span(), format_args!("the qualifiers"))
                .help(format_args!("correct the value or the qualifiers"))
                .done();
        }
    }
}

/// VMware: `vmw:qualifiers` names functions, most of them of a network.
pub(super) fn invalid_network_qualifiers(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, property) in envelope.properties() {
        let Some(attribute) = property.network_qualifiers() else { continue };
        let value = attribute.value();
        match network::parse(&value) {
            Err(error) => out
                .at(attribute.value_span(), format_args!("{error}"))
                .help(format_args!("write the function with a network: `Ip(\"VM Network\")`"))
                .done(),
            Ok(list) => {
                for entry in list {
                    if entry.function.needs_network() && entry.network.is_none() {
                        out.at(
                            attribute.value_span(),
                            format_args!("`{}` is of no network", entry.function),
                        )
                        .help(format_args!("name it: `{}(\"VM Network\")`", entry.function))
                        .done();
                    }
                }
            }
        }
    }
}

/// VMware: the networks that fill properties are those of the NetworkSection. Types `ip:NETWORK` name one
/// too.
pub(super) fn unknown_property_network(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let mut judge = |attribute: Attribute<'_, '_>, network: &str| {
        if envelope.network(network).is_some() {
            return;
        }
        out.at(attribute.value_span(), format_args!("no network has the name {}", quoted(network)))
            .suggest(
                network,
                envelope.networks().filter_map(|known| Some(known.name()?.value())),
                format_args!("add the network to the `NetworkSection`"),
            )
            .done();
    };
    for (_, property) in envelope.properties() {
        if let Some(attribute) = property.network_qualifiers() {
            let value = attribute.value();
            for entry in network::parse(&value).unwrap_or_default() {
                if let Some(network) = entry.network {
                    judge(attribute, &network);
                }
            }
        }
        if let Some(attribute) = of_type_ip(property)
            && let Some((_, network)) = attribute.value().split_once(':')
        {
            judge(attribute, network);
        }
    }
}

fn of_type_ip<'e, 's>(property: Property<'e, 's>) -> Option<Attribute<'e, 's>> {
    property.type_name().filter(|name| name.value().starts_with("ip:"))
}
