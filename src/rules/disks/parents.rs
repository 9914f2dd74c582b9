//! Delta disks.

use super::super::Out;
use super::capacity::bytes;
use crate::diagnostic::quoted;
use crate::model::{Disk, Envelope};
use crate::value::map::HashMap;

/// DSP0243 9.1: `parentRef` names another disk.
pub(super) fn unknown_parent_disk(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for parent in envelope.disks().filter_map(|disk| disk.parent_ref()) {
        let id = parent.value();
        if envelope.disk(&id).is_some() {
            continue;
        }
        out.at(parent.value_span(), format_args!("no disk has the id {}", quoted(&id)))
            .suggest(
                &id,
                envelope.disks().filter_map(|disk| Some(disk.id()?.value())),
                format_args!("give it the `diskId` of another Disk, or leave it out"),
            )
            .done();
    }
}

/// DSP0243 9.1: following parents ends. Each circle is told once, at the first of its disks.
///
/// Every disk is visited once: a walk ends at one that an earlier walk has been at.
pub(super) fn parent_cycle(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut visited: HashMap<u32, usize> = HashMap::default();
    for (walk, start) in envelope.disks().enumerate() {
        let mut next = Some(start);
        while let Some(disk) = next {
            let place = disk.element().start_tag().start;
            match visited.get(&place) {
                Some(&seen) if seen == walk => {
                    tell_cycle(disk, out);
                    break;
                }
                Some(_) => break,
                None => visited.insert(place, walk),
            };
            next = parent(envelope, disk);
        }
    }
}

fn tell_cycle(disk: Disk<'_, '_>, out: &mut Out<'_>) {
    if let (Some(id), Some(parent)) = (disk.id(), disk.parent_ref()) {
        out.at(
            parent.value_span(),
            format_args!("the disk {} is among its own parents", quoted(&id.value())),
        )
        .help(format_args!("break the circle at the disk that is complete"))
        .done();
    }
}

/// DSP0243 9.1: a parent stands before its children.
pub(super) fn parent_after_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for child in envelope.disks() {
        let Some(parent) = parent(envelope, child) else { continue };
        if parent.element().start_tag().start > child.element().start_tag().start {
            out.at(
                parent.element().name_span(),
                format_args!("a parent disk stands after its child"),
            )
            .label(child.element().name_span(), format_args!("the child"))
            .help(format_args!("move the parent before the child"))
            .done();
        }
    }
}

/// DSP0243 9.1: a delta has the size of what it is a delta of.
pub(super) fn parent_capacity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for child in envelope.disks() {
        let Some(parent) = parent(envelope, child) else { continue };
        if let (Some(capacity), Ok(own), Ok(parents)) =
            (child.capacity(), bytes(child), bytes(parent))
            && own != parents
        {
            out.at(
                capacity.value_span(),
                format_args!(
                    "the capacity of {own} bytes is not that of the parent, {parents} bytes"
                ),
            )
            .label(parent.element().name_span(), format_args!("the parent"))
            .help(format_args!(
                "give both the same capacity, unless the delta is meant to have grown"
            ))
            .done();
        }
    }
}

fn parent<'e, 's>(envelope: &'e Envelope<'s>, disk: Disk<'e, 's>) -> Option<Disk<'e, 's>> {
    envelope.disk(&disk.parent_ref()?.value())
}
