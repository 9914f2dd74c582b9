//! A disk image against its `Disk` in the descriptor.

use super::{DiskKind, Sniff};
use crate::diagnostic::{Code, quoted};
use crate::package::finding::{Fault, Findings};
use crate::package::names;

/// What the descriptor says of a disk image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskClaim<'a> {
    /// The file, for the finding.
    pub href: &'a str,
    /// `ovf:format`.
    pub format: Option<&'a str>,
    /// `ovf:capacity` in bytes.
    pub capacity_bytes: Option<u64>,
    /// `ovf:capacityAllocationUnits` in bytes: a difference of less than one unit is rounding. Zero
    /// counts as one.
    pub unit_bytes: u64,
    /// Whether `ovf:compression` is `gzip`. The head to compare is then that of the decompressed
    /// image; when it is the stored one, only the compression is checked.
    pub compressed: bool,
    /// The files of the package: a disk may get its content from them.
    pub files: &'a [&'a str],
}

/// Formats that a format URI can name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claimed {
    StreamOptimized,
    /// Any VMDK in one file.
    Sparse,
    /// Any VMDK, those of several files among them.
    Vmdk,
    Qcow,
    Vhd,
    Vhdx,
    Vdi,
    Iso,
    Raw,
}

/// Compares a disk image with what the descriptor says of it.
///
/// DSP0243 5.2: the format URI names the specification of the format, and 9.1: the capacity is what
/// the guest sees. An image that takes content from outside the package is never right.
pub fn check_disk(claim: &DiskClaim<'_>, sniff: &Sniff, out: &mut Findings) {
    for reference in &sniff.external_references {
        let plain = names::without_dot(reference);
        if claim.files.iter().any(|file| names::without_dot(file) == plain)
            && names::danger(plain).is_none()
        {
            continue;
        }
        out.add(
            Fault::new(
                Code::DISK_EXTERNAL_REFERENCE,
                format_args!(
                    "the disk takes content from {}, which is not in the package",
                    quoted(reference)
                ),
            )
            .member(claim.href)
            .help("convert the disk to an image that stands alone"),
        );
    }
    let mismatch = |out: &mut Findings, said: &str, help: &str| {
        out.add(
            Fault::new(
                Code::DISK_FORMAT_MISMATCH,
                format_args!("the descriptor says {said}, the file is {}", sniff.kind.as_str()),
            )
            .member(claim.href)
            .help(help),
        );
    };
    if sniff.kind == DiskKind::Gzip {
        if !claim.compressed {
            mismatch(
                out,
                "nothing of a compression",
                "set `ovf:compression` to `gzip`, or decompress the file",
            );
        }
        return;
    }
    if let Some(uri) = claim.format
        && let Some(claimed) = claimed(uri)
        && !fits(claimed, sniff.kind)
    {
        mismatch(out, &quoted(uri).to_string(), "convert the disk, or correct `ovf:format`");
        return;
    }
    if let (Some(said), Some(found)) = (claim.capacity_bytes, sniff.capacity_bytes)
        && said.abs_diff(found) >= claim.unit_bytes.max(1)
    {
        out.add(
            Fault::new(
                Code::DISK_CAPACITY_MISMATCH,
                format_args!("the descriptor says {said} bytes of capacity, the disk has {found}"),
            )
            .member(claim.href)
            .help("correct `ovf:capacity` or its units"),
        );
    }
}

/// The format a URI names, by what is common to the spellings in use; `None` when it is not known.
fn claimed(uri: &str) -> Option<Claimed> {
    let uri = uri.to_ascii_lowercase();
    let (address, fragment) = uri.split_once('#').unwrap_or((&uri, ""));
    let has = |text| address.contains(text);
    Some(if has("vmdk") {
        match fragment {
            "streamoptimized" => Claimed::StreamOptimized,
            "sparse" | "monolithicsparse" | "compressed" => Claimed::Sparse,
            _ => Claimed::Vmdk,
        }
    } else if has("qcow") {
        Claimed::Qcow
    } else if has("vhdx") {
        Claimed::Vhdx
    // The link Microsoft gives out for the VHD specification, which VirtualBox writes.
    } else if has("vhd") || has("linkid=137171") {
        Claimed::Vhd
    } else if has("vdi") {
        Claimed::Vdi
    } else if has("ecma-119") || has("iso9660") {
        Claimed::Iso
    } else if has("wiki/byte") || address.ends_with("raw") {
        Claimed::Raw
    } else {
        return None;
    })
}

const fn fits(claimed: Claimed, kind: DiskKind) -> bool {
    match claimed {
        Claimed::StreamOptimized => matches!(kind, DiskKind::VmdkStreamOptimized),
        // streamOptimized is a kind of sparse, and was called so in the drafts.
        Claimed::Sparse => matches!(kind, DiskKind::VmdkSparse | DiskKind::VmdkStreamOptimized),
        // A flat extent has no magic; its file begins as the disk does.
        Claimed::Vmdk => matches!(
            kind,
            DiskKind::VmdkSparse
                | DiskKind::VmdkStreamOptimized
                | DiskKind::VmdkDescriptor
                | DiskKind::VmdkCowd
                | DiskKind::Raw
                | DiskKind::Zeros
                | DiskKind::Iso
                | DiskKind::Unknown
        ),
        Claimed::Qcow => matches!(kind, DiskKind::Qcow),
        Claimed::Vhd => matches!(kind, DiskKind::Vhd),
        Claimed::Vhdx => matches!(kind, DiskKind::Vhdx),
        Claimed::Vdi => matches!(kind, DiskKind::Vdi),
        Claimed::Iso => matches!(kind, DiskKind::Iso),
        Claimed::Raw => {
            matches!(kind, DiskKind::Raw | DiskKind::Zeros | DiskKind::Iso | DiskKind::Unknown)
        }
    }
}
