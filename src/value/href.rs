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

    /// What two references to one file have in common: of a path what is left when `..` is taken back, of
    /// a URL scheme and host in lower case and the rest decoded. To compare without letter case too, pass
    /// it to [`path::fold_key`].
    #[must_use]
    pub fn key(&self) -> String {
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

/// What stands before query and fragment; `${…}` is no place to look for them.
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths() {
        use Deviation::*;
        for (raw, path, deviations, safe) in [
            ("disk.vmdk", "disk.vmdk", &[][..], Ok(())),
            ("./disk.vmdk", "disk.vmdk", &[], Ok(())),
            ("a/./b", "a/b", &[], Ok(())),
            ("a//b", "a/b", &[], Ok(())),
            ("%61.vmdk", "a.vmdk", &[], Ok(())),
            ("disk%201.vmdk", "disk 1.vmdk", &[], Ok(())),
            ("disk 1.vmdk", "disk 1.vmdk", &[Blank], Ok(())),
            (" disk.vmdk\n", "disk.vmdk", &[EdgeBlank], Err(Unsafe::EdgeBlank)),
            ("虚拟机-1.vmdk", "虚拟机-1.vmdk", &[NonAscii], Ok(())),
            ("%E8%99%9A.vmdk", "虚.vmdk", &[], Ok(())),
            (
                "虚拟机,fgdr@$%@测试-1.vmdk",
                "虚拟机,fgdr@$%@测试-1.vmdk",
                &[NonAscii, BadEscape],
                Ok(()),
            ),
            ("url%24encoded%a-1.vmdk", "url%24encoded%a-1.vmdk", &[BadEscape], Ok(())),
            ("%ff.vmdk", "%ff.vmdk", &[BadEscape], Ok(())),
            ("${DISK_NAME}", "${DISK_NAME}", &[Character, Macro], Ok(())),
            ("{a}.vmdk", "{a}.vmdk", &[Character], Ok(())),
            ("d.vmdk#frag", "d.vmdk", &[Fragment], Ok(())),
            ("d.vmdk?x=1", "d.vmdk", &[Query], Ok(())),
            ("d.vmdk#a?b", "d.vmdk", &[Fragment], Ok(())),
            ("d*.vmdk", "d*.vmdk", &[], Ok(())),
            ("[a-z].vmdk", "[a-z].vmdk", &[Character], Ok(())),
            ("sub\\d.vmdk", "sub\\d.vmdk", &[Backslash], Err(Unsafe::Backslash)),
            ("C:\\vm\\d.vmdk", "C:\\vm\\d.vmdk", &[Backslash], Err(Unsafe::Drive)),
            ("\\\\host\\d", "\\\\host\\d", &[Backslash], Err(Unsafe::Share)),
            ("//host/d", "/host/d", &[], Err(Unsafe::Share)),
            ("/vm/d.vmdk", "/vm/d.vmdk", &[], Err(Unsafe::Absolute)),
            ("../d.vmdk", "../d.vmdk", &[], Err(Unsafe::DotDot)),
            ("a/../d.vmdk", "a/../d.vmdk", &[], Err(Unsafe::DotDot)),
            ("..", "..", &[], Err(Unsafe::DotDot)),
            ("%2e%2e/d", "../d", &[], Err(Unsafe::EncodedDot)),
            ("%2e/d", "d", &[], Err(Unsafe::EncodedDot)),
            ("%2e%2e%2fd", "../d", &[], Err(Unsafe::EncodedSeparator)),
            ("a%2fb", "a/b", &[], Err(Unsafe::EncodedSeparator)),
            ("a%5cb", "a\\b", &[], Err(Unsafe::EncodedSeparator)),
            ("%252e%252e%252fd", "%2e%2e%2fd", &[], Err(Unsafe::EncodedSeparator)),
            ("a%00b", "a\0b", &[], Err(Unsafe::EncodedControl)),
            ("a%20", "a ", &[], Err(Unsafe::EdgeBlank)),
            ("ab%3ac", "ab:c", &[], Err(Unsafe::Colon)),
            ("%43:x", "C:x", &[], Err(Unsafe::Drive)),
            ("dir/", "dir/", &[], Err(Unsafe::TrailingSlash)),
            ("a/.", "a/", &[], Err(Unsafe::TrailingSlash)),
            ("/.", "/", &[], Err(Unsafe::Absolute)),
            ("nul.vmdk", "nul.vmdk", &[], Err(Unsafe::Device)),
            ("a\u{202e}b", "a\u{202e}b", &[NonAscii], Err(Unsafe::Bidi('\u{202e}'))),
            ("a%E2%80%AEb", "a\u{202e}b", &[], Err(Unsafe::Bidi('\u{202e}'))),
            ("a\nb", "a\nb", &[Blank], Err(Unsafe::Control('\n'))),
            ("a\u{1}b", "a\u{1}b", &[Character], Err(Unsafe::Control('\u{1}'))),
            ("é:x", "é:x", &[NonAscii], Err(Unsafe::Colon)),
        ] {
            let href = Href::parse(raw).unwrap();
            assert_eq!(href.target, Target::Path(path.into()), "{raw:?}");
            assert_eq!(href.deviations, deviations, "{raw:?}");
            assert_eq!(href.safe_relative_path(), safe.map(|()| path), "{raw:?}");
        }
    }

    #[test]
    fn urls() {
        for (raw, target, deviations, reason) in [
            ("http://host/d.vmdk", Target::Remote, &[][..], Unsafe::Remote),
            (
                "HTTPS://host/d.vmdk?a=b#c",
                Target::Remote,
                &[Deviation::Query, Deviation::Fragment],
                Unsafe::Remote,
            ),
            ("http://user:word@host/d", Target::Remote, &[Deviation::UserInfo], Unsafe::Remote),
            ("http://host/a@b", Target::Remote, &[], Unsafe::Remote),
            ("http://host/%zz", Target::Remote, &[Deviation::BadEscape], Unsafe::Remote),
            ("file:///vm/d.vmdk", Target::File, &[], Unsafe::FileUrl),
            ("file:d.vmdk", Target::File, &[], Unsafe::FileUrl),
            ("ftp://host/d", Target::Other { scheme: "ftp" }, &[], Unsafe::OtherScheme),
            ("data:,x", Target::Other { scheme: "data" }, &[], Unsafe::OtherScheme),
            (
                "vmdk://user@host",
                Target::Other { scheme: "vmdk" },
                &[Deviation::UserInfo],
                Unsafe::OtherScheme,
            ),
            ("disk.vmdk:evil", Target::Other { scheme: "disk.vmdk" }, &[], Unsafe::OtherScheme),
        ] {
            let href = Href::parse(raw).unwrap();
            assert_eq!(href.target, target, "{raw:?}");
            assert_eq!(href.deviations, deviations, "{raw:?}");
            assert_eq!(href.safe_relative_path(), Err(reason), "{raw:?}");
        }
    }

    #[test]
    fn what_refers_to_nothing() {
        for (raw, want) in [
            ("", HrefError::Empty),
            (" \n", HrefError::Empty),
            ("#frag", HrefError::NoFile),
            ("?query", HrefError::NoFile),
            (".", HrefError::NoFile),
            ("./", HrefError::NoFile),
            ("%2e", HrefError::NoFile),
        ] {
            assert_eq!(Href::parse(raw), Err(want), "{raw:?}");
        }
    }

    #[test]
    fn one_file_has_one_key() {
        let key = |raw| Href::parse(raw).unwrap().key();
        for raw in ["./a.vmdk", "%61.vmdk", "x/../a.vmdk", "a.vmdk#1", ".//a.vmdk", " a.vmdk"] {
            assert_eq!(key(raw), "a.vmdk", "{raw:?}");
        }
        assert_ne!(key("../a.vmdk"), "a.vmdk");
        assert_eq!(key("HTTP://Host/%61"), "http://host/a");
        assert_ne!(key("http://host/a"), key("http://host/A"));
        assert_ne!(key("./xx:a"), key("xx:a"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn a_safe_path_stays_inside(raw in "(%2[eEfF]|%252e|%5c|%00|%|[.]{1,3}|[/\\\\]|[a-c]|[a-c]:|[#?]|\\$\\{| |é){0,10}") {
            let Ok(href) = Href::parse(&raw) else { return Ok(()) };
            let _ = href.key();
            if let Ok(path) = href.safe_relative_path() {
                prop_assert_eq!(path::check(path), Ok(()));
                prop_assert_eq!(href.key(), path);
            }
        }

        #[test]
        fn takes_anything(raw: String) {
            if let Ok(href) = Href::parse(&raw) {
                let _ = (href.key(), href.safe_relative_path().is_ok());
            }
        }
    }
}
