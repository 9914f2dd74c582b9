//! Findings on their way from the rules to the report.

use std::fmt::{self, Write as _};

use super::code::{Code, Level, Severity};
use super::kept::{Judged, Kept};
use super::quote::quoted;
use super::suggest::closest;
use crate::policy::Strictness;
use crate::span::Span;

/// Longest message, label or help, in bytes. Long enough for a clause and two names, short enough for a log line.
const TEXT_BYTES: usize = 512;

/// A finding: one fault at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of fault.
    pub code: Code,
    /// How much it matters, after policy and overrides.
    pub severity: Severity,
    /// One line, lower case, no full stop, at most 512 bytes, free of control characters.
    /// Never contains the value of a password property.
    pub message: String,
    /// Where, in bytes of the decoded text.
    pub span: Span,
    /// Other places that explain the first.
    pub labels: Vec<Label>,
    /// What to do about it, in the imperative.
    pub help: Option<String>,
}

impl Judged for Diagnostic {
    fn severity(&self) -> Severity {
        self.severity
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// Where, in bytes of the decoded text.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// How many findings there are of each severity, those not kept among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Errors.
    pub error: u64,
    /// Warnings.
    pub warning: u64,
    /// Pieces of information.
    pub info: u64,
}

impl Counts {
    pub(crate) const fn none() -> Self {
        Self { error: 0, warning: 0, info: 0 }
    }

    /// Counts one more.
    pub(crate) const fn add(&mut self, severity: Severity) {
        let count = self.of(severity);
        *count = count.saturating_add(1);
    }

    /// Counts one less.
    pub(super) const fn remove(&mut self, severity: Severity) {
        let count = self.of(severity);
        *count = count.saturating_sub(1);
    }

    const fn of(&mut self, severity: Severity) -> &mut u64 {
        match severity {
            Severity::Error => &mut self.error,
            Severity::Warning => &mut self.warning,
            Severity::Info => &mut self.info,
        }
    }
}

/// Severities by code: the table's, then the strictness, then the caller's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    strictness: Strictness,
    /// The caller's own, sorted by code.
    overrides: Vec<(Code, Option<Severity>)>,
}

impl Levels {
    pub(crate) const fn set_strictness(&mut self, strictness: Strictness) {
        self.strictness = strictness;
    }

    pub(crate) fn set(&mut self, code: Code, severity: Option<Severity>) {
        match self.overrides.binary_search_by_key(&code, |&(code, _)| code) {
            Ok(at) => {
                if let Some(slot) = self.overrides.get_mut(at) {
                    slot.1 = severity;
                }
            }
            Err(at) => self.overrides.insert(at, (code, severity)),
        }
    }

    /// The severity of a code, `None` when it is silenced.
    pub(crate) fn severity(&self, code: Code) -> Option<Severity> {
        if let Ok(at) = self.overrides.binary_search_by_key(&code, |&(code, _)| code) {
            return self.overrides.get(at).and_then(|&(_, severity)| severity);
        }
        Some(match (code.level(), self.strictness) {
            (Level::Error, _) | (Level::Tolerated, Strictness::Strict) => Severity::Error,
            (Level::Tolerated, Strictness::Lenient) | (Level::Warning, _) => Severity::Warning,
            (Level::Info, _) => Severity::Info,
        })
    }
}

/// Gathers findings: gives them their severity, counts them, keeps as many as there is room for.
#[derive(Debug)]
pub(crate) struct Findings {
    kept: Kept<Diagnostic>,
    counts: Counts,
    /// Whether no ceiling cut the work short.
    is_examined: bool,
    /// Whether there was room for every finding.
    is_told: bool,
    levels: Levels,
}

impl Findings {
    pub(crate) const fn new(levels: Levels, room: usize) -> Self {
        Self {
            kept: Kept::new(room),
            counts: Counts::none(),
            is_examined: true,
            is_told: true,
            levels,
        }
    }

    /// Adds a finding. What is returned takes labels and help; it does nothing when the code is
    /// silenced or the room is used up by what matters as much, so that no text is made in vain.
    pub(crate) fn add(&mut self, code: Code, span: Span, message: fmt::Arguments<'_>) -> Draft<'_> {
        let Some(severity) = self.levels.severity(code) else { return Draft(None) };
        self.counts.add(severity);
        if self.kept.is_full() {
            self.is_told = false;
        }
        if !self.kept.make_room(severity) {
            return Draft(None);
        }
        Draft(self.kept.push(Diagnostic {
            code,
            severity,
            message: one_line(message),
            span,
            labels: Vec::new(),
            help: None,
        }))
    }

    /// Adds the finding that a ceiling was hit: the work is not complete.
    pub(crate) fn limit(&mut self, span: Span, what: fmt::Arguments<'_>) -> Draft<'_> {
        self.is_examined = false;
        self.add(Code::LIMIT_REACHED, span, what)
    }

    /// Whether no ceiling cut the work short. Findings for which there was no room do not.
    pub(crate) const fn is_examined(&self) -> bool {
        self.is_examined
    }

    /// The findings sorted by place and code, their counts, and whether everything was examined and told.
    pub(crate) fn finish(self) -> (Vec<Diagnostic>, Counts, bool) {
        let mut list = self.kept.into_vec();
        list.sort_by_key(|d| (d.span, d.code));
        (list, self.counts, self.is_examined && self.is_told)
    }
}

/// A finding that was just added.
#[must_use = "call `done` when there is nothing to add"]
pub(crate) struct Draft<'f>(Option<&'f mut Diagnostic>);

impl Draft<'_> {
    /// Whether the finding is kept. When it is not, no costly help need be made for it.
    pub(crate) const fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Adds a second place.
    pub(crate) fn label(mut self, span: Span, text: fmt::Arguments<'_>) -> Self {
        if let Some(diagnostic) = self.0.as_deref_mut() {
            diagnostic.labels.push(Label { span, text: one_line(text) });
        }
        self
    }

    /// Says what to do.
    pub(crate) fn help(mut self, text: fmt::Arguments<'_>) -> Self {
        if let Some(diagnostic) = self.0.as_deref_mut() {
            diagnostic.help = Some(one_line(text));
        }
        self
    }

    /// Suggests the candidate that is close enough to `name` to have been meant; says something else
    /// when there is none. Candidates are looked at only when the finding is kept.
    pub(crate) fn suggest<T: AsRef<str>>(
        self,
        name: &str,
        candidates: impl IntoIterator<Item = T>,
        otherwise: fmt::Arguments<'_>,
    ) -> Self {
        if self.0.is_none() {
            return self;
        }
        match closest(name, candidates) {
            Some(meant) => {
                self.help(format_args!("write {} if that is meant", quoted(meant.as_ref())))
            }
            None => self.help(otherwise),
        }
    }

    /// Ends the finding.
    pub(crate) fn done(self) {}
}

/// Formats into one line of bounded length in which nothing can steer a terminal.
pub(crate) fn one_line(text: fmt::Arguments<'_>) -> String {
    let mut line = OneLine(String::new());
    // The only error is that the line is full.
    let _full = line.write_fmt(text);
    line.0
}

struct OneLine(String);

impl fmt::Write for OneLine {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            let c = if super::quote::is_unsafe(c) { '\u{FFFD}' } else { c };
            if self.0.len().saturating_add(c.len_utf8()) > TEXT_BYTES.saturating_sub('…'.len_utf8())
            {
                self.0.push('…');
                return Err(fmt::Error);
            }
            self.0.push(c);
        }
        Ok(())
    }
}
