//! The certificate of a package: who signed its manifest.

use super::opened::{Package, Texts};
use crate::diagnostic::{Counts, Diagnostic, Findings};
use crate::manifest::certificate::{CertificateFile, SignatureReport, Trust};
use crate::source::Source;

/// What was found in the certificate, and what is known of the signature.
#[derive(Debug)]
#[non_exhaustive]
pub struct CertificateReport<'p> {
    /// Its name in the package.
    pub name: &'p str,
    /// Its text, into which the findings point.
    pub source: &'p Source<'p>,
    /// Findings about its text and about the signature, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is known of the signature; none when there is no manifest that could be signed.
    pub signature: Option<SignatureReport>,
    pub(super) counts: Counts,
    pub(super) is_complete: bool,
}

pub(super) fn check<'p>(
    package: &'p Package,
    texts: &'p Texts<'_>,
    trust: &Trust<'_>,
) -> Option<CertificateReport<'p>> {
    let source = texts.certificate.as_ref()?;
    let (name, _) = package.certificate()?;
    let limits = package.validator.set_limits();
    let mut out = Findings::new(package.validator.levels().clone(), limits.diagnostics);
    let file = CertificateFile::read_into(source.text(), limits, &mut out);
    let signature = package.manifest().map(|(name, bytes)| file.verify(name, bytes, trust));
    if let Some(signature) = &signature {
        signature.tell(&mut out);
    }
    let (diagnostics, counts, is_complete) = out.finish();
    Some(CertificateReport { name, source, diagnostics, signature, counts, is_complete })
}
