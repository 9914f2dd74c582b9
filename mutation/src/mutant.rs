//! What `cargo mutants --list --json` says of each mutant.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Modules whose mutants are run, each a folder or a file of `src`.
pub const MODULES: &[&str] = &["value", "manifest", "package", "edit", "import", "rules", "xml"];

/// 1-based line, 1-based column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// From the first character to the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Span {
    pub start: Place,
    pub end: Place,
}

/// The kinds of cargo-mutants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

#[derive(Clone, Debug, Deserialize)]
struct Function {
    return_type: String,
}

/// One change of the source.
#[derive(Clone, Debug, Deserialize)]
pub struct Mutant {
    /// `file:line:column: what is changed`.
    pub name: String,
    pub file: String,
    pub span: Span,
    pub replacement: String,
    pub genre: Genre,
    function: Option<Function>,
    /// The name without line and column, numbered among its equals: stays when lines move.
    #[serde(skip)]
    pub key: String,
    /// What the switch is called by; starts at 1.
    #[serde(skip)]
    pub number: u32,
}

impl Mutant {
    /// The entry of [`MODULES`] it belongs to.
    pub fn module(&self) -> &str {
        let inside = self.file.strip_prefix("src/").unwrap_or(&self.file);
        inside.split(['/', '.']).next().unwrap_or(inside)
    }

    /// Whether the function it is in returns `impl Trait`: such a function has one type of result, so
    /// that a body of another type cannot stand beside the original.
    pub fn is_opaque(&self) -> bool {
        self.function.as_ref().is_some_and(|function| function.return_type.contains("impl "))
    }
}

/// All mutants of [`MODULES`] in the package at `root`, as cargo-mutants writes them.
pub fn list(root: &Path) -> Result<Vec<u8>> {
    let output = Command::new("cargo")
        .args(["mutants", "--list", "--json", "--no-config", "--package", "ovf"])
        .args(MODULES.iter().flat_map(|name| {
            ["-f".to_owned(), format!("src/{name}/**"), "-f".to_owned(), format!("src/{name}.rs")]
        }))
        .current_dir(root)
        .output()
        .context("cargo-mutants is needed: cargo install cargo-mutants")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// The mutants in that order.
pub fn parse(listed: &[u8]) -> Result<Vec<Mutant>> {
    let mut mutants: Vec<Mutant> = serde_json::from_slice(listed)?;
    let mut equals = BTreeMap::<String, u32>::new();
    for (number, mutant) in (1..).zip(&mut mutants) {
        let what = mutant.name.splitn(4, ':').nth(3).unwrap_or_default().trim().to_owned();
        let same = equals.entry(format!("{}: {what}", mutant.file)).or_default();
        *same += 1;
        mutant.key = format!("{}: {what} #{same}", mutant.file);
        mutant.number = number;
    }
    Ok(mutants)
}
