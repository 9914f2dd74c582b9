//! Our own JSON.

use std::io::{self, Write as _};

use ovf::package::PackageReport;
use ovf::report::Report;
use ovf::wire::report::{Input, Output as Shape};

use super::{Render, Shown};
use crate::input::Unreadable;
use crate::output::Output;

/// Gathers the inputs; the document is written at the end.
#[derive(Default)]
pub struct Json(Shape);

impl Render for Json {
    fn checked(&mut self, _: &mut Output, name: &str, report: &Report<'_>) -> io::Result<()> {
        self.0.inputs.push(Input::of(name, report));
        Ok(())
    }

    fn package(
        &mut self,
        _: &mut Output,
        shown: Shown<'_>,
        report: &PackageReport<'_>,
    ) -> io::Result<()> {
        self.0.inputs.push(Input::of_package(shown.name, report));
        Ok(())
    }

    fn unreadable(&mut self, _: &mut Output, name: &str, error: &Unreadable) -> io::Result<()> {
        self.0.inputs.push(Input::unreadable(name, &error.why));
        Ok(())
    }

    fn finish(&mut self, out: &mut Output) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &self.0)?;
        writeln!(out)
    }
}
