//! A bit that is another one is never overlooked.

use crate::build::Tar;
use crate::{Memory, archive, descriptor, manifest};

/// A package of 2 KiB, in its parts.
fn parts() -> [(&'static str, Vec<u8>); 3] {
    let disk: Vec<u8> = (0..=u8::MAX).cycle().take(1900).collect();
    let text = descriptor(&["ovf:href=\"a.bin\" ovf:size=\"1900\""]).into_bytes();
    let list = manifest(&[("a.ovf", &text), ("a.bin", &disk)]).into_bytes();
    [("a.ovf", text), ("a.mf", list), ("a.bin", disk)]
}

fn ova(parts: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    parts.iter().fold(Tar::new(), |tar, (name, content)| tar.file(name, content)).end()
}

/// Every bit of descriptor, manifest and file.
#[test]
fn every_bit_of_every_file_of_a_folder_counts() {
    let parts = parts();
    let folder = |parts: &[(&'static str, Vec<u8>)]| {
        parts
            .iter()
            .fold(Memory::default(), |memory, (name, content)| memory.with(name, content.clone()))
            .told()
    };
    let sound = folder(&parts);
    assert!(sound.verified, "{sound:#?}");
    assert!(parts.iter().map(|(_, content)| content.len()).sum::<usize>() >= 2048);
    for at in 0..parts.len() {
        for bit in 0..parts[at].1.len() * 8 {
            let mut parts = parts.clone();
            parts[at].1[bit / 8] ^= 1 << (bit % 8);
            let told = folder(&parts);
            // In the manifest a bit may make a lower-case digit an upper-case one: a deviation.
            let is_told = told.findings.len() > sound.findings.len();
            assert!(!told.verified || (at == 1 && is_told), "{} bit {bit}", parts[at].0);
        }
    }
}

/// Bits all over the archive, headers and padding among them.
#[test]
fn bits_of_an_archive_count() {
    let bytes = ova(&parts());
    let sound = archive(&bytes);
    assert!(sound.verified, "{sound:#?}");
    // A checksum is the same with a blank for its leading zero or behind it.
    let headers = [0_usize, 1, 2].map(|at| {
        parts()[..at].iter().map(|(_, content)| 512 + content.len().next_multiple_of(512)).sum()
    });
    let is_checksum = |at: usize| {
        headers.iter().any(|header: &usize| (148..156).contains(&at.wrapping_sub(*header)))
    };
    // Every eleventh, which is each bit of a byte in turn: all of them take minutes.
    for bit in (0..bytes.len() * 8).step_by(11).filter(|bit| !is_checksum(bit / 8)) {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(package) = ovf::package::PackageReader::new(ovf::Validator::new()).archive(&*bytes)
        else {
            continue;
        };
        let told = crate::Told::of(&package);
        assert!(!told.verified || told.findings.len() > sound.findings.len(), "bit {bit}");
    }
}

/// Ten thousand bits of a disk that is read in several pieces.
#[test]
fn bits_of_a_big_file_count() {
    let mut disk: Vec<u8> = (0..100_000_u32).map(|at| (at % 253) as u8).collect();
    let text = descriptor(&["ovf:href=\"a.bin\""]).into_bytes();
    let list = manifest(&[("a.ovf", &text), ("a.bin", &disk)]).into_bytes();
    let mut number = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..10_000 {
        // Marsaglia's xorshift: the same numbers every time.
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        let at = usize::try_from(number % 100_000).unwrap();
        let bit = 1 << (number >> 61);
        disk[at] ^= bit;
        let mut checker = ovf::manifest::ManifestChecker::new();
        let listed = String::from_utf8_lossy(&list);
        checker
            .manifest(&ovf::manifest::Manifest::parse(&listed, &ovf::Limits::default()).manifest);
        let mut file = checker.file("a.bin");
        file.update(&disk);
        checker.finish_file(file);
        let verdicts = checker.finish();
        let verdict = verdicts.of("a.bin");
        assert!(matches!(verdict, Some(ovf::manifest::Verdict::Mismatch { .. })), "{at} {bit}");
        disk[at] ^= bit;
    }
    let whole = archive(&ova(&[("a.ovf", text), ("a.bin", disk), ("a.mf", list)]));
    assert!(whole.verified, "{whole:#?}");
}
