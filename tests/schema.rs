//! xmllint with the schemas of the DMTF judges what we say in strict mode.

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use ovf::{Code, Policy, Severity, Source, Strictness, Validator};
use support::mutants::mutants;
use support::xmllint;

/// The errors of a text in strict mode, with lines.
fn strict(bytes: &[u8]) -> Vec<(u32, Code, String)> {
    let source = match Source::decode(bytes) {
        Ok(source) => source,
        Err(error) => return vec![(0, Code::LIMIT_REACHED, error.to_string())],
    };
    let policy = Policy::new().strictness(Strictness::Strict);
    let report = Validator::new().policy(policy).check(&source);
    let errors = report.diagnostics().iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| (source.line_col(d.span.start).line, d.code, d.message.clone())).collect()
}

fn is_structural(code: Code) -> bool {
    ("OVF2201".."OVF2300").contains(&code.id())
}

#[test]
fn faults_put_into_our_examples() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("mutants");
    for (version, path) in [
        ("1.0.0", "testdata/examples/full-1.0.ovf"),
        ("1.1.0", "testdata/examples/full-1.1.ovf"),
        ("2.0.1", "testdata/examples/full-2.ovf"),
    ] {
        let Some(schema) = xmllint::schema(version) else { return };
        let folder = folder.join(version);
        std::fs::create_dir_all(&folder).expect("it can be made");
        let text = std::fs::read_to_string(path).expect("it is there");
        let mutants = mutants(&text);
        let files: Vec<PathBuf> =
            (0..mutants.len()).map(|n| folder.join(format!("{n}.ovf"))).collect();
        for (mutant, file) in mutants.iter().zip(&files) {
            std::fs::write(file, &mutant.text).expect("it can be written");
        }
        let verdicts = xmllint::judge(&schema, &files);
        let mut tally: BTreeMap<_, [usize; 4]> = BTreeMap::new();
        for (mutant, file) in mutants.iter().zip(&files) {
            let refused = &verdicts[file].errors;
            let errors = strict(mutant.text.as_bytes());
            let count = tally.entry(mutant.change).or_default();
            let ours = errors.iter().any(|(_, code, _)| is_structural(*code));
            match (refused.is_empty(), errors.is_empty()) {
                (false, false) => count[0] += 1,
                (true, true) => count[1] += 1,
                (false, true) => {
                    count[2] += 1;
                    println!(
                        "MISSED {version} {:?} {} {}: {}",
                        mutant.change, mutant.what, mutant.line, refused[0].1
                    );
                }
                (true, false) => {
                    count[3] += 1;
                    if ours {
                        println!(
                            "WRONG {version} {:?} {} {}: {errors:?}",
                            mutant.change, mutant.what, mutant.line
                        );
                    }
                }
            }
            for (line, code, message) in &errors {
                if is_structural(*code)
                    && let Some(other) = errors.iter().find(|(l, c, _)| l == line && c != code)
                {
                    println!(
                        "TWICE {version} {:?} {} {}: {message} / {other:?}",
                        mutant.change, mutant.what, mutant.line
                    );
                }
            }
        }
        for (change, [both, neither, missed, beyond]) in tally {
            println!(
                "{version} {change:?}: both refuse {both}, both take {neither}, the schema alone refuses {missed}, we alone refuse {beyond}"
            );
        }
    }
}
