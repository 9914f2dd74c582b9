//! Renaming what devices and sections refer to by id: files, disks, groups.

use std::collections::{HashMap, HashSet};

use super::attribute;
use super::document::{Edit, EditError, Named, is_writable};
use super::networks::set_text;
use crate::diagnostic::quoted;
use crate::model::{Disk, Envelope, File, PlacementGroup, StorageGroup, TagPlacementGroup};
use crate::namespace::{Namespace, VMW};
use crate::report::Valid;
use crate::value::host_resource::{HostResource, Kind};
use crate::xml::{Attribute, Node};

/// Gives things other ids, all at once, and changes everything that refers to them:
///
/// - [`Named::File`]: `File@id` (DSP0243 7.1); every `fileRef`, of whatever namespace, and every
///   `ovf:/file/ID`, in `HostResource` and in attributes as VMware's `ExtraConfig` has them;
/// - [`Named::Disk`]: `diskId` (DSP0243 9.1), `parentRef`, and `ovf:/disk/ID` in `HostResource`;
/// - [`Named::PlacementGroup`]: `PlacementGroupSection@id` and `PlacementSection@group` (DSP0243 2.1 9.15);
/// - [`Named::TagPlacementGroup`]: VMware's groups for placing by tags, and who joins them;
/// - [`Named::StorageGroup`]: VMware's groups under one storage policy, and the machines and disks in them.
///
/// When nothing has the old id but something has the new, it has been done before. The edit is idempotent
/// when no new id is an old one of another thing. Ids that mean entities are for
/// [`rename_entities`](super::rename_entities), networks for [`rename_networks`](super::rename_networks).
///
/// # Errors
///
/// [`EditError::Unknown`], [`EditError::Unfit`] for an empty id, one that XML cannot hold, one with white
/// space around it and one that begins as a reference does (`ovf:/`), [`EditError::Taken`] and
/// [`EditError::Twice`]; [`EditError::Unknown`] too for what is named in another way than by an id.
pub fn rename_ids<'n>(
    envelope: &Valid<Envelope<'_>>,
    what: Named,
    names: impl IntoIterator<Item = (&'n str, &'n str)>,
) -> Result<Edit, EditError> {
    let ids = ids(envelope, what);
    // Of several with one id, which only a descriptor judged leniently has, all are renamed.
    let mut all: HashSet<String> = HashSet::new();
    let values = ids.iter().map(|id| (id.value().into_owned(), id.span().start));
    let known: Vec<(String, u32)> = values.filter(|(id, _)| all.insert(id.clone())).collect();
    let mut wanted: HashMap<&str, &str> = HashMap::new();
    for (old, new) in names {
        // `ovf:/disk/ID` is read without the blanks around it, and VMware's attributes, which hold ids of
        // groups, are read as such a reference when they begin as one.
        let is_reference = new.starts_with("ovf:/");
        if new.is_empty() || new.trim() != new || is_reference || !is_writable(new) {
            return Err(EditError::Unfit { what, name: new.to_owned() });
        }
        if !all.contains(old) {
            if all.contains(new) {
                continue;
            }
            return Err(EditError::unknown(what, old));
        }
        if wanted.insert(old, new).is_some_and(|known| known != new) {
            return Err(EditError::Twice { what, name: old.to_owned() });
        }
    }
    wanted.retain(|old, new| old != new);
    let mut taken: HashMap<&str, u32> = HashMap::new();
    for (old, at) in &known {
        let new = wanted.get(old.as_str()).copied().unwrap_or(old);
        if let Some(other) = taken.insert(new, *at) {
            // The one that has the id already, if either has.
            let at = if new == old { *at } else { other };
            let line = envelope.source().line_col(at).line;
            return Err(EditError::Taken { what, name: new.to_owned(), line });
        }
    }
    let mut edit = Edit::new();
    if wanted.is_empty() {
        return Ok(edit);
    }
    for id in ids {
        let old = id.value();
        if let Some(new) = wanted.get(&*old) {
            attribute::set(&mut edit, id, new);
            let (old, new) = (quoted(&old), quoted(new));
            edit.step(envelope, id.span().start, format_args!("rename {old} to {new}"));
        }
    }
    for node in envelope.tree().elements() {
        let before = edit.changes().as_slice().len();
        references(node, what, &wanted, &mut edit);
        if edit.changes().as_slice().len() > before {
            let name = quoted(node.local());
            let at = node.span().start;
            edit.step(envelope, at, format_args!("change the {what} in {name}"));
        }
    }
    Ok(edit)
}

/// The ids there are of a kind of thing, in document order.
fn ids<'e, 's>(envelope: &'e Envelope<'s>, what: Named) -> Vec<Attribute<'e, 's>> {
    match what {
        Named::File => envelope.files().filter_map(File::id).collect(),
        Named::Disk => envelope.disks().filter_map(Disk::id).collect(),
        Named::PlacementGroup => {
            envelope.placement_groups().filter_map(PlacementGroup::id).collect()
        }
        Named::TagPlacementGroup => {
            envelope.tag_placement_groups().filter_map(TagPlacementGroup::id).collect()
        }
        Named::StorageGroup => envelope.storage_groups().filter_map(StorageGroup::id).collect(),
        Named::Entity | Named::Property | Named::Option | Named::Network => Vec::new(),
    }
}

/// Changes what an element refers to.
fn references(node: Node<'_, '_>, what: Named, wanted: &HashMap<&str, &str>, edit: &mut Edit) {
    let (kind, scheme) = match what {
        Named::File => (Some(Kind::File), "ovf:/file/"),
        Named::Disk => (Some(Kind::Disk), "ovf:/disk/"),
        _ => (None, ""),
    };
    if let Some(kind) = kind
        && node.is_local("HostResource")
        && Namespace::of(node.namespace()).is_cim()
    {
        let text = node.text();
        if let Ok(resource) = HostResource::parse(&text)
            && resource.kind == kind
            && let Some(new) = wanted.get(resource.id)
            && let Some(before) = text.trim().strip_suffix(resource.id)
        {
            set_text(edit, node, &format!("{before}{new}"));
        }
    }
    let groups = match node.local() {
        "PlacementSection" => what == Named::PlacementGroup,
        "TagBasedPlacementSection" => what == Named::TagPlacementGroup,
        "StorageSection" => what == Named::StorageGroup,
        _ => false,
    };
    if node.is(VMW, "StorageGroup")
        && what == Named::StorageGroup
        && let Some(new) = wanted.get(node.text().trim())
    {
        set_text(edit, node, new);
    }
    for attribute in node.attributes() {
        let refers = match attribute.local() {
            "fileRef" => what == Named::File,
            "parentRef" => what == Named::Disk,
            "group" => groups,
            "type" => groups && node.is_local("StorageSection"),
            _ => false,
        };
        let value = attribute.value();
        if refers {
            if let Some(new) = wanted.get(&*value) {
                attribute::set(edit, attribute, new);
            }
        } else if kind.is_some()
            && let Some(new) = value.strip_prefix(scheme).and_then(|id| wanted.get(id))
        {
            let id = scheme.len()..value.len();
            attribute::set_parts(edit, attribute, &[(id, (*new).to_owned())]);
        }
    }
}
