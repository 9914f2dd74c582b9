//! Ways through the arena that are not parent to child.

use std::hint::black_box;
use std::ops::Range;

use super::tree::{NamespaceId, Node, NodeId, Tree, UNCLOSED};
use crate::span::Span;

impl<'s> Tree<'s> {
    /// Whether the root element was read to its end tag.
    ///
    /// `false` for a text that is cut off, that could not be read further, or that hit a limit: what
    /// is missing in such a tree may be missing in the reading only.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.nodes.first().is_some_and(|root| !root.name.has(UNCLOSED))
    }

    /// Looks at all of some elements, by number, and of the text they stand in, in the order of memory, which then
    /// has everything ready for those who go to and fro in it.
    pub(crate) fn fetch(&self, elements: Range<usize>) {
        let end = elements.end.min(self.nodes.len());
        let nodes = self.nodes.get(elements.start..end).unwrap_or_default();
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else { return };
        let text = self.text.as_bytes().get(first.start as usize..last.tag_end as usize);
        // No text has it.
        black_box(memchr::memchr(0, text.unwrap_or_default()));
        black_box(nodes.iter().step_by(2).fold(0, |sum, node| sum ^ node.next));
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

impl<'s> Node<'_, 's> {
    /// Whether there is nothing but one run of character data inside, which begins with something else than
    /// white space. No for some that have more inside.
    pub(crate) fn begins_with_text(self) -> bool {
        let first = self.tree().text().as_bytes().get(self.start_tag().end as usize);
        self.is_plain() && first.is_some_and(|&byte| byte > b' ' && byte != b'<')
    }

    /// The number of the first element behind it that is not inside it.
    pub(crate) const fn end_number(self) -> usize {
        self.next_id().index()
    }

    /// Whether it has an end tag, or is an empty element.
    #[must_use]
    pub fn is_closed(self) -> bool {
        let data = self.tree().nodes.get(self.id().index());
        data.is_some_and(|data| !data.name.has(UNCLOSED))
    }

    /// Where the element, and what in it is still open there, can be cut off without cutting a tag
    /// apart, and the names to close then, innermost first. The end and no name, when it is closed.
    pub(crate) fn cut(self) -> (u32, Vec<&'s str>) {
        let mut open = Vec::new();
        let mut node = self;
        loop {
            if node.is_closed() {
                break;
            }
            open.push(node.name());
            match node.children().last() {
                Some(last) => node = last,
                None => break,
            }
        }
        open.reverse();
        let end = if node.is_closed() { node.span().end } else { node.start_tag().end };
        (end, open)
    }

    /// The element that follows beside this one.
    #[must_use]
    pub fn next_sibling(self) -> Option<Self> {
        let next = self.tree().node(self.next_id())?;
        (next.parent_id() == self.parent_id()).then_some(next)
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
