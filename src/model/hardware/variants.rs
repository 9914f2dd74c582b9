//! What machines the Items of a section make, over all deployment options (DSP0243 8.4, 9.8).
//!
//! Most Items hold for every option, so a machine is not built for each: Items of one `InstanceID` are
//! merged once for each set of options under which the same of them apply.

mod merge;
mod signs;

use std::ops::Range;
use std::sync::OnceLock;

use super::Hardware;
use super::item::Bound;
use super::setting::Setting;
use crate::model::{Envelope, Signs};
use crate::xml::NodeId;

/// Deployment options looked at in one section; a bit of a word for each, and one for all the options
/// that no Item names. The largest real descriptor has 16.
pub(crate) const OPTIONS: usize = 63;

/// The option that no Item names.
const OTHERS: u64 = 1;

/// The sections with Items. Each is read when it is first asked for, so that what is in it is still at hand.
#[derive(Debug)]
pub(in crate::model) struct HardwareIndex {
    /// In the order of the section tree.
    sections: Vec<OnceLock<Box<Variants>>>,
    /// The deployment options there are, as many as are looked at.
    declared: Vec<String>,
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
        let sections = envelope.lists().hardware.iter().map(|_| OnceLock::new()).collect();
        Self { sections, declared, none: Variants::default() }
    }

    /// Forgets what is in some sections, by their places in the section tree.
    pub(in crate::model) fn forget(&mut self, places: Range<usize>) {
        for section in self.sections.get_mut(places).unwrap_or_default() {
            section.take();
        }
    }

    /// What is in a section, by its place in the section tree.
    pub(super) fn variants(&self, hardware: Hardware<'_, '_>, place: usize) -> &Variants {
        let section = self.sections.get(place);
        section.map_or(&self.none, |section| {
            section.get_or_init(|| Box::new(Variants::new(hardware, &self.declared)))
        })
    }
}

/// What the machine of a section can be.
#[derive(Debug, Default)]
pub(crate) struct Variants {
    items: Vec<ItemData>,
    /// The devices of one `InstanceID` lie side by side.
    groups: Vec<Range<u32>>,
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
    signs: Signs,
}

/// An Item, and the options it applies under.
#[derive(Debug)]
struct ItemData {
    node: NodeId,
    options: u64,
    bound: Bound,
    /// Whether all its settings are in the namespace of its kind.
    is_native: bool,
    /// Whether each setting comes after those that are before it by name, so that none is there twice.
    is_ordered: bool,
    /// Whether each setting has a text that begins with something else than white space.
    is_filled: bool,
    resource_type: Option<u16>,
    /// The settings there are, a bit for each.
    set: u64,
    settings: Range<u32>,
    extensions: Range<u32>,
    /// The first Item of the same group, options and bound, when that is another.
    twin: Option<u32>,
    /// The first Item of the same group that has a resource type, when that is another.
    typed_before: Option<u32>,
}

/// The Items of one `InstanceID` that apply together.
#[derive(Debug)]
struct DeviceData {
    group: usize,
    options: u64,
    merged: Range<u32>,
    min: Option<u32>,
    max: Option<u32>,
    resource_type: Option<u16>,
    /// The settings there are, a bit for each.
    set: u64,
    settings: Range<u32>,
    extensions: Range<u32>,
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
    /// How many devices there are over all options.
    pub(crate) fn len(&self) -> usize {
        self.devices.len()
    }

    /// Whether all options were looked at.
    pub(crate) const fn is_complete(&self) -> bool {
        self.is_complete
    }

    pub(in crate::model) const fn signs(&self) -> Signs {
        self.signs
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
        self.groups.get(group).map_or(0..0, wide)
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
        let range = self.devices.get(device).map_or(0..0, |device| wide(&device.merged));
        self.merged.get(range).unwrap_or_default().iter().map(|&item| item as usize)
    }

    /// The last Item of a device that has a bound, by number.
    pub(super) fn bound(&self, device: usize, bound: Bound) -> Option<usize> {
        let device = self.devices.get(device)?;
        match bound {
            Bound::Normal => {
                self.merged.get(wide(&device.merged))?.last().map(|&item| item as usize)
            }
            Bound::Min => device.min.map(|item| item as usize),
            Bound::Max => device.max.map(|item| item as usize),
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
        let range = self.items.get(item).map_or(0..0, |item| wide(&item.settings));
        self.settings.get(range).unwrap_or_default()
    }

    /// The first child of an Item that is a setting.
    #[inline]
    pub(super) fn item_setting(&self, item: usize, setting: Setting) -> Option<NodeId> {
        let data = self.items.get(item)?;
        (data.set & setting.bit() != 0).then(|| find(self.item_settings(item), setting))?
    }

    /// The settings of an Item, a bit for each.
    pub(super) fn item_set(&self, item: usize) -> u64 {
        self.items.get(item).map_or(0, |item| item.set)
    }

    pub(super) fn is_native(&self, item: usize) -> bool {
        self.items.get(item).is_some_and(|item| item.is_native)
    }

    pub(super) fn is_ordered(&self, item: usize) -> bool {
        self.items.get(item).is_some_and(|item| item.is_ordered)
    }

    pub(super) fn is_filled(&self, item: usize) -> bool {
        self.items.get(item).is_some_and(|item| item.is_filled)
    }

    pub(super) fn item_bound(&self, item: usize) -> Bound {
        self.items.get(item).map_or(Bound::Normal, |item| item.bound)
    }

    pub(super) fn item_type(&self, item: usize) -> Option<u16> {
        self.items.get(item)?.resource_type
    }

    pub(super) fn item_extensions(&self, item: usize) -> &[NodeId] {
        let range = self.items.get(item).map_or(0..0, |item| wide(&item.extensions));
        self.extensions.get(range).unwrap_or_default()
    }

    pub(super) fn twin(&self, item: usize) -> Option<usize> {
        self.items.get(item)?.twin.map(|item| item as usize)
    }

    pub(super) fn typed_before(&self, item: usize) -> Option<usize> {
        self.items.get(item)?.typed_before.map(|item| item as usize)
    }

    pub(super) fn settings(&self, device: usize) -> &[(Setting, NodeId)] {
        let range = self.devices.get(device).map_or(0..0, |device| wide(&device.settings));
        self.settings.get(range).unwrap_or_default()
    }

    /// The first child of a device, after merging, that is a setting.
    #[inline]
    pub(super) fn setting(&self, device: usize, setting: Setting) -> Option<NodeId> {
        let data = self.devices.get(device)?;
        (data.set & setting.bit() != 0).then(|| find(self.settings(device), setting))?
    }

    pub(super) fn resource_type(&self, device: usize) -> Option<u16> {
        self.devices.get(device)?.resource_type
    }

    pub(super) fn extensions(&self, device: usize) -> &[NodeId] {
        let range = self.devices.get(device).map_or(0..0, |device| wide(&device.extensions));
        self.extensions.get(range).unwrap_or_default()
    }
}

fn find(settings: &[(Setting, NodeId)], wanted: Setting) -> Option<NodeId> {
    settings.iter().find(|(setting, _)| *setting == wanted).map(|&(_, node)| node)
}

/// A range as slices take it. Half the size is kept: there are many, of up to as many things as a text of
/// less than 4 GiB has.
const fn wide(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
