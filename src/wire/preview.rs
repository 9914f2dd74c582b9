//! The preview of a descriptor. vSphere's own shape is not public, so this one is ours, in the vAPI's manner
//! and with its names: `OvfFileInfo` for files, `ParseIssue` for findings.

use serde::Serialize;

use super::vim::long;
use super::vsphere::ParseIssue;
use crate::diagnostic::Severity;
use crate::import::{Preview as Source, PreviewFile};
use crate::model::OstNodeType;

/// A preview. What is not known is left out.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Preview<'p> {
    /// Version of the shape: 1.
    pub schema: u32,
    /// The version of OVF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<&'static str>,
    /// What the package is called when nobody chooses.
    pub name: &'p str,
    /// Whether it becomes a vApp.
    pub is_vapp_template: bool,
    /// The machines and collections, in document order.
    pub systems: Vec<System<'p>>,
    /// The files, in the order they have to be sent in.
    pub files: Vec<File<'p>>,
    /// Bytes of the files that are used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download_size: Option<i64>,
    /// Bytes of the disks at full size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flat_deployment_size: Option<i64>,
    /// Bytes of the disks that hold data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sparse_deployment_size: Option<i64>,
    /// Whether a choice changes the size of a disk.
    pub variable_disk_size: bool,
    /// Whether all of the descriptor was examined.
    pub complete: bool,
    /// What makes an import fail.
    pub errors: Vec<ParseIssue>,
    /// What is worth a warning.
    pub warnings: Vec<ParseIssue>,
}

/// A machine or a collection.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct System<'p> {
    /// Its id.
    pub id: &'p str,
    /// The ids from below the envelope down to it.
    pub path: &'p str,
    /// Its name for people.
    pub name: &'p str,
    /// `VIRTUAL_SYSTEM` or `VIRTUAL_SYSTEM_COLLECTION`.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// A file to transfer.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct File<'p> {
    /// `href`.
    pub name: &'p str,
    /// `DISK`, `CONTENT`, `MSG_BUNDLE`, `MANIFEST`, `CERT` or `NVRAM`.
    pub file_type: &'static str,
    /// Bytes as stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// What it is compressed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compression: Option<&'p str>,
    /// Bytes of each piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunk_size: Option<i64>,
    /// How many pieces there are: `name.000000000` and so on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunk_count: Option<i64>,
    /// Whether an importer can do without it.
    pub optional_upload: bool,
}

impl<'p> Preview<'p> {
    /// The shape of a preview.
    #[must_use]
    pub fn new(preview: &'p Source<'_, '_>) -> Self {
        let inspection = &preview.inspection;
        let file = preview.descriptor.as_deref().unwrap_or_default();
        let issues = |severity: Severity| {
            let found = preview.findings().iter().filter(|found| found.severity == severity);
            found.map(|found| ParseIssue::of(file, found, preview.report())).collect()
        };
        Self {
            schema: 1,
            version: inspection.version.map(|version| version.as_str()),
            name: &inspection.name,
            is_vapp_template: inspection.is_vapp,
            systems: inspection
                .systems
                .iter()
                .map(|system| System {
                    id: &system.id,
                    path: &system.path,
                    name: system.display_name(),
                    kind: match system.node_type {
                        OstNodeType::VirtualSystem => "VIRTUAL_SYSTEM",
                        _ => "VIRTUAL_SYSTEM_COLLECTION",
                    },
                })
                .collect(),
            files: preview.files.iter().map(File::from).collect(),
            download_size: long(inspection.sizes.download),
            flat_deployment_size: long(inspection.sizes.flat),
            sparse_deployment_size: long(inspection.sizes.sparse),
            variable_disk_size: inspection.sizes.is_variable,
            complete: inspection.is_complete,
            errors: issues(Severity::Error),
            warnings: issues(Severity::Warning),
        }
    }
}

impl<'p> From<&'p PreviewFile> for File<'p> {
    fn from(file: &'p PreviewFile) -> Self {
        Self {
            name: &file.name,
            file_type: file.file_type.as_str(),
            size: long(file.size),
            compression: file.compression.as_deref(),
            chunk_size: long(file.chunk_size),
            chunk_count: long(file.chunks),
            optional_upload: file.is_optional,
        }
    }
}
