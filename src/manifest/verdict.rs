//! What came of comparing files with the manifest.

use super::name;
use crate::diagnostic::{Code, Diagnostic, Findings, Levels, quoted};
use crate::digest::{Algorithm, Digest, Strength};
use crate::limits::Limits;
use crate::policy::Policy;
use crate::span::Span;

/// What is known of a file. Only [`Match`](Self::Match) is good; all others say what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Every digest listed matches.
    Match {
        /// The strongest algorithm listed.
        algorithm: Algorithm,
        /// What its digests prove: weak or strong.
        strength: Strength,
    },
    /// A digest does not match.
    Mismatch {
        /// The algorithm of the first that does not.
        algorithm: Algorithm,
        /// What the manifest says.
        expected: Digest,
        /// What the file has.
        computed: Digest,
    },
    /// The manifest does not list the file.
    NotListed,
    /// The manifest lists the file, and it was not given.
    Absent,
    /// The file was not read to its end.
    Truncated,
    /// The file was read to its end, and yet nothing is known.
    Unverifiable {
        /// What is in the way.
        why: Obstacle,
    },
}

/// Why a file that was read cannot be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// There is no manifest.
    NoManifest,
    /// A line of the manifest that names the file makes no sense.
    UnreadableEntry,
    /// The manifest has two digests by one algorithm for it.
    ContradictingEntries,
    /// The manifest came after the file and has a digest by this algorithm, which was not computed.
    NotComputed(Algorithm),
    /// All digests match, but their algorithm proves nothing.
    BrokenAlgorithm(Algorithm),
}

/// A file and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVerdict {
    pub(super) name: Box<str>,
    pub(super) bytes: Option<u64>,
    pub(super) verdict: Verdict,
    pub(super) place: Option<Span>,
}

impl FileVerdict {
    /// The name as it was given; that in the manifest for a file that was not.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes that were read, where that is known: not for a file that is absent or was dropped.
    #[must_use]
    pub const fn bytes(&self) -> Option<u64> {
        self.bytes
    }

    /// What is known of it.
    #[must_use]
    pub const fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The place in the manifest's text that the verdict is about: the digest that does not match,
    /// else the name; `None` when the file is not listed.
    #[must_use]
    pub const fn span(&self) -> Option<Span> {
        self.place
    }

    fn tell(&self, end: Span, out: &mut Findings) {
        let name = quoted(&self.name);
        let place = self.place.unwrap_or(end);
        match &self.verdict {
            Verdict::Match { .. } => {}
            Verdict::Mismatch { algorithm, computed, .. } => {
                let bytes = self.bytes.unwrap_or(0);
                out.add(
                    Code::DIGEST_MISMATCH,
                    place,
                    format_args!("the `{algorithm}` digest of {name} is `{computed}` ({bytes} bytes read)"),
                )
                .help(format_args!("fetch the package again; if you changed the file yourself, make the manifest anew"))
                .done();
            }
            Verdict::NotListed => {
                let is_descriptor = self
                    .name
                    .rsplit_once('.')
                    .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("ovf"));
                let (code, what) = if is_descriptor {
                    (Code::UNLISTED_DESCRIPTOR, "descriptor")
                } else {
                    (Code::UNLISTED_FILE, "file")
                };
                out.add(code, place, format_args!("the {what} {name} is not in the manifest"))
                    .help(format_args!("make the manifest anew, over all files"))
                    .done();
            }
            Verdict::Absent => {
                out.add(
                    Code::LISTED_FILE_ABSENT,
                    place,
                    format_args!("the package has no file {name}"),
                )
                .help(format_args!("add the file, or make the manifest anew"))
                .done();
            }
            Verdict::Truncated => {
                let code = Code::FILE_NOT_READ_TO_ITS_END;
                let draft = match self.bytes {
                    Some(bytes) => {
                        out.add(code, place, format_args!("{name} ends early, after {bytes} bytes"))
                    }
                    None => out.add(code, place, format_args!("{name} was not read to its end")),
                };
                draft
                    .help(format_args!("fetch the package again and verify the whole of it"))
                    .done();
            }
            Verdict::Unverifiable { why } => match why {
                Obstacle::NotComputed(algorithm) => {
                    out.add(
                        Code::FILE_NOT_VERIFIED,
                        place,
                        format_args!("the `{algorithm}` digest of {name} was not computed: the manifest comes after it"),
                    )
                    .help(format_args!("verify again with the manifest in front of the files"))
                    .done();
                }
                // Reading the manifest told these, and that there is none is told of the package.
                Obstacle::NoManifest
                | Obstacle::UnreadableEntry
                | Obstacle::ContradictingEntries
                | Obstacle::BrokenAlgorithm(_) => {}
            },
        }
    }
}

/// What is known of every file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    pub(super) files: Vec<FileVerdict>,
    /// Whether there was a manifest and every line of it was read.
    pub(super) is_whole: bool,
}

impl Verdicts {
    /// The files in the order they were begun in, then those that are listed and were not given.
    pub fn iter(&self) -> impl Iterator<Item = &FileVerdict> {
        self.files.iter()
    }

    /// The verdict on a file. The first, when two files of that name were given.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&Verdict> {
        let path = name::matching(name);
        self.iter().find(|file| name::matching(&file.name) == path).map(FileVerdict::verdict)
    }

    /// Whether there is a manifest, every line of it was read, at least one file was given, and every
    /// file that was given or is listed matches.
    ///
    /// It counts what is listed with SHA-1; [`all_strong`](Self::all_strong) does not.
    #[must_use]
    pub fn all_verified(&self) -> bool {
        self.all(|verdict| matches!(verdict, Verdict::Match { .. }))
    }

    /// The same, and nothing rests on SHA-1.
    #[must_use]
    pub fn all_strong(&self) -> bool {
        self.all(|verdict| matches!(verdict, Verdict::Match { strength: Strength::Strong, .. }))
    }

    fn all(&self, is_good: impl Fn(&Verdict) -> bool) -> bool {
        self.is_whole && !self.files.is_empty() && self.iter().all(|file| is_good(&file.verdict))
    }

    /// Findings of the files that did not match, sorted by place. Places are in the text of the
    /// manifest, `manifest`; what is not listed is told at its end, where it should stand.
    ///
    /// A package without manifest has none here, nor have files whose entries are the trouble:
    /// [`Parsed::diagnostics`](super::Parsed) has them.
    #[must_use]
    pub fn diagnostics(&self, manifest: &str, policy: Policy, limits: &Limits) -> Vec<Diagnostic> {
        let mut levels = Levels::default();
        levels.set_strictness(policy.strictness);
        let mut out = Findings::new(levels, limits.diagnostics);
        self.tell(manifest, &mut out);
        out.finish().0
    }

    /// The same without files that were not given, for a package that was not read to its end: they
    /// may be in the rest of it.
    pub(crate) fn without_absent(mut self) -> Self {
        self.files.retain(|file| file.verdict != Verdict::Absent);
        self
    }

    /// Adds the same to findings that others go on with.
    pub(crate) fn tell(&self, manifest: &str, out: &mut Findings) {
        let end = Span::at(u32::try_from(manifest.len()).unwrap_or(u32::MAX));
        self.files.iter().for_each(|file| file.tell(end, out));
    }
}
