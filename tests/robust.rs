//! Descriptors with pieces missing: nothing panics, and every finding lies inside the text, in order.
//!
//! Over all descriptors of `testdata`, and a part of those below `OVF_CORPUS` when it is set.

#![allow(clippy::print_stdout, reason = "it says what it measured, or why it was skipped")]

mod support;

use std::path::Path;

use ovf::{Policy, Report, Source, Strictness, Target, Validator, xml};

/// Changed texts of each file, spread evenly over it.
const CHANGES: usize = 24;
/// Bytes of the largest file taken; what is wrong with a larger one, smaller ones show.
const BYTES: usize = 200_000;

#[test]
fn our_descriptors() {
    let files = support::files(Path::new("testdata"), "ovf");
    assert!(files.len() > 500);
    let changed: usize = files.iter().map(|file| with_pieces_missing(file)).sum();
    println!("{} files, {changed} changed texts", files.len());
}

#[test]
fn real_descriptors() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS") else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let files = support::files_below(&Path::new(&corpus).join("files"));
    let changed: usize = files.iter().map(|file| with_pieces_missing(file)).sum();
    println!("{} files, {changed} changed texts", files.len());
}

/// Checks a file with lines left out, with attributes left out and cut short. How often.
fn with_pieces_missing(file: &Path) -> usize {
    let bytes = std::fs::read(file).expect("it can be read");
    let Ok(source) = Source::decode(&bytes) else { return 0 };
    let text = source.text();
    if text.len() > BYTES {
        return 0;
    }
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let lines: Vec<(usize, usize)> = (1..=source.lines())
        .filter_map(|line| source.line_span(line))
        .map(|span| (span.start as usize, span.end as usize))
        .collect();
    pieces.extend(sample(&lines));
    let parsed = xml::parse(text, &ovf::Limits::default());
    let attributes: Vec<(usize, usize)> = parsed
        .tree
        .elements()
        .flat_map(|node| node.attributes())
        .map(|attribute| (attribute.span().start as usize, attribute.span().end as usize))
        .collect();
    pieces.extend(sample(&attributes));
    // Cut short there.
    pieces.extend(sample(&lines).map(|(start, _)| (start, text.len())));
    for &(start, end) in &pieces {
        check(file, &format!("{}{}", &text[..start], &text[end..]));
    }
    check(file, text);
    pieces.len() + 1
}

/// Some of the pieces, the same in each run, evenly spread.
fn sample(pieces: &[(usize, usize)]) -> impl Iterator<Item = (usize, usize)> {
    let step = pieces.len().div_ceil(CHANGES).max(1);
    pieces.iter().copied().step_by(step)
}

fn check(file: &Path, text: &str) {
    for (strictness, target) in [
        (Strictness::Lenient, Target::Standard),
        (Strictness::Strict, Target::VSphere),
        (Strictness::Strict, Target::VCloud),
    ] {
        let policy = Policy::new().strictness(strictness).target(target);
        // What is left may be no text at all.
        let Ok(source) = Source::decode(text.as_bytes()) else { return };
        let report = Validator::new().policy(policy).check(&source);
        sound(file, &source, &report);
    }
}

fn sound(file: &Path, source: &Source<'_>, report: &Report<'_>) {
    let text = source.text();
    let mut last = None;
    for d in report.diagnostics() {
        for span in std::iter::once(d.span).chain(d.labels.iter().map(|label| label.span)) {
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{}: {d:?} is outside of the text",
                file.display()
            );
        }
        let place = (d.span.start, d.span.end, d.code);
        assert!(last <= Some(place), "{}: {d:?} is out of order", file.display());
        last = Some(place);
        _ = report.path(d);
    }
}
