//! Whether the files of an update session make a package.

use std::collections::{BTreeSet, HashMap};

use super::files::{UpdateFile, has_extension};
use super::{ItemType, UpdateSession};
use crate::digest::Digest;
use crate::import::session::contents::Contents;
use crate::import::session::document::{Document, Listed, Listing};
use crate::import::session::error::SessionError;
use crate::import::session::transfer::TransferStatus;
use crate::policy::{Policy, Strictness};

/// What is wrong with the files: `File.ValidationResult`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationResult {
    /// Whether anything is.
    pub has_errors: bool,
    /// Files the descriptor refers to that were not added and are not in the item.
    pub missing_files: BTreeSet<String>,
    /// Files that are there and wrong.
    pub invalid_files: Vec<ValidationError>,
}

/// A file that is there and wrong: `File.ValidationError`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationError {
    /// The file; empty when there is no descriptor, whose name nobody knows.
    pub name: String,
    /// What is wrong with it.
    pub message: String,
}

impl UpdateSession {
    /// Whether the files that are there make a package: the descriptor is valid, everything it refers to
    /// was added or is in the item, sizes and digests are those that descriptor, manifest and client
    /// declare. A file that is still coming is not judged.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState);
    /// [`NotAllowedYet`](SessionError::NotAllowedYet) when a document was not read, see
    /// [`wanted_documents`](Self::wanted_documents).
    pub fn validate(&self) -> Result<ValidationResult, SessionError> {
        self.active()?;
        if !self.wanted_documents().is_empty() {
            let why = "a descriptor or manifest was not read".to_owned();
            return Err(SessionError::NotAllowedYet { why });
        }
        Ok(self.check_files())
    }

    pub(super) fn check_files(&self) -> ValidationResult {
        let mut result = ValidationResult::default();
        for (name, file) in self.files() {
            if let Some(fault) = file.transfer.fault() {
                result.add(name, fault.to_string());
            }
        }
        if self.request.item_type == ItemType::Ovf {
            self.check_package(&mut result);
        }
        result.has_errors = !result.missing_files.is_empty() || !result.invalid_files.is_empty();
        result
    }

    fn check_package(&self, result: &mut ValidationResult) {
        let names: BTreeSet<&str> =
            self.staying().chain(self.files().map(|(name, _)| name)).collect();
        let mut descriptors = names.iter().filter(|name| has_extension(name, "ovf"));
        let Some(&descriptor) = descriptors.next() else {
            result.add("", "there is no descriptor among the files".to_owned());
            return;
        };
        for other in descriptors {
            result.add(other, "there is another descriptor beside it".to_owned());
        }
        let Some(document) = self.documents.get(descriptor) else { return };
        let contents = Contents::read(descriptor, document.text(), Strictness::Lenient);
        for issue in contents.issues.iter().filter(|issue| issue.is_error) {
            let message = match issue.line {
                0 => issue.message.clone(),
                line => format!("line {line}: {}", issue.message),
            };
            result.add(&issue.file, message);
        }
        for content in &contents.files {
            if !names.contains(content.name.as_str()) {
                result.missing_files.insert(content.name.clone());
                continue;
            }
            let received = self.ready_bytes(&content.name);
            if let (Some(size), Some(received)) = (content.size, received)
                && size != received
            {
                let message = format!("it has {received} bytes, the descriptor says {size}");
                result.add(&content.name, message);
            }
        }
        let hrefs: HashMap<&str, &str> = contents
            .files
            .iter()
            .map(|content| (content.name.as_str(), content.href.as_str()))
            .collect();
        if let Some(manifest) = self.manifest_of(descriptor, &names) {
            self.check_manifest(manifest, &hrefs, result);
        }
    }

    fn ready_bytes(&self, name: &str) -> Option<u64> {
        let transfer = &self.files.get(name)?.transfer;
        (transfer.status() == TransferStatus::Ready).then(|| transfer.bytes_transferred())
    }

    /// The manifest with the name of the descriptor, else the first.
    fn manifest_of(&self, descriptor: &str, names: &BTreeSet<&str>) -> Option<&Document> {
        let stem = descriptor.rsplit_once('.').map_or(descriptor, |(stem, _)| stem);
        let manifests = || names.iter().filter(|name| has_extension(name, "mf"));
        let is_own =
            |name: &&&str| name.rsplit_once('.').is_some_and(|(manifest, _)| manifest == stem);
        let name = manifests().find(is_own).or_else(|| manifests().next())?;
        self.documents.get(*name)
    }

    fn check_manifest(
        &self,
        manifest: &Document,
        hrefs: &HashMap<&str, &str>,
        result: &mut ValidationResult,
    ) {
        let (listing, issues) = Listing::read(manifest, Policy::new());
        for issue in issues.iter().filter(|issue| issue.is_error) {
            let message = format!("line {}: {}", issue.line.max(1), issue.message);
            result.add(manifest.name(), message);
        }
        for document in self.documents.values().filter(|other| other.name() != manifest.name()) {
            if let Some(issue) = listing.check(document).filter(|issue| issue.is_error) {
                result.add(document.name(), issue.message);
            }
        }
        let ready = self.files().filter(|(name, file)| {
            let status = file.transfer.status();
            status == TransferStatus::Ready && !self.documents.contains_key(*name)
        });
        for (name, file) in ready {
            match listing.of(name, hrefs.get(name).copied().unwrap_or(name)) {
                Listed::No => {}
                Listed::Unreadable => {
                    let message = "what the manifest says of the file cannot be read";
                    result.add(name, message.to_owned());
                }
                Listed::Digests(digests) => {
                    let faults = digests.iter().filter_map(|&digest| fault(file, digest));
                    faults.for_each(|message| result.add(name, message));
                }
            }
        }
    }
}

/// Why a file that is ready is not the one with this digest.
fn fault(file: &UpdateFile, expected: Digest) -> Option<String> {
    let algorithm = expected.algorithm();
    match file.transfer.known_digest(algorithm) {
        Some(computed) if computed == expected => None,
        Some(computed) => {
            Some(format!("the `{algorithm}` digest is `{computed}`, not `{expected}`"))
        }
        None => Some(format!(
            "the `{algorithm}` digest was not computed; add the file again with this checksum"
        )),
    }
}

impl ValidationResult {
    fn add(&mut self, name: &str, message: String) {
        self.invalid_files.push(ValidationError { name: name.to_owned(), message });
    }
}
