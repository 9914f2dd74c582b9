//! An element of a descriptor, looked at with the tolerance real files need.

use std::borrow::Cow;

use super::envelope::{Dialect, Envelope};
use super::names::{AttributeName, ElementName};
use crate::namespace::Namespace;
use crate::span::Span;
use crate::xml::{Attribute, Node};

/// An element of a descriptor: a node of the XML tree that knows which descriptor it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Element<'e, 's> {
    envelope: &'e Envelope<'s>,
    node: Node<'e, 's>,
}

impl<'e, 's> Element<'e, 's> {
    pub(super) const fn new(envelope: &'e Envelope<'s>, node: Node<'e, 's>) -> Self {
        Self { envelope, node }
    }

    /// The descriptor it belongs to.
    #[must_use]
    pub const fn envelope(self) -> &'e Envelope<'s> {
        self.envelope
    }

    /// The node of the XML tree.
    #[must_use]
    pub const fn node(self) -> Node<'e, 's> {
        self.node
    }

    /// The local name.
    #[must_use]
    pub fn local(self) -> &'s str {
        self.node.local()
    }

    /// Whether the local name is this, in whatever namespace.
    #[must_use]
    pub fn is_local(self, local: &str) -> bool {
        self.node.is_local(local)
    }

    /// The local name by its number.
    #[must_use]
    #[inline]
    pub(crate) fn name(self) -> ElementName {
        self.envelope.census().element(self.node.id())
    }

    /// Whether it is the OVF element of a name.
    #[must_use]
    #[inline]
    pub(crate) fn is_named(self, name: ElementName) -> bool {
        self.name() == name && self.is_ovf()
    }

    /// Its OVF child elements of a name.
    pub(crate) fn children_of(self, name: ElementName) -> impl Iterator<Item = Self> + use<'e, 's> {
        self.children().filter(move |child| child.is_named(name))
    }

    /// Its first OVF child element of a name.
    #[must_use]
    pub(crate) fn child_named(self, name: ElementName) -> Option<Self> {
        self.children().find(|child| child.is_named(name))
    }

    /// The namespace, as far as it is known.
    #[must_use]
    pub fn namespace(self) -> Namespace {
        self.envelope.class(self.node.namespace_id())
    }

    /// Whether it belongs to the OVF standard itself.
    ///
    /// OVF 0.9 leaves the elements below `Envelope` without a namespace, so there those count too.
    #[must_use]
    pub fn is_ovf(self) -> bool {
        let namespace = self.namespace();
        namespace.is_ovf()
            || namespace == Namespace::None && self.envelope.dialect() != Dialect::Standard
    }

    /// Whether it is the OVF element of a local name.
    #[must_use]
    pub fn is(self, local: &str) -> bool {
        self.node.is_local(local) && self.is_ovf()
    }

    /// Where its start tag stands.
    #[must_use]
    pub fn start_tag(self) -> Span {
        self.node.start_tag()
    }

    /// Where its name stands in the start tag.
    #[must_use]
    pub fn name_span(self) -> Span {
        self.node.name_span()
    }

    /// The OVF attribute of a local name.
    ///
    /// One without a prefix is taken when there is none in an OVF namespace: some exporters leave the
    /// prefix off, and what they mean is plain. A rule of its own reports it.
    #[must_use]
    pub fn attribute(self, local: &str) -> Option<Attribute<'e, 's>> {
        match AttributeName::of(local) {
            AttributeName::Other => self.ovf_attribute(|_, attribute| attribute.is_local(local)),
            name => self.attribute_named(name),
        }
    }

    /// The OVF attribute of a name, as [`attribute`](Self::attribute) has it.
    #[must_use]
    #[inline]
    pub(crate) fn attribute_named(self, name: AttributeName) -> Option<Attribute<'e, 's>> {
        if self.envelope.has_no(name) {
            return None;
        }
        let census = self.envelope.census();
        self.ovf_attribute(|number, _| census.attribute(number) == name)
    }

    fn ovf_attribute(
        self,
        is_wanted: impl Fn(usize, Attribute<'e, 's>) -> bool,
    ) -> Option<Attribute<'e, 's>> {
        let mut bare = None;
        for (number, attribute) in self.node.attribute_numbers().zip(self.node.attributes()) {
            if !is_wanted(number, attribute) {
                continue;
            }
            match self.envelope.class(attribute.namespace_id()) {
                namespace if namespace.is_ovf() => return Some(attribute),
                Namespace::None => bare = bare.or(Some(attribute)),
                _ => {}
            }
        }
        bare
    }

    /// Whether it has no attribute of a name, in whatever namespace.
    #[inline]
    pub(crate) fn has_no(self, name: AttributeName) -> bool {
        self.envelope.has_no(name)
            || !self.envelope.census().attributes(self.node.attribute_numbers()).contains(&name)
    }

    /// Its attributes with their names.
    pub(crate) fn named_attributes(
        self,
    ) -> impl Iterator<Item = (AttributeName, Attribute<'e, 's>)> + use<'e, 's> {
        let census = self.envelope.census();
        let numbers = self.node.attribute_numbers();
        numbers.map(|number| census.attribute(number)).zip(self.node.attributes())
    }

    /// The attribute of a local name in a given namespace.
    #[must_use]
    pub fn attribute_in(self, namespace: Namespace, local: &str) -> Option<Attribute<'e, 's>> {
        let name = AttributeName::of(local);
        if self.envelope.has_no(name) {
            return None;
        }
        self.named_attributes().map(|(_, attribute)| attribute).find(|attribute| {
            attribute.is_local(local) && self.envelope.class(attribute.namespace_id()) == namespace
        })
    }

    /// The attribute of a name in a given namespace.
    #[must_use]
    #[inline]
    pub(crate) fn attribute_named_in(
        self,
        namespace: Namespace,
        name: AttributeName,
    ) -> Option<Attribute<'e, 's>> {
        if self.envelope.has_no(name) {
            return None;
        }
        self.named_attributes()
            .find(|(found, attribute)| {
                *found == name && self.envelope.class(attribute.namespace_id()) == namespace
            })
            .map(|(_, attribute)| attribute)
    }

    /// The element around it.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.node.parent().map(|node| Self { node, ..self })
    }

    /// The first child element, whatever it is.
    pub(super) fn first_child(self) -> Option<Self> {
        self.children().next()
    }

    /// The next element inside the same parent, whatever it is.
    pub(super) fn next_sibling(self) -> Option<Self> {
        self.node.next_sibling().map(|node| Self { node, ..self })
    }

    /// Its child elements, whatever they are.
    pub fn children(self) -> impl Iterator<Item = Self> + use<'e, 's> {
        self.node.children().map(move |node| Self { node, ..self })
    }

    /// Its OVF child elements of a local name.
    pub fn children_named<'n>(
        self,
        local: &'n str,
    ) -> impl Iterator<Item = Self> + use<'e, 's, 'n> {
        self.children().filter(move |child| child.is(local))
    }

    /// Its first OVF child element of a local name.
    #[must_use]
    pub fn child(self, local: &str) -> Option<Self> {
        self.children().find(|child| child.is(local))
    }

    /// Its first child element of a local name in a given namespace.
    #[must_use]
    pub fn child_in(self, namespace: Namespace, local: &str) -> Option<Self> {
        self.children().find(|child| child.is_local(local) && child.namespace() == namespace)
    }

    /// Its first child element of a name in a given namespace.
    #[must_use]
    pub(crate) fn child_named_in(self, namespace: Namespace, name: ElementName) -> Option<Self> {
        self.children().find(|child| child.name() == name && child.namespace() == namespace)
    }

    /// The character data directly inside, as written save for references and line ends.
    #[must_use]
    pub fn text(self) -> Cow<'s, str> {
        self.node.text()
    }

    /// Where its character data stands, without the blanks around it.
    #[must_use]
    pub fn text_span(self) -> Span {
        self.node.text_span()
    }
}
