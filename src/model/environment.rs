//! What a machine gets to see of a descriptor in its OVF environment (DSP0243 11).

use std::collections::HashSet;

use super::ost::{OstNode, OstNodeType};
use super::product::{Product, Property};
use super::section::SectionKind;

impl<'e, 's> OstNode<'e, 's> {
    /// The properties of its own products, in document order.
    pub fn properties(self) -> impl Iterator<Item = Property<'e, 's>> + use<'e, 's> {
        self.sections()
            .filter(|section| section.kind() == SectionKind::Product)
            .flat_map(|section| Product::new(section.element()).properties())
    }

    /// The other members of the collection it is in, in document order.
    pub fn siblings(self) -> impl Iterator<Item = Self> + use<'e, 's> {
        let collection = self.parent().filter(|parent| parent.is_collection());
        collection
            .into_iter()
            .flat_map(Self::children)
            .filter(move |member| member.index() != self.index())
    }

    /// The properties that stand in its environment, each with the node it stands on: its own, then
    /// those of the collection it is in that it has none of its own for (DSP0243 11.1). What is on
    /// collections farther out is left out.
    ///
    /// `exists` says which properties there are, as some are in some deployment options only. Of two with
    /// one full key on one node the first counts; properties without a key are left out.
    #[must_use]
    pub fn environment_properties(
        self,
        exists: impl Fn(Property<'e, 's>) -> bool,
    ) -> Vec<(Self, Property<'e, 's>)> {
        let mut seen = HashSet::new();
        let collection = self.parent().filter(|parent| parent.is_collection());
        std::iter::once(self)
            .chain(collection)
            .flat_map(|node| node.properties().map(move |property| (node, property)))
            .filter(|(_, property)| {
                exists(*property) && property.full_key().is_some_and(|key| seen.insert(key))
            })
            .collect()
    }

    /// Whether it is a collection, and so hands its properties on.
    fn is_collection(self) -> bool {
        self.node_type() == OstNodeType::VirtualSystemCollection
    }
}

#[cfg(test)]
mod tests {
    use crate::limits::Limits;
    use crate::model::Envelope;
    use crate::source::Source;
    use crate::xml;

    const DESCRIPTOR: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
      <References/>
      <VirtualSystemCollection ovf:id="all">
        <ProductSection><Property ovf:key="far"/></ProductSection>
        <VirtualSystemCollection ovf:id="tier">
          <ProductSection><Property ovf:key="near"/><Property ovf:key="both"/></ProductSection>
          <VirtualSystem ovf:id="a"><ProductSection><Property ovf:key="both"/><Property ovf:key="own"/><Property/></ProductSection></VirtualSystem>
          <VirtualSystem ovf:id="b"/>
        </VirtualSystemCollection>
        <VirtualSystem ovf:id="c"/>
      </VirtualSystemCollection>
    </Envelope>"#;

    #[test]
    fn own_ones_then_those_of_the_collection_it_is_in() {
        let source = Source::decode(DESCRIPTOR.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let seen = |id: &str| {
            let node = envelope.ost_nodes().find(|node| node.id() == id).unwrap();
            let siblings: Vec<_> = node.siblings().map(|node| node.id().into_owned()).collect();
            let properties: Vec<_> = node
                .environment_properties(|_| true)
                .into_iter()
                .map(|(owner, property)| format!("{}:{}", owner.id(), property.full_key().unwrap()))
                .collect();
            (siblings.join(" "), properties.join(" "))
        };
        assert_eq!(seen("a"), ("b".to_owned(), "a:both a:own tier:near".to_owned()));
        assert_eq!(seen("b"), ("a".to_owned(), "tier:near tier:both".to_owned()));
        assert_eq!(seen("c"), ("tier".to_owned(), "all:far".to_owned()));
        assert_eq!(seen("tier"), ("c".to_owned(), "tier:near tier:both all:far".to_owned()));
        assert_eq!(seen("all"), (String::new(), "all:far".to_owned()));
    }
}
