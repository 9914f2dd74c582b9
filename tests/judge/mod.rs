//! A tree compared with what roxmltree makes of the same text.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::collections::BTreeSet;
use std::ops::Range;

use ovf::xml::{Content, Node, NodeId, Tree};

/// The first difference between two trees of one text, as a line; `None` when there is none.
///
/// Compared are the elements in document order: expanded name, byte range, parent; attributes in order
/// with expanded name, value and ranges; namespaces in force; declarations; and the contents in order,
/// with adjacent character data merged, since comments and processing instructions, which divide it
/// there, are not in our tree.
pub fn first_difference(ours: &Tree<'_>, theirs: &roxmltree::Document<'_>) -> Option<String> {
    let mut left = ours.elements();
    let mut right = theirs.descendants().filter(roxmltree::Node::is_element);
    loop {
        let (node, judge) = match (left.next(), right.next()) {
            (None, None) => return None,
            (Some(node), None) => return Some(format!("{node:?} is one element more")),
            (None, Some(judge)) => return Some(format!("{judge:?} is missing")),
            (Some(node), Some(judge)) => (node, judge),
        };
        if let Some(difference) = element_difference(node, judge) {
            return Some(format!("{node:?}: {difference}"));
        }
    }
}

fn element_difference(node: Node<'_, '_>, judge: roxmltree::Node<'_, '_>) -> Option<String> {
    let name = judge.tag_name();
    None.or_else(|| differ("namespace", node.namespace(), name.namespace().unwrap_or_default()))
        .or_else(|| differ("local name", node.local(), name.name()))
        .or_else(|| differ("span", node.span().range(), judge.range()))
        .or_else(|| {
            let parent = judge.parent_element().map(|parent| parent.range());
            differ("parent", node.parent().map(|parent| parent.span().range()), parent)
        })
        .or_else(|| differ("attributes", our_attributes(node), their_attributes(judge)))
        .or_else(|| differ("namespaces in force", our_scope(node), their_scope(judge)))
        .or_else(|| declaration_difference(node))
        .or_else(|| differ("contents", our_contents(node), their_contents(judge)))
}

fn differ<T: PartialEq + std::fmt::Debug>(what: &str, ours: T, theirs: T) -> Option<String> {
    (ours != theirs).then(|| format!("{what}: ours {ours:?}, roxmltree's {theirs:?}"))
}

/// Namespace, local name, value, and the ranges of the whole, the name and the value.
type Attribute = (String, String, String, Range<usize>, Range<usize>, Range<usize>);

fn our_attributes(node: Node<'_, '_>) -> Vec<Attribute> {
    let row = |a: ovf::xml::Attribute<'_, '_>| {
        let (namespace, local, value) =
            (a.namespace().to_owned(), a.local().to_owned(), a.value().into_owned());
        (namespace, local, value, a.span().range(), a.name_span().range(), a.value_span().range())
    };
    node.attributes().map(row).collect()
}

fn their_attributes(judge: roxmltree::Node<'_, '_>) -> Vec<Attribute> {
    let text = judge.document().input_text();
    let row = |a: roxmltree::Attribute<'_, '_>| {
        let namespace = a.namespace().unwrap_or_default().to_owned();
        let (local, value) = (a.name().to_owned(), a.value().to_owned());
        // Its ranges of name and value end at 65,535 bytes, that of the whole does not.
        let whole = a.range();
        let written = &text[whole.clone()];
        let name_len = written.find(['=', ' ', '\t', '\r', '\n']).unwrap();
        let quote = written.find(['"', '\'']).unwrap();
        let (name_end, value_start) = (whole.start + name_len, whole.start + quote + 1);
        let value_range = value_start..whole.end - 1;
        (namespace, local, value, whole.clone(), whole.start..name_end, value_range)
    };
    judge.attributes().map(row).collect()
}

fn our_scope(node: Node<'_, '_>) -> BTreeSet<(String, String)> {
    node.in_scope().into_iter().map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect()
}

fn their_scope(judge: roxmltree::Node<'_, '_>) -> BTreeSet<(String, String)> {
    judge
        .namespaces()
        .map(|namespace| {
            (namespace.name().unwrap_or_default().to_owned(), namespace.uri().to_owned())
        })
        .filter(|(prefix, uri)| prefix != "xml" && !uri.is_empty())
        .collect()
}

/// roxmltree does not say where a namespace was declared: what we say is held against the text, and
/// against what is in force.
fn declaration_difference(node: Node<'_, '_>) -> Option<String> {
    let tag = &node.tree().text()[node.start_tag().range()];
    for (prefix, uri, span) in node.declarations() {
        let written = &node.tree().text()[span.range()];
        let name = written.split(['=', ' ', '\t', '\r', '\n']).next().unwrap_or_default();
        let expected =
            if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        if name != expected || !node.start_tag().contains(span) {
            return Some(format!("declaration of `{prefix}` at {span:?}, which is {written:?}"));
        }
        if node.resolve_prefix(prefix) != Some(uri) {
            return Some(format!("declaration of `{prefix}` as `{uri}` is not in force"));
        }
    }
    // In a well-formed tag every `xmlns` that follows white space outside a value is a declaration.
    let outside: String = tag.split(['"', '\'']).step_by(2).collect();
    let simple = tag.matches('"').count() % 2 == 0 && !tag.contains('\'');
    let count = outside
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| word.starts_with("xmlns:") || word.split('=').next() == Some("xmlns"))
        .count();
    (simple && count != node.declarations().count())
        .then(|| format!("{count} declarations in {tag:?}"))
}

/// Where an element begins, or a run of character data.
#[derive(Debug, PartialEq)]
enum Part {
    Element(usize),
    Text(String),
}

fn push_text(parts: &mut Vec<Part>, more: &str) {
    match parts.last_mut() {
        Some(Part::Text(text)) => text.push_str(more),
        _ if more.is_empty() => {}
        _ => parts.push(Part::Text(more.to_owned())),
    }
}

fn our_contents(node: Node<'_, '_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for content in node.contents() {
        match content {
            Content::Element(child) => parts.push(Part::Element(child.span().range().start)),
            Content::Text(text) => push_text(&mut parts, &text),
        }
    }
    parts
}

fn their_contents(judge: roxmltree::Node<'_, '_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for child in judge.children() {
        if child.is_element() {
            parts.push(Part::Element(child.range().start));
        } else if child.is_text() {
            push_text(&mut parts, child.text().unwrap_or_default());
        }
    }
    parts
}

/// A tree without prefixes and places: for each element in document order its parent, expanded name,
/// attributes and text.
pub type Expanded = Vec<(Option<NodeId>, (String, String), Vec<(String, String, String)>, String)>;

/// What is left of a tree when prefixes and places are forgotten.
pub fn expanded(tree: &Tree<'_>) -> Expanded {
    let row = |node: Node<'_, '_>| {
        let name = (node.namespace().to_owned(), node.local().to_owned());
        let attributes = our_attributes(node).into_iter().map(|a| (a.0, a.1, a.2)).collect();
        (node.parent().map(Node::id), name, attributes, node.text().into_owned())
    };
    tree.elements().map(row).collect()
}
