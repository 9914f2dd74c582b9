//! What the children of a node of the section tree are.

use super::element::Element;
use super::envelope::{Dialect, Envelope};
use super::names::{AttributeName, ElementName};
use super::ost::OstNodeType;
use super::section::SectionKind;
use crate::namespace::Namespace;

/// A child element of `Envelope`, `VirtualSystem` or `VirtualSystemCollection`.
#[derive(Clone, Copy, Debug)]
pub struct Part<'e, 's> {
    /// The element.
    pub element: Element<'e, 's>,
    /// What it is.
    pub kind: PartKind,
}

/// What a child element of a node of the section tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// `References` (DSP0243 7.1).
    References,
    /// `Strings` (DSP0243 10).
    Strings,
    /// `Info` (DSP0243 7.2).
    Info,
    /// `Name` (DSP0243 7.2).
    Name,
    /// `VirtualSystem` or `VirtualSystemCollection`, or what OVF 0.9 has for it (DSP0243 7.2).
    Content(OstNodeType),
    /// Anything else is a section (DSP0243 7.3).
    Section(SectionKind),
}

impl PartKind {
    /// What an element is, by its name and, in OVF 0.9, its `xsi:type`.
    pub(super) fn of(element: Element<'_, '_>) -> Self {
        if !element.is_ovf() {
            // Message bundles had a namespace of their own in OVF 0.9.
            let bundle =
                element.name() == ElementName::Strings && element.node().namespace() == STRINGS_0_9;
            return if bundle {
                Self::Strings
            } else {
                Self::Section(SectionKind::vendor(element.namespace(), element.local()))
            };
        }
        match element.name() {
            ElementName::References => Self::References,
            ElementName::Strings => Self::Strings,
            ElementName::Info => Self::Info,
            ElementName::Name => Self::Name,
            ElementName::VirtualSystem => Self::Content(OstNodeType::VirtualSystem),
            ElementName::VirtualSystemCollection => {
                Self::Content(OstNodeType::VirtualSystemCollection)
            }
            ElementName::Content
                if legacy_type(element).is_some() || is_legacy(element.envelope()) =>
            {
                match legacy_type(element).map(|(_, name)| name) {
                    Some("VirtualSystem") => Self::Content(OstNodeType::VirtualSystem),
                    Some("VirtualSystemCollection") => {
                        Self::Content(OstNodeType::VirtualSystemCollection)
                    }
                    _ => Self::Section(SectionKind::Custom),
                }
            }
            ElementName::Section => match legacy_type(element) {
                Some((namespace, name)) if namespace.is_ovf() => {
                    Self::Section(SectionKind::standard(name))
                }
                Some((namespace, name)) => Self::Section(SectionKind::vendor(namespace, name)),
                None => Self::Section(SectionKind::Custom),
            },
            name => Self::Section(SectionKind::named(name)),
        }
    }
}

/// The namespace message bundles had in OVF 0.9.
const STRINGS_0_9: &str = "http://schemas.dmtf.org/ovf/strings/1";

fn is_legacy(envelope: &Envelope<'_>) -> bool {
    matches!(envelope.dialect(), Dialect::Legacy | Dialect::Ovirt)
}

/// The `xsi:type` of a `Section` or `Content`: its namespace, and its name without the `_Type` at its end.
///
/// The prefix is resolved where the attribute stands. One that is not declared is taken for OVF's: the
/// value of an attribute is no business of the XML layer, and the name says what is meant.
pub(super) fn legacy_type<'s>(element: Element<'_, 's>) -> Option<(Namespace, &'s str)> {
    let written = element.attribute_named_in(Namespace::Xsi, AttributeName::Type)?.raw().trim();
    let (prefix, local) = written.split_once(':').unwrap_or(("", written));
    let namespace = element.node().resolve_prefix(prefix).map_or(Namespace::Ovf09, |uri| {
        match Namespace::of(uri) {
            // An unprefixed type without a default namespace.
            Namespace::None => Namespace::Ovf09,
            namespace => namespace,
        }
    });
    Some((namespace, local.strip_suffix("_Type").unwrap_or(local)))
}
