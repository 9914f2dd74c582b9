//! Certificate files, and signatures verified with them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ovf::manifest::Manifest;
use ovf::manifest::certificate::{CertificateFile, Signature, Trust, TrustAnchors};
use ovf::wire::updatesession::PreviewInfo;
use ovf::{Limits, Policy};

use crate::script::chosen;
use crate::xml::diagnostics;

/// Takes the input as a certificate file, or as a certificate in one, as its bytes choose. What it signs by accident is
/// nothing: no signature in it is over a manifest that says so.
pub fn certificate(data: &[u8]) {
    // DER begins with a SEQUENCE; what does not is refused there at once.
    if data.first() == Some(&0x30) || chosen(data) & 15 == 0 {
        file(&format!(
            "SHA256(vm.mf)= 5f2c\n-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            STANDARD.encode(data)
        ));
    } else {
        file(&Manifest::decode(data));
    }
}

fn file(text: &str) {
    let limits = Limits::default();
    let parsed = CertificateFile::parse(text, &limits);
    diagnostics(text, &parsed.diagnostics);
    let file = parsed.certificate;
    assert!(file.certificates().count() <= limits.certificates);
    if let Some(certificate) = file.certificates().last() {
        let again = TrustAnchors::from_pem(&certificate.pem()).expect("it was read before");
        assert_eq!(again.iter().next(), Some(certificate));
    }
    let pem: String =
        file.certificates().skip(1).take(1).map(|certificate| certificate.pem()).collect();
    let anchors = TrustAnchors::from_pem(&pem).unwrap_or_default();
    let trust = Trust::new().anchors(&anchors).at(1_800_000_000);
    let report = file.verify("vm.mf", b"a manifest that nobody signed", &trust);
    assert_ne!(report.signature, Signature::Valid);
    assert!(!report.is_verified() && !report.is_trusted());
    diagnostics(text, &report.diagnostics(Policy::new(), &limits));
    assert!(PreviewInfo::of(&report, &[]).warnings.is_none_or(|warnings| warnings.len() <= 4));
}
