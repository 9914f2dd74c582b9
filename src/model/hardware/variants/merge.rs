//! Reads the Items of a section and merges those of one `InstanceID` (DSP0243 9.8).

use std::borrow::Cow;
use std::ops::Range;

use super::signs::Look;
use super::{
    DeviceData, ItemData, OPTIONS, OTHERS, ParentId, Variants, bit_of, find, narrow, wide,
};
use crate::model::hardware::Hardware;
use crate::model::hardware::item::{Bound, Item, ItemKind, setting_of};
use crate::model::hardware::setting::{Setting, is_nil, value};
use crate::model::{AttributeName, Envelope, Signs};
use crate::namespace::Namespace;
use crate::value::list::List;
use crate::value::map::{Firsts, HashMap, HashSet};
use crate::value::number;
use crate::xml::NodeId;

impl Variants {
    pub(super) fn new(hardware: Hardware<'_, '_>, declared: &[String]) -> Self {
        let mut variants = Self { is_complete: true, ..Self::default() };
        let element = hardware.element();
        let envelope = element.envelope();
        let children = || element.children().filter(|it| ItemKind::of(*it).is_some());
        let bits = variants.read_options(envelope, children().map(Item::of), declared);
        let all = bits.values().fold(OTHERS, |all, bit| all | bit);
        let count = children().count();
        let elements = element.node().end_number().saturating_sub(element.node().id().index());
        variants.items.reserve_exact(count);
        variants.settings.reserve(elements.saturating_sub(count));
        let mut ids = Ids::with_room(count);
        let mut groups: Vec<u32> = Vec::with_capacity(count);
        for item in children().map(Item::of) {
            let index = variants.read_item(item, &bits, all);
            let id = variants
                .item_setting(index, Setting::InstanceId)
                .and_then(|node| envelope.element(node))
                .map(value)
                .unwrap_or_default();
            groups.push(ids.group(id));
        }
        variants.groups.reserve_exact(ids.groups);
        variants.devices.reserve_exact(count);
        variants.merged.reserve_exact(count);
        if ids.groups == groups.len() {
            // Every Item has an id of its own, as in most descriptors.
            for index in 0..groups.len() {
                variants.merge_group(hardware, &[index], all);
            }
        } else {
            variants.signs |= Signs::TWINS;
            for members in members(&groups, ids.groups) {
                variants.find_twins(&members);
                variants.merge_group(hardware, &members, all);
            }
        }
        variants.find_parents(hardware, &ids);
        variants.signs |= variants.signs_of_parents() | Signs::of_section(hardware);
        variants
    }

    /// Finds the options that Items name, a bit for each, and which of them can be chosen.
    fn read_options<'e, 's: 'e>(
        &mut self,
        envelope: &Envelope<'_>,
        items: impl Iterator<Item = Item<'e, 's>>,
        declared: &[String],
    ) -> HashMap<String, u64> {
        let mut bits: HashMap<String, u64> = HashMap::default();
        let may_belong = !envelope.has_no(AttributeName::Configuration);
        for item in items.filter(|_| may_belong) {
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
        let (settings, extensions) = (narrow(self.settings.len()), narrow(self.extensions.len()));
        let kind = item.kind();
        let (mut set, mut resource_type) = (0_u64, None);
        let (mut is_native, mut is_ordered, mut is_filled) = (true, true, true);
        let mut look = Look::default();
        let may_be_nil = !item.element().envelope().has_no(AttributeName::Nil);
        for child in item.element().children() {
            let id = child.node().id();
            let namespace = child.namespace();
            let is_of_kind = namespace == kind.namespace();
            let setting = if is_of_kind {
                Setting::named(child.name()).filter(|setting| setting.is_of(kind))
            } else {
                setting_of(child, kind)
            };
            match setting {
                None => {
                    look.extension(namespace);
                    self.extensions.push(id);
                }
                Some(setting) if !(may_be_nil && is_nil(child)) => {
                    let is_first = set & setting.bit() == 0;
                    if setting == Setting::ResourceType && is_first {
                        resource_type = number::unsigned_short(&child.text()).ok();
                    }
                    // No bit as high as this one was there before.
                    is_ordered &= set < setting.bit();
                    is_filled &= child.node().begins_with_text();
                    set |= setting.bit();
                    is_native &= is_of_kind;
                    look.setting(setting, child);
                    self.settings.push((setting, id));
                }
                Some(_) => {}
            }
        }
        let options = item.configuration().map_or(all, |list| {
            let list = list.value();
            let list = List::parse(&list);
            // An empty list would be a device that is never there.
            if list.is_empty() {
                return all;
            }
            list.names().filter_map(|name| bits.get(name)).fold(0, |mask, bit| mask | bit)
        });
        let signs = look.signs(item, set, resource_type)
            | Signs::UNORDERED_SETTINGS.when(!is_ordered)
            | Signs::FOREIGN_SETTING.when(!is_native)
            | Signs::EMPTY_SETTING.when(!is_filled)
            | Signs::OPTIONS.when(options != all);
        self.signs |= signs;
        self.items.push(ItemData {
            node: item.element().node().id(),
            options,
            bound: item.bound_kind(),
            is_native,
            is_ordered,
            is_filled,
            resource_type,
            set,
            settings: settings..narrow(self.settings.len()),
            extensions: extensions..narrow(self.extensions.len()),
            twin: None,
            typed_before: None,
        });
        self.items.len().saturating_sub(1)
    }

    /// Finds the Items of one `InstanceID` that say the same as one before.
    fn find_twins(&mut self, members: &[usize]) {
        if members.len() < 2 {
            return;
        }
        let mut firsts = HashMap::default();
        let mut typed = None;
        for &member in members {
            let is_complete = self.is_complete;
            let Some(item) = self.items.get_mut(member) else { continue };
            item.typed_before = typed;
            if item.resource_type.is_some() {
                typed = typed.or(Some(narrow(member)));
            }
            // Beyond the ceiling on options, the same options are not known to be the same.
            if is_complete || item.options & OTHERS != 0 {
                let first = *firsts.entry((item.options, item.bound)).or_insert(member);
                item.twin = Some(narrow(first)).filter(|_| first != member);
            }
        }
    }

    /// DSP0243 9.8: makes the devices of one `InstanceID`, one for each set of options under which the
    /// same Items apply.
    fn merge_group(&mut self, hardware: Hardware<'_, '_>, members: &[usize], all: u64) {
        let first = narrow(self.devices.len());
        if let &[only] = members
            && self.items.get(only).is_some_and(|item| item.options == all)
        {
            self.merge(hardware, members, all);
            self.groups.push(first..narrow(self.devices.len()));
            return;
        }
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
        for options in classes {
            self.merge(hardware, members, options);
        }
        self.groups.push(first..narrow(self.devices.len()));
    }

    /// DSP0243 9.8: of children of one name, those of the last Item that has any count.
    fn merge(&mut self, hardware: Hardware<'_, '_>, members: &[usize], options: u64) {
        let (mut min, mut max) = (None, None);
        let merged = narrow(self.merged.len());
        for &member in members {
            match self.items.get(member) {
                Some(item) if item.options & options != 0 => match item.bound {
                    Bound::Normal => self.merged.push(narrow(member)),
                    Bound::Min => min = Some(narrow(member)),
                    Bound::Max => max = Some(narrow(member)),
                },
                _ => {}
            }
        }
        let merged = merged..narrow(self.merged.len());
        let (settings, extensions) = match self.merged.get(wide(&merged)).unwrap_or_default() {
            [] if min.is_none() && max.is_none() => return,
            [] => (0..0, 0..0),
            &[only] => self
                .items
                .get(only as usize)
                .map_or((0..0, 0..0), |item| (item.settings.clone(), item.extensions.clone())),
            _ => {
                (self.merge_settings(wide(&merged)), self.merge_extensions(hardware, wide(&merged)))
            }
        };
        let own = self.settings.get(wide(&settings)).unwrap_or_default();
        let set = own.iter().fold(0, |set, (setting, _)| set | setting.bit());
        let resource_type = match self.merged.get(wide(&merged)).unwrap_or_default() {
            &[only] => self.item_type(only as usize),
            _ => find(own, Setting::ResourceType)
                .and_then(|node| hardware.element().envelope().element(node))
                .and_then(|element| number::unsigned_short(&element.text()).ok()),
        };
        self.devices.push(DeviceData {
            group: self.groups.len(),
            options,
            merged,
            min,
            max,
            resource_type,
            set,
            settings,
            extensions,
            parent: ParentId::None,
        });
    }

    fn merge_settings(&mut self, merged: Range<usize>) -> Range<u32> {
        let mut seen = 0;
        let mut kept: Vec<(Setting, NodeId)> = Vec::new();
        for &member in self.merged.get(merged).unwrap_or_default().iter().rev() {
            let own = self
                .items
                .get(member as usize)
                .and_then(|item| self.settings.get(wide(&item.settings)))
                .unwrap_or_default();
            kept.extend(own.iter().rev().filter(|(setting, _)| seen & setting.bit() == 0));
            seen = own.iter().fold(seen, |seen, (setting, _)| seen | setting.bit());
        }
        let first = narrow(self.settings.len());
        self.settings.extend(kept.into_iter().rev());
        first..narrow(self.settings.len())
    }

    /// Extensions are merged like settings. VMware's `Config` and `ExtraConfig` say by their `key` what
    /// they are, so those of one key replace each other.
    fn merge_extensions(&mut self, hardware: Hardware<'_, '_>, merged: Range<usize>) -> Range<u32> {
        let tree = hardware.element().envelope().tree();
        let mut seen = HashSet::default();
        let mut kept = Vec::new();
        for &member in self.merged.get(merged).unwrap_or_default().iter().rev() {
            let own = self
                .items
                .get(member as usize)
                .and_then(|item| self.extensions.get(wide(&item.extensions)))
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
        let first = narrow(self.extensions.len());
        self.extensions.extend(kept.into_iter().rev());
        first..narrow(self.extensions.len())
    }

    fn find_parents(&mut self, hardware: Hardware<'_, '_>, ids: &Ids<'_>) {
        let envelope = hardware.element().envelope();
        for device in &mut self.devices {
            if device.set & Setting::Parent.bit() == 0 {
                continue;
            }
            let settings = self.settings.get(wide(&device.settings)).unwrap_or_default();
            let parent = find(settings, Setting::Parent)
                .and_then(|node| envelope.element(node))
                .map(value)
                .unwrap_or_default();
            device.parent = match ids.known.get(&parent) {
                _ if parent.is_empty() => ParentId::None,
                Some(group) => ParentId::Group(group as usize),
                None => ParentId::Unknown,
            };
        }
    }
}

/// The `InstanceID`s of a section, each with the number of its group.
struct Ids<'s> {
    known: Firsts<Cow<'s, str>, u32>,
    groups: usize,
}

impl<'s> Ids<'s> {
    fn with_room(items: usize) -> Self {
        Self { known: Firsts::with_room(items), groups: 0 }
    }

    /// The group of an id. What has no id has a group of its own.
    fn group(&mut self, id: Cow<'s, str>) -> u32 {
        let group = narrow(self.groups);
        let known = if id.is_empty() { None } else { self.known.meet(id, group) };
        if known.is_none() {
            self.groups = self.groups.saturating_add(1);
        }
        known.unwrap_or(group)
    }
}

/// The Items of each group, by number.
fn members(of_items: &[u32], groups: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); groups];
    for (item, &group) in of_items.iter().enumerate() {
        if let Some(members) = members.get_mut(group as usize) {
            members.push(item);
        }
    }
    members
}
