//! Findings of the parser, bounded.

use std::fmt;

use crate::diagnostic::{Code, Draft, Findings};
use crate::span::Span;

/// Faults after which a text is not read any further. A person mends a handful and checks again; a
/// text with a thousand is no XML at all, and each finding takes some hundred times the memory of the
/// `&` it is about.
const MOST: usize = 1_000;

/// Gathers the findings about one text.
pub(super) struct Faults<'f> {
    findings: &'f mut Findings,
    count: usize,
}

impl<'f> Faults<'f> {
    pub(super) const fn new(findings: &'f mut Findings) -> Self {
        Self { findings, count: 0 }
    }

    pub(super) fn add(&mut self, code: Code, span: Span, message: fmt::Arguments<'_>) -> Draft<'_> {
        self.count = self.count.saturating_add(1);
        self.findings.add(code, span, message)
    }

    /// Adds the finding that a ceiling was hit.
    pub(super) fn limit(&mut self, span: Span, message: fmt::Arguments<'_>) -> Draft<'_> {
        self.findings.limit(span, message)
    }

    /// Whether there are so many that reading on is no use.
    pub(super) const fn are_too_many(&self) -> bool {
        self.count >= MOST
    }

    /// Adds the finding that reading ends for the number of faults.
    pub(super) fn give_up(&mut self, span: Span) {
        self.limit(span, format_args!("the text is not read beyond its first {MOST} faults"))
            .help(format_args!("mend those that are reported and check again"))
            .done();
    }
}
