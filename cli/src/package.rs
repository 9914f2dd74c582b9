//! Packages the arguments name, read to their end.

use std::ffi::OsStr;
use std::path::Path;

use ovf::package::{ArchiveError, Package, PackageReader};
use ovf::{Limits, Source};

use crate::folder::Folder;
use crate::input::{self, Opened, Unreadable};
use crate::progress::Progress;
use crate::render::display_name;

/// A package, and where its files are.
pub struct Read {
    pub package: Package,
    /// What stands before the names of its files when people are shown them.
    pub folder: String,
}

/// What an argument turned out to be.
pub enum Subject {
    /// A descriptor alone.
    Descriptor(Vec<u8>),
    /// A package.
    Package(Box<Read>),
}

/// Reads an archive or folder to its end, a descriptor alone as what it is. Only packages need a reader.
pub fn read(
    input: &OsStr,
    reader: impl FnOnce() -> PackageReader,
    limits: &Limits,
) -> Result<Subject, Unreadable> {
    take(input, input::open(input, limits)?, reader)
}

/// The same of what was opened already.
pub fn take(
    input: &OsStr,
    opened: Opened,
    reader: impl FnOnce() -> PackageReader,
) -> Result<Subject, Unreadable> {
    let name = input::name(input);
    match opened {
        Opened::Descriptor(bytes) => Ok(Subject::Descriptor(bytes)),
        Opened::File { file, bytes } => {
            let progress = Progress::new(&display_name(&name), Some(bytes));
            #[cfg(any(unix, windows))]
            let package = reader().archive_at(&progress.reading_at(file));
            #[cfg(not(any(unix, windows)))]
            let package = reader().archive(progress.reading(input::rewound(file)?));
            progress.finish();
            archive(&name, package)
        }
        Opened::Stream(input) => {
            let progress = Progress::new(&display_name(&name), None);
            let package = reader().archive(progress.reading(input));
            progress.finish();
            archive(&name, package)
        }
        Opened::Folder(path) => folder(&path, None, name, &reader()),
    }
}

fn archive(name: &str, package: Result<Package, ArchiveError>) -> Result<Subject, Unreadable> {
    let package = package.map_err(|error| Unreadable::from_archive(&error))?;
    Ok(Subject::Package(Box::new(Read { package, folder: display_name(name) })))
}

/// The same, and of a descriptor alone the package it stands in.
pub fn read_whole(
    input: &OsStr,
    reader: &PackageReader,
    limits: &Limits,
) -> Result<Box<Read>, Unreadable> {
    let bytes = match read(input, || reader.clone(), limits)? {
        Subject::Package(read) => return Ok(read),
        Subject::Descriptor(bytes) => bytes,
    };
    // Something else than a package is told as what it is.
    if !Source::decode_with(&bytes, limits)?.text().trim_start().starts_with('<') {
        return Err(Unreadable::new("it is neither a descriptor nor an OVA"));
    }
    if input == "-" {
        return Err(Unreadable::new("it is a descriptor, and its files cannot be found from here")
            .help("name the descriptor or its folder, or give an OVA on standard input"));
    }
    // The files lie where the descriptor does, not where a link to it is.
    let path = std::fs::canonicalize(input)?;
    let descriptor = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let parent = path.parent().unwrap_or_else(|| Path::new("."));
    let shown = Path::new(input).parent().map(|parent| parent.to_string_lossy().into_owned());
    match folder(parent, descriptor.as_deref(), shown.unwrap_or_default(), reader)? {
        Subject::Package(read) => Ok(read),
        Subject::Descriptor(_) => Err(Unreadable::new("it is no package")),
    }
}

fn folder(
    path: &Path,
    descriptor: Option<&str>,
    shown: String,
    reader: &PackageReader,
) -> Result<Subject, Unreadable> {
    let progress = Progress::new(&shown, Some(0));
    let mut files = Folder::new(path, progress.clone())?;
    let package = reader.folder(&mut files, descriptor);
    progress.finish();
    let folder = shown.trim_end_matches('/').to_owned();
    Ok(Subject::Package(Box::new(Read { package: package?, folder })))
}

/// The path of a file of the package, as people are shown it.
pub fn member_path(folder: &str, member: &str) -> String {
    if folder.is_empty() { member.to_owned() } else { format!("{folder}/{member}") }
}
