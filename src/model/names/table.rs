//! From a text to the number of a name.

/// Places of the table: a power of two, four times as many as there are numbers of 8 bits, so that most
/// names are found at the first.
const PLACES: usize = 1024;

/// Where each of `N` names is found, the first of which stands for none.
#[derive(Debug)]
pub(super) struct Table<const N: usize> {
    places: [u8; PLACES],
    keys: [Key; N],
}

/// The first and the last bytes of a text, and how many it has. They say all of a text of up to 16 bytes.
#[derive(Clone, Copy, Debug)]
struct Key {
    head: u64,
    tail: u64,
    len: usize,
}

impl Key {
    const fn of(text: &[u8]) -> Self {
        let len = text.len();
        if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
            return Self { head: u64::from_le_bytes(*head), tail: u64::from_le_bytes(*tail), len };
        }
        if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
            let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
            #[allow(clippy::cast_lossless, reason = "`From` is not const")]
            return Self { head: head as u64, tail: tail as u64, len };
        }
        let head = match *text {
            [a] => u32::from_le_bytes([a, 0, 0, 0]),
            [a, b] => u32::from_le_bytes([a, b, 0, 0]),
            [a, b, c] => u32::from_le_bytes([a, b, c, 0]),
            _ => 0,
        };
        #[allow(clippy::cast_lossless, reason = "`From` is not const")]
        Self { head: head as u64, tail: 0, len }
    }

    const fn place(self) -> usize {
        let mixed = self.head.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ self.tail.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(29);
        let mixed = mixed.wrapping_add(self.len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // The highest bits depend on all of them.
        #[allow(clippy::cast_possible_truncation, reason = "ten bits are left")]
        let place = (mixed >> 54) as usize;
        place
    }

    const fn is(self, other: Self) -> bool {
        self.head == other.head && self.tail == other.tail && self.len == other.len
    }
}

impl<const N: usize> Table<N> {
    #[allow(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "computed by the compiler, which tells of a panic; there are fewer than 256 names"
    )]
    pub(super) const fn new(texts: &[&str]) -> Self {
        assert!(N < 256, "numbers have 8 bits");
        let mut table = Self { places: [0; PLACES], keys: [Key { head: 0, tail: 0, len: 0 }; N] };
        let mut number = 1;
        while number < N {
            let key = Key::of(texts[number].as_bytes());
            let mut place = key.place();
            while table.places[place] != 0 {
                assert!(!table.keys[table.places[place] as usize].is(key), "a name is there twice");
                place = (place + 1) % PLACES;
            }
            table.places[place] = number as u8;
            table.keys[number] = key;
            number += 1;
        }
        table
    }

    /// The number of a text, 0 when it is none of the names.
    #[inline]
    pub(super) fn find(&self, text: &[u8], texts: &[&str]) -> usize {
        let key = Key::of(text);
        let mut place = key.place();
        loop {
            let number = usize::from(self.places.get(place).copied().unwrap_or(0));
            if number == 0 {
                return 0;
            }
            if self.keys.get(number).is_some_and(|known| known.is(key)) {
                let is_all = key.len <= 16
                    || texts.get(number).is_some_and(|known| known.as_bytes() == text);
                return if is_all { number } else { 0 };
            }
            place = place.wrapping_add(1) % PLACES;
        }
    }

    /// The same for constants.
    #[allow(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "computed by the compiler, which tells of a panic"
    )]
    pub(super) const fn find_const(&self, text: &str, texts: &[&str]) -> usize {
        let mut number = 1;
        while number < N {
            let (known, text) = (texts[number].as_bytes(), text.as_bytes());
            let mut at = 0;
            while at < known.len() && known.len() == text.len() && known[at] == text[at] {
                at += 1;
            }
            if at == known.len() && known.len() == text.len() {
                return number;
            }
            number += 1;
        }
        0
    }
}
