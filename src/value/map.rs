//! Maps and sets whose keys are texts of a descriptor.
//!
//! The hash is foldhash's, several times as fast as that of the standard library on texts as short as ids
//! are. Its seed differs from process to process and from map to map, so that no descriptor can be
//! written beforehand whose ids collide.

/// A map.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::quality::RandomState>;

/// A set.
pub(crate) type HashSet<T> = std::collections::HashSet<T, foldhash::quality::RandomState>;
