//! Attributes: set where they stand, or added with the prefix that belongs there.

use super::document::Edit;
use crate::model::Element;
use crate::namespace::Namespace;
use crate::span::Span;
use crate::xml::{Attribute, Node, escape_attribute};

/// Writes a value into an attribute that is there. Whether anything changes.
pub(super) fn set(edit: &mut Edit, attribute: Attribute<'_, '_>, value: &str) -> bool {
    if attribute.value() == value {
        return false;
    }
    edit.replace(attribute.value_span(), escaped(attribute, value));
    true
}

/// Replaces parts of the value of an attribute, given by ranges of the value as it is meant, ascending.
pub(super) fn set_parts(
    edit: &mut Edit,
    attribute: Attribute<'_, '_>,
    parts: &[(std::ops::Range<usize>, String)],
) {
    for (span, text) in written_spans(attribute.raw(), attribute.value_span().start, parts) {
        edit.replace(span, escaped(attribute, text));
    }
}

/// Where ranges of a text as it is meant stand in it as it is written from `start` on.
pub(super) fn written_spans<'p>(
    raw: &str,
    start: u32,
    parts: &'p [(std::ops::Range<usize>, String)],
) -> Vec<(Span, &'p str)> {
    let meant: Vec<usize> = parts.iter().flat_map(|(at, _)| [at.start, at.end]).collect();
    let written = crate::xml::written_offsets(raw, &meant);
    let offset = |at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    let spans = written.chunks_exact(2).filter_map(|pair| match *pair {
        [from, to] => Some(Span::new(offset(from), offset(to))),
        _ => None,
    });
    spans.zip(parts).map(|(span, (_, text))| (span, text.as_str())).collect()
}

/// A value for the quotes an attribute has: the other kind of quote need not be escaped.
fn escaped(attribute: Attribute<'_, '_>, value: &str) -> String {
    let value = escape_attribute(value);
    match attribute.quote() {
        Some('"') => value.replace("&apos;", "'"),
        Some('\'') => value.replace("&quot;", "\""),
        _ => value.into_owned(),
    }
}

/// Adds an OVF attribute to an element: behind another one, else behind the last, else behind the name.
pub(super) fn add(
    edit: &mut Edit,
    element: Element<'_, '_>,
    behind: Option<Attribute<'_, '_>>,
    local: &str,
    value: &str,
) {
    let node = element.node();
    let last = || {
        let attributes = node.attributes().map(|attribute| attribute.span().end);
        attributes.chain(node.declarations().map(|(.., span)| span.end)).max()
    };
    let at = behind
        .map(|attribute| attribute.span().end)
        .or_else(last)
        .unwrap_or_else(|| node.name_span().end);
    let naming = Naming::of(element);
    edit.replace(Span::at(at), format!("{}{}", naming.declaration, naming.write(local, value)));
}

/// How OVF attributes are named at a place.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// With its colon; empty where attributes stand without a prefix.
    prefix: String,
    /// The declaration it needs, with the blank before it; empty when it is bound.
    pub(super) declaration: String,
}

impl Naming {
    /// How an element has them: as the ones it has, else by a prefix bound there, else by one to declare.
    pub(super) fn of(element: Element<'_, '_>) -> Self {
        let node = element.node();
        let own = node.attributes().find_map(|attribute| {
            let uri = Namespace::of(attribute.namespace());
            (uri.is_ovf() || uri == Namespace::None).then(|| attribute.prefix())
        });
        let root = element.envelope().root();
        let mut uris = [node.namespace(), root.node().namespace()].into_iter();
        match (own, uris.find(|uri| Namespace::of(uri).is_ovf())) {
            (Some(prefix), _) => Self::bound(prefix),
            (None, Some(uri)) => Self::in_scope(node, uri),
            // OVF without a namespace at all.
            (None, None) => Self::bound(""),
        }
    }

    /// The prefix of a namespace at a place inside an element.
    pub(super) fn in_scope(node: Node<'_, '_>, uri: &str) -> Self {
        let scope = node.in_scope();
        let bound = |prefix: &str| scope.iter().any(|(known, _)| *known == prefix);
        let known = scope.iter().filter(|(prefix, known)| !prefix.is_empty() && *known == uri);
        // The shortest, then the first of the alphabet: what is in scope has no order of its own.
        if let Some((prefix, _)) = known.min_by_key(|(prefix, _)| (prefix.len(), *prefix)) {
            return Self::bound(prefix);
        }
        let numbered = (1..=scope.len().saturating_add(1)).map(|number| format!("ovf{number}"));
        let free = std::iter::once("ovf".to_owned()).chain(numbered).find(|name| !bound(name));
        let prefix = free.unwrap_or_else(|| "ovf".to_owned());
        let declaration = format!(" xmlns:{prefix}=\"{}\"", escape_attribute(uri));
        Self { prefix: format!("{prefix}:"), declaration }
    }

    fn bound(prefix: &str) -> Self {
        let colon = if prefix.is_empty() { "" } else { ":" };
        Self { prefix: format!("{prefix}{colon}"), declaration: String::new() }
    }

    /// An attribute, with the blank before it.
    pub(super) fn write(&self, local: &str, value: &str) -> String {
        format!(" {}{local}=\"{}\"", self.prefix, escape_attribute(value))
    }
}
