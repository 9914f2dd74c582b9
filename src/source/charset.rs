//! Bytes of a character encoding to `str`.

use std::borrow::Cow;

use super::error::DecodeError;
use super::format;

/// The encoding of the characters, told by the byte order mark (XML 1.0 4.3.3 and appendix F).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Charset {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a mark, which is not part of the text.
    Utf8Bom,
    /// UTF-16 with the low byte first.
    Utf16Le,
    /// UTF-16 with the high byte first.
    Utf16Be,
}

impl Charset {
    /// `UTF-8` or `UTF-16`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Bom => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }
}

/// Decodes bytes to text of at most `limit` bytes, without its byte order mark.
pub(super) fn decode(
    bytes: Cow<'_, [u8]>,
    limit: usize,
) -> Result<(Cow<'_, str>, Charset), DecodeError> {
    if format::is_utf32(&bytes) {
        return Err(DecodeError::Utf32);
    }
    let (text, charset) = match *bytes {
        [0xFF, 0xFE, ref rest @ ..] => {
            (Cow::Owned(utf16(rest, u16::from_le_bytes, limit)?), Charset::Utf16Le)
        }
        [0xFE, 0xFF, ref rest @ ..] => {
            (Cow::Owned(utf16(rest, u16::from_be_bytes, limit)?), Charset::Utf16Be)
        }
        [0xEF, 0xBB, 0xBF, ..] => (utf8(without_mark(bytes), limit, MARK)?, Charset::Utf8Bom),
        _ if format::is_utf16_without_mark(&bytes) => return Err(DecodeError::Utf16WithoutMark),
        _ => (utf8(bytes, limit, 0)?, Charset::Utf8),
    };
    Ok((text, charset))
}

/// Bytes of the mark of UTF-8.
const MARK: usize = 3;

fn without_mark(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(MARK..).unwrap_or_default()),
        Cow::Owned(mut bytes) => {
            bytes.drain(..MARK.min(bytes.len()));
            Cow::Owned(bytes)
        }
    }
}

/// `before` bytes of the input are not in `bytes`.
fn utf8(bytes: Cow<'_, [u8]>, limit: usize, before: usize) -> Result<Cow<'_, str>, DecodeError> {
    if bytes.len() > limit {
        return Err(DecodeError::TooBig { bytes: bytes.len(), limit });
    }
    match bytes {
        Cow::Borrowed(bytes) => simdutf8::basic::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| not_utf8(bytes, before)),
        Cow::Owned(bytes) => String::from_utf8(bytes)
            .map(Cow::Owned)
            .map_err(|error| not_utf8(error.as_bytes(), before)),
    }
}

fn not_utf8(bytes: &[u8], before: usize) -> DecodeError {
    if let Some(offset) =
        format::nul(bytes).filter(|_| !format::skip_blanks(bytes).starts_with(b"<"))
    {
        return DecodeError::Binary { offset: offset.saturating_add(before) };
    }
    let error = std::str::from_utf8(bytes).err();
    let at = error.map_or(0, |error| error.valid_up_to());
    let line = line(memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or_default()).count());
    let offset = at.saturating_add(before);
    if error.is_some_and(|error| error.error_len().is_none()) {
        return DecodeError::CutUtf8 { offset, line };
    }
    DecodeError::NotUtf8 { offset, line, byte: bytes.get(at).copied().unwrap_or_default() }
}

/// Two passes: the first finds the size and what is wrong, so that the second allocates once.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, limit: usize) -> Result<String, DecodeError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() {
        return Err(DecodeError::Utf16OddLength { bytes: bytes.len().saturating_add(2) });
    }
    let characters = || char::decode_utf16(pairs.iter().map(|&pair| unit(pair)));
    let (mut len, mut units, mut newlines) = (0_usize, 0_usize, 0_usize);
    for character in characters() {
        let character = character.map_err(|error| DecodeError::Utf16Surrogate {
            offset: units.saturating_mul(2).saturating_add(2),
            line: line(newlines),
            unit: error.unpaired_surrogate(),
        })?;
        len = len.saturating_add(character.len_utf8());
        units = units.saturating_add(character.len_utf16());
        newlines = newlines.saturating_add(usize::from(character == '\n'));
    }
    if len > limit {
        return Err(DecodeError::TooBig { bytes: len, limit });
    }
    let mut text = String::with_capacity(len);
    text.extend(characters().map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)));
    Ok(text)
}

fn line(newlines: usize) -> u32 {
    u32::try_from(newlines).unwrap_or(u32::MAX).saturating_add(1)
}
