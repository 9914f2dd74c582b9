//! Packages as text: the files and what is known of each, the findings, one line for it all.

use std::io::{self, Write as _};

use annotate_snippets::renderer::{
    AnsiColor, DEFAULT_ERROR_STYLE, DEFAULT_WARNING_STYLE, Effects, Style,
};
use ovf::package::{FileRole, FileStatus, Finding, PackageReport};
use ovf::{Code, Severity};

use super::excerpt::Secrets;
use super::text::{Document, counted, display_name, document_findings, findings};
use super::{Shown, visible};
use crate::output::Output;
use crate::package::member_path;

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const GOOD: Style = AnsiColor::BrightGreen.on_default().effects(Effects::BOLD);

/// Prints all of it, and gives severity and code of each finding.
pub fn print(
    out: &mut Output,
    shown: Shown<'_>,
    report: &PackageReport<'_>,
) -> io::Result<Vec<(Severity, Code)>> {
    let mut told = Vec::new();
    if shown.table {
        table(out, report)?;
    }
    if let Some((name, descriptor)) = report.descriptor() {
        let path = visible(&member_path(shown.folder, name)).to_string();
        findings(out, &path, descriptor, descriptor.diagnostics())?;
        told.extend(descriptor.diagnostics().iter().map(|found| (found.severity, found.code)));
    }
    if let Some(manifest) = report.manifest() {
        let path = visible(&member_path(shown.folder, manifest.name)).to_string();
        let secrets = Secrets::new(Vec::new());
        let document =
            Document { name: &path, source: manifest.source, secrets: &secrets, path: None };
        document_findings(out, &document, &manifest.diagnostics)?;
        told.extend(manifest.diagnostics.iter().map(|found| (found.severity, found.code)));
    }
    if let Some(certificate) = report.certificate() {
        let path = visible(&member_path(shown.folder, certificate.name)).to_string();
        let secrets = Secrets::new(Vec::new());
        let document =
            Document { name: &path, source: certificate.source, secrets: &secrets, path: None };
        document_findings(out, &document, &certificate.diagnostics)?;
        told.extend(certificate.diagnostics.iter().map(|found| (found.severity, found.code)));
    }
    for found in report.findings() {
        finding(out, shown, found)?;
        told.push((found.severity, found.code));
    }
    let line = summary(out, shown, report);
    writeln!(out, "{line}")?;
    Ok(told)
}

/// One line for each file: what is known of it, its size, its name.
fn table(out: &mut Output, report: &PackageReport<'_>) -> io::Result<()> {
    let rows: Vec<[String; 2]> = report
        .files()
        .iter()
        .map(|file| {
            [file.status.to_string(), file.bytes.map(grouped).unwrap_or_else(|| "-".to_owned())]
        })
        .collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let (status_width, bytes_width) = (width(0).unwrap_or(0), width(1).unwrap_or(0));
    for (file, [status, bytes]) in report.files().iter().zip(&rows) {
        let style = match file.status {
            FileStatus::Verified { .. } => GOOD,
            FileStatus::VerifiedWeak { .. } => DEFAULT_WARNING_STYLE,
            FileStatus::NotChecked { .. }
                if matches!(file.role, FileRole::Manifest | FileRole::Certificate) =>
            {
                DIM
            }
            FileStatus::NotChecked { .. } => DEFAULT_WARNING_STYLE,
            _ => DEFAULT_ERROR_STYLE,
        };
        let status = out.paint(style, &format!("{status:status_width$}"));
        writeln!(out, "{status}  {bytes:>bytes_width$}  {}", visible(&file.name))?;
    }
    writeln!(out)
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len().saturating_mul(2));
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A finding that has no line to show.
fn finding(out: &mut Output, shown: Shown<'_>, found: &Finding) -> io::Result<()> {
    let (word, style) = match found.severity {
        Severity::Error => ("error", DEFAULT_ERROR_STYLE),
        Severity::Warning => ("warning", DEFAULT_WARNING_STYLE),
        Severity::Info => ("info", BOLD),
    };
    let title = out.paint(style, &format!("{word}[{}]", found.code.id()));
    writeln!(out, "{title}: {}", found.message)?;
    let mut place = match &found.member {
        Some(member) => visible(&member_path(shown.folder, member)).to_string(),
        None => display_name(shown.name),
    };
    if let Some(offset) = found.offset.filter(|_| found.field.is_some()) {
        place.push_str(&format!(", byte {} of the archive", grouped(offset)));
    }
    if let Some(field) = found.field {
        place.push_str(&format!(", field `{field}`"));
    }
    writeln!(out, " --> {place}")?;
    writeln!(out, "  = note: {}, {}", found.code.name(), found.code.clause())?;
    if let Some(help) = &found.help {
        writeln!(out, "  = help: {help}")?;
    }
    writeln!(out)
}

/// `vm.ova: verified, 3 files, 1,234 bytes; no findings`.
fn summary(out: &Output, shown: Shown<'_>, report: &PackageReport<'_>) -> String {
    let name = out.paint(BOLD, &display_name(shown.name));
    let files: Vec<_> = report
        .files()
        .iter()
        .filter(|file| !matches!(file.role, FileRole::Manifest | FileRole::Certificate))
        .collect();
    let good = files.iter().filter(|file| file.status.is_verified()).count();
    let bytes =
        report.files().iter().filter_map(|file| file.bytes).fold(0_u64, u64::saturating_add);
    let verdict = if report.is_verified() {
        out.paint(GOOD, "verified")
    } else {
        out.paint(DEFAULT_ERROR_STYLE, "not verified")
    };
    let plural = if files.len() == 1 { "" } else { "s" };
    let found = counted(out, report.counts());
    let mut line = format!(
        "{name}: {verdict}, {good} of {} file{plural}, {} bytes read; {found}",
        files.len(),
        grouped(bytes),
    );
    line.push_str(&signature(report));
    if !report.is_complete() {
        line.push_str("; not complete: the rest was not examined");
    }
    line
}

/// `; signed by CN=vendor, not trusted`.
fn signature(report: &PackageReport<'_>) -> String {
    let known = report.certificate().and_then(|certificate| certificate.signature.as_ref());
    let Some(known) = known else { return "; not signed".to_owned() };
    if !known.is_verified() {
        return "; signature not verified".to_owned();
    }
    let signer = known.signer.as_ref().map_or("", |signer| signer.subject());
    let trust = if known.is_trusted() { "trusted" } else { "not trusted" };
    format!("; signed by {}, {trust}", visible(signer))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_parted() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")]
        {
            assert_eq!(grouped(number), text);
        }
    }
}
