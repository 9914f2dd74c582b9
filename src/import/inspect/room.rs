//! A ceiling on texts.

/// Bytes of all texts of an inspection.
///
/// 64 MiB, as much as a descriptor may have itself: a text of a megabyte that stands once in the descriptor,
/// the class of a product or a message, belongs to each of a million properties. Real ones take some
/// hundred KB.
const MAX_BYTES: usize = 64 << 20;

/// What is left of the ceiling.
#[derive(Debug)]
pub(super) struct Room(Option<usize>);

impl Room {
    pub(super) const fn new() -> Self {
        Self(Some(MAX_BYTES))
    }

    /// Whether something had to be left out.
    pub(super) const fn is_full(&self) -> bool {
        self.0.is_none()
    }

    /// Takes things up to the first that does not fit; after it nothing fits any more.
    pub(super) fn keep<T>(
        &mut self,
        things: impl IntoIterator<Item = T>,
        bytes: impl Fn(&T) -> usize,
    ) -> Vec<T> {
        things.into_iter().take_while(|thing| self.take(bytes(thing))).collect()
    }

    /// Whether so many bytes fit.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        self.0 = self.0.and_then(|left| left.checked_sub(bytes));
        self.0.is_some()
    }
}

/// The bytes of some texts.
pub(super) fn bytes(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.len()).fold(0, usize::saturating_add)
}
