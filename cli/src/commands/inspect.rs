//! `ovf inspect`.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::ValueEnum;
use ovf::import::{Bundle, Choices, Inspection};
use ovf::report::Validator;
use ovf::wire::vapi::template::LibraryItem;
use ovf::wire::vim::descriptor::ParseDescriptorResult;
use ovf::{Envelope, Limits, Source, wire};

use super::reading::{errors, with_source};
use super::{Console, Status};
use crate::descriptor::Descriptor;
use crate::input::{self, Unreadable};
use crate::output::Output;
use crate::render::{clipped, display_name, inspection, number_of};

/// Print what is inside a package
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Descriptor, OVA or package directory; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The shape of the JSON
    #[arg(long, value_enum, default_value_t = Dialect::Ovf)]
    dialect: Dialect,
    /// The deployment option to look at; the default one without it
    #[arg(long, value_name = "ID")]
    option: Option<String>,
    /// The language of texts: `de`, `pt-BR`
    #[arg(long, value_name = "LANGUAGE")]
    locale: Option<String>,
    /// A message bundle that is not part of the package; may be repeated
    #[arg(long, value_name = "FILE")]
    bundle: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A page for people
    Text,
    /// JSON
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Dialect {
    /// Our own
    Ovf,
    /// vSphere's VI/JSON: `OvfParseDescriptorResult`
    Vim,
    /// The vAPI's: `OvfTemplate` and `OvfSummary` of content libraries
    Vapi,
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
    let limits = Limits::default();
    let name = &descriptor.name;
    let mut choices = Choices::new();
    choices.locale.clone_from(&args.locale);
    choices.deployment_option.clone_from(&args.option);
    for path in &args.bundle {
        match bundle(path, &limits) {
            Ok(bundle) => choices.bundles.push(bundle),
            Err(error) => return console.unreadable(&path.to_string_lossy(), &error),
        }
    }
    choices.bundles.extend(descriptor.bundles.iter().cloned());
    let report = Validator::new().limits(limits).check(source);
    if let Some(id) = &args.option
        && let Some(envelope) = report.envelope()
        && envelope.configuration(id).is_none()
    {
        return unknown_option(name, id, envelope, console);
    }
    let found = Inspection::new(&report, &choices);
    match args.format {
        Format::Text if found.envelope.is_none() => {
            errors(name, &report, console)?;
            return Ok(Status::Errors);
        }
        Format::Text => inspection(&mut console.out, &report, &choices, &found)?,
        Format::Json => json(&mut console.out, &found, args.dialect)?,
    }
    tell(name, &found, console)
}

fn unknown_option(
    name: &str,
    id: &str,
    envelope: &Envelope<'_>,
    console: &mut Console,
) -> io::Result<Status> {
    let known: Vec<_> =
        envelope.configurations().filter_map(|option| Some(option.id()?.value())).collect();
    let help = match known.as_slice() {
        [] => "it has none".to_owned(),
        known => format!("it has {}", clipped(&known.join(", "), 100)),
    };
    let message =
        format!("`{}` has no deployment option `{}`", display_name(name), display_name(id));
    console.complain(&message, Some(&help))?;
    Ok(Status::Unusable)
}

fn bundle(path: &PathBuf, limits: &Limits) -> Result<Bundle, Unreadable> {
    let bytes = input::bounded(std::fs::File::open(path)?, limits)?;
    let source = Source::decode_with(&bytes, limits)?;
    Bundle::read(&source)
        .ok_or_else(|| Unreadable::new("it is no message bundle, whose root is `Strings`"))
}

fn json(out: &mut Output, found: &Inspection<'_, '_>, dialect: Dialect) -> io::Result<()> {
    match dialect {
        Dialect::Ovf => {
            serde_json::to_writer(&mut *out, &wire::inspection::Inspection::new(found))?;
        }
        Dialect::Vim => serde_json::to_writer(&mut *out, &ParseDescriptorResult::new(found))?,
        Dialect::Vapi => serde_json::to_writer(&mut *out, &LibraryItem::new(found))?,
    }
    writeln!(out)
}

/// Tells how many findings there are: what was shown is as good as the descriptor.
fn tell(name: &str, found: &Inspection<'_, '_>, console: &mut Console) -> io::Result<Status> {
    if found.counts.error == 0 && found.is_complete {
        return Ok(Status::Clean);
    }
    let help = format!("see `ovf validate` for all that was found in `{}`", display_name(name));
    if found.counts.error == 0 {
        console.complain("this is not all there is: a limit was reached", Some(&help))?;
        return Ok(Status::Clean);
    }
    let errors = number_of(found.counts.error, "error");
    let warnings = match found.counts.warning {
        0 => String::new(),
        count => format!(" and {}", number_of(count, "warning")),
    };
    let message =
        format!("the descriptor has {errors}{warnings}, so this may not be what is meant");
    console.complain(&message, Some(&help))?;
    Ok(Status::Errors)
}
