//! The elements that CIM defines, whose schemas those of OVF import.

use super::{Content, Form, Shape};
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
    pub(super) const REQUIRED: [&'static str; 2] = ["ElementName", "InstanceID"];

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

    /// The property of a name, with the name.
    pub(super) fn property(self, name: &str) -> Option<(&'static str, Property)> {
        match self {
            Self::Resource(kind) => {
                let setting = Setting::of(name).filter(|&setting| {
                    setting.is_of(kind) && setting.as_str() == name && setting != Setting::BusNumber
                })?;
                let value = match setting {
                    Setting::ComponentSetting => ANYTHING,
                    _ => of_item(setting.value_type()),
                };
                let is_single = !setting.is_repeatable();
                Some((setting.as_str(), Property { place: setting as u8, is_single, value }))
            }
            Self::System => named(System::SETTINGS, name),
            Self::BootConfig => named(BOOT_CONFIG, name),
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

/// A property of a class that is a list of names in order.
fn named(names: &[&'static str], name: &str) -> Option<(&'static str, Property)> {
    let at = names.binary_search(&name).ok()?;
    let place = u8::try_from(at).ok()?;
    let value = match name {
        "AutomaticStartupActionDelay" | "CreationTime" => TIME,
        "ComponentSetting" => ANYTHING,
        "AutomaticRecoveryAction"
        | "AutomaticShutdownAction"
        | "AutomaticStartupAction"
        | "AutomaticStartupActionSequenceNumber"
        | "ChangeableType" => SHORT,
        "Generation" => LONG,
        _ => TEXT,
    };
    let is_single = !matches!(name, "ComponentSetting" | "Notes");
    Some((names.get(at)?, Property { place, is_single, value }))
}

const ANYTHING: &Shape = &Shape { name: "setting", content: Content::Anything };
const TIME: &Shape = &Shape { name: "time", content: Content::Time };

/// The kinds of `cim:cimDateTime`, one of which stands in it.
pub(super) const TIMES: &[&str] = &["CIM_DateTime", "Date", "Datetime", "Interval", "Time"];

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
    Shape { name, content: Content::Text(form) }
}
