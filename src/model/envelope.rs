//! `Envelope`: the descriptor as a whole.

use std::ops::Range;
use std::sync::OnceLock;

use super::census::{Census, Notable, Surroundings};
use super::element::Element;
use super::grammar::{Departure, Walk};
use super::hardware::HardwareIndex;
use super::index::Index;
use super::lists::{self, Lists};
use super::names::{AttributeName, ElementName};
use super::ost::{OstNode, OstNodeType};
use super::parts::{Part, PartKind};
use super::scope::Scope;
use super::section::{OstSection, SectionKind};
use super::uses::Uses;
use super::version;
use crate::namespace::{Namespace, Version};
use crate::source::Source;
use crate::xml::{Attribute, NamespaceId, Node, NodeId, Tree};

/// A descriptor (DSP0243 7).
#[derive(Debug)]
pub struct Envelope<'s> {
    source: &'s Source<'s>,
    tree: Tree<'s>,
    /// What each namespace of the tree is, by its index there.
    classes: Vec<Namespace>,
    dialect: Dialect,
    version: Version,
    /// The section tree in document order; the first is the envelope.
    nodes: Vec<NodeData>,
    /// The children of all nodes, those of one node side by side.
    parts: Vec<PartData>,
    census: Census,
    lists: Lists,
    index: Index<'s>,
    /// What machines the Items make, read when first asked for.
    hardware: OnceLock<HardwareIndex>,
    /// Where it departs from the schema, once somebody has asked.
    pub(super) departures: OnceLock<Vec<Departure>>,
    /// What is referred to, once somebody has asked.
    uses: OnceLock<Uses>,
}

/// Sections with Items up to which all are kept as they were read: they take some 100 KB then.
const HARDWARE_KEPT: usize = 64;

/// Which way of writing OVF a descriptor follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// DSP0243: elements of the DMTF's namespace.
    Standard,
    /// OVF 0.9: `Section` and `Content` with `xsi:type`, elements without a namespace. Also those shapes
    /// under the namespace of 1.x.
    Legacy,
    /// oVirt and its relatives: the shapes of 0.9 with a vocabulary of their own.
    Ovirt,
    /// The elements have no namespace, or all but the root have none: 1.x in all but that.
    Unqualified,
}

/// The dialect of an envelope in a namespace of the DMTF, by the first child that shows it.
fn shape(root: Node<'_, '_>) -> Dialect {
    root.children()
        .filter(|child| child.namespace().is_empty())
        .find_map(|child| match child.local() {
            "Section" | "Content" => Some(Dialect::Legacy),
            "VirtualSystem" | "VirtualSystemCollection" => Some(Dialect::Unqualified),
            _ => None,
        })
        .unwrap_or(Dialect::Standard)
}

/// An attribute that rules about the whole descriptor care for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotableAttribute<'e, 's> {
    pub(crate) element: Element<'e, 's>,
    pub(crate) attribute: Attribute<'e, 's>,
    pub(crate) name: AttributeName,
    /// Of the attribute.
    pub(crate) namespace: Namespace,
    pub(crate) surroundings: Surroundings,
}

/// A child of a node of the section tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartData {
    pub(super) element: NodeId,
    pub(super) kind: PartKind,
    /// The node, by its number.
    pub(super) node: u32,
}

#[derive(Debug)]
struct NodeData {
    element: NodeId,
    node_type: OstNodeType,
    parent: Option<usize>,
    /// Index one past the last node below.
    end: usize,
    parts: Range<usize>,
}

impl<'s> Envelope<'s> {
    /// Reads the section tree. `None` when the root is no `Envelope` of a namespace that says how to
    /// read it; a rule says so from the tree.
    pub(crate) fn read(source: &'s Source<'s>, tree: Tree<'s>) -> Result<Self, Tree<'s>> {
        let classes: Vec<Namespace> =
            tree.namespaces().map(|(_, uri)| Namespace::of(uri)).collect();
        let Some(root) = tree.root() else { return Err(tree) };
        let class = classes.get(root.namespace_id().index()).copied().unwrap_or(Namespace::Other);
        let dialect = match class {
            _ if root.local() != "Envelope" => return Err(tree),
            Namespace::Ovf1 | Namespace::Ovf2 => shape(root),
            Namespace::Ovf09 => Dialect::Legacy,
            Namespace::Ovirt => Dialect::Ovirt,
            Namespace::None => Dialect::Unqualified,
            _ => return Err(tree),
        };
        let root = root.id();
        let census = Census::of(&tree, &classes, dialect);
        let mut envelope = Self {
            source,
            tree,
            classes,
            dialect,
            version: Version::V1_0,
            nodes: Vec::new(),
            parts: Vec::new(),
            census,
            lists: Lists::default(),
            index: Index::default(),
            hardware: OnceLock::new(),
            departures: OnceLock::new(),
            uses: OnceLock::new(),
        };
        envelope.read_nodes(root);
        envelope.lists.vmware_settings = lists::vmware_settings(&envelope);
        envelope.version = version::detect(&envelope, class);
        Ok(envelope)
    }

    fn read_nodes(&mut self, root: NodeId) {
        let mut open = vec![(root, OstNodeType::Envelope, None)];
        while let Some((id, node_type, parent)) = open.pop() {
            let index = self.nodes.len();
            let first_part = self.parts.len();
            let mut nested = Vec::new();
            let mut parts = std::mem::take(&mut self.parts);
            let mut lists = std::mem::take(&mut self.lists);
            if let Some(node) = self.tree.node(id) {
                for child in node.children() {
                    let element = Element::new(self, child);
                    let kind = PartKind::of(element);
                    let node = u32::try_from(index).unwrap_or(u32::MAX);
                    let place = u32::try_from(parts.len()).unwrap_or(u32::MAX);
                    parts.push(PartData { element: child.id(), kind, node });
                    // At once, while the part is at hand.
                    lists.add(kind, node, place, element);
                    if let PartKind::Content(node_type) = kind {
                        nested.push((child.id(), node_type, Some(index)));
                    }
                }
            }
            self.parts = parts;
            self.lists = lists;
            let parts = first_part..self.parts.len();
            self.nodes.push(NodeData { element: id, node_type, parent, end: 0, parts });
            open.extend(nested.into_iter().rev());
        }
        // A node ends where the last node below it ends; those come later in the list.
        let mut ends: Vec<usize> = (1..=self.nodes.len()).collect();
        for index in (0..self.nodes.len()).rev() {
            let end = ends.get(index).copied().unwrap_or(index);
            if let Some(node) = self.nodes.get_mut(index) {
                node.end = end;
                if let Some(slot) = node.parent.and_then(|parent| ends.get_mut(parent)) {
                    *slot = end.max(*slot);
                }
            }
        }
    }

    /// The text it was read from.
    #[must_use]
    pub const fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// The XML tree.
    #[must_use]
    pub const fn tree(&self) -> &Tree<'s> {
        &self.tree
    }

    /// The version of OVF it is written in.
    ///
    /// The namespace tells 0.9, 1.x and 2.x apart. 1.0 and 1.1 share one, so 1.1 is told by what 1.1
    /// added: `Property@password`, an id on `VirtualHardwareSection`, external `Strings`,
    /// `VirtualQuantityUnits`; or by the schema location or the `version` attribute.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// Which way of writing OVF it follows.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The root of the section tree.
    #[must_use]
    pub const fn ost(&self) -> OstNode<'_, 's> {
        OstNode::new(self, 0)
    }

    /// The root element.
    #[must_use]
    pub fn root(&self) -> Element<'_, 's> {
        self.node_element(0)
    }

    /// All nodes of the section tree in document order, the envelope first.
    pub fn ost_nodes(&self) -> impl ExactSizeIterator<Item = OstNode<'_, 's>> {
        (0..self.nodes.len()).map(|index| OstNode::new(self, index))
    }

    /// All sections of a kind, wherever they stand, with the node they stand on.
    pub fn sections(
        &self,
        kind: SectionKind,
    ) -> impl Iterator<Item = (OstNode<'_, 's>, OstSection<'_, 's>)> {
        self.lists
            .sections(kind)
            .iter()
            .filter_map(|&place| self.section_at(place))
            .filter(move |(_, section)| section.kind() == kind)
    }

    /// The sections of all vendors that are known, with their nodes.
    pub(super) fn vendors_sections(
        &self,
    ) -> impl Iterator<Item = (OstNode<'_, 's>, OstSection<'_, 's>)> {
        let places = self.lists.vendors_sections();
        places.iter().filter_map(|&place| self.section_at(place))
    }

    /// The section at a place in the list of parts, with its node.
    pub(super) fn section_at(&self, place: u32) -> Option<(OstNode<'_, 's>, OstSection<'_, 's>)> {
        let part = self.part_at(place)?;
        let PartKind::Section(kind) = part.kind else { return None };
        let section = OstSection::new(self.element(part.element)?, kind);
        Some((OstNode::new(self, part.node as usize), section))
    }

    /// The element of a handle.
    pub(crate) fn element(&self, id: NodeId) -> Option<Element<'_, 's>> {
        self.tree.node(id).map(|node| Element::new(self, node))
    }

    pub(super) const fn census(&self) -> &Census {
        &self.census
    }

    /// What is referred to in it.
    ///
    /// Found when first asked for.
    pub(crate) fn uses(&self) -> &Uses {
        self.uses.get_or_init(|| {
            let mut uses = Uses::none(self);
            uses.gather(&Scope::whole(self));
            uses
        })
    }

    /// Keeps what was found out by who went through all of it, stretch by stretch.
    pub(crate) fn keep(&self, walk: Walk, uses: Uses) {
        // What is there already says the same.
        let _same = (self.departures.set(walk.finish(self)), self.uses.set(uses));
    }

    pub(super) const fn lists(&self) -> &Lists {
        &self.lists
    }

    pub(super) fn parts(&self) -> &[PartData] {
        &self.parts
    }

    pub(super) fn part_at(&self, place: u32) -> Option<&PartData> {
        self.parts.get(place as usize)
    }

    /// Where the parts of a node are in the list of parts.
    pub(super) fn part_places(&self, index: usize) -> Range<usize> {
        self.nodes.get(index).map_or(0..0, |node| node.parts.clone())
    }

    /// The attributes that rules about the whole descriptor care for, in document order.
    pub(crate) fn notable_attributes(&self) -> impl Iterator<Item = NotableAttribute<'_, 's>> {
        self.notable(&self.census.notable)
    }

    pub(super) fn notable<'e>(
        &'e self,
        list: &'e [Notable],
    ) -> impl Iterator<Item = NotableAttribute<'e, 's>> {
        list.iter().filter_map(|notable| {
            Some(NotableAttribute {
                element: self.element(notable.element)?,
                attribute: self.tree.attribute(notable.attribute as usize)?,
                namespace: notable.namespace,
                name: notable.name,
                surroundings: notable.setting,
            })
        })
    }

    /// Whether there may be a `$` in the value of some attribute, as it is meant.
    pub(crate) const fn values_may_hold_dollars(&self) -> bool {
        self.census.has_dollars
    }

    /// Whether no element has an attribute of a name, in whatever namespace.
    pub(crate) const fn has_no(&self, name: AttributeName) -> bool {
        self.census.all & name.bit() == 0
    }

    /// Whether no element has a name, in whatever namespace.
    pub(crate) fn has_no_element(&self, name: ElementName) -> bool {
        !self.census.has(name)
    }

    /// VMware's `Config`, `ExtraConfig`, `CoresPerSocket` and `StorageGroup`, wherever they stand.
    pub(crate) fn vmware_settings(&self) -> impl Iterator<Item = Element<'_, 's>> {
        self.elements(&self.census.vmware_settings)
    }

    /// The elements of a list.
    pub(super) fn elements<'e>(
        &'e self,
        ids: &'e [NodeId],
    ) -> impl Iterator<Item = Element<'e, 's>> + Clone {
        ids.iter().filter_map(|&id| self.element(id))
    }

    pub(super) const fn index(&self) -> &Index<'s> {
        &self.index
    }

    /// Forgets what the Items of some sections make, by their places among such sections, when there are many of
    /// them: what is made of all takes a fifth of what the text does. It is read again when it is asked for.
    pub(super) fn forget_hardware(&mut self, sections: Range<usize>) {
        if self.lists.hardware.len() > HARDWARE_KEPT
            && let Some(hardware) = self.hardware.get_mut()
        {
            hardware.forget(sections);
        }
    }

    pub(super) fn hardware_index(&self) -> &HardwareIndex {
        self.hardware.get_or_init(|| HardwareIndex::new(self))
    }

    /// Whether something may be in a namespace of OVF other than the envelope's own.
    pub(crate) fn may_mix_namespaces(&self) -> bool {
        let own = self.root().node().namespace_id().index();
        self.classes.iter().enumerate().any(|(at, class)| at != own && class.is_ovf())
    }

    /// What a namespace of the tree is.
    pub(super) fn class(&self, id: NamespaceId) -> Namespace {
        self.classes.get(id.index()).copied().unwrap_or(Namespace::Other)
    }

    pub(super) fn node_type(&self, index: usize) -> OstNodeType {
        self.nodes.get(index).map_or(OstNodeType::Envelope, |node| node.node_type)
    }

    pub(super) fn node_parent(&self, index: usize) -> Option<usize> {
        self.nodes.get(index)?.parent
    }

    #[allow(clippy::unreachable, reason = "`read` makes an envelope only of a tree with a root")]
    pub(super) fn node_element(&self, index: usize) -> Element<'_, 's> {
        let id = self.nodes.get(index).map(|node| node.element);
        let node = id.and_then(|id| self.tree.node(id)).or_else(|| self.tree.root());
        Element::new(self, node.unwrap_or_else(|| unreachable!("an envelope has a root element")))
    }

    pub(super) fn node_parts(&self, index: usize) -> impl Iterator<Item = Part<'_, 's>> + Clone {
        self.parts.get(self.part_places(index)).unwrap_or_default().iter().filter_map(move |part| {
            let node = self.tree.node(part.element)?;
            Some(Part { element: Element::new(self, node), kind: part.kind })
        })
    }

    /// What the parts of a node are.
    pub(super) fn node_kinds(&self, index: usize) -> impl Iterator<Item = PartKind> {
        let parts = self.parts.get(self.part_places(index)).unwrap_or_default();
        parts.iter().map(|part| part.kind)
    }

    /// Index one past the last node below.
    pub(super) fn node_end(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(0, |node| node.end)
    }

    pub(super) fn node_children(&self, index: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes.get(index).map_or(0, |node| node.end);
        std::iter::successors(index.checked_add(1), |&at| Some(self.nodes.get(at)?.end))
            .take_while(move |&at| at < end)
    }
}
