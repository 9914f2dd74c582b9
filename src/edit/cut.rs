//! How much goes when something is taken out, so that no blank line and no double blank is left behind.

use crate::span::Span;
use crate::xml::{Attribute, Node};

/// An attribute with the white space before it.
pub(super) fn attribute(text: &str, attribute: Attribute<'_, '_>) -> Span {
    let span = attribute.span();
    Span::new(blanks_before(text, span.start, is_white), span.end)
}

/// An element; with its lines, when nothing else stands on them.
pub(super) fn element(text: &str, node: Node<'_, '_>) -> Span {
    let span = node.span();
    let Some(from) = line_start(text, span.start) else { return span };
    let rest = text.as_bytes().get(span.end as usize..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    if rest.get(blanks) != Some(&b'\n') {
        return span;
    }
    let behind = u32::try_from(blanks).unwrap_or(0).saturating_add(1);
    Span::new(from, span.end.saturating_add(behind))
}

/// The line break and the blanks an element stands behind; nothing, when it does not begin its line.
pub(super) fn indent(text: &str, node: Node<'_, '_>) -> Span {
    let start = node.start_tag().start;
    let Some(line_feed) = line_start(text, start).and_then(|line| line.checked_sub(1)) else {
        return Span::at(start);
    };
    let carriage_return = byte_before(text, line_feed) == Some(b'\r');
    Span::new(line_feed.saturating_sub(u32::from(carriage_return)), start)
}

/// Where the line begins that an offset is on; `None` when something else than blanks is before it there.
pub(super) fn line_start(text: &str, at: u32) -> Option<u32> {
    let from = blanks_before(text, at, |byte| matches!(byte, b' ' | b'\t'));
    (from == 0 || byte_before(text, from) == Some(b'\n')).then_some(from)
}

/// Where the bytes of a kind begin that end at an offset.
pub(super) fn blanks_before(text: &str, at: u32, is_blank: impl Fn(u8) -> bool) -> u32 {
    let before = text.as_bytes().get(..at as usize).unwrap_or_default();
    let blanks = before.iter().rev().take_while(|byte| is_blank(**byte)).count();
    at.saturating_sub(u32::try_from(blanks).unwrap_or(0))
}

/// White space of XML (XML 1.0 2.3).
pub(super) const fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn byte_before(text: &str, at: u32) -> Option<u8> {
    text.as_bytes().get((at as usize).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::xml;

    fn without(text: &str, name: &str) -> String {
        let parsed = xml::parse(text, &Limits::default());
        let node = parsed.tree.elements().find(|node| node.name() == name).unwrap();
        let cut = element(text, node).range();
        format!("{}{}", &text[..cut.start], &text[cut.end..])
    }

    #[test]
    fn an_element_takes_its_lines_along() {
        assert_eq!(without("<a>\n  <b/>\n  <c/>\n</a>", "b"), "<a>\n  <c/>\n</a>");
        assert_eq!(without("<a>\r\n\t<b>\r\n</b> \r\n</a>", "b"), "<a>\r\n</a>");
    }

    #[test]
    fn what_shares_a_line_stays() {
        assert_eq!(without("<a>\n  <b/> <!-- b -->\n</a>", "b"), "<a>\n   <!-- b -->\n</a>");
        assert_eq!(without("<a><b/></a>", "b"), "<a></a>");
        assert_eq!(without("<a>\n<c/> <b/>\n</a>", "b"), "<a>\n<c/> \n</a>");
    }

    #[test]
    fn an_attribute_takes_the_blanks_before_it_along() {
        let text = "<a b='1'\n   c = \"2\" d='3'/>";
        let parsed = xml::parse(text, &Limits::default());
        let c = parsed.tree.root().unwrap().attribute("", "c").unwrap();
        assert_eq!(&text[attribute(text, c).range()], "\n   c = \"2\"");
    }

    #[test]
    fn an_indent_is_a_line_break_and_blanks() {
        let text = "<a>\r\n  <b/><c/>\n\t<d/></a>";
        let parsed = xml::parse(text, &Limits::default());
        let indents: Vec<&str> =
            parsed.tree.elements().map(|node| &text[indent(text, node).range()]).collect();
        assert_eq!(indents, ["", "\r\n  ", "", "\n\t"]);
    }
}
