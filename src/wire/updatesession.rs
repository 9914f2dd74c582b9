//! What a content library says of the signature of a package, in the shapes of vCenter's
//! `com.vmware.content.library.item.updatesession` API.

use serde::Serialize;

use crate::manifest::certificate::{Certificate, SignatureReport, WarningBehavior};
/// `PreviewWarningInfo`, which has the shape of `WarningInfo`.
pub use crate::wire::vapi::parameters::WarningInfo as PreviewWarningInfo;

/// `PreviewInfo`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PreviewInfo {
    /// Whether there is something to tell.
    pub state: PreviewState,
    /// The certificate of whoever signed; absent when nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_info: Option<CertificateInfo>,
    /// What is doubtful about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warnings: Option<Vec<PreviewWarningInfo>>,
    /// The certificates of the file in base64, the signer's first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_chain: Option<Vec<String>>,
}

/// `PreviewInfo.State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum PreviewState {
    /// The certificate could not be read.
    Unavailable,
    /// The package is not signed.
    NotApplicable,
    /// It is being read.
    Preparing,
    /// It was read.
    Available,
}

/// `CertificateInfo`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CertificateInfo {
    /// Who issued it, by RFC 4514.
    pub issuer: String,
    /// Whom it was issued to.
    pub subject: String,
    /// Whether these are the same, and it is signed by its own key.
    pub self_signed: bool,
    /// The certificate in PEM.
    pub x509: String,
}

impl PreviewInfo {
    /// That of a package without a certificate file.
    #[must_use]
    pub const fn unsigned() -> Self {
        Self {
            state: PreviewState::NotApplicable,
            certificate_info: None,
            warnings: None,
            cert_chain: None,
        }
    }

    /// That of a signed package, with the warnings the caller accepts.
    #[must_use]
    pub fn of(report: &SignatureReport, behaviors: &[WarningBehavior]) -> Self {
        let Some(signer) = &report.signer else {
            return Self { state: PreviewState::Unavailable, ..Self::unsigned() };
        };
        let warnings = report.warnings(behaviors).into_iter().map(PreviewWarningInfo::from);
        let chain = [signer].into_iter().chain(&report.others).map(Certificate::base64);
        Self {
            state: PreviewState::Available,
            certificate_info: Some(CertificateInfo {
                issuer: signer.issuer().to_owned(),
                subject: signer.subject().to_owned(),
                self_signed: report.self_signed,
                x509: signer.pem(),
            }),
            warnings: Some(warnings.collect()),
            cert_chain: Some(chain.collect()),
        }
    }
}
