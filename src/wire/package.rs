//! What is known of the files of a package, as our own JSON.

use serde::Serialize;

use super::report::{Finding, Input, Place};
use crate::diagnostic::Diagnostic;
use crate::package::{self, FileReport, FileStatus, PackageReport, Unchecked};
use crate::source::Source;

/// A file of a package.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct File {
    /// Its name in the package.
    pub name: String,
    /// `descriptor`, `manifest`, `certificate` or `payload`.
    pub role: &'static str,
    /// Bytes that were read; absent when the file is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// What is known of it: `verified`, `verified-weak`, `mismatch`, `not-listed`, `absent`,
    /// `truncated`, `unreadable`, `unverifiable` or `not-checked`. Only the first two are good.
    pub status: &'static str,
    /// More about the status, for people; absent when there is nothing to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `SHA256` and so on, where something was compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<&'static str>,
    /// What the manifest says, when it does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What the file has, when it does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed: Option<String>,
}

impl File {
    /// What is known of a file.
    #[must_use]
    pub fn of(file: &FileReport) -> Self {
        let mut shape = Self {
            name: file.name.clone(),
            role: file.role.as_str(),
            bytes: file.bytes,
            status: file.status.as_str(),
            reason: None,
            algorithm: None,
            expected: None,
            computed: None,
        };
        match &file.status {
            FileStatus::Verified { algorithm } | FileStatus::VerifiedWeak { algorithm } => {
                shape.algorithm = Some(algorithm.name());
            }
            FileStatus::Mismatch { algorithm, expected, computed } => {
                shape.algorithm = Some(algorithm.name());
                shape.expected = Some(expected.to_string());
                shape.computed = Some(computed.to_string());
            }
            FileStatus::Unreadable { why } => shape.reason = Some(why.clone()),
            FileStatus::NotChecked { why: Unchecked::UnsafeName(why) } => {
                shape.reason = Some(format!("the name {why}"));
            }
            FileStatus::NotChecked { why } => shape.reason = Some(why.to_string()),
            FileStatus::Unverifiable { .. } => shape.reason = Some(file.status.to_string()),
            FileStatus::NotListed | FileStatus::Absent | FileStatus::Truncated => {}
        }
        shape
    }
}

/// What is known of the signature of a manifest.
#[cfg(feature = "cert")]
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Signature {
    /// Whether the manifest is signed with the key of the certificate, which is strong.
    pub verified: bool,
    /// Whether the signer is trusted as well, at the time given; only when that was asked for.
    pub trusted: bool,
    /// Whether the certificate is its own issuer.
    pub self_signed: bool,
    /// Whether its time is over; absent when no time was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired: Option<bool>,
    /// Whether its time is still to come; absent when no time was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_yet_valid: Option<bool>,
    /// Of which digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<&'static str>,
    /// Who signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who vouches for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

#[cfg(feature = "cert")]
impl Signature {
    /// What is known of a signature.
    #[must_use]
    pub fn of(report: &crate::manifest::certificate::SignatureReport) -> Self {
        let signer = report.signer.as_ref();
        Self {
            verified: report.is_verified(),
            trusted: report.is_trusted(),
            self_signed: report.self_signed,
            expired: report.expired,
            not_yet_valid: report.not_yet_valid,
            algorithm: report.algorithm.map(crate::digest::Algorithm::name),
            subject: signer.map(|signer| signer.subject().to_owned()),
            issuer: signer.map(|signer| signer.issuer().to_owned()),
        }
    }
}

impl Input {
    /// What was found in a package, and what is known of its files. `file` of each finding is a
    /// name in the package; of one about the archive, `path`.
    #[must_use]
    pub fn of_package(path: &str, report: &PackageReport<'_>) -> Self {
        let mut diagnostics = Vec::new();
        let mut version = None;
        let mut encoding = None;
        if let Some((name, descriptor)) = report.descriptor() {
            version = descriptor.envelope().map(|envelope| envelope.version().as_str());
            encoding = Some(descriptor.source().encoding().as_str());
            diagnostics.extend(
                descriptor.diagnostics().iter().map(|found| Finding::of(name, found, descriptor)),
            );
        }
        if let Some(manifest) = report.manifest() {
            diagnostics.extend(
                manifest
                    .diagnostics
                    .iter()
                    .map(|found| Finding::of_text(manifest.name, found, manifest.source)),
            );
        }
        #[cfg(feature = "cert")]
        if let Some(certificate) = report.certificate() {
            diagnostics.extend(
                certificate
                    .diagnostics
                    .iter()
                    .map(|found| Finding::of_text(certificate.name, found, certificate.source)),
            );
        }
        diagnostics
            .extend(report.findings().iter().map(|found| Finding::of_container(path, found)));
        Self {
            path: path.to_owned(),
            version,
            encoding,
            complete: report.is_complete(),
            counts: report.counts().into(),
            diagnostics,
            verified: Some(report.is_verified()),
            files: report.files().iter().map(File::of).collect(),
            #[cfg(feature = "cert")]
            signature: report
                .certificate()
                .and_then(|certificate| certificate.signature.as_ref())
                .map(Signature::of),
            error: None,
        }
    }
}

impl Finding {
    /// A finding about a text that is no descriptor.
    #[must_use]
    pub fn of_text(file: &str, found: &Diagnostic, source: &Source<'_>) -> Self {
        Self {
            code: found.code.id(),
            name: found.code.name(),
            severity: found.severity,
            message: found.message.clone(),
            file: file.to_owned(),
            place: Place::of(found.span, source),
            offset: None,
            path: String::new(),
            spec: found.code.clause(),
            help: found.help.clone(),
            category: found.code.category().as_str(),
            fault: found.code.fault().as_str(),
            labels: Vec::new(),
        }
    }

    /// A finding about an archive or one of its members as a whole; `archive` is its name.
    #[must_use]
    pub fn of_container(archive: &str, found: &package::Finding) -> Self {
        Self {
            code: found.code.id(),
            name: found.code.name(),
            severity: found.severity,
            message: found.message.clone(),
            file: found.member.clone().unwrap_or_else(|| archive.to_owned()),
            place: Place::default(),
            offset: found.offset,
            path: String::new(),
            spec: found.code.clause(),
            help: found.help.clone(),
            category: found.code.category().as_str(),
            fault: found.code.fault().as_str(),
            labels: Vec::new(),
        }
    }
}
