//! A stretch of the section tree.
//!
//! Rules about one node, section, Item or property at a time go through a long descriptor stretch by
//! stretch, all of them through the first before any is at the second. What they look at stays in the
//! nearest caches then, which makes them twice as fast on descriptors of some megabytes.

use std::ops::{Deref, Range};

use super::element::Element;
use super::envelope::{Envelope, NotableAttribute};
use super::grammar::Walk;
use super::guest::{Install, OperatingSystem};
use super::hardware::Hardware;
use super::ost::OstNode;
use super::product::{Product, Property};
use super::section::{OstSection, SectionKind};
use super::signs::Signs;
use super::vmw::ConfigEntry;
use crate::xml::NodeId;

/// Elements that are looked at in advance: some 300 KB of text, and half as much of what was made of it.
const LONGEST_FETCHED: usize = 4096;

/// See the module. What is not asked of the stretch is asked of the descriptor it is of.
#[derive(Clone, Debug)]
pub(crate) struct Scope<'e, 's> {
    envelope: &'e Envelope<'s>,
    nodes: Range<usize>,
    parts: Range<u32>,
    properties: Range<usize>,
    hardware: Range<usize>,
    /// The elements from its first node to the first that follows it, by number: all elements are in that of
    /// one stretch. Parts of a node behind the nodes in it are in that of a later one.
    elements: Range<usize>,
}

/// What of a descriptor a stretch was.
#[derive(Clone, Debug)]
pub(crate) struct Stretch {
    /// The node behind its last.
    pub(crate) end: usize,
    hardware: Range<usize>,
}

impl Envelope<'_> {
    /// Forgets what was worked out for a stretch, when that is much for all of them.
    pub(crate) fn forget(&mut self, stretch: &Stretch) {
        self.forget_hardware(stretch.hardware.clone());
    }
}

impl Signs {
    /// The signs of the Files and Disks of a descriptor, which no stretch has.
    pub(crate) fn of_references(envelope: &Envelope<'_>) -> Self {
        let files = envelope.files().map(Self::of_file);
        let disks = envelope.disks().map(Self::of_disk);
        files.chain(disks).fold(Self::NONE, Self::and)
    }
}

impl<'s> Deref for Scope<'_, 's> {
    type Target = Envelope<'s>;

    fn deref(&self) -> &Envelope<'s> {
        self.envelope
    }
}

impl<'e, 's> Scope<'e, 's> {
    /// All of a descriptor.
    pub(crate) fn whole(envelope: &'e Envelope<'s>) -> Self {
        Self::of(envelope, 0..envelope.ost_nodes().len())
    }

    /// The stretch that begins at a node, and goes on until its nodes have `parts` child elements, or one node more.
    /// None behind the last node.
    pub(crate) fn starting_at(
        envelope: &'e Envelope<'s>,
        start: usize,
        parts: usize,
    ) -> Option<Self> {
        let nodes = envelope.ost_nodes().len();
        if start >= nodes {
            return None;
        }
        let mut end: usize = start;
        let mut size = 0_usize;
        while end < nodes && size < parts {
            size = size.saturating_add(envelope.part_places(end).len());
            end = end.saturating_add(1);
        }
        Some(Self::of(envelope, start..end.max(start.saturating_add(1))))
    }

    /// What of the descriptor it is.
    pub(crate) fn stretch(&self) -> Stretch {
        Stretch { end: self.nodes.end, hardware: self.hardware.clone() }
    }

    fn of(envelope: &'e Envelope<'s>, nodes: Range<usize>) -> Self {
        let part = |node: usize| {
            let at = envelope.part_places(node).start;
            let at = if node < envelope.ost_nodes().len() { at } else { envelope.parts().len() };
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        let parts = part(nodes.start)..part(nodes.end);
        let lists = envelope.lists();
        let property =
            |node: usize| lists.properties.partition_point(|data| (data.node as usize) < node);
        let hardware = |part: u32| lists.hardware.partition_point(|&at| at < part);
        let element = |node: usize| match node {
            0 => 0,
            node if node < envelope.ost_nodes().len() => {
                envelope.node_element(node).node().id().index()
            }
            _ => usize::MAX,
        };
        Self {
            envelope,
            properties: property(nodes.start)..property(nodes.end),
            hardware: hardware(parts.start)..hardware(parts.end),
            elements: element(nodes.start)..element(nodes.end),
            nodes,
            parts,
        }
    }

    /// What there is that rules may have something to say about. A walk is taken through all stretches in turn.
    pub(crate) fn signs(&self, walk: &mut Walk) -> Signs {
        self.fetch();
        let keeps =
            walk.keeps_to_schema_until(self.envelope, self.elements.end) && self.is_in_one_piece();
        let properties = self.properties().map(|(_, property)| Signs::of_property(property));
        let hardware = self.hardware().map(|hardware| hardware.variants().signs());
        properties.chain(hardware).fold(Signs::ANY | Signs::DEPARTURE.when(!keeps), Signs::and)
    }

    /// Has the stretch at hand, unless it is all of a descriptor, which reading has left there, or so long that its
    /// beginning would be gone again.
    fn fetch(&self) {
        if self.elements.len() <= LONGEST_FETCHED {
            self.envelope.tree().fetch(self.elements.clone());
        }
    }

    /// Whether no node has a part behind the last node of the stretch.
    fn is_in_one_piece(&self) -> bool {
        let envelope = self.envelope;
        let mut nodes = self.nodes.clone().map(|node| envelope.node_element(node));
        nodes.all(|element| element.node().end_number() <= self.elements.end)
    }

    /// As [`Envelope::notable_attributes`]: those of the elements of the stretch.
    pub(super) fn notable_attributes(&self) -> impl Iterator<Item = NotableAttribute<'e, 's>> {
        let list = &self.envelope.census().notable;
        self.envelope.notable(within(list, &self.elements, |notable| notable.element))
    }

    /// Those of its elements that are called `HostResource`, in whatever namespace.
    pub(super) fn host_resources(&self) -> impl Iterator<Item = Element<'e, 's>> {
        let list = &self.envelope.census().host_resources;
        self.envelope.elements(within(list, &self.elements, |&id| id))
    }

    /// Those of its elements that are called `Connection`, in whatever namespace.
    pub(super) fn connections(&self) -> impl Iterator<Item = Element<'e, 's>> {
        let list = &self.envelope.census().connections;
        self.envelope.elements(within(list, &self.elements, |&id| id))
    }

    /// The nodes in document order.
    pub(crate) fn ost_nodes(&self) -> impl Iterator<Item = OstNode<'e, 's>> + use<'e, 's> {
        let envelope = self.envelope;
        self.nodes.clone().map(|index| OstNode::new(envelope, index))
    }

    /// As [`Envelope::sections`].
    pub(crate) fn sections(
        &self,
        kind: SectionKind,
    ) -> impl Iterator<Item = (OstNode<'e, 's>, OstSection<'e, 's>)> + use<'e, 's> {
        let envelope = self.envelope;
        let all = envelope.lists().sections(kind);
        let first = all.partition_point(|&place| place < self.parts.start);
        let end = all.partition_point(|&place| place < self.parts.end);
        let own = all.get(first..end).unwrap_or_default();
        own.iter()
            .filter_map(|&place| envelope.section_at(place))
            .filter(move |(_, section)| section.kind() == kind)
    }

    /// As [`Envelope::products`].
    pub(crate) fn products(
        &self,
    ) -> impl Iterator<Item = (OstNode<'e, 's>, Product<'e, 's>)> + use<'e, 's> {
        self.sections(SectionKind::Product)
            .map(|(node, section)| (node, Product::new(section.element())))
    }

    /// As [`Envelope::properties`].
    pub(crate) fn properties(
        &self,
    ) -> impl Iterator<Item = (OstNode<'e, 's>, Property<'e, 's>)> + use<'e, 's> {
        let envelope = self.envelope;
        let all = &envelope.lists().properties;
        let own = all.get(self.properties.clone()).unwrap_or_default();
        own.iter().filter_map(|data| {
            Some((OstNode::new(envelope, data.node as usize), data.property(envelope)?))
        })
    }

    /// As [`Envelope::hardware`].
    pub(crate) fn hardware(&self) -> impl Iterator<Item = Hardware<'e, 's>> + use<'e, 's> {
        let envelope = self.envelope;
        self.hardware.clone().filter_map(|place| envelope.hardware_at(place))
    }

    /// As [`Envelope::config_entries`].
    pub(crate) fn config_entries(&self) -> impl Iterator<Item = ConfigEntry<'e, 's>> + use<'e, 's> {
        let all = &self.envelope.lists().vmware_settings;
        let first = all.partition_point(|setting| setting.place < self.parts.start);
        let end = all.partition_point(|setting| setting.place < self.parts.end);
        self.envelope.config_entries_of(all.get(first..end).unwrap_or_default())
    }

    /// As [`Envelope::operating_systems`].
    pub(crate) fn operating_systems(
        &self,
    ) -> impl Iterator<Item = OperatingSystem<'e, 's>> + use<'e, 's> {
        self.sections(SectionKind::OperatingSystem)
            .map(|(_, section)| OperatingSystem::new(section.element()))
    }

    /// As [`Envelope::installs`].
    pub(crate) fn installs(&self) -> impl Iterator<Item = Install<'e, 's>> + use<'e, 's> {
        self.sections(SectionKind::Install).map(|(_, section)| Install::new(section.element()))
    }
}

/// What in a list, in document order, is of some elements.
fn within<'l, T>(list: &'l [T], elements: &Range<usize>, of: fn(&T) -> NodeId) -> &'l [T] {
    let start = list.partition_point(|one| of(one).index() < elements.start);
    let end = list.partition_point(|one| of(one).index() < elements.end);
    list.get(start..end).unwrap_or_default()
}
