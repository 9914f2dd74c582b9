//! Mutation testing of the library with one build for all mutants. See README.md.

mod build;
mod mutant;
mod rewrite;
mod run;
mod table;
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use build::Copy;
use mutant::Mutant;

const USAGE: &str = "\
ovf-mutation build                       list the mutants, build them all at once, record which test reaches which
ovf-mutation record [TARGET…]            record again what the tests of these targets reach
ovf-mutation run [--again] [--quick] [--workers N] [--most N] [MODULE…]
                                         run what has no result yet, with --again survivors too, with --quick
                                         against quick tests only; at most N of each module
ovf-mutation table                       scores and survivors";

fn main() -> Result<()> {
    let root = std::env::current_dir()?;
    if !root.join("src/lib.rs").is_file() || !root.join("mutation").is_dir() {
        bail!("start it in the folder of the package");
    }
    let state =
        std::env::var_os("OVF_MUTATION_STATE").map_or(root.join("target/mutation"), Into::into);
    fs::create_dir_all(&state)?;
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().context(USAGE)?;
    let arguments: Vec<String> = arguments.collect();
    match verb.as_str() {
        "build" => build(&root, &state),
        "record" => record(&root, &state, &arguments),
        "run" => run(&root, &state, &arguments),
        "table" => {
            let (mutants, unviable) = prepared(&state)?;
            let reasons = fs::read_to_string(root.join("mutation/reasons.tsv"))?;
            let reasons = table::Reasons::parse(&reasons)?;
            print!("{}", table::table(&mutants, &unviable, &run::read(&state)?, &reasons));
            Ok(())
        }
        _ => bail!(USAGE),
    }
}

fn build(root: &Path, state: &Path) -> Result<()> {
    let listed = mutant::list(root)?;
    fs::write(state.join("mutants.json"), &listed)?;
    let mutants = mutant::parse(&listed)?;
    eprintln!("{} mutants", mutants.len());
    let copy = Copy::new(root, state);
    let unviable = copy.prepare(&mutants)?;
    let lines: String = unviable.iter().map(|number| format!("{number}\n")).collect();
    fs::write(state.join("unviable.txt"), lines)?;
    record(root, state, &[])
}

fn record(root: &Path, state: &Path, arguments: &[String]) -> Result<()> {
    let copy = Copy::new(root, state);
    let named: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let programs = copy.programs(if named.is_empty() { tests::TARGETS } else { &named })?;
    tests::record(&programs, &copy.tree, state)
}

fn run(root: &Path, state: &Path, arguments: &[String]) -> Result<()> {
    let (mutants, unviable) = prepared(state)?;
    let known = run::read(state)?;
    let is_quick = arguments.iter().any(|argument| argument == "--quick");
    let again = arguments.iter().any(|argument| argument == "--again");
    let number = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)? + 1;
        arguments.get(at)?.parse::<usize>().ok()
    };
    let workers = number("--workers").unwrap_or(1);
    let named: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|name| mutant::MODULES.contains(name))
        .collect();
    let modules = if named.is_empty() { mutant::MODULES.to_vec() } else { named };
    let copy = Copy::new(root, state);
    let tests = tests::read(state)?;
    let targets: BTreeSet<&str> = tests.iter().map(|test| test.target.as_str()).collect();
    let programs = copy.programs(&targets.into_iter().collect::<Vec<_>>())?;
    for module in modules {
        let is_open = |mutant: &&Mutant| {
            let outcome = known.get(&mutant.key);
            mutant.module() == module
                && !unviable.contains(&mutant.number)
                && outcome.is_none_or(|outcome| again && outcome.is_survivor())
        };
        let mut open: Vec<&Mutant> = mutants.iter().filter(is_open).collect();
        // In an order that has to do with nothing, so that a part is a fair sample.
        open.sort_by_key(|mutant| {
            mutant.key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
            })
        });
        open.truncate(number("--most").unwrap_or(usize::MAX));
        eprintln!("{module}: {} mutants", open.len());
        run::run(open, &programs, &tests, &copy.tree, state, workers, is_quick)?;
    }
    Ok(())
}

/// What `build` left.
fn prepared(state: &Path) -> Result<(Vec<Mutant>, BTreeSet<u32>)> {
    let mutants =
        mutant::parse(&fs::read(state.join("mutants.json")).context("run `build` first")?)?;
    let text = fs::read_to_string(state.join("unviable.txt")).context("run `build` first")?;
    Ok((mutants, text.lines().map(str::parse).collect::<Result<_, _>>()?))
}
