//! `ovf validate`.

use std::ffi::OsString;
use std::io;
use std::num::NonZeroUsize;

use ovf::package::PackageReader;
use ovf::{Limits, Source};

use super::judging::Judging;
use super::{Console, Status};
use crate::input::{self, Unreadable};
use crate::package::{self, Subject};
use crate::parallel;
use crate::render::{Format, Shown};

/// Check descriptors, and packages as a whole
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Descriptors (XML or base64 of its gzip), OVA files, package directories, OVF environment documents;
    /// `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<OsString>,
    #[command(flatten)]
    judging: Judging,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Inputs to check at a time; as many as the machine has processors by default
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// Inputs that are read before they are checked on several threads, so that few threads are started.
const TOGETHER: usize = 256;
/// Bytes of descriptors after which no more are read, so that many large ones do not fill the memory.
const TOGETHER_BYTES: usize = 16 << 20;

/// An input that was read.
struct Input {
    name: String,
    read: Result<Subject, Unreadable>,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let limits = Limits::default();
    let validator = args.judging.validator(limits);
    let jobs = args.jobs.unwrap_or_else(parallel::available);
    let reader = PackageReader::new(validator.clone()).jobs(jobs);
    let mut renderer = args.format.renderer();
    let mut status = Status::Clean;
    let mut rest = args.inputs.as_slice();
    while !rest.is_empty() {
        let inputs = read(&mut rest, jobs, &reader, &limits);
        let sources: Vec<_> = inputs.iter().map(|input| decode(input, &limits)).collect();
        let reports = parallel::map(jobs, &sources, |source| {
            let source = source.as_ref()?.as_ref().ok()?;
            let mut report = validator.check(source);
            if report.is_environment() {
                report = validator.check_environment(source, None);
            }
            if !report.diagnostics().is_empty() {
                // Whoever shows them asks for lines, which are counted here once and for all.
                let _counted = source.lines();
            }
            Some(report)
        });
        for ((input, source), report) in inputs.iter().zip(&sources).zip(&reports) {
            let name = &input.name;
            let result = match (&input.read, source, report) {
                (Ok(Subject::Package(read)), ..) => {
                    let texts = read.package.texts();
                    let report = read.package.check(&texts);
                    let shown = Shown { name, folder: &read.folder, table: false };
                    renderer.package(&mut console.out, shown, &report)?;
                    Ok(report.counts().error)
                }
                (_, _, Some(report)) => {
                    renderer.checked(&mut console.out, name, report)?;
                    Ok(report.counts().error)
                }
                (_, Some(Err(error)), _) | (Err(error), ..) => Err(error),
                (Ok(Subject::Descriptor(_)), _, None) => Ok(0),
            };
            match result {
                Ok(0) => {}
                Ok(_) => status = status.max(Status::Errors),
                Err(error) => {
                    status = status.max(console.unreadable(name, error)?);
                    renderer.unreadable(&mut console.out, name, error)?;
                }
            }
        }
    }
    renderer.finish(&mut console.out)?;
    Ok(status)
}

/// Reads the next inputs that are checked together: one, when nothing is done at once.
fn read(
    rest: &mut &[OsString],
    jobs: NonZeroUsize,
    reader: &PackageReader,
    limits: &Limits,
) -> Vec<Input> {
    let most = if jobs == NonZeroUsize::MIN { 1 } else { TOGETHER };
    let mut inputs = Vec::new();
    let mut bytes = 0_usize;
    while inputs.len() < most
        && bytes < TOGETHER_BYTES
        && let Some((input, behind)) = rest.split_first()
    {
        *rest = behind;
        let read = package::read(input, reader, limits);
        let is_package = matches!(read, Ok(Subject::Package(_)));
        if let Ok(Subject::Descriptor(read)) = &read {
            bytes = bytes.saturating_add(read.len());
        }
        inputs.push(Input { name: input::name(input), read });
        if is_package {
            // It may have taken minutes: what was found is not kept back any longer.
            break;
        }
    }
    inputs
}

/// The text of a descriptor; nothing of what is none.
fn decode<'i>(input: &'i Input, limits: &Limits) -> Option<Result<Source<'i>, Unreadable>> {
    match &input.read {
        Ok(Subject::Descriptor(bytes)) => {
            Some(Source::decode_with(bytes, limits).map_err(Unreadable::from))
        }
        _ => None,
    }
}
