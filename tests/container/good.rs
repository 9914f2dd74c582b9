//! Sound archives: our own, and those of tools in use.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{Header, Tar};
use crate::{Told, read};
use ovf::package::{Archive, Format, HeaderFormat, MemberKind};

#[track_caller]
fn expect(told: &Told, members: &[(&str, &[u8])], codes: &[&str]) {
    let found: Vec<(&str, &[u8])> =
        told.members.iter().map(|(name, _, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(found, members);
    assert_eq!(told.codes(), codes, "{:#?}", told.findings);
    assert!(told.complete && told.cut.is_none() && told.error.is_none());
}

/// The checksum tells a header without magic from anything else; an empty archive begins with zeros.
#[test]
fn archives_are_known_by_their_first_block() {
    let header = Header::new("a.ovf", 1);
    for (block, format) in [
        (header.clone().sealed(), Format::Tar),
        (header.clone().v7().sealed(), Format::Tar),
        (header.clone().block, Format::Tar),
        (header.v7().block, Format::Unknown),
        ([0; 512], Format::Tar),
    ] {
        assert_eq!(Format::of(&block), format);
    }
    assert_eq!(Format::of(&[0; 511]), Format::Unknown);
}

#[test]
fn ustar() {
    let tar = Tar::new().file("vm.ovf", b"<Envelope/>").file("d.vmdk", &[7; 1024]).empty("e").end();
    expect(
        &read(tar.as_slice()),
        &[("vm.ovf", b"<Envelope/>"), ("d.vmdk", &[7; 1024]), ("e", b"")],
        &[],
    );
}

#[test]
fn an_archive_without_members_is_complete() {
    expect(&read([0; 1024].as_slice()), &[], &[]);
}

#[test]
fn prefix_and_name_are_joined() {
    let tar = Tar::new().header(Header::new("d.vmdk", 1).with(345, b"a/b")).data(b"x").end();
    expect(&read(tar.as_slice()), &[("a/b/d.vmdk", b"x")], &[]);
}

#[test]
fn a_name_may_fill_its_field() {
    let name = "n".repeat(100);
    let tar = Tar::new().file(&name, b"x").end();
    expect(&read(tar.as_slice()), &[(&name, b"x")], &[]);
}

#[test]
fn pax_path_and_size() {
    let tar = Tar::new().pax(&[("path", "Größe.vmdk"), ("size", "1")]).file("short", b"x").end();
    expect(
        &read(tar.as_slice()),
        &[("Größe.vmdk", b"x")],
        &["tar-not-ustar", "member-name-not-ustar"],
    );
}

#[test]
fn gnu_long_name() {
    let name = format!("{}.vmdk", "n".repeat(200));
    let tar = Tar::new().long_name(&name).file("short", b"x").end();
    expect(&read(tar.as_slice()), &[(&name, b"x")], &["tar-not-ustar", "member-name-not-ustar"]);
}

#[test]
fn what_members_are_and_where() {
    let tar = Tar::new()
        .file("vm.ovf", b"x")
        .pax(&[("path", "d.vmdk")])
        .file("short", b"x")
        .header(Header::new("f/", 0).flag(b'5').gnu())
        .header(Header::new("old", 0).v7())
        .end();
    let mut archive = Archive::new(tar.as_slice());
    let mut found = Vec::new();
    while let Some(member) = archive.next_member().unwrap() {
        found.push((
            member.name,
            member.kind,
            member.header_offset,
            member.data_offset,
            member.format,
        ));
    }
    use HeaderFormat::{Gnu, Pax, Ustar, V7};
    use MemberKind::{Directory, File};
    assert_eq!(
        found,
        [
            ("vm.ovf".to_owned(), File, 0, 512, Ustar),
            ("d.vmdk".to_owned(), File, 1024, 2560, Pax),
            ("f/".to_owned(), Directory, 3072, 3584, Gnu),
            ("old".to_owned(), File, 3584, 4096, V7),
        ]
    );
}

#[test]
fn sizes_over_8_gib() {
    // The archive is cut: what counts is the size that was read.
    let size = 20_u64 << 30;
    let mut base_256 = [0; 12];
    base_256[0] = 0x80;
    base_256[4..].copy_from_slice(&size.to_be_bytes());
    let gnu = Tar::new().header(Header::new("d", 0).base_256(base_256).gnu());
    let pax = Tar::new().pax(&[("size", &size.to_string())]).header(Header::new("d", 0));
    let pax_full =
        Tar::new().pax(&[("size", &size.to_string())]).header(Header::new("d", 0o777_7777_7777));
    let both = Tar::new()
        .pax(&[("size", &size.to_string())])
        .header(Header::new("d", 0).base_256(base_256));
    for tar in [gnu, pax, pax_full, both] {
        let told = read(tar.0.as_slice());
        assert_eq!(told.members[0].1, size);
        assert_eq!(told.codes(), ["tar-not-ustar", "member-over-8-gib", "tar-truncated"]);
        assert_eq!(told.cut.as_deref(), Some("d"));
    }
}

/// A folder of files for tools to pack, with a name of 150 bytes among them.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("ovf-container-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        for (name, content) in files() {
            std::fs::write(path.join(name), content).unwrap();
        }
        Self(path)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let names = files().into_iter().map(|(name, _)| name);
        match Command::new(program).current_dir(&self.0).args(arguments).args(names).status() {
            Ok(status) => {
                assert!(status.success(), "{program} {arguments:?} failed");
                true
            }
            Err(error) => {
                eprintln!("SKIPPED: {program} cannot be run: {error}");
                false
            }
        }
    }

    fn read(&self) -> Told {
        read(std::fs::File::open(Path::new(&self.0).join("out.ova")).unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn files() -> Vec<(String, Vec<u8>)> {
    vec![
        ("vm.ovf".to_owned(), b"<Envelope/>".to_vec()),
        ("d.vmdk".to_owned(), vec![1; 100_000]),
        ("empty.txt".to_owned(), Vec::new()),
        (format!("{}.vmdk", "n".repeat(145)), vec![2; 513]),
    ]
}

fn short_files() -> Vec<(String, Vec<u8>)> {
    let mut files = files();
    files.pop();
    files
}

#[track_caller]
fn expect_files(told: &Told, files: &[(String, Vec<u8>)], codes: &[&str]) {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    expect(told, &files, codes);
}

#[test]
fn archives_of_gnu_tar() {
    for (format, codes) in [
        ("--format=pax", &["tar-not-ustar", "member-name-not-ustar"][..]),
        ("--format=gnu", &["tar-not-ustar", "member-name-not-ustar"]),
        ("--format=oldgnu", &["tar-not-ustar", "member-name-not-ustar"]),
    ] {
        let folder = Folder::new(&format!("gnu{format}"));
        if folder.run("tar", &[format, "-cf", "out.ova"]) {
            expect_files(&folder.read(), &files(), codes);
        }
    }
    for (format, codes) in [("--format=ustar", &[][..]), ("--format=v7", &["tar-not-ustar"])] {
        let folder = Folder::new(&format!("gnu-short{format}"));
        let long = format!("--exclude={}", files()[3].0);
        if folder.run("tar", &[format, &long, "-cf", "out.ova"]) {
            expect_files(&folder.read(), &short_files(), codes);
        }
    }
}

#[test]
fn archives_of_bsdtar() {
    for (format, codes) in [
        ("pax", &["tar-not-ustar", "member-name-not-ustar"][..]),
        ("gnutar", &["tar-not-ustar", "member-name-not-ustar"]),
    ] {
        let folder = Folder::new(&format!("bsd-{format}"));
        if folder.run("bsdtar", &["--format", format, "-cf", "out.ova"]) {
            expect_files(&folder.read(), &files(), codes);
        }
    }
    let folder = Folder::new("bsd-ustar");
    let long = files()[3].0.clone();
    if folder.run("bsdtar", &["--format", "ustar", "--exclude", &long, "-cf", "out.ova"]) {
        expect_files(&folder.read(), &short_files(), &[]);
    }
}

#[test]
fn archives_of_python() {
    const WRITE: &str = "import sys, tarfile
with tarfile.open('out.ova', 'w', format=getattr(tarfile, sys.argv[1])) as tar:
    [tar.add(name) for name in sys.argv[2:] if len(name) < 100 or sys.argv[1] != 'USTAR_FORMAT']";
    for (format, files, codes) in [
        ("PAX_FORMAT", files(), &["tar-not-ustar", "member-name-not-ustar"][..]),
        ("GNU_FORMAT", files(), &["tar-not-ustar", "member-name-not-ustar"]),
        ("USTAR_FORMAT", short_files(), &[]),
    ] {
        let folder = Folder::new(&format!("python-{format}"));
        if folder.run("python3", &["-c", WRITE, format]) {
            expect_files(&folder.read(), &files, codes);
        }
    }
}

#[test]
fn archives_of_the_tar_crate() {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files() {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, content.as_slice()).unwrap();
    }
    let archive = builder.into_inner().unwrap();
    expect_files(&read(archive.as_slice()), &files(), &["tar-not-ustar", "member-name-not-ustar"]);
}

/// Archives of other projects: what is complete here has the members GNU tar sees.
#[test]
fn archives_of_the_corpus() {
    let Ok(corpus) = std::env::var("OVF_CORPUS") else {
        eprintln!("SKIPPED: OVF_CORPUS is not set");
        return;
    };
    let mut folders = vec![PathBuf::from(corpus)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "ova") {
                let told = read(std::fs::File::open(&path).unwrap());
                eprintln!("{}: {:?} {:?}", path.display(), told.names(), told.codes());
                let Ok(listed) = Command::new("tar").arg("-tf").arg(&path).output() else {
                    eprintln!("SKIPPED: tar cannot be run");
                    return;
                };
                let listed = String::from_utf8(listed.stdout).unwrap();
                assert!(!told.complete || listed.lines().eq(told.names()), "{}", path.display());
            }
        }
    }
}
