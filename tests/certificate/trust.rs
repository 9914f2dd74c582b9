//! Whom a certificate is trusted by, and when.

use ovf::Limits;
use ovf::manifest::certificate::{
    AnchorError, CertificateFile, Distrust, KeyKind, Obstacle, Signature, Trust, TrustAnchors,
};

use crate::{Package, everywhere, folder, in_version_1, parse, pem, told};

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

/// Version 1 cannot say who may issue certificates. Of an anchor whoever trusts it says so; of others nobody.
#[test]
fn issuers_of_version_1_are_anchors_or_none() {
    let package = Package::at(folder());
    let root = package.anchors("root.pem");
    let old = pem(&in_version_1(root.iter().next().unwrap().der()));
    let old = TrustAnchors::from_pem(&old).unwrap();
    assert!(package.verify("chain.cert", Some(&old)).is_trusted());

    let text = package.text("chain.cert");
    let issuer = parse(&text).certificate.certificates().nth(1).unwrap().clone();
    let text = text.replace(&issuer.pem(), &pem(&in_version_1(issuer.der())));
    let trust = Trust::new().anchors(&root);
    let report = parse(&text).certificate.verify("vm.mf", &package.manifest, &trust);
    assert_eq!(report.others.len(), 1);
    assert_eq!(report.distrust, Some(Distrust::NotAuthority));
}

/// A certificate of the file, with a piece of it exchanged for another that is as long.
fn changed(package: &Package, file: &str, old: &[u8], new: &[u8]) -> String {
    let text = package.text(file);
    let signer = parse(&text).certificate.signer().unwrap().clone();
    let mut der = signer.der().to_vec();
    let places: Vec<usize> = (0..der.len()).filter(|&at| der[at..].starts_with(old)).collect();
    assert_eq!(places.len(), 1, "{file}");
    der[places[0]..places[0] + new.len()].copy_from_slice(new);
    text.replace(&signer.pem(), &pem(&der))
}

/// A critical extension that only names the subject another way demands nothing. The certificate is
/// not as it was signed, which is found out because the search goes on.
#[test]
fn names_and_policies_demand_nothing() {
    let package = Package::at(folder());
    let roots = package.anchors("roots.pem");
    for (extension, why) in [
        ([0x2A, 3, 4], Distrust::UnknownDemand),
        // Subject alternative names, policies, name constraints.
        ([0x55, 0x1D, 17], Distrust::SignatureMismatch),
        ([0x55, 0x1D, 32], Distrust::SignatureMismatch),
        ([0x55, 0x1D, 30], Distrust::UnknownDemand),
    ] {
        let text = changed(
            &package,
            "chain-demand.cert",
            &[6, 3, 0x2A, 3, 4],
            &[&[6, 3], &extension[..]].concat(),
        );
        let trust = Trust::new().anchors(&roots);
        let report = parse(&text).certificate.verify("vm.mf", &package.manifest, &trust);
        assert_eq!(report.distrust, Some(why), "{extension:?}");
    }
}

/// RFC 5280 4.2: which of two counted would depend on who reads it.
#[test]
fn an_extension_stands_once() {
    let package = Package::at(folder());
    let text =
        changed(&package, "p256-sha256.cert", &[6, 3, 0x55, 0x1D, 37], &[6, 3, 0x55, 0x1D, 15]);
    let parsed = parse(&text);
    let [found] = &parsed.diagnostics[..] else { panic!("{:?}", parsed.diagnostics) };
    assert_eq!(found.code.name(), "malformed-certificate");
    assert!(found.message.contains("an extension stands there twice"), "{}", found.message);
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
    // The days they were made for.
    assert_eq!(last - first, 3000 * 24 * 60 * 60);
    assert_eq!(root.not_after() - root.not_before(), 3650 * 24 * 60 * 60);
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
