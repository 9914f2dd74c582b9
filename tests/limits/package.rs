//! Limits of archives and packages. Their findings have a member and an offset instead of a line.

use std::collections::BTreeMap;
use std::io::{self, Read};

use ovf::package::{Archive, Files, Finding, Findings, Package, PackageReader};
use ovf::{Code, Limits, Validator};

use crate::build::{Header, Tar};
use crate::{Set, names, with};

pub(crate) const LIMITS: [&str; 3] = ["members", "member_name_bytes", "extension_bytes"];

/// The finding that a limit was hit, if there is one.
fn told(findings: &[Finding]) -> Option<&Finding> {
    let mut all = findings.iter().filter(|found| found.code == Code::LIMIT_REACHED);
    let found = all.next()?;
    assert!(all.next().is_none(), "one finding says it: {findings:#?}");
    assert!(found.help.as_ref().is_some_and(|help| help.contains("limit")), "{found:?}");
    Some(found)
}

fn read(bytes: &[u8], limits: &Limits) -> Findings {
    let mut archive = Archive::with(bytes, limits, Findings::default());
    while archive.next_member().expect("it is an archive").is_some() {}
    assert_eq!(archive.is_complete(), told(archive.findings().list()).is_none());
    archive.into_findings()
}

type Row = (&'static str, Set, fn(&Limits) -> usize, fn(usize) -> Vec<u8>, fn(usize) -> u64);

const ROWS: &[Row] = &[
    (
        "members",
        |limits, value| limits.members = value,
        |limits| limits.members,
        |n| (0..n).fold(Tar::new(), |tar, at| tar.empty(&format!("{at}.bin"))).end(),
        |most| 512 * most as u64,
    ),
    (
        "member_name_bytes",
        |limits, value| limits.member_name_bytes = value,
        |limits| limits.member_name_bytes,
        |n| Tar::new().empty("a").long_name(&"x".repeat(n)).empty("x").end(),
        |_| 512,
    ),
    (
        "member_name_bytes",
        |limits, value| limits.member_name_bytes = value,
        |limits| limits.member_name_bytes,
        |n| Tar::new().empty("a").pax(&[("path", &"x".repeat(n))]).empty("x").end(),
        |_| 512,
    ),
    (
        "extension_bytes",
        |limits, value| limits.extension_bytes = value,
        |limits| limits.extension_bytes,
        |n| {
            let length = n.to_string().len();
            let record = format!("{n} comment={}\n", "x".repeat(n - length - " comment=\n".len()));
            assert_eq!(record.len(), n);
            Tar::new().empty("a").extension(b'x', record.as_bytes()).empty("x").end()
        },
        |_| 512,
    ),
];

#[test]
fn limits_of_archives_hold_at_their_value() {
    let default = Limits::default();
    for &(limit, set, value, archive, offset) in ROWS {
        for (value, limits) in [(value(&default), default), (300, with(set, 300))] {
            let findings = read(&archive(value), &limits);
            assert_eq!(told(findings.list()), None, "{limit} at {value}");

            let above = archive(value + 1);
            let findings = read(&above, &limits);
            let found = told(findings.list()).expect(limit);
            names(&found.message, limit, value);
            assert_eq!(found.offset, Some(offset(value)), "{limit}: {}", found.message);

            for limits in [Limits::unlimited(), with(set, value + 1)] {
                assert_eq!(told(read(&above, &limits).list()), None, "{limit} lifted");
            }
        }
    }
}

/// No room is made for what a header only claims.
#[test]
fn an_extension_header_that_claims_a_tebibyte_is_refused() {
    let claimed: u64 = 0o77_7777_7777;
    let archive = Tar::new().header(Header::new("x", claimed).flag(b'x')).end();
    let findings = read(&archive, &Limits::default());
    let found = told(findings.list()).unwrap();
    names(&found.message, "extension_bytes", Limits::default().extension_bytes);
    assert!(found.message.contains(&claimed.to_string()));
}

/// A folder in memory.
#[derive(Default)]
struct Folder(BTreeMap<String, Vec<u8>>);

impl Folder {
    fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.insert(name.to_owned(), content.into());
        self
    }

    fn read(&mut self, limits: Limits) -> Package {
        PackageReader::new(Validator::new().limits(limits)).folder(self, None).unwrap()
    }
}

impl Files for Folder {
    fn list(&mut self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let content = self.0.get(name).cloned();
        Ok(content.map(|content| Box::new(io::Cursor::new(content)) as Box<dyn Read + Send>))
    }
}

fn descriptor(files: &str) -> String {
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"><References>{files}</References>\
         <VirtualSystem ovf:id=\"vm\"><Info>a</Info></VirtualSystem></Envelope>"
    )
}

/// Findings of a package, its file states, and whether it is complete.
fn judged(package: &Package) -> (Vec<Finding>, Vec<String>, bool) {
    let texts = package.texts();
    let report = package.check(&texts);
    let states = report.files().iter().map(|file| file.status.to_string()).collect();
    (report.findings().to_vec(), states, report.is_complete())
}

/// What is not read for its number is not said to be missing either.
#[test]
fn files_of_a_folder_are_counted() {
    let set: Set = |limits, value| limits.members = value;
    let files: String =
        (0..5).map(|at| format!("<File ovf:id=\"f{at}\" ovf:href=\"{at}.bin\"/>")).collect();
    let mut folder =
        (0..5).fold(Folder::default(), |folder, at| folder.with(&format!("{at}.bin"), "content"));
    folder = folder.with("vm.ovf", descriptor(&files));
    for (most, is_over) in [(5, false), (4, true), (usize::MAX, false)] {
        let package = folder.read(with(set, most));
        let (findings, _, complete) = judged(&package);
        assert_eq!(told(&findings).is_some(), is_over, "{most}: {findings:#?}");
        assert_eq!(complete, !is_over);
        assert!(!findings.iter().any(|found| found.code == Code::MISSING_MEMBER));
        if let Some(found) = told(&findings) {
            names(&found.message, "members", most);
            assert_eq!(found.member.as_deref(), Some("vm.ovf"));
        }
    }
}

#[test]
fn pieces_of_a_file_in_a_folder_are_counted() {
    let set: Set = |limits, value| limits.members = value;
    let file = "<File ovf:id=\"f\" ovf:href=\"f.bin\" ovf:chunkSize=\"1\" ovf:size=\"5\"/>";
    let mut folder =
        (0..5).fold(Folder::default(), |folder, at| folder.with(&format!("f.bin.{at:09}"), "x"));
    folder = folder.with("vm.ovf", descriptor(file));
    for (most, is_over) in [(5, false), (4, true), (usize::MAX, false)] {
        let package = folder.read(with(set, most));
        let (findings, _, complete) = judged(&package);
        assert_eq!(told(&findings).is_some(), is_over, "{most}: {findings:#?}");
        assert_eq!(complete, !is_over);
        if let Some(found) = told(&findings) {
            names(&found.message, "members", most);
            assert_eq!(found.member.as_deref(), Some("f.bin"));
        }
    }
}

/// The texts of a package are kept in memory, so that their limits hold while they are read.
#[test]
fn texts_of_a_package_are_not_kept_above_their_limits() {
    let text = descriptor("");
    let manifest = "x".repeat(300);
    let certificate = "y".repeat(300);
    let tar = |text: &str| {
        Tar::new()
            .file("vm.ovf", text.as_bytes())
            .file("vm.mf", manifest.as_bytes())
            .file("vm.cert", certificate.as_bytes())
            .end()
    };
    let room = |limit: usize| 2 * limit + (64 << 10);
    let long = format!("{text}{}", " ".repeat(room(100) - text.len()));
    type Case<'c> = (&'c str, &'c str, Set, usize, usize, &'c str);
    let cases: [Case<'_>; 3] = [
        ("manifest_bytes", "vm.mf", |limits, value| limits.manifest_bytes = value, 300, 299, &text),
        (
            "certificate_bytes",
            "vm.cert",
            |limits, value| limits.certificate_bytes = value,
            300,
            299,
            &text,
        ),
        ("text_bytes", "vm.ovf", |limits, value| limits.text_bytes = value, 100, 99, &long),
    ];
    for (limit, member, set, enough, less, text) in cases {
        for (value, is_over) in [(enough, false), (less, true), (usize::MAX, false)] {
            let reader = PackageReader::new(Validator::new().limits(with(set, value)));
            let package = reader.archive(&*tar(text)).unwrap();
            let (findings, _, complete) = judged(&package);
            assert_eq!(told(&findings).is_some(), is_over, "{limit} {value}: {findings:#?}");
            if let Some(found) = told(&findings) {
                names(&found.message, limit, value);
                assert_eq!(found.member.as_deref(), Some(member));
                assert!(!complete);
            }
        }
    }
}
