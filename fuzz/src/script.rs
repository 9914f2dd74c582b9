//! Decisions out of bytes.

use std::borrow::Cow;

use arbitrary::Unstructured;

/// Bytes that decide. When they are used up, every decision is the first there is.
pub(crate) struct Script<'d>(Unstructured<'d>);

impl<'d> Script<'d> {
    pub(crate) fn new(data: &'d [u8]) -> Self {
        Self(Unstructured::new(data))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    /// A number below another; 0 below 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let last = end.saturating_sub(1);
        self.0.int_in_range(0..=last).unwrap_or_default()
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.0.arbitrary().unwrap_or_default()
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0.arbitrary().unwrap_or_default()
    }

    pub(crate) fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        let at = self.below(list.len());
        list.get(at)
    }

    /// Now and then one of a list, else one of those that have gone wrong elsewhere, else anything.
    pub(crate) fn word(&mut self, known: &[String]) -> String {
        const MOST_BYTES: usize = 24;
        match self.below(4) {
            0 | 1 if !known.is_empty() => self.pick(known).cloned().unwrap_or_default(),
            0..=2 => self.pick(WORDS).copied().unwrap_or_default().to_owned(),
            _ => {
                let length = self.below(MOST_BYTES).min(self.0.len());
                let bytes = self.0.bytes(length).unwrap_or_default();
                String::from_utf8_lossy(bytes).into_owned()
            }
        }
    }
}

/// The bytes before the last byte 0, and those behind it, which decide.
pub(crate) fn divide(data: &[u8]) -> (Cow<'_, str>, Script<'_>) {
    let at = data.iter().rposition(|&byte| byte == 0).unwrap_or(data.len());
    let (text, script) = data.split_at(at);
    (String::from_utf8_lossy(text), Script::new(script.get(1..).unwrap_or_default()))
}

const WORDS: &[&str] = &[
    "it's <new> & \"quoted\"",
    "",
    " ",
    "1",
    "0",
    "-1",
    "true",
    "18446744073709551616",
    "9223372036854775807",
    "byte * 2^30",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijkl\u{301}xyz",
    "\u{1F600}\u{1F600}\u{1F600}\u{1F600}",
    "a/b",
    "../a",
    "ovf:/disk/",
    "ovf:/file/a",
    "${a}",
    "${",
    "$$",
    "a\r\nb\tc",
    "\u{1}",
    "]]>",
    "de-DE",
    "10",
    "17",
    "password(MinLen=8)",
    "Ip(\"LAN\")",
];

/// A number that the bytes choose, so that an input is always treated the same way. The last bytes are
/// enough: they change as often as others, and long inputs cost no more.
pub(crate) fn chosen(data: &[u8]) -> usize {
    const BYTES: usize = 32;
    let sum = data.len().to_le_bytes();
    let last = data.iter().rev().take(BYTES).chain(sum.iter());
    let hash = last.fold(0xCBF2_9CE4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    usize::try_from(hash >> 40).unwrap_or_default()
}
