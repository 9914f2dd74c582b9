//! From reports to SARIF.

use super::uri::uri;
use super::{
    Artifact, ArtifactLocation, Configuration, Driver, Invocation, Location, Log, LogicalLocation,
    Notification, PhysicalLocation, Region, ReportingDescriptor, RuleProperties, Run, SarifResult,
    Text, Tool,
};
use crate::diagnostic::{Code, Diagnostic, Level, Severity};
use crate::package::PackageReport;
use crate::report::Report;
use crate::wire::catalogue::Rule;
use crate::wire::report::{Finding, Input, Place};

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

    /// Adds what was found in the package `package`. Findings are placed in its files, as if they lay
    /// in the folder `folder`.
    pub fn add_package(&mut self, package: &str, folder: &str, report: &PackageReport<'_>) {
        let [run] = &mut self.runs;
        let mut artifacts: Vec<(String, ArtifactLocation)> = Vec::new();
        let shape = Input::of_package(package, report);
        for found in shape.diagnostics {
            let Ok(code) = found.code.parse::<Code>() else { continue };
            let known = artifacts.iter().find(|(file, _)| *file == found.file);
            let artifact = if let Some((_, artifact)) = known {
                artifact.clone()
            } else {
                let file = if found.file == package || folder.is_empty() {
                    found.file.clone()
                } else {
                    format!("{folder}/{}", found.file)
                };
                let artifact = run.artifact(&file);
                artifacts.push((found.file.clone(), artifact.clone()));
                artifact
            };
            let rule_index = run.rule(code);
            run.results.push(SarifResult::of_member(found, rule_index, &artifact));
        }
        if !shape.complete {
            let artifact = run.artifact(package);
            run.notify("warning", "not examined to its end", artifact);
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
    fn of_member(found: Finding, rule_index: usize, artifact: &ArtifactLocation) -> Self {
        let mut text = found.message;
        if let Some(help) = &found.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        let mut location = Location::in_file(artifact.clone());
        if found.place.line > 0 {
            location.physical_location.region = Some(found.place.into());
        }
        if !found.path.is_empty() {
            let kind = if found.path.contains("/@") { "attribute" } else { "element" };
            let name = LogicalLocation { fully_qualified_name: found.path, kind };
            location.logical_locations.push(name);
        }
        let related = found.labels.into_iter().zip(1..).map(|(label, id)| {
            let mut location = Location::in_file(artifact.clone());
            location.id = Some(id);
            location.physical_location.region = Some(label.place.into());
            location.message = Some(Text::plain(label.message));
            location
        });
        Self {
            rule_id: found.code,
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
