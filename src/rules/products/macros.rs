//! References to properties in values.

use std::borrow::Cow;

use super::super::Out;
use super::values::defaults;
use crate::diagnostic::quoted;
use crate::model::{ElementName, Envelope, Product};
use crate::span::Span;
use crate::value::macros::{Macro, is_vsphere_function, macros};
use crate::value::map::{HashMap, HashSet};

/// DSP0243 9.5.1, 11.1: `${name}` names a property of the entity or of a collection around it; in an
/// AppUrl, which is for people, also one of the machines inside. Told once for each name in a section.
pub(super) fn unknown_macro(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut full_keys = None;
    let may_hold_macros = envelope.values_may_hold_dollars();
    if !may_hold_macros && envelope.has_no_element(ElementName::AppUrl) {
        return;
    }
    for (node, product) in envelope.products() {
        let mut keys = None;
        let mut told = HashSet::default();
        let mut judge = |found: Macro<'_>, below: bool, span: Span| {
            let name = found.name;
            if name.is_empty() || is_vsphere_function(name) || told.contains(name) {
                return;
            }
            let known = keys.get_or_insert_with(|| bare_keys(product)).contains(name)
                || node.property(name).is_some()
                || below && node.property_below(name).is_some();
            if known {
                return;
            }
            told.insert(name.to_owned());
            let draft =
                out.at(span, format_args!("no property here has the full key {}", quoted(name)));
            match full_keys.get_or_insert_with(|| full_keys_by_key(envelope)).get(name) {
                Some(full_key) if full_key != name => {
                    draft.help(format_args!("{} has that key", quoted(full_key)))
                }
                Some(_) => draft.help(format_args!("the property is one of another machine")),
                None => draft.help(format_args!("add the property, or correct the name")),
            }
            .done();
        };
        let properties = product.properties().filter(|_| may_hold_macros);
        for property in properties.filter(|property| !property.is_secret()) {
            for value in defaults(property).filter(|value| value.may_hold_dollar()) {
                let text = value.value();
                // Asked once: the text may hold as many macros as it has bytes.
                let as_written = text == value.raw();
                for found in macros(&text) {
                    judge(found, false, place(found, as_written, value.value_span()));
                }
            }
        }
        if let Some(url) = product.app_url() {
            let text = url.text();
            for found in macros(&text) {
                judge(found, true, url.text_span());
            }
        }
    }
}

fn bare_keys(product: Product<'_, '_>) -> HashSet<String> {
    let keys = product.properties().filter_map(|property| property.key());
    keys.map(|key| key.value().into_owned()).collect()
}

/// The full key of the first property of each key, for those who forget class and instance.
fn full_keys_by_key<'s>(envelope: &Envelope<'s>) -> HashMap<Cow<'s, str>, Cow<'s, str>> {
    let mut full_keys = HashMap::default();
    for (_, property) in envelope.properties() {
        if let (Some(key), Some(full_key)) = (property.key(), property.full_key()) {
            full_keys.entry(key.value()).or_insert(full_key);
        }
    }
    full_keys
}

/// Where a macro stands in a value; the whole value when references in it hide that.
fn place(found: Macro<'_>, as_written: bool, value: Span) -> Span {
    if !as_written {
        return value;
    }
    let at = |offset: usize| {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        value.start.saturating_add(offset).min(value.end)
    };
    let end = found.offset.saturating_add(found.name.len()).saturating_add("${}".len());
    Span::new(at(found.offset), at(end))
}
