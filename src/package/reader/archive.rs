//! A package in one file.

use super::PackageReader;
use super::ahead::Ahead;
use super::intake::{Budget, Entry, Intake, State};
use crate::limits::Limits;
use crate::manifest::{Manifest, ManifestChecker};
use crate::package::opened::Package;
use crate::package::order::{Extent, is_descriptor, is_own_manifest};
use crate::package::tar::{ArchiveError, Event, Member, MemberKind, Outcome, Parser};

/// Reads all members, out of the buffers they were read into. A manifest that comes early says what
/// to compute of what follows.
pub(super) fn read(reader: &PackageReader, mut input: Ahead) -> Result<Package, ArchiveError> {
    let limits = *reader.validator.set_limits();
    let mut findings = reader.findings();
    let mut parser = Parser::new(&limits);
    let mut members = Members::new(reader, &limits);
    let outcome = loop {
        let (consumed, event) = parser.parse(input.rest(), &mut findings);
        if event == Event::Data {
            members.data(input.rest().get(..consumed).unwrap_or_default());
        }
        input.consume(consumed);
        match event {
            Event::Data => {}
            Event::Member(member) => members.begin(member),
            Event::MemberEnd => members.end(State::Whole),
            Event::More => {
                if !input.refill()? {
                    break parser.finish(&mut findings);
                }
            }
            Event::NotTar(_) | Event::Stopped => break parser.finish(&mut findings),
        }
    };
    if let Outcome::NotTar(format) = outcome {
        return Err(ArchiveError::NotTar(format));
    }
    members.end(State::Cut);
    let whole = outcome == Outcome::Complete && findings.is_complete();
    let extent = Extent { ordered: true, whole };
    Ok(Package::new(&reader.validator, members.entries, Vec::new(), findings, extent))
}

/// The members so far.
struct Members<'r> {
    reader: &'r PackageReader,
    limits: &'r Limits,
    budget: Budget,
    checker: ManifestChecker,
    has_manifest: bool,
    /// The file being read.
    current: Option<(Member, Intake)>,
    entries: Vec<Entry>,
}

impl<'r> Members<'r> {
    fn new(reader: &'r PackageReader, limits: &'r Limits) -> Self {
        Self {
            reader,
            limits,
            budget: Budget::new(limits),
            checker: ManifestChecker::new(),
            has_manifest: false,
            current: None,
            entries: Vec::new(),
        }
    }

    fn begin(&mut self, member: Member) {
        if member.kind == MemberKind::Directory {
            self.entries.push(Entry::empty(member, State::Whole));
            return;
        }
        let algorithms = self.reader.always().unwrap_or_else(|| self.checker.wanted(&member.name));
        let intake = Intake::new(algorithms, self.budget.room(&member.name));
        self.current = Some((member, intake));
    }

    fn data(&mut self, bytes: &[u8]) {
        if let Some((_, intake)) = &mut self.current {
            intake.update(bytes);
        }
    }

    fn end(&mut self, state: State) {
        let Some((member, intake)) = self.current.take() else { return };
        let mut entry = intake.finish(member, state);
        self.budget.charge(&mut entry);
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
