//! Names: which characters they are made of, and how the arena keeps them.

use std::ops::RangeInclusive;

use super::scan;
use crate::span::Span;

/// The lengths of a name and its prefix as the arena keeps them, and four flags beside.
///
/// Real names have up to 42 bytes and real prefixes up to 5. Those that are too long for this are measured
/// again when they are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredName {
    /// Bytes of the name, or [`LONG`].
    len: u8,
    /// Bytes before the local part, in the bits of [`LOCAL`]; the flags in the others. Of names that are
    /// [`LONG`] only whether there is a prefix.
    local_and_flags: u8,
}

/// Stands for the length of a name that is this long or longer, or that has a prefix too long for [`LOCAL`].
pub(super) const LONG: u8 = u8::MAX;

const LOCAL: u8 = 0x0F;

impl StoredName {
    /// What is kept of a name of `len` bytes; `prefix_len` is 0 when it has no prefix.
    #[inline(always)]
    pub(super) fn new(len: usize, prefix_len: usize, flags: u8) -> Self {
        let local = if prefix_len == 0 { 0 } else { prefix_len + 1 };
        match (u8::try_from(len), u8::try_from(local)) {
            (Ok(len), Ok(local @ ..=LOCAL)) => Self { len, local_and_flags: local | flags },
            (_, Ok(0)) => Self { len: LONG, local_and_flags: flags },
            _ => Self { len: LONG, local_and_flags: LOCAL | flags },
        }
    }

    /// Whether there is one of some flags.
    #[inline(always)]
    pub(super) const fn has(self, flags: u8) -> bool {
        self.local_and_flags & flags != 0
    }

    #[inline(always)]
    pub(super) const fn add(&mut self, flags: u8) {
        self.local_and_flags |= flags;
    }

    pub(super) const fn has_prefix(self) -> bool {
        self.has(LOCAL)
    }

    /// Takes what stands before the colon as part of the local name.
    pub(super) const fn drop_prefix(&mut self) {
        self.local_and_flags &= !LOCAL;
    }

    /// Bytes of the name, or [`LONG`].
    #[inline(always)]
    pub(super) const fn kept_len(self) -> u8 {
        self.len
    }

    #[inline(always)]
    fn local_at(self) -> usize {
        usize::from(self.local_and_flags & LOCAL)
    }

    /// The whole name, which starts at an offset.
    #[inline]
    pub(super) fn full(self, text: &str, start: u32) -> &str {
        if self.len == LONG {
            return long(text, start);
        }
        let start = start as usize;
        text.get(start..start + usize::from(self.len)).unwrap_or_default()
    }

    /// Where it stands.
    pub(super) fn span(self, text: &str, start: u32) -> Span {
        let len = u32::try_from(self.full(text, start).len()).unwrap_or(u32::MAX);
        Span::new(start, start.saturating_add(len))
    }

    /// The prefix, empty when there is none.
    #[inline]
    pub(super) fn prefix(self, text: &str, start: u32) -> &str {
        if self.len == LONG {
            return self.long_parts(text, start).0;
        }
        let start = start as usize;
        text.get(start..start + self.local_at().saturating_sub(1)).unwrap_or_default()
    }

    /// The name without its prefix.
    #[inline]
    pub(super) fn local(self, text: &str, start: u32) -> &str {
        if self.len == LONG {
            return self.long_parts(text, start).1;
        }
        let start = start as usize;
        text.get(start + self.local_at()..start + usize::from(self.len)).unwrap_or_default()
    }

    /// The same as bytes.
    #[inline(always)]
    pub(super) fn local_bytes(self, text: &str, start: u32) -> &[u8] {
        if self.len == LONG {
            return self.long_parts(text, start).1.as_bytes();
        }
        let start = start as usize;
        let local = start + self.local_at()..start + usize::from(self.len);
        text.as_bytes().get(local).unwrap_or_default()
    }

    /// Whether the local part can have so many bytes: the lengths the arena keeps tell most names apart
    /// without a look at the text.
    #[inline(always)]
    pub(super) fn local_may_have(self, bytes: usize) -> bool {
        self.len == LONG || self.local_at() + bytes == usize::from(self.len)
    }

    /// Prefix and local part of a long name.
    #[cold]
    #[inline(never)]
    fn long_parts(self, text: &str, start: u32) -> (&str, &str) {
        let name = long(text, start);
        if self.has_prefix() { name.split_once(':').unwrap_or(("", name)) } else { ("", name) }
    }
}

/// The name that starts at an offset, however long.
#[cold]
#[inline(never)]
fn long(text: &str, start: u32) -> &str {
    let start = start as usize;
    text.get(start..scan::name_end(text.as_bytes(), start)).unwrap_or_default()
}

/// Whether a byte can be part of a name, as far as the byte alone tells: what is not ASCII is looked
/// at by character later.
pub(super) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.' | 0x80..)
}

/// Whether a name can start with a byte, as far as the byte alone tells.
pub(super) const fn is_start_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..)
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameFault {
    /// The first character of the name, or of its local part, can only stand further on.
    Start(char),
    /// A character can stand in no name.
    Character(char),
    /// There is no prefix before the colon, or nothing after it.
    Empty,
    /// More than one colon.
    Colons,
}

/// Where the prefix of a name ends, 0 when it has none (Namespaces 1.0 4, `QName`).
pub(super) fn qualified(name: &str) -> Result<usize, NameFault> {
    let Some((prefix, local)) = name.split_once(':') else {
        unqualified(name)?;
        return Ok(0);
    };
    if local.contains(':') {
        return Err(NameFault::Colons);
    }
    unqualified(prefix)?;
    unqualified(local)?;
    Ok(prefix.len())
}

/// A name without colon (Namespaces 1.0 3, `NCName`).
pub(super) fn unqualified(name: &str) -> Result<(), NameFault> {
    let mut chars = name.chars();
    let first = chars.next().ok_or(NameFault::Empty)?;
    if first == ':' {
        return Err(NameFault::Colons);
    }
    if !is_start(first) {
        return Err(if is_inner(first) {
            NameFault::Start(first)
        } else {
            NameFault::Character(first)
        });
    }
    match chars.find(|&c| !is_inner(c)) {
        None => Ok(()),
        Some(':') => Err(NameFault::Colons),
        Some(c) => Err(NameFault::Character(c)),
    }
}

/// XML 1.0 [4] `NameStartChar` beyond ASCII.
const START: &[RangeInclusive<char>] = &[
    '\u{C0}'..='\u{D6}',
    '\u{D8}'..='\u{F6}',
    '\u{F8}'..='\u{2FF}',
    '\u{370}'..='\u{37D}',
    '\u{37F}'..='\u{1FFF}',
    '\u{200C}'..='\u{200D}',
    '\u{2070}'..='\u{218F}',
    '\u{2C00}'..='\u{2FEF}',
    '\u{3001}'..='\u{D7FF}',
    '\u{F900}'..='\u{FDCF}',
    '\u{FDF0}'..='\u{FFFD}',
    '\u{10000}'..='\u{EFFFF}',
];

/// XML 1.0 [4a] `NameChar` beyond ASCII and [`START`].
const INNER: &[RangeInclusive<char>] =
    &['\u{B7}'..='\u{B7}', '\u{300}'..='\u{36F}', '\u{203F}'..='\u{2040}'];

fn is_start(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic() || c == '_';
    }
    START.iter().any(|range| range.contains(&c))
}

fn is_inner(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    }
    START.iter().chain(INNER).any(|range| range.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_alone_tell_most_names_apart() {
        let may_have = |len, prefix_len| {
            let name = StoredName::new(len, prefix_len, 0);
            (0..300).filter(|&bytes| name.local_may_have(bytes)).collect::<Vec<_>>()
        };
        assert_eq!(may_have(7, 3), [3]);
        assert_eq!(may_have(7, 0), [7]);
        assert_eq!(may_have(254, 14), [239]);
        for (len, prefix_len) in [(255, 0), (254, 15), (70_000, 300)] {
            assert_eq!(may_have(len, prefix_len).len(), 300, "it is not kept how long it is");
        }
    }

    #[test]
    fn flags_are_beside_what_is_kept_of_a_name() {
        for (len, prefix_len) in [(1, 0), (16, 14), (17, 15), (300, 0), (300, 2), (300, 290)] {
            let mut name = StoredName::new(len, prefix_len, 0x20);
            assert!(name.has(0x20) && name.has(0x60) && !name.has(0xD0), "{len} {prefix_len}");
            name.add(0x40);
            name.add(0x40);
            assert!(name.has(0x20) && name.has(0x40) && !name.has(0x90), "{len} {prefix_len}");
            assert_eq!(name.has_prefix(), prefix_len > 0);
            name.drop_prefix();
            assert!(name.has(0x20) && name.has(0x40) && !name.has(0x90) && !name.has_prefix());
        }
    }
}
