//! XML 1.0 (5th edition) with namespaces: from text to a [`Tree`].
//!
//! [`parse`] always gives a tree of what could be read, and every fault as a finding. Document type
//! declarations are refused: nothing in them is read, so no entity is ever expanded and no file or
//! address is ever opened.
//!
//! ```
//! let text = "<a:b xmlns:a='urn:x'><a:c d='1'>one &amp; two</a:c></a:b>";
//! let parsed = ovf::xml::parse(text, &ovf::Limits::default());
//! assert!(parsed.diagnostics.is_empty());
//!
//! let root = parsed.tree.root().unwrap();
//! assert!(root.is("urn:x", "b"));
//! let child = root.children().next().unwrap();
//! assert_eq!(child.text(), "one & two");
//! assert_eq!(child.attribute("", "d").unwrap().value(), "1");
//! ```
#![allow(
    clippy::arithmetic_side_effects,
    reason = "sums are of an offset into a text shorter than 4 GiB - 64 and of lengths inside it, and what is \
              subtracted from an offset is an earlier one"
)]

mod attribute;
mod builder;
mod character_data;
mod content;
mod declaration;
mod end_tag;
mod faults;
mod lookup;
mod markup;
mod name;
mod other;
mod parser;
mod recover;
mod resolve;
mod scan;
mod scope;
mod start_tag;
mod survey;
mod text;
mod tree;
mod write;

pub use self::attribute::Attribute;
pub use self::parser::Parser;
pub(crate) use self::text::written_offsets;
pub use self::tree::{Content, NamespaceId, Node, NodeId, Tree};
pub(crate) use self::write::is_char;
pub use self::write::{Writer, escape_attribute, escape_text};

use crate::diagnostic::{Diagnostic, Findings, Levels};
use crate::limits::Limits;
use crate::namespace;
use crate::span::Span;

/// The longest text that is read, in bytes: offsets have 32 bits, and a vector's worth of room is kept
/// above the last. That is `u32::MAX - 64`.
const LONGEST: usize = 0xFFFF_FFBF;

/// What [`parse`] makes of a text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parsed<'s> {
    /// The elements and attributes, as far as they could be read.
    pub tree: Tree<'s>,
    /// What is wrong with the text, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the text was read to its end; `false` when a limit was hit.
    pub complete: bool,
}

/// Reads a text as XML.
///
/// The text is read whatever encoding its XML declaration names, for it has been decoded. A byte order
/// mark at its start is skipped.
#[must_use]
pub fn parse<'s>(text: &'s str, limits: &Limits) -> Parsed<'s> {
    let mut findings = Findings::new(Levels::default(), limits.diagnostics);
    let tree = Tree::read(text, limits, &mut findings);
    let (diagnostics, _, complete) = findings.finish();
    Parsed { tree, diagnostics, complete }
}

impl<'s> Tree<'s> {
    /// Reads a text as XML, adding what is wrong with it to `out`.
    pub(crate) fn read(text: &'s str, limits: &Limits, out: &mut Findings) -> Self {
        Self::read_into(builder::Buffers::default(), text, limits, out)
    }

    /// The same in memory that is there.
    fn read_into(
        buffers: builder::Buffers,
        text: &'s str,
        limits: &Limits,
        out: &mut Findings,
    ) -> Self {
        let longest = limits.text_bytes.min(LONGEST);
        if text.len() > longest {
            out.limit(Span::at(0), format_args!("the text has more bytes than the {longest} that the limit `text_bytes` allows; nothing is read"))
                .help(format_args!("raise the limit `text_bytes` if the text is honest; it cannot be more than {LONGEST}"))
                .done();
            let mut none = Findings::new(Levels::default(), 0);
            return builder::build(buffers, "", limits, &mut none);
        }
        builder::build(buffers, text, limits, out)
    }
}

/// The namespace a prefix usually stands for in descriptors.
fn known_namespace(prefix: &str) -> Option<&'static str> {
    Some(match prefix {
        "ovf" => namespace::OVF_1,
        "rasd" => namespace::RASD,
        "vssd" => namespace::VSSD,
        "xsi" => namespace::XSI,
        "vmw" => namespace::VMW,
        "vbox" => namespace::VBOX,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
