//! Hashing piece by piece.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::algorithm::{Algorithm, Algorithms};
use super::value::Digest;

/// Bytes that go through every algorithm before the next are taken: they stay in the first-level
/// cache, which has 32 KiB or more, and the cost of changing over is spread.
const PIECE: usize = 16 << 10;
/// Bytes of a block of SHA-1 and SHA-256.
const BLOCK: usize = 64;

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
            if let Some(md5) = &mut self.md5 {
                md5.update(piece);
            }
            match (&mut self.sha1, &mut self.sha256) {
                (Some(sha1), Some(sha256)) => interleave(sha1, sha256, self.bytes, piece),
                (Some(sha1), None) => sha1.update(piece),
                (None, Some(sha256)) => sha256.update(piece),
                (None, None) => {}
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

/// Feeds both block by block. Each alone waits for the results of its own instructions; the processor
/// fills the waiting time of one with the work of the other. `before` is how many bytes they had.
fn interleave(sha1: &mut Sha1, sha256: &mut Sha256, before: u64, bytes: &[u8]) {
    // Blocks that begin where those of the algorithms begin need no copy.
    let to_boundary = usize::try_from(before.wrapping_neg() % 64).unwrap_or(0);
    let (head, rest) = bytes.split_at_checked(to_boundary).unwrap_or((bytes, &[]));
    sha1.update(head);
    sha256.update(head);
    for block in rest.chunks(BLOCK) {
        sha1.update(block);
        sha256.update(block);
    }
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
