//! The names vCloud Director gives to machines.

use std::borrow::Cow;

use crate::model::{Envelope, OstNode};
use crate::rules;
use crate::value::vcloud_name::TooManyAlike;

/// What vCloud Director makes of the id of a machine.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VCloudName<'e, 's> {
    /// The machine.
    pub node: OstNode<'e, 's>,
    /// Its id.
    pub id: Cow<'s, str>,
    /// The name it gets; `Err` when there are too many like it.
    pub name: Result<String, TooManyAlike>,
}

/// The names vCloud Director gives to the machines of a descriptor, in document order, as
/// [`shorten`](crate::value::vcloud_name::shorten) has it. Hand them to [`rename_entities`](super::rename_entities) to write them.
///
/// Names are unique among all machines and collections: the ids of collections, which stay, and ids
/// of up to 13 characters are passed over. A machine without an id is left out.
///
/// Doing it again changes nothing, save for names that were cut before a combining mark: those are
/// shorter than 16 characters, and a digit of theirs may be among the first 13 characters.
#[must_use]
pub fn vcloud_names<'e, 's>(envelope: &'e Envelope<'s>) -> Vec<VCloudName<'e, 's>> {
    let named = rules::vcloud_names(envelope).into_iter();
    named.map(|named| VCloudName { node: named.node, id: named.id, name: named.name }).collect()
}
