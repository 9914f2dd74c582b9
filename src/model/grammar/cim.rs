//! The elements that CIM defines, whose schemas those of OVF import.

use super::{Content, Form, Shape};
use crate::model::ElementName;
use crate::model::hardware::{ItemKind, Setting, System, ValueType};
use crate::namespace::Namespace;

/// A class of CIM settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// `CIM_ResourceAllocationSettingData` and what is derived from it.
    Resource(ItemKind),
    /// `CIM_VirtualSystemSettingData`.
    System,
    /// `CIM_BootConfigSetting`.
    BootConfig,
}

/// A property of a class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    /// Where it stands in the order.
    pub(super) place: u8,
    pub(super) is_single: bool,
    pub(super) value: &'static Shape,
}

impl Class {
    /// The properties that have to be there.
    pub(super) const REQUIRED: [ElementName; 2] =
        [ElementName::ElementName, ElementName::InstanceId];

    /// The namespace of its properties.
    pub(super) const fn namespace(self) -> Namespace {
        match self {
            Self::Resource(ItemKind::Item) => Namespace::Rasd,
            Self::Resource(ItemKind::Storage) => Namespace::Sasd,
            Self::Resource(ItemKind::EthernetPort) => Namespace::Epasd,
            Self::System => Namespace::Vssd,
            Self::BootConfig => Namespace::BootConfig,
        }
    }

    /// The property of a name.
    #[inline]
    pub(super) fn property(self, name: ElementName) -> Option<Property> {
        match self {
            Self::Resource(kind) => {
                let setting = Setting::named(name).filter(|&setting| {
                    setting.is_of(kind)
                        && name != ElementName::LegacyInstanceId
                        && setting != Setting::BusNumber
                })?;
                let value = match setting {
                    Setting::ComponentSetting => ANYTHING,
                    _ => of_item(setting.value_type()),
                };
                let is_single = !setting.is_repeatable();
                Some(Property { place: setting as u8, is_single, value })
            }
            Self::System => listed(name, System::place(name)?),
            Self::BootConfig => {
                listed(name, BOOT_CONFIG_PLACES.get(name.number())?.checked_sub(1)?)
            }
        }
    }
}

/// The properties of `CIM_BootConfigSetting`.
const BOOT_CONFIG: &[&str] = &[
    "Caption",
    "ChangeableType",
    "ComponentSetting",
    "ConfigurationName",
    "Description",
    "ElementName",
    "Generation",
    "InstanceID",
    "SoID",
    "SoOrgID",
];

/// By the number of a name: its place, counted from 1, and 0 when it is not there.
const BOOT_CONFIG_PLACES: [u8; ElementName::COUNT] = ElementName::places(BOOT_CONFIG);

/// A property of a class that is a list of names in order.
const fn listed(name: ElementName, place: u8) -> Option<Property> {
    use ElementName::{
        AutomaticRecoveryAction, AutomaticShutdownAction, AutomaticStartupAction,
        AutomaticStartupActionDelay, AutomaticStartupActionSequenceNumber, ChangeableType,
        ComponentSetting, CreationTime, Generation, Notes,
    };
    let value = match name {
        AutomaticStartupActionDelay | CreationTime => TIME,
        ComponentSetting => ANYTHING,
        AutomaticRecoveryAction
        | AutomaticShutdownAction
        | AutomaticStartupAction
        | AutomaticStartupActionSequenceNumber
        | ChangeableType => SHORT,
        Generation => LONG,
        _ => TEXT,
    };
    let is_single = !matches!(name, ComponentSetting | Notes);
    Some(Property { place, is_single, value })
}

const ANYTHING: &Shape = &Shape::new("setting", Content::Anything);
const TIME: &Shape = &Shape::new("time", Content::Time);

/// Whether it is one of the kinds of `cim:cimDateTime`, one of which stands in it.
pub(super) const fn is_time(name: ElementName) -> bool {
    use ElementName::{CimDateTime, Date, Datetime, Interval, Time};
    matches!(name, CimDateTime | Date | Datetime | Interval | Time)
}

const TEXT: &Shape = &text("setting", Form::Text);
const SHORT: &Shape = &text("setting", Form::Number(0xFFFF));
const LONG: &Shape = &text("setting", Form::Number(u64::MAX));

/// The shape of a property of an Item.
const fn of_item(value: ValueType) -> &'static Shape {
    const TEXT: &Shape = &text("Item/setting", Form::Text);
    const BOOLEAN: &Shape = &text("Item/setting", Form::Boolean);
    const SHORT: &Shape = &text("Item/setting", Form::Number(0xFFFF));
    const INT: &Shape = &text("Item/setting", Form::Number(0xFFFF_FFFF));
    const LONG: &Shape = &text("Item/setting", Form::Number(u64::MAX));
    match value {
        ValueType::Text => TEXT,
        ValueType::Boolean => BOOLEAN,
        ValueType::Short => SHORT,
        ValueType::Int => INT,
        ValueType::Long => LONG,
    }
}

const fn text(name: &'static str, form: Form) -> Shape {
    Shape::new(name, Content::Text(form))
}
