//! What is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context, Result};

use crate::mutant::{MODULES, Mutant};
use crate::run::Outcome;

/// Why survivors survive: lines of the beginning of a file's name, words of the mutant's name, and the reason, with
/// tabs between them.
pub struct Reasons<'t>(Vec<(&'t str, &'t str, &'t str)>);

impl<'t> Reasons<'t> {
    pub fn parse(text: &'t str) -> Result<Self> {
        let reason = |line: &'t str| {
            let mut fields = line.splitn(3, '\t');
            let fields = (fields.next()?, fields.next()?, fields.next()?);
            Some(fields).filter(|(file, ..)| !file.is_empty())
        };
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        Ok(Self(
            lines
                .map(|line| reason(line).with_context(|| line.to_owned()))
                .collect::<Result<_>>()?,
        ))
    }

    fn of(&self, mutant: &Mutant) -> Option<&'t str> {
        let found = |(file, words, _): &&(&str, &str, &str)| {
            mutant.file.starts_with(file) && mutant.key.contains(words)
        };
        self.0.iter().find(found).map(|(.., reason)| *reason)
    }
}

/// Scores of the modules, then the survivors: by reason, and at last those without one.
pub fn table(
    mutants: &[Mutant],
    unviable: &BTreeSet<u32>,
    known: &BTreeMap<String, Outcome>,
    reasons: &Reasons<'_>,
) -> String {
    let mut out = String::from(
        "| module | mutants | unviable | run | killed | timeout | survivors | of them explained | score |\n",
    );
    out.push_str("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    let mut total = [0; 7];
    let mut survivors = BTreeMap::<(bool, &str), Vec<&Mutant>>::new();
    for module in MODULES {
        let of_it: Vec<&Mutant> =
            mutants.iter().filter(|mutant| mutant.module() == *module).collect();
        let run: Vec<(&Mutant, Outcome)> = of_it
            .iter()
            .filter(|mutant| !unviable.contains(&mutant.number))
            .filter_map(|mutant| Some((*mutant, *known.get(&mutant.key)?)))
            .collect();
        let ended = |what: Outcome| run.iter().filter(|(_, outcome)| *outcome == what).count();
        let mut explained = 0;
        for (mutant, _) in run.iter().filter(|(_, outcome)| outcome.is_survivor()) {
            let reason = reasons.of(mutant);
            explained += usize::from(reason.is_some());
            survivors
                .entry((reason.is_none(), reason.unwrap_or("Not killed yet")))
                .or_default()
                .push(mutant);
        }
        let row = [
            of_it.len(),
            of_it.iter().filter(|mutant| unviable.contains(&mutant.number)).count(),
            run.len(),
            ended(Outcome::Killed),
            ended(Outcome::Timeout),
            ended(Outcome::Survived) + ended(Outcome::Unreached),
            explained,
        ];
        for (sum, number) in total.iter_mut().zip(row) {
            *sum += number;
        }
        line(&mut out, module, row);
    }
    line(&mut out, "all", total);
    for ((_, reason), mutants) in survivors {
        let _ = write!(out, "\n## {reason}\n\n");
        for mutant in mutants {
            let outcome = known.get(&mutant.key);
            let word =
                if outcome == Some(&Outcome::Unreached) { " (reached by no test)" } else { "" };
            let _ = writeln!(out, "- `{}`{word}", mutant.name);
        }
    }
    out
}

fn line(out: &mut String, name: &str, row: [usize; 7]) {
    let cells: Vec<String> = row.iter().map(usize::to_string).collect();
    let [_, _, run, killed, timeout, ..] = row;
    let score = (killed + timeout) as f64 / run.max(1) as f64 * 100.0;
    let _ = writeln!(out, "| {name} | {} | {score:.1} % |", cells.join(" | "));
}
