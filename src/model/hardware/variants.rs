//! What machines the Items of a section make, over all deployment options (DSP0243 8.4, 9.8).
//!
//! Most Items hold for every option, so a machine is not built for each: Items of one `InstanceID` are
//! merged once for each set of options under which the same of them apply.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::item::{Bound, Item, ItemKind};
use super::setting::{Setting, value};
use super::{Hardware, Namespace};
use crate::model::{Envelope, SectionKind};
use crate::value::list::List;
use crate::xml::NodeId;

/// Deployment options looked at in one section; a bit of a word for each, and one for all the options
/// that no Item names. The largest real descriptor has 16.
const OPTIONS: usize = 63;

/// The option that no Item names.
const OTHERS: u64 = 1;

/// The sections with Items, by their element.
#[derive(Debug, Default)]
pub(in crate::model) struct HardwareIndex {
    sections: HashMap<NodeId, Variants>,
    none: Variants,
}

impl HardwareIndex {
    pub(in crate::model) fn new(envelope: &Envelope<'_>) -> Self {
        let mut declared: Vec<String> = Vec::new();
        for option in envelope.configurations() {
            let id = option.id().map(|id| id.value()).unwrap_or_default();
            // One more than Items can name that are looked at, so that one they do not name is among
            // them.
            if declared.len() <= OPTIONS && !declared.iter().any(|known| *known == id) {
                declared.push(id.into_owned());
            }
        }
        let mut sections = HashMap::new();
        for kind in [SectionKind::VirtualHardware, SectionKind::ResourceAllocation] {
            for (_, section) in envelope.sections(kind) {
                let mut variants = Variants::new(Hardware::new(section.element()), &declared);
                variants.is_allocation = kind == SectionKind::ResourceAllocation;
                sections.insert(section.element().node().id(), variants);
            }
        }
        Self { sections, none: Variants::default() }
    }

    pub(super) fn variants(&self, section: NodeId) -> &Variants {
        self.sections.get(&section).unwrap_or(&self.none)
    }
}

/// What the machine of a section can be.
#[derive(Debug, Default)]
pub(crate) struct Variants {
    items: Vec<ItemData>,
    /// The devices of one `InstanceID` lie side by side.
    groups: Vec<Range<usize>>,
    devices: Vec<DeviceData>,
    /// Items that make up the devices, in document order for each. Half the size of other indices,
    /// for an Item may be here once for each option.
    merged: Vec<u32>,
    settings: Vec<(Setting, NodeId)>,
    extensions: Vec<NodeId>,
    /// The options that Items name, from the second bit on.
    options: Vec<String>,
    /// The options that can be chosen, a bit for each.
    live: u64,
    /// A name for the first bit: the first declared option that no Item names.
    others: Option<String>,
    is_complete: bool,
    is_allocation: bool,
}

/// An Item, and the options it applies under.
#[derive(Debug)]
struct ItemData {
    node: NodeId,
    options: u64,
    bound: Bound,
    settings: Range<usize>,
    extensions: Range<usize>,
    /// The first Item of the same group, options and bound, when that is another.
    twin: Option<usize>,
    /// The first Item of the same group that has a resource type, when that is another.
    typed_before: Option<usize>,
}

/// The Items of one `InstanceID` that apply together.
#[derive(Debug)]
struct DeviceData {
    group: usize,
    options: u64,
    merged: Range<usize>,
    min: Option<usize>,
    max: Option<usize>,
    settings: Range<usize>,
    extensions: Range<usize>,
    parent: ParentId,
}

/// What the `Parent` of a device leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParentId {
    /// There is none, or it is empty.
    None,
    /// The Items of an `InstanceID`, by number.
    Group(usize),
    /// No Item has the `InstanceID`.
    Unknown,
}

impl Variants {
    fn new(hardware: Hardware<'_, '_>, declared: &[String]) -> Self {
        let mut variants = Self { is_complete: true, ..Self::default() };
        let items: Vec<Item<'_, '_>> = hardware
            .element()
            .children()
            .filter(|child| ItemKind::of(*child).is_some())
            .map(Item::of)
            .collect();
        let bits = variants.read_options(hardware.element().envelope(), &items, declared);
        let all = bits.values().fold(OTHERS, |all, bit| all | bit);
        let mut ids: HashMap<Cow<'_, str>, usize> = HashMap::new();
        let mut members: Vec<Vec<usize>> = Vec::new();
        for item in items {
            let index = variants.read_item(item, &bits, all);
            let id = variants
                .item_settings(index)
                .iter()
                .find(|(setting, _)| *setting == Setting::InstanceId)
                .and_then(|&(_, node)| hardware.element().envelope().element(node))
                .map(value)
                .unwrap_or_default();
            let group =
                if id.is_empty() { members.len() } else { *ids.entry(id).or_insert(members.len()) };
            match members.get_mut(group) {
                Some(group) => group.push(index),
                None => members.push(vec![index]),
            }
        }
        for group in &members {
            variants.find_twins(hardware, group);
        }
        for group in members {
            variants.merge_group(hardware, &group, all);
        }
        variants.find_parents(hardware, &ids);
        variants
    }

    /// Finds the options that Items name, a bit for each, and which of them can be chosen.
    fn read_options(
        &mut self,
        envelope: &Envelope<'_>,
        items: &[Item<'_, '_>],
        declared: &[String],
    ) -> HashMap<String, u64> {
        let mut bits: HashMap<String, u64> = HashMap::new();
        for item in items {
            let Some(list) = item.configuration() else { continue };
            for name in List::parse(&list.value()).names() {
                if bits.contains_key(name) {
                    continue;
                }
                if self.options.len() >= OPTIONS {
                    self.is_complete = false;
                    continue;
                }
                let bit = bit_of(self.options.len().saturating_add(1));
                if envelope.configuration(name).is_some() {
                    self.live |= bit;
                }
                bits.insert(name.to_owned(), bit);
                self.options.push(name.to_owned());
            }
        }
        if let Some(other) = declared.iter().find(|id| !bits.contains_key(*id)) {
            self.live |= OTHERS;
            self.others = Some(other.clone());
        }
        if declared.is_empty() {
            // A rule tells of options that are named but not declared; they are taken as meant.
            self.live = bits.values().fold(OTHERS, |live, bit| live | bit);
        }
        bits
    }

    fn read_item(&mut self, item: Item<'_, '_>, bits: &HashMap<String, u64>, all: u64) -> usize {
        let settings = self.settings.len();
        self.settings.extend(item.settings().map(|(setting, child)| (setting, child.node().id())));
        let extensions = self.extensions.len();
        self.extensions.extend(item.extensions().map(|child| child.node().id()));
        let options = item.configuration().map_or(all, |list| {
            let list = list.value();
            let list = List::parse(&list);
            // An empty list would be a device that is never there.
            if list.is_empty() {
                return all;
            }
            list.names().filter_map(|name| bits.get(name)).fold(0, |mask, bit| mask | bit)
        });
        self.items.push(ItemData {
            node: item.element().node().id(),
            options,
            bound: item.bound_kind(),
            settings: settings..self.settings.len(),
            extensions: extensions..self.extensions.len(),
            twin: None,
            typed_before: None,
        });
        self.items.len().saturating_sub(1)
    }

    /// Finds the Items of one `InstanceID` that say the same as one before.
    fn find_twins(&mut self, hardware: Hardware<'_, '_>, members: &[usize]) {
        if members.len() < 2 {
            return;
        }
        let mut firsts = HashMap::new();
        let mut typed = None;
        for &member in members {
            let is_typed = self.is_typed(hardware, member);
            let is_complete = self.is_complete;
            let Some(item) = self.items.get_mut(member) else { continue };
            item.typed_before = typed;
            if is_typed {
                typed = typed.or(Some(member));
            }
            // Beyond the ceiling on options, the same options are not known to be the same.
            if is_complete || item.options & OTHERS != 0 {
                let first = *firsts.entry((item.options, item.bound)).or_insert(member);
                item.twin = Some(first).filter(|&first| first != member);
            }
        }
    }

    fn is_typed(&self, hardware: Hardware<'_, '_>, item: usize) -> bool {
        Item::numbered(hardware.element().envelope(), self, item)
            .is_some_and(|item| item.type_number().is_some())
    }

    /// DSP0243 9.8: makes the devices of one `InstanceID`, one for each set of options under which the
    /// same Items apply.
    fn merge_group(&mut self, hardware: Hardware<'_, '_>, members: &[usize], all: u64) {
        let mut classes = vec![all];
        for item in members.iter().filter_map(|&member| self.items.get(member)) {
            let mut next = Vec::with_capacity(classes.len());
            for class in classes {
                next.extend(
                    [class & item.options, class & !item.options].into_iter().filter(|&c| c != 0),
                );
            }
            classes = next;
        }
        let first = self.devices.len();
        for options in classes {
            self.merge(hardware, members, options);
        }
        self.groups.push(first..self.devices.len());
    }

    /// DSP0243 9.8: of children of one name, those of the last Item that has any count.
    fn merge(&mut self, hardware: Hardware<'_, '_>, members: &[usize], options: u64) {
        let (mut min, mut max) = (None, None);
        let merged = self.merged.len();
        for &member in members {
            match self.items.get(member) {
                Some(item) if item.options & options != 0 => match item.bound {
                    Bound::Normal => self.merged.extend(u32::try_from(member)),
                    Bound::Min => min = Some(member),
                    Bound::Max => max = Some(member),
                },
                _ => {}
            }
        }
        let merged = merged..self.merged.len();
        let (settings, extensions) = match self.merged.get(merged.clone()).unwrap_or_default() {
            [] if min.is_none() && max.is_none() => return,
            [] => (0..0, 0..0),
            &[only] => self
                .items
                .get(only as usize)
                .map_or((0..0, 0..0), |item| (item.settings.clone(), item.extensions.clone())),
            _ => (
                self.merge_settings(merged.clone()),
                self.merge_extensions(hardware, merged.clone()),
            ),
        };
        self.devices.push(DeviceData {
            group: self.groups.len(),
            options,
            merged,
            min,
            max,
            settings,
            extensions,
            parent: ParentId::None,
        });
    }

    fn merge_settings(&mut self, merged: Range<usize>) -> Range<usize> {
        let mut seen = 0;
        let mut kept: Vec<(Setting, NodeId)> = Vec::new();
        for &member in self.merged.get(merged).unwrap_or_default().iter().rev() {
            let own = self
                .items
                .get(member as usize)
                .and_then(|item| self.settings.get(item.settings.clone()))
                .unwrap_or_default();
            kept.extend(own.iter().rev().filter(|(setting, _)| seen & setting.bit() == 0));
            seen = own.iter().fold(seen, |seen, (setting, _)| seen | setting.bit());
        }
        let first = self.settings.len();
        self.settings.extend(kept.into_iter().rev());
        first..self.settings.len()
    }

    /// Extensions are merged like settings. VMware's `Config` and `ExtraConfig` say by their `key` what
    /// they are, so those of one key replace each other.
    fn merge_extensions(
        &mut self,
        hardware: Hardware<'_, '_>,
        merged: Range<usize>,
    ) -> Range<usize> {
        let tree = hardware.element().envelope().tree();
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for &member in self.merged.get(merged).unwrap_or_default().iter().rev() {
            let own = self
                .items
                .get(member as usize)
                .and_then(|item| self.extensions.get(item.extensions.clone()))
                .unwrap_or_default();
            let names: Vec<_> = own
                .iter()
                .filter_map(|&id| {
                    let node = tree.node(id)?;
                    let key = (Namespace::of(node.namespace()) == Namespace::Vmw)
                        .then(|| node.attributes().find(|a| a.local() == "key"))
                        .flatten()
                        .map(|key| key.value());
                    Some((id, (node.namespace_id(), node.local(), key)))
                })
                .collect();
            kept.extend(
                names.iter().rev().filter(|(_, name)| !seen.contains(name)).map(|&(id, _)| id),
            );
            seen.extend(names.into_iter().map(|(_, name)| name));
        }
        let first = self.extensions.len();
        self.extensions.extend(kept.into_iter().rev());
        first..self.extensions.len()
    }

    fn find_parents(&mut self, hardware: Hardware<'_, '_>, ids: &HashMap<Cow<'_, str>, usize>) {
        let envelope = hardware.element().envelope();
        for device in &mut self.devices {
            let settings = self.settings.get(device.settings.clone()).unwrap_or_default();
            let parent = settings
                .iter()
                .find(|(setting, _)| *setting == Setting::Parent)
                .and_then(|&(_, node)| envelope.element(node))
                .map(value)
                .unwrap_or_default();
            device.parent = match ids.get(&parent) {
                _ if parent.is_empty() => ParentId::None,
                Some(&group) => ParentId::Group(group),
                None => ParentId::Unknown,
            };
        }
    }

    /// How many devices there are over all options.
    pub(crate) fn len(&self) -> usize {
        self.devices.len()
    }

    /// Whether all options were looked at.
    pub(crate) const fn is_complete(&self) -> bool {
        self.is_complete
    }

    pub(super) const fn is_allocation(&self) -> bool {
        self.is_allocation
    }

    /// The options that can be chosen.
    pub(crate) const fn live(&self) -> u64 {
        self.live
    }

    /// The bit of an option: of one that no Item names, that of all those; of no option the same.
    pub(super) fn bit(&self, option: Option<&str>) -> u64 {
        option
            .and_then(|name| self.options.iter().position(|known| known == name))
            .map_or(OTHERS, |at| bit_of(at.saturating_add(1)))
    }

    /// Under which of the options that can be chosen: the end of a sentence, empty when it is all.
    pub(crate) fn under(&self, options: u64) -> Under<'_> {
        Under { variants: self, options: options & self.live }
    }

    /// The devices of a group, by number.
    pub(crate) fn group(&self, group: usize) -> Range<usize> {
        self.groups.get(group).cloned().unwrap_or_default()
    }

    pub(super) fn device_group(&self, device: usize) -> usize {
        self.devices.get(device).map_or(usize::MAX, |device| device.group)
    }

    /// The options under which a device is there, those among them that cannot be chosen.
    pub(crate) fn options(&self, device: usize) -> u64 {
        self.devices.get(device).map_or(0, |device| device.options)
    }

    pub(crate) fn parent(&self, device: usize) -> ParentId {
        self.devices.get(device).map_or(ParentId::None, |device| device.parent)
    }

    /// The Items a device is merged from, by number.
    pub(super) fn merged(&self, device: usize) -> impl Iterator<Item = usize> + Clone + use<'_> {
        let range = self.devices.get(device).map_or(0..0, |device| device.merged.clone());
        self.merged.get(range).unwrap_or_default().iter().map(|&item| item as usize)
    }

    /// The last Item of a device that has a bound, by number.
    pub(super) fn bound(&self, device: usize, bound: Bound) -> Option<usize> {
        let device = self.devices.get(device)?;
        match bound {
            Bound::Normal => {
                self.merged.get(device.merged.clone())?.last().map(|&item| item as usize)
            }
            Bound::Min => device.min,
            Bound::Max => device.max,
        }
    }

    /// How many Items there are.
    pub(super) fn items(&self) -> usize {
        self.items.len()
    }

    pub(super) fn item(&self, item: usize) -> Option<NodeId> {
        self.items.get(item).map(|item| item.node)
    }

    pub(super) fn item_settings(&self, item: usize) -> &[(Setting, NodeId)] {
        let range = self.items.get(item).map_or(0..0, |item| item.settings.clone());
        self.settings.get(range).unwrap_or_default()
    }

    pub(super) fn item_extensions(&self, item: usize) -> &[NodeId] {
        let range = self.items.get(item).map_or(0..0, |item| item.extensions.clone());
        self.extensions.get(range).unwrap_or_default()
    }

    pub(super) fn twin(&self, item: usize) -> Option<usize> {
        self.items.get(item)?.twin
    }

    pub(super) fn typed_before(&self, item: usize) -> Option<usize> {
        self.items.get(item)?.typed_before
    }

    pub(super) fn settings(&self, device: usize) -> &[(Setting, NodeId)] {
        let range = self.devices.get(device).map_or(0..0, |device| device.settings.clone());
        self.settings.get(range).unwrap_or_default()
    }

    pub(super) fn extensions(&self, device: usize) -> &[NodeId] {
        let range = self.devices.get(device).map_or(0..0, |device| device.extensions.clone());
        self.extensions.get(range).unwrap_or_default()
    }
}

/// See [`Variants::under`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Under<'v> {
    variants: &'v Variants,
    options: u64,
}

impl std::fmt::Display for Under<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { variants, options } = *self;
        if options == variants.live {
            return Ok(());
        }
        let first = options.trailing_zeros();
        let name = match first.checked_sub(1) {
            None => variants.others.as_deref(),
            Some(at) => {
                usize::try_from(at).ok().and_then(|at| variants.options.get(at)).map(String::as_str)
            }
        };
        match name {
            Some(name) => write!(f, " under the option {}", crate::diagnostic::quoted(name))?,
            None => f.write_str(" when no option is chosen")?,
        }
        match options.count_ones() {
            0 | 1 => Ok(()),
            2 => f.write_str(" and 1 more"),
            n => write!(f, " and {} more", n.saturating_sub(1)),
        }
    }
}

fn bit_of(at: usize) -> u64 {
    u32::try_from(at).ok().and_then(|at| 1_u64.checked_shl(at)).unwrap_or(0)
}
