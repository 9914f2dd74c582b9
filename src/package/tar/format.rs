//! Telling a tar archive from what is handed in for one.

use super::header::{BLOCK, checksum_fits, is_zero};

/// What a file is, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// A tar archive.
    Tar,
    /// No bytes at all.
    Empty,
    /// gzip (RFC 1952): often a `.tar.gz`.
    Gzip,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// Zstandard (RFC 8878).
    Zstd,
    /// ZIP.
    Zip,
    /// 7z.
    SevenZip,
    /// RAR.
    Rar,
    /// XML in a Unicode encoding: often the descriptor itself.
    Xml,
    /// A VMDK disk image.
    Vmdk,
    /// A QCOW2 disk image.
    Qcow2,
    /// None of these.
    Unknown,
}

impl Format {
    /// What the first bytes of a file, 512 or all there are, say of it.
    ///
    /// A header whose checksum fits makes a tar archive whatever else it may look like; so do the
    /// zeros an empty archive begins with.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        if let Some((block, _)) = head.split_first_chunk::<BLOCK>()
            && (checksum_fits(block) || is_zero(Some(block)))
        {
            return Self::Tar;
        }
        Self::by_magic(head)
    }

    /// The same without a look at the checksum.
    pub(super) fn by_magic(head: &[u8]) -> Self {
        const MAGICS: &[(&[u8], Format)] = &[
            (b"\x1f\x8b", Format::Gzip),
            (b"BZh", Format::Bzip2),
            (b"\xfd7zXZ\0", Format::Xz),
            (b"\x28\xb5\x2f\xfd", Format::Zstd),
            (b"PK\x03\x04", Format::Zip),
            (b"PK\x05\x06", Format::Zip),
            (b"7z\xbc\xaf\x27\x1c", Format::SevenZip),
            (b"Rar!\x1a\x07", Format::Rar),
            (b"KDMV", Format::Vmdk),
            (b"# Disk DescriptorFile", Format::Vmdk),
            (b"QFI\xfb", Format::Qcow2),
            (b"\xff\xfe<\0", Format::Xml),
            (b"\xfe\xff\0<", Format::Xml),
        ];
        if head.is_empty() {
            return Self::Empty;
        }
        if let Some(&(_, format)) = MAGICS.iter().find(|(magic, _)| head.starts_with(magic)) {
            return format;
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Tar;
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if matches!(text, [b'<', b'?' | b'!' | b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z', ..]) {
            return Self::Xml;
        }
        Self::Unknown
    }

    /// The name, to stand in a message.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tar => "a tar archive",
            Self::Empty => "empty",
            Self::Gzip => "gzip-compressed",
            Self::Bzip2 => "bzip2-compressed",
            Self::Xz => "xz-compressed",
            Self::Zstd => "zstd-compressed",
            Self::Zip => "a ZIP archive",
            Self::SevenZip => "a 7z archive",
            Self::Rar => "a RAR archive",
            Self::Xml => "an XML document",
            Self::Vmdk => "a VMDK disk image",
            Self::Qcow2 => "a QCOW2 disk image",
            Self::Unknown => "of an unknown format",
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
