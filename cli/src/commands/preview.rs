//! `ovf preview`.

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::ValueEnum;
use ovf::import::{Choices, Preview};
use ovf::report::Validator;
use ovf::{Source, wire};

use super::reading::with_source;
use super::{Console, Status};
use crate::descriptor::Descriptor;
use crate::input::Unreadable;
use crate::render::{bytes, clipped, number_of};

/// Print what an importer would have to transfer, and what is wrong
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Descriptor, OVA or package directory; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// The deployment option to take; the default one without it
    #[arg(long, value_name = "ID")]
    option: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The preview of an import session
    Json,
    /// A table of the files, and the sizes
    Text,
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
    let report = Validator::new().check(source);
    let mut choices = Choices::new();
    choices.deployment_option.clone_from(&args.option);
    let preview = match Preview::new(&report, &choices, descriptor.file.as_deref()) {
        Ok(preview) => preview,
        Err(error) => {
            return console.unreadable(&descriptor.name, &Unreadable::new(error.to_string()));
        }
    };
    match args.format {
        Format::Json => {
            serde_json::to_writer(&mut console.out, &wire::preview::Preview::new(&preview))?;
            writeln!(console.out)?;
        }
        Format::Text => print(&preview, console)?,
    }
    Ok(if report.counts().error > 0 { Status::Errors } else { Status::Clean })
}

fn print(preview: &Preview<'_, '_>, console: &mut Console) -> io::Result<()> {
    let out = &mut console.out;
    for file in &preview.files {
        let size = file.size.map_or_else(|| "?".to_owned(), bytes);
        let mut more = Vec::new();
        more.extend(file.compression.as_deref().map(|name| clipped(name, 20)));
        more.extend(file.chunks.map(|count| number_of(count, "piece")));
        more.extend(file.is_optional.then(|| "optional".to_owned()));
        let line = format!(
            "{:<10}  {size:>10}  {}  {}",
            file.file_type,
            clipped(&file.name, 80),
            more.join(", ")
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    let sizes = preview.inspection.sizes;
    let shown = |size: Option<u64>| size.map_or_else(|| "unknown".to_owned(), bytes);
    writeln!(
        out,
        "download {}, disks {}, of which {} hold data",
        shown(sizes.download),
        shown(sizes.flat),
        shown(sizes.sparse)
    )?;
    let counts = preview.inspection.counts;
    if counts.error > 0 || counts.warning > 0 {
        let errors = number_of(counts.error, "error");
        writeln!(out, "{errors}, {}; see `ovf validate`", number_of(counts.warning, "warning"))?;
    }
    Ok(())
}
