//! What is said of each file, and the findings of a package as a whole.

use std::io::{self, Read, Write as _};

use ovf::package::{FileRole, FileStatus, Files, PackageReader, Unchecked};
use ovf::{Code, Validator};

use crate::build::Tar;
use crate::{Memory, Told, archive, descriptor, manifest, reading, small, small_ova};

fn sound() -> Memory {
    small()
        .into_iter()
        .fold(Memory::default(), |memory, (name, content)| memory.with(name, content))
}

#[test]
fn a_sound_package_is_verified() {
    let told = sound().told();
    assert!(told.verified && told.complete, "{told:#?}");
    assert_eq!(told.state("small.ovf"), "verified SHA256");
    assert_eq!(told.state("small-disk1.vmdk"), "verified SHA256");
    assert_eq!(told.state("small.mf"), "not checked (manifest)");
    assert_eq!(told.codes(), ["digest-not-of-version"]);
}

#[test]
fn a_package_hands_out_its_texts() {
    let reader = PackageReader::new(Validator::new());
    let package = reader.folder(&mut sound().with("small.cert", "x"), None).unwrap();
    let [(ovf, descriptor), (mf, manifest), _] = small();
    assert_eq!(package.descriptor(), Some((ovf, &*descriptor)));
    assert_eq!(package.manifest(), Some((mf, &*manifest)));
    assert_eq!(package.certificate(), Some(("small.cert", &b"x"[..])));
    assert!(package.is_whole());
    let texts = package.texts();
    let report = package.check(&texts);
    let (name, found) = report.descriptor().unwrap();
    assert_eq!((name, found.source().text().as_bytes()), (ovf, &*descriptor));
    let states: Vec<_> = report
        .files()
        .iter()
        .map(|file| (file.name.as_str(), file.role, file.status.as_str()))
        .collect();
    assert_eq!(
        states,
        [
            ("small.ovf", FileRole::Descriptor, "verified"),
            ("small.mf", FileRole::Manifest, "not-checked"),
            ("small.cert", FileRole::Certificate, "not-checked"),
            ("small-disk1.vmdk", FileRole::Payload, "verified"),
        ]
    );

    let ova = small_ova();
    assert!(reader.archive(&*ova).unwrap().is_whole());
    assert!(!reader.archive(&ova[..ova.len() / 2]).unwrap().is_whole());
}

/// It is compared all the same, for nobody else's it can be: its name is the fault.
#[test]
fn a_manifest_of_another_name_is_compared_and_told() {
    let mut memory = sound();
    let list = memory.files.remove("small.mf").unwrap();
    let told = memory.with("other.mf", list).told();
    assert_eq!(told.state("small.ovf"), "verified SHA256");
    assert_eq!(told.state("small-disk1.vmdk"), "verified SHA256");
    assert!(told.codes().contains(&"manifest-name-mismatch"), "{told:#?}");
}

/// A reader that a signal interrupts before every read.
struct Interrupted<R>(R, bool);

impl<R: Read> Read for Interrupted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 { Err(io::ErrorKind::Interrupted.into()) } else { self.0.read(buffer) }
    }
}

impl Files for Interrupted<Memory> {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.0.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let file = self.0.open(name)?;
        Ok(file.map(|file| Box::new(Interrupted(file, false)) as Box<dyn Read + Send>))
    }
}

#[test]
fn what_is_interrupted_is_read_again() {
    let ova = small_ova();
    assert_eq!(reading(Interrupted(&*ova, false)), archive(&ova));
    let reader = PackageReader::new(Validator::new());
    let package = reader.folder(&mut Interrupted(sound(), false), None).unwrap();
    assert_eq!(Told::of(&package), sound().told());
}

#[test]
fn of_a_folder_with_more_only_the_package_that_is_named_is_read() {
    let mut memory = sound().with("small.CERT", "x").with("small.txt", "x");
    memory = memory.with("other.ovf", "<a/>").with("other.mf", "").with("other.txt", "x");
    let reader = PackageReader::new(Validator::new());
    let told = Told::of(&reader.folder(&mut memory, Some("small.ovf")).unwrap());
    let mut names: Vec<_> = told.files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["small-disk1.vmdk", "small.CERT", "small.mf", "small.ovf"]);
    assert!(memory.asked.iter().all(|name| names.contains(&name.as_str())), "{:?}", memory.asked);
    assert!(told.verified);
    for code in ["extra-member", "several-descriptors", "several-manifests"] {
        assert!(!told.codes().contains(&code), "{told:#?}");
    }
}

#[test]
fn levels_count_for_packages_too() {
    let mut memory = sound();
    memory.files.remove("small.mf");
    let reader = PackageReader::new(Validator::new().level(Code::MISSING_MANIFEST, None));
    let told = Told::of(&reader.folder(&mut memory, None).unwrap());
    assert_eq!(told.codes(), [""; 0]);
}

#[test]
fn a_manifest_is_made_of_what_was_computed() {
    let sha512 = ovf::digest::Algorithm::Sha512;
    let reader = PackageReader::new(Validator::new()).compute(sha512);
    let made = reader.folder(&mut sound(), None).unwrap().make_manifest(sha512).unwrap();
    let want: String = [0, 2]
        .into_iter()
        .map(|at| {
            let (name, content) = &small()[at];
            format!("SHA512({name})= {}\n", digest(sha512, content))
        })
        .collect();
    assert_eq!(made.to_string(), want);
}

#[test]
fn every_state_has_its_word() {
    let algorithm = ovf::digest::Algorithm::Sha256;
    for (status, word) in [
        (FileStatus::Verified { algorithm }, "verified"),
        (FileStatus::VerifiedWeak { algorithm }, "verified-weak"),
        (FileStatus::NotListed, "not-listed"),
        (FileStatus::Absent, "absent"),
        (FileStatus::Truncated, "truncated"),
        (FileStatus::NotChecked { why: Unchecked::Remote }, "not-checked"),
    ] {
        assert_eq!(status.as_str(), word);
    }
    let roles =
        [FileRole::Descriptor, FileRole::Manifest, FileRole::Certificate, FileRole::Payload];
    let words = ["descriptor", "manifest", "certificate", "payload"];
    assert_eq!(roles.map(FileRole::as_str), words);
}

#[test]
fn without_manifest_nothing_is_verified() {
    let mut memory = sound();
    memory.files.remove("small.mf");
    let told = memory.told();
    assert!(!told.verified && told.complete);
    assert_eq!(told.state("small.ovf"), "not checked (no manifest)");
    assert_eq!(told.codes(), ["missing-manifest"]);
}

#[test]
fn an_empty_manifest_verifies_nothing() {
    let told = sound().with("small.mf", "").told();
    assert!(!told.verified);
    assert_eq!(told.state("small-disk1.vmdk"), "not listed");
}

#[test]
fn files_that_are_missing_or_strange_are_told() {
    let mut memory = sound().with("readme.txt", "x").with("zother.ovf", "<a/>");
    memory.files.remove("small-disk1.vmdk");
    let told = memory.told();
    assert!(!told.verified);
    assert_eq!(told.state("small-disk1.vmdk"), "absent");
    for code in ["missing-member", "extra-member", "several-descriptors", "listed-file-absent"] {
        assert!(told.codes().contains(&code), "{code}: {told:#?}");
    }
}

#[test]
fn weak_and_broken_digests_are_no_proof() {
    let text = descriptor(&["ovf:href=\"a.bin\""]);
    let sha1 = "SHA1(vm.ovf)= ".to_owned()
        + &digest(ovf::digest::Algorithm::Sha1, text.as_bytes())
        + "\nSHA1(a.bin)= da39a3ee5e6b4b0d3255bfef95601890afd80709\n";
    let told =
        Memory::default().with("vm.ovf", text.clone()).with("a.bin", "").with("vm.mf", sha1).told();
    assert!(told.verified);
    assert_eq!(told.state("a.bin"), "verified-weak SHA1");
    let md5 = "MD5(a.bin)= d41d8cd98f00b204e9800998ecf8427e\n";
    let told = Memory::default().with("vm.ovf", text).with("a.bin", "").with("vm.mf", md5).told();
    assert!(!told.verified);
    assert_eq!(told.state("a.bin"), "unverifiable (MD5 proves nothing)");
}

fn digest(algorithm: ovf::digest::Algorithm, content: &[u8]) -> String {
    let mut hasher = ovf::digest::Hasher::new(algorithm);
    hasher.update(content);
    hasher.finish().to_string()
}

#[test]
fn pieces_are_verified_one_by_one() {
    let text = descriptor(&["ovf:href=\"d.bin\" ovf:size=\"25\" ovf:chunkSize=\"10\""]);
    let pieces = [
        ("d.bin.000000000", &[0; 10][..]),
        ("d.bin.000000001", &[1; 10][..]),
        ("d.bin.000000002", &[2; 5][..]),
    ];
    let mut listed = vec![("vm.ovf", text.as_bytes())];
    listed.extend(pieces);
    let mut memory =
        Memory::default().with("vm.ovf", text.clone()).with("vm.mf", manifest(&listed));
    for (name, content) in pieces {
        memory = memory.with(name, content);
    }
    let told = memory.clone().told();
    assert!(told.verified, "{told:#?}");

    // Two pieces alone are not the file, even if the manifest knows of no more.
    memory.files.remove("d.bin.000000002");
    let memory = memory.with("vm.mf", manifest(&listed[..3]));
    let told = memory.clone().told();
    assert!(!told.verified, "{told:#?}");
    assert_eq!(told.state("d.bin.000000002"), "absent");
    assert!(told.codes().contains(&"missing-chunk"));
}

#[test]
fn remote_files_are_not_verified() {
    let text = descriptor(&["ovf:href=\"https://example.com/a.vmdk\""]);
    let list = manifest(&[("vm.ovf", text.as_bytes())]);
    let told = Memory::default().with("vm.ovf", text).with("vm.mf", list).told();
    assert!(!told.verified && told.complete);
    assert_eq!(told.state("https://example.com/a.vmdk"), "not checked (remote)");
    assert_eq!(told.state("vm.ovf"), "verified SHA256");
}

#[test]
fn the_manifest_may_come_last() {
    let [descriptor, manifest, disk] = small();
    let tar = [descriptor, disk, manifest]
        .iter()
        .fold(Tar::new(), |tar, (name, content)| tar.file(name, content))
        .end();
    let told = archive(&tar);
    assert!(told.verified, "{told:#?}");
}

#[test]
fn a_descriptor_that_is_no_text_is_told() {
    let told = archive(&Tar::new().file("vm.ovf", &[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0]).end());
    assert!(!told.verified && !told.complete);
    assert!(told.codes().contains(&"unreadable-descriptor"), "{told:#?}");
}

/// Of an archive that ends early nobody knows what else there was.
#[test]
fn what_is_not_there_is_absent_unless_the_archive_ended_before() {
    let text = descriptor(&["ovf:href=\"a\"", "ovf:href=\"b\"", "ovf:href=\"c\""]);
    let list = manifest(&[("vm.ovf", text.as_bytes()), ("a", b"a"), ("b", b""), ("d", b"")]);
    let tar = Tar::new().file("vm.ovf", text.as_bytes()).file("a", b"a");
    let tar = tar.file("vm.mf", list.as_bytes());
    let whole = archive(&tar.clone().end());
    let cut = archive(&tar.raw(&[1; 100]).0);
    for name in ["b", "c"] {
        assert_eq!(whole.state(name), "absent");
        assert_eq!(cut.state(name), "not checked (not reached)");
    }
    assert_eq!(whole.state("d"), "absent");
    for told in [&whole, &cut] {
        assert_eq!(told.state("a"), "verified SHA256");
    }
    assert!(whole.codes().contains(&"missing-member"));
    for code in ["missing-member", "listed-file-absent"] {
        assert!(!cut.codes().contains(&code), "{cut:#?}");
    }
}

/// Whether a manifest in the middle is at the end can be said of a whole archive only.
#[test]
fn the_place_of_the_manifest_counts_in_whole_archives() {
    let [(_, text), (_, list), (_, disk)] = small();
    let tar = Tar::new().file("small.ovf", &text).file("readme", b"").file("small.mf", &list);
    let tar = tar.file("small-disk1.vmdk", &disk);
    assert!(archive(&tar.clone().end()).codes().contains(&"manifest-out-of-order"));
    let cut = archive(&tar.raw(&[1; 100]).0);
    assert!(!cut.codes().contains(&"manifest-out-of-order"), "{cut:#?}");
    let files = [("small.ovf", text), ("readme", Vec::new()), ("small.mf", list)];
    let folder = files
        .into_iter()
        .fold(Memory::default(), |folder, (name, content)| folder.with(name, content))
        .with("small-disk1.vmdk", disk)
        .told();
    assert!(!folder.codes().contains(&"manifest-out-of-order"), "{folder:#?}");
}

/// The descriptor of the example with another File element.
fn with_file(attributes: &str) -> Vec<u8> {
    let [(_, text), ..] = small();
    String::from_utf8(text)
        .unwrap()
        .replace("ovf:href=\"small-disk1.vmdk\" ovf:size=\"6144\"", attributes)
        .into_bytes()
}

#[test]
fn compressed_disks_are_looked_into() {
    let [.., (_, disk)] = small();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&disk).unwrap();
    let packed = encoder.finish().unwrap();
    let text = with_file("ovf:href=\"d.vmdk.gz\" ovf:compression=\"gzip\"");
    let package = |disk: &[u8], text: &[u8]| {
        Memory::default().with("vm.ovf", text).with("d.vmdk.gz", disk).told()
    };
    assert_eq!(package(&packed, &text).codes(), ["missing-manifest"]);
    let told = package(&disk, &text);
    assert!(told.codes().contains(&"file-not-compressed"), "{told:#?}");
    let other =
        String::from_utf8(text).unwrap().replace("ovf:capacity=\"1\"", "ovf:capacity=\"2\"");
    let told = package(&packed, other.as_bytes());
    assert!(told.codes().contains(&"disk-capacity-mismatch"), "{told:#?}");
    // What is inside is not the file where nothing is said of a compression.
    let told = package(&packed, &with_file("ovf:href=\"d.vmdk.gz\""));
    let message = "the descriptor says nothing of a compression, the file is gzip-compressed";
    assert!(told.findings.iter().any(|(_, _, found, _)| found == message), "{told:#?}");
}

#[test]
fn disks_are_compared_with_the_descriptor() {
    let [(_, text), (_, _), (_, disk)] = small();
    let memory = Memory::default().with("small.ovf", text);
    let told = memory.clone().with("small-disk1.vmdk", b"QFI\xfb\0\0\0\x02").told();
    assert!(told.codes().contains(&"disk-format-mismatch"), "{told:#?}");
    assert!(told.codes().contains(&"file-size-mismatch"), "{told:#?}");
    let told = memory.with("small-disk1.vmdk", disk).told();
    assert_eq!(told.codes(), ["missing-manifest"]);
}
