//! Places in a text: byte ranges, and the line and column they stand for.

use std::ops::Range;

/// A half-open range of bytes in a decoded text.
///
/// Offsets are `u32`: a text is never longer than [`Limits::text_bytes`](crate::Limits::text_bytes)
/// allows, and that is capped at 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty range at an offset.
    #[must_use]
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// The range in the form slices take.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether no byte is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A one-based line and column.
///
/// Lines end at LF alone, as editors and compilers count them; a CR belongs to the line it stands on.
/// Columns count Unicode scalar values; a tab is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineCol {
    /// One-based line.
    pub line: u32,
    /// One-based column.
    pub column: u32,
}

/// Bytes of text for each entry of a [`LineIndex`]: small enough to count through at a lookup, big
/// enough that the index is a sixty-fourth of the text.
const BLOCK: usize = 1 << 10;

/// Finds lines and columns of offsets, and lines by their number.
///
/// Made in one pass over the text; after that a lookup costs a binary search and one block of text,
/// however long the lines are. Every lookup takes the text again that the index was made of.
#[derive(Clone, Debug)]
pub(crate) struct LineIndex {
    blocks: Vec<Block>,
    lines: u32,
}

/// What comes before a block of text.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// Characters.
    scalars: u32,
    /// LFs.
    newlines: u32,
    /// Offset of the line that is not yet ended.
    line_start: u32,
    /// Characters before that line.
    line_scalars: u32,
}

impl LineIndex {
    /// Counts through a text, which may be longer than offsets reach; lookups end there.
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut blocks = Vec::with_capacity(bytes.len().div_ceil(BLOCK));
        let mut before = Block::default();
        let mut start = 0_u32;
        for block in bytes.chunks(BLOCK) {
            blocks.push(before);
            let newlines = memchr::memchr_iter(b'\n', block).count();
            if let Some(last) = memchr::memrchr(b'\n', block) {
                let (line, _) = block.split_at(last.saturating_add(1).min(block.len()));
                before.line_start = start.saturating_add(narrow(line.len()));
                before.line_scalars = before.scalars.saturating_add(scalars(line));
            }
            before.newlines = before.newlines.saturating_add(narrow(newlines));
            before.scalars = before.scalars.saturating_add(scalars(block));
            start = start.saturating_add(narrow(block.len()));
        }
        Self { blocks, lines: before.newlines.saturating_add(1) }
    }

    /// The line and column of an offset. Inside a character it stands for the start of it, past the
    /// end for the end.
    pub(crate) fn line_col(&self, text: &str, offset: u32) -> LineCol {
        let mut offset = text.len().min(offset as usize);
        while !text.is_char_boundary(offset) {
            offset = offset.saturating_sub(1);
        }
        let number = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let block = self.blocks.get(number).copied().unwrap_or_default();
        let start = number.saturating_mul(BLOCK);
        let before = text.as_bytes().get(start..offset).unwrap_or_default();
        let newlines = narrow(memchr::memchr_iter(b'\n', before).count());
        let column = match memchr::memrchr(b'\n', before) {
            Some(last) => scalars(before.get(last..).unwrap_or_default()).saturating_sub(1),
            None => {
                block.scalars.saturating_add(scalars(before)).saturating_sub(block.line_scalars)
            }
        };
        LineCol {
            line: block.newlines.saturating_add(newlines).saturating_add(1),
            column: column.saturating_add(1),
        }
    }

    /// The bytes of a line without the LF or CR LF at its end; `None` if there is no such line.
    pub(crate) fn line_span(&self, text: &str, line: u32) -> Option<Span> {
        let before = line.checked_sub(1).filter(|_| line <= self.lines)?;
        let start = match before {
            0 => 0,
            _ => self.newline(text, before)?.checked_add(1)?,
        };
        let Some(end) = self.newline(text, line) else {
            return Some(Span::new(narrow(start), narrow(text.len())));
        };
        let content = text.as_bytes().get(start..end)?;
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        Some(Span::new(narrow(start), narrow(start.checked_add(content.len())?)))
    }

    /// The number of lines: one more than there are LFs.
    pub(crate) const fn lines(&self) -> u32 {
        self.lines
    }

    /// The offset of an LF, the first being number one.
    fn newline(&self, text: &str, number: u32) -> Option<usize> {
        let at = self.blocks.partition_point(|block| block.newlines < number).checked_sub(1)?;
        let skipped = number.checked_sub(self.blocks.get(at)?.newlines)?.checked_sub(1)?;
        let start = at.checked_mul(BLOCK)?;
        let rest = text.as_bytes().get(start..)?;
        let block = rest.get(..BLOCK).unwrap_or(rest);
        start.checked_add(memchr::memchr_iter(b'\n', block).nth(skipped as usize)?)
    }
}

/// Characters that start in these bytes.
fn scalars(bytes: &[u8]) -> u32 {
    if bytes.is_ascii() {
        return narrow(bytes.len());
    }
    narrow(bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count())
}

/// A count of bytes as an offset. Texts are shorter than 4 GiB, so nothing is lost.
fn narrow(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
