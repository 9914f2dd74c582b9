//! A file that is being uploaded, and which of its bytes are there.

use std::ops::Range;

use super::super::ranges::{MAX_RANGES, Ranges};

/// A file of the upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadFile {
    pub(super) name: String,
    /// The path in the package it means.
    pub(super) path: String,
    pub(super) size: Option<u64>,
    pub(super) transferred: Ranges,
}

/// Why bytes are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PutError {
    /// The template has no such file.
    #[error("the upload has no file of that name")]
    Unknown,
    /// The template is ready, or has failed: its upload URLs are no longer valid.
    #[error("the upload is over")]
    Over,
    /// The descriptor is not bytes to count: it is taken as a whole.
    #[error("the descriptor is to be taken first, and as a whole")]
    Descriptor,
    /// The bytes go past the end of the file.
    #[error("the file has {size} bytes")]
    PastEnd {
        /// Its size in bytes.
        size: u64,
    },
    /// The file is in too many pieces already.
    #[error("the file is in more than {MAX_RANGES} pieces")]
    Scattered,
}

impl UploadFile {
    pub(super) fn new(name: &str, path: &str, size: u64) -> Self {
        let transferred = Ranges::default();
        Self { name: name.to_owned(), path: path.to_owned(), size: Some(size), transferred }
    }

    /// Its name: the `href` of its File; for descriptor and manifest one of the server's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it has; unknown for a descriptor that has not come.
    #[must_use]
    pub const fn size(&self) -> Option<u64> {
        self.size
    }

    /// How many of its bytes have arrived, each counted once.
    #[must_use]
    pub fn bytes_transferred(&self) -> u64 {
        self.transferred.bytes()
    }

    /// Whether all of it has arrived.
    #[must_use]
    pub fn is_transferred(&self) -> bool {
        self.size == Some(self.bytes_transferred())
    }

    /// Counts bytes that arrived.
    pub(super) fn put(&mut self, bytes: Range<u64>) -> Result<(), PutError> {
        let size = self.size.ok_or(PutError::Descriptor)?;
        if bytes.end > size || bytes.start > bytes.end {
            return Err(PutError::PastEnd { size });
        }
        self.transferred.insert(bytes).map_err(|_| PutError::Scattered)
    }
}
