//! Names: which characters they are made of, and how the arena keeps them.

use std::ops::RangeInclusive;

/// Bytes of a name as the arena keeps them: those too long for it are measured again when asked for.
pub(super) fn stored_len(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

/// Bytes of a prefix as the arena keeps them: those too long for it are looked for again.
pub(super) fn stored_prefix_len(len: usize) -> u8 {
    u8::try_from(len).unwrap_or(u8::MAX)
}

/// The name that starts at an offset.
pub(super) fn at(text: &str, start: u32, stored_len: u16) -> &str {
    let start = start as usize;
    if stored_len < u16::MAX {
        return text.get(start..start.saturating_add(usize::from(stored_len))).unwrap_or_default();
    }
    let rest = text.get(start..).unwrap_or_default();
    let len = rest.bytes().take_while(|&b| is_name_byte(b)).count();
    rest.get(..len).unwrap_or_default()
}

/// The prefix of a name.
pub(super) fn prefix(name: &str, stored_prefix_len: u8) -> &str {
    match stored_prefix_len {
        0 => "",
        u8::MAX => name.split_once(':').map_or("", |(prefix, _)| prefix),
        len => name.get(..usize::from(len)).unwrap_or_default(),
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str, stored_prefix_len: u8) -> &str {
    match stored_prefix_len {
        0 => name,
        u8::MAX => name.split_once(':').map_or(name, |(_, local)| local),
        len => name.get(usize::from(len).saturating_add(1)..).unwrap_or_default(),
    }
}

/// The name that starts at an offset without its prefix, as bytes.
#[inline(always)]
pub(super) fn local_bytes(text: &str, start: u32, stored_len: u16, stored_prefix_len: u8) -> &[u8] {
    if stored_len == u16::MAX || stored_prefix_len == u8::MAX {
        return local(at(text, start, stored_len), stored_prefix_len).as_bytes();
    }
    let prefix = usize::from(stored_prefix_len) + usize::from(stored_prefix_len != 0);
    let start = start as usize;
    text.as_bytes().get(start + prefix..start + usize::from(stored_len)).unwrap_or_default()
}

/// Whether the local part of a name can have so many bytes: the lengths the arena keeps tell most names
/// apart without a look at the text.
pub(super) fn local_may_have(stored_len: u16, stored_prefix_len: u8, bytes: usize) -> bool {
    if stored_len == u16::MAX || stored_prefix_len == u8::MAX {
        return true;
    }
    let prefix = match stored_prefix_len {
        0 => 0,
        len => u16::from(len).saturating_add(1),
    };
    usize::from(stored_len.saturating_sub(prefix)) == bytes
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
