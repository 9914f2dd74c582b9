//! `ovf verify`.

use std::ffi::OsString;
use std::io;
use std::num::NonZeroUsize;

use clap::ValueEnum;
use ovf::package::PackageReader;
use ovf::{Code, Limits, Severity};

use super::judging::Judging;
use super::{Console, Status};
use crate::render::Shown;
use crate::{input, package, render};

/// Read packages to their end and compare every file with the manifest
#[derive(Debug, clap::Args)]
pub struct Args {
    /// OVA files, package directories, descriptors with their files beside them; `-` is an OVA on standard input
    #[arg(required = true, value_name = "PACKAGE")]
    packages: Vec<OsString>,
    #[command(flatten)]
    judging: Judging,
    /// Make it an error when there is no manifest
    #[arg(long)]
    require_manifest: bool,
    /// Files of a directory to read at a time; as many as the machine has processors by default
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// How to print what is known
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people: a table of the files, then each finding
    Text,
    /// Our own JSON
    Json,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let limits = Limits::default();
    let mut validator = args.judging.validator(limits);
    if args.require_manifest {
        validator = validator.level(Code::MISSING_MANIFEST, Some(Severity::Error));
    }
    let jobs = args
        .jobs
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let reader = PackageReader::new(validator).jobs(jobs);
    let mut renderer = match args.format {
        Format::Text => render::Format::Text,
        Format::Json => render::Format::Json,
    }
    .renderer();
    let mut status = Status::Clean;
    for input in &args.packages {
        let name = input::name(input);
        match package::read_whole(input, &reader, &limits) {
            Ok(read) => {
                let texts = read.package.texts();
                let report = read.package.check(&texts);
                let shown = Shown { name: &name, folder: &read.folder, table: true };
                renderer.package(&mut console.out, shown, &report)?;
                if report.counts().error > 0 {
                    status = status.max(Status::Errors);
                }
            }
            Err(error) => {
                status = status.max(console.unreadable(&name, &error)?);
                renderer.unreadable(&mut console.out, &name, &error)?;
            }
        }
    }
    renderer.finish(&mut console.out)?;
    Ok(status)
}
