//! The forms certificate files come in.

use std::collections::BTreeSet;

use ovf::manifest::Manifest;
use ovf::manifest::certificate::{CertificateFile, Obstacle, Signature, Trust};
use ovf::{Code, Limits, Policy, Severity, Strictness};

use crate::{Package, codes, folder, parse, support, told};

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
