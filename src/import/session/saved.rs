//! Transfers as they are saved. What is read back is checked: a state that no run could have reached is
//! refused.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::ranges::Ranges;
use super::transfer::{Outcome, Transfer};
use crate::digest::{Algorithms, Digest, MultiHasher};

/// All of a [`Transfer`] but the state of its hashing.
#[derive(Serialize, Deserialize)]
struct Saved {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expected: Vec<Digest>,
    #[serde(default)]
    ahead: Algorithms,
    #[serde(default)]
    held: bool,
    begun: bool,
    received: Ranges,
    outcome: Outcome,
}

impl Serialize for Transfer {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let saved = Saved {
            size: self.size,
            expected: self.expected.clone(),
            ahead: self.ahead,
            held: self.held,
            begun: self.begun,
            received: self.received.clone(),
            outcome: self.outcome.clone(),
        };
        saved.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Transfer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let saved = Saved::deserialize(from)?;
        let mut transfer = Self {
            size: saved.size,
            expected: saved.expected,
            ahead: saved.ahead,
            held: saved.held,
            begun: saved.begun,
            received: saved.received,
            hasher: MultiHasher::new(Algorithms::NONE),
            outcome: saved.outcome,
        };
        transfer.restart();
        let limit = transfer.size.unwrap_or(u64::MAX).min(super::transfer::MAX_BYTES);
        let is_empty = transfer.received.as_slice().is_empty();
        if !transfer.received.is_sound() || transfer.received.end() > limit {
            return Err(D::Error::custom("the ranges received make no sense"));
        }
        if !transfer.begun && !is_empty {
            return Err(D::Error::custom("bytes were received before the transfer began"));
        }
        if let Outcome::Ready(digests) = &transfer.outcome {
            let matches = transfer.expected.iter().all(|expected| digests.contains(expected));
            if !transfer.is_whole() || !matches {
                return Err(D::Error::custom("the file is ready and cannot be"));
            }
        }
        Ok(transfer)
    }
}
