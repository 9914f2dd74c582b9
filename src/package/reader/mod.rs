//! Reading packages: every byte once, from front to back.

mod ahead;
mod archive;
mod folder;
mod intake;
mod members;
mod pool;
mod reading;
mod references;
mod seeking;

use std::io::{self, Read};
use std::num::NonZeroUsize;

pub use self::folder::Files;
pub(super) use self::intake::{Entry, State};
pub(super) use self::references::{FileClaim, claims};
use super::finding::Findings;
use super::opened::Package;
use super::read_at::ReadAt;
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
/// let package = PackageReader::new(Validator::new()).archive_at(&file)?;
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

    /// How many threads read and hash the files of a folder, or the members of an archive that can be
    /// read at any place: each two at a time where there are more of them than threads, and two
    /// threads one file when it is the last. One by default. An archive that comes as a stream is
    /// always read on one thread and hashed on another.
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
    /// This is for pipes and what comes from elsewhere; files are read faster by
    /// [`archive_at`](Self::archive_at).
    ///
    /// # Errors
    ///
    /// When the input cannot be read, or is no tar archive. What is wrong with an archive is found
    /// by [`Package::check`].
    pub fn archive(&self, input: impl Read + Send) -> Result<Package, ArchiveError> {
        ahead::read_ahead(input, |input| archive::read(self, input))?
    }

    /// Reads an OVA that can be read at any place: several members at a time, on as many threads as
    /// [`jobs`](Self::jobs) says, and with a manifest at the end known from the start.
    ///
    /// What is found is the same as by [`archive`](Self::archive). Here, too, each byte is read and
    /// hashed once, and memory is constant: 2 MiB for each thread. An archive that grows shorter
    /// meanwhile is one that ends there.
    ///
    /// # Errors
    ///
    /// When the input cannot be read, or is no tar archive. What is wrong with an archive is found
    /// by [`Package::check`].
    pub fn archive_at(&self, input: &(impl ReadAt + ?Sized)) -> Result<Package, ArchiveError> {
        seeking::read(self, &input)
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
