//! base64 of one gzip member, as vCenter's preview takes a descriptor.
//!
//! Everything goes through pieces of fixed size: base64 to gzip data to text. The text alone grows,
//! and every byte of it is paid for by the limits before there is room for it.

use base64::engine::{Engine, general_purpose::STANDARD};
use base64::{DecodeError as SymbolError, DecodeSliceError};
use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::error::{Base64Fault, DecodeError, Format};
use super::format::{self, is_blank};
use crate::limits::Limits;

/// Symbols of base64 decoded at a time; a multiple of four.
const SYMBOLS: usize = 4 << 10;
/// Bytes unpacked at a time.
const PIECE: usize = 16 << 10;
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
    let mut text = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let input = packed.rest()?;
        let at_end = input.is_empty();
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress(input, &mut piece, FlushDecompress::None)
            .map_err(|_| DecodeError::GzipCorrupt { unpacked: text.len() })?;
        packed.consume(difference(inflater.total_in(), read));
        let new = piece.get(..difference(inflater.total_out(), written)).unwrap_or_default();

        let unpacked = text.len().saturating_add(new.len());
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
        if unpacked > text.capacity() {
            let room = text.capacity().saturating_mul(2).clamp(PIECE, limit.max(PIECE));
            text.reserve_exact(room.saturating_sub(text.len()));
        }
        crc.update(new);
        text.extend_from_slice(new);

        match status {
            Status::StreamEnd => return Ok((text, crc)),
            Status::Ok | Status::BufError if at_end && new.is_empty() => {
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
    piece: [u8; SYMBOLS / 4 * 3],
    start: usize,
    end: usize,
}

impl<'i> Packed<'i> {
    const fn new(input: &'i [u8]) -> Self {
        Self { input, at: 0, piece: [0; SYMBOLS / 4 * 3], start: 0, end: 0 }
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
        let mut symbols = [0; SYMBOLS];
        let mut filled = 0_usize;
        for &byte in self.input.get(from..).unwrap_or_default() {
            if !is_blank(byte) {
                let Some(slot) = symbols.get_mut(filled) else { break };
                *slot = byte;
                filled = filled.saturating_add(1);
            }
            self.at = self.at.saturating_add(1);
        }
        let decoded =
            STANDARD.decode_slice(symbols.get(..filled).unwrap_or_default(), &mut self.piece);
        (self.start, self.end) = (0, 0);
        match decoded {
            Ok(len) => self.end = len,
            Err(DecodeSliceError::DecodeError(error)) => {
                return Err(self.fault(from, filled, error));
            }
            // Three bytes for four symbols is all there can be.
            Err(DecodeSliceError::OutputSliceTooSmall) => return Ok(()),
        }
        let is_padded = symbols.get(..filled).is_some_and(|symbols| symbols.ends_with(b"="));
        let rest = self.input.get(self.at..).unwrap_or_default();
        match rest.iter().position(|&byte| !is_blank(byte)) {
            Some(more) if is_padded => Err(DecodeError::Base64 {
                offset: self.at.saturating_add(more),
                fault: Base64Fault::Padding,
            }),
            _ => Ok(()),
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
