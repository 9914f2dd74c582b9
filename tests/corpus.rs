//! Real descriptors with labels, outside the repository.
//!
//! `OVF_CORPUS` names a folder with `labels.tsv` (path, version, well-formed, verdict, lines,
//! detectable, defect, …) and `files/`. A descriptor labelled valid must give no error; one labelled
//! invalid must give an error, on a labelled line where lines are given. `corpus.expected` beside this
//! file lists the exceptions, with a reason each; one that is no exception any more fails too.
#![allow(clippy::print_stdout, reason = "the figures are the point")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ovf::{Severity, Source, Validator};

struct Row {
    path: String,
    verdict: String,
    lines: Vec<(u32, u32)>,
}

#[test]
fn verdicts_agree_with_labels() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS").map(PathBuf::from) else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let labels = std::fs::read_to_string(corpus.join("labels.tsv")).expect("labels.tsv is there");
    let mut exceptions = exceptions();
    let mut tally: BTreeMap<(String, bool), usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in labels.lines().skip(1).map(row) {
        let disagreement = judge(&corpus.join("files").join(&row.path), &row);
        *tally.entry((row.verdict.clone(), disagreement.is_none())).or_default() += 1;
        match (disagreement, exceptions.remove(&row.path)) {
            (Some(_), Some(_)) | (None, None) => {}
            (Some(fault), None) => faults.push(format!("{} ({}): {fault}", row.path, row.verdict)),
            (None, Some(reason)) => {
                faults.push(format!(
                    "{}: agrees now, but is listed as exception: {reason}",
                    row.path
                ));
            }
        }
    }
    for ((verdict, agrees), count) in &tally {
        println!("{verdict:10} {} {count}", if *agrees { "agree   " } else { "disagree" });
    }
    faults.extend(
        exceptions.into_keys().map(|path| format!("{path}: listed as exception, but not there")),
    );
    assert!(faults.is_empty(), "{} disagreements:\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with our verdict, if anything.
fn judge(path: &Path, row: &Row) -> Option<String> {
    let bytes = std::fs::read(path).expect("the descriptor is there");
    let source = match Source::decode(&bytes) {
        Ok(source) => source,
        Err(error) => return (row.verdict != "invalid").then(|| format!("refused: {error}")),
    };
    let report = Validator::new().check(&source);
    let errors: Vec<(u32, String)> = report
        .diagnostics()
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| (source.line_col(d.span.start).line, format!("{:?}: {}", d.code, d.message)))
        .collect();
    match row.verdict.as_str() {
        "valid" | "valid-lax" => (!errors.is_empty()).then(|| format!("{errors:?}")),
        "invalid" if errors.is_empty() => Some("no error found".to_owned()),
        "invalid" => {
            let on_line =
                |line: u32| row.lines.iter().any(|&(first, last)| (first..=last).contains(&line));
            let agrees = row.lines.is_empty() || errors.iter().any(|&(line, _)| on_line(line));
            (!agrees).then(|| format!("no error on lines {:?}: {errors:?}", row.lines))
        }
        _ => None,
    }
}

/// `10;44` and `9,10` and `16-19` are lines and ranges of lines.
fn row(line: &str) -> Row {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default().to_owned();
    let (path, _version, _well_formed, verdict, lines) = (next(), next(), next(), next(), next());
    let lines = lines
        .split([';', ','])
        .filter_map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
        })
        .collect();
    Row { path, verdict, lines }
}

fn exceptions() -> BTreeMap<String, String> {
    let listed = include_str!("corpus.expected");
    listed
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (path, reason) = line.split_once('\t').expect("PATH, tab, REASON");
            (path.to_owned(), reason.to_owned())
        })
        .collect()
}
