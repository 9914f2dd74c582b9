//! The large files of an import, which arrive in ranges.

use std::ops::Range;
use std::time::Duration;

use super::{ImportSession, ImportState};
use crate::import::files::FileType;
use crate::import::session::contents::Content;
use crate::import::session::document::{Listed, Listing};
use crate::import::session::error::SessionError;
use crate::import::session::receiving::receives_files;
use crate::import::session::transfer::{Received, Transfer, TransferError, TransferStatus};

/// A file that arrives in ranges.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Payload {
    pub(super) name: String,
    /// The name as the descriptor writes it.
    pub(super) href: String,
    pub(super) file_type: FileType,
    pub(super) is_optional: bool,
    pub(super) transfer: Transfer,
}

impl Payload {
    pub(super) fn new(content: Content) -> Self {
        let transfer = match content.size {
            Some(size) => Transfer::new().size(size),
            None => Transfer::new(),
        };
        Self {
            name: content.name,
            href: content.href,
            file_type: content.file_type,
            is_optional: !content.is_needed,
            transfer,
        }
    }

    /// Whether the import need not wait for it: it is ready, or optional and nobody has begun it.
    pub(super) fn is_settled(&self) -> bool {
        match self.transfer.status() {
            TransferStatus::Ready => true,
            TransferStatus::WaitingForTransfer => self.is_optional,
            _ => false,
        }
    }

    /// Holds the file to what the manifest says of it.
    pub(super) fn hold_to(&mut self, listing: &Listing) {
        // One that is ready or failed already was not held, and so not to be compared.
        let _: Result<(), TransferError> = match listing.of(&self.name, &self.href) {
            Listed::No => Ok(()),
            Listed::Unreadable => {
                self.transfer.fail("what the manifest says of the file cannot be read")
            }
            Listed::Digests(digests) => self.transfer.expect(digests),
        };
    }
}

receives_files!(ImportSession);

impl ImportSession {
    /// What is owed to the hashing, file by file: what came before its time, and after a restart all
    /// that is there. Hand it to [`replay`](Self::replay).
    pub fn owed(&self) -> impl Iterator<Item = (&str, Range<u64>)> {
        let is_asked_for = !self.state.is_final();
        self.payload
            .iter()
            .filter(move |_| is_asked_for)
            .filter_map(|file| Some((file.name.as_str(), file.transfer.owed()?)))
    }

    /// The account of a file that arrives in ranges.
    #[must_use]
    pub fn transfer(&self, name: &str) -> Option<&Transfer> {
        self.places.get(name).and_then(|&at| self.payload.get(at)).map(|file| &file.transfer)
    }

    fn with_file<T>(
        &mut self,
        name: &str,
        now: Duration,
        call: impl FnOnce(&mut Transfer) -> Result<T, TransferError>,
    ) -> Result<T, SessionError> {
        self.allowed_in(&[
            ImportState::MsgBundlesTransfer,
            ImportState::SelectingOvfParams,
            ImportState::FileTransfer,
        ])?;
        let file = self.places.get(name).and_then(|&at| self.payload.get_mut(at));
        let transfer = &mut file.ok_or_else(|| SessionError::no_file(name))?.transfer;
        let done = call(transfer).map_err(SessionError::file(name))?;
        let is_final = transfer.status().is_final();
        self.lease.renew(now);
        if is_final {
            self.advance(now);
        }
        Ok(done)
    }
}
