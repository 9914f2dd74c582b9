//! Start tags and the attributes in them.

use super::attribute::{AS_MEANT, AttributeData};
use super::builder::{Builder, Name, Step, Stop, offset, span};
use super::name::StoredName;
use super::resolve::OwnAttributes;
use super::scan;
use super::tree::{DECLARES, NO_NODE, NodeData, PLAIN};
use crate::diagnostic::Code;

/// What a start tag adds to, so that it can be taken back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    pub(super) attributes: usize,
    pub(super) declarations: usize,
    pub(super) bindings: usize,
}

impl Builder<'_, '_> {
    /// Reads a start tag or an empty-element tag (XML 1.0 3.1).
    pub(super) fn start_tag(&mut self, at: usize) -> Step {
        self.check_room(at)?;
        let marks = Marks {
            attributes: self.attributes.len(),
            declarations: self.declarations.len(),
            bindings: self.scope.len(),
        };
        self.element(at, marks).inspect_err(|_| {
            self.attributes.truncate(marks.attributes);
            self.declarations.truncate(marks.declarations);
            self.stopped_at = at;
        })
    }

    /// Reads a tag and adds the element to the arena.
    fn element(&mut self, at: usize, marks: Marks) -> Step {
        // What begins a tag is told by what can begin a name, so there is one.
        let Some(element) = self.name(at + 1)? else {
            return Err(self.unclosed(at, "a start tag"));
        };
        self.own = OwnAttributes::default();
        let (end, is_empty) = self.attributes_of(at, element.end, marks)?;
        let (namespace, prefix_len) = self.namespace_of(element)?;
        let declares = self.declarations.len() != marks.declarations;
        if self.own.are_doubtful || declares {
            self.resolve_attributes(marks.attributes)?;
        }
        let id = offset(self.nodes.len());
        let mut node = NodeData {
            start: offset(at),
            tag_end: offset(end),
            end: offset(end),
            next: id.saturating_add(1),
            parent: self.current,
            attributes: offset(marks.attributes),
            namespace,
            name: StoredName::new(
                element.end - element.start,
                prefix_len,
                if declares { DECLARES } else { 0 },
            ),
        };
        let closed = if is_empty {
            Some(end)
        } else {
            let closed = self.leaf_end(&node);
            if closed.is_some() {
                node.name.add(PLAIN);
            }
            closed
        };
        if let Some(end) = closed {
            node.end = offset(end);
            if declares {
                self.scope.truncate(marks.bindings);
            }
        } else {
            self.current = id;
            self.depth += 1;
        }
        self.nodes.push(node);
        Ok(closed.unwrap_or(end))
    }

    /// Past the end tag, when nothing but plain character data stands before it. Most elements are
    /// such leaves, and need not be opened and closed.
    #[inline(always)]
    fn leaf_end(&self, node: &NodeData) -> Option<usize> {
        let start = node.tag_end as usize;
        let end = scan::data_end(self.bytes, start);
        let is_plain = self.byte(end) == Some(b'<')
            && self.byte(end + 1) == Some(b'/')
            && end - start <= self.most_plain;
        if is_plain { self.usual_end_tag(end, node) } else { None }
    }

    /// Whether one more element may stand here.
    #[inline(always)]
    fn check_room(&mut self, at: usize) -> Result<(), Stop> {
        // Outside the root nothing is open; there the subtraction wraps around to more than any limit.
        let is_inside = self.depth.wrapping_sub(1) < self.limits.depth.saturating_sub(1);
        if is_inside && self.nodes.len() < self.most_nodes {
            return Ok(());
        }
        self.check_room_closely(at)
    }

    #[cold]
    #[inline(never)]
    fn check_room_closely(&mut self, at: usize) -> Result<(), Stop> {
        if self.current == NO_NODE && !self.nodes.is_empty() {
            let first =
                self.nodes.first().map(|root| root.name_span(self.text)).unwrap_or_default();
            self.faults
                .add(
                    Code::SEVERAL_ROOTS,
                    span(at, at + 1),
                    format_args!("another element follows the root element; reading ends here"),
                )
                .label(first, format_args!("the root element"))
                .help(format_args!("put everything into one root element"))
                .done();
            return Err(self.stop(at));
        }
        if self.depth >= self.limits.depth {
            return Err(self.limit(
                "depth",
                self.limits.depth,
                at,
                at + 1,
                "elements are nested deeper than",
            ));
        }
        if self.nodes.len() >= self.most_nodes {
            return Err(self.limit(
                "nodes",
                self.limits.nodes,
                at,
                at + 1,
                "there are more elements than",
            ));
        }
        Ok(())
    }

    /// Reads the attributes and the end of a tag: past its `>`, and whether it is an empty-element tag.
    fn attributes_of(
        &mut self,
        tag: usize,
        mut at: usize,
        marks: Marks,
    ) -> Result<(usize, bool), Stop> {
        loop {
            // Most tags end here.
            if self.byte(at) == Some(b'>') {
                return Ok((at + 1, false));
            }
            let start = self.skip_tag_blanks(at);
            match self.byte(start) {
                Some(b'>') => return Ok((start + 1, false)),
                Some(b'/') if self.byte(start + 1) == Some(b'>') => return Ok((start + 2, true)),
                Some(b'<') => {
                    self.unclosed_tag(tag, start)?;
                    return Ok((start, false));
                }
                None => return Err(self.unclosed(tag, "a start tag")),
                Some(_) => {}
            }
            at = match self.name(start)? {
                Some(attribute) => {
                    if start == at {
                        self.missing_space(attribute)?;
                    }
                    self.attribute(attribute, marks)?
                }
                None => self.not_an_attribute(start)?,
            };
        }
    }

    /// Past white space; mostly it is none or a single blank.
    #[inline(always)]
    fn skip_tag_blanks(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(b' ') if self.byte(at + 1).is_some_and(|byte| !scan::is_blank(byte)) => at + 1,
            Some(byte) if !scan::is_blank(byte) => at,
            _ => scan::skip_blanks(self.bytes, at),
        }
    }

    /// Reads an attribute whose name was read (XML 1.0 [41]).
    fn attribute(&mut self, attribute: Name, marks: Marks) -> Step {
        let mut open = attribute.end + 1;
        let mut quote = self.byte(open);
        if self.byte(attribute.end) != Some(b'=') || !matches!(quote, Some(b'"' | b'\'')) {
            let equals = scan::skip_blanks(self.bytes, attribute.end);
            if self.byte(equals) != Some(b'=') {
                return self.without_value(attribute);
            }
            open = scan::skip_blanks(self.bytes, equals + 1);
            quote = self.byte(open);
        }
        let Some(quote @ (b'"' | b'\'')) = quote else {
            return self.without_quotes(attribute, open);
        };
        let (close, is_plain) = self.value(open, quote)?;
        let most = self.limits.value_bytes;
        if close - open - 1 > most {
            return Err(self.limit(
                "value_bytes",
                most,
                attribute.start,
                close,
                "an attribute value has more bytes than",
            ));
        }
        let most = self.limits.attributes;
        if self.attributes.len() - marks.attributes + self.declarations.len() - marks.declarations
            >= most
        {
            return Err(self.limit(
                "attributes",
                most,
                attribute.start,
                close,
                "an element has more attributes than",
            ));
        }
        if self.is_declaration(attribute) {
            self.declare(attribute, open + 1, close, marks)?;
        } else {
            let namespace = self.namespace_of_attribute(attribute);
            self.attributes.push(AttributeData {
                start: offset(attribute.start),
                value: offset(open + 1),
                value_len: offset(close - open - 1),
                namespace,
                name: StoredName::new(
                    attribute.end - attribute.start,
                    attribute.prefix_len,
                    if is_plain { AS_MEANT } else { 0 },
                ),
            });
        }
        Ok(close + 1)
    }

    /// Whether an attribute is called `xmlns` or has the prefix `xmlns`.
    fn is_declaration(&self, attribute: Name) -> bool {
        let len = if attribute.prefix_len == 0 {
            attribute.end - attribute.start
        } else {
            attribute.prefix_len
        };
        let name = || self.bytes.get(attribute.start..).unwrap_or_default();
        len == "xmlns".len() && name().starts_with(b"xmlns")
    }

    /// Reads a value whose opening quote is at `open`, up to the closing quote. Also whether what is
    /// written is what is meant: no reference is in it, and no white space but blanks.
    #[inline(always)]
    fn value(&mut self, open: usize, quote: u8) -> Result<(usize, bool), Stop> {
        let at = scan::plain_value_end(self.bytes, open + 1, quote);
        if self.byte(at) == Some(quote) {
            return Ok((at, true));
        }
        Ok((self.unusual_value(open, at, quote)?, false))
    }

    /// Reads on in a value that has something in it that has to be looked at.
    #[inline(never)]
    fn unusual_value(&mut self, open: usize, mut at: usize, quote: u8) -> Step {
        loop {
            at = scan::value_end(self.bytes, at, quote);
            at = match self.byte(at) {
                None => return Err(self.unclosed(open, "an attribute value")),
                Some(b'&') => self.reference(at)?,
                Some(b'<') => return self.less_than_in_value(open, at, quote),
                Some(_) => return Ok(at),
            };
        }
    }

    /// A `<` in a value: either it should have been written as `&lt;`, or the closing quote is missing
    /// and the value has run into the next tag. It is the former when what follows the next quote
    /// looks like the rest of a tag.
    #[cold]
    fn less_than_in_value(&mut self, open: usize, at: usize, quote: u8) -> Step {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let close = memchr::memchr(quote, rest).map(|found| at + found);
        let after = close.and_then(|close| self.byte(close + 1));
        let (Some(close), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')) = (close, after) else {
            return Err(self.unclosed(open, "an attribute value"));
        };
        self.faults
            .add(
                Code::LESS_THAN_IN_VALUE,
                span(at, at + 1),
                format_args!("`<` stands in an attribute value"),
            )
            .help(format_args!("write `&lt;`, or close the value with a quote before it"))
            .done();
        self.check_faults(at)?;
        let mut ampersand = at;
        while let Some(found) =
            memchr::memchr(b'&', self.bytes.get(ampersand..close).unwrap_or_default())
        {
            ampersand = self.reference(ampersand + found)?;
        }
        Ok(close)
    }
}
