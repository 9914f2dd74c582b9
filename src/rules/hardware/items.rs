//! DSP0243 8.3: what every Item is made of.

use std::collections::BTreeMap;

use super::super::Out;
use super::{Places, is_legacy};
use crate::diagnostic::quoted;
use crate::model::{Element, Item, Scope, Setting, ValueType};
use crate::value::number::{self, BooleanError};

/// DSP0243 8.3: an Item describes a device.
pub(super) fn empty_item(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| is_empty(*item)) {
        out.at(item.element().name_span(), format_args!("the {} is empty", item.kind().as_str()))
            .help(format_args!("describe a device, or remove it"))
            .done();
    }
}

/// DSP0243 8.3: every Item has an `ElementName`.
///
/// Once for each section. OVF 0.9 has `Caption` in its place.
pub(super) fn missing_element_name(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for hardware in envelope.hardware() {
        let mut found = None;
        for item in hardware.items().filter(|item| !is_empty(*item)) {
            if item.element_name().is_none() {
                Places::add(&mut found, item);
            }
        }
        let Some(places) = found else { continue };
        let draft = out.at(
            places.first.element().name_span(),
            format_args!(
                "the {} has no `ElementName`{}",
                places.first.kind().as_str(),
                places.repeats()
            ),
        );
        match places.first.caption() {
            Some(caption) => draft
                .label(caption.name_span(), format_args!("`Caption` had that place in OVF 0.9"))
                .help(format_args!("name the device in `ElementName`"))
                .done(),
            None => draft.help(format_args!("name the device in `ElementName`")).done(),
        }
    }
}

/// DSP8023: the children of an Item stand in the order of their names.
///
/// Once for each section, with the number of Items. OVF 0.9 has another order.
pub(super) fn misordered_settings(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for hardware in envelope.hardware() {
        let mut found = None;
        for item in hardware.items() {
            let mut last = Setting::Access;
            let misplaced = item.settings().find(|&(setting, _)| {
                let is_before = setting < last;
                last = last.max(setting);
                is_before
            });
            if let Some((_, child)) = misplaced {
                Places::add(&mut found, child);
            }
        }
        if let Some(places) = found {
            out.at(
                places.first.name_span(),
                format_args!(
                    "{} does not stand in the order of names{}",
                    quoted(places.first.local()),
                    places.repeats()
                ),
            )
            .help(format_args!("sort the children of each Item by name"))
            .done();
        }
    }
}

/// DSP8023: of all children CIM defines, an Item has one at most, save for a few.
pub(super) fn repeated_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope) {
        let mut seen = 0;
        for (setting, child) in item.settings().filter(|(setting, _)| !setting.is_repeatable()) {
            if seen & setting.bit() == 0 {
                seen |= setting.bit();
                continue;
            }
            let Some(first) = item.setting(setting) else { continue };
            out.at(
                child.name_span(),
                format_args!("the {} has a second `{}`", item.kind().as_str(), setting.as_str()),
            )
            .label(first.name_span(), format_args!("the first is here"))
            .help(format_args!("leave one"))
            .done();
        }
    }
}

/// The settings that are no texts, and those texts that refer to something.
const NEED_VALUES: u64 = (Setting::of_type(ValueType::Boolean)
    | NUMBERS
    | Setting::AllocationUnits.bit()
    | Setting::Parent.bit())
    & !Setting::ResourceType.bit();

/// The settings that are numbers.
pub(super) const NUMBERS: u64 = Setting::of_type(ValueType::Short)
    | Setting::of_type(ValueType::Int)
    | Setting::of_type(ValueType::Long);

/// DSP8023: numbers, truth values and references hold something, or say `xsi:nil="true"`.
///
/// Once for each name and section.
pub(super) fn empty_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let mut found: BTreeMap<Setting, Option<Places<Element<'_, '_>>>> = BTreeMap::new();
        let filled = hardware.items().filter(|item| item.has_any(NEED_VALUES));
        for (setting, child) in filled.flat_map(|item| item.settings()) {
            if NEED_VALUES & setting.bit() != 0 && number::collapse(&child.text()).is_empty() {
                Places::add(found.entry(setting).or_default(), child);
            }
        }
        for (setting, places) in found {
            if let Some(places) = places {
                out.at(
                    places.first.name_span(),
                    format_args!("`{}` is empty{}", setting.as_str(), places.repeats()),
                )
                .help(format_args!("give it a value, or remove it"))
                .done();
            }
        }
    }
}

/// DSP8023: `AutomaticAllocation` and its like are `xs:boolean`.
pub(super) fn invalid_boolean_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    const BOOLEANS: u64 = Setting::of_type(ValueType::Boolean);
    let settings = items(envelope).filter(|item| item.has_any(BOOLEANS));
    for (setting, child) in settings.flat_map(|item| item.settings()) {
        if setting.value_type() != ValueType::Boolean {
            continue;
        }
        let text = child.text();
        match number::boolean(&text) {
            Ok(_) | Err(BooleanError::Empty) => {}
            Err(error) => out
                .at(
                    child.text_span(),
                    format_args!(
                        "the `{}` {} {error}",
                        setting.as_str(),
                        quoted(number::collapse(&text))
                    ),
                )
                .help(format_args!("write `true` or `false`"))
                .done(),
        }
    }
}

/// All Items of the descriptor.
pub(super) fn items<'e, 's>(envelope: &Scope<'e, 's>) -> impl Iterator<Item = Item<'e, 's>> {
    envelope.hardware().flat_map(|hardware| hardware.items())
}

/// Whether an Item has no children. What it lacks is told once then.
pub(super) fn is_empty(item: Item<'_, '_>) -> bool {
    item.element().children().next().is_none()
}
