//! Looking for the next byte that matters, sixteen at a time.

use wide::u8x16;

use super::builder::offset;

/// Bytes looked at together.
const WIDTH: usize = 16;
/// Bytes of two blocks.
const PAIR: usize = 32;

/// Whether a byte is white space (XML 1.0 [3]). Other control characters count as it: they were
/// reported when the text was surveyed, and dividing what they stand between is the safest reading.
pub(super) const fn is_blank(byte: u8) -> bool {
    byte <= b' '
}

/// Past the white space at an offset.
#[inline(always)]
pub(super) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, Block::dark)
}

/// The next `<` or `&`, or the end.
#[inline(always)]
pub(super) fn data_end(bytes: &[u8], at: usize) -> usize {
    let near = Block::load(bytes, at).any_of([b'<', b'&']);
    if near != 0 { at + first(near) } else { far_data_end(bytes, at) }
}

/// Long runs are left to a loop with wider vectors.
#[inline(never)]
fn far_data_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr2(b'<', b'&', rest).map_or(bytes.len(), |found| at + found)
}

/// The next `<`, `&` or closing quote, or the end.
#[inline(always)]
pub(super) fn value_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    find(bytes, at, |block| block.any_of([quote, b'<', b'&']))
}

/// The next `<`, `&`, closing quote or control character, or the end.
#[inline(always)]
pub(super) fn plain_value_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    find(bytes, at, |block| {
        (block.0.simd_eq(u8x16::splat(quote))
            | block.0.simd_eq(u8x16::splat(b'<'))
            | block.0.simd_eq(u8x16::splat(b'&'))
            | block.at_most(0x1F))
        .to_bitmask()
    })
}

/// Past the bytes that can be part of a name.
pub(super) fn name_end(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, |block| !block.name() & ALL)
}

/// Bytes of the name at an offset, and of its prefix, which is 0 when it has none. Answers only for a
/// name that is beyond doubt: ASCII, shorter than two blocks, at most one colon, each part with a
/// first character it can have. `None` asks for a closer look.
#[inline(always)]
pub(super) fn plain_name(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let block = Block::load(bytes, at);
    let (mut name, mut starts) = (block.name(), block.starts());
    let (mut colons, mut high) = (block.any_of([b':']), block.high());
    if name == ALL {
        let block = Block::load(bytes, at + WIDTH);
        name |= block.name() << WIDTH;
        starts |= block.starts() << WIDTH;
        colons |= block.any_of([b':']) << WIDTH;
        high |= block.high() << WIDTH;
        if name == u32::MAX {
            return None;
        }
    }
    // The bits below the first that is not set.
    let inside = name & !(name + 1);
    colons &= inside;
    let has_two_colons = colons & colons.wrapping_sub(1) != 0;
    let parts = colons << 1 | 1;
    if high & inside != 0 || has_two_colons || parts & !starts != 0 {
        return None;
    }
    // No colon is at 0, so the 32 of none can become it.
    Some((name.trailing_ones() as usize, first(colons) % 32))
}

/// Whether the same `len` bytes stand at two offsets.
#[inline(always)]
pub(super) fn is_same(bytes: &[u8], one: usize, other: usize, len: usize) -> bool {
    if len <= WIDTH {
        let same = Block::load(bytes, one).same(Block::load(bytes, other));
        let inside = (1_u32 << len).wrapping_sub(1);
        return same & inside == inside && bytes.len() >= other.max(one) + len;
    }
    let (one, other) = (addressed(one), addressed(other));
    let (Some(one), Some(other)) = (bytes.get(one..one + len), bytes.get(other..other + len))
    else {
        return false;
    };
    if len > PAIR {
        return one == other;
    }
    // The first bytes and the last, which overlap.
    one.first_chunk::<WIDTH>() == other.first_chunk()
        && one.last_chunk::<WIDTH>() == other.last_chunk()
}

/// An offset, for the compiler to see that it has 32 bits: it need not look then whether adding a little
/// to it goes beyond what an offset can be.
#[inline(always)]
const fn addressed(at: usize) -> usize {
    offset(at) as usize
}

/// The mask of a block in which every byte matches.
const ALL: u32 = 0xFFFF;

/// Sixteen bytes. What is asked of them is answered by a mask, a bit for each byte, the lowest for the
/// first. `wide` uses the vectors of the machine, or plain code where there are none.
#[derive(Clone, Copy)]
struct Block(u8x16);

impl Block {
    /// The bytes at an offset. Past the end of the text they are NUL, which is no part of a name and
    /// counts as blank.
    #[inline(always)]
    fn load(bytes: &[u8], at: usize) -> Self {
        let at = addressed(at);
        match bytes.get(at..at + WIDTH).and_then(|block| block.first_chunk()) {
            Some(block) => Self::of(block),
            None => Self::of(&Self::last(bytes, at).to_ne_bytes()),
        }
    }

    /// A block that goes past the end. It comes as a number, which fits into registers, so that the
    /// usual way through [`load`](Self::load) keeps to them as well.
    #[cold]
    #[inline(never)]
    fn last(bytes: &[u8], at: usize) -> u128 {
        let mut block = [0; WIDTH];
        for (to, from) in block.iter_mut().zip(bytes.get(at..).unwrap_or_default()) {
            *to = *from;
        }
        u128::from_ne_bytes(block)
    }

    #[inline(always)]
    const fn of(block: &[u8; WIDTH]) -> Self {
        Self(u8x16::new(*block))
    }

    #[inline(always)]
    fn any_of<const N: usize>(self, wanted: [u8; N]) -> u32 {
        let mut found = u8x16::splat(0);
        for byte in wanted {
            found |= self.0.simd_eq(u8x16::splat(byte));
        }
        found.to_bitmask()
    }

    /// Bytes above the blank.
    #[inline(always)]
    fn dark(self) -> u32 {
        !self.at_most(b' ').to_bitmask() & ALL
    }

    /// Bytes that can be part of a name, those that are not ASCII among them.
    #[inline(always)]
    fn name(self) -> u32 {
        let slash = self.0.simd_eq(u8x16::splat(b'/'));
        // `-`, `.`, digits and `:`, between which is nothing else but the slash.
        let inner = self.between(b'-', b':') & !slash;
        // The mask takes the highest bit of each byte, which is set in those that are not ASCII.
        (self.starting() | inner | self.0).to_bitmask()
    }

    /// Bytes that are ASCII and that a part of a name can start with.
    #[inline(always)]
    fn starts(self) -> u32 {
        self.starting().to_bitmask()
    }

    #[inline(always)]
    fn starting(self) -> u8x16 {
        let letters = Self(self.0 | u8x16::splat(0x20)).between(b'a', b'z');
        letters | self.0.simd_eq(u8x16::splat(b'_'))
    }

    /// Bytes that are not ASCII.
    #[inline(always)]
    fn high(self) -> u32 {
        self.0.to_bitmask()
    }

    #[inline(always)]
    fn same(self, other: Self) -> u32 {
        self.0.simd_eq(other.0).to_bitmask()
    }

    #[inline(always)]
    fn at_most(self, most: u8) -> u8x16 {
        self.0.min(u8x16::splat(most)).simd_eq(self.0)
    }

    #[inline(always)]
    fn between(self, least: u8, most: u8) -> u8x16 {
        Self(self.0 - u8x16::splat(least)).at_most(most.wrapping_sub(least))
    }
}

/// The first byte from an offset on that is in the mask of its block, or the end. `wanted` must not
/// want NUL, unless the end is as good as a match.
#[inline(always)]
fn find(bytes: &[u8], mut at: usize, wanted: impl Fn(Block) -> u32) -> usize {
    loop {
        let found = wanted(Block::load(bytes, at));
        if found != 0 {
            return at + first(found);
        }
        at += WIDTH;
        if at >= bytes.len() {
            return bytes.len();
        }
    }
}

/// The place of the first match in a mask.
#[inline(always)]
const fn first(mask: u32) -> usize {
    mask.trailing_zeros() as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::name::is_name_byte;
    use super::*;

    fn plain(bytes: &[u8], at: usize, wanted: impl Fn(u8) -> bool) -> usize {
        bytes[at..].iter().position(|&byte| wanted(byte)).map_or(bytes.len(), |found| at + found)
    }

    proptest! {
        #[test]
        fn vectors_find_what_plain_code_finds(
            bytes in prop::collection::vec(prop_oneof![3 => Just(b'a'), 1 => any::<u8>(), 1 => Just(b' ')], 1..80),
            at in 0_usize..80,
        ) {
            let at = at % bytes.len();
            prop_assert_eq!(skip_blanks(&bytes, at), plain(&bytes, at, |b| !is_blank(b)));
            prop_assert_eq!(data_end(&bytes, at), plain(&bytes, at, |b| b == b'<' || b == b'&'));
            prop_assert_eq!(value_end(&bytes, at, b'"'), plain(&bytes, at, |b| matches!(b, b'<' | b'&' | b'"')));
            prop_assert_eq!(plain_value_end(&bytes, at, b'"'), plain(&bytes, at, |b| matches!(b, b'<' | b'&' | b'"' | 0..=0x1F)));
            prop_assert_eq!(name_end(&bytes, at), plain(&bytes, at, |b| !is_name_byte(b)));
        }

        #[test]
        fn plain_names_are_names(text in "[a-z:.0-9é_ ]{1,40}") {
            let end = name_end(text.as_bytes(), 0);
            let qualified = super::super::name::qualified(&text[..end]);
            match plain_name(text.as_bytes(), 0) {
                Some((len, prefix_len)) => prop_assert_eq!((len, Ok(prefix_len)), (end, qualified)),
                None => prop_assert!(qualified.is_err() || end >= 32 || !text[..end].is_ascii()),
            }
        }

        #[test]
        fn same_bytes_are_the_same(text in "[ab]{60}", one in 0_usize..60, other in 0_usize..60, len in 0_usize..40) {
            let bytes = text.as_bytes();
            let plain = bytes.get(one..one + len).is_some_and(|a| bytes.get(other..other + len) == Some(a));
            prop_assert_eq!(is_same(bytes, one, other, len), plain);
        }
    }

    #[test]
    fn every_byte_is_told_apart() {
        for byte in 0..=u8::MAX {
            let block = Block::of(&[byte; WIDTH]);
            assert_eq!(block.name() == ALL, is_name_byte(byte), "{byte:#x}");
            assert_eq!(block.dark() == ALL, !is_blank(byte), "{byte:#x}");
            assert_eq!(block.high() == ALL, !byte.is_ascii(), "{byte:#x}");
            let starts = byte.is_ascii_alphabetic() || byte == b'_';
            assert_eq!(block.starts() == ALL, starts, "{byte:#x}");
        }
    }

    #[test]
    fn names_are_plain_when_nothing_in_them_is_doubtful() {
        for len in 1..=34 {
            for (place, other) in
                (0..len).flat_map(|at| [":", "::", "1", ":1", "é", "-"].map(|o| (at, o)))
            {
                let name = format!("{}{other}{}", "n".repeat(place), "m".repeat(len - place - 1));
                let qualified = super::super::name::qualified(&name);
                let is_plain = qualified.is_ok() && name.len() < PAIR && name.is_ascii();
                let expected = is_plain.then(|| (name.len(), qualified.unwrap_or_default()));
                for after in
                    ["", " ", "=", "/>:p-q", ">éèàùâêîôûçëïü:ab", "\u{1}ab:cd:ef:gh:ij:kl:mn"]
                {
                    let text = format!("<{name}{after}");
                    assert_eq!(plain_name(text.as_bytes(), 1), expected, "{text}");
                }
            }
        }
    }

    #[test]
    fn what_differs_anywhere_is_not_the_same() {
        for len in 0..=50 {
            let mut bytes: Vec<u8> = (0..len).chain([200]).chain(0..len).collect();
            let (one, other, len) = (0, usize::from(len) + 1, usize::from(len));
            assert!(is_same(&bytes, one, other, len) && is_same(&bytes, other, one, len), "{len}");
            assert!(!is_same(&bytes, one, other, len + 1), "{len}: goes past the end");
            assert!(len == 0 || !is_same(&bytes, one, other + 1, len), "{len}: goes past the end");
            for at in 0..len {
                bytes[at] ^= 1;
                assert!(!is_same(&bytes, one, other, len), "{len}: differs at {at}");
                bytes[at] ^= 1;
            }
        }
        assert!(!is_same(b"x\0yx", 0, 3, 2), "there is no NUL past the end");
    }

    #[test]
    fn the_next_byte_that_matters_is_found_at_any_distance() {
        for (len, at) in
            [0, 1, 15, 16, 17, 31, 32, 33, 40].into_iter().flat_map(|n| [(n, 0), (n, 3)])
        {
            let found = |byte: u8, before: u8, find: fn(&[u8], usize) -> usize| {
                let mut bytes = vec![before; at + len];
                bytes.extend([byte, b'"', b'<', b'<']);
                (find(&bytes, at), byte)
            };
            let value = |bytes: &[u8], at| value_end(bytes, at, b'"');
            let plain = |bytes: &[u8], at| plain_value_end(bytes, at, b'"');
            assert_eq!(found(b'x', b' ', skip_blanks), (at + len, b'x'));
            assert_eq!(found(b'x', b'x', value), (at + len + 1, b'x'));
            assert_eq!(found(b'x', b'x', data_end), (at + len + 2, b'x'));
            for byte in *b"<&" {
                assert_eq!(found(byte, b'x', data_end), (at + len, byte));
                assert_eq!(found(byte, b'x', value), (at + len, byte));
            }
            for byte in *b"<&\"\t\n\r\x1F" {
                assert_eq!(found(byte, b'x', plain), (at + len, byte));
            }
            for byte in *b" =>/\x01" {
                assert_eq!(found(byte, b'-', name_end), (at + len, byte));
            }
        }
        assert_eq!((skip_blanks(b" ", 0), skip_blanks(&[b' '; 40], 5)), (1, 40), "the end");
        assert_eq!((data_end(b"x", 0), data_end(&[b'x'; 40], 5)), (1, 40), "the end");
        assert_eq!((name_end(b"x", 0), name_end(&[b'x'; 40], 5)), (1, 40), "the end");
    }
}
