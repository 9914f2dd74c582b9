//! Text for people: the finding, the place, the source line with the place underlined, what to do.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use annotate_snippets::renderer::{
    AnsiColor, DEFAULT_ERROR_STYLE, DEFAULT_LINE_NUM_STYLE, DEFAULT_WARNING_STYLE, Effects, Style,
};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Message, Renderer, Snippet};
use ovf::diagnostic::Counts;
use ovf::package::PackageReport;
use ovf::report::Report;
use ovf::source::Encoding;
use ovf::{Code, Diagnostic, Severity, Source};

use super::excerpt::{Excerpt, Mark, Secrets, excerpts};
use super::{Render, Shown, package, visible};
use crate::input::Unreadable;
use crate::output::{Output, paint};

/// Columns left of the source: line number, bar, blanks.
const GUTTER: usize = 10;
/// The excerpts are cut already; the renderer shall not cut them again.
const UNCUT: usize = 100_000;

/// Prints findings as rustc does.
#[derive(Default)]
pub struct Text {
    /// The finding to offer an explanation for: the first of the worst.
    hint: Option<(Severity, Code)>,
    /// Whether an input came before.
    begun: bool,
}

impl Render for Text {
    fn checked(&mut self, out: &mut Output, name: &str, report: &Report<'_>) -> io::Result<()> {
        let name = display_name(name);
        if std::mem::replace(&mut self.begun, true) && !report.diagnostics().is_empty() {
            writeln!(out)?;
        }
        findings(out, &name, report, report.diagnostics())?;
        for found in report.diagnostics() {
            if self.hint.is_none_or(|(severity, _)| severity < found.severity) {
                self.hint = Some((found.severity, found.code));
            }
        }
        let line = summary(out, &name, report);
        writeln!(out, "{line}")
    }

    fn package(
        &mut self,
        out: &mut Output,
        shown: Shown<'_>,
        report: &PackageReport<'_>,
    ) -> io::Result<()> {
        let begun = std::mem::replace(&mut self.begun, true);
        let any =
            report.counts().error > 0 || report.counts().warning > 0 || report.counts().info > 0;
        if begun && (shown.table || any) {
            writeln!(out)?;
        }
        for (severity, code) in package::print(out, shown, report)? {
            if self.hint.is_none_or(|(worst, _)| worst < severity) {
                self.hint = Some((severity, code));
            }
        }
        Ok(())
    }

    fn unreadable(&mut self, _: &mut Output, _: &str, _: &Unreadable) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, out: &mut Output) -> io::Result<()> {
        if let Some((_, code)) = self.hint {
            let command = out
                .paint(Style::new().effects(Effects::BOLD), &format!("ovf explain {}", code.id()));
            writeln!(out, "\nFor more about a finding, try `{command}`.")?;
        }
        Ok(())
    }
}

/// The name of an input as people are shown it.
pub fn display_name(name: &str) -> String {
    if name == "-" { "<stdin>".to_owned() } else { visible(name) }
}

/// Prints some findings of a report, each followed by an empty line.
pub fn findings<'d>(
    out: &mut Output,
    name: &str,
    report: &Report<'_>,
    found: impl IntoIterator<Item = &'d Diagnostic>,
) -> io::Result<()> {
    let path = |found: &Diagnostic| report.path(found);
    let secrets = Secrets::new(report.secrets());
    let document = Document { name, source: report.source(), secrets: &secrets, path: Some(&path) };
    document_findings(out, &document, found)
}

/// A text that findings point into.
pub struct Document<'a> {
    /// What people are shown as its path.
    pub name: &'a str,
    /// The text.
    pub source: &'a Source<'a>,
    /// What of it is not to be shown.
    pub secrets: &'a Secrets,
    /// Names the element a finding points at, in a text that has elements.
    pub path: Option<&'a dyn Fn(&Diagnostic) -> String>,
}

/// Prints findings in a text, each followed by an empty line.
pub fn document_findings<'d>(
    out: &mut Output,
    document: &Document<'_>,
    found: impl IntoIterator<Item = &'d Diagnostic>,
) -> io::Result<()> {
    let renderer =
        if out.color() { Renderer::styled() } else { Renderer::plain() }.term_width(UNCUT);
    let page = Page { width: out.width().saturating_sub(GUTTER), color: out.color() };
    for diagnostic in found {
        let text = finding(&renderer, document, diagnostic, page);
        writeln!(out, "{text}\n")?;
    }
    Ok(())
}

/// What lines are written on.
#[derive(Clone, Copy)]
struct Page {
    /// Columns for the source.
    width: usize,
    color: bool,
}

/// The title, then for each excerpt its place and lines, then the notes.
fn finding(renderer: &Renderer, document: &Document<'_>, found: &Diagnostic, page: Page) -> String {
    let Document { name, source, secrets, .. } = *document;
    let mut marks = vec![Mark { span: found.span, primary: true, label: "" }];
    marks.extend(found.labels.iter().map(|label| Mark {
        span: label.span,
        primary: false,
        label: &label.text,
    }));
    let shown = excerpts(source, &marks, secrets, page.width);
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.clone().primary_title(&found.message).id(found.code.id());
    let mut text = renderer.render(&[Group::with_title(title)]);
    let digits = shown.iter().map(Excerpt::digits).max().unwrap_or(1);
    for (at, excerpt) in shown.iter().enumerate() {
        // The renderer would count the column in the line as shown, which may be cut or escaped, so
        // the place is written here.
        let place = source.line_col(excerpt.place(&marks).start);
        let arrow = paint(page.color, DEFAULT_LINE_NUM_STYLE, if at == 0 { "-->" } else { ":::" });
        if at > 0 {
            let _ =
                write!(text, "\n{:digits$} {}", "", paint(page.color, DEFAULT_LINE_NUM_STYLE, "|"));
        }
        let _ = write!(text, "\n{:digits$}{arrow} {name}:{}:{}", "", place.line, place.column);
        let mut group = Group::with_level(level.clone()).element(snippet(excerpt, &marks));
        if at.saturating_add(1) == shown.len() {
            group =
                group.elements(notes(document, found, shown.iter().any(|excerpt| excerpt.long)));
        }
        for line in renderer.render(&[group]).lines() {
            let _ = write!(
                text,
                "\n{:indent$}{line}",
                "",
                indent = digits.saturating_sub(excerpt.digits())
            );
        }
    }
    text
}

fn notes<'a>(document: &Document<'_>, found: &'a Diagnostic, long: bool) -> Vec<Message<'a>> {
    let code = found.code;
    let mut notes = vec![Level::NOTE.message(format!("{}, {}", code.name(), code.clause()))];
    if let Some(path) = document.path.filter(|_| long) {
        // In such a line the path says more than the column.
        notes.push(Level::NOTE.message(format!("at {}", visible(&path(found)))));
    }
    notes.extend(found.help.as_ref().map(|help| Level::HELP.message(help)));
    notes
}

fn snippet<'a>(excerpt: &'a Excerpt, marks: &[Mark<'a>]) -> Element<'a> {
    let annotations = excerpt.marks.iter().filter_map(|(range, mark)| {
        let mark = marks.get(*mark)?;
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = Some(mark.label).filter(|label| !label.is_empty());
        Some(kind.span(range.clone()).label(label))
    });
    Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.first_line as usize)
        .annotations(annotations)
        .into()
}

const BOLD: Style = Style::new().effects(Effects::BOLD);

/// `1 error, 2 warnings`, or `no findings`.
pub fn counted(out: &Output, counts: Counts) -> String {
    let found: Vec<String> = [
        (counts.error, "error", DEFAULT_ERROR_STYLE),
        (counts.warning, "warning", DEFAULT_WARNING_STYLE),
        (counts.info, "info", BOLD),
    ]
    .into_iter()
    .filter(|&(count, ..)| count > 0)
    .map(|(count, noun, style)| {
        let plural = if count == 1 || noun == "info" { "" } else { "s" };
        out.paint(style, &format!("{count} {noun}{plural}"))
    })
    .collect();
    if found.is_empty() { "no findings".to_owned() } else { found.join(", ") }
}

/// `vm.ovf: 1 error, 2 warnings; OVF 1.0`.
fn summary(out: &Output, name: &str, report: &Report<'_>) -> String {
    let counts = report.counts();
    let version = match report.envelope() {
        Some(envelope) => Some(format!("OVF {}", envelope.version())),
        None => report.is_environment().then(|| "OVF environment".to_owned()),
    };
    let found = counted(out, counts);
    let mut line = out.paint(BOLD, name);
    line.push_str(": ");
    if counts.error == 0 && report.is_complete() {
        let valid = out.paint(AnsiColor::BrightGreen.on_default().effects(Effects::BOLD), "valid");
        let _ = write!(line, "{valid} {}, ", version.as_deref().unwrap_or("OVF"));
        line.push_str(&found);
        return line;
    }
    line.push_str(&found);
    if let Some(version) = version {
        let _ = write!(line, "; {version}");
    }
    if report.source().encoding() != Encoding::Plain {
        let _ = write!(
            line,
            "; lines are those of the text unpacked from {}",
            report.source().encoding().as_str()
        );
    }
    if !report.is_complete() {
        let kept = report.diagnostics().len() as u64;
        let all = counts.error.saturating_add(counts.warning).saturating_add(counts.info);
        line.push_str(&if kept < all {
            format!("; not complete: only {kept} findings are shown, errors first")
        } else {
            "; not complete: a limit was reached and the rest was not examined".to_owned()
        });
    }
    line
}

#[cfg(test)]
mod tests {
    use annotate_snippets::Renderer;
    use ovf::report::Validator;
    use ovf::{LineCol, Source};

    use super::{Document, Page, Secrets, UNCUT, finding};

    const EXAMPLE: &str = include_str!("../../../testdata/examples/web-server.ovf");
    /// Put into the example, or in place of a part of it.
    const PIECES: [&str; 14] = [
        "<",
        ">",
        "\"",
        "&",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u{202E}",
        "虚拟机",
        "e\u{301}",
        "<a>",
        "</b>",
        "]]>",
    ];

    /// Numbers that are the same every time (Marsaglia's xorshift).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % (end as u64)).unwrap()
        }
    }

    /// Whatever the input, each finding is shown at its place, and nothing of the input acts on the terminal.
    #[test]
    fn findings_in_damaged_descriptors_are_shown_harmlessly() {
        let renderer = Renderer::plain().term_width(UNCUT);
        let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
        let mut shown = 0;
        for round in 0..300 {
            let mut bytes = EXAMPLE.as_bytes().to_vec();
            if round % 3 == 0 {
                bytes.retain(|byte| *byte != b'\n');
            }
            for _ in 0..=numbers.below(8) {
                let at = numbers.below(bytes.len());
                let end = (at + numbers.below(40)).min(bytes.len());
                bytes.splice(at..end, PIECES[numbers.below(PIECES.len())].bytes());
            }
            let Ok(source) = Source::decode(&bytes) else { continue };
            let report = Validator::new().check(&source);
            let secrets = Secrets::new(report.secrets());
            for found in report.diagnostics() {
                let page = Page { width: 60 + numbers.below(80), color: false };
                let path = |found: &ovf::Diagnostic| report.path(found);
                let document = Document {
                    name: "x.ovf",
                    source: &source,
                    secrets: &secrets,
                    path: Some(&path),
                };
                let text = finding(&renderer, &document, found, page);
                let LineCol { line, column } = source.line_col(found.span.start);
                assert!(text.contains(&format!("--> x.ovf:{line}:{column}\n")), "{text}");
                assert!(
                    !text.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202E}'),
                    "{text:?}"
                );
                assert!(text.lines().all(|line| line.chars().count() < 500), "{text}");
                shown += 1;
            }
        }
        assert!(shown > 1_000, "{shown}");
    }
}
