//! What a manifest says.

use std::borrow::Cow;
use std::fmt;

use super::name;
use super::reader::{ManifestReader, Parsed};
use crate::diagnostic::Code;
use crate::digest::{Algorithm, Digest};
use crate::limits::Limits;
use crate::span::Span;
use crate::value::path::Unsafe;

/// The digests of the files of a package (DSP0243 5.1).
///
/// Displayed in the form of the standard, `SHA256(disk.vmdk)= 5891b5…` and a line feed for each entry.
/// Two manifests are equal when they say the same in the same order; where it stands does not count.
///
/// ```
/// use ovf::digest::{Algorithm, Digest};
/// use ovf::manifest::Manifest;
///
/// let digest = Digest::parse(Algorithm::Sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709")?;
/// let mut manifest = Manifest::new();
/// manifest.push("vm.ovf", digest)?;
/// assert_eq!(manifest.to_string(), "SHA1(vm.ovf)= da39a3ee5e6b4b0d3255bfef95601890afd80709\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub(super) entries: Vec<Entry>,
    pub(super) unreadable: Vec<UnreadableEntry>,
    pub(super) complete: bool,
}

impl Manifest {
    /// Without entries.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new(), unreadable: Vec::new(), complete: true }
    }

    /// The text of a manifest's bytes. What is not UTF-8 becomes U+FFFD, which is a finding when the
    /// text is read.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
        String::from_utf8_lossy(bytes)
    }

    /// Reads a manifest of which nothing else is known. See [`ManifestReader`] for one of a package.
    #[must_use]
    pub fn parse(text: &str, limits: &Limits) -> Parsed {
        ManifestReader::new().limits(*limits).read(text)
    }

    /// The digests, in the order they are written in.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Entries that name a file but whose algorithm or digest makes no sense.
    #[must_use]
    pub fn unreadable(&self) -> &[UnreadableEntry] {
        &self.unreadable
    }

    /// Whether every line was read: none was cut off by a limit, and none without an entry in it.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Adds the digest of a file. `name` is its path from the descriptor's folder; a piece of a file
    /// in chunks is a file of its own. A `./` in front is left out.
    ///
    /// # Errors
    ///
    /// When the name is not safe to join to a folder.
    pub fn push(&mut self, name: &str, digest: Digest) -> Result<(), Unsafe> {
        name::check(name)?;
        let nowhere = Span::default();
        let place = Place { line: 0, whole: nowhere, name: nowhere, digest: nowhere };
        self.entries.push(Entry { name: name::matching(name).into(), digest, place });
        Ok(())
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) whole: Span,
    pub(super) name: Span,
    pub(super) digest: Span,
}

/// The digest of a file.
///
/// Two entries are equal when they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) name: Box<str>,
    pub(super) digest: Digest,
    pub(super) place: Place,
}

impl Entry {
    /// The file name, as written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file name that counts when a file is looked for: without `./` in front.
    #[must_use]
    pub fn path(&self) -> &str {
        name::matching(&self.name)
    }

    /// The algorithm of the digest.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.digest.algorithm()
    }

    /// The digest.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Its one-based line; 0 when it was not read from a text.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.place.line
    }

    /// The whole of it in the manifest's text, from the algorithm to the digest.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.place.whole
    }

    /// The name in the manifest's text.
    #[must_use]
    pub const fn name_span(&self) -> Span {
        self.place.name
    }

    /// The digest in the manifest's text.
    #[must_use]
    pub const fn digest_span(&self) -> Span {
        self.place.digest
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.digest == other.digest
    }
}

impl Eq for Entry {}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})= {}", self.algorithm(), self.name, self.digest)
    }
}

/// An entry that names a file but whose algorithm or digest makes no sense. The file cannot be verified.
#[derive(Clone, Debug)]
pub struct UnreadableEntry {
    pub(super) name: Box<str>,
    pub(super) code: Code,
    pub(super) place: Place,
}

impl UnreadableEntry {
    /// The file name, as written.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file name that counts when a file is looked for: without `./` in front.
    #[must_use]
    pub fn path(&self) -> &str {
        name::matching(&self.name)
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Its one-based line.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.place.line
    }

    /// The whole of it in the manifest's text.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.place.whole
    }
}

impl PartialEq for UnreadableEntry {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.code == other.code
    }
}

impl Eq for UnreadableEntry {}
