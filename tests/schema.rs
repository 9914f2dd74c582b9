//! xmllint with the schemas of the DMTF judges what we say in strict mode.
//!
//! `OVF_SCHEMAS` names a folder with `VERSION/dsp8023_VERSION.xsd`, `OVF_CORPUS` one with real
//! descriptors below `files/`. `schema.expected` beside this file lists where we disagree, with a reason
//! each; what is listed and does not disagree fails too.

#![allow(clippy::print_stdout, reason = "it says what it measured, or why it was skipped")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ovf::{Code, Policy, Severity, Source, Strictness, Validator};
use support::mutants::{Mutant, mutants};
use support::xmllint::{self, Verdict};

/// Versions of the schema with descriptors of ours that hold everything the version has.
const FULL: &[(&str, &str)] = &[
    ("1.0.0", "testdata/examples/full-1.0.ovf"),
    ("1.1.0", "testdata/examples/full-1.1.ovf"),
    ("2.0.1", "testdata/examples/full-2.ovf"),
];

/// An error of ours.
#[derive(Debug)]
#[allow(dead_code, reason = "shown when something disagrees")]
struct Error {
    line: u32,
    span: ovf::span::Span,
    code: Code,
    message: String,
}

impl Error {
    /// Whether it is told from the schema's structure alone.
    fn is_structural(&self) -> bool {
        ("OVF2201".."OVF2300").contains(&self.code.id())
    }
}

/// The errors of a text in strict mode.
fn strict(bytes: &[u8]) -> Vec<Error> {
    let Ok(source) = Source::decode(bytes) else {
        return vec![Error {
            line: 1,
            span: ovf::span::Span::at(0),
            code: Code::LIMIT_REACHED,
            message: "no text".to_owned(),
        }];
    };
    let policy = Policy::new().strictness(Strictness::Strict);
    let report = Validator::new().policy(policy).check(&source);
    let errors = report.diagnostics().iter().filter(|d| d.severity == Severity::Error);
    errors
        .map(|d| Error {
            line: source.line_col(d.span.start).line,
            span: d.span,
            code: d.code,
            message: d.message.clone(),
        })
        .collect()
}

#[test]
fn faults_put_into_our_descriptors() {
    let mut judgement = Judgement::new("mutant");
    for &(version, path) in FULL {
        let Some(schema) = xmllint::schema(version) else { return };
        let text = std::fs::read_to_string(path).expect("it is there");
        let mut mutants = mutants(&text);
        mutants.insert(0, Mutant::unchanged(&text));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("mutants").join(version);
        std::fs::create_dir_all(&folder).expect("it can be made");
        let files: Vec<PathBuf> =
            (0..mutants.len()).map(|n| folder.join(format!("{n}.ovf"))).collect();
        for (mutant, file) in mutants.iter().zip(&files) {
            std::fs::write(file, &mutant.text).expect("it can be written");
        }
        let verdicts = xmllint::judge(&schema, &files);
        for (mutant, file) in mutants.iter().zip(&files) {
            let errors = strict(mutant.text.as_bytes());
            let name = format!("{version} {:?} {}", mutant.change, mutant.what);
            judgement.compare(&name, &mutant.text, &verdicts[file], &errors);
            if let Some(both) = told_twice(&errors) {
                judgement.faults.push(format!("{name} (line {}): {both}", mutant.line));
            }
        }
        std::fs::remove_dir_all(&folder).expect("it can be removed");
    }
    judgement.finish();
}

#[test]
fn real_descriptors() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS").map(PathBuf::from) else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let root = corpus.join("files");
    let mut judgement = Judgement::new("corpus");
    for (version, namespace) in [("1.1.0", ovf::namespace::OVF_1), ("2.0.1", ovf::namespace::OVF_2)]
    {
        let Some(schema) = xmllint::schema(version) else { return };
        let files: Vec<PathBuf> = support::files_below(&root)
            .into_iter()
            .filter(|file| root_namespace(file).as_deref() == Some(namespace))
            .collect();
        for (file, verdict) in xmllint::judge(&schema, &files) {
            let bytes = std::fs::read(&file).expect("it is there");
            let name = file.strip_prefix(&root).expect("it is below").display().to_string();
            let errors = strict(&bytes);
            let text = Source::decode(&bytes).map(|source| source.text().to_owned());
            let verdict = verdict.without_extensions(namespace);
            judgement.compare(&name, &text.unwrap_or_default(), &verdict, &errors);
            if let Some(both) = told_twice(&errors) {
                judgement.faults.push(format!("{name}: {both}"));
            }
        }
    }
    judgement.finish();
}

/// The lines that belong to a line of the schema's: libxml2 tells the last line of a start tag, and when
/// something is missing the line of what comes in its place, where we tell the element around.
fn lines_near(text: &str, line: u32) -> BTreeSet<u32> {
    let parsed = ovf::xml::parse(text, &ovf::Limits::default());
    let source = Source::decode(text.as_bytes()).expect("it is text");
    let start_tag = |node: ovf::xml::Node<'_, '_>| {
        let tag = node.start_tag();
        source.line_col(tag.start).line..=source.line_col(tag.end).line
    };
    let mut near = BTreeSet::from([line]);
    for node in parsed.tree.elements().filter(|&node| start_tag(node).contains(&line)) {
        near.extend(start_tag(node));
        for around in
            node.parent().into_iter().chain(node.parent().iter().flat_map(|p| p.children()))
        {
            near.extend(start_tag(around));
        }
    }
    near
}

/// The namespace of the root of a descriptor.
fn root_namespace(file: &PathBuf) -> Option<String> {
    let bytes = std::fs::read(file).expect("it is there");
    let source = Source::decode(&bytes).ok()?;
    let parsed = ovf::xml::parse(source.text(), &ovf::Limits::default());
    Some(parsed.tree.root()?.namespace().to_owned())
}

/// What the schema alone shows must not be told again where another rule tells it.
fn told_twice(errors: &[Error]) -> Option<String> {
    errors.iter().filter(|error| error.is_structural()).find_map(|error| {
        let other = errors.iter().find(|e| e.span == error.span && e.code != error.code)?;
        Some(format!("told twice: {error:?}, {other:?}"))
    })
}

/// The schema's verdicts beside ours.
struct Judgement {
    expected: BTreeMap<String, String>,
    faults: Vec<String>,
    both_take: usize,
    both_refuse: usize,
    we_alone: usize,
    schema_alone: usize,
    elsewhere: usize,
}

impl Judgement {
    fn new(kind: &str) -> Self {
        let expected = include_str!("schema.expected")
            .lines()
            .filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' ')?.split_once('\t'))
            .map(|(name, reason)| (name.to_owned(), reason.to_owned()))
            .collect();
        Self {
            expected,
            faults: Vec::new(),
            both_take: 0,
            both_refuse: 0,
            we_alone: 0,
            schema_alone: 0,
            elsewhere: 0,
        }
    }

    fn compare(&mut self, name: &str, text: &str, verdict: &Verdict, errors: &[Error]) {
        let place = verdict.errors.first();
        let fault = match (place, errors.is_empty()) {
            (None, true) => {
                self.both_take += 1;
                None
            }
            (None, false) => {
                self.we_alone += 1;
                let wrong = errors.iter().find(|error| error.is_structural());
                wrong.map(|error| format!("only we refuse it: {error:?}"))
            }
            (Some((_, said)), true) => {
                self.schema_alone += 1;
                Some(format!("only the schema refuses it: {said}"))
            }
            (Some((line, said)), false) => {
                self.both_refuse += 1;
                let near = lines_near(text, *line);
                let is_near = errors.iter().any(|error| near.contains(&error.line));
                self.elsewhere += usize::from(!is_near);
                (!is_near).then(|| format!("the schema refuses line {line}: {said}"))
            }
        };
        match (fault, self.expected.get(name)) {
            (Some(fault), None) => self.faults.push(format!("{name}: {fault}")),
            (Some(_), Some(_)) => {
                self.expected.insert(name.to_owned(), String::new());
            }
            _ => {}
        }
    }

    fn finish(mut self) {
        println!(
            "both take {}, both refuse {} ({} at other lines), we alone refuse {}, the schema alone \
             refuses {}",
            self.both_take, self.both_refuse, self.elsewhere, self.we_alone, self.schema_alone
        );
        for (name, reason) in self.expected.iter().filter(|(_, reason)| !reason.is_empty()) {
            self.faults.push(format!("{name}: listed as exception but agrees: {reason}"));
        }
        assert!(
            self.faults.is_empty(),
            "{} disagreements:\n{}",
            self.faults.len(),
            self.faults.join("\n")
        );
    }
}
