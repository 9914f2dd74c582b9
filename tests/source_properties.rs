//! What holds for decoding and for lines and columns whatever the input is.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that panics has failed"
)]

use std::io::Write as _;

use base64::engine::{Engine, general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use ovf::source::{DecodeError, Encoding};
use ovf::{LineCol, Source};
use proptest::collection::vec;
use proptest::prelude::*;

/// Line ends of every kind, characters of one to four bytes, and runs longer than the blocks of the index.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-z é虚\u{1F600}\t]{0,12}".boxed(),
        6 => prop::sample::select(vec!["\n", "\r\n", "\r\r\n", "\r", "\n\n", "\u{2028}"])
            .prop_map(str::to_owned)
            .boxed(),
        1 => (prop::sample::select(vec!["a", "é", "虚", "\u{1F600}", "\n"]), 1_000..1_100_usize)
            .prop_map(|(unit, count)| unit.repeat(count))
            .boxed(),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What the index answers, found by going through the text.
fn naive_line_col(text: &str, offset: usize) -> LineCol {
    let mut place = LineCol { line: 1, column: 1 };
    for (at, c) in text.char_indices() {
        if at + c.len_utf8() > offset {
            break;
        }
        if c == '\n' {
            place = LineCol { line: place.line + 1, column: 1 };
        } else {
            place.column += 1;
        }
    }
    place
}

fn naive_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let last = lines.pop();
    for line in &mut lines {
        *line = line.strip_suffix('\r').unwrap_or(line);
    }
    lines.extend(last);
    lines
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Puts blanks between the symbols, as many as each number says.
fn sprinkle(symbols: &[u8], blanks: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut counts = blanks.iter().cycle();
    for &symbol in symbols {
        for at in 0..counts.next().map_or(0, |count| count % 5) {
            out.push(*b" \t\r\n".get(usize::from(at)).unwrap());
        }
        out.push(symbol);
    }
    out
}

/// `cases` runs each; a failing input is printed and belongs into a test of its own.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn line_col_equals_counting(text in text(), offsets in vec(0_u32..60_000, 1..8)) {
        let source = Source::from_text(text.as_str()).unwrap();
        let ends = [0, u32::try_from(text.len()).unwrap(), u32::MAX];
        for offset in offsets.into_iter().map(|offset| offset % (ends[1] + 2)).chain(ends) {
            prop_assert_eq!(source.line_col(offset), naive_line_col(&text, offset as usize), "at {}", offset);
        }
    }

    #[test]
    fn line_spans_equal_splitting(text in text()) {
        let source = Source::from_text(text.as_str()).unwrap();
        let lines = naive_lines(&text);
        prop_assert_eq!(source.lines() as usize, lines.len());
        for (number, line) in (1..).zip(&lines) {
            let span = source.line_span(number).unwrap();
            prop_assert_eq!(text.get(span.range()), Some(*line));
            prop_assert_eq!(source.line_col(span.start), LineCol { line: number, column: 1 });
        }
        prop_assert_eq!(source.line_span(0), None);
        prop_assert_eq!(source.line_span(source.lines() + 1), None);
    }

    #[test]
    fn any_bytes_are_text_or_an_error(bytes in vec(any::<u8>(), 0..600)) {
        match Source::decode(&bytes) {
            Ok(source) => prop_assert!(!source.text().is_empty()),
            Err(error) => prop_assert!(!error.to_string().contains('\n') && !error.help().is_empty()),
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn packing_is_undone(content in ".{0,500}", blanks in vec(any::<u8>(), 1..20)) {
        let text = format!("<a>{content}</a>");
        let input = sprinkle(STANDARD.encode(gzip(text.as_bytes())).as_bytes(), &blanks);
        let source = Source::decode(&input).unwrap();
        prop_assert_eq!(source.text(), text);
        prop_assert_eq!(source.encoding(), Encoding::GzipBase64);
    }

    #[test]
    fn utf_16_equals_utf_8(content in any::<String>(), big_endian: bool) {
        let text = format!("<a>{content}</a>");
        let mark = std::iter::once(0xFEFF);
        let units = mark.chain(text.encode_utf16());
        let input: Vec<u8> = units.flat_map(|u| if big_endian { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
        let source = Source::decode(&input).unwrap();
        prop_assert_eq!(source.text(), text);
    }

    #[test]
    fn damaged_gzip_data_are_never_taken_for_other_text(at: prop::sample::Index, bit in 0..8_u32) {
        let text = "<Envelope>some text, some text, some more text</Envelope>";
        let mut data = gzip(text.as_bytes());
        let at = at.index(data.len());
        *data.get_mut(at).unwrap() ^= 1 << bit;
        let input = STANDARD.encode(&data);
        match Source::decode(input.as_bytes()) {
            // Time, system and level of the header do not touch the text; without its magic the
            // input is other base64.
            Ok(source) => {
                prop_assert_eq!(source.text(), text);
                prop_assert!((3..10).contains(&at));
            }
            Err(DecodeError::Base64NotGzip { .. }) => prop_assert!(at < 3),
            Err(_) => {}
        }
    }

    #[test]
    fn cut_gzip_data_are_an_error(len: prop::sample::Index) {
        let data = gzip(b"<Envelope>some text</Envelope>");
        let input = STANDARD.encode(data.get(..len.index(data.len()).max(3)).unwrap());
        prop_assert!(
            matches!(Source::decode(input.as_bytes()), Err(DecodeError::GzipTruncated { .. })),
            "{}", input
        );
    }
}
