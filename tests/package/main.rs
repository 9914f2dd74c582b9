//! Packages as a whole: what is verified, what is not, and what is never opened.
#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs,
    reason = "tests say what they skip and count"
)]

#[path = "../container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;
mod flips;
mod folder;
mod interrupted;
mod seeking;
mod states;
mod streaming;
mod texts;
mod tools;

use std::collections::BTreeMap;
use std::io::{self, Read};

use ovf::package::{Files, PackageReader};
use ovf::{Severity, Validator};

/// Everything a report says, to be compared.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) verified: bool,
    pub(crate) complete: bool,
    /// Name and state of every file.
    pub(crate) files: Vec<(String, String)>,
    /// Severity, code, message, place.
    pub(crate) findings: Vec<(Severity, &'static str, String, String)>,
}

impl Told {
    pub(crate) fn of(package: &ovf::package::Package) -> Self {
        let texts = package.texts();
        let report = package.check(&texts);
        let mut findings = Vec::new();
        let in_text = |found: &ovf::Diagnostic, file: &str| {
            let place = format!("{file} {:?}", found.span);
            (found.severity, found.code.name(), found.message.clone(), place)
        };
        if let Some((name, descriptor)) = report.descriptor() {
            findings.extend(descriptor.diagnostics().iter().map(|found| in_text(found, name)));
        }
        if let Some(manifest) = report.manifest() {
            findings.extend(manifest.diagnostics.iter().map(|found| in_text(found, manifest.name)));
        }
        findings.extend(report.findings().iter().map(|found| {
            let place = format!("{:?} {:?} {:?}", found.member, found.offset, found.field);
            (found.severity, found.code.name(), found.message.clone(), place)
        }));
        let files = report.files().iter();
        Self {
            verified: report.is_verified(),
            complete: report.is_complete(),
            files: files.map(|file| (file.name.clone(), file.status.to_string())).collect(),
            findings,
        }
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|&(_, code, ..)| code).collect()
    }

    pub(crate) fn state(&self, name: &str) -> &str {
        self.files.iter().find(|(file, _)| file == name).map_or("no such file", |(_, state)| state)
    }
}

/// What is told of an archive, which is the same when its parts are read in another order.
pub(crate) fn archive(bytes: &[u8]) -> Told {
    let told = reading(bytes);
    let reader = PackageReader::new(Validator::new());
    assert_eq!(told, Told::of(&reader.archive_at(bytes).expect("it is a tar archive")));
    told
}

pub(crate) fn reading(input: impl Read + Send) -> Told {
    let reader = PackageReader::new(Validator::new());
    Told::of(&reader.archive(input).expect("it is a tar archive"))
}

/// A folder in memory that opens nothing it does not have and remembers what was asked.
#[derive(Clone, Default)]
pub(crate) struct Memory {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) asked: Vec<String>,
}

impl Memory {
    pub(crate) fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(name.to_owned(), content.into());
        self
    }

    pub(crate) fn told(&mut self) -> Told {
        let reader = PackageReader::new(Validator::new());
        Told::of(&reader.folder(self, None).expect("it can be listed"))
    }
}

impl Files for Memory {
    fn list(&mut self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().filter(|name| !name.contains('/')).cloned().collect())
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        self.asked.push(name.to_owned());
        let content = self.files.get(name).cloned();
        Ok(content.map(|content| Box::new(io::Cursor::new(content)) as Box<dyn Read + Send>))
    }
}

pub(crate) fn sha256(content: &[u8]) -> String {
    let mut hasher = ovf::digest::Hasher::new(ovf::digest::Algorithm::Sha256);
    hasher.update(content);
    hasher.finish().to_string()
}

/// A manifest over some files.
pub(crate) fn manifest(files: &[(&str, &[u8])]) -> String {
    files.iter().map(|(name, content)| format!("SHA256({name})= {}\n", sha256(content))).collect()
}

/// A descriptor with these Files and nothing that uses them.
pub(crate) fn descriptor(files: &[&str]) -> String {
    let files: String = files
        .iter()
        .enumerate()
        .map(|(at, file)| format!("<File ovf:id=\"f{at}\" {file}/>"))
        .collect();
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"><References>{files}</References>\
         <VirtualSystem ovf:id=\"vm\"><Info>a</Info></VirtualSystem></Envelope>"
    )
}

/// The package of the examples.
pub(crate) fn small() -> [(&'static str, Vec<u8>); 3] {
    ["small.ovf", "small.mf", "small-disk1.vmdk"].map(|name| {
        let path = format!("{}/testdata/packages/small/{name}", env!("CARGO_MANIFEST_DIR"));
        (name, std::fs::read(path).expect("the file is there"))
    })
}

pub(crate) fn small_ova() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/packages/small.ova");
    std::fs::read(path).expect("the file is there")
}
