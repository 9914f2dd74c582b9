//! [`SectionTree`] to and from `OvfConsumerOstNode`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::edit::{NodeKey, SectionTree, TreeNode, TreeSection};
use crate::limits::Limits;
use crate::model::OstNodeType;

impl Serialize for SectionTree {
    /// As `OvfConsumerOstNode`, without type names.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node(self.root()).serialize(serializer)
    }
}

struct Node<'t>(TreeNode<'t>);

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.0.id())?;
        map.serialize_entry("type", self.0.node_type().as_str())?;
        if !self.0.sections().is_empty() {
            let sections: Vec<_> = self.0.sections().iter().map(Section).collect();
            map.serialize_entry("section", &sections)?;
        }
        if self.0.children().len() > 0 {
            let children: Vec<_> = self.0.children().map(Node).collect();
            map.serialize_entry("child", &children)?;
        }
        map.end()
    }
}

struct Section<'t>(&'t TreeSection);

impl Serialize for Section<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("lineNumber", &self.0.line())?;
        map.serialize_entry("xml", self.0.xml())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for SectionTree {
    /// From `OvfConsumerOstNode`, with type names or without.
    ///
    /// `id` and `type` must be there, and of a section `lineNumber` and `xml`; what else there is is passed
    /// over. Sections are not looked at: those that are new or changed are checked when the tree is put
    /// back. Nodes nest as deep as the default of [`Limits::depth`] allows.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tree = Self::new();
        let depth = Limits::default().depth;
        NodeSeed { tree: &mut tree, parent: None, depth }.deserialize(deserializer)?;
        Ok(tree)
    }
}

/// Reads a node into a tree.
struct NodeSeed<'t> {
    tree: &'t mut SectionTree,
    /// What it is in; `None` for the envelope.
    parent: Option<NodeKey>,
    /// How much deeper nodes may nest.
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth == 0 {
            return Err(D::Error::custom("the nodes nest too deep"));
        }
        deserializer.deserialize_map(self)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SectionFields {
    line_number: u32,
    xml: String,
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an OvfConsumerOstNode")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let key = match self.parent {
            None => self.tree.root().key(),
            // What it is, is learnt on the way: fields come in any order.
            Some(parent) => self.tree.push_node(parent, OstNodeType::VirtualSystem, String::new()),
        };
        let (mut id, mut node_type) = (None::<String>, None::<OstNodeType>);
        while let Some(field) = map.next_key::<String>()? {
            match field.as_str() {
                "id" => id = Some(map.next_value()?),
                "type" => node_type = Some(map.next_value::<TypeName>()?.0),
                "section" => {
                    for section in map.next_value::<Vec<SectionFields>>()? {
                        self.tree.push_section(key, section.xml, section.line_number);
                    }
                }
                "child" => map.next_value_seed(Children {
                    tree: &mut *self.tree,
                    parent: key,
                    depth: self.depth,
                })?,
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        let id = id.ok_or_else(|| A::Error::missing_field("id"))?;
        let node_type = node_type.ok_or_else(|| A::Error::missing_field("type"))?;
        if (node_type == OstNodeType::Envelope) != self.parent.is_none() {
            return Err(A::Error::custom("the envelope is the root, and nothing else is"));
        }
        self.tree.name_node(key, node_type, id);
        Ok(())
    }
}

struct TypeName(OstNodeType);

impl<'de> Deserialize<'de> for TypeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = [
            OstNodeType::Envelope,
            OstNodeType::VirtualSystem,
            OstNodeType::VirtualSystemCollection,
        ];
        let found = known.into_iter().find(|known| known.as_str() == name);
        found.map(Self).ok_or_else(|| {
            D::Error::custom("the type is not envelope, virtualSystem or virtualSystemCollection")
        })
    }
}

/// Reads a list of nodes into a tree.
struct Children<'t> {
    tree: &'t mut SectionTree,
    parent: NodeKey,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Children<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Children<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of OvfConsumerOstNode")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let depth = self.depth.saturating_sub(1);
        loop {
            let seed = NodeSeed { tree: &mut *self.tree, parent: Some(self.parent), depth };
            if list.next_element_seed(seed)?.is_none() {
                return Ok(());
            }
        }
    }
}
