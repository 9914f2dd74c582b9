//! Tells by their first bytes what the bytes are.

use super::error::Format;

/// How far binary formats are told from text. All signatures lie within.
const HEAD: usize = 512;

/// The white space of XML 1.0 production 3, which is also what is skipped in base64.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The bytes from the first that is no blank.
pub(super) fn skip_blanks(bytes: &[u8]) -> &[u8] {
    let at = bytes.iter().position(|&byte| !is_blank(byte)).unwrap_or(bytes.len());
    bytes.get(at..).unwrap_or_default()
}

/// The format of bytes that are no text, if it is a known one.
pub(super) fn of(bytes: &[u8]) -> Option<Format> {
    const SIGNATURES: &[(&[u8], Format)] = &[
        (b"\x1F\x8B", Format::Gzip),
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"BZh", Format::Bzip2),
        (b"\xFD7zXZ\0", Format::Xz),
        (b"\x28\xB5\x2F\xFD", Format::Zstd),
        (b"7z\xBC\xAF\x27\x1C", Format::SevenZip),
        (b"KDMV", Format::Vmdk),
    ];
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if looks_like_text(head) {
        return None;
    }
    if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature))
    {
        return Some(*format);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Format::Tar);
    }
    // RFC 1950 2.2: deflate with a 32 KiB window, and the check that makes it a multiple of 31.
    matches!(head, [0x78, 0x01 | 0x5E | 0x9C | 0xDA, ..]).then_some(Format::Zlib)
}

/// Where the first NUL near the start of the bytes is.
pub(super) fn nul(bytes: &[u8]) -> Option<usize> {
    memchr::memchr(0, bytes.get(..HEAD).unwrap_or(bytes))
}

/// Whether this is UTF-16 that lacks its mark: a `<` or a blank of two bytes, and one ASCII character more.
pub(super) fn is_utf16_without_mark(bytes: &[u8]) -> bool {
    match *bytes {
        [0, first, 0, 1..=0x7F, ..] | [first, 0, 1..=0x7F, 0, ..] => {
            first == b'<' || is_blank(first)
        }
        _ => false,
    }
}

/// Whether this is UTF-32, with its mark or with a `<` or a blank of four bytes.
pub(super) fn is_utf32(bytes: &[u8]) -> bool {
    match *bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => true,
        [0, 0, 0, first, ..] | [first, 0, 0, 0, ..] => first == b'<' || is_blank(first),
        _ => false,
    }
}

/// Whether a text is a web page, with or without an XML declaration before it.
pub(super) fn is_html(text: &[u8]) -> bool {
    let mut rest = skip_blanks(text);
    if rest.starts_with(b"<?xml") {
        let head = rest.get(..HEAD).unwrap_or(rest);
        let Some(end) = memchr::memmem::find(head, b"?>") else { return false };
        rest = skip_blanks(rest.get(end.saturating_add(2)..).unwrap_or_default());
    }
    let names_html = |rest: &[u8]| {
        rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"html"))
            && rest.get(4).is_none_or(|&next| is_blank(next) || matches!(next, b'>' | b'/'))
    };
    match rest.get(..9) {
        Some(start) if start.eq_ignore_ascii_case(b"<!doctype") => {
            rest.get(9..).is_some_and(|rest| names_html(skip_blanks(rest)))
        }
        _ => rest.strip_prefix(b"<").is_some_and(names_html),
    }
}

/// Whether there is nothing in the head of the bytes that text does not have.
fn looks_like_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        // A character may be cut in two by the end of the head.
        Err(error) => error.error_len().is_none() && head.len() == HEAD,
    };
    valid && head.iter().all(|&byte| byte >= b' ' || is_blank(byte) || byte == 0x0C)
}
