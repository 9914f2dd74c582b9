//! Workflow commands of GitHub Actions: each finding becomes an annotation of its line.

use std::io::{self, Write as _};

use ovf::package::PackageReport;
use ovf::report::Report;
use ovf::wire::report::{Finding, Input, Place};
use ovf::{Diagnostic, Severity};

use super::{Render, Shown, visible};
use crate::input::Unreadable;
use crate::output::Output;
use crate::package::member_path;

/// Prints a command for each finding.
pub struct Github;

impl Render for Github {
    fn checked(&mut self, out: &mut Output, name: &str, report: &Report<'_>) -> io::Result<()> {
        for found in report.diagnostics() {
            writeln!(out, "{}", command(name, found, Place::of(found.span, report.source())))?;
        }
        if !report.is_complete() {
            let file = property(name);
            writeln!(
                out,
                "::warning file={file},title=not complete::a limit was reached; the rest was not examined"
            )?;
        }
        Ok(())
    }

    fn package(
        &mut self,
        out: &mut Output,
        shown: Shown<'_>,
        report: &PackageReport<'_>,
    ) -> io::Result<()> {
        let shape = Input::of_package(shown.name, report);
        for found in &shape.diagnostics {
            let is_archive = found.file == shown.name;
            let file = if is_archive {
                found.file.clone()
            } else {
                member_path(shown.folder, &found.file)
            };
            writeln!(out, "{}", member_command(&file, found))?;
        }
        if !shape.complete {
            let file = property(shown.name);
            writeln!(out, "::warning file={file},title=not complete::not examined to its end")?;
        }
        Ok(())
    }

    fn unreadable(&mut self, out: &mut Output, name: &str, error: &Unreadable) -> io::Result<()> {
        writeln!(out, "::error file={},title=cannot be read::{}", property(name), data(&error.why))
    }

    fn finish(&mut self, _: &mut Output) -> io::Result<()> {
        Ok(())
    }
}

fn member_command(file: &str, found: &Finding) -> String {
    let kind = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = found.place;
    let mut lines = String::new();
    if place.line > 0 {
        lines = format!(",line={},endLine={}", place.line, place.end_line);
        if place.line == place.end_line {
            lines.push_str(&format!(",col={},endColumn={}", place.column, place.end_column));
        }
    }
    let mut message = found.message.clone();
    if let Some(help) = &found.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    format!(
        "::{kind} file={}{lines},title={} {}::{}",
        property(file),
        found.code,
        found.name,
        data(&message)
    )
}

fn command(name: &str, found: &Diagnostic, place: Place) -> String {
    let kind = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // The runner drops columns when the lines differ, and warns about it.
    let columns = if place.line == place.end_line {
        format!(",col={},endColumn={}", place.column, place.end_column)
    } else {
        String::new()
    };
    let mut message = found.message.clone();
    if let Some(help) = &found.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={} {}::{}",
        property(name),
        place.line,
        place.end_line,
        found.code.id(),
        found.code.name(),
        data(&message)
    )
}

/// Escapes the text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property. A log is read on a terminal too, so nothing may steer that.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_command_or_property_is_escaped() {
        assert_eq!(data("100%\r\na: b, c"), "100%25%0D%0Aa: b, c");
        assert_eq!(property("C:\\a,b%.ovf\n"), "C%3A\\a%2Cb%25.ovf␊");
    }
}
