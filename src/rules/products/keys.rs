//! The keys of properties.

use super::super::Out;
use super::Repeats;
use crate::diagnostic::quoted;
use crate::model::Scope;
use crate::value::map::{Firsts, HashMap, HashSet};
use crate::xml::NodeId;

/// DSP0243 9.5.1: `key` is required.
pub(super) fn missing_property_key(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, property) in envelope.properties() {
        if super::text(property.key()).is_empty() {
            let span =
                property.key().map_or_else(|| property.element().name_span(), |key| key.span());
            out.at(span, format_args!("the `Property` has no `key`"))
                .help(format_args!("give it an `ovf:key` that no other property here has"))
                .done();
        }
    }
}

/// DSP0243 9.5.1: keys are unique in a section.
pub(super) fn duplicate_property_key(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let mut seen = Firsts::default();
    let mut section = None;
    for (_, property) in envelope.properties() {
        let own = property.element().node().parent();
        if own != section {
            seen.clear();
            section = own;
        }
        let Some(key) = property.key().filter(|key| !key.raw().is_empty()) else { continue };
        if let Some(first) = seen.meet(key.value(), key.value_span()) {
            out.at(
                key.value_span(),
                format_args!("two properties have the key {}", quoted(&key.value())),
            )
            .label(first, format_args!("the first is here"))
            .help(format_args!("rename one of them, or remove it"))
            .done();
        }
    }
}

/// DSP0243 9.5.1: neither `.` nor `:` in a key. Real packages write them in every key or in none, so
/// it is told once for each section.
pub(super) fn reserved_key_character(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (_, product) in envelope.products() {
        let mut keys = product
            .properties()
            .filter_map(|property| property.key())
            .filter(|key| key.value().bytes().any(|byte| matches!(byte, b'.' | b':')));
        let Some(first) = keys.next() else { continue };
        let count = keys.count().saturating_add(1);
        let what = if first.value().contains('.') { "a period" } else { "a colon" };
        out.at(
            first.value_span(),
            format_args!("the key {} holds {what}{}", quoted(&first.value()), Repeats(count)),
        )
        .help(format_args!("put what is common to the keys into `ovf:class` of the section"))
        .done();
    }
}

/// DSP0243 9.5.1: full keys are unique on an entity.
///
/// Within one section the keys themselves are the same, which is told there.
pub(super) fn property_key_clash(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let several = nodes_with_several_products(envelope);
    if several.is_empty() {
        return;
    }
    let mut seen = HashMap::default();
    for (node, property) in envelope.properties() {
        if !several.contains(&node.element().node().id()) {
            continue;
        }
        let (Some(key), Some(full_key)) = (property.key(), property.full_key()) else { continue };
        if key.value().is_empty() {
            continue;
        }
        let entity = node.element().node().id();
        let section = property.element().parent().map(|section| section.node().id());
        let Some(&(first, other)) = seen.get(&(entity, full_key.clone())) else {
            seen.insert((entity, full_key), (key.value_span(), section));
            continue;
        };
        if other != section {
            out.at(
                key.value_span(),
                format_args!("properties of two products have the full key {}", quoted(&full_key)),
            )
            .label(first, format_args!("the first is here"))
            .help(format_args!("rename one of the keys, or the class or instance of a product"))
            .done();
        }
    }
}

fn nodes_with_several_products(envelope: &Scope<'_, '_>) -> HashSet<NodeId> {
    let mut several = HashSet::default();
    let mut last = None;
    for node in envelope.products().map(|(node, _)| node.element().node().id()) {
        if last == Some(node) {
            several.insert(node);
        }
        last = Some(node);
    }
    several
}
