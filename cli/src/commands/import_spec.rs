//! `ovf import-spec`.

use std::ffi::OsString;
use std::io::{self, Write as _};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use clap::ValueEnum;
use ovf::import::parameters::try_instantiate;
use ovf::import::spec::{Fault, ImportSpecResult, import_spec};
use ovf::report::Validator;
use ovf::wire::vim::import_spec::OvfCreateImportSpecResult;
use ovf::{Limits, Severity};

use super::params::text::issues;
use super::{Console, Status};
use crate::choices;
use crate::descriptor::Descriptor;
use crate::render::{display_name, findings, visible};

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
    let limits = Limits::default();
    let mut choices = match args.choices.choices(&args.input) {
        Ok(choices) => choices,
        Err(wrong) => {
            console.complain(&wrong.message, wrong.help.as_deref())?;
            return Ok(Status::Unusable);
        }
    };
    let descriptor = match Descriptor::read(&args.input, &limits) {
        Ok(descriptor) => descriptor,
        Err(error) => return console.unreadable(&crate::input::name(&args.input), &error),
    };
    let source = match descriptor.source(&limits) {
        Ok(source) => source,
        Err(error) => return console.unreadable(&descriptor.name, &error),
    };
    // What the caller brings goes before what is in the package.
    choices.bundles.extend(descriptor.bundles.iter().cloned());
    let report = Validator::new().limits(limits).check(&source);
    let name = display_name(&descriptor.name);
    let envelope = match report.into_valid() {
        Ok(envelope) => envelope,
        Err(report) => {
            let errors =
                report.diagnostics().iter().filter(|found| found.severity == Severity::Error);
            let mut err = console.stderr();
            findings(&mut err, &name, &report, errors)?;
            err.flush()?;
            return Ok(Status::Errors);
        }
    };
    let parameters = try_instantiate(&envelope, &choices);
    if !parameters.errors.is_empty() {
        let mut err = console.stderr();
        issues(&mut err, &parameters, true)?;
        err.flush()?;
        return Ok(Status::Errors);
    }
    let result = import_spec(&envelope, &choices);
    match args.format {
        Format::Json => {
            let shape = OvfCreateImportSpecResult::from(&result);
            serde_json::to_writer_pretty(&mut console.out, &shape)?;
            writeln!(console.out)?;
        }
    }
    tell(&name, &result, console)?;
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
