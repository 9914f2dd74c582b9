//! The section tree as vSphere's `OvfConsumerOstNode`.
//!
//! [`Node`] writes that of a descriptor without a copy. [`SectionTree`](crate::edit::SectionTree) is
//! written and read back.

mod owned;

use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use crate::model::{OstNode, OstSection};
use crate::span::Span;

/// A node of the section tree, serialised as `OvfConsumerOstNode`:
///
/// ```json
/// {"id":"","type":"envelope","section":[{"lineNumber":12,"xml":"<NetworkSection …>"}],"child":[…]}
/// ```
///
/// `id` is always there, also when it is empty, as vSphere insists on it; empty lists are left out.
/// Nothing is copied: each section's text is made when it is written. Nested as deep as collections
/// are, which [`Limits::depth`](crate::Limits::depth) bounds.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t, 's> {
    node: OstNode<'t, 's>,
    type_names: bool,
    hidden: &'t [Span],
}

impl<'t, 's> Node<'t, 's> {
    /// The shape without type names, as vAPI and most clients have it.
    #[must_use]
    pub const fn new(node: OstNode<'t, 's>) -> Self {
        Self { node, type_names: false, hidden: &[] }
    }

    /// Whether each object begins with `_typeName`, as in VI/JSON.
    #[must_use]
    pub const fn type_names(mut self, type_names: bool) -> Self {
        self.type_names = type_names;
        self
    }

    /// Leaves parts out of the text of sections, the [secrets](crate::Report::secrets) for one.
    #[must_use]
    pub const fn hiding(mut self, hidden: &'t [Span]) -> Self {
        self.hidden = hidden;
        self
    }
}

impl Serialize for Node<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.type_names {
            map.serialize_entry("_typeName", "OvfConsumerOstNode")?;
        }
        map.serialize_entry("id", &self.node.id())?;
        map.serialize_entry("type", self.node.node_type().as_str())?;
        if self.node.sections().next().is_some() {
            map.serialize_entry("section", &Sections(self))?;
        }
        if self.node.children().next().is_some() {
            map.serialize_entry("child", &Children(self))?;
        }
        map.end()
    }
}

struct Sections<'n, 't, 's>(&'n Node<'t, 's>);

impl Serialize for Sections<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for section in self.0.node.sections() {
            let Node { type_names, hidden, .. } = *self.0;
            list.serialize_element(&Section { section, type_names, hidden })?;
        }
        list.end()
    }
}

struct Children<'n, 't, 's>(&'n Node<'t, 's>);

impl Serialize for Children<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for node in self.0.node.children() {
            list.serialize_element(&Node { node, ..*self.0 })?;
        }
        list.end()
    }
}

struct Section<'t, 's> {
    section: OstSection<'t, 's>,
    type_names: bool,
    hidden: &'t [Span],
}

impl Serialize for Section<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.type_names {
            map.serialize_entry("_typeName", "OvfConsumerOvfSection")?;
        }
        map.serialize_entry("lineNumber", &self.section.line())?;
        map.serialize_entry("xml", &self.section.xml_without(self.hidden))?;
        map.end()
    }
}
