//! `ovf validate`.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use ovf::package::PackageReader;
use ovf::{Limits, Source};

use super::judging::Judging;
use super::{Console, Status};
use crate::input::{self, Opened, Unreadable};
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

/// Inputs that are worked on together by several threads: enough that starting these costs nothing, few
/// enough that what one step leaves is in the caches when the next comes.
const TOGETHER: usize = 64;
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
    // To ask the system takes longer than to check a descriptor.
    let available = || args.jobs.unwrap_or_else(parallel::available);
    let jobs = if args.inputs.len() > 1 { available() } else { NonZeroUsize::MIN };
    let reader = || PackageReader::new(validator.clone()).jobs(available());
    let mut renderer = args.format.renderer();
    let mut status = Status::Clean;
    let mut queue = Queue { rest: args.inputs.as_slice(), opened: VecDeque::new() };
    loop {
        let inputs = queue.read(jobs, reader, &limits);
        if inputs.is_empty() {
            break;
        }
        let sources = parallel::map(jobs, &inputs, |input| decode(input, &limits));
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

/// The inputs, in order.
struct Queue<'a> {
    /// Those that nothing was done with.
    rest: &'a [OsString],
    /// Those before them that were opened.
    opened: VecDeque<(&'a OsStr, Result<Opened, Unreadable>)>,
}

impl Queue<'_> {
    /// Reads the next inputs that are checked together; none when there are no more. A package comes
    /// alone: it may take minutes, and what was found before is not kept back.
    fn read(
        &mut self,
        jobs: NonZeroUsize,
        reader: impl Fn() -> PackageReader,
        limits: &Limits,
    ) -> Vec<Input> {
        if self.opened.is_empty() {
            self.open(jobs, limits);
        }
        let mut inputs = Vec::new();
        while let Some((input, opened)) = self.opened.pop_front() {
            let is_package =
                opened.as_ref().is_ok_and(|opened| !matches!(opened, Opened::Descriptor(_)));
            if is_package && !inputs.is_empty() {
                self.opened.push_front((input, opened));
                break;
            }
            let read = opened.and_then(|opened| package::take(input, opened, &reader));
            inputs.push(Input { name: input::name(input), read });
            if is_package {
                break;
            }
        }
        inputs
    }

    /// Opens some, and reads what are descriptors.
    fn open(&mut self, jobs: NonZeroUsize, limits: &Limits) {
        let most = if jobs == NonZeroUsize::MIN { 1 } else { TOGETHER };
        // Standard input is one; who asks for it twice gets nothing the second time.
        let mut inputs = self.rest.iter().take(most);
        let first = inputs.position(|input| input == "-");
        let second = inputs.position(|input| input == "-");
        let most = match (first, second) {
            (Some(first), Some(second)) => first.saturating_add(second).saturating_add(1),
            _ => most,
        };
        let now = self.rest.get(..most).unwrap_or(self.rest);
        let bytes = AtomicUsize::new(0);
        let go_on = || bytes.load(Ordering::Relaxed) < TOGETHER_BYTES;
        let opened = parallel::map_while(jobs, now, go_on, |input| {
            let opened = input::open(input, limits);
            if let Ok(Opened::Descriptor(read)) = &opened {
                bytes.fetch_add(read.len(), Ordering::Relaxed);
            }
            (input.as_os_str(), opened)
        });
        self.rest = self.rest.get(opened.len()..).unwrap_or_default();
        self.opened.extend(opened);
    }
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
