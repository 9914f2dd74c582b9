//! `ovf explain`.

use std::io::{self, Write as _};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use ovf::Code;
use ovf::diagnostic::Level;
use ovf::wire::catalogue::Rule;

use super::{Console, Status};
use crate::codes;
use crate::output::Output;

/// Widest paragraph, for reading.
const PARAGRAPH: usize = 90;
const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);
const CODE: Style = AnsiColor::Cyan.on_default();

/// Explain a code: what the fault is, why it matters, an example, the cure
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Identifier or name: OVF3102, 3102 or unknown-file-ref
    #[arg(value_parser = codes::parse)]
    code: Code,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let out = &mut console.out;
    let code = args.code;
    let title = out.paint(BOLD, &format!("{} {}", code.id(), code.name()));
    writeln!(out, "{title}\n")?;
    for (key, value) in [
        ("severity", severity(code.level()).to_owned()),
        ("clause", code.clause().to_owned()),
        ("vSphere", format!("{} ({})", code.category().as_str(), code.fault().as_str())),
    ] {
        let key = out.paint(DIM, &format!("{key:>10}"));
        writeln!(out, "{key}  {value}")?;
    }
    writeln!(out)?;
    let text = manual(out, &Rule::of(code).manual);
    out.write_all(text.as_bytes())?;
    Ok(Status::Clean)
}

/// The level in words.
pub fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Tolerated => "warning; error with --strict",
        Level::Warning => "warning",
        Level::Info => "info",
    }
}

/// Sets the manual for a terminal: paragraphs wrapped, examples indented.
fn manual(out: &Output, markdown: &str) -> String {
    let width = out.width().min(PARAGRAPH);
    let mut text = String::new();
    let mut words: Vec<&str> = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            text.push_str(&out.paint(CODE, &format!("    {line}")));
            text.push('\n');
        } else if line.trim().is_empty() {
            paragraph(out, &mut words, width, &mut text);
            text.push('\n');
        } else {
            if line.starts_with("- ") {
                paragraph(out, &mut words, width, &mut text);
            }
            words.extend(line.split_whitespace());
        }
    }
    paragraph(out, &mut words, width, &mut text);
    text
}

/// Wraps the words gathered so far and forgets them. The marks of code stay where there are no colours.
fn paragraph(out: &Output, words: &mut Vec<&str>, width: usize, text: &mut String) {
    let mut column = 0;
    let mut lines = String::new();
    for word in words.drain(..) {
        let wider = word.chars().count().saturating_add(column).saturating_add(1);
        if column > 0 && wider > width {
            lines.push('\n');
            column = word.chars().count();
        } else {
            lines.push_str(if column > 0 { " " } else { "" });
            column = wider;
        }
        lines.push_str(word);
    }
    if lines.is_empty() {
        return;
    }
    if out.color() {
        for (at, part) in lines.split('`').enumerate() {
            if at % 2 == 1 { text.push_str(&out.paint(CODE, part)) } else { text.push_str(part) }
        }
    } else {
        text.push_str(&lines);
    }
    text.push('\n');
}
