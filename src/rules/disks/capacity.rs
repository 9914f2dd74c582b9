//! How big disks are.

use super::super::Out;
use super::has_file;
use crate::diagnostic::quoted;
use crate::model::{Disk, Envelope};
use crate::namespace::Version;
use crate::value::macros;
use crate::value::number;
use crate::value::unit::{AmountError, Base, Unit};

/// DSP0243 9.1: `capacity` is required.
pub(super) fn missing_capacity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks().filter(|disk| disk.capacity().is_none()) {
        out.at(
            disk.element().name_span(),
            format_args!("the `{}` has no `capacity`", disk.element().local()),
        )
        .help(format_args!(
            "add `ovf:capacity`, in bytes or in units of `ovf:capacityAllocationUnits`"
        ))
        .done();
    }
}

/// DSP0243 9.1: `capacity` is a number of `xs:long` that is not negative, or one `${property}`.
pub(super) fn invalid_capacity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for capacity in envelope.disks().filter_map(|disk| disk.capacity()) {
        let value = capacity.value();
        if capacity.may_hold_dollar()
            && macros::single(number::collapse(&value)).is_some_and(|name| !name.is_empty())
        {
            continue;
        }
        if let Err(error) = number::unsigned(&value, i64::MAX.unsigned_abs()) {
            out.at(capacity.value_span(), format_args!("the capacity {} {error}", quoted(&value)))
                .help(format_args!(
                    "write a whole number; units stand in `ovf:capacityAllocationUnits`"
                ))
                .done();
        }
    }
}

/// DSP0243 9.1: the capacity is what the machine sees.
pub(super) fn zero_capacity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for capacity in envelope.disks().filter_map(|disk| disk.capacity()) {
        if number::unsigned_long(&capacity.value()) == Ok(0) {
            out.at(capacity.value_span(), format_args!("the capacity of the disk is 0"))
                .help(format_args!("write the size the machine is to see"))
                .done();
        }
    }
}

/// DSP0243 9.1: only the capacity of an empty disk may be left to a property.
pub(super) fn variable_capacity_with_file(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks().filter(|disk| has_file(*disk)) {
        let Some(capacity) = disk.capacity().filter(|it| it.may_hold_dollar()) else { continue };
        if macros::single(number::collapse(&capacity.value())).is_some() {
            out.at(
                capacity.value_span(),
                format_args!(
                    "the capacity of a disk with content is left to the property {}",
                    quoted(&capacity.value())
                ),
            )
            .help(format_args!("write the capacity as a number"))
            .done();
        }
    }
}

/// DSP0243 9.1, DSP0004 Annex C: the units are a programmatic unit of bytes.
pub(super) fn invalid_capacity_units(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for units in envelope.disks().filter_map(|disk| disk.capacity_units()) {
        let value = units.value();
        let message = match Unit::parse(&value) {
            Ok(unit) if unit.base == Base::Byte => continue,
            Ok(unit) => format!("the units {} count `{}`, not bytes", quoted(&value), unit.base),
            Err(error) => error.to_string(),
        };
        out.at(units.value_span(), format_args!("{message}"))
            .help(format_args!("write `byte`, or `byte * 2^20` for MiB, `byte * 2^30` for GiB"))
            .done();
    }
}

/// DSP0004 Annex C: spellings that are no programmatic unit and can mean one thing only.
pub(super) fn loose_capacity_units(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for units in envelope.disks().filter_map(|disk| disk.capacity_units()) {
        let value = units.value();
        if let Ok(unit @ Unit { base: Base::Byte, deviation: Some(_), .. }) = Unit::parse(&value) {
            let draft = out.at(
                units.value_span(),
                format_args!("{} is no unit of DSP0004 as it is written", quoted(&value)),
            );
            match unit.bytes(1) {
                Ok(bytes) if bytes.is_power_of_two() => {
                    draft.help(format_args!("write `byte * 2^{}`", bytes.trailing_zeros())).done();
                }
                Ok(bytes) => draft.help(format_args!("write `byte * {bytes}`")).done(),
                Err(_) => draft.done(),
            }
        }
    }
}

/// DSP0243 9.1: the capacity in bytes is a number of 64 bits.
pub(super) fn capacity_overflow(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks() {
        if let (Some(capacity), Err(Size::Overflow)) = (disk.capacity(), bytes(disk)) {
            out.at(
                capacity.value_span(),
                format_args!(
                    "the capacity {} is more bytes than 64 bits can count",
                    quoted(&capacity.value())
                ),
            )
            .help(format_args!("check the units: the capacity is their product"))
            .done();
        }
    }
}

/// OVF 0.9 counts in bytes.
pub(super) fn units_in_legacy_disk(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.version() != Version::V0_9 {
        return;
    }
    for units in envelope.disks().filter_map(|disk| disk.capacity_units()) {
        // Spelling out the only unit there is changes nothing.
        if Unit::parse(&units.value()).is_ok_and(|unit| unit.bytes(1) == Ok(1)) {
            continue;
        }
        out.at(units.name_span(), format_args!("OVF 0.9 does not know `capacityAllocationUnits`"))
            .help(format_args!("write the capacity in bytes"))
            .done();
    }
}

/// DSP0243 9.1: `populatedSize` is a number of `xs:long` that is not negative, in bytes.
pub(super) fn invalid_populated_size(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for size in envelope.disks().filter_map(|disk| disk.populated_size()) {
        if let Err(error) = number::unsigned(&size.value(), i64::MAX.unsigned_abs()) {
            out.at(
                size.value_span(),
                format_args!("the populated size {} {error}", quoted(&size.value())),
            )
            .help(format_args!("write a number of bytes, or leave the attribute out"))
            .done();
        }
    }
}

/// DSP0243 9.1: no more than all of a disk is in use. Both are compared in bytes.
pub(super) fn populated_over_capacity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks() {
        let Some(size) = disk.populated_size() else { continue };
        if let (Ok(populated), Ok(capacity)) = (number::unsigned_long(&size.value()), bytes(disk))
            && populated > capacity
        {
            let draft = out.at(
                size.value_span(),
                format_args!("the populated size of {populated} bytes is more than the capacity of {capacity} bytes"),
            );
            match disk.capacity() {
                Some(capacity) => draft.label(capacity.value_span(), format_args!("the capacity")),
                None => draft,
            }
            .help(format_args!("correct it, or leave the attribute out: it is a hint"))
            .done();
        }
    }
}

/// DSP0243 9.1: `populatedSize` is about the content of a disk.
pub(super) fn populated_empty_disk(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks().filter(|disk| !has_file(*disk)) {
        if let Some(size) = disk.populated_size() {
            out.at(size.span(), format_args!("an empty disk has a `populatedSize`"))
                .help(format_args!("leave the attribute out"))
                .done();
        }
    }
}

/// Why the size of a disk in bytes is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// It is missing, malformed or left to a property.
    Unknown,
    /// It is more than 64 bits can count.
    Overflow,
}

/// The capacity in bytes.
pub(super) fn bytes(disk: Disk<'_, '_>) -> Result<u64, Size> {
    let capacity = disk.capacity().ok_or(Size::Unknown)?;
    let count = number::unsigned_long(&capacity.value()).map_err(|_| Size::Unknown)?;
    let units = disk.capacity_units().map(|units| units.value());
    let unit = match units.as_deref().map(Unit::parse) {
        None => Unit::one(Base::Byte),
        Some(Ok(unit)) => unit,
        Some(Err(_)) => return Err(Size::Unknown),
    };
    unit.bytes(count).map_err(|error| match error {
        AmountError::Overflow => Size::Overflow,
        _ => Size::Unknown,
    })
}
