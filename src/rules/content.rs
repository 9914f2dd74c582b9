//! DSP0243 7.2: virtual systems and collections; `Info` and `Name`.

use super::{Out, Rule, each_part, each_whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, ElementName, OstNode, OstNodeType, PartKind, Scope, Signs};
use crate::span::Span;
use crate::value::map::HashMap;

pub(super) const RULES: &[Rule] = &[
    each_part(Code::MISSING_ENTITY_ID, missing_entity_id),
    each_part(Code::EMPTY_ENTITY_ID, empty_entity_id),
    each_part(Code::DUPLICATE_ENTITY_ID, duplicate_entity_id),
    each_whole(Code::MISSING_INFO, missing_info).at(Signs::DEPARTURE),
    each_part(Code::MISPLACED_INFO, misplaced_info).at(Signs::DEPARTURE),
    each_part(Code::MISPLACED_NAME, misplaced_name).at(Signs::DEPARTURE),
    each_part(Code::EMPTY_NAME, empty_name),
    each_part(Code::SECTION_AFTER_MEMBER, section_after_member).at(Signs::DEPARTURE),
    each_whole(Code::EMPTY_COLLECTION, empty_collection),
    each_part(Code::MISPLACED_CONTENT, misplaced_content),
];

/// DSP0243 7.2: `id` is required.
fn missing_entity_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for entity in entities(envelope) {
        if entity.element().attribute_named(AttributeName::Id).is_none() {
            out.at(
                entity.element().name_span(),
                format_args!("the `{}` has no `id`", entity.node_type().element()),
            )
            .help(format_args!("give it an `ovf:id` that is unique among its siblings"))
            .done();
        }
    }
}

/// DSP0243 7.2: `id` names the entity, so it is not empty.
fn empty_entity_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for entity in entities(envelope) {
        if let Some(id) = entity.element().attribute_named(AttributeName::Id)
            && id.value().trim().is_empty()
        {
            out.at(
                id.span(),
                format_args!("the `id` of the `{}` is empty", entity.node_type().element()),
            )
            .help(format_args!("give it a name"))
            .done();
        }
    }
}

/// DSP0243 7.2: ids are unique among the direct members of a collection.
fn duplicate_entity_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for parent in envelope.ost_nodes() {
        let mut seen = HashMap::default();
        for id in parent
            .children()
            .filter_map(|entity| entity.element().attribute_named(AttributeName::Id))
        {
            let value = id.value();
            if value.is_empty() {
                continue;
            }
            match seen.get(&value) {
                Some(&first) => out
                    .at(
                        id.value_span(),
                        format_args!("two siblings have the id {}", quoted(&value)),
                    )
                    .label(first, format_args!("the other is here"))
                    .help(format_args!("rename one of them, and what refers to it"))
                    .done(),
                None => {
                    seen.insert(value, id.value_span());
                }
            }
        }
    }
}

/// DSP0243 7.2 and 9: entities and sections begin with `Info`.
fn missing_info(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for node in envelope.ost_nodes() {
        let is_entity = node.node_type() != OstNodeType::Envelope;
        if is_entity && !node.parts().any(|part| part.kind == PartKind::Info) {
            tell_missing_info(out, node.element().name_span(), node.node_type().element());
        }
        for section in node.sections().filter(|section| section.kind().is_known()) {
            if section.info().is_none() {
                tell_missing_info(out, section.element().name_span(), section.name());
            }
        }
    }
}

fn tell_missing_info(out: &mut Out<'_>, span: Span, name: &str) {
    out.at(span, format_args!("{} has no `Info`", quoted(name)))
        .help(format_args!("add `<Info>…</Info>` as its first child"))
        .done();
}

/// DSP0243 7.2 and 9: `Info` is the first child.
fn misplaced_info(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for node in envelope.ost_nodes() {
        let sections = node
            .sections()
            .filter(|section| section.kind().is_known())
            .map(|section| section.element());
        let entity = (node.node_type() != OstNodeType::Envelope).then(|| node.element());
        for element in entity.into_iter().chain(sections) {
            let Some(info) =
                element.children().skip(1).find(|child| child.is_named(ElementName::Info))
            else {
                continue;
            };
            let Some(first) = element.children().next() else { continue };
            if !first.is_named(ElementName::Info) {
                out.at(
                    info.name_span(),
                    format_args!("`Info` is not the first child of {}", quoted(element.local())),
                )
                .label(first.name_span(), format_args!("this stands before it"))
                .help(format_args!("move `Info` before all other children"))
                .done();
            }
        }
    }
}

/// DSP0243 7.2: one `Name` at most, right after `Info`.
fn misplaced_name(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for entity in entities(envelope) {
        let mut before = None;
        for part in entity.parts() {
            if part.kind == PartKind::Name
                && let Some((span, kind)) = before
            {
                let message = if kind == PartKind::Name {
                    "there is a second `Name`"
                } else {
                    "`Name` comes too late"
                };
                out.at(part.element.name_span(), format_args!("{message}"))
                    .label(span, format_args!("this stands before it"))
                    .help(format_args!("keep one `Name`, right after `Info`"))
                    .done();
            }
            if part.kind != PartKind::Info {
                before = before.or(Some((part.element.name_span(), part.kind)));
            }
        }
    }
}

/// DSP0243 7.2: `Name` is what people see.
fn empty_name(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for name in entities(envelope).filter_map(OstNode::name) {
        if name.text().trim().is_empty() {
            out.at(name.start_tag(), format_args!("`Name` is empty"))
                .help(format_args!("write a name or leave the element out"))
                .done();
        }
    }
}

/// DSP0243 7.2: the sections of a collection come before its members.
fn section_after_member(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for collection in entities(envelope).filter(is_collection) {
        let mut member = None;
        for part in collection.parts() {
            match part.kind {
                PartKind::Content(_) => member = member.or(Some(part.element.name_span())),
                PartKind::Section(_) => {
                    if let Some(member) = member {
                        out.at(
                            part.element.name_span(),
                            format_args!("a section stands after the members of the collection"),
                        )
                        .label(member, format_args!("the first member is here"))
                        .help(format_args!("move the section before the first member"))
                        .done();
                    }
                }
                _ => {}
            }
        }
    }
}

/// DSP0243 7.2: a collection may be empty, which is seldom meant.
fn empty_collection(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for collection in entities(envelope).filter(is_collection) {
        if collection.children().next().is_none() {
            out.at(collection.element().name_span(), format_args!("the collection has no members"))
                .done();
        }
    }
}

/// DSP0243 7.2: only collections have members.
fn misplaced_content(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for inner in entities(envelope) {
        let Some(outer) = inner.parent() else { continue };
        if outer.node_type() == OstNodeType::VirtualSystem {
            out.at(
                inner.element().name_span(),
                format_args!("a `{}` stands in a `VirtualSystem`", inner.node_type().element()),
            )
            .label(outer.element().name_span(), format_args!("only collections have members"))
            .help(format_args!(
                "make the outer element a `VirtualSystemCollection`, or move the inner one out"
            ))
            .done();
        }
    }
}

fn entities<'e, 's>(envelope: &Scope<'e, 's>) -> impl Iterator<Item = OstNode<'e, 's>> {
    envelope.ost_nodes().filter(|node| node.node_type() != OstNodeType::Envelope)
}

fn is_collection(node: &OstNode<'_, '_>) -> bool {
    node.node_type() == OstNodeType::VirtualSystemCollection
}
