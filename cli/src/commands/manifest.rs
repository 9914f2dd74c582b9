//! `ovf manifest`.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::num::NonZeroUsize;

use clap::ValueEnum;
use ovf::package::{FileStatus, PackageReader};
use ovf::{Limits, Validator, digest};

use super::{Console, Status};
use crate::input::{self, Unreadable};
use crate::package;

/// Print the manifest that belongs to a package
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An OVA file, a package directory, a descriptor with its files beside it; `-` is an OVA on standard input
    #[arg(value_name = "PACKAGE")]
    package: OsString,
    /// By which algorithm
    #[arg(long, value_enum, default_value_t = Algorithm::Sha256)]
    algorithm: Algorithm,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Algorithm {
    /// What OVF 2 wants and all importers of today take
    Sha256,
    /// Stronger; not all importers take it
    Sha512,
    /// For importers that know OVF 1 alone; anybody can forge it
    Sha1,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    let limits = Limits::default();
    let algorithm = match args.algorithm {
        Algorithm::Sha256 => digest::Algorithm::Sha256,
        Algorithm::Sha512 => digest::Algorithm::Sha512,
        Algorithm::Sha1 => digest::Algorithm::Sha1,
    };
    let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let reader = PackageReader::new(Validator::new().limits(limits)).jobs(jobs).compute(algorithm);
    let name = input::name(&args.package);
    let manifest = package::read_whole(&args.package, &reader, &limits).and_then(|read| {
        let texts = read.package.texts();
        let report = read.package.check(&texts);
        // A manifest over half a package would say that the rest does not belong to it.
        let missing = report.files().iter().find(|file| {
            matches!(
                file.status,
                FileStatus::Absent | FileStatus::Truncated | FileStatus::Unreadable { .. }
            )
        });
        if let Some(file) = missing {
            return Err(Unreadable::new(format!("`{}` is {}", render(&file.name), file.status))
                .help("make the package whole first; `ovf verify` tells more"));
        }
        if !read.package.is_whole() || report.descriptor().is_none() {
            return Err(Unreadable::new("it is no whole package").help("`ovf verify` tells more"));
        }
        read.package
            .make_manifest(algorithm)
            .map_err(|(file, why)| Unreadable::new(format!("the name `{}` {why}", render(&file))))
    });
    match manifest {
        Ok(manifest) => {
            write!(console.out, "{manifest}")?;
            Ok(Status::Clean)
        }
        Err(error) => console.unreadable(&name, &error),
    }
}

fn render(name: &str) -> String {
    crate::render::visible(name).to_string()
}
