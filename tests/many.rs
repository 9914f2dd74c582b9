//! All faults of a descriptor are told at once, in order of place.

mod support;

use ovf::{Code, Source, Validator};
use support::markers::markers;

#[test]
fn twenty_faults_give_twenty_findings_in_order() {
    let bytes = std::fs::read("testdata/many/twenty.ovf").expect("it is there");
    let source = Source::decode(&bytes).expect("it is text");
    let mut expected: Vec<(u32, Code)> = markers(source.text())
        .expect("the markers can be read")
        .iter()
        .map(|marker| (marker.line, marker.code))
        .collect();
    expected.sort_by_key(|&(line, _)| line);
    let report = Validator::new().check(&source);
    let found: Vec<(u32, Code)> =
        report.diagnostics().iter().map(|d| (source.line_col(d.span.start).line, d.code)).collect();
    assert_eq!(found, expected);
    assert_eq!(found.len(), 20);
    let mut codes: Vec<Code> = found.iter().map(|&(_, code)| code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 20, "they are different faults");
}
