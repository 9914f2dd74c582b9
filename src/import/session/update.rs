//! Changes to an item of a content library: `com.vmware.content.library.item.UpdateSession`.

mod check;
mod completion;
mod files;
mod preview;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

pub use self::check::{ValidationError, ValidationResult};
pub use self::files::{AddSpec, SourceType, UpdateFile};
pub use self::preview::{Preview, PreviewState};

use super::document::Document;
use super::error::SessionError;
use super::lease::{Lease, Progress, Timing};
use super::store::{Session, Sessions, uuid};
use crate::manifest::WarningBehavior;

/// How far a change is: `UpdateSessionModel.State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum UpdateState {
    /// Files can be added and removed.
    Active,
    /// The item is changed. This is final.
    Done,
    /// It has failed, and the item is as it was. This is final.
    Error,
    /// It was cancelled, and the item is as it was. This is final.
    Canceled,
}

impl UpdateState {
    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Done => "DONE",
            Self::Error => "ERROR",
            Self::Canceled => "CANCELED",
        }
    }
}

/// What an item holds, which says how its files are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ItemType {
    /// An OVF package: type `ovf` of the content library.
    Ovf,
    /// Anything else. Only checksums are compared.
    Other,
}

/// What an update session is made with: `UpdateSessionModel` as `create` takes it, and what the library
/// knows of the item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateRequest {
    /// The identifier of the item.
    pub library_item_id: String,
    /// The version of its content at the time.
    pub content_version: String,
    /// What it holds.
    pub item_type: ItemType,
    /// The names of the files it has.
    pub existing: BTreeSet<String>,
    /// Which warnings on a signature are accepted.
    pub warning_behavior: Vec<WarningBehavior>,
}

impl UpdateRequest {
    /// A change to an OVF item that has no files yet.
    #[must_use]
    pub fn new(library_item_id: impl Into<String>, content_version: impl Into<String>) -> Self {
        Self {
            library_item_id: library_item_id.into(),
            content_version: content_version.into(),
            item_type: ItemType::Ovf,
            existing: BTreeSet::new(),
            warning_behavior: Vec::new(),
        }
    }
}

/// A change to an item of a content library. Nothing of it is visible before it is
/// [`UpdateState::Done`].
///
/// All calls but those that read need [`UpdateState::Active`] and return
/// [`SessionError::NotAllowedInCurrentState`] without it. Every call that succeeds is activity, after
/// which the session lives on for [`Timing::idle`].
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UpdateSession {
    request: UpdateRequest,
    state: UpdateState,
    lease: Lease,
    progress: Progress,
    files: BTreeMap<String, UpdateFile>,
    removed: BTreeSet<String>,
    /// Descriptors and manifests that were read, by name.
    documents: BTreeMap<String, Document>,
    preview: Preview,
    /// The client has completed it, and the server still fetches files.
    is_completing: bool,
    error: Option<String>,
}

impl Session for UpdateSession {
    fn expires_at(&self) -> Duration {
        self.expires_at()
    }

    fn may_delete(&self) -> Result<(), SessionError> {
        if self.state == UpdateState::Active {
            return Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() });
        }
        Ok(())
    }
}

impl Sessions<UpdateSession> {
    /// Creates an update session as [`create`](Self::create) does, unless another one of the item is
    /// active.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create), and [`ResourceBusy`](SessionError::ResourceBusy).
    pub fn create_update(
        &mut self,
        id: &str,
        client_token: Option<&str>,
        request: UpdateRequest,
        timing: Timing,
        now: Duration,
    ) -> Result<String, SessionError> {
        let token = client_token.map(uuid).transpose()?;
        // The same call again is answered as the first was, not told that the first is in its way.
        let is_known = token.is_some_and(|token| self.by_token(&token, now).is_some());
        let is_busy = self.list(now).any(|(_, session)| {
            session.state == UpdateState::Active
                && session.request.library_item_id == request.library_item_id
        });
        if is_busy && !is_known {
            return Err(SessionError::ResourceBusy { item: request.library_item_id });
        }
        self.create(id, client_token, now, || UpdateSession::new(request, timing, now))
    }
}

impl UpdateSession {
    /// Begins a change.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`](SessionError::InvalidArgument) without a library item.
    pub fn new(
        request: UpdateRequest,
        timing: Timing,
        now: Duration,
    ) -> Result<Self, SessionError> {
        if request.library_item_id.is_empty() {
            return Err(SessionError::argument("library_item_id", "is empty"));
        }
        Ok(Self {
            request,
            state: UpdateState::Active,
            lease: Lease::new(timing, now),
            progress: Progress::default(),
            files: BTreeMap::new(),
            removed: BTreeSet::new(),
            documents: BTreeMap::new(),
            preview: Preview::not_applicable(),
            is_completing: false,
            error: None,
        })
    }

    /// What it was made with; [`warning_behavior`](UpdateRequest::warning_behavior) as it is now.
    #[must_use]
    pub const fn request(&self) -> &UpdateRequest {
        &self.request
    }

    /// How far it is.
    #[must_use]
    pub const fn state(&self) -> UpdateState {
        self.state
    }

    /// What the client last said of its progress, 0 to 100; 100 when the session is done.
    #[must_use]
    pub const fn client_progress(&self) -> u8 {
        match self.state {
            UpdateState::Done => 100,
            _ => self.progress.percent(),
        }
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

    /// Whether the client has completed it, and the server still fetches files.
    #[must_use]
    pub const fn is_completing(&self) -> bool {
        self.is_completing
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

    /// Says which warnings are accepted, in place of what was said before.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn update(
        &mut self,
        warning_behavior: Vec<WarningBehavior>,
        now: Duration,
    ) -> Result<(), SessionError> {
        self.active()?;
        self.request.warning_behavior = warning_behavior;
        self.lease.renew(now);
        Ok(())
    }

    /// Cancels the session. What was received can be deleted.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn cancel(&mut self, now: Duration) -> Result<(), SessionError> {
        self.active()?;
        self.end(UpdateState::Canceled, now);
        Ok(())
    }

    /// Ends the session with a message of the client.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn fail(&mut self, message: &str, now: Duration) -> Result<(), SessionError> {
        self.active()?;
        self.end_in_error(message.to_owned(), now);
        Ok(())
    }

    fn active(&self) -> Result<(), SessionError> {
        if self.state != UpdateState::Active {
            return Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() });
        }
        Ok(())
    }

    /// Active, and the client has not completed it.
    fn changeable(&self) -> Result<(), SessionError> {
        self.active()?;
        if self.is_completing {
            let why = "the session is being completed".to_owned();
            return Err(SessionError::NotAllowedYet { why });
        }
        Ok(())
    }

    fn end(&mut self, state: UpdateState, now: Duration) {
        self.state = state;
        self.is_completing = false;
        self.lease.retain(now);
    }

    fn end_in_error(&mut self, why: String, now: Duration) {
        self.error = Some(why);
        self.end(UpdateState::Error, now);
    }
}
