//! What a machine gets to see of a descriptor in its OVF environment (DSP0243 11).

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
        self.collection()
            .into_iter()
            .flat_map(Self::children)
            .filter(move |member| member.index() != self.index())
    }

    /// The collection it is directly in, whose properties its environment has too (DSP0243 11.1). What is
    /// on collections farther out is not in there.
    #[must_use]
    pub fn collection(self) -> Option<Self> {
        self.parent().filter(|parent| parent.node_type() == OstNodeType::VirtualSystemCollection)
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
    fn members_of_a_collection_see_each_other_and_what_is_on_it() {
        let source = Source::decode(DESCRIPTOR.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let seen = |id: &str| {
            let node = envelope.ost_nodes().find(|node| node.id() == id).unwrap();
            let siblings: Vec<_> = node.siblings().map(|node| node.id().into_owned()).collect();
            let collection = node.collection().map(|node| node.id().into_owned());
            let properties: Vec<_> =
                node.properties().filter_map(|property| property.full_key()).collect();
            (siblings.join(" "), collection.unwrap_or_default(), properties.join(" "))
        };
        let want = |siblings: &str, collection: &str, properties: &str| {
            (siblings.to_owned(), collection.to_owned(), properties.to_owned())
        };
        assert_eq!(seen("a"), want("b", "tier", "both own"));
        assert_eq!(seen("b"), want("a", "tier", ""));
        assert_eq!(seen("c"), want("tier", "all", ""));
        assert_eq!(seen("tier"), want("c", "all", "near both"));
        assert_eq!(seen("all"), want("", "", "far"));
    }
}
