//! Lookups by id, made once for each descriptor.

use std::borrow::Cow;
use std::collections::HashMap;

use super::envelope::Envelope;
use super::product::Property;
use crate::xml::{Attribute, NodeId};

/// From id to element. The first of several with one id is kept; a rule tells of the others.
#[derive(Debug, Default)]
pub(super) struct Index<'s> {
    pub(super) files: HashMap<Cow<'s, str>, NodeId>,
    pub(super) disks: HashMap<Cow<'s, str>, NodeId>,
    pub(super) networks: HashMap<Cow<'s, str>, NodeId>,
    pub(super) configurations: HashMap<Cow<'s, str>, NodeId>,
    pub(super) storage_groups: HashMap<Cow<'s, str>, NodeId>,
    pub(super) tag_placement_groups: HashMap<Cow<'s, str>, NodeId>,
    /// By full key, in document order.
    properties: HashMap<Cow<'s, str>, Vec<Place>>,
}

/// Where a property stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The node of the section tree, by its index.
    pub(super) node: usize,
    property: NodeId,
    category: Option<NodeId>,
}

impl Place {
    pub(super) fn property<'e, 's>(self, envelope: &'e Envelope<'s>) -> Option<Property<'e, 's>> {
        let category = self.category.and_then(|category| envelope.element(category));
        Some(Property::new(envelope.element(self.property)?, category))
    }
}

impl<'s> Index<'s> {
    pub(super) fn new(envelope: &Envelope<'s>) -> Self {
        Self {
            files: first(envelope.files().map(|file| (file.id(), file.element().node().id()))),
            disks: first(envelope.disks().map(|disk| (disk.id(), disk.element().node().id()))),
            networks: first(
                envelope.networks().map(|network| (network.name(), network.element().node().id())),
            ),
            configurations: first(
                envelope.configurations().map(|option| (option.id(), option.element().node().id())),
            ),
            properties: properties(envelope),
            storage_groups: first(
                envelope.storage_groups().map(|group| (group.id(), group.element().node().id())),
            ),
            tag_placement_groups: first(
                envelope
                    .tag_placement_groups()
                    .map(|group| (group.id(), group.element().node().id())),
            ),
        }
    }

    pub(super) fn properties(&self, full_key: &str) -> &[Place] {
        self.properties.get(full_key).map_or(&[], Vec::as_slice)
    }
}

fn properties<'s>(envelope: &Envelope<'s>) -> HashMap<Cow<'s, str>, Vec<Place>> {
    let mut index: HashMap<_, Vec<_>> = HashMap::new();
    for (node, property) in envelope.properties() {
        if let Some(key) = property.full_key() {
            index.entry(key).or_default().push(Place {
                node: node.index(),
                property: property.element().node().id(),
                category: property.category().map(|category| category.element().node().id()),
            });
        }
    }
    index
}

fn first<'e, 's: 'e>(
    elements: impl Iterator<Item = (Option<Attribute<'e, 's>>, NodeId)>,
) -> HashMap<Cow<'s, str>, NodeId> {
    let mut index = HashMap::new();
    for (id, node) in elements {
        if let Some(id) = id {
            index.entry(id.value()).or_insert(node);
        }
    }
    index
}
