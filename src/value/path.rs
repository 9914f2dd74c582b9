//! Names of files: which are safe to join to a folder, and which are the same.
//!
//! One function for members of an archive, lines of a manifest and, after decoding, `ovf:href`, so that
//! no reader of a package sees another name than the next. A safe name is relative, stays inside any
//! folder it is joined to by the rules of Unix and of Windows, and names one and the same file on both.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::hex_digit;

/// Longest name, in bytes. Windows stops at 260 characters by default, Linux at 4,096 bytes.
pub const NAME_BYTES: usize = 1024;
/// Longest part between two slashes, in bytes; what ext4, XFS and APFS allow.
pub const COMPONENT_BYTES: usize = 255;

/// Why a name is not safe to join to a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unsafe {
    /// Nothing.
    #[error("is empty")]
    Empty,
    /// Longer than [`NAME_BYTES`].
    #[error("is longer than {} bytes", NAME_BYTES)]
    TooLong,
    /// A control character, NUL among them, or a line or paragraph separator.
    #[error("holds the control character U+{:04X}", u32::from(*.0))]
    Control(char),
    /// A character that turns the direction of text around, so that the name reads as another.
    #[error("holds U+{:04X}, which changes the direction of text", u32::from(*.0))]
    Bidi(char),
    /// `\\server\share` or `//server/share`.
    #[error("names a network share")]
    Share,
    /// `C:` in front.
    #[error("names a drive")]
    Drive,
    /// `\`, which parts folders on Windows and is a character on Unix.
    #[error("holds a backslash")]
    Backslash,
    /// `/` in front.
    #[error("is an absolute path")]
    Absolute,
    /// `:`, behind which Windows looks for a stream of the file.
    #[error("holds a colon")]
    Colon,
    /// `..` between slashes.
    #[error("leads out of its folder by `..`")]
    DotDot,
    /// `.` between slashes or alone.
    #[error("holds `.` as a folder")]
    Dot,
    /// `/` at the end, which names a folder.
    #[error("ends in a slash")]
    TrailingSlash,
    /// Two slashes in a row.
    #[error("holds two slashes in a row")]
    DoubleSlash,
    /// `%2f` or `%5c`: a slash or backslash to whoever decodes.
    #[error("holds a percent-encoded slash or backslash")]
    EncodedSeparator,
    /// `%2e` that makes `.` or `..` of a part to whoever decodes.
    #[error("holds a percent-encoded `.` or `..`")]
    EncodedDot,
    /// An escape of a control character, NUL among them.
    #[error("holds a percent-encoded control character")]
    EncodedControl,
    /// A part longer than [`COMPONENT_BYTES`].
    #[error("has a part longer than {} bytes", COMPONENT_BYTES)]
    ComponentTooLong,
    /// A blank at the beginning or end of a part; Windows drops the latter.
    #[error("has a blank at the beginning or end of a part")]
    EdgeBlank,
    /// A dot at the beginning or end of a part; it hides the file on Unix, and Windows drops the latter.
    #[error("has a dot at the beginning or end of a part")]
    EdgeDot,
    /// `CON`, `aux.vmdk` and the like, which Windows takes for a device.
    #[error("has a part that is a device on Windows")]
    Device,
    /// An `http:` or `https:` URL. Only for an href.
    #[error("is a remote location")]
    Remote,
    /// A `file:` URL. Only for an href.
    #[error("is a file URL")]
    FileUrl,
    /// A URL of another scheme. Only for an href.
    #[error("is a URL of a scheme that is no relative path")]
    OtherScheme,
}

/// Whether a name is safe to join to a folder. It is taken as written, nothing is decoded.
///
/// ```
/// use ovf::value::path::{Unsafe, check};
///
/// assert_eq!(check("disks/system disk.vmdk"), Ok(()));
/// assert_eq!(check("../../etc/passwd"), Err(Unsafe::DotDot));
/// ```
///
/// # Errors
/// [`Unsafe`], the first reason that applies, the same on every platform.
pub fn check(name: &str) -> Result<(), Unsafe> {
    if name.is_empty() {
        return Err(Unsafe::Empty);
    }
    if name.len() > NAME_BYTES {
        return Err(Unsafe::TooLong);
    }
    characters(name)?;
    if name.starts_with("//") || name.starts_with("\\\\") {
        return Err(Unsafe::Share);
    }
    if let [letter, b':', ..] = name.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        return Err(Unsafe::Drive);
    }
    if name.split(['/', '\\']).any(|part| part == "..") {
        return Err(Unsafe::DotDot);
    }
    if name.contains('\\') {
        return Err(Unsafe::Backslash);
    }
    if name.starts_with('/') {
        return Err(Unsafe::Absolute);
    }
    if name.contains(':') {
        return Err(Unsafe::Colon);
    }
    if name.ends_with('/') {
        return Err(Unsafe::TrailingSlash);
    }
    name.split('/').try_for_each(component)
}

/// Whether a name is in Normalization Form C, as nearly every system but macOS writes it.
#[must_use]
pub fn is_nfc(name: &str) -> bool {
    match is_nfc_quick(name.chars()) {
        IsNormalized::Yes => true,
        IsNormalized::No => false,
        IsNormalized::Maybe => unicode_normalization::is_nfc(name),
    }
}

/// What two names have in common that a file system may take for one: letter case, and Unicode
/// normalization. Compare keys, never show them.
///
/// ```
/// use ovf::value::path::fold_key;
///
/// assert_eq!(fold_key("Disk.VMDK"), fold_key("disk.vmdk"));
/// assert_eq!(fold_key("caf\u{e9}"), fold_key("cafe\u{301}"));
/// ```
#[must_use]
pub fn fold_key(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    // Up and down again, so that letters with several lower-case forms (`ß`, `ς`, `ſ`) come out alike.
    name.nfd()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfd()
        .collect()
}

/// The name without `.` parts and doubled slashes, and with `..` taken back as far as there is a folder
/// to leave. A `..` that leads out of the folder stays, and so do a slash in front and one at the end.
#[must_use]
pub fn normalized(name: &str) -> Cow<'_, str> {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    if name.split('/').all(plain) {
        return Cow::Borrowed(name);
    }
    let absolute = name.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if absolute => {}
            part => parts.push(part),
        }
    }
    let mut out = String::with_capacity(name.len());
    if absolute {
        out.push('/');
    }
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.push_str(part);
    }
    if name.ends_with('/') && !parts.is_empty() {
        out.push('/');
    }
    Cow::Owned(out)
}

fn characters(name: &str) -> Result<(), Unsafe> {
    name.chars().try_for_each(|c| match c {
        '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}' | '\u{2029}' => Err(Unsafe::Control(c)),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Err(Unsafe::Bidi(c))
        }
        _ => Ok(()),
    })
}

fn component(part: &str) -> Result<(), Unsafe> {
    literal(part)?;
    encoded(part)
}

/// A part taken as written.
fn literal(part: &str) -> Result<(), Unsafe> {
    let blank = char::is_whitespace;
    Err(match part {
        "" => Unsafe::DoubleSlash,
        "." => Unsafe::Dot,
        _ if part.len() > COMPONENT_BYTES => Unsafe::ComponentTooLong,
        _ if part.starts_with(blank) || part.ends_with(blank) => Unsafe::EdgeBlank,
        _ if part.starts_with('.') || part.ends_with('.') => Unsafe::EdgeDot,
        _ if is_device(part) => Unsafe::Device,
        _ => return Ok(()),
    })
}

/// What a part turns into for a reader that decodes `%`. A safe name is safe for that reader too.
pub(super) fn encoded(part: &str) -> Result<(), Unsafe> {
    if !part.contains('%') {
        return Ok(());
    }
    let decoded = decode(part);
    let new = |wanted: fn(&u8) -> bool| {
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| wanted(byte)).count();
        count(&decoded) > count(part.as_bytes())
    };
    if new(|byte| matches!(byte, b'/' | b'\\')) {
        return Err(Unsafe::EncodedSeparator);
    }
    if new(u8::is_ascii_control) {
        return Err(Unsafe::EncodedControl);
    }
    if new(|byte| *byte == b':') {
        return Err(Unsafe::Colon);
    }
    if matches!(decoded.as_slice(), b"." | b"..") {
        return Err(Unsafe::EncodedDot);
    }
    let decoded = String::from_utf8_lossy(&decoded);
    characters(&decoded)?;
    literal(&decoded)
}

/// The bytes a text stands for when `%xx` is decoded once; a `%` without two hexadecimal digits stays.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte == b'%'
            && let [high, low, behind @ ..] = behind
            && let (Some(high), Some(low)) = (hex_digit(*high), hex_digit(*low))
        {
            out.push((high << 4) | low);
            rest = behind;
        } else {
            out.push(byte);
        }
    }
    out
}

/// Whether Windows takes a part for a device, whatever stands behind the first dot.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    if ["con", "prn", "aux", "nul", "conin$", "conout$"]
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
    {
        return true;
    }
    let mut chars = stem.chars();
    let port = chars.next_back();
    let digit = port.is_some_and(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'));
    digit && ["com", "lpt"].iter().any(|device| chars.as_str().eq_ignore_ascii_case(device))
}

#[cfg(test)]
mod tests;
