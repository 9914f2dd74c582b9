//! Whom a certificate is trusted by, and when.

use ovf::Limits;
use ovf::manifest::certificate::{
    AnchorError, CertificateFile, Distrust, KeyKind, Obstacle, Signature, Trust, TrustAnchors,
};

use crate::{Package, everywhere, folder, parse, pem, told};

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
