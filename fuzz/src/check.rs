//! Bytes to report.

use std::collections::BTreeSet;

use ovf::model::{OstNode, OstNodeType};
use ovf::{Diagnostic, Limits, Policy, Source, Strictness, Target, Validator, xml};

use crate::composed::composed;
use crate::script::{Script, chosen};
use crate::xml::{diagnostics, inside, tree};

/// Paths asked for in each report: each costs a walk to its place.
const PATHS: usize = 8;
/// Sections copied out of each report: each copy costs its length, and nested ones are copied again.
const SECTIONS: usize = 6;

/// Decodes the input and checks it by one of six policies, which the bytes themselves choose:
/// everything in the report lies in the text, is in order, and now and then is asked for again and is
/// the same.
///
/// Bytes that begin with a control character, as no text does, put a descriptor together.
pub fn check(data: &[u8]) {
    let text;
    let source = if let Some((1..=8, script)) = data.split_first() {
        text = composed(&mut Script::new(script));
        Source::from_text(&*text)
    } else {
        Source::decode(data)
    };
    let Ok(source) = source else { return };
    let mut limits = Limits::default();
    limits.diagnostics = 50;
    let chosen = chosen(data);
    let strictness = [Strictness::Lenient, Strictness::Strict][chosen & 1];
    let target = match chosen >> 1 & 3 {
        0 => Target::VSphere,
        1 => Target::VCloud,
        _ => Target::Standard,
    };
    let policy = Policy::new().strictness(strictness).target(target);
    let validator = Validator::new().limits(limits).policy(policy);
    one(&validator, &source, chosen >> 3 & 7 == 0);
    if chosen >> 6 & 31 == 0 {
        assert_eq!(validator.check(&source).diagnostics(), validator.check(&source).diagnostics());
    }
}

fn one(validator: &Validator, source: &Source<'_>, is_thorough: bool) {
    let text = source.text();
    let report = validator.check(source);
    let found = report.diagnostics();
    diagnostics(text, found);
    for diagnostic in found.iter().take(PATHS) {
        let path = report.path(diagnostic);
        assert!(path.is_empty() || path.starts_with('/'), "{path}");
    }
    report.secrets().into_iter().for_each(|span| inside(text, span));
    // The target `xml` does this each time.
    if is_thorough {
        tree(report.tree());
    }

    let counts = report.counts();
    let counted = counts.error.saturating_add(counts.warning).saturating_add(counts.info);
    let kept = u64::try_from(found.len()).unwrap_or(u64::MAX);
    assert!(counted == kept || !report.is_complete());

    if let Some(envelope) = report.envelope() {
        let envelope = envelope.ost();
        assert_eq!(envelope.node_type(), OstNodeType::Envelope);
        // What is not well-formed is copied as it is.
        let is_xml_fault = |diagnostic: &Diagnostic| diagnostic.code.id().starts_with("OVF1");
        let well_formed = report.is_complete() && !found.iter().any(is_xml_fault);
        sections(source, envelope, well_formed);
    }
    let has_errors = counts.error > 0;
    if let Ok(valid) = report.into_valid() {
        assert!(!has_errors, "{:?} is valid", valid.ost().id());
    }
}

/// The section tree: each node once, each section a document of its own where the text is well-formed.
fn sections(source: &Source<'_>, envelope: OstNode<'_, '_>, well_formed: bool) {
    let mut open = vec![envelope];
    let mut seen = BTreeSet::new();
    let mut copied = 0_usize;
    while let Some(node) = open.pop() {
        let place = node.element().start_tag();
        assert!(seen.insert(place), "{place:?} is there twice");
        assert_eq!(node.line(), source.line_col(place.start).line);
        for section in node.sections() {
            inside(source.text(), section.span());
            assert_eq!(section.line(), source.line_col(section.span().start).line);
            copied = copied.saturating_add(1);
            if copied <= SECTIONS {
                let copy = section.xml();
                let read = xml::parse(&copy, &Limits::unlimited());
                if well_formed {
                    assert!(read.diagnostics.is_empty(), "{:?} in {copy}", read.diagnostics);
                }
            }
        }
        open.extend(node.children());
    }
}
