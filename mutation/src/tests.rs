//! The tests, and which mutants each of them reaches.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::build::Program;

/// Targets of cargo whose tests are run: those that judge by the package's own data and give the same
/// answer every time. Tests of time, memory, stack and system calls and of the program are left out.
pub const TARGETS: &[&str] = &[
    "lib",
    "cli",
    "catalogue",
    "certificate",
    "container",
    "convert",
    "convert_amounts",
    "edit",
    "environment",
    "errors",
    "fixtures",
    "hardware",
    "import_spec",
    "inspect",
    "limits",
    "manifest",
    "manifest_checker",
    "many",
    "messages",
    "mutants",
    "package",
    "parameters",
    "robust",
    "sessions",
    "source_properties",
    "vcloud_upload",
    "wellformed",
    "xml_properties",
];

/// Targets with the harness of libtest-mimic, which takes one name at most.
const ONE_NAME: &[&str] = &["fixtures", "wellformed"];
/// A test that takes longer is left out: it would be run for every mutant it reaches.
const LONGEST: Duration = Duration::from_secs(4);

/// One test.
pub struct Test {
    pub target: String,
    pub name: String,
    pub time: Duration,
    /// Numbers of mutants, sorted.
    pub reached: Vec<u32>,
}

/// How a run of tests ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Passed,
    /// With the name of the first that failed.
    Failed(String),
    Timeout,
}

/// Names of the tests of `program`.
fn names(program: &Program, tree: &Path) -> Result<Vec<String>> {
    let output = Command::new(&program.path).arg("--list").current_dir(tree).output()?;
    ensure!(output.status.success(), "{} does not list its tests", program.target);
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// Runs every test of some programs alone and records what it reaches; what is known of other programs stays.
/// Tests that fail or take too long are left out, with a word.
pub fn record(programs: &[Program], tree: &Path, state: &Path) -> Result<()> {
    let file = state.join("reached.bin");
    let mut tests = read(state).unwrap_or_default();
    tests.retain(|test| programs.iter().all(|program| program.target != test.target));
    for program in programs {
        for name in names(program, tree)? {
            let _ = fs::remove_file(&file);
            let before = children()?;
            let status = command(program, tree, LONGEST.as_secs() + 1, &[&name])
                .envs([("OVF_MUTANT", "reached")])
                .env("OVF_MUTANT_REACHED", &file)
                .stdout(Stdio::null())
                .status()?;
            let time = children()?.saturating_sub(before);
            if !status.success() || time > LONGEST {
                eprintln!("left out: {} {name} ({status}, {time:?})", program.target);
                continue;
            }
            let bytes = fs::read(&file).unwrap_or_default();
            let mut reached: Vec<u32> =
                bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect();
            reached.sort_unstable();
            reached.dedup();
            tests.push(Test { target: program.target.clone(), name, time, reached });
        }
        eprintln!("{}: {} tests so far", program.target, tests.len());
    }
    let mut text = String::new();
    for test in &tests {
        let reached: Vec<_> = test.reached.iter().map(u32::to_string).collect();
        let millis = test.time.as_millis();
        writeln!(text, "{}\t{}\t{millis}\t{}", test.target, test.name, reached.join(","))?;
    }
    fs::write(state.join("tests.tsv"), text)?;
    Ok(())
}

/// Processor time of the programs that were run and have ended: a busy machine does not change it.
fn children() -> Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // cutime and cstime of proc(5), 16 and 17 counted from the number before the name.
    let ticks: u64 = fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}

/// What [`record`] wrote.
pub fn read(state: &Path) -> Result<Vec<Test>> {
    let text = fs::read_to_string(state.join("tests.tsv")).context("run `build` first")?;
    let test = |line: &str| {
        let mut fields = line.split('\t');
        Some(Test {
            target: fields.next()?.to_owned(),
            name: fields.next()?.to_owned(),
            time: Duration::from_millis(fields.next()?.parse().ok()?),
            reached: fields.next()?.split(',').filter_map(|number| number.parse().ok()).collect(),
        })
    };
    text.lines().map(|line| test(line).context("tests.tsv is damaged")).collect()
}

/// Runs those tests of one program with mutant `number` on, until the first that fails.
pub fn run(program: &Program, tests: &[&Test], number: u32, tree: &Path) -> Result<End> {
    if ONE_NAME.contains(&program.target.as_str()) && tests.len() > 1 {
        if tests.len() > 12 {
            return execute(program, &[], tests.iter().map(|test| test.time).sum(), number, tree);
        }
        for test in tests {
            let end = run(program, &[test], number, tree)?;
            if end != End::Passed {
                return Ok(end);
            }
        }
        return Ok(End::Passed);
    }
    let names: Vec<&str> = tests.iter().map(|test| test.name.as_str()).collect();
    execute(program, &names, tests.iter().map(|test| test.time).sum(), number, tree)
}

fn execute(
    program: &Program,
    names: &[&str],
    time: Duration,
    number: u32,
    tree: &Path,
) -> Result<End> {
    let seconds = (time * 10).as_secs() + 2;
    let mut child = command(program, tree, seconds, names)
        .env("OVF_MUTANT", number.to_string())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = BufReader::new(child.stdout.take().context("it is piped")?);
    let mut failed = None;
    for line in output.split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        if line.starts_with("test ") && line.ends_with("FAILED") {
            failed =
                Some(line[5..].trim_end_matches("FAILED").trim_end_matches([' ', '.']).to_owned());
            child.kill()?;
            break;
        }
    }
    let status = child.wait()?;
    Ok(match failed {
        Some(name) => End::Failed(name),
        None if status.success() => End::Passed,
        // Out of processor time, SIGXCPU or SIGKILL, of the program or of `timeout` above it; or of time.
        None if matches!(status.signal(), Some(9 | 24))
            || matches!(status.code(), Some(124 | 137 | 152)) =>
        {
            End::Timeout
        }
        None => End::Failed(format!("{} ended with {status}", program.target)),
    })
}

/// Tests by their full name; all where there is none. The limit is of processor time, so that a busy machine
/// does not kill. No program is found: where tests ask another one, they do without.
fn command(program: &Program, tree: &Path, seconds: u64, names: &[&str]) -> Command {
    let mut command = Command::new("sh");
    let limits = format!(
        "ulimit -v 6000000; ulimit -t {seconds}; exec timeout {} env PATH=/nowhere \"$0\" \"$@\"",
        seconds * 20
    );
    command.args(["-c", &limits]).arg(&program.path).args(["--test-threads=1", "--color=never"]);
    if !names.is_empty() {
        command.arg("--exact").args(names);
    }
    let folder = if program.target == "cli" { tree.join("cli") } else { tree.to_owned() };
    command.current_dir(&folder).stderr(Stdio::null()).stdin(Stdio::null());
    command
        .env("CARGO_MANIFEST_DIR", folder)
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env("PROPTEST_RNG_SEED", "1")
        .env("RUST_BACKTRACE", "0");
    command
        .env_remove("OVF_BLESS")
        .env_remove("OVF_CORPUS")
        .env_remove("OVF_SCHEMAS")
        .env_remove("OVF_XMLCONF");
    command
}

/// Tests that reach each mutant: by number, positions in `tests`.
pub fn by_mutant(tests: &[Test]) -> BTreeMap<u32, Vec<usize>> {
    let mut of = BTreeMap::<u32, Vec<usize>>::new();
    for (position, test) in tests.iter().enumerate() {
        for number in &test.reached {
            of.entry(*number).or_default().push(position);
        }
    }
    of
}
