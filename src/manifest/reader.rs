//! The text of a manifest to its entries.

use super::entries::{Entry, Manifest, Place, UnreadableEntry};
use super::habits::Habits;
use super::line::{self, Line, Parts, Piece};
use super::{name, rules};
use crate::diagnostic::{Code, Diagnostic, Findings, Levels, closest, quoted};
use crate::digest::{Algorithm, Digest, DigestError};
use crate::limits::Limits;
use crate::namespace::Version;
use crate::policy::Policy;
use crate::span::Span;

/// Real algorithms that are not in manifests: whoever wrote one of them did not mean another.
const OTHER_ALGORITHMS: &[&str] = &[
    "SHA224",
    "SHA-224",
    "SHA2-224",
    "SHA3-224",
    "SHA3-256",
    "SHA3-384",
    "SHA3-512",
    "SHA512/224",
    "SHA512/256",
    "SHA-512/224",
    "SHA-512/256",
    "SHA2-512/224",
    "SHA2-512/256",
    "MD2",
    "MD4",
];

/// Reads manifests.
///
/// ```
/// use ovf::manifest::ManifestReader;
///
/// let parsed = ManifestReader::new().read("SHA1 (vm.ovf) = da39a3ee5e6b4b0d3255bfef95601890afd80709\n");
/// assert_eq!(parsed.manifest.entries().len(), 1);
/// let names: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.name()).collect();
/// assert_eq!(names, ["weak-digest", "manifest-blank-before-parenthesis", "manifest-blank-before-equals"]);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct ManifestReader<'a> {
    name: Option<&'a str>,
    version: Option<Version>,
    policy: Policy,
    limits: Limits,
}

/// What was read, and everything that is wrong with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parsed {
    /// The entries that could be read.
    pub manifest: Manifest,
    /// Findings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether everything was examined: no limit was hit.
    pub complete: bool,
}

impl<'a> ManifestReader<'a> {
    /// Lenient, with the default limits, for a manifest of which nothing else is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The manifest's own name in the package (`vm.mf`): it must list neither itself nor its certificate.
    #[must_use]
    pub const fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// The version of the descriptor, which says what algorithms may be used.
    #[must_use]
    pub const fn version(mut self, version: Version) -> Self {
        self.version = Some(version);
        self
    }

    /// How strict to be.
    #[must_use]
    pub const fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// What the manifest may cost.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads the text of a manifest.
    #[must_use]
    pub fn read(&self, text: &str) -> Parsed {
        let mut levels = Levels::default();
        levels.set_strictness(self.policy.strictness);
        let mut out = Findings::new(levels, self.limits.diagnostics);
        let manifest = self.read_into(text, &mut out);
        let (diagnostics, _, complete) = out.finish();
        Parsed { manifest, diagnostics, complete }
    }

    /// Reads the text of a manifest into findings that others go on with.
    pub(crate) fn read_into(&self, text: &str, out: &mut Findings) -> Manifest {
        let mut reading = Reading {
            limits: &self.limits,
            out,
            manifest: Manifest::new(),
            habits: Habits::default(),
        };
        reading.text(text);
        let Reading { mut manifest, habits, .. } = reading;
        habits.tell(out);
        rules::examine(&mut manifest, self.name, self.version, out);
        manifest
    }
}

/// The state of reading one manifest.
struct Reading<'t, 'r> {
    limits: &'r Limits,
    out: &'r mut Findings,
    manifest: Manifest,
    habits: Habits<'t>,
}

impl<'t> Reading<'t, '_> {
    fn text(&mut self, text: &'t str) {
        let mut rest = self.within_limit(Piece { text, start: 0 });
        if let Some(text) = rest.text.strip_prefix('\u{FEFF}') {
            self.habits.note(Code::MANIFEST_BYTE_ORDER_MARK, Span::new(0, 3), "");
            rest = Piece { text, start: 3 };
        }
        if rest.text.starts_with(char::REPLACEMENT_CHARACTER) {
            // UTF-16, or no text at all: there is nothing to be gained from the lines.
            self.not_utf_8(Span::at(rest.start));
            return;
        }
        let mut number: u32 = 1;
        while !rest.text.is_empty() {
            if self.manifest.entries.len().saturating_add(self.manifest.unreadable.len())
                >= self.limits.manifest_entries
            {
                self.manifest.complete = false;
                let limit = self.limits.manifest_entries;
                self.out
                    .limit(
                        Span::at(rest.start),
                        format_args!("the manifest has more entries than the {limit} that the limit `manifest_entries` allows; the rest are not read"),
                    )
                    .help(format_args!("raise the limit `manifest_entries` if the manifest is honest"))
                    .done();
                break;
            }
            let (line, end, after) = next_line(rest);
            self.line(line, number);
            match end.text {
                "\n" => {}
                "\r\n" => self.habits.note(Code::MANIFEST_CRLF, end.span(), ""),
                "\r" => self.habits.note(Code::MANIFEST_BARE_CR, end.span(), ""),
                _ => self.habits.note(Code::MANIFEST_NO_FINAL_NEWLINE, Span::at(end.start), ""),
            }
            number = number.saturating_add(u32::from(end.text.ends_with('\n')));
            rest = after;
        }
        if self.manifest == Manifest::new() {
            self.out
                .add(Code::EMPTY_MANIFEST, Span::at(0), format_args!("the manifest lists no file"))
                .help(format_args!("list every file of the package, or leave the manifest out"))
                .done();
        }
    }

    /// The whole lines that are within the limit.
    fn within_limit(&mut self, text: Piece<'t>) -> Piece<'t> {
        let limit = self.limits.manifest_bytes.min(u32::MAX as usize);
        if text.text.len() <= limit {
            return text;
        }
        self.manifest.complete = false;
        let within = text.text.as_bytes().get(..limit).unwrap_or_default();
        let (lines, rest) =
            text.split(memchr::memrchr(b'\n', within).map_or(0, |at| at.saturating_add(1)));
        self.out
            .limit(Span::at(rest.start), format_args!("the manifest has more bytes than the {limit} that the limit `manifest_bytes` allows; the rest are not read"))
            .help(format_args!("raise the limit `manifest_bytes` if the manifest is honest"))
            .done();
        lines
    }

    fn line(&mut self, line: Piece<'t>, number: u32) {
        let limit = self.limits.manifest_line_bytes;
        if line.text.len() > limit {
            self.manifest.complete = false;
            self.out
                .limit(
                    Span::at(line.start),
                    format_args!("a line of the manifest has more bytes than the {limit} that the limit `manifest_line_bytes` allows; it is not read"),
                )
                .help(format_args!("raise the limit `manifest_line_bytes` if the line is honest"))
                .done();
            return;
        }
        match line::read(line) {
            Line::Empty => self.habits.note(Code::MANIFEST_EMPTY_LINE, line.span(), ""),
            Line::Comment => {
                self.out
                    .add(
                        Code::MANIFEST_COMMENT,
                        line.span(),
                        format_args!("comment in the manifest"),
                    )
                    .help(format_args!("remove the line"))
                    .done();
            }
            Line::Unreadable(why) => {
                self.manifest.complete = false;
                self.out
                    .add(
                        Code::UNREADABLE_MANIFEST_LINE,
                        line.span(),
                        format_args!("no entry can be read: {why}"),
                    )
                    .help(format_args!("write `SHA256(file)= digest`"))
                    .done();
            }
            Line::Entry(parts) => self.entry(&parts, number),
        }
    }

    fn entry(&mut self, parts: &Parts<'t>, number: u32) {
        for (code, blanks) in [
            (Code::MANIFEST_LEADING_BLANK, parts.leading),
            (Code::MANIFEST_BLANK_BEFORE_PARENTHESIS, parts.before_parenthesis),
            (Code::MANIFEST_BLANK_BEFORE_EQUALS, parts.before_equals),
            (Code::MANIFEST_TRAILING_BLANK, parts.trailing),
        ] {
            if !blanks.text.is_empty() {
                self.habits.note(code, blanks.span(), "");
            }
        }
        if parts.after_equals.text != " " && !parts.digest.text.is_empty() {
            self.habits.note(Code::MANIFEST_BLANK_AFTER_EQUALS, parts.after_equals.span(), "");
        }
        let name = parts.name.text;
        if let Err(why) = name::check(name) {
            self.out
                .add(Code::UNSAFE_MANIFEST_NAME, parts.name.span(), format_args!("file name {} {why}", quoted(name)))
                .help(format_args!("name the file by its path from the descriptor's folder, with `/` between the parts"))
                .done();
        } else if name.starts_with("./") {
            self.habits.note(Code::MANIFEST_DOT_NAME, parts.name.span(), name);
        }
        let place = Place {
            line: number,
            whole: Span::new(parts.algorithm.start, parts.digest.span().end),
            name: parts.name.span(),
            digest: parts.digest.span(),
        };
        if name.contains(char::REPLACEMENT_CHARACTER) {
            // Which file is meant cannot be told, and another name may have become the same.
            self.not_utf_8(parts.name.span());
            let code = Code::MANIFEST_NOT_UTF_8;
            self.manifest.unreadable.push(UnreadableEntry { name: name.into(), code, place });
            return;
        }
        match self.digest(parts) {
            Ok(digest) => self.manifest.entries.push(Entry { name: name.into(), digest, place }),
            Err(code) => {
                self.manifest.unreadable.push(UnreadableEntry { name: name.into(), code, place })
            }
        }
    }

    /// The digest of an entry, or what is wrong with it.
    fn digest(&mut self, parts: &Parts<'t>) -> Result<Digest, Code> {
        let Some(algorithm) = Algorithm::from_name(parts.algorithm.text) else {
            self.unknown_algorithm(parts.algorithm);
            return Err(Code::UNKNOWN_DIGEST_ALGORITHM);
        };
        if parts.algorithm.text != algorithm.name() {
            self.habits.note(
                Code::MANIFEST_ALGORITHM_ALIAS,
                parts.algorithm.span(),
                parts.algorithm.text,
            );
        }
        let (text, span) = (parts.digest.text, parts.digest.span());
        match Digest::parse(algorithm, text) {
            Ok(digest) => {
                if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
                    self.habits.note(Code::MANIFEST_UPPER_CASE_DIGEST, span, "");
                }
                Ok(digest)
            }
            Err(DigestError::Length { expected, found }) => {
                let code = Code::WRONG_DIGEST_LENGTH;
                let draft = self.out.add(
                    code,
                    span,
                    format_args!("{found} hex digits where a `{algorithm}` digest has {expected}"),
                );
                match Algorithm::ALL
                    .into_iter()
                    .find(|other| other.digest_bytes().checked_mul(2) == Some(found))
                {
                    Some(other) => {
                        draft.help(format_args!("write `{other}` if that is what the digest is by"))
                    }
                    None => draft.help(format_args!("write the whole digest")),
                }
                .done();
                Err(code)
            }
            Err(DigestError::NotHex { .. }) => {
                let code = Code::DIGEST_NOT_HEXADECIMAL;
                let base64 =
                    algorithm.digest_bytes().div_ceil(3).checked_mul(4) == Some(text.len());
                let draft = self.out.add(
                    code,
                    span,
                    format_args!("digest {} is not hexadecimal", quoted(text)),
                );
                if base64 {
                    draft.help(format_args!("write it in lower-case hex digits, not in base64"))
                } else {
                    draft.help(format_args!("write it in lower-case hex digits"))
                }
                .done();
                Err(code)
            }
        }
    }

    fn unknown_algorithm(&mut self, written: Piece<'t>) {
        let message = format_args!("digest algorithm {} is unknown", quoted(written.text));
        let draft = self.out.add(Code::UNKNOWN_DIGEST_ALGORITHM, written.span(), message);
        let is_another =
            OTHER_ALGORITHMS.iter().any(|other| other.eq_ignore_ascii_case(written.text));
        match closest(written.text, Algorithm::ALL.map(Algorithm::name)).filter(|_| !is_another) {
            Some(meant) => draft.help(format_args!("did you mean `{meant}`?")),
            None => draft.help(format_args!("compute the digest with `SHA256`")),
        }
        .done();
    }

    fn not_utf_8(&mut self, span: Span) {
        self.manifest.complete = false;
        self.habits.note(Code::MANIFEST_NOT_UTF_8, span, "");
    }
}

/// A line, its end (LF, CR LF, CR, or nothing), and what follows.
pub(super) fn next_line(text: Piece<'_>) -> (Piece<'_>, Piece<'_>, Piece<'_>) {
    let bytes = text.text.as_bytes();
    let length = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
    let (line, rest) = text.split(length);
    let end = if rest.text.starts_with("\r\n") { 2 } else { rest.text.len().min(1) };
    let (end, rest) = rest.split(end);
    (line, end, rest)
}
