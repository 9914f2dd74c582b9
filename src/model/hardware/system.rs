//! `System`: what a machine is as a whole (DSP0243 8.1).

use std::borrow::Cow;

use super::setting::{is_nil, is_setting_data, value};
use crate::model::view::view;
use crate::model::{Element, ElementName};

view! {
    /// The `System` of a `VirtualHardwareSection`: a `CIM_VirtualSystemSettingData` (DSP0243 8.1).
    System {}
}

/// By the number of a name: its place in [`System::SETTINGS`], counted from 1, and 0 when it is not there.
const PLACES: [u8; ElementName::COUNT] = ElementName::places(System::SETTINGS);

impl<'e, 's> System<'e, 's> {
    /// The names CIM gives its children, in the order the schemas ask for.
    pub const SETTINGS: &'static [&'static str] = &[
        "AutomaticRecoveryAction",
        "AutomaticShutdownAction",
        "AutomaticStartupAction",
        "AutomaticStartupActionDelay",
        "AutomaticStartupActionSequenceNumber",
        "Caption",
        "ChangeableType",
        "ComponentSetting",
        "ConfigurationDataRoot",
        "ConfigurationFile",
        "ConfigurationID",
        "ConfigurationName",
        "CreationTime",
        "Description",
        "ElementName",
        "Generation",
        "InstanceID",
        "LogDataRoot",
        "Notes",
        "RecoveryFile",
        "SnapshotDataRoot",
        "SoID",
        "SoOrgID",
        "SuspendDataRoot",
        "SwapFileDataRoot",
        "VirtualSystemIdentifier",
        "VirtualSystemType",
    ];

    /// The place of a name among [`SETTINGS`](Self::SETTINGS).
    pub(crate) fn place(name: ElementName) -> Option<u8> {
        PLACES.get(name.number())?.checked_sub(1)
    }

    /// Its first child of a name CIM has.
    #[must_use]
    pub fn setting(self, name: &str) -> Option<Element<'e, 's>> {
        self.element()
            .children()
            .find(|child| child.local() == name && is_setting_data(*child) && !is_nil(*child))
    }

    fn named(self, name: ElementName) -> Option<Element<'e, 's>> {
        self.element()
            .children()
            .find(|child| child.name() == name && is_setting_data(*child) && !is_nil(*child))
    }

    /// `ElementName`: the name of the hardware family, for people.
    #[must_use]
    pub fn element_name(self) -> Option<Element<'e, 's>> {
        self.named(ElementName::ElementName)
    }

    /// `InstanceID`, or `InstanceId` as OVF 0.9 has it.
    #[must_use]
    pub fn instance_id(self) -> Option<Element<'e, 's>> {
        self.named(ElementName::InstanceId).or_else(|| self.named(ElementName::LegacyInstanceId))
    }

    /// `VirtualSystemIdentifier`: the name the machine had.
    #[must_use]
    pub fn identifier(self) -> Option<Element<'e, 's>> {
        self.named(ElementName::VirtualSystemIdentifier)
    }

    /// `VirtualSystemType`: the families of hardware the machine can be made in, one or a list.
    #[must_use]
    pub fn system_type(self) -> Option<Element<'e, 's>> {
        self.named(ElementName::VirtualSystemType)
    }

    /// The text of [`system_type`](Self::system_type) without white space around it, to be read with
    /// [`List`](crate::value::list::List).
    #[must_use]
    pub fn families(self) -> Cow<'s, str> {
        self.system_type().map(value).unwrap_or_default()
    }
}
