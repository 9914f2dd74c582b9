//! One X.509 certificate (RFC 5280).

use std::fmt::Write as _;

use x509_cert::certificate::{CertificateInner, Raw, Version};
use x509_cert::der::asn1::{AnyRef, ObjectIdentifier};
use x509_cert::der::{Decode as _, Encode as _, Reader as _, SliceReader};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::time::Time;

use super::key::{KeyKind, PublicKey, SignatureAlgorithm};
use super::pem;
use crate::diagnostic::one_line;
use crate::span::Span;

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
/// Extensions that ask nothing of whoever verifies a signature over a file: names besides the subject,
/// and policies where none is demanded (RFC 5280 4.2.1.4, 4.2.1.6).
const HARMLESS: [ObjectIdentifier; 2] =
    [ObjectIdentifier::new_unwrap("2.5.29.17"), ObjectIdentifier::new_unwrap("2.5.29.32")];
/// `id-kp-codeSigning`, and any purpose (RFC 5280 4.2.1.12).
const SIGNING_PURPOSES: [ObjectIdentifier; 2] = [
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3"),
    ObjectIdentifier::new_unwrap("2.5.29.37.0"),
];

/// A certificate.
#[derive(Clone, Debug)]
pub struct Certificate {
    der: Box<[u8]>,
    span: Span,
    /// What its signature is over.
    signed: Box<[u8]>,
    signature: Box<[u8]>,
    /// None for one that is not known here.
    pub(super) algorithm: Option<SignatureAlgorithm>,
    pub(super) key: PublicKey,
    subject: Name,
    issuer: Name,
    serial: String,
    not_before: Time,
    not_after: Time,
    pub(super) authority: Authority,
    /// `keyCertSign`; true without the extension.
    pub(super) may_sign_certificates: bool,
    /// `digitalSignature` or `nonRepudiation`; true without the extension.
    pub(super) may_sign_files: bool,
    /// Code signing is among its purposes, or it has no list of them.
    pub(super) is_for_signing: bool,
    /// A critical extension that is not understood here.
    pub(super) has_unknown_demand: bool,
}

/// Whether it may issue certificates (RFC 5280 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// It may, with so many intermediates between it and the last certificate; none is no limit.
    Yes {
        intermediates: Option<u8>,
    },
    No,
    /// Version 1 has no way to say.
    Unsaid,
}

#[derive(Clone, Debug)]
struct Name {
    der: Box<[u8]>,
    text: String,
}

/// Two certificates are equal when their bytes are.
impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Certificate {
    /// Reads DER; the error says what is wrong with it.
    pub(super) fn read(der: &[u8], span: Span) -> Result<Self, String> {
        let wrong = |error: x509_cert::der::Error| error.to_string();
        let certificate = CertificateInner::<Raw>::from_der(der).map_err(wrong)?;
        let fields = certificate.tbs_certificate();
        // RFC 5280 4.1.1.2: what is signed says again how it is signed.
        if certificate.signature_algorithm() != fields.signature() {
            return Err("it names two signature algorithms".to_owned());
        }
        let name = |name: &x509_cert::name::Name| {
            let der = name.to_der().map_err(wrong)?.into();
            Ok::<_, String>(Name { der, text: one_line(format_args!("{name}")) })
        };
        let signature = certificate.signature().as_bytes().ok_or("its signature has odd bits")?;
        let mut read = Self {
            der: der.into(),
            span,
            signed: signed(der).map_err(wrong)?.into(),
            signature: signature.into(),
            algorithm: SignatureAlgorithm::of(certificate.signature_algorithm()),
            key: PublicKey::of(fields.subject_public_key_info()),
            subject: name(fields.subject())?,
            issuer: name(fields.issuer())?,
            serial: hex(fields.serial_number().as_bytes()),
            not_before: fields.validity().not_before,
            not_after: fields.validity().not_after,
            authority: match fields.version() {
                Version::V3 => Authority::No,
                Version::V1 | Version::V2 => Authority::Unsaid,
            },
            may_sign_certificates: true,
            may_sign_files: true,
            is_for_signing: true,
            has_unknown_demand: false,
        };
        let extensions = fields.extensions().map_or(&[][..], |extensions| extensions);
        for (at, extension) in extensions.iter().enumerate() {
            // RFC 5280 4.2. Real certificates have a dozen; more than 100 are not looked through.
            if at >= 100 || extensions.iter().take(at).any(|e| e.extn_id == extension.extn_id) {
                return Err("an extension stands there twice, or there are too many".to_owned());
            }
            let value = extension.extn_value.as_bytes();
            match extension.extn_id {
                BASIC_CONSTRAINTS => {
                    let constraints = BasicConstraints::from_der(value).map_err(wrong)?;
                    read.authority = match constraints.ca {
                        true => Authority::Yes { intermediates: constraints.path_len_constraint },
                        false => Authority::No,
                    };
                }
                KEY_USAGE => {
                    let usage = KeyUsage::from_der(value).map_err(wrong)?;
                    read.may_sign_certificates = usage.key_cert_sign();
                    read.may_sign_files = usage.digital_signature() || usage.non_repudiation();
                }
                EXTENDED_KEY_USAGE => {
                    let purposes = ExtendedKeyUsage::from_der(value).map_err(wrong)?;
                    read.is_for_signing =
                        purposes.0.iter().any(|purpose| SIGNING_PURPOSES.contains(purpose));
                }
                id if HARMLESS.contains(&id) => {}
                _ => read.has_unknown_demand |= extension.critical,
            }
        }
        Ok(read)
    }

    /// Whom it was issued to, by RFC 4514, `CN=…,O=…`. At most 512 bytes, free of control characters.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject.text
    }

    /// Who issued it, in the same form.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer.text
    }

    /// Its serial number, in hex digits.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The first second in which it is valid, in seconds since 1970 (UTC).
    #[must_use]
    pub fn not_before(&self) -> u64 {
        self.not_before.to_unix_duration().as_secs()
    }

    /// The last second in which it is valid, in seconds since 1970 (UTC).
    #[must_use]
    pub fn not_after(&self) -> u64 {
        self.not_after.to_unix_duration().as_secs()
    }

    /// The first second in which it is valid, `2024-01-01T00:00:00Z`.
    pub(super) fn valid_from(&self) -> String {
        self.not_before.to_date_time().to_string()
    }

    /// The last second in which it is valid.
    pub(super) fn valid_until(&self) -> String {
        self.not_after.to_date_time().to_string()
    }

    /// The kind of its key.
    #[must_use]
    pub fn key(&self) -> KeyKind {
        self.key.kind()
    }

    /// Its bytes (DER).
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Its bytes in base64, in one line.
    #[must_use]
    pub fn base64(&self) -> String {
        pem::base64(&self.der)
    }

    /// The certificate between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----` (RFC 7468).
    #[must_use]
    pub fn pem(&self) -> String {
        pem::write("CERTIFICATE", &self.der)
    }

    /// Where its block stands in the text it was read from.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Whether it names its own subject as its issuer.
    pub(super) fn is_self_issued(&self) -> bool {
        self.names_as_issuer(self)
    }

    /// Whether it names the other as its issuer, byte by byte.
    pub(super) fn names_as_issuer(&self, other: &Self) -> bool {
        self.issuer.der == other.subject.der
    }

    /// Whether the other's key signed it; none when that cannot be said.
    pub(super) fn is_signed_by(&self, other: &Self) -> Option<bool> {
        other.key.verify_certificate(self.algorithm?, &self.signed, &self.signature)
    }
}

/// The bytes of `tbsCertificate` as they stand, not as they would be written again.
fn signed(der: &[u8]) -> x509_cert::der::Result<&[u8]> {
    SliceReader::new(AnyRef::from_der(der)?.value())?.tlv_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
