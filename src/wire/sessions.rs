//! Import sessions, library updates and downloads in the shapes of vCenter's `com.vmware.vcenter.ovf` and
//! `com.vmware.content.library.item` APIs.
//!
//! Times are texts of RFC 3339, which only the caller can make: the sessions do not know its epoch.

use serde::Serialize;

use crate::diagnostic::Code;
use crate::digest::Digest;
use crate::import::session::{
    DownloadSession, Entity, ImportSession, Issue, SessionFile, TransferStatus, UpdateFile,
    UpdateSession, ValidationResult,
};
use crate::wire::vsphere::{LocalizableMessage, OvfMessage, ParseIssue};

/// `ImportSession.Info`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ImportSessionInfo {
    /// `IMPORT_OVF_TRANSFER` and so on.
    pub state: &'static str,
    /// 0 to 100.
    pub progress: u8,
    /// The files of the import.
    pub files: Vec<OvfFileInfo>,
    /// What keeps the import from going on.
    pub errors: Vec<OvfMessage>,
    /// What is worth a warning.
    pub warnings: Vec<OvfMessage>,
    /// The vApp that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vapp_id: Option<String>,
    /// The machine that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vm_id: Option<String>,
}

/// `OvfFileInfo`, with the status and the error of the content library beside it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OvfFileInfo {
    /// Its path from the folder of the descriptor.
    pub name: String,
    /// `OVF`, `MANIFEST`, `CERT`, `MSG_BUNDLE`, `DISK`, `CONTENT` or `NVRAM`.
    pub file_type: &'static str,
    /// Whether the import is completed without it.
    pub optional_upload: bool,
    /// Bytes, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Bytes that are there.
    pub bytes_transferred: u64,
    /// SHA-256 in hex, declared or computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// How a client sends it: `PUT`.
    pub upload_method: &'static str,
    /// `WAITING_FOR_TRANSFER` and so on.
    pub status: &'static str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<LocalizableMessage>,
}

impl ImportSessionInfo {
    /// An import as it is.
    #[must_use]
    pub fn of(session: &ImportSession) -> Self {
        let (errors, warnings): (Vec<&Issue>, Vec<&Issue>) =
            session.issues().iter().partition(|issue| issue.is_error);
        let mut errors: Vec<ParseIssue> = errors.into_iter().map(parse_issue).collect();
        if let (Some(error), true) = (session.error(), errors.is_empty()) {
            let failed = session.files().into_iter().find(|file| file.error.is_some());
            errors.push(ParseIssue {
                category: "VALIDATION_ERROR",
                file: failed.map(|file| file.name).unwrap_or_default(),
                line_number: -1,
                column_number: -1,
                message: message("ovf.import-failed", error),
            });
        }
        let warnings = warnings.into_iter().map(parse_issue).collect();
        let (vapp_id, vm_id) = match session.entity() {
            Some(Entity::VirtualApp(id)) => (Some(id.clone()), None),
            Some(Entity::VirtualMachine(id)) => (None, Some(id.clone())),
            None => (None, None),
        };
        Self {
            state: session.state().as_str(),
            progress: session.progress(),
            files: session.files().iter().map(OvfFileInfo::of).collect(),
            errors: gathered(errors),
            warnings: gathered(warnings),
            vapp_id,
            vm_id,
        }
    }
}

impl OvfFileInfo {
    fn of(file: &SessionFile) -> Self {
        Self {
            name: file.name.clone(),
            file_type: file.file_type.as_str(),
            optional_upload: file.optional_upload,
            size: file.size,
            bytes_transferred: file.bytes_transferred,
            sha256: file.sha256.map(|digest| digest.to_string()),
            upload_method: "PUT",
            status: file.status.as_str(),
            error_message: file.error.as_deref().map(|why| message("ovf.transfer-failed", why)),
        }
    }
}

/// `UpdateSessionModel`. Its `preview_info` is that of `wire::updatesession`, which needs the certificate.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct UpdateSessionModel {
    /// The identifier of the session.
    pub id: String,
    /// The identifier of the item.
    pub library_item_id: String,
    /// The version of its content when the session was made.
    pub library_item_content_version: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<LocalizableMessage>,
    /// 0 to 100.
    pub client_progress: u8,
    /// `ACTIVE`, `DONE`, `ERROR` or `CANCELED`.
    pub state: &'static str,
    /// The session does not expire before this time.
    pub expiration_time: String,
    /// Which warnings are accepted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warning_behavior: Vec<WarningBehavior>,
}

/// `WarningBehavior`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct WarningBehavior {
    /// `SELF_SIGNED_CERTIFICATE` and so on.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Whether it is accepted.
    pub ignored: bool,
}

impl UpdateSessionModel {
    /// A change as it is, with the time of [`UpdateSession::expires_at`] as a text.
    #[must_use]
    pub fn of(id: &str, session: &UpdateSession, expiration_time: String) -> Self {
        let request = session.request();
        let behaviors = request.warning_behavior.iter();
        Self {
            id: id.to_owned(),
            library_item_id: request.library_item_id.clone(),
            library_item_content_version: request.content_version.clone(),
            error_message: session.error().map(|why| message("ovf.update-failed", why)),
            client_progress: session.client_progress(),
            state: session.state().as_str(),
            expiration_time,
            warning_behavior: behaviors
                .map(|said| WarningBehavior { kind: said.kind.as_str(), ignored: said.ignored })
                .collect(),
        }
    }
}

/// `updatesession.File.Info`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct UpdateFileInfo {
    /// Its name.
    pub name: String,
    /// `PUSH` or `PULL`.
    pub source_type: &'static str,
    /// Bytes, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The checksum the client declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checksum_info: Option<ChecksumInfo>,
    /// Where the server fetches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_endpoint: Option<TransferEndpoint>,
    /// Bytes that are there.
    pub bytes_transferred: u64,
    /// `WAITING_FOR_TRANSFER` and so on.
    pub status: &'static str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<LocalizableMessage>,
}

/// `TransferEndpoint`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TransferEndpoint {
    /// The URL.
    pub uri: String,
}

/// `File.ChecksumInfo`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ChecksumInfo {
    /// `SHA1`, `MD5`, `SHA256` or `SHA512`.
    pub algorithm: &'static str,
    /// In hex.
    pub checksum: String,
}

impl UpdateFileInfo {
    /// A file that is added.
    #[must_use]
    pub fn of(name: &str, file: &UpdateFile) -> Self {
        let transfer = &file.transfer;
        let fault = transfer.fault().filter(|_| transfer.status() == TransferStatus::Error);
        Self {
            name: name.to_owned(),
            source_type: file.source_type.as_str(),
            size: transfer.declared_size(),
            checksum_info: file.checksum.map(ChecksumInfo::of),
            source_endpoint: file.source_endpoint.clone().map(|uri| TransferEndpoint { uri }),
            bytes_transferred: transfer.bytes_transferred(),
            status: transfer.status().as_str(),
            error_message: fault.map(|why| message("ovf.transfer-failed", &why.to_string())),
        }
    }
}

impl ChecksumInfo {
    fn of(digest: Digest) -> Self {
        Self { algorithm: digest.algorithm().name(), checksum: digest.to_string() }
    }
}

/// `updatesession.File.ValidationResult`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct UpdateValidationResult {
    /// Whether anything is wrong.
    pub has_errors: bool,
    /// Files the descriptor refers to that were not added.
    pub missing_files: Vec<String>,
    /// Files that are there and wrong.
    pub invalid_files: Vec<UpdateValidationError>,
}

/// `updatesession.File.ValidationError`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct UpdateValidationError {
    /// The file.
    pub name: String,
    /// What is wrong with it.
    pub error_message: LocalizableMessage,
}

impl UpdateValidationResult {
    /// What was found.
    #[must_use]
    pub fn of(result: &ValidationResult) -> Self {
        let invalid = result.invalid_files.iter().map(|found| UpdateValidationError {
            name: found.name.clone(),
            error_message: message("ovf.invalid-file", &found.message),
        });
        Self {
            has_errors: result.has_errors,
            missing_files: result.missing_files.iter().cloned().collect(),
            invalid_files: invalid.collect(),
        }
    }
}

/// `DownloadSessionModel`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct DownloadSessionModel {
    /// The identifier of the session.
    pub id: String,
    /// The identifier of the item.
    pub library_item_id: String,
    /// The version of its content when the session was made.
    pub library_item_content_version: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<LocalizableMessage>,
    /// 0 to 100.
    pub client_progress: u8,
    /// `ACTIVE`, `CANCELED` or `ERROR`.
    pub state: &'static str,
    /// The session does not expire before this time.
    pub expiration_time: String,
}

impl DownloadSessionModel {
    /// A download as it is, with the time of [`DownloadSession::expires_at`] as a text.
    #[must_use]
    pub fn of(id: &str, session: &DownloadSession, expiration_time: String) -> Self {
        Self {
            id: id.to_owned(),
            library_item_id: session.library_item_id().to_owned(),
            library_item_content_version: session.content_version().to_owned(),
            error_message: session.error().map(|why| message("ovf.download-failed", why)),
            client_progress: session.client_progress(),
            state: session.state().as_str(),
            expiration_time,
        }
    }
}

fn gathered(issues: Vec<ParseIssue>) -> Vec<OvfMessage> {
    if issues.is_empty() { Vec::new() } else { vec![OvfMessage::Validation { issues }] }
}

fn parse_issue(issue: &Issue) -> ParseIssue {
    let code = Code::all().find(|code| code.id() == issue.code);
    let place = |number: u32| if number == 0 { -1 } else { i64::from(number) };
    ParseIssue {
        category: code.map_or("VALIDATION_ERROR", |code| code.category().as_str()),
        file: issue.file.clone(),
        line_number: place(issue.line),
        column_number: place(issue.column),
        message: message(&format!("ovf.{}", issue.name), &issue.message),
    }
}

fn message(id: &str, text: &str) -> LocalizableMessage {
    LocalizableMessage { id: id.to_owned(), default_message: text.to_owned(), args: Vec::new() }
}
