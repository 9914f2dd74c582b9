//! Lookups by id, each made when it is first asked for.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::element::Element;
use super::envelope::Envelope;
use super::lists::PropertyData;
use super::product::Property;
use crate::value::map::HashMap;
use crate::xml::{Attribute, NodeId};

/// From id to element. The first of several with one id is kept; a rule tells of the others.
#[derive(Debug, Default)]
struct ById<'s> {
    /// In document order.
    firsts: Vec<(Cow<'s, str>, NodeId)>,
    /// By id, where it is in the list.
    places: HashMap<Cow<'s, str>, usize>,
    /// Whether there are others.
    has_others: bool,
    /// What was found last. What is asked for next is mostly the same again, or the one behind it: that is told at
    /// once, while a place of a large table is far away.
    last: AtomicUsize,
}

impl ById<'_> {
    fn find(&self, id: &str) -> Option<NodeId> {
        let last = self.last.load(Ordering::Relaxed);
        for at in [last, last.wrapping_add(1)] {
            if let Some((_, element)) = self.firsts.get(at).filter(|(known, _)| known == id) {
                self.last.store(at, Ordering::Relaxed);
                return Some(*element);
            }
        }
        let at = *self.places.get(id)?;
        self.last.store(at, Ordering::Relaxed);
        self.firsts.get(at).map(|&(_, element)| element)
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Index<'s> {
    files: OnceLock<ById<'s>>,
    disks: OnceLock<ById<'s>>,
    networks: OnceLock<ById<'s>>,
    configurations: OnceLock<ById<'s>>,
    storage_groups: OnceLock<ById<'s>>,
    tag_placement_groups: OnceLock<ById<'s>>,
    /// By full key, in the order of the section tree.
    properties: OnceLock<HashMap<Cow<'s, str>, Vec<PropertyData>>>,
}

impl PropertyData {
    pub(super) fn property<'e, 's>(self, envelope: &'e Envelope<'s>) -> Option<Property<'e, 's>> {
        let category = self.category.and_then(|category| envelope.element(category));
        Some(Property::new(envelope.element(self.element)?, category))
    }
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $name:ident in $list:ident by $id:ident,)*) => {
        $(
            $(#[$doc])*
            pub(super) fn $name<'e>(
                &self,
                envelope: &'e Envelope<'s>,
                id: &str,
            ) -> Option<Element<'e, 's>> {
                envelope.element(self.$list(envelope).find(id)?)
            }

            fn $list(&self, envelope: &Envelope<'s>) -> &ById<'s> {
                self.$list.get_or_init(|| {
                    first(envelope.$list().map(|one| (one.$id(), one.element())))
                })
            }
        )*
    };
}

impl<'s> Index<'s> {
    lookups! {
        /// A file.
        file in files by id,
        /// A disk.
        disk in disks by id,
        /// A network.
        network in networks by name,
        /// A deployment option.
        configuration in configurations by id,
        /// A storage group.
        storage_group in storage_groups by id,
        /// A group for placing by tags.
        tag_placement_group in tag_placement_groups by id,
    }

    /// Whether several files have one id.
    pub(super) fn repeats_files(&self, envelope: &Envelope<'s>) -> bool {
        self.files(envelope).has_others
    }

    /// Whether several disks have one id.
    pub(super) fn repeats_disks(&self, envelope: &Envelope<'s>) -> bool {
        self.disks(envelope).has_others
    }

    /// Whether several networks have one name.
    pub(super) fn repeats_networks(&self, envelope: &Envelope<'s>) -> bool {
        self.networks(envelope).has_others
    }

    /// The properties of a full key.
    pub(super) fn properties(&self, envelope: &Envelope<'s>, full_key: &str) -> &[PropertyData] {
        let index = self.properties.get_or_init(|| properties(envelope));
        index.get(full_key).map_or(&[], Vec::as_slice)
    }
}

fn properties<'s>(envelope: &Envelope<'s>) -> HashMap<Cow<'s, str>, Vec<PropertyData>> {
    let mut index: HashMap<_, Vec<_>> = HashMap::default();
    for &data in &envelope.lists().properties {
        if let Some(key) = data.property(envelope).and_then(Property::full_key) {
            index.entry(key).or_default().push(data);
        }
    }
    index
}

fn first<'e, 's: 'e>(
    elements: impl Iterator<Item = (Option<Attribute<'e, 's>>, Element<'e, 's>)>,
) -> ById<'s> {
    let mut index = ById::default();
    let most = elements.size_hint().1.unwrap_or(0);
    index.firsts.reserve_exact(most);
    index.places.reserve(most);
    for (id, element) in elements {
        let Some(id) = id.map(Attribute::value) else { continue };
        match index.places.entry(id.clone()) {
            Entry::Vacant(place) => {
                place.insert(index.firsts.len());
                index.firsts.push((id, element.node().id()));
            }
            Entry::Occupied(_) => index.has_others = true,
        }
    }
    index
}
