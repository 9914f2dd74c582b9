//! One pass over the bytes before parsing: what has to be looked for, and how much there will be.

use wide::u8x16;

use super::faults::Faults;
use super::markup::CDATA_END;
use super::{builder, text};
use crate::diagnostic::Code;

/// Bytes surveyed at a time: they stay in the nearest cache while they are looked at again.
const STRETCH: usize = 4096;
/// Blocks whose matches are counted in bytes before a byte could overflow.
const COUNTED: usize = 255;

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
        let mut start = 0;
        while start < bytes.len() {
            let end = bytes.len().min(start + STRETCH);
            // One byte more, to see what follows the last `<`.
            let seen = Stretch::of(
                bytes.get(start..end).unwrap_or_default(),
                bytes.get(end).copied().unwrap_or_default(),
            );
            survey.start_tags += seen.start_tags;
            survey.equals_signs += seen.equals_signs;
            survey.has_cr |= seen.has_cr;
            survey.has_dollar |= seen.has_dollar;
            let beyond = bytes.len().min(end + 2);
            if seen.has_bracket && !survey.has_cdata_end {
                let stretch = bytes.get(start..beyond).unwrap_or_default();
                survey.has_cdata_end = memchr::memmem::find(stretch, CDATA_END).is_some();
            }
            if seen.has_control || (seen.has_high && has_noncharacter(bytes, start, beyond)) {
                report_illegal(text, start, end, faults);
            }
            start = end;
        }
        survey
    }
}

/// What a stretch of bytes has in it.
#[derive(Default)]
struct Stretch {
    start_tags: usize,
    equals_signs: usize,
    has_bracket: bool,
    has_control: bool,
    has_cr: bool,
    has_dollar: bool,
    has_high: bool,
}

impl Stretch {
    fn of(bytes: &[u8], following: u8) -> Self {
        let mut seen = Self::default();
        let (blocks, tail) = bytes.as_chunks::<16>();
        let zero = u8x16::splat(0);
        let (mut bracket, mut control, mut cr, mut dollar, mut high) =
            (zero, zero, zero, zero, zero);
        let mut first = 0;
        for blocks in blocks.chunks(COUNTED) {
            let (mut start_tags, mut equals_signs) = (zero, zero);
            for block in blocks {
                let after = match bytes.get(first + 1..).and_then(|rest| rest.first_chunk()) {
                    Some(after) => u8x16::new(*after),
                    None => shifted(block, tail.first().copied().unwrap_or(following)),
                };
                let block = u8x16::new(*block);
                let is = |byte: u8| block.simd_eq(u8x16::splat(byte));
                // A match is -1 in each byte.
                start_tags -= is(b'<') & !after.simd_eq(u8x16::splat(b'/'));
                equals_signs -= is(b'=');
                bracket |= is(b']');
                let is_cr = is(b'\r');
                cr |= is_cr;
                control |=
                    block.min(u8x16::splat(0x1F)).simd_eq(block) & !(is(b'\t') | is(b'\n') | is_cr);
                dollar |= is(b'$');
                high |= block;
                first += 16;
            }
            seen.start_tags += sum(start_tags);
            seen.equals_signs += sum(equals_signs);
        }
        seen.has_bracket = bracket.to_bitmask() != 0;
        seen.has_control = control.to_bitmask() != 0;
        seen.has_cr = cr.to_bitmask() != 0;
        seen.has_dollar = dollar.to_bitmask() != 0;
        seen.has_high = high.to_bitmask() != 0;
        for (at, &byte) in tail.iter().enumerate() {
            let after = tail.get(at + 1).copied().unwrap_or(following);
            seen.start_tags += usize::from(byte == b'<' && after != b'/');
            seen.equals_signs += usize::from(byte == b'=');
            seen.has_bracket |= byte == b']';
            seen.has_control |= byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
            seen.has_cr |= byte == b'\r';
            seen.has_dollar |= byte == b'$';
            seen.has_high |= !byte.is_ascii();
        }
        seen
    }
}

/// A block without its first byte and with another at its end.
fn shifted(block: &[u8; 16], last: u8) -> u8x16 {
    let mut shifted = *block;
    shifted.rotate_left(1);
    if let Some(end) = shifted.last_mut() {
        *end = last;
    }
    u8x16::new(shifted)
}

fn sum(counts: u8x16) -> usize {
    counts.to_array().into_iter().map(usize::from).sum()
}

/// Whether U+FFFE or U+FFFF begins in a range; in UTF-8 they are EF BF BE and EF BF BF.
fn has_noncharacter(bytes: &[u8], start: usize, beyond: usize) -> bool {
    let stretch = bytes.get(start..beyond).unwrap_or_default();
    memchr::memmem::find_iter(stretch, b"\xEF\xBF")
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

    proptest! {
        #[test]
        fn the_survey_counts_right(part in "[a<=/\\]>é\u{FFFD}\u{FFFE}\u{1}\n\r$]{0,50}", repeats in 1_usize..200) {
            let text = part.repeat(repeats);
            let (survey, illegal) = survey(&text);
            prop_assert_eq!(survey.start_tags, text.matches('<').count() - text.matches("</").count());
            prop_assert_eq!(survey.equals_signs, text.matches('=').count());
            prop_assert_eq!(survey.has_cdata_end, text.contains("]]>"));
            prop_assert_eq!(survey.has_dollar, text.contains('$'));
            prop_assert_eq!(survey.has_cr, text.contains('\r'));
            let expected: Vec<u32> = text
                .char_indices()
                .filter(|&(_, c)| matches!(c, '\u{1}' | '\u{FFFE}'))
                .map(|(at, _)| u32::try_from(at).unwrap())
                .take(1_000)
                .collect();
            prop_assert_eq!(illegal, expected);
        }
    }
}
