//! Numbers that depend on nothing but a seed, and the running of sequences.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Sequences of each machine in an ordinary run.
const DEFAULT_SEQUENCES: u64 = 500;

/// `SplitMix64`.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of a range that is not empty.
    pub(crate) fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.number() % (range.end - range.start)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.within(0..100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.within(0..from.len() as u64) as usize]
    }

    /// A range within `0..length`, empty ones among them.
    pub(crate) fn range(&mut self, length: u64) -> Range<u64> {
        let (a, b) = (self.within(0..length + 1), self.within(0..length + 1));
        a.min(b)..a.max(b)
    }
}

/// Runs as many sequences as are asked for, each with a seed of its own, and sees to it that they end in
/// every state there is.
pub(crate) fn sequences(machine: &str, ends: &[&str], run: impl Fn(Random) -> &'static str) {
    let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u64>().expect("a number"));
    let only = number("OVF_SEQUENCE");
    let count = number("OVF_SEQUENCES").unwrap_or(DEFAULT_SEQUENCES);
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in only.map_or(0..count, |only| only..only + 1) {
        match catch_unwind(AssertUnwindSafe(|| run(Random::new(seed)))) {
            Ok(end) => *seen.entry(end).or_default() += 1,
            Err(panic) => {
                eprintln!("{machine}: sequence {seed} failed; OVF_SEQUENCE={seed} runs it alone");
                resume_unwind(panic);
            }
        }
    }
    println!("{machine}: {} sequences held; they ended in {seen:?}", seen.values().sum::<u64>());
    for end in ends.iter().filter(|_| only.is_none()) {
        assert!(seen.contains_key(end), "none of the sequences ended in {end}");
    }
}

/// Saved and restored, as when a server is killed and started again.
pub(crate) fn restarted<T: Serialize + DeserializeOwned>(machine: &T) -> T {
    let saved = serde_json::to_string(machine).expect("it can be saved");
    let restored: T = serde_json::from_str(&saved).expect("what was saved can be restored");
    assert_eq!(saved, serde_json::to_string(&restored).unwrap(), "nothing is lost by saving");
    restored
}

pub(crate) fn saved<T: Serialize>(machine: &T) -> String {
    serde_json::to_string(machine).expect("it can be saved")
}
