//! References, line ends and white space: from what is written to what is meant.

use std::borrow::Cow;

/// What `&…` turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A character.
    Character(char),
    /// An entity that XML does not predefine.
    Unknown,
    /// A number that is no character XML allows.
    Illegal,
    /// No reference at all: the `&` stands alone, or the `;` is missing.
    Malformed,
}

/// Reads the reference at the start of `rest`, which is the `&`. Also how many bytes it takes.
pub(super) fn reference(rest: &[u8]) -> (Reference, usize) {
    let body = rest.get(1..).unwrap_or_default();
    if let Some(digits) = body.strip_prefix(b"#x") {
        return character(digits, 16, 3);
    }
    if let Some(digits) = body.strip_prefix(b"#") {
        return character(digits, 10, 2);
    }
    let name_len = body.iter().take_while(|&&b| super::name::is_name_byte(b)).count();
    let (name, after) = body.split_at_checked(name_len).unwrap_or_default();
    if after.first() != Some(&b';') || !name.first().is_some_and(|&b| super::name::is_start_byte(b))
    {
        return (Reference::Malformed, name_len + 1);
    }
    let meant = match name {
        b"lt" => Reference::Character('<'),
        b"gt" => Reference::Character('>'),
        b"amp" => Reference::Character('&'),
        b"quot" => Reference::Character('"'),
        b"apos" => Reference::Character('\''),
        _ => Reference::Unknown,
    };
    (meant, name_len + 2)
}

/// Reads the digits of a character reference that stand after `before` bytes.
fn character(digits: &[u8], radix: u32, before: usize) -> (Reference, usize) {
    let mut number = Some(0_u32);
    let mut len = 0_usize;
    for digit in digits.iter().map_while(|&b| char::from(b).to_digit(radix)) {
        number = number.and_then(|n| n.checked_mul(radix)?.checked_add(digit));
        len += 1;
    }
    if len == 0 || digits.get(len) != Some(&b';') {
        return (Reference::Malformed, before + len);
    }
    let c = number.and_then(char::from_u32).filter(|&c| is_legal(c));
    (c.map_or(Reference::Illegal, Reference::Character), before + len + 1)
}

/// XML 1.0 [2] `Char`.
pub(super) const fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Character data as it is meant: references resolved, line ends LF.
pub(super) fn data(raw: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'&', b'\r', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(resolve(raw, |byte| matches!(byte, b'&' | b'\r'), "\n"))
}

/// The inside of a CDATA section as it is meant: line ends LF.
pub(super) fn literal(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(resolve(raw, |byte| byte == b'\r', "\n"))
}

/// An attribute value as it is meant: references resolved, each line end and tab a space.
pub(super) fn value(raw: &str) -> Cow<'_, str> {
    let special = |byte| matches!(byte, b'&' | b'\r' | b'\n' | b'\t');
    if !raw.bytes().any(special) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(resolve(raw, special, " "))
}

/// Copies `raw`, with what is special resolved: references by what they mean, any other byte (CR LF
/// counting as one) by `blank`.
fn resolve(raw: &str, special: impl Fn(u8) -> bool, blank: &str) -> String {
    let mut meant = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.bytes().position(&special) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        meant.push_str(plain);
        let bytes = from.as_bytes();
        let taken = if bytes.first() == Some(&b'&') {
            let (reference, len) = reference(bytes);
            match reference {
                Reference::Character(c) => meant.push(c),
                _ => meant.push_str(from.get(..len).unwrap_or_default()),
            }
            len
        } else {
            meant.push_str(blank);
            if bytes.starts_with(b"\r\n") { 2 } else { 1 }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    meant.push_str(rest);
    meant
}

/// Where the characters that begin at these offsets of a value or text as it is meant stand in it as it
/// is written. The offsets ascend; one past the end stands for the end.
pub(crate) fn written_offsets(raw: &str, meant: &[usize]) -> Vec<usize> {
    let mut found = Vec::with_capacity(meant.len());
    let (mut at, mut stands_for) = (0_usize, 0_usize);
    let mut wanted = meant.iter().copied().peekable();
    while wanted.peek().is_some() {
        while wanted.next_if(|&wanted| wanted <= stands_for).is_some() {
            found.push(at);
        }
        let rest = raw.get(at..).unwrap_or_default();
        let Some(next) = rest.chars().next() else { break };
        let (taken, means) = match next {
            '&' => match reference(rest.as_bytes()) {
                (Reference::Character(c), len) => (len, c.len_utf8()),
                (_, len) => (len, len),
            },
            '\r' if rest.starts_with("\r\n") => (2, 1),
            c => (c.len_utf8(), c.len_utf8()),
        };
        at += taken;
        stands_for += means;
    }
    found.extend(wanted.map(|_| raw.len()));
    found
}
