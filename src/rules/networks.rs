//! DSP0243 9.2: networks.

use std::collections::{HashMap, HashSet};

use super::{Out, Rule, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::Envelope;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_NETWORK_NAME, missing_network_name),
    part(Code::EMPTY_NETWORK_NAME, empty_network_name),
    part(Code::DUPLICATE_NETWORK_NAME, duplicate_network_name),
    whole(Code::UNUSED_NETWORK, unused_network),
    part(Code::REPEATED_NETWORK_DESCRIPTION, repeated_network_description),
];

/// DSP0243 9.2: `name` is required.
fn missing_network_name(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for network in envelope.networks().filter(|network| network.name().is_none()) {
        out.at(network.element().name_span(), format_args!("the Network has no `name`"))
            .help(format_args!("give it an `ovf:name` that no other Network has"))
            .done();
    }
}

/// DSP0243 9.2: `name` is what others refer to, so it is not empty.
fn empty_network_name(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for name in envelope.networks().filter_map(|network| network.name()) {
        if name.value().is_empty() {
            out.at(name.span(), format_args!("the `name` of the Network is empty"))
                .help(format_args!("give it a name that no other Network has"))
                .done();
        }
    }
}

/// DSP0243 9.2: names are unique.
fn duplicate_network_name(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut seen = HashMap::new();
    for name in envelope.networks().filter_map(|network| network.name()) {
        if name.value().is_empty() {
            continue;
        }
        if let Some(first) = seen.get(&name.value()).copied() {
            out.at(
                name.value_span(),
                format_args!("two Networks have the name {}", quoted(&name.value())),
            )
            .label(first, format_args!("the other is here"))
            .help(format_args!("keep one, or rename one and the connections that mean it"))
            .done();
        } else {
            seen.insert(name.value(), name.value_span());
        }
    }
}

/// DSP0243 9.2: networks are there to be connected to.
///
/// Vendors name networks in places of their own too; a name that stands as the value of any attribute
/// outside of `Network`, or in a qualifier, counts as a use.
fn unused_network(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut used = HashSet::new();
    let mut qualifiers = Vec::new();
    for node in envelope.tree().elements() {
        if node.local() == "Connection" {
            used.insert(node.text().into_owned());
        }
        for attribute in node.attributes() {
            match attribute.local() {
                "networkName" | "network" => {
                    used.insert(attribute.value().into_owned());
                }
                "qualifiers" | "value" if attribute.raw().contains(['(', '$']) => {
                    qualifiers.push(attribute.value())
                }
                _ => {}
            }
        }
    }
    for name in envelope.networks().filter_map(|network| network.name()) {
        let value = name.value();
        if value.is_empty() || used.contains(&*value) {
            continue;
        }
        if !qualifiers.iter().take(QUALIFIERS).any(|text| text.contains(&*value)) {
            out.at(
                name.value_span(),
                format_args!("no network card is connected to {}", quoted(&value)),
            )
            .help(format_args!("remove the Network, or add the connection"))
            .done();
        }
    }
}

/// Qualifiers that are searched for the name of a network that nothing else uses. Real descriptors have
/// fewer; without a ceiling many networks and many properties would cost their product.
const QUALIFIERS: usize = 256;

/// DSP0243 9.2: a network has one description.
fn repeated_network_description(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for network in envelope.networks() {
        let mut descriptions = network.element().children_named("Description");
        let Some(first) = descriptions.next() else { continue };
        for again in descriptions {
            out.at(again.name_span(), format_args!("the Network has a second `Description`"))
                .label(first.name_span(), format_args!("the first is here"))
                .help(format_args!("write one text; other languages go into message bundles"))
                .done();
        }
    }
}
