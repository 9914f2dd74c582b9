//! One file that arrives in ranges, in any order.

use std::ops::Range;

use super::super::ranges::{MAX_RANGES, Ranges, length};
use crate::digest::{Algorithm, Algorithms, Digest, Digests, MultiHasher};

/// Most bytes a file may have: what `long` of the vAPI holds.
pub(super) const MAX_BYTES: u64 = i64::MAX as u64;

/// How far a file is: `TransferStatus` of the content library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransferStatus {
    /// Nothing has come yet.
    WaitingForTransfer,
    /// Some of it has come.
    Transferring,
    /// All of it has come. What remains is to hash what came out of order, or to learn what its digest
    /// must be.
    Validating,
    /// All of it has come, and every digest that was declared matches. This is final.
    Ready,
    /// A digest does not match, or somebody gave up. This is final.
    Error,
}

impl TransferStatus {
    /// The name in the API: `WAITING_FOR_TRANSFER` and so on.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WaitingForTransfer => "WAITING_FOR_TRANSFER",
            Self::Transferring => "TRANSFERRING",
            Self::Validating => "VALIDATING",
            Self::Ready => "READY",
            Self::Error => "ERROR",
        }
    }

    /// Whether it never changes any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Ready | Self::Error)
    }
}

/// One file that arrives in ranges, in any order and several at once. It keeps no content: whoever
/// receives the bytes stores them, and this keeps the account.
///
/// Of a byte that comes twice the first counts: the second is not counted and not hashed, and must not
/// be stored ([`Received::fresh`] says what must). Digests are computed over the contiguous front as it
/// grows. Bytes that came before their time are stored but not hashed; once the front has reached them,
/// [`owed`](Self::owed) names them, and the caller hands them back with [`replay`](Self::replay).
///
/// It can be saved and restored (feature `serde`), without the state of the hashing: after that all of
/// the front is owed, from offset 0. Store the bytes before the state, and tell with
/// [`forget`](Self::forget) what was lost all the same.
///
/// ```
/// use ovf::digest::{Algorithm, Digest};
/// use ovf::import::session::{Transfer, TransferStatus};
///
/// let digest = Digest::parse(Algorithm::Md5, "5eb63bbbe01eeed093cb22bb8f5acdc3")?;
/// let mut file = Transfer::new().size(11).expecting([digest]);
///
/// let received = file.receive(6, b"world")?;
/// assert_eq!((received.counted, received.owed), (5, None));
/// let received = file.receive(0, b"hello ")?;
/// assert_eq!(received.owed, Some(6..11));
/// assert_eq!(file.status(), TransferStatus::Validating);
/// file.replay(6, b"world")?;
/// assert_eq!(file.status(), TransferStatus::Ready);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Transfer {
    pub(super) size: Option<u64>,
    pub(super) expected: Vec<Digest>,
    pub(super) ahead: Algorithms,
    pub(super) held: bool,
    pub(super) begun: bool,
    pub(super) received: Ranges,
    /// Over the bytes before `hasher.bytes()`, which never lies behind the front.
    pub(super) hasher: MultiHasher,
    pub(super) outcome: Outcome,
}

/// What came of a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub(super) enum Outcome {
    Open,
    Ready(Vec<Digest>),
    Error(TransferFault),
}

/// Why a file is in [`TransferStatus::Error`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TransferFault {
    /// A digest does not match.
    #[error("the `{}` digest is `{computed}`, not `{expected}`", expected.algorithm())]
    DigestMismatch {
        /// What was declared.
        expected: Digest,
        /// What the bytes have.
        computed: Digest,
    },
    /// Somebody gave up, and said why.
    #[error("{0}")]
    GivenUp(String),
}

/// Why a call was refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransferError {
    /// The range reaches beyond the end of the file, or beyond 2^63 - 1.
    #[error("the range ends behind byte {end}, where the file ends")]
    BeyondEnd {
        /// Bytes the file has.
        end: u64,
    },
    /// There would be more than 4,096 ranges with gaps between them. Close one of the gaps first.
    #[error("there are {MAX_RANGES} ranges with gaps between them already")]
    TooManyRanges,
    /// Another size was declared, or bytes behind that size have come.
    #[error("the size is {known} bytes or more, not {given}")]
    SizeContradiction {
        /// The size declared; else the end of the last byte received.
        known: u64,
        /// The size given now.
        given: u64,
    },
    /// These are not the bytes that are owed.
    #[error("these bytes are not owed; {}", .owed.as_ref().map_or("nothing is".to_owned(), |owed| format!("bytes {} to {} are", owed.start, owed.end)))]
    NotOwed {
        /// Those that are.
        owed: Option<Range<u64>>,
    },
    /// The file is ready or failed; it never changes any more.
    #[error("the file is in state `{}`", .0.as_str())]
    Settled(TransferStatus),
}

/// What was done with a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// The parts that were not there yet, in order: store these, and nothing else of the range.
    pub fresh: Vec<Range<u64>>,
    /// How many bytes these have.
    pub counted: u64,
    /// What is to be handed back for hashing, from storage.
    pub owed: Option<Range<u64>>,
}

/// What speaks for a file that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Every digest declared matches; the strongest is by this algorithm.
    Digest(Algorithm),
    /// No digest was declared: the bytes are all there, and that is all that is known.
    NothingDeclared,
}

impl Default for Transfer {
    fn default() -> Self {
        Self::new()
    }
}

impl Transfer {
    /// Of a file of which nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self {
            size: None,
            expected: Vec::new(),
            ahead: Algorithms::NONE,
            held: false,
            begun: false,
            received: Ranges::default(),
            hasher: MultiHasher::new(Algorithms::NONE),
            outcome: Outcome::Open,
        }
    }

    /// The same with a size in bytes; what is over 2^63 - 1 counts as that.
    #[must_use]
    pub fn size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes.min(MAX_BYTES));
        self
    }

    /// The same with digests that must match, all of them.
    #[must_use]
    pub fn expecting(mut self, digests: impl IntoIterator<Item = Digest>) -> Self {
        self.expected.extend(digests);
        self.restart();
        self
    }

    /// The same with algorithms to compute though nothing is declared yet: a manifest may still come.
    #[must_use]
    pub fn computing(mut self, algorithms: Algorithms) -> Self {
        self.ahead = algorithms;
        self.restart();
        self
    }

    /// The same, not to be ready before [`release`](Self::release): a manifest is still to come.
    #[must_use]
    pub const fn held(mut self) -> Self {
        self.held = true;
        self
    }

    /// How far it is.
    #[must_use]
    pub fn status(&self) -> TransferStatus {
        match &self.outcome {
            Outcome::Ready(_) => TransferStatus::Ready,
            Outcome::Error(_) => TransferStatus::Error,
            Outcome::Open if !self.begun => TransferStatus::WaitingForTransfer,
            Outcome::Open if self.is_whole() => TransferStatus::Validating,
            Outcome::Open => TransferStatus::Transferring,
        }
    }

    /// The size in bytes, if it is known.
    #[must_use]
    pub const fn declared_size(&self) -> Option<u64> {
        self.size
    }

    /// How many bytes of it are there, each counted once.
    #[must_use]
    pub fn bytes_transferred(&self) -> u64 {
        self.received.bytes()
    }

    /// Which bytes are there: ranges in order, with gaps between them.
    #[must_use]
    pub fn received(&self) -> &[Range<u64>] {
        self.received.as_slice()
    }

    /// Bytes from the first on that are there without a gap.
    #[must_use]
    pub fn front(&self) -> u64 {
        self.received.front()
    }

    /// Bytes of the front that are there but not hashed: hand them to [`replay`](Self::replay) in
    /// order, in pieces of any size. None when there is nothing to compute.
    #[must_use]
    pub fn owed(&self) -> Option<Range<u64>> {
        let owed = self.hasher.bytes()..self.front();
        let is_needed = self.outcome == Outcome::Open && self.algorithms() != Algorithms::NONE;
        (is_needed && !owed.is_empty()).then_some(owed)
    }

    /// What speaks for it, once it is ready.
    #[must_use]
    pub fn proof(&self) -> Option<Proof> {
        let Outcome::Ready(_) = self.outcome else { return None };
        let strongest = self.expected.iter().map(|digest| digest.algorithm()).max();
        Some(strongest.map_or(Proof::NothingDeclared, Proof::Digest))
    }

    /// The digests that were computed, once it is ready.
    pub fn digests(&self) -> impl Iterator<Item = Digest> {
        let digests = match &self.outcome {
            Outcome::Ready(digests) => digests.as_slice(),
            _ => &[],
        };
        digests.iter().copied()
    }

    /// Its digest by an algorithm: declared, or computed once it is ready.
    #[must_use]
    pub fn known_digest(&self, algorithm: Algorithm) -> Option<Digest> {
        let mut known = self.expected.iter().copied().chain(self.digests());
        known.find(|digest| digest.algorithm() == algorithm)
    }

    /// Why it failed.
    #[must_use]
    pub const fn fault(&self) -> Option<&TransferFault> {
        match &self.outcome {
            Outcome::Error(fault) => Some(fault),
            _ => None,
        }
    }

    /// Takes bytes that belong at an offset. An empty range begins the transfer, which is how a file of
    /// no bytes is sent. A file that is ready takes what it has, and counts nothing.
    ///
    /// # Errors
    ///
    /// [`BeyondEnd`](TransferError::BeyondEnd), [`TooManyRanges`](TransferError::TooManyRanges), or
    /// [`Settled`](TransferError::Settled) when it failed before.
    pub fn receive(&mut self, offset: u64, bytes: &[u8]) -> Result<Received, TransferError> {
        let limit = self.size.unwrap_or(MAX_BYTES);
        let end = u64::try_from(bytes.len()).ok().and_then(|length| offset.checked_add(length));
        let Some(end) = end.filter(|&end| end <= limit) else {
            return Err(TransferError::BeyondEnd { end: limit });
        };
        match self.outcome {
            Outcome::Open => {}
            Outcome::Ready(_) => return Ok(Received::default()),
            Outcome::Error(_) => return Err(TransferError::Settled(self.status())),
        }
        let fresh = self.received.missing(&(offset..end));
        self.received.insert(offset..end).map_err(|_| TransferError::TooManyRanges)?;
        self.begun = true;
        // What lies behind this gap was stored before, and may differ from what has come now.
        if let Some(next) = fresh.iter().find(|range| range.start == self.hasher.bytes()) {
            self.hasher.update(part(bytes, offset, next));
        }
        self.settle();
        let counted = fresh.iter().map(length).fold(0, u64::saturating_add);
        Ok(Received { fresh, counted, owed: self.owed() })
    }

    /// Takes bytes back from storage, to hash them: the first of those [`owed`](Self::owed), or all.
    /// Returns what is owed then.
    ///
    /// # Errors
    ///
    /// [`NotOwed`](TransferError::NotOwed), with what is.
    pub fn replay(
        &mut self,
        offset: u64,
        bytes: &[u8],
    ) -> Result<Option<Range<u64>>, TransferError> {
        let owed = self.owed();
        let fits = owed.as_ref().is_some_and(|owed| {
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            offset == owed.start && offset.checked_add(length).is_some_and(|end| end <= owed.end)
        });
        if !fits {
            return Err(TransferError::NotOwed { owed });
        }
        self.hasher.update(bytes);
        self.settle();
        Ok(self.owed())
    }

    /// Says how many bytes the file has.
    ///
    /// # Errors
    ///
    /// [`SizeContradiction`](TransferError::SizeContradiction), or
    /// [`BeyondEnd`](TransferError::BeyondEnd) for more than 2^63 - 1.
    pub fn declare_size(&mut self, bytes: u64) -> Result<(), TransferError> {
        if bytes > MAX_BYTES {
            return Err(TransferError::BeyondEnd { end: MAX_BYTES });
        }
        let known = self.size.unwrap_or(self.received.end());
        if bytes < known || self.size.is_some_and(|size| size != bytes) {
            return Err(TransferError::SizeContradiction { known, given: bytes });
        }
        self.size = Some(bytes);
        self.settle();
        Ok(())
    }

    /// Adds digests that must match. When one is by an algorithm that was not computed so far, all of
    /// the front is owed anew.
    ///
    /// # Errors
    ///
    /// [`Settled`](TransferError::Settled).
    pub fn expect(
        &mut self,
        digests: impl IntoIterator<Item = Digest>,
    ) -> Result<(), TransferError> {
        self.open()?;
        let before = self.algorithms();
        self.expected.extend(digests);
        if self.algorithms() != before {
            self.restart();
        }
        self.settle();
        Ok(())
    }

    /// No more digests will be declared: a file that was [`held`](Self::held) may become ready.
    pub fn release(&mut self) {
        self.held = false;
        self.settle();
    }

    /// The caller does not have these bytes any more; they must come again. When some of them were
    /// hashed, all of the front is owed anew.
    ///
    /// # Errors
    ///
    /// [`Settled`](TransferError::Settled), or [`TooManyRanges`](TransferError::TooManyRanges).
    pub fn forget(&mut self, gone: Range<u64>) -> Result<(), TransferError> {
        self.open()?;
        self.received.remove(&gone).map_err(|_| TransferError::TooManyRanges)?;
        if self.front() < self.hasher.bytes() {
            self.restart();
        }
        Ok(())
    }

    /// Gives up: the file will not come, and this is why.
    ///
    /// # Errors
    ///
    /// [`Settled`](TransferError::Settled).
    pub fn fail(&mut self, why: &str) -> Result<(), TransferError> {
        self.open()?;
        self.outcome = Outcome::Error(TransferFault::GivenUp(why.to_owned()));
        Ok(())
    }

    fn open(&self) -> Result<(), TransferError> {
        match self.outcome {
            Outcome::Open => Ok(()),
            _ => Err(TransferError::Settled(self.status())),
        }
    }

    fn algorithms(&self) -> Algorithms {
        self.expected.iter().map(|digest| digest.algorithm()).chain(self.ahead.iter()).collect()
    }

    pub(super) fn restart(&mut self) {
        self.hasher = MultiHasher::new(self.algorithms());
    }

    pub(super) fn is_whole(&self) -> bool {
        self.begun && self.size == Some(self.front())
    }

    /// Decides, once all bytes are there and hashed and all digests are known.
    fn settle(&mut self) {
        let is_open = self.outcome == Outcome::Open;
        if !is_open || self.held || !self.is_whole() || self.owed().is_some() {
            return;
        }
        let computed = self.hasher.clone().finish();
        self.outcome = match mismatch(&self.expected, &computed) {
            Some(fault) => Outcome::Error(fault),
            None => Outcome::Ready(computed.iter().collect()),
        };
    }
}

/// The first digest that does not match. One that was not computed would be such, too; there is none.
fn mismatch(expected: &[Digest], computed: &Digests) -> Option<TransferFault> {
    expected.iter().find_map(|&expected| match computed.of(expected.algorithm()) {
        Some(computed) if computed == expected => None,
        Some(computed) => Some(TransferFault::DigestMismatch { expected, computed }),
        None => Some(TransferFault::GivenUp(format!(
            "the `{}` digest was not computed",
            expected.algorithm()
        ))),
    })
}

/// The bytes of a range, out of bytes that begin at an offset.
fn part<'b>(bytes: &'b [u8], offset: u64, range: &Range<u64>) -> &'b [u8] {
    let index = |at: u64| usize::try_from(at.saturating_sub(offset)).unwrap_or(usize::MAX);
    bytes.get(index(range.start)..index(range.end)).unwrap_or_default()
}
