//! Sections as documents of their own, as consumers of the section tree hand them over.

use crate::diagnostic::{Code, Severity, quoted};
use crate::limits::Limits;
use crate::model::{OstNodeType, SectionKind};
use crate::namespace::{self, Namespace};
use crate::rules;
use crate::source::Source;
use crate::span::Span;
use crate::xml::{self, Node};

/// Why a text cannot be a section, in vSphere's words.
///
/// Lines count from 1 inside the text of the section.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FragmentError {
    /// It is no well-formed XML: `OvfConsumerInvalidSection`.
    #[error("the section is not well-formed in its line {line}: {description}")]
    Invalid {
        /// The one-based line inside the section.
        line: u32,
        /// What is wrong.
        description: String,
    },
    /// It uses a prefix that it does not declare itself: `OvfConsumerUndefinedPrefix`.
    #[error("the prefix {} in line {line} of the section is not declared in it", quoted(prefix))]
    UndefinedPrefix {
        /// The prefix.
        prefix: String,
        /// The one-based line inside the section.
        line: u32,
    },
    /// It is of no type that is known or declared: `OvfConsumerUndeclaredSection`.
    #[error("no section of the type {} is known", quoted(qualified_type))]
    Undeclared {
        /// The namespace in braces, and the name: `{urn:example}ExampleSection`.
        qualified_type: String,
    },
    /// It is of a known type that may not stand on such a node: `OvfConsumerInvalidSection`.
    #[error("{} may not stand in `{}`", quoted(name), node_type.element())]
    Misplaced {
        /// The name of the section.
        name: String,
        /// What it was to stand on.
        node_type: OstNodeType,
    },
}

impl FragmentError {
    /// The fault vSphere's API has for it.
    #[must_use]
    pub const fn fault(&self) -> &'static str {
        match self {
            Self::Invalid { .. } | Self::Misplaced { .. } => "OvfConsumerInvalidSection",
            Self::UndefinedPrefix { .. } => "OvfConsumerUndefinedPrefix",
            Self::Undeclared { .. } => "OvfConsumerUndeclaredSection",
        }
    }

    /// The one-based line inside the section; 1 for what is about it as a whole.
    #[must_use]
    pub const fn line(&self) -> u32 {
        match self {
            Self::Invalid { line, .. } | Self::UndefinedPrefix { line, .. } => *line,
            Self::Undeclared { .. } | Self::Misplaced { .. } => 1,
        }
    }
}

/// A section as a document of its own: one element that declares every prefix it uses.
///
/// ```
/// use ovf::edit::{Fragment, FragmentError};
///
/// let broken = Fragment::parse("<AnnotationSection>\n<Info>").unwrap_err();
/// assert!(matches!(broken, FragmentError::Invalid { line: 2, .. }));
/// let prefix = Fragment::parse("<ovf:AnnotationSection/>").unwrap_err();
/// assert_eq!(prefix.fault(), "OvfConsumerUndefinedPrefix");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    xml: String,
    namespace: String,
    name: String,
    kind: SectionKind,
}

impl Fragment {
    /// Reads a section. What stands before and behind its element, as an XML declaration, is left out.
    ///
    /// # Errors
    ///
    /// [`FragmentError::Invalid`] and [`FragmentError::UndefinedPrefix`], the first fault there is.
    pub fn parse(text: &str) -> Result<Self, FragmentError> {
        let invalid = |description: String| FragmentError::Invalid { line: 1, description };
        let source = Source::from_text(text).map_err(|error| invalid(error.to_string()))?;
        let parsed = xml::parse(text, &Limits::default());
        let faults = || parsed.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        // That something is not closed stands where it is opened, but mostly something else is to blame.
        let blame = faults().find(|found| found.code != Code::UNCLOSED_ELEMENT);
        if let Some(fault) = blame.or_else(|| faults().next()) {
            let line = source.line_col(fault.span.start).line;
            if fault.code == Code::UNBOUND_PREFIX {
                let name = text.get(fault.span.range()).unwrap_or_default();
                let prefix = name.split(':').next().unwrap_or(name).to_owned();
                return Err(FragmentError::UndefinedPrefix { prefix, line });
            }
            return Err(FragmentError::Invalid { line, description: fault.message.clone() });
        }
        let Some(root) = parsed.tree.root() else {
            return Err(invalid("there is no element".to_owned()));
        };
        let (namespace, name) = section_type(root);
        let kind = kind_of(Namespace::of(&namespace), &name);
        let xml = text.get(root.span().range()).unwrap_or_default().to_owned();
        Ok(Self { xml, namespace, name, kind })
    }

    /// The element, as it was written.
    #[must_use]
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// The namespace URI of its type.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The local name of its type; for OVF 0.9 the name its `xsi:type` stands for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> SectionKind {
        self.kind
    }

    /// Whether it may stand on a node: by tables 4 and 5 of DSP0243 for the standard's sections, where their
    /// vendor writes them for the others. Products and licences are taken on the envelope, as importers do.
    ///
    /// # Errors
    ///
    /// [`FragmentError::Undeclared`] and [`FragmentError::Misplaced`].
    pub fn check_place(&self, node_type: OstNodeType) -> Result<(), FragmentError> {
        let fits = match self.kind {
            SectionKind::Custom => {
                let qualified_type = format!("{{{}}}{}", self.namespace, self.name);
                return Err(FragmentError::Undeclared { qualified_type });
            }
            SectionKind::Vendor(known) => match node_type {
                OstNodeType::Envelope => known.places.envelope,
                OstNodeType::VirtualSystem => known.places.system,
                OstNodeType::VirtualSystemCollection => known.places.collection,
            },
            SectionKind::Product | SectionKind::Eula => true,
            kind => rules::places(kind).is_none_or(|places| places.contains(&node_type)),
        };
        if fits {
            return Ok(());
        }
        Err(FragmentError::Misplaced { name: self.name.clone(), node_type })
    }

    /// The text that means the same inside an element: declarations that are in force there are left out.
    pub(super) fn inside(&self, parent: Node<'_, '_>) -> String {
        let parsed = xml::parse(&self.xml, &Limits::unlimited());
        let Some(root) = parsed.tree.root() else { return self.xml.clone() };
        let scope = parent.in_scope();
        let mut text = String::with_capacity(self.xml.len());
        let name_end = root.name_span().end;
        let slice = |span: Span| self.xml.get(span.range()).unwrap_or_default();
        text.push_str(slice(Span::new(0, name_end)));
        let default = scope.iter().any(|(prefix, _)| prefix.is_empty());
        let bare = || {
            parsed
                .tree
                .elements()
                .any(|node| node.name() == node.local() && node.namespace().is_empty())
        };
        if default && root.resolve_prefix("") == Some("") && !declares_default(root) && bare() {
            text.push_str(" xmlns=\"\"");
        }
        let mut done = name_end;
        for (prefix, uri, span) in root.declarations() {
            if !scope.contains(&(prefix, uri)) {
                continue;
            }
            let before = slice(Span::new(done, span.start));
            text.push_str(before.trim_end());
            done = span.end;
        }
        text.push_str(self.xml.get(Span::at(done).range().start..).unwrap_or_default());
        text
    }
}

fn declares_default(root: Node<'_, '_>) -> bool {
    root.declarations().any(|(prefix, ..)| prefix.is_empty())
}

/// What a section of a type is.
fn kind_of(namespace: Namespace, name: &str) -> SectionKind {
    if namespace.is_ovf() {
        let mut known = SectionKind::STANDARD.iter();
        return known
            .find(|(known, _)| *known == name)
            .map_or(SectionKind::Custom, |&(_, kind)| kind);
    }
    namespace::VENDOR_SECTIONS
        .iter()
        .find(|known| known.namespace == namespace && known.name == name)
        .map_or(SectionKind::Custom, SectionKind::Vendor)
}

/// Namespace and name of the type of a section: those of the element, in OVF 0.9 those of its `xsi:type`.
fn section_type(root: Node<'_, '_>) -> (String, String) {
    let legacy = root.attribute(namespace::XSI, "type").filter(|_| root.local() == "Section");
    let Some(legacy) = legacy else {
        return (root.namespace().to_owned(), root.local().to_owned());
    };
    let written = legacy.raw().trim();
    let (prefix, local) = written.split_once(':').unwrap_or(("", written));
    let uri = root.resolve_prefix(prefix).filter(|uri| !uri.is_empty());
    let name = local.strip_suffix("_Type").unwrap_or(local);
    (uri.unwrap_or(namespace::OVF_0_9).to_owned(), name.to_owned())
}
