//! `VirtualHardwareSection` (DSP0243 8) and the Items of `ResourceAllocationSection` (9.3).

mod effective;
mod item;
mod setting;
mod system;
#[cfg(test)]
mod tests;
mod variants;

pub use self::effective::{Backing, Device, EffectiveHardware};
pub use self::item::{Bound, Item, ItemKind};
pub use self::setting::{Setting, ValueType};
pub use self::system::System;
pub(super) use self::variants::HardwareIndex;
pub(crate) use self::variants::{OPTIONS, ParentId, Variants};

use super::element::Element;
use super::envelope::Envelope;
use super::names::{AttributeName, ElementName};
use super::ost::OstNode;
use super::parts::PartKind;
use super::section::SectionKind;
use crate::namespace::Namespace;
use crate::xml::Attribute;

/// A `VirtualHardwareSection` (DSP0243 8.1), or a `ResourceAllocationSection` (9.3), which is made
/// of the same Items.
///
/// Several sections on one virtual system are alternatives, of which a reader takes one.
#[derive(Clone, Copy, Debug)]
pub struct Hardware<'e, 's> {
    element: Element<'e, 's>,
    /// Its place among all such sections in the order of the section tree.
    place: usize,
}

impl<'e, 's> Hardware<'e, 's> {
    /// The element.
    #[must_use]
    pub const fn element(self) -> Element<'e, 's> {
        self.element
    }

    /// `id`, from OVF 1.1 on.
    #[must_use]
    pub fn id(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Id)
    }

    /// `transport`: the ways the OVF environment can reach the guest.
    #[must_use]
    pub fn transport(self) -> Option<Attribute<'e, 's>> {
        self.element.attribute_named(AttributeName::Transport)
    }

    /// Whether it is a `ResourceAllocationSection`: what a collection is given, not a machine.
    #[must_use]
    pub fn is_allocation(self) -> bool {
        let envelope = self.element.envelope();
        let part = envelope.lists().hardware.get(self.place).and_then(|&at| envelope.part_at(at));
        part.is_some_and(|part| part.kind == PartKind::Section(SectionKind::ResourceAllocation))
    }

    /// `System`: what the machine is as a whole (DSP0243 8.1).
    #[must_use]
    pub fn system(self) -> Option<System<'e, 's>> {
        self.element().child_named(ElementName::System).map(System::new)
    }

    /// The Items of all three kinds, in document order.
    pub fn items(self) -> impl Iterator<Item = Item<'e, 's>> + use<'e, 's> {
        let envelope = self.element().envelope();
        let variants = self.variants();
        (0..variants.items()).filter_map(move |index| Item::numbered(envelope, variants, index))
    }

    /// `vmw:Config` and `vmw:ExtraConfig`: VMware's settings of the machine as a whole.
    pub fn vmware_settings(self) -> impl Iterator<Item = Element<'e, 's>> + use<'e, 's> {
        self.element().children().filter(|child| {
            child.namespace() == Namespace::Vmw && matches!(child.local(), "Config" | "ExtraConfig")
        })
    }

    /// What the machine has under a deployment option, or, with `None`, from the Items that belong to
    /// no option (DSP0243 9.8).
    ///
    /// ```
    /// use ovf::{Source, Validator};
    ///
    /// let source = Source::decode(br#"
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
    ///     xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
    ///   <References/>
    ///   <VirtualSystem ovf:id="web">
    ///     <Info>A web server.</Info>
    ///     <VirtualHardwareSection>
    ///       <Info>What it runs on.</Info>
    ///       <Item>
    ///         <rasd:ElementName>processors</rasd:ElementName>
    ///         <rasd:InstanceID>1</rasd:InstanceID>
    ///         <rasd:ResourceType>3</rasd:ResourceType>
    ///         <rasd:VirtualQuantity>2</rasd:VirtualQuantity>
    ///       </Item>
    ///     </VirtualHardwareSection>
    ///   </VirtualSystem>
    /// </Envelope>"#)?;
    /// let report = Validator::new().check(&source);
    /// let hardware = report.envelope().and_then(|envelope| envelope.hardware().next()).unwrap();
    /// assert_eq!(hardware.effective(None).processors(), Some(2));
    /// # Ok::<(), ovf::DecodeError>(())
    /// ```
    #[must_use]
    pub fn effective(self, configuration: Option<&str>) -> EffectiveHardware<'e, 's> {
        EffectiveHardware::new(self, self.variants(), configuration)
    }

    /// What the machine can be, over all deployment options.
    pub(crate) fn variants(self) -> &'e Variants {
        self.element().envelope().hardware_index().variants(self, self.place)
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// The sections with Items on this node: `VirtualHardwareSection`s of a system, which are
    /// alternatives, or the `ResourceAllocationSection` of a collection.
    pub fn hardware(self) -> impl Iterator<Item = Hardware<'e, 's>> + use<'e, 's> {
        let (envelope, parts) = (self.envelope(), self.part_places());
        let all = &envelope.lists().hardware;
        let first = all.partition_point(|&part| (part as usize) < parts.start);
        let own = move |place: &usize| all.get(*place).is_some_and(|&at| (at as usize) < parts.end);
        (first..).take_while(own).filter_map(move |place| envelope.hardware_at(place))
    }
}

impl<'s> Envelope<'s> {
    /// All sections with Items, in document order, wherever they stand: `VirtualHardwareSection` and
    /// `ResourceAllocationSection`.
    pub fn hardware(&self) -> impl Iterator<Item = Hardware<'_, 's>> {
        (0..self.lists().hardware.len()).filter_map(|place| self.hardware_at(place))
    }

    pub(super) fn hardware_at(&self, place: usize) -> Option<Hardware<'_, 's>> {
        let part = self.part_at(*self.lists().hardware.get(place)?)?;
        Some(Hardware { element: self.element(part.element)?, place })
    }
}
