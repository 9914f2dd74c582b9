//! White space: what is put in stands on lines of its own, indented as its siblings are, and what is
//! taken away takes its line with it.

use super::cut;
use super::document::Edit;
use crate::span::Span;
use crate::xml::Node;

/// How much deeper a child stands when there is no sibling to see it from.
const STEP: &str = "  ";

/// Puts elements into a parent, behind one of its children or before all of them.
pub(super) fn insert(
    edit: &mut Edit,
    parent: Node<'_, '_>,
    behind: Option<Node<'_, '_>>,
    elements: &[String],
) {
    if elements.is_empty() {
        return;
    }
    let text = parent.tree().text();
    let line_end = line_end(text);
    if let Some(sibling) = behind {
        // On lines when the sibling begins one, on the same line when it does not.
        let before = indent(text, sibling.span().start)
            .map_or_else(String::new, |blanks| format!("{line_end}{blanks}"));
        let at = behind_comment(text, sibling.span().end);
        edit.replace(Span::at(at), lines(&before, elements));
        return;
    }
    let own = indent(text, parent.span().start);
    let first = parent.children().next();
    let blanks = match (first, own) {
        (Some(first), _) => indent(text, first.span().start).map(str::to_owned),
        (None, Some(own)) if !line_end.is_empty() => {
            let step = if own.ends_with('\t') { "\t" } else { STEP };
            Some(format!("{own}{step}"))
        }
        _ => None,
    };
    let before = blanks.as_ref().map_or_else(String::new, |blanks| format!("{line_end}{blanks}"));
    let closing = match own {
        Some(own) if blanks.is_some() => format!("{line_end}{own}"),
        _ => String::new(),
    };
    let new = lines(&before, elements);
    let tag = text.get(parent.start_tag().range()).unwrap_or_default();
    if let Some(open) = tag.strip_suffix("/>") {
        let kept = open.trim_end();
        let from = parent.start_tag().start.saturating_add(bytes(kept.len()));
        let opened = format!(">{new}{closing}</{}>", parent.name());
        edit.replace(Span::new(from, parent.start_tag().end), opened);
        return;
    }
    let content = text.get(parent.content().range()).unwrap_or_default();
    let last = if content.is_empty() { closing.as_str() } else { "" };
    edit.replace(Span::at(parent.start_tag().end), format!("{new}{last}"));
}

fn lines(before: &str, elements: &[String]) -> String {
    elements.iter().flat_map(|element| [before, element]).collect()
}

/// The blanks between the beginning of the line and an offset; `None` when something else is there.
fn indent(text: &str, at: u32) -> Option<&str> {
    text.get(Span::new(cut::line_start(text, at)?, at).range())
}

/// The end of what belongs to an element that ends at an offset: a comment that closes its line too.
fn behind_comment(text: &str, at: u32) -> u32 {
    let rest = text.get(Span::at(at).range().start..).unwrap_or_default();
    let comment = rest.trim_start_matches([' ', '\t']);
    let Some(after) = comment.strip_prefix("<!--").and_then(|c| c.split_once("-->")) else {
        return at;
    };
    let (inside, after) = after;
    if inside.contains('\n') || !after.trim_start_matches([' ', '\t', '\r']).starts_with('\n') {
        return at;
    }
    at.saturating_add(bytes(rest.len().saturating_sub(after.len())))
}

/// How far a line end is looked for. A document whose first line is longer is written in one.
const FIRST_LINE: usize = 16 << 10;

/// How lines end; empty in a text of one line.
fn line_end(text: &str) -> &'static str {
    let head = text.as_bytes().get(..FIRST_LINE).unwrap_or(text.as_bytes());
    match memchr::memchr(b'\n', head).map(|at| head.get(..at).unwrap_or_default()) {
        Some(line) if line.ends_with(b"\r") => "\r\n",
        Some(_) => "\n",
        None => "",
    }
}

/// A length as an offset; texts are shorter than 4 GiB.
fn bytes(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
