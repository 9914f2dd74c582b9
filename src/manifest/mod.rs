//! Manifests: the list of digests beside a descriptor (DSP0243 5.1), and comparing files with it.
//!
//! A line is `SHA256(disk.vmdk)= 5891b5…`. Tools write it in many dialects; all of them are read, and
//! every deviation is a finding.

#[cfg(feature = "cert")]
pub mod certificate;
mod checker;
mod entries;
mod habits;
mod line;
mod name;
mod reader;
mod rules;
mod verdict;
mod warning;

pub use self::checker::{FileCheck, ManifestChecker};
pub use self::entries::{Entry, Manifest, UnreadableEntry};
pub use self::reader::{ManifestReader, Parsed};
pub use self::verdict::{FileVerdict, Obstacle, Verdict, Verdicts};
pub use self::warning::{Warning, WarningBehavior, WarningType};
