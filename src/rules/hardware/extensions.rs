//! DSP0243 8.2: children of Items that CIM does not define, or that are not in its namespace.

use std::collections::BTreeMap;

use super::super::Out;
use super::Places;
use super::items::items;
use crate::diagnostic::{closest, quoted};
use crate::model::{AttributeName, Element, Item, ItemKind, Scope, Setting};
use crate::namespace::{EPASD, Namespace, RASD, SASD};
use crate::value::number;

/// DSP0243 8.3: the children of Items are in CIM's namespaces.
pub(super) fn unqualified_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| !item.is_native()) {
        for (setting, child) in item.settings().filter(|(_, child)| !child.namespace().is_cim()) {
            let draft = match child.node().namespace() {
                "" => out
                    .at(child.name_span(), format_args!("`{}` has no namespace", setting.as_str())),
                uri => out.at(
                    child.name_span(),
                    format_args!("`{}` is in the namespace {}", setting.as_str(), quoted(uri)),
                ),
            };
            draft
                .help(format_args!("put it into the namespace `{}`", class_uri(item.kind())))
                .done();
        }
    }
}

/// DSP0243 2.1 8.3: each of the three kinds of Item has a class, and a namespace, of its own.
///
/// Once for each kind and section.
pub(super) fn foreign_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let mut found: BTreeMap<ItemKind, Option<Places<Element<'_, '_>>>> = BTreeMap::new();
        for item in hardware.items().filter(|item| !item.is_native()) {
            for (_, child) in item.settings() {
                if child.namespace().is_cim() && child.namespace() != item.kind().namespace() {
                    Places::add(found.entry(item.kind()).or_default(), child);
                }
            }
        }
        for (kind, places) in found {
            if let Some(places) = places {
                out.at(
                    places.first.name_span(),
                    format_args!(
                        "{} in `{}` is of another class{}",
                        quoted(places.first.node().name()),
                        kind.as_str(),
                        places.repeats()
                    ),
                )
                .help(format_args!("put it into the namespace `{}`", class_uri(kind)))
                .done();
            }
        }
    }
}

/// DSP0243 8.2: an Item with a child that a reader does not know is not understood, unless the child
/// says `required="false"`.
pub(super) fn unknown_required_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| item.is_required()) {
        for child in item.extensions().filter(|child| is_unknown(*child) && !is_optional(*child)) {
            let draft = out.at(
                child.name_span(),
                format_args!(
                    "{} is no known child of `{}`",
                    quoted(child.node().name()),
                    item.kind().as_str()
                ),
            );
            if !draft.is_kept() {
                continue;
            }
            let known = Setting::ALL.iter().filter(|setting| setting.is_of(item.kind()));
            match closest(child.local(), known.map(|setting| setting.as_str())) {
                Some(name) if child.namespace() != Namespace::Other => {
                    draft.help(format_args!("write `{name}` if that is meant")).done();
                }
                _ => draft
                    .help(format_args!(
                        "add `ovf:required=\"false\"` if the device works without it"
                    ))
                    .done(),
            }
        }
    }
}

/// DSP0243 8.2: a child that says `required="false"` may be passed over; so may an Item that does.
///
/// Once for each name and section.
pub(super) fn unknown_optional_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let mut found: BTreeMap<&str, Option<Places<(Item<'_, '_>, Element<'_, '_>)>>> =
            BTreeMap::new();
        for item in hardware.items() {
            for child in item.extensions() {
                if is_unknown(child) && (is_optional(child) || !item.is_required()) {
                    Places::add(found.entry(child.node().name()).or_default(), (item, child));
                }
            }
        }
        for places in found.into_values().flatten() {
            let (_, child) = places.first;
            let what = if is_optional(child) { "it" } else { "the optional Item it is in" };
            out.at(
                child.name_span(),
                format_args!(
                    "{} is not known, so {what} is passed over{}",
                    quoted(child.node().name()),
                    places.repeats()
                ),
            )
            .done();
        }
    }
}

/// Whether a child is one that none of the vendors whose extensions are known would write.
fn is_unknown(child: Element<'_, '_>) -> bool {
    !child.namespace().is_known_vendor()
}

fn is_optional(child: Element<'_, '_>) -> bool {
    child
        .attribute_named(AttributeName::Required)
        .is_some_and(|required| number::boolean(&required.value()) == Ok(false))
}

const fn class_uri(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Item => RASD,
        ItemKind::EthernetPort => EPASD,
        ItemKind::Storage => SASD,
    }
}
