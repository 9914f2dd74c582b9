//! Reports as our own JSON, the one `ovf validate --format json` prints.

use serde::{Serialize, Serializer};

use super::package::File;
use crate::diagnostic::{Counts, Diagnostic, Severity};
use crate::report::Report;
use crate::source::Source;
use crate::span::Span;

/// What was found in some inputs.
///
/// ```json
/// {"schema":1,"tool":{"name":"ovf","version":"0.1.0"},"inputs":[…]}
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Output {
    /// Number of this shape. Within a number, fields are only added.
    pub schema: u32,
    /// Who made the report.
    pub tool: Tool,
    /// The inputs, in the order they were given, each exactly once.
    pub inputs: Vec<Input>,
}

/// Who made a report.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Tool {
    /// `ovf`.
    pub name: &'static str,
    /// The version of this crate.
    pub version: &'static str,
}

/// One input and its findings.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Input {
    /// The input as it was named by the caller.
    pub path: String,
    /// The version of OVF; absent when there is no envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<&'static str>,
    /// How the text was transported, `plain` or `gzip+base64`; absent when it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// Whether everything was examined. False when a limit was hit, and when the input could not be read.
    pub complete: bool,
    /// How many findings there are, those left out for their number among them.
    pub counts: Count,
    /// The findings, in order of place and code.
    pub diagnostics: Vec<Finding>,
    /// Of a package, whether every file matches the manifest; absent when only a descriptor was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
    /// Of a package, its files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// Of a package with a certificate, what is known of the signature.
    #[cfg(feature = "cert")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<super::package::Signature>,
    /// Why the input could not be read. There are no findings then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Count {
    /// Errors.
    pub error: u64,
    /// Warnings.
    pub warning: u64,
    /// Pieces of information.
    pub info: u64,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// `OVF3102`.
    pub code: &'static str,
    /// `unknown-file-ref`.
    pub name: &'static str,
    /// `error`, `warning` or `info`.
    #[serde(serialize_with = "severity")]
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The file the finding is in: the descriptor or another member of the package.
    pub file: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// Bytes from the start of the archive to what the finding is about; absent when that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// The element or attribute: `/Envelope/DiskSection/Disk[1]/@ovf:fileRef`. Absent without a place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Where the rule is written down.
    pub spec: &'static str,
    /// What to do; absent when there is no advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The `ParseIssue` category of vCenter's API.
    pub category: &'static str,
    /// The fault type of the vSphere API.
    pub fault: &'static str,
    /// Other places that explain the first; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Related>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

/// One-based lines and columns of the decoded text, the end exclusive; columns count Unicode scalar
/// values. All are 0 when the finding has no place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Place {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the first character after it.
    pub end_line: u32,
    /// Column of the first character after it.
    pub end_column: u32,
}

impl Output {
    /// A report without inputs yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            schema: 1,
            tool: Tool { name: "ovf", version: env!("CARGO_PKG_VERSION") },
            inputs: Vec::new(),
        }
    }
}

impl Default for Output {
    fn default() -> Self {
        Self::new()
    }
}

impl Input {
    /// What was found in a descriptor.
    #[must_use]
    pub fn of(path: &str, report: &Report<'_>) -> Self {
        let source = report.source();
        Self {
            path: path.to_owned(),
            version: report.envelope().map(|envelope| envelope.version().as_str()),
            encoding: Some(source.encoding().as_str()),
            complete: report.is_complete(),
            counts: report.counts().into(),
            diagnostics: report
                .diagnostics()
                .iter()
                .map(|found| Finding::of(path, found, report))
                .collect(),
            verified: None,
            files: Vec::new(),
            #[cfg(feature = "cert")]
            signature: None,
            error: None,
        }
    }

    /// An input that could not be read, and why.
    #[must_use]
    pub fn unreadable(path: &str, why: &str) -> Self {
        Self {
            path: path.to_owned(),
            version: None,
            encoding: None,
            complete: false,
            counts: Count::default(),
            diagnostics: Vec::new(),
            verified: None,
            files: Vec::new(),
            #[cfg(feature = "cert")]
            signature: None,
            error: Some(why.to_owned()),
        }
    }
}

impl Finding {
    /// A finding of a report about the file `file`.
    #[must_use]
    pub fn of(file: &str, found: &Diagnostic, report: &Report<'_>) -> Self {
        let source = report.source();
        Self {
            code: found.code.id(),
            name: found.code.name(),
            severity: found.severity,
            message: found.message.clone(),
            file: file.to_owned(),
            place: Place::of(found.span, source),
            offset: None,
            path: report.path(found),
            spec: found.code.clause(),
            help: found.help.clone(),
            category: found.code.category().as_str(),
            fault: found.code.fault().as_str(),
            labels: found
                .labels
                .iter()
                .map(|label| Related {
                    message: label.text.clone(),
                    place: Place::of(label.span, source),
                })
                .collect(),
        }
    }
}

impl Place {
    /// The lines and columns of a span.
    #[must_use]
    pub fn of(span: Span, source: &Source<'_>) -> Self {
        let start = source.line_col(span.start);
        let end = source.line_col(span.end.max(span.start));
        Self { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

impl From<Counts> for Count {
    fn from(counts: Counts) -> Self {
        Self { error: counts.error, warning: counts.warning, info: counts.info }
    }
}

fn severity<S: Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.as_str())
}
