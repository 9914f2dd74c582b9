//! Errors of what comes as bytes.

use std::io::{self, Read, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, write::GzEncoder};
use ovf::edit::convert::Converter;
use ovf::import::{Choices, Preview, decode_descriptor};
use ovf::package::Archive;
use ovf::source::DecodeError;
use ovf::{Limits, Source, Validator};

use crate::Made;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An input that cannot be read.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the cable was cut"))
    }
}

pub(crate) fn make(made: &mut Made) {
    let packed = gzip(b"<Envelope/>");
    let last = packed.len() - 8;
    let changed = |at: usize, byte: u8| {
        let mut packed = packed.clone();
        packed[at] = byte;
        STANDARD.encode(packed)
    };
    let behind = |more: &[u8]| STANDARD.encode([&packed, more].concat());
    let inputs: Vec<Vec<u8>> = vec![
        Vec::new(),
        b" \n".to_vec(),
        b"PK\x03\x04....".to_vec(),
        STANDARD.encode("<Envelope/>").into(),
        b"H4sI*AAA".to_vec(),
        b"H4sIAAA".to_vec(),
        b"H4sIA".to_vec(),
        b"H4sIAB==".to_vec(),
        changed(3, 0x20).into(),
        changed(10, 0x07).into(),
        changed(last, packed[last] ^ 1).into(),
        STANDARD.encode(&packed[..last - 2]).into(),
        behind(&packed).into(),
        behind(b"more").into(),
        STANDARD.encode(gzip(&packed)).into(),
        b"<html></html>".to_vec(),
        b"MZ\0\x01".to_vec(),
        b"<a>\xE9</a>".to_vec(),
        b"<a>\xE8\x99".to_vec(),
        b"<\0?\0x\0m\0l\0".to_vec(),
        b"\xFE\xFF\0<\0".to_vec(),
        b"\xFE\xFF\0<\xD8\x3D\0a".to_vec(),
        b"\xFF\xFE\0\0<\0\0\0".to_vec(),
    ];
    for input in &inputs {
        let error = Source::decode(input).expect_err("it is no text");
        if let DecodeError::Base64 { fault, .. } = &error {
            made.note("Base64Fault", fault);
        }
        assert!(!error.help().is_empty() && !error.help().ends_with('.'), "{error}");
        made.note("DecodeError", &error);
    }
    let mut limits = Limits::default();
    limits.text_bytes = 3;
    made.all("DecodeError", [Source::decode_with(b"<a/>", &limits)]);
    let bomb = STANDARD.encode(gzip(&b"<a/>".repeat(1 << 20)));
    made.all("DecodeError", [Source::decode(bomb.as_bytes())]);

    made.all("InvalidArgument", [decode_descriptor(b"", &Limits::default())]);
    let source = Source::decode(b"<Strings/>").unwrap();
    let report = Validator::new().check(&source);
    made.all("InvalidArgument", [Preview::new(&report, &Choices::new(), None)]);
    made.all("Refusal", [Converter::new().convert(&report)]);

    made.all("ArchiveError", [Archive::new(Broken).next_member()]);
    made.all("ArchiveError", [Archive::new(&b"PK\x03\x04...."[..]).next_member()]);
    #[cfg(feature = "cert")]
    {
        use ovf::manifest::certificate::TrustAnchors;
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        made.all("AnchorError", ["", broken].map(TrustAnchors::from_pem));
    }
}
