//! Inputs: what the arguments name, read into memory up to a limit.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _};
use std::path::{Path, PathBuf};

use ovf::package::ArchiveError;
use ovf::{DecodeError, Limits};

/// Bytes looked at to tell what an input is: a tar header block.
const HEAD: usize = 512;

/// An input that could not be read, and what may help.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// One line, as it follows `cannot read …:`.
    pub why: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Unreadable {
    /// Why, without advice.
    pub fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), help: None }
    }

    /// The same with advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Why an archive could not be read.
    pub fn from_archive(error: &ArchiveError) -> Self {
        match error {
            ArchiveError::Io(error) => Self::from(io::Error::new(error.kind(), error.to_string())),
            error => Self::new(error.to_string()),
        }
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        let text = error.to_string();
        let short = text.split(" (os error").next().unwrap_or(&text);
        Self::new(short)
    }
}

impl From<DecodeError> for Unreadable {
    fn from(error: DecodeError) -> Self {
        Self::new(error.to_string()).help(error.help())
    }
}

/// What an input turns out to be. Told by content, never by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Descriptor,
    Archive,
}

impl Kind {
    fn of(head: &[u8]) -> Self {
        // POSIX and GNU tar agree on these five bytes; no text of a descriptor has them at this place by accident.
        match head.get(257..262) {
            Some(b"ustar") => Self::Archive,
            _ => Self::Descriptor,
        }
    }
}

/// The name an input goes by in messages and reports.
pub fn name(input: &OsStr) -> String {
    input.to_string_lossy().into_owned()
}

/// An input, opened.
pub enum Opened {
    /// A descriptor, or something else that is no package: all its bytes.
    Descriptor(Vec<u8>),
    /// An archive in a file.
    File {
        /// It, at whatever place.
        file: File,
        /// Its bytes.
        bytes: u64,
    },
    /// An archive that comes from a pipe or the like, from its start.
    Stream(Box<dyn Read + Send>),
    /// A folder.
    Folder(PathBuf),
}

/// Opens an input, `-` being standard input.
///
/// Reads no more of a descriptor than `limits` allow it to have, whatever the input is.
pub fn open(input: &OsStr, limits: &Limits) -> Result<Opened, Unreadable> {
    if input == "-" {
        return Ok(match begin(io::stdin(), None, limits)? {
            Begun::Text(bytes) => Opened::Descriptor(bytes),
            Begun::Archive(head, rest) => Opened::Stream(Box::new(Cursor::new(head).chain(rest))),
        });
    }
    let path = Path::new(input);
    // Asked before opening: some systems open a directory and fail only when it is read.
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Ok(Opened::Folder(path.to_owned()));
    }
    let size = Some(metadata.len()).filter(|_| metadata.is_file());
    Ok(match (begin(File::open(path)?, size, limits)?, size) {
        (Begun::Text(bytes), _) => Opened::Descriptor(bytes),
        (Begun::Archive(_, file), Some(bytes)) => Opened::File { file, bytes },
        (Begun::Archive(head, rest), None) => {
            Opened::Stream(Box::new(Cursor::new(head).chain(rest)))
        }
    })
}

/// Reads all bytes of what is a descriptor.
pub fn bounded(reader: impl Read, limits: &Limits) -> Result<Vec<u8>, Unreadable> {
    match begin(reader, None, limits)? {
        Begun::Text(bytes) => Ok(bytes),
        Begun::Archive(..) => Err(Unreadable::new("its descriptor is a tar archive")),
    }
}

/// What an input turned out to be when its head was read.
enum Begun<R> {
    /// A descriptor, or something else that is no package: all its bytes.
    Text(Vec<u8>),
    /// An archive: its head, and where the rest comes from.
    Archive(Vec<u8>, R),
}

fn begin<R: Read>(
    mut reader: R,
    size: Option<u64>,
    limits: &Limits,
) -> Result<Begun<R>, Unreadable> {
    let most = most_bytes(limits);
    let hint = size.unwrap_or(0).min(most).saturating_add(1);
    let mut bytes = Vec::with_capacity(HEAD);
    reader.by_ref().take(HEAD as u64).read_to_end(&mut bytes)?;
    if Kind::of(&bytes) == Kind::Archive {
        return Ok(Begun::Archive(bytes, reader));
    }
    bytes.reserve(usize::try_from(hint).unwrap_or(0).saturating_sub(bytes.len()));
    reader
        .take(most.saturating_add(1).saturating_sub(bytes.len() as u64))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Unreadable::new(format!(
            "it has more than {most} bytes, and no descriptor within the limits is that long"
        )));
    }
    Ok(Begun::Text(bytes))
}

/// A file from its start.
pub fn rewound(mut file: File) -> io::Result<File> {
    file.rewind()?;
    Ok(file)
}

/// The longest an input may be whose text is within the limits. UTF-16 takes at most two bytes for
/// each of UTF-8, base64 with line ends less than that.
pub fn most_bytes(limits: &Limits) -> u64 {
    let text = u64::try_from(limits.text_bytes).unwrap_or(u64::MAX);
    text.saturating_mul(2).saturating_add(1 << 16)
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use ovf::Limits;

    use super::{Begun, Unreadable, begin};

    fn read_all(
        reader: impl Read,
        size: Option<u64>,
        limits: &Limits,
    ) -> Result<Vec<u8>, Unreadable> {
        match begin(reader, size, limits)? {
            Begun::Text(bytes) => Ok(bytes),
            Begun::Archive(..) => Err(Unreadable::new("no descriptor")),
        }
    }

    fn limits(text_bytes: usize) -> Limits {
        let mut limits = Limits::default();
        limits.text_bytes = text_bytes;
        limits
    }

    #[test]
    fn an_endless_input_is_given_up() {
        let error = read_all(io::repeat(b'<'), None, &limits(1 << 20)).unwrap_err();
        assert!(error.why.contains("more than 2162688 bytes"), "{}", error.why);
    }

    #[test]
    fn the_last_byte_allowed_is_read() {
        let most = 2 * 1000 + (1 << 16);
        assert_eq!(
            read_all(io::repeat(b'x').take(most), None, &limits(1000)).unwrap().len() as u64,
            most
        );
        assert!(read_all(io::repeat(b'x').take(most + 1), None, &limits(1000)).is_err());
    }

    #[test]
    fn a_lying_size_costs_nothing() {
        let bytes = read_all(&b"text"[..], Some(u64::MAX), &limits(1000)).unwrap();
        assert_eq!(bytes, b"text");
    }

    #[test]
    fn archives_are_told_by_content() {
        let mut tar = vec![0; 1024];
        tar[257..262].copy_from_slice(b"ustar");
        let Ok(Begun::Archive(mut read, mut rest)) = begin(tar.as_slice(), None, &limits(1000))
        else {
            panic!("it is an archive")
        };
        rest.read_to_end(&mut read).unwrap();
        assert!(read == tar);
    }

    #[cfg(unix)]
    #[test]
    fn system_errors_are_told_without_their_number() {
        let error = Unreadable::from(io::Error::from_raw_os_error(2));
        assert_eq!(error.why, "No such file or directory");
    }
}
