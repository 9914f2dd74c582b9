//! Which version of OVF a descriptor is written in.

use super::element::Element;
use super::envelope::Envelope;
use super::names::{AttributeName, ElementName};
use super::parts::PartKind;
use super::product::Property;
use super::section::SectionKind;
use crate::namespace::{Namespace, Version};

/// What only 1.1 has, found in a 1.x descriptor.
pub(super) fn detect(envelope: &Envelope<'_>, root: Namespace) -> Version {
    match root {
        Namespace::Ovf09 | Namespace::Ovirt => Version::V0_9,
        Namespace::Ovf2 => Version::V2,
        _ if is_named_1_1(envelope.root()) || uses_1_1(envelope) => Version::V1_1,
        _ => Version::V1_0,
    }
}

/// Whether the schema location or the `version` attribute says 1.1.
fn is_named_1_1(root: Element<'_, '_>) -> bool {
    let location = root.attribute_in(Namespace::Xsi, "schemaLocation");
    location.is_some_and(|location| location.raw().contains("dsp8023_1.1"))
        || root
            .attribute_named(AttributeName::Version)
            .is_some_and(|version| version.raw().starts_with("1.1"))
}

/// Whether anything stands in it that 1.1 added: an id on `VirtualHardwareSection`,
/// `VirtualQuantityUnits` in an Item, `password` on a Property, an external message bundle.
fn uses_1_1(envelope: &Envelope<'_>) -> bool {
    let is_password = |property: Property<'_, '_>| property.password().is_some();
    let has_password = !envelope.has_no(AttributeName::Password)
        && envelope.properties().any(|(_, property)| is_password(property));
    has_password || has_new_parts(envelope)
}

fn has_new_parts(envelope: &Envelope<'_>) -> bool {
    let has_units = |section: Element<'_, '_>| {
        !envelope.has_no_element(ElementName::VirtualQuantityUnits) && has_quantity_units(section)
    };
    envelope.ost_nodes().any(|node| {
        node.parts().any(|part| match part.kind {
            PartKind::Strings => part.element.attribute_named(AttributeName::FileRef).is_some(),
            PartKind::Section(SectionKind::VirtualHardware) => {
                part.element.attribute_named(AttributeName::Id).is_some() || has_units(part.element)
            }
            PartKind::Section(SectionKind::ResourceAllocation) => has_units(part.element),
            _ => false,
        })
    })
}

fn has_quantity_units(section: Element<'_, '_>) -> bool {
    section.children_of(ElementName::Item).any(|item| {
        item.child_named_in(Namespace::Rasd, ElementName::VirtualQuantityUnits).is_some()
    })
}
