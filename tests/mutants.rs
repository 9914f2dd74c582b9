//! Descriptors without a fault, with one put in.

#![allow(clippy::print_stdout, reason = "it says what it measured, or why it was skipped")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use ovf::span::Span;
use ovf::{Diagnostic, Policy, Severity, Source, Strictness, Validator, xml};
use support::mutants::{Change, mutants};
use support::xsd;

/// Versions of the schema with descriptors of ours that hold everything the version has.
const FULL: &[(&str, &str)] = &[
    ("1.0.0", "testdata/examples/full-1.0.ovf"),
    ("1.1.0", "testdata/examples/full-1.1.ovf"),
    ("2.0.1", "testdata/examples/full-2.ovf"),
];

/// What is wrong in strict mode, facts left out.
fn errors(text: &str) -> Vec<Diagnostic> {
    let source = Source::decode(text.as_bytes()).expect("it is text");
    let policy = Policy::new().strictness(Strictness::Strict);
    let report = Validator::new().policy(policy).check(&source);
    report.diagnostics().iter().filter(|d| d.severity != Severity::Info).cloned().collect()
}

#[test]
fn the_originals_have_no_fault() {
    for (_, path) in FULL {
        let text = std::fs::read_to_string(path).expect("it is there");
        assert_eq!(errors(&text), Vec::new(), "{path}");
    }
}

#[test]
fn whatever_the_schema_requires_is_missed_when_it_is_not_there() {
    let mut faults = Vec::new();
    for (version, path) in FULL {
        let text = std::fs::read_to_string(path).expect("it is there");
        let required: BTreeSet<&str> = include_str!("required.tsv")
            .lines()
            .filter_map(|line| line.strip_prefix(version)?.strip_prefix('\t'))
            .collect();
        let mut deletions = 0;
        for what in &required {
            let texts = without(&text, what);
            if texts.is_empty() {
                faults.push(format!("{path} has no {what}"));
            }
            for without in &texts {
                deletions += 1;
                if errors(without).is_empty() {
                    faults.push(format!("{version}: no error without {what}"));
                }
            }
        }
        println!("{version}: {} required, {deletions} deletions", required.len());
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The text without a required attribute or all children of a required name, once for each element
/// that has it.
fn without(text: &str, what: &str) -> Vec<String> {
    let parsed = xml::parse(text, &ovf::Limits::default());
    let matches = |node: xml::Node<'_, '_>, name: &str, parent: &str| {
        let is_below = node.parent().is_some_and(|around| around.local() == parent);
        node.local() == name && (parent == "*" || is_below)
    };
    let parts: Vec<&str> = what.split('/').collect();
    let mut texts = Vec::new();
    for node in parsed.tree.elements() {
        let mut spans: Vec<Span> = match parts[..] {
            [parent, name, attribute] if matches(node, name, parent) => node
                .attributes()
                .filter(|a| a.local() == &attribute[1..])
                .map(|a| a.span())
                .collect(),
            [name, child] if node.local() == name => {
                node.children().filter(|c| c.local() == child).map(|c| c.span()).collect()
            }
            _ => Vec::new(),
        };
        if !spans.is_empty() {
            let mut rest = text.to_owned();
            spans.reverse();
            for span in spans {
                rest.replace_range(span.start as usize..span.end as usize, "");
            }
            texts.push(rest);
        }
    }
    texts
}

/// `required.tsv` is what the schemas say.
#[test]
fn the_list_of_what_is_required_is_that_of_the_schemas() {
    let Some(schemas) = std::env::var_os("OVF_SCHEMAS") else {
        println!("skipped: OVF_SCHEMAS is not set");
        return;
    };
    let mut derived = String::new();
    for (version, _) in FULL {
        for what in xsd::required(schemas.as_ref(), version) {
            derived += &format!("{version}\t{what}\n");
        }
    }
    if std::env::var_os("OVF_BLESS").is_some() {
        std::fs::write("tests/required.tsv", &derived).expect("it can be written");
    }
    assert_eq!(include_str!("required.tsv"), derived);
}

/// A rule that goes by the schema alone and a rule of the standard do not tell the same.
#[test]
fn no_change_makes_a_panic_or_is_told_twice() {
    let is_structural = |d: &Diagnostic| ("OVF2201".."OVF2300").contains(&d.code.id());
    for (version, path) in FULL {
        let text = std::fs::read_to_string(path).expect("it is there");
        let mut rates: BTreeMap<Change, [usize; 2]> = BTreeMap::new();
        for mutant in mutants(&text) {
            let rate = rates.entry(mutant.change).or_default();
            let errors = errors(&mutant.text);
            rate[0] += usize::from(!errors.is_empty());
            for error in errors.iter().filter(|d| is_structural(d)) {
                let twice = errors.iter().find(|d| d.span == error.span && d.code != error.code);
                assert!(
                    twice.is_none(),
                    "{:?} {}: {error:?}, {twice:?}",
                    mutant.change,
                    mutant.what
                );
            }
            rate[1] += 1;
        }
        for (change, [told, made]) in rates {
            println!("{version} {change:?}: {told} of {made} reported");
        }
    }
}
