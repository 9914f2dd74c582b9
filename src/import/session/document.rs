//! The small files of a package, which a session reads: descriptor, manifest, certificate, message
//! bundles.

use std::collections::HashMap;
use std::fmt;

use super::error::SessionError;
use super::issue::Issue;
use crate::digest::{Algorithm, Algorithms, Digest, MultiHasher};
use crate::limits::Limits;
use crate::manifest::{Manifest, ManifestReader};
use crate::policy::Policy;
use crate::source::Source;

/// The text of a small file, and the digests of its bytes.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Document {
    name: String,
    text: String,
    bytes: u64,
    digests: Vec<Digest>,
}

/// The text may hold passwords, so it is not shown.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("name", &self.name)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Document {
    /// A descriptor or a bundle: any text [`Source`] can read.
    pub(super) fn xml(name: &str, bytes: &[u8]) -> Result<Self, Box<Issue>> {
        let text = Source::decode_with(bytes, &Limits::default())
            .map(|source| source.text().to_owned())
            .map_err(|why| {
                let message = format!("the file {why}");
                Box::new(Issue::error(name, "unreadable-input", message))
            })?;
        Ok(Self::of(name, text, bytes))
    }

    /// A manifest or a certificate: what is not UTF-8 becomes U+FFFD.
    pub(super) fn plain(name: &str, bytes: &[u8], limit: usize) -> Result<Self, SessionError> {
        if bytes.len() > limit {
            return Err(SessionError::argument("bytes", format!("has more than {limit} bytes")));
        }
        Ok(Self::of(name, Manifest::decode(bytes).into_owned(), bytes))
    }

    fn of(name: &str, text: String, bytes: &[u8]) -> Self {
        // Any of them may be listed, and a document is small.
        let mut hasher = MultiHasher::new(Algorithms::from_iter(Algorithm::ALL));
        hasher.update(bytes);
        let bytes = hasher.bytes();
        let digests = hasher.finish().iter().collect();
        Self { name: name.to_owned(), text, bytes, digests }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn digest(&self, algorithm: Algorithm) -> Option<Digest> {
        self.digests.iter().copied().find(|digest| digest.algorithm() == algorithm)
    }
}

/// A manifest, read: what it says of each file, by name.
#[derive(Clone, Debug)]
pub(super) struct Listing(HashMap<Box<str>, Listed>);

/// What a manifest says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// Nothing.
    No,
    /// Something that makes no sense, so the file cannot be verified.
    Unreadable,
    /// Its digests; all of them must match.
    Digests(Vec<Digest>),
}

impl Listing {
    /// Reads a manifest, and everything that is wrong with it.
    pub(super) fn read(document: &Document, policy: Policy) -> (Self, Vec<Issue>) {
        let parsed = ManifestReader::new().name(&document.name).policy(policy).read(&document.text);
        let issues = match Source::decode(document.text.as_bytes()) {
            Ok(source) => Issue::of_findings(&document.name, &source, &parsed.diagnostics),
            Err(_) => Vec::new(),
        };
        let mut files: HashMap<Box<str>, Listed> = HashMap::new();
        for entry in parsed.manifest.entries() {
            let listed = files.entry(entry.path().into()).or_insert(Listed::Digests(Vec::new()));
            if let Listed::Digests(digests) = listed {
                digests.push(entry.digest());
            }
        }
        for entry in parsed.manifest.unreadable() {
            files.insert(entry.path().into(), Listed::Unreadable);
        }
        (Self(files), issues)
    }

    /// What it says of a file, by its name, else by the way the descriptor writes it.
    pub(super) fn of(&self, name: &str, href: &str) -> Listed {
        let listed = self.0.get(name).or_else(|| self.0.get(href));
        listed.cloned().unwrap_or(Listed::No)
    }

    /// Compares a document with it.
    pub(super) fn check(&self, document: &Document) -> Option<Issue> {
        let name = document.name();
        match self.of(name, name) {
            Listed::No => {
                let message = "the manifest does not list the file";
                Some(Issue::warning(name, "unlisted-file", message))
            }
            Listed::Unreadable => {
                let message = "what the manifest says of the file cannot be read";
                Some(Issue::error(name, "file-not-verified", message))
            }
            Listed::Digests(digests) => digests.into_iter().find_map(|expected| {
                let algorithm = expected.algorithm();
                let computed = document.digest(algorithm).filter(|&found| found != expected)?;
                let message = format!("the `{algorithm}` digest is `{computed}`, not `{expected}`");
                Some(Issue::error(name, "digest-mismatch", message))
            }),
        }
    }
}
