//! Reading packages: every byte once, from front to back.

mod ahead;
mod archive;
mod folder;
mod intake;
mod pool;
mod reading;
mod references;

use std::io::{self, Read};
use std::num::NonZeroUsize;

pub use self::folder::Files;
pub(super) use self::intake::{Entry, State};
pub(super) use self::references::{FileClaim, claims};
use super::finding::Findings;
use super::opened::Package;
use super::tar::ArchiveError;
use crate::digest::{Algorithm, Algorithms};
use crate::report::Validator;

/// Reads packages and computes the digests of their files on the way.
///
/// It opens nothing itself: an archive is anything that can be read, the files of a folder come
/// through [`Files`]. What it returns has read all there is, and judged nothing yet:
///
/// ```
/// use ovf::Validator;
/// use ovf::package::PackageReader;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let file = std::fs::File::open("testdata/packages/small.ova")?;
/// let package = PackageReader::new(Validator::new()).archive(file)?;
/// let texts = package.texts();
/// let report = package.check(&texts);
/// assert!(report.is_verified());
/// for file in report.files() {
///     println!("{}: {}", file.name, file.status);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct PackageReader {
    validator: Validator,
    jobs: NonZeroUsize,
    computed: Option<Algorithm>,
}

impl PackageReader {
    /// Reads by the limits of a validator, whose policy and levels are for all findings.
    #[must_use]
    pub const fn new(validator: Validator) -> Self {
        Self { validator, jobs: NonZeroUsize::MIN, computed: None }
    }

    /// How many threads read and hash the files of a folder, each two at a time where there are more
    /// files than threads. One by default; an archive has one order and is always read on one thread
    /// and hashed on another.
    #[must_use]
    pub const fn jobs(mut self, jobs: NonZeroUsize) -> Self {
        self.jobs = jobs;
        self
    }

    /// Computes this digest of every file, for [`Package::manifest`], rather than what the package's
    /// own manifest needs. Nothing is verified then.
    #[must_use]
    pub const fn compute(mut self, algorithm: Algorithm) -> Self {
        self.computed = Some(algorithm);
        self
    }

    /// Reads an OVA, in one pass without seeking and in constant memory, but for the texts of
    /// descriptor, manifest and certificate, which [`Limits`](crate::Limits) bound.
    ///
    /// # Errors
    ///
    /// When the input cannot be read, or is no tar archive. What is wrong with an archive is found
    /// by [`Package::check`].
    pub fn archive(&self, input: impl Read + Send) -> Result<Package, ArchiveError> {
        ahead::read_ahead(input, |input| archive::read(self, input))?
    }

    /// Reads a package whose files lie in a folder. `descriptor` is the one to take; without it the
    /// folder must hold exactly one, and files that belong to nothing are told.
    ///
    /// # Errors
    ///
    /// When the folder cannot be listed. A file that cannot be opened is a finding.
    pub fn folder(&self, files: &mut dyn Files, descriptor: Option<&str>) -> io::Result<Package> {
        folder::read(self, files, descriptor)
    }

    fn findings(&self) -> Findings {
        let room = self.validator.set_limits().diagnostics;
        Findings::with_levels(self.validator.levels().clone(), room)
    }

    /// What is computed whatever the manifest says.
    fn always(&self) -> Option<Algorithms> {
        self.computed.map(|algorithm| Algorithms::NONE.with(algorithm))
    }
}
