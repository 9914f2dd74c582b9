//! Verifying takes no more memory for a bigger disk. In a test binary of its own, because the
//! allocator counts for all threads.
#![allow(missing_docs, unreachable_pub, reason = "a test that panics has failed")]

#[path = "container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;

use std::io::{self, Read};
use std::num::NonZeroUsize;

use ovf::Validator;
use ovf::package::{Package, PackageReader, ReadAt};

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

#[test]
fn memory_is_constant() {
    // As many bytes as can be hashed in a test; a release build does fifty times more.
    let size: u64 = if cfg!(debug_assertions) { 2 << 30 } else { 100 << 30 };
    let text = b"<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"/>";
    let header = build::Tar::new()
        .file("vm.ovf", text)
        .file("vm.mf", format!("SHA1(disk.vmdk)= {}\n", "0".repeat(40)).as_bytes())
        .pax(&[("size", &size.to_string())])
        .header(build::Header::new("disk.vmdk", if size > 0o777_7777_7777 { 0 } else { size }))
        .0;
    let stream = header.as_slice().chain(io::repeat(0).take(size + 1024));
    measured(size, 6 << 20, || PackageReader::new(Validator::new()).archive(stream).unwrap());
    let file = Zeros { header: &header, length: header.len() as u64 + size + 1024 };
    for jobs in [1, 3] {
        let reader = PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(jobs).unwrap());
        measured(size, 6 << 20, || reader.archive_at(&file).unwrap());
    }
    // Many members on two threads: two buffers each, and three more for the one that is left.
    let header = (0..9).fold(build::Tar::new().file("vm.ovf", text), |tar, at| {
        tar.file(&format!("{at}.vmdk"), &vec![0; 2 << 20])
    });
    let header = header.header(build::Header::new("disk.vmdk", 32 << 20)).0;
    let file = Zeros { header: &header, length: header.len() as u64 + (32 << 20) + 1024 };
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let reader = PackageReader::new(Validator::new()).jobs(NonZeroUsize::new(2).unwrap());
    assert!(reader.archive_at(&file).unwrap().is_whole());
    let peak = MEMORY.peak_usage() - before;
    assert!(peak < 8 << 20, "{peak} bytes");
}

/// A header and zeros behind it, as a file that takes no room.
struct Zeros<'h> {
    header: &'h [u8],
    length: u64,
}

impl ReadAt for Zeros<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.length.saturating_sub(offset)).unwrap());
        let head = self.header.read_at(&mut buffer[..most], offset)?;
        buffer[head..most].fill(0);
        Ok(most)
    }
}

fn measured(size: u64, most: usize, read: impl FnOnce() -> Package) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let package = read();
    let texts = package.texts();
    let report = package.check(&texts);
    let peak = MEMORY.peak_usage() - before;
    assert!(package.is_whole() && !report.is_verified());
    let disk = report.files().iter().find(|file| file.name == "disk.vmdk").unwrap();
    assert_eq!((disk.bytes, disk.status.as_str()), (Some(size), "mismatch"));
    assert!(peak < most, "{peak} bytes");
}
