//! What a machine has under one deployment option (DSP0243 8.4, 9.8).

use std::borrow::Cow;

use super::item::{Bound, Item};
use super::setting::{Setting, value};
use super::variants::{ParentId, Variants};
use super::{Envelope, Hardware};
use crate::model::{Disk, Element, File, Network};
use crate::namespace::Namespace;
use crate::value::host_resource::{HostResource, Kind};
use crate::value::map::HashMap;
use crate::value::number;
use crate::value::unit::{Base, Unit};

/// What a machine has under one deployment option: its devices, each from the Items of one
/// `InstanceID` that apply, merged child by child, and how they hang on each other.
#[derive(Clone, Debug)]
pub struct EffectiveHardware<'e, 's> {
    hardware: Hardware<'e, 's>,
    devices: Vec<Device<'e, 's>>,
    /// By device: the device it hangs on.
    parents: Vec<Option<usize>>,
    /// By device: the devices that hang on it.
    children: Vec<Vec<usize>>,
}

impl<'e, 's> EffectiveHardware<'e, 's> {
    pub(super) fn new(
        hardware: Hardware<'e, 's>,
        variants: &'e Variants,
        configuration: Option<&str>,
    ) -> Self {
        let envelope = hardware.element().envelope();
        let bit = variants.bit(configuration);
        let devices: Vec<_> = (0..variants.len())
            .filter(|&device| variants.options(device) & bit != 0)
            .map(|index| Device { envelope, variants, index })
            .filter(|device| !device.is_range_only())
            .collect();
        let at: HashMap<usize, usize> =
            devices.iter().enumerate().map(|(at, device)| (device.group(), at)).collect();
        let parents: Vec<_> = devices
            .iter()
            .map(|device| match variants.parent(device.index) {
                ParentId::Group(group) => at.get(&group).copied(),
                ParentId::None | ParentId::Unknown => None,
            })
            .collect();
        let mut children = vec![Vec::new(); devices.len()];
        for (child, parent) in parents.iter().enumerate() {
            if let Some(children) = parent.and_then(|parent| children.get_mut(parent)) {
                children.push(child);
            }
        }
        Self { hardware, devices, parents, children }
    }

    /// The section it is from.
    #[must_use]
    pub const fn hardware(&self) -> Hardware<'e, 's> {
        self.hardware
    }

    /// The devices, in the order their `InstanceID`s first appear.
    #[must_use]
    pub fn devices(&self) -> &[Device<'e, 's>] {
        &self.devices
    }

    /// The index of the device that one hangs on: its controller. Devices may name each other as
    /// parents in a circle, so whoever follows parents has to count.
    #[must_use]
    pub fn parent(&self, device: usize) -> Option<usize> {
        self.parents.get(device).copied().flatten()
    }

    /// The indices of the devices that hang on one, in order of their
    /// [`slot`](Device::slot), those without a slot last.
    #[must_use]
    pub fn children(&self, device: usize) -> Vec<usize> {
        let mut children = self.children.get(device).cloned().unwrap_or_default();
        children.sort_by_key(|&child| {
            let slot = self.devices.get(child).and_then(|child| child.slot());
            (slot.is_none(), slot)
        });
        children
    }

    /// How many processors the machine has: the sum over its processor devices (resource type 3), and
    /// `None` when there are none, or none that says how many.
    #[must_use]
    pub fn processors(&self) -> Option<u64> {
        self.sum(3)
    }

    /// How much memory the machine has, in bytes: the sum over its memory devices (resource type 4),
    /// and `None` when there are none, or none that says how much.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        self.sum(4)
    }

    fn sum(&self, resource_type: u16) -> Option<u64> {
        self.devices
            .iter()
            .filter(|device| device.resource_type() == Some(resource_type))
            .filter_map(|device| device.amount(Setting::VirtualQuantity, Bound::Normal))
            .reduce(u64::saturating_add)
    }
}

/// A device: what the Items of one `InstanceID` make that apply under one deployment option.
#[derive(Clone, Copy, Debug)]
pub struct Device<'e, 's> {
    envelope: &'e Envelope<'s>,
    variants: &'e Variants,
    index: usize,
}

/// What a device is backed by (DSP0243 8.3, table 5).
#[derive(Clone, Copy, Debug)]
pub enum Backing<'e, 's> {
    /// A disk.
    Disk(Disk<'e, 's>),
    /// A file.
    File(File<'e, 's>),
}

impl<'e, 's> Device<'e, 's> {
    /// The device of a number.
    pub(crate) fn numbered(hardware: Hardware<'e, 's>, index: usize) -> Self {
        let envelope = hardware.element().envelope();
        Self { envelope, variants: hardware.variants(), index }
    }

    /// Its number in the section, over all options.
    pub(crate) const fn index(self) -> usize {
        self.index
    }

    /// The number of its `InstanceID`.
    pub(crate) fn group(self) -> usize {
        self.variants.device_group(self.index)
    }

    /// Whether there are only markers of a range, and nothing in it.
    pub(crate) fn is_range_only(self) -> bool {
        self.variants.merged(self.index).next().is_none()
    }

    /// The Items it is merged from, in document order; markers of ranges are not among them.
    pub fn items(self) -> impl Iterator<Item = Item<'e, 's>> + use<'e, 's> {
        let (envelope, variants) = (self.envelope, self.variants);
        variants.merged(self.index).filter_map(move |item| Item::numbered(envelope, variants, item))
    }

    /// The first Item it is merged from.
    #[must_use]
    pub fn item(self) -> Option<Item<'e, 's>> {
        self.items().next()
    }

    /// The last Item that applies and has a bound (DSP0243 8.4).
    #[must_use]
    pub fn bound(self, bound: Bound) -> Option<Item<'e, 's>> {
        let item = self.variants.bound(self.index, bound)?;
        Item::numbered(self.envelope, self.variants, item)
    }

    /// The children CIM defines, after merging.
    pub fn settings(self) -> impl Iterator<Item = (Setting, Element<'e, 's>)> + use<'e, 's> {
        let envelope = self.envelope;
        self.variants
            .settings(self.index)
            .iter()
            .filter_map(|&(setting, node)| Some((setting, envelope.element(node)?)))
    }

    /// The first child of a setting, after merging.
    #[must_use]
    pub fn setting(self, setting: Setting) -> Option<Element<'e, 's>> {
        let node = self.variants.setting(self.index, setting)?;
        self.envelope.element(node)
    }

    /// The children CIM does not define, after merging: `vmw:CoresPerSocket`, `vmw:Config` and others.
    pub fn extensions(self) -> impl Iterator<Item = Element<'e, 's>> + use<'e, 's> {
        let envelope = self.envelope;
        self.variants.extensions(self.index).iter().filter_map(|&node| envelope.element(node))
    }

    /// The child of VMware's of a name, after merging: `CoresPerSocket`, `StorageGroup`.
    #[must_use]
    pub fn vmware_extension(self, name: &str) -> Option<Element<'e, 's>> {
        self.extensions().find(|child| child.namespace() == Namespace::Vmw && child.local() == name)
    }

    /// The text of a setting without white space around it; `None` when there is none.
    #[must_use]
    pub fn text(self, setting: Setting) -> Option<Cow<'s, str>> {
        self.setting(setting).map(value).filter(|text| !text.is_empty())
    }

    /// `InstanceID`, by which others refer to it.
    #[must_use]
    pub fn instance_id(self) -> Option<Cow<'s, str>> {
        self.text(Setting::InstanceId)
    }

    /// The name people see: `ElementName`, or `Caption` as OVF 0.9 has it.
    #[must_use]
    pub fn name(self) -> Option<Cow<'s, str>> {
        self.text(Setting::ElementName).or_else(|| self.text(Setting::Caption))
    }

    /// What kind of device it is, by the numbers of
    /// [`value::cim::RESOURCE_TYPES`](crate::value::cim::RESOURCE_TYPES).
    #[must_use]
    pub fn resource_type(self) -> Option<u16> {
        self.variants.resource_type(self.index)
    }

    /// Whether a reader that cannot provide it has to refuse the package (DSP0243 8.2): one of its
    /// Items says so, or does not say.
    #[must_use]
    pub fn is_required(self) -> bool {
        self.items().any(Item::is_required)
    }

    /// The number in `AddressOnParent`: the slot or unit on the device it hangs on.
    #[must_use]
    pub fn slot(self) -> Option<u64> {
        number::unsigned_long(&self.setting(Setting::AddressOnParent)?.text()).ok()
    }

    /// The amount in `VirtualQuantity`, `Reservation` or `Limit`: of the device, or of the end of its
    /// range.
    ///
    /// A number of processors is a number: the unit of a processor Item (`hertz * 10^6`) belongs to
    /// its `Reservation` and `Limit` alone. Amounts of memory are in bytes, those of other devices in
    /// the base unit of `AllocationUnits`, or of `VirtualQuantityUnits` where OVF 1.1 and 2 have one for
    /// `VirtualQuantity`. A marker without a unit has that of the device. `None` when
    /// there is no number, when the unit cannot be read, and when the amount does not fit 64 bits.
    #[must_use]
    pub fn amount(self, setting: Setting, bound: Bound) -> Option<u64> {
        let marker = match bound {
            Bound::Normal => None,
            Bound::Min | Bound::Max => Some(self.bound(bound)?),
        };
        let number = match marker {
            None => self.setting(setting)?,
            Some(marker) => marker.setting(setting)?,
        };
        let number = number::unsigned_long(&number.text()).ok()?;
        if self.resource_type() == Some(3) && setting == Setting::VirtualQuantity {
            return Some(number);
        }
        let own = (setting == Setting::VirtualQuantity).then_some(Setting::VirtualQuantityUnits);
        let units = own
            .into_iter()
            .chain([Setting::AllocationUnits])
            .flat_map(|units| {
                [marker.and_then(|marker| marker.setting(units)), self.setting(units)]
            })
            .flatten()
            .map(value)
            .find(|units| !units.is_empty());
        let Some(units) = units else { return Some(number) };
        let unit = Unit::parse(&units).ok()?;
        match unit.base {
            Base::Bit => unit.bytes(number).ok(),
            _ => unit.amount(number).ok(),
        }
    }

    /// What backs it: the disk or file its `HostResource` names. `None` when it names none, and when
    /// what it names is not there.
    #[must_use]
    pub fn backing(self) -> Option<Backing<'e, 's>> {
        let text = self.setting(Setting::HostResource)?.text();
        let resource = HostResource::parse(&text).ok()?;
        match resource.kind {
            Kind::Disk => self.envelope.disk(resource.id).map(Backing::Disk),
            Kind::File => self.envelope.file(resource.id).map(Backing::File),
        }
    }

    /// The networks its `Connection`s name, as far as they are there.
    pub fn networks(self) -> impl Iterator<Item = Network<'e, 's>> + use<'e, 's> {
        let envelope = self.envelope;
        self.settings()
            .filter(|(setting, _)| *setting == Setting::Connection)
            .filter_map(|(_, connection)| envelope.network(&connection.text()))
    }
}
