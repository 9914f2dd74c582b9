//! What a signature is over, and that nothing of it may differ.

use ovf::digest::Algorithm;
use ovf::manifest::certificate::{KeyKind, Obstacle, Signature, Trust};

use crate::{Package, everywhere, folder, parse, pem, told};

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
