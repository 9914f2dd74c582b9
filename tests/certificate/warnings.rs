//! What vCenter asks its users about a signature.

use ovf::manifest::certificate::{
    Obstacle, SignatureReport, Trust, TrustAnchors, WarningBehavior, WarningType,
};
use ovf::{Code, Limits, Policy};

use crate::{Package, folder, parse};

#[test]
fn warnings_are_those_of_vcenter() {
    let package = Package::at(folder());
    let roots = package.anchors("roots.pem");
    let warnings =
        |file: &str, at: u64, anchors: Option<&TrustAnchors>, ignored: &[WarningType]| {
            let certificate = parse(&package.text(file)).certificate;
            let trust =
                anchors.map_or(Trust::new(), |anchors| Trust::new().anchors(anchors)).at(at);
            let report = certificate.verify("vm.mf", &package.manifest, &trust);
            let ignored: Vec<_> =
                ignored.iter().map(|&kind| WarningBehavior { kind, ignored: true }).collect();
            report.warnings(&ignored).into_iter().map(|w| (w.kind, w.ignored)).collect::<Vec<_>>()
        };
    use WarningType::{Expired, NotYetValid, SelfSigned, Untrusted};
    let now = parse(&package.text("chain.cert")).certificate.signer().unwrap().not_before() + 60;
    assert_eq!(warnings("chain.cert", now, Some(&roots), &[]), []);
    assert_eq!(warnings("chain.cert", now, None, &[]), [(Untrusted, false)]);
    assert_eq!(
        warnings("p256-sha256.cert", 0, Some(&roots), &[Untrusted, SelfSigned]),
        [(SelfSigned, true), (NotYetValid, false), (Untrusted, true)]
    );
    assert_eq!(
        warnings("p256-sha256.cert", u64::MAX, None, &[Expired]),
        [(SelfSigned, false), (Expired, true), (Untrusted, false)]
    );
    for kind in WarningType::ALL {
        assert_eq!(WarningType::from_name(kind.as_str()), Some(kind));
    }
}

#[cfg(feature = "serde")]
#[test]
fn the_preview_has_the_shape_of_the_update_session() {
    use ovf::wire::updatesession::PreviewInfo;
    let package = Package::at(folder());
    let certificate = parse(&package.text("chain.cert")).certificate;
    let report = certificate.verify("vm.mf", &package.manifest, &Trust::new().at(u64::MAX));
    let behaviors = [WarningBehavior { kind: WarningType::Expired, ignored: true }];
    let json = serde_json::to_value(PreviewInfo::of(&report, &behaviors)).unwrap();
    let signer = certificate.signer().unwrap();
    assert_eq!(json["state"], "AVAILABLE");
    assert_eq!(json["certificate_info"]["subject"], "CN=Leaf,O=Example");
    assert_eq!(json["certificate_info"]["issuer"], "CN=Intermediate,O=Example");
    assert_eq!(json["certificate_info"]["self_signed"], false);
    assert_eq!(json["certificate_info"]["x509"], signer.pem());
    assert_eq!(json["warnings"][0]["type"], "EXPIRED_CERTIFICATE");
    assert_eq!(json["warnings"][0]["ignored"], true);
    assert_eq!(json["warnings"][0]["message"]["id"], "ovf.expired-certificate");
    assert_eq!(json["warnings"][1]["type"], "UNTRUSTED_CERTIFICATE");
    assert_eq!(json["warnings"][1]["ignored"], false);
    assert_eq!(json["cert_chain"].as_array().unwrap().len(), 2);
    assert_eq!(json["cert_chain"][0], signer.base64());
    let unsigned = serde_json::to_value(PreviewInfo::unsigned()).unwrap();
    assert_eq!(unsigned, serde_json::json!({ "state": "NOT_APPLICABLE" }));
    let empty = parse("").certificate.verify("vm.mf", b"", &Trust::new());
    let empty = serde_json::to_value(PreviewInfo::of(&empty, &[])).unwrap();
    assert_eq!(empty, serde_json::json!({ "state": "UNAVAILABLE" }));
}

/// What the findings say of the key, of the times and of what to do.
#[test]
fn findings_say_what_is_wrong_with_the_signer() {
    let package = Package::at(folder());
    let said = |report: &SignatureReport, code: Code| {
        let found = report.diagnostics(Policy::new(), &Limits::default());
        let found = found.into_iter().find(|found| found.code == code).unwrap();
        (found.message, found.help.unwrap())
    };
    let (message, _) = said(&package.verify("rsa1024.cert", None), Code::WEAK_SIGNING_KEY);
    assert!(message.ends_with("is too weak: RSA of 1024 bits"), "{message}");
    let (message, help) = said(&package.verify("p521.cert", None), Code::SIGNATURE_NOT_CHECKED);
    assert!(message.ends_with(&Obstacle::UnsupportedKey.to_string()), "{message}");
    assert_eq!(help, "sign with RSA of 2048 to 8192 bits, or on P-256 or P-384");
    let text = package.text("p256-sha256.cert");
    let (line, _) = text.split_once('\n').unwrap();
    let alone = parse(line).certificate.verify("vm.mf", &package.manifest, &Trust::new());
    let (_, help) = said(&alone, Code::SIGNATURE_NOT_CHECKED);
    assert_eq!(help, "mend the certificate file, or sign anew");

    let file = parse(&package.text("chain.cert")).certificate;
    assert_eq!(file.manifest_name(), Some("vm.mf"));
    let signer = file.signer().unwrap();
    assert!(!signer.serial().is_empty() && signer.serial().bytes().all(|b| b.is_ascii_hexdigit()));
    let between = signer.pem().lines().filter(|line| !line.starts_with('-')).collect::<String>();
    assert_eq!(signer.base64(), between);
    for (at, code) in [
        (signer.not_after() + 1, Code::CERTIFICATE_EXPIRED),
        (signer.not_before() - 1, Code::CERTIFICATE_NOT_YET_VALID),
    ] {
        let report = file.verify("vm.mf", &package.manifest, &Trust::new().at(at));
        let (message, _) = said(&report, code);
        let is_time = |word: &str| word.len() >= 20 && word.contains('T') && word.contains("Z");
        assert!(message.split_whitespace().any(is_time), "{message}");
    }
}

#[test]
fn findings_stand_where_what_they_are_about_stands() {
    let package = Package::at(folder());
    let text = format!("\n{}", package.text("p256-sha256.cert"));
    let line = text.lines().nth(1).unwrap();
    let block = text[text.find("-----BEGIN").unwrap()..].trim_end();
    let file = parse(&text).certificate;
    let report = file.verify("other.mf", b"another manifest", &Trust::new());
    let found = report.diagnostics(Policy::new(), &Limits::default());
    let places: Vec<_> =
        found.iter().map(|found| (found.code, &text[found.span.range()])).collect();
    assert_eq!(
        places,
        [
            (Code::SIGNATURE_MISMATCH, line),
            (Code::SIGNATURE_OF_ANOTHER_MANIFEST, "vm.mf"),
            (Code::SELF_SIGNED_CERTIFICATE, block),
            (Code::CERTIFICATE_TIME_NOT_CHECKED, block),
            (Code::CERTIFICATE_TRUST_NOT_CHECKED, block),
        ]
    );
}
