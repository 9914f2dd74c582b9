//! What there is of each kind, in the order of the section tree, gathered once when a descriptor is read.

use super::element::Element;
use super::envelope::Envelope;
use super::names::ElementName;
use super::parts::PartKind;
use super::section::SectionKind;
use crate::xml::NodeId;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// By kind: its sections, as places in the list of parts.
    sections: [Vec<u32>; SectionKind::SLOTS],
    /// The sections with Items, as places in the list of parts.
    pub(super) hardware: Vec<u32>,
    pub(super) bundles: Vec<NodeId>,
    pub(super) files: Vec<NodeId>,
    pub(super) disks: Vec<NodeId>,
    pub(super) networks: Vec<NodeId>,
    pub(super) configurations: Vec<NodeId>,
    pub(super) properties: Vec<PropertyData>,
    pub(super) vmware_settings: Vec<VmwareSetting>,
}

/// A property of a product.
#[derive(Clone, Copy, Debug)]
pub(super) struct PropertyData {
    /// The node of the section tree, by its number.
    pub(super) node: u32,
    pub(super) element: NodeId,
    /// The heading it stands under.
    pub(super) category: Option<NodeId>,
}

/// A setting of VMware's in virtual hardware.
#[derive(Clone, Copy, Debug)]
pub(super) struct VmwareSetting {
    /// The section it is in, by its place in the list of parts.
    pub(super) place: u32,
    pub(super) element: NodeId,
    pub(super) name: ElementName,
    /// The OVF element it is of, unless it is of the section as a whole.
    pub(super) item: Option<NodeId>,
}

impl Lists {
    /// Adds what is in a part of a node, by its place in the list of parts.
    pub(super) fn add(&mut self, kind: PartKind, node: u32, place: u32, element: Element<'_, '_>) {
        match kind {
            PartKind::References => self.files.extend(named(element, ElementName::File)),
            PartKind::Strings => self.bundles.push(element.node().id()),
            PartKind::Section(kind) => {
                if let Some(sections) = self.sections.get_mut(kind.slot()) {
                    sections.push(place);
                }
                self.list(kind, node, place, element);
            }
            PartKind::Info | PartKind::Name | PartKind::Content(_) => {}
        }
    }

    fn list(&mut self, kind: SectionKind, node: u32, place: u32, element: Element<'_, '_>) {
        match kind {
            SectionKind::Disk | SectionKind::SharedDisk => {
                let is_disk = |child: &Element<'_, '_>| {
                    matches!(child.name(), ElementName::Disk | ElementName::SharedDisk)
                };
                let disks = element.children().filter(|child| is_disk(child) && child.is_ovf());
                self.disks.extend(disks.map(|disk| disk.node().id()));
            }
            SectionKind::Network => self.networks.extend(named(element, ElementName::Network)),
            SectionKind::DeploymentOption => {
                self.configurations.extend(named(element, ElementName::Configuration));
            }
            SectionKind::Product => {
                let mut category = None;
                for child in element.children() {
                    let id = child.node().id();
                    if child.is_named(ElementName::Property) {
                        self.properties.push(PropertyData { node, element: id, category });
                    } else {
                        category = child.is_named(ElementName::Category).then_some(id);
                    }
                }
            }
            SectionKind::VirtualHardware | SectionKind::ResourceAllocation => {
                self.hardware.push(place);
            }
            _ => {}
        }
    }

    /// The sections of all vendors that are known, as places in the list of parts.
    pub(super) fn vendors_sections(&self) -> &[u32] {
        self.sections.get(SectionKind::VENDORS).map_or(&[], Vec::as_slice)
    }

    /// The sections of a kind, as places in the list of parts.
    pub(super) fn sections(&self, kind: SectionKind) -> &[u32] {
        self.sections.get(kind.slot()).map_or(&[], Vec::as_slice)
    }
}

fn named(parent: Element<'_, '_>, name: ElementName) -> impl Iterator<Item = NodeId> {
    parent.children().filter(move |child| child.is_named(name)).map(|child| child.node().id())
}

/// The settings of VMware's directly in virtual hardware and in its OVF children.
pub(super) fn vmware_settings(envelope: &Envelope<'_>) -> Vec<VmwareSetting> {
    let lists = envelope.lists();
    let settings = &envelope.census().vmware_settings;
    if settings.is_empty() {
        return Vec::new();
    }
    let mut hardware: Vec<(NodeId, u32)> = lists
        .sections(SectionKind::VirtualHardware)
        .iter()
        .filter_map(|&place| Some((envelope.part_at(place)?.element, place)))
        .collect();
    hardware.sort_unstable();
    let section = |id: NodeId| {
        let at = hardware.binary_search_by_key(&id, |&(section, _)| section).ok()?;
        hardware.get(at).map(|&(_, place)| place)
    };
    let mut found: Vec<VmwareSetting> = Vec::with_capacity(settings.len());
    for element in settings.iter().filter_map(|&id| envelope.element(id)) {
        let Some(parent) = element.parent() else { continue };
        let (id, name) = (element.node().id(), element.name());
        if let Some(place) = section(parent.node().id()) {
            found.push(VmwareSetting { place, element: id, name, item: None });
        } else if parent.is_ovf()
            && let Some(place) = parent.parent().and_then(|outer| section(outer.node().id()))
        {
            let item = Some(parent.node().id());
            found.push(VmwareSetting { place, element: id, name, item });
        }
    }
    // In the order of the section tree; within a section they are in document order already.
    found.sort_by_key(|setting| setting.place);
    found
}
