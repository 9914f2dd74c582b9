//! One pass: each byte once, in whatever pieces.

use std::io::{self, Read};

use crate::{archive, reading, small_ova};

/// Gives its bytes in pieces of the sizes told, then one by one. It cannot seek.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: std::vec::IntoIter<usize>,
    rest: usize,
    given: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes.next().unwrap_or(self.rest).min(buffer.len());
        let count = self.bytes.get(..size).unwrap_or(self.bytes).read(buffer)?;
        self.bytes = &self.bytes[count..];
        self.given += count;
        Ok(count)
    }
}

#[test]
fn the_report_does_not_depend_on_the_pieces() {
    let bytes = small_ova();
    let whole = archive(&bytes);
    assert!(whole.verified, "{whole:#?}");
    for cut in 1..bytes.len() {
        let pieces =
            Pieces { bytes: &bytes, sizes: vec![cut].into_iter(), rest: bytes.len(), given: 0 };
        assert_eq!(reading(pieces), whole, "cut at {cut}");
    }
    for rest in [1, 7, 511, 513] {
        let pieces = Pieces { bytes: &bytes, sizes: Vec::new().into_iter(), rest, given: 0 };
        assert_eq!(reading(pieces), whole, "pieces of {rest}");
    }
}

#[test]
fn each_byte_is_read_once() {
    let bytes = small_ova();
    let mut pieces =
        Pieces { bytes: &bytes, sizes: Vec::new().into_iter(), rest: 1 << 20, given: 0 };
    assert!(reading(&mut pieces).verified);
    assert_eq!(pieces.given, bytes.len());
}

/// Cut anywhere, nothing is verified, and no file that was not seen is called absent.
#[test]
fn a_package_cut_short_is_never_verified() {
    let bytes = small_ova();
    let end = bytes.iter().rposition(|&byte| byte != 0).unwrap();
    for cut in (512..end.next_multiple_of(512)).step_by(64) {
        let told = archive(&bytes[..cut]);
        assert!(!told.verified, "cut at {cut}: {told:#?}");
        // Between two members it looks like an archive without its end.
        if told.complete {
            assert!(told.codes().contains(&"tar-end-missing"), "cut at {cut}: {told:#?}");
            continue;
        }
        assert!(told.files.iter().all(|(_, state)| state != "absent"), "cut at {cut}: {told:#?}");
    }
}
