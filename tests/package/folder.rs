//! What is opened of a folder.

use std::io::{self, Read};
use std::num::NonZeroUsize;

use ovf::Validator;
use ovf::package::{Files, PackageReader};

use crate::{Memory, Told, descriptor, manifest, small};

/// A folder that panics when it is asked for what a package must not name.
struct Guarded(Memory);

impl Files for Guarded {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.0.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        assert_eq!(ovf::value::path::check(name), Ok(()), "asked for {name:?}");
        assert!(!name.contains("://"), "asked for {name:?}");
        self.0.open(name)
    }
}

#[test]
fn only_safe_names_are_opened() {
    let hrefs = [
        "../out.vmdk",
        "/etc/passwd",
        "..%2fout",
        "%2e%2e/out",
        "C:\\out",
        "c:out",
        "\\\\host\\share",
        "//host/share",
        "http://example.com/a.vmdk",
        "https://example.com/a",
        "file:///etc/passwd",
        "ftp://example.com/a",
        "a/../../out",
        "a/./b",
        "CON",
        "aux.vmdk",
        "a\u{202E}b",
        "a%00b",
        "a:stream",
        ".",
        "..",
        "a/",
        "$(id)",
        "*",
        "ok.vmdk",
    ];
    let files: Vec<String> = hrefs.iter().map(|href| format!("ovf:href=\"{href}\"")).collect();
    let text = descriptor(&files.iter().map(String::as_str).collect::<Vec<_>>());
    let list: String =
        hrefs.iter().map(|href| format!("SHA256({href})= {}\n", "0".repeat(64))).collect();
    let memory = Memory::default().with("vm.ovf", text).with("vm.mf", list).with("ok.vmdk", "x");
    let mut guarded = Guarded(memory);
    let package = PackageReader::new(Validator::new()).folder(&mut guarded, None).unwrap();
    let told = Told::of(&package);
    assert!(!told.verified);
    assert!(guarded.0.asked.iter().any(|name| name == "ok.vmdk"));
    assert_eq!(told.state("http://example.com/a.vmdk"), "not checked (remote)");
    assert_eq!(told.state("../out.vmdk"), "not checked (unsafe name)");
}

#[test]
fn each_file_is_opened_once() {
    let mut memory = Memory::default();
    for (name, content) in small() {
        memory = memory.with(name, content);
    }
    assert!(memory.told().verified);
    let mut asked = memory.asked.clone();
    asked.sort();
    assert_eq!(asked, ["small-disk1.vmdk", "small.mf", "small.ovf"]);
}

#[test]
fn the_report_does_not_depend_on_the_number_of_jobs() {
    let names: Vec<String> = (0..50).map(|at| format!("f{at}.bin")).collect();
    let contents: Vec<Vec<u8>> = (0..50_u8).map(|at| vec![at; 1000 * usize::from(at)]).collect();
    let hrefs: Vec<String> = names.iter().map(|name| format!("ovf:href=\"{name}\"")).collect();
    let text = descriptor(&hrefs.iter().map(String::as_str).collect::<Vec<_>>());
    let mut listed: Vec<(&str, &[u8])> = vec![("vm.ovf", text.as_bytes())];
    listed.extend(names.iter().zip(&contents).map(|(name, content)| (&**name, &**content)));
    let mut memory =
        Memory::default().with("vm.ovf", text.clone()).with("vm.mf", manifest(&listed));
    for (name, content) in names.iter().zip(&contents) {
        memory = memory.with(name, content.clone());
    }
    let one = memory.told();
    assert!(one.verified, "{one:#?}");
    for jobs in [2, 3, 16, 100] {
        let reader = PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(jobs).unwrap());
        assert_eq!(Told::of(&reader.folder(&mut memory, None).unwrap()), one, "{jobs} jobs");
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_told() {
    struct Locked(Memory);
    impl Files for Locked {
        fn list(&mut self) -> io::Result<Vec<String>> {
            self.0.list()
        }

        fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
            if name.ends_with(".vmdk") {
                return Err(io::Error::other("it is a link that leads out of the folder"));
            }
            self.0.open(name)
        }
    }
    let mut memory = Memory::default();
    for (name, content) in small() {
        memory = memory.with(name, content);
    }
    let reader = PackageReader::new(Validator::new());
    let told = Told::of(&reader.folder(&mut Locked(memory), None).unwrap());
    assert!(!told.verified && !told.complete);
    assert_eq!(told.state("small-disk1.vmdk"), "unreadable");
    assert!(told.codes().contains(&"unreadable-file"), "{told:#?}");
}
