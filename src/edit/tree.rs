//! The section tree in owned form, to be changed and put back.

mod put_back;

use std::collections::{BTreeSet, HashMap};

use super::document::EditError;
use super::fragment::{Fragment, FragmentError};
use crate::diagnostic::quoted;
use crate::model::{Envelope, OstNodeType, SectionKind};
use crate::namespace::OVF_1;

/// The section tree of a descriptor, vSphere's `OvfConsumerOstNode`, in owned form.
///
/// ```
/// use ovf::edit::SectionTree;
/// use ovf::model::OstNodeType;
///
/// let mut tree = SectionTree::new();
/// let vm = tree.add_node(tree.root().key(), OstNodeType::VirtualSystem, "vm")?;
/// tree.add_section(vm, r#"<AnnotationSection xmlns="http://schemas.dmtf.org/ovf/envelope/1"><Info/></AnnotationSection>"#)?;
/// assert_eq!(tree.find("vm").unwrap().sections().len(), 1);
/// # Ok::<(), ovf::edit::TreeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionTree {
    /// In document order as far as nodes were not added later; the first is the envelope.
    nodes: Vec<NodeData>,
    /// Types of sections that are known beside the standard's and the vendors'.
    declared: BTreeSet<(String, String)>,
}

/// Names a node of the [`SectionTree`] it was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeKey(usize);

#[derive(Clone, Debug, PartialEq, Eq)]
struct NodeData {
    id: String,
    node_type: OstNodeType,
    parent: Option<NodeKey>,
    children: Vec<NodeKey>,
    sections: Vec<TreeSection>,
}

/// A section of a [`SectionTree`]: vSphere's `OvfConsumerOvfSection`.
#[derive(Clone, PartialEq, Eq)]
pub struct TreeSection {
    xml: String,
    line: u32,
}

impl std::fmt::Debug for TreeSection {
    /// A section may hold passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "section of {} bytes from line {}", self.xml.len(), self.line)
    }
}

impl TreeSection {
    /// The section as a document of its own.
    #[must_use]
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// The one-based line of the descriptor it began on; 0 when it comes from none.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }
}

/// Why a tree cannot be changed or put back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// The key is of another tree.
    #[error("there is no such node in the tree")]
    UnknownNode,
    /// The node has no section of that number.
    #[error("the node {} has no section {index}", quoted(path))]
    UnknownSection {
        /// The ids from below the envelope down to the node.
        path: String,
        /// Its number, from 0.
        index: usize,
    },
    /// A virtual system has no members, an envelope has one, and it is in nothing (DSP0243 7.2).
    #[error("{} cannot be added to the node {}", quoted(id), quoted(path))]
    MisplacedNode {
        /// The id of the node to add.
        id: String,
        /// The ids from below the envelope down to the node it was to be in.
        path: String,
    },
    /// Siblings have different ids (DSP0243 7.2).
    #[error("the node {} has a member {} already", quoted(path), quoted(id))]
    DuplicateId {
        /// The id.
        id: String,
        /// The ids from below the envelope down to the node both are in.
        path: String,
    },
    /// A node is in the tree and not in the descriptor, or the other way round.
    #[error("the tree and the descriptor do not both have the node {}", quoted(path))]
    NodesDiffer {
        /// The ids from below the envelope down to the node.
        path: String,
    },
    /// A section cannot be on its node.
    #[error("on the node {}: {error}", quoted(path))]
    Fragment {
        /// The ids from below the envelope down to the node; empty for the envelope.
        path: String,
        /// Why.
        error: FragmentError,
    },
}

impl From<TreeError> for EditError {
    fn from(error: TreeError) -> Self {
        Self::Tree(Box::new(error))
    }
}

impl Default for SectionTree {
    fn default() -> Self {
        Self::new()
    }
}

impl SectionTree {
    /// A tree of an envelope alone.
    #[must_use]
    pub fn new() -> Self {
        let root = NodeData {
            id: String::new(),
            node_type: OstNodeType::Envelope,
            parent: None,
            children: Vec::new(),
            sections: Vec::new(),
        };
        Self { nodes: vec![root], declared: BTreeSet::new() }
    }

    /// The tree of a descriptor.
    #[must_use]
    pub fn of(envelope: &Envelope<'_>) -> Self {
        let mut tree = Self::new();
        let mut keys = HashMap::new();
        for node in envelope.ost_nodes() {
            let parent = node.parent().map(|parent| parent.element().node().id());
            let key = match parent.and_then(|parent| keys.get(&parent)) {
                Some(&parent) => tree.push_node(parent, node.node_type(), node.id().into()),
                None => tree.root().key(),
            };
            keys.insert(node.element().node().id(), key);
            for section in node.sections() {
                tree.push_section(key, section.xml(), section.line());
            }
        }
        tree
    }

    /// Makes a type of section known, as a consumer of the tree does that is going to add such.
    pub fn declare(&mut self, namespace: impl Into<String>, name: impl Into<String>) {
        self.declared.insert((namespace.into(), name.into()));
    }

    /// The envelope.
    #[must_use]
    pub const fn root(&self) -> TreeNode<'_> {
        TreeNode { tree: self, key: NodeKey(0) }
    }

    /// The node of a key; `None` when the key is of another tree that is larger.
    #[must_use]
    pub fn node(&self, key: NodeKey) -> Option<TreeNode<'_>> {
        self.nodes.get(key.0).map(|_| TreeNode { tree: self, key })
    }

    /// The node of a path: the ids from below the envelope down to it, with `/` between them. The empty
    /// path is the envelope.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<TreeNode<'_>> {
        (0..self.nodes.len())
            .map(|index| TreeNode { tree: self, key: NodeKey(index) })
            .find(|node| node.path() == path)
    }

    /// Adds a node behind the members of another.
    ///
    /// # Errors
    ///
    /// [`TreeError::UnknownNode`], [`TreeError::MisplacedNode`], [`TreeError::DuplicateId`].
    pub fn add_node(
        &mut self,
        parent: NodeKey,
        node_type: OstNodeType,
        id: impl Into<String>,
    ) -> Result<NodeKey, TreeError> {
        let id = id.into();
        let node = self.node(parent).ok_or(TreeError::UnknownNode)?;
        let room = match node.node_type() {
            OstNodeType::Envelope => node.children().next().is_none(),
            OstNodeType::VirtualSystem => false,
            OstNodeType::VirtualSystemCollection => true,
        };
        if !room || node_type == OstNodeType::Envelope {
            return Err(TreeError::MisplacedNode { id, path: node.path() });
        }
        if node.children().any(|member| member.id() == id) {
            return Err(TreeError::DuplicateId { id, path: node.path() });
        }
        Ok(self.push_node(parent, node_type, id))
    }

    /// Adds a section behind those of a node.
    ///
    /// # Errors
    ///
    /// [`TreeError::UnknownNode`], [`TreeError::Fragment`].
    pub fn add_section(&mut self, node: NodeKey, xml: &str) -> Result<(), TreeError> {
        let fragment = self.fragment(node, xml)?;
        self.push_section(node, fragment.xml().to_owned(), 0);
        Ok(())
    }

    /// Puts another section into the place of one, counted from 0.
    ///
    /// # Errors
    ///
    /// [`TreeError::UnknownNode`], [`TreeError::UnknownSection`], [`TreeError::Fragment`].
    pub fn replace_section(
        &mut self,
        node: NodeKey,
        index: usize,
        xml: &str,
    ) -> Result<(), TreeError> {
        let unknown = self.unknown_section(node, index);
        let fragment = self.fragment(node, xml)?;
        let section = self.nodes.get_mut(node.0).and_then(|node| node.sections.get_mut(index));
        section.ok_or(unknown)?.xml = fragment.xml().to_owned();
        Ok(())
    }

    /// Takes a section away, counted from 0.
    ///
    /// # Errors
    ///
    /// [`TreeError::UnknownNode`], [`TreeError::UnknownSection`].
    pub fn remove_section(
        &mut self,
        node: NodeKey,
        index: usize,
    ) -> Result<TreeSection, TreeError> {
        let unknown = self.unknown_section(node, index);
        let sections = self.nodes.get_mut(node.0).map(|node| &mut node.sections);
        match sections.filter(|sections| index < sections.len()) {
            Some(sections) => Ok(sections.remove(index)),
            None => Err(unknown),
        }
    }

    /// A descriptor of OVF 1 with this tree, and nothing else: no files, and `Info` without a text.
    ///
    /// It is well-formed whatever the tree; whether it is valid depends on the sections.
    #[must_use]
    pub fn descriptor(&self) -> String {
        put_back::descriptor(self, OVF_1)
    }

    /// Adds a node without asking whether it fits.
    pub(crate) fn push_node(
        &mut self,
        parent: NodeKey,
        node_type: OstNodeType,
        id: String,
    ) -> NodeKey {
        let key = NodeKey(self.nodes.len());
        let (children, sections) = (Vec::new(), Vec::new());
        self.nodes.push(NodeData { id, node_type, parent: Some(parent), children, sections });
        if let Some(parent) = self.nodes.get_mut(parent.0) {
            parent.children.push(key);
        }
        key
    }

    /// Sets what a node is, without asking whether it fits.
    #[cfg(feature = "serde")]
    pub(crate) fn name_node(&mut self, key: NodeKey, node_type: OstNodeType, id: String) {
        if let Some(node) = self.nodes.get_mut(key.0) {
            node.node_type = node_type;
            node.id = if node.parent.is_some() { id } else { String::new() };
        }
    }

    /// Adds a section without asking whether it fits.
    pub(crate) fn push_section(&mut self, node: NodeKey, xml: String, line: u32) {
        if let Some(node) = self.nodes.get_mut(node.0) {
            node.sections.push(TreeSection { xml, line });
        }
    }

    /// A section that is to be on a node, checked.
    fn fragment(&self, node: NodeKey, xml: &str) -> Result<Fragment, TreeError> {
        let node = self.node(node).ok_or(TreeError::UnknownNode)?;
        let checked = Fragment::parse(xml).and_then(|fragment| {
            let declared = fragment.kind() == SectionKind::Custom
                && self
                    .declared
                    .contains(&(fragment.namespace().to_owned(), fragment.name().to_owned()));
            if !declared {
                fragment.check_place(node.node_type())?;
            }
            Ok(fragment)
        });
        checked.map_err(|error| TreeError::Fragment { path: node.path(), error })
    }

    fn unknown_section(&self, node: NodeKey, index: usize) -> TreeError {
        match self.node(node) {
            Some(node) => TreeError::UnknownSection { path: node.path(), index },
            None => TreeError::UnknownNode,
        }
    }
}

/// A node of a [`SectionTree`].
#[derive(Clone, Copy, Debug)]
pub struct TreeNode<'t> {
    tree: &'t SectionTree,
    key: NodeKey,
}

impl<'t> TreeNode<'t> {
    /// What names it.
    #[must_use]
    pub const fn key(self) -> NodeKey {
        self.key
    }

    /// What it is.
    #[must_use]
    pub fn node_type(self) -> OstNodeType {
        self.data().map_or(OstNodeType::Envelope, |data| data.node_type)
    }

    /// Its id; empty for the envelope.
    #[must_use]
    pub fn id(self) -> &'t str {
        self.data().map_or("", |data| &data.id)
    }

    /// The ids from below the envelope down to it, with `/` between them.
    #[must_use]
    pub fn path(self) -> String {
        let upwards = std::iter::successors(Some(self), |node| node.parent());
        let mut ids: Vec<_> = upwards.filter(|node| node.key != NodeKey(0)).map(Self::id).collect();
        ids.reverse();
        ids.join("/")
    }

    /// Its sections.
    #[must_use]
    pub fn sections(self) -> &'t [TreeSection] {
        self.data().map_or(&[], |data| &data.sections)
    }

    /// The nodes directly below.
    pub fn children(self) -> impl ExactSizeIterator<Item = Self> + use<'t> {
        let children: &[NodeKey] = self.data().map_or(&[], |data| &data.children);
        children.iter().map(move |&key| Self { key, ..self })
    }

    /// The node it is part of.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.data()?.parent.map(|key| Self { key, ..self })
    }

    fn data(self) -> Option<&'t NodeData> {
        self.tree.nodes.get(self.key.0)
    }
}
