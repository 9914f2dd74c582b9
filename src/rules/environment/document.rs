//! An environment document, each element with the part it plays.

use super::{Out, Rule, part};
use crate::diagnostic::{Code, Findings, quoted};
use crate::model::OstNode;
use crate::namespace::ENVIRONMENT;
use crate::xml::{Attribute, Node, Tree};

pub(super) const RULES: &[Rule] =
    &[part(Code::UNKNOWN_ENVIRONMENT_NAMESPACE, unknown_environment_namespace)];

/// What a PlatformSection tells, in order.
pub(super) const FACTS: &[&str] = &["Kind", "Version", "Vendor", "Locale", "Timezone"];

/// The part an element plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `Environment`.
    Root,
    /// `PlatformSection`.
    Platform,
    /// One of [`FACTS`], by its place there.
    Fact(usize),
    /// `PropertySection`.
    Properties,
    /// `Property`.
    Property,
    /// `Entity`.
    Entity,
    /// A section of a vendor, which stands where sections stand (DSP0243 7.3).
    ForeignSection,
    /// Any other extension.
    Foreign,
    /// Nothing the standard has there.
    Unknown,
}

impl Role {
    /// The part a child plays, by its name.
    fn of_child(self, document: &str, child: Node<'_, '_>) -> Self {
        let extensible =
            matches!(self, Self::Root | Self::Platform | Self::Properties | Self::Entity);
        if child.namespace() != document {
            let holds_sections = matches!(self, Self::Root | Self::Entity);
            return match child.namespace() {
                "" => Self::Unknown,
                _ if !extensible => Self::Unknown,
                _ if holds_sections && child.local().ends_with("Section") => Self::ForeignSection,
                _ => Self::Foreign,
            };
        }
        match (self, child.local()) {
            (Self::Root | Self::Entity, "PlatformSection") => Self::Platform,
            (Self::Root | Self::Entity, "PropertySection") => Self::Properties,
            (Self::Root, "Entity") => Self::Entity,
            (Self::Properties, "Property") => Self::Property,
            (Self::Platform, name) => {
                FACTS.iter().position(|fact| *fact == name).map_or(Self::Unknown, Self::Fact)
            }
            _ => Self::Unknown,
        }
    }

    /// The attributes the standard has for it.
    pub(super) const fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Root | Self::Entity => &["id"],
            Self::Property => &["key", "value"],
            _ => &[],
        }
    }

    /// The elements the standard has in it.
    pub(super) const fn children(self) -> &'static [&'static str] {
        match self {
            Self::Root => &["PlatformSection", "PropertySection", "Entity"],
            Self::Entity => &["PropertySection"],
            Self::Properties => &["Property"],
            Self::Platform => FACTS,
            _ => &[],
        }
    }
}

/// An element with the part it plays and the one around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'d, 's> {
    pub(super) node: Node<'d, 's>,
    pub(super) role: Role,
    pub(super) inside: Role,
}

impl<'d, 's> Part<'d, 's> {
    /// An attribute of the standard, with its namespace or without.
    pub(super) fn attribute(self, local: &str) -> Option<Attribute<'d, 's>> {
        let namespace = self.node.namespace();
        self.node.attribute(namespace, local).or_else(|| self.node.attribute("", local))
    }
}

/// An environment document.
pub(super) struct Document<'d, 's, 'e, 'm> {
    /// The elements of the standard and those directly in them, in document order.
    pub(super) parts: Vec<Part<'d, 's>>,
    /// The root.
    pub(super) root: Part<'d, 's>,
    /// The machine of a descriptor the document is compared with.
    pub(super) recipient: Option<OstNode<'e, 'm>>,
}

impl<'d, 's, 'e, 'm> Document<'d, 's, 'e, 'm> {
    /// Reads a document whose root is `Environment`, in whatever namespace.
    pub(super) fn read(tree: &'d Tree<'s>, recipient: Option<OstNode<'e, 'm>>) -> Option<Self> {
        let node = tree.root().filter(|root| root.is_local("Environment"))?;
        let root = Part { node, role: Role::Root, inside: Role::Unknown };
        let mut parts = vec![root];
        // Nothing of the standard stands deeper than four levels, so this ends.
        let mut waiting: Vec<_> = vec![root];
        while let Some(around) = waiting.pop() {
            for child in around.node.children() {
                let role = around.role.of_child(node.namespace(), child);
                let part = Part { node: child, role, inside: around.role };
                parts.push(part);
                if !matches!(role, Role::Unknown | Role::Foreign | Role::ForeignSection) {
                    waiting.push(part);
                }
            }
        }
        parts.sort_by_key(|part| part.node.id());
        Some(Self { parts, root, recipient })
    }

    /// The elements that play a part.
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = Part<'d, 's>> {
        self.parts.iter().copied().filter(move |part| part.role == role)
    }

    /// What is directly in an element.
    pub(super) fn inside(&self, around: Part<'d, 's>) -> impl Iterator<Item = Part<'d, 's>> {
        let document = self.root.node.namespace();
        around.node.children().map(move |node| Part {
            node,
            role: around.role.of_child(document, node),
            inside: around.role,
        })
    }
}

/// Whether a document is an environment document, or is meant to be one.
pub(crate) fn is_environment(tree: &Tree<'_>) -> bool {
    tree.root().is_some_and(|root| {
        root.namespace() == ENVIRONMENT
            || root.is_local("Environment") && root.namespace().contains("/ovf/environment")
    })
}

/// DSP0243 11.1: the root is `Environment`.
pub(super) fn refuse(tree: &Tree<'_>, findings: &mut Findings) {
    let Some(root) = tree.root() else { return };
    findings
        .add(
            Code::NOT_AN_ENVIRONMENT,
            root.name_span(),
            format_args!("the root element is {}, not `Environment`", quoted(root.local())),
        )
        .help(format_args!("write `Environment` as the root element"))
        .done();
}

/// DSP8027: one namespace for all versions.
fn unknown_environment_namespace(document: &Document<'_, '_, '_, '_>, out: &mut Out<'_>) {
    let root = document.root.node;
    if root.namespace() != ENVIRONMENT {
        out.at(
            root.name_span(),
            format_args!(
                "`Environment` is in the namespace {}, not in that of environment documents",
                quoted(root.namespace())
            ),
        )
        .help(format_args!("declare the namespace `{ENVIRONMENT}`"))
        .done();
    }
}
