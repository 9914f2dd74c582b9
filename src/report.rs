//! The front door: options in, report out.

mod path;

use std::sync::OnceLock;

use self::path::Ordinals;
use crate::diagnostic::{Code, Counts, Diagnostic, Findings, Levels, Severity};
use crate::limits::Limits;
use crate::model::{self, Envelope, OstNode};
use crate::policy::Policy;
use crate::rules;
use crate::source::Source;
use crate::span::Span;
use crate::xml::Tree;

/// Checks descriptors. Cheap to make, without state between checks, and free to share between threads.
///
/// ```
/// use ovf::{Code, Policy, Severity, Strictness, Target, Validator};
///
/// let validator = Validator::new()
///     .policy(Policy::new().strictness(Strictness::Strict).target(Target::VSphere))
///     .level(Code::MISSING_INFO, Some(Severity::Info));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Validator {
    policy: Policy,
    limits: Limits,
    levels: Levels,
}

impl Validator {
    /// Lenient, for no importer in particular, with limits that are safe for input from strangers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with another policy.
    #[must_use]
    pub const fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self.levels.set_strictness(policy.strictness);
        self
    }

    /// The same with other limits.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same with the severity of a code set, whatever the policy says; `None` silences it.
    #[must_use]
    pub fn level(mut self, code: Code, severity: Option<Severity>) -> Self {
        self.levels.set(code, severity);
        self
    }

    /// How findings are judged, also those about other files of the package.
    pub(crate) const fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The limits set.
    pub(crate) const fn set_limits(&self) -> &Limits {
        &self.limits
    }

    /// Checks a descriptor: everything that is wrong with it, not the first fault alone.
    #[must_use]
    pub fn check<'s>(&self, source: &'s Source<'_>) -> Report<'s> {
        let mut findings = Findings::new(self.levels.clone(), self.limits.diagnostics);
        source.findings(&mut findings);
        let tree = Tree::read(source.text(), &self.limits, &mut findings);
        let document = match Envelope::read(source, tree) {
            Ok(mut envelope) => {
                rules::run(&mut envelope, self.policy, &mut findings);
                Document::Envelope(envelope)
            }
            Err(tree) => {
                rules::refuse(&tree, &mut findings);
                Document::Foreign(tree)
            }
        };
        self.report(source, document, findings)
    }

    /// Checks an OVF environment document, which is what a guest is given (DSP0243 11, DSP8027). With a
    /// machine of a descriptor it is also checked whether the document is for this machine: its id, its
    /// siblings, the properties it and they see.
    ///
    /// The report has no [`envelope`](Report::envelope). All values of properties are
    /// [secrets](Report::secrets), for nothing in such a document says which of them are passwords.
    ///
    /// ```
    /// use ovf::{Code, Source, Validator};
    ///
    /// let source = Source::decode(br#"<Environment oe:id="web"
    ///     xmlns="http://schemas.dmtf.org/ovf/environment/1" xmlns:oe="http://schemas.dmtf.org/ovf/environment/1">
    ///   <PropertySection><Property oe:key="port"/></PropertySection>
    /// </Environment>"#)?;
    /// let report = Validator::new().check_environment(&source, None);
    /// assert_eq!(report.diagnostics()[0].code, Code::MISSING_ENVIRONMENT_VALUE);
    /// # Ok::<(), ovf::DecodeError>(())
    /// ```
    #[must_use]
    pub fn check_environment<'s>(
        &self,
        source: &'s Source<'_>,
        machine: Option<OstNode<'_, '_>>,
    ) -> Report<'s> {
        let mut findings = Findings::new(self.levels.clone(), self.limits.diagnostics);
        source.findings(&mut findings);
        let tree = Tree::read(source.text(), &self.limits, &mut findings);
        rules::run_environment(&tree, machine, &mut findings);
        self.report(source, Document::Foreign(tree), findings)
    }

    fn report<'s>(
        &self,
        source: &'s Source<'_>,
        document: Document<'s>,
        findings: Findings,
    ) -> Report<'s> {
        let examined = findings.is_examined();
        let (diagnostics, counts, complete) = findings.finish();
        Report {
            source,
            document,
            diagnostics,
            counts,
            examined,
            complete,
            policy: self.policy,
            ordinals: OnceLock::new(),
        }
    }
}

/// What was read of a descriptor, and what was found in it.
#[derive(Debug)]
pub struct Report<'s> {
    source: &'s Source<'s>,
    document: Document<'s>,
    diagnostics: Vec<Diagnostic>,
    counts: Counts,
    /// Whether no ceiling cut the work short.
    examined: bool,
    /// Whether every finding is in the list too.
    complete: bool,
    policy: Policy,
    ordinals: OnceLock<Ordinals>,
}

#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one for each report, and nearly all are envelopes"
)]
enum Document<'s> {
    Envelope(Envelope<'s>),
    /// XML of another kind, or none at all.
    Foreign(Tree<'s>),
}

impl<'s> Report<'s> {
    /// The findings, sorted by place and code: the same input gives the same list. When there are more
    /// than [`Limits::diagnostics`], errors go before warnings.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings there are of each severity, those beyond
    /// [`Limits::diagnostics`] among them.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether everything was examined, and every finding is in the list: no limit was reached.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether everything was examined, though there may be more findings than the list has room for.
    #[must_use]
    pub const fn is_examined(&self) -> bool {
        self.examined
    }

    /// The descriptor, as far as it could be read, also when there are errors.
    #[must_use]
    pub const fn envelope(&self) -> Option<&Envelope<'s>> {
        match &self.document {
            Document::Envelope(envelope) => Some(envelope),
            Document::Foreign(_) => None,
        }
    }

    /// Whether the document is, or is meant to be, an OVF environment document, which
    /// [`Validator::check_environment`] checks.
    #[must_use]
    pub fn is_environment(&self) -> bool {
        rules::is_environment(self.tree())
    }

    /// The XML tree, as far as it could be read.
    #[must_use]
    pub const fn tree(&self) -> &Tree<'s> {
        match &self.document {
            Document::Envelope(envelope) => envelope.tree(),
            Document::Foreign(tree) => tree,
        }
    }

    /// The text that was checked.
    #[must_use]
    pub const fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// The policy it was checked by.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        self.policy
    }

    /// The path to the element or attribute a finding points at:
    /// `/Envelope/DiskSection/Disk[2]/@ovf:fileRef`.
    ///
    /// Elements are named as they are written. An index, from 1, is there when the parent has several
    /// children of that name.
    #[must_use]
    pub fn path(&self, diagnostic: &Diagnostic) -> String {
        let ordinals = self.ordinals.get_or_init(|| Ordinals::new(self.tree()));
        ordinals.path(self.tree(), diagnostic.span)
    }

    /// Places whose text must not be shown: the values of password properties, in document order.
    #[must_use]
    pub fn secrets(&self) -> Vec<Span> {
        model::secrets(self.tree())
    }

    /// Whether there is a descriptor that is whole and without an error: [`into_valid`](Self::into_valid)
    /// hands it out then. More warnings than [`Limits::diagnostics`] are no hindrance.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.examined && self.counts.error == 0 && self.envelope().is_some()
    }

    /// The descriptor, proved to be whole and without an error.
    ///
    /// # Errors
    ///
    /// The report itself, when there is an error, when a ceiling cut the work short, or when it is no
    /// descriptor: when it is not [valid](Self::is_valid).
    #[allow(clippy::result_large_err, reason = "the error is the report itself, handed back")]
    pub fn into_valid(self) -> Result<Valid<Envelope<'s>>, Self> {
        let is_valid = self.is_valid();
        match self.document {
            Document::Envelope(envelope) if is_valid => Ok(Valid(envelope)),
            _ => Err(self),
        }
    }
}

/// Proof that a value came through validation without an error. Only [`Report::into_valid`] makes one.
#[derive(Debug)]
pub struct Valid<T>(T);

impl<T> std::ops::Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
