//! Codes: one for each kind of fault, and what is known of it.

use std::fmt;
use std::str::FromStr;

use super::codes::TABLES;

/// What kind of fault a finding is about: `OVF3102`, `unknown-file-ref`.
///
/// Numbers are never reused. The thousands say where the fault lies: 0 decoding and limits, 1 XML,
/// 2 envelope and sections, 3 references, disks and networks, 4 hardware, 5 properties, deployment
/// options, startup and strings, 6 manifest, certificate and package, 7 vendor sections, 8 what
/// vSphere refuses, 9 what vCloud refuses, and what writing in an earlier version loses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(super) u16);

/// A row of the code table.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) code: Code,
    pub(super) id: &'static str,
    pub(super) constant: &'static str,
    pub(super) name: &'static str,
    pub(super) level: Level,
    pub(super) clause: &'static str,
    pub(super) category: Category,
    pub(super) fault: Fault,
    pub(super) manual: &'static str,
}

impl Code {
    /// Every code, in order of number.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLES.iter().flat_map(|table| table.iter()).map(|entry| entry.code)
    }

    /// The identifier, as it is printed: `OVF3102`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.entry().map_or("OVF????", |entry| entry.id)
    }

    /// The name, which states the fault: `unknown-file-ref`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.name)
    }

    /// The name of the constant of this type: `UNKNOWN_FILE_REF`.
    #[must_use]
    pub fn constant(self) -> &'static str {
        self.entry().map_or("", |entry| entry.constant)
    }

    /// Where the rule is written down: `DSP0243 9.1`.
    #[must_use]
    pub fn clause(self) -> &'static str {
        self.entry().map_or("", |entry| entry.clause)
    }

    /// How much the fault matters, before a policy or a caller says otherwise.
    #[must_use]
    pub fn level(self) -> Level {
        self.entry().map_or(Level::Error, |entry| entry.level)
    }

    /// The `ParseIssue` category vCenter's API would give it.
    #[must_use]
    pub fn category(self) -> Category {
        self.entry().map_or(Category::InternalError, |entry| entry.category)
    }

    /// The fault type vSphere would raise for it.
    #[must_use]
    pub fn fault(self) -> Fault {
        self.entry().map_or(Fault::OvfInternalError, |entry| entry.fault)
    }

    /// The manual: what the fault is, why it matters, an example, the cure. Markdown.
    #[must_use]
    pub fn explain(self) -> &'static str {
        self.entry().map_or("", |entry| entry.manual)
    }

    fn entry(self) -> Option<&'static Entry> {
        TABLES.iter().find_map(|table| {
            let at = table.binary_search_by_key(&self, |entry| entry.code).ok()?;
            table.get(at)
        })
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id(), self.name())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text is neither the identifier nor the name of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such code")]
#[non_exhaustive]
pub struct UnknownCode;

impl FromStr for Code {
    type Err = UnknownCode;

    /// Reads `OVF3102`, `ovf3102`, `3102` or `unknown-file-ref`.
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        Self::all()
            .find(|code| {
                code.name() == text
                    || code.id().eq_ignore_ascii_case(text)
                    || code.id().strip_prefix("OVF") == Some(text)
            })
            .ok_or(UnknownCode)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// The standard is broken, but importers are known to take it, or something is likely not meant.
    Warning,
    /// Importers refuse it or would build the wrong machine.
    Error,
}

impl Severity {
    /// `error`, `warning` or `info`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a code is judged when nobody has set its severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Always an error.
    Error,
    /// The standard forbids it, real packages do it, importers take it: a warning, and an error when strict.
    Tolerated,
    /// Always a warning.
    Warning,
    /// Always an information.
    Info,
}

macro_rules! names {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$doc])* $variant,)*
        }

        impl $type {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

names! {
    /// `ParseIssue.Category` of vCenter's `com.vmware.vcenter.ovf` API.
    Category {
        /// A value is malformed, no number, or out of range.
        ValueIllegal = "VALUE_ILLEGAL",
        /// An attribute is missing.
        AttributeRequired = "ATTRIBUTE_REQUIRED",
        /// An attribute may not stand here.
        AttributeIllegal = "ATTRIBUTE_ILLEGAL",
        /// An element is missing.
        ElementRequired = "ELEMENT_REQUIRED",
        /// An element stands in the wrong place, or there are several where one is allowed.
        ElementIllegal = "ELEMENT_ILLEGAL",
        /// An element is not supported.
        ElementUnknown = "ELEMENT_UNKNOWN",
        /// A section is not supported.
        SectionUnknown = "SECTION_UNKNOWN",
        /// A section stands where it may not.
        SectionRestriction = "SECTION_RESTRICTION",
        /// The document could not be read.
        ParseError = "PARSE_ERROR",
        /// The document could not be written.
        GenerateError = "GENERATE_ERROR",
        /// The manifest, the signature or the target does not agree.
        ValidationError = "VALIDATION_ERROR",
        /// An export failed.
        ExportError = "EXPORT_ERROR",
        /// The reader itself failed.
        InternalError = "INTERNAL_ERROR",
    }
}

names! {
    /// Fault types of the vSphere API (`vim25`) that stand for what this crate can find.
    Fault {
        /// A constraint between sections is broken.
        OvfConstraint = "OvfConstraint",
        /// Disks and their files are in different order.
        OvfDiskOrderConstraint = "OvfDiskOrderConstraint",
        /// An element or id that must be unique appears again.
        OvfDuplicateElement = "OvfDuplicateElement",
        /// Two Items claim the same bound.
        OvfDuplicatedElementBoundary = "OvfDuplicatedElementBoundary",
        /// Two properties have one full key.
        OvfDuplicatedPropertyIdImport = "OvfDuplicatedPropertyIdImport",
        /// The text of an element is no legal value.
        OvfElementInvalidValue = "OvfElementInvalidValue",
        /// A HostResource leads nowhere.
        OvfHostResourceConstraint = "OvfHostResourceConstraint",
        /// The reader itself failed.
        OvfInternalError = "OvfInternalError",
        /// The package breaks the rules of OVF, in a way without a type of its own.
        OvfInvalidPackage = "OvfInvalidPackage",
        /// An attribute value is illegal.
        OvfInvalidValue = "OvfInvalidValue",
        /// A configuration list names no deployment option.
        OvfInvalidValueConfiguration = "OvfInvalidValueConfiguration",
        /// An attribute is empty.
        OvfInvalidValueEmpty = "OvfInvalidValueEmpty",
        /// An attribute does not fit its lexical type.
        OvfInvalidValueFormatMalformed = "OvfInvalidValueFormatMalformed",
        /// A reference leads nowhere.
        OvfInvalidValueReference = "OvfInvalidValueReference",
        /// A name cannot be a VM's.
        OvfInvalidVmName = "OvfInvalidVmName",
        /// The operating system is mapped to a near one.
        OvfMappedOsId = "OvfMappedOsId",
        /// An attribute is missing.
        OvfMissingAttribute = "OvfMissingAttribute",
        /// An element is missing.
        OvfMissingElement = "OvfMissingElement",
        /// A range has no normal value.
        OvfMissingElementNormalBoundary = "OvfMissingElementNormalBoundary",
        /// There is no CPU or no memory.
        OvfMissingHardware = "OvfMissingHardware",
        /// A controller has no room.
        OvfNoSpaceOnController = "OvfNoSpaceOnController",
        /// The hardware family is unknown.
        OvfNoSupportedHardwareFamily = "OvfNoSupportedHardwareFamily",
        /// A property refers to no network.
        OvfPropertyNetwork = "OvfPropertyNetwork",
        /// A qualifier is malformed.
        OvfPropertyQualifier = "OvfPropertyQualifier",
        /// A qualifier is given twice.
        OvfPropertyQualifierDuplicate = "OvfPropertyQualifierDuplicate",
        /// A qualifier is not honoured.
        OvfPropertyQualifierIgnored = "OvfPropertyQualifierIgnored",
        /// A property type is unknown.
        OvfPropertyType = "OvfPropertyType",
        /// A property value does not fit.
        OvfPropertyValue = "OvfPropertyValue",
        /// An element stands where it may not.
        OvfUnexpectedElement = "OvfUnexpectedElement",
        /// An attribute is not supported.
        OvfUnsupportedAttribute = "OvfUnsupportedAttribute",
        /// An attribute value is not supported.
        OvfUnsupportedAttributeValue = "OvfUnsupportedAttributeValue",
        /// An element is not supported.
        OvfUnsupportedElement = "OvfUnsupportedElement",
        /// The text of an element is not supported.
        OvfUnsupportedElementValue = "OvfUnsupportedElementValue",
        /// The package is not supported.
        OvfUnsupportedPackage = "OvfUnsupportedPackage",
        /// A required section is not known.
        OvfUnsupportedSection = "OvfUnsupportedSection",
        /// A device subtype is not supported.
        OvfUnsupportedSubType = "OvfUnsupportedSubType",
        /// A device type is not supported.
        OvfUnsupportedType = "OvfUnsupportedType",
        /// An element this reader never takes here.
        OvfWrongElement = "OvfWrongElement",
        /// The namespace is not OVF's.
        OvfWrongNamespace = "OvfWrongNamespace",
        /// The document is not well-formed.
        OvfXmlFormat = "OvfXmlFormat",
    }
}
