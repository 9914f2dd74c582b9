//! SARIF.

use std::io::{self, Write as _};

use ovf::package::PackageReport;
use ovf::report::Report;
use ovf::wire::sarif::Log;

use super::{Render, Shown};
use crate::input::Unreadable;
use crate::output::Output;

/// Gathers the inputs into one run; the document is written at the end.
#[derive(Default)]
pub struct Sarif(Log);

impl Render for Sarif {
    fn checked(&mut self, _: &mut Output, name: &str, report: &Report<'_>) -> io::Result<()> {
        self.0.add(name, report);
        Ok(())
    }

    fn package(
        &mut self,
        _: &mut Output,
        shown: Shown<'_>,
        report: &PackageReport<'_>,
    ) -> io::Result<()> {
        self.0.add_package(shown.name, shown.folder, report);
        Ok(())
    }

    fn unreadable(&mut self, _: &mut Output, name: &str, error: &Unreadable) -> io::Result<()> {
        self.0.add_unreadable(name, &error.why);
        Ok(())
    }

    fn finish(&mut self, out: &mut Output) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &self.0)?;
        writeln!(out)
    }
}
