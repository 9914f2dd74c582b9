//! Descriptors without a fault, with one put in.

mod support;

use std::collections::BTreeMap;

use ovf::{Code, Policy, Report, Severity, Source, Strictness, Validator};
use support::mutants::{Change, Mutant, mutants};

/// Descriptors that hold every element and attribute of a version.
const FULL: &[(&str, &str)] = &[
    ("1.0", "testdata/examples/full-1.0.ovf"),
    ("1.1", "testdata/examples/full-1.1.ovf"),
    ("2.0", "testdata/examples/full-2.ovf"),
];

fn with<T>(text: &str, look: impl FnOnce(&Source<'_>, &Report<'_>) -> T) -> T {
    let source = Source::decode(text.as_bytes()).expect("it is text");
    let strict = Policy::new().strictness(Strictness::Strict);
    let report = Validator::new().policy(strict).check(&source);
    look(&source, &report)
}

fn errors(text: &str) -> Vec<(u32, Code)> {
    with(text, |_, report| {
        let errors = report.diagnostics().iter().filter(|d| d.severity == Severity::Error);
        errors.map(|d| (d.span.start, d.code)).collect()
    })
}

#[test]
fn the_originals_have_no_fault() {
    for (version, path) in FULL {
        let text = std::fs::read_to_string(path).expect("it is there");
        with(&text, |_, report| {
            assert!(
                report.diagnostics().iter().all(|d| d.severity == Severity::Info),
                "{path}: {:#?}",
                report.diagnostics()
            );
            assert!(version.starts_with(&report.envelope().expect("one").version().as_str()[..1]));
        });
    }
}

#[test]
fn how_many_are_reported() {
    for (version, path) in FULL {
        let text = std::fs::read_to_string(path).expect("it is there");
        let mut rates: BTreeMap<Change, (usize, Vec<String>)> = BTreeMap::new();
        for Mutant { change, what, line, text } in mutants(&text) {
            let rate = rates.entry(change).or_default();
            if errors(&text).is_empty() {
                rate.1.push(format!("{what} ({line})"));
            } else {
                rate.0 += 1;
            }
        }
        for (change, (reported, missed)) in rates {
            println!("{version} {change:?}: {reported} of {}", reported + missed.len());
            if std::env::var_os("OVF_VERBOSE").is_some() {
                println!("    {}", missed.join(", "));
            }
        }
    }
}
