//! The files of an update session: `com.vmware.content.library.item.updatesession.File`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

use super::{UpdateSession, UpdateState};
use crate::digest::{Algorithm, Algorithms, Digest};
use crate::import::session::contents::MAX_FILES;
use crate::import::session::document::Document;
use crate::import::session::error::SessionError;
use crate::import::session::receiving::receives_files;
use crate::import::session::transfer::{Received, Transfer, TransferError, TransferStatus};
use crate::limits::Limits;
use crate::value::path;

/// What is computed of every file, since a manifest may come after it: what real manifests have.
const USUAL: Algorithms =
    Algorithms::NONE.with(Algorithm::Sha1).with(Algorithm::Sha256).with(Algorithm::Sha512);

/// How a file comes: `File.SourceType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum SourceType {
    /// The client uploads it.
    Push,
    /// The server fetches it.
    Pull,
}

impl SourceType {
    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Push => "PUSH",
            Self::Pull => "PULL",
        }
    }
}

/// A file to add: `File.AddSpec`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddSpec {
    /// Its name in the item.
    pub name: String,
    /// How it comes.
    pub source_type: SourceType,
    /// Where the server fetches it: a URL.
    pub source_endpoint: Option<String>,
    /// Bytes, if that is known.
    pub size: Option<u64>,
    /// The digest it must have. The API takes a checksum without algorithm for SHA-1.
    pub checksum: Option<Digest>,
}

impl AddSpec {
    /// A file the client uploads.
    #[must_use]
    pub fn push(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            source_type: SourceType::Push,
            source_endpoint: None,
            size: None,
            checksum: None,
        }
    }

    /// A file the server fetches.
    #[must_use]
    pub fn pull(name: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self {
            source_type: SourceType::Pull,
            source_endpoint: Some(endpoint.into()),
            ..Self::push(name)
        }
    }

    /// The same with a size in bytes.
    #[must_use]
    pub const fn size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    /// The same with the digest it must have.
    #[must_use]
    pub const fn checksum(mut self, digest: Digest) -> Self {
        self.checksum = Some(digest);
        self
    }
}

/// A file that is added: `File.Info`.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateFile {
    /// How it comes.
    pub source_type: SourceType,
    /// Where the server fetches it.
    pub source_endpoint: Option<String>,
    /// The digest the client declared.
    pub checksum: Option<Digest>,
    /// What has come of it. Its status is that of the API.
    pub transfer: Transfer,
}

receives_files!(UpdateSession);

impl UpdateSession {
    /// Adds a file. One of that name that was added before is replaced, with all that came of it.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState);
    /// [`NotAllowedYet`](SessionError::NotAllowedYet) while the session is being completed;
    /// [`InvalidArgument`](SessionError::InvalidArgument) for an unsafe name, and for a file to fetch
    /// without a URL; [`UnableToAllocateResource`](SessionError::UnableToAllocateResource).
    pub fn add(&mut self, spec: AddSpec, now: Duration) -> Result<(), SessionError> {
        self.changeable()?;
        path::check(&spec.name).map_err(|why| SessionError::argument("name", why.to_string()))?;
        let has_endpoint = spec.source_endpoint.as_ref().is_some_and(|uri| uri.contains(':'));
        if spec.source_type == SourceType::Pull && !has_endpoint {
            return Err(SessionError::argument("source_endpoint", "is missing, or no URL"));
        }
        if self.files.len() >= MAX_FILES && !self.files.contains_key(&spec.name) {
            let (what, limit) = ("files", MAX_FILES);
            return Err(SessionError::UnableToAllocateResource { what, limit });
        }
        let transfer = match spec.size {
            Some(size) => Transfer::new().size(size),
            None => Transfer::new(),
        };
        let file = UpdateFile {
            source_type: spec.source_type,
            source_endpoint: spec.source_endpoint,
            checksum: spec.checksum,
            transfer: transfer.computing(USUAL).expecting(spec.checksum),
        };
        self.removed.remove(&spec.name);
        self.documents.remove(&spec.name);
        self.files.insert(spec.name, file);
        self.lease.renew(now);
        Ok(())
    }

    /// Removes a file: what was added under that name, else that of the item, once the session is done.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound),
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState),
    /// [`NotAllowedYet`](SessionError::NotAllowedYet) while the session is being completed.
    pub fn remove(&mut self, name: &str, now: Duration) -> Result<(), SessionError> {
        self.changeable()?;
        let was_added = self.files.remove(name).is_some();
        if !was_added {
            if !self.request.existing.contains(name) || self.removed.contains(name) {
                return Err(SessionError::no_file(name));
            }
            self.removed.insert(name.to_owned());
        }
        self.documents.remove(name);
        self.lease.renew(now);
        Ok(())
    }

    /// The files that were added, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &UpdateFile)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    /// A file that was added.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound).
    pub fn file(&self, name: &str) -> Result<&UpdateFile, SessionError> {
        self.files.get(name).ok_or_else(|| SessionError::no_file(name))
    }

    /// The files of the item that are removed once the session is done.
    #[must_use]
    pub const fn removed(&self) -> &BTreeSet<String> {
        &self.removed
    }

    /// What is owed to the hashing, file by file. Hand it to [`replay`](Self::replay).
    pub fn owed(&self) -> impl Iterator<Item = (&str, Range<u64>)> {
        let is_asked_for = self.state == UpdateState::Active;
        self.files()
            .filter(move |_| is_asked_for)
            .filter_map(|(name, file)| Some((name, file.transfer.owed()?)))
    }

    /// Descriptors and manifests that are there and were not read yet: hand their bytes to
    /// [`document`](Self::document), and files of the item that stay among them.
    #[must_use]
    pub fn wanted_documents(&self) -> Vec<&str> {
        let is_ready = |file: &UpdateFile| file.transfer.status() == TransferStatus::Ready;
        let added = self.files().filter(|(_, file)| is_ready(file)).map(|(name, _)| name);
        let staying = self.staying().filter(|name| !self.files.contains_key(*name));
        added
            .chain(staying)
            .filter(|name| is_document(name) && !self.documents.contains_key(*name))
            .collect()
    }

    /// Takes the bytes of a descriptor or manifest that is ready, or that the item has. Only bytes that
    /// are those received are taken.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound),
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState),
    /// [`NotAllowedYet`](SessionError::NotAllowedYet) before it is ready,
    /// [`InvalidArgument`](SessionError::InvalidArgument) for other files and for other bytes.
    pub fn document(
        &mut self,
        name: &str,
        bytes: &[u8],
        now: Duration,
    ) -> Result<(), SessionError> {
        self.active()?;
        if !is_document(name) {
            return Err(SessionError::argument("name", "is no descriptor and no manifest"));
        }
        let is_staying = self.staying().any(|staying| staying == name);
        let limits = Limits::default();
        let document = if has_extension(name, "ovf") {
            // What cannot be read is kept as what it is, and found when the files are validated.
            match Document::xml(name, bytes) {
                Ok(document) => document,
                Err(_) => Document::plain(name, bytes, limits.text_bytes)?,
            }
        } else {
            Document::plain(name, bytes, limits.manifest_bytes)?
        };
        match self.files.get(name) {
            Some(file) if file.transfer.status() != TransferStatus::Ready => {
                let why = format!("the file is in state `{}`", file.transfer.status().as_str());
                return Err(SessionError::NotAllowedYet { why });
            }
            Some(file) => {
                let is_same = file.transfer.declared_size() == Some(document.bytes())
                    && file.transfer.digests().all(|digest| {
                        document.digest(digest.algorithm()).is_none_or(|found| found == digest)
                    });
                if !is_same {
                    return Err(SessionError::argument("bytes", "is not what was received"));
                }
            }
            None if is_staying => {}
            None => return Err(SessionError::no_file(name)),
        }
        self.documents.insert(name.to_owned(), document);
        self.lease.renew(now);
        self.settle(now);
        Ok(())
    }

    /// The files of the item that are not removed, replaced ones among them.
    pub(super) fn staying(&self) -> impl Iterator<Item = &str> {
        self.request.existing.difference(&self.removed).map(String::as_str)
    }

    fn with_file<T>(
        &mut self,
        name: &str,
        now: Duration,
        call: impl FnOnce(&mut Transfer) -> Result<T, TransferError>,
    ) -> Result<T, SessionError> {
        self.active()?;
        let file = self.files.get_mut(name).ok_or_else(|| SessionError::no_file(name))?;
        let done = call(&mut file.transfer).map_err(SessionError::file(name))?;
        let is_final = file.transfer.status().is_final();
        self.lease.renew(now);
        if is_final {
            self.settle(now);
        }
        Ok(done)
    }
}

fn is_document(name: &str) -> bool {
    has_extension(name, "ovf") || has_extension(name, "mf")
}

pub(super) fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}
