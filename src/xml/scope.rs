//! Which prefix stands for which namespace.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tree::NamespaceId;
use crate::namespace;

/// As long as there are no more than this, looking at each is faster than any index. An index there
/// has to be: without it a few thousand declarations make reading quadratic.
const FEW: usize = 16;

/// The namespaces of a document, each once.
pub(super) struct Namespaces<'s> {
    uris: Vec<Cow<'s, str>>,
    /// Index of `uris`, used when they are many. `HashMap` is keyed at random, so that no document
    /// can choose URIs that collide.
    by_uri: HashMap<Cow<'s, str>, NamespaceId>,
}

impl<'s> Namespaces<'s> {
    pub(super) fn new() -> Self {
        Self {
            uris: vec![Cow::Borrowed(""), Cow::Borrowed(namespace::XML)],
            by_uri: HashMap::new(),
        }
    }

    /// The id of a URI, a new one when it was not met before.
    pub(super) fn intern(&mut self, uri: Cow<'s, str>) -> NamespaceId {
        if self.uris.len() <= FEW {
            if let Some(at) = self.uris.iter().position(|known| *known == uri) {
                return id(at);
            }
        } else {
            if self.by_uri.is_empty() {
                self.by_uri =
                    self.uris.iter().enumerate().map(|(at, uri)| (uri.clone(), id(at))).collect();
            }
            if let Some(&known) = self.by_uri.get(&uri) {
                return known;
            }
            self.by_uri.insert(uri.clone(), id(self.uris.len()));
        }
        self.uris.push(uri);
        id(self.uris.len().saturating_sub(1))
    }

    pub(super) fn into_uris(self) -> Vec<Cow<'s, str>> {
        self.uris
    }
}

/// Each URI takes bytes of a text shorter than 4 GiB, so there is an id for each.
fn id(at: usize) -> NamespaceId {
    NamespaceId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// A prefix as it is looked up: the string and, so that most lookups compare one number, its first
/// bytes with its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prefix<'s> {
    key: u64,
    name: &'s str,
}

impl<'s> Prefix<'s> {
    /// Bytes that fit into the key beside the length.
    const SHORT: usize = 7;

    /// The prefix of `len` bytes at an offset.
    #[inline(always)]
    pub(super) fn at(text: &'s str, start: usize, len: usize) -> Self {
        let name = text.get(start..start + len).unwrap_or_default();
        let near = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk());
        let key = match near {
            Some(near) if len <= Self::SHORT => {
                let inside = (1_u64 << (8 * len)).wrapping_sub(1);
                u64::from_le_bytes(*near) & inside | (len as u64) << 56
            }
            _ => Self::unusual_key(name),
        };
        Self { key, name }
    }

    #[cold]
    fn unusual_key(name: &str) -> u64 {
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(name.bytes().take(Self::SHORT)) {
            *to = from;
        }
        u64::from_le_bytes(first) | (name.len().min(Self::SHORT + 1) as u64) << 56
    }

    /// Whether the key says all.
    const fn is_short(self) -> bool {
        self.name.len() <= Self::SHORT
    }

    #[inline(always)]
    fn is(self, other: Self) -> bool {
        self.key == other.key && (self.is_short() || self.name == other.name)
    }
}

/// A prefix that is bound.
#[derive(Clone, Copy, Debug)]
struct Binding<'s> {
    prefix: Prefix<'s>,
    namespace: NamespaceId,
    /// The binding of the same prefix that is hidden by this one; kept while there is an index.
    hidden: Option<usize>,
}

/// Answers given since the bindings last changed, at a place that follows from the prefix.
type Recent = [(u64, NamespaceId); 8];

/// No prefix has this key.
const NO_KEY: u64 = u64::MAX;

/// The prefixes bound at the place that is being read, those bound last at the end.
pub(super) struct Scope<'s> {
    bindings: Vec<Binding<'s>>,
    /// The last binding of each prefix; empty while there are few.
    last: HashMap<&'s str, usize>,
    recent: Recent,
}

impl<'s> Scope<'s> {
    pub(super) fn new() -> Self {
        Self {
            bindings: Vec::new(),
            last: HashMap::new(),
            recent: [(NO_KEY, NamespaceId::NONE); 8],
        }
    }

    /// Number of bindings, hidden ones among them.
    pub(super) const fn len(&self) -> usize {
        self.bindings.len()
    }

    /// What a prefix stands for; `None` when it is not bound.
    #[inline(always)]
    pub(super) fn resolve(&mut self, prefix: Prefix<'_>) -> Option<NamespaceId> {
        // Multiplying spreads the first letters over the highest bits.
        let place = (prefix.key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 61) as usize;
        match self.recent.get(place) {
            Some(&(key, namespace)) if key == prefix.key && prefix.is_short() => Some(namespace),
            _ => self.look_up(prefix, place),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, prefix: Prefix<'_>, place: usize) -> Option<NamespaceId> {
        let namespace = match self.find(prefix) {
            Some(at) => self.bindings.get(at)?.namespace,
            None if prefix.name.is_empty() => NamespaceId::NONE,
            None if prefix.name == "xml" => NamespaceId::XML,
            None => return None,
        };
        if let Some(recent) = self.recent.get_mut(place) {
            *recent = (prefix.key, namespace);
        }
        Some(namespace)
    }

    /// Whether a prefix was bound after the first `mark` bindings.
    pub(super) fn is_bound_since(&self, mark: usize, prefix: Prefix<'_>) -> bool {
        self.find(prefix).is_some_and(|at| at >= mark)
    }

    pub(super) fn bind(&mut self, prefix: Prefix<'s>, namespace: NamespaceId) {
        self.forget_recent();
        let at = self.bindings.len();
        if at == FEW {
            self.last.clear();
            for (at, binding) in self.bindings.iter_mut().enumerate() {
                binding.hidden = self.last.insert(binding.prefix.name, at);
            }
        }
        let hidden = if at >= FEW { self.last.insert(prefix.name, at) } else { None };
        self.bindings.push(Binding { prefix, namespace, hidden });
    }

    /// Forgets all but the first `mark` bindings.
    pub(super) fn truncate(&mut self, mark: usize) {
        self.forget_recent();
        while self.bindings.len() > mark {
            let Some(binding) = self.bindings.pop() else { return };
            if self.bindings.len() >= FEW {
                match binding.hidden {
                    Some(at) => self.last.insert(binding.prefix.name, at),
                    None => self.last.remove(binding.prefix.name),
                };
            }
        }
    }

    fn forget_recent(&mut self) {
        self.recent = [(NO_KEY, NamespaceId::NONE); 8];
    }

    /// The last binding of a prefix.
    fn find(&self, prefix: Prefix<'_>) -> Option<usize> {
        if self.bindings.len() > FEW {
            return self.last.get(prefix.name).copied();
        }
        self.bindings.iter().rposition(|binding| binding.prefix.is(prefix))
    }
}
