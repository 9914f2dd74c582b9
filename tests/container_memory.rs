//! Memory does not grow with the size of a member: goal of a reader that takes disks of any size.
//! In a test binary of its own, because the allocator counts for all threads.
#![allow(
    clippy::cast_possible_truncation,
    missing_docs,
    unreachable_pub,
    reason = "a test that panics has failed"
)]

#[path = "container/build.rs"]
#[allow(dead_code, reason = "shared with the other container tests")]
mod build;

use std::io::{self, Read};

use ovf::package::{Archive, Data};

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

/// A header, so many zeros, and the end: an archive that takes no room.
struct Huge<'a> {
    header: &'a [u8],
    zeros: u64,
    given: u64,
}

impl Read for Huge<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = if self.header.is_empty() {
            let count = self.zeros.min(buffer.len() as u64) as usize;
            buffer[..count].fill(0);
            self.zeros -= count as u64;
            count
        } else {
            self.header.read(buffer)?
        };
        self.given += count as u64;
        Ok(count)
    }
}

#[test]
fn memory_is_constant() {
    // 100 GiB take a few seconds in a release build; a debug build shows the same with 2.
    let size: u64 = if cfg!(debug_assertions) { 2 << 30 } else { 100 << 30 };
    let header = build::Tar::with_descriptor()
        .pax(&[("size", &size.to_string())])
        .header(build::Header::new("disk.vmdk", if size > 0o777_7777_7777 { 0 } else { size }))
        .0;
    let mut input = Huge { header: &header, zeros: size + 1024, given: 0 };
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let mut archive = Archive::new(&mut input);
    let mut content = 0_u64;
    while archive.next_member().unwrap().is_some() {
        while let Data::Piece(bytes) = archive.data().unwrap() {
            content += bytes.len() as u64;
        }
    }
    assert!(archive.is_complete());
    let peak = MEMORY.peak_usage() - before;
    drop(archive);
    assert_eq!(content, size + "<Envelope/>".len() as u64);
    assert_eq!(input.given, header.len() as u64 + size + 1024);
    assert!(peak < 2 << 20, "{peak} bytes");
}
