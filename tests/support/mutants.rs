//! Descriptors with one fault each, made of one without.

use ovf::xml::{Attribute, Node, Tree};
use ovf::{Limits, span::Span, xml};

/// A text with one change.
pub(crate) struct Mutant {
    pub(crate) change: Change,
    /// What was changed: `File/@href`, `Item/InstanceID`.
    pub(crate) what: String,
    /// The line, counted from 1, the change is on or begins at.
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl Mutant {
    /// The text as it is.
    pub(crate) fn unchanged(text: &str) -> Self {
        Self { change: Change::None, what: "all".to_owned(), line: 1, text: text.to_owned() }
    }
}

/// What was done to an element or an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    None,
    DeleteElement,
    DuplicateElement,
    RenameElement,
    SwapElements,
    AddChild,
    AddText,
    DeleteAttribute,
    RenameAttribute,
    EmptyAttribute,
    GarbleAttribute,
    GarbleText,
}

/// Every change to every element and attribute.
pub(crate) fn mutants(text: &str) -> Vec<Mutant> {
    let parsed = xml::parse(text, &Limits::default());
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let mut made = Vec::new();
    for node in parsed.tree.elements() {
        elements(&parsed.tree, node, &mut made);
        for attribute in node.attributes() {
            attributes(&parsed.tree, node, attribute, &mut made);
        }
    }
    made
}

fn elements(tree: &Tree<'_>, node: Node<'_, '_>, made: &mut Vec<Mutant>) {
    let text = tree.text();
    let span = node.span();
    let whole = slice(text, span);
    let what = path(node);
    let mut make = |change, replaced: Span, by: &str| {
        made.push(mutant(text, change, what.clone(), replaced, by));
    };
    let name = node.name();
    let renamed = format!("{name}x");
    make(Change::RenameElement, span, &{
        let opened = whole.replacen(&format!("<{name}"), &format!("<{renamed}"), 1);
        match opened.rsplit_once("</") {
            Some((before, _)) if whole.ends_with(&format!("</{name}>")) => {
                format!("{before}</{renamed}>")
            }
            _ => opened,
        }
    });
    if node.parent().is_none() {
        return;
    }
    make(Change::DeleteElement, span, "");
    make(Change::DuplicateElement, span, &format!("{whole}{whole}"));
    if let Some(next) = node.next_sibling()
        && next.name() != name
    {
        let both = Span::new(span.start, next.span().end);
        let between = slice(text, Span::new(span.end, next.span().start));
        let swapped = format!("{}{between}{whole}", slice(text, next.span()));
        make(Change::SwapElements, both, &swapped);
    }
    let inside = node.content();
    if node.children().next().is_some() {
        make(Change::AddText, Span::at(inside.start), "stray");
    } else if !node.text().trim().is_empty() {
        make(Change::GarbleText, inside, "-1 x");
    }
    if !whole.ends_with("/>") {
        make(Change::AddChild, Span::at(inside.end), "<Stray/>");
    }
}

fn attributes(
    tree: &Tree<'_>,
    node: Node<'_, '_>,
    attribute: Attribute<'_, '_>,
    made: &mut Vec<Mutant>,
) {
    let text = tree.text();
    let what = format!("{}/@{}", path(node), attribute.local());
    let mut make = |change, replaced: Span, by: &str| {
        made.push(mutant(text, change, what.clone(), replaced, by));
    };
    make(Change::DeleteAttribute, attribute.span(), "");
    make(Change::RenameAttribute, attribute.name_span(), &format!("{}x", attribute.name()));
    make(Change::EmptyAttribute, attribute.value_span(), "");
    make(Change::GarbleAttribute, attribute.value_span(), "-1 x");
}

fn mutant(text: &str, change: Change, what: String, replaced: Span, by: &str) -> Mutant {
    let before = &text[..replaced.start as usize];
    Mutant {
        change,
        what,
        line: before.matches('\n').count() + 1,
        text: format!("{before}{by}{}", &text[replaced.end as usize..]),
    }
}

/// The local names of an element and the one around it.
pub(crate) fn path(node: Node<'_, '_>) -> String {
    match node.parent() {
        Some(parent) => format!("{}/{}", parent.local(), node.local()),
        None => node.local().to_owned(),
    }
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}
