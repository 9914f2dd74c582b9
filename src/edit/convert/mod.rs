//! Writing a descriptor in an earlier version of OVF: 1.1 as 1.0.
//!
//! The two share a namespace; 1.1 added five things (DSP8023 1.1.0 against 1.0.0), and these are taken
//! out, each loss with a finding:
//!
//! | of 1.1 | in 1.0 |
//! |---|---|
//! | `password` of a Property | left out |
//! | `id` of a VirtualHardwareSection | left out |
//! | `xml:lang` of the Envelope | left out; message bundles that rely on it are given it |
//! | message bundles in files | written into the descriptor when the file is given, else left out |
//! | `rasd:VirtualQuantityUnits` | `AllocationUnits` takes its place, or the quantity is converted |
//!
//! A `version` attribute and a schema location that say 1.1 say 1.0 afterwards. Everything else stays
//! byte by byte: declarations of namespaces, comments, and extensions of vendors, which 1.0 allows as 1.1
//! does.

mod attributes;
mod bundles;
mod newer;
mod quantities;

use std::collections::HashMap;
use std::fmt;

use super::changes::Changes;
use crate::diagnostic::{Code, Counts, Diagnostic, Findings, Levels, Severity};
use crate::limits::Limits;
use crate::model::Envelope;
use crate::namespace::Version;
use crate::report::Report;
use crate::source::Source;

/// Writes descriptors of OVF 1.1 as OVF 1.0.
///
/// ```
/// use ovf::edit::convert::Converter;
/// use ovf::{Code, Source, Validator};
///
/// let source = Source::decode(br#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
///     xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
///   <References/>
///   <VirtualSystem ovf:id="vm">
///     <Info>A machine</Info>
///     <ProductSection>
///       <Info>What it is</Info>
///       <Property ovf:key="pin" ovf:type="string" ovf:password="true"/>
///     </ProductSection>
///   </VirtualSystem>
/// </Envelope>"#)?;
/// let report = Validator::new().check(&source);
/// let conversion = Converter::new().convert(&report)?;
/// assert_eq!(conversion.diagnostics()[0].code, Code::LOST_PASSWORD_MARK);
/// let text = conversion.changes().apply(source.text())?;
/// assert!(text.contains(r#"<Property ovf:key="pin" ovf:type="string"/>"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Converter<'b> {
    limits: Limits,
    bundles: HashMap<String, &'b Source<'b>>,
}

impl<'b> Converter<'b> {
    /// Without message bundles, with limits that are safe for input from strangers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with other limits: `text_bytes` is the most that is written into a descriptor from message
    /// bundles in all, `diagnostics` how many findings are kept.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same with the text of a file of messages, by the `href` its File has in the descriptor
    /// (DSP0243 10.2).
    #[must_use]
    pub fn bundle(mut self, href: impl Into<String>, text: &'b Source<'b>) -> Self {
        self.bundles.insert(href.into(), text);
        self
    }

    /// What has to change so that a descriptor is OVF 1.0, and what is lost. Nothing, when it is.
    ///
    /// A descriptor with faults is converted as well, and keeps them. The conversion adds no error, but for
    /// amounts that contradict each other when the unit of one is lost, which it says. The descriptor has to
    /// be well-formed XML and read to its end.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when it is no descriptor that could be read, when it is OVF 0.9, and when it is OVF 2.
    pub fn convert(&self, report: &Report<'_>) -> Result<Conversion, Refusal> {
        let envelope = match report.envelope() {
            Some(envelope) if is_readable(report) => envelope,
            _ => return Err(Refusal::unreadable(report)),
        };
        let mut findings = Findings::new(Levels::default(), self.limits.diagnostics);
        match envelope.version() {
            Version::V1_0 => {}
            Version::V1_1 => {
                let mut work = Work { envelope, changes: Changes::new(), findings: &mut findings };
                attributes::convert(&mut work);
                bundles::convert(&mut work, &self.bundles, &self.limits);
                quantities::convert(&mut work);
                let changes = work.changes;
                let (diagnostics, counts, _) = findings.finish();
                return Ok(Conversion { changes, diagnostics, counts });
            }
            Version::V0_9 => newer::refuse_draft(envelope, &mut findings),
            Version::V2 => newer::refuse(envelope, &mut findings),
        }
        let (diagnostics, counts, _) = findings.finish();
        if diagnostics.is_empty() {
            return Ok(Conversion { changes: Changes::new(), diagnostics, counts });
        }
        Err(Refusal { diagnostics })
    }
}

/// Whether nothing was left out in reading: neither cut off nor recovered from what is no XML.
fn is_readable(report: &Report<'_>) -> bool {
    report.tree().is_whole() && !report.diagnostics().iter().any(is_of_reading)
}

/// Whether a finding is about limits, decoding or XML: blocks 0 and 1.
fn is_of_reading(found: &Diagnostic) -> bool {
    found.severity == Severity::Error && found.code < Code::NOT_AN_ENVELOPE
}

/// A conversion on its way.
struct Work<'w, 'e, 's> {
    envelope: &'e Envelope<'s>,
    changes: Changes,
    findings: &'w mut Findings,
}

/// What has to change, and what is lost by it.
#[derive(Clone, Debug)]
pub struct Conversion {
    changes: Changes,
    diagnostics: Vec<Diagnostic>,
    counts: Counts,
}

impl Conversion {
    /// The changes of the descriptor's text.
    #[must_use]
    pub const fn changes(&self) -> &Changes {
        &self.changes
    }

    /// What is lost (warnings) and what is written in another way (information), sorted by place. Nothing
    /// is told twice, and nothing that means the same without a word.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings there are, those over the limit among them.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }
}

/// Why a descriptor is not converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    diagnostics: Vec<Diagnostic>,
}

impl Refusal {
    fn unreadable(report: &Report<'_>) -> Self {
        let no_descriptor = report.envelope().is_none();
        let matters = |found: &&Diagnostic| {
            is_of_reading(found) || no_descriptor && found.severity == Severity::Error
        };
        Self { diagnostics: report.diagnostics().iter().filter(matters).cloned().collect() }
    }

    /// Everything that stands in the way, sorted by place.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the descriptor cannot be written as OVF 1.0")?;
        match self.diagnostics.as_slice() {
            [] => Ok(()),
            [only] => write!(f, ": {}", only.message),
            [first, others @ ..] => {
                write!(f, ": {}, and {} more", first.message, others.len())
            }
        }
    }
}

impl std::error::Error for Refusal {}
