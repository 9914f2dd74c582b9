//! Where secrets stand.

use crate::namespace::ENVIRONMENT;
use crate::span::Span;
use crate::xml::{Attribute, Node, Tree};

/// The attribute values that no message, snippet or log may show: the values of password properties,
/// in document order. In an OVF environment document, which does not say what is a password, they are
/// those of all properties.
///
/// It errs on the safe side: names are compared without their namespace, and what the section around
/// is plays no part, so that a property in the wrong place keeps its secret too. Tags are also looked
/// at as text, for one that is broken may have lost its attributes on the way into the tree.
pub(crate) fn secrets(tree: &Tree<'_>) -> Vec<Span> {
    if tree.root().is_some_and(is_environment) {
        return joined(in_environment(tree));
    }
    let mut spans = in_text(tree.text());
    for property in tree.elements().filter(|node| bare(node.name()) == "Property") {
        if !is_password(property) {
            continue;
        }
        let values = property.children().filter(|child| bare(child.name()) == "Value");
        for holder in std::iter::once(property).chain(values) {
            for attribute in holder.attributes() {
                if matches!(bare(attribute.name()), "value" | "defaultValue") {
                    spans.push(attribute.value_span());
                }
            }
        }
    }
    joined(spans)
}

/// Whether an element is the root of an environment document, or is meant to be.
fn is_environment(root: Node<'_, '_>) -> bool {
    root.namespace() == ENVIRONMENT || bare(root.name()) == "Environment"
}

/// Everything that looks like a value of an environment document, in tags that are well-formed or not,
/// and what stands inside properties.
fn in_environment(tree: &Tree<'_>) -> Vec<Span> {
    let properties = tree.elements().filter(|node| bare(node.name()) == "Property");
    let mut spans: Vec<Span> =
        properties.map(Node::content).filter(|content| !content.is_empty()).collect();
    let bytes = tree.text().as_bytes();
    let mut done = 0;
    for name in memchr::memmem::find_iter(bytes, b"alue") {
        let rest = bytes.get(name..).unwrap_or_default();
        if name < done {
            continue;
        }
        if let Some((from, len)) = value(rest) {
            let from = name.saturating_add(from);
            done = from.saturating_add(len);
            if let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(done)) {
                spans.push(Span::new(from, to));
            }
        }
    }
    spans
}

/// Spans in order, those that touch made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

/// A name without its prefix, be that bound or not.
fn bare(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// How far around the word a tag is looked at, in bytes. No start tag of a property is longer.
const TAG: usize = 64 << 10;

/// What follows `value=` in every tag that has `password="true"`, whether the tag is well-formed or not.
/// No stretch of text is looked at twice.
fn in_text(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut done = 0;
    for word in memchr::memmem::find_iter(bytes, b"assword") {
        if word < done || !is_set(bytes.get(word..).unwrap_or_default()) {
            continue;
        }
        let floor = done.max(word.saturating_sub(TAG));
        let before = bytes.get(floor..word).unwrap_or_default();
        let start = floor.saturating_add(memchr::memrchr(b'<', before).unwrap_or(0));
        let after = bytes.get(word..word.saturating_add(TAG).min(bytes.len())).unwrap_or_default();
        done = word.saturating_add(memchr::memchr(b'<', after).unwrap_or(after.len()));
        let tag = bytes.get(start..done).unwrap_or_default();
        for name in memchr::memmem::find_iter(tag, b"alue") {
            let rest = tag.get(name..).unwrap_or_default();
            if let Some((from, len)) = value(rest) {
                let from = start.saturating_add(name).saturating_add(from);
                if let (Ok(from), Ok(to)) =
                    (u32::try_from(from), u32::try_from(from.saturating_add(len)))
                {
                    spans.push(Span::new(from, to));
                }
            }
        }
    }
    spans
}

/// Whether what begins with `assword` goes on as an attribute that is true.
fn is_set(text: &[u8]) -> bool {
    value(text).is_some_and(|(from, len)| {
        let value = text.get(from..from.saturating_add(len)).unwrap_or_default().trim_ascii();
        !matches!(value, b"" | b"false" | b"0")
    })
}

/// Where the value stands in a text that begins with the last letters of an attribute's name, and how
/// many bytes it has: up to the closing quote, or without quotes up to the next blank.
fn value(text: &[u8]) -> Option<(usize, usize)> {
    let name = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let blank = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        from.saturating_add(rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count())
    };
    let equals = blank(name);
    if text.get(equals) != Some(&b'=') {
        return None;
    }
    let open = blank(equals.saturating_add(1));
    let quote = text.get(open).copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let from = open.saturating_add(usize::from(quote.is_some()));
    let rest = text.get(from..).unwrap_or_default();
    let len = match quote {
        Some(quote) => memchr::memchr(quote, rest),
        None => rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>'),
    };
    Some((from, len.unwrap_or(rest.len())))
}

/// Whether a property is marked as a password (DSP0243 1.1 9.5.1), by the attribute or by the
/// `isPassword` that some write for it, or has VMware's type of that name.
pub(super) fn is_password(property: Node<'_, '_>) -> bool {
    property.attributes().any(|attribute| match bare(attribute.name()) {
        "password" | "isPassword" => says_password(attribute),
        "type" => is_password_type(attribute),
        _ => false,
    })
}

/// Whether a `password` is anything but false.
pub(super) fn says_password(password: Attribute<'_, '_>) -> bool {
    !matches!(password.value().trim(), "" | "false" | "0")
}

/// Whether a `type` is VMware's for passwords.
pub(super) fn is_password_type(type_name: Attribute<'_, '_>) -> bool {
    type_name.value().trim().starts_with("password")
}

#[cfg(test)]
mod tests {
    use super::secrets;
    use crate::limits::Limits;

    fn hidden(text: &str) -> Vec<&str> {
        let parsed = crate::xml::parse(text, &Limits::default());
        secrets(&parsed.tree).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn values_of_passwords_are_secrets() {
        let text = r#"<P><Property password="true" value="one"/><Property value="open"/></P>"#;
        assert_eq!(hidden(text), ["one"]);
        let text =
            r#"<Property value='two > one' o:password = "1"><Value o:value="three"/></Property>"#;
        assert_eq!(hidden(text), ["two > one", "three"]);
        assert_eq!(hidden(r#"<Property password="false" value="open"/>"#), [""; 0]);
    }

    #[test]
    fn an_environment_shows_no_value() {
        let text = r#"<Environment xmlns:oe="u"><Property oe:key="a" oe:value="one"/><Property>two</Property><Property oe:value='three</Environment>"#;
        assert_eq!(hidden(text), ["one", "two", "three</Environment>"]);
    }

    #[test]
    fn broken_tags_keep_their_secrets() {
        assert_eq!(hidden(r#"<a><Property password="true" value="one></a>"#), ["one>"]);
        assert_eq!(hidden(r#"<Property password="true" value=two /><b/>"#), ["two"]);
        assert_eq!(hidden(r#"<Property password='true' value="three"#), ["three"]);
    }
}
