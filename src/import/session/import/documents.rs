//! The small files of an import, which are given whole.

use std::time::Duration;

use super::payload::Payload;
use super::{ImportSession, ImportState};
use crate::diagnostic::quoted;
use crate::import::files::FileType;
use crate::import::session::contents::Contents;
use crate::import::session::document::{Document, Listing};
use crate::import::session::error::SessionError;
use crate::import::session::issue::Issue;
use crate::import::texts::Bundle;
use crate::limits::Limits;
use crate::policy::{Policy, Strictness};
use crate::source::Source;
use crate::value::path;

/// A message bundle the descriptor refers to.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct BundleFile {
    pub(super) name: String,
    pub(super) size: Option<u64>,
    pub(super) document: Option<Document>,
}

impl ImportSession {
    /// Takes a descriptor, manifest, certificate or message bundle: all of its bytes, as they are stored.
    ///
    /// The descriptor is whatever ends in `.ovf` while there is none. A bad one, like a document that
    /// the manifest contradicts, is no error of the call: the session is in [`ImportState::Error`] then,
    /// with [`issues`](Self::issues).
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound) when no such document is wanted,
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState) when it has come before,
    /// [`InvalidArgument`](SessionError::InvalidArgument) when it is one of the large files, has an
    /// unsafe name, or is too large.
    pub fn document(
        &mut self,
        name: &str,
        bytes: &[u8],
        now: Duration,
    ) -> Result<(), SessionError> {
        self.living()?;
        match self.document_type(name) {
            Some(FileType::Descriptor) => self.take_descriptor(name, bytes, now)?,
            Some(FileType::MessageBundle) => self.take_bundle(name, bytes, now)?,
            Some(FileType::Manifest) => self.take_manifest(name, bytes, now)?,
            Some(FileType::Certificate) => self.take_certificate(name, bytes)?,
            Some(_) => {
                return Err(SessionError::argument("name", "is of a file that comes in ranges"));
            }
            None => return Err(SessionError::no_file(name)),
        }
        if !self.state.is_final() {
            self.lease.renew(now);
            self.advance(now);
        }
        Ok(())
    }

    /// What a file of that name is in this import; none when no such file is wanted.
    #[must_use]
    pub fn document_type(&self, name: &str) -> Option<FileType> {
        if self.bundles.iter().any(|bundle| bundle.name == name) {
            return Some(FileType::MessageBundle);
        }
        if let Some(file) = self.places.get(name).and_then(|&at| self.payload.get(at)) {
            return Some(file.file_type);
        }
        let announced = self.request.signature_files;
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "ovf" => match &self.descriptor {
                Some(descriptor) if descriptor.name() != name => None,
                _ => Some(FileType::Descriptor),
            },
            "mf" if announced.has_manifest() => Some(FileType::Manifest),
            "cert" if announced.has_certificate() => Some(FileType::Certificate),
            _ => None,
        }
    }

    /// The announced manifest or certificate will not come after all.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState) when it has come, or the
    /// import is past the transfer of files; [`InvalidArgument`](SessionError::InvalidArgument) when it
    /// was not announced.
    pub fn absent(&mut self, file_type: FileType, now: Duration) -> Result<(), SessionError> {
        let announced = self.request.signature_files;
        match file_type {
            FileType::Manifest if announced.has_manifest() => {
                self.signature_file_allowed(self.manifest.is_some() || self.is_manifest_absent)?;
                self.is_manifest_absent = true;
                self.payload.iter_mut().for_each(|file| file.transfer.release());
            }
            FileType::Certificate if announced.has_certificate() => {
                self.signature_file_allowed(
                    self.certificate.is_some() || self.is_certificate_absent,
                )?;
                self.is_certificate_absent = true;
            }
            _ => return Err(SessionError::argument("file_type", "was not announced")),
        }
        self.lease.renew(now);
        self.advance(now);
        Ok(())
    }

    /// The text of the manifest, once it has come.
    #[must_use]
    pub fn manifest(&self) -> Option<&str> {
        self.manifest.as_ref().map(Document::text)
    }

    /// The text of the certificate, once it has come. Nobody has checked it: that is for
    /// `manifest::certificate`, with the trust the server has.
    #[must_use]
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_ref().map(Document::text)
    }

    /// The message bundles that have come.
    #[must_use]
    pub fn message_bundles(&self) -> Vec<Bundle> {
        let documents = self.bundles.iter().filter_map(|bundle| bundle.document.as_ref());
        documents.filter_map(read_bundle).collect()
    }

    pub(super) fn awaits_signature_files(&self) -> bool {
        let announced = self.request.signature_files;
        let certificate = announced.has_certificate()
            && self.certificate.is_none()
            && !self.is_certificate_absent;
        self.awaits_manifest() || certificate
    }

    fn awaits_manifest(&self) -> bool {
        let is_announced = self.request.signature_files.has_manifest();
        is_announced && self.manifest.is_none() && !self.is_manifest_absent
    }

    const fn strictness(&self) -> Strictness {
        if self.request.is_strict { Strictness::Strict } else { Strictness::Lenient }
    }

    fn listing(&self) -> Option<Listing> {
        let policy = Policy::new().strictness(self.strictness());
        self.manifest.as_ref().map(|document| Listing::read(document, policy).0)
    }

    fn signature_file_allowed(&self, is_settled: bool) -> Result<(), SessionError> {
        let is_late = matches!(
            self.state,
            ImportState::Instantiating | ImportState::Completed | ImportState::Error
        );
        if is_settled || is_late {
            return Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() });
        }
        Ok(())
    }

    fn take_descriptor(
        &mut self,
        name: &str,
        bytes: &[u8],
        now: Duration,
    ) -> Result<(), SessionError> {
        self.allowed_in(&[ImportState::OvfTransfer])?;
        path::check(name).map_err(|why| SessionError::argument("name", why.to_string()))?;
        let document = match Document::xml(name, bytes) {
            Ok(document) => document,
            Err(issue) => {
                self.refuse(vec![*issue], now);
                return Ok(());
            }
        };
        let contents = Contents::read(name, document.text(), self.strictness());
        let listing = self.listing();
        let mut issues = contents.issues;
        issues.extend(listing.as_ref().and_then(|listing| listing.check(&document)));
        let is_good = !issues.iter().any(|issue| issue.is_error);
        self.descriptor = Some(document);
        self.is_collection = contents.is_collection;
        if !is_good {
            self.refuse(issues, now);
            return Ok(());
        }
        self.issues.extend(issues);
        for content in contents.files.into_iter().filter(|content| content.name != name) {
            if content.file_type == FileType::MessageBundle {
                let (name, size) = (content.name, content.size);
                self.bundles.push(BundleFile { name, size, document: None });
                continue;
            }
            let mut file = Payload::new(content);
            match &listing {
                Some(listing) => file.hold_to(listing),
                None if self.awaits_manifest() => file.transfer = file.transfer.held(),
                None => {}
            }
            self.places.insert(file.name.clone(), self.payload.len());
            self.payload.push(file);
        }
        self.state = ImportState::MsgBundlesTransfer;
        Ok(())
    }

    fn take_bundle(&mut self, name: &str, bytes: &[u8], now: Duration) -> Result<(), SessionError> {
        let at = self.bundles.iter().position(|bundle| bundle.name == name);
        let bundle = at.and_then(|at| self.bundles.get(at));
        let bundle = bundle.ok_or_else(|| SessionError::no_file(name))?;
        if bundle.document.is_some() || self.state != ImportState::MsgBundlesTransfer {
            return Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() });
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if bundle.size.is_some_and(|size| size != length) {
            return Err(SessionError::argument("bytes", "is not as long as the descriptor says"));
        }
        let document = match Document::xml(name, bytes) {
            Ok(document) if read_bundle(&document).is_some() => document,
            Ok(_) => {
                let message = "the file is no message bundle";
                self.refuse(vec![Issue::error(name, "unreadable-input", message)], now);
                return Ok(());
            }
            Err(issue) => {
                self.refuse(vec![*issue], now);
                return Ok(());
            }
        };
        let issue = self.listing().and_then(|listing| listing.check(&document));
        if let Some(bundle) = at.and_then(|at| self.bundles.get_mut(at)) {
            bundle.document = Some(document);
        }
        self.tell(issue.into_iter().collect(), now);
        Ok(())
    }

    fn take_manifest(
        &mut self,
        name: &str,
        bytes: &[u8],
        now: Duration,
    ) -> Result<(), SessionError> {
        self.signature_file_allowed(self.manifest.is_some() || self.is_manifest_absent)?;
        let document = Document::plain(name, bytes, Limits::default().manifest_bytes)?;
        let policy = Policy::new().strictness(self.strictness());
        let (listing, mut issues) = Listing::read(&document, policy);
        let bundles = self.bundles.iter().filter_map(|bundle| bundle.document.as_ref());
        let documents = self.descriptor.iter().chain(bundles);
        issues.extend(documents.filter_map(|document| listing.check(document)));
        self.manifest = Some(document);
        self.tell(issues, now);
        if !self.state.is_final() {
            for file in &mut self.payload {
                file.hold_to(&listing);
                file.transfer.release();
            }
        }
        Ok(())
    }

    fn take_certificate(&mut self, name: &str, bytes: &[u8]) -> Result<(), SessionError> {
        self.signature_file_allowed(self.certificate.is_some() || self.is_certificate_absent)?;
        self.certificate = Some(Document::plain(name, bytes, Limits::default().certificate_bytes)?);
        Ok(())
    }

    /// Adds issues; with an error among them the import has failed.
    fn tell(&mut self, issues: Vec<Issue>, now: Duration) {
        if issues.iter().any(|issue| issue.is_error) {
            self.refuse(issues, now);
        } else {
            self.issues.extend(issues);
        }
    }

    fn refuse(&mut self, issues: Vec<Issue>, now: Duration) {
        let first = issues.iter().find(|issue| issue.is_error);
        let why = first.map_or_else(
            || "the package is refused".to_owned(),
            |issue| match issue.line {
                0 => format!("file {}: {}", quoted(&issue.file), issue.message),
                line => format!("file {}, line {line}: {}", quoted(&issue.file), issue.message),
            },
        );
        self.issues.extend(issues);
        self.end_in_error(why, now);
    }
}

fn read_bundle(document: &Document) -> Option<Bundle> {
    Bundle::read(&Source::decode(document.text().as_bytes()).ok()?)
}
