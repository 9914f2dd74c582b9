//! Ways to print what was found, one file each.

mod excerpt;
mod github;
mod inspection;
mod json;
mod package;
mod sarif;
mod table;
mod text;
mod visible;
mod vsphere;

use std::io;

use clap::ValueEnum;
use ovf::package::PackageReport;
use ovf::report::Report;

use crate::input::Unreadable;
use crate::output::Output;

pub use self::inspection::inspection;
pub use self::table::{bytes, clipped, number_of};
pub use self::text::{display_name, findings};
pub use self::visible::visible;

/// How to print what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: each finding with its source lines
    Text,
    /// Our own JSON
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// What vSphere's API would answer
    Vsphere,
}

/// How a package is shown.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// What the user calls it.
    pub name: &'a str,
    /// What stands before the names of its files.
    pub folder: &'a str,
    /// Whether the state of every file is wanted, or findings alone.
    pub table: bool,
}

/// Prints inputs one after another.
pub trait Render {
    /// Takes an input that was checked. `name` is what the user calls it.
    fn checked(&mut self, out: &mut Output, name: &str, report: &Report<'_>) -> io::Result<()>;
    /// Takes a package that was checked.
    fn package(
        &mut self,
        out: &mut Output,
        shown: Shown<'_>,
        report: &PackageReport<'_>,
    ) -> io::Result<()>;
    /// Takes an input that could not be read. Standard error has been told already.
    fn unreadable(&mut self, out: &mut Output, name: &str, error: &Unreadable) -> io::Result<()>;
    /// Ends the output.
    fn finish(&mut self, out: &mut Output) -> io::Result<()>;
}

impl Format {
    /// The renderer of this format.
    pub fn renderer(self) -> Box<dyn Render> {
        match self {
            Self::Text => Box::new(text::Text::default()),
            Self::Json => Box::new(json::Json::default()),
            Self::Sarif => Box::new(sarif::Sarif::default()),
            Self::Github => Box::new(github::Github),
            Self::Vsphere => Box::new(vsphere::Vsphere::default()),
        }
    }
}
