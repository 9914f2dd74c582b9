//! How fast we are beside others that do the same or less: in one process, in turn, as ratios.
//!
//! `cargo bench --bench ratios [-- parse|validate|decode|digest|verify|process]…`. A machine with nothing else to
//! do gives figures worth quoting; the spread says how far to trust them.
//!
//! `OVF_BENCH_LARGE` adds descriptors of 100 MB and makes the packages 2 GB instead of 256 MB; `OVF_CLI` names the
//! binary of the command line, of which `process` measures whole processes.
#![allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "it prints figures"
)]

mod support;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use ovf::digest::{Algorithm, Hasher, MultiHasher};
use ovf::package::{Files, PackageReader};
use ovf::{Limits, Source, Validator};
use sha2::Digest as _;
use support::race::Race;

const PARTS: [(&str, fn()); 6] = [
    ("parse", parse),
    ("validate", validate),
    ("decode", decode),
    ("digest", digest),
    ("verify", verify),
    ("process", process),
];

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for (name, run) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            run();
        }
    }
}

fn is_large() -> bool {
    std::env::var_os("OVF_BENCH_LARGE").is_some()
}

fn descriptors() -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("small", support::descriptor(10_000)),
        ("gen10", support::descriptor(10_000_000)),
        ("dense500k", support::dense(500_000)),
        ("text4m", support::licence(4_000_000)),
    ];
    if is_large() {
        all.push(("gen100", support::descriptor(100_000_000)));
    }
    all
}

/// XML to a tree, with every check of well-formedness.
fn parse() {
    for (name, text) in descriptors() {
        let title = format!("parse {name}");
        let mut race = Race::new(&title, text.len());
        let text = &text;
        for (reader, read) in support::CONTESTANTS {
            race = race.with(reader, move || read(text));
        }
        race.run();
    }
}

/// Bytes to a report of every rule, beside readers that look at the XML alone.
fn validate() {
    for (name, text) in descriptors() {
        let title = format!("validate {name}");
        let file = Temporary::file("validate.ovf", text.as_bytes());
        let mut race = Race::new(&title, text.len());
        if is_there("xmllint") {
            race = race.with("xmllint --noout (process)", || {
                ran(Command::new("xmllint").arg("--noout").arg(&file.0))
            });
        }
        race.with("roxmltree, reading alone", || support::roxmltree(&text))
            .with("ovf, reading alone", || support::ours(&text))
            .with("ovf, every rule", || support::checked(&text))
            .run();
    }
}

/// base64 of gzip to a tree. How far unpacking shows beside reading depends on how well the text packs and
/// on how much of it is markup, so there are texts of several kinds; real ones when `OVF_CORPUS` names a folder.
fn decode() {
    for (name, text) in [
        ("gen10", support::descriptor(10_000_000)),
        ("varied 15 KB", support::varied(15_000)),
        ("varied 10 MB", support::varied(10_000_000)),
        ("varied prose 500 KB", support::prose(500_000)),
    ] {
        decode_each(name, &[text]);
    }
    if let Some(folder) = std::env::var_os("OVF_CORPUS") {
        let mut texts = Vec::new();
        texts_below(Path::new(&folder), &mut texts);
        let (long, short): (Vec<_>, Vec<_>) =
            texts.into_iter().partition(|text| text.len() >= 100_000);
        decode_each("real ones in turn, below 100 KB", &short);
        for text in long {
            decode_each("a real one", &[text]);
        }
    }
}

/// The descriptors in a folder, and in the folders in it, that are well-formed.
fn texts_below(folder: &Path, texts: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder).expect("it is a folder");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            texts_below(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "ovf")
            && let Ok(bytes) = std::fs::read(&path)
            && let Ok(source) = Source::decode(&bytes)
            && ovf::xml::parse(source.text(), &Limits::default()).diagnostics.is_empty()
        {
            texts.push(source.text().to_owned());
        }
    }
}

fn decode_each(name: &str, texts: &[String]) {
    let packed: Vec<String> = texts.iter().map(|text| packed(text)).collect();
    let unpacked = |packed: &String| {
        let gzip = base64::engine::general_purpose::STANDARD.decode(packed).expect("base64");
        // The header that the encoder writes has ten bytes, the trailer eight.
        let deflated = &gzip[10..gzip.len() - 8];
        let bytes = miniz_oxide::inflate::decompress_to_vec(deflated).expect("deflate");
        String::from_utf8(bytes).expect("UTF-8")
    };
    let bytes = texts.iter().map(String::len).sum();
    let symbols: usize = packed.iter().map(String::len).sum();
    let title = format!("base64(gzip) of {symbols} bytes to a tree, {name}");
    Race::new(&title, bytes)
        .with("our tree alone", || texts.iter().map(|text| support::ours(text)).sum())
        .with("base64, miniz_oxide, our tree", || {
            packed.iter().map(|packed| support::ours(&unpacked(packed))).sum()
        })
        .with("the same, checksum looked at", || {
            let read = |packed| {
                let text = unpacked(packed);
                let mut crc = flate2::Crc::new();
                crc.update(text.as_bytes());
                support::ours(&text) ^ u64::from(crc.sum())
            };
            packed.iter().map(read).fold(0, u64::wrapping_add)
        })
        .with("ovf", || {
            let read = |packed: &String| {
                let source =
                    Source::decode_with(packed.as_bytes(), &Limits::unlimited()).expect("text");
                support::ours(source.text())
            };
            packed.iter().map(read).sum()
        })
        .run();
}

/// base64 of the text as gzip.
fn packed(text: &str) -> String {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).expect("memory takes it");
    base64::engine::general_purpose::STANDARD.encode(gzip.finish().expect("memory takes it"))
}

/// One digest in memory, beside the bare loop over the same implementation.
fn digest() {
    let bytes: Vec<u8> =
        (0..64 << 20).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    Race::new("SHA-256", bytes.len())
        .with("sha2, bare", || sha2::Sha256::digest(&bytes)[0].into())
        .with("ovf", || hashed(Algorithm::Sha256, &bytes))
        .run();
    Race::new("SHA-512", bytes.len())
        .with("sha2, bare", || sha2::Sha512::digest(&bytes)[0].into())
        .with("ovf", || hashed(Algorithm::Sha512, &bytes))
        .run();
    Race::new("SHA-1 and SHA-256 of the same bytes", bytes.len())
        .with("sha1, sha2, bare, in turn", || {
            bytes
                .chunks(1 << 14)
                .fold((sha1::Sha1::new(), sha2::Sha256::new()), |(one, other), piece| {
                    (one.chain_update(piece), other.chain_update(piece))
                })
                .1
                .finalize()[0]
                .into()
        })
        .with("ovf", || {
            let both = [Algorithm::Sha1, Algorithm::Sha256].into_iter().collect();
            let mut hasher = MultiHasher::new(both);
            hasher.update(&bytes);
            hasher.finish().iter().count() as u64
        })
        .run();
}

fn hashed(algorithm: Algorithm, bytes: &[u8]) -> u64 {
    let mut hasher = Hasher::new(algorithm);
    bytes.chunks(1 << 20).for_each(|piece| hasher.update(piece));
    hasher.finish().to_string().len() as u64
}

/// Packages with one and with four large members, as archive and folder, beside the commands for one file
/// and the bare loop over the same implementation.
fn verify() {
    verify_by::<sha2::Sha256>("SHA256", "sha256sum");
    verify_by::<sha1::Sha1>("SHA1", "sha1sum");
    verify_by::<sha2::Sha512>("SHA512", "sha512sum");
}

fn verify_by<D: sha2::Digest>(algorithm: &str, command: &str) {
    for members in [1, 4] {
        // 2 GB when it is to be large.
        let size = (if is_large() { 2 << 30 } else { 256 << 20 }) / members;
        let folder = Temporary::folder();
        let names = package::<D>(&folder.0, algorithm, members, size);
        let all = members * size;
        let ova = folder.0.join("all.ova");
        let reader = PackageReader::new(Validator::new());
        let two = reader.clone().jobs(NonZeroUsize::MIN.saturating_add(1));
        let opened = || std::fs::File::open(&ova).expect("readable");
        let title = format!("{algorithm}, an OVA, large members: {members}");
        Race::new(&title, all)
            .with(command, || ran(Command::new(command).arg(&ova)))
            .with("bare loop, 1 MiB reads", || bare::<D>(&ova))
            .with("ovf, as a stream", || {
                verified(&reader.archive(opened()).expect("a tar archive"))
            })
            .with("ovf, one thread", || {
                verified(&reader.archive_at(&opened()).expect("a tar archive"))
            })
            .with("ovf, two threads", || {
                verified(&two.archive_at(&opened()).expect("a tar archive"))
            })
            .run();
        let title = format!("{algorithm}, a folder, large members: {members}");
        Race::new(&title, all)
            .with("bare loop, one after the other", || {
                names.iter().map(|name| bare::<D>(&folder.0.join(name))).sum()
            })
            .with("ovf, one thread", || {
                let package = reader.folder(&mut Folder(folder.0.clone()), None);
                verified(&package.expect("a folder"))
            })
            .with("ovf, two threads", || {
                let package = two.folder(&mut Folder(folder.0.clone()), None);
                verified(&package.expect("a folder"))
            })
            .run();
    }
}

/// Writes a package, and `all.ova` of the same: the names of its members.
fn package<D: sha2::Digest>(
    folder: &Path,
    algorithm: &str,
    members: usize,
    size: usize,
) -> Vec<String> {
    let member: Vec<u8> = (0..u32::try_from(size).expect("below 4 GiB"))
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let names: Vec<String> = (1..=members).map(|n| format!("disk{n}.vmdk")).collect();
    let references: String =
        names.iter().map(|name| format!("<File ovf:id=\"{name}\" ovf:href=\"{name}\"/>")).collect();
    let descriptor = format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\">\
         <References>{references}</References></Envelope>"
    );
    let digest = hex(&D::digest(&member));
    let mut manifest = format!("{algorithm}(vm.ovf)= {}\n", hex(&D::digest(&descriptor)));
    for name in &names {
        manifest += &format!("{algorithm}({name})= {digest}\n");
    }
    let file = std::fs::File::create(folder.join("all.ova")).expect("writable");
    let mut archive = tar::Builder::new(file);
    for (name, content) in [("vm.ovf", descriptor.as_bytes()), ("vm.mf", manifest.as_bytes())]
        .into_iter()
        .chain(names.iter().map(|name| (name.as_str(), member.as_slice())))
    {
        std::fs::write(folder.join(name), content).expect("writable");
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, content).expect("writable");
    }
    archive.into_inner().expect("writable");
    names
}

fn verified(package: &ovf::package::Package) -> u64 {
    let texts = package.texts();
    let report = package.check(&texts);
    report.files().iter().filter_map(|file| file.bytes).sum()
}

fn bare<D: sha2::Digest>(path: &Path) -> u64 {
    let mut file = std::fs::File::open(path).expect("readable");
    let mut piece = vec![0; 1 << 20];
    let mut hasher = D::new();
    loop {
        match file.read(&mut piece).expect("readable") {
            0 => return hasher.finalize()[0].into(),
            read => hasher.update(&piece[..read]),
        }
    }
}

/// Whole processes: what is there before the first byte is read, and many files.
fn process() {
    let Some(ovf) = std::env::var_os("OVF_CLI") else {
        println!("\nprocess: skipped, `OVF_CLI` does not name the binary");
        return;
    };
    let text = support::descriptor(15_000);
    let file = Temporary::file("process.ovf", text.as_bytes());
    let mut race = Race::new("a process for one small descriptor", text.len())
        .with("/bin/true", || ran(&mut Command::new("/bin/true")));
    if is_there("xmllint") {
        race = race
            .with("xmllint --noout", || ran(Command::new("xmllint").arg("--noout").arg(&file.0)));
    }
    race.with("ovf validate", || ran(Command::new(&ovf).arg("validate").arg(&file.0))).run();

    let folder = Temporary::folder();
    let text = support::descriptor(10_000);
    let files: Vec<PathBuf> = (0..2_000).map(|n| folder.0.join(format!("{n}.ovf"))).collect();
    files.iter().for_each(|file| std::fs::write(file, &text).expect("writable"));
    let validate =
        |jobs: &str| ran(Command::new(&ovf).args(["validate", "--jobs", jobs]).args(&files));
    let title = format!("{} descriptors in one process", files.len());
    let mut race = Race::new(&title, files.len() * text.len());
    if is_there("xmllint") {
        race = race
            .with("xmllint --noout", || ran(Command::new("xmllint").arg("--noout").args(&files)));
    }
    race.with("ovf validate --jobs 1", || validate("1"))
        .with("ovf validate --jobs 2", || validate("2"))
        .run();
}

fn ran(command: &mut Command) -> u64 {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it starts");
    u64::from(status.success())
}

fn is_there(tool: &str) -> bool {
    Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file or folder that is removed again.
struct Temporary(PathBuf);

impl Temporary {
    fn folder() -> Self {
        let path = std::env::temp_dir().join(format!("ovf-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("writable");
        Self(path)
    }

    fn file(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("writable");
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _gone = if self.0.is_dir() {
            std::fs::remove_dir_all(&self.0)
        } else {
            std::fs::remove_file(&self.0)
        };
    }
}

/// The files of a folder, save the archive made of them.
struct Folder(PathBuf);

impl Files for Folder {
    fn list(&mut self) -> io::Result<Vec<String>> {
        let names: BTreeMap<String, ()> = std::fs::read_dir(&self.0)?
            .filter_map(|entry| Some((entry.ok()?.file_name().into_string().ok()?, ())))
            .filter(|(name, ())| !name.ends_with(".ova"))
            .collect();
        Ok(names.into_keys().collect())
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        Ok(Some(Box::new(std::fs::File::open(self.0.join(name))?)))
    }
}
