//! Every code is produced by a test. Those of descriptors and environment documents have fixtures, which
//! `tests/fixtures.rs` sees to; the others are listed in `codes.tsv` with the file that expects them.
#![allow(clippy::panic, reason = "a test that panics has failed")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use ovf::Code;

/// Files of expectations that are held to what is found in both directions: nothing is found that they do
/// not name, and what they name is found.
const JUDGES: &[&str] = &[
    "testdata/convert/",
    "testdata/manifest/",
    "testdata/xml/reject/",
    "tests/certificate/",
    "tests/container/",
    "tests/manifest",
    "tests/package/",
    "src/xml/tests.rs",
];

#[test]
fn every_code_is_expected_by_a_test() {
    let mut listed: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for line in include_str!("codes.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(id), Some(name), Some(file), None) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            panic!("CODE, tab, NAME, tab, FILE, not {line:?}");
        };
        assert!(listed.insert(id, (name, file)).is_none(), "{id} is listed twice");
    }
    let mut faults = Vec::new();
    let mut fixtures = 0;
    for code in Code::all() {
        let folder = format!("{}-{}", code.id(), code.name());
        let has_fixture = ["testdata/rules", "testdata/environment"]
            .iter()
            .any(|root| Path::new(root).join(&folder).is_dir());
        let row = listed.remove(code.id());
        match (has_fixture, row) {
            (true, None) => fixtures += 1,
            (true, Some(_)) => faults.push(format!("{code:?} has a fixture and needs no row")),
            (false, None) => faults.push(format!("{code:?}: no fixture, and no row in codes.tsv")),
            (false, Some((name, file))) => {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                let is_judged = JUDGES.iter().any(|judge| file.starts_with(judge));
                if name != code.name() || !is_judged || !expects(&text, code) {
                    faults.push(format!("{code:?} is not expected in {file}"));
                }
            }
        }
    }
    faults.extend(listed.into_keys().map(|id| format!("{id} is listed, and is no code")));
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(fixtures > 300, "{fixtures}");
}

/// Whether a text has the name, the number or the constant of a code as a word.
fn expects(text: &str, code: Code) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    [code.id(), code.name(), &format!("Code::{}", code.constant())].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + word.len()..).unwrap_or_default();
            !before.ends_with(is_part) && !after.starts_with(is_part)
        })
    })
}
