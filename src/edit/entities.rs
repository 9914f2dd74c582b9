//! Renaming machines and collections.

use std::collections::HashMap;

use super::attribute;
use super::document::{Edit, EditError, Named, is_writable};
use crate::diagnostic::quoted;
use crate::model::{Envelope, OstNode, OstNodeType, OstSection, SectionKind};
use crate::report::Valid;
use crate::xml::{Attribute, NodeId};

/// Gives a machine or a collection another id.
///
/// `path` has the ids from below the envelope down to it, with `/` between them: `shop/web`. When nothing
/// is there but its sibling has the new name, it has been done before, and the edit is empty.
///
/// # Errors
///
/// [`EditError::Unknown`], and those of [`rename_entities`].
pub fn rename_entity(
    envelope: &Valid<Envelope<'_>>,
    path: &str,
    name: &str,
) -> Result<Edit, EditError> {
    let entities = || envelope.ost_nodes().filter(|n| n.node_type() != OstNodeType::Envelope);
    if let Some(node) = entities().find(|node| self::path(*node) == path) {
        return rename_entities(envelope, [(node, name)]);
    }
    let was_here = |node: OstNode<'_, '_>| {
        let parent = node.parent().map(self::path).unwrap_or_default();
        parent.is_empty() || path.strip_prefix(&*parent).is_some_and(|id| id.starts_with('/'))
    };
    match entities().filter(|node| node.id() == name).find(|node| was_here(*node)) {
        Some(_) => Ok(Edit::new()),
        None => Err(EditError::unknown(Named::Entity, path)),
    }
}

/// Gives machines and collections other ids, all at once, so that two may swap theirs.
///
/// What refers to them is changed too: the Items of the `StartupSection` (DSP0243 9.7) and the
/// `ScaleOutSection`s (DSP0243 2.1 9.14) of the collection they are direct members of; both name no
/// other entities. Placement sections name groups, and `vssd:VirtualSystemIdentifier`, `Name` and
/// VirtualBox's machine name are no references, so those stay.
///
/// The edit is idempotent when no new name is an old one of another entity.
///
/// # Errors
///
/// [`EditError::Unfit`] for a blank name or one that XML cannot hold, [`EditError::Taken`] when a sibling has
/// the name, [`EditError::Twice`] when an entity is to have two names, [`EditError::Unknown`] for the
/// envelope and for an entity without an id.
pub fn rename_entities<'e, 's: 'e>(
    envelope: &'e Valid<Envelope<'s>>,
    names: impl IntoIterator<Item = (OstNode<'e, 's>, impl Into<String>)>,
) -> Result<Edit, EditError> {
    let mut wanted: HashMap<NodeId, String> = HashMap::new();
    for (node, name) in names {
        let name = name.into();
        if name.trim().is_empty() || !is_writable(&name) {
            return Err(EditError::Unfit { what: Named::Entity, name });
        }
        if id(node).is_none() {
            return Err(EditError::unknown(Named::Entity, &path(node)));
        }
        let element = node.element().node().id();
        if wanted.get(&element).is_some_and(|known| *known != name) {
            return Err(EditError::Twice { what: Named::Entity, name: path(node) });
        }
        wanted.insert(element, name);
    }
    let mut edit = Edit::new();
    for parent in envelope.ost_nodes() {
        rename_members(envelope, parent, &wanted, &mut edit)?;
    }
    Ok(edit)
}

/// The ids from below the envelope down to a node, with `/` between them.
pub(super) fn path(node: OstNode<'_, '_>) -> String {
    let upwards = std::iter::successors(Some(node), |node| node.parent())
        .filter(|node| node.node_type() != OstNodeType::Envelope);
    let mut ids: Vec<_> = upwards.map(OstNode::id).collect();
    ids.reverse();
    ids.join("/")
}

fn id<'e, 's>(node: OstNode<'e, 's>) -> Option<Attribute<'e, 's>> {
    let entity = node.node_type() != OstNodeType::Envelope;
    if entity { node.element().attribute("id") } else { None }
}

fn rename_members(
    envelope: &Envelope<'_>,
    parent: OstNode<'_, '_>,
    wanted: &HashMap<NodeId, String>,
    edit: &mut Edit,
) -> Result<(), EditError> {
    let members: Vec<_> = parent
        .children()
        .filter_map(|node| {
            let id = id(node)?;
            Some((id, id.value().into_owned(), wanted.get(&node.element().node().id())))
        })
        .collect();
    if !members.iter().any(|(_, old, new)| new.is_some_and(|new| new != old)) {
        return Ok(());
    }
    let mut names: HashMap<&str, (Attribute<'_, '_>, bool)> = HashMap::new();
    for (id, old, new) in &members {
        let name = new.unwrap_or(old);
        let changed = name != old;
        if let Some((other, other_changed)) = names.insert(name, (*id, changed))
            && (changed || other_changed)
        {
            // The line of the one that keeps its name, or of the first.
            let line = envelope.source().line_col(if other_changed && !changed {
                id.span().start
            } else {
                other.span().start
            });
            let line = line.line;
            return Err(EditError::Taken { what: Named::Entity, name: name.to_owned(), line });
        }
    }
    let mut renamed: HashMap<&str, &str> = HashMap::new();
    for (id, old, new) in &members {
        let Some(new) = new else { continue };
        // Of several with one id, which only a descriptor judged leniently has, the first is meant.
        renamed.entry(old).or_insert(new);
        if attribute::set(edit, *id, new) {
            let (old, new) = (quoted(old), quoted(new));
            edit.step(envelope, id.span().start, format_args!("rename {old} to {new}"));
        }
    }
    for reference in parent.sections().flat_map(references) {
        let old = reference.value();
        if let Some(new) = renamed.get(&*old)
            && attribute::set(edit, reference, new)
        {
            let (old, new) = (quoted(&old), quoted(new));
            let at = reference.span().start;
            edit.step(envelope, at, format_args!("refer to {new} instead of {old}"));
        }
    }
    Ok(())
}

/// The attributes of a section that name direct members of the node it stands on.
fn references<'e, 's>(section: OstSection<'e, 's>) -> Vec<Attribute<'e, 's>> {
    let element = section.element();
    match section.kind() {
        SectionKind::Startup => {
            element.children_named("Item").filter_map(|item| item.attribute("id")).collect()
        }
        SectionKind::ScaleOut => element.attribute("id").into_iter().collect(),
        _ => Vec::new(),
    }
}
