//! DSP8027: what a PlatformSection tells. All of it is experimental.

use super::document::{Document, FACTS, Part, Role};
use super::{Out, Rule, part};
use crate::diagnostic::{Code, quoted};
use crate::value::number;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISPLACED_PLATFORM_FACT, misplaced_fact),
    part(Code::REPEATED_PLATFORM_FACT, repeated_fact),
    part(Code::INVALID_TIMEZONE, invalid_timezone),
];

/// The place of a child among the facts; extensions come after all of them.
fn place(child: Part<'_, '_>) -> Option<usize> {
    match child.role {
        Role::Fact(place) => Some(place),
        Role::Foreign => Some(FACTS.len()),
        _ => None,
    }
}

/// DSP8027: a sequence of elements that may each be left out.
fn misplaced_fact(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for section in document.of(Role::Platform) {
        let mut last = (0, section.node);
        for child in document.inside(section) {
            let Some(place) = place(child) else { continue };
            if place < last.0 {
                super::stands_after(out, child.node, last.1)
                    .help(format_args!("write them in the order {}", FACTS.join(", ")))
                    .done();
            } else {
                last = (place, child.node);
            }
        }
    }
}

/// DSP8027: at most one of each.
fn repeated_fact(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    for section in document.of(Role::Platform) {
        let mut seen = [None; FACTS.len()];
        for child in document.inside(section) {
            let Role::Fact(place) = child.role else { continue };
            let Some(slot) = seen.get_mut(place) else { continue };
            let span = child.node.name_span();
            if let Some(first) = *slot {
                out.at(span, format_args!("there is a second `{}`", child.node.local()))
                    .label(first, format_args!("the first is here"))
                    .help(format_args!("keep one"))
                    .done();
            } else {
                *slot = Some(span);
            }
        }
    }
}

/// DSP8027: `Timezone` is an `xs:int`, in minutes east of UTC.
fn invalid_timezone(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let timezone = |part: &Part<'_, '_>| matches!(part.role, Role::Fact(place) if FACTS.get(place) == Some(&"Timezone"));
    for part in document.parts.iter().filter(|part| timezone(part)) {
        let text = part.node.text();
        if let Err(error) = number::int(&text) {
            out.at(
                part.node.text_span(),
                format_args!("the time zone {} {error}", quoted(text.trim())),
            )
            .help(format_args!("write how many minutes local time is ahead of UTC"))
            .done();
        }
    }
}
