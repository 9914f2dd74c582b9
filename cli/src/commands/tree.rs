//! `ovf tree`.

use std::ffi::OsString;
use std::io::{self, Write as _};

use annotate_snippets::renderer::{Effects, Style};
use clap::ValueEnum;
use ovf::model::{OstNode, OstSection};
use ovf::namespace::Namespace;
use ovf::report::{Report, Validator};
use ovf::wire::tree::Node;
use ovf::{Severity, Source};

use super::reading::with_source;
use super::{Console, Status};
use crate::descriptor::Descriptor;
use crate::output::Output;
use crate::render::{display_name, findings, visible};

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);

/// Print the section tree of a descriptor
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Descriptor, OVA or package directory; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// How to print the tree
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Begin each JSON object with `_typeName`, as VI/JSON does
    #[arg(long)]
    type_names: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Lines, nodes and sections
    Text,
    /// `OvfConsumerOstNode`, with the text of every section
    Json,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    with_source(&args.input, console, |descriptor, source, console| {
        show(args, descriptor, source, console)
    })
}

fn show(
    args: &Args,
    descriptor: &Descriptor,
    source: &Source<'_>,
    console: &mut Console,
) -> io::Result<Status> {
    let report = Validator::new().check(source);
    if let Some(envelope) = report.envelope() {
        match args.format {
            Format::Text => print(&mut console.out, envelope.ost())?,
            Format::Json => {
                let tree = Node::new(envelope.ost()).type_names(args.type_names);
                serde_json::to_writer(&mut console.out, &tree)?;
                writeln!(console.out)?;
            }
        }
    }
    faults(&descriptor.name, &report, console)
}

/// Tells on standard error what kept the tree from being read whole.
fn faults(name: &str, report: &Report<'_>, console: &mut Console) -> io::Result<Status> {
    // Blocks 0 and 1 are limits and XML. What else is wrong is the business of `validate`, unless
    // there is nothing to show.
    let matters =
        |id: &str| report.envelope().is_none() || id.starts_with("OVF0") || id.starts_with("OVF1");
    let found: Vec<_> = report
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Error && matters(found.code.id()))
        .collect();
    if found.is_empty() {
        return Ok(Status::Clean);
    }
    console.out.flush()?;
    let mut err = console.stderr();
    findings(&mut err, &display_name(name), report, found)?;
    err.flush()?;
    Ok(Status::Errors)
}

/// What a line of the tree shows.
enum Item<'t, 's> {
    Node(OstNode<'t, 's>),
    Section(OstSection<'t, 's>),
}

impl Item<'_, '_> {
    fn line(&self) -> u32 {
        match self {
            Self::Node(node) => node.line(),
            Self::Section(section) => section.line(),
        }
    }

    /// Where it begins, in bytes.
    fn start(&self) -> u32 {
        match self {
            Self::Node(node) => node.element().start_tag().start,
            Self::Section(section) => section.span().start,
        }
    }

    fn title(&self, out: &Output) -> String {
        match self {
            Self::Node(node) => {
                let node_type = out.paint(BOLD, node.node_type().as_str());
                let id = visible(&node.id());
                if id.is_empty() { node_type } else { format!("{node_type} {id}") }
            }
            Self::Section(section) => {
                let name = visible(section.name());
                if Namespace::of(section.namespace()).is_ovf() {
                    return name;
                }
                let namespace = out.paint(DIM, &format!("{{{}}}", visible(section.namespace())));
                format!("{name} {namespace}")
            }
        }
    }
}

fn print(out: &mut Output, root: OstNode<'_, '_>) -> io::Result<()> {
    let mut rows: Vec<(u32, String)> = Vec::new();
    // A stack instead of recursion: collections nest as deep as the input likes.
    let mut waiting = vec![(String::new(), "", Item::Node(root))];
    while let Some((indent, branch, item)) = waiting.pop() {
        let rails = out.paint(DIM, &format!("{indent}{branch}"));
        rows.push((item.line(), format!("{rails}{}", item.title(out))));
        let Item::Node(node) = item else { continue };
        let indent = match branch {
            "" => indent,
            "└─ " => indent + "   ",
            _ => indent + "│  ",
        };
        let sections = node.sections().map(Item::Section);
        let mut below: Vec<_> = sections.chain(node.children().map(Item::Node)).collect();
        below.sort_by_key(Item::start);
        for (at, item) in below.into_iter().rev().enumerate() {
            waiting.push((indent.clone(), if at == 0 { "└─ " } else { "├─ " }, item));
        }
    }
    let digits = rows.iter().map(|row| row.0).max().unwrap_or(0).to_string().len().max(4);
    for (line, title) in rows {
        let number = out.paint(DIM, &format!("{line:>digits$}"));
        writeln!(out, "{number}  {title}")?;
    }
    Ok(())
}
