//! A package whose files lie side by side.

use std::collections::BTreeSet;
use std::io::{self, Read};

use super::intake::{Budget, Entry, SharedReferences, State};
use super::pool::{self, Opened, Queue};
use super::reading::Reading;
use super::{FileClaim, PackageReader, claims};
use crate::diagnostic::Code;
use crate::digest::Algorithms;
use crate::limits::Limits;
use crate::manifest::{Manifest, ManifestChecker};
use crate::package::finding::Fault;
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
    let mut text = |at: Option<usize>, checker: &ManifestChecker| {
        let name = &listed.get(at?)?.name;
        let entry = read_text(reader, files, name, checker, budget.room(name))?;
        budget.charge(&entry);
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
    let mut findings = reader.findings();
    if wanted.len() > limits.members {
        let name = roles.descriptor.and_then(|at| listed.get(at)).map(|member| &*member.name);
        findings.add(over(name.unwrap_or_default(), "the descriptor names more files", &limits));
        wanted.truncate(limits.members);
    }
    let mut scattered: Vec<String> = Vec::new();
    let mut read_all = |files: &mut dyn Files, wanted: Vec<Wanted>| {
        let count = wanted.len();
        let mut opener = Opener {
            reader,
            checker: &checker,
            files,
            wanted: wanted.into_iter(),
            pieces: None,
            references: SharedReferences::default(),
            over: Vec::new(),
        };
        let finished = pool::read_all(&mut opener, count, reader.jobs.get());
        scattered.append(&mut opener.over);
        finished.into_iter().map(|finished| finished.entry)
    };
    entries.extend(read_all(files, wanted));
    asked.extend(entries.iter().map(|entry| entry.member.name.clone()));
    let names = parsed.entries().iter().map(|entry| entry.path().to_owned());
    let wanted: Vec<Wanted> = names.filter_map(|name| Wanted::one(name, &mut asked)).collect();
    entries.extend(read_all(files, wanted));
    SharedReferences::default().settle(&mut entries);
    for name in &scattered {
        findings.add(over(name, "the file has more pieces", &limits));
    }

    let mut unread = listed;
    let read: BTreeSet<&str> = entries.iter().map(|entry| entry.member.name.as_str()).collect();
    unread.retain(|member| !read.contains(member.name.as_str()));
    let whole = findings.is_complete() && entries.iter().all(|entry| entry.state == State::Whole);
    let extent = Extent { ordered: false, whole };
    Ok(Package::new(&reader.validator, entries, unread, findings, extent))
}

/// The finding that there is more than is read.
fn over<'n>(name: &'n str, what: &str, limits: &Limits) -> Fault<'n> {
    let most = limits.members;
    let message = format_args!(
        "{what} than the {most} that the limit `members` allows; the rest are not read"
    );
    let fault = Fault::new(Code::LIMIT_REACHED, message).member(name);
    fault.help("raise the limit `members` if the package is honest")
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

/// Opens what is wanted, in turn.
struct Opener<'a> {
    reader: &'a PackageReader,
    checker: &'a ManifestChecker,
    files: &'a mut dyn Files,
    wanted: std::vec::IntoIter<Wanted>,
    /// The file whose pieces are being opened.
    pieces: Option<Pieces>,
    references: SharedReferences,
    /// Files that have more pieces than are read.
    over: Vec<String>,
}

/// The pieces of a file.
struct Pieces {
    /// What the file may be called, the name in question last.
    names: Vec<String>,
    next: u64,
    most: u64,
}

impl Opener<'_> {
    /// The file of that name, if it is there.
    fn open(&mut self, name: String) -> Option<Opened<'static>> {
        let input = self.files.open(&name).transpose()?;
        let algorithms = wanted(self.reader, self.checker, &name);
        Some(Opened { name, input, algorithms })
    }

    /// The next piece that is there.
    fn open_piece(&mut self, pieces: &mut Pieces) -> Option<Opened<'static>> {
        while let Some(name) = pieces.names.last() {
            let piece = format!("{name}.{:09}", pieces.next);
            if pieces.next < pieces.most {
                if let Some(opened) = self.open(piece) {
                    pieces.next = pieces.next.saturating_add(1);
                    return Some(opened);
                }
            } else if self.open(piece).is_some() {
                self.over.push(name.clone());
            }
            // Once there were pieces, no other name is tried.
            if pieces.next > 0 {
                return None;
            }
            pieces.names.pop();
        }
        None
    }
}

impl Queue<'static> for Opener<'_> {
    fn next(&mut self) -> Option<Opened<'static>> {
        loop {
            if let Some(mut pieces) = self.pieces.take()
                && let Some(opened) = self.open_piece(&mut pieces)
            {
                self.pieces = Some(pieces);
                return Some(opened);
            }
            match self.wanted.next()? {
                Wanted::One(names) => {
                    if let Some(opened) = names.into_iter().find_map(|name| self.open(name)) {
                        return Some(opened);
                    }
                }
                Wanted::Pieces { mut names, most } => {
                    names.reverse();
                    self.pieces = Some(Pieces { names, next: 0, most });
                }
            }
        }
    }

    fn finished(&mut self, place: usize, entry: &mut Entry) {
        self.references.admit(place, entry);
    }
}

/// What to compute of a file.
fn wanted(reader: &PackageReader, checker: &ManifestChecker, name: &str) -> Algorithms {
    reader.always().unwrap_or_else(|| checker.wanted(name))
}

/// Reads one file to its end; none when it is not there.
fn read_text(
    reader: &PackageReader,
    files: &mut dyn Files,
    name: &str,
    checker: &ManifestChecker,
    room: Option<usize>,
) -> Option<Entry> {
    Some(match files.open(name).transpose()? {
        Ok(input) => {
            let algorithms = wanted(reader, checker, name);
            Reading::new(name.to_owned(), input, algorithms, room).finish_reading().entry
        }
        Err(error) => Entry::empty(Member::file(name, 0), State::Unreadable(error.to_string())),
    })
}
