//! Bytes to text.

use std::io::Write as _;

use base64::engine::{Engine, general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use ovf::source::{Charset, Encoding};
use ovf::{DecodeError, Limits, LineCol, Source};

use crate::script::chosen;

/// Offsets looked up in each text.
const LOOKUPS: usize = 8;

/// Decodes the input as it is, or as the compressed data of a gzip member, or packed, as its own bytes
/// choose: text or an error, never a panic, never more than the limits allow, and what was packed comes
/// out again.
pub fn decode(data: &[u8]) {
    let mut limits = Limits::default();
    limits.text_bytes = 64 << 10;
    match chosen(data) & 3 {
        0 => compressed(data, &limits),
        1 => packed(data, &limits),
        _ => drop(decode_one(data, &limits)),
    }
}

fn compressed(data: &[u8], limits: &Limits) {
    let mut member = b"\x1F\x8B\x08\0\0\0\0\0\0\xFF".to_vec();
    member.extend_from_slice(data);
    drop(decode_one(STANDARD.encode(member).as_bytes(), limits));
}

fn packed(data: &[u8], limits: &Limits) {
    let plain = decode_one(data, limits);
    let packed = STANDARD.encode(store(data));
    let packed = decode_one(packed.as_bytes(), limits);
    if let Ok(plain) = &plain
        && (plain.encoding(), plain.charset()) == (Encoding::Plain, Charset::Utf8)
    {
        assert_eq!(packed.as_ref().map(Source::text), Ok(plain.text()));
    }
    if let Ok(packed) = &packed {
        assert_eq!(packed.encoding(), Encoding::GzipBase64);
        if packed.charset() == Charset::Utf8 {
            assert_eq!(packed.text().as_bytes(), data);
        }
    }
}

/// A gzip member in which nothing is compressed.
fn store(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::none());
    let written = encoder.write_all(data).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

fn decode_one<'a>(data: &'a [u8], limits: &Limits) -> Result<Source<'a>, DecodeError> {
    let decoded = Source::decode_with(data, limits);
    match &decoded {
        Ok(source) => {
            assert!(source.text().len() <= limits.text_bytes);
            lines(source);
        }
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains(char::is_control) && message.len() < 200, "{message}");
            assert!(!error.help().is_empty());
        }
    }
    decoded
}

/// Lines lie one behind the other and cover the text; places go forward and lie on their lines.
pub(crate) fn lines(source: &Source<'_>) {
    let text = source.text();
    let step = (text.len() / LOOKUPS).max(1);
    let mut last = LineCol { line: 1, column: 1 };
    for offset in (0..=text.len().saturating_add(2)).step_by(step) {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let place = source.line_col(offset);
        assert!(place >= last && place.line <= source.lines(), "{place:?} after {last:?}");
        let line = source.line_span(place.line).expect("a line of a place");
        assert!(line.start <= offset);
        let content = text.get(line.range()).expect("a line is a piece of text");
        assert!(!content.contains('\n'));
        // One for the end of the line, and one for a CR before it.
        assert!(place.column as usize <= content.chars().count().saturating_add(2));
        last = place;
    }
    assert_eq!(source.line_span(source.lines().saturating_add(1)), None);
}
