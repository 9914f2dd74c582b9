//! The files of an import, as a client sees them.

use super::ImportSession;
use crate::digest::{Algorithm, Digest};
use crate::import::files::{FileType, companions};
use crate::import::session::document::Document;
use crate::import::session::transfer::TransferStatus;

/// A file of an import, as a client sees it: `OvfFileInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionFile {
    /// Its path from the folder of the descriptor. Of a descriptor that has not come yet it is empty;
    /// of a manifest or certificate that has not it is made from that of the descriptor.
    pub name: String,
    /// What it is.
    pub file_type: FileType,
    /// Whether the import is completed without it.
    pub optional_upload: bool,
    /// Bytes, if that is known.
    pub size: Option<u64>,
    /// Bytes that are there, each counted once.
    pub bytes_transferred: u64,
    /// How far it is.
    pub status: TransferStatus,
    /// SHA-256, declared or computed.
    pub sha256: Option<Digest>,
    /// Why it failed.
    pub error: Option<String>,
}

impl SessionFile {
    fn of_document(
        document: Option<&Document>,
        name: impl FnOnce() -> String,
        file_type: FileType,
        optional_upload: bool,
    ) -> Self {
        Self {
            name: document.map_or_else(name, |document| document.name().to_owned()),
            file_type,
            optional_upload,
            size: document.map(Document::bytes),
            bytes_transferred: document.map_or(0, Document::bytes),
            status: match document {
                Some(_) => TransferStatus::Ready,
                None => TransferStatus::WaitingForTransfer,
            },
            sha256: document.and_then(|document| document.digest(Algorithm::Sha256)),
            error: None,
        }
    }
}

impl ImportSession {
    /// The files: descriptor, announced manifest and certificate, then those the descriptor lists, in
    /// the order they are to be sent in, message bundles first.
    #[must_use]
    pub fn files(&self) -> Vec<SessionFile> {
        let (manifest_name, certificate_name) = match &self.descriptor {
            Some(descriptor) => companions(descriptor.name()),
            None => (String::new(), String::new()),
        };
        let descriptor = self.descriptor.as_ref();
        let mut files =
            vec![SessionFile::of_document(descriptor, String::new, FileType::Descriptor, false)];
        let announced = self.request.signature_files;
        if announced.has_manifest() && !self.is_manifest_absent {
            let (document, name) = (self.manifest.as_ref(), || manifest_name);
            files.push(SessionFile::of_document(document, name, FileType::Manifest, true));
        }
        if announced.has_certificate() && !self.is_certificate_absent {
            let (document, name) = (self.certificate.as_ref(), || certificate_name);
            files.push(SessionFile::of_document(document, name, FileType::Certificate, true));
        }
        files.extend(self.bundles.iter().map(|bundle| {
            let mut file = SessionFile::of_document(
                bundle.document.as_ref(),
                || bundle.name.clone(),
                FileType::MessageBundle,
                false,
            );
            file.size = file.size.or(bundle.size);
            file
        }));
        files.extend(self.payload.iter().map(|file| SessionFile {
            name: file.name.clone(),
            file_type: file.file_type,
            optional_upload: file.is_optional,
            size: file.transfer.declared_size(),
            bytes_transferred: file.transfer.bytes_transferred(),
            status: file.transfer.status(),
            sha256: file.transfer.known_digest(Algorithm::Sha256),
            error: file.transfer.fault().map(ToString::to_string),
        }));
        files
    }
}
