//! What commands on one descriptor begin with: reading it, and the choices for it.

use std::ffi::OsStr;
use std::io::{self, Write as _};

use ovf::import::Choices;
use ovf::model::Envelope;
use ovf::report::{Report, Valid};
use ovf::{Limits, Severity, Source, Validator};

use super::{Console, Status};
use crate::choices;
use crate::descriptor::Descriptor;
use crate::input;
use crate::render::{display_name, findings};

/// Reads the descriptor of an input and hands it on. One that cannot be read is told.
pub fn with_source(
    input: &OsStr,
    console: &mut Console,
    work: impl FnOnce(&Descriptor, &Source<'_>, &mut Console) -> io::Result<Status>,
) -> io::Result<Status> {
    let limits = Limits::default();
    let descriptor = match Descriptor::read(input, &limits) {
        Ok(descriptor) => descriptor,
        Err(error) => return console.unreadable(&input::name(input), &error),
    };
    match descriptor.source(&limits) {
        Ok(source) => work(&descriptor, &source, console),
        Err(error) => console.unreadable(&descriptor.name, &error),
    }
}

/// The same with the choices of the arguments and the message bundles of the package.
pub fn with_choices(
    input: &OsStr,
    args: &choices::Args,
    console: &mut Console,
    work: impl FnOnce(&Descriptor, &Source<'_>, &Choices, &mut Console) -> io::Result<Status>,
) -> io::Result<Status> {
    let mut choices = match args.choices(input) {
        Ok(choices) => choices,
        Err(wrong) => {
            console.complain(&wrong.message, wrong.help.as_deref())?;
            return Ok(Status::Unusable);
        }
    };
    with_source(input, console, |descriptor, source, console| {
        // What the caller brings goes before what is in the package.
        choices.bundles.extend(descriptor.bundles.iter().cloned());
        work(descriptor, source, &choices, console)
    })
}

/// The descriptor, if it has no error; the errors are told otherwise.
pub fn valid<'s>(
    descriptor: &Descriptor,
    source: &'s Source<'_>,
    console: &mut Console,
) -> io::Result<Option<Valid<Envelope<'s>>>> {
    match Validator::new().limits(Limits::default()).check(source).into_valid() {
        Ok(envelope) => Ok(Some(envelope)),
        Err(report) => errors(&descriptor.name, &report, console).map(|()| None),
    }
}

/// Tells the errors of a descriptor on standard error.
pub fn errors(name: &str, report: &Report<'_>, console: &Console) -> io::Result<()> {
    let found = report.diagnostics().iter().filter(|found| found.severity == Severity::Error);
    let mut err = console.stderr();
    findings(&mut err, &display_name(name), report, found.collect::<Vec<_>>())?;
    err.flush()
}
