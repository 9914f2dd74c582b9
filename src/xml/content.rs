//! Character data, found between the elements when it is asked for.
//!
//! The arena has no nodes for text. What lies between two child elements is character data, comments,
//! processing instructions, CDATA sections and, in a faulty document, end tags that close nothing;
//! telling them apart again is cheap, since it was all checked when the tree was made.

use std::borrow::Cow;

use super::markup::{self, Markup};
use super::scan::is_blank;
use super::text;
use super::tree::{Content, Node};
use crate::span::Span;

/// Character data as it is written.
#[derive(Clone, Copy, Debug)]
struct Piece<'s> {
    raw: &'s str,
    start: usize,
    is_cdata: bool,
}

impl<'s> Piece<'s> {
    fn meaning(self) -> Cow<'s, str> {
        if self.is_cdata { text::literal(self.raw) } else { text::data(self.raw) }
    }

    /// From the first to the last byte that is not white space, `None` when there is none.
    fn dark(self) -> Option<(usize, usize)> {
        let first = self.raw.bytes().position(|b| !is_blank(b))?;
        let last = self.raw.bytes().rposition(|b| !is_blank(b))?;
        Some((self.start + first, self.start + last + 1))
    }
}

/// Walks over what an element contains.
#[derive(Clone)]
pub(super) struct Contents<'t, 's> {
    element: Node<'t, 's>,
    /// The next element inside.
    child: Option<Node<'t, 's>>,
    /// Everything before it was given out.
    at: usize,
    /// Where the content ends.
    end: usize,
}

impl<'t, 's> Contents<'t, 's> {
    pub(super) fn new(element: Node<'t, 's>) -> Self {
        let content = element.content().range();
        Self { element, child: element.children().next(), at: content.start, end: content.end }
    }

    /// The next piece of character data before the next element.
    fn piece(&mut self) -> Option<Piece<'s>> {
        let end = self.child.map_or(self.end, |child| child.span().start as usize);
        let text = self.element.tree().text();
        let bytes = text.as_bytes().get(..end)?;
        while self.at < end {
            let start = self.at;
            let markup = if bytes.get(start) == Some(&b'<') {
                markup::at(bytes, start)
            } else {
                Markup::Stray
            };
            if markup == Markup::Stray {
                self.at = run_end(bytes, start);
                return Some(Piece { raw: text.get(start..self.at)?, start, is_cdata: false });
            }
            self.at = markup::end(bytes, markup, start).unwrap_or(end);
            if markup == Markup::Cdata {
                let inside = start + markup::CDATA.len();
                let raw = text.get(inside..self.at.saturating_sub(markup::CDATA_END.len()))?;
                return Some(Piece { raw, start: inside, is_cdata: true });
            }
        }
        None
    }

    /// The next piece of character data, elements left out.
    fn next_piece(&mut self) -> Option<Piece<'s>> {
        loop {
            if let Some(piece) = self.piece() {
                return Some(piece);
            }
            self.skip_child()?;
        }
    }

    fn skip_child(&mut self) -> Option<Node<'t, 's>> {
        let child = self.child?;
        self.at = child.span().end as usize;
        let next = self.element.tree().node(child.next_id());
        self.child = next.filter(|next| next.parent() == Some(self.element));
        Some(child)
    }
}

impl<'t, 's> Iterator for Contents<'t, 's> {
    type Item = Content<'t, 's>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.piece() {
            Some(piece) => Some(Content::Text(piece.meaning())),
            None => self.skip_child().map(Content::Element),
        }
    }
}

/// Where a run of character data ends: at the next `<` that begins markup.
fn run_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    loop {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let Some(found) = memchr::memchr(b'<', rest) else { return bytes.len() };
        at += 1 + found;
        if markup::at(bytes, at) != Markup::Stray {
            return at;
        }
    }
}

/// See [`Node::text`].
pub(super) fn text<'s>(element: Node<'_, 's>) -> Cow<'s, str> {
    if element.is_plain() {
        let raw = element.tree().text().get(element.content().range()).unwrap_or_default();
        return if element.tree().has_cr { text::data(raw) } else { Cow::Borrowed(raw) };
    }
    text_in_pieces(element)
}

#[inline(never)]
fn text_in_pieces<'s>(element: Node<'_, 's>) -> Cow<'s, str> {
    let mut contents = Contents::new(element);
    let Some(first) = contents.next_piece() else { return Cow::Borrowed("") };
    let mut text = first.meaning();
    while let Some(piece) = contents.next_piece() {
        if !piece.raw.is_empty() {
            text.to_mut().push_str(&piece.meaning());
        }
    }
    text
}

/// See [`Node::text_span`].
pub(super) fn text_span(element: Node<'_, '_>) -> Span {
    if !element.may_hold_text() {
        return Span::at(element.start_tag().end);
    }
    text_span_in_pieces(element)
}

#[inline(never)]
fn text_span_in_pieces(element: Node<'_, '_>) -> Span {
    let mut contents = Contents::new(element);
    let mut dark: Option<(usize, usize)> = None;
    while let Some(piece) = contents.next_piece() {
        if let Some((start, end)) = piece.dark() {
            dark = Some((dark.map_or(start, |(start, _)| start), end));
        }
    }
    let content = element.content();
    match dark.map(|(start, end)| (u32::try_from(start), u32::try_from(end))) {
        Some((Ok(start), Ok(end))) => Span::new(start, end),
        _ => Span::at(content.start),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::limits::Limits;

    proptest! {
        #[test]
        fn what_the_parser_remembers_of_text_is_true(
            parts in prop::collection::vec(prop::sample::select(vec![
                "x", " ", "\r\n", "&amp;", "&", "<", "<b/>", "<b>", "</b>", "<b>y</b>", "<b> </b>", "<b></b>",
                "<b c='1'>", "</c>", "</b >", "<![CDATA[z]]>", "<![CDATA[ ]]>", "<!--c-->", "<?p i?>", "]]>", "<b",
            ]), 0..12),
        ) {
            let document = format!("<a>{}</a>", parts.concat());
            for text in [document.as_str(), &document[..document.len() - 4]] {
                let parsed = crate::xml::parse(text, &Limits::default());
                for element in parsed.tree.elements() {
                    prop_assert_eq!(element.text(), text_in_pieces(element));
                    prop_assert_eq!(element.text_span(), text_span_in_pieces(element));
                    for attribute in element.attributes() {
                        prop_assert_eq!(attribute.value(), text::value(attribute.raw()));
                    }
                }
            }
        }
    }
}
