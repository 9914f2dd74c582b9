//! VMware's extensions: sections of its own, and settings inside virtual hardware.
//!
//! Source: VMware's schema `ovf-vmware.xsd`, and for what came after it the descriptors its products
//! write.

use super::element::Element;
use super::envelope::Envelope;
use super::hardware::{Device, Hardware};
use super::lists::VmwareSetting;
use super::names::{AttributeName, ElementName};
use super::ost::OstNode;
use super::section::{OstSection, SectionKind};
use crate::namespace::Namespace;
use crate::xml::Attribute;

/// Declares a view: a `Copy` handle of an element of VMware's, with accessors for its attributes.
macro_rules! vmw_view {
    (
        $(#[$doc:meta])* $name:ident {
            $($(#[$attribute_doc:meta])* $accessor:ident = $attribute:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'e, 's>(Element<'e, 's>);

        impl<'e, 's> $name<'e, 's> {
            /// The element.
            #[must_use]
            pub const fn element(self) -> Element<'e, 's> {
                self.0
            }

            $(
                $(#[$attribute_doc])*
                #[must_use]
                pub fn $accessor(self) -> Option<Attribute<'e, 's>> {
                    const NAME: AttributeName = AttributeName::known($attribute);
                    attribute(self.0, NAME, $attribute)
                }
            )*
        }
    };
}

vmw_view! {
    /// A `Config` or an `ExtraConfig`: a setting of the machine, or of the device whose Item it is in.
    ///
    /// The key of a `Config` is the path of a property of vSphere's API, `firmware` or
    /// `slotInfo.pciSlotNumber`; that of an `ExtraConfig` is a line of the `.vmx` file.
    ConfigEntry {
        /// `key`: what is set.
        key = "key",
        /// `value`: to what it is set; `ovf:/file/ID` refers to a file.
        value = "value",
    }
}

vmw_view! {
    /// An `IpAssignmentSection`: how the software can be given its addresses.
    IpAssignment {
        /// `schemes`: a list of `dhcp` and `ovfenv`.
        schemes = "schemes",
        /// `protocols`: a list of `IPv4` and `IPv6`; `IPv4` when absent.
        protocols = "protocols",
    }
}

vmw_view! {
    /// A `StorageGroupSection`: a group of machines and disks under one storage policy.
    StorageGroup {
        /// `id`, by which machines and disks join it.
        id = "id",
        /// `name` for people.
        name = "name",
    }
}

vmw_view! {
    /// A `StorageSection`: the storage group of a machine.
    StorageReference {
        /// `group`: the id of the group.
        group = "group",
        /// `type`: the same as VMware's schema has it.
        kind = "type",
    }
}

vmw_view! {
    /// A `TagBasedPlacementGroupSection`: a group of machines placed by the tags of hosts.
    TagPlacementGroup {
        /// `id`, by which machines and collections join it.
        id = "id",
        /// `name` for people.
        name = "name",
        /// `priority`: a whole number.
        priority = "priority",
    }
}

vmw_view! {
    /// A `TagBasedPlacementSection`: the group a machine or a collection is placed with.
    TagPlacement {
        /// `group`: the id of the group.
        group = "group",
        /// `priority`: a whole number.
        priority = "priority",
    }
}

vmw_view! {
    /// A `BootOrderSection`: the device a machine starts from.
    BootOrder {
        /// `type`: `cdrom`, `floppy`, `net` or `disk`.
        device = "type",
        /// `instanceId`: the `InstanceID` of the Item of the device.
        instance_id = "instanceId",
    }
}

vmw_view! {
    /// A `vServiceDependencySection`: a service of the platform the machine cannot do without.
    ServiceDependency {
        /// `id` of the dependency.
        id = "id",
    }
}

vmw_view! {
    /// A `Level` of a `CpuCompatibilitySection`: what the processor must say of itself.
    CpuLevel {
        /// `level`: the number the processor is asked with; decimal, or hexadecimal behind `0x`.
        level = "level",
        /// `vendor`: the processors it is about; all when absent.
        vendor = "vendor",
        /// `eax`: 32 characters, one for a bit, the highest first, in groups of four.
        eax = "eax",
        /// `ebx`, like [`eax`](Self::eax).
        ebx = "ebx",
        /// `ecx`, like [`eax`](Self::eax).
        ecx = "ecx",
        /// `edx`, like [`eax`](Self::eax).
        edx = "edx",
    }
}

vmw_view! {
    /// A `Requisite` of a `MigrationUpgradeRequisitesSection`: a file that migrating to the appliance
    /// needs.
    Requisite {
        /// `purpose` of the file.
        purpose = "purpose",
    }
}

impl<'e, 's> ConfigEntry<'e, 's> {
    /// Whether it is an `ExtraConfig`.
    #[must_use]
    pub fn is_extra(self) -> bool {
        self.0.name() == ElementName::ExtraConfig
    }
}

impl<'e, 's> StorageReference<'e, 's> {
    /// The id of the group, in whichever attribute it stands.
    #[must_use]
    pub fn id(self) -> Option<Attribute<'e, 's>> {
        self.group().or_else(|| self.kind())
    }
}

impl<'e, 's> TagPlacementGroup<'e, 's> {
    /// The tags: elements `TagCategory` and `TagValue`, in document order.
    pub fn tags(self) -> impl Iterator<Item = Element<'e, 's>> + use<'e, 's> {
        self.0
            .children()
            .filter(|child| is_vmw(*child, "TagCategory") || is_vmw(*child, "TagValue"))
    }
}

impl<'e, 's> ServiceDependency<'e, 's> {
    /// `Type`: which service it is.
    #[must_use]
    pub fn service(self) -> Option<Element<'e, 's>> {
        self.0.child_in(Namespace::Vmw, "Type")
    }

    /// `Name` for people.
    #[must_use]
    pub fn name(self) -> Option<Element<'e, 's>> {
        self.0.child_named_in(Namespace::Vmw, ElementName::Name)
    }
}

impl<'e, 's> CpuLevel<'e, 's> {
    /// The masks there are, of `eax` to `edx`.
    pub fn masks(self) -> impl Iterator<Item = Attribute<'e, 's>> {
        [self.eax(), self.ebx(), self.ecx(), self.edx()].into_iter().flatten()
    }
}

impl<'e, 's> Requisite<'e, 's> {
    /// `fileRef`: the id of the file.
    #[must_use]
    pub fn file_ref(self) -> Option<Attribute<'e, 's>> {
        self.0.attribute_named(AttributeName::FileRef)
    }
}

impl<'s> Envelope<'s> {
    /// The sections of a vendor's name, wherever they stand, with the node they stand on.
    pub fn vendor_sections(
        &self,
        namespace: Namespace,
        name: &'static str,
    ) -> impl Iterator<Item = (OstNode<'_, 's>, OstSection<'_, 's>)> {
        let is_wanted = move |section: &OstSection<'_, '_>| match section.kind() {
            SectionKind::Vendor(known) => known.namespace == namespace && known.name == name,
            _ => false,
        };
        self.vendors_sections().filter(move |(_, section)| is_wanted(section))
    }

    /// The `Config` and `ExtraConfig` of all virtual hardware, in document order.
    pub fn config_entries(&self) -> impl Iterator<Item = ConfigEntry<'_, 's>> {
        self.config_entries_of(&self.lists().vmware_settings)
    }

    pub(super) fn config_entries_of<'e>(
        &'e self,
        settings: &'e [VmwareSetting],
    ) -> impl Iterator<Item = ConfigEntry<'e, 's>> + use<'e, 's> {
        settings
            .iter()
            .filter(|setting| {
                matches!(setting.name, ElementName::Config | ElementName::ExtraConfig)
            })
            .filter_map(|setting| self.element(setting.element))
            .map(ConfigEntry)
    }

    /// VMware's settings of a name of all Items, the first of each Item, in document order; with the Item.
    pub(crate) fn item_settings(
        &self,
        name: ElementName,
    ) -> impl Iterator<Item = (Element<'_, 's>, Element<'_, 's>)> {
        let mut last = None;
        self.lists()
            .vmware_settings
            .iter()
            .filter(move |setting| setting.name == name)
            .filter(move |setting| {
                let is_first = setting.item != last;
                last = setting.item;
                is_first
            })
            .filter_map(|setting| {
                let item = self.element(setting.item?)?;
                (item.name() == ElementName::Item).then_some(())?;
                Some((item, self.element(setting.element)?))
            })
    }

    /// The ways of giving addresses, in document order.
    pub fn ip_assignments(&self) -> impl Iterator<Item = IpAssignment<'_, 's>> {
        self.vmw("IpAssignmentSection").map(|(_, element)| IpAssignment(element))
    }

    /// The storage groups, in document order.
    pub fn storage_groups(&self) -> impl Iterator<Item = StorageGroup<'_, 's>> {
        self.vmw("StorageGroupSection").map(|(_, element)| StorageGroup(element))
    }

    /// The storage groups of machines, in document order, each with the node it is said of.
    pub fn storage_references(
        &self,
    ) -> impl Iterator<Item = (OstNode<'_, 's>, StorageReference<'_, 's>)> {
        self.vmw("StorageSection").map(|(node, element)| (node, StorageReference(element)))
    }

    /// The groups for placing by tags, in document order.
    pub fn tag_placement_groups(&self) -> impl Iterator<Item = TagPlacementGroup<'_, 's>> {
        self.vmw("TagBasedPlacementGroupSection").map(|(_, element)| TagPlacementGroup(element))
    }

    /// Who is placed with which group, in document order, each with the node it is said of.
    pub fn tag_placements(&self) -> impl Iterator<Item = (OstNode<'_, 's>, TagPlacement<'_, 's>)> {
        self.vmw("TagBasedPlacementSection").map(|(node, element)| (node, TagPlacement(element)))
    }

    /// The services needed, in document order, each with the node that needs it.
    pub fn service_dependencies(
        &self,
    ) -> impl Iterator<Item = (OstNode<'_, 's>, ServiceDependency<'_, 's>)> {
        self.vmw("vServiceDependencySection")
            .map(|(node, element)| (node, ServiceDependency(element)))
    }

    /// What processors must say of themselves, in document order.
    pub fn cpu_levels(&self) -> impl Iterator<Item = CpuLevel<'_, 's>> {
        self.vmw("CpuCompatibilitySection")
            .flat_map(|(_, section)| section.children())
            .filter(|child| child.is_local("Level"))
            .map(CpuLevel)
    }

    /// The files that migrating to the appliance needs, in document order.
    pub fn requisites(&self) -> impl Iterator<Item = Requisite<'_, 's>> {
        self.vmw("MigrationUpgradeRequisitesSection")
            .flat_map(|(_, section)| section.children())
            .filter(|child| is_vmw(*child, "Requisite"))
            .map(Requisite)
    }

    /// The storage group of an id; the first, when several have it.
    #[must_use]
    pub fn storage_group(&self, id: &str) -> Option<StorageGroup<'_, 's>> {
        self.index().storage_group(self, id).map(StorageGroup)
    }

    /// The group for placing by tags of an id; the first, when several have it.
    #[must_use]
    pub fn tag_placement_group(&self, id: &str) -> Option<TagPlacementGroup<'_, 's>> {
        self.index().tag_placement_group(self, id).map(TagPlacementGroup)
    }

    fn vmw(&self, name: &'static str) -> impl Iterator<Item = (OstNode<'_, 's>, Element<'_, 's>)> {
        self.vendor_sections(Namespace::Vmw, name).map(|(node, section)| (node, section.element()))
    }
}

impl<'e, 's> Hardware<'e, 's> {
    /// The `Config` and `ExtraConfig` of the machine as a whole, in document order.
    pub fn config_entries(self) -> impl Iterator<Item = ConfigEntry<'e, 's>> + use<'e, 's> {
        self.vmware_settings().map(ConfigEntry)
    }
}

impl<'e, 's> Device<'e, 's> {
    /// The `Config` and `ExtraConfig` of the device, after merging, in document order.
    pub fn config_entries(self) -> impl Iterator<Item = ConfigEntry<'e, 's>> + use<'e, 's> {
        self.extensions()
            .filter(|child| is_vmw(*child, "Config") || is_vmw(*child, "ExtraConfig"))
            .map(ConfigEntry)
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// The storage groups it is in, in document order.
    pub fn storage_references(
        self,
    ) -> impl Iterator<Item = StorageReference<'e, 's>> + use<'e, 's> {
        self.sections()
            .map(OstSection::element)
            .filter(|section| is_vmw(*section, "StorageSection"))
            .map(StorageReference)
    }

    /// What the machine starts from, in document order.
    pub fn boot_orders(self) -> impl Iterator<Item = BootOrder<'e, 's>> + use<'e, 's> {
        self.sections()
            .filter(|section| matches!(section.kind(), SectionKind::Vendor(_)))
            .map(OstSection::element)
            .filter(|section| is_vmw(*section, "BootOrderSection"))
            .map(BootOrder)
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// What processors must say of themselves, in document order.
    pub fn cpu_levels(self) -> impl Iterator<Item = CpuLevel<'e, 's>> + use<'e, 's> {
        self.sections()
            .map(OstSection::element)
            .filter(|section| is_vmw(*section, "CpuCompatibilitySection"))
            .flat_map(Element::children)
            .filter(|child| child.is_local("Level"))
            .map(CpuLevel)
    }

    /// The ways of giving addresses said on the node itself, in document order.
    pub fn ip_assignments(self) -> impl Iterator<Item = IpAssignment<'e, 's>> + use<'e, 's> {
        self.sections()
            .map(OstSection::element)
            .filter(|section| is_vmw(*section, "IpAssignmentSection"))
            .map(IpAssignment)
    }
}

/// The attribute of VMware's of a local name. One without a prefix is taken when there is none.
fn attribute<'e, 's>(
    element: Element<'e, 's>,
    name: AttributeName,
    local: &str,
) -> Option<Attribute<'e, 's>> {
    if name == AttributeName::Other {
        return element
            .attribute_in(Namespace::Vmw, local)
            .or_else(|| element.attribute_in(Namespace::None, local));
    }
    element
        .attribute_named_in(Namespace::Vmw, name)
        .or_else(|| element.attribute_named_in(Namespace::None, name))
}

fn is_vmw(element: Element<'_, '_>, local: &str) -> bool {
    element.local() == local && element.namespace() == Namespace::Vmw
}
