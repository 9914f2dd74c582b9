//! Verdict and tree compared with roxmltree's: on every text under `testdata`, on the cases of
//! `testdata/xml`, and on the descriptors of the folder `OVF_CORPUS`, when it is set.
//!
//! Where verdicts or trees differ on purpose, `tests/differential.expected` says why.
#![allow(clippy::print_stdout, reason = "what was compared, and what was not, must be seen")]

mod judge;
mod xml_cases;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs};

use libtest_mimic::{Arguments, Failed, Trial};
use ovf::{Limits, Severity, Source};

/// A line of `tests/differential.expected`: our verdict and roxmltree's.
type Expected = BTreeMap<String, (Verdict, Verdict)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Accept,
    Reject,
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Compared,
    BothReject,
    ExpectedDifference,
    /// The bytes are no text, or a limit was hit.
    Skipped,
}

fn main() {
    let arguments = Arguments::from_args();
    let mut texts: Vec<(String, Vec<u8>)> = Vec::new();
    for kind in ["accept", "reject"] {
        let cases = xml_cases::load(kind).into_iter();
        texts.extend(cases.map(|case| (format!("case:{}", case.name), case.text.into_bytes())));
    }
    for path in files_below(Path::new("testdata")) {
        if !path.starts_with("testdata/xml") {
            texts.push((path.display().to_string().replace('\\', "/"), fs::read(&path).unwrap()));
        }
    }
    let corpus = env::var_os("OVF_CORPUS").filter(|value| !value.is_empty()).map(PathBuf::from);
    match &corpus {
        Some(corpus) => texts.extend(corpus_files(corpus)),
        None => println!("differential: the corpus is skipped, OVF_CORPUS is not set"),
    }

    let expected = Arc::new(read_expected());
    let mut trials = Vec::new();
    for key in expected.keys() {
        let is_there = texts.iter().any(|(name, _)| name == key);
        if !is_there && (corpus.is_some() || !key.starts_with("corpus:")) {
            let key = key.clone();
            trials.push(Trial::test(format!("expected/{key}"), move || {
                Err(format!("differential.expected speaks of {key}, which does not exist").into())
            }));
        }
    }
    let outcomes = Arc::new(Mutex::new(Vec::new()));
    for (name, bytes) in texts {
        let (expected, outcomes) = (Arc::clone(&expected), Arc::clone(&outcomes));
        trials.push(Trial::test(name.clone(), move || {
            let outcome = compare(&bytes, expected.get(&name).copied())?;
            outcomes.lock().unwrap().push(outcome);
            Ok(())
        }));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let outcomes = outcomes.lock().unwrap();
    let count = |wanted| outcomes.iter().filter(|&&outcome| outcome == wanted).count();
    println!(
        "differential: {} trees equal, {} rejected by both, {} differ as expected, {} skipped",
        count(Outcome::Compared),
        count(Outcome::BothReject),
        count(Outcome::ExpectedDifference),
        count(Outcome::Skipped)
    );
    conclusion.exit();
}

fn compare(bytes: &[u8], expected: Option<(Verdict, Verdict)>) -> Result<Outcome, Failed> {
    let Ok(source) = Source::decode(bytes) else { return Ok(Outcome::Skipped) };
    let parsed = ovf::xml::parse(source.text(), &Limits::default());
    if !parsed.complete {
        return Ok(Outcome::Skipped);
    }
    let error = parsed.diagnostics.iter().find(|d| d.severity == Severity::Error);
    let judge = roxmltree::Document::parse(source.text());
    let verdict = |accepts| if accepts { Verdict::Accept } else { Verdict::Reject };
    let verdicts = (verdict(error.is_none()), verdict(judge.is_ok()));
    if verdicts.0 != verdicts.1 {
        if expected == Some(verdicts) {
            return Ok(Outcome::ExpectedDifference);
        }
        let ours = error.map_or("nothing".to_owned(), |d| {
            let place = source.line_col(d.span.start);
            format!("{}:{} {}", place.line, place.column, d.message)
        });
        let theirs = judge.err().map_or("nothing".to_owned(), |error| error.to_string());
        return Err(format!("we found: {ours}\nroxmltree found: {theirs}").into());
    }
    let difference =
        judge.as_ref().ok().and_then(|judge| judge::first_difference(&parsed.tree, judge));
    match (difference, expected) {
        (Some(_), Some(both_accept)) if both_accept == verdicts => Ok(Outcome::ExpectedDifference),
        (_, Some(_)) => {
            Err("there is no such difference, take it off differential.expected".into())
        }
        (Some(difference), None) => Err(difference.into()),
        (None, None) if judge.is_ok() => Ok(Outcome::Compared),
        (None, None) => Ok(Outcome::BothReject),
    }
}

/// Lines of key, our verdict, roxmltree's verdict and the reason, with tabs between; `#` begins a comment.
/// Where both accept, the trees differ.
fn read_expected() -> Expected {
    let verdict = |word: &str| match word {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        _ => panic!("differential.expected: no verdict `{word}`"),
    };
    let mut expected = Expected::new();
    let content = fs::read_to_string("tests/differential.expected").unwrap();
    for line in content.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [key, ours, theirs, reason] = fields[..] else {
            panic!("differential.expected: `{line}`")
        };
        assert!(reason.len() > 10, "differential.expected: no reason for {key}");
        let verdicts = (verdict(ours), verdict(theirs));
        assert!(
            verdicts != (Verdict::Reject, Verdict::Reject),
            "differential.expected: no difference in `{line}`"
        );
        let old = expected.insert(key.to_owned(), verdicts);
        assert!(old.is_none(), "differential.expected: {key} is there twice");
    }
    expected
}

/// The files `labels.tsv` lists.
fn corpus_files(corpus: &Path) -> Vec<(String, Vec<u8>)> {
    let labels = fs::read_to_string(corpus.join("labels.tsv")).unwrap();
    let paths = labels.lines().skip(1).filter_map(|line| line.split('\t').next());
    paths
        .map(|path| (format!("corpus:{path}"), fs::read(corpus.join("files").join(path)).unwrap()))
        .collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
