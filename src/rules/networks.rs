//! DSP0243 9.2: networks.

use super::{Out, Rule, part, repeated, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{ElementName, Envelope};

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
    if !envelope.repeats_network_names() {
        return;
    }
    for (name, first) in repeated(envelope.networks().filter_map(|network| network.name())) {
        out.at(
            name.value_span(),
            format_args!("two Networks have the name {}", quoted(&name.value())),
        )
        .label(first, format_args!("the other is here"))
        .help(format_args!("keep one, or rename one and the connections that mean it"))
        .done();
    }
}

/// DSP0243 9.2: networks are there to be connected to.
///
/// Vendors name networks in places of their own too: vCloud in `networkName`, VMware in the qualifiers
/// of properties, `Ip("VM Network")`, and in macros, `${ip:VM Network}`.
fn unused_network(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let is_used = |name: &str| {
        envelope.network(name).is_some_and(|network| envelope.uses().has(network.element()))
    };
    for name in envelope.networks().filter_map(|network| network.name()) {
        let value = name.value();
        if !value.is_empty() && !is_used(&value) {
            out.at(
                name.value_span(),
                format_args!("no network card is connected to {}", quoted(&value)),
            )
            .help(format_args!("remove the Network, or add the connection"))
            .done();
        }
    }
}

/// DSP0243 9.2: a network has one description.
fn repeated_network_description(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for network in envelope.networks() {
        let mut descriptions = network.element().children_of(ElementName::Description);
        let Some(first) = descriptions.next() else { continue };
        for again in descriptions {
            out.at(again.name_span(), format_args!("the Network has a second `Description`"))
                .label(first.name_span(), format_args!("the first is here"))
                .help(format_args!("write one text; other languages go into message bundles"))
                .done();
        }
    }
}
