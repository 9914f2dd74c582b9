//! Each mutant against the tests that reach it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::build::Program;
use crate::mutant::Mutant;
use crate::tests::{self, End, Test};

/// What the tests say of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Killed,
    Timeout,
    Survived,
    /// No test reaches it: a survivor too.
    Unreached,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Timeout => "timeout",
            Self::Survived => "survived",
            Self::Unreached => "unreached",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Killed, Self::Timeout, Self::Survived, Self::Unreached]
            .into_iter()
            .find(|one| one.name() == name)
    }

    pub fn is_survivor(self) -> bool {
        matches!(self, Self::Survived | Self::Unreached)
    }
}

/// What is known: by [`Mutant::key`], the last line counts.
pub fn read(state: &Path) -> Result<BTreeMap<String, Outcome>> {
    let text = fs::read_to_string(state.join("results.tsv")).unwrap_or_default();
    let entry = |line: &str| {
        let mut fields = line.split('\t');
        Some((fields.next()?.to_owned(), Outcome::of(fields.next()?)?))
    };
    text.lines().map(|line| entry(line).context("results.tsv is damaged")).collect()
}

/// Tests run at first: those that reach the fewest mutants, which are about it.
const FIRST: usize = 12;
/// Tests remembered of each file because they killed there.
const KILLERS: usize = 8;

struct Runner<'r> {
    programs: BTreeMap<&'r str, &'r Program>,
    tests: &'r [Test],
    of: BTreeMap<u32, Vec<usize>>,
    killers: Mutex<BTreeMap<String, VecDeque<usize>>>,
    tree: &'r Path,
}

/// Runs `mutants` with that many at once, and adds a line for each to `results.tsv`.
pub fn run(
    mutants: Vec<&Mutant>,
    programs: &[Program],
    tests: &[Test],
    tree: &Path,
    state: &Path,
    workers: usize,
) -> Result<()> {
    let runner = Runner {
        programs: programs.iter().map(|program| (program.target.as_str(), program)).collect(),
        tests,
        of: tests::by_mutant(tests),
        killers: Mutex::default(),
        tree,
    };
    let results = File::options().create(true).append(true).open(state.join("results.tsv"))?;
    let (all, queue) = (mutants.len(), Mutex::new(mutants.into_iter().enumerate()));
    let worker = || -> Result<()> {
        loop {
            let Some((position, mutant)) = queue.lock().ok().and_then(|mut queue| queue.next())
            else {
                return Ok(());
            };
            let start = Instant::now();
            let (outcome, by) = runner.judge(mutant)?;
            let (key, name, millis) = (&mutant.key, outcome.name(), start.elapsed().as_millis());
            (&results).write_all(format!("{key}\t{name}\t{by}\t{millis}\n").as_bytes())?;
            if position % 100 == 0 {
                eprintln!("{position} of {all}");
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| bail!("a worker ended")))
    })
}

impl Runner<'_> {
    fn judge(&self, mutant: &Mutant) -> Result<(Outcome, String)> {
        let Some(reaching) = self.of.get(&mutant.number) else {
            return Ok((Outcome::Unreached, String::new()));
        };
        let mut rest: BTreeSet<usize> = reaching.iter().copied().collect();
        let known = self
            .killers
            .lock()
            .ok()
            .and_then(|killers| killers.get(&mutant.file).cloned())
            .unwrap_or_default();
        let mut first: Vec<usize> = known.into_iter().filter(|test| rest.contains(test)).collect();
        let mut special: Vec<usize> = reaching.clone();
        special.sort_by_key(|test| self.tests[*test].reached.len());
        first.extend(
            special.into_iter().filter(|test| self.tests[*test].time.as_millis() < 200).take(FIRST),
        );
        first.retain(|test| rest.remove(test));
        for some in [first, rest.into_iter().collect()] {
            let mut of_program = BTreeMap::<&str, Vec<&Test>>::new();
            for test in some.iter().map(|test| &self.tests[*test]) {
                of_program.entry(&test.target).or_default().push(test);
            }
            let mut groups: Vec<_> = of_program.into_iter().collect();
            groups.sort_by_key(|(_, tests)| {
                tests.iter().map(|test| test.time).sum::<std::time::Duration>()
            });
            for (target, tests) in groups {
                match tests::run(self.programs[target], &tests, mutant.number, self.tree)? {
                    End::Passed => {}
                    End::Timeout => return Ok((Outcome::Timeout, target.to_owned())),
                    End::Failed(name) => {
                        self.remember(&mutant.file, target, &name);
                        return Ok((Outcome::Killed, format!("{target} {name}")));
                    }
                }
            }
        }
        Ok((Outcome::Survived, format!("{} tests", reaching.len())))
    }

    fn remember(&self, file: &str, target: &str, name: &str) {
        let found = self.tests.iter().position(|test| test.target == target && test.name == name);
        if let (Some(test), Ok(mut killers)) = (found, self.killers.lock()) {
            let of_file = killers.entry(file.to_owned()).or_default();
            of_file.retain(|other| *other != test);
            of_file.push_front(test);
            of_file.truncate(KILLERS);
        }
    }
}
