//! Findings as the fault types of vSphere's API.

use crate::diagnostic::{Code, Diagnostic, Fault as FaultType};
use crate::source::Source;
use crate::span::Span;
use crate::xml::{Attribute, Node, Tree};

/// Characters of a property of a fault. Real values are shorter, and a thousand findings may each quote a
/// value of a megabyte.
const MAX_CHARS: usize = 512;

/// Children of an element that are looked at. An Item has up to sixty; a section with a million Items, each
/// with a finding, must not be gone through for each of them.
const MAX_CHILDREN: usize = 100;

/// A finding as a fault of vSphere's API: a subtype of `OvfFault` with its properties.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// What was found.
    pub code: Code,
    /// The type: `OvfMissingElement`.
    pub fault: FaultType,
    /// The properties of that type and of those it is derived from, but those of `MethodFault`.
    pub properties: Vec<(&'static str, FaultValue)>,
    /// The message, with the line before it as vSphere has it: `Line 12: …`.
    pub message: String,
}

/// The value of a property of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultValue {
    /// `xsd:string`.
    Text(String),
    /// `xsd:int`.
    Int(i32),
}

impl Fault {
    pub(super) fn new(
        source: &Source<'_>,
        tree: &Tree<'_>,
        found: &Diagnostic,
        secrets: &[Span],
    ) -> Self {
        let line = source.line_col(found.span.start).line;
        let line = i32::try_from(line).unwrap_or(i32::MAX);
        let place = Place::new(tree, found, secrets);
        let names = names(found.code.fault());
        let properties = names.iter().map(|name| (*name, place.property(name, line))).collect();
        Self {
            code: found.code,
            fault: found.code.fault(),
            properties,
            message: format!("Line {line}: {}", found.message),
        }
    }
}

/// The properties of a fault type, those it inherits first (vim25 `OvfFault` and what is derived from it).
const fn names(fault: FaultType) -> &'static [&'static str] {
    use FaultType as F;
    match fault {
        F::OvfDuplicatedPropertyIdImport | F::OvfInternalError => &[],
        F::OvfMappedOsId => &["ovfId", "ovfDescription", "targetDescription"],
        F::OvfMissingHardware => &["name", "resourceType"],
        F::OvfMissingAttribute | F::OvfUnsupportedAttribute => {
            &["lineNumber", "elementName", "attributeName"]
        }
        F::OvfInvalidValue
        | F::OvfInvalidValueConfiguration
        | F::OvfInvalidValueEmpty
        | F::OvfInvalidValueFormatMalformed
        | F::OvfInvalidValueReference
        | F::OvfUnsupportedAttributeValue => {
            &["lineNumber", "elementName", "attributeName", "value"]
        }
        F::OvfConstraint
        | F::OvfDiskOrderConstraint
        | F::OvfDuplicateElement
        | F::OvfMissingElement
        | F::OvfUnexpectedElement
        | F::OvfWrongElement
        | F::OvfInvalidVmName
        | F::OvfUnsupportedElement => &["lineNumber", "name"],
        F::OvfHostResourceConstraint | F::OvfElementInvalidValue => {
            &["lineNumber", "name", "value"]
        }
        F::OvfDuplicatedElementBoundary | F::OvfMissingElementNormalBoundary => {
            &["lineNumber", "name", "boundary"]
        }
        F::OvfPropertyNetwork | F::OvfPropertyType | F::OvfPropertyValue => {
            &["lineNumber", "type", "value"]
        }
        F::OvfPropertyQualifier
        | F::OvfPropertyQualifierDuplicate
        | F::OvfPropertyQualifierIgnored => &["lineNumber", "type", "value", "qualifier"],
        F::OvfWrongNamespace => &["lineNumber", "namespaceName"],
        F::OvfXmlFormat => &["lineNumber", "description"],
        F::OvfNoSupportedHardwareFamily => &["lineNumber", "version"],
        F::OvfNoSpaceOnController => &["lineNumber", "name", "parent"],
        F::OvfUnsupportedSection => &["lineNumber", "name", "info"],
        F::OvfUnsupportedSubType => {
            &["lineNumber", "elementName", "instanceId", "deviceType", "deviceSubType"]
        }
        F::OvfUnsupportedType => &["lineNumber", "name", "instanceId", "deviceType"],
        // OvfInvalidPackage, OvfUnsupportedPackage.
        _ => &["lineNumber"],
    }
}

/// What a finding points at.
struct Place<'d, 't, 's> {
    found: &'d Diagnostic,
    node: Option<Node<'t, 's>>,
    attribute: Option<Attribute<'t, 's>>,
    secrets: &'d [Span],
}

impl<'d, 't, 's> Place<'d, 't, 's> {
    fn new(tree: &'t Tree<'s>, found: &'d Diagnostic, secrets: &'d [Span]) -> Self {
        let node = tree.innermost(found.span);
        let attribute =
            node.filter(|node| node.start_tag().contains(found.span)).and_then(|node| {
                node.attributes().find(|found_in| found_in.span().contains(found.span))
            });
        Self { found, node, attribute, secrets }
    }

    fn property(&self, name: &str, line: i32) -> FaultValue {
        let text = match name {
            "lineNumber" => return FaultValue::Int(line),
            "ovfId" | "resourceType" | "deviceType" => return FaultValue::Int(self.number(name)),
            "elementName" => self.element().to_owned(),
            "attributeName" => match &self.attribute {
                Some(attribute) => attribute.local().to_owned(),
                None => self.quoted(),
            },
            "name" => self.name(),
            "value" | "qualifier" | "version" | "deviceSubType" => self.value(),
            "namespaceName" => {
                self.node.map(|node| node.namespace().to_owned()).unwrap_or_default()
            }
            "description" => self.found.message.clone(),
            "type" => self.of_property("type"),
            "boundary" => self
                .attribute
                .as_ref()
                .map_or("normal".to_owned(), |attribute| attribute.value().into_owned()),
            "instanceId" => self.child("InstanceID"),
            "parent" => self.child("Parent"),
            "info" => self.child("Info"),
            // Of `OvfMappedOsId`: CIM has no word for a number it does not know, and what the number is mapped
            // to is the target's to say.
            _ => String::new(),
        };
        FaultValue::Text(short(&text))
    }

    fn element(&self) -> &'s str {
        self.node.map(Node::local).unwrap_or_default()
    }

    /// The element: the one that is missing, or the one that is there.
    fn name(&self) -> String {
        let missing = matches!(
            self.found.code.fault(),
            FaultType::OvfMissingElement | FaultType::OvfMissingElementNormalBoundary
        );
        let quoted = if missing { self.quoted() } else { String::new() };
        if quoted.is_empty() { self.element().to_owned() } else { quoted }
    }

    /// The first name the message quotes that is not the element's own: what is missing.
    fn quoted(&self) -> String {
        let parts = self.found.message.split('`').skip(1).step_by(2);
        let mut names = parts.map(|name| name.rsplit(':').next().unwrap_or(name));
        names.find(|name| *name != self.element()).unwrap_or_default().to_owned()
    }

    /// The value of the attribute or element, unless it must not be shown.
    fn value(&self) -> String {
        let (text, span) = match (&self.attribute, self.node) {
            (Some(attribute), _) => (attribute.value().into_owned(), attribute.value_span()),
            (None, Some(node)) => (node.text().trim().to_owned(), node.text_span()),
            (None, None) => return String::new(),
        };
        // They are sorted and apart.
        let next = self.secrets.partition_point(|secret| secret.end <= span.start);
        let is_secret = self.secrets.get(next).is_some_and(|secret| secret.start < span.end);
        if is_secret { String::new() } else { text }
    }

    /// An attribute of the property the finding is in.
    fn of_property(&self, name: &str) -> String {
        let around = std::iter::successors(self.node, |node| node.parent());
        let property = around.filter(|node| node.is_local("Property")).last();
        let attribute =
            property.and_then(|node| node.attributes().find(|attribute| attribute.is_local(name)));
        attribute.map(|attribute| attribute.value().into_owned()).unwrap_or_default()
    }

    /// The text of a child of the element, or of the one around it.
    fn child(&self, name: &str) -> String {
        let of = |node: Node<'t, 's>| {
            let mut children = node.children().take(MAX_CHILDREN);
            let child = children.find(|child| child.local().eq_ignore_ascii_case(name))?;
            Some(child.text().trim().to_owned())
        };
        let node = self.node;
        node.and_then(of).or_else(|| node.and_then(|node| of(node.parent()?))).unwrap_or_default()
    }

    /// A number beside or in what the finding points at; -1 when there is none.
    fn number(&self, name: &str) -> i32 {
        let text = match name {
            "ovfId" => {
                self.attribute.as_ref().map(|id| id.value().into_owned()).unwrap_or_else(|| {
                    let id =
                        self.node.and_then(|node| node.attributes().find(|id| id.is_local("id")));
                    id.map(|id| id.value().into_owned()).unwrap_or_default()
                })
            }
            _ => self.child("ResourceType"),
        };
        text.trim().parse().unwrap_or(-1)
    }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_CHARS).collect()
}
