//! VMDK: sparse extents and text descriptors (VMware, Virtual Disk Format 5.0).

use super::image::{NAME_BYTES, at, le16, le32, le64, plain, sectors};
use super::{DiskKind, Sniff};

/// Flag bits of a sparse extent: grains are compressed; the file has markers between them.
const COMPRESSED: u32 = 1 << 16;
const MARKERS: u32 = 1 << 17;
/// Names of other files that are kept.
const REFERENCES: usize = 64;
/// Bytes of a text descriptor that are looked at.
const TEXT: usize = 64 << 10;

pub(super) fn sniff(head: &[u8]) -> Option<Sniff> {
    if head.starts_with(b"KDMV") {
        return Some(sparse(head));
    }
    if head.starts_with(b"COWD") {
        return Some(plain(
            DiskKind::VmdkCowd,
            le32(head, 12).and_then(|count| sectors(count.into())),
        ));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first = text.get(..21)?.to_ascii_lowercase();
    if first != b"# disk descriptorfile" {
        return None;
    }
    let descriptor = Descriptor::read(text);
    Some(Sniff {
        kind: DiskKind::VmdkDescriptor,
        capacity_bytes: descriptor.sectors.and_then(sectors),
        external_references: descriptor
            .extents
            .into_iter()
            .chain(descriptor.parent)
            .take(REFERENCES)
            .collect(),
    })
}

/// A hosted sparse extent: magic, version, flags, capacity, grain size, place and size of the
/// embedded descriptor, and so on, little-endian.
fn sparse(head: &[u8]) -> Sniff {
    let flags = le32(head, 8).unwrap_or_default();
    let deflated = le16(head, 77) == Some(1);
    let kind = if flags & (COMPRESSED | MARKERS) == COMPRESSED | MARKERS && deflated {
        DiskKind::VmdkStreamOptimized
    } else {
        DiskKind::VmdkSparse
    };
    let mut found = plain(kind, le64(head, 12).and_then(sectors));
    if let Some(text) = embedded(head) {
        let descriptor = Descriptor::read(text);
        // The one sparse extent is this file, whatever it was called when it was made.
        let own = usize::from(descriptor.first_is_sparse);
        found.external_references = descriptor
            .extents
            .into_iter()
            .skip(own)
            .chain(descriptor.parent)
            .take(REFERENCES)
            .collect();
    }
    found
}

fn embedded(head: &[u8]) -> Option<&[u8]> {
    let start = usize::try_from(sectors(le64(head, 28)?).filter(|&start| start > 0)?).ok()?;
    let length = usize::try_from(sectors(le64(head, 36)?)?).ok()?.min(TEXT);
    // What of it lies in the head.
    let length = length.min(head.len().checked_sub(start)?);
    at(head, start, length)
}

/// What a text descriptor says.
#[derive(Default)]
struct Descriptor {
    /// Names of the extents, save those without a file.
    extents: Vec<String>,
    first_is_sparse: bool,
    parent: Option<String>,
    /// Sectors of all extents.
    sectors: Option<u64>,
}

impl Descriptor {
    fn read(bytes: &[u8]) -> Self {
        let bytes = bytes.get(..TEXT).unwrap_or(bytes);
        let text = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        let mut found = Self::default();
        let mut sectors = Some(0_u64);
        let mut extents = 0_usize;
        let mut has_parent = false;
        let mut hint = None;
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(extent) = Extent::read(line) {
                sectors = sectors.and_then(|sum| sum.checked_add(extent.sectors));
                found.first_is_sparse |= extents == 0 && extent.kind.eq_ignore_ascii_case("SPARSE");
                extents = extents.saturating_add(1);
                if let Some(name) = extent.name
                    && found.extents.len() <= REFERENCES
                {
                    found.extents.push(name);
                }
            } else if let Some((key, value)) = line.split_once('=') {
                let value = value.trim().trim_matches('"');
                match key.trim().to_ascii_lowercase().as_str() {
                    "parentcid" => has_parent = !value.eq_ignore_ascii_case("ffffffff"),
                    "parentfilenamehint" => hint = Some(cut(value)),
                    _ => {}
                }
            }
        }
        found.sectors = sectors.filter(|_| extents > 0);
        found.parent = hint.or_else(|| has_parent.then(|| "a parent disk".to_owned()));
        found
    }
}

/// `RW 4192256 SPARSE "disk.vmdk"`, `RW 2048 FLAT "disk-flat.vmdk" 0`, `RW 100 ZERO`.
struct Extent<'a> {
    sectors: u64,
    kind: &'a str,
    name: Option<String>,
}

impl<'a> Extent<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (access, rest) = line.split_once([' ', '\t'])?;
        if !["RW", "RDONLY", "NOACCESS"].iter().any(|word| access.eq_ignore_ascii_case(word)) {
            return None;
        }
        let (count, rest) = rest.trim_start().split_once([' ', '\t'])?;
        let rest = rest.trim_start();
        let (kind, rest) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let rest = rest.trim_start();
        // A name that is never closed is one all the same.
        let name = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split_whitespace().next(),
        };
        Some(Self {
            sectors: count.parse().ok()?,
            kind,
            name: name.filter(|name| !name.is_empty()).map(cut),
        })
    }
}

fn cut(name: &str) -> String {
    let end = (0..=NAME_BYTES.min(name.len())).rev().find(|&at| name.is_char_boundary(at));
    end.and_then(|end| name.get(..end)).unwrap_or(name).to_owned()
}
