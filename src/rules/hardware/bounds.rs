//! DSP0243 8.4: ranges.

use super::super::Out;
use super::devices;
use super::items::items;
use crate::diagnostic::{closest, quoted};
use crate::model::{Bound, Device, Scope, Setting};
use crate::value::map::HashSet;

/// DSP0243 8.4: `bound` is `min`, `max` or `normal`.
pub(super) fn invalid_bound(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for bound in items(envelope).filter_map(|item| item.bound()) {
        let value = bound.value();
        let words = [Bound::Min, Bound::Max, Bound::Normal].map(Bound::as_str);
        if words.contains(&value.as_ref()) {
            continue;
        }
        let draft = out.at(
            bound.value_span(),
            format_args!("the bound {} is neither `min` nor `max` nor `normal`", quoted(&value)),
        );
        let start =
            words.into_iter().find(|word| value.trim().to_ascii_lowercase().starts_with(word));
        match start.or_else(|| closest(&value, words)) {
            Some(word) => draft.help(format_args!("write `{word}`")).done(),
            None => draft.help(format_args!("leave it out for what the machine gets")).done(),
        }
    }
}

/// DSP0243 8.4: a range has a normal value.
pub(super) fn bound_without_normal(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        for index in 0..variants.len() {
            let device = Device::numbered(hardware, index);
            let options = variants.options(index) & variants.live();
            if options == 0 || !device.is_range_only() {
                continue;
            }
            for marker in
                [Bound::Min, Bound::Max].into_iter().filter_map(|bound| device.bound(bound))
            {
                let Some(bound) = marker.bound() else { continue };
                if !told.insert(marker.element().node().id()) {
                    continue;
                }
                out.at(
                    bound.span(),
                    format_args!(
                        "no normal Item has the InstanceID {}{}",
                        quoted(&marker.id().unwrap_or_default()),
                        variants.under(options)
                    ),
                )
                .help(format_args!(
                    "add an Item of that InstanceID without `ovf:bound`, with what the machine gets"
                ))
                .done();
            }
        }
    }
}

/// DSP0243 8.4: a range has one least and one greatest value.
pub(super) fn duplicate_bound(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        for item in hardware.items().filter(|item| item.bound_kind() != Bound::Normal) {
            let (Some(bound), Some(twin)) = (item.bound(), item.twin()) else { continue };
            out.at(
                bound.span(),
                format_args!(
                    "the device {} has a second `{}`",
                    quoted(&item.id().unwrap_or_default()),
                    item.bound_kind().as_str()
                ),
            )
            .label(twin.element().name_span(), format_args!("the first is here"))
            .help(format_args!("leave one"))
            .done();
        }
    }
}

/// What a range may be given for.
const AMOUNTS: &[Setting] =
    &[Setting::VirtualQuantity, Setting::Reservation, Setting::Limit, Setting::Weight];

/// DSP0243 8.4: the least is not more than the normal value, and that not more than the greatest.
///
/// Amounts are compared in base units.
pub(super) fn empty_range(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        let variants = hardware.variants();
        let mut told = HashSet::default();
        for device in devices(hardware) {
            if device.bound(Bound::Min).is_none() && device.bound(Bound::Max).is_none() {
                continue;
            }
            // Amounts of different things are not compared; a rule of its own tells of those.
            let is_alike = |bound| {
                let marker = device.bound(bound);
                marker.is_none_or(|marker| marker.type_number() == device.resource_type())
            };
            if !is_alike(Bound::Min) || !is_alike(Bound::Max) {
                continue;
            }
            for &setting in AMOUNTS {
                let amount = |bound| device.amount(setting, bound);
                let (low, normal, high) =
                    (amount(Bound::Min), amount(Bound::Normal), amount(Bound::Max));
                let (bound, words) = match (low, normal, high) {
                    (Some(low), Some(normal), _) if low > normal => {
                        (Bound::Min, "the least is more than the normal")
                    }
                    (_, Some(normal), Some(high)) if high < normal => {
                        (Bound::Max, "the most is less than the normal")
                    }
                    (Some(low), _, Some(high)) if high < low => {
                        (Bound::Max, "the most is less than the least")
                    }
                    _ => continue,
                };
                let Some(child) = device.bound(bound).and_then(|item| item.setting(setting)) else {
                    continue;
                };
                if !told.insert(child.node().id()) {
                    continue;
                }
                let draft = out.at(
                    child.text_span(),
                    format_args!(
                        "{words} `{}`{}",
                        setting.as_str(),
                        variants.under(variants.options(device.index()))
                    ),
                );
                match device.setting(setting) {
                    Some(normal) => draft
                        .label(normal.text_span(), format_args!("the normal one is here"))
                        .help(format_args!("mind the `AllocationUnits` of both"))
                        .done(),
                    None => draft.done(),
                }
            }
        }
    }
}
