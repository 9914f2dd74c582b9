//! The OVA container: tar, read in one way or not at all.
//!
//! Well-known readers disagree about what a doubtful archive holds, and a package that is one thing
//! to the checker and another to the importer is an attack. So everything two of them read
//! differently ends the reading with a finding: there is one interpretation, or none.

mod archive;
mod assemble;
mod format;
mod header;
mod judge;
mod parser;
mod pax;

pub use self::archive::{Archive, ArchiveError, Data};
pub use self::format::Format;
pub use self::header::HeaderFormat;
pub(super) use self::parser::cut;
pub use self::parser::{Event, Outcome, Parser};

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The name, from the header, the pax record or the GNU long name that counts. What is not UTF-8
    /// in it is replaced, and a finding says so.
    pub name: String,
    /// Bytes of content.
    pub size: u64,
    /// File or directory; everything else ends the reading.
    pub kind: MemberKind,
    /// Offset of the first block that belongs to the member, its extension header included, in
    /// bytes from the start of the archive.
    pub header_offset: u64,
    /// Offset of the first byte of content, in bytes from the start of the archive.
    pub data_offset: u64,
    /// The dialect of its header.
    pub format: HeaderFormat,
}

impl Member {
    /// A regular file as another container than tar, a directory for one, would list it.
    #[must_use]
    pub fn file(name: impl Into<String>, size: u64) -> Self {
        Self {
            name: name.into(),
            size,
            kind: MemberKind::File,
            header_offset: 0,
            data_offset: 0,
            format: HeaderFormat::Ustar,
        }
    }
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberKind {
    /// A regular file.
    File,
    /// A directory, without content.
    Directory,
}
