//! `ovf import-spec`.

use std::ffi::OsString;
use std::io::{self, Write as _};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use clap::ValueEnum;
use ovf::Source;
use ovf::import::Choices;
use ovf::import::parameters::try_instantiate;
use ovf::import::spec::{Fault, ImportSpecResult, import_spec};
use ovf::wire::vim::import_spec::OvfCreateImportSpecResult;

use super::params::text::issues;
use super::reading::{valid, with_choices};
use super::{Console, Status};
use crate::choices;
use crate::descriptor::Descriptor;
use crate::render::{display_name, visible};

const ERROR: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
const WARNING: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
const ARROW: Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);

/// Print what is to be made of a package, as vSphere's `OvfCreateImportSpecResult`
///
/// Values of passwords that are chosen or stand in the descriptor are part of it, as the target needs them.
#[derive(Debug, clap::Args)]
#[command(after_help = choices::AFTER_HELP)]
#[group(skip)]
pub struct Args {
    /// Descriptor, OVA or package directory; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    #[command(flatten)]
    choices: choices::Args,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// VI/JSON
    Json,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    with_choices(&args.input, &args.choices, console, |descriptor, source, choices, console| {
        show(args, descriptor, source, choices, console)
    })
}

fn show(
    args: &Args,
    descriptor: &Descriptor,
    source: &Source<'_>,
    choices: &Choices,
    console: &mut Console,
) -> io::Result<Status> {
    let Some(envelope) = valid(descriptor, source, console)? else { return Ok(Status::Errors) };
    let parameters = try_instantiate(&envelope, choices);
    if !parameters.errors.is_empty() {
        let mut err = console.stderr();
        issues(&mut err, &parameters, true)?;
        err.flush()?;
        return Ok(Status::Errors);
    }
    let result = import_spec(&envelope, choices);
    match args.format {
        Format::Json => {
            let shape = OvfCreateImportSpecResult::from(&result);
            serde_json::to_writer_pretty(&mut console.out, &shape)?;
            writeln!(console.out)?;
        }
    }
    tell(&display_name(&descriptor.name), &result, console)?;
    Ok(if result.errors.is_empty() { Status::Clean } else { Status::Errors })
}

/// Tells on standard error what is lost and what keeps the package from being imported.
fn tell(name: &str, result: &ImportSpecResult, console: &mut Console) -> io::Result<()> {
    if result.errors.is_empty() && result.warnings.is_empty() {
        return Ok(());
    }
    console.out.flush()?;
    let mut err = console.stderr();
    let warnings = result.warnings.iter().map(|fault| ("warning", WARNING, fault));
    let errors = result.errors.iter().map(|fault| ("error", ERROR, fault));
    for (word, style, Fault { line, kind, .. }) in warnings.chain(errors) {
        let head = err.paint(style, &format!("{word}[{}]", kind.type_name()));
        let arrow = err.paint(ARROW, "-->");
        writeln!(err, "{head}: {}", visible(&kind.to_string()))?;
        writeln!(err, " {arrow} {name}:{line}")?;
    }
    err.flush()
}
