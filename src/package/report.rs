//! What is known of a package.

use std::fmt;

use super::finding::Finding;
use crate::diagnostic::{Counts, Diagnostic};
use crate::digest::{Algorithm, Digest};
use crate::manifest::Obstacle;
use crate::report::Report;
use crate::source::Source;
use crate::value::path::Unsafe;

/// Everything found in a package, and what is known of each file.
#[derive(Debug)]
pub struct PackageReport<'p> {
    pub(super) descriptor: Option<(&'p str, Report<'p>)>,
    pub(super) manifest: Option<ManifestReport<'p>>,
    pub(super) findings: super::Findings,
    #[cfg(feature = "cert")]
    pub(super) certificate: Option<super::CertificateReport<'p>>,
    pub(super) files: Vec<FileReport>,
    pub(super) counts: Counts,
    pub(super) is_complete: bool,
}

/// What was found in a manifest.
#[derive(Debug)]
#[non_exhaustive]
pub struct ManifestReport<'p> {
    /// Its name in the package.
    pub name: &'p str,
    /// Its text, into which the findings point.
    pub source: &'p Source<'p>,
    /// Findings about its text and about the files it lists, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileReport {
    /// Its name in the package; of one that is not there, as it was asked for.
    pub name: String,
    /// Bytes that were read; none of a file that is not there.
    pub bytes: Option<u64>,
    /// What it is.
    pub role: FileRole,
    /// What is known of its content.
    pub status: FileStatus,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileRole {
    /// The descriptor.
    Descriptor,
    /// The package's own manifest.
    Manifest,
    /// The package's own certificate.
    Certificate,
    /// Any other.
    Payload,
}

/// What is known of the content of a file. Only the first two are good.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileStatus {
    /// Every digest listed matches.
    Verified {
        /// The strongest of them.
        algorithm: Algorithm,
    },
    /// Every digest listed matches, but whoever wants to can make another file with the same.
    VerifiedWeak {
        /// The strongest of them.
        algorithm: Algorithm,
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
    /// There is a manifest, and it does not list the file.
    NotListed,
    /// Descriptor or manifest list the file, and the package does not have it.
    Absent,
    /// The file was not read to its end.
    Truncated,
    /// It is there and could not be opened or read.
    Unreadable {
        /// Why.
        why: String,
    },
    /// It was read to its end, the manifest lists it, and yet nothing is known.
    Unverifiable {
        /// What is in the way.
        why: Obstacle,
    },
    /// Nobody has compared it with anything.
    NotChecked {
        /// Why not.
        why: Unchecked,
    },
}

/// Why a file was not compared with anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unchecked {
    /// There is no manifest.
    NoManifest,
    /// It is elsewhere on the network, and nothing is fetched.
    Remote,
    /// Its name is not safe to open.
    UnsafeName(Unsafe),
    /// The archive stopped before it.
    NotReached,
    /// It is the manifest; only a signature speaks for it.
    Manifest,
    /// It is the certificate.
    Certificate,
}

impl FileStatus {
    /// Whether every digest listed matches.
    #[must_use]
    pub const fn is_verified(&self) -> bool {
        matches!(self, Self::Verified { .. } | Self::VerifiedWeak { .. })
    }

    /// A word for it: `verified`, `verified-weak`, `mismatch`, `not-listed`, `absent`, `truncated`,
    /// `unreadable`, `unverifiable` or `not-checked`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Verified { .. } => "verified",
            Self::VerifiedWeak { .. } => "verified-weak",
            Self::Mismatch { .. } => "mismatch",
            Self::NotListed => "not-listed",
            Self::Absent => "absent",
            Self::Truncated => "truncated",
            Self::Unreadable { .. } => "unreadable",
            Self::Unverifiable { .. } => "unverifiable",
            Self::NotChecked { .. } => "not-checked",
        }
    }
}

/// The word and what is to be said about it: `verified SHA256`, `not checked (remote)`.
impl fmt::Display for FileStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verified { algorithm } => write!(f, "verified {algorithm}"),
            Self::VerifiedWeak { algorithm } => write!(f, "verified-weak {algorithm}"),
            Self::Mismatch { algorithm, .. } => write!(f, "mismatch {algorithm}"),
            Self::NotListed => f.write_str("not listed"),
            Self::Absent => f.write_str("absent"),
            Self::Truncated => f.write_str("truncated"),
            Self::Unreadable { .. } => f.write_str("unreadable"),
            Self::Unverifiable { why } => match why {
                Obstacle::NoManifest => f.write_str("unverifiable (no manifest)"),
                Obstacle::UnreadableEntry => f.write_str("unverifiable (entry makes no sense)"),
                Obstacle::ContradictingEntries => {
                    f.write_str("unverifiable (entries contradict each other)")
                }
                Obstacle::NotComputed(algorithm) => {
                    write!(f, "unverifiable ({algorithm} was not computed)")
                }
                Obstacle::BrokenAlgorithm(algorithm) => {
                    write!(f, "unverifiable ({algorithm} proves nothing)")
                }
            },
            Self::NotChecked { why } => write!(f, "not checked ({why})"),
        }
    }
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoManifest => "no manifest",
            Self::Remote => "remote",
            Self::UnsafeName(_) => "unsafe name",
            Self::NotReached => "not reached",
            Self::Manifest => "manifest",
            Self::Certificate => "certificate",
        })
    }
}

impl FileRole {
    /// `descriptor`, `manifest`, `certificate` or `payload`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Descriptor => "descriptor",
            Self::Manifest => "manifest",
            Self::Certificate => "certificate",
            Self::Payload => "payload",
        }
    }
}

impl<'p> PackageReport<'p> {
    /// Name of the descriptor, and what was found in it; none when there is none that can be read.
    #[must_use]
    pub fn descriptor(&self) -> Option<(&'p str, &Report<'p>)> {
        self.descriptor.as_ref().map(|(name, report)| (*name, report))
    }

    /// What was found in the manifest; none when there is none.
    #[must_use]
    pub const fn manifest(&self) -> Option<&ManifestReport<'p>> {
        self.manifest.as_ref()
    }

    /// What was found in the certificate, and what is known of the signature; none when the package
    /// has no certificate.
    #[cfg(feature = "cert")]
    #[must_use]
    pub const fn certificate(&self) -> Option<&super::CertificateReport<'p>> {
        self.certificate.as_ref()
    }

    #[cfg(feature = "cert")]
    pub(super) fn with_certificate(
        mut self,
        certificate: Option<super::CertificateReport<'p>>,
    ) -> Self {
        if let Some(certificate) = &certificate {
            self.counts.error = self.counts.error.saturating_add(certificate.counts.error);
            self.counts.warning = self.counts.warning.saturating_add(certificate.counts.warning);
            self.counts.info = self.counts.info.saturating_add(certificate.counts.info);
            self.is_complete &= certificate.is_complete;
        }
        self.certificate = certificate;
        self
    }

    /// What was found about the container and about files as a whole.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.findings.list()
    }

    /// The files: those that were read, in their order, then those that should be there and are not.
    #[must_use]
    pub fn files(&self) -> &[FileReport] {
        &self.files
    }

    /// How many findings there are of each severity, in all texts and about the container.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether everything was read and examined: no limit was reached, nothing was cut.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Whether the package was read to its end, there is a manifest whose every line was read, and
    /// every file matches it. A file that nobody checked, a remote one for instance, is not verified.
    ///
    /// Says nothing of who made the manifest.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        let mut files = self
            .files
            .iter()
            .filter(|file| !matches!(file.role, FileRole::Manifest | FileRole::Certificate))
            .peekable();
        self.is_complete
            && self.manifest.is_some()
            && files.peek().is_some()
            && files.all(|file| file.status.is_verified())
    }
}
