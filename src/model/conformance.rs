//! How much of a descriptor is the standard's (DSP0243 7.4).

use super::envelope::{Dialect, Envelope};
use crate::namespace::Namespace;
use crate::value::number;
use crate::xml::{Node, Tree};

/// The conformance level of a package (DSP0243 7.4). It is computed; nothing in a descriptor states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConformanceLevel {
    /// Level 1: nothing but what the standard defines.
    One,
    /// Level 2: extensions, all of them optional.
    Two,
    /// Level 3: an extension that readers have to know.
    Three,
}

impl ConformanceLevel {
    /// 1, 2 or 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

impl std::fmt::Display for ConformanceLevel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.number().fmt(f)
    }
}

impl Envelope<'_> {
    /// The conformance level of the package (DSP0243 7.4).
    ///
    /// An extension is an element outside the namespaces of OVF and CIM; it is required unless it says
    /// `required="false"` (7.3). What stands inside one belongs to it. Attributes of other namespaces
    /// are extensions too, and always optional.
    #[must_use]
    pub fn conformance_level(&self) -> ConformanceLevel {
        let own = own_namespaces(self.tree(), self.dialect());
        let is_own = |index: usize| own.get(index).copied().unwrap_or(false);
        let mut level = ConformanceLevel::One;
        let mut inside = 0;
        for node in self.tree().elements() {
            if node.span().start < inside {
                continue;
            }
            if is_own(node.namespace_id().index()) {
                let extended = node.attributes().any(|attribute| {
                    !attribute.prefix().is_empty() && !is_own(attribute.namespace_id().index())
                });
                if extended {
                    level = level.max(ConformanceLevel::Two);
                }
            } else if is_required(node) {
                return ConformanceLevel::Three;
            } else {
                level = level.max(ConformanceLevel::Two);
                inside = node.span().end;
            }
        }
        level
    }
}

/// By the index of a namespace: whether the standard defines what is in it.
fn own_namespaces(tree: &Tree<'_>, dialect: Dialect) -> Vec<bool> {
    tree.namespaces()
        .map(|(_, uri)| {
            let namespace = Namespace::of(uri);
            namespace.is_ovf()
                || namespace.is_cim()
                || matches!(namespace, Namespace::Xml | Namespace::Xsi)
                || namespace == Namespace::None && dialect != Dialect::Standard
        })
        .collect()
}

fn is_required(node: Node<'_, '_>) -> bool {
    node.attributes()
        .find(|attribute| {
            attribute.is_local("required") && Namespace::of(attribute.namespace()).is_ovf()
        })
        .and_then(|attribute| number::boolean(&attribute.value()).ok())
        .unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::source::Source;

    fn level(inside: &str) -> ConformanceLevel {
        let text = format!(
            "<Envelope xmlns=\"{ns}\" xmlns:ovf=\"{ns}\" xmlns:x=\"urn:x\"><References/>{inside}</Envelope>",
            ns = crate::namespace::OVF_1,
        );
        let source = Source::decode(text.as_bytes()).expect("it is text");
        let tree = crate::xml::parse(source.text(), &Limits::default()).tree;
        Envelope::read(&source, tree).expect("it is an envelope").conformance_level()
    }

    #[test]
    fn levels() {
        use ConformanceLevel::{One, Three, Two};
        for (inside, want) in [
            ("<DiskSection/>", One),
            ("<DiskSection xml:lang=\"en\"/>", One),
            ("<DiskSection x:y=\"1\"/>", Two),
            ("<x:Section ovf:required=\"false\"/>", Two),
            ("<x:Section ovf:required=\"0\"><x:Inner/></x:Section><DiskSection/>", Two),
            ("<x:Section/>", Three),
            ("<x:Section ovf:required=\"true\"/>", Three),
            ("<x:Section ovf:required=\"false\"/><DiskSection><x:Disk/></DiskSection>", Three),
        ] {
            assert_eq!(level(inside), want, "{inside}");
        }
    }
}
