//! Which version of OVF a descriptor is written in.

use super::element::Element;
use super::envelope::Envelope;
use super::parts::PartKind;
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
        || root.attribute("version").is_some_and(|version| version.raw().starts_with("1.1"))
}

/// Whether anything stands in it that 1.1 added: an id on `VirtualHardwareSection`,
/// `VirtualQuantityUnits` in an Item, `password` on a Property, an external message bundle.
fn uses_1_1(envelope: &Envelope<'_>) -> bool {
    envelope.ost_nodes().any(|node| {
        node.parts().any(|part| match part.kind {
            PartKind::Strings => part.element.attribute("fileRef").is_some(),
            PartKind::Section(SectionKind::VirtualHardware) => {
                part.element.attribute("id").is_some()
                    || part.element.children_named("Item").any(|item| {
                        item.child_in(Namespace::Rasd, "VirtualQuantityUnits").is_some()
                    })
            }
            PartKind::Section(SectionKind::Product) => part
                .element
                .children_named("Property")
                .any(|property| property.attribute("password").is_some()),
            _ => false,
        })
    })
}
