//! Reads the Items of a section and merges those of one `InstanceID` (DSP0243 9.8).

use std::borrow::Cow;
use std::ops::Range;

use super::{DeviceData, ItemData, OPTIONS, OTHERS, ParentId, Variants, bit_of};
use crate::model::Envelope;
use crate::model::hardware::Hardware;
use crate::model::hardware::item::{Bound, Item, ItemKind};
use crate::model::hardware::setting::{Setting, value};
use crate::namespace::Namespace;
use crate::value::list::List;
use crate::value::map::{HashMap, HashSet};
use crate::xml::NodeId;

impl Variants {
    pub(super) fn new(hardware: Hardware<'_, '_>, declared: &[String]) -> Self {
        let mut variants = Self { is_complete: true, ..Self::default() };
        let items: Vec<Item<'_, '_>> = hardware
            .element()
            .children()
            .filter(|child| ItemKind::of(*child).is_some())
            .map(Item::of)
            .collect();
        let bits = variants.read_options(hardware.element().envelope(), &items, declared);
        let all = bits.values().fold(OTHERS, |all, bit| all | bit);
        let mut ids: HashMap<Cow<'_, str>, usize> = HashMap::default();
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
        let mut bits: HashMap<String, u64> = HashMap::default();
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
        let mut firsts = HashMap::default();
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
        let mut seen = HashSet::default();
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
                        .then(|| node.attributes().find(|a| a.is_local("key")))
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
}
