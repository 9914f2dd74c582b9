//! What a disk image is, told by its head, against what the descriptor says of it (DSP0243 5.2, 9.1).

mod image;
mod verdict;
mod vmdk;

use std::io::Read as _;

use flate2::read::GzDecoder;

pub use self::verdict::{DiskClaim, check_disk};

/// Bytes of the head that are looked at: an ISO 9660 descriptor ends at 34 KiB, the embedded
/// descriptor of a VMDK at about 11.
const HEAD: usize = 64 << 10;
/// Bytes of the end that are looked at: the footer of a fixed VHD.
const TAIL: usize = 512;

/// A disk image, as far as its head tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sniff {
    /// What it is.
    pub kind: DiskKind,
    /// Bytes the guest sees, where the head says it.
    pub capacity_bytes: Option<u64>,
    /// Files from which the image gets content, as it names them: extents, backing files, parents.
    /// At most 64, each at most 1,024 bytes.
    pub external_references: Vec<String>,
}

/// What a disk image is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DiskKind {
    /// VMDK with compressed grains, made for transport.
    VmdkStreamOptimized,
    /// VMDK in one file that grows.
    VmdkSparse,
    /// The text that describes a VMDK whose content is in other files.
    VmdkDescriptor,
    /// The sparse extent of ESX, `COWD`.
    VmdkCowd,
    /// QCOW or QCOW2.
    Qcow,
    /// VHD: fixed, dynamic or differencing.
    Vhd,
    /// VHDX.
    Vhdx,
    /// VDI of VirtualBox.
    Vdi,
    /// ISO 9660.
    Iso,
    /// A raw image that begins with an MBR or GPT.
    Raw,
    /// Nothing but zeros.
    Zeros,
    /// No bytes at all.
    Empty,
    /// gzip.
    Gzip,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// Zstandard.
    Zstd,
    /// ZIP.
    Zip,
    /// An ELF program.
    Elf,
    /// XML or HTML.
    Xml,
    /// None of these: a raw image can begin with anything.
    Unknown,
}

impl DiskKind {
    /// The name, to stand in a message.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VmdkStreamOptimized => "a streamOptimized VMDK",
            Self::VmdkSparse => "a sparse VMDK",
            Self::VmdkDescriptor => "a VMDK descriptor",
            Self::VmdkCowd => "a COWD extent",
            Self::Qcow => "QCOW",
            Self::Vhd => "VHD",
            Self::Vhdx => "VHDX",
            Self::Vdi => "VDI",
            Self::Iso => "ISO 9660",
            Self::Raw => "a raw image",
            Self::Zeros => "nothing but zeros",
            Self::Empty => "empty",
            Self::Gzip => "gzip-compressed",
            Self::Bzip2 => "bzip2-compressed",
            Self::Xz => "xz-compressed",
            Self::Zstd => "zstd-compressed",
            Self::Zip => "a ZIP archive",
            Self::Elf => "an ELF program",
            Self::Xml => "XML or HTML",
            Self::Unknown => "of an unknown format",
        }
    }
}

impl Sniff {
    /// The same, told by a part of the image: without a capacity that rests on its length or its end.
    pub(super) fn of_a_part(mut self) -> Self {
        let rests_on_length = matches!(
            self.kind,
            DiskKind::Raw | DiskKind::Zeros | DiskKind::Unknown | DiskKind::Iso | DiskKind::Vhd
        );
        if rests_on_length {
            self.capacity_bytes = None;
        }
        self
    }
}

/// Gathers the head and the end of a disk image from pieces of any length. Memory: 65 KiB.
///
/// ```
/// use ovf::package::{DiskKind, Sniffer};
///
/// let mut sniffer = Sniffer::new();
/// sniffer.update(b"QF");
/// sniffer.update(b"I\xfb\0\0\0\x02");
/// assert_eq!(sniffer.finish().kind, DiskKind::Qcow);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    /// The last bytes, in a ring while there are more.
    tail: Vec<u8>,
    length: u64,
}

impl Sniffer {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { head: Vec::new(), tail: Vec::new(), length: 0 }
    }

    /// Takes the next bytes of the image.
    pub fn update(&mut self, bytes: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len());
        self.head.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let last = bytes.len().checked_sub(TAIL).and_then(|at| bytes.get(at..)).unwrap_or(bytes);
        let keep = TAIL.saturating_sub(last.len());
        if let Some(drop) = self.tail.len().checked_sub(keep) {
            self.tail.drain(..drop);
        }
        self.tail.extend_from_slice(last);
    }

    /// What is inside, when the image is compressed by gzip: as far as the head, decompressed, tells.
    #[must_use]
    pub fn finish_inside(&self) -> Option<Sniff> {
        if !self.head.starts_with(&[0x1F, 0x8B]) {
            return None;
        }
        let mut inside = Vec::new();
        // The head ends in the middle of the stream; what comes out before that is enough.
        let _cut = GzDecoder::new(self.head.as_slice())
            .take(u64::try_from(HEAD).unwrap_or(u64::MAX))
            .read_to_end(&mut inside);
        let mut sniffer = Self::new();
        sniffer.update(&inside);
        (!inside.is_empty()).then(|| sniffer.finish().of_a_part())
    }

    /// Says what the image is. All its bytes must have been taken for the capacity of a raw image or
    /// a fixed VHD to be right.
    #[must_use]
    pub fn finish(&self) -> Sniff {
        image::sniff(&self.head, &self.tail, self.length)
    }
}
