//! Certificate files made by openssl: those of `testdata/certificate`, and the same made anew where
//! openssl is installed.
#![cfg(feature = "cert")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stderr,
    reason = "a test that panics has failed, and one that is skipped says so"
)]

mod forms;
mod signatures;
#[path = "../support/mod.rs"]
mod support;
mod trust;
mod warnings;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ovf::manifest::certificate::{CertificateFile, Parsed, SignatureReport, Trust, TrustAnchors};
use ovf::{Limits, Policy};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/certificate")
}

/// A folder of certificate files, with what verifies them.
pub(crate) struct Package {
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Vec<u8>,
}

impl Package {
    pub(crate) fn at(folder: PathBuf) -> Self {
        let manifest = fs::read(folder.join("vm.mf")).unwrap();
        Self { folder, manifest }
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub(crate) fn anchors(&self, name: &str) -> TrustAnchors {
        TrustAnchors::from_pem(&self.text(name)).unwrap()
    }

    /// Read without a finding, verified a second after the signer's certificate became valid.
    pub(crate) fn verify(&self, name: &str, anchors: Option<&TrustAnchors>) -> SignatureReport {
        let parsed = parse(&self.text(name));
        let told = codes(&parsed.diagnostics);
        assert!(told.iter().all(|code| *code == "weak-signature-digest"), "{name}: {told:?}");
        let at = parsed.certificate.signer().unwrap().not_before() + 1;
        let trust = Trust::new().at(at);
        let trust = anchors.map_or(trust, |anchors| trust.anchors(anchors));
        parsed.certificate.verify("vm.mf", &self.manifest, &trust)
    }
}

pub(crate) fn parse(text: &str) -> Parsed {
    CertificateFile::parse(text, &Limits::default())
}

pub(crate) fn codes(diagnostics: &[ovf::Diagnostic]) -> Vec<&'static str> {
    for found in diagnostics {
        assert!(found.help.is_some(), "no help: {found:?}");
    }
    diagnostics.iter().map(|found| found.code.name()).collect()
}

pub(crate) fn told(report: &SignatureReport) -> Vec<&'static str> {
    codes(&report.diagnostics(Policy::new(), &Limits::default()))
}

/// Runs on the committed files, and on new ones where there is openssl.
pub(crate) fn everywhere(check: impl Fn(&Package)) {
    check(&Package::at(folder()));
    let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "certificate-{}-{}",
        std::process::id(),
        std::thread::current().name().unwrap_or("test").replace(':', "_")
    ));
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: openssl is not installed, so only the committed files are verified");
        return;
    }
    let made = Command::new("sh").arg(folder().join("make.sh")).arg(&fresh).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    check(&Package::at(fresh.clone()));
    fs::remove_dir_all(fresh).unwrap();
}

pub(crate) fn pem(der: &[u8]) -> String {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

/// What a certificate is made of (DER, X.690 8.1): tag, length, content, one after the other.
fn elements(mut der: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    while let [tag, length, rest @ ..] = der {
        let (length, rest) = match length {
            0x81 => (usize::from(rest[0]), &rest[1..]),
            0x82 => (usize::from(rest[0]) << 8 | usize::from(rest[1]), &rest[2..]),
            length => (usize::from(*length), rest),
        };
        let (content, after) = rest.split_at(length);
        found.push((*tag, content));
        der = after;
    }
    found
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let [.., high, low] = content.len().to_be_bytes();
    let length: &[u8] = match content.len() {
        0..128 => &[low],
        128..256 => &[0x81, low],
        _ => &[0x82, high, low],
    };
    [&[tag], length, content].concat()
}

/// The same certificate in version 1, which has neither a number of its version nor extensions. Whoever
/// issued it did not sign that.
pub(crate) fn in_version_1(der: &[u8]) -> Vec<u8> {
    let [(_, certificate)] = elements(der)[..] else { panic!("one certificate") };
    let mut parts = elements(certificate);
    let fields = elements(parts[0].1).into_iter().filter(|(tag, _)| !matches!(tag, 0xA0 | 0xA3));
    let fields: Vec<u8> = fields.flat_map(|(tag, content)| element(tag, content)).collect();
    parts[0].1 = &fields;
    let whole: Vec<u8> = parts.iter().flat_map(|(tag, content)| element(*tag, content)).collect();
    element(0x30, &whole)
}
