//! Faults, as vSphere has types for them.

use std::fmt;

use super::object::{DataObject, Value, kinds};
use crate::diagnostic::quoted;

/// Something that keeps a package from being imported, or that is lost when it is: a
/// `LocalizedMethodFault` of vSphere's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The one-based line of the descriptor.
    pub line: u32,
    /// What it is.
    pub kind: FaultKind,
}

kinds! {
    /// What a [`Fault`] is, with what its type in vSphere's API carries.
    FaultKind {
        /// The text of an element means nothing here.
        ElementInvalidValue = "OvfElementInvalidValue" {
            /// The element.
            name: String = "name",
            /// Its text.
            value: String = "value",
        }
        /// `HostResource` names no disk and no file that could back the device.
        HostResourceConstraint = "OvfHostResourceConstraint" {
            /// The element.
            name: String = "name",
            /// Its text.
            value: String = "value",
        }
        /// The value of an attribute cannot be read or taken.
        InvalidValueFormatMalformed = "OvfInvalidValueFormatMalformed" {
            /// The element.
            element_name: String = "elementName",
            /// The attribute.
            attribute_name: String = "attributeName",
            /// Its value.
            value: String = "value",
        }
        /// An attribute names something that is not there.
        InvalidValueReference = "OvfInvalidValueReference" {
            /// The element.
            element_name: String = "elementName",
            /// The attribute.
            attribute_name: String = "attributeName",
            /// Its value.
            value: String = "value",
        }
        /// vSphere would not take the name of the machine.
        InvalidVmName = "OvfInvalidVmName" {
            /// The name.
            name: String = "name",
        }
        /// There is no identifier for the guest, or for one near it only.
        MappedOsId = "OvfMappedOsId" {
            /// The number in the descriptor.
            ovf_id: i32 = "ovfId",
            /// Its name in CIM.
            ovf_description: String = "ovfDescription",
            /// The identifier taken.
            target_description: String = "targetDescription",
        }
        /// The machine has no processor, or no memory.
        MissingHardware = "OvfMissingHardware" {
            /// What.
            name: String = "name",
            /// The number of its resource type.
            resource_type: i32 = "resourceType",
        }
        /// There is no place left where the device should go.
        NoSpaceOnController = "OvfNoSpaceOnController" {
            /// The name of the device.
            name: String = "name",
            /// The `InstanceID` of the controller, or `PCI`, `SIO`.
            parent: String = "parent",
        }
        /// None of the families of virtual hardware is known.
        NoSupportedHardwareFamily = "OvfNoSupportedHardwareFamily" {
            /// The families.
            version: String = "version",
        }
        /// The package as a whole is more than is taken.
        UnsupportedPackage = "OvfUnsupportedPackage" {}
        /// The value of an attribute is known, but not taken.
        UnsupportedAttributeValue = "OvfUnsupportedAttributeValue" {
            /// The element.
            element_name: String = "elementName",
            /// The attribute.
            attribute_name: String = "attributeName",
            /// Its value.
            value: String = "value",
        }
        /// A section that has to be understood is not known.
        UnsupportedSection = "OvfUnsupportedSection" {
            /// The element.
            name: String = "name",
            /// Its `Info`.
            info: String = "info",
        }
        /// The model of a device is not known.
        UnsupportedSubType = "OvfUnsupportedSubType" {
            /// `ResourceSubType`.
            element_name: String = "elementName",
            /// The `InstanceID` of the device.
            instance_id: String = "instanceId",
            /// Its resource type.
            device_type: i32 = "deviceType",
            /// Its models as written.
            device_sub_type: String = "deviceSubType",
        }
        /// There are no devices of the type.
        UnsupportedType = "OvfUnsupportedType" {
            /// `ResourceType`.
            name: String = "name",
            /// The `InstanceID` of the device.
            instance_id: String = "instanceId",
            /// Its resource type.
            device_type: i32 = "deviceType",
        }
    }
}

impl FaultKind {
    /// Whether the type of the API has a line: those of vCenter's own doing have none.
    const fn has_line(&self) -> bool {
        !matches!(self, Self::MappedOsId { .. } | Self::MissingHardware { .. })
    }
}

/// A sentence for people, without the line.
impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ElementInvalidValue { name, value } => {
                write!(f, "the value {} of `{name}` cannot be used", quoted(value))
            }
            Self::HostResourceConstraint { name, value } => {
                write!(f, "the {} {} names nothing to back the device", name, quoted(value))
            }
            Self::InvalidValueFormatMalformed { element_name, attribute_name, value } => write!(
                f,
                "the value {} of `{attribute_name}` on `{element_name}` cannot be used",
                quoted(value)
            ),
            Self::InvalidValueReference { element_name, attribute_name, value } => write!(
                f,
                "the value {} of `{attribute_name}` on `{element_name}` names nothing",
                quoted(value)
            ),
            Self::InvalidVmName { name } => {
                write!(f, "the name {} is none for a machine", quoted(name))
            }
            Self::MappedOsId { ovf_id, ovf_description, target_description } => write!(
                f,
                "the operating system {} (id {ovf_id}) becomes `{target_description}`",
                quoted(ovf_description)
            ),
            Self::MissingHardware { name, .. } => write!(f, "the machine has no {name}"),
            Self::NoSpaceOnController { name, parent } => {
                write!(f, "there is no place for {} on {}", quoted(name), quoted(parent))
            }
            Self::NoSupportedHardwareFamily { version } => {
                write!(f, "the hardware family {} is not supported", quoted(version))
            }
            Self::UnsupportedPackage {} => {
                f.write_str("the machines of the package are more than are taken")
            }
            Self::UnsupportedAttributeValue { element_name, attribute_name, value } => write!(
                f,
                "the value {} of `{attribute_name}` on `{element_name}` is not supported",
                quoted(value)
            ),
            Self::UnsupportedSection { name, info } if info.is_empty() => {
                write!(f, "the section {} is not supported", quoted(name))
            }
            Self::UnsupportedSection { name, info } => {
                write!(f, "the section {} is not supported: {}", quoted(name), quoted(info))
            }
            Self::UnsupportedSubType { instance_id, device_type, device_sub_type, .. } => write!(
                f,
                "the device {} of type {device_type} comes in no model {}",
                quoted(instance_id),
                quoted(device_sub_type)
            ),
            Self::UnsupportedType { instance_id, device_type, .. } => write!(
                f,
                "the device {} is of the type {device_type}, which is not supported",
                quoted(instance_id)
            ),
        }
    }
}

/// The sentence with the line: `line 12: the machine has no memory`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.kind)
    }
}

/// A fault as one of vSphere's, inside its `LocalizedMethodFault`.
pub(crate) struct MethodFault<'f>(pub(crate) &'f Fault);

impl DataObject for MethodFault<'_> {
    fn type_name(&self) -> &'static str {
        self.0.kind.type_name()
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        if self.0.kind.has_line() {
            field("lineNumber", Value::Number(self.0.line.into()));
        }
        self.0.kind.fields(field);
    }
}
