//! The heads of disk images, made up byte by byte.

use ovf::package::{DiskClaim, DiskKind, Findings, Sniff, Sniffer, check_disk};
use proptest::prelude::*;

const STREAM: &str = "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";
const SPARSE: &str = "http://www.vmware.com/interfaces/specifications/vmdk.html#sparse";
const FLAT: &str = "http://www.vmware.com/interfaces/specifications/vmdk.html#monolithicFlat";
const QCOW: &str = "http://www.gnome.org/~markmc/qcow-image-format.html";

fn sniff(bytes: &[u8]) -> Sniff {
    let mut sniffer = Sniffer::new();
    sniffer.update(bytes);
    sniffer.finish()
}

/// A head of 64 KiB with bytes at some places.
fn head(parts: &[(usize, &[u8])]) -> Vec<u8> {
    let mut head = vec![0; 64 << 10];
    for (at, bytes) in parts {
        head[*at..at + bytes.len()].copy_from_slice(bytes);
    }
    head
}

/// A sparse VMDK of so many sectors, with an embedded descriptor in sector 1.
fn vmdk(flags: u32, compression: u16, sectors: u64, descriptor: &str) -> Vec<u8> {
    head(&[
        (0, b"KDMV\x03\0\0\0"),
        (8, &flags.to_le_bytes()),
        (12, &sectors.to_le_bytes()),
        (20, &128_u64.to_le_bytes()),
        (28, &1_u64.to_le_bytes()),
        (36, &20_u64.to_le_bytes()),
        (73, b"\n \r\n"),
        (77, &compression.to_le_bytes()),
        (512, descriptor.as_bytes()),
    ])
}

fn stream_optimized(extents: &str) -> Vec<u8> {
    vmdk(
        0x30001,
        1,
        2048,
        &format!(
            "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType=\"streamOptimized\"\n{extents}\n"
        ),
    )
}

const OWN_EXTENT: &str = "RW 2048 SPARSE \"call-me-stream.vmdk\"";

fn claim(format: &str) -> DiskClaim<'_> {
    DiskClaim {
        href: "d.vmdk",
        format: Some(format),
        capacity_bytes: Some(1 << 20),
        unit_bytes: 1,
        ..DiskClaim::default()
    }
}

#[track_caller]
fn expect(head: &[u8], claim: &DiskClaim<'_>, codes: &[&str]) {
    let mut findings = Findings::default();
    let sniff = sniff(head);
    check_disk(claim, &sniff, &mut findings);
    let found: Vec<&str> = findings.list().iter().map(|finding| finding.code.name()).collect();
    assert_eq!(found, codes, "{sniff:?} {:#?}", findings.list());
}

#[test]
fn stream_optimized_vmdk() {
    let image = stream_optimized(OWN_EXTENT);
    let found = sniff(&image);
    assert_eq!(found.kind, DiskKind::VmdkStreamOptimized);
    assert_eq!(found.capacity_bytes, Some(1 << 20));
    assert!(found.external_references.is_empty());
    expect(&image, &claim(STREAM), &[]);
    expect(&image, &claim(SPARSE), &[]);
    expect(&image, &claim(QCOW), &["disk-format-mismatch"]);
    // A format nobody knows is not contradicted.
    expect(&image, &claim("http://example.com/disk"), &[]);
}

#[test]
fn sparse_vmdk_is_not_stream_optimized() {
    let image = vmdk(3, 0, 2048, "");
    assert_eq!(sniff(&image).kind, DiskKind::VmdkSparse);
    expect(&image, &claim(STREAM), &["disk-format-mismatch"]);
    expect(&image, &claim(SPARSE), &[]);
    // Compressed grains, markers between them, and the way of compression: all three make it one.
    for (flags, compression) in [(0x10001, 1), (0x20001, 1), (1, 1), (0x30001, 0)] {
        let image = vmdk(flags, compression, 2048, "");
        assert_eq!(sniff(&image).kind, DiskKind::VmdkSparse, "{flags:x} {compression}");
    }
}

/// An image of each kind that a format URI can name, and a few that none names.
fn images() -> [(DiskKind, Vec<u8>); 12] {
    let text = "# Disk DescriptorFile\nRW 2048 FLAT \"d-flat.vmdk\" 0\n";
    let vhd = head(&[(0, b"conectix"), (48, &(1_u64 << 20).to_be_bytes())]);
    let iso = head(&[(0x8001, b"CD001")]);
    [
        (DiskKind::VmdkStreamOptimized, stream_optimized(OWN_EXTENT)),
        (DiskKind::VmdkSparse, vmdk(3, 0, 2048, "")),
        (DiskKind::VmdkDescriptor, text.into()),
        (DiskKind::VmdkCowd, head(&[(0, b"COWD"), (12, &2048_u32.to_le_bytes())])),
        (DiskKind::Qcow, head(&[(0, b"QFI\xfb"), (24, &(1_u64 << 20).to_be_bytes())])),
        (DiskKind::Vhd, vhd),
        (DiskKind::Vhdx, b"vhdxfile".to_vec()),
        (DiskKind::Vdi, head(&[(64, &0xbeda_107f_u32.to_le_bytes()), (368, &[0, 0, 16])])),
        (DiskKind::Iso, iso),
        (DiskKind::Raw, vec![0; 510].into_iter().chain(*b"\x55\xaa").collect()),
        (DiskKind::Unknown, b"hello".to_vec()),
        (DiskKind::Xz, b"\xfd7zXZ\0".to_vec()),
    ]
}

/// DSP0243 5.2: the URI names the specification of the format, in the spellings that are in use.
#[test]
fn formats_and_what_fits_them() {
    use DiskKind::{
        Iso, Qcow, Raw, Unknown, Vdi, Vhd, Vhdx, VmdkCowd, VmdkDescriptor, VmdkSparse,
        VmdkStreamOptimized,
    };
    const VMDK: &str = "http://www.vmware.com/specifications/vmdk.html";
    let sparse: &[DiskKind] = &[VmdkStreamOptimized, VmdkSparse];
    // The content of a flat extent is that of the disk: it may begin with anything.
    let any: &[DiskKind] =
        &[VmdkStreamOptimized, VmdkSparse, VmdkDescriptor, VmdkCowd, Iso, Raw, Unknown];
    let raw: &[DiskKind] = &[Iso, Raw, Unknown];
    let images = images();
    for (uri, fits) in [
        (format!("{VMDK}#streamOptimized"), &[VmdkStreamOptimized][..]),
        (format!("{VMDK}#sparse"), sparse),
        (format!("{VMDK}#monolithicSparse"), sparse),
        (format!("{VMDK}#compressed"), sparse),
        (format!("{VMDK}#monolithicFlat"), any),
        (VMDK.to_owned(), any),
        (QCOW.to_owned(), &[Qcow]),
        ("http://example.com/specifications/VHD".to_owned(), &[Vhd]),
        ("http://go.microsoft.com/fwlink/?LinkId=137171".to_owned(), &[Vhd]),
        ("http://example.com/specifications/vhdx".to_owned(), &[Vhdx]),
        ("http://example.com/specifications/vdi".to_owned(), &[Vdi]),
        (
            "http://www.ecma-international.org/publications/standards/Ecma-119.htm".to_owned(),
            &[Iso],
        ),
        ("http://example.com/iso9660".to_owned(), &[Iso]),
        ("http://en.wikipedia.org/wiki/Byte".to_owned(), raw),
        ("http://example.com/disk/raw".to_owned(), raw),
    ] {
        let claim = DiskClaim { files: &["d-flat.vmdk"], ..claim(&uri) };
        for (kind, image) in &images {
            let found = sniff(image);
            assert_eq!(found.kind, *kind);
            let mut findings = Findings::default();
            check_disk(&DiskClaim { capacity_bytes: None, ..claim }, &found, &mut findings);
            let told: Vec<&str> = findings.list().iter().map(|found| found.code.name()).collect();
            let wanted: &[&str] = if fits.contains(kind) { &[] } else { &["disk-format-mismatch"] };
            assert_eq!(told, wanted, "{uri} and {kind:?}");
        }
    }
}

#[test]
fn a_mismatch_says_what_the_file_is() {
    for (kind, words) in [
        (DiskKind::VmdkStreamOptimized, "a streamOptimized VMDK"),
        (DiskKind::VmdkSparse, "a sparse VMDK"),
        (DiskKind::VmdkDescriptor, "a VMDK descriptor"),
        (DiskKind::VmdkCowd, "a COWD extent"),
        (DiskKind::Qcow, "QCOW"),
        (DiskKind::Vhd, "VHD"),
        (DiskKind::Vhdx, "VHDX"),
        (DiskKind::Vdi, "VDI"),
        (DiskKind::Iso, "ISO 9660"),
        (DiskKind::Raw, "a raw image"),
        (DiskKind::Unknown, "of an unknown format"),
        (DiskKind::Xz, "xz-compressed"),
    ] {
        assert_eq!(kind.as_str(), words);
    }
    let mut findings = Findings::default();
    check_disk(&claim(STREAM), &sniff(b"QFI\xfb\0\0\0\x02"), &mut findings);
    assert_eq!(
        findings.list()[0].message,
        format!("the descriptor says `{STREAM}`, the file is QCOW")
    );
}

#[test]
fn capacity() {
    let image = stream_optimized(OWN_EXTENT);
    let other = |capacity, unit| DiskClaim {
        capacity_bytes: Some(capacity),
        unit_bytes: unit,
        ..claim(STREAM)
    };
    expect(&image, &other((1 << 20) + 1, 1), &["disk-capacity-mismatch"]);
    expect(&image, &other((1 << 20) + 1, 0), &["disk-capacity-mismatch"]);
    expect(&image, &other(1 << 20, 0), &[]);
    // Less than a unit is rounding.
    expect(&image, &other(1 << 30, 1 << 30), &[]);
    expect(&image, &other(2 << 30, 1 << 30), &["disk-capacity-mismatch"]);
    expect(&image, &DiskClaim { capacity_bytes: None, ..claim(STREAM) }, &[]);
    // A header that overflows says nothing.
    expect(&vmdk(0x30001, 1, u64::MAX, ""), &claim(STREAM), &[]);
}

#[test]
fn descriptors_that_name_files_of_the_host() {
    let text = b"# Disk DescriptorFile\nversion=1\nparentCID=ffffffff\ncreateType=\"monolithicFlat\"\nRW 2048 FLAT \"/etc/passwd\" 0\n";
    let found = sniff(text);
    assert_eq!(found.kind, DiskKind::VmdkDescriptor);
    assert_eq!(found.capacity_bytes, Some(1 << 20));
    assert_eq!(found.external_references, ["/etc/passwd"]);
    expect(text, &claim(STREAM), &["disk-external-reference", "disk-format-mismatch"]);
    expect(text, &claim(FLAT), &["disk-external-reference"]);

    // Embedded in a sparse extent, as second extent or as parent.
    expect(
        &stream_optimized(&format!("{OWN_EXTENT}\nRW 2048 FLAT \"/dev/sda\" 0")),
        &claim(STREAM),
        &["disk-external-reference"],
    );
    expect(
        &stream_optimized("RW 2048 FLAT \"/dev/sda\" 0"),
        &claim(STREAM),
        &["disk-external-reference"],
    );
    expect(
        &stream_optimized(&format!("parentFileNameHint=\"/base.vmdk\"\n{OWN_EXTENT}")),
        &claim(STREAM),
        &["disk-external-reference"],
    );
    let child =
        vmdk(3, 0, 2048, "# Disk DescriptorFile\nparentCID=12345678\nRW 2048 SPARSE \"d.vmdk\"\n");
    expect(&child, &claim(SPARSE), &["disk-external-reference"]);
}

#[test]
fn extents_in_the_package_are_no_fault() {
    let text = b"# Disk DescriptorFile\nRW 2048 FLAT \"d-flat.vmdk\" 0\n";
    let files = ["d.vmdk", "d-flat.vmdk"];
    expect(text, &DiskClaim { files: &files, ..claim(FLAT) }, &[]);
    // Another file than those of the package.
    let files = ["d.vmdk"];
    expect(text, &DiskClaim { files: &files, ..claim(FLAT) }, &["disk-external-reference"]);
    let files = ["d.vmdk", "/etc/passwd"];
    let text = b"# Disk DescriptorFile\nRW 2048 FLAT \"/etc/passwd\" 0\n";
    expect(text, &DiskClaim { files: &files, ..claim(FLAT) }, &["disk-external-reference"]);
}

#[test]
fn qcow2() {
    let plain = head(&[
        (0, b"QFI\xfb\0\0\0\x03"),
        (24, &(1_u64 << 20).to_be_bytes()),
        (100, &104_u32.to_be_bytes()),
    ]);
    let found = sniff(&plain);
    assert_eq!((found.kind, found.capacity_bytes), (DiskKind::Qcow, Some(1 << 20)));
    expect(&plain, &claim(QCOW), &[]);
    expect(&plain, &claim(STREAM), &["disk-format-mismatch"]);

    let mut backed = plain.clone();
    backed[8..16].copy_from_slice(&0x400_u64.to_be_bytes());
    backed[16..20].copy_from_slice(&11_u32.to_be_bytes());
    backed[0x400..0x40b].copy_from_slice(b"/etc/shadow");
    assert_eq!(sniff(&backed).external_references, ["/etc/shadow"]);
    expect(&backed, &claim(QCOW), &["disk-external-reference"]);
    // A name out of reach is a name all the same.
    backed[8..16].copy_from_slice(&u64::MAX.to_be_bytes());
    expect(&backed, &claim(QCOW), &["disk-external-reference"]);

    let mut external = plain;
    external[79] = 4;
    assert_eq!(sniff(&external).external_references, ["an external data file"]);
    external[104..112].copy_from_slice(b"DATA\0\0\0\x08");
    external[112..120].copy_from_slice(b"/dev/sda");
    assert_eq!(sniff(&external).external_references, ["/dev/sda"]);
    expect(&external, &claim(QCOW), &["disk-external-reference"]);
    // Another extension may come before it, its length filled up to eight; nothing comes after the last.
    let name = *b"DATA\0\0\0\x08/dev/sda";
    external[104..120].copy_from_slice(b"else\0\0\0\x03abc\0\0\0\0\0");
    external[120..136].copy_from_slice(&name);
    assert_eq!(sniff(&external).external_references, ["/dev/sda"]);
    external[104..120].fill(0);
    assert_eq!(sniff(&external).external_references, ["an external data file"]);
}

/// The dynamic header, at the place the footer's copy says, names the parent in UTF-16.
#[test]
fn the_parent_of_a_vhd() {
    let parent: Vec<u8> = "größe.vhd\0rest".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let vhd = |start: u64, magic: &[u8], parent: &[u8]| {
        let place = start.to_be_bytes();
        head(&[(0, b"conectix"), (16, &place), (60, &[0, 0, 0, 4]), (1024, magic), (1088, parent)])
    };
    for (image, name) in [
        (vhd(1024, b"cxsparse", &parent), "größe.vhd"),
        (vhd(1024, b"cxsparse", b""), "a parent disk"),
        (vhd(1024, b"cxSparse", &parent), "a parent disk"),
        (vhd(1025, b"cxsparse", &parent), "a parent disk"),
        (vhd(u64::MAX, b"cxsparse", &parent), "a parent disk"),
    ] {
        assert_eq!(sniff(&image).external_references, [name]);
    }
}

#[test]
fn heads_that_say_no_size_have_none() {
    let iso = |blocks: u32| {
        head(&[(0x8001, b"CD001"), (0x8050, &blocks.to_le_bytes()), (0x8080, &[0, 8])])
    };
    assert_eq!(sniff(&iso(1)).capacity_bytes, Some(2048));
    assert_eq!(sniff(&iso(0)).capacity_bytes, None);
    assert_eq!(sniff(b"# Disk DescriptorFile\nversion=1\n").capacity_bytes, None);
}

/// A place of zero says that there is no descriptor; the header is not read as one.
#[test]
fn a_sparse_vmdk_without_descriptor_names_nothing() {
    let mut image = vmdk(3, 0, 2048, OWN_EXTENT);
    image[28..36].fill(0);
    image[4..28].copy_from_slice(b"\nRW 1 FLAT /dev/sda 0\n\n\n");
    assert_eq!(sniff(&image).external_references, [""; 0]);
    image[28] = 1;
    image[512..512 + 24].copy_from_slice(b"\nRW 1 FLAT /dev/sda 0\n\n\n");
    assert_eq!(sniff(&image).external_references, ["/dev/sda"]);
}

#[test]
fn other_formats() {
    let vhd_footer =
        head(&[(0, b"conectix"), (48, &(1_u64 << 20).to_be_bytes()), (60, &3_u32.to_be_bytes())]);
    let mut fixed_vhd = vec![1; 100_000];
    fixed_vhd.extend_from_slice(&vhd_footer[..512]);
    let iso = head(&[
        (0x8001, b"CD001"),
        (0x8050, &512_u32.to_le_bytes()),
        (0x8080, &2048_u16.to_le_bytes()),
    ]);
    let vdi = head(&[
        (64, &0xbeda_107f_u32.to_le_bytes()),
        (76, &1_u32.to_le_bytes()),
        (368, &(1_u64 << 20).to_le_bytes()),
    ]);
    let cases: &[(&[u8], DiskKind, Option<u64>)] = &[
        (&vhd_footer, DiskKind::Vhd, Some(1 << 20)),
        (&fixed_vhd, DiskKind::Vhd, Some(1 << 20)),
        (b"vhdxfile", DiskKind::Vhdx, None),
        (&vdi, DiskKind::Vdi, Some(1 << 20)),
        (&iso, DiskKind::Iso, Some(1 << 20)),
        (&head(&[(510, b"\x55\xaa")]), DiskKind::Raw, Some(64 << 10)),
        (&head(&[(510, b"\x55\xaa"), (512, b"EFI PART")]), DiskKind::Raw, Some(64 << 10)),
        (&head(&[]), DiskKind::Zeros, Some(64 << 10)),
        (b"", DiskKind::Empty, None),
        (b"\x1f\x8b\x08\0", DiskKind::Gzip, None),
        (b"BZh9", DiskKind::Bzip2, None),
        (b"\xfd7zXZ\0", DiskKind::Xz, None),
        (b"\x28\xb5\x2f\xfd", DiskKind::Zstd, None),
        (b"PK\x03\x04", DiskKind::Zip, None),
        (b"\x7fELF\x02", DiskKind::Elf, None),
        (b"<!DOCTYPE html>", DiskKind::Xml, None),
        (b"hello", DiskKind::Unknown, None),
    ];
    for (bytes, kind, capacity) in cases {
        let found = sniff(bytes);
        assert_eq!((found.kind, found.capacity_bytes), (*kind, *capacity));
        expect(bytes, &claim(STREAM), &["disk-format-mismatch"]);
    }
    let mut differencing = vhd_footer;
    differencing[63] = 4;
    assert_eq!(sniff(&differencing).external_references, ["a parent disk"]);
}

#[test]
fn compression() {
    let gzip = b"\x1f\x8b\x08\0\0\0";
    expect(gzip, &DiskClaim { compressed: true, ..claim(STREAM) }, &[]);
    expect(gzip, &claim(STREAM), &["disk-format-mismatch"]);
    expect(&stream_optimized(OWN_EXTENT), &DiskClaim { compressed: true, ..claim(STREAM) }, &[]);
}

#[test]
fn text_of_strangers_is_bounded() {
    let mut text = "# Disk DescriptorFile\n".to_owned();
    for at in 0..5_000 {
        text.push_str(&format!("RW 1 FLAT \"f{at}\" 0\n"));
    }
    assert_eq!(sniff(text.as_bytes()).external_references.len(), 64);
    let long = format!("# Disk DescriptorFile\nRW 1 FLAT \"{}\" 0\n", "é".repeat(20_000));
    assert!(sniff(long.as_bytes()).external_references[0].len() <= 1_024);
}

proptest! {
    #[test]
    fn pieces_change_nothing(cuts in proptest::collection::vec(1_usize..3000, 1..40), at in 0_usize..3) {
        let mut fixed_vhd = vec![1; 70_000];
        fixed_vhd.extend_from_slice(&head(&[(0, b"conectix"), (48, &[9; 8])])[..512]);
        let image = [stream_optimized(OWN_EXTENT), fixed_vhd, head(&[(510, b"\x55\xaa")])][at].clone();
        let mut sniffer = Sniffer::new();
        let mut rest = image.as_slice();
        for cut in cuts.iter().cycle() {
            let (now, after) = rest.split_at((*cut).min(rest.len()));
            sniffer.update(now);
            rest = after;
            if rest.is_empty() { break }
        }
        prop_assert_eq!(sniffer.finish(), sniff(&image));
    }

    #[test]
    fn any_bytes_have_a_kind(magic in 0_usize..7, bytes in proptest::collection::vec(any::<u8>(), 0..1200)) {
        let start: &[u8] = [&b""[..], b"KDMV", b"QFI\xfb\0\0\0\x03", b"conectix", b"# Disk DescriptorFile\n", b"COWD", b"vhdxfile"][magic];
        let image = [start, &bytes].concat();
        let found = sniff(&image);
        prop_assert!(found.external_references.len() <= 64);
        check_disk(&claim(STREAM), &found, &mut Findings::default());
    }
}

#[test]
fn images_of_qemu_img() {
    use std::process::Command;
    let folder = std::env::temp_dir().join(format!("ovf-disks-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (arguments, kind, capacity) in [
        (
            &["-f", "vmdk", "-o", "subformat=streamOptimized"][..],
            DiskKind::VmdkStreamOptimized,
            true,
        ),
        (&["-f", "vmdk", "-o", "subformat=monolithicSparse"], DiskKind::VmdkSparse, true),
        (&["-f", "vmdk", "-o", "subformat=monolithicFlat"], DiskKind::VmdkDescriptor, true),
        (&["-f", "qcow2"], DiskKind::Qcow, true),
        (&["-f", "vpc", "-o", "force_size=on"], DiskKind::Vhd, true),
        (&["-f", "vpc", "-o", "force_size=on,subformat=fixed"], DiskKind::Vhd, true),
        (&["-f", "vdi"], DiskKind::Vdi, true),
        (&["-f", "vhdx"], DiskKind::Vhdx, false),
        (&["-f", "raw"], DiskKind::Zeros, true),
    ] {
        let image = folder.join("image.vmdk");
        let made = Command::new("qemu-img")
            .args(["create", "-q"])
            .args(arguments)
            .arg(&image)
            .arg("64M")
            .status();
        let Ok(made) = made else {
            eprintln!("SKIPPED: qemu-img cannot be run");
            return;
        };
        assert!(made.success(), "{arguments:?}");
        let found = sniff(&std::fs::read(&image).unwrap());
        assert_eq!(found.kind, kind, "{arguments:?}");
        assert_eq!(found.capacity_bytes, capacity.then_some(64 << 20), "{arguments:?}");
        let wanted: &[&str] =
            if kind == DiskKind::VmdkDescriptor { &["image-flat.vmdk"] } else { &[] };
        assert_eq!(found.external_references, wanted, "{arguments:?}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
