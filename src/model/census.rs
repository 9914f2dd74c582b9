//! What one look at every element and every attribute tells, so that nobody else has to look at all of
//! them: the names, and the few that rules about the whole descriptor care for.

use std::ops::Range;

use super::envelope::Dialect;
use super::names::{AttributeName, ElementName};
use crate::namespace::Namespace;
use crate::xml::{Attribute, NamespaceId, Node, NodeId, Tree};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Census {
    elements: Vec<ElementName>,
    attributes: Vec<AttributeName>,
    pub(super) notable: Vec<Notable>,
    /// The elements called `HostResource`, in whatever namespace.
    pub(super) host_resources: Vec<NodeId>,
    /// The elements called `Connection`, in whatever namespace.
    pub(super) connections: Vec<NodeId>,
    /// VMware's `Config`, `ExtraConfig`, `CoresPerSocket` and `StorageGroup`, wherever they stand.
    pub(super) vmware_settings: Vec<NodeId>,
    /// The names of all attributes, a bit for each.
    pub(super) all: u64,
    /// Whether there may be a `$` in the value of some attribute.
    pub(super) has_dollars: bool,
    /// By the number of a name: whether some element has it, in whatever namespace.
    present: Present,
}

#[derive(Debug)]
struct Present([bool; ElementName::COUNT]);

impl Default for Present {
    fn default() -> Self {
        Self([false; ElementName::COUNT])
    }
}

/// An attribute that rules about the whole descriptor care for: it may refer to a file, a disk, a network,
/// a property or a message, or stands in a namespace where it is not expected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Notable {
    pub(super) element: NodeId,
    /// By its number in the tree.
    pub(super) attribute: u32,
    pub(super) name: AttributeName,
    pub(super) namespace: Namespace,
    pub(super) setting: Surroundings,
}

/// Whose an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// Whether it or an element around it is a vendor's.
    pub(crate) is_vendors: bool,
    /// Whether it and all elements around it are of OVF.
    pub(crate) is_ovf: bool,
}

impl Census {
    pub(super) fn of(tree: &Tree<'_>, classes: &[Namespace], dialect: Dialect) -> Self {
        let class = |id: NamespaceId| classes.get(id.index()).copied().unwrap_or(Namespace::Other);
        let own = tree.root().map_or(NamespaceId::NONE, Node::namespace_id);
        let mut census = Self {
            elements: Vec::with_capacity(tree.len()),
            attributes: Vec::with_capacity(tree.attributes().len()),
            ..Self::default()
        };
        census.has_dollars = tree.has_dollar();
        let mut attributes = tree.attributes();
        // Elements before these numbers are inside somebody's.
        let (mut vendors, mut others) = (0, 0);
        for node in tree.elements() {
            let namespace = class(node.namespace_id());
            let name = ElementName::of_bytes(node.local_bytes());
            census.elements.push(name);
            if let Some(present) = census.present.0.get_mut(name.number()) {
                *present = true;
            }
            census.list(node.id(), name, namespace);
            let at = node.id().index();
            if vendors <= at && is_vendors(namespace) {
                vendors = node.end_number();
            }
            if others <= at && !namespace.is_ovf() && dialect == Dialect::Standard {
                others = node.end_number();
            }
            let setting = Surroundings { is_vendors: at < vendors, is_ovf: at >= others };
            for attribute in attributes.by_ref().take(node.attribute_numbers().len()) {
                let name = AttributeName::of_bytes(attribute.local_bytes());
                census.all |= name.bit();
                let number = census.attributes.len();
                census.attributes.push(name);
                census.has_dollars |= !attribute.is_plain();
                let namespace = class(attribute.namespace_id());
                let is_other = namespace.is_ovf() && attribute.namespace_id() != own;
                if is_other
                    || is_misplaced(name, namespace, setting)
                    || may_refer(name, attribute)
                    || name == AttributeName::Required
                        && namespace.is_ovf()
                        && !is_boolean(attribute)
                {
                    let attribute = u32::try_from(number).unwrap_or(u32::MAX);
                    let element = node.id();
                    let notable = Notable { element, attribute, name, namespace, setting };
                    census.notable.push(notable);
                }
            }
        }
        census
    }

    fn list(&mut self, id: NodeId, name: ElementName, namespace: Namespace) {
        match name {
            ElementName::HostResource => self.host_resources.push(id),
            ElementName::Connection => self.connections.push(id),
            ElementName::Config
            | ElementName::ExtraConfig
            | ElementName::CoresPerSocket
            | ElementName::StorageGroup
                if namespace == Namespace::Vmw =>
            {
                self.vmware_settings.push(id);
            }
            _ => {}
        }
    }

    /// Whether some element has a name, in whatever namespace.
    #[inline]
    pub(super) fn has(&self, name: ElementName) -> bool {
        self.present.0.get(name.number()).is_some_and(|present| *present)
    }

    /// The local name of an element.
    #[inline]
    pub(super) fn element(&self, id: NodeId) -> ElementName {
        self.elements.get(id.index()).copied().unwrap_or(ElementName::Other)
    }

    /// The local name of an attribute, by its number.
    #[inline]
    pub(super) fn attribute(&self, number: usize) -> AttributeName {
        self.attributes.get(number).copied().unwrap_or(AttributeName::Other)
    }

    /// The local names of some attributes, by their numbers.
    #[inline]
    pub(super) fn attributes(&self, numbers: Range<usize>) -> &[AttributeName] {
        self.attributes.get(numbers).unwrap_or_default()
    }
}

/// Whether elements of a namespace, and all in them, are a vendor's business.
const fn is_vendors(namespace: Namespace) -> bool {
    matches!(namespace, Namespace::Vmw | Namespace::Vbox | Namespace::VCloud | Namespace::Other)
}

/// Whether an attribute is one of OVF's without its namespace, or none of OVF's in its namespace.
fn is_misplaced(name: AttributeName, namespace: Namespace, setting: Surroundings) -> bool {
    match namespace {
        Namespace::None => setting.is_ovf && name.is_of_ovf(),
        namespace => namespace.is_ovf() && !name.is_of_ovf(),
    }
}

/// Whether an attribute is plainly true or false.
fn is_boolean(attribute: Attribute<'_, '_>) -> bool {
    matches!(attribute.raw_bytes(), b"true" | b"false")
}

/// Whether an attribute may refer to something, by its name or its value. What has references of XML in it
/// is looked at by those who care.
fn may_refer(name: AttributeName, attribute: Attribute<'_, '_>) -> bool {
    use AttributeName::{FileRef, Msgid, Network, NetworkName, Qualifiers};
    if matches!(name, FileRef | Msgid | Network | NetworkName | Qualifiers) || !attribute.is_plain()
    {
        return true;
    }
    let value = attribute.raw_bytes();
    match value.first() {
        None => false,
        Some(b'o') if value.starts_with(b"ovf:/") => true,
        // White space may stand before it.
        Some(&first) => first <= b' ' || !first.is_ascii() || attribute.has_dollar(),
    }
}
