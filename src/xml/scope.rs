//! Which prefix stands for which namespace.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tree::NamespaceId;
use crate::namespace;

/// As long as there are no more than this, looking at each is faster than any index. An index there
/// has to be: without it a few thousand declarations make reading quadratic.
const FEW: usize = 16;

/// Different namespaces a document may declare: with none and that of `xml` as many as ids of 16 bits tell
/// apart. Real descriptors have up to 11.
pub(super) const MOST: usize = 65_534;

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

    /// The id of a URI, a new one when it was not met before; `None` when there are [`MOST`] already.
    pub(super) fn intern(&mut self, uri: Cow<'s, str>) -> Option<NamespaceId> {
        let next = u16::try_from(self.uris.len()).map(NamespaceId).ok();
        if self.uris.len() <= FEW {
            if let Some((_, known)) = self.numbered().find(|&(known, _)| *known == uri) {
                return Some(known);
            }
        } else {
            if self.by_uri.is_empty() {
                self.by_uri = self.numbered().map(|(uri, id)| (uri.clone(), id)).collect();
            }
            if let Some(&known) = self.by_uri.get(&uri) {
                return Some(known);
            }
            self.by_uri.insert(uri.clone(), next?);
        }
        self.uris.push(uri);
        next
    }

    fn numbered(&self) -> impl Iterator<Item = (&Cow<'s, str>, NamespaceId)> {
        self.uris.iter().zip((0..=u16::MAX).map(NamespaceId))
    }

    pub(super) fn into_uris(self) -> Vec<Cow<'s, str>> {
        self.uris
    }
}

/// A prefix as it is looked up: where it stands and, so that most lookups compare one number, its first
/// bytes with its length. Few are ever looked at as a string, so it is not made one before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefix<'s> {
    key: u64,
    len: usize,
    start: usize,
    text: &'s str,
}

impl<'s> Prefix<'s> {
    /// Bytes that fit into the key beside the length.
    const SHORT: usize = 7;
    /// The length in the key of those that are longer.
    const LONG: usize = 8;

    /// The prefix of `len` bytes at an offset.
    #[inline(always)]
    pub(super) fn at(text: &'s str, start: usize, len: usize) -> Self {
        let near = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk());
        let key = match near {
            Some(near) if len <= Self::SHORT => {
                let inside = (1_u64 << (8 * len)).wrapping_sub(1);
                u64::from_le_bytes(*near) & inside | (len as u64) << 56
            }
            _ => Self::unusual_key(text, start, len),
        };
        Self { key, len, start, text }
    }

    #[cold]
    #[inline(never)]
    fn unusual_key(text: &str, start: usize, len: usize) -> u64 {
        let mut first = [0; 8];
        let name = text.as_bytes().get(start..start + len).unwrap_or_default();
        for (to, from) in first.iter_mut().zip(name.iter().take(Self::SHORT)) {
            *to = *from;
        }
        u64::from_le_bytes(first) | (len.min(Self::LONG) as u64) << 56
    }

    fn name(self) -> &'s str {
        self.text.get(self.start..self.start + self.len).unwrap_or_default()
    }

    /// Whether the key says all.
    const fn is_short(self) -> bool {
        self.len <= Self::SHORT
    }

    #[inline(always)]
    fn is(self, other: Self) -> bool {
        self.key == other.key && (self.is_short() || self.name() == other.name())
    }

    /// Where what it stands for is remembered.
    #[inline(always)]
    const fn place(self) -> usize {
        // The number is one of those that give each prefix usual in descriptors a place of its own.
        (self.key.wrapping_mul(0xEADF_0B87_77CD_0F81) >> 59) as usize
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

/// Answers given since the bindings last changed, at a place that follows from the prefix. Only of those
/// whose key says all.
type Recent = [(u64, NamespaceId); 32];

/// No prefix has this key.
const NO_KEY: u64 = u64::MAX;

/// The prefixes bound at the place that is being read, those bound last at the end.
pub(super) struct Scope<'s> {
    bindings: Vec<Binding<'s>>,
    /// The last binding of each prefix; empty while there are few.
    last: HashMap<&'s str, usize>,
    recent: Recent,
    /// Whether there is anything in `recent`: a tag declares several prefixes in a row.
    has_recent: bool,
}

impl<'s> Scope<'s> {
    pub(super) fn new() -> Self {
        Self {
            bindings: Vec::new(),
            last: HashMap::new(),
            recent: [(NO_KEY, NamespaceId::NONE); 32],
            has_recent: false,
        }
    }

    /// Number of bindings, hidden ones among them.
    pub(super) const fn len(&self) -> usize {
        self.bindings.len()
    }

    /// What a prefix stands for; `None` when it is not bound.
    #[inline(always)]
    pub(super) fn resolve(&mut self, prefix: Prefix<'_>) -> Option<NamespaceId> {
        match self.recent.get(prefix.place()) {
            Some(&(key, namespace)) if key == prefix.key => Some(namespace),
            _ => self.look_up(prefix.text, prefix.start, prefix.len),
        }
    }

    /// It takes the prefix apart, so that the usual way keeps to registers.
    #[inline(never)]
    fn look_up(&mut self, text: &str, start: usize, len: usize) -> Option<NamespaceId> {
        let prefix = Prefix::at(text, start, len);
        let namespace = match self.find(prefix) {
            Some(at) => self.bindings.get(at)?.namespace,
            None if prefix.len == 0 => NamespaceId::NONE,
            None if prefix.name() == "xml" => NamespaceId::XML,
            None => return None,
        };
        if let Some(recent) = self.recent.get_mut(prefix.place())
            && prefix.is_short()
        {
            *recent = (prefix.key, namespace);
            self.has_recent = true;
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
                binding.hidden = self.last.insert(binding.prefix.name(), at);
            }
        }
        let hidden = if at >= FEW { self.last.insert(prefix.name(), at) } else { None };
        self.bindings.push(Binding { prefix, namespace, hidden });
    }

    /// Forgets all but the first `mark` bindings.
    pub(super) fn truncate(&mut self, mark: usize) {
        self.forget_recent();
        while self.bindings.len() > mark {
            let Some(binding) = self.bindings.pop() else { return };
            if self.bindings.len() >= FEW {
                match binding.hidden {
                    Some(at) => self.last.insert(binding.prefix.name(), at),
                    None => self.last.remove(binding.prefix.name()),
                };
            }
        }
    }

    fn forget_recent(&mut self) {
        if std::mem::take(&mut self.has_recent) {
            self.recent = [(NO_KEY, NamespaceId::NONE); 32];
        }
    }

    /// The last binding of a prefix.
    fn find(&self, prefix: Prefix<'_>) -> Option<usize> {
        if self.bindings.len() > FEW {
            return self.last.get(prefix.name()).copied();
        }
        self.bindings.iter().rposition(|binding| binding.prefix.is(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_usual_in_descriptors_have_places_of_their_own() {
        let usual = ["", "ovf", "rasd", "vssd", "epasd", "sasd", "cim", "vmw", "vbox", "xsi", "xs"];
        let place =
            |prefix: &&str| Prefix::at(&format!("{prefix}:12345678"), 0, prefix.len()).place();
        let places: std::collections::HashSet<usize> = usual.iter().map(place).collect();
        assert_eq!(places.len(), usual.len());
        assert!(places.iter().all(|&place| place < 32), "{places:?}");
    }

    #[test]
    fn namespaces_are_told_apart_as_long_as_there_are_ids() {
        let mut namespaces = Namespaces::new();
        let ids = (0..MOST).map(|n| namespaces.intern(Cow::Owned(format!("urn:{n}"))));
        let ids: std::collections::HashSet<_> = ids.map(|id| id.expect("there is one")).collect();
        assert_eq!(ids.len(), MOST);
        assert!(!ids.contains(&NamespaceId::NONE) && !ids.contains(&NamespaceId::XML));
        assert_eq!(namespaces.intern("urn:one-more".into()), None);
        assert_eq!(namespaces.intern("".into()), Some(NamespaceId::NONE));
        assert_eq!(namespaces.intern(namespace::XML.into()), Some(NamespaceId::XML));
        let known = namespaces.intern("urn:7".into()).expect("it was met before");
        let uris = namespaces.into_uris();
        assert_eq!((uris.len(), uris[known.index()].as_ref()), (MOST + 2, "urn:7"));
    }

    #[test]
    fn what_is_remembered_of_a_prefix_ends_with_its_binding() {
        let text = "p:        longer-than-a-key:  longer-than-another:  ";
        let short = Prefix::at(text, 0, 1);
        let long = Prefix::at(text, 10, "longer-than-a-key".len());
        let alike = Prefix::at(text, 30, "longer-than-another".len());
        let mut scope = Scope::new();
        assert_eq!(scope.resolve(short), None);
        scope.bind(short, NamespaceId(2));
        scope.bind(long, NamespaceId(3));
        for _ in 0..2 {
            assert_eq!(scope.resolve(short), Some(NamespaceId(2)));
            assert_eq!(scope.resolve(long), Some(NamespaceId(3)));
            assert_eq!(scope.resolve(alike), None, "its first bytes are those of another");
        }
        let mark = scope.len();
        scope.bind(short, NamespaceId(4));
        assert_eq!(scope.resolve(short), Some(NamespaceId(4)));
        scope.truncate(mark);
        assert_eq!(scope.resolve(short), Some(NamespaceId(2)));
        scope.bindings.clear();
        assert_eq!(scope.resolve(short), Some(NamespaceId(2)), "it is remembered");
        assert_eq!(scope.resolve(long), None, "its first bytes do not tell it from others");
        scope.forget_recent();
        assert_eq!(scope.resolve(short), None);
    }

    /// About the number at which an index is made, with prefixes bound once and several times.
    #[test]
    fn the_last_binding_of_a_prefix_counts() {
        for different in [1, 5, 16, 17, 40] {
            let names: Vec<String> =
                (0..40).map(|n| format!("p{}-of-many", n % different)).collect();
            let text = names.concat();
            let prefix = |n: usize| {
                let start = names[..n].iter().map(String::len).sum();
                Prefix::at(&text, start, names[n].len())
            };
            let id = |n: usize| NamespaceId(u16::try_from(n).unwrap() + 2);
            let mut scope = Scope::new();
            let check = |scope: &mut Scope<'_>, bound: usize| {
                assert_eq!(scope.len(), bound);
                for asked in 0..40 {
                    let last = (0..bound).rev().find(|&n| names[n] == names[asked]);
                    assert_eq!(scope.resolve(prefix(asked)), last.map(id), "{asked} of {bound}");
                    for mark in [0, bound / 2, bound] {
                        let is_since = last.is_some_and(|last| last >= mark);
                        assert_eq!(scope.is_bound_since(mark, prefix(asked)), is_since);
                    }
                }
            };
            for n in 0..40 {
                check(&mut scope, n);
                scope.bind(prefix(n), id(n));
            }
            for n in [40, 30, 18, 17, 16, 15, 3, 0] {
                scope.truncate(n);
                check(&mut scope, n);
            }
        }
    }
}
