//! Archives of which any part can be read: told of them is what is told of the same as a stream.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use ovf::Validator;
use ovf::digest::{Algorithm, Hasher};
use ovf::package::{Package, PackageReader, ReadAt};

use crate::build::{Header, Tar};
use crate::{Told, descriptor, small_ova};

/// Long enough to be read apart from the headers.
const LONG: usize = 70_000;

type Result = std::result::Result<Told, String>;

fn result(package: std::result::Result<Package, ovf::package::ArchiveError>) -> Result {
    package.map(|package| Told::of(&package)).map_err(|error| error.to_string())
}

fn reader(jobs: usize) -> PackageReader {
    PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(jobs).unwrap())
}

fn stream(input: impl Read + Send) -> Result {
    result(reader(1).archive(input))
}

/// What both ways tell, which is the same.
fn both(bytes: &[u8], what: &str) -> Result {
    let told = stream(bytes);
    for jobs in [1, 3] {
        assert_eq!(result(reader(jobs).archive_at(bytes)), told, "{what}, {jobs} jobs");
    }
    told
}

fn content(length: usize, seed: u8) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).map(|at| at ^ seed).collect()
}

fn line(algorithm: Algorithm, name: &str, content: &[u8]) -> String {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(content);
    format!("{}({name})= {}\n", algorithm.name(), hasher.finish())
}

/// Descriptor, manifest and disks of such lengths; the manifest stands at that place.
fn members(lengths: &[usize], algorithm: Algorithm, place: usize) -> Vec<(String, Vec<u8>)> {
    let names: Vec<String> = (0..lengths.len()).map(|at| format!("{at}.bin")).collect();
    let files: Vec<String> = names.iter().map(|name| format!("ovf:href=\"{name}\"")).collect();
    let text = descriptor(&files.iter().map(String::as_str).collect::<Vec<_>>());
    let mut members = vec![("a.ovf".to_owned(), text.into_bytes())];
    for ((name, &length), seed) in names.into_iter().zip(lengths).zip(0..) {
        members.push((name, content(length, seed)));
    }
    let list: String =
        members.iter().map(|(name, content)| line(algorithm, name, content)).collect();
    members.insert(place.min(members.len()), ("a.mf".to_owned(), list.into_bytes()));
    members
}

fn tar(members: &[(String, Vec<u8>)]) -> Tar {
    members.iter().fold(Tar::new(), |tar, (name, content)| tar.file(name, content))
}

#[test]
fn good_archives_are_verified_in_both_ways() {
    assert!(both(&small_ova(), "the example").unwrap().verified);
    let lengths = [LONG, 3, 2 * LONG + 1, LONG * 30, 65_536, 65_537, 0, LONG];
    for algorithm in [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512] {
        for place in [1, 3, usize::MAX] {
            let bytes = tar(&members(&lengths, algorithm, place)).end();
            let told = both(&bytes, &format!("{algorithm} at {place}")).unwrap();
            assert!(told.verified && told.complete, "{algorithm} at {place}: {told:#?}");
        }
    }
}

/// A digest that is not computed before the manifest is known stays unknown, in both ways.
#[test]
fn a_late_manifest_says_nothing_new() {
    for algorithm in [Algorithm::Md5, Algorithm::Sha384] {
        for place in [1, 2, 9] {
            let bytes = tar(&members(&[LONG, LONG], algorithm, place)).end();
            let told = both(&bytes, &format!("{algorithm} at {place}")).unwrap();
            // The descriptor, at least, came before it.
            assert!(!told.verified, "{algorithm} at {place}: {told:#?}");
        }
    }
}

#[test]
fn bad_archives_are_told_in_the_same_words() {
    let members = members(&[LONG, 2 * LONG], Algorithm::Sha256, 1);
    let [descriptor, list, one, two] = &members[..] else { panic!("four members") };
    let add = |tar: Tar, (name, content): &(String, Vec<u8>)| tar.file(name, content);
    let sound = tar(&members);
    let begun = || [descriptor, list, one].into_iter().fold(Tar::new(), add);
    let other = |name: &str| (name.to_owned(), content(LONG, 99));
    let long_padding = || {
        let mut bytes = begun().0;
        *bytes.last_mut().unwrap() = 1;
        Tar(bytes)
    };
    let cases: Vec<(&str, Tar, Option<&str>)> = vec![
        ("no end", sound.clone(), Some("tar-end-missing")),
        ("one block of zeros", sound.clone().raw(&[0; 512]), Some("tar-end-missing")),
        ("data behind", sound.clone().raw(&[0; 1536]).raw(b"x"), Some("data-after-end")),
        ("zeros behind", sound.clone().raw(&[0; 200_000]), None),
        ("other content", add(begun(), &other("1.bin")), Some("digest-mismatch")),
        ("a member twice", add(add(sound.clone(), two), two), Some("duplicate-member")),
        ("a member more", add(sound.clone(), &other("more.bin")), None),
        ("no descriptor", add(Tar::new(), one), Some("no-descriptor")),
        ("no manifest", [descriptor, one].into_iter().fold(Tar::new(), add), None),
        ("a second, long descriptor", add(sound.clone(), &other("b.ovf")), None),
        ("a long manifest of another", add(sound.clone(), &other("b.mf")), None),
        (
            "another manifest in front",
            [&("z.mf".to_owned(), list.1.clone()), descriptor, one, two, list]
                .into_iter()
                .fold(Tar::new(), add),
            None,
        ),
        (
            "only another manifest, behind",
            [descriptor, one, two, &("z.mf".to_owned(), list.1.clone())]
                .into_iter()
                .fold(Tar::new(), add),
            Some("manifest-name-mismatch"),
        ),
        ("filled up with something", add(long_padding(), two), Some("tar-padding-not-zero")),
        ("a directory", add(begun().header(Header::new("d/", 0).flag(b'5')), two), None),
        ("a link", begun().header(Header::new("l", LONG as u64).flag(b'2')), None),
        ("a lying size", begun().header(Header::new("1.bin", 1 << 32)).data(&two.1), None),
        (
            "a size no file has",
            begun()
                .pax(&[("size", "18446744073709549000")])
                .header(Header::new("1.bin", 0))
                .data(&two.1),
            None,
        ),
        ("an extension at the end", begun().pax(&[("path", "x")]), None),
        ("a lone block of zeros", add(begun().raw(&[0; 512]), two), Some("lone-zero-block")),
    ];
    for (what, tar, code) in cases {
        for bytes in [tar.0.clone(), tar.end()] {
            let told = both(&bytes, what).unwrap();
            if let Some(code) = code
                && code != "tar-end-missing"
            {
                assert!(told.codes().contains(&code), "{what}: {told:#?}");
            }
        }
    }
}

#[test]
fn archives_cut_anywhere_are_told_in_the_same_words() {
    let bytes = tar(&members(&[LONG, 3 * LONG, 10], Algorithm::Sha256, 1)).end();
    let header = |at: usize| at.is_multiple_of(512).then_some([at.wrapping_sub(1), at, at + 1]);
    // Around the places where something begins or ends, and here and there.
    let edges = (0..bytes.len()).filter_map(header).flatten().filter(|at| at % 7 == 0);
    for at in edges.chain((0..bytes.len()).step_by(4_999)) {
        let told = both(bytes.get(..at).unwrap_or_default(), &format!("cut at {at}"));
        assert!(at + 1024 >= bytes.len() || !told.is_ok_and(|told| told.verified));
    }
}

#[test]
fn changed_headers_are_told_in_the_same_words() {
    let members = members(&[LONG, 66_000, 5, LONG], Algorithm::Sha1, 3);
    let bytes = tar(&members).end();
    let mut headers = vec![0];
    for (_, content) in &members {
        headers.push(headers[headers.len() - 1] + 512 + content.len().next_multiple_of(512));
    }
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut refused = 0;
    for _ in 0..400 {
        let mut changed = bytes.clone();
        let header = headers[random(headers.len())];
        // The fields that say how to go on: size, flag, magic, prefix.
        let field = [0, 124, 134, 135, 156, 257, 345][random(7)];
        changed[header + field + random(2)] = [0, b'0', b'1', b'7', b'x', 0x80, 0xFF][random(7)];
        let block = &mut changed[header..header + 512];
        let mut told = Header { block: [0; 512] };
        told.block.copy_from_slice(block);
        block.copy_from_slice(&told.sealed());
        refused +=
            u32::from(!both(&changed, &format!("{field} of {header}")).is_ok_and(|it| it.complete));
    }
    assert!(refused > 50, "{refused} of them could not be read to the end");
}

/// Remembers what was read, and does as told from some offset on.
struct Watched<'b> {
    bytes: &'b [u8],
    read: Mutex<Vec<(u64, u64)>>,
    /// Bytes after which the file ends, for those who ask late.
    end: AtomicU64,
    /// Reads after which it does.
    left: AtomicU64,
    /// From where on it cannot be read.
    bad: u64,
}

impl<'b> Watched<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            read: Mutex::default(),
            end: AtomicU64::new(u64::MAX),
            left: AtomicU64::new(u64::MAX),
            bad: u64::MAX,
        }
    }
}

impl ReadAt for Watched<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let is_late = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_err();
        let end = if is_late { self.end.load(Ordering::SeqCst) } else { u64::MAX };
        if offset >= self.bad {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let most = end.min(self.bad).saturating_sub(offset).min(buffer.len() as u64);
        let count = self.bytes.read_at(&mut buffer[..usize::try_from(most).unwrap()], offset)?;
        self.read.lock().unwrap().push((offset, count as u64));
        Ok(count)
    }
}

#[test]
fn each_byte_is_read_once() {
    for bytes in [
        small_ova(),
        tar(&members(&[LONG, 3_000_000, 0, 20, LONG, LONG], Algorithm::Sha256, 1)).end(),
    ] {
        for jobs in [1, 2, 4] {
            let input = Watched::new(&bytes);
            assert!(result(reader(jobs).archive_at(&input)).unwrap().verified);
            let mut read = input.read.into_inner().unwrap();
            // In pieces that are worth it: a header, what is short with the header after it, a mebibyte.
            assert!(read.len() < 50, "{jobs} jobs: {} reads", read.len());
            read.sort_unstable();
            let mut next = 0;
            for (offset, count) in read {
                assert_eq!(offset, next, "{jobs} jobs");
                next += count;
            }
            assert_eq!(next, bytes.len() as u64);
        }
    }
}

#[test]
fn files_and_slices_can_be_read_at_any_place() {
    let bytes = small_ova();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/packages/small.ova");
    let file = std::fs::File::open(path).unwrap();
    for read in [
        reader(2).archive_at(&file),
        reader(2).archive_at(&&file),
        reader(2).archive_at(&bytes),
        reader(2).archive_at(&bytes[..]),
    ] {
        assert!(result(read).unwrap().verified);
    }
    // Beyond the end there is nothing, wherever that is.
    for offset in [bytes.len() as u64, u64::MAX] {
        assert_eq!(bytes.read_at(&mut [0], offset).unwrap(), 0);
        assert_eq!(file.read_at(&mut [0], offset.min(1 << 40)).unwrap(), 0);
    }
}

#[test]
fn an_error_is_the_same_wherever_it_comes() {
    let bytes = tar(&members(&[LONG, 3_000_000, LONG, LONG], Algorithm::Sha256, 1)).end();
    for bad in (0..bytes.len()).step_by(99_991) {
        let before = &bytes[..bad];
        let told = stream(before.chain(Fails));
        assert!(told.is_err(), "byte {bad}");
        for jobs in [1, 3] {
            let input = Watched { bad: bad as u64, ..Watched::new(&bytes) };
            assert_eq!(result(reader(jobs).archive_at(&input)), told, "byte {bad}, {jobs} jobs");
        }
    }
}

struct Fails;

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

/// A file that grows shorter is one that ends somewhere, and nothing behind that is believed.
#[test]
fn an_archive_that_shrinks_meanwhile_is_never_good() {
    let bytes = tar(&members(&[LONG, 3_000_000, LONG, LONG], Algorithm::Sha256, 1)).end();
    for end in [700, 60_000, 100_000, 1_000_000, 3_100_000, bytes.len() - 2_000] {
        for left in 0..24 {
            for jobs in [1, 3] {
                let input = Watched::new(&bytes);
                input.end.store(end as u64, Ordering::SeqCst);
                input.left.store(left, Ordering::SeqCst);
                let told = result(reader(jobs).archive_at(&input));
                let lost: u64 = input.read.into_inner().unwrap().iter().map(|read| read.1).sum();
                if let Ok(told) = told {
                    let is_whole = lost == bytes.len() as u64;
                    assert!(is_whole || !told.verified, "{end}, {left}, {jobs}: {told:#?}");
                    assert!(
                        is_whole || !told.findings.is_empty(),
                        "{end}, {left}, {jobs}: {told:#?}"
                    );
                }
            }
        }
    }
}

/// A signal interrupts every other read.
struct Interrupts<'b>(&'b [u8], AtomicU64);

impl ReadAt for Interrupts<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        if self.1.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.0.read_at(buffer, offset)
    }
}

#[test]
fn what_is_interrupted_is_read_again() {
    let bytes = tar(&members(&[LONG; 5], Algorithm::Sha256, 1)).end();
    for jobs in [1, 3] {
        let told = result(reader(jobs).archive_at(&Interrupts(&bytes, AtomicU64::new(0))));
        assert_eq!(told, stream(&*bytes), "{jobs} jobs");
        assert!(told.unwrap().verified);
    }
}

/// Claims to have read more than there was room for.
struct Boasts<'b>(&'b [u8], u64);

impl ReadAt for Boasts<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let count = self.0.read_at(buffer, offset)?;
        Ok(if offset >= self.1 { buffer.len() + 1 } else { count })
    }
}

#[test]
fn a_reader_that_boasts_is_refused() {
    let bytes = tar(&members(&[LONG, LONG], Algorithm::Sha256, 1)).end();
    for from in [0, 1, 40_000, 100_000, bytes.len() as u64] {
        let told = result(reader(2).archive_at(&Boasts(&bytes, from)));
        assert!(told.is_err_and(|error| error.contains("broken")), "from {from}");
    }
}
