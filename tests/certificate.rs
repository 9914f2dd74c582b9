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

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ovf::digest::Algorithm;
use ovf::manifest::Manifest;
use ovf::manifest::certificate::{
    AnchorError, CertificateFile, Distrust, KeyKind, Obstacle, Parsed, Signature, SignatureReport,
    Trust, TrustAnchors, WarningBehavior, WarningType,
};
use ovf::{Code, Limits, Policy, Severity, Strictness};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/certificate")
}

/// A folder of certificate files, with what verifies them.
struct Package {
    folder: PathBuf,
    manifest: Vec<u8>,
}

impl Package {
    fn at(folder: PathBuf) -> Self {
        let manifest = fs::read(folder.join("vm.mf")).unwrap();
        Self { folder, manifest }
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    fn anchors(&self, name: &str) -> TrustAnchors {
        TrustAnchors::from_pem(&self.text(name)).unwrap()
    }

    /// Read without a finding, verified a second after the signer's certificate became valid.
    fn verify(&self, name: &str, anchors: Option<&TrustAnchors>) -> SignatureReport {
        let parsed = parse(&self.text(name));
        let told = codes(&parsed.diagnostics);
        assert!(told.iter().all(|code| *code == "weak-signature-digest"), "{name}: {told:?}");
        let at = parsed.certificate.signer().unwrap().not_before() + 1;
        let trust = Trust::new().at(at);
        let trust = anchors.map_or(trust, |anchors| trust.anchors(anchors));
        parsed.certificate.verify("vm.mf", &self.manifest, &trust)
    }
}

fn parse(text: &str) -> Parsed {
    CertificateFile::parse(text, &Limits::default())
}

fn codes(diagnostics: &[ovf::Diagnostic]) -> Vec<&'static str> {
    for found in diagnostics {
        assert!(found.help.is_some(), "no help: {found:?}");
    }
    diagnostics.iter().map(|found| found.code.name()).collect()
}

fn told(report: &SignatureReport) -> Vec<&'static str> {
    codes(&report.diagnostics(Policy::new(), &Limits::default()))
}

/// Runs on the committed files, and on new ones where there is openssl.
fn everywhere(check: impl Fn(&Package)) {
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

#[test]
fn signatures_of_openssl_verify() {
    let sha = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];
    everywhere(|package| {
        for (name, key) in [
            ("rsa2048", KeyKind::Rsa { bits: 2_048 }),
            ("p256", KeyKind::P256),
            ("p384", KeyKind::P384),
        ] {
            for algorithm in sha {
                let file = format!("{name}-{}.cert", algorithm.name().to_lowercase());
                let report = package.verify(&file, None);
                assert_eq!(report.signature, Signature::Valid, "{file}");
                assert_eq!(report.algorithm, Some(algorithm), "{file}");
                assert!(report.names_manifest && report.is_verified(), "{file}");
                let signer = report.signer.as_ref().unwrap();
                assert_eq!(signer.key(), key, "{file}");
                assert_eq!(signer.subject(), format!("CN={name},O=Example"));
                assert_eq!(signer.issuer(), signer.subject());
                assert!(report.self_signed && report.unsigned.is_empty(), "{file}");
                assert_eq!((report.trusted, report.is_trusted()), (None, false), "{file}");
                assert_eq!(
                    told(&report),
                    ["self-signed-certificate", "certificate-trust-not-checked"]
                );
            }
        }
        let report = package.verify("rsa3072.cert", None);
        assert_eq!(report.signature, Signature::Valid);
        assert_eq!(report.signer.as_ref().unwrap().key(), KeyKind::Rsa { bits: 3_072 });
    });
}

#[test]
fn weak_and_unknown_keys_do_not_count() {
    everywhere(|package| {
        let report = package.verify("rsa1024.cert", None);
        assert_eq!(report.signature, Signature::Valid);
        assert!(!report.is_verified());
        assert!(told(&report).contains(&"weak-signing-key"));
        for (name, obstacle) in [
            ("rsa768.cert", Obstacle::KeySize { bits: 768 }),
            ("p521.cert", Obstacle::UnsupportedKey),
        ] {
            let report = package.verify(name, None);
            assert_eq!(report.signature, Signature::NotChecked(obstacle), "{name}");
            assert!(!report.is_verified());
            assert!(told(&report).contains(&"signature-not-checked"), "{name}");
        }
    });
}

#[test]
fn chains_lead_to_anchors_or_say_why_not() {
    everywhere(|package| {
        let (root, roots) = (package.anchors("root.pem"), package.anchors("roots.pem"));
        let impostor = package.anchors("impostor.pem");
        for (file, length) in
            [("chain.cert", 2), ("chain-with-root.cert", 2), ("chain-short.cert", 1)]
        {
            let report = package.verify(file, Some(&roots));
            assert!(report.is_trusted(), "{file}: {report:?}");
            assert_eq!((report.path.len(), report.distrust), (length, None), "{file}");
            assert_eq!(told(&report), [""; 0], "{file}");
        }
        let issuers = package.verify("chain.cert", Some(&root)).path;
        let names: Vec<_> = issuers.iter().map(|issuer| issuer.subject()).collect();
        assert_eq!(names, ["CN=Intermediate,O=Example", "CN=Root,O=Example"]);
        for (file, anchors, why) in [
            ("chain-without-intermediate.cert", &roots, Distrust::NoIssuer),
            ("chain-short.cert", &root, Distrust::NoIssuer),
            ("rsa2048-sha256.cert", &roots, Distrust::NoIssuer),
            ("chain.cert", &impostor, Distrust::SignatureMismatch),
            ("chain-with-root.cert", &impostor, Distrust::SignatureMismatch),
            ("chain-server.cert", &roots, Distrust::OtherPurpose),
            ("chain-encipher.cert", &roots, Distrust::OtherPurpose),
            ("chain-demand.cert", &roots, Distrust::UnknownDemand),
            ("chain-sha1.cert", &roots, Distrust::WeakSignature),
            ("chain-no-authority.cert", &roots, Distrust::NotAuthority),
            ("chain-mute.cert", &roots, Distrust::NotAuthority),
            ("chain-too-long.cert", &roots, Distrust::TooLong),
            ("chain-weak-key.cert", &roots, Distrust::WeakKey),
        ] {
            let report = package.verify(file, Some(anchors));
            assert_eq!(report.distrust, Some(why), "{file}");
            assert_eq!((report.trusted, report.is_trusted()), (Some(false), false), "{file}");
            assert!(report.is_verified() && report.path.is_empty(), "{file}");
            assert!(told(&report).contains(&"untrusted-certificate"), "{file}");
        }
        // The signature is by the second certificate, and the first counts.
        let report = package.verify("chain-backwards.cert", Some(&roots));
        assert_eq!(report.signature, Signature::Invalid { by: Some(2) });
    });
}

#[test]
fn a_trusted_signer_needs_no_issuer() {
    let package = Package::at(folder());
    for file in ["rsa2048-sha256.cert", "chain.cert", "p384-sha512.cert"] {
        let pem = parse(&package.text(file)).certificate.signer().unwrap().pem();
        let anchors = TrustAnchors::from_pem(&pem).unwrap();
        let report = package.verify(file, Some(&anchors));
        assert!(report.is_trusted() && report.path.is_empty(), "{file}");
        assert_eq!(report.self_signed, file != "chain.cert");
    }
}

#[test]
fn validity_ends_with_its_last_second() {
    let package = Package::at(folder());
    let roots = package.anchors("roots.pem");
    let file = parse(&package.text("chain.cert")).certificate;
    let signer = file.signer().unwrap();
    let (first, last) = (signer.not_before(), signer.not_after());
    let root = roots.iter().next().unwrap();
    assert!(root.not_before() <= first && last < root.not_after());
    for (at, expired, early, trusted) in [
        (0, false, true, false),
        (first - 1, false, true, false),
        (first, false, false, true),
        (last, false, false, true),
        (last + 1, true, false, true),
        (root.not_after() + 1, true, false, false),
        (u64::MAX, true, false, false),
    ] {
        let trust = Trust::new().anchors(&roots).at(at);
        let report = file.verify("vm.mf", &package.manifest, &trust);
        assert_eq!((report.expired, report.not_yet_valid), (Some(expired), Some(early)), "{at}");
        // An intermediate may be valid a second longer or shorter than the signer.
        if ![first - 1, last + 1].contains(&at) {
            assert_eq!(report.trusted, Some(trusted), "{at}");
        }
        assert_eq!(report.is_trusted(), !expired && !early);
        assert!(report.is_verified(), "what time it is says nothing on the signature");
        let told = told(&report);
        assert_eq!(told.contains(&"certificate-expired"), expired, "{at}");
        assert_eq!(told.contains(&"certificate-not-yet-valid"), early, "{at}");
    }
    let report = file.verify("vm.mf", &package.manifest, &Trust::new());
    assert_eq!((report.expired, report.not_yet_valid, report.trusted), (None, None, None));
    assert_eq!(told(&report), ["certificate-time-not-checked", "certificate-trust-not-checked"]);
    assert!(report.is_verified() && !report.is_trusted());
}

#[test]
fn another_manifest_is_not_signed() {
    everywhere(|package| {
        for file in ["rsa2048-sha256.cert", "p256-sha256.cert", "p384-sha384.cert"] {
            let text = package.text(file);
            let certificate = parse(&text).certificate;
            assert_eq!(certificate.manifest_name(), Some("vm.mf"));
            let trust = Trust::new();
            // On curves it takes a hundred times as long as with RSA.
            let step = if file.starts_with("rsa") { 1 } else { 13 };
            for bit in (0..package.manifest.len() * 8).step_by(step) {
                let mut manifest = package.manifest.clone();
                manifest[bit / 8] ^= 1 << (bit % 8);
                let report = certificate.verify("vm.mf", &manifest, &trust);
                assert_eq!(report.signature, Signature::Invalid { by: None }, "{file} bit {bit}");
                if bit == 0 {
                    assert!(told(&report).contains(&"signature-mismatch"));
                }
            }
            let report = certificate.verify("other.mf", &package.manifest, &trust);
            assert!(report.signature == Signature::Valid && !report.names_manifest);
            assert!(!report.is_verified());
            assert!(told(&report).contains(&"signature-of-another-manifest"));
            assert!(certificate.verify("./vm.mf", &package.manifest, &trust).is_verified());
        }
    });
}

#[test]
fn no_bit_of_a_signature_may_differ() {
    let package = Package::at(folder());
    for file in ["rsa2048-sha256.cert", "p256-sha256.cert", "p384-sha384.cert"] {
        let text = package.text(file);
        let (line, rest) = text.split_once('\n').unwrap();
        let (head, hex) = line.split_once("= ").unwrap();
        for at in 0..hex.len() {
            let digit = u8::from_str_radix(&hex[at..=at], 16).unwrap();
            for bit in 0..4 {
                let digit = digit ^ (1 << bit);
                let text = format!("{head}= {}{digit:x}{}\n{rest}", &hex[..at], &hex[at + 1..]);
                let parsed = parse(&text);
                let report = parsed.certificate.verify("vm.mf", &package.manifest, &Trust::new());
                assert_eq!(report.signature, Signature::Invalid { by: None }, "{file} {at}");
            }
        }
    }
}

#[test]
fn no_bit_of_a_self_signed_certificate_may_differ() {
    let package = Package::at(folder());
    for file in ["rsa2048-sha256.cert", "p256-sha256.cert"] {
        let text = package.text(file);
        let good = parse(&text).certificate;
        let signer = good.signer().unwrap();
        let (line, _) = text.split_once('\n').unwrap();
        // The bytes of an RSA certificate are many: every third bit of it.
        for bit in (0..signer.der().len() * 8).step_by(if file.starts_with("rsa") { 3 } else { 1 })
        {
            let mut der = signer.der().to_vec();
            der[bit / 8] ^= 1 << (bit % 8);
            let parsed = parse(&format!("{line}\n{}", pem(&der)));
            let report = parsed.certificate.verify("vm.mf", &package.manifest, &Trust::new());
            let is_intact = parsed.diagnostics.is_empty()
                && report.is_verified()
                && (report.self_signed || report.signer.as_ref() == Some(signer));
            assert!(!is_intact, "{file} bit {bit}");
        }
    }
}

#[test]
fn damaged_certificates_are_told() {
    let package = Package::at(folder());
    let text = package.text("chain.cert");
    let good = parse(&text).certificate;
    let (line, _) = text.split_once('\n').unwrap();
    let ders: Vec<Vec<u8>> = good.certificates().map(|c| c.der().to_vec()).collect();
    let mut der = ders[0].clone();
    let at = der.windows(4).position(|bytes| bytes == b"Leaf").unwrap();
    der[at] ^= 1;
    let parsed = parse(&format!("{line}\n{}{}", pem(&der), pem(&ders[1])));
    assert!(parsed.diagnostics.is_empty());
    let report = parsed.certificate.verify("vm.mf", &package.manifest, &Trust::new());
    assert_eq!(report.signature, Signature::Valid, "the key is still the same");
    assert!(!report.is_verified());
    assert_eq!(report.unsigned, [report.signer.as_ref().unwrap().span()]);
    assert!(told(&report).contains(&"certificate-signature-mismatch"));
}

/// Certificates that all have one name, so that each may be the issuer of each.
#[test]
fn a_maze_of_certificates_costs_no_more_than_the_budget() {
    let package = Package::at(folder());
    let impostor = package.text("impostor.pem");
    let der = TrustAnchors::from_pem(&impostor).unwrap().iter().next().unwrap().der().to_vec();
    let text = package.text("chain.cert");
    let mut maze = text.clone();
    for at in 0..400_u16 {
        let mut der = der.clone();
        let end = der.len();
        der[end - 2..].copy_from_slice(&at.to_be_bytes());
        maze.push_str(&pem(&der));
    }
    let mut limits = Limits::default();
    assert!(!CertificateFile::parse(&maze, &limits).complete, "over both limits");
    limits.certificate_bytes = usize::MAX;
    let parsed = CertificateFile::parse(&maze, &limits);
    assert!(!parsed.complete);
    assert_eq!(parsed.certificate.certificates().count(), limits.certificates);
    limits.certificates = usize::MAX;
    let parsed = CertificateFile::parse(&maze, &limits);
    assert!(parsed.complete);
    let narrow = package.anchors("narrow.pem");
    let trust = Trust::new().anchors(&narrow);
    let report = parsed.certificate.verify("vm.mf", &package.manifest, &trust);
    assert_eq!(report.distrust, Some(Distrust::TooMuchWork));
}

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

#[test]
fn reasons_have_their_words() {
    for (why, words) in [
        (Distrust::NoIssuer, "no certificate of its issuer is known"),
        (Distrust::SignatureMismatch, "a certificate is not signed by its issuer"),
        (Distrust::Unsupported, "a certificate is signed in a way that is not known here"),
        (Distrust::WeakSignature, "a certificate is signed over a SHA-1 digest"),
        (Distrust::WeakKey, "a key of the chain is too short"),
        (Distrust::NotAuthority, "an issuer may not issue certificates"),
        (Distrust::TooLong, "the chain is longer than an issuer allows"),
        (Distrust::NotValid, "the certificate of an issuer is not valid at the time"),
        (Distrust::UnknownDemand, "a certificate has a critical extension that is not understood"),
        (Distrust::OtherPurpose, "a certificate is not for signing files"),
        (Distrust::TooMuchWork, "too many signatures would have to be checked"),
    ] {
        assert_eq!(why.to_string(), words);
    }
    for (obstacle, words) in [
        (Obstacle::NoSignature, "there is no signature"),
        (Obstacle::UnsupportedKey, "the signer's key is of a kind that is not known here"),
        (Obstacle::KeySize { bits: 768 }, "the signer's key has 768 bits, not 1024 to 8192"),
        (Obstacle::KeyExponent, "the exponent of the signer's key is unusable"),
    ] {
        assert_eq!(obstacle.to_string(), words);
    }
    let keys = [KeyKind::Rsa { bits: 2048 }, KeyKind::P256, KeyKind::P384];
    assert_eq!(keys.map(|key| key.to_string()), ["RSA of 2048 bits", "P-256", "P-384"]);
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
fn anchors_are_read_from_bundles() {
    let package = Package::at(folder());
    let root = package.text("root.pem");
    let bundle =
        format!("# Example\r\n{}\n\n{}", root.replace('\n', "\r\n"), package.text("narrow.pem"));
    let anchors = TrustAnchors::from_pem(&bundle).unwrap();
    let names: Vec<_> = anchors.iter().map(|c| c.subject()).collect();
    assert_eq!(names, ["CN=Root,O=Example", "CN=Narrow,O=Example"]);
    assert_eq!(anchors.iter().next().unwrap().pem(), root);
    assert_eq!(TrustAnchors::from_pem("nothing").unwrap_err(), AnchorError::None);
    let broken = format!("{root}{}", root.replace("MII", "MIJ"));
    assert!(matches!(
        TrustAnchors::from_pem(&broken),
        Err(AnchorError::Unreadable { number: 2, .. })
    ));
}

fn pem(der: &[u8]) -> String {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

/// A text, the codes it has to give when it is read, and why the signature is then not checked.
type Case = (&'static str, String, &'static [&'static str], Option<Obstacle>);

fn cases() -> Vec<Case> {
    let package = Package::at(folder());
    let good = package.text("p256-sha256.cert");
    let sha1 = package.text("p256-sha1.cert");
    let (line, block) = good.split_once('\n').unwrap();
    let hex = line.rsplit(' ').next().unwrap();
    let with = |line: &str| format!("{line}\n{block}");
    let (block_head, block_body) = block.split_once('\n').unwrap();
    let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
    let style: &[&str] = &["certificate-file-style"];
    vec![
        ("good", good.clone(), &[], None),
        ("sha1", sha1, &["weak-signature-digest"], None),
        ("crlf", good.replace('\n', "\r\n"), style, None),
        ("cr", good.replace('\n', "\r"), style, None),
        ("bom", format!("\u{FEFF}{good}"), style, None),
        ("no end", good.trim_end().to_owned(), style, None),
        ("blank before (", with(&line.replace("(", " (")), style, None),
        (
            "blanks",
            with(&line.replace("(", " (").replace(")=", ") =")),
            &["certificate-file-style", "certificate-file-style"],
            None,
        ),
        ("no blank", with(&line.replace("= ", "=")), style, None),
        ("trailing", with(&format!("{line} ")), style, None),
        ("alias", with(&line.replace("SHA256", "SHA2-256")), style, None),
        ("dot", with(&line.replace("vm.mf", "./vm.mf")), style, None),
        ("upper case", with(&format!("SHA256(vm.mf)= {}", hex.to_uppercase())), style, None),
        ("empty line", format!("{line}\n\n{block}"), style, None),
        (
            "text",
            format!("{line}\nsubject=CN = Example Signer\n{block}"),
            &["text-outside-certificates"],
            None,
        ),
        ("text behind", format!("{good}issuer=x\n# c\n"), &["text-outside-certificates"], None),
        (
            "other block",
            format!("{good}-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
            &["unexpected-pem-block"],
            None,
        ),
        ("not first", format!("{block}{line}\n"), &["signature-not-first"], None),
        (
            "no signature line",
            format!("SHA256 vm.mf 5f2c\n{block}"),
            &["malformed-signature-line"],
            Some(Obstacle::UnreadableSignature),
        ),
        ("no signature", block.to_owned(), &["signature-missing"], Some(Obstacle::NoSignature)),
        (
            "two",
            format!("{line}\n{line}\n{block}"),
            &["several-signatures"],
            Some(Obstacle::SeveralSignatures),
        ),
        (
            "two digests",
            format!("SHA1(vm.mf)= 5f2c\nSHA256(vm.mf)= 5f2c\n{block}"),
            &["weak-signature-digest", "several-signatures"],
            Some(Obstacle::SeveralSignatures),
        ),
        (
            "base64",
            with("SHA256(vm.mf)= XywK"),
            &["signature-not-hexadecimal"],
            Some(Obstacle::UnreadableSignature),
        ),
        (
            "odd",
            with(&line[..line.len() - 1]),
            &["signature-not-hexadecimal"],
            Some(Obstacle::UnreadableSignature),
        ),
        (
            "nothing",
            with("SHA256(vm.mf)= "),
            &["signature-not-hexadecimal", "certificate-file-style"],
            Some(Obstacle::UnreadableSignature),
        ),
        (
            "unknown",
            with(&line.replace("SHA256", "SHA3-256")),
            &["unknown-signature-digest"],
            Some(Obstacle::UnusableDigest),
        ),
        (
            "md5",
            with(&line.replace("SHA256", "MD5")),
            &["broken-signature-digest"],
            Some(Obstacle::UnusableDigest),
        ),
        (
            "no certificate",
            format!("{line}\n"),
            &["certificate-missing"],
            Some(Obstacle::NoCertificate),
        ),
        (
            "empty",
            String::new(),
            &["signature-missing", "certificate-missing"],
            Some(Obstacle::NoSignature),
        ),
        (
            "no base64",
            format!("{line}\n{block_head}\nthis is not base64\n{block_body}"),
            &["malformed-pem-block"],
            Some(Obstacle::UnreadableCertificate),
        ),
        (
            "cut",
            good[..good.len() - 40].to_owned(),
            &["malformed-pem-block", "certificate-file-style"],
            Some(Obstacle::UnreadableCertificate),
        ),
        (
            "other end",
            good.replace("END CERTIFICATE", "END KEY"),
            &["malformed-pem-block"],
            Some(Obstacle::UnreadableCertificate),
        ),
        (
            "nested",
            format!("{line}\n{block_head}\n{block}"),
            &["malformed-pem-block"],
            Some(Obstacle::UnreadableCertificate),
        ),
        (
            "no DER",
            format!("{line}\n{block_head}\nAAAA\n-----END CERTIFICATE-----\n"),
            &["malformed-certificate"],
            Some(Obstacle::UnreadableCertificate),
        ),
        (
            "key",
            format!("{good}{key}"),
            &["private-key-in-certificate-file"],
            Some(Obstacle::PrivateKey),
        ),
        (
            "key in front",
            format!("{key}{good}"),
            &["private-key-in-certificate-file"],
            Some(Obstacle::PrivateKey),
        ),
        (
            "encrypted key",
            format!("{good}{}", key.replace("PRIVATE", "ENCRYPTED PRIVATE")),
            &["private-key-in-certificate-file"],
            Some(Obstacle::PrivateKey),
        ),
        (
            "RSA key",
            format!("{good}{}", key.replace("PRIVATE", "RSA PRIVATE")),
            &["private-key-in-certificate-file"],
            Some(Obstacle::PrivateKey),
        ),
    ]
}

#[test]
fn every_form_gives_its_findings() {
    let package = Package::at(folder());
    for (name, text, expected, obstacle) in cases() {
        let parsed = parse(&text);
        assert_eq!(codes(&parsed.diagnostics), expected, "{name}");
        assert!(parsed.complete, "{name}");
        let report = parsed.certificate.verify("vm.mf", &package.manifest, &Trust::new());
        let wanted = obstacle.map_or(Signature::Valid, Signature::NotChecked);
        assert_eq!(report.signature, wanted, "{name}");
        assert_eq!(report.is_verified(), obstacle.is_none(), "{name}");
        assert_eq!(told(&report).contains(&"signature-not-checked"), obstacle.is_some(), "{name}");
        for found in &parsed.diagnostics {
            assert!(!found.message.contains("c2VjcmV0"), "{name}: a key is shown");
            assert!(text.get(found.span.range()).is_some(), "{name}: {:?}", found.span);
        }
        // Strictly read, a deviation of the form is an error.
        let strict = Policy::new().strictness(Strictness::Strict);
        let strict = CertificateFile::parse_with(&text, strict, &Limits::default());
        let is_refused = |found: &ovf::Diagnostic| found.severity == Severity::Error;
        let is_weak = expected == ["weak-signature-digest"];
        assert_eq!(
            strict.diagnostics.iter().any(is_refused),
            !expected.is_empty() && !is_weak,
            "{name}"
        );
    }
}

#[test]
fn limits_are_told() {
    let good = Package::at(folder()).text("chain.cert");
    let limited = |set: fn(&mut Limits, usize), value| {
        let mut limits = Limits::default();
        set(&mut limits, value);
        let parsed = CertificateFile::parse(&good, &limits);
        let is_told = parsed.diagnostics.iter().any(|found| found.code == Code::LIMIT_REACHED);
        assert_eq!(is_told, !parsed.complete);
        (parsed.complete, parsed.certificate.certificates().count())
    };
    let bytes: fn(&mut Limits, usize) = |limits, value| limits.certificate_bytes = value;
    assert_eq!(limited(bytes, good.len()), (true, 2));
    assert_eq!(limited(bytes, good.len() - 1), (false, 0));
    let count: fn(&mut Limits, usize) = |limits, value| limits.certificates = value;
    assert_eq!(limited(count, 2), (true, 2));
    assert_eq!(limited(count, 1), (false, 1));
    let line: fn(&mut Limits, usize) = |limits, value| limits.manifest_line_bytes = value;
    let length = good.lines().next().unwrap().len();
    assert_eq!(limited(line, length), (true, 2));
    assert_eq!(limited(line, length - 1), (false, 2));
}

/// Codes whose example describes what stands in no file by itself.
const IN_WORDS: &[Code] = &[
    Code::SIGNATURE_MISSING,
    Code::CERTIFICATE_MISSING,
    Code::SIGNATURE_OF_ANOTHER_MANIFEST,
    Code::SIGNATURE_MISMATCH,
    Code::SIGNATURE_NOT_CHECKED,
    Code::WEAK_SIGNING_KEY,
    Code::SELF_SIGNED_CERTIFICATE,
    Code::CERTIFICATE_EXPIRED,
    Code::CERTIFICATE_NOT_YET_VALID,
    Code::UNTRUSTED_CERTIFICATE,
    Code::CERTIFICATE_SIGNATURE_MISMATCH,
    Code::CERTIFICATE_TIME_NOT_CHECKED,
    Code::CERTIFICATE_TRUST_NOT_CHECKED,
];

/// What a report tells is tested above; what reading tells is shown, by its example, in a case.
#[test]
fn every_code_of_reading_has_a_case_that_shows_its_example() {
    let cases = cases();
    let range = Code::MALFORMED_SIGNATURE_LINE.id()..=Code::CERTIFICATE_TRUST_NOT_CHECKED.id();
    let codes: BTreeSet<Code> = Code::all().filter(|code| range.contains(&code.id())).collect();
    assert_eq!(codes.len(), 26);
    for code in codes {
        let shows: Vec<_> =
            cases.iter().filter(|(_, _, told, _)| told.contains(&code.name())).collect();
        let example = support::example(code).join("\n");
        assert!(
            IN_WORDS.contains(&code) || shows.iter().any(|(_, text, ..)| text.contains(&example)),
            "{code:?}: {example:?} is in no case"
        );
    }
}

#[test]
fn no_mutation_makes_it_panic() {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    let package = Package::at(folder());
    let roots = package.anchors("roots.pem");
    let seeds: Vec<Vec<u8>> = ["chain.cert", "rsa2048-sha256.cert", "p384-sha1.cert"]
        .map(|name| package.bytes(name))
        .into();
    let mut runner =
        TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(400) });
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..3_u8);
    let input = (0..seeds.len(), prop::collection::vec(change, 1..6));
    runner
        .run(&input, |(seed, changes)| {
            let mut bytes = seeds[seed].clone();
            for (at, byte, how) in changes {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ => drop(bytes.remove(at)),
                }
            }
            let text = Manifest::decode(&bytes);
            let parsed = parse(&text);
            let trust = Trust::new().anchors(&roots).at(0);
            let report = parsed.certificate.verify("vm.mf", &package.manifest, &trust);
            prop_assert!(told(&report).len() <= 8);
            prop_assert!(report.warnings(&[]).len() <= 4);
            Ok(())
        })
        .unwrap();
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
