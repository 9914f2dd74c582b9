//! Why bytes are no text, and what to do about it.

/// The bytes are no descriptor text.
///
/// The message is one line, lower case, without a full stop; [`help`](Self::help) says what to do.
/// Offsets are zero-based bytes of the input or, for text that was transported as base64 of gzip,
/// of what was unpacked; lines are one-based.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// There is not a single byte.
    #[error("the input is empty")]
    Empty,
    /// There is nothing but spaces, tabs and line ends, or nothing at all inside what was packed.
    #[error("there is no text in the input")]
    Blank,
    /// The text is bigger than [`Limits::text_bytes`](crate::Limits::text_bytes) allows.
    #[error("the text has at least {bytes} bytes, the limit `text_bytes` is {limit}")]
    TooBig {
        /// Bytes of text known of: all of it when it is plain, what was unpacked so far when it is gzip.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The gzip data unpacks to more times its own size than [`Limits::gzip_ratio`](crate::Limits::gzip_ratio) allows.
    #[error(
        "the first {packed} bytes of the gzip data unpack to {unpacked}, the limit `gzip_ratio` is {limit} times their size"
    )]
    GzipRatio {
        /// Bytes of gzip data read so far.
        packed: u64,
        /// Bytes unpacked so far.
        unpacked: usize,
        /// The limit.
        limit: usize,
    },
    /// The bytes are of another known format.
    #[error("the input is {format}, not text")]
    Format {
        /// The format.
        format: Format,
    },
    /// The input is base64 all through, but not of gzip data.
    #[error("the input is base64 of {}, not of gzip data", .format.map_or("something unknown", Format::as_str))]
    Base64NotGzip {
        /// What is inside, if it is known.
        format: Option<Format>,
    },
    /// The base64 breaks RFC 4648.
    #[error("malformed base64 at byte {offset}: {fault}")]
    Base64 {
        /// Where in the input.
        offset: usize,
        /// What is wrong there.
        fault: Base64Fault,
    },
    /// The gzip header is malformed (RFC 1952 2.3.1).
    #[error("the header of the gzip data is malformed")]
    GzipHeader,
    /// The compressed data are malformed (RFC 1951).
    #[error("the gzip data are corrupt {unpacked} bytes into the text")]
    GzipCorrupt {
        /// Bytes unpacked before the fault.
        unpacked: usize,
    },
    /// Checksum or length at the end of the gzip data do not belong to what was unpacked.
    #[error("the gzip data are corrupt: checksum or length do not match the text")]
    GzipChecksum,
    /// The gzip data end too early.
    #[error("the gzip data are cut off {unpacked} bytes into the text")]
    GzipTruncated {
        /// Bytes unpacked before the end.
        unpacked: usize,
    },
    /// A second gzip member follows the first. Readers differ on whether it belongs to the text.
    #[error("a second gzip member follows the first")]
    GzipSecondMember,
    /// Something else follows the gzip member.
    #[error("there are more data after the end of the gzip data")]
    GzipTrailing,
    /// The gzip data hold another known format: gzip once more, an archive.
    #[error("the gzip data hold {format}, not text")]
    GzipFormat {
        /// The format inside.
        format: Format,
    },
    /// The text is a web page, as servers send instead of a file they do not have.
    #[error("the input is an HTML page, not an OVF descriptor")]
    Html,
    /// The bytes are binary data of an unknown format.
    #[error("the input is binary data, not text: there is a NUL at byte {offset}")]
    Binary {
        /// Offset of the first NUL.
        offset: usize,
    },
    /// The text is not UTF-8 (XML 1.0 4.3.3: without a byte order mark it has to be).
    #[error("the text is not UTF-8: byte {offset}, in line {line}, is 0x{byte:02X}")]
    NotUtf8 {
        /// Offset of the first byte that is wrong.
        offset: usize,
        /// Its line.
        line: u32,
        /// Its value.
        byte: u8,
    },
    /// A character is cut in two at the end of the text.
    #[error("the text ends within a UTF-8 character at byte {offset}, in line {line}")]
    CutUtf8 {
        /// Offset of the first byte of that character.
        offset: usize,
        /// Its line.
        line: u32,
    },
    /// The text is UTF-16 and does not say so by a byte order mark (XML 1.0 4.3.3).
    #[error("the text is UTF-16 without a byte order mark")]
    Utf16WithoutMark,
    /// UTF-16 with half a code unit at its end.
    #[error("the text is UTF-16, but its {bytes} bytes are an odd number")]
    Utf16OddLength {
        /// Bytes, those of the byte order mark among them.
        bytes: usize,
    },
    /// Half of a surrogate pair.
    #[error("unpaired UTF-16 surrogate 0x{unit:04X} at byte {offset}, in line {line}")]
    Utf16Surrogate {
        /// Offset of the code unit.
        offset: usize,
        /// Its line.
        line: u32,
        /// Its value.
        unit: u16,
    },
    /// The text is UTF-32, which no OVF reader takes.
    #[error("the text is UTF-32")]
    Utf32,
}

impl DecodeError {
    /// What to do next, in the imperative.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Empty | Self::Blank => {
                "check that the descriptor was written and copied completely"
            }
            Self::TooBig { .. } => {
                "check that this is the descriptor; if it is really that big, raise `Limits::text_bytes`"
            }
            Self::GzipRatio { .. } => {
                "check where this comes from; if you trust it, raise `Limits::gzip_ratio` or pass the text unpacked"
            }
            Self::Format { format } => format.help(),
            Self::Base64NotGzip { .. } => {
                "pass the descriptor as plain text, or as base64 of its gzip data"
            }
            Self::Base64 { .. } => {
                "encode the gzip data again with the standard alphabet and padding (RFC 4648 section 4)"
            }
            Self::GzipHeader
            | Self::GzipCorrupt { .. }
            | Self::GzipChecksum
            | Self::GzipTruncated { .. } => {
                "transfer the descriptor again, or pack it anew with `gzip -c FILE | base64`"
            }
            Self::GzipSecondMember | Self::GzipTrailing => {
                "pack the descriptor alone, as one gzip member"
            }
            Self::GzipFormat { format: Format::Gzip } => "pack the descriptor once only",
            Self::GzipFormat { .. } => "unpack it and pass the descriptor from inside",
            Self::Html => {
                "download the descriptor itself; this is what the server answered instead of it"
            }
            Self::Binary { .. } => "pass the descriptor, the text file with the ending `.ovf`",
            Self::NotUtf8 { .. } => {
                "save the descriptor as UTF-8, with `encoding=\"UTF-8\"` in its first line or no encoding"
            }
            Self::CutUtf8 { .. } | Self::Utf16OddLength { .. } => {
                "transfer the descriptor again; its end is missing"
            }
            Self::Utf16WithoutMark | Self::Utf16Surrogate { .. } | Self::Utf32 => {
                "save the descriptor as UTF-8"
            }
        }
    }
}

/// A format that is told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain XML; named only where something packed was expected.
    Xml,
    /// gzip, RFC 1952.
    Gzip,
    /// zlib, RFC 1950.
    Zlib,
    /// A zip archive.
    Zip,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// Zstandard, RFC 8878.
    Zstd,
    /// A 7z archive.
    SevenZip,
    /// A tar archive, which an OVA is.
    Tar,
    /// A sparse VMDK disk.
    Vmdk,
}

impl Format {
    /// The name, as it fits into a sentence.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xml => "plain XML",
            Self::Gzip => "gzip data",
            Self::Zlib => "zlib data",
            Self::Zip => "a zip archive",
            Self::Bzip2 => "bzip2 data",
            Self::Xz => "xz data",
            Self::Zstd => "Zstandard data",
            Self::SevenZip => "a 7z archive",
            Self::Tar => "a tar archive",
            Self::Vmdk => "a VMDK disk",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Xml => "pass the descriptor as it is",
            Self::Gzip => "encode it as base64, or unpack it with `gzip -d`",
            Self::Tar => "an OVA is a tar archive: pass it as a package",
            Self::Vmdk => "pass the descriptor of the package, not one of its disks",
            Self::Zlib | Self::Zip | Self::Bzip2 | Self::Xz | Self::Zstd | Self::SevenZip => {
                "unpack it and pass the descriptor from inside"
            }
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong with base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Base64Fault {
    /// A byte that is neither of the alphabet nor a blank.
    #[error("0x{0:02X} is no symbol of base64")]
    Symbol(u8),
    /// Padding is missing, too long, or not at the end.
    #[error("the padding is missing or misplaced")]
    Padding,
    /// One symbol is left over, so that a part is missing.
    #[error("the data are cut off")]
    Length,
    /// The last symbol carries bits that belong to no byte (RFC 4648 3.5).
    #[error("the last symbol carries bits that belong to no byte")]
    TrailingBits,
}
