//! The copy of the package in which all mutants are, and its build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::mutant::Mutant;
use crate::rewrite::rewrite;

/// Below `target` of the package.
pub struct Copy {
    root: PathBuf,
    pub tree: PathBuf,
    build: PathBuf,
}

/// A program that runs tests.
#[derive(Clone, Debug)]
pub struct Program {
    pub target: String,
    pub path: PathBuf,
}

impl Copy {
    /// Of the package at `root`.
    pub fn new(root: &Path, state: &Path) -> Self {
        Self { root: root.to_owned(), tree: state.join("tree"), build: state.join("build") }
    }

    /// Writes the sources with every mutant behind a switch, and takes back those that do not compile.
    pub fn prepare(&self, mutants: &[Mutant]) -> Result<BTreeSet<u32>> {
        self.copy_all()?;
        let mut unviable = BTreeSet::new();
        for round in 1.. {
            let regions = self.write(mutants, &mut unviable)?;
            let errors = self.check()?;
            if errors.is_empty() {
                break;
            }
            let blamed = blame(&errors, &regions);
            ensure!(!blamed.is_empty(), "errors no mutant is blamed for: {:?}", errors.first());
            eprintln!(
                "round {round}: {} errors, {} mutants taken back",
                errors.len(),
                blamed.len()
            );
            fs::write(
                self.tree.with_file_name(format!("errors{round}.txt")),
                format!("{errors:#?}"),
            )?;
            unviable.extend(blamed);
        }
        Ok(unviable)
    }

    /// Builds the tests of `targets`; `lib` is the library's own, `cli` those of the program.
    pub fn programs(&self, targets: &[&str]) -> Result<Vec<Program>> {
        let mut library = self.cargo("test", "ovf");
        library.args(["--features", "serde,cert"]);
        for target in targets.iter().filter(|target| **target != "cli") {
            match *target {
                "lib" => library.arg("--lib"),
                name => library.args(["--test", name]),
            };
        }
        let mut cli = self.cargo("test", "ovf-cli");
        let mut programs = Vec::new();
        let has_cli = targets.contains(&"cli");
        let has_library = targets.len() > usize::from(has_cli);
        let wanted = [(&mut library, has_library), (&mut cli, has_cli)];
        for (cargo, _) in wanted.into_iter().filter(|(_, is_wanted)| *is_wanted) {
            let output = cargo.args(["--no-run", "--message-format=json"]).output()?;
            ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            programs.extend(messages(&output.stdout)?.into_iter().filter_map(|message| {
                let (target, path) = (message.target?, message.executable?);
                let is_test = message.profile.is_some_and(|profile| profile.test);
                let is_library = target.kind.iter().any(|kind| kind == "lib");
                let name = if is_library { "lib".to_owned() } else { target.name };
                (is_test && targets.contains(&name.as_str()))
                    .then_some(Program { target: name, path })
            }));
        }
        Ok(programs)
    }

    fn copy_all(&self) -> Result<()> {
        let files =
            Command::new("git").args(["ls-files", "-z"]).current_dir(&self.root).output()?;
        ensure!(files.status.success(), "git ls-files failed");
        let mut kept = BTreeSet::new();
        for name in String::from_utf8(files.stdout)?.split_terminator('\0') {
            let from = self.root.join(name);
            if from.is_file() {
                kept.insert(self.tree.join(name));
                if !name.starts_with("src/") {
                    write(&self.tree.join(name), &fs::read(from)?)?;
                }
            }
        }
        kept.insert(self.tree.join("src/mutant.rs"));
        prune(&self.tree, &kept)
    }

    /// Writes `src` without those of `unviable`; says where each mutant stands in each file.
    fn write(
        &self,
        mutants: &[Mutant],
        unviable: &mut BTreeSet<u32>,
    ) -> Result<BTreeMap<String, Regions>> {
        let mut of_file = BTreeMap::<&str, Vec<&Mutant>>::new();
        for mutant in mutants.iter().filter(|mutant| !unviable.contains(&mutant.number)) {
            of_file.entry(&mutant.file).or_default().push(mutant);
        }
        let mut regions = BTreeMap::new();
        for path in files(&self.root.join("src"))? {
            let name = path.strip_prefix(&self.root)?.to_string_lossy().into_owned();
            let mut text = fs::read_to_string(&path)?;
            if let Some(mutants) = of_file.get(name.as_str()) {
                let rewritten = rewrite(&text, mutants).with_context(|| name.clone())?;
                unviable.extend(rewritten.unplaced);
                text = rewritten.text;
                regions.insert(name.clone(), rewritten.regions);
            }
            if name == "src/lib.rs" {
                let end = text.find("\npub mod ").context("src/lib.rs has no module")?;
                text.insert_str(end, "\nmod mutant;");
                text.insert_str(0, "#![feature(core_intrinsics, const_eval_select)]\n");
            }
            write(&self.tree.join(&name), text.as_bytes())?;
        }
        write(&self.tree.join("src/mutant.rs"), include_bytes!("switch.rs"))?;
        Ok(regions)
    }

    fn check(&self) -> Result<Vec<Diagnostic>> {
        let output = self
            .cargo("check", "ovf")
            .args(["--lib", "--message-format=json", "--features", "serde,cert"])
            .output()?;
        let errors = messages(&output.stdout)?
            .into_iter()
            .filter_map(|message| message.message)
            .filter(|diagnostic| diagnostic.level == "error" && !diagnostic.spans.is_empty())
            .collect::<Vec<_>>();
        if errors.is_empty() && !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(errors)
    }

    fn cargo(&self, verb: &str, package: &str) -> Command {
        let mut cargo = Command::new("cargo");
        // The switch needs to know whether a constant is computed, which stable Rust does not tell.
        cargo.current_dir(&self.tree).args([verb, "--quiet", "--package", package]).envs([
            ("RUSTC_BOOTSTRAP", "1"),
            ("RUSTFLAGS", "--cap-lints allow"),
            ("CARGO_PROFILE_TEST_DEBUG", "0"),
            ("CARGO_PROFILE_DEV_DEBUG", "0"),
            ("CARGO_INCREMENTAL", "0"),
        ]);
        cargo.env("CARGO_TARGET_DIR", &self.build);
        cargo
    }
}

type Regions = Vec<(Range<usize>, u32)>;

#[derive(Deserialize)]
struct Message {
    message: Option<Diagnostic>,
    target: Option<Target>,
    executable: Option<PathBuf>,
    profile: Option<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    level: String,
    #[allow(dead_code, reason = "shown when no mutant is blamed")]
    message: String,
    spans: Vec<At>,
    #[serde(default)]
    children: Vec<Diagnostic>,
}

#[derive(Debug, Deserialize)]
struct At {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
}

fn messages(output: &[u8]) -> Result<Vec<Message>> {
    let lines = output.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{"));
    Ok(lines.map(serde_json::from_slice).collect::<Result<_, _>>()?)
}

/// For each error the mutants of the smallest region around its primary place, else around another.
fn blame(errors: &[Diagnostic], regions: &BTreeMap<String, Regions>) -> BTreeSet<u32> {
    let smallest = |at: &At| -> Vec<u32> {
        let inside =
            |range: &Range<usize>| range.start <= at.byte_start && at.byte_end <= range.end;
        let of_file = regions.get(&at.file_name).map(Vec::as_slice).unwrap_or_default();
        let around = || of_file.iter().filter(|(range, _)| inside(range));
        let Some(least) = around().map(|(range, _)| range.len()).min() else { return Vec::new() };
        around().filter(|(range, _)| range.len() == least).map(|(_, number)| *number).collect()
    };
    let mut blamed = BTreeSet::new();
    for error in errors {
        let (first, others): (Vec<&At>, Vec<&At>) =
            error.spans.iter().partition(|at| at.is_primary);
        let children = error.children.iter().flat_map(|child| &child.spans);
        let found = first
            .into_iter()
            .chain(others)
            .chain(children)
            .map(smallest)
            .find(|found| !found.is_empty());
        blamed.extend(found.unwrap_or_default());
    }
    blamed
}

/// Leaves a file alone that has that content, so that cargo does too.
fn write(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("it has a folder")?)?;
    fs::write(path, content).with_context(|| path.display().to_string())
}

fn prune(folder: &Path, kept: &BTreeSet<PathBuf>) -> Result<()> {
    for path in files(folder)?.into_iter().filter(|path| !kept.contains(path)) {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
