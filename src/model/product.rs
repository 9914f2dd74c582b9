//! `ProductSection` and its properties (DSP0243 9.5).

use std::borrow::Cow;

use super::element::Element;
use super::envelope::Envelope;
use super::lists::PropertyData;
use super::names::{AttributeName, ElementName};
use super::ost::OstNode;
use super::secrets::{is_password, is_password_type, says_password};
use super::section::SectionKind;
use super::view::view;
use crate::namespace::Namespace;
use crate::value::number::{self, BooleanError};
use crate::xml::Attribute;

view! {
    /// A `ProductSection`: a piece of software and what can be set in it (DSP0243 9.5).
    Product {
        /// `class`: names the software, as a Java package is named. Empty when absent.
        class = "class",
        /// `instance`: tells several installations of one class apart. Empty when absent.
        instance = "instance",
    }
}

impl<'e, 's> Product<'e, 's> {
    /// `Product`: the name of the software.
    #[must_use]
    pub fn name(self) -> Option<Element<'e, 's>> {
        self.element().child_named(ElementName::Product)
    }

    /// `Vendor`: who makes it.
    #[must_use]
    pub fn vendor(self) -> Option<Element<'e, 's>> {
        self.element().child_named(ElementName::Vendor)
    }

    /// `Version`: the short one.
    #[must_use]
    pub fn version(self) -> Option<Element<'e, 's>> {
        self.element().child_named(ElementName::Version)
    }

    /// `FullVersion`, which OVF 0.9 spells `Full-version`.
    #[must_use]
    pub fn full_version(self) -> Option<Element<'e, 's>> {
        self.element()
            .child_named(ElementName::FullVersion)
            .or_else(|| self.element().child_named(ElementName::LegacyFullVersion))
    }

    /// `ProductUrl`: where the software is described.
    #[must_use]
    pub fn product_url(self) -> Option<Element<'e, 's>> {
        self.element().child_named(ElementName::ProductUrl)
    }

    /// `VendorUrl`: where its maker is described.
    #[must_use]
    pub fn vendor_url(self) -> Option<Element<'e, 's>> {
        self.element().child_named(ElementName::VendorUrl)
    }

    /// `AppUrl`: where it answers once it runs; may hold `${property}`.
    #[must_use]
    pub fn app_url(self) -> Option<Element<'e, 's>> {
        self.element().child_named(ElementName::AppUrl)
    }

    /// The pictures to show for it, in document order.
    pub fn icons(self) -> impl Iterator<Item = Icon<'e, 's>> + use<'e, 's> {
        self.element().children_of(ElementName::Icon).map(Icon::new)
    }

    /// The headings of its properties, in document order.
    pub fn categories(self) -> impl Iterator<Item = Category<'e, 's>> + use<'e, 's> {
        self.element().children_of(ElementName::Category).map(Category::new)
    }

    /// Its properties, in document order, each with the `Category` it stands under: the last one
    /// before it with nothing but properties between them (DSP0243 9.5.1).
    pub fn properties(self) -> impl Iterator<Item = Property<'e, 's>> + use<'e, 's> {
        let mut category = None;
        self.element().children().filter_map(move |element| {
            if element.is_named(ElementName::Property) {
                return Some(Property { element, category });
            }
            category = element.is_named(ElementName::Category).then(|| Category::new(element));
            None
        })
    }
}

view! {
    /// An `Icon` of a product (DSP0243 9.5).
    Icon {
        /// `fileRef`: the id of the File with the picture.
        file_ref = "fileRef",
        /// `height` in pixels.
        height = "height",
        /// `width` in pixels.
        width = "width",
        /// `mimeType` of the picture.
        mime_type = "mimeType",
    }
}

view! {
    /// A `Category`: the heading of the properties that follow it (DSP0243 9.5.1). Its text is the
    /// heading, in the message bundle under `msgid`.
    Category {
        /// `msgid`: the name of the text in the message bundles.
        msgid = "msgid",
    }
}

impl<'e, 's> Category<'e, 's> {
    /// VMware's `uioptional`: whether a wizard may hide the properties.
    #[must_use]
    pub fn ui_optional(self) -> Option<Attribute<'e, 's>> {
        self.element().attribute_in(Namespace::Vmw, "uioptional")
    }
}

view! {
    /// A `Value` of a property: its default in one deployment option (DSP0243 9.5.1).
    PropertyValue {
        /// `value`: the default.
        value = "value",
        /// `configuration`: the deployment option it is for; for all others when absent.
        configuration = "configuration",
    }
}

/// A `Property`: something that can be set in a product (DSP0243 9.5.1).
#[derive(Clone, Copy, Debug)]
pub struct Property<'e, 's> {
    element: Element<'e, 's>,
    category: Option<Category<'e, 's>>,
}

impl<'e, 's> Property<'e, 's> {
    pub(super) fn new(element: Element<'e, 's>, category: Option<Element<'e, 's>>) -> Self {
        Self { element, category: category.map(Category::new) }
    }

    /// The element.
    #[must_use]
    pub const fn element(self) -> Element<'e, 's> {
        self.element
    }

    /// The heading it stands under.
    #[must_use]
    pub const fn category(self) -> Option<Category<'e, 's>> {
        self.category
    }

    /// The section it is of.
    #[must_use]
    pub fn product(self) -> Option<Product<'e, 's>> {
        self.element.parent().map(Product::new)
    }

    /// `key`: its name in the section.
    #[must_use]
    pub fn key(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Key)
    }

    /// The name by which the guest and other values know it: `[class "."] key ["." instance]`, where an
    /// empty part takes its dot away (DSP0243 9.5.1). `None` without a key.
    #[must_use]
    pub fn full_key(self) -> Option<Cow<'s, str>> {
        let key = self.key()?.value();
        let part = |attribute: Option<Attribute<'e, 's>>| {
            attribute.map(|attribute| attribute.value()).unwrap_or_default()
        };
        let (class, instance) = match self.product() {
            Some(product) => (part(product.class()), part(product.instance())),
            None => (Cow::Borrowed(""), Cow::Borrowed("")),
        };
        Some(full_key(&class, key, &instance))
    }

    /// `type`, by its name: see [`PropertyType`](crate::value::property::PropertyType).
    #[must_use]
    pub fn type_name(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Type)
    }

    /// `value`: the default. OVF 0.9 spells it `defaultValue`, and some write that in 1.x.
    #[must_use]
    pub fn value(self) -> Option<Attribute<'e, 's>> {
        self.element
            .attribute_named(AttributeName::Value)
            .or_else(|| self.element.attribute_named(AttributeName::DefaultValue))
    }

    /// The defaults for deployment options, in document order.
    pub fn values(self) -> impl Iterator<Item = PropertyValue<'e, 's>> + use<'e, 's> {
        self.element.children_of(ElementName::Value).map(PropertyValue::new)
    }

    /// The default in a deployment option, or without one: the `Value` for the option, else `value`,
    /// else the `Value` for no option.
    #[must_use]
    pub fn value_in(self, configuration: Option<&str>) -> Option<Attribute<'e, 's>> {
        let option = |value: &PropertyValue<'e, 's>| match (value.configuration(), configuration) {
            (Some(attribute), Some(id)) => attribute.value() == id,
            _ => false,
        };
        self.values()
            .find(option)
            .and_then(PropertyValue::value)
            .or_else(|| self.value())
            .or_else(|| self.values().find(|v| v.configuration().is_none())?.value())
    }

    /// `userConfigurable` as written. OVF 0.9 spells it `configurableByUser`.
    #[must_use]
    pub fn user_configurable(self) -> Option<Attribute<'e, 's>> {
        self.element
            .attribute("userConfigurable")
            .or_else(|| self.element.attribute_named(AttributeName::ConfigurableByUser))
    }

    /// Whether people may set it; `None` when it does not say, which means no, or says it in no words
    /// that are known. Letter case counts for nothing.
    #[must_use]
    pub fn is_user_configurable(self) -> Option<bool> {
        match number::boolean(&self.user_configurable()?.value()) {
            Ok(meant) | Err(BooleanError::Case { meant }) => Some(meant),
            Err(_) => None,
        }
    }

    /// `password`, as written.
    #[must_use]
    pub fn password(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Password)
    }

    /// Whether its values must never be shown. What is written wrong counts as yes.
    #[must_use]
    pub fn is_secret(self) -> bool {
        use AttributeName::{IsPassword, Other, Password, Type};
        let element = self.element;
        if !element.has_no(Other) {
            // A name with a prefix that is not declared is among the others.
            return is_password(element.node());
        }
        let may_say = [Password, IsPassword, Type].into_iter().any(|name| !element.has_no(name));
        may_say
            && element.named_attributes().any(|(name, attribute)| match name {
                Password | IsPassword => says_password(attribute),
                Type => is_password_type(attribute),
                _ => false,
            })
    }

    /// `qualifiers`: what values must obey beside the type.
    #[must_use]
    pub fn qualifiers(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Qualifiers)
    }

    /// VMware's `qualifiers`: which setting of a network it is filled with.
    #[must_use]
    pub fn network_qualifiers(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named_in(Namespace::Vmw, AttributeName::Qualifiers)
    }

    /// `configuration`: the deployment options it exists in (DSP0243 2.1 9.5.1).
    #[must_use]
    pub fn configuration(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Configuration)
    }

    /// `Label`: its name for people.
    #[must_use]
    pub fn label(self) -> Option<Element<'e, 's>> {
        self.element.child_named(ElementName::Label)
    }

    /// `Description`: what it is, for people.
    #[must_use]
    pub fn description(self) -> Option<Element<'e, 's>> {
        self.element.child_named(ElementName::Description)
    }
}

/// The parts of a full key put together.
fn full_key<'s>(class: &str, key: Cow<'s, str>, instance: &str) -> Cow<'s, str> {
    if class.is_empty() && instance.is_empty() {
        return key;
    }
    let parts = [class, &*key, instance];
    Cow::Owned(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("."))
}

impl<'s> Envelope<'s> {
    /// The product sections, in document order, each with the node it stands on. The first one of the
    /// content of the envelope describes the package as a whole.
    pub fn products(&self) -> impl Iterator<Item = (OstNode<'_, 's>, Product<'_, 's>)> {
        self.sections(SectionKind::Product)
            .map(|(node, section)| (node, Product::new(section.element())))
    }

    /// The properties of all products, in document order, each with the node it belongs to.
    pub fn properties(&self) -> impl Iterator<Item = (OstNode<'_, 's>, Property<'_, 's>)> {
        self.lists().properties.iter().filter_map(|data| {
            let category = data.category.and_then(|category| self.element(category));
            let property = Property::new(self.element(data.element)?, category);
            Some((OstNode::new(self, data.node as usize), property))
        })
    }

    /// The properties of a full key, in document order, each with the node it belongs to. Keys are
    /// unique on a node only, so several nodes may have it.
    pub fn properties_named(
        &self,
        full_key: &str,
    ) -> impl Iterator<Item = (OstNode<'_, 's>, Property<'_, 's>)> {
        self.index().properties(self, full_key).iter().filter_map(|place| {
            Some((OstNode::new(self, place.node as usize), place.property(self)?))
        })
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// The products of the node, in document order.
    pub fn products(self) -> impl Iterator<Item = Product<'e, 's>> + use<'e, 's> {
        self.sections()
            .filter(|section| section.kind() == SectionKind::Product)
            .map(|section| Product::new(section.element()))
    }

    /// The property that a reference `${full key}` means on this node: its own, else that of the
    /// nearest collection around it (DSP0243 9.5.1, 11.1).
    #[must_use]
    pub fn property(self, full_key: &str) -> Option<Property<'e, 's>> {
        let places = self.envelope().index().properties(self.envelope(), full_key);
        if places.is_empty() {
            return None;
        }
        std::iter::successors(Some(self), |node| node.parent()).find_map(|node| {
            let at = places.partition_point(|place| (place.node as usize) < node.index());
            let place = places.get(at).filter(|place| place.node as usize == node.index())?;
            place.property(node.envelope())
        })
    }

    /// The first property of a full key on this node or on one below it.
    #[must_use]
    pub fn property_below(self, full_key: &str) -> Option<Property<'e, 's>> {
        let places = self.envelope().index().properties(self.envelope(), full_key);
        let at = places.partition_point(|place| (place.node as usize) < self.index());
        let within = |place: &&PropertyData| (place.node as usize) < self.end();
        places.get(at).filter(within)?.property(self.envelope())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::source::Source;

    const ENVELOPE: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
      <References/>
      <VirtualSystemCollection ovf:id="all">
        <ProductSection ovf:class="" ovf:instance=""><Property ovf:key="ip" ovf:value="1"/></ProductSection>
        <VirtualSystem ovf:id="a">
          <ProductSection ovf:class="org.db" ovf:instance="2">
            <Property ovf:key="first"/>
            <Category>Net</Category>
            <Property ovf:key="port" ovf:value="1" ovf:userConfigurable="True">
              <Value ovf:value="2"/>
              <Value ovf:value="3" ovf:configuration="big"/>
            </Property>
            <Property ovf:key="ip" ovf:defaultValue="x"/>
            <Icon ovf:fileRef="f"/>
            <Property ovf:key="last"/>
          </ProductSection>
        </VirtualSystem>
        <VirtualSystem ovf:id="b">
          <ProductSection ovf:class="org.db"><Property ovf:key="port"/><Property/></ProductSection>
        </VirtualSystem>
      </VirtualSystemCollection>
    </Envelope>"#;

    fn with_envelope(check: impl FnOnce(&Envelope<'_>)) {
        let source = Source::decode(ENVELOPE.as_bytes()).unwrap();
        let parsed = crate::xml::parse(source.text(), &Limits::default());
        check(&Envelope::read(&source, parsed.tree).unwrap());
    }

    #[test]
    fn full_keys_have_dots_between_parts_that_are_there() {
        for (class, key, instance, want) in [
            ("", "ip", "", "ip"),
            ("org.db", "ip", "", "org.db.ip"),
            ("", "ip", "1", "ip.1"),
            ("org.db", "ip", "1", "org.db.ip.1"),
        ] {
            assert_eq!(full_key(class, key.into(), instance), want);
        }
        with_envelope(|envelope| {
            let keys: Vec<_> =
                envelope.properties().map(|(_, property)| property.full_key()).collect();
            let keys: Vec<_> = keys.iter().map(Option::as_deref).collect();
            assert_eq!(
                keys,
                [
                    Some("ip"),
                    Some("org.db.first.2"),
                    Some("org.db.port.2"),
                    Some("org.db.ip.2"),
                    Some("org.db.last.2"),
                    Some("org.db.port"),
                    None,
                ]
            );
        });
    }

    #[test]
    fn a_category_ends_where_something_else_stands() {
        with_envelope(|envelope| {
            let headings: Vec<_> = envelope
                .properties()
                .map(|(_, property)| property.category().map(|category| category.element().text()))
                .collect();
            let headings: Vec<_> = headings.iter().map(Option::as_deref).collect();
            assert_eq!(headings, [None, None, Some("Net"), Some("Net"), None, None, None]);
        });
    }

    #[test]
    fn defaults_follow_the_option() {
        with_envelope(|envelope| {
            let (_, port) = envelope.properties_named("org.db.port.2").next().unwrap();
            let value = |option| port.value_in(option).map(|value| value.value().into_owned());
            assert_eq!(value(None).as_deref(), Some("1"));
            assert_eq!(value(Some("big")).as_deref(), Some("3"));
            assert_eq!(value(Some("small")).as_deref(), Some("1"));
            assert_eq!(port.is_user_configurable(), Some(true));
            assert_eq!(port.category().unwrap().element().text(), "Net");
            let (_, ip) = envelope.properties_named("org.db.ip.2").next().unwrap();
            assert_eq!(ip.value().unwrap().value(), "x");
            assert_eq!(ip.is_user_configurable(), None);
        });
    }

    #[test]
    fn references_look_outwards() {
        with_envelope(|envelope| {
            let node = |id| envelope.ost_nodes().find(|node| node.id() == id).unwrap();
            assert!(node("a").property("ip").is_some());
            assert!(node("a").property("org.db.port").is_none());
            assert!(node("b").property("org.db.port").is_some());
            assert!(node("all").property("org.db.port").is_none());
            assert!(node("all").property_below("org.db.port").is_some());
            assert!(node("a").property_below("org.db.port").is_none());
            assert!(node("b").property_below("ip").is_none());
        });
    }
}
