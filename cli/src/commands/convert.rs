//! `ovf convert`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ovf::edit::convert::Converter;
use ovf::model::{Envelope, MessageBundle};
use ovf::report::{Report, Validator};
use ovf::source::Charset;
use ovf::{Diagnostic, Limits, Source};

use super::reading::with_source;
use super::{Console, Status};
use crate::descriptor::{Descriptor, local_path};
use crate::input::{self, Opened, Unreadable};
use crate::render::{display_name, findings};

/// Write a descriptor in an earlier version of OVF, and tell what is lost
///
/// The descriptor is written as it is but for what the version has not. A package needs a new manifest
/// afterwards: `ovf manifest`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A descriptor (XML or base64 of its gzip), an OVA, a package directory; `-` is standard input
    #[arg(value_name = "INPUT")]
    input: OsString,
    /// The version to write
    #[arg(long, value_enum, value_name = "VERSION")]
    to: To,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A file of messages the descriptor refers to by this name; may be repeated. Those beside the descriptor
    /// are found without
    #[arg(long = "bundle", value_name = "FILE")]
    bundles: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum To {
    /// OVF 1.0
    #[value(name = "1.0")]
    V1_0,
}

pub fn run(args: &Args, console: &mut Console) -> io::Result<Status> {
    with_source(&args.input, console, |descriptor, source, console| {
        convert(args, descriptor, source, console)
    })
}

fn convert(
    args: &Args,
    descriptor: &Descriptor,
    source: &Source<'_>,
    console: &mut Console,
) -> io::Result<Status> {
    let To::V1_0 = args.to;
    let limits = Limits::default();
    let report = Validator::new().limits(limits).check(source);
    let hrefs = report.envelope().map(hrefs).unwrap_or_default();
    let mut named = Vec::new();
    for path in &args.bundles {
        match named_bundle(path, &hrefs, &limits) {
            Ok(bundle) => named.push(bundle),
            Err(error) => return console.unreadable(&path.to_string_lossy(), &error),
        }
    }
    // One that is no text is as good as not there, and told so.
    let source_of = |(name, bytes)| Some((name, Source::decode_with(bytes, &limits).ok()?));
    let named: Vec<_> = named.iter().map(|(name, bytes)| (name, &**bytes)).collect();
    let named: Vec<_> = named.into_iter().filter_map(source_of).collect();
    let beside = descriptor.bundle_files.iter().map(|(name, bytes)| (name, &**bytes));
    let beside: Vec<_> = beside.filter_map(source_of).collect();
    let mut converter = Converter::new().limits(limits);
    for (href, path) in &hrefs {
        let of_name = named.iter().find(|(name, _)| **name == last_part(path));
        if let Some((_, source)) = of_name.or_else(|| beside.iter().find(|(name, _)| *name == path))
        {
            converter = converter.bundle(href, source);
        }
    }
    match converter.convert(&report) {
        Ok(conversion) => {
            tell(&descriptor.name, &report, conversion.diagnostics(), console)?;
            let bytes = if conversion.changes().is_empty() {
                Cow::Borrowed(descriptor.bytes())
            } else {
                let text = conversion.changes().apply(source.text()).map_err(io::Error::other)?;
                Cow::Owned(encode(&text, source.charset()))
            };
            write(args.output.as_deref(), &bytes, console)
        }
        Err(refusal) => {
            tell(&descriptor.name, &report, refusal.diagnostics(), console)?;
            console.complain("the descriptor cannot be written as OVF 1.0", None)?;
            Ok(Status::Errors)
        }
    }
}

/// The files message bundles are in: each `href`, and the path in the package it means.
fn hrefs(envelope: &Envelope<'_>) -> BTreeMap<String, String> {
    let file_refs = envelope.message_bundles().filter_map(MessageBundle::file_ref);
    let files = file_refs.filter_map(|file_ref| envelope.file(&file_ref.value())?.href());
    files.filter_map(|href| Some((href.value().into_owned(), local_path(&href.value())?))).collect()
}

/// A file of messages that was named on the command line: its name and its bytes.
fn named_bundle(
    path: &Path,
    hrefs: &BTreeMap<String, String>,
    limits: &Limits,
) -> Result<(String, Vec<u8>), Unreadable> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if !hrefs.values().any(|path| last_part(path) == name) {
        return Err(Unreadable::new("the descriptor has no messages in a file of that name")
            .help("give the file the name it has in `References`"));
    }
    match input::open(path.as_os_str(), limits)? {
        Opened::Descriptor(bytes) => Ok((name.into_owned(), bytes)),
        _ => Err(Unreadable::new("it is no file of messages")),
    }
}

/// The name of a file without the folders it lies in.
fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Tells on standard error what is lost, or what is in the way.
fn tell(
    name: &str,
    report: &Report<'_>,
    found: &[Diagnostic],
    console: &mut Console,
) -> io::Result<()> {
    console.out.flush()?;
    let mut err = console.stderr();
    findings(&mut err, &display_name(name), report, found)?;
    err.flush()
}

/// A text in the encoding the descriptor had, so that its declaration stays true.
fn encode(text: &str, charset: Charset) -> Vec<u8> {
    const MARK: char = '\u{FEFF}';
    let units = || {
        [MARK].into_iter().chain(text.chars()).flat_map(|c| {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).to_vec()
        })
    };
    match charset {
        Charset::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
        Charset::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        Charset::Utf8Bom => format!("{MARK}{text}").into_bytes(),
        _ => text.as_bytes().to_vec(),
    }
}

fn write(output: Option<&Path>, bytes: &[u8], console: &mut Console) -> io::Result<Status> {
    match output {
        None => console.out.write_all(bytes)?,
        Some(path) => {
            if let Err(error) = std::fs::write(path, bytes) {
                let why = Unreadable::from(error).why;
                let name = display_name(&path.to_string_lossy());
                console.complain(&format!("cannot write `{name}`: {why}"), None)?;
                return Ok(Status::Unusable);
            }
        }
    }
    Ok(Status::Clean)
}

#[cfg(test)]
mod tests {
    use ovf::Source;
    use ovf::source::Charset;

    use super::encode;

    #[test]
    fn a_text_is_written_as_it_was_read() {
        let text = "<Envelope>\u{1F600} é</Envelope>";
        for charset in [Charset::Utf8, Charset::Utf8Bom, Charset::Utf16Le, Charset::Utf16Be] {
            let bytes = encode(text, charset);
            let source = Source::decode(&bytes).unwrap();
            assert_eq!((source.text(), source.charset()), (text, charset));
        }
    }
}
