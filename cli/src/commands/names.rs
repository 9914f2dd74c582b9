//! `ovf names`.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ovf::edit::{Edited, VCloudName, rename_entities, vcloud_names};
use ovf::report::Validator;
use ovf::source::Encoding;
use ovf::value::vcloud_name::{MAX_NUMBER, NAME_CHARS};
use ovf::{Envelope, Source};
use serde_json::json;

use super::reading::{errors, with_source};
use super::{Console, Status};
use crate::descriptor::Descriptor;
use crate::output::Output;
use crate::render::{display_name, visible};

/// Print the names a platform gives to the machines of a descriptor, or write them into it
///
/// vCloud Director takes ids of up to 13 characters; a longer one becomes its first 13 characters and three digits that
/// make it unique. When they are written, what refers to the machines is changed with them, and nothing else.
/// A manifest has to be made anew then: `ovf manifest`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The descriptor, or the package it is in; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// Whose names
    #[arg(long, value_enum, value_name = "TARGET", default_value_t = For::Vcloud)]
    target: For,
    /// How to print the names
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the descriptor with these names to a file, as UTF-8
    #[arg(short = 'o', long = "write", value_name = "FILE", conflicts_with = "in_place")]
    write: Option<PathBuf>,
    /// Write them into the descriptor itself
    #[arg(long)]
    in_place: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum For {
    /// VMware vCloud Director
    Vcloud,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table: line, id, name
    Text,
    /// `{"schema":1,"target":…,"names":[{"id":…,"name":…,"line":…}]}`
    Json,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    with_source(&args.input, console, |descriptor, source, console| {
        name(args, descriptor, source, console)
    })
}

fn name(
    args: &Args,
    descriptor: &Descriptor,
    source: &Source<'_>,
    console: &mut Console,
) -> io::Result<Status> {
    let validator = Validator::new();
    let report = validator.check(source);
    // The names can be told as long as all ids were read; to write them the descriptor must be valid.
    let to_write = args.write.is_some() || args.in_place;
    let tell = report.envelope().is_some() && report.is_examined() && report.tree().is_whole();
    if !tell || (to_write && report.counts().error > 0) {
        errors(&descriptor.name, &report, console)?;
        return Ok(Status::Errors);
    }
    if let Some(envelope) = report.envelope() {
        let For::Vcloud = args.target;
        let names = vcloud_names(envelope);
        if let Some(status) = too_many(&names, console)? {
            return Ok(status);
        }
        match args.format {
            Format::Text => print(&mut console.out, &names)?,
            Format::Json => {
                let rows = names.iter().map(|name| {
                    json!({"id": name.id, "name": name.name.as_deref().ok(), "line": name.node.line()})
                });
                let rows: Vec<_> = rows.collect();
                let table = json!({"schema": 1, "target": "vcloud", "names": rows});
                serde_json::to_writer(&mut console.out, &table)?;
                writeln!(console.out)?;
            }
        }
    }
    if !to_write {
        return Ok(Status::Clean);
    }
    let packed = source.encoding() != Encoding::Plain;
    let Ok(valid) = report.into_valid() else { return Ok(Status::Errors) };
    let names = names_to_write(&valid);
    let edited = rename_entities(&valid, names).and_then(|edit| edit.apply(&valid, &validator));
    let edited = match edited {
        Ok(edited) => edited,
        Err(error) => {
            console.complain(&error.to_string(), None)?;
            return Ok(Status::Errors);
        }
    };
    if let Some(fault) = edited.diagnostics().first() {
        let message = format!("the descriptor would not be valid any more: {}", fault.message);
        console.complain(&message, None)?;
        return Ok(Status::Errors);
    }
    match &args.write {
        Some(path) => save(path, &edited, console),
        None if packed
            || !Path::new(&args.input).is_file()
            || descriptor.name != crate::input::name(&args.input) =>
        {
            let message = "`--in-place` needs a descriptor that is a file of its own";
            console.complain(message, Some("write it to another file with `--write FILE`"))?;
            Ok(Status::Unusable)
        }
        None => save(Path::new(&args.input), &edited, console),
    }
}

fn names_to_write<'e, 's>(
    envelope: &'e Envelope<'s>,
) -> Vec<(ovf::model::OstNode<'e, 's>, String)> {
    let names = vcloud_names(envelope).into_iter();
    names.filter_map(|name| Some((name.node, name.name.ok()?))).collect()
}

/// Complains when there are names that cannot be told apart by three digits.
fn too_many(names: &[VCloudName<'_, '_>], console: &mut Console) -> io::Result<Option<Status>> {
    let mut without = names.iter().filter(|name| name.name.is_err());
    let Some(first) = without.next() else { return Ok(None) };
    let beginning: String = first.id.chars().take(NAME_CHARS).collect();
    let message = format!(
        "more than {MAX_NUMBER} ids begin with `{}`: {} of them, from `{}` in line {} on, get no name",
        visible(&beginning),
        without.count().saturating_add(1),
        visible(&first.id),
        first.node.line()
    );
    let help = format!("choose ids of up to {NAME_CHARS} characters");
    console.complain(&message, Some(&help))?;
    Ok(Some(Status::Errors))
}

fn print(out: &mut Output, names: &[VCloudName<'_, '_>]) -> io::Result<()> {
    let rows: Vec<(String, String, u32)> = names
        .iter()
        .map(|name| {
            let new = name.name.as_deref().unwrap_or_default();
            (visible(&name.id), visible(new), name.node.line())
        })
        .collect();
    let widest = |column: fn(&(String, String, u32)) -> &str| {
        rows.iter().map(|row| column(row).chars().count()).max().unwrap_or(0)
    };
    let (ids, news) = (widest(|row| &row.0), widest(|row| &row.1));
    for (id, new, line) in &rows {
        writeln!(out, "{id:ids$}  {new:news$}  line {line}")?;
    }
    Ok(())
}

/// Writes a descriptor so that a reader sees the old one or the new one, never half of it.
fn save(path: &Path, edited: &Edited, console: &mut Console) -> io::Result<Status> {
    // What a link leads to is written, not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(&edited.to_bytes())?;
            file.sync_all()?;
            if let Ok(old) = fs::metadata(path) {
                fs::set_permissions(&beside, old.permissions())?;
            }
            fs::rename(&beside, path)
        })
        .map_err(|error| (error.kind() != io::ErrorKind::AlreadyExists, error));
    match written {
        Ok(()) => Ok(Status::Clean),
        Err((ours, error)) => {
            if ours {
                // What could not be finished is of no use; that it cannot be removed changes nothing.
                let _ = fs::remove_file(&beside);
            }
            let name = display_name(&path.to_string_lossy());
            console.complain(&format!("cannot write `{name}`: {error}"), None)?;
            Ok(Status::Unusable)
        }
    }
}
