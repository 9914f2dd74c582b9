//! DSP0243 7 and 10: what an envelope holds, and in which order.

use super::{Out, Rule, part, whole};
use crate::diagnostic::Code;
use crate::model::{Envelope, OstNodeType, Part, PartKind};

pub(super) const RULES: &[Rule] = &[
    whole(Code::MISSING_REFERENCES, missing_references),
    part(Code::REPEATED_REFERENCES, repeated_references),
    part(Code::MISPLACED_REFERENCES, misplaced_references),
    part(Code::SECTION_AFTER_CONTENT, section_after_content),
    part(Code::MISPLACED_STRINGS, misplaced_strings),
    whole(Code::MISSING_CONTENT, missing_content),
    part(Code::REPEATED_CONTENT, repeated_content),
];

/// DSP0243 7: an envelope has a `References`.
fn missing_references(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if of_kind(envelope, is_references).next().is_none() {
        out.at(envelope.root().name_span(), format_args!("the envelope has no `References`"))
            .help(format_args!("add `References` as its first child, empty if there are no files"))
            .done();
    }
}

/// DSP0243 7: an envelope has one `References`.
fn repeated_references(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut all = of_kind(envelope, is_references);
    let Some(first) = all.next() else { return };
    for again in all {
        out.at(again.element.name_span(), format_args!("the envelope has a second `References`"))
            .label(first.element.name_span(), format_args!("the first is here"))
            .help(format_args!("list all files in one `References`"))
            .done();
    }
}

/// DSP0243 7: `References` is the first child of the envelope.
fn misplaced_references(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for node in envelope.ost_nodes() {
        let Some(references) = node.parts().find(|part| is_references(part.kind)) else { continue };
        let Some(first) = node.parts().next() else { continue };
        let name = references.element.name_span();
        if node.node_type() != OstNodeType::Envelope {
            out.at(name, format_args!("`References` stands in a `{}`", node.node_type().element()))
        } else if is_references(first.kind) {
            continue;
        } else {
            out.at(name, format_args!("`References` is not the first child of the envelope"))
                .label(first.element.name_span(), format_args!("this stands before it"))
        }
        .help(format_args!("move `References` to the beginning of the envelope"))
        .done();
    }
}

/// DSP0243 7: the sections come before the content element.
fn section_after_content(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut content: Option<Part<'_, '_>> = None;
    for part in envelope.ost().parts() {
        match (part.kind, content) {
            (PartKind::Content(_) | PartKind::Strings, None) => content = Some(part),
            (PartKind::Section(_), Some(content)) => out
                .at(
                    part.element.name_span(),
                    format_args!(
                        "a section of the envelope stands after `{}`",
                        content.element.local()
                    ),
                )
                .label(content.element.name_span(), format_args!("sections belong before this"))
                .help(format_args!("move the section before the content element"))
                .done(),
            _ => {}
        }
    }
}

/// DSP0243 10: the message bundles come last, and in the envelope.
fn misplaced_strings(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let last_content = of_kind(envelope, is_content).last();
    for (node, part) in
        envelope.ost_nodes().flat_map(|node| node.parts().map(move |part| (node, part)))
    {
        if part.kind != PartKind::Strings {
            continue;
        }
        let outside = match (node.node_type(), last_content) {
            (OstNodeType::Envelope, Some(content)) => {
                if part.element.start_tag().start > content.element.start_tag().start {
                    continue;
                }
                format!("`Strings` stands before `{}`", content.element.local())
            }
            (OstNodeType::Envelope, None) => continue,
            (node_type, _) => format!("`Strings` stands in a `{}`", node_type.element()),
        };
        out.at(part.element.name_span(), format_args!("{outside}"))
            .help(format_args!("move `Strings` to the end of the envelope"))
            .done();
    }
}

/// DSP0243 7.2: an envelope holds a virtual system or a collection.
fn missing_content(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if of_kind(envelope, is_content).next().is_none() {
        out.at(
            envelope.root().name_span(),
            format_args!("the envelope holds no `VirtualSystem` and no `VirtualSystemCollection`"),
        )
        .help(format_args!(
            "add the machine, or check the spelling and the namespace of its element"
        ))
        .done();
    }
}

/// DSP0243 7.2: an envelope holds one content element.
fn repeated_content(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut all = of_kind(envelope, is_content);
    let Some(first) = all.next() else { return };
    for again in all {
        out.at(
            again.element.name_span(),
            format_args!("the envelope has a second content element, `{}`", again.element.local()),
        )
        .label(first.element.name_span(), format_args!("the first is here"))
        .help(format_args!(
            "put the machines into one `{}`",
            OstNodeType::VirtualSystemCollection.element()
        ))
        .done();
    }
}

fn of_kind<'e, 's>(
    envelope: &'e Envelope<'s>,
    is: impl Fn(PartKind) -> bool + 'e,
) -> impl Iterator<Item = Part<'e, 's>> {
    envelope.ost().parts().filter(move |part| is(part.kind))
}

fn is_references(kind: PartKind) -> bool {
    kind == PartKind::References
}

fn is_content(kind: PartKind) -> bool {
    matches!(kind, PartKind::Content(_))
}
