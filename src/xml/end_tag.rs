//! End tags, and which element they close when they do not close the one that is open.

use super::builder::{Builder, Step, Stop, span};
use super::tree::{NodeData, UNCLOSED};
use super::{markup, name, scan};
use crate::diagnostic::{Code, quoted};

/// How far up an end tag is taken to have meant an element. As deep as the default limit of nesting;
/// without a bound many wrong end tags in a deep document would cost their product.
const REACH: usize = 64;

impl Builder<'_, '_> {
    /// Reads an end tag (XML 1.0 [42]).
    pub(super) fn end_tag(&mut self, at: usize) -> Step {
        if let Some(open) = self.nodes.get(self.current as usize)
            && let Some(end) = self.usual_end_tag(at, open)
        {
            self.close(end, 0);
            return Ok(end);
        }
        self.unusual_end_tag(at)
    }

    /// Past the end tag at an offset, when it is just the name of an element.
    #[inline(always)]
    pub(super) fn usual_end_tag(&self, at: usize, element: &NodeData) -> Option<usize> {
        let (start, len) = (element.start as usize + 1, usize::from(element.name.kept_len()));
        let after = at + 2 + len;
        let ends = self.byte(after) == Some(b'>') && scan::is_same(self.bytes, at + 2, start, len);
        // A name too long for the arena is compared elsewhere.
        (ends && len != usize::from(name::LONG)).then_some(after + 1)
    }

    /// An end tag that is not just the name of the open element.
    #[cold]
    #[inline(never)]
    fn unusual_end_tag(&mut self, at: usize) -> Step {
        let start = at + 2;
        let Some(end) = markup::end(self.bytes, markup::Markup::EndTag, at) else {
            return Err(self.unclosed(at, "an end tag"));
        };
        let name_end = scan::name_end(self.bytes, start).min(end);
        self.check_name_len(start, name_end)?;
        let written = self.text.get(start..name_end).unwrap_or_default();
        let is_closed = self.byte(end.saturating_sub(1)) == Some(b'>');
        let inner_end = if is_closed { end - 1 } else { end };
        if written.is_empty() {
            return self.nameless_end_tag(at, end);
        } else if let Err(fault) = name::qualified(written) {
            self.bad_name(start, name_end, fault)?;
        } else if !is_closed {
            self.unclosed_tag(at, end)?;
        } else if scan::skip_blanks(self.bytes, name_end) < inner_end {
            let rest = self.text.get(name_end..inner_end).unwrap_or_default().trim_ascii();
            self.faults
                .add(
                    Code::BAD_END_TAG,
                    span(name_end, inner_end),
                    format_args!("an end tag has only a name, but {} follows it", quoted(rest)),
                )
                .help(format_args!("remove it"))
                .done();
            self.check_faults(at)?;
        }
        self.close_named(at, end, written)?;
        Ok(end)
    }

    /// An end tag without a name, or with a blank before it. It is taken to mean the open element.
    fn nameless_end_tag(&mut self, at: usize, end: usize) -> Step {
        self.faults
            .add(
                Code::BAD_NAME,
                span(at + 2, at + 2),
                format_args!("`</` is not followed by a name"),
            )
            .help(format_args!("write the name of the element right after `</`"))
            .done();
        self.check_faults(at)?;
        self.close(end, 0);
        Ok(end)
    }

    /// Closes the element an end tag means.
    fn close_named(&mut self, at: usize, end: usize, written: &str) -> Result<(), Stop> {
        let Some(open) = self.nodes.get(self.current as usize) else {
            return self.closes_nothing(at, end, written);
        };
        let (name, place) = (self.name_of(open), open.name_span(self.text));
        if name == written {
            self.close(end, 0);
            return Ok(());
        }
        if self.is_open(written) {
            return self.close_up_to(at, end, written);
        }
        let local = |name: &str| name.rsplit(':').next().map(str::to_ascii_lowercase);
        if local(name) != local(written) {
            return self.closes_nothing(at, end, written);
        }
        self.faults
            .add(
                Code::MISMATCHED_END_TAG,
                span(at, end),
                format_args!(
                    "the end tag is {}, but the element is {}",
                    quoted(written),
                    quoted(name)
                ),
            )
            .label(place, format_args!("the start tag"))
            .help(format_args!("write both tags alike, prefix and letter case included"))
            .done();
        self.close(end, 0);
        self.check_faults(at)
    }

    /// Whether one of the nearest open elements has a name.
    fn is_open(&self, name: &str) -> bool {
        let mut at = self.current;
        for _ in 0..REACH {
            let Some(open) = self.nodes.get(at as usize) else { return false };
            if self.name_of(open) == name {
                return true;
            }
            at = open.parent;
        }
        false
    }

    /// Closes the nearest open element of a name, and those inside it, which lack their end tags.
    fn close_up_to(&mut self, at: usize, end: usize, name: &str) -> Result<(), Stop> {
        while let Some(open) = self.nodes.get(self.current as usize) {
            let (inner, place) = (self.name_of(open), open.name_span(self.text));
            if inner == name {
                self.close(end, 0);
                break;
            }
            self.faults
                .add(Code::UNCLOSED_ELEMENT, place, format_args!("{} is not closed", quoted(inner)))
                .label(span(at, end), format_args!("the element around it ends here"))
                .help(format_args!("add the end tag"))
                .done();
            self.close(at, UNCLOSED);
            self.check_faults(at)?;
        }
        Ok(())
    }

    /// An end tag that is left out of account.
    fn closes_nothing(&mut self, at: usize, end: usize, written: &str) -> Result<(), Stop> {
        let draft = self.faults.add(
            Code::UNEXPECTED_END_TAG,
            span(at, end),
            format_args!("the end tag {} closes no open element", quoted(written)),
        );
        let draft = match self.nodes.get(self.current as usize) {
            Some(open) => {
                draft.label(open.name_span(self.text), format_args!("the element that is open"))
            }
            None => draft,
        };
        draft.help(format_args!("remove it, or add the start tag")).done();
        self.check_faults(at)
    }
}
