//! Textual encoding of certificates (RFC 7468).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::line::Piece;
use super::super::reader::next_line;
use crate::span::Span;

/// Characters of base64 on a line that is written (RFC 7468 2).
const LINE: usize = 64;
const BLANKS: [char; 2] = [' ', '\t'];

/// What stands in the text.
#[derive(Debug)]
pub(super) enum Part<'t> {
    /// A line outside all blocks, without its end.
    Line(Piece<'t>),
    /// A block.
    Block(Block<'t>),
}

/// `-----BEGIN label-----` … `-----END label-----`
#[derive(Debug)]
pub(super) struct Block<'t> {
    pub(super) label: &'t str,
    pub(super) span: Span,
    /// Its bytes, or what is wrong with it.
    pub(super) bytes: Result<Vec<u8>, &'static str>,
}

/// Parts in the order in which they stand.
pub(super) struct Parts<'t> {
    rest: Piece<'t>,
}

impl<'t> Parts<'t> {
    pub(super) const fn of(text: Piece<'t>) -> Self {
        Self { rest: text }
    }

    fn line(&mut self) -> Option<Piece<'t>> {
        if self.rest.text.is_empty() {
            return None;
        }
        let (line, _, rest) = next_line(self.rest);
        self.rest = rest;
        Some(line)
    }
}

impl<'t> Iterator for Parts<'t> {
    type Item = Part<'t>;

    fn next(&mut self) -> Option<Part<'t>> {
        let first = self.line()?;
        let Some(label) = marker(first.text, "-----BEGIN ") else { return Some(Part::Line(first)) };
        let mut base64 = String::new();
        let mut end = first.span().end;
        let bytes = loop {
            let before = self.rest;
            let Some(line) = self.line() else { break Err("its end is missing") };
            if marker(line.text, "-----BEGIN ").is_some() {
                self.rest = before;
                break Err("its end is missing");
            }
            end = line.span().end;
            if let Some(closed) = marker(line.text, "-----END ") {
                break match closed == label {
                    true => STANDARD.decode(&base64).map_err(|_| "it is not base64"),
                    false => Err("its end has another label"),
                };
            }
            base64.extend(line.text.chars().filter(|c| !BLANKS.contains(c)));
        };
        let bytes = bytes.and_then(|bytes| match bytes.is_empty() {
            true => Err("it is empty"),
            false => Ok(bytes),
        });
        Some(Part::Block(Block { label, span: Span::new(first.start, end), bytes }))
    }
}

/// The label of a line that begins or ends a block.
fn marker<'t>(line: &'t str, opening: &str) -> Option<&'t str> {
    line.trim_matches(BLANKS).strip_prefix(opening)?.strip_suffix("-----")
}

/// Writes a block.
pub(super) fn write(label: &str, bytes: &[u8]) -> String {
    let base64 = STANDARD.encode(bytes);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(LINE).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// The bytes of a certificate in base64, in one line.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
