//! Readers that fail, end too early, or give a byte at a time: never a good verdict, and never a hang.

use std::io::{self, Read};

use ovf::Validator;
use ovf::digest::{Algorithm, Hasher};
use ovf::package::{Files, PackageReader};

use crate::build::{Header, Tar};
use crate::{Memory, Told, archive, descriptor, reading};

/// Gives so many bytes of a text, then an error, or the end.
struct Interrupted<'b> {
    rest: &'b [u8],
    failure: Option<io::ErrorKind>,
    /// Bytes a call gives at most.
    piece: usize,
}

impl<'b> Interrupted<'b> {
    fn after(bytes: &'b [u8], at: usize, failure: Option<io::ErrorKind>) -> Self {
        Self { rest: &bytes[..at], failure, piece: usize::MAX }
    }
}

impl Read for Interrupted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.failure {
            Some(kind) if self.rest.is_empty() => Err(kind.into()),
            _ => {
                let most = buffer.len().min(self.piece);
                self.rest.read(&mut buffer[..most])
            }
        }
    }
}

/// Writes the headers of a member and its content.
type Headers = fn(Tar, &str, &[u8]) -> Tar;

/// A package: its files in order, and how its archive is written.
struct Shape {
    files: Vec<(String, Vec<u8>)>,
    headers: Headers,
}

fn digest(algorithm: Algorithm, content: &[u8]) -> String {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(content);
    hasher.finish().to_string()
}

/// Thirty packages: three digests, two orders, and five ways to write a header.
fn shapes() -> Vec<Shape> {
    const HEADERS: [Headers; 5] = [
        |tar, name, content| tar.file(name, content),
        |tar, name, content| {
            tar.header(Header::new(name, content.len() as u64).gnu()).data(content)
        },
        |tar, name, content| {
            tar.pax(&[("path", name)])
                .header(Header::new("short", content.len() as u64))
                .data(content)
        },
        |tar, name, content| {
            tar.long_name(name)
                .header(Header::new("short", content.len() as u64).gnu())
                .data(content)
        },
        |tar, name, content| {
            let mut size = [0; 12];
            size[0] = 0x80;
            size[4..].copy_from_slice(&(content.len() as u64).to_be_bytes());
            tar.header(Header::new(name, 0).gnu().base_256(size)).data(content)
        },
    ];
    let mut shapes = Vec::new();
    for (at, headers) in HEADERS.into_iter().enumerate() {
        for algorithm in [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512] {
            for manifest_last in [false, true] {
                let disk: Vec<u8> = (0..=u8::MAX).cycle().take(300 + 100 * at).collect();
                let text = descriptor(&["ovf:href=\"a.bin\""]).into_bytes();
                let line = |name: &str, content: &[u8]| {
                    format!("{}({name})= {}\n", algorithm.name(), digest(algorithm, content))
                };
                let list = line("a.ovf", &text) + &line("a.bin", &disk);
                let mut files = vec![
                    ("a.ovf".to_owned(), text),
                    ("a.mf".to_owned(), list.into_bytes()),
                    ("a.bin".to_owned(), disk),
                ];
                if manifest_last {
                    files.swap(1, 2);
                }
                shapes.push(Shape { files, headers });
            }
        }
    }
    shapes
}

impl Shape {
    fn archive(&self) -> Vec<u8> {
        self.files
            .iter()
            .fold(Tar::new(), |tar, (name, content)| (self.headers)(tar, name, content))
            .end()
    }
}

/// Where to interrupt: everywhere when `OVF_EVERY_BYTE` is set, else at some five places of a block.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).step_by(if std::env::var_os("OVF_EVERY_BYTE").is_some() { 1 } else { 97 })
}

fn told(input: impl Read + Send) -> Option<Told> {
    PackageReader::new(Validator::new()).archive(input).ok().map(|package| Told::of(&package))
}

#[test]
fn an_archive_that_fails_or_ends_is_never_good() {
    let shapes = shapes();
    assert_eq!(shapes.len(), 30);
    let mut runs = 0_u32;
    for shape in &shapes {
        let bytes = shape.archive();
        let sound = archive(&bytes);
        assert!(sound.verified && sound.complete, "{sound:#?}");
        // Behind the last member there are only the two blocks of zeros that mark the end.
        for at in places(bytes.len() - 1024) {
            for failure in [
                None,
                Some(io::ErrorKind::UnexpectedEof),
                Some(io::ErrorKind::ConnectionReset),
                Some(io::ErrorKind::WouldBlock),
            ] {
                runs += 1;
                let Some(told) = told(Interrupted::after(&bytes, at, failure)) else { continue };
                assert!(failure.is_none(), "byte {at}: {failure:?} was not told");
                // All there is may be verified when the padding of the last member is cut off: then that is told.
                let is_told = told.findings.len() > sound.findings.len() || !told.complete;
                assert!(is_told, "byte {at}: {told:#?}");
            }
        }
    }
    println!("{runs} archives interrupted");
}

#[test]
fn an_archive_in_small_pieces_is_the_same() {
    for shape in shapes() {
        let bytes = shape.archive();
        let whole = archive(&bytes);
        for piece in [1, 2, 511, 513] {
            let input = Interrupted { rest: &bytes, failure: None, piece };
            assert_eq!(reading(input), whole);
        }
    }
}

/// A folder one of whose files fails, or ends, somewhere.
struct Failing {
    memory: Memory,
    name: String,
    at: usize,
    failure: Option<io::ErrorKind>,
}

impl Files for Failing {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.memory.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let Some(file) = self.memory.open(name)? else { return Ok(None) };
        if name != self.name {
            return Ok(Some(file));
        }
        let begin = file.take(self.at as u64);
        Ok(Some(match self.failure {
            None => Box::new(begin),
            Some(kind) => Box::new(begin.chain(Broken(kind))),
        }))
    }
}

struct Broken(io::ErrorKind);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

#[test]
fn a_folder_whose_files_fail_or_end_is_never_good() {
    let mut runs = 0_u32;
    for shape in shapes().into_iter().take(6) {
        let memory = shape
            .files
            .iter()
            .fold(Memory::default(), |memory, (name, content)| memory.with(name, content.clone()));
        for (name, content) in &shape.files {
            for at in places(content.len()) {
                for failure in [None, Some(io::ErrorKind::TimedOut), Some(io::ErrorKind::Other)] {
                    runs += 1;
                    let mut files =
                        Failing { memory: memory.clone(), name: name.clone(), at, failure };
                    let reader = PackageReader::new(Validator::new());
                    let Ok(package) = reader.folder(&mut files, None) else { continue };
                    let told = Told::of(&package);
                    assert!(!told.verified, "{name}, byte {at}, {failure:?}: {told:#?}");
                }
            }
        }
    }
    println!("{runs} folders interrupted");
}

/// What is read of a file that fails is compared with nothing, and the files around it with what is
/// listed for them.
#[test]
fn a_file_that_fails_is_not_called_changed_nor_absent() {
    let contents = ["a", "b", "c"].map(|name| (name, name.repeat(1000)));
    let hrefs = contents.clone().map(|(name, _)| format!("ovf:href=\"{name}\""));
    let text = descriptor(&hrefs.each_ref().map(String::as_str));
    let mut listed = vec![("vm.ovf", text.as_bytes())];
    listed.extend(contents.iter().map(|(name, content)| (*name, content.as_bytes())));
    let list = crate::manifest(&listed);
    let memory = listed
        .iter()
        .fold(Memory::default(), |memory, (name, content)| memory.with(name, *content))
        .with("vm.mf", list);
    for at in [0, 1, 500, 1000] {
        let failure = Some(io::ErrorKind::TimedOut);
        let mut files = Failing { memory: memory.clone(), name: "b".to_owned(), at, failure };
        let reader = PackageReader::new(Validator::new());
        let told = Told::of(&reader.folder(&mut files, None).unwrap());
        let states = ["vm.ovf", "a", "b", "c"].map(|name| told.state(name));
        let verified = "verified SHA256";
        assert_eq!(states, [verified, verified, "unreadable", verified], "byte {at}");
        let codes = told.codes();
        assert!(codes.contains(&"file-not-read-to-its-end"), "byte {at}: {told:#?}");
        assert!(!codes.contains(&"digest-mismatch"), "byte {at}: {told:#?}");
        assert!(!codes.contains(&"listed-file-absent"), "byte {at}: {told:#?}");
    }
}

/// Claims to have read more than there was room for.
struct Boasts<R>(R, usize);

impl<R: Read> Read for Boasts<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        match self.1.checked_sub(count) {
            Some(left) => {
                self.1 = left;
                Ok(count)
            }
            None => Ok(buffer.len() + 1),
        }
    }
}

impl Files for Boasts<Memory> {
    fn list(&mut self) -> io::Result<Vec<String>> {
        self.0.list()
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let file = self.0.open(name)?;
        let before = if name == "a.bin" { self.1 } else { usize::MAX };
        Ok(file.map(|file| Box::new(Boasts(file, before)) as Box<dyn Read + Send>))
    }
}

#[test]
fn a_reader_that_boasts_is_refused() {
    let disk = vec![1; 200_000];
    let text = descriptor(&["ovf:href=\"a.bin\""]);
    let bytes = Tar::new().file("a.ovf", text.as_bytes()).file("a.bin", &disk).end();
    for before in [0, 1, 70_000, 199_999] {
        let reader = PackageReader::new(Validator::new());
        let error = reader.archive(Boasts(&*bytes, before)).unwrap_err();
        assert_eq!(error.to_string(), "the archive could not be read: its reader is broken");
        let memory = Memory::default().with("a.ovf", text.clone()).with("a.bin", disk.clone());
        let package = reader.folder(&mut Boasts(memory, before), None).unwrap();
        let told = Told::of(&package);
        assert_eq!(told.state("a.bin"), "unreadable", "after {before} bytes");
        let says = |message: &String| message.ends_with("its reader is broken");
        assert!(told.findings.iter().any(|(_, _, message, _)| says(message)), "{told:#?}");
    }
}
