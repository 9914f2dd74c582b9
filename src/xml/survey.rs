//! One pass over the bytes before parsing: what has to be looked for, and how much there will be.

use memchr::memmem;
use wide::u8x16;

use super::faults::Faults;
use super::markup::CDATA_END;
use super::{builder, text};
use crate::diagnostic::Code;

/// Bytes looked at in one turn, by four vectors.
const GROUP: usize = 64;
/// Bytes surveyed at a time: they stay in the nearest cache while they are looked at again, and no lane of
/// a vector can count to more than the 255 a byte holds. They are 63 groups.
const STRETCH: usize = 4_032;

/// What one pass over the bytes told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// `<` without `/` after it: at least as many as elements, and hardly more.
    pub(super) start_tags: usize,
    /// `=`: at least as many as attributes.
    pub(super) equals_signs: usize,
    /// Whether `]]>` appears at all.
    pub(super) has_cdata_end: bool,
    /// Whether there is a CR.
    pub(super) has_cr: bool,
    /// Whether there is a `$`.
    pub(super) has_dollar: bool,
}

impl Survey {
    /// Looks at each byte once. Characters that XML forbids are reported here, so that nothing after
    /// has to look for them.
    pub(super) fn of(text: &str, faults: &mut Faults<'_>) -> Self {
        let bytes = text.as_bytes();
        let mut survey = Self::default();
        let cdata_end = memmem::Finder::new(CDATA_END);
        let mut start = 0;
        while start < bytes.len() {
            let end = bytes.len().min(start + STRETCH);
            let seen = Stretch::of(bytes, start, end);
            survey.start_tags += sum(seen.start_tags);
            survey.equals_signs += sum(seen.equals_signs);
            let beyond = bytes.len().min(end + 2);
            let stretch = bytes.get(start..beyond).unwrap_or_default();
            survey.has_cr = survey.has_cr || memchr::memchr(b'\r', stretch).is_some();
            survey.has_dollar = survey.has_dollar || memchr::memchr(b'$', stretch).is_some();
            survey.has_cdata_end = survey.has_cdata_end || cdata_end.find(stretch).is_some();
            let has_high = seen.high.to_bitmask() != 0;
            if seen.control.to_bitmask() != 0 || (has_high && has_noncharacter(stretch)) {
                report_illegal(text, start, end, faults);
            }
            start = end;
        }
        survey
    }
}

/// What a stretch of bytes has in it, for each lane of the vectors.
#[derive(Default)]
struct Stretch {
    /// How often `<` without `/` after it.
    start_tags: u8x16,
    /// How often `=`.
    equals_signs: u8x16,
    /// Bits of which some are set if there was a control character that XML forbids.
    control: u8x16,
    /// The highest bit is set if there was a byte that is not ASCII.
    high: u8x16,
}

impl Stretch {
    fn of(bytes: &[u8], start: usize, end: usize) -> Self {
        let mut seen = Self::default();
        for at in (start..end).step_by(GROUP) {
            // One byte more, to see what follows the last `<`.
            match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
                Some(group) => seen.add(group),
                None => seen.add(&last_group(bytes, at)),
            }
        }
        seen
    }

    #[inline(always)]
    fn add(&mut self, group: &[u8; GROUP + 1]) {
        let (blocks, _) = group.as_chunks::<16>();
        let (after, _) = group.get(1..).unwrap_or_default().as_chunks::<16>();
        for (block, after) in blocks.iter().zip(after) {
            let (block, after) = (u8x16::new(*block), u8x16::new(*after));
            let is = |byte: u8| block.simd_eq(u8x16::splat(byte));
            // A match is -1 in each byte.
            self.start_tags -= is(b'<') & !after.simd_eq(u8x16::splat(b'/'));
            self.equals_signs -= is(b'=');
            let is_control = block.min(u8x16::splat(0x1F)).simd_eq(block);
            self.control |= is_control & !(is(b'\t') | is(b'\n') | is(b'\r'));
            self.high |= block;
        }
    }
}

/// The group the text ends in, filled up with blanks.
#[cold]
fn last_group(bytes: &[u8], at: usize) -> [u8; GROUP + 1] {
    let mut group = [b' '; GROUP + 1];
    for (to, from) in group.iter_mut().zip(bytes.get(at..).unwrap_or_default()) {
        *to = *from;
    }
    group
}

fn sum(counts: u8x16) -> usize {
    counts.to_array().into_iter().map(usize::from).sum()
}

/// Whether there is U+FFFE or U+FFFF; in UTF-8 they are EF BF BE and EF BF BF.
fn has_noncharacter(stretch: &[u8]) -> bool {
    memmem::find_iter(stretch, b"\xEF\xBF")
        .any(|at| matches!(stretch.get(at + 2), Some(0xBE | 0xBF)))
}

/// Reports each character that begins in a range and that XML forbids (XML 1.0 2.2).
#[cold]
fn report_illegal(text: &str, start: usize, end: usize, faults: &mut Faults<'_>) {
    let start = (start..end).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
    let rest = text.get(start..).unwrap_or_default();
    for (at, c) in rest.char_indices().map(|(at, c)| (start + at, c)) {
        if at >= end || faults.are_too_many() {
            return;
        }
        if !text::is_legal(c) {
            faults
                .add(
                    Code::ILLEGAL_CHARACTER,
                    builder::span(at, at + c.len_utf8()),
                    format_args!("the character U+{:04X} is not allowed in XML", u32::from(c)),
                )
                .help(format_args!("remove it"))
                .done();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Findings, Levels};

    fn survey(text: &str) -> (Survey, Vec<u32>) {
        let mut findings = Findings::new(Levels::default(), usize::MAX);
        let survey = Survey::of(text, &mut Faults::new(&mut findings));
        (survey, findings.finish().0.iter().map(|d| d.span.start).collect())
    }

    fn expected(text: &str) -> (Survey, Vec<u32>) {
        let survey = Survey {
            start_tags: text.matches('<').count() - text.matches("</").count(),
            equals_signs: text.matches('=').count(),
            has_cdata_end: text.contains("]]>"),
            has_cr: text.contains('\r'),
            has_dollar: text.contains('$'),
        };
        let illegal = text.char_indices().filter(|&(_, c)| !text::is_legal(c)).take(1_000);
        (survey, illegal.map(|(at, _)| u32::try_from(at).unwrap()).collect())
    }

    /// Wherever it stands beside the groups and stretches that are looked at together.
    #[test]
    fn nothing_is_overlooked_anywhere() {
        assert_eq!(STRETCH % GROUP, 0);
        let near = (0..6).chain(60..70).chain(124..132);
        let far = (STRETCH - 4..STRETCH + 4).chain(2 * STRETCH - 3..2 * STRETCH + 3);
        for before in near.chain(far) {
            for found in [
                "<a", "</", "<", "=", "]]>", "]]", "\r", "$", "\n", "\t", "\u{1}", "\u{1F}",
                "\u{FFFE}", "\u{FFFF}", "\u{FFFD}", "é",
            ] {
                for after in ["", "x", "xxxxxxxxxxxxxxxx"] {
                    let text = format!("{}{found}{after}", "x".repeat(before));
                    assert_eq!(survey(&text), expected(&text), "{found:?} after {before} bytes");
                }
            }
        }
    }

    #[test]
    fn what_is_there_twice_is_seen_as_well() {
        for found in ["<", "</", "=", "\r", "]]>", "$", "\u{1}", "\u{FFFE}"] {
            for apart in [0, 1, 16 - found.len(), 64 - found.len(), STRETCH] {
                let text = format!("{found}{}{found}", "x".repeat(apart));
                assert_eq!(survey(&text), expected(&text), "{found:?} twice, {apart} bytes apart");
            }
        }
        for found in ["<", "=", "\u{1}"] {
            let text = found.repeat(3 * STRETCH);
            assert_eq!(survey(&text), expected(&text), "{found:?} very often");
        }
    }

    proptest! {
        #[test]
        fn the_survey_counts_right(part in "[a<=/\\]>é\u{FFFD}\u{FFFE}\u{1}\n\r$]{0,50}", repeats in 1_usize..200) {
            let text = part.repeat(repeats);
            prop_assert_eq!(survey(&text), expected(&text));
        }
    }
}
