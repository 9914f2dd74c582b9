//! What is not converted, and everything in it that stands in the way.

use crate::diagnostic::{Code, Findings, quoted};
use crate::model::Envelope;
use crate::namespace::Namespace;
use crate::xml::{Attribute, Node};

/// Elements of the OVF namespace that 2.0 added (DSP8023 2.0.1 against 1.1.0), sorted.
const ELEMENTS: &[&str] = &[
    "BootDeviceSection",
    "EncryptionSection",
    "EnvironmentFilesSection",
    "EthernetPortItem",
    "NetworkPortProfile",
    "NetworkPortProfileURI",
    "PlacementGroupSection",
    "PlacementSection",
    "ScaleOutSection",
    "SharedDiskSection",
    "StorageItem",
];

/// Settings that CIM 2.22 lacks and the CIM of OVF 2.0 has, sorted.
const SETTINGS: &[&str] = &["ComponentSetting", "SoID", "SoOrgID"];

/// OVF 0.9 is another language.
pub(super) fn refuse_draft(envelope: &Envelope<'_>, out: &mut Findings) {
    out.add(
        Code::DRAFT_NOT_CONVERTED,
        envelope.root().name_span(),
        format_args!("the descriptor is OVF {}", envelope.version()),
    )
    .help(format_args!("export the machine as OVF 1.0 or 1.1"))
    .done();
}

/// Tells everything of OVF 2 that 1.0 has nothing for; the namespace is always among it.
pub(super) fn refuse(envelope: &Envelope<'_>, out: &mut Findings) {
    let root = envelope.root();
    out.add(
        Code::NO_COUNTERPART_IN_1_0,
        root.name_span(),
        format_args!("the namespace {} is that of OVF 2", quoted(root.node().namespace())),
    )
    .help(format_args!("export the machine as OVF 1.0 or 1.1"))
    .done();
    for node in envelope.tree().elements() {
        let namespace = Namespace::of(node.namespace());
        let is_new = match namespace {
            _ if namespace.is_ovf() => ELEMENTS.binary_search(&node.local()).is_ok(),
            _ if namespace.is_cim() => SETTINGS.binary_search(&node.local()).is_ok(),
            _ => false,
        };
        if is_new {
            out.add(
                Code::NO_COUNTERPART_IN_1_0,
                node.name_span(),
                format_args!("OVF 1.0 has no {}", quoted(node.local())),
            )
            .help(format_args!("do without it, and export the machine as OVF 1.0 or 1.1"))
            .done();
        }
        if let Some(attribute) = new_attribute(node, namespace) {
            out.add(
                Code::NO_COUNTERPART_IN_1_0,
                attribute.name_span(),
                format_args!(
                    "OVF 1.0 has no {} of a {}",
                    quoted(attribute.local()),
                    quoted(node.local())
                ),
            )
            .help(format_args!("do without it, and export the machine as OVF 1.0 or 1.1"))
            .done();
        }
    }
}

/// The attribute that 2.0 added to an element.
fn new_attribute<'t, 's>(node: Node<'t, 's>, namespace: Namespace) -> Option<Attribute<'t, 's>> {
    let name = match node.local() {
        _ if !namespace.is_ovf() => return None,
        "Property" => "configuration",
        "Msg" => "fileRef",
        _ => return None,
    };
    node.attributes().find(|attribute| {
        attribute.is_local(name)
            && (attribute.prefix().is_empty() || Namespace::of(attribute.namespace()).is_ovf())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(ELEMENTS.is_sorted() && SETTINGS.is_sorted());
    }
}
