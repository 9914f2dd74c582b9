//! Block 6, second part: the certificate file and what comes of verifying its signature.

use super::codes;

codes! {
    /// The first line of the certificate file is no signature.
    ///
    /// It has the form of a line of the manifest, with the signature in the place of the digest. What else
    /// stands there was not made by a tool that signs packages, or was damaged.
    ///
    /// ```text
    /// SHA256 vm.mf 5f2c
    /// ```
    ///
    /// Write the algorithm, the name of the manifest in parentheses, `= ` and the signature in hex digits.
    MALFORMED_SIGNATURE_LINE = 6060, "malformed-signature-line", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The certificate file has no signature.
    ///
    /// Certificates alone prove nothing: without the line with the signature the package is not signed.
    ///
    /// ```text
    /// a file that begins with -----BEGIN CERTIFICATE----- and has nothing else
    /// ```
    ///
    /// Sign the manifest, and put the signature in the first line.
    SIGNATURE_MISSING = 6061, "signature-missing", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The certificate file has more than one signature.
    ///
    /// Which of them counts depends on the importer, so none does.
    ///
    /// ```text
    /// SHA1(vm.mf)= 5f2c
    /// SHA256(vm.mf)= 5f2c
    /// ```
    ///
    /// Keep one line, in front of the certificates.
    SEVERAL_SIGNATURES = 6062, "several-signatures", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The signature is not in the first line of the certificate file.
    ///
    /// Importers read the first line and the certificates after it.
    ///
    /// ```text
    /// -----END CERTIFICATE-----
    /// SHA256(vm.mf)=
    /// ```
    ///
    /// Put the line in front of everything else.
    SIGNATURE_NOT_FIRST = 6063, "signature-not-first", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The signature is not written in hex digits.
    ///
    /// Each byte takes two of them. Base64 is for the certificates, not for the signature.
    ///
    /// ```text
    /// SHA256(vm.mf)= XywK
    /// ```
    ///
    /// Write each byte of the signature as two lower-case hex digits.
    SIGNATURE_NOT_HEXADECIMAL = 6064, "signature-not-hexadecimal", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The signature is over a digest that is not known.
    ///
    /// Whether it is right cannot be said.
    ///
    /// ```text
    /// SHA3-256(vm.mf)=
    /// ```
    ///
    /// Sign a SHA256 digest.
    UNKNOWN_SIGNATURE_DIGEST = 6065, "unknown-signature-digest", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The signature is over an MD5 digest.
    ///
    /// Anyone can make another manifest with the same MD5 digest, so the signature proves nothing.
    ///
    /// ```text
    /// MD5(vm.mf)=
    /// ```
    ///
    /// Sign a SHA256 digest.
    BROKEN_SIGNATURE_DIGEST = 6066, "broken-signature-digest", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The signature is over a SHA-1 digest.
    ///
    /// Two manifests with one SHA-1 digest can be made at a price. Version 1 of the standard knows no other
    /// algorithm, so old packages and importers have it.
    ///
    /// ```text
    /// SHA1(vm.mf)=
    /// ```
    ///
    /// Sign a SHA256 digest, unless the importer knows only SHA1.
    WEAK_SIGNATURE_DIGEST = 6067, "weak-signature-digest", Warning, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The certificate file deviates from the form of the standard.
    ///
    /// The form leaves no choice: `SHA256(vm.mf)= ` and the signature, lines that end in LF, nothing between
    /// the parts. What is meant is clear, but not to every importer.
    ///
    /// ```text
    /// SHA256 (vm.mf) =
    /// ```
    ///
    /// Write the file in the form of the standard.
    CERTIFICATE_FILE_STYLE = 6068, "certificate-file-style", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The certificate file has no certificate.
    ///
    /// Without the key of whoever signed the signature cannot be checked.
    ///
    /// ```text
    /// a file with the line of the signature alone
    /// ```
    ///
    /// Add the certificate of the signer in PEM after the signature.
    CERTIFICATE_MISSING = 6069, "certificate-missing", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A certificate is not in PEM.
    ///
    /// Between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----` stands base64 and nothing else.
    /// The file was cut short or damaged.
    ///
    /// ```text
    /// -----BEGIN CERTIFICATE-----
    /// this is not base64
    /// ```
    ///
    /// Put the certificate there again.
    MALFORMED_PEM_BLOCK = 6070, "malformed-pem-block", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A private key is in the certificate file.
    ///
    /// Whoever has the package can now sign in the name of the owner, so no signature by this key proves
    /// anything any more.
    ///
    /// ```text
    /// -----BEGIN PRIVATE KEY-----
    /// ```
    ///
    /// Take the package back, have the certificate revoked, and sign with a new key.
    PRIVATE_KEY_IN_CERTIFICATE_FILE = 6071, "private-key-in-certificate-file", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// A block of the certificate file is no certificate.
    ///
    /// The file has the signature and certificates. Other readers stop at such a block, or take it for one.
    ///
    /// ```text
    /// -----BEGIN PUBLIC KEY-----
    /// ```
    ///
    /// Leave only the blocks with certificates.
    UNEXPECTED_PEM_BLOCK = 6072, "unexpected-pem-block", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// There is text outside the certificates.
    ///
    /// Tools that write certificates like to add what is in them as text. Importers do not expect it.
    ///
    /// ```text
    /// subject=CN = Example Signer
    /// ```
    ///
    /// Remove everything but the signature and the blocks.
    TEXT_OUTSIDE_CERTIFICATES = 6073, "text-outside-certificates", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A certificate is no X.509 certificate.
    ///
    /// The base64 can be read, but what is in it cannot: it was damaged, or is something else.
    ///
    /// ```text
    /// -----BEGIN CERTIFICATE-----
    /// AAAA
    /// ```
    ///
    /// Put the certificate there again.
    MALFORMED_CERTIFICATE = 6074, "malformed-certificate", Error, "RFC 5280 4.1", ParseError, OvfInvalidPackage;

    /// The signature is for a manifest of another name.
    ///
    /// The line names the manifest that was signed. It is that of this package, so another name says that the
    /// certificate file belongs to another package, or that the package was renamed in parts.
    ///
    /// ```text
    /// SHA256(other.mf)= in a package with vm.mf
    /// ```
    ///
    /// Sign the manifest of this package, with its name in the line.
    SIGNATURE_OF_ANOTHER_MANIFEST = 6075, "signature-of-another-manifest", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The signature is not over this manifest.
    ///
    /// The manifest was changed after it was signed, or the signature or the certificate is another one. All
    /// digests of the manifest are then worth nothing.
    ///
    /// ```text
    /// SHA256(vm.mf)= and the signature of another manifest
    /// ```
    ///
    /// Fetch the package again; if you changed the manifest yourself, sign it anew.
    SIGNATURE_MISMATCH = 6076, "signature-mismatch", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The signature could not be checked.
    ///
    /// It may be right or wrong: nothing is known. The finding says what was in the way.
    ///
    /// ```text
    /// a signature with a key of a kind that is not known here
    /// ```
    ///
    /// Sign with RSA of 2048 bits or more, or on P-256 or P-384.
    SIGNATURE_NOT_CHECKED = 6077, "signature-not-checked", Tolerated, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The key that signed is too short.
    ///
    /// RSA keys under 2048 bits can be broken by those who want to. The signature fits, but does not count
    /// as verified.
    ///
    /// ```text
    /// a certificate with an RSA key of 1024 bits
    /// ```
    ///
    /// Sign with RSA of 2048 bits or more, or on P-256 or P-384.
    WEAK_SIGNING_KEY = 6078, "weak-signing-key", Tolerated, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The signer's certificate is self-signed.
    ///
    /// Anyone can make one, with any name in it. vCenter calls it SELF_SIGNED_CERTIFICATE.
    ///
    /// ```text
    /// a certificate whose issuer is its subject
    /// ```
    ///
    /// Compare it with one that you had from its owner another way, or sign with one from an authority.
    SELF_SIGNED_CERTIFICATE = 6079, "self-signed-certificate", Warning, "RFC 5280 6.1", ValidationError, OvfInvalidPackage;

    /// The signer's certificate has expired.
    ///
    /// Whether the package was signed before that cannot be told: the signature has no time. vCenter calls it
    /// EXPIRED_CERTIFICATE.
    ///
    /// ```text
    /// a certificate that was valid until last year
    /// ```
    ///
    /// Sign with a certificate that is valid.
    CERTIFICATE_EXPIRED = 6080, "certificate-expired", Warning, "RFC 5280 6.1", ValidationError, OvfInvalidPackage;

    /// The signer's certificate is not valid yet.
    ///
    /// A clock is wrong, here or where it was issued. vCenter calls it NOT_YET_VALID_CERTIFICATE.
    ///
    /// ```text
    /// a certificate that is valid from next year on
    /// ```
    ///
    /// Check the clock, or wait.
    CERTIFICATE_NOT_YET_VALID = 6081, "certificate-not-yet-valid", Warning, "RFC 5280 6.1", ValidationError, OvfInvalidPackage;

    /// Nobody who is trusted vouches for the signer.
    ///
    /// No chain of certificates leads from the signer to one of the trust anchors. The finding says what was
    /// in the way. vCenter calls it UNTRUSTED_CERTIFICATE.
    ///
    /// ```text
    /// a certificate whose issuer is neither in the file nor among the anchors
    /// ```
    ///
    /// Add the intermediate certificates to the file, or the root to the trust anchors if you trust its owner.
    UNTRUSTED_CERTIFICATE = 6082, "untrusted-certificate", Warning, "RFC 5280 6.1", ValidationError, OvfInvalidPackage;

    /// A certificate is not signed by its issuer.
    ///
    /// The certificate of the issuer is in the file, and its key did not make the signature: one of the two was
    /// changed or forged.
    ///
    /// ```text
    /// a self-signed certificate with one bit of its subject changed
    /// ```
    ///
    /// Put the certificates there as they were issued.
    CERTIFICATE_SIGNATURE_MISMATCH = 6083, "certificate-signature-mismatch", Error, "RFC 5280 4.1", ValidationError, OvfInvalidPackage;

    /// It was not checked whether the certificate is valid now.
    ///
    /// No time was given, and the library has no clock.
    ///
    /// ```text
    /// a signed package verified without a time
    /// ```
    ///
    /// Say for what time to answer.
    CERTIFICATE_TIME_NOT_CHECKED = 6084, "certificate-time-not-checked", Info, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// It was not checked whether the signer is trusted.
    ///
    /// No trust anchors were given, and the library has none of its own.
    ///
    /// ```text
    /// a signed package verified without trust anchors
    /// ```
    ///
    /// Say whom you trust.
    CERTIFICATE_TRUST_NOT_CHECKED = 6085, "certificate-trust-not-checked", Info, "DSP0243 5.1", ValidationError, OvfInvalidPackage;
}
