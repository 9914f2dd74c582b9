//! What decoding costs in memory. One test alone in its process, so that nobody else allocates.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that panics has failed, and its figures are for reading"
)]

use std::time::Instant;

use base64::engine::{Engine, general_purpose::STANDARD};
use flate2::{Compress, Compression, Crc, FlushCompress};
use ovf::source::DecodeError;
use ovf::{Limits, Source};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// base64 of sound gzip data of a piece of text repeated up to a size.
///
/// One megabyte is deflated once, flushed so that it can be repeated: deflating all of it takes minutes.
fn packed(piece: &[u8], size: usize) -> String {
    let block = piece.repeat(MIB / piece.len());
    let mut deflater = Compress::new(Compression::best(), false);
    let mut deflated = Vec::with_capacity(MIB);
    deflater.compress_vec(&block, &mut deflated, FlushCompress::Full).unwrap();
    let mut last = Vec::with_capacity(64);
    deflater.compress_vec(&[], &mut last, FlushCompress::Finish).unwrap();

    let mut block_crc = Crc::new();
    block_crc.update(&block);
    let mut crc = Crc::new();
    let mut data = b"\x1F\x8B\x08\0\0\0\0\0\x02\xFF".to_vec();
    for _ in 0..size / MIB {
        data.extend_from_slice(&deflated);
        crc.combine(&block_crc);
    }
    data.extend_from_slice(&last);
    data.extend_from_slice(&crc.sum().to_le_bytes());
    data.extend_from_slice(&crc.amount().to_le_bytes());
    STANDARD.encode(data)
}

/// The error, and the most bytes there were beside the input.
fn refused(what: &str, input: &[u8], limits: &Limits) -> (DecodeError, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let error = Source::decode_with(input, limits).map(|_| ()).unwrap_err();
    let time = start.elapsed();
    let peak = MEMORY.peak_usage().saturating_sub(before);
    println!("{what}: {} bytes of input, {peak} bytes of memory, {time:?}: {error}", input.len());
    (error, peak)
}

#[test]
fn bombs_are_refused_before_they_take_room() {
    let limits = Limits::default();
    for piece in [b"\0".as_slice(), b"<a/>"] {
        let input = packed(piece, 1 << 30);
        assert!(input.len() < 6 * MIB, "it is no bomb");
        let (error, peak) = refused("bomb", input.as_bytes(), &limits);
        assert!(matches!(error, DecodeError::GzipRatio { .. }), "{error}");
        assert!(peak < 4 * MIB, "{peak} bytes");
    }

    // They are sound: without limits a small one unpacks.
    assert!(Source::decode_with(packed(b"<a/>", 4 * MIB).as_bytes(), &Limits::unlimited()).is_ok());

    // Below the ratio the size is the ceiling, and the room never grows past it.
    let mut limits = Limits::default();
    limits.gzip_ratio = usize::MAX;
    limits.text_bytes = 2 * MIB;
    let input = packed(b"<a/>", 16 * MIB);
    let (error, peak) = refused("big", input.as_bytes(), &limits);
    assert!(matches!(error, DecodeError::TooBig { .. }), "{error}");
    assert!(peak < 4 * MIB, "{peak} bytes");

    // Plain text is not copied, whatever its size; the other kinds are measured before they are.
    let plain = "<".repeat(8 * MIB);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(b"<\0".repeat(4 * MIB)).collect();
    for (what, input) in
        [("plain", plain.as_bytes()), ("utf-16", &utf16), ("blanks", &b" ".repeat(8 * MIB))]
    {
        let (_, peak) = refused(what, input, &limits);
        assert!(peak < MIB / 16, "{peak} bytes");
    }
}
