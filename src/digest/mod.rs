//! Digests: the algorithms, their names, their values, and hashing piece by piece.

mod algorithm;
mod hasher;
mod interleave;
#[cfg(feature = "serde")]
mod saved;
mod value;

pub use self::algorithm::{Algorithm, Algorithms, Strength};
pub use self::hasher::{Digests, Hasher, MultiHasher};
pub use self::value::{Digest, DigestError};
