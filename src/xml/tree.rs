//! The arena: every element in document order, every attribute in document order.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::attribute::{Attribute, AttributeData};
use super::content;
use super::name::StoredName;
use crate::namespace;
use crate::span::Span;

/// Names an element of the [`Tree`] it was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// Names a namespace of the [`Tree`] it was taken from; equal ids are equal URIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespaceId(pub(super) u16);

impl NamespaceId {
    /// No namespace at all.
    pub const NONE: Self = Self(0);
    /// The namespace of the prefix `xml`.
    pub const XML: Self = Self(1);
}

/// Stands where an element has no parent.
pub(super) const NO_NODE: u32 = u32::MAX;

/// Elements that have declarations of namespaces.
pub(super) const DECLARES: u8 = 0x10;
/// Elements that have no end tag although they need one.
pub(super) const UNCLOSED: u8 = 0x20;
/// Elements with one run of character data between their tags and nothing else, no reference in it. Not all:
/// none with a name too long for the arena.
pub(super) const PLAIN: u8 = 0x40;
/// Elements that are not [`PLAIN`] and may hold character data that is not white space.
pub(super) const TEXT: u8 = 0x80;

/// An element. There are no other nodes: character data is found between the elements when it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeData {
    /// The `<` of the start tag.
    pub(super) start: u32,
    /// Past the `>` of the start tag.
    pub(super) tag_end: u32,
    /// Past the `>` of the end tag.
    pub(super) end: u32,
    /// The first element after this one that is not inside it.
    pub(super) next: u32,
    /// The element around, or [`NO_NODE`].
    pub(super) parent: u32,
    /// The first attribute; they go on to the first of the element that follows.
    pub(super) attributes: u32,
    /// Of the name.
    pub(super) namespace: NamespaceId,
    /// Its name, and [`DECLARES`], [`UNCLOSED`], [`PLAIN`], [`TEXT`].
    pub(super) name: StoredName,
}

impl NodeData {
    /// Where the name is.
    pub(super) fn name_span(&self, text: &str) -> Span {
        self.name.span(text, self.start.saturating_add(1))
    }
}

// What reading takes in memory is this, and little else.
const _: () = assert!(size_of::<NodeData>() == 28 && size_of::<AttributeData>() == 16);

/// A declaration of a namespace, `xmlns="…"` or `xmlns:p="…"`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration {
    /// The element it stands on. Declarations are sorted by it.
    pub(super) node: u32,
    /// The `x` of `xmlns`.
    pub(super) start: u32,
    /// Past `xmlns` or `xmlns:p`.
    pub(super) name_end: u32,
    /// Past the closing quote.
    pub(super) end: u32,
    /// What is bound.
    pub(super) namespace: NamespaceId,
}

impl Declaration {
    /// The prefix that is bound, empty for the default namespace.
    pub(super) fn prefix<'s>(&self, text: &'s str) -> &'s str {
        let name = text.get(Span::new(self.start, self.name_end).range()).unwrap_or_default();
        name.split_once(':').map_or("", |(_, prefix)| prefix)
    }
}

/// The elements and attributes of a text that was read as XML.
///
/// Everything borrows from the text. An element takes 28 bytes, an attribute 16, and nothing is
/// allocated for either.
#[derive(Clone)]
pub struct Tree<'s> {
    pub(super) text: &'s str,
    pub(super) nodes: Vec<NodeData>,
    pub(super) attributes: Vec<AttributeData>,
    pub(super) declarations: Vec<Declaration>,
    pub(super) namespaces: Vec<Cow<'s, str>>,
    /// Whether there is a CR in the text, so that line ends may have to be normalised.
    pub(super) has_cr: bool,
    pub(super) has_dollar: bool,
}

impl<'s> Tree<'s> {
    /// The text that was read.
    #[must_use]
    pub const fn text(&self) -> &'s str {
        self.text
    }

    /// The root element, unless there was none.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_, 's>> {
        self.node(NodeId(0))
    }

    /// The element of an id; `None` when the id is of another tree that is larger.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<Node<'_, 's>> {
        let data = self.nodes.get(id.0 as usize)?;
        Some(Node { tree: self, data, id })
    }

    /// Every element in document order.
    pub fn elements(&self) -> impl Iterator<Item = Node<'_, 's>> + Clone {
        self.nodes.iter().zip(0..).map(|(data, id)| Node { tree: self, data, id: NodeId(id) })
    }

    /// Every namespace: none at all, that of `xml`, then those that are declared, in the order in
    /// which they first appear.
    pub fn namespaces(&self) -> impl Iterator<Item = (NamespaceId, &str)> + Clone {
        self.namespaces.iter().zip(0..=u16::MAX).map(|(uri, id)| (NamespaceId(id), uri.as_ref()))
    }

    /// Every attribute in document order.
    pub(crate) fn attributes(&self) -> impl ExactSizeIterator<Item = Attribute<'_, 's>> + Clone {
        self.attributes.iter().map(|data| Attribute { tree: self, data })
    }

    /// The attribute of a number in document order, from 0.
    pub(crate) fn attribute(&self, number: usize) -> Option<Attribute<'_, 's>> {
        self.attributes.get(number).map(|data| Attribute { tree: self, data })
    }

    /// Whether there is a `$` in the text.
    pub(crate) const fn has_dollar(&self) -> bool {
        self.has_dollar
    }

    /// Number of elements.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no element.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The URI of a namespace.
    pub(super) fn uri(&self, id: NamespaceId) -> &str {
        self.namespaces.get(id.index()).map_or("", Cow::as_ref)
    }

    /// The declarations that stand on an element.
    fn declarations_of(&self, id: NodeId) -> &[Declaration] {
        let from = self.declarations.partition_point(|d| d.node < id.0);
        let rest = self.declarations.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|d| d.node == id.0).count();
        rest.get(..count).unwrap_or_default()
    }
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree")
            .field("elements", &self.nodes.len())
            .field("attributes", &self.attributes.len())
            .field("namespaces", &self.namespaces)
            .finish_non_exhaustive()
    }
}

/// An element of a [`Tree`].
///
/// It is a handle: cheap to copy, and what it gives out lives as long as the tree (`'t`) or the text (`'s`).
#[derive(Clone, Copy)]
pub struct Node<'t, 's> {
    tree: &'t Tree<'s>,
    data: &'t NodeData,
    id: NodeId,
}

impl<'t, 's> Node<'t, 's> {
    /// Its id.
    #[must_use]
    pub const fn id(self) -> NodeId {
        self.id
    }

    /// The tree it is in.
    #[must_use]
    pub const fn tree(self) -> &'t Tree<'s> {
        self.tree
    }

    /// The name as written, `ovf:Envelope`.
    #[must_use]
    pub fn name(self) -> &'s str {
        self.data.name.full(self.tree.text, self.name_start())
    }

    /// The name without its prefix, `Envelope`. A name whose prefix is not bound is all local.
    #[must_use]
    pub fn local(self) -> &'s str {
        self.data.name.local(self.tree.text, self.name_start())
    }

    /// Whether its name without the prefix is this. Quicker than comparing [`local`](Self::local).
    #[must_use]
    pub fn is_local(self, local: &str) -> bool {
        self.data.name.local_may_have(local.len()) && self.local() == local
    }

    /// The prefix, `ovf`; empty when there is none.
    #[must_use]
    pub fn prefix(self) -> &'s str {
        self.data.name.prefix(self.tree.text, self.name_start())
    }

    /// The URI of its namespace; empty when it is in none.
    #[must_use]
    pub fn namespace(self) -> &'t str {
        self.tree.uri(self.data.namespace)
    }

    /// Its namespace.
    #[must_use]
    pub const fn namespace_id(self) -> NamespaceId {
        self.data.namespace
    }

    /// Whether it has this expanded name.
    #[must_use]
    pub fn is(self, namespace: &str, local: &str) -> bool {
        self.is_local(local) && self.namespace() == namespace
    }

    /// From the `<` of the start tag to the `>` of the end tag. An element that is not closed ends
    /// where reading it ended.
    #[must_use]
    pub const fn span(self) -> Span {
        Span::new(self.data.start, self.data.end)
    }

    /// The start tag, `<` and `>` among it.
    #[must_use]
    pub const fn start_tag(self) -> Span {
        Span::new(self.data.start, self.data.tag_end)
    }

    /// The name in the start tag.
    #[must_use]
    pub fn name_span(self) -> Span {
        self.data.name_span(self.tree.text)
    }

    /// What stands between start tag and end tag.
    #[must_use]
    pub fn content(self) -> Span {
        let NodeData { tag_end, end, name, .. } = *self.data;
        if name.has(UNCLOSED) || tag_end == end {
            return Span::new(tag_end, end);
        }
        if name.has(PLAIN) {
            // The end tag is the name between `</` and `>`.
            return Span::new(tag_end, end.saturating_sub(u32::from(name.kept_len()) + 3));
        }
        // An end tag contains no other `<`.
        let inside =
            self.tree.text.as_bytes().get(Span::new(tag_end, end).range()).unwrap_or_default();
        let len =
            memchr::memrchr(b'<', inside).and_then(|len| u32::try_from(len).ok()).unwrap_or(0);
        Span::new(tag_end, tag_end.saturating_add(len))
    }

    /// The element around it.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.tree.node(NodeId(self.data.parent))
    }

    /// Where the name begins.
    const fn name_start(self) -> u32 {
        self.data.start.saturating_add(1)
    }

    /// The name without its prefix, as bytes.
    #[inline]
    pub(crate) fn local_bytes(self) -> &'s [u8] {
        self.data.name.local_bytes(self.tree.text, self.name_start())
    }

    pub(super) const fn parent_id(self) -> NodeId {
        NodeId(self.data.parent)
    }

    /// The element itself and those around it, outwards.
    pub(super) fn chain(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |node| node.parent())
    }

    /// The elements directly inside, in order.
    pub fn children(self) -> impl Iterator<Item = Self> + Clone {
        let first = self.tree.node(NodeId(self.id.0.saturating_add(1)));
        let inside = move |node: &Self| node.id.0 < self.data.next;
        std::iter::successors(first.filter(inside), move |node| {
            self.tree.node(NodeId(node.data.next)).filter(inside)
        })
    }

    /// Elements and character data directly inside, in order.
    ///
    /// Character data comes in the pieces it is written in: comments, processing instructions, CDATA
    /// sections and elements divide it. Pieces of nothing but white space are among them.
    pub fn contents(self) -> impl Iterator<Item = Content<'t, 's>> + Clone {
        content::Contents::new(self)
    }

    /// All character data directly inside, not that of elements inside.
    ///
    /// References are resolved, unknown ones left as they are written; CDATA sections are taken
    /// literally; line ends are LF (XML 1.0 2.11).
    #[must_use]
    pub fn text(self) -> Cow<'s, str> {
        content::text(self)
    }

    /// From the first to the last character of [`text`](Self::text) that is not white space; empty,
    /// at the start of the content, when there is none.
    #[must_use]
    pub fn text_span(self) -> Span {
        content::text_span(self)
    }

    /// Its attributes in order; declarations of namespaces are not among them.
    pub fn attributes(self) -> impl ExactSizeIterator<Item = Attribute<'t, 's>> + Clone {
        let tree = self.tree;
        let own = tree.attributes.get(self.attribute_numbers()).unwrap_or_default();
        own.iter().map(move |data| Attribute { tree, data })
    }

    /// The numbers of its attributes in document order.
    pub(crate) fn attribute_numbers(self) -> Range<usize> {
        let from = self.data.attributes as usize;
        let next = self.tree.nodes.get((self.id.0 as usize).saturating_add(1));
        from..next.map_or(self.tree.attributes.len(), |next| next.attributes as usize)
    }

    /// The attribute of an expanded name: an attribute without prefix is in no namespace.
    #[must_use]
    pub fn attribute(self, namespace: &str, local: &str) -> Option<Attribute<'t, 's>> {
        self.attributes().find(|a| a.is_local(local) && a.namespace() == namespace)
    }

    /// The namespaces declared on this element: the prefix (empty for the default namespace), the
    /// URI, and where the declaration stands.
    pub fn declarations(self) -> impl Iterator<Item = (&'s str, &'t str, Span)> + Clone {
        let tree = self.tree;
        let own = if self.data.name.has(DECLARES) { tree.declarations_of(self.id) } else { &[] };
        own.iter()
            .map(move |d| (d.prefix(tree.text), tree.uri(d.namespace), Span::new(d.start, d.end)))
    }

    /// The prefixes that are bound here and their URIs, those declared nearest first. The prefix is
    /// empty for the default namespace, when there is one; `xml`, which is always bound, is left out.
    #[must_use]
    pub fn in_scope(self) -> Vec<(&'s str, &'t str)> {
        let mut seen = std::collections::HashSet::new();
        let mut bound = Vec::new();
        for (prefix, uri, _) in self.chain().flat_map(Self::declarations) {
            if prefix != "xml" && seen.insert(prefix) && !uri.is_empty() {
                bound.push((prefix, uri));
            }
        }
        bound
    }

    /// The URI a prefix is bound to here, `None` when it is not bound.
    ///
    /// The empty prefix stands for the default namespace, which is empty when there is none.
    #[must_use]
    pub fn resolve_prefix(self, prefix: &str) -> Option<&'t str> {
        match prefix {
            "xml" => return Some(namespace::XML),
            "xmlns" => return Some(namespace::XMLNS),
            _ => {}
        }
        let declared = self.chain().flat_map(Self::declarations).find(|&(name, ..)| name == prefix);
        match declared {
            Some((_, uri, _)) => Some(uri),
            None => prefix.is_empty().then_some(""),
        }
    }

    /// Whether it has one run of character data between its tags and nothing else, no reference in it.
    pub(crate) const fn is_plain(self) -> bool {
        self.data.name.has(PLAIN)
    }

    /// Whether there may be character data directly inside that is not white space.
    pub(crate) const fn may_hold_text(self) -> bool {
        self.data.name.has(PLAIN | TEXT)
    }

    /// The element that follows in document order, inside or not.
    pub(super) const fn next_id(self) -> NodeId {
        NodeId(self.data.next)
    }
}

impl PartialEq for Node<'_, '_> {
    /// Whether both are the same element of the same tree.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl Eq for Node<'_, '_> {}

impl fmt::Debug for Node<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}> at {}..{}", self.name(), self.data.start, self.data.end)
    }
}

/// What can stand in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'t, 's> {
    /// An element.
    Element(Node<'t, 's>),
    /// A piece of character data, references resolved and line ends normalised.
    Text(Cow<'s, str>),
}
