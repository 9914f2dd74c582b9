//! Public keys, and signatures made with their other halves.

use std::fmt;

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{Decode as _, Reader as _, SliceReader};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::report::Obstacle;
use super::rsa::{self, RsaKey};
use crate::digest::{Algorithm, Hasher};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Signature algorithms of certificates (RFC 3279, RFC 4055, RFC 5758).
const SIGNATURES: &[(&str, Family, Algorithm)] = &[
    ("1.2.840.113549.1.1.5", Family::Rsa, Algorithm::Sha1),
    ("1.2.840.113549.1.1.11", Family::Rsa, Algorithm::Sha256),
    ("1.2.840.113549.1.1.12", Family::Rsa, Algorithm::Sha384),
    ("1.2.840.113549.1.1.13", Family::Rsa, Algorithm::Sha512),
    ("1.2.840.10045.4.1", Family::Ec, Algorithm::Sha1),
    ("1.2.840.10045.4.3.2", Family::Ec, Algorithm::Sha256),
    ("1.2.840.10045.4.3.3", Family::Ec, Algorithm::Sha384),
    ("1.2.840.10045.4.3.4", Family::Ec, Algorithm::Sha512),
];

/// What kind of key a certificate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA.
    Rsa {
        /// Length of the modulus, in bits.
        bits: u32,
    },
    /// The curve P-256 of FIPS 186.
    P256,
    /// The curve P-384 of FIPS 186.
    P384,
    /// One with which nothing can be verified here.
    Unusable,
}

impl KeyKind {
    /// Whether signatures by it count. RSA under 2,048 bits does not (NIST SP 800-131A).
    #[must_use]
    pub const fn is_strong(self) -> bool {
        match self {
            Self::Rsa { bits } => bits >= rsa::STRONG_BITS,
            Self::P256 | Self::P384 => true,
            Self::Unusable => false,
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA of {bits} bits"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::Unusable => f.write_str("unusable key"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Rsa,
    Ec,
}

/// How a certificate was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SignatureAlgorithm {
    family: Family,
    pub(super) digest: Algorithm,
}

impl SignatureAlgorithm {
    pub(super) fn of(algorithm: &AlgorithmIdentifierOwned) -> Option<Self> {
        let known = |id: &str| ObjectIdentifier::new(id).is_ok_and(|id| id == algorithm.oid);
        SIGNATURES
            .iter()
            .find(|(id, ..)| known(id))
            .map(|&(_, family, digest)| Self { family, digest })
    }
}

#[derive(Clone, Debug)]
pub(super) enum PublicKey {
    Rsa(RsaKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    Unusable(Obstacle),
}

impl PublicKey {
    pub(super) fn of(info: &SubjectPublicKeyInfoOwned) -> Self {
        Self::read(info).unwrap_or_else(Self::Unusable)
    }

    fn read(info: &SubjectPublicKeyInfoOwned) -> Result<Self, Obstacle> {
        let bytes = info.subject_public_key.as_bytes().ok_or(Obstacle::UnreadableKey)?;
        match info.algorithm.oid {
            RSA => {
                let (modulus, exponent) =
                    rsa_numbers(bytes).map_err(|_| Obstacle::UnreadableKey)?;
                RsaKey::new(modulus, exponent).map(Self::Rsa)
            }
            EC => {
                let curve = info.algorithm.parameters.as_ref().and_then(|any| any.decode_as().ok());
                match curve {
                    Some(P256) => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(Self::P256),
                    Some(P384) => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(Self::P384),
                    _ => return Err(Obstacle::UnsupportedKey),
                }
                .map_err(|_| Obstacle::UnreadableKey)
            }
            _ => Err(Obstacle::UnsupportedKey),
        }
    }

    pub(super) const fn kind(&self) -> KeyKind {
        match self {
            Self::Rsa(key) => KeyKind::Rsa { bits: key.bits() },
            Self::P256(_) => KeyKind::P256,
            Self::P384(_) => KeyKind::P384,
            Self::Unusable(_) => KeyKind::Unusable,
        }
    }

    /// Whether the signature is over this text, by this digest.
    pub(super) fn verify(
        &self,
        algorithm: Algorithm,
        text: &[u8],
        signature: &[u8],
    ) -> Result<bool, Obstacle> {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(text);
        let digest = hasher.finish();
        // Of a digest that is longer than the numbers of the curve they take the leftmost bits (FIPS 186-5 6.4.2).
        Ok(match self {
            Self::Rsa(key) => key.verify(&digest, signature),
            Self::P256(key) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(digest.as_bytes(), &signature).is_ok()),
            Self::P384(key) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(digest.as_bytes(), &signature).is_ok()),
            Self::Unusable(why) => return Err(*why),
        })
    }

    /// Whether a certificate's signature is over this text; none when that cannot be said.
    pub(super) fn verify_certificate(
        &self,
        algorithm: SignatureAlgorithm,
        text: &[u8],
        signature: &[u8],
    ) -> Option<bool> {
        let family = match self {
            Self::Rsa(_) => Family::Rsa,
            Self::P256(_) | Self::P384(_) => Family::Ec,
            Self::Unusable(_) => return None,
        };
        if family != algorithm.family {
            return Some(false);
        }
        self.verify(algorithm.digest, text, signature).ok()
    }
}

/// `RSAPublicKey` (RFC 8017 A.1.1).
fn rsa_numbers(bytes: &[u8]) -> x509_cert::der::Result<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(bytes)?;
    let numbers = reader.sequence(|reader| {
        let modulus = UintRef::decode(reader)?;
        let exponent = UintRef::decode(reader)?;
        x509_cert::der::Result::Ok((modulus.as_bytes(), exponent.as_bytes()))
    })?;
    reader.finish()?;
    Ok(numbers)
}
