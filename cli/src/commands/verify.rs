//! `ovf verify`.

use std::ffi::OsString;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use ovf::manifest::certificate::{Trust, TrustAnchors};
use ovf::package::PackageReader;
use ovf::{Code, Limits, Severity};

use super::judging::Judging;
use super::{Console, Status, time};
use crate::render::Shown;
use crate::{input, package, parallel, render};

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
    /// Certificates in PEM whose owners, and whom they vouch for, are trusted to sign. May be repeated
    #[arg(long, value_name = "FILE")]
    trust: Vec<PathBuf>,
    /// The time at which certificates must be valid, as 2026-01-31, 2026-01-31T12:00:00Z or seconds since 1970; now by default
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    at: Option<u64>,
    /// Make it an error when the manifest is not signed, or with `--trust` by nobody who is trusted
    #[arg(long)]
    require_signature: bool,
    /// Threads that read and hash; as many as the machine has processors by default
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
    let jobs = args.jobs.unwrap_or_else(parallel::available);
    let reader = PackageReader::new(validator).jobs(jobs);
    let anchors = match anchors(&args.trust) {
        Ok(anchors) => anchors,
        Err((file, why)) => {
            let message = format!("cannot trust `{}`: {why}", render::display_name(&file));
            console.complain(&message, None)?;
            return Ok(Status::Unusable);
        }
    };
    let mut trust = Trust::new().at(args.at.unwrap_or_else(time::now));
    if let Some(anchors) = &anchors {
        trust = trust.anchors(anchors);
    }
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
                let report = read.package.check_trust(&texts, &trust);
                let shown = Shown { name: &name, folder: &read.folder, table: true };
                renderer.package(&mut console.out, shown, &report)?;
                if report.counts().error > 0 {
                    status = status.max(Status::Errors);
                }
                let signature = report.certificate().and_then(|found| found.signature.as_ref());
                let is_enough = signature.is_some_and(|known| match anchors {
                    Some(_) => known.is_trusted(),
                    None => known.is_verified(),
                });
                if args.require_signature && !is_enough {
                    let what =
                        if anchors.is_some() { "a trusted signature" } else { "a signature" };
                    let shown = render::display_name(&name);
                    console.complain(&format!("`{shown}` does not have {what}"), None)?;
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

/// The certificates of all files, and what is wrong with the first that has none.
fn anchors(files: &[PathBuf]) -> Result<Option<TrustAnchors>, (String, String)> {
    if files.is_empty() {
        return Ok(None);
    }
    let mut all = String::new();
    for file in files {
        let name = || file.to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).map_err(|error| (name(), error.to_string()))?;
        TrustAnchors::from_pem(&text).map_err(|error| (name(), error.to_string()))?;
        all.push_str(&text);
        all.push('\n');
    }
    let last = || files.last().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
    TrustAnchors::from_pem(&all).map(Some).map_err(|error| (last(), error.to_string()))
}
