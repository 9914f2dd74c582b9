//! The namespaces a descriptor is made of, and the versions they stand for.
//!
//! Namespaces are compared as exact strings. The one exception is documented at [`Namespace::of`].

/// OVF 1.0, 1.1 and 1.1.1 (DSP8023): one namespace for all three.
pub const OVF_1: &str = "http://schemas.dmtf.org/ovf/envelope/1";
/// OVF 2.0 and 2.1 (DSP8023 2.0.1).
pub const OVF_2: &str = "http://schemas.dmtf.org/ovf/envelope/2";
/// OVF 0.9, published by VMware before the standard.
pub const OVF_0_9: &str = "http://www.vmware.com/schema/ovf/1/envelope";
/// OVF environment documents (DSP8027), one namespace for all versions.
pub const ENVIRONMENT: &str = "http://schemas.dmtf.org/ovf/environment/1";
/// The oVirt, RHV and virt-v2v dialect: OVF 0.9 shapes under the 1.x namespace with a slash at its end.
pub const OVIRT: &str = "http://schemas.dmtf.org/ovf/envelope/1/";
/// CIM resource allocation setting data, the children of an Item.
pub const RASD: &str =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
/// CIM virtual system setting data, the children of System.
pub const VSSD: &str =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
/// CIM storage allocation setting data, the children of a StorageItem (OVF 2).
pub const SASD: &str =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_StorageAllocationSettingData";
/// CIM Ethernet port allocation setting data, the children of an EthernetPortItem (OVF 2).
pub const EPASD: &str =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_EthernetPortAllocationSettingData";
/// CIM boot configuration settings, the content of a BootDeviceSection (OVF 2).
pub const BOOT_CONFIG: &str =
    "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_BootConfigSetting";
/// XML itself: `xml:lang`.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Namespace declarations.
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
/// XML Schema instance: `xsi:type`.
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// VMware's extensions.
pub const VMW: &str = "http://www.vmware.com/schema/ovf";
/// VirtualBox's extensions.
pub const VBOX: &str = "http://www.virtualbox.org/ovf/machine";
/// vCloud Director, API 1.0.
pub const VCLOUD_1_0: &str = "http://www.vmware.com/vcloud/v1";
/// vCloud Director, API 1.5.
pub const VCLOUD_1_5: &str = "http://www.vmware.com/vcloud/v1.5";

/// A namespace, as far as this crate knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Namespace {
    /// No namespace at all.
    None,
    /// [`OVF_0_9`].
    Ovf09,
    /// [`OVF_1`].
    Ovf1,
    /// [`OVF_2`].
    Ovf2,
    /// [`OVIRT`].
    Ovirt,
    /// [`RASD`].
    Rasd,
    /// [`VSSD`].
    Vssd,
    /// [`SASD`].
    Sasd,
    /// [`EPASD`].
    Epasd,
    /// [`BOOT_CONFIG`].
    BootConfig,
    /// [`XML`].
    Xml,
    /// [`XSI`].
    Xsi,
    /// [`VMW`].
    Vmw,
    /// [`VBOX`].
    Vbox,
    /// [`VCLOUD_1_0`] or [`VCLOUD_1_5`].
    VCloud,
    /// Any other.
    Other,
}

impl Namespace {
    /// The namespace a URI stands for.
    ///
    /// URIs are compared as exact strings, save that the CIM ones are taken with the `.xsd` at their
    /// end that VirtualBox writes.
    #[must_use]
    pub fn of(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            OVF_0_9 => Self::Ovf09,
            OVF_1 => Self::Ovf1,
            OVF_2 => Self::Ovf2,
            OVIRT => Self::Ovirt,
            XML => Self::Xml,
            XSI => Self::Xsi,
            VMW => Self::Vmw,
            VBOX => Self::Vbox,
            VCLOUD_1_0 | VCLOUD_1_5 => Self::VCloud,
            _ => match uri.strip_suffix(".xsd").unwrap_or(uri) {
                RASD => Self::Rasd,
                VSSD => Self::Vssd,
                SASD => Self::Sasd,
                EPASD => Self::Epasd,
                BOOT_CONFIG => Self::BootConfig,
                _ => Self::Other,
            },
        }
    }

    /// Whether elements of this namespace belong to the OVF standard itself.
    #[must_use]
    pub const fn is_ovf(self) -> bool {
        matches!(self, Self::Ovf09 | Self::Ovf1 | Self::Ovf2 | Self::Ovirt)
    }

    /// Whether elements of this namespace are CIM setting data.
    #[must_use]
    pub const fn is_cim(self) -> bool {
        matches!(self, Self::Rasd | Self::Vssd | Self::Sasd | Self::Epasd)
    }

    /// Whether elements of this namespace are those of a vendor whose extensions are known.
    pub(crate) const fn is_known_vendor(self) -> bool {
        matches!(self, Self::Vmw | Self::Vbox | Self::VCloud)
    }
}

/// The version of OVF a descriptor is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// VMware's draft of 2008: `Section` and `Content` with `xsi:type`.
    V0_9,
    /// 1.0, or 1.1 used without anything 1.1 added: the two share a namespace.
    V1_0,
    /// 1.1, told by what 1.1 added or by its schema location.
    V1_1,
    /// 2.0 or 2.1.
    V2,
}

impl Version {
    /// `0.9`, `1.0`, `1.1` or `2.x`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V0_9 => "0.9",
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V2 => "2.x",
        }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The nodes of the section tree a section may stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Directly below `Envelope`.
    pub envelope: bool,
    /// In a `VirtualSystem`.
    pub system: bool,
    /// In a `VirtualSystemCollection`.
    pub collection: bool,
}

impl Places {
    const ENVELOPE: Self = Self { envelope: true, system: false, collection: false };
    const SYSTEM: Self = Self { envelope: false, system: true, collection: false };
    const ENTITIES: Self = Self { envelope: false, system: true, collection: true };
    const ABOVE_SYSTEMS: Self = Self { envelope: true, system: false, collection: true };
}

/// A section that is not the standard's but a vendor's, and known by name.
///
/// Importers of that vendor read it; the rules that make a consumer refuse sections it does not know
/// do not apply to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VendorSection {
    /// The vendor's namespace.
    pub namespace: Namespace,
    /// The local name of the element.
    pub name: &'static str,
    /// Where the vendor's products write it.
    pub places: Places,
}

/// Vendor sections seen in descriptors that VMware's and Oracle's products write.
pub const VENDOR_SECTIONS: &[VendorSection] = &[
    vendor(Namespace::Vmw, "BootOrderSection", Places::SYSTEM),
    vendor(Namespace::Vmw, "CpuCompatibilitySection", Places::SYSTEM),
    vendor(Namespace::Vmw, "IpAssignmentSection", Places::ENVELOPE),
    vendor(Namespace::Vmw, "MigrationUpgradeRequisitesSection", Places::ENVELOPE),
    vendor(Namespace::Vmw, "StorageGroupSection", Places::ENVELOPE),
    vendor(Namespace::Vmw, "StorageSection", Places::ENTITIES),
    vendor(Namespace::Vmw, "TagBasedPlacementGroupSection", Places::ENVELOPE),
    vendor(Namespace::Vmw, "TagBasedPlacementSection", Places::ENTITIES),
    vendor(Namespace::Vmw, "VirtualDeviceGroupSection", Places::ENVELOPE),
    vendor(Namespace::Vmw, "vServiceDependencySection", Places::ENTITIES),
    vendor(Namespace::Vbox, "Machine", Places::SYSTEM),
    vendor(Namespace::VCloud, "CustomizationSection", Places::ABOVE_SYSTEMS),
    vendor(Namespace::VCloud, "GuestCustomizationSection", Places::SYSTEM),
    vendor(Namespace::VCloud, "LeaseSettingsSection", Places::ABOVE_SYSTEMS),
    vendor(Namespace::VCloud, "NetworkConfigSection", Places::ABOVE_SYSTEMS),
    vendor(Namespace::VCloud, "NetworkConnectionSection", Places::SYSTEM),
];

const fn vendor(namespace: Namespace, name: &'static str, places: Places) -> VendorSection {
    VendorSection { namespace, name, places }
}
