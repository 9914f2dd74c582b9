//! Where a piece of markup ends. The parser and the reader of character data both ask here, so that
//! they always agree on what is character data, in faulty documents too.

use memchr::memmem;

use super::name::is_start_byte;

/// What a `<` begins, told by the bytes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// `<name`
    StartTag,
    /// `</`
    EndTag,
    /// `<!--`
    Comment,
    /// `<![CDATA[`
    Cdata,
    /// `<?`
    Instruction,
    /// `<!DOCTYPE`
    Doctype,
    /// `<!` and anything else.
    Unknown,
    /// Nothing: the `<` should have been written as `&lt;`.
    Stray,
}

pub(super) const COMMENT: &[u8] = b"<!--";
pub(super) const CDATA: &[u8] = b"<![CDATA[";
pub(super) const CDATA_END: &[u8] = b"]]>";

/// What the `<` at an offset begins.
#[inline(always)]
pub(super) fn at(bytes: &[u8], at: usize) -> Markup {
    match bytes.get(at + 1) {
        Some(b'/') => Markup::EndTag,
        Some(byte) if byte.is_ascii_alphabetic() => Markup::StartTag,
        _ => rare(bytes, at),
    }
}

#[inline(never)]
fn rare(bytes: &[u8], at: usize) -> Markup {
    match bytes.get(at + 1) {
        Some(b'?') => Markup::Instruction,
        Some(b'!') => {
            let rest = bytes.get(at..).unwrap_or_default();
            if rest.starts_with(COMMENT) {
                Markup::Comment
            } else if rest.starts_with(CDATA) {
                Markup::Cdata
            } else if rest.starts_with(b"<!DOCTYPE") {
                Markup::Doctype
            } else {
                Markup::Unknown
            }
        }
        Some(&byte) if is_start_byte(byte) => Markup::StartTag,
        _ => Markup::Stray,
    }
}

/// Past the end of the markup at an offset, `None` when it has no end. Not for start tags, which the
/// arena knows, nor for stray `<`, which are character data.
pub(super) fn end(bytes: &[u8], markup: Markup, at: usize) -> Option<usize> {
    match markup {
        Markup::Comment => past(bytes, at + COMMENT.len(), b"-->"),
        Markup::Cdata => past(bytes, at + CDATA.len(), CDATA_END),
        Markup::Instruction => past(bytes, at + 2, b"?>"),
        Markup::Doctype => doctype_end(bytes, at),
        Markup::EndTag | Markup::Unknown => tag_end(bytes, at),
        Markup::StartTag | Markup::Stray => None,
    }
}

/// Past the next `needle`.
fn past(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let found = memmem::find(bytes.get(from..)?, needle)?;
    Some(from + found + needle.len())
}

/// Past the next `>`; before the next `<` when that comes first, since no tag contains one.
fn tag_end(bytes: &[u8], at: usize) -> Option<usize> {
    let from = at + 1;
    let found = from + memchr::memchr2(b'<', b'>', bytes.get(from..)?)?;
    Some(if bytes.get(found) == Some(&b'>') { found + 1 } else { found })
}

/// Past the `>` of a document type declaration. Nothing in it is interpreted; quotes, comments,
/// instructions and the brackets of the internal subset only tell where it ends.
fn doctype_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut in_subset = false;
    loop {
        let byte = *bytes.get(at)?;
        at = match byte {
            b'"' | b'\'' => past(bytes, at + 1, &[byte])?,
            b'<' => match self::at(bytes, at) {
                markup @ (Markup::Comment | Markup::Instruction) => end(bytes, markup, at)?,
                _ => at + 1,
            },
            b'>' if !in_subset => return Some(at + 1),
            _ => {
                in_subset = byte == b'[' || in_subset && byte != b']';
                at + 1
            }
        };
    }
}
