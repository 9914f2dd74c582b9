//! The end of an update session.

use std::time::Duration;

use super::files::SourceType;
use super::preview::PreviewState;
use super::{UpdateSession, UpdateState};
use crate::diagnostic::quoted;
use crate::import::session::error::SessionError;
use crate::import::session::transfer::TransferStatus;

impl UpdateSession {
    /// The client has made all its changes. Returns the state then: [`UpdateState::Done`];
    /// [`UpdateState::Error`] when the files are not valid or a warning is not accepted; or
    /// [`UpdateState::Active`] while files are still fetched, after which the session ends by itself.
    ///
    /// Warnings are judged here and not when they are raised, so that a client which looks at the preview
    /// first can still accept them with [`update`](Self::update).
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState);
    /// [`NotAllowedYet`](SessionError::NotAllowedYet), and nothing changes, while a file the client
    /// uploads is not ready, a document was not read, or the preview is being prepared.
    pub fn complete(&mut self, now: Duration) -> Result<UpdateState, SessionError> {
        self.changeable()?;
        let pushed = self.files().filter(|(_, file)| file.source_type == SourceType::Push);
        let late = pushed.map(|(name, file)| (name, file.transfer.status()));
        for (name, status) in late {
            if status != TransferStatus::Ready {
                let why = format!("file {} is in state `{}`", quoted(name), status.as_str());
                return Err(SessionError::NotAllowedYet { why });
            }
        }
        if self.are_all_fetched() {
            self.may_end()?;
        }
        self.is_completing = true;
        self.lease.renew(now);
        self.settle(now);
        Ok(self.state)
    }

    /// Ends a session that was completed, once everything for it is there.
    pub(super) fn settle(&mut self, now: Duration) {
        if self.state != UpdateState::Active || !self.is_completing {
            return;
        }
        let failed =
            self.files().find_map(|(name, file)| Some((name, file.transfer.fault()?.to_string())));
        if let Some((name, fault)) = failed {
            let why = format!("file {}: {fault}", quoted(name));
            self.end_in_error(why, now);
            return;
        }
        if !self.are_all_fetched() || self.may_end().is_err() {
            return;
        }
        match self.obstacle() {
            Some(why) => self.end_in_error(why, now),
            None => self.end(UpdateState::Done, now),
        }
    }

    fn are_all_fetched(&self) -> bool {
        self.files().all(|(_, file)| file.transfer.status().is_final())
    }

    fn may_end(&self) -> Result<(), SessionError> {
        let why = match self.wanted_documents().first() {
            Some(name) => format!("file {} was not read", quoted(name)),
            None if self.preview.state == PreviewState::Preparing => {
                "the preview is being prepared".to_owned()
            }
            None => return Ok(()),
        };
        Err(SessionError::NotAllowedYet { why })
    }

    /// Why the item cannot be changed this way.
    fn obstacle(&self) -> Option<String> {
        let unaccepted = self.preview.warnings.iter().find(|warning| !self.ignores(warning.kind));
        if let Some(warning) = unaccepted {
            return Some(format!("{}: {}", warning.kind.as_str(), warning.message));
        }
        let result = self.check_files();
        let invalid = result.invalid_files.first();
        let invalid = invalid.map(|found| match found.name.as_str() {
            "" => found.message.clone(),
            name => format!("file {}: {}", quoted(name), found.message),
        });
        let missing = result.missing_files.first();
        invalid.or_else(|| missing.map(|name| format!("file {} is missing", quoted(name))))
    }
}
