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

/// A prefix that is bound.
#[derive(Clone, Copy, Debug)]
struct Binding<'s> {
    prefix: &'s str,
    namespace: NamespaceId,
    /// The binding of the same prefix that is hidden by this one; kept while there is an index.
    hidden: Option<usize>,
}

/// The prefixes bound at the place that is being read, those bound last at the end.
#[derive(Default)]
pub(super) struct Scope<'s> {
    bindings: Vec<Binding<'s>>,
    /// The last binding of each prefix; empty while there are few.
    last: HashMap<&'s str, usize>,
}

impl<'s> Scope<'s> {
    /// Number of bindings, hidden ones among them.
    pub(super) const fn len(&self) -> usize {
        self.bindings.len()
    }

    /// What a prefix stands for; `None` when it is not bound.
    pub(super) fn resolve(&self, prefix: &str) -> Option<NamespaceId> {
        match self.find(prefix) {
            Some(at) => self.bindings.get(at).map(|binding| binding.namespace),
            None if prefix.is_empty() => Some(NamespaceId::NONE),
            None => (prefix == "xml").then_some(NamespaceId::XML),
        }
    }

    /// Whether a prefix was bound after the first `mark` bindings.
    pub(super) fn is_bound_since(&self, mark: usize, prefix: &str) -> bool {
        self.find(prefix).is_some_and(|at| at >= mark)
    }

    pub(super) fn bind(&mut self, prefix: &'s str, namespace: NamespaceId) {
        let at = self.bindings.len();
        if at == FEW {
            self.last.clear();
            for (at, binding) in self.bindings.iter_mut().enumerate() {
                binding.hidden = self.last.insert(binding.prefix, at);
            }
        }
        let hidden = if at >= FEW { self.last.insert(prefix, at) } else { None };
        self.bindings.push(Binding { prefix, namespace, hidden });
    }

    /// Forgets all but the first `mark` bindings.
    pub(super) fn truncate(&mut self, mark: usize) {
        while self.bindings.len() > mark {
            let Some(binding) = self.bindings.pop() else { return };
            if self.bindings.len() >= FEW {
                match binding.hidden {
                    Some(at) => self.last.insert(binding.prefix, at),
                    None => self.last.remove(binding.prefix),
                };
            }
        }
    }

    /// The last binding of a prefix.
    fn find(&self, prefix: &str) -> Option<usize> {
        if self.bindings.len() > FEW {
            return self.last.get(prefix).copied();
        }
        self.bindings.iter().rposition(|binding| binding.prefix == prefix)
    }
}
