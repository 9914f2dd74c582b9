//! Measures what the rules cost beside reading.
//!
//! `cargo run --release --example rules_cost -- [megabytes, 100] [rounds, 3] [folder of descriptors]`
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "it prints figures")]

#[path = "../benches/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ovf::{Limits, Source, Validator, xml};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| arguments.next().map_or(default, |n| n.parse().expect("a number"));
    let (megabytes, rounds) = (number(100_usize), number(3_usize));
    let text = support::descriptor(megabytes * 1_000_000);
    let validator = Validator::new().limits(Limits::unlimited());
    let (mut parse, mut check) = (Duration::MAX, Duration::MAX);
    let mut findings = 0;
    for _ in 0..rounds {
        let start = Instant::now();
        let parsed = xml::parse(&text, &Limits::unlimited());
        parse = parse.min(start.elapsed());
        drop(parsed);
        let start = Instant::now();
        let source = Source::decode_with(text.as_bytes(), &Limits::unlimited()).expect("text");
        let report = validator.check(&source);
        check = check.min(start.elapsed());
        findings = report.diagnostics().len();
    }
    println!(
        "{megabytes} MB: reading XML {:.0} ms, decoding and checking {:.0} ms, of which reading is \
         {:.0} %; {findings} findings",
        ms(parse),
        ms(check),
        100.0 * ms(parse) / ms(check),
    );
    if let Some(folder) = arguments.next() {
        corpus(Path::new(&folder), rounds);
    }
}

fn corpus(folder: &Path, rounds: usize) {
    let texts: Vec<Vec<u8>> =
        files(folder).iter().map(|file| std::fs::read(file).expect("it can be read")).collect();
    let bytes: usize = texts.iter().map(Vec::len).sum();
    let validator = Validator::new();
    let (mut parse, mut check) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        let start = Instant::now();
        for source in texts.iter().filter_map(|text| Source::decode(text).ok()) {
            std::hint::black_box(xml::parse(source.text(), &Limits::default()));
        }
        parse = parse.min(start.elapsed());
        let start = Instant::now();
        for source in texts.iter().filter_map(|text| Source::decode(text).ok()) {
            std::hint::black_box(validator.check(&source));
        }
        check = check.min(start.elapsed());
    }
    println!(
        "{} files, {:.1} MB: {:.0} files per second, of which reading is {:.0} %",
        texts.len(),
        bytes as f64 / 1e6,
        texts.len() as f64 / check.as_secs_f64(),
        100.0 * ms(parse) / ms(check),
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
