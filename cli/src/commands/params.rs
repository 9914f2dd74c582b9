//! `ovf params`.

pub(super) mod text;

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::ValueEnum;
use ovf::Source;
use ovf::import::Choices;
use ovf::import::parameters::{check_choices, try_instantiate};
use ovf::report::{Report, Validator};
use ovf::wire::vapi::parameters::{OvfSummary, OvfValidationResult};
use ovf::wire::vsphere::ResultInfo;

use super::reading::{errors, with_choices};
use super::{Console, Status};
use crate::choices;
use crate::descriptor::Descriptor;
use crate::render::display_name;

/// Print what can be chosen when a package is deployed, and what is wrong with choices
#[derive(Debug, clap::Args)]
#[command(after_help = choices::AFTER_HELP)]
#[group(skip)]
pub struct Args {
    /// Descriptor, OVA or package directory; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// How to print the parameters
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Ask whether this is all that deploying needs: what is still to be chosen is an error
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    choices: choices::Args,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables
    Text,
    /// `OvfValidationResult`, what vCenter's try-instantiate answers
    Json,
    /// `OvfSummary`, what the `filter` of a content library answers
    Summary,
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
    let envelope = match Validator::new().check(source).into_valid() {
        Ok(envelope) => envelope,
        Err(report) => return refused(args.format, &descriptor.name, &report, console),
    };
    let parameters = if args.complete {
        check_choices(&envelope, choices)
    } else {
        try_instantiate(&envelope, choices)
    };
    let out = &mut console.out;
    match args.format {
        Format::Text => text::print(out, &parameters)?,
        Format::Json => {
            serde_json::to_writer_pretty(
                &mut *out,
                &OvfValidationResult::new(&parameters, choices),
            )?;
            writeln!(out)?;
        }
        Format::Summary => {
            serde_json::to_writer_pretty(&mut *out, &OvfSummary::new(&parameters, choices))?;
            writeln!(out)?;
        }
    }
    if args.format != Format::Json {
        console.out.flush()?;
        let mut err = console.stderr();
        text::issues(&mut err, &parameters, args.format == Format::Summary)?;
        err.flush()?;
    }
    Ok(if parameters.errors.is_empty() { Status::Clean } else { Status::Errors })
}

/// Tells why there are no parameters: the descriptor has errors.
fn refused(
    format: Format,
    name: &str,
    report: &Report<'_>,
    console: &mut Console,
) -> io::Result<Status> {
    if format == Format::Json {
        let mut info = ResultInfo::default();
        info.add(&display_name(name), report);
        serde_json::to_writer_pretty(&mut console.out, &OvfValidationResult::refused(info))?;
        writeln!(console.out)?;
        return Ok(Status::Errors);
    }
    errors(name, report, console)?;
    Ok(Status::Errors)
}
