//! Downloads from an item of a content library: `com.vmware.content.library.item.DownloadSession`.

use std::collections::BTreeMap;
use std::time::Duration;

use super::contents::MAX_FILES;
use super::error::SessionError;
use super::lease::{Lease, Progress, Timing};
use super::store::Session;
use crate::digest::Digest;

/// How far a download is: `DownloadSessionModel.State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DownloadState {
    /// Files can be prepared and fetched.
    Active,
    /// It was cancelled. This is final.
    Canceled,
    /// It has failed. This is final.
    Error,
}

impl DownloadState {
    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Canceled => "CANCELED",
            Self::Error => "ERROR",
        }
    }
}

/// How far a file is on its way to being fetched: `downloadsession.File.PrepareStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PrepareStatus {
    /// Nobody has asked for it.
    Unprepared,
    /// The client has asked for it.
    PrepareRequested,
    /// The server gets it ready.
    Preparing,
    /// It can be fetched.
    Prepared,
    /// It cannot be had.
    Error,
}

impl PrepareStatus {
    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unprepared => "UNPREPARED",
            Self::PrepareRequested => "PREPARE_REQUESTED",
            Self::Preparing => "PREPARING",
            Self::Prepared => "PREPARED",
            Self::Error => "ERROR",
        }
    }
}

/// A file of the item: `downloadsession.File.Info`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DownloadFile {
    /// Bytes, if that is known.
    pub size: Option<u64>,
    /// Its digest, if one is known.
    pub checksum: Option<Digest>,
    /// How far it is.
    pub status: PrepareStatus,
    /// Where it can be fetched, once it is prepared: a URL.
    pub download_endpoint: Option<String>,
    /// Why it cannot be had.
    pub error: Option<String>,
}

/// A download: a lease on the links by which the files of an item are fetched.
///
/// All calls but those that read need [`DownloadState::Active`] and return
/// [`SessionError::NotAllowedInCurrentState`] without it. It may be deleted in any state.
///
/// ```
/// use std::time::Duration;
/// use ovf::import::session::{DownloadSession, PrepareStatus, Timing};
///
/// let now = Duration::from_secs(1_000);
/// let files = [("disk.vmdk".to_owned(), Some(5), None)];
/// let mut download = DownloadSession::new("item", "3", files, Timing::default(), now)?;
/// download.prepare("disk.vmdk", now)?;
/// download.preparing("disk.vmdk", now)?;
/// download.prepared("disk.vmdk", "https://library.example/disk.vmdk", now)?;
/// assert_eq!(download.file("disk.vmdk")?.status, PrepareStatus::Prepared);
/// # Ok::<(), ovf::import::session::SessionError>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DownloadSession {
    library_item_id: String,
    content_version: String,
    state: DownloadState,
    lease: Lease,
    progress: Progress,
    files: BTreeMap<String, DownloadFile>,
    error: Option<String>,
}

impl Session for DownloadSession {
    fn expires_at(&self) -> Duration {
        self.expires_at()
    }
}

impl DownloadSession {
    /// Begins a download of an item, with the version of its content and its files: name, bytes, digest.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`](SessionError::InvalidArgument) without a library item,
    /// [`UnableToAllocateResource`](SessionError::UnableToAllocateResource) for too many files.
    pub fn new(
        library_item_id: impl Into<String>,
        content_version: impl Into<String>,
        files: impl IntoIterator<Item = (String, Option<u64>, Option<Digest>)>,
        timing: Timing,
        now: Duration,
    ) -> Result<Self, SessionError> {
        let library_item_id = library_item_id.into();
        if library_item_id.is_empty() {
            return Err(SessionError::argument("library_item_id", "is empty"));
        }
        let mut known = BTreeMap::new();
        for (name, size, checksum) in files {
            if known.len() >= MAX_FILES {
                let (what, limit) = ("files", MAX_FILES);
                return Err(SessionError::UnableToAllocateResource { what, limit });
            }
            let status = PrepareStatus::Unprepared;
            let file =
                DownloadFile { size, checksum, status, download_endpoint: None, error: None };
            known.insert(name, file);
        }
        Ok(Self {
            library_item_id,
            content_version: content_version.into(),
            state: DownloadState::Active,
            lease: Lease::new(timing, now),
            progress: Progress::default(),
            files: known,
            error: None,
        })
    }

    /// The identifier of the item.
    #[must_use]
    pub fn library_item_id(&self) -> &str {
        &self.library_item_id
    }

    /// The version of its content when the session was made.
    #[must_use]
    pub fn content_version(&self) -> &str {
        &self.content_version
    }

    /// How far it is.
    #[must_use]
    pub const fn state(&self) -> DownloadState {
        self.state
    }

    /// What the client last said of its progress, 0 to 100.
    #[must_use]
    pub const fn client_progress(&self) -> u8 {
        self.progress.percent()
    }

    /// The session does not expire before this time.
    #[must_use]
    pub const fn expires_at(&self) -> Duration {
        self.lease.expires_at()
    }

    /// Why it failed.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// The files, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &DownloadFile)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    /// A file.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound).
    pub fn file(&self, name: &str) -> Result<&DownloadFile, SessionError> {
        self.files.get(name).ok_or_else(|| SessionError::no_file(name))
    }

    /// Asks for a file, and returns how far it is then. One that could not be had is asked for anew;
    /// otherwise a file that was asked for before stays as it is.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound),
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn prepare(&mut self, name: &str, now: Duration) -> Result<PrepareStatus, SessionError> {
        self.with_file(name, now, |file| {
            if matches!(file.status, PrepareStatus::Unprepared | PrepareStatus::Error) {
                file.status = PrepareStatus::PrepareRequested;
                file.error = None;
            }
            Ok(file.status)
        })
    }

    /// The server gets a file ready that was asked for.
    ///
    /// # Errors
    ///
    /// The same; [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState) also when nobody
    /// has asked for it.
    pub fn preparing(&mut self, name: &str, now: Duration) -> Result<(), SessionError> {
        self.with_file(name, now, |file| {
            file.is_in(&[PrepareStatus::PrepareRequested])?;
            file.status = PrepareStatus::Preparing;
            Ok(())
        })
    }

    /// A file that was asked for can be fetched.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn prepared(
        &mut self,
        name: &str,
        endpoint: &str,
        now: Duration,
    ) -> Result<(), SessionError> {
        self.with_file(name, now, |file| {
            file.is_in(&[PrepareStatus::PrepareRequested, PrepareStatus::Preparing])?;
            file.status = PrepareStatus::Prepared;
            file.download_endpoint = Some(endpoint.to_owned());
            Ok(())
        })
    }

    /// A file that was asked for cannot be had. The session goes on.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn fail_file(&mut self, name: &str, why: &str, now: Duration) -> Result<(), SessionError> {
        self.with_file(name, now, |file| {
            file.is_in(&[PrepareStatus::PrepareRequested, PrepareStatus::Preparing])?;
            file.status = PrepareStatus::Error;
            file.error = Some(why.to_owned());
            Ok(())
        })
    }

    /// Keeps the session alive, and says how far the client is, 0 to 100. A figure below the last one
    /// changes nothing.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState), and
    /// [`InvalidArgument`](SessionError::InvalidArgument) over 100.
    pub fn keep_alive(&mut self, progress: Option<u8>, now: Duration) -> Result<(), SessionError> {
        self.active()?;
        progress.map_or(Ok(()), |percent| self.progress.advance(percent))?;
        self.lease.renew(now);
        Ok(())
    }

    /// Cancels the session: its links are not to work any more.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn cancel(&mut self, now: Duration) -> Result<(), SessionError> {
        self.active()?;
        self.end(DownloadState::Canceled, now);
        Ok(())
    }

    /// Ends the session with a message of the client.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn fail(&mut self, message: &str, now: Duration) -> Result<(), SessionError> {
        self.active()?;
        self.error = Some(message.to_owned());
        self.end(DownloadState::Error, now);
        Ok(())
    }

    fn active(&self) -> Result<(), SessionError> {
        if self.state != DownloadState::Active {
            return Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() });
        }
        Ok(())
    }

    fn end(&mut self, state: DownloadState, now: Duration) {
        self.state = state;
        self.files.values_mut().for_each(|file| file.download_endpoint = None);
        self.lease.retain(now);
    }

    fn with_file<T>(
        &mut self,
        name: &str,
        now: Duration,
        call: impl FnOnce(&mut DownloadFile) -> Result<T, SessionError>,
    ) -> Result<T, SessionError> {
        self.active()?;
        let file = self.files.get_mut(name).ok_or_else(|| SessionError::no_file(name))?;
        let done = call(file)?;
        self.lease.renew(now);
        Ok(done)
    }
}

impl DownloadFile {
    fn is_in(&self, states: &[PrepareStatus]) -> Result<(), SessionError> {
        if states.contains(&self.status) {
            return Ok(());
        }
        Err(SessionError::NotAllowedInCurrentState { state: self.status.as_str() })
    }
}
