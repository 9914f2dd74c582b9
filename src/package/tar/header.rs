//! One header block: its fields, read in one way or not at all.

use crate::diagnostic::{Code, quoted};
use crate::package::finding::{Fault, Field};

/// Bytes of a block: headers and data are multiples of it (POSIX.1 ustar).
pub(super) const BLOCK: usize = 512;
/// The biggest size eleven octal digits can say.
pub(super) const USTAR_SIZE_MAX: u64 = 0o777_7777_7777;

/// A header block.
pub(super) type Block = [u8; BLOCK];

/// The dialect a header is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeaderFormat {
    /// Version 7 of Unix: no magic, no prefix.
    V7,
    /// POSIX.1 ustar, what DSP0243 5.3 asks for.
    Ustar,
    /// ustar with a pax extended header before it.
    Pax,
    /// GNU tar, with or without a long name or a base-256 number.
    Gnu,
}

impl HeaderFormat {
    /// `v7`, `ustar`, `pax` or `gnu`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V7 => "v7",
            Self::Ustar => "ustar",
            Self::Pax => "pax",
            Self::Gnu => "gnu",
        }
    }
}

/// What a header is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    File,
    Directory,
    /// A pax extended header, type `x`.
    Pax,
    /// A GNU long name, type `L`.
    LongName,
}

/// What a header says.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) role: Role,
    pub(super) format: HeaderFormat,
    /// Prefix and name.
    pub(super) name: Vec<u8>,
    /// Bytes.
    pub(super) size: u64,
    /// What is odd without being ambiguous.
    pub(super) oddities: Vec<Fault<'static>>,
}

/// Whether a block has the checksum it carries.
pub(super) fn checksum_fits(block: &Block) -> bool {
    field(block, 148, 8).is_some_and(|field| octal(field) == Some(checksum(block)))
}

/// The sum of all bytes, those of the checksum taken as blanks (POSIX.1 ustar).
///
/// Sums of signed bytes, which some writers made before 1988, are not taken: a header has one
/// checksum.
fn checksum(block: &Block) -> u64 {
    let sum =
        |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, &byte| sum.wrapping_add(u64::from(byte)));
    let blanks = 8 * u64::from(b' ');
    sum(block.get(..148).unwrap_or_default())
        .wrapping_add(sum(block.get(156..).unwrap_or_default()))
        .wrapping_add(blanks)
}

/// Reads a header block.
pub(super) fn read(block: &Block) -> Result<Header, Fault<'static>> {
    if !checksum_fits(block) {
        return Err(Fault::new(
            Code::TAR_CHECKSUM_WRONG,
            format_args!(
                "the checksum field says {}, the bytes of the header add up to {:o}",
                shown(field(block, 148, 8)),
                checksum(block)
            ),
        )
        .field(Field::Checksum)
        .help("fetch or build the archive again"));
    }
    // The type first: old sparse headers keep their map where ustar has the prefix.
    let flag = field(block, 156, 1).and_then(<[u8]>::first).copied().unwrap_or_default();
    let role = role(flag)?;
    let format = format(block)?;
    let size = size(block)?;
    let mut oddities = Vec::new();
    for (at, length, place) in
        [(100, 8, Field::Mode), (108, 8, Field::Uid), (116, 8, Field::Gid), (136, 12, Field::Mtime)]
    {
        let bytes = field(block, at, length);
        if !bytes.is_some_and(is_harmless_number) {
            oddities.push(
                Fault::new(
                    Code::TAR_FIELD_MALFORMED,
                    format_args!("the field {place} is {}, which is no number", shown(bytes)),
                )
                .field(place),
            );
        }
    }
    let name = name(block, format, &mut oddities);
    Ok(Header { role, format, name, size, oddities })
}

fn format(block: &Block) -> Result<HeaderFormat, Fault<'static>> {
    let magic = field(block, 257, 8).unwrap_or_default();
    let format = match magic {
        b"ustar\x0000" => HeaderFormat::Ustar,
        b"ustar  \0" => HeaderFormat::Gnu,
        [0, 0, 0, 0, 0, 0, 0, 0] => HeaderFormat::V7,
        _ => {
            return Err(unknown_format(format_args!(
                "the magic {} is of no known format",
                shown(Some(magic))
            )));
        }
    };
    // star keeps times in the last 24 bytes of the prefix and signs the end of the block.
    if format == HeaderFormat::Ustar && field(block, 508, 4) == Some(b"tar\0") {
        return Err(unknown_format(format_args!(
            "the header is one of star, whose prefix is shorter"
        )));
    }
    if format != HeaderFormat::Ustar && !is_zero(field(block, 345, 155)) {
        return Err(Fault::new(
            Code::AMBIGUOUS_TAR_PREFIX,
            format_args!(
                "the {} header has bytes where ustar keeps the start of the name",
                format.as_str()
            ),
        )
        .field(Field::Prefix)
        .help("build the archive in the ustar format: `tar --format=ustar`"));
    }
    Ok(format)
}

fn unknown_format(message: std::fmt::Arguments<'_>) -> Fault<'static> {
    Fault::new(Code::UNKNOWN_TAR_FORMAT, message)
        .field(Field::Magic)
        .help("build the archive in the ustar format: `tar --format=ustar`")
}

fn role(flag: u8) -> Result<Role, Fault<'static>> {
    let fault = |code, what: &str, help: &str| {
        Err(Fault::new(code, format_args!("type flag {} is {what}", shown(Some(&[flag]))))
            .field(Field::TypeFlag)
            .help(help))
    };
    let regular = "put regular files only into the archive";
    let ustar = "build the archive in the ustar format: `tar --format=ustar`";
    match flag {
        b'0' | 0 => Ok(Role::File),
        b'5' => Ok(Role::Directory),
        b'x' => Ok(Role::Pax),
        b'L' => Ok(Role::LongName),
        b'1' => {
            fault(Code::LINK_MEMBER, "a hard link", "add the file itself: `tar --hard-dereference`")
        }
        b'2' => {
            fault(Code::LINK_MEMBER, "a symbolic link", "add the file itself: `tar --dereference`")
        }
        b'3' => fault(Code::DEVICE_MEMBER, "a character device", regular),
        b'4' => fault(Code::DEVICE_MEMBER, "a block device", regular),
        b'6' => fault(Code::DEVICE_MEMBER, "a FIFO", regular),
        b'S' => fault(
            Code::SPARSE_MEMBER,
            "a sparse file of GNU tar",
            "build the archive without `--sparse`",
        ),
        b'g' => fault(Code::GLOBAL_PAX_HEADER, "a global pax header", ustar),
        b'K' => fault(
            Code::MISPLACED_EXTENSION_HEADER,
            "a long link name, and a package has no links",
            regular,
        ),
        _ => fault(Code::UNKNOWN_MEMBER_TYPE, "none of a regular file", regular),
    }
}

/// The size: octal digits, or the base-256 form of GNU tar.
fn size(block: &Block) -> Result<u64, Fault<'static>> {
    let bytes = field(block, 124, 12).unwrap_or_default();
    let why = match bytes.first() {
        Some(first) if first & 0x80 != 0 => match base_256(bytes) {
            Some(size) => return Ok(size),
            None if first & 0x40 != 0 => "is negative",
            None => "does not fit into 63 bits",
        },
        _ => match octal(bytes) {
            Some(size) => return Ok(size),
            None if bytes.iter().all(|byte| matches!(byte, b' ' | 0)) => "is blank",
            None => "is no octal number",
        },
    };
    Err(Fault::new(Code::TAR_SIZE_ILLEGAL, format_args!("the size {} {why}", shown(Some(bytes))))
        .field(Field::Size)
        .help("build the archive again with a current tool"))
}

/// Blanks, octal digits, then nothing but blanks and NULs.
fn octal(bytes: &[u8]) -> Option<u64> {
    let digits = bytes.trim_ascii_start();
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at_checked(end)?;
    // Only blanks were meant to be skipped, not tabs and line feeds.
    let lead = bytes.get(..bytes.len().checked_sub(digits.len())?.checked_sub(rest.len())?)?;
    if digits.is_empty()
        || lead.iter().any(|&byte| byte != b' ')
        || !rest.iter().all(|byte| matches!(byte, b' ' | 0))
    {
        return None;
    }
    digits.iter().try_fold(0_u64, |value, &digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 8)?;
        value.checked_mul(8)?.checked_add(u64::from(digit))
    })
}

/// Twelve bytes, big-endian, of which the first is 0x80; `None` when negative or over 63 bits.
fn base_256(bytes: &[u8]) -> Option<u64> {
    let (&first, rest) = bytes.split_first()?;
    if first != 0x80 {
        return None;
    }
    let (high, low) = rest.split_last_chunk::<8>()?;
    let value = u64::from_be_bytes(*low);
    (is_zero(Some(high)) && value <= i64::MAX.unsigned_abs()).then_some(value)
}

/// Whether a number of no consequence is one: octal, blank, or base-256 of either sign.
fn is_harmless_number(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first & 0x80 != 0)
        || bytes.iter().all(|byte| matches!(byte, b' ' | 0))
        || octal(bytes).is_some()
}

fn name(block: &Block, format: HeaderFormat, oddities: &mut Vec<Fault<'static>>) -> Vec<u8> {
    let mut text = |at, length, place| {
        let bytes = field(block, at, length).unwrap_or_default();
        let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        if !is_zero(bytes.get(end..)) {
            oddities.push(
                Fault::new(
                    Code::TAR_PADDING_NOT_ZERO,
                    format_args!("the field {place} goes on after the NUL that ends it"),
                )
                .field(place),
            );
        }
        bytes.get(..end).unwrap_or_default()
    };
    let name = text(0, 100, Field::Name);
    let prefix = if format == HeaderFormat::Ustar { text(345, 155, Field::Prefix) } else { &[] };
    if !is_zero(field(block, 500, 12)) {
        oddities.push(Fault::new(
            Code::TAR_PADDING_NOT_ZERO,
            format_args!("the last 12 bytes of the header, which have no use, are not zero"),
        ));
    }
    if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() }
}

fn field(block: &Block, at: usize, length: usize) -> Option<&[u8]> {
    block.get(at..)?.get(..length)
}

/// Whether there is nothing but NULs.
pub(super) fn is_zero(bytes: Option<&[u8]>) -> bool {
    bytes.is_none_or(|bytes| bytes.iter().fold(0, |all, byte| all | byte) == 0)
}

/// A field as it is, for a message.
fn shown(bytes: Option<&[u8]>) -> String {
    let bytes = bytes.unwrap_or_default();
    let text = bytes.strip_suffix(&[0]).unwrap_or(bytes);
    if text.is_ascii() && !text.is_empty() {
        quoted(&String::from_utf8_lossy(text)).to_string()
    } else {
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("`{}`", hex.join(" "))
    }
}
