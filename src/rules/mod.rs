//! The rules: one function each, in the file of its clause.
//!
//! A rule looks at the descriptor and speaks with its own code alone. It is linear in the size of what
//! it looks at: lookups by id go through the index of the model.

mod content;
mod deployment;
mod disks;
mod document;
mod envelope;
mod environment;
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

pub(crate) use self::placement::places;
pub(crate) use self::vcloud::names as vcloud_names;
use crate::diagnostic::{Code, Draft, Findings, quoted};
use crate::model::{Dialect, Envelope, OstSection, Scope, SectionKind, Signs, Uses, Walk};
use crate::policy::{Policy, Target};
use crate::span::Span;
use crate::value::map::{Firsts, HashSet};
use crate::xml::{Attribute, Tree};

pub(crate) use self::environment::{is_environment, run as run_environment};

/// A rule: what it may find, for whom it holds, what it needs, and the function.
pub(crate) struct Rule {
    code: Code,
    on: Targets,
    needs: Needs,
    signs: Signs,
    check: Check,
}

impl Rule {
    /// The same for a rule that has nothing to say where there is none of some signs.
    const fn at(mut self, signs: Signs) -> Self {
        self.signs = signs;
        self
    }
}

/// The function of a rule.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Looks at the descriptor as a whole.
    Once(fn(&Envelope<'_>, &mut Out<'_>)),
    /// Looks at one node of the section tree after the other, so that it can be shown a stretch of them at
    /// a time.
    Each(fn(&Scope<'_, '_>, &mut Out<'_>)),
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
pub(crate) fn run(envelope: &mut Envelope<'_>, policy: Policy, findings: &mut Findings) {
    run_in_stretches(envelope, policy, findings, STRETCH, Signs::NONE);
}

/// Child elements of nodes of the section tree that are looked at by all rules before those that follow are
/// looked at by any: with what is in them some 50 KB of text, and twice that of what was made of it.
const STRETCH: usize = 64;

/// `signs` are taken to be everywhere.
fn run_in_stretches(
    envelope: &mut Envelope<'_>,
    policy: Policy,
    findings: &mut Findings,
    stretch: usize,
    signs: Signs,
) {
    let whole = envelope.tree().is_whole();
    let dialect = envelope.dialect();
    let applies = |rule: &&Rule| {
        rule.on.includes(policy.target)
            && (whole || rule.needs == Needs::Part)
            && (dialect != Dialect::Ovirt || rule.code == Code::OVIRT_DIALECT)
    };
    let rules = || RULES.iter().flat_map(|rules| rules.iter()).filter(applies);
    let mut each = Vec::with_capacity(RULES.iter().map(|rules| rules.len()).sum());
    each.extend(rules().filter_map(|rule| match rule.check {
        Check::Each(check) => Some((rule.code, rule.signs, check)),
        Check::Once(_) => None,
    }));
    let mut all = signs | Signs::of_references(envelope);
    let (mut walk, mut uses) = (Walk::new(envelope), Uses::none(envelope));
    let mut start = 0;
    while let Some(scope) = Scope::starting_at(envelope, start, stretch) {
        let own = signs | scope.signs(&mut walk);
        uses.gather(&scope);
        all |= own;
        for &(code, at, check) in &each {
            if own.has_any(at) {
                check(&scope, &mut Out { code, findings });
            }
        }
        let done = scope.stretch();
        start = done.end;
        // The rules of importers look at all machines once more.
        if policy.target == Target::Standard {
            envelope.forget(&done);
        }
    }
    envelope.keep(walk, uses);
    let envelope = &*envelope;
    for rule in rules().filter(|rule| all.has_any(rule.signs)) {
        if let Check::Once(check) = rule.check {
            check(envelope, &mut Out { code: rule.code, findings });
        }
    }
}

/// Says why a document is no descriptor.
pub(crate) fn refuse(tree: &Tree<'_>, findings: &mut Findings) {
    document::refuse(tree, findings);
}

/// The end of a message about what was found this many times and is told at the first place alone.
struct Repeats(usize);

impl fmt::Display for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 | 1 => Ok(()),
            2 => f.write_str(", here and in 1 more place"),
            count => write!(f, ", here and in {} more places", count.saturating_sub(1)),
        }
    }
}

/// The attributes whose value an earlier one has too, each with where the earlier value stands. Empty
/// values are left out: that they are empty is what is wrong with them.
fn repeated<'e, 's: 'e>(
    attributes: impl Iterator<Item = Attribute<'e, 's>>,
) -> impl Iterator<Item = (Attribute<'e, 's>, Span)> {
    let mut seen = Firsts::default();
    attributes.filter(|attribute| !attribute.raw().is_empty()).filter_map(move |attribute| {
        let first = seen.meet(attribute.value(), attribute.value_span())?;
        Some((attribute, first))
    })
}

/// Tells the `id` attributes of sections of a kind, or of elements in them, that name no direct member
/// of the collection the section stands on.
fn unknown_members<'e, 's>(
    envelope: &'e Envelope<'s>,
    kind: SectionKind,
    ids: fn(OstSection<'e, 's>) -> Vec<Attribute<'e, 's>>,
    out: &mut Out<'_>,
) {
    for node in envelope.ost_nodes() {
        let mut sections = node.sections().filter(|section| section.kind() == kind).peekable();
        if sections.peek().is_none() {
            continue;
        }
        let members: HashSet<_> = node.children().map(|member| member.id()).collect();
        for id in sections.flat_map(ids) {
            let value = id.value();
            if !members.contains(&value) {
                out.at(
                    id.value_span(),
                    format_args!(
                        "no direct member of the collection has the id {}",
                        quoted(&value)
                    ),
                )
                .suggest(
                    &value,
                    node.children().map(|member| member.id()),
                    format_args!("give it the id of a direct member, or remove it"),
                )
                .done();
            }
        }
    }
}

/// A row of a rule table for a rule of the standard that judges what stands there.
const fn part(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::All,
        needs: Needs::Part,
        signs: Signs::ANY,
        check: Check::Once(check),
    }
}

/// The same for one that looks at each node by itself.
const fn each_part(code: Code, check: fn(&Scope<'_, '_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::All,
        needs: Needs::Part,
        signs: Signs::ANY,
        check: Check::Each(check),
    }
}

/// A row of a rule table for a rule of the standard that tells that something is missing.
const fn whole(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::All,
        needs: Needs::Whole,
        signs: Signs::ANY,
        check: Check::Once(check),
    }
}

/// The same for one that looks at each node by itself.
const fn each_whole(code: Code, check: fn(&Scope<'_, '_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::All,
        needs: Needs::Whole,
        signs: Signs::ANY,
        check: Check::Each(check),
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::diagnostic::{Diagnostic, Levels};
    use crate::limits::Limits;
    use crate::namespace::{OVF_1, RASD};
    use crate::policy::Strictness;
    use crate::source::Source;

    fn descriptors(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                descriptors(&path, found);
            } else {
                found.push(path);
            }
        }
    }

    fn findings(
        envelope: &mut Envelope<'_>,
        target: Target,
        stretch: usize,
        signs: Signs,
    ) -> Vec<Diagnostic> {
        let policy = Policy::new().strictness(Strictness::Strict).target(target);
        let mut findings = Findings::new(Levels::default(), usize::MAX);
        run_in_stretches(envelope, policy, &mut findings, stretch, signs);
        findings.finish().0
    }

    fn all_descriptors() -> Vec<PathBuf> {
        let mut paths = Vec::new();
        descriptors(Path::new("testdata"), &mut paths);
        if let Some(corpus) = std::env::var_os("OVF_CORPUS") {
            descriptors(&Path::new(&corpus).join("files"), &mut paths);
        }
        paths
    }

    /// A rule that looks at more than what it is shown would say the same thing several times, or miss it. One
    /// that is not run for lack of signs would have had nothing to say.
    fn compare(source: &Source<'_>, path: &Path) -> bool {
        let tree = crate::xml::parse(source.text(), &Limits::default()).tree;
        if Envelope::read(source, tree.clone()).is_err() {
            return false;
        }
        for target in [Target::Standard, Target::VSphere, Target::VCloud] {
            let findings = |stretch, signs| {
                // Each time anew, for what was found out on the way is kept.
                let mut envelope =
                    Envelope::read(source, tree.clone()).expect("the same tree again");
                findings(&mut envelope, target, stretch, signs)
            };
            let all = findings(usize::MAX, Signs::ALL);
            for stretch in [1, usize::MAX] {
                let found = findings(stretch, Signs::NONE);
                assert_eq!(found, all, "{}:\n{}", path.display(), source.text());
            }
        }
        true
    }

    #[test]
    fn machines_of_a_long_descriptor_can_be_asked_for_afterwards() {
        let machines: String = (0..100)
            .map(|n| {
                format!(
                    "<VirtualSystem ovf:id='vm{n}'><Info/><VirtualHardwareSection><Info/><Item>\
                     <rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType>\
                     <rasd:VirtualQuantity>{n}</rasd:VirtualQuantity></Item></VirtualHardwareSection></VirtualSystem>"
                )
            })
            .collect();
        let text = format!(
            "<Envelope xmlns='{OVF_1}' xmlns:ovf='{OVF_1}' xmlns:rasd='{RASD}'><References/>\
             <VirtualSystemCollection ovf:id='all'><Info/>{machines}</VirtualSystemCollection></Envelope>"
        );
        let source = Source::decode(text.as_bytes()).unwrap();
        let tree = crate::xml::parse(source.text(), &Limits::default()).tree;
        let mut envelope = Envelope::read(&source, tree).unwrap();
        let mut findings = Findings::new(Levels::default(), usize::MAX);
        run(&mut envelope, Policy::new(), &mut findings);
        let processors: Vec<_> =
            envelope.hardware().map(|hardware| hardware.effective(None).processors()).collect();
        assert_eq!(processors, (0..100).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn neither_the_length_of_stretches_nor_signs_make_a_difference() {
        let mut compared = 0;
        for path in all_descriptors() {
            let bytes = std::fs::read(&path).unwrap();
            let Ok(source) = Source::decode(&bytes) else { continue };
            compared += usize::from(compare(&source, &path));
        }
        assert!(compared > 100);
    }

    /// The same of descriptors in which one element is missing, is there twice, comes first or has nothing in it.
    #[test]
    fn signs_are_seen_where_an_element_is_changed() {
        let mut compared = 0;
        for path in all_descriptors() {
            let bytes = std::fs::read(&path).unwrap();
            let Ok(source) = Source::decode(&bytes) else { continue };
            let text = source.text();
            let tree = crate::xml::parse(text, &Limits::default()).tree;
            // Not all, for time.
            let step = tree.len().div_ceil(6).max(1);
            for element in tree.elements().skip(1 + compared % step).step_by(step) {
                let Some(parent) = element.parent() else { continue };
                let (own, outer) = (element.span().range(), parent.content().range());
                let (before, within, behind) =
                    (&text[..own.start], &text[own.clone()], &text[own.end..]);
                let changed = [
                    format!("{before}{behind}"),
                    format!("{before}{within}{within}{behind}"),
                    format!(
                        "{}{within}{}{behind}",
                        &text[..outer.start],
                        &text[outer.start..own.start]
                    ),
                    format!("{before}<{}/>{behind}", element.name()),
                ];
                for changed in changed {
                    let source = Source::decode(changed.as_bytes()).unwrap();
                    compared += usize::from(compare(&source, &path));
                }
            }
        }
        assert!(compared > 1000);
    }
}
