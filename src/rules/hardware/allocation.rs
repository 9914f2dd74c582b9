//! DSP0243 8.3: amounts and their units.

use std::collections::BTreeMap;

use super::super::Out;
use super::items::{NUMBERS, items};
use super::{Places, devices, is_legacy};
use crate::diagnostic::quoted;
use crate::model::{Element, Item, Scope, Setting};
use crate::value::map::HashSet;
use crate::value::number::{self, NumberError};
use crate::value::unit::{Base, Unit, UnitError};

/// DSP0243 8.3, 8.4: amounts and other numbers are whole, and fit their type.
pub(super) fn invalid_quantity(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let amounts = NUMBERS & !Setting::ResourceType.bit();
    let settings = items(envelope).filter(|item| item.has_any(amounts));
    for (setting, child) in settings.flat_map(|item| item.settings()) {
        let Some(max) = setting.value_type().max().filter(|_| setting != Setting::ResourceType)
        else {
            continue;
        };
        let text = child.text();
        match number::unsigned(&text, max) {
            Ok(_) | Err(NumberError::Empty) => {}
            Err(error) => out
                .at(
                    child.text_span(),
                    format_args!(
                        "the `{}` {} {error}",
                        setting.as_str(),
                        quoted(number::collapse(&text))
                    ),
                )
                .help(format_args!(
                    "write a number in digits; its unit stands in `AllocationUnits`"
                ))
                .done(),
        }
    }
}

/// DSP0243 8.3, DSP0004 C: `AllocationUnits` is a programmatic unit.
///
/// Where no size depends on it, a unit that cannot be read is a loose one.
pub(super) fn invalid_allocation_units(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| counted(*item) == Some(Base::Byte)) {
        let Some(units) = item.allocation_units() else { continue };
        let text = units.text();
        match Unit::parse(&text) {
            Ok(_) | Err(UnitError::Empty) => {}
            Err(error) => out
                .at(units.text_span(), format_args!("{error}"))
                .help(format_args!("write a unit such as `byte * 2^20`"))
                .done(),
        }
    }
}

/// DSP0004 C: spellings that are no programmatic units, but can mean one thing only, and units that
/// cannot be read where no size depends on them.
///
/// Once for each spelling and section.
pub(super) fn loose_allocation_units(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for hardware in envelope.hardware() {
        let mut found: BTreeMap<String, Option<Places<Element<'_, '_>>>> = BTreeMap::new();
        for item in hardware.items() {
            let Some(units) = item.allocation_units() else { continue };
            let text = units.text();
            let is_loose = match Unit::parse(&text) {
                Ok(unit) => unit.deviation.is_some(),
                // A rate, as in `bit / second`, is what a network card has.
                Err(UnitError::Empty | UnitError::SeveralBases(..)) => false,
                Err(_) => counted(item) != Some(Base::Byte),
            };
            if is_loose {
                Places::add(found.entry(number::collapse(&text).to_owned()).or_default(), units);
            }
        }
        for (text, places) in found {
            let Some(places) = places else { continue };
            let draft = out.at(
                places.first.text_span(),
                format_args!("{} is no unit of DSP0004{}", quoted(&text), places.repeats()),
            );
            match Unit::parse(&text) {
                Ok(unit) => draft.help(format_args!("write `{unit}`")).done(),
                Err(_) => draft.help(format_args!("write a unit such as `hertz * 10^6`")).done(),
            }
        }
    }
}

/// DSP0243 8.3: memory and disks are counted in bytes, the speed of processors in hertz.
pub(super) fn mismatched_allocation_units(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope) {
        let (Some(units), Some(base)) = (item.allocation_units(), counted(item)) else { continue };
        let text = units.text();
        let Ok(unit) = Unit::parse(&text) else { continue };
        let fits = match base {
            Base::Byte => matches!(unit.base, Base::Byte | Base::Bit),
            // Processors may be counted, or given by their share.
            _ => !matches!(unit.base, Base::Byte | Base::Bit),
        };
        if !fits {
            let what = match item.type_number() {
                Some(3) => "processors are",
                Some(4) => "memory is",
                _ => "a disk is",
            };
            out.at(
                units.text_span(),
                format_args!("{what} not counted in {}", quoted(number::collapse(&text))),
            )
            .help(format_args!("write a unit of `{base}`"))
            .done();
        }
    }
}

/// DSP0243 8.3: how many processors and how much memory a machine has stands in `VirtualQuantity`.
///
/// Collections are given limits and reservations instead.
pub(super) fn missing_quantity(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware().filter(|hardware| !hardware.is_allocation()) {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        for device in devices(hardware) {
            let what = match device.resource_type() {
                Some(3) => "how many processors there are",
                Some(4) => "how much memory there is",
                _ => continue,
            };
            let is_new = |item: &Item<'_, '_>| told.insert(item.element().node().id());
            if device.setting(Setting::VirtualQuantity).is_none()
                && let Some(item) = device.item().filter(is_new)
            {
                out.at(
                    item.element().name_span(),
                    format_args!(
                        "no `VirtualQuantity` says {what}{}",
                        variants.under(variants.options(device.index()))
                    ),
                )
                .help(format_args!("add a `VirtualQuantity`"))
                .done();
            }
        }
    }
}

/// What an Item says an amount of: bytes, or hertz. The number of processors has no unit.
fn counted(item: Item<'_, '_>) -> Option<Base> {
    match item.type_number()? {
        3 => item.reservation().or_else(|| item.limit()).map(|_| Base::Hertz),
        4 => Some(Base::Byte),
        17 => item.virtual_quantity().map(|_| Base::Byte),
        _ => None,
    }
}
