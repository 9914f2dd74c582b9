//! All faults of a descriptor are told at once, in order of place.

mod support;

use ovf::{Code, Limits, Severity, Source, Validator};
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

/// Two thousand warnings (a newer version's attribute on each File) with an error at the end.
fn warned(error: &str) -> String {
    let files: String =
        (0..2_000).map(|n| format!("<File ovf:id=\"f{n}\" ovf:href=\"d{n}.iso\"/>\n")).collect();
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
<References>
{files}</References>
<VirtualSystemCollection ovf:id="all"><Info>i</Info>{error}</VirtualSystemCollection>
</Envelope>"#
    )
}

#[test]
fn a_thousand_warnings_do_not_hide_an_error() {
    let text = warned("<Sectoin/>");
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    let errors: Vec<_> = report
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| source.line_col(found.span.start).line)
        .collect();
    assert_eq!(report.diagnostics().len(), 1_000);
    assert!(report.counts().warning >= 2_000, "{:?}", report.counts());
    assert_eq!(errors.len() as u64, report.counts().error);
    assert!(errors.contains(&2_004), "{errors:?}");
    assert!(!report.is_complete());
}

#[test]
fn a_descriptor_with_more_warnings_than_are_told_is_valid() {
    let text = warned("");
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    assert!(report.counts().warning >= 2_000 && !report.is_complete(), "{:?}", report.counts());
    assert!(report.into_valid().is_ok());

    // One that was not read to its end is not.
    let mut limits = Limits::default();
    limits.nodes = 1_000;
    let report = Validator::new().limits(limits).level(Code::LIMIT_REACHED, None).check(&source);
    assert!(report.into_valid().is_err());
}
