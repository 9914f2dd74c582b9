//! Ways through the arena that are not parent to child.

use super::tree::{NamespaceId, Node, NodeId, Tree, UNCLOSED};
use crate::span::Span;

impl<'s> Tree<'s> {
    /// Whether the root element was read to its end tag.
    ///
    /// `false` for a text that is cut off, that could not be read further, or that hit a limit: what
    /// is missing in such a tree may be missing in the reading only.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.nodes.first().is_some_and(|root| root.flags & UNCLOSED == 0)
    }

    /// The innermost element a span lies in. Takes time in the logarithm of the number of elements
    /// and in the depth.
    #[must_use]
    pub fn innermost(&self, span: Span) -> Option<Node<'_, 's>> {
        let after = self.nodes.partition_point(|node| node.start <= span.start);
        let last = u32::try_from(after.checked_sub(1)?).ok()?;
        let mut node = self.node(NodeId(last))?;
        while !node.span().contains(span) {
            node = node.parent()?;
        }
        Some(node)
    }
}

impl Node<'_, '_> {
    /// The element that follows beside this one.
    #[must_use]
    pub fn next_sibling(self) -> Option<Self> {
        let next = self.tree().node(self.next_id())?;
        (next.parent() == self.parent()).then_some(next)
    }
}

impl NodeId {
    /// The number of the element in document order, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl NamespaceId {
    /// The number of the namespace in [`Tree::namespaces`], from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
