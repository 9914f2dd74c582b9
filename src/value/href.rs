//! `ovf:href`: where a file of the package is (DSP0243 7.1).
//!
//! It is a URI reference (RFC 3986): a path relative to the descriptor, or a URL. What real packages
//! write instead (blanks, letters outside of ASCII, `%` that is no escape) is read as what it plainly
//! names. Nothing is ever fetched, and nothing in a href is a pattern.

use std::borrow::Cow;

use super::number::collapse;
use super::path::{self, Unsafe};

/// A reference to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href<'a> {
    /// The text as written.
    pub raw: &'a str,
    /// What it refers to.
    pub target: Target<'a>,
    /// How the text departs from a plain reference, each kind once, in the order of the enum.
    pub deviations: Vec<Deviation>,
}

/// What an [`Href`] refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target<'a> {
    /// A file beside the descriptor, or at least a name without a scheme. Percent escapes are decoded,
    /// `./` and doubled slashes are gone, query and fragment too. Whether the name is safe is another
    /// question: [`Href::safe_relative_path`].
    Path(Cow<'a, str>),
    /// An `http:` or `https:` URL.
    Remote,
    /// A `file:` URL.
    File,
    /// A URL of another scheme.
    Other {
        /// The scheme as written.
        scheme: &'a str,
    },
}

/// Something in a href that is no part of a plain, portable reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Deviation {
    /// White space around the text; it is left out, as the type `xs:anyURI` says.
    EdgeBlank,
    /// White space inside; as a URI, `%20`.
    Blank,
    /// Characters outside of ASCII: an IRI (RFC 3987) and no URI.
    NonAscii,
    /// A backslash. It is kept.
    Backslash,
    /// A character that no URI holds: `"`, `<`, `>`, `^`, `` ` ``, `{`, `|`, `}`, `[`, `]` or a control
    /// character.
    Character,
    /// A `%` without two hexadecimal digits behind it, or escapes that are not UTF-8. The path is then taken
    /// as written, with nothing decoded.
    BadEscape,
    /// `${`: a macro that nobody replaces here.
    Macro,
    /// `?`: a query, which names no file.
    Query,
    /// `#`: a fragment, which names no file.
    Fragment,
    /// User name or password in a URL. Keep them out of messages.
    UserInfo,
}

/// Why a text refers to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HrefError {
    /// Nothing, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// Only a query or a fragment, which refers to the descriptor itself; or `./`.
    #[error("names no file")]
    NoFile,
}

impl<'a> Href<'a> {
    /// Reads a reference.
    ///
    /// ```
    /// use ovf::value::href::{Href, Target};
    ///
    /// let href = Href::parse("./disk%201.vmdk").unwrap();
    /// assert_eq!(href.target, Target::Path("disk 1.vmdk".into()));
    /// assert_eq!(href.safe_relative_path(), Ok("disk 1.vmdk"));
    /// ```
    ///
    /// # Errors
    /// [`HrefError`], when there is nothing it could refer to.
    pub fn parse(raw: &'a str) -> Result<Self, HrefError> {
        if Self::is_plain(raw) {
            return Ok(Self { raw, target: Target::Path(raw.into()), deviations: Vec::new() });
        }
        Self::parse_any(raw)
    }

    fn parse_any(raw: &'a str) -> Result<Self, HrefError> {
        let text = collapse(raw);
        if text.is_empty() {
            return Err(HrefError::Empty);
        }
        let scheme = scheme(text);
        let name = name(text);
        let mut found = Found::default();
        found.set(Deviation::EdgeBlank, text.len() != raw.len());
        found.set(Deviation::Macro, text.contains("${"));
        found.set(Deviation::Fragment, text.contains('#'));
        found.set(Deviation::Query, text.split('#').next().is_some_and(|text| text.contains('?')));
        found.characters(text);
        let target = match scheme {
            None => {
                let decoded = decoded(name);
                found.set(Deviation::BadEscape, decoded.is_none());
                let path = match decoded.unwrap_or(Cow::Borrowed(name)) {
                    Cow::Borrowed(name) => shortened(name),
                    Cow::Owned(name) => Cow::Owned(shortened(&name).into_owned()),
                };
                if path.is_empty() {
                    return Err(HrefError::NoFile);
                }
                Target::Path(path)
            }
            Some(scheme) => {
                found.set(Deviation::BadEscape, decoded(name).is_none());
                found.set(
                    Deviation::UserInfo,
                    authority(name).is_some_and(|authority| authority.contains('@')),
                );
                if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
                    Target::Remote
                } else if scheme.eq_ignore_ascii_case("file") {
                    Target::File
                } else {
                    Target::Other { scheme }
                }
            }
        };
        Ok(Self { raw, target, deviations: found.list() })
    }

    /// The path, if it is [safe](path::check) to join to the folder of the descriptor.
    ///
    /// # Errors
    /// [`Unsafe`], the reason why not. Escaped separators and dots are never safe, whatever they decode
    /// to, since readers of a package disagree on them.
    pub fn safe_relative_path(&self) -> Result<&str, Unsafe> {
        let path = match &self.target {
            Target::Path(path) if Self::is_plain(self.raw) => {
                return path::check(path).map(|()| &**path);
            }
            Target::Path(path) => path,
            Target::Remote => return Err(Unsafe::Remote),
            Target::File => return Err(Unsafe::FileUrl),
            Target::Other { .. } => return Err(Unsafe::OtherScheme),
        };
        let text = collapse(self.raw);
        if text.starts_with("//") {
            return Err(Unsafe::Share);
        }
        name(text).split('/').try_for_each(path::encoded)?;
        path::check(path)?;
        if text.len() == self.raw.len() { Ok(path) } else { Err(Unsafe::EdgeBlank) }
    }

    /// Whether a text is the name of a file in the folder of the descriptor that no rule of URIs changes
    /// (RFC 3986, 2.3 `unreserved`), as most are. It is its own [`key`](Self::key).
    pub(crate) fn is_plain(text: &str) -> bool {
        let is_unreserved =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        !text.is_empty() && !text.starts_with('.') && text.bytes().all(is_unreserved)
    }

    /// What two references to one file have in common: of a path what is left when `..` is taken back, of
    /// a URL scheme and host in lower case and the rest decoded. To compare without letter case too, pass
    /// it to [`path::fold_key`].
    #[must_use]
    pub fn key(&self) -> String {
        if Self::is_plain(self.raw) {
            return self.raw.to_owned();
        }
        if let Target::Path(path) = &self.target {
            let path = path::normalized(path);
            // Kept apart from a URL.
            return if scheme(&path).is_some() { format!("./{path}") } else { path.into_owned() };
        }
        let text = name(collapse(self.raw));
        let text = decoded(text).unwrap_or(Cow::Borrowed(text));
        let host =
            authority(&text).map_or(0, |authority| authority.len().saturating_add("//".len()));
        let scheme = text.find(':').unwrap_or(0).saturating_add(1);
        let (front, rest) =
            text.split_at_checked(scheme.saturating_add(host)).unwrap_or((&text, ""));
        front.to_ascii_lowercase() + rest
    }
}

/// The [`Deviation`]s met so far, as bits.
#[derive(Default)]
struct Found(u16);

impl Found {
    const ALL: [Deviation; 10] = [
        Deviation::EdgeBlank,
        Deviation::Blank,
        Deviation::NonAscii,
        Deviation::Backslash,
        Deviation::Character,
        Deviation::BadEscape,
        Deviation::Macro,
        Deviation::Query,
        Deviation::Fragment,
        Deviation::UserInfo,
    ];

    const fn set(&mut self, deviation: Deviation, met: bool) {
        if met {
            self.0 |= 1 << (deviation as u16);
        }
    }

    fn characters(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => self.set(Deviation::Blank, true),
                '\\' => self.set(Deviation::Backslash, true),
                '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
                    self.set(Deviation::Character, true)
                }
                c if c.is_control() => self.set(Deviation::Character, true),
                c if !c.is_ascii() => self.set(Deviation::NonAscii, true),
                _ => {}
            }
        }
    }

    fn list(&self) -> Vec<Deviation> {
        Self::ALL.into_iter().filter(|&deviation| self.0 & (1 << (deviation as u16)) != 0).collect()
    }
}

/// The scheme of a URL (RFC 3986, 3.1). One letter is the drive of a Windows path.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let valid = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    valid.then_some(scheme)
}

/// What stands before query and fragment.
fn name(text: &str) -> &str {
    text.split(['?', '#']).next().unwrap_or_default()
}

/// The authority of a URL (RFC 3986, 3.2): user information, host and port.
fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once(':')?;
    rest.strip_prefix("//")?.split('/').next()
}

/// The text with its escapes decoded; `None` when one is broken or the bytes are not UTF-8.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let mut escapes = text.split('%');
    escapes.next();
    let whole = |escape: &str| matches!(escape.as_bytes(), [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    if !text.contains('%') {
        Some(Cow::Borrowed(text))
    } else if escapes.all(whole) {
        String::from_utf8(path::decode(text)).ok().map(Cow::Owned)
    } else {
        None
    }
}

/// The path without `.` parts and doubled slashes. `..` stays: the verdict is not to be lost.
fn shortened(path: &str) -> Cow<'_, str> {
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    let plain = first != "." && !parts.clone().rev().skip(1).any(|part| matches!(part, "" | "."));
    let last = parts.next_back();
    if plain && last != Some(".") {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len());
    if first.is_empty() {
        out.push('/');
    }
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        out.push_str(part);
    }
    if matches!(last, Some("" | ".")) && !out.is_empty() && !out.ends_with('/') {
        out.push('/');
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
