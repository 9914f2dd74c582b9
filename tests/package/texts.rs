//! Descriptor, manifest and certificate: which file it is, how much of it is kept, what it adds.

use ovf::digest::{Algorithm, Hasher};
use ovf::package::{Package, PackageReader};
use ovf::{Limits, Validator};

use crate::build::Tar;
use crate::{Memory, Told, archive, descriptor, manifest, small};

fn limited(set: impl Fn(&mut Limits)) -> PackageReader {
    let mut limits = Limits::default();
    set(&mut limits);
    PackageReader::new(Validator::new().limits(limits))
}

fn tar<'c>(files: impl IntoIterator<Item = (&'c str, &'c [u8])>) -> Vec<u8> {
    files.into_iter().fold(Tar::new(), |tar, (name, content)| tar.file(name, content)).end()
}

/// What is told of some files as a folder and as an archive, in both ways to read one.
fn everywhere(reader: &PackageReader, files: &[(&str, &[u8])]) -> [Told; 3] {
    let mut folder =
        files.iter().fold(Memory::default(), |folder, &(name, content)| folder.with(name, content));
    let bytes = tar(files.iter().copied());
    let told = |package: Package| Told::of(&package);
    [
        told(reader.folder(&mut folder, None).unwrap()),
        told(reader.archive(&*bytes).unwrap()),
        told(reader.archive_at(&bytes).unwrap()),
    ]
}

fn small_files<'s>(small: &'s [(&'static str, Vec<u8>); 3]) -> Vec<(&'static str, &'s [u8])> {
    small.iter().map(|(name, content)| (*name, content.as_slice())).collect()
}

/// Which members were found to be over a limit.
fn over(told: &Told) -> Vec<&str> {
    let is_limit = |code: &&str| *code == "limit-reached";
    let found = told.findings.iter().filter(|(_, code, ..)| is_limit(code));
    found.map(|(_, _, message, _)| message.split('`').nth(1).unwrap()).collect()
}

/// A manifest may have as many bytes as the limit says, and disks, however long, are no manifests.
#[test]
fn the_limit_of_manifests_is_for_manifests() {
    let small = small();
    let length = small[1].1.len();
    for told in everywhere(&limited(|limits| limits.manifest_bytes = length), &small_files(&small))
    {
        assert!(told.verified && told.complete, "{told:#?}");
    }
    for told in
        everywhere(&limited(|limits| limits.manifest_bytes = length - 1), &small_files(&small))
    {
        assert_eq!(over(&told), ["small.mf"]);
        assert!(!told.verified && !told.complete);
        // It is there, though nothing can be compared with it.
        assert!(!told.codes().contains(&"missing-manifest"), "{told:#?}");
        assert_eq!(told.state("small.ovf"), "not checked (no manifest)");
    }
}

/// The room is for all of a kind together: what is kept of the first is not there for the second.
#[test]
fn texts_of_a_kind_share_their_room() {
    let small = small();
    let files = small_files(&small);
    let more = [("z.cert", &[b'c'; 200][..]), ("y.cert", &[b'c'; 200]), ("z.mf", files[1].1)];
    let bytes = tar(files.iter().copied().chain(more));
    let length = files[1].1.len();
    for (manifests, certificates, expected) in [
        (2 * length, 400, &[][..]),
        (2 * length - 1, 400, &["z.mf"]),
        (2 * length, 399, &["y.cert"]),
        (2 * length, 199, &["z.cert", "y.cert"]),
    ] {
        let reader = limited(|limits| {
            limits.manifest_bytes = manifests;
            limits.certificate_bytes = certificates;
        });
        for package in [reader.archive(&*bytes).unwrap(), reader.archive_at(&bytes).unwrap()] {
            assert_eq!(over(&Told::of(&package)), expected, "{manifests} {certificates}");
        }
    }
}

/// Of descriptors the first counts. Nothing of a second is kept, and so it is over no limit.
#[test]
fn a_second_descriptor_is_not_kept() {
    let small = small();
    let mut files = small_files(&small);
    files.push(("z.ovf", files[0].1));
    for told in everywhere(&limited(|_| {}), &files) {
        assert!(told.codes().contains(&"several-descriptors"), "{told:#?}");
        assert_eq!(over(&told), [""; 0]);
        assert!(told.complete);
    }
}

fn line(algorithm: Algorithm, name: &str, content: &[u8]) -> String {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(content);
    format!("{}({name})= {}\n", algorithm.name(), hasher.finish())
}

/// The manifest that has the descriptor's name says what to compute of what comes after it, and no
/// other does.
#[test]
fn only_the_own_manifest_says_what_to_compute() {
    let text = descriptor(&["ovf:href=\"z.mf\"", "ovf:href=\"a.bin\""]);
    let content = vec![7; 100_000];
    let other = line(Algorithm::Sha256, "a.bin", b"something else");
    let list = line(Algorithm::Sha384, "a.bin", &content)
        + &line(Algorithm::Sha384, "z.mf", other.as_bytes())
        + &line(Algorithm::Sha256, "vm.ovf", text.as_bytes());
    let other = ("z.mf", other.as_bytes());
    let own = ("vm.mf", list.as_bytes());
    let (text, content) = (("vm.ovf", text.as_bytes()), ("a.bin", &content[..]));
    // Directly after the descriptor, it is in time for all that SHA-384 is wanted of.
    let told = archive(&tar([text, own, other, content]));
    assert!(told.verified, "{told:#?}");
    assert_eq!(told.state("a.bin"), "verified SHA384");
    // Behind another one it is too late for that one, and in time for the rest.
    let told = archive(&tar([text, other, own, content]));
    assert_eq!(told.state("a.bin"), "verified SHA384");
    assert_eq!(told.state("z.mf"), "unverifiable (SHA384 was not computed)");
    // Behind everything it is too late.
    let told = archive(&tar([text, other, content, own]));
    assert_eq!(told.state("a.bin"), "unverifiable (SHA384 was not computed)");
    assert_eq!(told.state("vm.ovf"), "verified SHA256");
}

/// All files match what it lists, and yet: what else it says is not known.
#[test]
fn a_manifest_not_all_of_which_can_be_read_verifies_nothing() {
    let small = small();
    let mut files = small_files(&small);
    let list = [files[1].1, b"and more\n"].concat();
    files[1].1 = &list;
    for told in everywhere(&limited(|_| {}), &files) {
        assert_eq!(told.state("small.ovf"), "verified SHA256");
        assert_eq!(told.state("small-disk1.vmdk"), "verified SHA256");
        assert!(!told.verified && !told.complete, "{told:#?}");
    }
}

#[test]
fn what_only_the_manifest_lists_is_compared_too() {
    let small = small();
    let mut files = small_files(&small);
    let list =
        [files[1].1, manifest(&[("notes.txt", b"n"), ("gone.txt", b"")]).as_bytes()].concat();
    files[1].1 = &list;
    files.push(("notes.txt", b"n"));
    for told in everywhere(&limited(|_| {}), &files) {
        assert_eq!(told.state("notes.txt"), "verified SHA256");
        assert_eq!(told.state("gone.txt"), "absent");
        assert!(told.codes().contains(&"extra-member"), "{told:#?}");
    }
}

#[cfg(feature = "cert")]
#[test]
fn the_certificate_counts_for_the_report() {
    use ovf::manifest::certificate::Signature;

    let read = |name: &str| {
        let path = format!("{}/testdata/certificate/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("the file is there")
    };
    let (text, list, chain) = (descriptor(&[]), read("vm.mf"), read("chain.cert"));
    let signed = || Memory::default().with("vm.ovf", text.clone()).with("vm.mf", list.clone());
    let folder = |mut memory: Memory, most| {
        limited(|limits| limits.certificates = most).folder(&mut memory, None).unwrap()
    };
    let unsigned = folder(signed(), 100);
    let texts = unsigned.texts();
    let before = unsigned.check(&texts);
    assert!(before.certificate().is_none() && before.is_complete());

    let package = folder(signed().with("vm.cert", chain.clone()), 100);
    let texts = package.texts();
    let report = package.check(&texts);
    let found = report.certificate().unwrap();
    assert_eq!((found.name, found.source.text().as_bytes()), ("vm.cert", &*chain));
    assert_eq!(found.signature.as_ref().unwrap().signature, Signature::Valid);
    // Nobody said what time it is nor whom to trust.
    assert_eq!(found.diagnostics.len(), 2);
    let all = |counts: ovf::diagnostic::Counts| counts.error + counts.warning + counts.info;
    assert_eq!(all(report.counts()), all(before.counts()) + 2);
    assert!(report.is_complete());

    // A chain of two is one too many.
    let package = folder(signed().with("vm.cert", chain), 1);
    let texts = package.texts();
    assert!(!package.check(&texts).is_complete());
}
