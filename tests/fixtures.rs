//! Every descriptor under `testdata/rules` and every environment document under `testdata/environment`
//! says, on the line, what must be found in it.
//!
//! `<!--~ OVF2010 some words -->` expects a finding of that code on its own line whose message holds
//! the words; each `^` after the tilde moves one line up; `OVF2010@12` pins the column. Both
//! directions are checked: every marker needs a finding, every finding a marker. A first line
//! `<!--~ with strict target=vsphere -->` sets the policy, `machine=web` compares an environment document
//! with that machine of the `descriptor.ovf` beside it. A file that cannot carry comments has its
//! markers, with a line number before each, in a `.expect` file beside it.
//!
//! What is said of each file, labels and cures with it, stands in `testdata/rules/texts.txt`, word for word;
//! `OVF_BLESS=1` writes it anew. Read what changed.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use ovf::{Code, Diagnostic, LineCol, Source, Validator};
use support::markers::{Marker, machine, markers, policy};

/// Descriptors.
const ROOT: &str = "testdata/rules";
/// Environment documents, and descriptors they are compared with.
const ENVIRONMENTS: &str = "testdata/environment";
/// What is said of them.
const TEXTS: &str = "testdata/rules/texts.txt";

fn main() {
    let args = Arguments::from_args();
    let mut files = support::files(Path::new(ROOT), "ovf");
    // Those of the folder `three-tier` are what another test expects.
    let of_a_code = |path: &PathBuf| path.components().any(|part| is_of_a_code(part.as_os_str()));
    files.extend(support::files_below(Path::new(ENVIRONMENTS)).into_iter().filter(of_a_code));
    if std::env::var_os("OVF_BLESS").is_some() {
        let texts = files.iter().map(|path| (path, texts(path).unwrap_or_default()));
        let texts: BTreeMap<&PathBuf, String> =
            texts.filter(|(_, text)| !text.is_empty()).collect();
        let mut all = String::new();
        for (path, text) in texts {
            let _written = writeln!(all, "## {}\n{text}", path.display());
        }
        std::fs::write(TEXTS, all).expect("it can be written");
    }
    let known = std::fs::read_to_string(TEXTS).unwrap_or_default();
    let known: BTreeMap<&str, &str> =
        known.split("## ").filter_map(|section| section.split_once('\n')).collect();
    let mut trials: Vec<Trial> = files
        .iter()
        .map(|path| {
            let (path, name) = (path.clone(), path.display().to_string());
            let known = known.get(&*name).map_or("", |text| text.trim_end()).to_owned();
            Trial::test(name, move || {
                check(&path)?;
                if texts(&path)?.trim_end() == known {
                    return Ok(());
                }
                Err(format!("{TEXTS} has other words; OVF_BLESS=1 writes them anew").into())
            })
        })
        .collect();
    trials.push(Trial::test("every code has a bad and a good fixture", move || coverage(&files)));
    libtest_mimic::run(&args, trials).exit();
}

fn is_of_a_code(folder: &OsStr) -> bool {
    folder.to_string_lossy().starts_with("OVF")
}

/// What is found in a file, each with how its place is written, and the text of the file.
fn found(path: &Path) -> Result<(Vec<(LineCol, Diagnostic)>, String), Failed> {
    let bytes = std::fs::read(path)?;
    let source = Source::decode(&bytes)?;
    let validator = Validator::new().policy(policy(source.text())?);
    let compared = machine(source.text()).map(|id| (id, path.with_file_name("descriptor.ovf")));
    let descriptor = match &compared {
        Some((_, path)) => std::fs::read(path)?,
        None => b"<Envelope/>".to_vec(),
    };
    let descriptor = Source::decode(&descriptor)?;
    let described = Validator::new().check(&descriptor);
    let report = if path.starts_with(ENVIRONMENTS) && path.extension() == Some("xml".as_ref()) {
        let node = compared.as_ref().map(|(id, _)| {
            let mut nodes = described.envelope().into_iter().flat_map(|found| found.ost_nodes());
            nodes.find(|node| node.id() == *id).ok_or_else(|| format!("there is no machine {id}"))
        });
        validator.check_environment(&source, node.transpose()?)
    } else {
        validator.check(&source)
    };
    let placed = |d: &Diagnostic| (source.line_col(d.span.start), d.clone());
    Ok((report.diagnostics().iter().map(placed).collect(), source.text().to_owned()))
}

/// All that is said of a file.
fn texts(path: &Path) -> Result<String, Failed> {
    let (diagnostics, text) = found(path)?;
    let source = Source::from_text(&text)?;
    let mut texts = String::new();
    for (LineCol { line, column }, d) in diagnostics {
        writeln!(texts, "{line}:{column} {} {}", d.code.id(), d.message)?;
        for label in d.labels {
            let LineCol { line, column } = source.line_col(label.span.start);
            writeln!(texts, "    {line}:{column} {}", label.text)?;
        }
        if let Some(help) = d.help {
            writeln!(texts, "    help: {help}")?;
        }
    }
    Ok(texts)
}

/// Compares what is found in a file with its markers.
fn check(path: &Path) -> Result<(), Failed> {
    let (diagnostics, text) = found(path)?;
    let mut expected = expectations(path, &text)?;
    let mut faults = String::new();
    for (at, d) in diagnostics {
        let found = expected.iter().position(|m| {
            m.line == at.line
                && m.code == d.code
                && m.column.is_none_or(|column| column == at.column)
                && d.message.contains(&m.words)
        });
        match found {
            Some(found) => drop(expected.swap_remove(found)),
            None => {
                faults += &format!(
                    "found, not marked: {}:{} {:?}: {}\n",
                    at.line, at.column, d.code, d.message
                );
            }
        }
    }
    for m in expected {
        faults +=
            &format!("marked, not found: {}:{:?} {:?}: {}\n", m.line, m.column, m.code, m.words);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

fn expectations(path: &Path, text: &str) -> Result<Vec<Marker>, Failed> {
    let beside = path.with_extension("expect");
    if beside.exists() {
        return Ok(support::markers::expect_file(&std::fs::read_to_string(beside)?)?);
    }
    Ok(markers(text)?)
}

/// Every code of descriptors or environment documents has a folder `OVFnnnn-name` with a `bad*` file that shows it, and holds the
/// example of the manual word for word, and a `good*` file that is silent on it; so has any other code
/// that has a folder.
fn coverage(files: &[PathBuf]) -> Result<(), Failed> {
    let mut faults = String::new();
    let mut folders = BTreeSet::new();
    for code in Code::all() {
        let root = if support::is_about_environments(code) { ENVIRONMENTS } else { ROOT };
        let folder = Path::new(root).join(format!("{}-{}", code.id(), code.name()));
        if !support::is_about_descriptors(code) && !folder.exists() {
            continue;
        }
        folders.insert(folder.clone());
        let of = |prefix: &str| -> Vec<String> {
            files
                .iter()
                .filter(|path| path.parent() == Some(&folder))
                .filter(|path| {
                    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))
                })
                .map(|path| std::fs::read_to_string(path).unwrap_or_default())
                .collect()
        };
        let (bad, good) = (of("bad"), of("good"));
        if !bad.iter().any(|text| text.contains(code.id())) {
            faults += &format!("{code:?}: no bad fixture is marked with it\n");
        }
        if good.is_empty() || good.iter().any(|text| text.contains(code.id())) {
            faults += &format!("{code:?}: no good fixture, or one that is marked with it\n");
        }
        let example = support::example(code);
        if example.is_empty() || !bad.iter().any(|text| support::holds(text, &example)) {
            faults += &format!("{code:?}: the example of the manual is in no bad fixture\n");
        }
    }
    for path in files {
        if !path.parent().is_some_and(|folder| folders.contains(folder)) {
            faults += &format!("{}: its folder is not named after a code\n", path.display());
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}
