//! Verifying takes no more memory for a bigger disk. In a test binary of its own, because the
//! allocator counts for all threads.
#![allow(missing_docs, unreachable_pub, reason = "a test that panics has failed")]

#[path = "container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;

use std::io::Read;

use ovf::Validator;
use ovf::package::PackageReader;

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
    let input = header.as_slice().chain(std::io::repeat(0).take(size + 1024));
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let package = PackageReader::new(Validator::new()).archive(input).unwrap();
    let texts = package.texts();
    let report = package.check(&texts);
    let peak = MEMORY.peak_usage() - before;
    assert!(package.is_whole() && !report.is_verified());
    let disk = report.files().iter().find(|file| file.name == "disk.vmdk").unwrap();
    assert_eq!((disk.bytes, disk.status.as_str()), (Some(size), "mismatch"));
    assert!(peak < 6 << 20, "{peak} bytes");
}
