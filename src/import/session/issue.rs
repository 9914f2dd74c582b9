//! What was found in the documents of a package.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::span::LineCol;

/// Something found in a descriptor, a manifest or a message bundle. It owns all it tells, so that it can
/// be kept with a session.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Issue {
    /// Whether it is an error; else it is worth a warning.
    pub is_error: bool,
    /// `VALUE_ILLEGAL` and so on, as `ParseIssue` of the API has it.
    pub category: String,
    /// The file it is in.
    pub file: String,
    /// One-based line; 0 when it is about the file as a whole.
    pub line: u32,
    /// One-based column; 0 when it is about the file as a whole.
    pub column: u32,
    /// The code, `OVF3102`; empty when no rule stands behind it.
    pub code: String,
    /// The name of the code, `unknown-file-ref`.
    pub name: String,
    /// What is wrong.
    pub message: String,
}

impl Issue {
    /// Of findings those that are more than information.
    pub(super) fn of_findings(
        file: &str,
        source: &Source<'_>,
        findings: &[Diagnostic],
    ) -> Vec<Self> {
        let told = findings.iter().filter(|found| found.severity != Severity::Info);
        told.map(|found| {
            let LineCol { line, column } = source.line_col(found.span.start);
            Self {
                is_error: found.severity == Severity::Error,
                category: found.code.category().as_str().to_owned(),
                file: file.to_owned(),
                line,
                column,
                code: found.code.id().to_owned(),
                name: found.code.name().to_owned(),
                message: found.message.clone(),
            }
        })
        .collect()
    }

    /// An error about a file as a whole.
    pub(super) fn error(file: &str, name: &str, message: impl Into<String>) -> Self {
        Self {
            is_error: true,
            category: "VALIDATION_ERROR".to_owned(),
            file: file.to_owned(),
            line: 0,
            column: 0,
            code: String::new(),
            name: name.to_owned(),
            message: message.into(),
        }
    }

    /// A warning about a file as a whole.
    pub(super) fn warning(file: &str, name: &str, message: impl Into<String>) -> Self {
        Self { is_error: false, ..Self::error(file, name, message) }
    }
}
