//! A file that is being uploaded, and which of its bytes are there.

use std::ops::Range;

/// Most pieces of a file that do not touch each other. A client sends a few ranges at a time; each piece
/// costs memory and time.
const MAX_PIECES: usize = 1_000;

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
    #[error("the file is in more than {MAX_PIECES} pieces")]
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
        self.transferred.len()
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
        self.transferred.add(bytes)
    }
}

/// Ranges of bytes: sorted, none empty, none touching another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranges(Vec<Range<u64>>);

impl Ranges {
    fn len(&self) -> u64 {
        self.0
            .iter()
            .fold(0_u64, |sum, range| sum.saturating_add(range.end.saturating_sub(range.start)))
    }

    fn add(&mut self, mut new: Range<u64>) -> Result<(), PutError> {
        if new.is_empty() {
            return Ok(());
        }
        // Those that end before it, and those that begin behind it, stay as they are.
        let from = self.0.partition_point(|range| range.end < new.start);
        let to = self.0.partition_point(|range| range.start <= new.end);
        if let Some(touched) = self.0.get(from..to)
            && let (Some(first), Some(last)) = (touched.first(), touched.last())
        {
            new = new.start.min(first.start)..new.end.max(last.end);
        } else if self.0.len() >= MAX_PIECES {
            return Err(PutError::Scattered);
        }
        self.0.splice(from..to.max(from), [new]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn touching_ranges_become_one() {
        let mut ranges = Ranges::default();
        for range in [5..7, 0..2, 9..9, 8..10, 2..5, 1..3] {
            ranges.add(range).unwrap();
        }
        assert_eq!(ranges.0, [0..7, 8..10]);
        ranges.add(7..8).unwrap();
        assert_eq!(ranges.0.as_slice(), &[0..10_u64][..]);
    }

    #[test]
    fn pieces_are_bounded() {
        let mut ranges = Ranges::default();
        for n in 0..MAX_PIECES as u64 {
            ranges.add(n * 2..n * 2 + 1).unwrap();
        }
        assert_eq!(ranges.add(u64::MAX - 1..u64::MAX), Err(PutError::Scattered));
        ranges.add(1..2).unwrap();
        ranges.add(u64::MAX - 1..u64::MAX).unwrap();
        assert_eq!(ranges.len(), MAX_PIECES as u64 + 2);
    }

    proptest! {
        #[test]
        fn each_byte_counts_once(puts in prop::collection::vec((0..200_u64, 0..40_u64), 0..60)) {
            let mut ranges = Ranges::default();
            let mut bytes = std::collections::BTreeSet::new();
            for (start, len) in puts {
                ranges.add(start..start + len).unwrap();
                bytes.extend(start..start + len);
                prop_assert_eq!(ranges.len(), bytes.len() as u64);
                prop_assert!(ranges.0.windows(2).all(|pair| pair[0].end < pair[1].start));
            }
        }
    }
}
