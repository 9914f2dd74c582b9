//! `ovf validate`.

use std::ffi::OsString;
use std::io;

use ovf::package::PackageReader;
use ovf::{Limits, Source};

use super::judging::Judging;
use super::{Console, Status};
use crate::input::{self, Unreadable};
use crate::package::{self, Subject};
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
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let limits = Limits::default();
    let validator = args.judging.validator(limits);
    let reader = PackageReader::new(validator.clone());
    let mut renderer = args.format.renderer();
    let mut status = Status::Clean;
    for input in &args.inputs {
        let name = input::name(input);
        let result = match package::read(input, &reader, &limits) {
            Ok(Subject::Package(read)) => {
                let texts = read.package.texts();
                let report = read.package.check(&texts);
                let shown = Shown { name: &name, folder: &read.folder, table: false };
                renderer.package(&mut console.out, shown, &report)?;
                Ok(report.counts().error)
            }
            Ok(Subject::Descriptor(bytes)) => match Source::decode_with(&bytes, &limits) {
                Ok(source) => {
                    let mut report = validator.check(&source);
                    if report.is_environment() {
                        report = validator.check_environment(&source, None);
                    }
                    renderer.checked(&mut console.out, &name, &report)?;
                    Ok(report.counts().error)
                }
                Err(error) => Err(Unreadable::from(error)),
            },
            Err(error) => Err(error),
        };
        match result {
            Ok(0) => {}
            Ok(_) => status = status.max(Status::Errors),
            Err(error) => {
                status = status.max(console.unreadable(&name, &error)?);
                renderer.unreadable(&mut console.out, &name, &error)?;
            }
        }
    }
    renderer.finish(&mut console.out)?;
    Ok(status)
}
