//! Where secrets stand.

use crate::span::Span;
use crate::xml::{Node, Tree};

/// The attribute values that no message, snippet or log may show: the values of password properties,
/// in document order.
///
/// It errs on the safe side: names are compared without their namespace, and what the section around
/// is plays no part, so that a property in the wrong place keeps its secret too.
pub(crate) fn secrets(tree: &Tree<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    for property in tree.elements().filter(|node| node.is_local("Property")) {
        if !is_password(property) {
            continue;
        }
        let values = property.children().filter(|child| child.is_local("Value"));
        for holder in std::iter::once(property).chain(values) {
            for attribute in holder.attributes() {
                if matches!(attribute.local(), "value" | "defaultValue") {
                    spans.push(attribute.value_span());
                }
            }
        }
    }
    spans
}

/// Whether a property is marked as a password (DSP0243 1.1 9.5.1), by the attribute or by the
/// `isPassword` that some write for it, or has VMware's type of that name.
pub(super) fn is_password(property: Node<'_, '_>) -> bool {
    property.attributes().any(|attribute| match attribute.local() {
        "password" | "isPassword" => !matches!(attribute.value().trim(), "" | "false" | "0"),
        "type" => attribute.value().trim().starts_with("password"),
        _ => false,
    })
}
