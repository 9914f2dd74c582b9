//! What an import is asked to do.

use crate::import::session::error::SessionError;

/// What an import is asked to do: `ImportSession.CreateSpec`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ImportRequest {
    /// Where the package comes from.
    pub source: ImportSource,
    /// Which files beside the descriptor vouch for the package.
    pub signature_files: SignatureFiles,
    /// The language of texts, as `xml:lang` has it.
    pub locale: Option<String>,
    /// Flags for the reading of the descriptor. `LAX` is the one there is; without it the descriptor is
    /// read no stricter than the mainstream importers do, so it changes nothing.
    pub import_flags: Vec<String>,
    /// Whether what breaks the standard and is taken by importers all the same is an error.
    pub is_strict: bool,
}

/// Where a package comes from: `ImportSession.SourceType`.
///
/// An OVA is taken apart by whoever receives it, and its members are given as files; the request says
/// nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ImportSource {
    /// The client uploads it: `PUSH_SOURCE`.
    Push,
    /// The server fetches it: `PULL_SOURCE`.
    Pull {
        /// Its URL, with the scheme `http` or `https`.
        uri: String,
        /// SHA-1 of the certificate the other side must show.
        ssl_certificate_thumbprint: Option<String>,
    },
    /// It is an item of a content library: `CONTENT_LIBRARY_SOURCE`.
    LibraryItem {
        /// The identifier of the item.
        id: String,
    },
}

impl ImportSource {
    /// The name in the API: `PUSH_SOURCE` and so on.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Push => "PUSH_SOURCE",
            Self::Pull { .. } => "PULL_SOURCE",
            Self::LibraryItem { .. } => "CONTENT_LIBRARY_SOURCE",
        }
    }
}

/// Which files beside the descriptor vouch for a package: `PushSourceOvfOption`, for all sources.
///
/// What is announced here is waited for: no file is ready before the manifest has come. When it turns out
/// that there is none, say so with [`absent`](super::ImportSession::absent).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SignatureFiles {
    /// None: `NONE`.
    #[default]
    None,
    /// A manifest: `MANIFEST`.
    Manifest,
    /// A manifest and a certificate: `MANIFEST_CERTIFICATE`.
    ManifestAndCertificate,
}

impl SignatureFiles {
    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Manifest => "MANIFEST",
            Self::ManifestAndCertificate => "MANIFEST_CERTIFICATE",
        }
    }

    pub(super) fn has_manifest(self) -> bool {
        self != Self::None
    }

    pub(super) fn has_certificate(self) -> bool {
        self == Self::ManifestAndCertificate
    }
}

impl ImportRequest {
    /// An import from a source, without manifest.
    #[must_use]
    pub const fn new(source: ImportSource) -> Self {
        Self {
            source,
            signature_files: SignatureFiles::None,
            locale: None,
            import_flags: Vec::new(),
            is_strict: false,
        }
    }

    /// An import of what the client uploads.
    #[must_use]
    pub const fn push() -> Self {
        Self::new(ImportSource::Push)
    }

    /// The same with files that vouch for the package.
    #[must_use]
    pub const fn signature_files(mut self, files: SignatureFiles) -> Self {
        self.signature_files = files;
        self
    }

    pub(super) fn check(&self) -> Result<(), SessionError> {
        match &self.source {
            ImportSource::Push => {}
            ImportSource::Pull { uri, .. } => {
                let scheme = uri.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
                if !matches!(scheme.as_deref(), Some("http" | "https")) {
                    return Err(SessionError::argument("pull_source", "is no HTTP URL"));
                }
            }
            ImportSource::LibraryItem { id } => {
                if id.is_empty() {
                    return Err(SessionError::argument("content_library_item", "is empty"));
                }
            }
        }
        if self.import_flags.iter().any(|flag| flag != "LAX") {
            return Err(SessionError::argument("import_flags", "holds a flag other than `LAX`"));
        }
        Ok(())
    }
}
