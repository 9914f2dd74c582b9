//! Bytes to text: character encodings, and base64 of gzip.
//!
//! What the bytes are is told by their content, never by a name: the first byte that is no blank
//! says whether the text is plain or packed.

mod charset;
mod declaration;
mod error;
mod format;
mod unpack;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

pub use self::charset::Charset;
pub use self::error::{Base64Fault, DecodeError, Format};
use crate::diagnostic::{Code, Findings, quoted};
use crate::limits::Limits;
use crate::span::{LineCol, LineIndex, Span};

/// Longest text that offsets can address, with room to spare for the offsets just behind its end.
const ADDRESSABLE: usize = u32::MAX as usize - 64;

/// The text of a descriptor.
///
/// ```
/// use ovf::Source;
///
/// let source = Source::decode(b"\xEF\xBB\xBF<Envelope>\n  <References/>\n</Envelope>")?;
/// assert!(source.text().starts_with("<Envelope>"));
/// let place = source.line_col(13);
/// assert_eq!((place.line, place.column), (2, 3));
/// # Ok::<(), ovf::DecodeError>(())
/// ```
pub struct Source<'a> {
    text: Cow<'a, str>,
    encoding: Encoding,
    charset: Charset,
    index: OnceLock<LineIndex>,
}

/// The text may hold passwords, so it is not shown; whatever keeps a source shows it too.
impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("bytes", &self.text.len())
            .field("encoding", &self.encoding)
            .field("charset", &self.charset)
            .finish_non_exhaustive()
    }
}

/// How a text was transported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// As it is.
    Plain,
    /// As base64 of one gzip member, as vCenter's preview takes it.
    GzipBase64,
}

impl Encoding {
    /// `plain` or `gzip+base64`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::GzipBase64 => "gzip+base64",
        }
    }
}

impl<'a> Source<'a> {
    /// Decodes with the default limits.
    ///
    /// The bytes are UTF-8 with or without a byte order mark, UTF-16 with one, or base64 of exactly
    /// one gzip member that holds such a text. Blanks (SP, TAB, CR, LF) may stand anywhere in the
    /// base64. Plain UTF-8 is not copied.
    ///
    /// # Errors
    ///
    /// When the bytes are no text, or more of it than the limits allow; see [`DecodeError`].
    pub fn decode(input: &'a [u8]) -> Result<Self, DecodeError> {
        Self::decode_with(input, &Limits::default())
    }

    /// Decodes with other limits: of [`Limits::text_bytes`] and [`Limits::gzip_ratio`].
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(input: &'a [u8], limits: &Limits) -> Result<Self, DecodeError> {
        if input.is_empty() {
            return Err(DecodeError::Empty);
        }
        let limit = text_limit(limits);
        let (text, charset, encoding) = if unpack::is_packed(skip_mark(input)) {
            packed(input, skip_mark(input), limits)?
        } else {
            if let Some(format) = format::of(input) {
                return Err(DecodeError::Format { format });
            }
            let (text, charset) = charset::decode(Cow::Borrowed(input), limit)?;
            // What a shell's redirection may make of base64.
            if unpack::is_packed(text.as_bytes()) {
                packed(text.as_bytes(), text.as_bytes(), limits)?
            } else {
                (text, charset, Encoding::Plain)
            }
        };
        match format::skip_blanks(text.as_bytes()) {
            [] => return Err(DecodeError::Blank),
            [b'<', ..] => {
                if format::is_html(text.as_bytes()) {
                    return Err(DecodeError::Html);
                }
            }
            other => {
                if let Some(offset) = format::nul(text.as_bytes()) {
                    return Err(DecodeError::Binary { offset });
                }
                match unpack::foreign(other) {
                    Some(Some(Format::Gzip)) if encoding == Encoding::GzipBase64 => {
                        return Err(DecodeError::GzipFormat { format: Format::Gzip });
                    }
                    // gzip of another method than deflate, which RFC 1952 reserves.
                    Some(Some(Format::Gzip)) => return Err(DecodeError::GzipHeader),
                    Some(format) => return Err(DecodeError::Base64NotGzip { format }),
                    None => {}
                }
            }
        }
        Ok(Self { text, encoding, charset, index: OnceLock::new() })
    }

    /// Takes text as it is, of a document that was made rather than read: nothing is guessed from
    /// its content.
    ///
    /// # Errors
    ///
    /// [`DecodeError::TooBig`] when it has more than the `u32::MAX - 64` bytes that offsets address.
    pub fn from_text(text: impl Into<Cow<'a, str>>) -> Result<Self, DecodeError> {
        let text = text.into();
        if text.len() > ADDRESSABLE {
            return Err(DecodeError::TooBig { bytes: text.len(), limit: ADDRESSABLE });
        }
        Ok(Self { text, encoding: Encoding::Plain, charset: Charset::Utf8, index: OnceLock::new() })
    }

    /// The decoded text, without its byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the text was transported.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The character encoding it had before it was decoded.
    #[must_use]
    pub const fn charset(&self) -> Charset {
        self.charset
    }

    /// The line and column of a byte offset. One that lies inside a character stands for the start
    /// of it, one past the end for the end.
    #[must_use]
    pub fn line_col(&self, offset: u32) -> LineCol {
        self.index().line_col(&self.text, offset)
    }

    /// The bytes of a line, without the LF or CR LF at its end; `None` if there is no such line.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Option<Span> {
        self.index().line_span(&self.text, line)
    }

    /// The number of lines: one more than there are line ends.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.index().lines()
    }

    fn index(&self) -> &LineIndex {
        self.index.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Where the XML declaration names the encoding, without the quotes (XML 1.0 4.3.3).
    pub(crate) fn declared_encoding(&self) -> Option<Span> {
        declaration::encoding(&self.text).map(|(span, _)| span)
    }

    /// Adds what decoding found: an encoding declaration that is not true (XML 1.0 4.3.3).
    pub(crate) fn findings(&self, out: &mut Findings) {
        let Some((span, declared)) = declaration::encoding(&self.text) else { return };
        if declaration::is_true(declared, self.charset, &self.text) {
            return;
        }
        let actual = self.charset.as_str();
        out.add(
            Code::WRONG_ENCODING_DECLARATION,
            span,
            format_args!("the declared encoding is {}, but the text is {actual}", quoted(declared)),
        )
        .help(format_args!("write `encoding=\"{actual}\"`"))
        .done();
    }
}

/// The most bytes of text these limits let through.
fn text_limit(limits: &Limits) -> usize {
    limits.text_bytes.min(ADDRESSABLE)
}

fn skip_mark(input: &[u8]) -> &[u8] {
    input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input)
}

/// The text inside base64 of gzip data, which is the rest of `input`.
fn packed(
    input: &[u8],
    base64: &[u8],
    limits: &Limits,
) -> Result<(Cow<'static, str>, Charset, Encoding), DecodeError> {
    let bytes = unpack::unpack(base64, limits).map_err(|error| match error {
        DecodeError::Base64 { offset, fault } => {
            let mark = input.len().saturating_sub(base64.len());
            DecodeError::Base64 { offset: offset.saturating_add(mark), fault }
        }
        error => error,
    })?;
    let (text, charset) = charset::decode(Cow::Owned(bytes), text_limit(limits))?;
    Ok((text, charset, Encoding::GzipBase64))
}
