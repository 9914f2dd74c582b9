//! Lookups by id, made once for each descriptor.

use std::borrow::Cow;
use std::collections::HashMap;

use super::envelope::Envelope;
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
