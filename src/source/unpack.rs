//! base64 of one gzip member, as vCenter's preview takes a descriptor.
//!
//! base64 goes to gzip data in pieces that stay in the nearest caches, and these straight to the text. The
//! text alone grows, and beyond a first megabyte only as far as the limits have paid for: never by what
//! the input says of itself.

use base64::engine::{Engine, general_purpose::STANDARD};
use base64::{DecodeError as SymbolError, DecodeSliceError};
use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::error::{Base64Fault, DecodeError, Format};
use super::format::{self, is_blank};
use crate::limits::Limits;

/// Symbols of base64 decoded at a time; a multiple of four.
const SYMBOLS: usize = 128 << 10;
/// Bytes of text for which there is room at first, for each symbol of base64: descriptors become two to
/// eight times as long.
const EXPECTED_RATIO: usize = 8;
/// Text below this size is not held against the ratio: a megabyte harms nobody.
const RATIO_FREE: usize = 1 << 20;

/// Whether the bytes are meant as base64 of gzip data: its first three bytes always come out as `H4sI`.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.iter().filter(|&&byte| !is_blank(byte)).take(4).eq(b"H4sI")
}

/// The format of what is inside when the bytes are base64 all through, but not of gzip data.
///
/// Words are base64 as well. So it counts only when what is inside is of a known format, or when
/// there is a good piece of it without blanks inside its lines.
pub(super) fn foreign(bytes: &[u8]) -> Option<Option<Format>> {
    const LEAST: usize = 32;
    let in_alphabet =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let symbols = || bytes.iter().copied().filter(|&byte| !is_blank(byte));
    if !bytes.iter().all(|byte| in_alphabet(byte) || is_blank(*byte)) || symbols().count() % 4 != 0
    {
        return None;
    }
    let head: Vec<u8> = symbols().take(64).collect();
    let mut decoded = [0; 48];
    let len = STANDARD.decode_slice(&head, &mut decoded).ok()?;
    let decoded = decoded.get(..len)?;
    if let Some(format) = format::of(decoded) {
        return Some(Some(format));
    }
    let is_xml = matches!(decoded, [b'<', b'?' | b'!' | b'A'..=b'Z' | b'a'..=b'z', ..])
        && decoded.iter().all(|&byte| byte >= b' ' || is_blank(byte));
    if is_xml {
        return Some(Some(Format::Xml));
    }
    let one_piece = bytes
        .split(|&byte| byte == b'\n')
        .all(|line| !line.trim_ascii().iter().any(|&byte| is_blank(byte)));
    (head.len() >= LEAST && one_piece).then_some(None)
}

/// Unpacks base64 of exactly one gzip member.
pub(super) fn unpack(input: &[u8], limits: &Limits) -> Result<Vec<u8>, DecodeError> {
    let mut packed = Packed::new(input);
    if let Err(fault) = header(&mut packed) {
        return Err(match fault {
            HeaderFault::Base64(error) => error,
            HeaderFault::Malformed => DecodeError::GzipHeader,
            HeaderFault::Truncated => DecodeError::GzipTruncated { unpacked: 0 },
        });
    }
    let (text, crc) = inflate(&mut packed, limits)?;
    // RFC 1952 2.3.1: CRC32, then the length modulo 2^32, both with the low byte first.
    let mut trailer = [0; 8];
    for slot in &mut trailer {
        *slot = packed.next()?.ok_or(DecodeError::GzipTruncated { unpacked: text.len() })?;
    }
    if u64::from_le_bytes(trailer) != u64::from(crc.amount()) << 32 | u64::from(crc.sum()) {
        return Err(DecodeError::GzipChecksum);
    }
    match packed.rest()? {
        [] => {}
        [0x1F, ..] => return Err(DecodeError::GzipSecondMember),
        _ => return Err(DecodeError::GzipTrailing),
    }
    match format::of(&text) {
        Some(format) => Err(DecodeError::GzipFormat { format }),
        None => Ok(text),
    }
}

enum HeaderFault {
    Base64(DecodeError),
    Malformed,
    Truncated,
}

impl From<DecodeError> for HeaderFault {
    fn from(error: DecodeError) -> Self {
        Self::Base64(error)
    }
}

/// Reads the header of a gzip member, RFC 1952 2.3. Nothing in it is kept.
fn header(packed: &mut Packed<'_>) -> Result<(), HeaderFault> {
    const HAS_CRC: u8 = 1 << 1;
    const HAS_EXTRA: u8 = 1 << 2;
    const HAS_NAME: u8 = 1 << 3;
    const HAS_COMMENT: u8 = 1 << 4;
    const RESERVED: u8 = 0b1110_0000;

    let mut crc = Crc::new();
    let mut next = |crc: &mut Crc| -> Result<u8, HeaderFault> {
        let byte = packed.next()?.ok_or(HeaderFault::Truncated)?;
        crc.update(&[byte]);
        Ok(byte)
    };
    for expected in [0x1F, 0x8B, 8] {
        if next(&mut crc)? != expected {
            return Err(HeaderFault::Malformed);
        }
    }
    let flags = next(&mut crc)?;
    if flags & RESERVED != 0 {
        return Err(HeaderFault::Malformed);
    }
    for _time_and_system in 0..6 {
        next(&mut crc)?;
    }
    if flags & HAS_EXTRA != 0 {
        for _extra in 0..u16::from_le_bytes([next(&mut crc)?, next(&mut crc)?]) {
            next(&mut crc)?;
        }
    }
    for text in [HAS_NAME, HAS_COMMENT] {
        if flags & text != 0 {
            while next(&mut crc)? != 0 {}
        }
    }
    if flags & HAS_CRC != 0 {
        let sum = crc.sum().to_le_bytes();
        if next(&mut crc)? != sum[0] || next(&mut crc)? != sum[1] {
            return Err(HeaderFault::Malformed);
        }
    }
    Ok(())
}

/// Inflates the body of a gzip member.
fn inflate(packed: &mut Packed<'_>, limits: &Limits) -> Result<(Vec<u8>, Crc), DecodeError> {
    let limit = super::text_limit(limits);
    let mut inflater = Decompress::new(false);
    let mut crc = Crc::new();
    let expected = packed.input.len().saturating_mul(EXPECTED_RATIO).clamp(1, RATIO_FREE);
    // One byte more than the limit, to see that there is more.
    let most = limit.saturating_add(1);
    let mut text = Vec::with_capacity(expected.min(most));
    loop {
        if text.len() == text.capacity() {
            let room = text.capacity().saturating_mul(2).min(most);
            text.reserve_exact(room.saturating_sub(text.len()));
        }
        let input = packed.rest()?;
        let at_end = input.is_empty();
        let (read, before) = (inflater.total_in(), text.len());
        // Nothing has to be kept beside the text when all of it comes at once.
        let status = inflater
            .decompress_vec(input, &mut text, FlushDecompress::Finish)
            .map_err(|_| DecodeError::GzipCorrupt { unpacked: before })?;
        packed.consume(difference(inflater.total_in(), read));
        let new = text.get(before..).unwrap_or_default();
        crc.update(new);

        let unpacked = text.len();
        if unpacked > limit {
            return Err(DecodeError::TooBig { bytes: unpacked, limit });
        }
        if unpacked > RATIO_FREE {
            let allowed = usize::try_from(inflater.total_in())
                .unwrap_or(usize::MAX)
                .saturating_mul(limits.gzip_ratio);
            if unpacked > allowed {
                return Err(DecodeError::GzipRatio {
                    packed: inflater.total_in(),
                    unpacked,
                    limit: limits.gzip_ratio,
                });
            }
        }

        match status {
            Status::StreamEnd => return Ok((text, crc)),
            Status::Ok | Status::BufError if at_end && unpacked == before => {
                return Err(DecodeError::GzipTruncated { unpacked });
            }
            Status::Ok | Status::BufError => {}
        }
    }
}

fn difference(now: u64, before: u64) -> usize {
    usize::try_from(now.saturating_sub(before)).unwrap_or(usize::MAX)
}

/// The bytes that base64 stands for, a piece at a time.
struct Packed<'i> {
    input: &'i [u8],
    /// How much of the input is decoded.
    at: usize,
    /// Symbols between which there were blanks.
    gathered: Vec<u8>,
    piece: Vec<u8>,
    start: usize,
    end: usize,
}

impl<'i> Packed<'i> {
    fn new(input: &'i [u8]) -> Self {
        // Of less input than a piece takes less comes out.
        let piece = vec![0; input.len().min(SYMBOLS).div_ceil(4).saturating_mul(3)];
        Self { input, at: 0, gathered: Vec::new(), piece, start: 0, end: 0 }
    }

    /// The next byte; `None` at the end.
    fn next(&mut self) -> Result<Option<u8>, DecodeError> {
        let byte = self.rest()?.first().copied();
        self.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// What is decoded and not consumed; empty only at the end.
    fn rest(&mut self) -> Result<&[u8], DecodeError> {
        if self.start >= self.end {
            self.refill()?;
        }
        Ok(self.piece.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, bytes: usize) {
        self.start = self.start.saturating_add(bytes).min(self.end);
    }

    fn refill(&mut self) -> Result<(), DecodeError> {
        let from = self.at;
        let rest = self.input.get(from..).unwrap_or_default();
        let stretch = rest.get(..SYMBOLS).unwrap_or(rest);
        // Mostly there are no blanks, and no symbol comes before them.
        let symbols = if stretch.iter().fold(u8::MAX, |least, &byte| least.min(byte)) > b' ' {
            self.at = from.saturating_add(stretch.len());
            stretch
        } else {
            self.gather();
            self.gathered.as_slice()
        };
        let decoded = STANDARD.decode_slice(symbols, &mut self.piece);
        (self.start, self.end) = (0, 0);
        match decoded {
            Ok(len) => self.end = len,
            Err(DecodeSliceError::DecodeError(error)) => {
                return Err(self.fault(from, symbols.len(), error));
            }
            // Three bytes for four symbols is all there can be.
            Err(DecodeSliceError::OutputSliceTooSmall) => return Ok(()),
        }
        if symbols.ends_with(b"=") {
            let rest = self.input.get(self.at..).unwrap_or_default();
            if let Some(more) = rest.iter().position(|&byte| !is_blank(byte)) {
                let offset = self.at.saturating_add(more);
                return Err(DecodeError::Base64 { offset, fault: Base64Fault::Padding });
            }
        }
        Ok(())
    }

    /// Gathers the symbols of a piece from between blanks.
    fn gather(&mut self) {
        self.gathered.clear();
        while self.gathered.len() < SYMBOLS {
            let rest = self.input.get(self.at..).unwrap_or_default();
            let blanks = rest.iter().take_while(|&&byte| is_blank(byte)).count();
            let run = rest.get(blanks..).unwrap_or_default();
            let run = run.get(..SYMBOLS.saturating_sub(self.gathered.len())).unwrap_or(run);
            let run = run.get(..first_blank(run)).unwrap_or_default();
            self.at = self.at.saturating_add(blanks).saturating_add(run.len());
            if run.is_empty() {
                return;
            }
            self.gathered.extend_from_slice(run);
        }
    }

    /// The fault the decoder found among the symbols from `from` on, at its place in the input.
    fn fault(&self, from: usize, filled: usize, error: SymbolError) -> DecodeError {
        let (symbol, fault) = match error {
            SymbolError::InvalidByte(at, b'=') => (at, Base64Fault::Padding),
            SymbolError::InvalidByte(at, byte) => (at, Base64Fault::Symbol(byte)),
            SymbolError::InvalidLength(_) => (filled, Base64Fault::Length),
            SymbolError::InvalidLastSymbol { offset, .. } => (offset, Base64Fault::TrailingBits),
            SymbolError::InvalidPadding => (filled, Base64Fault::Padding),
        };
        let bytes = self.input.iter().enumerate().skip(from);
        let place = bytes.filter(|&(_, &byte)| !is_blank(byte)).nth(symbol);
        DecodeError::Base64 { offset: place.map_or(self.input.len(), |(at, _)| at), fault }
    }
}

/// Where the first blank is, or the end.
fn first_blank(bytes: &[u8]) -> usize {
    let found = memchr::memchr3(b'\n', b'\r', b' ', bytes).unwrap_or(bytes.len());
    memchr::memchr(b'\t', bytes.get(..found).unwrap_or_default()).unwrap_or(found)
}
