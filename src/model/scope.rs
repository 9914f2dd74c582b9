//! A stretch of the section tree.
//!
//! Rules about one node, section, Item or property at a time go through a long descriptor stretch by
//! stretch, all of them through the first before any is at the second. What they look at stays in the
//! nearest caches then, which makes them twice as fast on descriptors of some megabytes.

use std::ops::{Deref, Range};

use super::envelope::Envelope;
use super::guest::{Install, OperatingSystem};
use super::hardware::Hardware;
use super::ost::OstNode;
use super::product::{Product, Property};
use super::section::{OstSection, SectionKind};
use super::signs::Signs;

/// See the module. What is not asked of the stretch is asked of the descriptor it is of.
#[derive(Clone, Debug)]
pub(crate) struct Scope<'e, 's> {
    envelope: &'e Envelope<'s>,
    nodes: Range<usize>,
    parts: Range<u32>,
    properties: Range<usize>,
    hardware: Range<usize>,
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

    /// A descriptor cut into stretches of nodes with `parts` child elements each, or one node more.
    pub(crate) fn stretches(
        envelope: &'e Envelope<'s>,
        parts: usize,
    ) -> impl Iterator<Item = Self> + use<'e, 's> {
        let nodes = envelope.ost_nodes().len();
        let mut start = 0;
        std::iter::from_fn(move || {
            if start >= nodes {
                return None;
            }
            let mut end: usize = start;
            let mut size = 0_usize;
            while end < nodes && size < parts {
                size = size.saturating_add(envelope.part_places(end).len());
                end = end.saturating_add(1);
            }
            let end = end.max(start.saturating_add(1));
            let scope = Self::of(envelope, start..end);
            start = end;
            Some(scope)
        })
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
        Self {
            envelope,
            properties: property(nodes.start)..property(nodes.end),
            hardware: hardware(parts.start)..hardware(parts.end),
            nodes,
            parts,
        }
    }

    /// What there is that rules may have something to say about.
    pub(crate) fn signs(&self) -> Signs {
        let properties = self.properties().map(|(_, property)| Signs::of_property(property));
        let hardware = self.hardware().map(|hardware| hardware.variants().signs());
        let departs = !self.envelope.keeps_to_schema(&self.elements());
        properties.chain(hardware).fold(Signs::ANY | Signs::DEPARTURE.when(departs), Signs::and)
    }

    /// The numbers of its elements, and of those in them.
    fn elements(&self) -> Range<usize> {
        let envelope = self.envelope;
        let start = envelope.node_element(self.nodes.start).node().id().index();
        let parts = self.parts.start as usize..self.parts.end as usize;
        let parts = envelope.parts().get(parts).unwrap_or_default();
        let ends = parts.iter().filter_map(|part| envelope.element(part.element));
        let ends = ends.map(|element| element.node().end_number());
        // The last node may have nothing in it.
        let last = self.nodes.end.saturating_sub(1);
        let last = envelope.node_element(last).node().id().index().saturating_add(1);
        start..ends.fold(last, usize::max)
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
