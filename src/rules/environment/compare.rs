//! DSP0243 11.1: an environment document beside the descriptor of the machine it is for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::document::{Document, Part, Role};
use super::{Out, Rule, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::OstNode;
use crate::xml::Attribute;

/// Missing properties told of one machine. Nobody reads more, and each member of a collection may lack
/// everything that is on the collection.
const MISSING_TOLD: usize = 100;
/// Keys of one node among which the one that was meant is looked for.
const CANDIDATES: usize = 100;

pub(super) const RULES: &[Rule] = &[
    part(Code::WRONG_ENVIRONMENT_ID, wrong_id),
    part(Code::UNKNOWN_ENVIRONMENT_SIBLING, unknown_sibling),
    whole(Code::MISSING_ENVIRONMENT_SIBLING, missing_sibling),
    part(Code::UNKNOWN_ENVIRONMENT_KEY, unknown_key),
    whole(Code::MISSING_ENVIRONMENT_PROPERTY, missing_property),
];

/// DSP0243 11.1: `id` of the document is that of the VirtualSystem.
fn wrong_id(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let (Some(recipient), Some(id)) = (document.recipient, document.root.attribute("id")) else {
        return;
    };
    if !id.raw().is_empty() && id.value() != recipient.id() {
        out.at(
            id.value_span(),
            format_args!(
                "the document is for {}, not for {}",
                quoted(&id.value()),
                quoted(&recipient.id())
            ),
        )
        .help(format_args!("give each machine the document that was made for it"))
        .done();
    }
}

/// DSP0243 11.1: an Entity is about a member of the same collection.
fn unknown_sibling(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let Some(recipient) = document.recipient else { return };
    let own = recipient.id();
    let siblings: HashSet<_> = recipient.siblings().map(OstNode::id).collect();
    for id in document.of(Role::Entity).filter_map(|entity| entity.attribute("id")) {
        let value = id.value();
        // That an Entity is about the machine itself has a rule of its own.
        if !value.is_empty() && !siblings.contains(&value) && value != own {
            out.at(
                id.value_span(),
                format_args!("no sibling of {} has the id {}", quoted(&own), quoted(&value)),
            )
            .suggest(
                &value,
                recipient.siblings().map(OstNode::id),
                format_args!("remove the Entity"),
            )
            .done();
        }
    }
}

/// DSP0243 11.1: each sibling has an Entity.
fn missing_sibling(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let Some(recipient) = document.recipient else { return };
    let told: HashSet<_> = document
        .of(Role::Entity)
        .filter_map(|entity| Some(entity.attribute("id")?.value()))
        .collect();
    for sibling in recipient.siblings().filter(|sibling| !told.contains(&sibling.id())) {
        out.at(
            document.root.node.name_span(),
            format_args!("there is no Entity for the sibling {}", quoted(&sibling.id())),
        )
        .help(format_args!("add `<Entity oe:id=…>` with what the sibling sees"))
        .done();
    }
}

/// The machine or a sibling, with what the document tells of it.
struct Told<'d, 's, 'e, 'm> {
    node: OstNode<'e, 'm>,
    /// The element whose sections are about it.
    holder: Part<'d, 's>,
    /// The first PropertySection there.
    section: Option<Part<'d, 's>>,
}

impl<'d, 's> Told<'d, 's, '_, '_> {
    /// The `key` of each property that is listed.
    fn keys(&self, document: &Document<'d, 's, '_, '_>) -> impl Iterator<Item = Attribute<'d, 's>> {
        self.section
            .into_iter()
            .flat_map(|section| document.inside(section))
            .filter(|child| child.role == Role::Property)
            .filter_map(|property| property.attribute("key"))
    }
}

/// The machine and those of its siblings the document knows, each once.
fn told<'d, 's, 'e, 'm>(document: &Document<'d, 's, 'e, 'm>) -> Vec<Told<'d, 's, 'e, 'm>> {
    let Some(recipient) = document.recipient else { return Vec::new() };
    let mut siblings: HashMap<_, _> =
        recipient.siblings().map(|sibling| (sibling.id(), sibling)).collect();
    let entities = document.of(Role::Entity).filter_map(|entity| {
        // A second Entity of the same id is a fault of its own.
        let sibling = siblings.remove(&*entity.attribute("id")?.value())?;
        Some((sibling, entity))
    });
    std::iter::once((recipient, document.root))
        .chain(entities)
        .map(|(node, holder)| {
            let section = document.inside(holder).find(|child| child.role == Role::Properties);
            Told { node, holder, section }
        })
        .collect()
}

/// The keys of the properties of one node of the descriptor.
#[derive(Default)]
struct Keys<'m> {
    all: HashSet<Cow<'m, str>>,
    /// The first of them, in document order: what a wrong key may have been meant for.
    first: Vec<Cow<'m, str>>,
    /// Those that are there whatever deployment option is chosen, in document order.
    always: Vec<Cow<'m, str>>,
}

impl<'m> Keys<'m> {
    fn of(node: OstNode<'_, 'm>) -> Self {
        let mut all = HashSet::new();
        let (mut first, mut always) = (Vec::new(), Vec::new());
        for property in node.properties() {
            let Some(key) = property.full_key() else { continue };
            if !all.insert(key.clone()) {
                continue;
            }
            if first.len() < CANDIDATES {
                first.push(key.clone());
            }
            if property.configuration().is_none() {
                always.push(key);
            }
        }
        Self { all, first, always }
    }
}

/// The keys on the collection that a machine is in, which every member sees.
///
/// Gathered once: a member times a property of the collection is more work than a long descriptor may
/// cause.
fn of_collection<'m>(document: &Document<'_, '_, '_, 'm>) -> Keys<'m> {
    document.recipient.and_then(OstNode::collection).map(Keys::of).unwrap_or_default()
}

/// DSP0243 11.1: the machine sees its own properties and those of its collection.
fn unknown_key(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let shared = of_collection(document);
    for one in told(document) {
        let own = Keys::of(one.node);
        for key in one.keys(document) {
            let value = key.value();
            if value.is_empty() || own.all.contains(&value) || shared.all.contains(&value) {
                continue;
            }
            out.at(
                key.value_span(),
                format_args!("{} has no property {}", quoted(&one.node.id()), quoted(&value)),
            )
            .suggest(
                &value,
                own.first.iter().chain(&shared.first),
                format_args!("remove the property"),
            )
            .done();
        }
    }
}

/// DSP0243 11.1: all properties are listed. Those of some deployment options are not asked for, and of
/// one machine no more are told than a reader can do something about.
fn missing_property(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let shared = of_collection(document);
    for one in told(document) {
        let own = Keys::of(one.node);
        let listed: HashSet<_> = one.keys(document).map(Attribute::value).collect();
        let inherited = shared.always.iter().filter(|key| !own.all.contains(*key));
        let missing = own.always.iter().chain(inherited).filter(|key| !listed.contains(*key));
        for key in missing.take(MISSING_TOLD) {
            out.at(
                one.section.unwrap_or(one.holder).node.name_span(),
                format_args!(
                    "the property {} of {} is not listed",
                    quoted(key),
                    quoted(&one.node.id())
                ),
            )
            .help(format_args!("add it with its value, or with an empty one"))
            .done();
        }
    }
}
