//! The text of a certificate file to its signature and certificates.

use super::super::line::{self, Line, Piece};
use super::super::name;
use super::pem::{Block, Part, Parts};
use super::report::{Obstacle, Places, SignatureReport};
use super::trust::Trust;
use super::x509::Certificate;
use crate::diagnostic::{Code, Diagnostic, Findings, Levels, closest, quoted};
use crate::digest::{Algorithm, Strength};
use crate::limits::Limits;
use crate::policy::Policy;
use crate::span::Span;

/// Labels that end in this are those of keys that nobody else may know (RFC 7468 10, 11).
const PRIVATE_KEY: &str = "PRIVATE KEY";

/// A certificate file: a signature of the manifest, and certificates.
#[derive(Clone, Debug, Default)]
pub struct CertificateFile {
    pub(super) line: Option<SignatureLine>,
    /// The first certificate.
    pub(super) signer: Option<Certificate>,
    /// The others that could be read.
    pub(super) others: Vec<Certificate>,
    /// What makes the signature worthless or unclear.
    pub(super) obstacle: Option<Obstacle>,
    first_block: Option<Span>,
}

/// `SHA256(vm.mf)= 5f2c…`
#[derive(Clone, Debug)]
pub(super) struct SignatureLine {
    /// None for one that is unknown or broken.
    pub(super) algorithm: Option<Algorithm>,
    pub(super) name: String,
    /// None when it is not hexadecimal.
    pub(super) value: Option<Vec<u8>>,
    whole: Span,
    name_span: Span,
}

/// What was read, and everything that is wrong with it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parsed {
    /// What could be read.
    pub certificate: CertificateFile,
    /// Findings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether everything was examined: no limit was hit.
    pub complete: bool,
}

impl CertificateFile {
    /// Reads the text of a certificate file, leniently. For its bytes see
    /// [`Manifest::decode`](crate::manifest::Manifest::decode).
    #[must_use]
    pub fn parse(text: &str, limits: &Limits) -> Parsed {
        Self::parse_with(text, Policy::new(), limits)
    }

    /// Reads it as strictly as the policy says.
    #[must_use]
    pub fn parse_with(text: &str, policy: Policy, limits: &Limits) -> Parsed {
        let mut levels = Levels::default();
        levels.set_strictness(policy.strictness);
        let mut out = Findings::new(levels, limits.diagnostics);
        let certificate = Self::read_into(text, limits, &mut out);
        let (diagnostics, _, complete) = out.finish();
        Parsed { certificate, diagnostics, complete }
    }

    /// Reads it into findings that others go on with.
    pub(crate) fn read_into(text: &str, limits: &Limits, out: &mut Findings) -> Self {
        let file = Self::default();
        let mut reading = Reading { limits, out, file, blocks: 0, stray: None, is_begun: false };
        reading.text(text);
        reading.file
    }

    /// Verifies the signature of a manifest: its name in the package, and its bytes as they are stored.
    #[must_use]
    pub fn verify(
        &self,
        manifest_name: &str,
        manifest: &[u8],
        trust: &Trust<'_>,
    ) -> SignatureReport {
        SignatureReport::new(self, manifest_name, manifest, trust)
    }

    /// The name of the manifest that was signed, as written.
    #[must_use]
    pub fn manifest_name(&self) -> Option<&str> {
        self.line.as_ref().map(|line| line.name.as_str())
    }

    /// The certificate of whoever signed: the first of the file.
    #[must_use]
    pub const fn signer(&self) -> Option<&Certificate> {
        self.signer.as_ref()
    }

    /// The certificates that could be read, the signer's first.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.signer.iter().chain(&self.others)
    }

    pub(super) fn places(&self) -> Places {
        let line = self.line.as_ref();
        Places {
            line: line.map_or(Span::at(0), |line| line.whole),
            name: line.map_or(Span::at(0), |line| line.name_span),
            certificate: self.first_block.unwrap_or_default(),
        }
    }
}

struct Reading<'r> {
    limits: &'r Limits,
    out: &'r mut Findings,
    file: CertificateFile,
    /// Blocks with certificates, those that make no sense among them.
    blocks: usize,
    /// The first line that belongs to nothing, and how many follow.
    stray: Option<(Span, usize)>,
    /// Whether anything but empty lines was read.
    is_begun: bool,
}

impl Reading<'_> {
    fn text(&mut self, text: &str) {
        let mut rest = Piece { text, start: 0 };
        let limit = self.limits.certificate_bytes.min(u32::MAX as usize);
        if text.len() > limit {
            // A certificate that was cut is none: nothing is read of a file that is too long.
            self.out
                .limit(
                    Span::at(0),
                    format_args!("the certificate file has more bytes than the {limit} that the limit `certificate_bytes` allows; nothing of it is read"),
                )
                .help(format_args!("raise the limit `certificate_bytes` if the file is honest"))
                .done();
            return;
        }
        if let Some(text) = rest.text.strip_prefix('\u{FEFF}') {
            self.style(
                Span::new(0, 3),
                "byte order mark in front",
                "save the file without the mark",
            );
            rest = Piece { text, start: 3 };
        }
        self.line_ends(rest);
        for part in Parts::of(rest) {
            match part {
                Part::Line(line) => self.line(line),
                Part::Block(block) => self.block(block),
            }
        }
        self.end();
    }

    fn line_ends(&mut self, text: Piece<'_>) {
        let at = |offset: usize, length| {
            let (_, rest) = text.split(offset);
            Span::new(rest.start, rest.start.saturating_add(length))
        };
        let bytes = text.text.as_bytes();
        if let Some(offset) = memchr::memmem::find(bytes, b"\r\n") {
            self.style(at(offset, 2), "line ends in CR LF", "end lines with LF");
        }
        let bare = memchr::memchr_iter(b'\r', bytes)
            .find(|&offset| offset.checked_add(1).and_then(|next| bytes.get(next)) != Some(&b'\n'));
        if let Some(offset) = bare {
            self.style(at(offset, 1), "line ends in CR alone", "end lines with LF");
        }
        if bytes.last().is_some_and(|&byte| byte != b'\n' && byte != b'\r') {
            self.style(at(bytes.len(), 0), "last line has no end", "end it with LF");
        }
    }

    fn line(&mut self, piece: Piece<'_>) {
        let read = line::read(piece);
        if read == Line::Empty {
            self.style(piece.span(), "empty line", "remove it");
            return;
        }
        let is_first = !self.is_begun;
        self.is_begun = true;
        match read {
            Line::Entry(parts) if piece.text.len() <= self.limits.manifest_line_bytes => {
                self.signature(&parts, piece.span());
            }
            Line::Entry(_) => {
                let limit = self.limits.manifest_line_bytes;
                self.file.obstacle.get_or_insert(Obstacle::UnreadableSignature);
                self.out
                    .limit(
                        piece.span(),
                        format_args!("the line of the signature has more bytes than the {limit} that the limit `manifest_line_bytes` allows; it is not read"),
                    )
                    .help(format_args!("raise the limit `manifest_line_bytes` if the line is honest"))
                    .done();
            }
            Line::Unreadable(why) if is_first => {
                self.out
                    .add(
                        Code::MALFORMED_SIGNATURE_LINE,
                        piece.span(),
                        format_args!("no signature can be read: {why}"),
                    )
                    .help(format_args!("write `SHA256(package.mf)= signature`, in hex digits"))
                    .done();
                self.file.obstacle.get_or_insert(Obstacle::UnreadableSignature);
            }
            _ => match &mut self.stray {
                Some((_, more)) => *more = more.saturating_add(1),
                None => self.stray = Some((piece.span(), 0)),
            },
        }
    }

    fn signature(&mut self, parts: &line::Parts<'_>, whole: Span) {
        if let Some(first) = &self.file.line {
            self.out
                .add(
                    Code::SEVERAL_SIGNATURES,
                    whole,
                    format_args!("there is a second signature, so neither counts"),
                )
                .label(first.whole, format_args!("the first"))
                .help(format_args!("keep the one over the manifest"))
                .done();
            self.file.obstacle.get_or_insert(Obstacle::SeveralSignatures);
            return;
        }
        if self.file.first_block.is_some() || self.stray.is_some() {
            self.out
                .add(
                    Code::SIGNATURE_NOT_FIRST,
                    whole,
                    format_args!("the signature is not in the first line"),
                )
                .help(format_args!("put it in front of everything else"))
                .done();
        }
        for (blank, what) in [
            (parts.leading, "blank in front of the algorithm"),
            (parts.before_parenthesis, "blank between algorithm and `(`"),
            (parts.before_equals, "blank between `)` and `=`"),
            (parts.trailing, "blank behind the signature"),
        ] {
            if !blank.text.is_empty() {
                self.style(blank.span(), what, "remove it");
            }
        }
        if parts.after_equals.text != " " && !parts.digest.text.is_empty() {
            let what = "not exactly one blank after `=`";
            self.style(parts.after_equals.span(), what, "put one blank there");
        }
        if parts.name.text != name::matching(parts.name.text) {
            self.style(parts.name.span(), "`./` in front of the name", "remove it");
        }
        self.file.line = Some(SignatureLine {
            algorithm: self.algorithm(parts.algorithm),
            name: parts.name.text.to_owned(),
            value: self.value(parts.digest),
            whole,
            name_span: parts.name.span(),
        });
    }

    fn algorithm(&mut self, written: Piece<'_>) -> Option<Algorithm> {
        let (text, span) = (written.text, written.span());
        match Algorithm::from_name(text) {
            None => {
                let message = format_args!("digest algorithm {} is unknown", quoted(text));
                let draft = self.out.add(Code::UNKNOWN_SIGNATURE_DIGEST, span, message);
                match closest(text, Algorithm::ALL.map(Algorithm::name)) {
                    Some(meant) => draft.help(format_args!("did you mean `{meant}`?")),
                    None => draft.help(format_args!("sign a `SHA256` digest")),
                }
                .done();
                None
            }
            Some(algorithm) if algorithm.strength() == Strength::Broken => {
                self.out
                    .add(
                        Code::BROKEN_SIGNATURE_DIGEST,
                        span,
                        format_args!("the signature is over a `{algorithm}` digest"),
                    )
                    .help(format_args!("sign a `SHA256` digest"))
                    .done();
                None
            }
            Some(algorithm) => {
                if text != algorithm.name() {
                    let what = "not what manifests call the algorithm";
                    self.style(span, what, "write `SHA1`, `SHA256`, `SHA384` or `SHA512`");
                }
                if algorithm.strength() == Strength::Weak {
                    self.out
                        .add(
                            Code::WEAK_SIGNATURE_DIGEST,
                            span,
                            format_args!("the signature is over a `{algorithm}` digest"),
                        )
                        .help(format_args!(
                            "sign a `SHA256` digest, unless the importer knows only `SHA1`"
                        ))
                        .done();
                }
                Some(algorithm)
            }
        }
    }

    fn value(&mut self, written: Piece<'_>) -> Option<Vec<u8>> {
        let span = written.span();
        let digit =
            |&digit: &u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (pairs, odd) = written.text.as_bytes().as_chunks::<2>();
        let bytes: Option<Vec<u8>> =
            pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
        let Some(bytes) = bytes.filter(|bytes| odd.is_empty() && !bytes.is_empty()) else {
            let length = written.text.len();
            self.out
                .add(
                    Code::SIGNATURE_NOT_HEXADECIMAL,
                    span,
                    format_args!("signature of {length} characters is not hexadecimal"),
                )
                .help(format_args!("write each of its bytes as two lower-case hex digits"))
                .done();
            return None;
        };
        if written.text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.style(span, "signature in upper-case hex digits", "write it in lower case");
        }
        Some(bytes)
    }

    fn block(&mut self, block: Block<'_>) {
        self.is_begun = true;
        let span = block.span;
        if block.label.ends_with(PRIVATE_KEY) {
            self.file.obstacle = Some(Obstacle::PrivateKey);
            self.out
                .add(
                    Code::PRIVATE_KEY_IN_CERTIFICATE_FILE,
                    span,
                    format_args!("a private key is in the certificate file"),
                )
                .help(format_args!("remove it, make a new key and sign again: this one is known"))
                .done();
            return;
        }
        if block.label != "CERTIFICATE" {
            self.out
                .add(
                    Code::UNEXPECTED_PEM_BLOCK,
                    span,
                    format_args!("block {} is no certificate", quoted(block.label)),
                )
                .help(format_args!("leave only the blocks with certificates"))
                .done();
            return;
        }
        let limit = self.limits.certificates;
        self.blocks = self.blocks.saturating_add(1);
        if self.blocks > limit {
            if self.blocks == limit.saturating_add(1) {
                self.out
                    .limit(span, format_args!("the file has more certificates than the {limit} that the limit `certificates` allows; the rest are not read"))
                    .help(format_args!("raise the limit `certificates` if the file is honest"))
                    .done();
            }
            return;
        }
        let is_first = self.file.first_block.is_none();
        self.file.first_block.get_or_insert(span);
        let read = match block.bytes {
            Ok(der) => {
                Certificate::read(&der, span).map_err(|why| (Code::MALFORMED_CERTIFICATE, why))
            }
            Err(why) => Err((Code::MALFORMED_PEM_BLOCK, why.to_owned())),
        };
        match read {
            Ok(certificate) if is_first => self.file.signer = Some(certificate),
            Ok(certificate) => self.file.others.push(certificate),
            Err((code, why)) => {
                if is_first {
                    self.file.obstacle.get_or_insert(Obstacle::UnreadableCertificate);
                }
                self.out
                    .add(code, span, format_args!("certificate cannot be read: {why}"))
                    .help(format_args!("put the certificate there again"))
                    .done();
            }
        }
    }

    /// What can only be told when everything was read.
    fn end(&mut self) {
        if self.file.line.is_none() && self.file.obstacle != Some(Obstacle::UnreadableSignature) {
            self.out
                .add(Code::SIGNATURE_MISSING, Span::at(0), format_args!("there is no signature"))
                .help(format_args!("begin the file with `SHA256(package.mf)= signature`"))
                .done();
        }
        if self.blocks == 0 {
            self.out
                .add(
                    Code::CERTIFICATE_MISSING,
                    self.file.places().line,
                    format_args!("there is no certificate"),
                )
                .help(format_args!("add the signer's certificate in PEM"))
                .done();
        }
        if let Some((span, more)) = self.stray {
            let draft = match more {
                0 => self.out.add(
                    Code::TEXT_OUTSIDE_CERTIFICATES,
                    span,
                    format_args!("text outside the certificates"),
                ),
                more => self.out.add(
                    Code::TEXT_OUTSIDE_CERTIFICATES,
                    span,
                    format_args!("text outside the certificates, and {more} lines more"),
                ),
            };
            draft.help(format_args!("remove it")).done();
        }
    }

    /// A deviation from the form that does not change what is said.
    fn style(&mut self, span: Span, what: &'static str, cure: &'static str) {
        self.out
            .add(Code::CERTIFICATE_FILE_STYLE, span, format_args!("{what}"))
            .help(format_args!("{cure}"))
            .done();
    }
}
