//! DSP0243 8.3, 9.8: which Items are one device, and what kind of device it is.

use super::super::Out;
use super::items::{is_empty, items};
use super::{Places, devices, is_legacy};
use crate::diagnostic::quoted;
use crate::model::{Bound, Scope, Setting};
use crate::value::cim::{ResourceType, resource_type, resource_type_named};
use crate::value::number::{self, NumberError};

/// DSP0243 8.3: every Item has an `InstanceID`.
pub(super) fn missing_instance_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| item.id().is_none() && !is_empty(*item)) {
        let draft = match item.instance_id() {
            Some(empty) => out.at(empty.name_span(), format_args!("the `InstanceID` is empty")),
            None => out.at(
                item.element().name_span(),
                format_args!("the {} has no `InstanceID`", item.kind().as_str()),
            ),
        };
        draft
            .help(format_args!("give it an InstanceID that no other Item of the section has"))
            .done();
    }
}

/// DSP0243 8.3: the name is `InstanceID`; OVF 0.9 had `InstanceId`.
///
/// Once for each section, its `System` counted in.
pub(super) fn legacy_instance_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for hardware in envelope.hardware() {
        let mut found = None;
        let system = hardware.system().and_then(|system| system.instance_id());
        let ids = hardware.items().filter_map(|item| item.instance_id());
        for id in system.into_iter().chain(ids).filter(|id| id.is_local("InstanceId")) {
            Places::add(&mut found, id);
        }
        if let Some(places) = found {
            out.at(
                places.first.name_span(),
                format_args!("`InstanceId` is a name of OVF 0.9{}", places.repeats()),
            )
            .help(format_args!("write `InstanceID`"))
            .done();
        }
    }
}

/// DSP0243 9.8: every Item has a `ResourceType`.
pub(super) fn missing_resource_type(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope).filter(|item| !is_empty(*item)) {
        let draft = match item.resource_type() {
            Some(element) if number::collapse(&element.text()).is_empty() => {
                out.at(element.name_span(), format_args!("the `ResourceType` is empty"))
            }
            Some(_) => continue,
            None => out.at(
                item.element().name_span(),
                format_args!("the {} has no `ResourceType`", item.kind().as_str()),
            ),
        };
        draft.help(format_args!("say what kind of device it is, by its number in CIM")).done();
    }
}

/// DSP0243 8.3: `ResourceType` is a number of 16 bits.
pub(super) fn invalid_resource_type(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for element in items(envelope).filter_map(|item| item.resource_type()) {
        let text = element.text();
        let text = number::collapse(&text);
        let error = match number::unsigned_short(text) {
            Ok(_) | Err(NumberError::Empty) => continue,
            Err(error) => error,
        };
        let draft = out
            .at(element.text_span(), format_args!("the `ResourceType` {} {error}", quoted(text)));
        match resource_type_named(text) {
            Some(number) => draft.help(format_args!("write `{number}`")).done(),
            None => {
                draft.help(format_args!("write the number CIM has for the kind of device")).done()
            }
        }
    }
}

/// CIM_ResourceAllocationSettingData: 1 to 33 are defined, from 32768 on they are the vendors'.
pub(super) fn reserved_resource_type(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for item in items(envelope) {
        if let (Some(element), Some(number)) = (item.resource_type(), item.type_number())
            && resource_type(number) == ResourceType::Reserved
        {
            out.at(
                element.text_span(),
                format_args!("the `ResourceType` {number} is not defined by CIM"),
            )
            .help(format_args!("write `1` and name the kind of device in `OtherResourceType`"))
            .done();
        }
    }
}

/// CIM_ResourceAllocationSettingData: what type 1 is stands in `OtherResourceType`; VMware says it in
/// `ResourceSubType`.
pub(super) fn unnamed_other_device(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        for device in devices(hardware).filter(|device| device.resource_type() == Some(1)) {
            let is_named = device.text(Setting::OtherResourceType).is_some()
                || device.text(Setting::ResourceSubType).is_some();
            if !is_named && let Some(element) = device.setting(Setting::ResourceType) {
                out.at(
                    element.text_span(),
                    format_args!(
                        "nothing says what the other device is{}",
                        hardware.variants().under(hardware.variants().options(device.index()))
                    ),
                )
                .help(format_args!("name the kind of device in `OtherResourceType`"))
                .done();
            }
        }
    }
}

/// DSP0243 8.3, 9.8: of the Items of one `InstanceID`, each belongs to other deployment options, or is
/// another end of a range.
pub(super) fn duplicate_instance_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        for item in hardware.items().filter(|item| item.bound_kind() == Bound::Normal) {
            let Some(twin) = item.twin() else { continue };
            let (Some(id), Some(first)) = (item.instance_id(), twin.instance_id()) else {
                continue;
            };
            let draft = out
                .at(
                    id.text_span(),
                    format_args!("another Item has the InstanceID {}", quoted(id.text().trim())),
                )
                .label(first.text_span(), format_args!("the first is here"));
            match item.configuration() {
                _ if item.type_number() != twin.type_number() => draft
                    .help(format_args!(
                        "they are devices of different types: give each an InstanceID of its own"
                    ))
                    .done(),
                None => draft.help(format_args!("give each Item an InstanceID of its own")).done(),
                Some(_) => draft
                    .help(format_args!(
                        "leave one of the Items for these deployment options, or give them InstanceIDs of their own"
                    ))
                    .done(),
            }
        }
    }
}

/// DSP0243 8.4, 9.8: the Items of one `InstanceID` have one `ResourceType`.
pub(super) fn conflicting_resource_type(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for hardware in envelope.hardware() {
        for item in hardware.items() {
            // What is a duplicate anyway has a rule of its own.
            let (None, Some(first)) = (item.twin(), item.typed_before()) else { continue };
            let (Some(own), Some(its)) = (item.type_number(), first.type_number()) else {
                continue;
            };
            if own == its {
                continue;
            }
            let (Some(element), Some(label)) = (item.resource_type(), first.resource_type()) else {
                continue;
            };
            out.at(
                element.text_span(),
                format_args!(
                    "the device {} has the resource type {own} here and {its} elsewhere",
                    quoted(&item.id().unwrap_or_default())
                ),
            )
            .label(label.text_span(), format_args!("the first is here"))
            .help(format_args!("give the Items one ResourceType, or InstanceIDs of their own"))
            .done();
        }
    }
}
