//! The members of an archive, as its headers come.

use super::PackageReader;
use super::ahead::BEGINNING;
use super::intake::{Budget, Entry, Intake, SharedReferences, State};
use crate::digest::Algorithms;
use crate::limits::Limits;
use crate::manifest::{Manifest, ManifestChecker};
use crate::package::finding::Mark;
use crate::package::order::{is_descriptor, is_own_manifest};
use crate::package::tar::{Member, MemberKind};

/// The members so far.
pub(super) struct Members<'r> {
    reader: &'r PackageReader,
    limits: &'r Limits,
    budget: Budget,
    references: SharedReferences,
    checker: ManifestChecker,
    has_manifest: bool,
    current: Current,
    pub(super) entries: Vec<Entry>,
    /// What is to be read of the entries later, in order.
    pub(super) deferred: Vec<Deferred>,
}

/// What is being read.
enum Current {
    Nothing,
    Here(Box<(Member, Intake)>),
    /// The last one deferred.
    Later,
}

/// A member whose content is read later.
#[derive(Debug)]
pub(super) struct Deferred {
    /// Its place among the entries.
    pub(super) at: usize,
    /// What to compute; none while no manifest has said.
    pub(super) algorithms: Option<Algorithms>,
    /// What had been found before its content.
    pub(super) mark: Mark,
    /// Whether all is there that fills up its last block.
    pub(super) is_padded: bool,
}

impl<'r> Members<'r> {
    pub(super) fn new(reader: &'r PackageReader, limits: &'r Limits) -> Self {
        Self {
            reader,
            limits,
            budget: Budget::new(limits),
            references: SharedReferences::default(),
            checker: ManifestChecker::new(),
            has_manifest: false,
            current: Current::Nothing,
            entries: Vec::new(),
            deferred: Vec::new(),
        }
    }

    /// A member whose content comes next.
    pub(super) fn begin(&mut self, member: Member) {
        let room = self.room(&member);
        self.take_up(member, room);
    }

    /// A member whose content comes next or, if it is long and no text, is to be left out for now:
    /// whether it is.
    pub(super) fn begin_or_defer(&mut self, member: Member, mark: Mark) -> bool {
        let room = self.room(&member);
        if room.is_some() || member.size <= BEGINNING as u64 {
            self.take_up(member, room);
            return false;
        }
        let is_known = self.has_manifest || self.reader.always().is_some();
        let algorithms = is_known.then(|| self.algorithms(&member.name));
        let at = self.entries.len();
        self.deferred.push(Deferred { at, algorithms, mark, is_padded: false });
        self.entries.push(Entry::empty(member, State::Cut));
        self.current = Current::Later;
        true
    }

    /// What is computed of a file before a manifest has said, or after.
    pub(super) fn algorithms(&self, name: &str) -> Algorithms {
        self.reader.always().unwrap_or_else(|| self.checker.wanted(name))
    }

    fn room(&mut self, member: &Member) -> Option<usize> {
        let is_file = member.kind == MemberKind::File;
        is_file.then(|| self.budget.room(&member.name)).flatten()
    }

    fn take_up(&mut self, member: Member, room: Option<usize>) {
        if member.kind == MemberKind::Directory {
            self.entries.push(Entry::empty(member, State::Whole));
            return;
        }
        let intake = Intake::new(self.algorithms(&member.name), room);
        self.current = Current::Here(Box::new((member, intake)));
    }

    pub(super) fn data(&mut self, bytes: &[u8]) {
        if let Current::Here(here) = &mut self.current {
            here.1.update(bytes);
        }
    }

    pub(super) fn end(&mut self, state: State) {
        let (member, intake) = match std::mem::replace(&mut self.current, Current::Nothing) {
            Current::Nothing => return,
            Current::Later => {
                if let Some(deferred) = self.deferred.last_mut() {
                    deferred.is_padded = state == State::Whole;
                }
                return;
            }
            Current::Here(here) => *here,
        };
        let mut entry = intake.finish(member, state);
        self.budget.charge(&entry);
        self.references.admit(self.entries.len(), &mut entry);
        let is_early = !self.has_manifest
            && self
                .entries
                .iter()
                .find(|before| is_descriptor(&before.member.name))
                .is_some_and(|it| is_own_manifest(&entry.member.name, &it.member.name));
        if is_early && let Some(text) = entry.text.as_ref().filter(|_| entry.is_whole_file()) {
            self.has_manifest = true;
            let manifest = Manifest::parse(&Manifest::decode(text), self.limits).manifest;
            self.checker.manifest(&manifest);
        }
        self.entries.push(entry);
    }
}
