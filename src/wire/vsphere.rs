//! Findings in the shapes of vCenter's `com.vmware.vcenter.ovf` API.
//!
//! Names are in snake case, as the API has them. A `-1` stands for a line or column that is not known.

use serde::Serialize;

use super::report::{Finding, Input};
use crate::diagnostic::{Diagnostic, Severity};
use crate::package::PackageReport;
use crate::report::Report;
use crate::span::LineCol;

/// The lists of `LibraryItem.ResultInfo`, with the findings of all inputs: each issue names its file.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ResultInfo {
    /// What makes an import fail.
    pub errors: Vec<OvfMessage>,
    /// What is worth a warning.
    pub warnings: Vec<OvfMessage>,
    /// What is merely worth knowing; absent when there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub information: Vec<OvfInfo>,
}

/// `OvfError` and `OvfWarning`: a union, told by `category`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "category")]
#[non_exhaustive]
pub enum OvfMessage {
    /// Something is wrong with the package.
    #[serde(rename = "VALIDATION")]
    Validation {
        /// What.
        issues: Vec<ParseIssue>,
    },
    /// Something is wrong with what the caller gave.
    #[serde(rename = "INPUT")]
    Input {
        /// Which parameter.
        name: String,
        /// What was given.
        value: String,
        /// What is wrong with it.
        message: LocalizableMessage,
    },
}

/// `OvfInfo`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OvfInfo {
    /// The pieces of information.
    pub messages: Vec<LocalizableMessage>,
}

/// `ParseIssue`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ParseIssue {
    /// `VALUE_ILLEGAL` and so on.
    pub category: &'static str,
    /// The file it is in: descriptor, manifest or certificate.
    pub file: String,
    /// One-based, or -1.
    pub line_number: i64,
    /// One-based, or -1.
    pub column_number: i64,
    /// What is wrong.
    pub message: LocalizableMessage,
}

/// `LocalizableMessage` of the vAPI standard types.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LocalizableMessage {
    /// Key of the message: `ovf.` and the name of the code.
    pub id: String,
    /// The message in English.
    pub default_message: String,
    /// Values for the placeholders of the message. Ours are complete, so there are none.
    pub args: Vec<String>,
}

impl ResultInfo {
    /// Adds what was found in the file `file`: one message for the errors, one for the warnings.
    pub fn add(&mut self, file: &str, report: &Report<'_>) {
        let (mut errors, mut warnings, mut messages) = (Vec::new(), Vec::new(), Vec::new());
        for found in report.diagnostics() {
            match found.severity {
                Severity::Error => errors.push(ParseIssue::of(file, found, report)),
                Severity::Warning => warnings.push(ParseIssue::of(file, found, report)),
                Severity::Info => messages.push(LocalizableMessage::of(found)),
            }
        }
        self.gather(errors, warnings, messages);
    }

    /// Adds what was found in a package: one message for the errors, one for the warnings.
    pub fn add_package(&mut self, file: &str, report: &PackageReport<'_>) {
        let (mut errors, mut warnings, mut messages) = (Vec::new(), Vec::new(), Vec::new());
        for found in Input::of_package(file, report).diagnostics {
            match found.severity {
                Severity::Error => errors.push(ParseIssue::of_member(found)),
                Severity::Warning => warnings.push(ParseIssue::of_member(found)),
                Severity::Info => messages.push(LocalizableMessage::of_member(&found)),
            }
        }
        self.gather(errors, warnings, messages);
    }

    fn gather(
        &mut self,
        errors: Vec<ParseIssue>,
        warnings: Vec<ParseIssue>,
        messages: Vec<LocalizableMessage>,
    ) {
        if !errors.is_empty() {
            self.errors.push(OvfMessage::Validation { issues: errors });
        }
        if !warnings.is_empty() {
            self.warnings.push(OvfMessage::Validation { issues: warnings });
        }
        if !messages.is_empty() {
            self.information.push(OvfInfo { messages });
        }
    }

    /// Adds an input that could not be read.
    pub fn add_unreadable(&mut self, file: &str, why: &str) {
        self.errors.push(OvfMessage::Input {
            name: "file".to_owned(),
            value: file.to_owned(),
            message: LocalizableMessage {
                id: "ovf.unreadable-input".to_owned(),
                default_message: why.to_owned(),
                args: Vec::new(),
            },
        });
    }
}

impl ParseIssue {
    /// The shape of a finding in the file `file`.
    #[must_use]
    pub fn of(file: &str, found: &Diagnostic, report: &Report<'_>) -> Self {
        let LineCol { line, column } = report.source().line_col(found.span.start);
        Self {
            category: found.code.category().as_str(),
            file: file.to_owned(),
            line_number: line.into(),
            column_number: column.into(),
            message: LocalizableMessage::of(found),
        }
    }
}

impl ParseIssue {
    fn of_member(found: Finding) -> Self {
        let place = |number: u32| if number == 0 { -1 } else { number.into() };
        Self {
            category: found.category,
            line_number: place(found.place.line),
            column_number: place(found.place.column),
            message: LocalizableMessage::of_member(&found),
            file: found.file,
        }
    }
}

impl LocalizableMessage {
    fn of_member(found: &Finding) -> Self {
        Self {
            id: format!("ovf.{}", found.name),
            default_message: found.message.clone(),
            args: Vec::new(),
        }
    }

    fn of(found: &Diagnostic) -> Self {
        Self {
            id: format!("ovf.{}", found.code.name()),
            default_message: found.message.clone(),
            args: Vec::new(),
        }
    }
}
