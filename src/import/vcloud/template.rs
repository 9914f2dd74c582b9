//! A vAppTemplate while its package is uploaded.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::failure::Failure;
use super::file::{PutError, UploadFile};
use crate::manifest::{FileVerdict, Verdicts};
use crate::model::{Envelope, File};
use crate::report::Report;
use crate::rules::vcloud_names;
use crate::value::href::{Href, Target};
use crate::value::number;

/// The name of the container the server has for the descriptor, whatever the client calls it.
pub(super) const DESCRIPTOR: &str = "descriptor.ovf";
/// The name of the container for the manifest.
pub(super) const MANIFEST: &str = "manifest.mf";

/// The `status` of a vAppTemplate, as far as an upload goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TemplateStatus {
    /// It could not be created: there is a `Task` with an `Error`.
    FailedCreation,
    /// Files are missing.
    #[default]
    Unresolved,
    /// It is ready for use; all machines are powered off.
    PoweredOff,
}

impl TemplateStatus {
    /// The number: -1, 0, 8.
    #[must_use]
    pub const fn number(self) -> i8 {
        match self {
            Self::FailedCreation => -1,
            Self::Unresolved => 0,
            Self::PoweredOff => 8,
        }
    }
}

/// A machine of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Machine {
    /// The id of its `VirtualSystem`.
    pub id: String,
    /// Its name: the id, or its first 13 characters and three digits.
    pub name: String,
}

/// Why an upload cannot be brought to its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FinishError {
    /// The template is ready, or has failed.
    #[error("the upload is over")]
    Over,
    /// Bytes are missing.
    #[error("bytes of `{name}` are missing")]
    Incomplete {
        /// The name of the first such file.
        name: String,
    },
    /// There is a manifest, and nothing was compared with it.
    #[error("the files were not compared with the manifest")]
    NotCompared,
}

/// A vAppTemplate while its package is uploaded.
///
/// ```
/// use ovf::import::vcloud::{TemplateStatus, Upload};
/// use ovf::{Source, Validator};
///
/// let text = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
///     xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
///   <References><File ovf:id="disk" ovf:href="disk.vmdk" ovf:size="1000"/></References>
///   <VirtualSystem ovf:id="vm">
///     <Info>A machine</Info>
///     <VirtualHardwareSection><Info>Nothing yet</Info></VirtualHardwareSection>
///   </VirtualSystem>
/// </Envelope>"#;
/// let source = Source::decode(text.as_bytes())?;
/// let mut upload = Upload::new("Shop");
/// upload.describe(&Validator::new().check(&source), text.len() as u64, None)?;
/// upload.put("disk.vmdk", 500..1000)?;
/// assert_eq!(upload.file("disk.vmdk").unwrap().bytes_transferred(), 500);
/// upload.put("disk.vmdk", 0..500)?;
/// upload.finish(None)?;
/// assert_eq!(upload.status(), TemplateStatus::PoweredOff);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// The descriptor first.
    files: Vec<UploadFile>,
    index: HashMap<String, usize>,
    is_described: bool,
    has_manifest: bool,
    machines: Vec<Machine>,
    status: TemplateStatus,
    failure: Option<Failure>,
}

impl Upload {
    /// A template that waits for its descriptor.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let mut upload = Self {
            name: name.into(),
            description: None,
            files: Vec::new(),
            index: HashMap::new(),
            is_described: false,
            has_manifest: false,
            machines: Vec::new(),
            status: TemplateStatus::Unresolved,
            failure: None,
        };
        upload.add(UploadFile { size: None, ..UploadFile::new(DESCRIPTOR, "", 0) });
        upload
    }

    /// The same with a description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far it is.
    #[must_use]
    pub const fn status(&self) -> TemplateStatus {
        self.status
    }

    /// Whether the descriptor has come.
    #[must_use]
    pub const fn is_described(&self) -> bool {
        self.is_described
    }

    /// Why it failed.
    #[must_use]
    pub const fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Its files: the descriptor, the manifest if there is one, and those of References in their order.
    #[must_use]
    pub fn files(&self) -> &[UploadFile] {
        &self.files
    }

    /// A file by its name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&UploadFile> {
        self.files.get(*self.index.get(name)?)
    }

    /// Its machines, in document order; none before the descriptor has come.
    #[must_use]
    pub fn machines(&self) -> &[Machine] {
        &self.machines
    }

    /// Whether all bytes of all files have arrived.
    #[must_use]
    pub fn is_transferred(&self) -> bool {
        self.is_described && self.files.iter().all(UploadFile::is_transferred)
    }

    /// Takes the descriptor, which has `bytes` bytes as it was sent, and with it the list of files.
    /// `manifest` is the size of the manifest in bytes when the client is going to send one.
    ///
    /// Whatever the report says to be an error is one; it may be of any policy.
    ///
    /// # Errors
    ///
    /// [`Failure`], which the template then has. [`Failure::Other`] leaves it as it is: it had a descriptor
    /// already.
    pub fn describe(
        &mut self,
        report: &Report<'_>,
        bytes: u64,
        manifest: Option<u64>,
    ) -> Result<(), Failure> {
        if self.is_described || self.status != TemplateStatus::Unresolved {
            return Err(Failure::Other("the descriptor was uploaded already".to_owned()));
        }
        self.is_described = true;
        if let Some(descriptor) = self.files.first_mut() {
            descriptor.size = Some(bytes);
            // From nothing to the end: it cannot be too much.
            let _whole = descriptor.put(0..bytes);
        }
        let result = match (Failure::of(report), report.envelope()) {
            (Some(failure), _) => Err(failure),
            (None, None) => Err(Failure::Unreadable),
            (None, Some(envelope)) => self.list(envelope, manifest),
        };
        if let Err(failure) = &result {
            self.files.truncate(1);
            self.index.retain(|_, at| *at == 0);
            self.machines.clear();
            self.fail(failure.clone());
        }
        result
    }

    /// Takes over what the descriptor lists.
    fn list(&mut self, envelope: &Envelope<'_>, manifest: Option<u64>) -> Result<(), Failure> {
        for named in vcloud_names(envelope) {
            let id = named.id.into_owned();
            match named.name {
                Ok(name) => self.machines.push(Machine { id, name }),
                Err(_) => return Err(Failure::Name { id }),
            }
        }
        if let Some(bytes) = manifest {
            self.has_manifest = true;
            self.add(UploadFile::new(MANIFEST, "", bytes));
        }
        for file in envelope.files() {
            let Some(new) = in_package(file)? else { continue };
            // Two Files with one `href` are an error of the descriptor; this is for the server's own names.
            if self.file(&new.name).is_some() {
                return Err(Failure::SameName { name: new.name });
            }
            self.add(new);
        }
        Ok(())
    }

    /// Counts bytes of a file that were sent, from an offset to another: all of them at once, or ranges in
    /// any order. What was sent before may be sent again.
    ///
    /// # Errors
    ///
    /// [`PutError`]; nothing is counted then.
    pub fn put(&mut self, name: &str, bytes: Range<u64>) -> Result<(), PutError> {
        if self.status != TemplateStatus::Unresolved {
            return Err(PutError::Over);
        }
        let at = *self.index.get(name).ok_or(PutError::Unknown)?;
        match self.files.get_mut(at) {
            Some(_) if at == 0 => Err(PutError::Descriptor),
            Some(file) => file.put(bytes),
            None => Err(PutError::Unknown),
        }
    }

    /// Ends the upload once all bytes are there. With a manifest it takes what comparing the files with it
    /// came to; a file that does not match fails the template. A file in pieces is spoken for by its pieces.
    ///
    /// # Errors
    ///
    /// [`FinishError`], when it is too early or too late; the template stays as it is. That it has failed
    /// is no error here: see [`failure`](Self::failure).
    pub fn finish(&mut self, verdicts: Option<&Verdicts>) -> Result<TemplateStatus, FinishError> {
        if self.status != TemplateStatus::Unresolved {
            return Err(FinishError::Over);
        }
        if let Some(file) = self.files.iter().find(|file| !file.is_transferred()) {
            return Err(FinishError::Incomplete { name: file.name.clone() });
        }
        if self.has_manifest {
            let verdicts = verdicts.ok_or(FinishError::NotCompared)?;
            if let Some(failure) = self.unverified(verdicts) {
                self.fail(failure);
                return Ok(self.status);
            }
        }
        self.status = TemplateStatus::PoweredOff;
        Ok(self.status)
    }

    /// The first file that the manifest does not speak for.
    fn unverified(&self, verdicts: &Verdicts) -> Option<Failure> {
        let bad = |file: &FileVerdict| Failure::of_verdict(file.name(), file.verdict());
        verdicts.iter().find_map(bad).or_else(|| {
            let given: HashSet<&str> = verdicts.iter().map(|file| whole(file.name())).collect();
            let listed = self.files.iter().filter(|file| !file.path.is_empty());
            listed
                .filter(|file| !given.contains(&*file.path))
                .map(|file| Failure::NotVerified { name: file.name.clone() })
                .next()
        })
    }

    /// Ends the upload as failed, when it is not over.
    pub fn fail(&mut self, failure: Failure) {
        if self.status == TemplateStatus::Unresolved {
            self.status = TemplateStatus::FailedCreation;
            self.failure = Some(failure);
        }
    }

    fn add(&mut self, file: UploadFile) {
        self.index.insert(file.name.clone(), self.files.len());
        self.files.push(file);
    }
}

/// A File as it is uploaded; `None` when it is not in the package.
fn in_package(file: File<'_, '_>) -> Result<Option<UploadFile>, Failure> {
    let Some(href) = file.href().map(|href| href.value()) else { return Ok(None) };
    let path = match Href::parse(&href).map(|href| href.target) {
        Ok(Target::Path(path)) => path.into_owned(),
        Ok(_) | Err(_) => return Ok(None),
    };
    let size = file.size().and_then(|size| number::unsigned_long(&size.value()).ok());
    match size {
        Some(size) => Ok(Some(UploadFile::new(&href, &path, size))),
        None => Err(Failure::NoSize { name: href.into_owned() }),
    }
}

/// The name of a file, of a piece of which this is the name: without nine digits behind a dot
/// (DSP0243 7.1).
fn whole(name: &str) -> &str {
    let name = name.strip_prefix("./").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((whole, digits))
            if digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            whole
        }
        _ => name,
    }
}
