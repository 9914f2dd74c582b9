//! The same bytes in other pieces are the same archive; a broken input is never a sound one.

use std::io::{self, Read};

use proptest::prelude::*;

use crate::build::{Header, Tar};
use crate::{Told, read};
use ovf::package::{Event, Findings, Outcome, Parser};

/// An archive with everything in it that takes a state of its own.
fn rich() -> Vec<u8> {
    Tar::new()
        .file("vm.ovf", b"<Envelope/>")
        .pax(&[("path", "d.vmdk"), ("comment", &"c".repeat(520))])
        .file("short", &[1; 1300])
        .long_name(&"n".repeat(150))
        .file("short", &[2; 512])
        .empty("e")
        .header(Header::new("padded", 1))
        .raw(&[b'x'; 512])
        .header(Header::new("f/", 0).flag(b'5'))
        .raw(&[0; 300])
        .end()
}

/// Gives the bytes in pieces of these lengths, over and over, with interruptions between them.
struct Pieces<'a> {
    rest: &'a [u8],
    lengths: &'a [usize],
    at: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.lengths[self.at % self.lengths.len()];
        self.at += 1;
        if length == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = length.min(self.rest.len()).min(buffer.len());
        let (now, rest) = self.rest.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.rest = rest;
        Ok(count)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn short_reads_change_nothing(mut lengths in proptest::collection::vec(0_usize..700, 1..20), broken in any::<Option<(prop::sample::Index, u8)>>()) {
        // At least one piece must not be an interruption.
        lengths.push(13);
        let mut archive = rich();
        if let Some((at, byte)) = broken {
            let at = at.index(archive.len());
            archive[at] = byte;
        }
        let whole = read(archive.as_slice());
        let pieces = read(Pieces { rest: &archive, lengths: &lengths, at: 0 });
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        read(bytes.as_slice());
        // Behind a sound header much more is looked at.
        let mut archive = Tar::with_descriptor().header(Header::new("x", 400).flag(b'x')).0;
        archive.extend(bytes);
        read(archive.as_slice());
    }
}

#[test]
fn one_byte_at_a_time() {
    let archive = rich();
    assert_eq!(read(archive.as_slice()), read(Pieces { rest: &archive, lengths: &[1], at: 0 }));
    assert!(read(archive.as_slice()).complete);
}

/// Gives the first bytes, then fails.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            return Err(io::Error::other("the disk is gone"));
        }
        self.0.read(buffer)
    }
}

#[test]
fn an_input_that_fails_is_never_a_sound_archive() {
    let archive = rich();
    for end in 0..archive.len() {
        let told = read(Failing(&archive[..end]));
        assert!(told.error.is_some_and(|error| error.contains("the disk is gone")), "at {end}");
        assert!(!told.complete && told.outcome != Some(Outcome::Complete), "at {end}");
    }
}

#[test]
fn an_input_that_ends_early_is_never_a_sound_archive() {
    let archive = rich();
    let whole = read(archive.as_slice());
    // The two blocks of zeros end the archive; zeros behind them may be fewer.
    let end_of_archive = archive.len() - 1324 + 1024;
    let mut ends_without_mark = 0;
    for end in 0..end_of_archive {
        let told = read(&archive[..end]);
        let codes = told.codes();
        if told.error.is_some() {
            assert!(end < 512 && !told.complete, "at {end}: {told:?}");
        } else if codes.contains(&"tar-truncated") {
            assert!(!told.complete, "at {end}");
        } else {
            assert!(codes.contains(&"tar-end-missing"), "at {end}: {codes:?}");
            ends_without_mark += 1;
        }
        for (cut, sound) in told.members.iter().zip(&whole.members) {
            let is_cut = told.cut.as_ref() == Some(&cut.0) || told.error.is_some();
            assert!(is_cut || cut == sound, "at {end}: a member is short and nobody says so");
        }
    }
    // After each of six members, and after the first block of zeros.
    assert_eq!(ends_without_mark, 7);
}

/// A reader may fill the whole buffer; one that claims more, or fails, is not asked again.
#[test]
fn what_a_reader_claims_is_looked_at() {
    struct Claims<'a> {
        rest: &'a [u8],
        more: usize,
        is_over: bool,
    }
    impl Read for Claims<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            assert!(!self.is_over, "it is asked again");
            let count = self.rest.read(buffer)?;
            if self.more == 0 || count == 0 {
                return Ok(count);
            }
            self.is_over = true;
            Ok(buffer.len() + self.more)
        }
    }
    let archive = Tar::new().file("a", &vec![1; 3 << 20]).end();
    let mut whole = ovf::package::Archive::new(Claims { rest: &archive, more: 0, is_over: false });
    while whole.next_member().unwrap().is_some() {}
    assert!(whole.is_complete());
    for more in [1, 1 << 20] {
        let input = Claims { rest: &archive, more, is_over: false };
        let error = ovf::package::Archive::new(input).next_member().unwrap_err();
        assert!(
            matches!(&error, ovf::package::ArchiveError::Io(why) if why.kind() == io::ErrorKind::InvalidData),
            "{error}"
        );
    }

    struct Once(bool);
    impl Read for Once {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            assert!(!std::mem::replace(&mut self.0, true), "it is asked again");
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let error = ovf::package::Archive::new(Once(false)).next_member().unwrap_err();
    assert!(
        matches!(&error, ovf::package::ArchiveError::Io(why) if why.kind() == io::ErrorKind::ConnectionReset),
        "{error}"
    );
}

#[test]
fn leaving_out_content_reads_the_same_members() {
    let archive = rich();
    let mut lazy = ovf::package::Archive::new(archive.as_slice());
    let mut names = Vec::new();
    while let Some(member) = lazy.next_member().unwrap() {
        names.push(member.name);
    }
    let eager = read(archive.as_slice());
    assert_eq!(names, eager.names());
    assert!(lazy.is_complete());
    assert_eq!(lazy.findings().list(), eager.findings);
    assert_eq!(lazy.offset(), archive.len() as u64);
}

#[test]
fn an_archive_that_is_dropped_half_way_is_not_complete() {
    let archive = rich();
    let mut archive = ovf::package::Archive::new(archive.as_slice());
    archive.next_member().unwrap().unwrap();
    archive.data().unwrap();
    assert!(!archive.is_complete());
    assert_eq!(archive.outcome(), None);
}

#[test]
fn the_parser_says_the_same_without_a_reader() {
    let archive = rich();
    let Told { findings: wanted, members, .. } = read(archive.as_slice());
    let mut findings = Findings::default();
    let mut parser = Parser::new(&ovf::Limits::default());
    let mut content = Vec::new();
    let mut ended = 0;
    for piece in archive.chunks(100) {
        let mut rest = piece;
        loop {
            let (consumed, event) = parser.parse(rest, &mut findings);
            let (now, after) = rest.split_at(consumed);
            rest = after;
            match event {
                Event::More => break,
                Event::Data => content.extend_from_slice(now),
                Event::MemberEnd => ended += 1,
                Event::Member(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(rest.is_empty());
    }
    assert_eq!(parser.finish(&mut findings), Outcome::Complete);
    assert_eq!(findings.list(), wanted);
    assert_eq!(ended, members.len());
    assert_eq!(
        content,
        members.iter().flat_map(|(.., content)| content.clone()).collect::<Vec<u8>>()
    );
}
