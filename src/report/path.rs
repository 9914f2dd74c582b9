//! The path from the root to what a finding points at.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::span::Span;
use crate::xml::{Node, Tree};

/// For each element its number, from 1, among the children of its parent that have its name; 0 when
/// it is the only one. Made once, so that many paths cost no more than one.
#[derive(Debug)]
pub(super) struct Ordinals(Vec<u32>);

impl Ordinals {
    pub(super) fn new(tree: &Tree<'_>) -> Self {
        let mut ordinals = vec![0; tree.len()];
        for parent in tree.elements() {
            let mut seen: HashMap<&str, (u32, usize)> = HashMap::new();
            for child in parent.children() {
                let index = child.id().index();
                let (count, first) = seen.entry(child.name()).or_insert((0, index));
                *count = count.saturating_add(1);
                if *count == 2
                    && let Some(slot) = ordinals.get_mut(*first)
                {
                    *slot = 1;
                }
                if *count > 1
                    && let Some(slot) = ordinals.get_mut(index)
                {
                    *slot = *count;
                }
            }
        }
        Self(ordinals)
    }

    /// The path to the innermost element a span lies in, and to the attribute if it lies in one.
    pub(super) fn path(&self, tree: &Tree<'_>, span: Span) -> String {
        let Some(node) = tree.innermost(span) else { return String::new() };
        let mut chain: Vec<Node<'_, '_>> =
            std::iter::successors(Some(node), |node| node.parent()).collect();
        chain.reverse();
        let mut path = String::new();
        for step in chain {
            path.push('/');
            path.push_str(step.name());
            if let Some(&ordinal) = self.0.get(step.id().index()).filter(|&&ordinal| ordinal > 0) {
                let _infallible = write!(path, "[{ordinal}]");
            }
        }
        if node.start_tag().contains(span)
            && let Some(attribute) =
                node.attributes().find(|attribute| attribute.span().contains(span))
        {
            path.push_str("/@");
            path.push_str(attribute.name());
        }
        path
    }
}
