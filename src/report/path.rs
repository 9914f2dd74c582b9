//! The path from the root to what a finding points at.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::span::Span;
use crate::xml::{Node, Tree};

/// The path to the innermost element a span lies in, and to the attribute if it lies in one.
pub(super) fn of(tree: &Tree<'_>, span: Span) -> String {
    let mut path = String::new();
    let Some(root) = tree.root().filter(|root| root.span().contains(span)) else {
        return path;
    };
    step(&mut path, root, None);
    let mut node = root;
    while let Some((child, index)) = child_at(node, span) {
        step(&mut path, child, index);
        node = child;
    }
    if node.start_tag().contains(span)
        && let Some(attribute) = node.attributes().find(|attribute| attribute.span().contains(span))
    {
        path.push_str("/@");
        path.push_str(attribute.name());
    }
    path
}

/// The child a span lies in, and its index among the siblings of its name when there are several.
fn child_at<'t, 's>(node: Node<'t, 's>, span: Span) -> Option<(Node<'t, 's>, Option<u32>)> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut found: Option<(Node<'t, 's>, u32)> = None;
    for child in node.children() {
        if let Some((target, index)) = found {
            if child.name() == target.name() {
                return Some((target, Some(index)));
            }
            continue;
        }
        let count = seen.entry(child.name()).or_default();
        *count = count.saturating_add(1);
        if child.span().contains(span) {
            if *count > 1 {
                return Some((child, Some(*count)));
            }
            found = Some((child, *count));
        } else if child.span().start > span.start {
            return None;
        }
    }
    found.map(|(target, _)| (target, None))
}

fn step(path: &mut String, node: Node<'_, '_>, index: Option<u32>) {
    path.push('/');
    path.push_str(node.name());
    if let Some(index) = index {
        let _infallible = write!(path, "[{index}]");
    }
}
