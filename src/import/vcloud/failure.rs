//! Why an upload fails.

use crate::diagnostic::{Severity, quoted};
use crate::manifest::Verdict;
use crate::model::Envelope;
use crate::namespace::{OVF_1, Version};
use crate::report::Report;

/// Why an upload fails: what the `Error` of the template's `Task` says. No message shows the value of a
/// property.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The descriptor is neither OVF 1.0 nor 1.1.
    #[error("the descriptor is OVF {version}; OVF 1.0 and 1.1 can be uploaded")]
    Version {
        /// What it is.
        version: Version,
    },
    /// The root is no envelope of 1.x.
    #[error("the namespace of the descriptor is not {}", quoted(OVF_1))]
    Namespace,
    /// A file is compressed.
    #[error(
        "the file {} is compressed with {}; compressed packages cannot be uploaded",
        quoted(name),
        quoted(compression)
    )]
    Compressed {
        /// Its `href`.
        name: String,
        /// Its `compression`.
        compression: String,
    },
    /// A file has no size.
    #[error("the file {} has no size", quoted(name))]
    NoSize {
        /// Its `href`.
        name: String,
    },
    /// Two files of the upload have one name.
    #[error("two files have the name {}", quoted(name))]
    SameName {
        /// The name.
        name: String,
    },
    /// A machine cannot be given a name.
    #[error("the id {} is one of too many that begin alike", quoted(id))]
    Name {
        /// Its id.
        id: String,
    },
    /// The descriptor has errors.
    #[error("line {line} of the descriptor: {message} ({errors} in all)")]
    Invalid {
        /// The one-based line of the first.
        line: u32,
        /// The message of the first.
        message: String,
        /// How many errors there are.
        errors: u64,
    },
    /// The descriptor could not be read to its end.
    #[error("the descriptor could not be read")]
    Unreadable,
    /// The checksum of a file is not the one in the manifest.
    #[error("the checksum of {} does not match the manifest", quoted(name))]
    Checksum {
        /// The name of the file.
        name: String,
    },
    /// Nothing in the manifest speaks for a file, or what is there cannot be checked.
    #[error("the manifest does not verify {}", quoted(name))]
    NotVerified {
        /// The name of the file.
        name: String,
    },
    /// Something else, in the words of the server.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// What is wrong with a descriptor as a whole: its version, compression, errors.
    pub(super) fn of(report: &Report<'_>) -> Option<Self> {
        let Some(envelope) = report.envelope() else {
            return Some(Self::invalid(report).unwrap_or(Self::Unreadable));
        };
        Self::of_version(envelope)
            .or_else(|| Self::of_compression(envelope))
            .or_else(|| Self::invalid(report))
            .or_else(|| (!report.is_complete()).then_some(Self::Unreadable))
    }

    fn of_version(envelope: &Envelope<'_>) -> Option<Self> {
        match envelope.version() {
            Version::V1_0 | Version::V1_1 if envelope.root().node().namespace() == OVF_1 => None,
            Version::V1_0 | Version::V1_1 => Some(Self::Namespace),
            version => Some(Self::Version { version }),
        }
    }

    fn of_compression(envelope: &Envelope<'_>) -> Option<Self> {
        envelope.files().find_map(|file| {
            let compression = file.compression()?.value();
            // The same as none (DSP0243 7.1).
            let is_none = matches!(&*compression, "" | "identity");
            (!is_none).then(|| Self::Compressed {
                name: file.href().map(|href| href.value().into_owned()).unwrap_or_default(),
                compression: compression.into_owned(),
            })
        })
    }

    fn invalid(report: &Report<'_>) -> Option<Self> {
        let is_error = |severity: Severity| severity == Severity::Error;
        let first = report.diagnostics().iter().find(|found| is_error(found.severity))?;
        Some(Self::Invalid {
            line: report.source().line_col(first.span.start).line,
            message: first.message.clone(),
            errors: report.counts().error,
        })
    }

    /// What a verdict of the manifest says against a file.
    pub(super) fn of_verdict(name: &str, verdict: &Verdict) -> Option<Self> {
        let name = name.to_owned();
        match verdict {
            Verdict::Match { .. } => None,
            Verdict::Mismatch { .. } => Some(Self::Checksum { name }),
            _ => Some(Self::NotVerified { name }),
        }
    }
}
