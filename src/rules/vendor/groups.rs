//! Groups of VMware's: storage groups, and groups for placing by tags.

use std::borrow::Cow;

use super::super::Out;
use crate::diagnostic::quoted;
use crate::model::{Element, ElementName, Envelope};
use crate::span::Span;
use crate::value::map::HashMap;
use crate::value::number;
use crate::xml::Attribute;

/// VMware's own: who joins a group names one that is there.
pub(super) fn unknown_vendor_group(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let storage = first_ids(storage(envelope));
    let placement = first_ids(placement(envelope));
    for reference in envelope.storage_references().filter_map(|(_, reference)| reference.id()) {
        if !reference.value().is_empty() && envelope.storage_group(&reference.value()).is_none() {
            tell(reference.value_span(), &reference.value(), "storage", &storage, out);
        }
    }
    for element in disk_groups(envelope) {
        let text = element.text();
        let id = text.trim();
        if !id.is_empty() && envelope.storage_group(id).is_none() {
            tell(element.text_span(), id, "storage", &storage, out);
        }
    }
    for reference in envelope.tag_placements().filter_map(|(_, placement)| placement.group()) {
        let id = reference.value();
        if !id.is_empty() && envelope.tag_placement_group(&id).is_none() {
            tell(reference.value_span(), &id, "placement", &placement, out);
        }
    }
}

/// The ids to suggest from.
fn first_ids<'e, 's: 'e>(ids: impl Iterator<Item = Attribute<'e, 's>>) -> Vec<Cow<'s, str>> {
    ids.take(64).map(|id| id.value()).collect()
}

fn tell(span: Span, id: &str, kind: &str, known: &[Cow<'_, str>], out: &mut Out<'_>) {
    out.at(span, format_args!("no {kind} group has the id {}", quoted(id)))
        .suggest(
            id,
            known.iter().map(|id| &**id),
            format_args!("name a group that is there, or add it to the envelope"),
        )
        .done();
}

/// VMware's own: a group has an id, and who joins one says which.
pub(super) fn missing_vendor_group(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let groups = envelope
        .storage_groups()
        .map(|group| (group.element(), group.id()))
        .chain(envelope.tag_placement_groups().map(|group| (group.element(), group.id())));
    for (element, _) in groups.filter(|(_, id)| is_empty(*id)) {
        out.at(element.name_span(), format_args!("the group has no id"))
            .help(format_args!("add `vmw:id`; nothing can join the group without it"))
            .done();
    }
    let members = envelope
        .storage_references()
        .map(|(_, reference)| (reference.element(), reference.id()))
        .chain(
            envelope
                .tag_placements()
                .map(|(_, placement)| (placement.element(), placement.group())),
        )
        .filter(|(_, group)| is_empty(*group))
        .map(|(element, _)| element)
        .chain(disk_groups(envelope).filter(|element| element.text().trim().is_empty()));
    for element in members {
        out.at(element.name_span(), format_args!("{} names no group", quoted(element.local())))
            .help(format_args!("name the id of a group, or remove the element"))
            .done();
    }
}

fn is_empty(id: Option<Attribute<'_, '_>>) -> bool {
    id.is_none_or(|id| id.value().is_empty())
}

/// VMware's own: ids of groups are unique in the envelope, those of either kind among themselves.
pub(super) fn duplicate_vendor_group(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    tell_twice(storage(envelope), out);
    tell_twice(placement(envelope), out);
}

fn tell_twice<'e, 's: 'e>(ids: impl Iterator<Item = Attribute<'e, 's>>, out: &mut Out<'_>) {
    let mut seen = HashMap::default();
    for id in ids.filter(|id| !id.value().is_empty()) {
        if let Some(&first) = seen.get(&id.value()) {
            out.at(id.value_span(), format_args!("two groups have the id {}", quoted(&id.value())))
                .label(first, format_args!("the other is here"))
                .help(format_args!("give each its own id"))
                .done();
        } else {
            seen.insert(id.value(), id.value_span());
        }
    }
}

/// VMware's own: a machine or a collection joins a group once.
pub(super) fn repeated_tag_placement(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut seen = HashMap::default();
    for (node, placement) in envelope.tag_placements() {
        let Some(group) = placement.group().filter(|group| !group.value().is_empty()) else {
            continue;
        };
        let key = (node.element().node().id(), group.value());
        if let Some(&first) = seen.get(&key) {
            out.at(
                group.value_span(),
                format_args!(
                    "the `{}` joins the group {} twice",
                    node.node_type().element(),
                    quoted(&group.value())
                ),
            )
            .label(first, format_args!("the first time is here"))
            .help(format_args!("keep one of the sections"))
            .done();
        } else {
            seen.insert(key, group.value_span());
        }
    }
}

/// VMware's own: a priority is a whole number.
pub(super) fn invalid_placement_priority(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let groups = envelope.tag_placement_groups().filter_map(|group| group.priority());
    let members = envelope.tag_placements().filter_map(|(_, placement)| placement.priority());
    for priority in groups.chain(members) {
        if let Err(error) = number::signed(&priority.value(), i64::MIN, i64::MAX) {
            out.at(
                priority.value_span(),
                format_args!("the priority {} {error}", quoted(&priority.value())),
            )
            .help(format_args!("write a whole number"))
            .done();
        }
    }
}

fn storage<'e, 's>(envelope: &'e Envelope<'s>) -> impl Iterator<Item = Attribute<'e, 's>> {
    envelope.storage_groups().filter_map(|group| group.id())
}

fn placement<'e, 's>(envelope: &'e Envelope<'s>) -> impl Iterator<Item = Attribute<'e, 's>> {
    envelope.tag_placement_groups().filter_map(|group| group.id())
}

/// The storage groups of disks.
fn disk_groups<'e, 's>(envelope: &'e Envelope<'s>) -> impl Iterator<Item = Element<'e, 's>> {
    envelope.item_settings(ElementName::StorageGroup).map(|(_, group)| group)
}
