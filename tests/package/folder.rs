//! What is opened of a folder.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::thread::ThreadId;

use ovf::Validator;
use ovf::digest::{Algorithm, Hasher};
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

/// Gives the bytes of its files in pieces of uneven sizes, and panics in one of them if asked to.
struct Uneven {
    memory: Memory,
    panics_in: Option<&'static str>,
}

struct Dribble {
    rest: io::Cursor<Vec<u8>>,
    size: usize,
    panics: bool,
}

impl Read for Dribble {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        assert!(!self.panics || self.rest.position() < 100_000, "it was to panic");
        self.size = self.size * 31 % 70_001 + 1;
        let most = buffer.len().min(self.size);
        self.rest.read(&mut buffer[..most])
    }
}

impl Files for Uneven {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.memory.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let Some(content) = self.memory.files.get(name).cloned() else { return Ok(None) };
        let (size, panics) = (content.len(), self.panics_in == Some(name));
        Ok(Some(Box::new(Dribble { rest: io::Cursor::new(content), size, panics })))
    }
}

/// Long and short files by several algorithms, some of them in pieces.
fn uneven() -> Uneven {
    let mut memory = Memory::default();
    let (mut hrefs, mut list) = (Vec::new(), String::new());
    let lengths = [700_000, 0, 650_000, 1, 64, 900_000, 63, 200_000, 65, 500_000];
    for (at, length) in lengths.into_iter().enumerate() {
        let algorithm = Algorithm::ALL[at % 5].max(Algorithm::Sha1);
        let content: Vec<u8> = (0..=u8::MAX).cycle().skip(at).take(length).collect();
        let pieces: Vec<(String, &[u8])> = if length == 900_000 {
            hrefs
                .push(format!("ovf:href=\"f{at}\" ovf:size=\"{length}\" ovf:chunkSize=\"400000\""));
            let numbered = |(n, piece)| (format!("f{at}.{n:09}"), piece);
            content.chunks(400_000).enumerate().map(numbered).collect()
        } else {
            hrefs.push(format!("ovf:href=\"f{at}\""));
            vec![(format!("f{at}"), &content)]
        };
        for (name, content) in pieces {
            let mut hasher = Hasher::new(algorithm);
            hasher.update(content);
            list += &format!("{}({name})= {}\n", algorithm.name(), hasher.finish());
            memory = memory.with(&name, content);
        }
    }
    let text = descriptor(&hrefs.iter().map(String::as_str).collect::<Vec<_>>());
    list += &manifest(&[("vm.ovf", text.as_bytes())]);
    Uneven { memory: memory.with("vm.ovf", text).with("vm.mf", list), panics_in: None }
}

fn told(files: &mut Uneven, jobs: usize) -> Told {
    let reader = PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(jobs).unwrap());
    Told::of(&reader.folder(files, None).unwrap())
}

#[test]
fn files_read_two_at_a_time_are_each_what_they_are() {
    let mut sound = uneven();
    let one = told(&mut sound, 1);
    assert!(one.verified && one.complete, "{one:#?}");
    assert_eq!(one.files.len(), 14);
    let names: Vec<String> = sound.memory.files.keys().cloned().collect();
    for jobs in [1, 2, 3, 20] {
        assert_eq!(told(&mut sound, jobs), one, "{jobs} jobs");
        for name in names.iter().filter(|name| name.starts_with('f')) {
            let mut damaged = uneven();
            let content = damaged.memory.files.get_mut(name).unwrap();
            let Some(byte) = content.last_mut() else { continue };
            *byte ^= 1;
            let damaged = told(&mut damaged, jobs);
            for (file, state) in &one.files {
                assert_eq!(damaged.state(file) == state, file != name, "{name} changed {file}");
            }
        }
    }
}

#[test]
fn a_panic_of_a_reader_is_passed_on() {
    for name in ["f0", "f2", "f7", "f9"] {
        for jobs in [1, 2, 3, 20] {
            let read = AssertUnwindSafe(|| {
                told(&mut Uneven { panics_in: Some(name), ..uneven() }, jobs);
            });
            assert!(std::panic::catch_unwind(read).is_err(), "{name}, {jobs} jobs");
        }
    }
}

/// Remembers which files are open.
#[derive(Clone, Default)]
struct Open(Arc<Mutex<Vec<String>>>);

impl Open {
    fn now(&self) -> usize {
        let events = self.0.lock().unwrap();
        let ends = events.iter().filter(|event| event.ends_with("closed")).count();
        events.len() - 2 * ends
    }
}

struct Counted {
    file: Box<dyn Read + Send>,
    name: String,
    open: Open,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.open.0.lock().unwrap().push(format!("{} closed", self.name));
    }
}

struct Counting {
    memory: Memory,
    open: Open,
    most: usize,
}

impl Files for Counting {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.memory.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let Some(file) = self.memory.open(name)? else { return Ok(None) };
        self.open.0.lock().unwrap().push(format!("{name} opened"));
        self.most = self.most.max(self.open.now());
        let (name, open) = (name.to_owned(), self.open.clone());
        Ok(Some(Box::new(Counted { file, name, open })))
    }
}

/// While one file is hashed, another is with it, and no more are open than that.
#[test]
fn each_thread_reads_two_files_at_a_time() {
    for jobs in [1, 2, 3] {
        let memory = uneven().memory;
        let mut files = Counting { memory, open: Open::default(), most: 0 };
        let reader = PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(jobs).unwrap());
        assert!(Told::of(&reader.folder(&mut files, None).unwrap()).verified);
        assert!(files.most <= 2 * jobs, "{jobs} jobs: {:#?}", files.open.0);
        // How many of several threads are at it at a time, nobody can say.
        assert!(files.most >= 2, "{jobs} jobs: {:#?}", files.open.0);
        assert_eq!(files.open.now(), 0);
    }
}

/// Remembers on which threads a file is read.
struct Threads {
    memory: Memory,
    seen: Arc<Mutex<BTreeMap<String, HashSet<ThreadId>>>>,
}

struct Seen {
    file: Box<dyn Read + Send>,
    name: String,
    seen: Arc<Mutex<BTreeMap<String, HashSet<ThreadId>>>>,
}

impl Read for Seen {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let thread = std::thread::current().id();
        self.seen.lock().unwrap().entry(self.name.clone()).or_default().insert(thread);
        self.file.read(buffer)
    }
}

impl Files for Threads {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.memory.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let Some(file) = self.memory.open(name)? else { return Ok(None) };
        let (name, seen) = (name.to_owned(), Arc::clone(&self.seen));
        Ok(Some(Box::new(Seen { file, name, seen })))
    }
}

/// The last file is read on one thread and hashed on another, where there is another and where it
/// is worth it.
#[test]
fn a_long_file_that_is_alone_is_read_on_a_thread_of_its_own() {
    const MIB: usize = 1 << 20;
    for (length, jobs, threads) in
        [(5 * MIB, 1, 1), (5 * MIB, 2, 2), (5 * MIB, 8, 2), (1000, 2, 1), (MIB / 2, 2, 1)]
    {
        let text = descriptor(&["ovf:href=\"a\""]);
        let content = vec![1; length];
        let list = manifest(&[("vm.ovf", text.as_bytes()), ("a", &content)]);
        let memory = Memory::default().with("vm.ovf", text).with("vm.mf", list).with("a", content);
        let mut files = Threads { memory, seen: Arc::default() };
        let reader = PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(jobs).unwrap());
        assert!(Told::of(&reader.folder(&mut files, None).unwrap()).verified);
        let seen = files.seen.lock().unwrap();
        assert_eq!(seen["a"].len(), threads, "{length} bytes, {jobs} jobs");
        assert_eq!(seen["vm.ovf"].len(), 1);
    }
}

/// What a `href` is spelled like, with percent signs or without, the first piece says for all.
#[test]
fn pieces_are_spelled_like_the_first() {
    let text = descriptor(&["ovf:href=\"d%20x\" ovf:size=\"20\" ovf:chunkSize=\"10\""]);
    for (first, second, is_read) in [
        ("d%20x.000000000", "d%20x.000000001", true),
        ("d x.000000000", "d x.000000001", true),
        ("d%20x.000000000", "d x.000000001", false),
    ] {
        let mut memory = Memory::default().with("vm.ovf", text.clone());
        memory = memory.with(first, [1; 10]).with(second, [2; 10]);
        let told = memory.told();
        assert_eq!(memory.asked.iter().filter(|name| *name == first).count(), 1);
        assert_eq!(memory.asked.iter().any(|name| name == second), is_read, "{second}");
        assert_eq!(told.codes().contains(&"missing-chunk"), !is_read, "{told:#?}");
    }
}
