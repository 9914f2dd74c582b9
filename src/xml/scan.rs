//! Looking for the next byte that matters.

use super::name::is_name_byte;

/// Whether a byte is white space (XML 1.0 [3]). Other control characters count as it: they were
/// reported when the text was surveyed, and dividing what they stand between is the safest reading.
pub(super) const fn is_blank(byte: u8) -> bool {
    byte <= b' '
}

/// Past the white space at an offset.
pub(super) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |byte| !is_blank(byte))
}

/// The next `<` or `&`, or the end.
pub(super) fn data_end(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |byte| matches!(byte, b'<' | b'&'))
}

/// The next `<`, `&` or closing quote, or the end.
pub(super) fn value_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    find(bytes, at, |byte| byte == quote || matches!(byte, b'<' | b'&'))
}

/// Past the bytes that can be part of a name.
pub(super) fn name_end(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |byte| !is_name_byte(byte))
}

fn find(bytes: &[u8], at: usize, wanted: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|&byte| wanted(byte)).map_or(bytes.len(), |found| at + found)
}
