//! Maps and sets whose keys are texts of a descriptor.
//!
//! The hash is foldhash's, several times as fast as that of the standard library on texts as short as ids
//! are. Its seed differs from process to process and from map to map, so that no descriptor can be
//! written beforehand whose ids collide.

use std::collections::hash_map::Entry;
use std::hash::Hash;

/// A map.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::quality::RandomState>;

/// What was met under a key first.
#[derive(Debug)]
pub(crate) struct Firsts<K, V> {
    /// While they are few.
    few: Vec<(K, V)>,
    /// All of them, once they are more.
    many: HashMap<K, V>,
}

impl<K, V> Default for Firsts<K, V> {
    fn default() -> Self {
        Self { few: Vec::new(), many: HashMap::default() }
    }
}

impl<K: Eq + Hash, V: Copy> Firsts<K, V> {
    /// Up to this many each is compared with each, which takes less time than hashing them.
    const FEW: usize = 16;

    /// With room for so many keys, as long as they are few.
    pub(crate) fn with_room(keys: usize) -> Self {
        Self { few: Vec::with_capacity(keys.min(Self::FEW)), many: HashMap::default() }
    }

    /// What was met first under a key; this, when nothing was met before, and then there is no answer.
    pub(crate) fn meet(&mut self, key: K, value: V) -> Option<V> {
        if self.many.is_empty() {
            if let Some((_, first)) = self.few.iter().find(|(known, _)| *known == key) {
                return Some(*first);
            }
            if self.few.len() < Self::FEW {
                self.few.push((key, value));
                return None;
            }
            self.many.extend(self.few.drain(..));
        }
        match self.many.entry(key) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(value);
                None
            }
        }
    }

    /// What was met first under a key.
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let few = self.few.iter().find(|(known, _)| known == key).map(|(_, first)| *first);
        few.or_else(|| self.many.get(key).copied())
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.few.clear();
        self.many.clear();
    }
}

/// A set.
pub(crate) type HashSet<T> = std::collections::HashSet<T, foldhash::quality::RandomState>;

/// A map with room for so many.
pub(crate) fn map_with_room<K, V>(keys: usize) -> HashMap<K, V> {
    HashMap::with_capacity_and_hasher(keys, foldhash::quality::RandomState::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_remembered_among_few_and_many() {
        let mut firsts = Firsts::default();
        for round in 0..3 {
            for key in 0..100 {
                let before = firsts.meet(key, (round, key));
                assert_eq!(before, (round > 0).then_some((0, key)));
            }
        }
        firsts.clear();
        assert_eq!(firsts.meet(1, (9, 9)), None);
    }
}
