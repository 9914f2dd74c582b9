//! A package whose files lie side by side.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::ahead::PIECE;
use super::intake::{Budget, Entry, Intake, State};
use super::{FileClaim, PackageReader, claims};
use crate::digest::Algorithms;
use crate::limits::Limits;
use crate::manifest::{Manifest, ManifestChecker};
use crate::package::opened::Package;
use crate::package::order::{Extent, Roles, spellings};
use crate::package::tar::Member;
use crate::value::path;

/// The files of a folder, for whoever may not open them on its own.
///
/// Names come from strangers. Only relative ones without `..` are asked for, in the sense of
/// [`value::path::check`](crate::value::path::check), never a URL; but a link in the folder can lead
/// out of it, and that is for the implementation to refuse.
pub trait Files: Send {
    /// The names of the files directly in the folder, in any order.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    fn list(&mut self) -> io::Result<Vec<String>>;

    /// The bytes of a file, from its start; none when there is no such file.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be opened, or must not be. The text of the error becomes part of
    /// a finding.
    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>>;
}

/// Reads descriptor, manifest and certificate, then what they name.
pub(super) fn read(
    reader: &PackageReader,
    files: &mut dyn Files,
    descriptor: Option<&str>,
) -> io::Result<Package> {
    let limits = *reader.validator.set_limits();
    let listed = members(files.list()?, descriptor);
    let roles = Roles::of(&listed.iter().collect::<Vec<_>>(), &[]);
    let mut checker = ManifestChecker::new();
    let mut budget = Budget::new(&limits);
    let opener = Opener { reader, files: Mutex::new(files) };
    let mut text = |at: Option<usize>, checker: &ManifestChecker| {
        let name = &listed.get(at?)?.name;
        let mut entry = opener.read(name, checker, budget.room(name))?;
        budget.charge(&mut entry);
        Some(entry)
    };

    // The manifest first: it says what to compute.
    let manifest = text(roles.manifest, &checker);
    let parsed = manifest
        .as_ref()
        .and_then(|entry| entry.text.as_ref())
        .map(|text| Manifest::parse(&Manifest::decode(text), &limits).manifest)
        .unwrap_or_default();
    if manifest.is_some() {
        checker.manifest(&parsed);
    }
    let certificate = text(roles.certificate, &checker);
    let descriptor_entry = text(roles.descriptor, &checker);
    let claims = descriptor_entry
        .as_ref()
        .and_then(|entry| entry.text.as_ref())
        .map(|text| claims(text, &limits))
        .unwrap_or_default();
    let mut entries: Vec<Entry> =
        [descriptor_entry, manifest, certificate].into_iter().flatten().collect();

    // What the descriptor lists, then what only the manifest does.
    let mut asked: BTreeSet<String> =
        entries.iter().map(|entry| entry.member.name.clone()).collect();
    let mut wanted: Vec<Wanted> =
        claims.iter().flat_map(|claim| Wanted::of(claim, &mut asked, &limits)).collect();
    wanted.truncate(limits.members);
    entries.extend(opener.read_all(&wanted, &checker, reader.jobs.get()));
    asked.extend(entries.iter().map(|entry| entry.member.name.clone()));
    let names = parsed.entries().iter().map(|entry| entry.path().to_owned());
    let wanted: Vec<Wanted> = names.filter_map(|name| Wanted::one(name, &mut asked)).collect();
    entries.extend(opener.read_all(&wanted, &checker, reader.jobs.get()));
    entries.iter_mut().for_each(|entry| budget.charge(entry));

    let mut unread = listed;
    let read: BTreeSet<&str> = entries.iter().map(|entry| entry.member.name.as_str()).collect();
    unread.retain(|member| !read.contains(member.name.as_str()));
    let whole = entries.iter().all(|entry| entry.state == State::Whole);
    let extent = Extent { ordered: false, whole };
    Ok(Package::new(&reader.validator, entries, unread, reader.findings(), extent))
}

/// The files of the folder that can be part of a package, sorted; of descriptors only the one to take.
fn members(mut names: Vec<String>, descriptor: Option<&str>) -> Vec<Member> {
    names.sort_unstable();
    names.retain(|name| match descriptor {
        Some(descriptor) => {
            name != descriptor && {
                let stem = |name: &str| name.rsplit_once('.').map(|(stem, _)| stem.to_owned());
                stem(name) == stem(descriptor)
                    && [".mf", ".cert"].iter().any(|end| name.to_ascii_lowercase().ends_with(end))
            }
        }
        // Hidden files are not the package's, but the system's.
        None => !name.starts_with('.'),
    });
    if let Some(descriptor) = descriptor {
        names.insert(0, descriptor.to_owned());
    }
    names.into_iter().map(|name| Member::file(name, 0)).collect()
}

/// A file to be opened, by the first of the names that is there.
#[derive(Debug)]
enum Wanted {
    One(Vec<String>),
    /// The pieces of a file with `chunkSize`, from zero to the first that is missing.
    Pieces {
        names: Vec<String>,
        most: u64,
    },
}

impl Wanted {
    fn one(name: String, taken: &mut BTreeSet<String>) -> Option<Self> {
        let is_new = path::check(&name).is_ok() && taken.insert(name.clone());
        is_new.then(|| Self::One(vec![name]))
    }

    fn of(claim: &FileClaim, taken: &mut BTreeSet<String>, limits: &Limits) -> Vec<Self> {
        let reference = claim.reference();
        if !reference.is_local() {
            return Vec::new();
        }
        let names: Vec<String> = spellings(&claim.href)
            .filter(|name| path::check(name).is_ok())
            .filter(|name| taken.insert(name.clone().into_owned()))
            .map(std::borrow::Cow::into_owned)
            .collect();
        if names.is_empty() {
            return Vec::new();
        }
        let mut wanted = Vec::new();
        if reference.pieces().is_some() {
            let most = u64::try_from(limits.members).unwrap_or(u64::MAX);
            wanted.push(Self::Pieces { names: names.clone(), most });
        }
        wanted.push(Self::One(names));
        wanted
    }
}

/// Opens and reads files for several threads.
struct Opener<'r, 'f> {
    reader: &'r PackageReader,
    files: Mutex<&'f mut dyn Files>,
}

impl Opener<'_, '_> {
    /// Reads all, some at a time; in the order they are wanted in.
    fn read_all(&self, wanted: &[Wanted], checker: &ManifestChecker, jobs: usize) -> Vec<Entry> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(wanted) = wanted.get(at) else { return done };
                done.push((at, self.read_wanted(wanted, checker)));
            }
        };
        let mut done: Vec<(usize, Vec<Entry>)> = thread::scope(|scope| {
            let others: Vec<_> = (1..jobs.min(wanted.len()))
                // A thread the system refuses is one that does not help.
                .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
                .collect();
            let mut done = work();
            for other in others {
                match other.join() {
                    Ok(more) => done.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        });
        done.sort_by_key(|&(at, _)| at);
        done.into_iter().flat_map(|(_, entries)| entries).collect()
    }

    fn read_wanted(&self, wanted: &Wanted, checker: &ManifestChecker) -> Vec<Entry> {
        match wanted {
            Wanted::One(names) => {
                names.iter().find_map(|name| self.read(name, checker, None)).into_iter().collect()
            }
            Wanted::Pieces { names, most } => {
                let mut pieces = Vec::new();
                for name in names {
                    let piece =
                        |number: u64| self.read(&format!("{name}.{number:09}"), checker, None);
                    pieces.extend((0..*most).map_while(piece));
                    if !pieces.is_empty() {
                        break;
                    }
                }
                pieces
            }
        }
    }

    /// Reads one file to its end; none when it is not there.
    fn read(&self, name: &str, checker: &ManifestChecker, room: Option<usize>) -> Option<Entry> {
        let opened = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.open(name)
        };
        let mut member = Member::file(name, 0);
        let mut input = match opened {
            Ok(input) => input?,
            Err(error) => return Some(Entry::empty(member, State::Unreadable(error.to_string()))),
        };
        let algorithms: Algorithms = self.reader.always().unwrap_or_else(|| checker.wanted(name));
        let mut intake = Intake::new(algorithms, room);
        let mut buffer = vec![0; PIECE];
        let state = loop {
            match input.read(&mut buffer) {
                Ok(0) => break State::Whole,
                Ok(count) => match buffer.get(..count) {
                    Some(bytes) => intake.update(bytes),
                    // A reader that claims more than it was given room for is broken.
                    None => break State::Unreadable("its reader is broken".to_owned()),
                },
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break State::Unreadable(error.to_string()),
            }
        };
        member.size = intake.bytes();
        Some(intake.finish(member, state))
    }
}
