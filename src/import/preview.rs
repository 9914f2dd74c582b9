//! The preview of a descriptor: `ImportSession.preview` of vSphere.

use std::fmt;

use super::choices::Choices;
use super::files::{FileType, companions};
use super::inspect::Inspection;
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::report::Report;
use crate::source::{DecodeError, Source};

/// What is not a descriptor: vSphere's `InvalidArgument`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidArgument {
    /// The bytes are neither text nor base64 of gzip.
    #[error("the input is no OVF descriptor: {0}")]
    NotText(#[from] DecodeError),
    /// The text is none whose root is an `Envelope` of OVF.
    #[error("the input is no OVF descriptor: {0}")]
    NotADescriptor(String),
}

/// An overview of what a descriptor makes: which files must be transferred, how big it is, and what
/// is wrong with it. The files themselves are never asked for.
///
/// ```
/// use ovf::import::{Choices, Preview};
/// use ovf::{Source, Validator};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = std::fs::read("testdata/deploy/nested.ovf")?;
/// // Plain text, or base64 of gzip.
/// let source = Source::decode(&bytes)?;
/// let report = Validator::new().check(&source);
/// let choices = Choices::new();
/// let preview = Preview::new(&report, &choices, Some("nested.ovf"))?;
/// assert_eq!(preview.inspection.name, "Orchard");
/// for file in &preview.files {
///     println!("{} {} {:?} bytes", file.file_type, file.name, file.size);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Preview<'e, 's> {
    /// The descriptor's file, when the caller named it.
    pub descriptor: Option<String>,
    /// What is inside.
    pub inspection: Inspection<'e, 's>,
    /// The files to transfer, in the order to do it in: manifest and certificate, which an importer asks for
    /// but can do without, when the caller named the descriptor; then those of References.
    pub files: Vec<PreviewFile>,
    report: &'e Report<'s>,
}

/// A file to transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreviewFile {
    /// `href`, or the name beside the descriptor.
    pub name: String,
    /// What it is.
    pub file_type: FileType,
    /// Bytes as stored.
    pub size: Option<u64>,
    /// `gzip`, or another name for what it is compressed with.
    pub compression: Option<String>,
    /// Bytes of each piece, when it is in pieces.
    pub chunk_size: Option<u64>,
    /// How many pieces there are, as far as the size is known.
    pub chunks: Option<u64>,
    /// Whether an importer can do without it: nothing uses it under the deployment option, or it is the
    /// manifest or the certificate.
    pub is_optional: bool,
}

impl<'e, 's> Preview<'e, 's> {
    /// Looks at what was checked. `descriptor` is the name of its file, from which those of manifest and
    /// certificate follow.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument::NotADescriptor`] when there is no `Envelope`. A descriptor with faults is none:
    /// what could be read is told, with the faults.
    pub fn new(
        report: &'e Report<'s>,
        choices: &'e Choices,
        descriptor: Option<&str>,
    ) -> Result<Self, InvalidArgument> {
        if report.envelope().is_none() {
            let why = report.diagnostics().first().map(|found| found.message.clone());
            return Err(InvalidArgument::NotADescriptor(why.unwrap_or_default()));
        }
        let inspection = Inspection::new(report, choices);
        let mut files = Vec::new();
        if let Some(name) = descriptor {
            let (manifest, certificate) = companions(name);
            files.push(PreviewFile::beside(manifest, FileType::Manifest));
            files.push(PreviewFile::beside(certificate, FileType::Certificate));
        }
        if let Some(found) = &inspection.files {
            files.extend(found.upload_order().map(|file| PreviewFile {
                name: file.name.clone(),
                file_type: file.file_type,
                size: file.size,
                compression: file.compression.as_deref().map(str::to_owned),
                chunk_size: file.chunk_size,
                chunks: file.chunks().and_then(|chunks| chunks.count()),
                is_optional: !file.is_used,
            }));
        }
        Ok(Self { descriptor: descriptor.map(str::to_owned), inspection, files, report })
    }

    /// The report it was made of, for the places of findings.
    #[must_use]
    pub const fn report(&self) -> &'e Report<'s> {
        self.report
    }

    /// What was found: the basic validation.
    #[must_use]
    pub fn findings(&self) -> &'e [Diagnostic] {
        self.report.diagnostics()
    }
}

impl PreviewFile {
    const fn beside(name: String, file_type: FileType) -> Self {
        Self {
            name,
            file_type,
            size: None,
            compression: None,
            chunk_size: None,
            chunks: None,
            is_optional: true,
        }
    }
}

impl fmt::Debug for Preview<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview")
            .field("descriptor", &self.descriptor)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

/// Decodes the bytes of a descriptor for [`Preview::new`]: plain text, or base64 of gzip.
///
/// # Errors
///
/// [`InvalidArgument::NotText`] for anything else.
pub fn decode_descriptor<'b>(
    bytes: &'b [u8],
    limits: &Limits,
) -> Result<Source<'b>, InvalidArgument> {
    Ok(Source::decode_with(bytes, limits)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Validator;

    #[test]
    fn what_is_no_descriptor_is_an_invalid_argument() {
        let limits = Limits::default();
        for bytes in [&b""[..], b"\x00\x01\x02", b"H4sIAAAAAAAA!!", b"PK\x03\x04"] {
            let error = decode_descriptor(bytes, &limits).unwrap_err();
            assert!(matches!(error, InvalidArgument::NotText(_)), "{bytes:?}");
        }
        for text in ["<Strings/>", "<Envelope xmlns='http://example.com/'/>", "just text"] {
            let Ok(source) = decode_descriptor(text.as_bytes(), &limits) else { continue };
            let report = Validator::new().check(&source);
            let error = Preview::new(&report, &Choices::new(), None).unwrap_err();
            assert!(matches!(error, InvalidArgument::NotADescriptor(_)), "{text}");
        }
    }

    #[test]
    fn a_broken_descriptor_is_previewed_with_its_faults() {
        let text = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
            <References><File ovf:id="a" ovf:href="a.vmdk" ovf:size="many"/></References></Envelope>"#;
        let source = decode_descriptor(text.as_bytes(), &Limits::default()).unwrap();
        let report = Validator::new().check(&source);
        let choices = Choices::new();
        let preview = Preview::new(&report, &choices, Some("x.ovf")).unwrap();
        let names: Vec<_> = preview.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["x.mf", "x.cert", "a.vmdk"]);
        assert!(preview.inspection.counts.error > 0);
        assert_eq!(preview.files[2].size, None);
        let shown = format!("{preview:?}");
        assert!(shown.starts_with("Preview { descriptor: Some(\"x.ovf\"), files: ["), "{shown}");
        assert!(shown.contains("a.vmdk"), "{shown}");
    }
}
