//! The codes as JSON.

use serde::Serialize;

use crate::diagnostic::{Code, Level};

/// Every code there is, and what is known of each.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Catalogue {
    /// Number of this shape. Within a number, fields are only added.
    pub schema: u32,
    /// The codes, in order of number.
    pub rules: Vec<Rule>,
}

/// One code.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Rule {
    /// `OVF3102`.
    pub code: &'static str,
    /// `unknown-file-ref`.
    pub name: &'static str,
    /// Its severity when nobody has said otherwise: `error`, `warning` or `info`.
    pub severity: &'static str,
    /// Its severity when checking strictly.
    pub strict_severity: &'static str,
    /// Where the rule is written down.
    pub spec: &'static str,
    /// The `ParseIssue` category of vCenter's API.
    pub category: &'static str,
    /// The fault type of the vSphere API.
    pub fault: &'static str,
    /// What the fault is, why it matters, an example, the cure. Markdown.
    pub manual: String,
}

impl Catalogue {
    /// The catalogue of this version.
    #[must_use]
    pub fn new() -> Self {
        Self { schema: 1, rules: Code::all().map(Rule::of).collect() }
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::new()
    }
}

impl Rule {
    /// What is known of a code.
    #[must_use]
    pub fn of(code: Code) -> Self {
        let (severity, strict_severity) = match code.level() {
            Level::Error => ("error", "error"),
            Level::Tolerated => ("warning", "error"),
            Level::Warning => ("warning", "warning"),
            Level::Info => ("info", "info"),
        };
        Self {
            code: code.id(),
            name: code.name(),
            severity,
            strict_severity,
            spec: code.clause(),
            category: code.category().as_str(),
            fault: code.fault().as_str(),
            manual: manual(code),
        }
    }
}

/// The manual of a code as Markdown, without the blank a doc comment begins each line with.
pub(super) fn manual(code: Code) -> String {
    let lines: Vec<&str> =
        code.explain().lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_owned()
}
