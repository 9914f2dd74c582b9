//! What is to be replaced in a text.

use std::borrow::Cow;
use std::fmt;

use crate::span::Span;

/// A piece of a text, and what stands there afterwards.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// What is replaced, in bytes; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards: XML, already escaped.
    pub text: String,
}

impl fmt::Debug for Change {
    /// What is written may be a password: only how long it is, is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes for {}..{}", self.text.len(), self.span.start, self.span.end)
    }
}

/// Two changes want to replace the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two changes meet at byte {at}")]
pub struct Overlap {
    /// Where the second one begins, in bytes.
    pub at: u32,
}

/// Changes of one text, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(Vec<Change>);

impl Changes {
    /// No change.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Replaces what a span covers.
    pub fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.0.push(Change { span, text: text.into() });
    }

    /// Takes away what a span covers.
    pub fn remove(&mut self, span: Span) {
        self.replace(span, "");
    }

    /// Puts something in before an offset. Of several at one offset, the first comes first.
    pub fn insert(&mut self, at: u32, text: impl Into<String>) {
        self.replace(Span::at(at), text);
    }

    /// Adds all changes of another list.
    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// The changes, in the order they were made.
    #[must_use]
    pub fn as_slice(&self) -> &[Change] {
        &self.0
    }

    /// Whether there is no change.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the changes made; the text itself when there are none.
    ///
    /// A span that lies outside the text, or inside a character, replaces what can be replaced of it.
    ///
    /// # Errors
    ///
    /// [`Overlap`] when two of them replace the same bytes, or something is put into what another one
    /// replaces.
    pub fn apply<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, Overlap> {
        if self.0.is_empty() {
            return Ok(Cow::Borrowed(text));
        }
        let mut sorted: Vec<&Change> = self.0.iter().collect();
        // Stable: what is put in at one place keeps its order, and comes before what is replaced there.
        sorted.sort_by_key(|change| (change.span.start, change.span.end));
        let added: usize = sorted.iter().map(|change| change.text.len()).sum();
        let mut out = String::with_capacity(text.len().saturating_add(added));
        let mut done = 0;
        for change in sorted {
            let at = change.span.start;
            if at < done {
                return Err(Overlap { at });
            }
            out.push_str(slice(text, done, at));
            out.push_str(&change.text);
            done = change.span.end.max(at);
        }
        out.push_str(slice(text, done, u32::MAX));
        Ok(Cow::Owned(out))
    }
}

/// The bytes from an offset to another, as far as they are whole characters of the text.
fn slice(text: &str, from: u32, to: u32) -> &str {
    text.get(boundary(text, from)..boundary(text, to)).unwrap_or_default()
}

/// The last boundary between characters up to an offset.
fn boundary(text: &str, at: u32) -> usize {
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_changes() {
        let mut changes = Changes::new();
        changes.replace(Span::new(8, 11), "three");
        changes.remove(Span::new(3, 7));
        changes.insert(0, "0 ");
        changes.insert(0, "1 ");
        assert_eq!(changes.apply("one two 333!").unwrap(), "0 1 one three!");
        assert_eq!(Changes::new().apply("one").unwrap(), "one");
    }

    #[test]
    fn overlaps_are_refused() {
        let mut changes = Changes::new();
        changes.replace(Span::new(0, 3), "a");
        changes.replace(Span::new(2, 4), "b");
        assert_eq!(changes.apply("0123456"), Err(Overlap { at: 2 }));
        let mut inside = Changes::new();
        inside.replace(Span::new(0, 3), "a");
        inside.insert(1, "b");
        assert_eq!(inside.apply("0123456"), Err(Overlap { at: 1 }));
        let mut beside = Changes::new();
        beside.replace(Span::new(0, 3), "a");
        beside.insert(3, "b");
        assert_eq!(beside.apply("0123").unwrap(), "ab3");
    }

    #[test]
    fn spans_outside_do_no_harm() {
        let mut changes = Changes::new();
        changes.replace(Span::new(9, 20), "x");
        assert_eq!(changes.apply("é").unwrap(), "éx");
    }
}
