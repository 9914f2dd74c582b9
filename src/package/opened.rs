//! A package that was read.

use super::check;
use super::finding::Findings;
use super::order::{Extent, Reference, Roles};
use super::reader::{Entry, FileClaim, claims};
use super::report::PackageReport;
use super::tar::Member;
use crate::digest::Algorithm;
use crate::limits::Limits;
use crate::manifest::{Manifest, ManifestChecker, ManifestReader, Verdicts};
use crate::report::Validator;
use crate::source::{DecodeError, Source};
use crate::value::path::Unsafe;

/// A package whose bytes were all read, and not yet judged. [`PackageReader`](super::PackageReader)
/// makes it.
#[derive(Debug)]
pub struct Package {
    pub(super) validator: Validator,
    pub(super) entries: Vec<Entry>,
    /// Files of the folder that nothing names, or that could not all be taken.
    pub(super) unread: Vec<Member>,
    pub(super) claims: Vec<FileClaim>,
    pub(super) roles: Roles,
    pub(super) verdicts: Verdicts,
    /// What the container itself is told for.
    pub(super) findings: Findings,
    pub(super) extent: Extent,
}

/// The texts of a package, decoded. Findings point into them.
#[derive(Debug)]
pub struct Texts<'p> {
    /// The descriptor, or why it is no text; none when the package has none.
    pub descriptor: Option<Result<Source<'p>, DecodeError>>,
    /// The manifest. What is not UTF-8 in it is replaced.
    pub manifest: Option<Source<'p>>,
    /// The certificate, in the same way.
    pub certificate: Option<Source<'p>>,
}

impl Package {
    pub(super) fn new(
        validator: &Validator,
        entries: Vec<Entry>,
        unread: Vec<Member>,
        findings: Findings,
        extent: Extent,
    ) -> Self {
        let limits = validator.set_limits();
        let (claims, roles) = roles(&entries, limits);
        let mut checker = ManifestChecker::new();
        if let Some(manifest) = manifest(&entries, roles, limits) {
            checker.manifest(&manifest);
        }
        for (at, entry) in entries.iter().enumerate() {
            let is_beside = Some(at) == roles.manifest || Some(at) == roles.certificate;
            if is_beside || entry.member.kind != super::MemberKind::File {
                continue;
            }
            if entry.is_whole_file() {
                checker.add_read(&entry.member.name, entry.bytes, entry.digests.clone());
            } else {
                checker.add_cut(&entry.member.name, entry.bytes);
            }
        }
        let mut verdicts = checker.finish();
        // What was not looked at is not absent.
        if !extent.whole && (extent.ordered || !findings.is_complete()) {
            verdicts = verdicts.without_absent();
        }
        let validator = validator.clone();
        Self { validator, entries, unread, claims, roles, verdicts, findings, extent }
    }

    /// Decodes the texts of the package.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        let limits = self.validator.set_limits();
        Texts {
            descriptor: self
                .text(self.roles.descriptor)
                .map(|(_, bytes)| Source::decode_with(bytes, limits)),
            manifest: self.decoded(self.roles.manifest),
            certificate: self.decoded(self.roles.certificate),
        }
    }

    /// Judges the package by its own texts: descriptor, manifest, container, and each file.
    #[must_use]
    pub fn check<'p>(&'p self, texts: &'p Texts<'_>) -> PackageReport<'p> {
        #[cfg(feature = "cert")]
        return self.check_trust(texts, &crate::manifest::certificate::Trust::new());
        #[cfg(not(feature = "cert"))]
        check::check(self, texts)
    }

    /// The same, and whether whoever signed the manifest is trusted.
    /// [`check`](Self::check) trusts nobody and has no clock.
    #[cfg(feature = "cert")]
    #[must_use]
    pub fn check_trust<'p>(
        &'p self,
        texts: &'p Texts<'_>,
        trust: &crate::manifest::certificate::Trust<'_>,
    ) -> PackageReport<'p> {
        let certificate = super::signature::check(self, texts, trust);
        check::check(self, texts).with_certificate(certificate)
    }

    /// Name and bytes of the descriptor.
    #[must_use]
    pub fn descriptor(&self) -> Option<(&str, &[u8])> {
        self.text(self.roles.descriptor)
    }

    /// Name and bytes of the manifest.
    #[must_use]
    pub fn manifest(&self) -> Option<(&str, &[u8])> {
        self.text(self.roles.manifest)
    }

    /// Name and bytes of the certificate.
    #[must_use]
    pub fn certificate(&self) -> Option<(&str, &[u8])> {
        self.text(self.roles.certificate)
    }

    /// Whether all of it was read: the archive to its end, each file of a folder to its end.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.extent.whole
    }

    /// The manifest that belongs to the package, over all its files but manifest and certificate, in
    /// their order. The digests are those that [`PackageReader::compute`](super::PackageReader::compute)
    /// asked for; a file without one is left out.
    ///
    /// # Errors
    ///
    /// The name of a file that no manifest can hold, and why.
    pub fn make_manifest(&self, algorithm: Algorithm) -> Result<Manifest, (String, Unsafe)> {
        let mut manifest = Manifest::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if Some(at) == self.roles.manifest || Some(at) == self.roles.certificate {
                continue;
            }
            if let Some(digest) = entry.digests.of(algorithm) {
                manifest
                    .push(&entry.member.name, digest)
                    .map_err(|why| (entry.member.name.clone(), why))?;
            }
        }
        Ok(manifest)
    }

    fn decoded(&self, at: Option<usize>) -> Option<Source<'_>> {
        let (_, bytes) = self.text(at)?;
        Source::from_text(Manifest::decode(bytes)).ok()
    }

    fn text(&self, at: Option<usize>) -> Option<(&str, &[u8])> {
        let entry = self.entries.get(at?)?;
        Some((&entry.member.name, entry.text.as_deref()?))
    }
}

/// What the descriptor among some files lists, and which of them have a role.
pub(super) fn roles(entries: &[Entry], limits: &Limits) -> (Vec<FileClaim>, Roles) {
    let members: Vec<&Member> = entries.iter().map(|entry| &entry.member).collect();
    let descriptor = Roles::of(&members, &[]).descriptor.and_then(|at| entries.get(at));
    let text = descriptor.and_then(|entry| entry.text.as_deref());
    let claims = text.map(|text| claims(text, limits)).unwrap_or_default();
    let references: Vec<Reference<'_>> = claims.iter().map(FileClaim::reference).collect();
    let roles = Roles::of(&members, &references);
    (claims, roles)
}

/// The manifest that counts, as far as it can be read.
pub(super) fn manifest(entries: &[Entry], roles: Roles, limits: &Limits) -> Option<Manifest> {
    let text = Manifest::decode(entries.get(roles.manifest?)?.text.as_deref()?);
    Some(ManifestReader::new().limits(*limits).read(&text).manifest)
}
