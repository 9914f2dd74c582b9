//! Hashing piece by piece.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::algorithm::{Algorithm, Algorithms};
use super::interleave::{self, Blockwise, Stream};
use super::value::Digest;

/// Bytes that go through every algorithm before the next are taken: they stay in the first-level
/// cache, which has 32 KiB or more, and the cost of changing over is spread.
const PIECE: usize = 16 << 10;

/// One algorithm over bytes that come piece by piece.
///
/// ```
/// use ovf::digest::{Algorithm, Hasher};
///
/// let mut hasher = Hasher::new(Algorithm::Sha1);
/// hasher.update(b"a");
/// hasher.update(b"bc");
/// assert_eq!(hasher.finish().to_string(), "a9993e364706816aba3e25717850c26c9cd0d89d");
/// ```
#[derive(Clone, Debug)]
pub struct Hasher(State);

#[derive(Clone, Debug)]
enum State {
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Hasher {
    /// Before the first byte.
    #[must_use]
    pub fn new(algorithm: Algorithm) -> Self {
        Self(match algorithm {
            Algorithm::Md5 => State::Md5(Md5::new()),
            Algorithm::Sha1 => State::Sha1(Sha1::new()),
            Algorithm::Sha256 => State::Sha256(Sha256::new()),
            Algorithm::Sha384 => State::Sha384(Sha384::new()),
            Algorithm::Sha512 => State::Sha512(Sha512::new()),
        })
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Md5(state) => state.update(bytes),
            State::Sha1(state) => state.update(bytes),
            State::Sha256(state) => state.update(bytes),
            State::Sha384(state) => state.update(bytes),
            State::Sha512(state) => state.update(bytes),
        }
    }

    /// The digest of all bytes taken.
    #[must_use]
    pub fn finish(self) -> Digest {
        match self.0 {
            State::Md5(state) => Digest::new(Algorithm::Md5, &state.finalize()),
            State::Sha1(state) => Digest::new(Algorithm::Sha1, &state.finalize()),
            State::Sha256(state) => Digest::new(Algorithm::Sha256, &state.finalize()),
            State::Sha384(state) => Digest::new(Algorithm::Sha384, &state.finalize()),
            State::Sha512(state) => Digest::new(Algorithm::Sha512, &state.finalize()),
        }
    }
}

/// Several algorithms over the same bytes, in one pass.
///
/// ```
/// use ovf::digest::{Algorithm, Algorithms, MultiHasher};
///
/// let mut hasher = MultiHasher::new(Algorithms::from_iter([Algorithm::Md5, Algorithm::Sha256]));
/// hasher.update(b"abc");
/// let digests = hasher.finish();
/// assert_eq!(digests.of(Algorithm::Md5).unwrap().to_string(), "900150983cd24fb0d6963f7d28e17f72");
/// assert_eq!(digests.of(Algorithm::Sha1), None);
/// ```
#[derive(Clone, Debug)]
pub struct MultiHasher {
    md5: Option<Md5>,
    sha1: Option<Sha1>,
    sha256: Option<Sha256>,
    sha384: Option<Sha384>,
    sha512: Option<Sha512>,
    bytes: u64,
}

impl MultiHasher {
    /// Before the first byte. Without algorithms it only counts.
    #[must_use]
    pub fn new(algorithms: Algorithms) -> Self {
        Self {
            md5: algorithms.contains(Algorithm::Md5).then(Md5::new),
            sha1: algorithms.contains(Algorithm::Sha1).then(Sha1::new),
            sha256: algorithms.contains(Algorithm::Sha256).then(Sha256::new),
            sha384: algorithms.contains(Algorithm::Sha384).then(Sha384::new),
            sha512: algorithms.contains(Algorithm::Sha512).then(Sha512::new),
            bytes: 0,
        }
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(PIECE) {
            let before = self.bytes;
            match (&mut self.md5, &mut self.sha1, &mut self.sha256) {
                (Some(md5), Some(sha1), None) => same(md5, sha1, before, piece),
                (Some(md5), None, Some(sha256)) => same(md5, sha256, before, piece),
                (md5, sha1, sha256) => {
                    if let Some(md5) = md5 {
                        md5.update(piece);
                    }
                    match (sha1, sha256) {
                        (Some(sha1), Some(sha256)) => same(sha1, sha256, before, piece),
                        (Some(sha1), None) => sha1.update(piece),
                        (None, Some(sha256)) => sha256.update(piece),
                        (None, None) => {}
                    }
                }
            }
            if let Some(sha384) = &mut self.sha384 {
                sha384.update(piece);
            }
            if let Some(sha512) = &mut self.sha512 {
                sha512.update(piece);
            }
            self.bytes = self.bytes.saturating_add(piece.len() as u64);
        }
    }

    /// Takes the next bytes, and so does another: faster than one after the other when each computes
    /// one digest and neither is SHA-384 or SHA-512, the same otherwise.
    pub(crate) fn update_with(&mut self, bytes: &[u8], other: &mut Self, other_bytes: &[u8]) {
        let (before, other_before) = (self.bytes, other.bytes);
        let (Some(lone), Some(other_lone)) = (self.lone(), other.lone()) else {
            self.update(bytes);
            other.update(other_bytes);
            return;
        };
        match lone {
            Lone::Md5(digest) => {
                with(Stream { digest, before, bytes }, other_lone, other_before, other_bytes);
            }
            Lone::Sha1(digest) => {
                with(Stream { digest, before, bytes }, other_lone, other_before, other_bytes);
            }
            Lone::Sha256(digest) => {
                with(Stream { digest, before, bytes }, other_lone, other_before, other_bytes);
            }
        }
        self.bytes = before.saturating_add(bytes.len() as u64);
        other.bytes = other_before.saturating_add(other_bytes.len() as u64);
    }

    /// The one digest computed, of those that gain by company.
    const fn lone(&mut self) -> Option<Lone<'_>> {
        match self {
            Self { sha384: Some(_), .. } | Self { sha512: Some(_), .. } => None,
            Self { md5: Some(md5), sha1: None, sha256: None, .. } => Some(Lone::Md5(md5)),
            Self { md5: None, sha1: Some(sha1), sha256: None, .. } => Some(Lone::Sha1(sha1)),
            Self { md5: None, sha1: None, sha256: Some(sha256), .. } => Some(Lone::Sha256(sha256)),
            Self { .. } => None,
        }
    }

    /// Bytes taken so far.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The digests of all bytes taken.
    #[must_use]
    pub fn finish(self) -> Digests {
        let mut digests = Vec::new();
        digests.extend(self.md5.map(|state| Digest::new(Algorithm::Md5, &state.finalize())));
        digests.extend(self.sha1.map(|state| Digest::new(Algorithm::Sha1, &state.finalize())));
        digests.extend(self.sha256.map(|state| Digest::new(Algorithm::Sha256, &state.finalize())));
        digests.extend(self.sha384.map(|state| Digest::new(Algorithm::Sha384, &state.finalize())));
        digests.extend(self.sha512.map(|state| Digest::new(Algorithm::Sha512, &state.finalize())));
        Digests(digests)
    }
}

/// One digest, of those that gain by company.
enum Lone<'h> {
    Md5(&'h mut Md5),
    Sha1(&'h mut Sha1),
    Sha256(&'h mut Sha256),
}

/// Feeds two digests with different bytes.
fn with<D: Blockwise>(one: Stream<'_, D>, other: Lone<'_>, before: u64, bytes: &[u8]) {
    match other {
        Lone::Md5(digest) => interleave::both(one, Stream { digest, before, bytes }),
        Lone::Sha1(digest) => interleave::both(one, Stream { digest, before, bytes }),
        Lone::Sha256(digest) => interleave::both(one, Stream { digest, before, bytes }),
    }
}

/// Feeds two digests with the same bytes.
fn same<A: Blockwise, B: Blockwise>(one: &mut A, other: &mut B, before: u64, bytes: &[u8]) {
    let other = Stream { digest: other, before, bytes };
    interleave::both(Stream { digest: one, before, bytes }, other);
}

/// What several algorithms gave for the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digests(Vec<Digest>);

impl Digests {
    /// The digest by one algorithm, if that was computed.
    #[must_use]
    pub fn of(&self, algorithm: Algorithm) -> Option<Digest> {
        self.iter().find(|digest| digest.algorithm() == algorithm)
    }

    /// All of them, the weakest first.
    pub fn iter(&self) -> impl Iterator<Item = Digest> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests;
