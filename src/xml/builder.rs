//! The parser: from text straight into the arena, in one loop and without recursion.

use std::collections::HashSet;

use super::attribute::AttributeData;
use super::faults::Faults;
use super::markup::{self, Markup};
use super::name::{self, NameFault};
use super::resolve::OwnAttributes;
use super::scan;
use super::scope::{Namespaces, Scope};
use super::survey::Survey;
use super::tree::{DECLARES, Declaration, NO_NODE, NodeData, TEXT, Tree, UNCLOSED};
use crate::diagnostic::{Code, Findings, quoted};
use crate::limits::Limits;
use crate::span::Span;

/// Reading ends here, because a limit was hit or because what follows cannot be made sense of. The
/// finding that says so was added, and the place is in [`Builder::stopped_at`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop;

/// What reading goes on with: the offset of what comes next.
pub(super) type Step = Result<usize, Stop>;

/// A name as it was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Bytes of the prefix, 0 when there is none.
    pub(super) prefix_len: usize,
}

/// Bytes of the shortest element, `<a/>`: a text of nothing but `<` must not reserve more than it can need.
const ELEMENT: usize = 4;
/// Bytes of the shortest attribute, ` a=""`.
const ATTRIBUTE: usize = 5;

/// The memory of an arena, to be filled again.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    nodes: Vec<NodeData>,
    attributes: Vec<AttributeData>,
    declarations: Vec<Declaration>,
}

impl Buffers {
    /// The memory of a tree.
    pub(super) fn of(tree: Tree<'_>) -> Self {
        let Tree { nodes, attributes, declarations, .. } = tree;
        Self { nodes, attributes, declarations }
    }

    /// Elements and attributes there is room for.
    #[cfg(test)]
    pub(super) fn room(&self) -> (usize, usize) {
        (self.nodes.capacity(), self.attributes.capacity())
    }
}

/// A list emptied, with room for so many.
fn with_room<T>(mut list: Vec<T>, room: usize) -> Vec<T> {
    if list.capacity() < room {
        return Vec::with_capacity(room);
    }
    list.clear();
    list
}

/// An arena in the making.
pub(super) struct Builder<'s, 'f> {
    pub(super) text: &'s str,
    pub(super) bytes: &'s [u8],
    pub(super) limits: Limits,
    pub(super) faults: Faults<'f>,
    pub(super) survey: Survey,
    /// Elements there may be.
    pub(super) most_nodes: usize,
    /// Bytes of character data that need no closer look than that nothing else is among them.
    pub(super) most_plain: usize,
    pub(super) nodes: Vec<NodeData>,
    pub(super) attributes: Vec<AttributeData>,
    /// What is seen of the attributes of the tag that is being read.
    pub(super) own: OwnAttributes,
    pub(super) declarations: Vec<Declaration>,
    pub(super) namespaces: Namespaces<'s>,
    pub(super) scope: Scope<'s>,
    /// Prefixes that were reported as not bound; each is reported once.
    pub(super) unbound: HashSet<&'s str>,
    /// The element whose content is being read, [`NO_NODE`] outside the root.
    pub(super) current: u32,
    /// Number of elements that are open.
    pub(super) depth: usize,
    pub(super) stopped_at: usize,
}

/// Reads a text that is short enough for offsets of 32 bits.
pub(super) fn build<'s>(
    buffers: Buffers,
    text: &'s str,
    limits: &Limits,
    findings: &mut Findings,
) -> Tree<'s> {
    let mut faults = Faults::new(findings);
    let survey = Survey::of(text, &mut faults);
    let mut builder = Builder {
        text,
        bytes: text.as_bytes(),
        limits: *limits,
        most_nodes: limits.nodes.min(NO_NODE as usize),
        most_plain: if survey.has_cdata_end { 0 } else { limits.run_bytes },
        faults,
        nodes: with_room(
            buffers.nodes,
            survey.start_tags.min(text.len() / ELEMENT).min(limits.nodes),
        ),
        attributes: with_room(buffers.attributes, survey.equals_signs.min(text.len() / ATTRIBUTE)),
        survey,
        own: OwnAttributes::default(),
        declarations: with_room(buffers.declarations, 0),
        namespaces: Namespaces::new(),
        scope: Scope::new(),
        unbound: HashSet::new(),
        current: NO_NODE,
        depth: 0,
        stopped_at: text.len(),
    };
    // Both outcomes leave a tree; why reading stopped is among the findings.
    let _outcome = builder.document();
    builder.finish()
}

impl<'s> Builder<'s, '_> {
    /// XML 1.0 [1] `document`.
    fn document(&mut self) -> Result<(), Stop> {
        let mut at = self.start_of_text()?;
        loop {
            let start = at;
            if self.byte(at) != Some(b'<') {
                at = scan::skip_blanks(self.bytes, start);
            }
            let mut markup = self.markup(at);
            if markup == Markup::Stray {
                self.mark_text();
                at = self.character_data(at)?;
                markup = self.markup(at);
            }
            self.check_run_len(start, at)?;
            at = match markup {
                // Character data goes on up to other markup, or to the end.
                Markup::Stray => return self.end_of_text(),
                Markup::StartTag => self.start_tag(at)?,
                Markup::EndTag => self.end_tag(at)?,
                other => self.other_markup(at, other)?,
            };
        }
    }

    /// What begins at an offset; character data, the end of the text among it, is [`Markup::Stray`].
    fn markup(&self, at: usize) -> Markup {
        if self.byte(at) == Some(b'<') { markup::at(self.bytes, at) } else { Markup::Stray }
    }

    /// Reads a name (Namespaces 1.0 [7] `QName`), `None` when there is none.
    #[inline(always)]
    pub(super) fn name(&mut self, start: usize) -> Result<Option<Name>, Stop> {
        match scan::plain_name(self.bytes, start) {
            Some((len, prefix_len)) if len <= self.limits.name_bytes => {
                Ok(Some(Name { start, end: start + len, prefix_len }))
            }
            _ => self.unusual_name(start),
        }
    }

    /// A name that is long, not ASCII, or none.
    #[cold]
    #[inline(never)]
    fn unusual_name(&mut self, start: usize) -> Result<Option<Name>, Stop> {
        if !self.byte(start).is_some_and(name::is_start_byte) {
            return Ok(None);
        }
        let end = scan::name_end(self.bytes, start);
        self.check_name_len(start, end)?;
        let written = self.text.get(start..end).unwrap_or_default();
        let prefix_len = match name::qualified(written) {
            Ok(prefix_len) => prefix_len,
            Err(fault) => {
                self.bad_name(start, end, fault)?;
                0
            }
        };
        Ok(Some(Name { start, end, prefix_len }))
    }

    pub(super) fn check_name_len(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        let most = self.limits.name_bytes;
        if end - start > most {
            return Err(self.limit("name_bytes", most, start, end, "a name has more bytes than"));
        }
        Ok(())
    }

    pub(super) fn bad_name(
        &mut self,
        start: usize,
        end: usize,
        fault: NameFault,
    ) -> Result<(), Stop> {
        let written = quoted(self.text.get(start..end).unwrap_or_default());
        let at = span(start, end);
        let code = Code::BAD_NAME;
        match fault {
            NameFault::Start(c) => {
                self.faults.add(code, at, format_args!("a name cannot start with `{c}`, as in {written}"))
            }
            NameFault::Character(c) => {
                let c = c.escape_default();
                self.faults.add(code, at, format_args!("`{c}` cannot be part of a name, as in {written}"))
            }
            NameFault::Empty => {
                self.faults.add(code, at, format_args!("the name {written} lacks a part before or after its colon"))
            }
            NameFault::Colons => {
                self.faults.add(code, at, format_args!("the name {written} has a colon too many"))
            }
        }
        .help(format_args!("a name has letters, digits, `-`, `_` and `.`, starts with a letter or `_`, and may have one prefix before a colon"))
        .done();
        self.check_faults(start)
    }

    /// XML 1.0 2.1: there is exactly one root, and every element is closed.
    fn end_of_text(&mut self) -> Result<(), Stop> {
        let end = self.bytes.len();
        if let Some(open) = self.nodes.get(self.current as usize) {
            let (name, at) = (self.name_of(open), open.name_span(self.text));
            let around = self.depth.saturating_sub(1);
            let draft = if around == 0 {
                self.faults.add(
                    Code::UNCLOSED_ELEMENT,
                    at,
                    format_args!("{} is never closed", quoted(name)),
                )
            } else {
                self.faults.add(
                    Code::UNCLOSED_ELEMENT,
                    at,
                    format_args!(
                        "{} is never closed, nor are the {around} elements around it",
                        quoted(name)
                    ),
                )
            };
            draft
                .label(span(end, end), format_args!("the text ends here"))
                .help(format_args!("add the end tag, or check whether the file was cut off"))
                .done();
        } else if self.nodes.is_empty() {
            self.faults
                .add(
                    Code::MISSING_ROOT,
                    span(end, end),
                    format_args!("there is no element in the text"),
                )
                .help(format_args!(
                    "check that this is the descriptor; its root element is `Envelope`"
                ))
                .done();
        }
        Ok(())
    }

    /// Closes what is still open where reading ended, and gives the arena its final form.
    fn finish(mut self) -> Tree<'s> {
        let end = offset(self.stopped_at);
        let next = offset(self.nodes.len());
        while let Some(open) = self.nodes.get_mut(self.current as usize) {
            open.end = end;
            open.next = next;
            open.name.add(UNCLOSED);
            self.current = open.parent;
        }
        Tree {
            text: self.text,
            nodes: self.nodes,
            attributes: self.attributes,
            declarations: self.declarations,
            namespaces: self.namespaces.into_uris(),
            has_cr: self.survey.has_cr,
            has_dollar: self.survey.has_dollar,
        }
    }

    /// Remembers that the current element may hold character data.
    pub(super) fn mark_text(&mut self) {
        if let Some(node) = self.nodes.get_mut(self.current as usize) {
            node.name.add(TEXT);
        }
    }

    /// Closes the current element; `end` is past its end tag.
    pub(super) fn close(&mut self, end: usize, flags: u8) {
        let next = offset(self.nodes.len());
        let Some(node) = self.nodes.get_mut(self.current as usize) else { return };
        node.end = offset(end);
        node.next = next;
        node.name.add(flags);
        let declares = node.name.has(DECLARES);
        let id = std::mem::replace(&mut self.current, node.parent);
        self.depth = self.depth.saturating_sub(1);
        if declares {
            self.forget_declarations(id);
        }
    }

    /// Ends the scope of the declarations on an element.
    #[cold]
    pub(super) fn forget_declarations(&mut self, node: u32) {
        let first = self.declarations.partition_point(|d| d.node < node);
        let own = self
            .declarations
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|d| d.node == node)
            .count();
        self.scope.truncate(self.scope.len().saturating_sub(own));
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The name of an element that is in the arena.
    pub(super) fn name_of(&self, node: &NodeData) -> &'s str {
        node.name.full(self.text, node.start.saturating_add(1))
    }

    /// Adds a finding to which there is nothing to add.
    #[cold]
    pub(super) fn fault(
        &mut self,
        code: Code,
        start: usize,
        end: usize,
        message: std::fmt::Arguments<'_>,
    ) -> Result<(), Stop> {
        self.faults.add(code, span(start, end), message).done();
        self.check_faults(start)
    }

    /// Stops when there are so many faults that reading on is no use.
    #[cold]
    pub(super) fn check_faults(&mut self, at: usize) -> Result<(), Stop> {
        if self.faults.are_too_many() {
            self.faults.give_up(span(at, at));
            return Err(self.stop(at));
        }
        Ok(())
    }

    /// A ceiling was hit by what stands between two offsets.
    #[cold]
    pub(super) fn limit(
        &mut self,
        limit: &str,
        most: usize,
        start: usize,
        end: usize,
        what: &str,
    ) -> Stop {
        self.faults
            .limit(
                span(start, end),
                format_args!(
                    "{what} the {most} that the limit `{limit}` allows; reading ends here"
                ),
            )
            .help(format_args!("raise the limit `{limit}` if the text is honest"))
            .done();
        self.stop(start)
    }

    /// Something begins and has no end: nothing after it can be told apart.
    #[cold]
    pub(super) fn unclosed(&mut self, start: usize, what: &str) -> Stop {
        let end = self.bytes.len();
        self.faults
            .add(
                Code::UNCLOSED_MARKUP,
                span(start, start + 1),
                format_args!("{what} begins here and never ends"),
            )
            .label(span(end, end), format_args!("the text ends here"))
            .help(format_args!("close it, or check whether the file was cut off"))
            .done();
        self.stop(start)
    }

    pub(super) const fn stop(&mut self, at: usize) -> Stop {
        self.stopped_at = at;
        Stop
    }
}

/// A range of the text as a span.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span::new(offset(start), offset(end))
}

/// An offset into the text, which is shorter than 4 GiB.
#[allow(clippy::cast_possible_truncation, reason = "`build` takes no text longer than `LONGEST`")]
pub(super) const fn offset(at: usize) -> u32 {
    at as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_made_only_when_there_is_too_little() {
        for (has, needs) in [(10, 5), (10, 10)] {
            let list: Vec<u64> = Vec::from_iter(0..has);
            let (place, had) = (list.as_ptr(), list.capacity());
            let list = with_room(list, needs);
            assert_eq!(
                (list.len(), list.as_ptr(), list.capacity()),
                (0, place, had),
                "{has} {needs}"
            );
        }
        let list = with_room(Vec::from_iter(0..10_u64), 30);
        assert!(list.is_empty() && list.capacity() >= 30);
    }

    #[test]
    fn no_more_is_reserved_than_the_text_can_need() {
        for (text, limits, room) in [
            ("<".repeat(4_000), Limits::default(), (1_000, 0)),
            ("=".repeat(4_000), Limits::default(), (0, 800)),
            ("<a/>".repeat(1_000), Limits::default(), (1_000, 0)),
            ("<a/>".repeat(1_000), Limits { nodes: 10, ..Limits::default() }, (10, 0)),
            (format!("<a>{}</a>", "x".repeat(4_000)), Limits::default(), (1, 0)),
            (format!("<a b='' c=''>{}</a>", "x".repeat(4_000)), Limits::default(), (1, 2)),
        ] {
            let tree = crate::xml::parse(&text, &limits).tree;
            assert_eq!(Buffers::of(tree).room(), room, "{text:.10}");
        }
    }
}
