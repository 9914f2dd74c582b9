//! Items: the devices and resources of a machine, or what is said of them (DSP0243 8.3).

use std::borrow::Cow;

use super::setting::{Setting, is_nil, is_setting_data, value};
use super::variants::Variants;
use crate::model::{AttributeName, Element, ElementName, Envelope};
use crate::namespace::Namespace;
use crate::value::number;
use crate::xml::Attribute;

/// An `Item`, `StorageItem` or `EthernetPortItem` (DSP0243 8.3; the latter two 2.1 8.3).
#[derive(Clone, Copy, Debug)]
pub struct Item<'e, 's> {
    element: Element<'e, 's>,
    /// Its number in what was read of the section.
    read: Option<(&'e Variants, usize)>,
}

/// Which of the three elements an Item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// `Item`: any device.
    Item,
    /// `EthernetPortItem` of OVF 2: a network card.
    EthernetPort,
    /// `StorageItem` of OVF 2: a disk or drive.
    Storage,
}

impl ItemKind {
    pub(super) fn of(element: Element<'_, '_>) -> Option<Self> {
        let kind = match element.name() {
            ElementName::Item => Self::Item,
            ElementName::EthernetPortItem => Self::EthernetPort,
            ElementName::StorageItem => Self::Storage,
            _ => return None,
        };
        element.is_ovf().then_some(kind)
    }

    /// The name of the element.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "Item",
            Self::EthernetPort => "EthernetPortItem",
            Self::Storage => "StorageItem",
        }
    }

    /// The namespace its children belong in.
    #[must_use]
    pub const fn namespace(self) -> Namespace {
        match self {
            Self::Item => Namespace::Rasd,
            Self::EthernetPort => Namespace::Epasd,
            Self::Storage => Namespace::Sasd,
        }
    }
}

/// What an Item says of a resource (DSP0243 8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// What the machine gets.
    Normal,
    /// The least it can do with.
    Min,
    /// The most it can make use of.
    Max,
}

impl Bound {
    /// `normal`, `min` or `max`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

macro_rules! accessors {
    ($($accessor:ident = $setting:ident,)*) => {
        $(
            #[doc = concat!("The child [`", stringify!($setting), "`](Setting::", stringify!($setting), ").")]
            #[must_use]
            pub fn $accessor(self) -> Option<Element<'e, 's>> {
                self.setting(Setting::$setting)
            }
        )*
    };
}

impl<'e, 's> Item<'e, 's> {
    /// An Item by its element, of which nothing was read.
    pub(super) const fn of(element: Element<'e, 's>) -> Self {
        Self { element, read: None }
    }

    /// An Item by its number in what was read of its section.
    pub(super) fn numbered(
        envelope: &'e Envelope<'s>,
        variants: &'e Variants,
        index: usize,
    ) -> Option<Self> {
        let element = envelope.element(variants.item(index)?)?;
        Some(Self { element, read: Some((variants, index)) })
    }

    /// The element.
    #[must_use]
    pub const fn element(self) -> Element<'e, 's> {
        self.element
    }

    /// `required`: whether a reader that cannot provide the device has to refuse the package; true
    /// when absent.
    #[must_use]
    pub fn required(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Required)
    }

    /// `configuration`: the deployment options it belongs to, parted by blanks; all when absent.
    #[must_use]
    pub fn configuration(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Configuration)
    }

    /// `bound`: `min`, `max` or `normal`, which it is when absent (DSP0243 8.4).
    #[must_use]
    pub fn bound(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Bound)
    }

    /// Which of the three elements it is.
    #[must_use]
    pub fn kind(self) -> ItemKind {
        ItemKind::of(self.element()).unwrap_or(ItemKind::Item)
    }

    /// Whether a reader that cannot provide the device has to refuse the package (DSP0243 8.2). True
    /// when it does not say, and when what it says is no boolean.
    #[must_use]
    pub fn is_required(self) -> bool {
        is_required(self.element())
    }

    /// What the Item says of the resource; normal when `bound` is none of the three words.
    #[must_use]
    pub fn bound_kind(self) -> Bound {
        if let Some((variants, index)) = self.read {
            return variants.item_bound(index);
        }
        match self.bound().map(|bound| bound.value()).as_deref() {
            Some("min") => Bound::Min,
            Some("max") => Bound::Max,
            _ => Bound::Normal,
        }
    }

    /// The children CIM defines, in document order, those without a value (`xsi:nil`) left out.
    pub fn settings(self) -> impl Iterator<Item = (Setting, Element<'e, 's>)> + use<'e, 's> {
        let envelope = self.element.envelope();
        let read = self.read.map_or(&[][..], |(variants, index)| variants.item_settings(index));
        let unread = self.read.is_none().then(|| self.unread_settings());
        read.iter()
            .filter_map(|&(setting, node)| Some((setting, envelope.element(node)?)))
            .chain(unread.into_iter().flatten())
    }

    fn unread_settings(self) -> impl Iterator<Item = (Setting, Element<'e, 's>)> + use<'e, 's> {
        let kind = self.kind();
        self.element.children().filter_map(move |child| {
            let setting = setting_of(child, kind)?;
            (!is_nil(child)).then_some((setting, child))
        })
    }

    /// Whether it has any of some settings, a bit for each. It may be one without a value when nothing was
    /// read of the Item.
    pub(crate) fn has_any(self, settings: u64) -> bool {
        self.read.is_none_or(|(variants, index)| variants.item_set(index) & settings != 0)
    }

    /// Whether all its settings are in the namespace of its kind.
    pub(crate) fn is_native(self) -> bool {
        self.read.is_some_and(|(variants, index)| variants.is_native(index))
    }

    /// The first child of a setting that has a value.
    #[must_use]
    pub fn setting(self, setting: Setting) -> Option<Element<'e, 's>> {
        match self.read {
            Some((variants, index)) => variants
                .item_setting(index, setting)
                .and_then(|node| self.element.envelope().element(node)),
            None => self.settings().find(|&(found, _)| found == setting).map(|(_, child)| child),
        }
    }

    /// The children that CIM does not define, in document order: extensions.
    pub fn extensions(self) -> impl Iterator<Item = Element<'e, 's>> + use<'e, 's> {
        let envelope = self.element.envelope();
        let read = self.read.map_or(&[][..], |(variants, index)| variants.item_extensions(index));
        let unread = self.read.is_none().then(|| self.unread_extensions());
        read.iter().filter_map(|&node| envelope.element(node)).chain(unread.into_iter().flatten())
    }

    fn unread_extensions(self) -> impl Iterator<Item = Element<'e, 's>> + use<'e, 's> {
        let kind = self.kind();
        self.element.children().filter(move |child| setting_of(*child, kind).is_none())
    }

    /// The first Item of its section with the same `InstanceID`, deployment options and bound, when
    /// that is another.
    pub(crate) fn twin(self) -> Option<Self> {
        let (variants, index) = self.read?;
        Self::numbered(self.element.envelope(), variants, variants.twin(index)?)
    }

    /// The first Item of its section with the same `InstanceID` that has a resource type, when that is
    /// another.
    pub(crate) fn typed_before(self) -> Option<Self> {
        let (variants, index) = self.read?;
        Self::numbered(self.element.envelope(), variants, variants.typed_before(index)?)
    }

    /// The text of `InstanceID` without white space around it; `None` when there is none.
    #[must_use]
    pub fn id(self) -> Option<Cow<'s, str>> {
        self.instance_id().map(value).filter(|id| !id.is_empty())
    }

    /// The number of `ResourceType`; `None` when there is none.
    #[must_use]
    pub fn type_number(self) -> Option<u16> {
        match self.read {
            Some((variants, index)) => variants.item_type(index),
            None => number::unsigned_short(&self.resource_type()?.text()).ok(),
        }
    }

    /// `vmw:CoresPerSocket`: VMware's cores in each socket of a processor Item.
    #[must_use]
    pub fn cores_per_socket(self) -> Option<Element<'e, 's>> {
        self.element().child_named_in(Namespace::Vmw, ElementName::CoresPerSocket)
    }

    /// `vmw:StorageGroup`: the storage group of a disk.
    #[must_use]
    pub fn storage_group(self) -> Option<Element<'e, 's>> {
        self.element().child_named_in(Namespace::Vmw, ElementName::StorageGroup)
    }

    /// `vmw:Config` and `vmw:ExtraConfig`: VMware's settings of the device.
    pub fn vmware_settings(self) -> impl Iterator<Item = Element<'e, 's>> + use<'e, 's> {
        self.element().children().filter(|child| {
            child.namespace() == Namespace::Vmw && matches!(child.local(), "Config" | "ExtraConfig")
        })
    }

    accessors! {
        access = Access,
        address = Address,
        address_on_parent = AddressOnParent,
        allocation_units = AllocationUnits,
        automatic_allocation = AutomaticAllocation,
        automatic_deallocation = AutomaticDeallocation,
        bus_number = BusNumber,
        caption = Caption,
        changeable_type = ChangeableType,
        component_setting = ComponentSetting,
        configuration_name = ConfigurationName,
        connection = Connection,
        consumer_visibility = ConsumerVisibility,
        description = Description,
        element_name = ElementName,
        generation = Generation,
        host_extent_name = HostExtentName,
        host_resource = HostResource,
        host_resource_block_size = HostResourceBlockSize,
        instance_id = InstanceId,
        limit = Limit,
        mapping_behavior = MappingBehavior,
        network_port_profile_id = NetworkPortProfileId,
        other_resource_type = OtherResourceType,
        parent = Parent,
        pool_id = PoolId,
        reservation = Reservation,
        resource_sub_type = ResourceSubType,
        resource_type = ResourceType,
        so_id = SoId,
        so_org_id = SoOrgId,
        virtual_quantity = VirtualQuantity,
        virtual_quantity_units = VirtualQuantityUnits,
        virtual_resource_block_size = VirtualResourceBlockSize,
        weight = Weight,
    }
}

/// The setting a child of an Item is.
pub(super) fn setting_of(child: Element<'_, '_>, kind: ItemKind) -> Option<Setting> {
    Setting::named(child.name())
        .filter(|setting| setting.is_of(kind))
        .filter(|_| is_setting_data(child))
}

/// Whether a reader that does not know an element has to refuse it (DSP0243 7.3, 8.2).
pub(super) fn is_required(element: Element<'_, '_>) -> bool {
    element
        .attribute_named(AttributeName::Required)
        .and_then(|required| number::boolean(&required.value()).ok())
        .unwrap_or(true)
}
