//! The code table: complete, consistent, and written down.

use std::collections::{BTreeMap, BTreeSet};

mod support;

use ovf::{Code, Severity};

#[test]
fn numbers_and_names_are_unique_and_in_order() {
    let codes: Vec<Code> = Code::all().collect();
    assert!(codes.len() > 30);
    assert!(codes.is_sorted(), "rows stand in order of number");
    let numbers: BTreeSet<&str> = codes.iter().map(|code| code.id()).collect();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name()).collect();
    assert_eq!(numbers.len(), codes.len());
    assert_eq!(names.len(), codes.len());
}

#[test]
fn names_follow_from_constants() {
    for code in Code::all() {
        assert_eq!(code.name(), code.constant().to_lowercase().replace('_', "-"), "{code:?}");
        assert!(code.id().len() == 7 && code.id().starts_with("OVF"), "{code:?}");
    }
}

#[test]
fn codes_are_found_by_id_number_and_name() {
    for code in Code::all() {
        for text in [code.id(), &code.id().to_lowercase(), &code.id()[3..], code.name()] {
            assert_eq!(text.parse(), Ok(code), "{text}");
        }
    }
    assert!("OVF9999".parse::<Code>().is_err());
}

#[test]
fn every_code_has_a_manual() {
    let mut faults = Vec::new();
    for code in Code::all() {
        let manual = code.explain();
        let paragraphs =
            manual.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).count();
        let first = manual.lines().next().unwrap_or_default();
        if !(first.starts_with(' ') && first.trim_end().ends_with('.') && first.len() <= 110) {
            faults.push(format!("{code:?}: the first line is one short sentence, not `{first}`"));
        }
        if paragraphs < 3 || manual.matches("```").count() != 2 || support::example(code).is_empty()
        {
            faults.push(format!(
                "{code:?}: a manual has a sentence, an example between fences, and the cure"
            ));
        }
        if code.clause().is_empty() {
            faults.push(format!("{code:?}: no clause"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn severities_are_ordered() {
    assert!(Severity::Info < Severity::Warning && Severity::Warning < Severity::Error);
}

/// A code that nothing speaks with is dead, and one that several rules speak with has no owner.
#[test]
fn every_code_is_spoken_by_one_rule() {
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for path in support::files(std::path::Path::new("src/rules"), "rs") {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        for row in text
            .lines()
            .map(str::trim)
            .filter(|line| line.ends_with("),") && line.contains("(Code::"))
        {
            let code = row
                .split("Code::")
                .nth(1)
                .and_then(|rest| rest.split(',').next())
                .unwrap_or_default();
            *rows.entry(code.to_owned()).or_default() += 1;
        }
    }
    for code in Code::all().filter(|code| support::is_about_descriptors(*code)) {
        assert!(rows.get(code.constant()) <= Some(&1), "{code:?} has several rules");
    }
}
