//! What is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::mutant::{MODULES, Mutant};
use crate::run::Outcome;

/// Scores of the modules, then the survivors by file.
pub fn table(
    mutants: &[Mutant],
    unviable: &BTreeSet<u32>,
    known: &BTreeMap<String, Outcome>,
) -> String {
    let mut out = String::from(
        "| module | mutants | unviable | run | killed | timeout | survivors | score |\n",
    );
    out.push_str("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    let mut total = [0; 6];
    for module in MODULES {
        let of_it: Vec<&Mutant> =
            mutants.iter().filter(|mutant| mutant.module() == *module).collect();
        let run: Vec<Outcome> = of_it
            .iter()
            .filter(|mutant| !unviable.contains(&mutant.number))
            .filter_map(|mutant| known.get(&mutant.key).copied())
            .collect();
        let ended = |what: Outcome| run.iter().filter(|outcome| **outcome == what).count();
        let survivors = run.iter().filter(|outcome| outcome.is_survivor()).count();
        let row = [
            of_it.len(),
            of_it.iter().filter(|mutant| unviable.contains(&mutant.number)).count(),
            run.len(),
            ended(Outcome::Killed),
            ended(Outcome::Timeout),
            survivors,
        ];
        for (sum, number) in total.iter_mut().zip(row) {
            *sum += number;
        }
        line(&mut out, module, row);
    }
    line(&mut out, "all", total);
    for mutant in mutants.iter().filter(|mutant| !unviable.contains(&mutant.number)) {
        if let Some(outcome) = known.get(&mutant.key).filter(|outcome| outcome.is_survivor()) {
            let word = if *outcome == Outcome::Unreached { " (unreached)" } else { "" };
            let _ = write!(out, "\n{}{word}", mutant.name);
        }
    }
    out.push('\n');
    out
}

fn line(out: &mut String, name: &str, row: [usize; 6]) {
    let cells: Vec<String> = row.iter().map(usize::to_string).collect();
    let [_, _, run, killed, timeout, _] = row;
    let score = (killed + timeout) as f64 / run.max(1) as f64 * 100.0;
    let _ = writeln!(out, "| {name} | {} | {score:.1} % |", cells.join(" | "));
}
