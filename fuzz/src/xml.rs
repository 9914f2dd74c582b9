//! Text to tree.

use ovf::xml::{Content, Node, Tree, parse};
use ovf::{Diagnostic, Limits, Severity, Span};

use crate::judge::first_difference;
use crate::script::chosen;

/// Bytes that roxmltree is asked about: some input takes it time that grows with the square.
const JUDGED_BYTES: usize = 2 << 10;

/// Reads the input as XML: always a tree, whose parts lie in the text, in order and inside each other.
/// Its bytes choose whether limits are tight, and whether roxmltree is asked, whose tree must be the same
/// where both accept the text.
pub fn xml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match chosen(data) & 3 {
        0 => limited(&text),
        1 | 2 if text.len() <= JUDGED_BYTES => judged(&text),
        _ => {
            let limits = Limits::default();
            let parsed = parse(&text, &limits);
            tree(&parsed.tree);
            diagnostics(&text, &parsed.diagnostics);
            assert!(parsed.diagnostics.len() <= limits.diagnostics);
        }
    }
}

fn judged(text: &str) {
    let parsed = parse(text, &Limits::default());
    let is_accepted = parsed.diagnostics.iter().all(|found| found.severity != Severity::Error);
    // roxmltree keeps carriage returns next to a reference; XML 1.0 2.11 makes them line feeds.
    let is_judged = parsed.complete && !(text.contains('\r') && text.contains('&'));
    if is_accepted
        && is_judged
        && let Ok(judge) = roxmltree::Document::parse(text)
    {
        assert_eq!(first_difference(&parsed.tree, &judge), None, "{text:?}");
    }
}

fn limited(text: &str) {
    let mut limits = Limits::default();
    limits.depth = 3;
    limits.nodes = 20;
    limits.attributes = 2;
    limits.namespaces = 2;
    limits.name_bytes = 8;
    limits.value_bytes = 16;
    limits.run_bytes = 32;
    limits.diagnostics = 2;
    let limited = parse(text, &limits);
    tree(&limited.tree);
    diagnostics(text, &limited.diagnostics);
    assert!(limited.diagnostics.len() <= limits.diagnostics);
}

/// A span is a piece of the text.
pub(crate) fn inside(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} of {} bytes", text.len());
}

/// Findings lie in the text and are fit for a terminal.
pub(crate) fn diagnostics(text: &str, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        inside(text, diagnostic.span);
        let labels = diagnostic.labels.iter();
        labels.clone().for_each(|label| inside(text, label.span));
        for line in
            labels.map(|label| &label.text).chain([&diagnostic.message]).chain(&diagnostic.help)
        {
            assert!(!line.contains(char::is_control) && line.len() <= 512, "{line:?}");
        }
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
    }
    assert!(diagnostics.is_sorted_by_key(|diagnostic| (diagnostic.span, diagnostic.code)));
}

/// Every part of a tree.
pub(crate) fn tree(tree: &Tree<'_>) {
    let mut last = None;
    for element in tree.elements() {
        assert!(last < Some(element.start_tag().start), "elements are in order of their place");
        last = Some(element.start_tag().start);
        node(tree, element);
    }
    assert_eq!(tree.root().is_some(), tree.elements().next().is_some());
}

fn node(tree: &Tree<'_>, node: Node<'_, '_>) {
    let text = tree.text();
    for span in [node.span(), node.start_tag(), node.name_span(), node.content(), node.text_span()]
    {
        inside(text, span);
        assert!(node.span().contains(span), "{span:?} in {:?}", node.span());
    }
    assert_eq!(text.get(node.name_span().range()), Some(node.name()));
    assert!(node.name().ends_with(node.local()) && node.name().starts_with(node.prefix()));
    assert!(node.is(node.namespace(), node.local()));
    assert!(tree.node(node.id()).is_some_and(|same| same.id() == node.id()));
    if let Some(parent) = node.parent() {
        assert!(
            parent.content().contains(node.span()),
            "{:?} in {:?}",
            node.span(),
            parent.content()
        );
    }

    let mut after = node.content().start;
    for child in node.children() {
        assert!(child.parent().is_some_and(|parent| parent.id() == node.id()));
        assert!(after <= child.span().start, "children do not overlap");
        after = child.span().end;
    }
    let children = node.contents().filter(|content| matches!(content, Content::Element(_))).count();
    assert_eq!(children, node.children().count());
    let pieces: String = node
        .contents()
        .filter_map(|content| match content {
            Content::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    assert_eq!(pieces, node.text());

    for attribute in node.attributes() {
        for span in [attribute.span(), attribute.name_span(), attribute.value_span()] {
            inside(text, span);
            assert!(node.start_tag().contains(span));
        }
        assert_eq!(text.get(attribute.value_span().range()), Some(attribute.raw()));
        assert!(
            attribute.name().ends_with(attribute.local())
                && attribute.name().starts_with(attribute.prefix())
        );
        assert!(!attribute.value().contains(['\n', '\t']) || attribute.raw().contains('&'));
        assert!(node.attribute(attribute.namespace(), attribute.local()).is_some());
    }
    for (_, _, span) in node.declarations() {
        inside(text, span);
    }
    for (prefix, uri) in node.in_scope() {
        assert_eq!(node.resolve_prefix(prefix), Some(uri), "{prefix}");
    }
}
