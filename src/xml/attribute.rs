//! Attributes.

use std::borrow::Cow;
use std::fmt;

use super::name::StoredName;
use super::text;
use super::tree::{NamespaceId, Tree};
use crate::span::Span;

/// An attribute, declarations of namespaces excepted.
#[derive(Clone, Copy, Debug)]
pub(super) struct AttributeData {
    /// The first byte of the name.
    pub(super) start: u32,
    /// The first byte of the value, past the quote.
    pub(super) value: u32,
    /// Bytes of the value as written.
    pub(super) value_len: u32,
    /// Of the name.
    pub(super) namespace: NamespaceId,
    /// Its name, and [`AS_MEANT`].
    pub(super) name: StoredName,
}

/// Attributes whose value is meant as it is written.
pub(super) const AS_MEANT: u8 = 0x10;

/// An attribute of an element of a [`Tree`].
#[derive(Clone, Copy)]
pub struct Attribute<'t, 's> {
    pub(super) tree: &'t Tree<'s>,
    pub(super) data: &'t AttributeData,
}

impl<'t, 's> Attribute<'t, 's> {
    /// The name as written, `ovf:id`.
    #[must_use]
    pub fn name(self) -> &'s str {
        self.data.name.full(self.tree.text, self.data.start)
    }

    /// The name without its prefix, `id`. A name whose prefix is not bound is all local.
    #[must_use]
    pub fn local(self) -> &'s str {
        self.data.name.local(self.tree.text, self.data.start)
    }

    /// Whether its name without the prefix is this. Quicker than comparing [`local`](Self::local).
    #[must_use]
    pub fn is_local(self, local: &str) -> bool {
        self.data.name.local_may_have(local.len()) && self.local() == local
    }

    /// The prefix, `ovf`; empty when there is none.
    #[must_use]
    pub fn prefix(self) -> &'s str {
        self.data.name.prefix(self.tree.text, self.data.start)
    }

    /// The URI of its namespace; empty when it is in none, as attributes without prefix are.
    #[must_use]
    pub fn namespace(self) -> &'t str {
        self.tree.uri(self.data.namespace)
    }

    /// Its namespace.
    #[must_use]
    pub const fn namespace_id(self) -> NamespaceId {
        self.data.namespace
    }

    /// The value: references resolved, unknown ones left as they are written; line ends and tabs are
    /// spaces (XML 1.0 3.3.3).
    #[must_use]
    pub fn value(self) -> Cow<'s, str> {
        if self.is_plain() { Cow::Borrowed(self.raw()) } else { text::value(self.raw()) }
    }

    /// The value as written.
    #[must_use]
    pub fn raw(self) -> &'s str {
        self.tree.text.get(self.value_span().range()).unwrap_or_default()
    }

    /// Whether the value is meant as it is written: no reference is in it, and no white space but blanks.
    pub(crate) const fn is_plain(self) -> bool {
        self.data.name.has(AS_MEANT)
    }

    /// Whether there is a `$` in the value as written.
    #[inline]
    pub(crate) fn has_dollar(self) -> bool {
        self.tree.has_dollar && memchr::memchr(b'$', self.raw_bytes()).is_some()
    }

    /// Whether there may be a `$` in the value as it is meant.
    #[inline]
    pub(crate) fn may_hold_dollar(self) -> bool {
        !self.is_plain() || self.has_dollar()
    }

    /// The value as written, as bytes.
    #[inline]
    pub(crate) fn raw_bytes(self) -> &'s [u8] {
        self.tree.text.as_bytes().get(self.value_span().range()).unwrap_or_default()
    }

    /// The name without its prefix, as bytes.
    #[inline]
    pub(crate) fn local_bytes(self) -> &'s [u8] {
        self.data.name.local_bytes(self.tree.text, self.data.start)
    }

    /// The quote the value stands in; `None` where it has none.
    pub(crate) fn quote(self) -> Option<char> {
        let before = self.tree.text.get(..self.value_span().range().start)?;
        before.chars().next_back().filter(|c| matches!(c, '"' | '\''))
    }

    /// The whole attribute, from the name to the closing quote.
    #[must_use]
    pub const fn span(self) -> Span {
        Span::new(self.data.start, self.value_span().end.saturating_add(1))
    }

    /// The name.
    #[must_use]
    pub fn name_span(self) -> Span {
        self.data.name.span(self.tree.text, self.data.start)
    }

    /// The value without its quotes.
    #[must_use]
    pub const fn value_span(self) -> Span {
        Span::new(self.data.value, self.data.value.saturating_add(self.data.value_len))
    }
}

impl fmt::Debug for Attribute<'_, '_> {
    /// The value may be a password: only the name is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.name(), self.data.start)
    }
}
