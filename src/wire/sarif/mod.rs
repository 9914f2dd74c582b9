//! Reports as SARIF 2.1.0 (OASIS, 27 March 2020), which code scanning services read.
//!
//! Only what this crate fills in is here. Clauses in the comments are those of the SARIF standard.

mod fill;
mod uri;

use serde::Serialize;

/// A log file with one run (3.13).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Log {
    /// Where the schema is.
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    /// `2.1.0`.
    pub version: &'static str,
    /// The run.
    pub runs: [Run; 1],
}

/// A run of a tool (3.14).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Run {
    /// The tool.
    pub tool: Tool,
    /// How the run went.
    pub invocations: [Invocation; 1],
    /// The inputs.
    pub artifacts: Vec<Artifact>,
    /// `unicodeCodePoints`.
    pub column_kind: &'static str,
    /// The findings.
    pub results: Vec<SarifResult>,
}

/// The tool (3.18).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Tool {
    /// The program itself.
    pub driver: Driver,
}

/// The program of a tool (3.19).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Driver {
    /// `ovf`.
    pub name: &'static str,
    /// The version of this crate.
    pub version: &'static str,
    /// The same, as it is a semantic version.
    pub semantic_version: &'static str,
    /// The codes that occur in the results, in order of first occurrence.
    pub rules: Vec<ReportingDescriptor>,
}

/// A code (3.49).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReportingDescriptor {
    /// `OVF3102`.
    pub id: &'static str,
    /// `unknown-file-ref`.
    pub name: &'static str,
    /// The first sentence of the manual.
    pub short_description: Text,
    /// The first two paragraphs of the manual.
    pub full_description: Text,
    /// The whole manual.
    pub help: Text,
    /// The level when nobody has said otherwise.
    pub default_configuration: Configuration,
    /// What SARIF has no field for.
    pub properties: RuleProperties,
}

/// What SARIF has no field for (3.8).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RuleProperties {
    /// Where the rule is written down.
    pub spec: &'static str,
    /// The `ParseIssue` category of vCenter's API.
    pub category: &'static str,
    /// The fault type of the vSphere API.
    pub fault: &'static str,
}

/// The default of a code (3.50).
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Configuration {
    /// `error`, `warning` or `note`.
    pub level: &'static str,
}

/// A text, or a message (3.11, 3.12).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Text {
    /// Plain.
    pub text: String,
    /// With Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

/// How a run went (3.20).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Invocation {
    /// Whether every input could be read.
    pub execution_successful: bool,
    /// What could not be read, and what was not examined to its end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_execution_notifications: Vec<Notification>,
}

/// An event of a run (3.58).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Notification {
    /// `error` or `warning`.
    pub level: &'static str,
    /// What happened.
    pub message: Text,
    /// In which input.
    pub locations: [Location; 1],
}

/// An input (3.24).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Artifact {
    /// Where it is.
    pub location: ArtifactLocation,
    /// What part it played.
    pub roles: [&'static str; 1],
}

/// Where an input is (3.4).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ArtifactLocation {
    /// A URI reference.
    pub uri: String,
    /// Which of the run's artifacts.
    pub index: usize,
}

/// A finding (3.27).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SarifResult {
    /// The code.
    pub rule_id: &'static str,
    /// Which of the driver's rules.
    pub rule_index: usize,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// What is wrong and what to do.
    pub message: Text,
    /// Where.
    pub locations: [Location; 1],
    /// Other places that explain the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location>,
}

/// A place (3.28).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Location {
    /// Number, so that messages may refer to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    /// The file and the region in it.
    pub physical_location: PhysicalLocation,
    /// The element or attribute.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<LogicalLocation>,
    /// What is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
}

/// A place in a file (3.29).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PhysicalLocation {
    /// The file.
    pub artifact_location: ArtifactLocation,
    /// The part of it; absent when the finding has no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// A part of a text (3.30): one-based, the end column exclusive.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Region {
    /// Line of the first character.
    pub start_line: u32,
    /// Column of the first character.
    pub start_column: u32,
    /// Line of the last character.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

/// An element or attribute (3.33).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LogicalLocation {
    /// `/Envelope/DiskSection/Disk[1]/@ovf:fileRef`.
    pub fully_qualified_name: String,
    /// `element` or `attribute`.
    pub kind: &'static str,
}
