//! Every form that is taken, every error with the input that brings it about.

use std::io::Write as _;

use base64::engine::{Engine, general_purpose::STANDARD};
use flate2::{Compression, GzBuilder, write::GzEncoder, write::ZlibEncoder};

use super::{Base64Fault, Charset, DecodeError, Encoding, Format, Source};
use crate::diagnostic::{Code, Diagnostic, Findings, Levels};
use crate::limits::Limits;

const XML: &str = "<?xml version=\"1.0\"?>\n<Envelope>Größe 虚拟机 \u{1F600}</Envelope>\n";

fn gzip(data: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn zlib(data: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn base64(data: impl AsRef<[u8]>) -> Vec<u8> {
    STANDARD.encode(data).into_bytes()
}

fn packed(data: impl AsRef<[u8]>) -> Vec<u8> {
    base64(gzip(data))
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn concat(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

fn wrapped(data: &[u8], width: usize, end: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for line in data.chunks(width) {
        out.extend_from_slice(line);
        out.extend_from_slice(end.as_bytes());
    }
    out
}

#[test]
fn takes_every_form() {
    let with_header = GzBuilder::new()
        .filename("vm.ovf")
        .comment("a comment")
        .extra(vec![7; 300])
        .mtime(1)
        .write(Vec::new(), Compression::best());
    let with_header = {
        let mut encoder = with_header;
        encoder.write_all(XML.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let le = concat(&[b"\xFF\xFE", &utf16(XML, u16::to_le_bytes)]);
    let be = concat(&[b"\xFE\xFF", &utf16(XML, u16::to_be_bytes)]);
    let bom = concat(&[b"\xEF\xBB\xBF", XML.as_bytes()]);
    let (plain, gz) = (Encoding::Plain, Encoding::GzipBase64);
    for (what, input, encoding, charset) in [
        ("utf-8", XML.as_bytes().to_vec(), plain, Charset::Utf8),
        ("utf-8 with mark", bom.clone(), plain, Charset::Utf8Bom),
        ("utf-16 le", le.clone(), plain, Charset::Utf16Le),
        ("utf-16 be", be.clone(), plain, Charset::Utf16Be),
        ("packed", packed(XML), gz, Charset::Utf8),
        (
            "packed with blanks at every place",
            wrapped(&packed(XML), 1, " \t\r\n"),
            gz,
            Charset::Utf8,
        ),
        (
            "packed, in lines",
            concat(&[b"\r\n ", &wrapped(&packed(XML), 76, "\r\n")]),
            gz,
            Charset::Utf8,
        ),
        ("packed with all header fields", base64(&with_header), gz, Charset::Utf8),
        ("packed stored", packed(XML), gz, Charset::Utf8),
        ("packed with mark inside", packed(&bom), gz, Charset::Utf8Bom),
        ("packed utf-16", packed(&le), gz, Charset::Utf16Le),
        ("packed after a mark", concat(&[b"\xEF\xBB\xBF", &packed(XML)]), gz, Charset::Utf8),
        (
            "packed, then written as utf-16",
            concat(&[
                b"\xFF\xFE",
                &utf16(&String::from_utf8(packed(XML)).unwrap(), u16::to_le_bytes),
            ]),
            gz,
            Charset::Utf8,
        ),
    ] {
        let source = Source::decode(&input).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(
            (source.text(), source.encoding(), source.charset()),
            (XML, encoding, charset),
            "{what}"
        );
    }
}

#[test]
fn takes_text_that_is_no_xml() {
    for text in [
        "404 not found",
        "Not found",
        "test",
        "x^2 is no zlib",
        "SHA256(vm.ovf)= 00ff",
        "\n  <Envelope/>",
        "<htmlish/>",
        "<!DOCTYPE Envelope><Envelope/>",
        "<Envelope>\0</Envelope>",
        "BZh in a text",
        "eJxLSs4 but with words after it",
    ] {
        let source =
            Source::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((source.text(), source.encoding()), (text, Encoding::Plain));
    }
}

#[test]
fn plain_text_is_not_copied() {
    let source = Source::decode(XML.as_bytes()).unwrap();
    assert_eq!(source.text().as_ptr(), XML.as_ptr());
}

#[test]
fn a_source_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Source<'_>>();
}

fn format(format: Format) -> DecodeError {
    DecodeError::Format { format }
}

fn malformed(offset: usize, fault: Base64Fault) -> DecodeError {
    DecodeError::Base64 { offset, fault }
}

/// Some gzip data with single bytes changed.
fn changed(changes: &[(usize, u8)]) -> Vec<u8> {
    let mut data = gzip(XML);
    for &(at, byte) in changes {
        data[at] = byte;
    }
    base64(data)
}

#[test]
fn refuses_what_is_no_text() {
    let tar = {
        let mut tar = vec![0; 1024];
        tar[..6].copy_from_slice(b"vm.ovf");
        tar[257..262].copy_from_slice(b"ustar");
        tar
    };
    let gz = gzip(XML);
    let twice = concat(&[&gz, &gz]);
    let not_utf8 = b"<a>\n\xE9\n</a>";
    let a_letter = |unit: [u8; 2]| concat(&[b"\xFF\xFE<\0\n\0", &unit, b"a\0"]);
    let (symbol, padding) = (Base64Fault::Symbol, Base64Fault::Padding);
    let len = gz.len();
    let text = XML.len();
    let far_in = {
        let mut state = 1_u32;
        let numbers = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_string()
        });
        let mut data = packed(numbers.take(3_000).collect::<String>());
        data.splice(9_000..9_000, *b"\n!");
        data
    };
    let header_crc =
        |sum: [u8; 2]| base64(concat(&[b"\x1F\x8B\x08\x02\0\0\0\0\0\xFF", &sum, &gz[10..]]));

    let cases: Vec<(&str, Vec<u8>, DecodeError)> = vec![
        ("nothing", Vec::new(), DecodeError::Empty),
        ("blanks", b" \t\r\n".to_vec(), DecodeError::Blank),
        ("a mark and nothing", b"\xEF\xBB\xBF".to_vec(), DecodeError::Blank),
        ("a mark of utf-16 and nothing", b"\xFF\xFE".to_vec(), DecodeError::Blank),
        ("nothing, packed", packed(""), DecodeError::Blank),
        ("blanks, packed", packed(" \n"), DecodeError::Blank),
        ("gzip", gz.clone(), format(Format::Gzip)),
        ("zlib", zlib(XML), format(Format::Zlib)),
        ("zip", b"PK\x03\x04\x14\0\0\0".to_vec(), format(Format::Zip)),
        ("empty zip", b"PK\x05\x06\0\0\0\0".to_vec(), format(Format::Zip)),
        ("xz", b"\xFD7zXZ\0\0\x04".to_vec(), format(Format::Xz)),
        ("zstd", b"\x28\xB5\x2F\xFD\x04\0".to_vec(), format(Format::Zstd)),
        ("bzip2", b"BZh91AY&SY\x00\x10".to_vec(), format(Format::Bzip2)),
        ("7z", b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(), format(Format::SevenZip)),
        ("tar", tar.clone(), format(Format::Tar)),
        ("vmdk", b"KDMV\x03\0\0\0\x01\0".to_vec(), format(Format::Vmdk)),
        ("packed gzip", packed(&gz), DecodeError::GzipFormat { format: Format::Gzip }),
        ("packed twice", packed(packed(XML)), DecodeError::GzipFormat { format: Format::Gzip }),
        ("packed tar", packed(&tar), DecodeError::GzipFormat { format: Format::Tar }),
        ("base64 of xml", base64(XML), DecodeError::Base64NotGzip { format: Some(Format::Xml) }),
        (
            "base64 of zlib",
            base64(zlib(XML)),
            DecodeError::Base64NotGzip { format: Some(Format::Zlib) },
        ),
        (
            "base64 of zip",
            base64(b"PK\x03\x04\x14\0\0\0"),
            DecodeError::Base64NotGzip { format: Some(Format::Zip) },
        ),
        (
            "base64 of something, in lines",
            wrapped(&base64(vec![0xA5; 300]), 64, "\n"),
            DecodeError::Base64NotGzip { format: None },
        ),
        ("no symbol", b"H4sI\r\n AA*A".to_vec(), malformed(9, symbol(b'*'))),
        ("no symbol after a mark", b"\xEF\xBB\xBFH4sI-AAA".to_vec(), malformed(7, symbol(b'-'))),
        ("no symbol far in", far_in, malformed(9_001, symbol(b'!'))),
        ("one symbol too many", b"H4sIA".to_vec(), malformed(5, Base64Fault::Length)),
        ("no padding", b"H4sIAA".to_vec(), malformed(6, padding)),
        ("padding inside", b"H4sIAA==AAAA".to_vec(), malformed(6, padding)),
        ("padding alone", b"H4sI====".to_vec(), malformed(4, padding)),
        ("bits to spare", b"H4sIAB==".to_vec(), malformed(5, Base64Fault::TrailingBits)),
        ("a method that does not exist", b"H4sJAAAAAAAA".to_vec(), DecodeError::GzipHeader),
        ("reserved flags", changed(&[(3, 0x20)]), DecodeError::GzipHeader),
        ("wrong sum of the header", header_crc([0, 0]), DecodeError::GzipHeader),
        ("cut in the header", base64(&gz[..7]), DecodeError::GzipTruncated { unpacked: 0 }),
        (
            "cut in the name",
            base64(b"\x1F\x8B\x08\x08\0\0\0\0\0\xFFname"),
            DecodeError::GzipTruncated { unpacked: 0 },
        ),
        (
            "cut in the checksum",
            base64(&gz[..len - 5]),
            DecodeError::GzipTruncated { unpacked: text },
        ),
        (
            "cut before the checksum",
            base64(&gz[..len - 8]),
            DecodeError::GzipTruncated { unpacked: text },
        ),
        ("no such block type", changed(&[(10, 0x07)]), DecodeError::GzipCorrupt { unpacked: 0 }),
        ("wrong checksum", changed(&[(len - 8, gz[len - 8] ^ 1)]), DecodeError::GzipChecksum),
        ("wrong length", changed(&[(len - 4, gz[len - 4] ^ 1)]), DecodeError::GzipChecksum),
        ("second member", base64(&twice), DecodeError::GzipSecondMember),
        ("zeros behind", base64(concat(&[&gz, &[0; 512]])), DecodeError::GzipTrailing),
        ("text behind", base64(concat(&[&gz, b"more"])), DecodeError::GzipTrailing),
        ("html", b"\n<!doctype  HTML>\n<html>".to_vec(), DecodeError::Html),
        ("html without doctype", b"<HTML lang='en'>".to_vec(), DecodeError::Html),
        (
            "xhtml",
            b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>".to_vec(),
            DecodeError::Html,
        ),
        ("html, packed", packed("<html></html>"), DecodeError::Html),
        ("png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec(), DecodeError::Binary { offset: 8 }),
        ("zeros", vec![0; 4_096], DecodeError::Binary { offset: 0 }),
        ("binary that is utf-8", b"MZ\0\x01".to_vec(), DecodeError::Binary { offset: 2 }),
        ("latin-1", not_utf8.to_vec(), DecodeError::NotUtf8 { offset: 4, line: 2, byte: 0xE9 }),
        (
            "latin-1 after a mark",
            concat(&[b"\xEF\xBB\xBF", not_utf8]),
            DecodeError::NotUtf8 { offset: 7, line: 2, byte: 0xE9 },
        ),
        (
            "latin-1, packed",
            packed(not_utf8),
            DecodeError::NotUtf8 { offset: 4, line: 2, byte: 0xE9 },
        ),
        (
            "overlong",
            b"<\xC0\xAF".to_vec(),
            DecodeError::NotUtf8 { offset: 1, line: 1, byte: 0xC0 },
        ),
        (
            "surrogate in utf-8",
            b"<\xED\xA0\x80".to_vec(),
            DecodeError::NotUtf8 { offset: 1, line: 1, byte: 0xED },
        ),
        ("cut character", b"<a>\n\xE8\x99".to_vec(), DecodeError::CutUtf8 { offset: 4, line: 2 }),
        ("utf-16 le without mark", utf16("<?xml", u16::to_le_bytes), DecodeError::Utf16WithoutMark),
        (
            "utf-16 be without mark",
            utf16("\n<a/>", u16::to_be_bytes),
            DecodeError::Utf16WithoutMark,
        ),
        ("odd utf-16", b"\xFE\xFF\0<\0".to_vec(), DecodeError::Utf16OddLength { bytes: 5 }),
        (
            "high surrogate",
            a_letter([0x3D, 0xD8]),
            DecodeError::Utf16Surrogate { offset: 6, line: 2, unit: 0xD83D },
        ),
        (
            "low surrogate",
            a_letter([0, 0xDE]),
            DecodeError::Utf16Surrogate { offset: 6, line: 2, unit: 0xDE00 },
        ),
        ("utf-32 le", b"\xFF\xFE\0\0<\0\0\0".to_vec(), DecodeError::Utf32),
        ("utf-32 be", b"\0\0\xFE\xFF\0\0\0<".to_vec(), DecodeError::Utf32),
        ("utf-32 without mark", b"<\0\0\0a\0\0\0".to_vec(), DecodeError::Utf32),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .filter_map(|(what, input, expected)| {
            let found = Source::decode(&input).map(|source| source.text().to_owned());
            (found != Err(expected.clone())).then_some((what, found, expected))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn errors_are_one_line_with_help() {
    for error in [
        DecodeError::Empty,
        DecodeError::TooBig { bytes: 2, limit: 1 },
        DecodeError::GzipRatio { packed: 1, unpacked: 300, limit: 200 },
        DecodeError::Base64NotGzip { format: None },
        malformed(1, Base64Fault::Symbol(0x1B)),
        format(Format::Tar),
        DecodeError::NotUtf8 { offset: 4, line: 2, byte: 0xE9 },
    ] {
        for text in [error.to_string(), error.help().to_owned()] {
            assert!(!text.contains(|c: char| c.is_control()) && !text.ends_with('.'), "{text}");
            assert!(text.starts_with(|c: char| c.is_lowercase()), "{text}");
        }
    }
    assert_eq!(
        malformed(9, Base64Fault::Symbol(b'*')).to_string(),
        "malformed base64 at byte 9: 0x2A is no symbol of base64"
    );
    assert_eq!(
        DecodeError::Base64NotGzip { format: None }.to_string(),
        "the input is base64 of something unknown, not of gzip data"
    );
    assert!(format(Format::Tar).help().contains("package"));
}

#[test]
fn the_limit_counts_text_not_what_it_came_in() {
    let text = "<a>é</a>";
    let inputs = [
        text.as_bytes().to_vec(),
        concat(&[b"\xEF\xBB\xBF", text.as_bytes()]),
        concat(&[b"\xFF\xFE", &utf16(text, u16::to_le_bytes)]),
        packed(text),
    ];
    for input in &inputs {
        let mut limits = Limits { text_bytes: text.len(), ..Limits::default() };
        assert_eq!(
            Source::decode_with(input, &limits).map(|s| s.text().to_owned()),
            Ok(text.to_owned())
        );
        limits.text_bytes -= 1;
        let found = Source::decode_with(input, &limits).map(|s| s.text().to_owned());
        assert_eq!(found, Err(DecodeError::TooBig { bytes: text.len(), limit: text.len() - 1 }));
    }
}

#[test]
fn the_ratio_counts_after_a_megabyte() {
    let limits = Limits { gzip_ratio: 50, ..Limits::default() };
    let text = |len: usize| format!("<a>{}</a>", " ".repeat(len - 7));
    let small = text(1 << 20);
    assert_eq!(Source::decode_with(&packed(&small), &limits).unwrap().text(), small);
    let big = packed(text((1 << 20) + 1));
    assert!(matches!(
        Source::decode_with(&big, &limits),
        Err(DecodeError::GzipRatio { limit: 50, .. })
    ));
    assert!(Source::decode_with(&big, &Limits::unlimited()).is_ok());
}

fn findings(source: &Source<'_>) -> Vec<Diagnostic> {
    let mut out = Findings::new(Levels::default(), 10);
    source.findings(&mut out);
    out.finish().0
}

#[test]
fn a_false_encoding_declaration_is_a_finding() {
    let document = |encoding: &str, content: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><a>{content}</a>")
    };
    for (encoding, content, is_false) in [
        ("UTF-8", "é", false),
        ("utf-8", "é", false),
        ("UTF8", "", true),
        ("utf-16", "", true),
        ("ISO-8859-1", "", false),
        ("iso-8859-1", "é", true),
        ("ISO-8859-x", "", true),
        ("windows-1252", "", false),
        ("windows-1252", "é", true),
        ("US-ASCII", "", false),
        ("US-ASCII", "é", true),
        ("EBCDIC-CP-US", "", true),
        ("", "", true),
        ("ü", "", true),
    ] {
        let text = document(encoding, content);
        let found = findings(&Source::decode(text.as_bytes()).unwrap());
        assert_eq!(found.len(), usize::from(is_false), "{encoding} {content}");
        if let [finding] = found.as_slice() {
            assert_eq!(finding.code, Code::WRONG_ENCODING_DECLARATION);
            assert_eq!(&text[finding.span.range()], encoding);
        }
    }
    for (encoding, is_false) in [
        ("UTF-16", false),
        ("utf-16", false),
        ("UTF-16LE", false),
        ("UTF-16BE", true),
        ("UTF-8", true),
    ] {
        let input = concat(&[b"\xFF\xFE", &utf16(&document(encoding, "é"), u16::to_le_bytes)]);
        let found = findings(&Source::decode(&input).unwrap());
        assert_eq!(found.len(), usize::from(is_false), "{encoding} over UTF-16");
        if let [finding] = found.as_slice() {
            assert_eq!(
                finding.message,
                format!("the declared encoding is `{encoding}`, but the text is UTF-16")
            );
        }
    }
}

#[test]
fn lines_and_columns() {
    let source = Source::decode("ab\r\n\né虚\u{1F600}x\n".as_bytes()).unwrap();
    let at = |offset| {
        let place = source.line_col(offset);
        (place.line, place.column)
    };
    assert_eq!(source.lines(), 4);
    for (offset, expected) in [
        (0, (1, 1)),
        (2, (1, 3)),
        (3, (1, 4)),
        (4, (2, 1)),
        (5, (3, 1)),
        (6, (3, 1)),
        (7, (3, 2)),
        (9, (3, 2)),
        (10, (3, 3)),
        (13, (3, 3)),
        (14, (3, 4)),
        (15, (3, 5)),
        (16, (4, 1)),
        (17, (4, 1)),
        (u32::MAX, (4, 1)),
    ] {
        assert_eq!(at(offset), expected, "{offset}");
    }
    let line = |line| source.line_span(line).map(|span| &source.text()[span.range()]);
    assert_eq!(
        [line(0), line(1), line(2), line(3), line(4), line(5)],
        [None, Some("ab"), Some(""), Some("é虚\u{1F600}x"), Some(""), None]
    );
}

#[test]
fn what_may_be_a_password_is_not_shown() {
    let source = Source::decode(b"<Property value='correct horse'/>").unwrap();
    let shown = format!("{source:?}");
    assert!(shown.contains("bytes: 33") && !shown.contains("horse"), "{shown}");
}
