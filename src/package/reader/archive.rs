//! A package in one file.

use std::io::Read;

use super::PackageReader;
use super::intake::{Budget, Entry, Intake, State};
use crate::manifest::{Manifest, ManifestChecker};
use crate::package::opened::Package;
use crate::package::order::{Extent, is_descriptor, is_own_manifest};
use crate::package::tar::{Archive, ArchiveError, Data, MemberKind};

/// Reads all members. A manifest that comes early says what to compute of what follows.
pub(super) fn read<R: Read>(
    reader: &PackageReader,
    mut archive: Archive<R>,
) -> Result<Package, ArchiveError> {
    let limits = *reader.validator.set_limits();
    let mut budget = Budget::new(&limits);
    let mut checker = ManifestChecker::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut has_manifest = false;
    while let Some(member) = archive.next_member()? {
        if member.kind == MemberKind::Directory {
            entries.push(Entry::empty(member, State::Whole));
            continue;
        }
        let algorithms = reader.always().unwrap_or_else(|| checker.wanted(&member.name));
        let mut intake = Intake::new(algorithms, budget.room(&member.name));
        let state = loop {
            match archive.data()? {
                Data::Piece(bytes) => intake.update(bytes),
                Data::End => break State::Whole,
                Data::Cut => break State::Cut,
            }
        };
        let mut entry = intake.finish(member, state);
        budget.charge(&mut entry);
        let is_early = !has_manifest
            && entries
                .iter()
                .find(|before| is_descriptor(&before.member.name))
                .is_some_and(|it| is_own_manifest(&entry.member.name, &it.member.name));
        if is_early && let Some(text) = entry.text.as_ref().filter(|_| entry.is_whole_file()) {
            has_manifest = true;
            checker.manifest(&Manifest::parse(&Manifest::decode(text), &limits).manifest);
        }
        entries.push(entry);
    }
    let is_whole = archive.is_complete();
    let extent = Extent { ordered: true, whole: is_whole };
    Ok(Package::new(&reader.validator, entries, Vec::new(), archive.into_findings(), extent))
}
