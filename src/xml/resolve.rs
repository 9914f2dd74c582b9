//! Namespaces of a start tag: what it declares, and what its names stand for.

use std::collections::HashMap;

use super::attribute::AttributeData;
use super::builder::{Builder, Name, Stop, offset, span};
use super::scope::{MOST, Prefix};
use super::start_tag::Marks;
use super::text;
use super::tree::{Declaration, NamespaceId};
use crate::diagnostic::Code;
use crate::namespace;
use crate::span::Span;

/// Up to this many attributes each is compared with each; more are sorted out by a map, so that an
/// element with a hundred thousand is read in the same time per attribute.
const FEW: usize = 12;

/// What is seen of the attributes of a tag while it is read, so that most need no second look.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OwnAttributes {
    /// A bit for what is quickly seen of the expanded name of each.
    seen: u64,
    /// Whether two have the same bit, or a prefix is not bound yet.
    pub(super) are_doubtful: bool,
}

impl OwnAttributes {
    /// Takes in an attribute, by numbers of its expanded name: what has one expanded name has one bit. The
    /// length is that without the prefix; a colon may be counted where there is one.
    #[inline(always)]
    fn meet(&mut self, namespace: NamespaceId, len: usize, last: u8) {
        let sum = u32::from(namespace.0) ^ offset(len) << 3 ^ u32::from(last);
        let bit = 1_u64 << (sum % u64::BITS);
        self.are_doubtful |= self.seen & bit != 0;
        self.seen |= bit;
    }
}

impl Builder<'_, '_> {
    /// Binds a prefix (Namespaces 1.0 3).
    pub(super) fn declare(
        &mut self,
        attribute: Name,
        value: usize,
        close: usize,
        marks: Marks,
    ) -> Result<(), Stop> {
        let prefix_start = (attribute.start + "xmlns:".len()).min(attribute.end);
        let bound = Prefix::at(self.text, prefix_start, attribute.end - prefix_start);
        let prefix = self.text.get(prefix_start..attribute.end).unwrap_or_default();
        let uri = text::value(self.text.get(value..close).unwrap_or_default());
        let place = span(attribute.start, close + 1);
        let fault = match (prefix, uri.as_ref()) {
            ("xmlns", _) => {
                Some((Code::RESERVED_NAMESPACE, "the prefix `xmlns` cannot be declared"))
            }
            ("xml", namespace::XML) => None,
            ("xml", _) => Some((
                Code::RESERVED_NAMESPACE,
                "the prefix `xml` cannot be bound to another namespace",
            )),
            (_, namespace::XML) => Some((
                Code::RESERVED_NAMESPACE,
                "the namespace of `xml` cannot have another prefix",
            )),
            (_, namespace::XMLNS) => {
                Some((Code::RESERVED_NAMESPACE, "the namespace of `xmlns` cannot be declared"))
            }
            ("", _) => None,
            (_, "") => {
                Some((Code::EMPTY_NAMESPACE, "a prefix cannot be bound to the empty namespace"))
            }
            _ => None,
        };
        if let Some((code, message)) = fault {
            self.faults
                .add(code, place, format_args!("{message}"))
                .help(format_args!("remove the declaration"))
                .done();
            self.check_faults(attribute.start)?;
            if code == Code::RESERVED_NAMESPACE {
                return Ok(());
            }
        }
        if self.scope.is_bound_since(marks.bindings, bound) {
            let earlier = self.declarations.get(marks.declarations..).unwrap_or_default();
            let first = earlier.iter().find(|d| d.prefix(self.text) == prefix);
            let first = first.map_or(place, |d| Span::new(d.start, d.name_end));
            return self.duplicate(span(attribute.start, attribute.end), first);
        }
        let most = self.limits.namespaces;
        if self.scope.len() >= most {
            return Err(self.limit(
                "namespaces",
                most,
                attribute.start,
                close,
                "there are more namespaces in scope than",
            ));
        }
        let Some(namespace) = self.namespaces.intern(uri) else {
            return Err(self.too_many_namespaces(attribute.start, close));
        };
        self.scope.bind(bound, namespace);
        self.declarations.push(Declaration {
            node: offset(self.nodes.len()),
            start: place.start,
            name_end: offset(attribute.end),
            end: place.end,
            namespace,
        });
        Ok(())
    }

    #[cold]
    fn too_many_namespaces(&mut self, start: usize, end: usize) -> Stop {
        self.faults
            .limit(
                span(start, end),
                format_args!("there are more than {MOST} different namespaces; reading ends here"),
            )
            .help(format_args!(
                "declare a namespace once and use its prefix; a descriptor needs some ten"
            ))
            .done();
        self.stop(start)
    }

    /// The namespace of an element, and how long its prefix is: 0 when the prefix is not bound, so
    /// that the name stays as it is written.
    #[inline(always)]
    pub(super) fn namespace_of(&mut self, element: Name) -> Result<(NamespaceId, usize), Stop> {
        match self.scope.resolve(Prefix::at(self.text, element.start, element.prefix_len)) {
            Some(namespace) => Ok((namespace, element.prefix_len)),
            None => {
                self.unbound_prefix(element.start, element.prefix_len)?;
                Ok((NamespaceId::NONE, 0))
            }
        }
    }

    /// The namespace of an attribute as far as it is known before the whole tag is read.
    #[inline(always)]
    pub(super) fn namespace_of_attribute(&mut self, attribute: Name) -> NamespaceId {
        let Name { start, end, prefix_len } = attribute;
        let mut namespace = NamespaceId::NONE;
        if prefix_len != 0 {
            match self.scope.resolve(Prefix::at(self.text, start, prefix_len)) {
                Some(bound) => namespace = bound,
                None => self.own.are_doubtful = true,
            }
        }
        let last = self.byte(end - 1).unwrap_or_default();
        self.own.meet(namespace, end - start - prefix_len, last);
        namespace
    }

    /// Gives the attributes from `first` on their namespaces again, now that all declarations are known,
    /// and reports those that are there twice.
    #[inline(never)]
    pub(super) fn resolve_attributes(&mut self, first: usize) -> Result<(), Stop> {
        let mut has_unbound = false;
        let own = self.attributes.get_mut(first..).unwrap_or_default();
        for attribute in own.iter_mut().filter(|attribute| attribute.name.has_prefix()) {
            let len = attribute.name.prefix(self.text, attribute.start).len();
            match self.scope.resolve(Prefix::at(self.text, attribute.start as usize, len)) {
                Some(namespace) => attribute.namespace = namespace,
                None => has_unbound = true,
            }
        }
        if has_unbound {
            self.report_unbound(first)?;
        }
        self.report_duplicates(first)
    }

    /// Reports the prefixes that are not bound, and takes them as part of the name.
    #[cold]
    fn report_unbound(&mut self, first: usize) -> Result<(), Stop> {
        for at in first..self.attributes.len() {
            let Some(attribute) = self.attributes.get_mut(at) else { continue };
            let start = attribute.start as usize;
            let len = attribute.name.prefix(self.text, attribute.start).len();
            if len != 0 && self.scope.resolve(Prefix::at(self.text, start, len)).is_none() {
                attribute.name.drop_prefix();
                self.unbound_prefix(start, len)?;
            }
        }
        Ok(())
    }

    /// XML 1.0 3.1 [WFC: Unique Att Spec], Namespaces 1.0 6.3: no two attributes of an element have
    /// one expanded name.
    fn report_duplicates(&mut self, first: usize) -> Result<(), Stop> {
        let text = self.text;
        let own = self.attributes.get(first..).unwrap_or_default();
        let expanded = |a: &AttributeData| (a.namespace, a.name.local(text, a.start));
        let mut twice = Vec::new();
        if own.len() <= FEW {
            for (at, attribute) in own.iter().enumerate() {
                let mut before = own.iter().take(at);
                if let Some(first) = before.find(|other| expanded(other) == expanded(attribute)) {
                    twice.push((*attribute, *first));
                }
            }
        } else {
            let mut seen = HashMap::with_capacity(own.len());
            for attribute in own {
                let first = *seen.entry(expanded(attribute)).or_insert(attribute);
                if first.start != attribute.start {
                    twice.push((*attribute, *first));
                }
            }
        }
        let place = |a: AttributeData| a.name.span(text, a.start);
        for (again, first) in twice {
            self.duplicate(place(again), place(first))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_usual_in_descriptors_are_not_doubtful() {
        let ovf = NamespaceId(2);
        for names in [
            &["id", "href", "size", "chunkSize"][..],
            &["capacity", "capacityAllocationUnits", "diskId", "fileRef", "format"],
            &["key", "type", "userConfigurable", "value", "password", "qualifiers"],
        ] {
            let mut own = OwnAttributes::default();
            let mut meet = |namespace, name: &str| {
                own.meet(namespace, ":".len() + name.len(), name.bytes().next_back().unwrap());
                own.are_doubtful
            };
            assert!(names.iter().all(|name| !meet(ovf, name)), "{names:?}");
            assert!(meet(ovf, names[0]), "it is there twice");
        }
        let mut own = OwnAttributes::default();
        for namespace in [0, 2, 8, 10] {
            own.meet(NamespaceId(namespace), "x".len(), b'x');
            assert!(!own.are_doubtful, "it is in namespace {namespace} only once");
        }
    }
}
