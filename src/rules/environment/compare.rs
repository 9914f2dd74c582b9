//! DSP0243 11.1: an environment document beside the descriptor of the machine it is for.

use std::collections::HashSet;

use super::document::{Document, Part, Role};
use super::{Out, Rule, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::OstNode;

pub(super) const RULES: &[Rule] = &[
    part(Code::WRONG_ENVIRONMENT_ID, wrong_id),
    part(Code::UNKNOWN_ENVIRONMENT_SIBLING, unknown_sibling),
    whole(Code::MISSING_ENVIRONMENT_SIBLING, missing_sibling),
    part(Code::UNKNOWN_ENVIRONMENT_KEY, unknown_key),
    whole(Code::MISSING_ENVIRONMENT_PROPERTY, missing_property),
];

/// DSP0243 11.1: `id` of the document is that of the VirtualSystem.
fn wrong_id(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let (Some(recipient), Some(id)) = (document.recipient, document.root.attribute("id")) else {
        return;
    };
    if !id.raw().is_empty() && id.value() != recipient.id() {
        out.at(
            id.value_span(),
            format_args!(
                "the document is for {}, not for {}",
                quoted(&id.value()),
                quoted(&recipient.id())
            ),
        )
        .help(format_args!("give each machine the document that was made for it"))
        .done();
    }
}

/// DSP0243 11.1: an Entity is about a member of the same collection.
fn unknown_sibling(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let Some(recipient) = document.recipient else { return };
    let own = recipient.id();
    let siblings: HashSet<_> = recipient.siblings().map(OstNode::id).collect();
    for id in document.of(Role::Entity).filter_map(|entity| entity.attribute("id")) {
        let value = id.value();
        // That an Entity is about the machine itself has a rule of its own.
        if !value.is_empty() && !siblings.contains(&value) && value != own {
            out.at(
                id.value_span(),
                format_args!("no sibling of {} has the id {}", quoted(&own), quoted(&value)),
            )
            .suggest(
                &value,
                recipient.siblings().map(OstNode::id),
                format_args!("remove the Entity"),
            )
            .done();
        }
    }
}

/// DSP0243 11.1: each sibling has an Entity.
fn missing_sibling(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let Some(recipient) = document.recipient else { return };
    let told: HashSet<_> = document
        .of(Role::Entity)
        .filter_map(|entity| Some(entity.attribute("id")?.value()))
        .collect();
    for sibling in recipient.siblings().filter(|sibling| !told.contains(&sibling.id())) {
        out.at(
            document.root.node.name_span(),
            format_args!("there is no Entity for the sibling {}", quoted(&sibling.id())),
        )
        .help(format_args!("add `<Entity oe:id=…>` with what the sibling sees"))
        .done();
    }
}

/// The machine and its siblings, each with the element whose sections are about it and the first
/// PropertySection there.
fn sections<'d, 's, 'e, 'm>(
    document: &Document<'d, 's, 'e, 'm>,
) -> Vec<(OstNode<'e, 'm>, Part<'d, 's>, Option<Part<'d, 's>>)> {
    let Some(recipient) = document.recipient else { return Vec::new() };
    let mut holders = vec![(recipient, document.root)];
    let siblings: std::collections::HashMap<_, _> =
        recipient.siblings().map(|sibling| (sibling.id(), sibling)).collect();
    for entity in document.of(Role::Entity) {
        let id = entity.attribute("id").map(|id| id.value()).unwrap_or_default();
        if let Some(sibling) = siblings.get(&*id) {
            holders.push((*sibling, entity));
        }
    }
    holders
        .into_iter()
        .map(|(node, holder)| {
            let section = document.inside(holder).find(|child| child.role == Role::Properties);
            (node, holder, section)
        })
        .collect()
}

/// DSP0243 11.1: the machine sees its own properties and those of its collection.
fn unknown_key(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for (node, _, section) in sections(document) {
        let Some(section) = section else { continue };
        let id = node.id();
        let seen = node.environment_properties(|_| true);
        let keys: HashSet<_> =
            seen.iter().filter_map(|(_, property)| property.full_key()).collect();
        let listed = document.inside(section).filter(|child| child.role == Role::Property);
        for key in listed.filter_map(|property| property.attribute("key")) {
            let value = key.value();
            if !value.is_empty() && !keys.contains(&value) {
                let candidates = seen.iter().filter_map(|(_, property)| property.full_key());
                out.at(
                    key.value_span(),
                    format_args!("{} has no property {}", quoted(&id), quoted(&value)),
                )
                .suggest(&value, candidates, format_args!("remove the property"))
                .done();
            }
        }
    }
}

/// DSP0243 11.1: all properties are listed. Those of some deployment options are not asked for.
fn missing_property(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for (node, holder, section) in sections(document) {
        let listed: HashSet<_> = section
            .into_iter()
            .flat_map(|section| document.inside(section))
            .filter_map(|property| Some(property.attribute("key")?.value()))
            .collect();
        let id = node.id();
        for (_, property) in node.environment_properties(|_| true) {
            let Some(key) = property.full_key() else { continue };
            if property.configuration().is_none() && !listed.contains(&key) {
                out.at(
                    section.unwrap_or(holder).node.name_span(),
                    format_args!("the property {} of {} is not listed", quoted(&key), quoted(&id)),
                )
                .help(format_args!("add it with its value, or with an empty one"))
                .done();
            }
        }
    }
}
