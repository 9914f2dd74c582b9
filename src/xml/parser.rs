//! Reading many texts one after the other.

use super::builder::Buffers;
use super::{Parsed, Tree};
use crate::diagnostic::{Findings, Levels};
use crate::limits::Limits;

/// Reads texts as XML and keeps the memory of trees that are done with for those that follow.
///
/// What it makes of a text is what [`parse`](super::parse) makes of it. Memory of more than a few
/// megabytes is what the system takes back and hands out again page by page; whoever reads many large
/// texts spares that.
///
/// ```
/// let mut parser = ovf::xml::Parser::new();
/// for text in ["<a/>", "<b><c/></b>"] {
///     let parsed = parser.parse(text, &ovf::Limits::default());
///     assert!(parsed.diagnostics.is_empty());
///     parser.recycle(parsed.tree);
/// }
/// ```
#[derive(Debug, Default)]
pub struct Parser {
    buffers: Buffers,
}

impl Parser {
    /// Without memory yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a text as XML, as [`parse`](super::parse) does, in the memory of the tree that was given back
    /// last.
    #[must_use]
    pub fn parse<'s>(&mut self, text: &'s str, limits: &Limits) -> Parsed<'s> {
        let mut findings = Findings::new(Levels::default(), limits.diagnostics);
        let buffers = std::mem::take(&mut self.buffers);
        let tree = Tree::read_into(buffers, text, limits, &mut findings);
        let (diagnostics, _, complete) = findings.finish();
        Parsed { tree, diagnostics, complete }
    }

    /// Takes a tree whose memory can be used again.
    pub fn recycle(&mut self, tree: Tree<'_>) {
        self.buffers = Buffers::of(tree);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_in_used_memory_is_like_one_in_new() {
        let mut parser = Parser::new();
        let long = format!("<a xmlns='urn:a'>{}</a>", "<b c='1' d='2'>x</b>".repeat(1_000));
        for text in [
            "<a b='1'/>",
            long.as_str(),
            "",
            "<a><b></a>",
            long.as_str(),
            "<x xmlns:p='urn:p' p:q=''/>",
        ] {
            let parsed = parser.parse(text, &Limits::default());
            let fresh = crate::xml::parse(text, &Limits::default());
            assert_eq!(parsed.diagnostics, fresh.diagnostics);
            assert_eq!(format!("{:?}", parsed.tree), format!("{:?}", fresh.tree));
            let same = parsed.tree.elements().zip(fresh.tree.elements()).all(|(one, other)| {
                one.span() == other.span()
                    && one.namespace() == other.namespace()
                    && one.text() == other.text()
                    && one.attributes().map(|a| a.raw()).eq(other.attributes().map(|a| a.raw()))
            });
            assert!(same && parsed.tree.len() == fresh.tree.len());
            parser.recycle(parsed.tree);
        }
        let room = parser.buffers.room();
        assert!(room.0 > 1_000 && room.1 >= 2_000, "the room of the largest is kept: {room:?}");
        let parsed = parser.parse(&long, &Limits::default());
        parser.recycle(parsed.tree);
        assert_eq!(parser.buffers.room(), room, "nothing was allocated");
    }
}
