//! Comparing files with the manifest while they are read.

use std::collections::HashMap;
use std::sync::Arc;

use super::entries::{Entry, Manifest};
use super::name;
use super::verdict::{FileVerdict, Obstacle, Verdict, Verdicts};
use crate::digest::{Algorithm, Algorithms, Digests, MultiHasher, Strength};
use crate::span::Span;

/// What is computed while it is not known what the manifest lists: what real manifests have.
const USUAL: Algorithms =
    Algorithms::NONE.with(Algorithm::Sha1).with(Algorithm::Sha256).with(Algorithm::Sha512);

/// Compares the files of a package with its manifest. It reads nothing itself: whoever reads the
/// package hands it the bytes, in pieces of any size, as they are stored (compressed files compressed).
///
/// The manifest may come before, between or after the files. Once it is known, only what it lists is
/// computed; before that SHA-1, SHA-256 and SHA-512. Several files may be open at a time, and each
/// [`FileCheck`] may be fed on a thread of its own.
///
/// Give it every file of the package but the manifest and its certificate: what it was not given
/// counts as absent, and what was given but is not listed is told too.
///
/// ```
/// use ovf::manifest::{Manifest, ManifestChecker, Verdict};
///
/// let text = "SHA256(hello.txt)= 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\n";
/// let manifest = Manifest::parse(text, &Default::default()).manifest;
///
/// let mut checker = ManifestChecker::new();
/// checker.manifest(&manifest);
/// let mut file = checker.file("hello.txt");
/// file.update(b"hel");
/// file.update(b"lo");
/// checker.finish_file(file);
///
/// let verdicts = checker.finish();
/// assert!(verdicts.all_verified());
/// assert!(matches!(verdicts.of("hello.txt"), Some(Verdict::Match { .. })));
/// ```
#[derive(Debug)]
pub struct ManifestChecker {
    /// Tells our files from those of another checker.
    identity: Arc<()>,
    expected: Option<Expected>,
    ahead: Algorithms,
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: Box<str>,
    progress: Progress,
}

#[derive(Debug)]
enum Progress {
    /// Handed out and not come back.
    Open,
    /// Given up before its end.
    Abandoned { bytes: u64 },
    /// Read to its end.
    Read { bytes: u64, digests: Digests },
}

/// A file of the package while it is read. It owns all it needs and can go to another thread.
///
/// Only [`ManifestChecker::finish_file`] says that the end was reached: a file that is dropped or
/// abandoned is [`Truncated`](Verdict::Truncated), whatever was read of it.
#[derive(Debug)]
#[must_use = "a file that is not finished counts as truncated"]
pub struct FileCheck {
    identity: Arc<()>,
    at: usize,
    hasher: MultiHasher,
}

impl FileCheck {
    /// Takes the next bytes of the file.
    pub fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Bytes taken so far.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.hasher.bytes()
    }
}

impl Default for ManifestChecker {
    fn default() -> Self {
        Self::new()
    }
}

impl ManifestChecker {
    /// Without manifest and files.
    #[must_use]
    pub fn new() -> Self {
        Self { identity: Arc::new(()), expected: None, ahead: USUAL, files: Vec::new() }
    }

    /// What to compute for files that come before the manifest. The default is SHA-1, SHA-256 and SHA-512.
    ///
    /// A file that turns out to be listed with another algorithm is
    /// [`Unverifiable`](Verdict::Unverifiable).
    #[must_use]
    pub const fn ahead(mut self, algorithms: Algorithms) -> Self {
        self.ahead = algorithms;
        self
    }

    /// Says what the files are to be compared with. The last manifest counts.
    pub fn manifest(&mut self, manifest: &Manifest) {
        self.expected = Some(Expected::new(manifest));
    }

    /// Begins a file: `name` is its path from the descriptor's folder.
    pub fn file(&mut self, name: &str) -> FileCheck {
        let algorithms = self.wanted(name);
        let at = self.files.len();
        self.files.push(File { name: name.into(), progress: Progress::Open });
        FileCheck { identity: Arc::clone(&self.identity), at, hasher: MultiHasher::new(algorithms) }
    }

    /// The file was read to its end. Does nothing with a file of another checker.
    pub fn finish_file(&mut self, file: FileCheck) {
        if let Some(progress) = self.progress(&file) {
            *progress = Progress::Read { bytes: file.bytes(), digests: file.hasher.finish() };
        }
    }

    /// The file cannot be read any further, and its end was not reached. Does nothing with a file of
    /// another checker.
    #[allow(clippy::needless_pass_by_value, reason = "the file is given up")]
    pub fn abandon_file(&mut self, file: FileCheck) {
        if let Some(progress) = self.progress(&file) {
            *progress = Progress::Abandoned { bytes: file.bytes() };
        }
    }

    /// What to compute of a file, for a caller that hashes on its own.
    pub(crate) fn wanted(&self, name: &str) -> Algorithms {
        self.expected.as_ref().map_or(self.ahead, |expected| expected.algorithms(name))
    }

    /// A file that a caller has read to its end and hashed.
    pub(crate) fn add_read(&mut self, name: &str, bytes: u64, digests: Digests) {
        let progress = Progress::Read { bytes, digests };
        self.files.push(File { name: name.into(), progress });
    }

    /// A file that a caller could not read to its end.
    pub(crate) fn add_cut(&mut self, name: &str, bytes: u64) {
        self.files.push(File { name: name.into(), progress: Progress::Abandoned { bytes } });
    }

    fn progress(&mut self, file: &FileCheck) -> Option<&mut Progress> {
        let is_ours = Arc::ptr_eq(&self.identity, &file.identity);
        self.files.get_mut(file.at).filter(|_| is_ours).map(|file| &mut file.progress)
    }

    /// All files were given: a verdict for each, in that order, then one for each that is listed and
    /// was not given, in the order of the manifest.
    #[must_use]
    pub fn finish(self) -> Verdicts {
        let expected = self.expected.as_ref();
        let mut seen = vec![false; expected.map_or(0, |expected| expected.files.len())];
        let mut files = Vec::new();
        for file in self.files {
            let place = expected.and_then(|expected| expected.place(&file.name));
            if let Some(seen) = place.and_then(|at| seen.get_mut(at)) {
                *seen = true;
            }
            let listed = place.and_then(|at| expected?.files.get(at));
            let (bytes, verdict) = match file.progress {
                Progress::Open => (None, Verdict::Truncated),
                Progress::Abandoned { bytes } => (Some(bytes), Verdict::Truncated),
                Progress::Read { bytes, digests } => {
                    let verdict = match (listed, expected) {
                        (Some(listed), _) => listed.compare(&digests),
                        (None, Some(_)) => Verdict::NotListed,
                        (None, None) => Verdict::Unverifiable { why: Obstacle::NoManifest },
                    };
                    (Some(bytes), verdict)
                }
            };
            let place = listed.map(|listed| listed.place(&verdict));
            files.push(FileVerdict { name: file.name, bytes, verdict, place });
        }
        let absent = expected.into_iter().flat_map(|expected| &expected.files).zip(seen);
        files.extend(absent.filter(|(_, seen)| !seen).map(|(listed, _)| FileVerdict {
            name: listed.name.clone(),
            bytes: None,
            verdict: Verdict::Absent,
            place: Some(listed.place(&Verdict::Absent)),
        }));
        Verdicts { files, is_whole: expected.is_some_and(|expected| expected.complete) }
    }
}

/// The manifest, by files.
#[derive(Debug)]
struct Expected {
    files: Vec<Listed>,
    by_path: HashMap<Box<str>, usize>,
    complete: bool,
}

/// What the manifest says of one file.
#[derive(Debug)]
struct Listed {
    /// As it is written first.
    name: Box<str>,
    name_span: Span,
    /// The first entry by each algorithm.
    entries: Vec<Entry>,
    contradicting: bool,
    unreadable: bool,
}

impl Expected {
    fn new(manifest: &Manifest) -> Self {
        let mut expected =
            Self { files: Vec::new(), by_path: HashMap::new(), complete: manifest.is_complete() };
        for entry in manifest.entries() {
            let listed = expected.listed(entry.path(), entry.name(), entry.name_span());
            match listed.map(|listed| (listed.first_by(entry.algorithm()), listed)) {
                Some((Some(first), listed)) => listed.contradicting |= first != entry.digest(),
                Some((None, listed)) => listed.entries.push(entry.clone()),
                None => {}
            }
        }
        for entry in manifest.unreadable() {
            if let Some(listed) = expected.listed(entry.path(), entry.name(), entry.place.name) {
                listed.unreadable = true;
            }
        }
        expected
    }

    /// The file of that path, new if there is none yet.
    fn listed(&mut self, path: &str, name: &str, name_span: Span) -> Option<&mut Listed> {
        let at = self.by_path.get(path).copied().unwrap_or_else(|| {
            let at = self.files.len();
            self.by_path.insert(path.into(), at);
            let (entries, contradicting, unreadable) = (Vec::new(), false, false);
            self.files.push(Listed {
                name: name.into(),
                name_span,
                entries,
                contradicting,
                unreadable,
            });
            at
        });
        self.files.get_mut(at)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.by_path.get(name::matching(name)).copied()
    }

    fn algorithms(&self, name: &str) -> Algorithms {
        let listed = self.place(name).and_then(|at| self.files.get(at));
        listed.into_iter().flat_map(|listed| &listed.entries).map(Entry::algorithm).collect()
    }
}

impl Listed {
    fn first_by(&self, algorithm: Algorithm) -> Option<crate::digest::Digest> {
        self.entries.iter().find(|entry| entry.algorithm() == algorithm).map(Entry::digest)
    }

    /// The verdict on a file that was read to its end: good only when every digest listed was
    /// computed and matches, and one of them proves something.
    fn compare(&self, computed: &Digests) -> Verdict {
        if self.unreadable {
            return Verdict::Unverifiable { why: Obstacle::UnreadableEntry };
        }
        if self.contradicting {
            return Verdict::Unverifiable { why: Obstacle::ContradictingEntries };
        }
        for entry in &self.entries {
            let algorithm = entry.algorithm();
            match computed.of(algorithm) {
                Some(computed) if computed != entry.digest() => {
                    return Verdict::Mismatch { algorithm, expected: entry.digest(), computed };
                }
                _ => {}
            }
        }
        let missing = self
            .entries
            .iter()
            .map(Entry::algorithm)
            .find(|&algorithm| computed.of(algorithm).is_none());
        if let Some(algorithm) = missing {
            return Verdict::Unverifiable { why: Obstacle::NotComputed(algorithm) };
        }
        let strongest =
            self.entries.iter().map(Entry::algorithm).max_by_key(|algorithm| algorithm.strength());
        match strongest.map(|algorithm| (algorithm, algorithm.strength())) {
            Some((algorithm, strength @ (Strength::Weak | Strength::Strong))) => {
                Verdict::Match { algorithm, strength }
            }
            Some((algorithm, Strength::Broken)) => {
                Verdict::Unverifiable { why: Obstacle::BrokenAlgorithm(algorithm) }
            }
            // A file is here because of an entry, readable or not.
            None => Verdict::Unverifiable { why: Obstacle::UnreadableEntry },
        }
    }

    /// Where the manifest says what the verdict is about.
    fn place(&self, verdict: &Verdict) -> Span {
        match verdict {
            Verdict::Mismatch { algorithm, .. } => {
                let entry = self.entries.iter().find(|entry| entry.algorithm() == *algorithm);
                entry.map_or(self.name_span, Entry::digest_span)
            }
            _ => self.name_span,
        }
    }
}
