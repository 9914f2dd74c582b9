//! Whom the caller trusts.

use std::fmt;

use super::super::line::Piece;
use super::pem::{Part, Parts};
use super::x509::Certificate;

/// Certificates whose owners are trusted to say who others are, or to sign packages themselves.
#[derive(Clone, Debug, Default)]
pub struct TrustAnchors {
    pub(super) certificates: Vec<Certificate>,
}

/// Why a text has no trust anchors in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnchorError {
    /// There is no block with a certificate.
    #[error("no certificate in PEM is in it")]
    None,
    /// A certificate makes no sense.
    #[error("certificate {number} cannot be read: {why}")]
    Unreadable {
        /// Which, counted from one.
        number: usize,
        /// What is wrong with it.
        why: String,
    },
}

impl TrustAnchors {
    /// Reads certificates in PEM, one after the other. What stands between the blocks is passed over,
    /// and so are blocks with other things: it is what bundles of roots look like.
    ///
    /// The text comes from the caller and not from a package, so there is no ceiling.
    ///
    /// # Errors
    ///
    /// When there is no certificate, or one cannot be read: trust that is not as it was meant is none.
    pub fn from_pem(text: &str) -> Result<Self, AnchorError> {
        let mut certificates = Vec::new();
        for part in Parts::of(Piece { text, start: 0 }) {
            let Part::Block(block) = part else { continue };
            if block.label != "CERTIFICATE" {
                continue;
            }
            let number = certificates.len().saturating_add(1);
            let certificate = block
                .bytes
                .map_err(str::to_owned)
                .and_then(|der| Certificate::read(&der, block.span))
                .map_err(|why| AnchorError::Unreadable { number, why })?;
            certificates.push(certificate);
        }
        if certificates.is_empty() {
            return Err(AnchorError::None);
        }
        Ok(Self { certificates })
    }

    /// The certificates in the order in which they stand.
    pub fn iter(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.iter()
    }
}

/// What the caller knows: whom to trust, and what time it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust<'a> {
    pub(super) anchors: Option<&'a TrustAnchors>,
    pub(super) at: Option<u64>,
}

impl<'a> Trust<'a> {
    /// Nothing is known.
    #[must_use]
    pub const fn new() -> Self {
        Self { anchors: None, at: None }
    }

    /// Whom to trust. Without, nothing is said on trust.
    #[must_use]
    pub const fn anchors(mut self, anchors: &'a TrustAnchors) -> Self {
        self.anchors = Some(anchors);
        self
    }

    /// The time for which to answer, in seconds since 1970 (UTC). Without, nothing is said on validity.
    #[must_use]
    pub const fn at(mut self, seconds: u64) -> Self {
        self.at = Some(seconds);
        self
    }
}

/// Why a certificate does not lead to a trust anchor: what stopped the search where it first came to a
/// certificate that could have been the issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Distrust {
    /// No certificate of the issuer is among the anchors or in the file.
    NoIssuer,
    /// The issuer's key did not make the signature.
    SignatureMismatch,
    /// The signature or key is of a kind that is not known here.
    Unsupported,
    /// A certificate is signed over a SHA-1 digest: another one with that signature can be made.
    WeakSignature,
    /// A key of the chain is too short.
    WeakKey,
    /// An issuer may not issue certificates (RFC 5280 4.2.1.3, 4.2.1.9).
    NotAuthority,
    /// More intermediates than an issuer allows (RFC 5280 4.2.1.9).
    TooLong,
    /// An issuer's certificate is not valid at the time given.
    NotValid,
    /// A certificate has a critical extension that is not understood (RFC 5280 4.2).
    UnknownDemand,
    /// A certificate is not for signing (RFC 5280 4.2.1.3, 4.2.1.12).
    OtherPurpose,
    /// Too many signatures had to be checked.
    TooMuchWork,
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoIssuer => "no certificate of its issuer is known",
            Self::SignatureMismatch => "a certificate is not signed by its issuer",
            Self::Unsupported => "a certificate is signed in a way that is not known here",
            Self::WeakSignature => "a certificate is signed over a SHA-1 digest",
            Self::WeakKey => "a key of the chain is too short",
            Self::NotAuthority => "an issuer may not issue certificates",
            Self::TooLong => "the chain is longer than an issuer allows",
            Self::NotValid => "the certificate of an issuer is not valid at the time",
            Self::UnknownDemand => "a certificate has a critical extension that is not understood",
            Self::OtherPurpose => "a certificate is not for signing files",
            Self::TooMuchWork => "too many signatures would have to be checked",
        })
    }
}
