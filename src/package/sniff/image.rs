//! The heads of all formats but VMDK.

use super::{DiskKind, Sniff, vmdk};

/// Bytes of a name of another file that are kept.
pub(super) const NAME_BYTES: usize = 1_024;
const SECTOR: u64 = 512;

pub(super) fn sniff(head: &[u8], tail: &[u8], length: u64) -> Sniff {
    const MAGICS: &[(&[u8], DiskKind)] = &[
        (b"vhdxfile", DiskKind::Vhdx),
        (b"\x1f\x8b", DiskKind::Gzip),
        (b"BZh", DiskKind::Bzip2),
        (b"\xfd7zXZ\0", DiskKind::Xz),
        (b"\x28\xb5\x2f\xfd", DiskKind::Zstd),
        (b"PK\x03\x04", DiskKind::Zip),
        (b"\x7fELF", DiskKind::Elf),
        (b"<?xml", DiskKind::Xml),
        (b"<!DOCTYPE", DiskKind::Xml),
        (b"<html", DiskKind::Xml),
    ];
    let specific =
        vmdk::sniff(head).or_else(|| qcow(head)).or_else(|| vhd(head, tail)).or_else(|| vdi(head));
    if let Some(sniff) = specific {
        return sniff;
    }
    if let Some(&(_, kind)) = MAGICS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return plain(kind, None);
    }
    if head.is_empty() {
        return plain(DiskKind::Empty, None);
    }
    // A hybrid image boots from CD and from disk: GPT or MBR in front of ISO 9660.
    if let Some(sniff) = iso(head) {
        return sniff;
    }
    let has_gpt = at(head, 512, 8) == Some(b"EFI PART");
    if has_gpt || at(head, 510, 2) == Some(b"\x55\xaa") {
        return plain(DiskKind::Raw, Some(length));
    }
    if head.iter().all(|&byte| byte == 0) {
        return plain(DiskKind::Zeros, Some(length));
    }
    plain(DiskKind::Unknown, None)
}

pub(super) const fn plain(kind: DiskKind, capacity_bytes: Option<u64>) -> Sniff {
    Sniff { kind, capacity_bytes, external_references: Vec::new() }
}

/// QEMU, docs/interop/qcow2.
fn qcow(head: &[u8]) -> Option<Sniff> {
    /// Bit 2 of the incompatible features: the data is in another file.
    const EXTERNAL_DATA: u64 = 4;
    if !head.starts_with(b"QFI\xfb") {
        return None;
    }
    let version = be32(head, 4).unwrap_or_default();
    let mut found = plain(DiskKind::Qcow, be64(head, 24));
    if let (Some(offset @ 1..), Some(size)) = (be64(head, 8), be32(head, 16)) {
        found
            .external_references
            .push(text_at(head, offset, size).unwrap_or_else(|| "a backing file".to_owned()));
    }
    if version >= 3 && be64(head, 72).unwrap_or_default() & EXTERNAL_DATA != 0 {
        let name = qcow_data_file(head).unwrap_or_else(|| "an external data file".to_owned());
        found.external_references.push(name);
    }
    Some(found)
}

/// The header extension that names the external data file.
fn qcow_data_file(head: &[u8]) -> Option<String> {
    const DATA_FILE: u32 = 0x4441_5441;
    let mut offset = u64::from(be32(head, 100)?);
    loop {
        let here = usize::try_from(offset).ok()?;
        let kind = be32(head, here)?;
        let size = be32(head, here.checked_add(4)?)?;
        let start = offset.checked_add(8)?;
        match kind {
            0 => return None,
            DATA_FILE => return text_at(head, start, size),
            _ => offset = start.checked_add(u64::from(size).checked_next_multiple_of(8)?)?,
        }
    }
}

/// Microsoft, Virtual Hard Disk Image Format Specification: a footer at the end, and a copy at the
/// start unless the disk is fixed.
fn vhd(head: &[u8], tail: &[u8]) -> Option<Sniff> {
    const DIFFERENCING: u32 = 4;
    let footer = [head, tail].into_iter().find(|part| part.starts_with(b"conectix"))?;
    let mut found = plain(DiskKind::Vhd, be64(footer, 48));
    if be32(footer, 60) == Some(DIFFERENCING) {
        found
            .external_references
            .push(vhd_parent(head).unwrap_or_else(|| "a parent disk".to_owned()));
    }
    Some(found)
}

/// The parent's name in UTF-16, in the dynamic header behind the footer.
fn vhd_parent(head: &[u8]) -> Option<String> {
    let start = usize::try_from(be64(head, 16)?).ok()?;
    if at(head, start, 8)? != b"cxsparse" {
        return None;
    }
    let (units, _) = at(head, start.checked_add(64)?, 512)?.as_chunks::<2>();
    let units = units.iter().map(|unit| u16::from_be_bytes(*unit)).take_while(|&unit| unit != 0);
    let name: String =
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    (!name.is_empty()).then_some(name)
}

/// VirtualBox, VDICore.h.
fn vdi(head: &[u8]) -> Option<Sniff> {
    const DIFFERENCING: u32 = 4;
    if le32(head, 64)? != 0xbeda_107f {
        return None;
    }
    let mut found = plain(DiskKind::Vdi, le64(head, 368));
    if le32(head, 76) == Some(DIFFERENCING) {
        found.external_references.push("a parent disk".to_owned());
    }
    Some(found)
}

/// ECMA-119 8.4: the primary volume descriptor in sector 16.
fn iso(head: &[u8]) -> Option<Sniff> {
    if at(head, 0x8001, 5)? != b"CD001" {
        return None;
    }
    let capacity = le32(head, 0x8050)
        .zip(le16(head, 0x8080))
        .map(|(blocks, size)| u64::from(blocks).saturating_mul(u64::from(size)));
    Some(plain(DiskKind::Iso, capacity.filter(|&bytes| bytes > 0)))
}

pub(super) fn at(bytes: &[u8], start: usize, length: usize) -> Option<&[u8]> {
    bytes.get(start..)?.get(..length)
}

fn text_at(bytes: &[u8], start: u64, length: u32) -> Option<String> {
    let length = usize::try_from(length).ok()?.min(NAME_BYTES);
    let text = at(bytes, usize::try_from(start).ok()?, length)?;
    let text = text.split(|&byte| byte == 0).next()?;
    (!text.is_empty()).then(|| String::from_utf8_lossy(text).into_owned())
}

/// Bytes of so many sectors.
pub(super) const fn sectors(count: u64) -> Option<u64> {
    count.checked_mul(SECTOR)
}

fn array<const N: usize>(bytes: &[u8], start: usize) -> Option<[u8; N]> {
    at(bytes, start, N)?.try_into().ok()
}

fn be32(bytes: &[u8], start: usize) -> Option<u32> {
    array(bytes, start).map(u32::from_be_bytes)
}

fn be64(bytes: &[u8], start: usize) -> Option<u64> {
    array(bytes, start).map(u64::from_be_bytes)
}

pub(super) fn le16(bytes: &[u8], start: usize) -> Option<u16> {
    array(bytes, start).map(u16::from_le_bytes)
}

pub(super) fn le32(bytes: &[u8], start: usize) -> Option<u32> {
    array(bytes, start).map(u32::from_le_bytes)
}

pub(super) fn le64(bytes: &[u8], start: usize) -> Option<u64> {
    array(bytes, start).map(u64::from_le_bytes)
}
