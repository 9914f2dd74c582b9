//! What using the library brings into a build: `dependencies.tsv` lists every crate, so that none comes in
//! unnoticed. `OVF_BLESS=1` writes the list anew.
#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that panics has failed, and it says what it counts"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

/// The features of the library, each alone.
const FEATURES: [&str; 3] = ["", "serde", "cert"];

/// Crates by name, and what they are licensed under, that a build with a feature has: those that are linked
/// and those that run while others are built. On one system, so that the list is the same on every one.
fn tree(feature: &str) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--package", "ovf", "--edges", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}\t{l}"])
        .args(["--target", "x86_64-unknown-linux-gnu", "--features", feature])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("it is text");
    let of_line = |line: &str| {
        let (package, licence) = line.split_once('\t')?;
        let name = package.split(' ').next()?;
        // A crate that was listed before has a mark behind it.
        Some((name.to_owned(), licence.trim_end_matches(" (*)").to_owned()))
    };
    text.lines().filter_map(of_line).filter(|(name, _)| name != "ovf").collect()
}

#[test]
fn no_crate_comes_in_unnoticed() {
    let mut listed: BTreeMap<String, (&str, String)> = BTreeMap::new();
    for feature in FEATURES {
        let crates = tree(feature);
        println!(
            "{:8} {} crates",
            if feature.is_empty() { "default" } else { feature },
            crates.len()
        );
        for (name, licence) in crates {
            let of = if feature.is_empty() { "default" } else { feature };
            listed.entry(name).or_insert((of, licence));
        }
    }
    let mut text = String::from(
        "# Every crate that a build of the library has, the feature that brings it, its licence.\n\
         # `OVF_BLESS=1 cargo test --test dependencies` writes this anew.\n",
    );
    for (name, (of, licence)) in &listed {
        _ = writeln!(text, "{name}\t{of}\t{licence}");
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dependencies.tsv");
    if std::env::var_os("OVF_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let news: Vec<&str> = text.lines().filter(|line| !committed.contains(line)).collect();
    let gone: Vec<&str> = committed.lines().filter(|line| !text.contains(line)).collect();
    assert!(text == committed, "new: {news:#?}\ngone: {gone:#?}");
}
