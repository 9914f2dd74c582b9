//! The section tree: envelope, virtual systems and collections, each with its sections.
//!
//! The shape is that of vSphere's `OvfConsumerOstNode`.

use std::borrow::Cow;

use super::element::Element;
use super::envelope::Envelope;
use super::names::AttributeName;
use super::parts::{Part, PartKind};
use super::section::OstSection;

/// What a node of the section tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OstNodeType {
    /// The envelope, which is the root.
    Envelope,
    /// A virtual machine.
    VirtualSystem,
    /// A group of virtual machines and groups.
    VirtualSystemCollection,
}

impl OstNodeType {
    /// The name vSphere has for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Envelope => "envelope",
            Self::VirtualSystem => "virtualSystem",
            Self::VirtualSystemCollection => "virtualSystemCollection",
        }
    }

    /// The name of the element.
    #[must_use]
    pub const fn element(self) -> &'static str {
        match self {
            Self::Envelope => "Envelope",
            Self::VirtualSystem => "VirtualSystem",
            Self::VirtualSystemCollection => "VirtualSystemCollection",
        }
    }
}

/// A node of the section tree.
#[derive(Clone, Copy, Debug)]
pub struct OstNode<'e, 's> {
    envelope: &'e Envelope<'s>,
    index: usize,
}

impl<'e, 's> OstNode<'e, 's> {
    pub(super) const fn new(envelope: &'e Envelope<'s>, index: usize) -> Self {
        Self { envelope, index }
    }

    pub(super) const fn envelope(self) -> &'e Envelope<'s> {
        self.envelope
    }

    /// Its place among all nodes in document order.
    pub(super) const fn index(self) -> usize {
        self.index
    }

    /// The place one past the last node below it.
    pub(super) fn end(self) -> usize {
        self.envelope.node_end(self.index)
    }

    /// What it is.
    #[must_use]
    pub fn node_type(self) -> OstNodeType {
        self.envelope.node_type(self.index)
    }

    /// The element.
    #[must_use]
    pub fn element(self) -> Element<'e, 's> {
        self.envelope.node_element(self.index)
    }

    /// `ovf:id`; empty for the envelope, and where there is none.
    #[must_use]
    pub fn id(self) -> Cow<'s, str> {
        match self.node_type() {
            OstNodeType::Envelope => Cow::Borrowed(""),
            _ => self
                .element()
                .attribute_named(AttributeName::Id)
                .map(|id| id.value())
                .unwrap_or_default(),
        }
    }

    /// `Name`, which people see (DSP0243 7.2).
    #[must_use]
    pub fn name(self) -> Option<Element<'e, 's>> {
        self.parts().find(|part| part.kind == PartKind::Name).map(|part| part.element)
    }

    /// The one-based line its start tag begins on.
    #[must_use]
    pub fn line(self) -> u32 {
        self.envelope.source().line_col(self.element().start_tag().start).line
    }

    /// Where its parts are in the list of all parts.
    pub(super) fn part_places(self) -> std::ops::Range<usize> {
        self.envelope.part_places(self.index)
    }

    /// All child elements, in document order, with what they are.
    pub fn parts(self) -> impl Iterator<Item = Part<'e, 's>> + Clone + use<'e, 's> {
        self.envelope.node_parts(self.index)
    }

    /// Its sections, in document order.
    pub fn sections(self) -> impl Iterator<Item = OstSection<'e, 's>> + Clone + use<'e, 's> {
        self.parts().filter_map(|part| match part.kind {
            PartKind::Section(kind) => Some(OstSection::new(part.element, kind)),
            _ => None,
        })
    }

    /// Whether it has two sections of one kind. All vendors' count as one kind.
    pub(crate) fn repeats_sections(self) -> bool {
        let mut met = 0_u32;
        self.envelope.node_kinds(self.index).any(|kind| {
            let PartKind::Section(kind) = kind else { return false };
            let bit = 1_u32.checked_shl(u32::try_from(kind.slot()).unwrap_or(0)).unwrap_or(0);
            let is_repeated = met & bit != 0;
            met |= bit;
            is_repeated
        })
    }

    /// The nodes directly below, in document order.
    pub fn children(self) -> impl Iterator<Item = Self> + use<'e, 's> {
        let envelope = self.envelope;
        envelope.node_children(self.index).map(move |index| Self { envelope, index })
    }

    /// The node it is part of.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let index = self.envelope.node_parent(self.index)?;
        Some(Self { index, ..self })
    }
}
