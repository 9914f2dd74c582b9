//! The children of Items and of System that CIM defines.

use std::borrow::Cow;

use super::item::ItemKind;
use crate::model::{AttributeName, Element, ElementName};
use crate::namespace::Namespace;
use crate::value::number;

const ITEM: u8 = 1;
const STORAGE: u8 = 2;
const PORT: u8 = 4;
const ALL: u8 = ITEM | STORAGE | PORT;

macro_rules! settings {
    ($($(#[$doc:meta])* $variant:ident = $name:literal in $kinds:ident as $value:ident,)*) => {
        /// A child of an `Item`, `StorageItem` or `EthernetPortItem` that CIM defines: a property of
        /// `CIM_ResourceAllocationSettingData` and of the classes derived from it.
        ///
        /// In ASCII order of name, which is also the order the schemas ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Setting {
            $($(#[$doc])* $variant,)*
        }

        impl Setting {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name of the element.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The setting of an element name; `InstanceId`, the spelling of OVF 0.9, is `InstanceID`.
            #[must_use]
            pub fn of(name: &str) -> Option<Self> {
                match name {
                    "InstanceId" => Some(Self::InstanceId),
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The name of the element.
            const fn element(self) -> ElementName {
                match self {
                    $(Self::$variant => ElementName::$variant,)*
                }
            }

            const fn kinds(self) -> u8 {
                match self {
                    $(Self::$variant => $kinds,)*
                }
            }

            /// What its text is.
            #[must_use]
            pub const fn value_type(self) -> ValueType {
                match self {
                    $(Self::$variant => ValueType::$value,)*
                }
            }
        }
    };
}

/// What the text of a [`Setting`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Free text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A number of 16 bits.
    Short,
    /// A number of 32 bits.
    Int,
    /// A number of 64 bits.
    Long,
}

impl ValueType {
    /// The greatest number; `None` when it is no number.
    #[must_use]
    pub const fn max(self) -> Option<u64> {
        match self {
            Self::Text | Self::Boolean => None,
            Self::Short => Some(0xFFFF),
            Self::Int => Some(0xFFFF_FFFF),
            Self::Long => Some(u64::MAX),
        }
    }
}

settings! {
    /// How the extent is accessed.
    Access = "Access" in STORAGE as Short,
    /// The address of the device: the number of a controller, the MAC address of a network card.
    Address = "Address" in ALL as Text,
    /// The place on the parent: the number of the slot or unit.
    AddressOnParent = "AddressOnParent" in ALL as Text,
    /// The unit of the amounts: `byte * 2^20`.
    AllocationUnits = "AllocationUnits" in ALL as Text,
    /// Priorities the port may use.
    AllowedPriorities = "AllowedPriorities" in PORT as Text,
    /// MAC addresses the port may receive.
    AllowedToReceiveMacAddresses = "AllowedToReceiveMACAddresses" in PORT as Text,
    /// VLANs the port may receive.
    AllowedToReceiveVlans = "AllowedToReceiveVLANs" in PORT as Text,
    /// MAC addresses the port may send.
    AllowedToTransmitMacAddresses = "AllowedToTransmitMACAddresses" in PORT as Text,
    /// VLANs the port may send.
    AllowedToTransmitVlans = "AllowedToTransmitVLANs" in PORT as Text,
    /// Whether the device is connected when the machine starts.
    AutomaticAllocation = "AutomaticAllocation" in ALL as Boolean,
    /// Whether the device is disconnected when the machine stops.
    AutomaticDeallocation = "AutomaticDeallocation" in ALL as Boolean,
    /// OVF 0.9: the number of a controller.
    BusNumber = "BusNumber" in ALL as Text,
    /// A short name; in OVF 0.9 the name of the device.
    Caption = "Caption" in ALL as Text,
    /// Whether the setting can be changed.
    ChangeableType = "ChangeableType" in ALL as Short,
    /// A setting inside this one.
    ComponentSetting = "ComponentSetting" in ALL as Text,
    /// The name of the configuration.
    ConfigurationName = "ConfigurationName" in ALL as Text,
    /// The network a card is connected to.
    Connection = "Connection" in ALL as Text,
    /// What the machine sees of the resource.
    ConsumerVisibility = "ConsumerVisibility" in ALL as Short,
    /// The VLAN of untagged frames.
    DefaultPortVid = "DefaultPortVID" in PORT as Short,
    /// The priority of untagged frames.
    DefaultPriority = "DefaultPriority" in PORT as Short,
    /// A description for people.
    Description = "Description" in ALL as Text,
    /// The VLAN mode of the port.
    DesiredVlanEndpointMode = "DesiredVLANEndpointMode" in PORT as Short,
    /// The name of the device.
    ElementName = "ElementName" in ALL as Text,
    /// A counter of changes.
    Generation = "Generation" in ALL as Long,
    /// The group of the port.
    GroupId = "GroupID" in PORT as Int,
    /// The name of the extent on the host.
    HostExtentName = "HostExtentName" in STORAGE as Text,
    /// The format of that name.
    HostExtentNameFormat = "HostExtentNameFormat" in STORAGE as Short,
    /// The namespace of that name.
    HostExtentNameNamespace = "HostExtentNameNamespace" in STORAGE as Short,
    /// The first block of the extent.
    HostExtentStartingAddress = "HostExtentStartingAddress" in STORAGE as Long,
    /// What backs the device: `ovf:/disk/ID` or `ovf:/file/ID`.
    HostResource = "HostResource" in ALL as Text,
    /// Bytes of a block on the host.
    HostResourceBlockSize = "HostResourceBlockSize" in STORAGE as Long,
    /// The id of the Item, unique in its section.
    InstanceId = "InstanceID" in ALL as Text,
    /// The most that is given, in units of `AllocationUnits`.
    Limit = "Limit" in ALL as Long,
    /// The manager of the port profile.
    ManagerId = "ManagerID" in PORT as Int,
    /// How the device is mapped to the host.
    MappingBehavior = "MappingBehavior" in ALL as Short,
    /// The id of a port profile.
    NetworkPortProfileId = "NetworkPortProfileID" in PORT as Text,
    /// What kind of id that is.
    NetworkPortProfileIdType = "NetworkPortProfileIDType" in PORT as Short,
    /// The VLAN mode when it is none of the listed.
    OtherEndpointMode = "OtherEndpointMode" in PORT as Text,
    /// The format when it is none of the listed.
    OtherHostExtentNameFormat = "OtherHostExtentNameFormat" in STORAGE as Text,
    /// The namespace when it is none of the listed.
    OtherHostExtentNameNamespace = "OtherHostExtentNameNamespace" in STORAGE as Text,
    /// The kind of profile id when it is none of the listed.
    OtherNetworkPortProfileIdTypeInfo = "OtherNetworkPortProfileIDTypeInfo" in PORT as Text,
    /// What the device is when `ResourceType` is 1.
    OtherResourceType = "OtherResourceType" in ALL as Text,
    /// The `InstanceID` of the device this one hangs on.
    Parent = "Parent" in ALL as Text,
    /// The pool the resource is taken from.
    PoolId = "PoolID" in ALL as Text,
    /// What ports belong together.
    PortCorrelationId = "PortCorrelationID" in PORT as Text,
    /// The VLAN of the port.
    PortVid = "PortVID" in PORT as Short,
    /// Whether the port sees all frames.
    Promiscuous = "Promiscuous" in PORT as Boolean,
    /// The most the port receives.
    ReceiveBandwidthLimit = "ReceiveBandwidthLimit" in PORT as Long,
    /// The least the port can receive.
    ReceiveBandwidthReservation = "ReceiveBandwidthReservation" in PORT as Long,
    /// The least that is given, in units of `AllocationUnits`.
    Reservation = "Reservation" in ALL as Long,
    /// The model of the device, or a list of alternatives.
    ResourceSubType = "ResourceSubType" in ALL as Text,
    /// What kind of device it is.
    ResourceType = "ResourceType" in ALL as Short,
    /// An id in its scope.
    SoId = "SoID" in ALL as Text,
    /// The organisation of that scope.
    SoOrgId = "SoOrgID" in ALL as Text,
    /// Whether frames with other sender addresses are dropped.
    SourceMacFilteringEnabled = "SourceMACFilteringEnabled" in PORT as Boolean,
    /// The type of the virtual station interface.
    VsiTypeId = "VSITypeID" in PORT as Int,
    /// The version of that type.
    VsiTypeIdVersion = "VSITypeIDVersion" in PORT as Short,
    /// How much or how many.
    VirtualQuantity = "VirtualQuantity" in ALL as Long,
    /// The unit of `VirtualQuantity`, from OVF 1.1 on.
    VirtualQuantityUnits = "VirtualQuantityUnits" in ALL as Text,
    /// Bytes of a block the machine sees.
    VirtualResourceBlockSize = "VirtualResourceBlockSize" in STORAGE as Long,
    /// The share of the resource when it is short.
    Weight = "Weight" in ALL as Int,
}

impl Setting {
    /// Whether Items of a kind have it.
    #[must_use]
    pub const fn is_of(self, kind: ItemKind) -> bool {
        let kind = match kind {
            ItemKind::Item => ITEM,
            ItemKind::Storage => STORAGE,
            ItemKind::EthernetPort => PORT,
        };
        self.kinds() & kind != 0
    }

    /// Whether an Item may have several of it.
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        matches!(
            self,
            Self::AllowedPriorities
                | Self::AllowedToReceiveMacAddresses
                | Self::AllowedToReceiveVlans
                | Self::AllowedToTransmitMacAddresses
                | Self::AllowedToTransmitVlans
                | Self::ComponentSetting
                | Self::Connection
                | Self::HostResource
        )
    }

    /// The setting of an element name, as [`of`](Self::of) has it.
    #[inline]
    pub(in crate::model) fn named(name: ElementName) -> Option<Self> {
        BY_NAME.get(name.number()).copied().flatten()
    }

    /// A bit of its own.
    pub(crate) const fn bit(self) -> u64 {
        1 << (self as u32)
    }

    /// The bits of all settings of a type.
    #[allow(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "for constants, which the compiler computes"
    )]
    pub(crate) const fn of_type(wanted: ValueType) -> u64 {
        let mut bits = 0;
        let mut at = 0;
        while at < Self::ALL.len() {
            if Self::ALL[at].value_type() as u8 == wanted as u8 {
                bits |= Self::ALL[at].bit();
            }
            at += 1;
        }
        bits
    }
}

/// By the number of a name.
const BY_NAME: [Option<Setting>; ElementName::COUNT] = by_name();

#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "computed by the compiler, which tells of a panic"
)]
const fn by_name() -> [Option<Setting>; ElementName::COUNT] {
    let mut table = [None; ElementName::COUNT];
    let mut at = 0;
    while at < Setting::ALL.len() {
        table[Setting::ALL[at].element().number()] = Some(Setting::ALL[at]);
        at += 1;
    }
    table[ElementName::LegacyInstanceId.number()] = Some(Setting::InstanceId);
    table
}

/// There is a bit for each in 64.
const _: () = assert!(Setting::ALL.len() <= 64);

/// Whether an element stands where CIM's properties are meant to: in one of their namespaces, or in
/// what was written in place of one. A rule tells of those.
pub(super) fn is_setting_data(element: Element<'_, '_>) -> bool {
    match element.namespace() {
        namespace if namespace.is_cim() || namespace.is_ovf() => true,
        Namespace::None => true,
        Namespace::Other => {
            let uri = element.node().namespace();
            uri.strip_suffix(".xsd").unwrap_or(uri).ends_with("SettingData")
        }
        _ => false,
    }
}

/// Whether an element says `xsi:nil="true"`: it stands for nothing (XML Schema Part 1, 2.6.2).
pub(super) fn is_nil(element: Element<'_, '_>) -> bool {
    element
        .attribute_named_in(Namespace::Xsi, AttributeName::Nil)
        .is_some_and(|nil| number::boolean(&nil.value()) == Ok(true))
}

/// The text of an element without the white space around it.
pub(super) fn value<'s>(element: Element<'_, 's>) -> Cow<'s, str> {
    match element.text() {
        Cow::Borrowed(text) => Cow::Borrowed(number::collapse(text)),
        Cow::Owned(text) => Cow::Owned(number::collapse(&text).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_found() {
        assert!(Setting::ALL.is_sorted_by_key(|setting| setting.as_str()));
        for &setting in Setting::ALL {
            assert_eq!(Setting::of(setting.as_str()), Some(setting));
            assert_eq!(Setting::named(ElementName::of(setting.as_str())), Some(setting));
        }
        assert_eq!(Setting::of("InstanceId"), Some(Setting::InstanceId));
        assert_eq!(Setting::of("Unknown"), None);
        let own = Setting::ALL.iter().filter(|setting| setting.is_of(ItemKind::Item));
        assert_eq!(own.count(), 30, "29 of the schema of OVF 2, and BusNumber of OVF 0.9");
    }

    #[test]
    fn bits_are_distinct() {
        let bits = Setting::ALL.iter().fold(0, |bits, setting| bits | setting.bit());
        assert_eq!(bits.count_ones() as usize, Setting::ALL.len());
    }
}
