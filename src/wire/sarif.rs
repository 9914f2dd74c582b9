//! Reports as SARIF 2.1.0 (OASIS, 27 March 2020), which code scanning services read.
//!
//! Only what this crate fills in is here. Clauses in the comments are those of the SARIF standard.

use std::fmt::Write as _;

use serde::Serialize;

use super::catalogue::Rule;
use super::report::Place;
use crate::diagnostic::{Code, Diagnostic, Level, Severity};
use crate::report::Report;

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

impl Log {
    /// A log without inputs yet.
    #[must_use]
    pub const fn new() -> Self {
        let version = env!("CARGO_PKG_VERSION");
        Self {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "ovf",
                        version,
                        semantic_version: version,
                        rules: Vec::new(),
                    },
                },
                invocations: [Invocation {
                    execution_successful: true,
                    tool_execution_notifications: Vec::new(),
                }],
                artifacts: Vec::new(),
                column_kind: "unicodeCodePoints",
                results: Vec::new(),
            }],
        }
    }

    /// Adds what was found in the file `file`.
    pub fn add(&mut self, file: &str, report: &Report<'_>) {
        let [run] = &mut self.runs;
        let artifact = run.artifact(file);
        for found in report.diagnostics() {
            let rule_index = run.rule(found.code);
            run.results.push(SarifResult::of(found, rule_index, &artifact, report));
        }
        if !report.is_complete() {
            run.notify("warning", "not examined to its end: a limit was reached", artifact);
        }
    }

    /// Adds an input that could not be read.
    pub fn add_unreadable(&mut self, file: &str, why: &str) {
        let [run] = &mut self.runs;
        let artifact = run.artifact(file);
        let [invocation] = &mut run.invocations;
        invocation.execution_successful = false;
        run.notify("error", why, artifact);
    }
}

impl Default for Log {
    fn default() -> Self {
        Self::new()
    }
}

impl Run {
    fn artifact(&mut self, file: &str) -> ArtifactLocation {
        let location = ArtifactLocation { uri: uri(file), index: self.artifacts.len() };
        self.artifacts.push(Artifact { location: location.clone(), roles: ["analysisTarget"] });
        location
    }

    fn notify(&mut self, level: &'static str, what: &str, artifact: ArtifactLocation) {
        let [invocation] = &mut self.invocations;
        invocation.tool_execution_notifications.push(Notification {
            level,
            message: Text::plain(what.to_owned()),
            locations: [Location::in_file(artifact)],
        });
    }

    /// The index of a code among the rules, where it is put when it is new.
    fn rule(&mut self, code: Code) -> usize {
        let rules = &mut self.tool.driver.rules;
        rules.iter().position(|rule| rule.id == code.id()).unwrap_or_else(|| {
            rules.push(ReportingDescriptor::of(code));
            rules.len().saturating_sub(1)
        })
    }
}

impl ReportingDescriptor {
    fn of(code: Code) -> Self {
        let rule = Rule::of(code);
        let mut paragraphs = rule.manual.split("\n\n");
        let first = paragraphs.next().unwrap_or_default().replace('\n', " ");
        let second = paragraphs.next().unwrap_or_default().replace('\n', " ");
        Self {
            id: rule.code,
            name: rule.name,
            full_description: Text::plain(format!("{first} {second}").trim().to_owned()),
            short_description: Text::plain(first),
            help: Text { text: rule.manual.clone(), markdown: Some(rule.manual) },
            default_configuration: Configuration {
                level: match code.level() {
                    Level::Error => "error",
                    Level::Tolerated | Level::Warning => "warning",
                    Level::Info => "note",
                },
            },
            properties: RuleProperties {
                spec: rule.spec,
                category: rule.category,
                fault: rule.fault,
            },
        }
    }
}

impl SarifResult {
    fn of(
        found: &Diagnostic,
        rule_index: usize,
        artifact: &ArtifactLocation,
        report: &Report<'_>,
    ) -> Self {
        let source = report.source();
        let mut text = found.message.clone();
        if let Some(help) = &found.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        let mut location = Location::in_file(artifact.clone());
        location.physical_location.region = Some(Place::of(found.span, source).into());
        let path = report.path(found);
        if !path.is_empty() {
            let kind = if path.contains("/@") { "attribute" } else { "element" };
            location.logical_locations.push(LogicalLocation { fully_qualified_name: path, kind });
        }
        let related = found.labels.iter().zip(1..).map(|(label, id)| {
            let mut location = Location::in_file(artifact.clone());
            location.id = Some(id);
            location.physical_location.region = Some(Place::of(label.span, source).into());
            location.message = Some(Text::plain(label.text.clone()));
            location
        });
        Self {
            rule_id: found.code.id(),
            rule_index,
            level: match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "note",
            },
            message: Text::plain(text),
            locations: [location],
            related_locations: related.collect(),
        }
    }
}

impl Location {
    const fn in_file(artifact: ArtifactLocation) -> Self {
        Self {
            id: None,
            physical_location: PhysicalLocation { artifact_location: artifact, region: None },
            logical_locations: Vec::new(),
            message: None,
        }
    }
}

impl Text {
    const fn plain(text: String) -> Self {
        Self { text, markdown: None }
    }
}

impl From<Place> for Region {
    fn from(place: Place) -> Self {
        Self {
            start_line: place.line,
            start_column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
        }
    }
}

/// A file name as URI reference (RFC 3986): an absolute one gets the scheme `file`, and a relative one
/// whose first segment has a colon a `./` before it, as that would be read as a scheme.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    let drive = file.as_bytes().get(1) == Some(&b':')
        && file.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let slashes = drive || file.starts_with("\\\\");
    if file.starts_with('/') {
        uri.push_str("file://");
    } else if drive {
        uri.push_str("file:///");
    } else if file.split('/').next().is_some_and(|segment| segment.contains(':')) {
        uri.push_str("./");
    }
    for byte in file.bytes() {
        match byte {
            b'\\' if slashes => uri.push('/'),
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b':'
            | b'@'
            | b'+'
            | b',' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn file_names_become_uris() {
        for (file, expected) in [
            ("vm.ovf", "vm.ovf"),
            ("my vm#1 50%.ovf", "my%20vm%231%2050%25.ovf"),
            ("größe.ovf", "gr%C3%B6%C3%9Fe.ovf"),
            ("/srv/vm.ovf", "file:///srv/vm.ovf"),
            ("a:b/vm.ovf", "file:///a:b/vm.ovf"),
            ("ab:c/vm.ovf", "./ab:c/vm.ovf"),
            ("C:\\vms\\vm.ovf", "file:///C:/vms/vm.ovf"),
            ("-", "-"),
        ] {
            assert_eq!(uri(file), expected);
        }
    }
}
