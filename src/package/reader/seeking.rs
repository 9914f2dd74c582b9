//! A package in one file of which any part can be read.
//!
//! The headers are read first, and with them what is short or a text; then the long members, several
//! at a time. No byte is read twice, so what was judged is what was hashed, whoever writes to the
//! file meanwhile. What was found is put together as if it had been read from front to back.

use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::PackageReader;
use super::ahead::{self, BEGINNING};
use super::intake::{Entry, SharedReferences, State};
use super::members::{Deferred, Members};
use super::pool::{self, Opened, Queue};
use crate::digest::Algorithms;
use crate::limits::Limits;
use crate::manifest::ManifestChecker;
use crate::package::finding::Findings;
use crate::package::opened::{Package, manifest, roles};
use crate::package::order::Extent;
use crate::package::read_at::ReadAt;
use crate::package::tar::{ArchiveError, Event, Member, Outcome, Parser, cut};

pub(super) fn read(reader: &PackageReader, input: &dyn ReadAt) -> Result<Package, ArchiveError> {
    let limits = *reader.validator.set_limits();
    let mut findings = reader.findings();
    let mut members = Members::new(reader, &limits);
    let mut outcome = walk(input, &limits, &mut members, &mut findings)?;
    let wanted = wanted(&members, &limits);
    let Members { mut entries, deferred, .. } = members;

    let failed = AtomicUsize::new(usize::MAX);
    let jobs = reader.jobs.get();
    let finished = {
        let places = deferred.iter().zip(wanted);
        let rest = places.filter_map(|(deferred, algorithms)| {
            Some((&entries.get(deferred.at)?.member, algorithms))
        });
        let rest: Vec<(&Member, Algorithms)> = rest.collect();
        let references = SharedReferences::default();
        let mut sections =
            Sections { input, rest: rest.iter(), failed: &failed, opened: 0, references };
        pool::read_all(&mut sections, deferred.len(), jobs)
    };
    // From front to back: what comes after the first that is not whole was never there.
    for (deferred, finished) in deferred.iter().zip(finished) {
        if let Some(error) = finished.error {
            return Err(error.into());
        }
        let Some(entry) = entries.get_mut(deferred.at) else { break };
        let member = entry.member.clone();
        let is_short = finished.entry.bytes < member.size;
        let is_whole = deferred.is_padded && !is_short;
        let state = if is_whole { State::Whole } else { State::Cut };
        *entry = Entry { member, state, ..finished.entry };
        if is_short {
            findings.rewind(deferred.mark);
            findings.add(cut(&entry.member, entry.bytes));
            outcome = Outcome::Broken;
            entries.truncate(deferred.at.saturating_add(1));
            break;
        }
    }
    SharedReferences::default().settle(&mut entries);
    let whole = outcome == Outcome::Complete && findings.is_complete();
    let extent = Extent { ordered: true, whole };
    Ok(Package::new(&reader.validator, entries, Vec::new(), findings, extent))
}

/// Reads everything but the content of long members, and believes that this is there.
fn walk(
    input: &dyn ReadAt,
    limits: &Limits,
    members: &mut Members<'_>,
    findings: &mut Findings,
) -> Result<Outcome, ArchiveError> {
    let mut parser = Parser::new(limits);
    let mut buffer = vec![0; BEGINNING].into_boxed_slice();
    let mut rest: &[u8] = &[];
    let outcome = loop {
        let (consumed, event) = parser.parse(rest, findings);
        let (bytes, after) = rest.split_at_checked(consumed).unwrap_or((rest, &[]));
        rest = after;
        match event {
            Event::Data => members.data(bytes),
            Event::Member(member) => {
                if members.begin_or_defer(member, findings.mark()) {
                    parser.skip();
                    rest = &[];
                }
            }
            Event::MemberEnd => members.end(State::Whole),
            Event::More => {
                let most = usize::try_from(parser.ahead()).unwrap_or(usize::MAX);
                let most = most.min(buffer.len());
                let room = buffer.get_mut(..most).unwrap_or_default();
                let mut from = Section { input, at: parser.offset(), left: u64::MAX };
                let count = ahead::read(&mut from, room)?;
                if count == 0 {
                    break parser.finish(findings);
                }
                rest = buffer.get(..count).unwrap_or_default();
            }
            Event::NotTar(_) | Event::Stopped => break parser.finish(findings),
        }
    };
    if let Outcome::NotTar(format) = outcome {
        return Err(ArchiveError::NotTar(format));
    }
    members.end(State::Cut);
    Ok(outcome)
}

/// What to compute of each member that is read later.
///
/// Where the manifest comes after a member it says here what to compute, though not more than is
/// computed where it could not say: the verdict is the same, however the archive is read.
fn wanted(members: &Members<'_>, limits: &Limits) -> Vec<Algorithms> {
    let late = if members.deferred.iter().any(|deferred| deferred.algorithms.is_none()) {
        let (_, roles) = roles(&members.entries, limits);
        manifest(&members.entries, roles, limits).map(|manifest| {
            let mut checker = ManifestChecker::new();
            checker.manifest(&manifest);
            checker
        })
    } else {
        None
    };
    let before = ManifestChecker::new();
    let wanted = |deferred: &Deferred| {
        let name = || members.entries.get(deferred.at).map(|entry| entry.member.name.as_str());
        match (deferred.algorithms, &late) {
            (Some(algorithms), _) => algorithms,
            // Without a manifest there is nothing to compare with.
            (None, None) => Algorithms::NONE,
            (None, Some(late)) => {
                let name = name().unwrap_or_default();
                let usual = before.wanted(name);
                late.wanted(name).iter().filter(|&algorithm| usual.contains(algorithm)).collect()
            }
        }
    };
    members.deferred.iter().map(wanted).collect()
}

/// A part of the input.
struct Section<'a> {
    input: &'a dyn ReadAt,
    at: u64,
    left: u64,
}

impl Read for Section<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let room = buffer.get_mut(..most).unwrap_or_default();
        if room.is_empty() {
            return Ok(0);
        }
        let count = self.input.read_at(room, self.at)?;
        if count > most {
            return Err(ahead::broken());
        }
        let read = u64::try_from(count).unwrap_or(u64::MAX);
        self.at = self.at.saturating_add(read);
        self.left = self.left.saturating_sub(read);
        Ok(count)
    }
}

/// The content of a member; it ends early when that of one before it does.
struct Content<'a> {
    section: Section<'a>,
    place: usize,
    /// The first place at which something failed.
    failed: &'a AtomicUsize,
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.section.left == 0 || self.failed.load(Ordering::Relaxed) < self.place {
            return Ok(0);
        }
        let result = self.section.read(buffer);
        let is_failure = match &result {
            Ok(count) => *count == 0,
            Err(error) => error.kind() != io::ErrorKind::Interrupted,
        };
        if is_failure {
            self.failed.fetch_min(self.place, Ordering::Relaxed);
        }
        result
    }
}

/// The members that are read later, in order.
struct Sections<'a, 'm> {
    input: &'a dyn ReadAt,
    rest: std::slice::Iter<'m, (&'m Member, Algorithms)>,
    failed: &'a AtomicUsize,
    opened: usize,
    references: SharedReferences,
}

impl<'a> Queue<'a> for Sections<'a, '_> {
    fn next(&mut self) -> Option<Opened<'a>> {
        if self.failed.load(Ordering::Relaxed) != usize::MAX {
            return None;
        }
        let (member, algorithms) = self.rest.next()?;
        let section = Section { input: self.input, at: member.data_offset, left: member.size };
        let content = Content { section, place: self.opened, failed: self.failed };
        self.opened = self.opened.saturating_add(1);
        let (name, algorithms) = (member.name.clone(), *algorithms);
        Some(Opened { name, input: Ok(Box::new(content)), algorithms })
    }

    fn finished(&mut self, place: usize, entry: &mut Entry) {
        self.references.admit(place, entry);
    }
}
