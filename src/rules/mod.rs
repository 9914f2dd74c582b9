//! The rules: one function each, in the file of its clause.
//!
//! A rule looks at the descriptor and speaks with its own code alone. It is linear in the size of what
//! it looks at: lookups by id go through the index of the model.

mod content;
mod deployment;
mod disks;
mod document;
mod envelope;
mod extensibility;
mod hardware;
mod legacy;
mod networks;
mod placement;
mod products;
mod references;
mod startup;
mod strings;
mod structure;
mod system;
mod texts;
mod vcloud;
mod vendor;
mod version2;
mod vsphere;

use std::fmt;

use crate::diagnostic::{Code, Draft, Findings};
use crate::model::{Dialect, Envelope};
use crate::policy::{Policy, Target};
use crate::span::Span;
use crate::xml::Tree;

/// A rule: what it may find, for whom it holds, what it needs, and the function.
pub(crate) struct Rule {
    code: Code,
    on: Targets,
    needs: Needs,
    check: fn(&Envelope<'_>, &mut Out<'_>),
}

/// The targets a rule holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Targets {
    /// All of them: the rule is the standard's.
    All,
    /// One importer alone.
    Only(Target),
}

impl Targets {
    fn includes(self, target: Target) -> bool {
        match self {
            Self::All => true,
            Self::Only(only) => only == target,
        }
    }
}

/// What a rule needs to speak the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// What was read: the rule judges what stands there.
    Part,
    /// The whole document: the rule tells that something is missing, which a document that was cut
    /// short, or read to a limit only, cannot show.
    Whole,
}

/// Where a rule puts what it finds. It carries the code of the rule that is being run.
pub(crate) struct Out<'f> {
    code: Code,
    findings: &'f mut Findings,
}

impl Out<'_> {
    /// Adds a finding. It takes labels and help, and ends with `done`.
    fn at(&mut self, span: Span, message: fmt::Arguments<'_>) -> Draft<'_> {
        self.findings.add(self.code, span, message)
    }
}

/// The rules of every file, in order of clause.
const RULES: &[&[Rule]] = &[
    document::RULES,
    envelope::RULES,
    content::RULES,
    placement::RULES,
    extensibility::RULES,
    legacy::RULES,
    references::RULES,
    disks::RULES,
    networks::RULES,
    hardware::RULES,
    products::RULES,
    deployment::RULES,
    startup::RULES,
    system::RULES,
    texts::RULES,
    strings::RULES,
    version2::RULES,
    structure::RULES,
    vendor::RULES,
    vsphere::RULES,
    vcloud::RULES,
];

/// Runs every rule that holds for the target over a descriptor.
pub(crate) fn run(envelope: &Envelope<'_>, policy: Policy, findings: &mut Findings) {
    let whole = envelope.tree().is_whole();
    for rule in RULES.iter().flat_map(|rules| rules.iter()) {
        let applies = rule.on.includes(policy.target)
            && (whole || rule.needs == Needs::Part)
            && (envelope.dialect() != Dialect::Ovirt || rule.code == Code::OVIRT_DIALECT);
        if applies {
            (rule.check)(envelope, &mut Out { code: rule.code, findings });
        }
    }
}

/// Says why a document is no descriptor.
pub(crate) fn refuse(tree: &Tree<'_>, findings: &mut Findings) {
    document::refuse(tree, findings);
}

/// A row of a rule table for a rule of the standard that judges what stands there.
const fn part(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule { code, on: Targets::All, needs: Needs::Part, check }
}

/// A row of a rule table for a rule of the standard that tells that something is missing.
const fn whole(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule { code, on: Targets::All, needs: Needs::Whole, check }
}
