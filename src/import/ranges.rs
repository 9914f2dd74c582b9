//! Which bytes are there of a file that arrives in ranges, in any order.

use std::ops::Range;

/// Most pieces one file may lie in at a time.
///
/// 4,096, or 64 KiB of memory: a client with 64 connections leaves up to 64 gaps, and one that sends a
/// disk of 16 GiB in shuffled pieces of 1 MiB has about 4,000 of them open halfway.
pub const MAX_RANGES: usize = 4_096;

/// Ranges of bytes, in order, none empty, and with a gap between each two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Ranges(Vec<Range<u64>>);

impl Ranges {
    /// The ranges.
    pub(super) fn as_slice(&self) -> &[Range<u64>] {
        &self.0
    }

    /// How many bytes are there from the first on, without a gap.
    pub(super) fn front(&self) -> u64 {
        self.0.first().filter(|range| range.start == 0).map_or(0, |range| range.end)
    }

    /// Where the last of them ends.
    pub(super) fn end(&self) -> u64 {
        self.0.last().map_or(0, |range| range.end)
    }

    /// How many bytes there are.
    pub(super) fn bytes(&self) -> u64 {
        self.0.iter().map(length).fold(0, u64::saturating_add)
    }

    /// The parts of a range that are missing.
    pub(super) fn missing(&self, within: &Range<u64>) -> Vec<Range<u64>> {
        let first = self.0.partition_point(|range| range.end <= within.start);
        let mut missing = Vec::new();
        let mut at = within.start;
        let there = self.0.get(first..).unwrap_or_default().iter();
        for range in there.take_while(|range| range.start < within.end) {
            if at < range.start {
                missing.push(at..range.start);
            }
            at = range.end;
        }
        if at < within.end {
            missing.push(at..within.end);
        }
        missing
    }

    /// Adds a range, unless there would be more than [`MAX_RANGES`] then.
    pub(super) fn insert(&mut self, new: Range<u64>) -> Result<(), TooMany> {
        if new.is_empty() {
            return Ok(());
        }
        let first = self.0.partition_point(|range| range.end < new.start);
        let after = self.0.partition_point(|range| range.start <= new.end);
        if first == after && self.0.len() >= MAX_RANGES {
            return Err(TooMany);
        }
        let touched = self.0.get(first..after).unwrap_or_default();
        let start = touched.first().map_or(new.start, |range| range.start.min(new.start));
        let end = touched.last().map_or(new.end, |range| range.end.max(new.end));
        self.0.splice(first..after, std::iter::once(start..end));
        Ok(())
    }

    /// Takes a range out, unless there would be more than [`MAX_RANGES`] then.
    pub(super) fn remove(&mut self, gone: &Range<u64>) -> Result<(), TooMany> {
        let first = self.0.partition_point(|range| range.end <= gone.start);
        let after = self.0.partition_point(|range| range.start < gone.end);
        if gone.is_empty() || first >= after {
            return Ok(());
        }
        let touched = self.0.get(first..after).unwrap_or_default();
        let before = touched.first().map(|range| range.start..gone.start);
        let behind = touched.last().map(|range| gone.end..range.end);
        let left: Vec<_> =
            [before, behind].into_iter().flatten().filter(|range| !range.is_empty()).collect();
        if self.0.len() >= MAX_RANGES && left.len() > touched.len() {
            return Err(TooMany);
        }
        self.0.splice(first..after, left);
        Ok(())
    }

    /// Whether they are what this type promises; a saved state may have been tampered with.
    #[cfg(feature = "serde")]
    pub(super) fn is_sound(&self) -> bool {
        self.0.len() <= MAX_RANGES
            && self.0.iter().all(|range| !range.is_empty())
            && self.0.windows(2).all(|pair| match pair {
                [before, behind] => before.end < behind.start,
                _ => true,
            })
    }
}

/// There would be more than [`MAX_RANGES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// Bytes of a range.
pub(super) fn length(range: &Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MAX_RANGES, Range, Ranges, TooMany};

    #[test]
    fn neighbours_become_one() {
        let mut ranges = Ranges::default();
        for range in [10..20, 30..40, 0..5, 20..30, 5..10] {
            ranges.insert(range).unwrap();
        }
        assert_eq!(ranges.as_slice().first(), Some(&(0..40)));
        assert_eq!(ranges.as_slice().len(), 1);
        assert_eq!((ranges.front(), ranges.bytes(), ranges.end()), (40, 40, 40));
    }

    #[test]
    fn what_is_missing_is_told_in_order() {
        let mut ranges = Ranges::default();
        ranges.insert(2..4).unwrap();
        ranges.insert(6..8).unwrap();
        assert_eq!(ranges.missing(&(0..10)), [0..2, 4..6, 8..10]);
        assert_eq!(ranges.missing(&(3..9)), [4..6, 8..9]);
        assert_eq!(ranges.missing(&(2..4)), []);
        assert_eq!(ranges.front(), 0);
    }

    #[test]
    fn a_piece_can_be_taken_out_of_the_middle() {
        let mut ranges = Ranges::default();
        ranges.insert(0..10).unwrap();
        ranges.remove(&(3..5)).unwrap();
        assert_eq!(ranges.as_slice(), [0..3, 5..10]);
        ranges.remove(&(2..6)).unwrap();
        assert_eq!(ranges.as_slice(), [0..2, 6..10]);
        ranges.remove(&(0..100)).unwrap();
        assert_eq!(ranges.as_slice(), []);
    }

    proptest! {
        #[test]
        fn each_byte_counts_once(puts in prop::collection::vec((0..200_u64, 0..40_u64), 0..60)) {
            let mut ranges = Ranges::default();
            let mut bytes = std::collections::BTreeSet::new();
            for (start, len) in puts {
                ranges.insert(start..start + len).unwrap();
                bytes.extend(start..start + len);
                prop_assert_eq!(ranges.bytes(), bytes.len() as u64);
                prop_assert!(ranges.as_slice().windows(2).all(|pair| pair[0].end < pair[1].start));
            }
        }
    }

    #[test]
    fn there_are_never_too_many() {
        let mut ranges = Ranges::default();
        for at in 0..MAX_RANGES as u64 {
            ranges.insert(at * 3..at * 3 + 2).unwrap();
        }
        let full = ranges.clone();
        assert_eq!(ranges.insert(1_000_000..1_000_001), Err(TooMany));
        assert_eq!(ranges, full);
        // What closes a gap, or touches a range, is always taken.
        ranges.insert(2..3).unwrap();
        assert_eq!(ranges.as_slice().len(), MAX_RANGES - 1);
    }

    #[test]
    fn taking_out_of_the_middle_needs_room_for_one_more() {
        let mut ranges = Ranges::default();
        for at in 0..MAX_RANGES as u64 {
            ranges.insert(at * 5..at * 5 + 4).unwrap();
        }
        let full = ranges.clone();
        assert_eq!(ranges.remove(&(1..2)), Err(TooMany));
        assert_eq!(ranges, full);
        // What leaves no more pieces than there are is always taken.
        ranges.remove(&(0..2)).unwrap();
        ranges.remove(&(8..10)).unwrap();
        assert_eq!(ranges.as_slice()[..3], [2..4, 5..8, 10..14]);
        ranges.remove(&(2..4)).unwrap();
        ranges.remove(&(6..7)).unwrap();
        assert_eq!(ranges.as_slice()[..3], [5..6, 7..8, 10..14]);
        assert_eq!(ranges.as_slice().len(), MAX_RANGES);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn what_was_tampered_with_is_not_sound() {
        let many = |count: u64| (0..count).map(|at| at * 2..at * 2 + 1).collect();
        let most = MAX_RANGES as u64;
        for (ranges, is_sound) in [
            (vec![], true),
            (vec![0..4, 5..8], true),
            (vec![0..4, 4..8], false),
            (vec![0..4, 3..8], false),
            (vec![5..8, 0..4], false),
            (vec![0..4, 5..5], false),
            (vec![0..4, Range { start: 8, end: 6 }], false),
            (many(most), true),
            (many(most + 1), false),
        ] {
            let what = format!("{:?}", ranges.get(..2));
            assert_eq!(Ranges(ranges).is_sound(), is_sound, "{what}");
        }
    }
}
