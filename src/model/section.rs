//! Sections: what the nodes of the section tree carry.

use super::element::Element;
use super::names::ElementName;
use super::parts::legacy_type;
use crate::namespace::{Namespace, VENDOR_SECTIONS, VendorSection};
use crate::span::Span;

/// What a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SectionKind {
    /// `AnnotationSection` (DSP0243 9.4).
    Annotation,
    /// `BootDeviceSection` (DSP0243 2.1 9.12).
    BootDevice,
    /// `DeploymentOptionSection` (DSP0243 9.8).
    DeploymentOption,
    /// `DiskSection` (DSP0243 9.1).
    Disk,
    /// `EncryptionSection` (DSP0243 2.1 9.16).
    Encryption,
    /// `EnvironmentFilesSection` (DSP0243 2.1 9.11).
    EnvironmentFiles,
    /// `EulaSection` (DSP0243 9.6).
    Eula,
    /// `InstallSection` (DSP0243 9.10).
    Install,
    /// `NetworkSection` (DSP0243 9.2).
    Network,
    /// `OperatingSystemSection` (DSP0243 9.9).
    OperatingSystem,
    /// `PlacementSection` (DSP0243 2.1 9.15).
    Placement,
    /// `PlacementGroupSection` (DSP0243 2.1 9.15).
    PlacementGroup,
    /// `ProductSection` (DSP0243 9.5).
    Product,
    /// `ResourceAllocationSection` (DSP0243 9.3).
    ResourceAllocation,
    /// `ScaleOutSection` (DSP0243 2.1 9.14).
    ScaleOut,
    /// `SharedDiskSection` (DSP0243 2.1 9.13).
    SharedDisk,
    /// `StartupSection` (DSP0243 9.7).
    Startup,
    /// `VirtualHardwareSection` (DSP0243 8.1).
    VirtualHardware,
    /// A vendor's section, known by name.
    Vendor(&'static VendorSection),
    /// Any other element where a section may stand.
    Custom,
}

impl SectionKind {
    /// The standard's sections, with their element names.
    pub const STANDARD: &[(&str, Self)] = &[
        ("AnnotationSection", Self::Annotation),
        ("BootDeviceSection", Self::BootDevice),
        ("DeploymentOptionSection", Self::DeploymentOption),
        ("DiskSection", Self::Disk),
        ("EncryptionSection", Self::Encryption),
        ("EnvironmentFilesSection", Self::EnvironmentFiles),
        ("EulaSection", Self::Eula),
        ("InstallSection", Self::Install),
        ("NetworkSection", Self::Network),
        ("OperatingSystemSection", Self::OperatingSystem),
        ("PlacementGroupSection", Self::PlacementGroup),
        ("PlacementSection", Self::Placement),
        ("ProductSection", Self::Product),
        ("ResourceAllocationSection", Self::ResourceAllocation),
        ("ScaleOutSection", Self::ScaleOut),
        ("SharedDiskSection", Self::SharedDisk),
        ("StartupSection", Self::Startup),
        ("VirtualHardwareSection", Self::VirtualHardware),
    ];

    /// The standard's section of an element name.
    pub(super) fn standard(name: &str) -> Self {
        Self::named(ElementName::of(name))
    }

    /// The standard's section of an element name.
    pub(super) const fn named(name: ElementName) -> Self {
        match name {
            ElementName::AnnotationSection => Self::Annotation,
            ElementName::BootDeviceSection => Self::BootDevice,
            ElementName::DeploymentOptionSection => Self::DeploymentOption,
            ElementName::DiskSection => Self::Disk,
            ElementName::EncryptionSection => Self::Encryption,
            ElementName::EnvironmentFilesSection => Self::EnvironmentFiles,
            ElementName::EulaSection => Self::Eula,
            ElementName::InstallSection => Self::Install,
            ElementName::NetworkSection => Self::Network,
            ElementName::OperatingSystemSection => Self::OperatingSystem,
            ElementName::PlacementGroupSection => Self::PlacementGroup,
            ElementName::PlacementSection => Self::Placement,
            ElementName::ProductSection => Self::Product,
            ElementName::ResourceAllocationSection => Self::ResourceAllocation,
            ElementName::ScaleOutSection => Self::ScaleOut,
            ElementName::SharedDiskSection => Self::SharedDisk,
            ElementName::StartupSection => Self::Startup,
            ElementName::VirtualHardwareSection => Self::VirtualHardware,
            _ => Self::Custom,
        }
    }

    /// A vendor's section.
    pub(super) fn vendor(namespace: Namespace, name: &str) -> Self {
        VENDOR_SECTIONS
            .iter()
            .find(|known| known.namespace == namespace && known.name == name)
            .map_or(Self::Custom, Self::Vendor)
    }

    /// How many kinds there are, all vendors' counted as one.
    pub(super) const SLOTS: usize = 20;

    /// The number of all vendors' sections.
    pub(super) const VENDORS: usize = 1;

    /// A number of its own.
    pub(super) const fn slot(self) -> usize {
        match self {
            Self::Custom => 0,
            Self::Vendor(_) => Self::VENDORS,
            Self::Annotation => 2,
            Self::BootDevice => 3,
            Self::DeploymentOption => 4,
            Self::Disk => 5,
            Self::Encryption => 6,
            Self::EnvironmentFiles => 7,
            Self::Eula => 8,
            Self::Install => 9,
            Self::Network => 10,
            Self::OperatingSystem => 11,
            Self::Placement => 12,
            Self::PlacementGroup => 13,
            Self::Product => 14,
            Self::ResourceAllocation => 15,
            Self::ScaleOut => 16,
            Self::SharedDisk => 17,
            Self::Startup => 18,
            Self::VirtualHardware => 19,
        }
    }

    /// Whether this crate knows what the section means.
    #[must_use]
    pub fn is_known(self) -> bool {
        self != Self::Custom
    }
}

/// A section of a node of the section tree.
#[derive(Clone, Copy, Debug)]
pub struct OstSection<'e, 's> {
    element: Element<'e, 's>,
    kind: SectionKind,
}

impl<'e, 's> OstSection<'e, 's> {
    pub(super) const fn new(element: Element<'e, 's>, kind: SectionKind) -> Self {
        Self { element, kind }
    }

    /// What it is.
    #[must_use]
    pub const fn kind(self) -> SectionKind {
        self.kind
    }

    /// The element.
    #[must_use]
    pub const fn element(self) -> Element<'e, 's> {
        self.element
    }

    /// The local name; for OVF 0.9 the name its `xsi:type` stands for: `DiskSection`.
    #[must_use]
    pub fn name(self) -> &'s str {
        if !matches!(self.element.name(), ElementName::Section | ElementName::Content) {
            return self.element.local();
        }
        legacy_type(self.element).map_or_else(|| self.element.local(), |(_, name)| name)
    }

    /// The namespace URI of the element.
    #[must_use]
    pub fn namespace(self) -> &'e str {
        self.element.node().namespace()
    }

    /// The one-based line its start tag begins on.
    #[must_use]
    pub fn line(self) -> u32 {
        self.element.envelope().source().line_col(self.span().start).line
    }

    /// The whole element.
    #[must_use]
    pub fn span(self) -> Span {
        self.element.node().span()
    }

    /// `Info`, which says to people what the section is for (DSP0243 7.2).
    #[must_use]
    pub fn info(self) -> Option<Element<'e, 's>> {
        self.element.child_named(ElementName::Info)
    }

    /// The section as an XML document of its own.
    ///
    /// The bytes are those of the descriptor, save that the start tag declares every namespace in
    /// force there, the default one first and the others by prefix, so that it can be read alone. An
    /// element that the descriptor does not close is closed.
    #[must_use]
    pub fn xml(self) -> String {
        self.xml_without(&[])
    }

    /// The same without some parts of the text, the [secrets](crate::Report::secrets) for one. `hidden` is
    /// sorted; what of it lies elsewhere counts for nothing.
    #[must_use]
    pub fn xml_without(self, hidden: &[Span]) -> String {
        let node = self.element.node();
        let text = node.tree().text();
        let slice = |span: Span| text.get(span.range()).unwrap_or_default();
        let own: Vec<&str> = node.declarations().map(|(prefix, _, _)| prefix).collect();
        let mut inherited = node.in_scope();
        inherited.retain(|(prefix, _)| !own.contains(prefix));
        inherited.sort_unstable();

        let name = node.name_span();
        let (end, open) = self.element.node().cut();
        let mut xml = String::with_capacity(slice(self.span()).len().saturating_add(256));
        xml.push_str(slice(Span::new(self.span().start, name.end)));
        for (prefix, uri) in inherited {
            xml.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            xml.push_str(prefix);
            xml.push_str("=\"");
            for c in uri.chars() {
                match c {
                    '&' => xml.push_str("&amp;"),
                    '<' => xml.push_str("&lt;"),
                    '"' => xml.push_str("&quot;"),
                    c if c < ' ' => {
                        xml.push_str("&#");
                        xml.push_str(&u32::from(c).to_string());
                        xml.push(';');
                    }
                    c => xml.push(c),
                }
            }
            xml.push('"');
        }
        let mut done = name.end;
        let first = hidden.partition_point(|part| part.start < done);
        for part in
            hidden.get(first..).unwrap_or_default().iter().take_while(|part| part.end <= end)
        {
            xml.push_str(slice(Span::new(done, part.start)));
            done = part.end.max(done);
        }
        xml.push_str(slice(Span::new(done, end)));
        for name in open {
            xml.push_str("</");
            xml.push_str(name);
            xml.push('>');
        }
        xml
    }
}
