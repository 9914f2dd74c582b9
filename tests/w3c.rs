//! The W3C XML Conformance Test Suite, 20130923.
//!
//! Its licence does not let us keep it here: `tests/fetch-xmlconf.sh` fetches it, `OVF_XMLCONF` names
//! the folder it is in, and `OVF_XMLCONF_INDEX` a table that says what must become of each file, with
//! the columns `file`, `type`, `expect` and `sha256` among others. Expectations are those of a
//! non-validating, namespace-aware reader that refuses every document type declaration: `accept`,
//! `reject`, `reject-dtd` (refused; for that declaration, when the document is well-formed otherwise),
//! and `policy` and `either`, where only a panic is wrong.
#![allow(clippy::print_stdout, reason = "figures, and that the test was skipped, must be seen")]

mod xml_cases;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::{env, fs};

use libtest_mimic::{Arguments, Failed, Trial};
use ovf::Code;
use sha2::{Digest, Sha256};

use crate::xml_cases::{Finding, findings_in_bytes, show};

fn main() {
    let arguments = Arguments::from_args();
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let mut trials = Vec::new();
    match (folder("OVF_XMLCONF"), folder("OVF_XMLCONF_INDEX")) {
        (Some(suite), Some(index)) => {
            trials.push(Trial::test("w3c", move || run(&suite, &index)));
        }
        _ => println!("w3c: skipped, OVF_XMLCONF and OVF_XMLCONF_INDEX are not both set"),
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// How many files with one expectation there are, and how many met it.
#[derive(Default)]
struct Tally {
    met: usize,
    all: usize,
}

fn run(suite: &Path, index: &Path) -> Result<(), Failed> {
    let index = fs::read_to_string(index)?;
    let mut lines = index.lines();
    let header: Vec<&str> = lines.next().ok_or("the index is empty")?.split('\t').collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|&title| title == name)
            .ok_or(format!("the index has no column {name}"))
    };
    let (file, kind, expect, sha256) =
        (column("file")?, column("type")?, column("expect")?, column("sha256")?);

    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut failures = String::new();
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |at: usize| {
            fields.get(at).copied().ok_or(format!("the index has a short line: {line}"))
        };
        let (file, kind, expect) = (field(file)?, field(kind)?, field(expect)?);
        let bytes = fs::read(suite.join(file)).map_err(|error| format!("{file}: {error}"))?;
        if hex(&Sha256::digest(&bytes)) != field(sha256)? {
            return Err(format!("{file}: not the file the index speaks of").into());
        }
        let tally = tallies.entry(expect).or_default();
        tally.all += 1;
        match catch_unwind(|| findings_in_bytes(&bytes)) {
            Ok(found) if is_met(expect, kind, &found) => tally.met += 1,
            Ok(found) => {
                let _ = writeln!(failures, "{file}: {expect} ({kind}), but\n{}", show(&found));
            }
            Err(_) => {
                let _ = writeln!(failures, "{file}: panic");
            }
        }
    }
    let figures: Vec<String> = tallies
        .iter()
        .map(|(expect, tally)| format!("{expect} {}/{}", tally.met, tally.all))
        .collect();
    println!("w3c: {}", figures.join(", "));
    if failures.is_empty() && !tallies.is_empty() { Ok(()) } else { Err(failures.into()) }
}

/// Whether the findings are those that are expected of a file of this kind.
fn is_met(expect: &str, kind: &str, found: &[Finding]) -> bool {
    let has_error = found.iter().any(|f| f.is_error);
    // What is not decoded was not read, so nothing more can be said of it.
    let is_refused = |f: &Finding| f.code == Code::DOCTYPE.name() || f.code == "not-decoded";
    match expect {
        "accept" => !has_error,
        "reject" => has_error,
        "reject-dtd" if kind == "valid" || kind == "invalid" => found.iter().any(is_refused),
        "reject-dtd" => has_error,
        "policy" | "either" => true,
        other => panic!("unknown expectation `{other}`"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
