//! What is known of a signature.

use std::fmt;

use super::file::CertificateFile;
use super::trust::{Distrust, Trust};
use super::x509::Certificate;
use super::{consistency, path};
use crate::digest::Algorithm;
use crate::manifest::name;
use crate::span::Span;

/// Whether the signature is over the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signature {
    /// The key of the signer's certificate made it, over the bytes of this manifest.
    Valid,
    /// It did not: the manifest, the signature or the certificate is another one or was changed.
    Invalid {
        /// The place of a certificate in the file whose key did make it, counted from one. The signer's
        /// stands first (DSP0243 5.1), so this one does not count.
        by: Option<usize>,
    },
    /// Nothing is known.
    NotChecked(Obstacle),
}

/// Why a signature could not be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The file has no line with a signature.
    NoSignature,
    /// It has several; which of them counts depends on who reads it.
    SeveralSignatures,
    /// The signature is not hexadecimal, or too long.
    UnreadableSignature,
    /// Its digest is unknown, or MD5.
    UnusableDigest,
    /// The file has no certificate.
    NoCertificate,
    /// The first certificate makes no sense.
    UnreadableCertificate,
    /// A private key is in the file: whoever has the file can sign.
    PrivateKey,
    /// The key is of a kind that is not known here.
    UnsupportedKey,
    /// The key makes no sense.
    UnreadableKey,
    /// An RSA key of under 1,024 or over 8,192 bits.
    KeySize {
        /// Length of its modulus, in bits.
        bits: u32,
    },
    /// An RSA key whose exponent is 1, even, or of more than 33 bits.
    KeyExponent,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSignature => "there is no signature",
            Self::SeveralSignatures => "there are several signatures",
            Self::UnreadableSignature => "the signature cannot be read",
            Self::UnusableDigest => "the digest that was signed is unknown or broken",
            Self::NoCertificate => "there is no certificate",
            Self::UnreadableCertificate => "the signer's certificate cannot be read",
            Self::PrivateKey => "a private key is in the file",
            Self::UnsupportedKey => "the signer's key is of a kind that is not known here",
            Self::UnreadableKey => "the signer's key cannot be read",
            Self::KeySize { bits } => {
                return write!(f, "the signer's key has {bits} bits, not 1024 to 8192");
            }
            Self::KeyExponent => "the exponent of the signer's key is unusable",
        })
    }
}

/// What is known of a signature: facts that do not depend on each other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureReport {
    /// Whether the signature is over the manifest.
    pub signature: Signature,
    /// The digest that was signed.
    pub algorithm: Option<Algorithm>,
    /// Whether the line names this manifest.
    pub names_manifest: bool,
    /// The certificate of whoever signed: the first of the file.
    pub signer: Option<Certificate>,
    /// The other certificates of the file, as they stand. Nobody vouches for them.
    pub others: Vec<Certificate>,
    /// Whether the signer's certificate is its own issuer.
    pub self_signed: bool,
    /// Whether its time is over; none when no time was given.
    pub expired: Option<bool>,
    /// Whether its time is still to come; none when no time was given.
    pub not_yet_valid: Option<bool>,
    /// Whether it is a trust anchor or leads to one; none when no anchors were given.
    pub trusted: Option<bool>,
    /// Why it is not trusted.
    pub distrust: Option<Distrust>,
    /// From the signer's issuer to the anchor, when it is trusted; empty when it is an anchor itself.
    pub path: Vec<Certificate>,
    /// Blocks of certificates whose issuer is in the file and did not sign them.
    pub unsigned: Vec<Span>,
    pub(super) places: Places,
}

/// Where findings stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// The line of the signature; the beginning of the file without.
    pub(super) line: Span,
    /// The name in it.
    pub(super) name: Span,
    /// The block of the first certificate.
    pub(super) certificate: Span,
}

impl SignatureReport {
    pub(super) fn new(
        file: &CertificateFile,
        manifest_name: &str,
        manifest: &[u8],
        trust: &Trust<'_>,
    ) -> Self {
        let (signer, others) = (file.signer.as_ref(), &file.others);
        let line = file.line.as_ref();
        let way = match (signer, trust.anchors) {
            (Some(signer), Some(_)) => Some(path::find(signer, others, trust)),
            _ => None,
        };
        let at = |is: fn(&Certificate, u64) -> bool| {
            signer.zip(trust.at).map(|(signer, at)| is(signer, at))
        };
        let all: Vec<&Certificate> = signer.into_iter().chain(others).collect();
        let unsigned = consistency::unsigned(&all);
        Self {
            signature: signature(file, manifest),
            algorithm: line.and_then(|line| line.algorithm),
            names_manifest: line
                .is_some_and(|line| name::matching(&line.name) == name::matching(manifest_name)),
            signer: signer.cloned(),
            others: others.clone(),
            self_signed: signer.is_some_and(|signer| {
                signer.is_self_issued() && signer.is_signed_by(signer) != Some(false)
            }),
            expired: at(|signer, at| at > signer.not_after()),
            not_yet_valid: at(|signer, at| at < signer.not_before()),
            trusted: trust.anchors.map(|_| matches!(way, Some(Ok(_)))),
            distrust: way.as_ref().and_then(|way| way.as_ref().err().copied()),
            path: way.and_then(Result::ok).unwrap_or_default().into_iter().cloned().collect(),
            unsigned,
            places: file.places(),
        }
    }

    /// Whether the manifest is signed: the signature is valid and by a strong key, its line names the
    /// manifest, and no certificate of the file is damaged. It says nothing on who signed.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.signature == Signature::Valid
            && self.names_manifest
            && self.unsigned.is_empty()
            && self.signer.as_ref().is_some_and(|signer| signer.key().is_strong())
    }

    /// The same, and whoever signed is trusted, with a certificate that is valid at the time given.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        self.is_verified()
            && self.trusted == Some(true)
            && self.expired == Some(false)
            && self.not_yet_valid == Some(false)
    }
}

fn signature(file: &CertificateFile, manifest: &[u8]) -> Signature {
    let checked = || {
        if let Some(obstacle) = file.obstacle {
            return Err(obstacle);
        }
        let line = file.line.as_ref().ok_or(Obstacle::NoSignature)?;
        let algorithm = line.algorithm.ok_or(Obstacle::UnusableDigest)?;
        let value = line.value.as_deref().ok_or(Obstacle::UnreadableSignature)?;
        let signer = file.signer.as_ref().ok_or(Obstacle::NoCertificate)?;
        if signer.key.verify(algorithm, manifest, value)? {
            return Ok(Signature::Valid);
        }
        let is_by = |other: &Certificate| other.key.verify(algorithm, manifest, value) == Ok(true);
        let by = file.others.iter().position(is_by).map(|at| at.saturating_add(2));
        Ok(Signature::Invalid { by })
    };
    checked().unwrap_or_else(Signature::NotChecked)
}
