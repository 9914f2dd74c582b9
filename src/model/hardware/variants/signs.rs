//! The signs of Items, and of the devices they make.

use super::{ParentId, Variants, wide};
use crate::model::hardware::item::Item;
use crate::model::hardware::setting::{Setting, ValueType};
use crate::model::hardware::{Hardware, System};
use crate::model::{AttributeName, Element, Signs};
use crate::namespace::Namespace;
use crate::value::cim;
use crate::value::number;

/// Units of memory and disks.
const BYTES: [&str; 4] = ["byte * 2^20", "byte * 2^30", "byte * 2^10", "byte"];
/// The unit of processors.
const HERTZ: &str = "hertz * 10^6";

/// The types that say what a device is: those CIM defines but for the first, which is `Other`.
const USUAL_FIRST: u16 = 2;
const USUAL_LAST: u16 = 33;

/// What is seen of an Item while its children are read.
#[derive(Default)]
pub(super) struct Look {
    signs: Signs,
    counts_bytes: bool,
    counts_hertz: bool,
    is_on_disk: bool,
    is_on_file: bool,
}

/// The settings that every Item has.
const NEEDED: u64 =
    Setting::InstanceId.bit() | Setting::ElementName.bit() | Setting::ResourceType.bit();

impl Look {
    /// Looks at a child that is no setting.
    pub(super) fn extension(&mut self, namespace: Namespace) {
        self.signs |= Signs::UNKNOWN_CHILD.when(!namespace.is_known_vendor());
    }

    /// Looks at a setting.
    pub(super) fn setting(&mut self, setting: Setting, child: Element<'_, '_>) {
        match setting.value_type() {
            ValueType::Boolean => {
                let is_plain = matches!(&*child.text(), "true" | "false");
                self.signs |= Signs::ODD_NUMBER.when(!is_plain);
            }
            // That of the type is read anyway.
            _ if setting == Setting::ResourceType => {}
            ValueType::Short | ValueType::Int | ValueType::Long => {
                let max = setting.value_type().max().unwrap_or(0);
                let is_plain = number::unsigned(&child.text(), max).is_ok();
                self.signs |= Signs::ODD_NUMBER.when(!is_plain);
            }
            ValueType::Text => self.text(setting, child),
        }
    }

    fn text(&mut self, setting: Setting, child: Element<'_, '_>) {
        match setting {
            Setting::AllocationUnits => {
                let text = child.text();
                let (bytes, hertz) = (BYTES.contains(&&*text), text == HERTZ);
                self.counts_bytes |= bytes;
                self.counts_hertz |= hertz;
                self.signs |= Signs::ODD_UNITS.when(!bytes && !hertz);
            }
            Setting::HostResource => {
                let text = child.text();
                let refers = |start| {
                    let id = text.strip_prefix(start);
                    id.and_then(|id| id.bytes().last()).is_some_and(|last| last > b' ')
                };
                let (disk, file) = (refers("ovf:/disk/"), refers("ovf:/file/"));
                self.is_on_disk |= disk;
                self.is_on_file |= file;
                self.signs |= Signs::ODD_HOST_RESOURCE.when(!disk && !file);
            }
            Setting::ResourceSubType => {
                self.signs |= Signs::COMMA.when(has_comma(child));
            }
            _ => {}
        }
    }

    /// The signs of the Item as a whole.
    pub(super) fn signs(self, item: Item<'_, '_>, set: u64, resource_type: Option<u16>) -> Signs {
        let has = |setting: Setting| set & setting.bit() != 0;
        let is_drive = matches!(resource_type, Some(14..=16));
        let is_bare = match resource_type {
            Some(3 | 4) => !has(Setting::VirtualQuantity),
            Some(10) => !has(Setting::Connection),
            Some(17) => !has(Setting::HostResource) && !has(Setting::VirtualQuantity),
            _ => false,
        };
        let is_usual_type = matches!(resource_type, Some(USUAL_FIRST..=USUAL_LAST));
        let is_odd_unit = match resource_type {
            Some(3) => self.counts_bytes,
            Some(4 | 17) => self.counts_hertz,
            _ => false,
        };
        let is_odd_resource =
            self.is_on_disk && is_drive || self.is_on_file && resource_type == Some(17);
        let element = item.element();
        self.signs
            | Signs::LACKING_ITEM.when(set & NEEDED != NEEDED)
            | Signs::ODD_TYPE.when(!is_usual_type)
            | Signs::BARE_ITEM.when(is_bare)
            | Signs::ODD_UNITS.when(is_odd_unit)
            | Signs::ODD_HOST_RESOURCE.when(is_odd_resource)
            | Signs::ADDRESS.when(resource_type == Some(10) && has(Setting::Address))
            | Signs::BOUND.when(!element.has_no(AttributeName::Bound))
    }
}

impl Signs {
    /// The signs of what is in a section beside its Items.
    pub(super) fn of_section(hardware: Hardware<'_, '_>) -> Self {
        let element = hardware.element();
        let families = hardware.system().and_then(System::system_type);
        Self::TRANSPORT.when(!element.has_no(AttributeName::Transport))
            | Self::COMMA.when(families.is_some_and(has_comma))
    }
}

fn has_comma(element: Element<'_, '_>) -> bool {
    memchr::memchr(b',', element.text().as_bytes()).is_some()
}

impl Variants {
    /// The signs of how devices hang on each other.
    pub(super) fn signs_of_parents(&self) -> Signs {
        let mut signs = Signs::NONE;
        // A bit stands for all groups of the same number but for a multiple of 64.
        let mut met = 0_u64;
        for device in &self.devices {
            let group = match device.parent {
                ParentId::None => continue,
                ParentId::Unknown => {
                    signs |= Signs::LOOSE_PARENT;
                    continue;
                }
                ParentId::Group(group) => group,
            };
            let bit = 1_u64.rotate_left(u32::try_from(group % 64).unwrap_or(0));
            signs |= Signs::SHARED_PARENT.when(met & bit != 0);
            met |= bit;
            signs |= Signs::LATE_PARENT.when(group >= device.group);
            if matches!(device.resource_type, Some(14..=18)) {
                let parents = self.groups.get(group).map_or(0..0, wide);
                let parents = self.devices.get(parents).unwrap_or_default();
                let is_fit = parents
                    .iter()
                    .all(|parent| parent.resource_type.is_none_or(cim::is_controller));
                signs |= Signs::UNFIT_PARENT.when(!is_fit);
            }
        }
        signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::unit::{Base, Unit};

    #[test]
    fn usual_units_are_units() {
        for (units, base) in
            BYTES.map(|units| (units, Base::Byte)).into_iter().chain([(HERTZ, Base::Hertz)])
        {
            let unit = Unit::parse(units).unwrap();
            assert_eq!((unit.base, unit.deviation), (base, None));
        }
    }

    #[test]
    fn usual_types_are_defined() {
        for number in USUAL_FIRST..=USUAL_LAST {
            assert!(matches!(cim::resource_type(number), cim::ResourceType::Known(_)), "{number}");
        }
    }
}
