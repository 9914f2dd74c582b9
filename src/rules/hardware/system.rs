//! DSP0243 8.1: `System`, a `CIM_VirtualSystemSettingData`.

use super::super::Out;
use super::is_legacy;
use crate::diagnostic::{closest, quoted};
use crate::model::{AttributeName, ElementName, Scope, System};
use crate::namespace::Namespace;
use crate::value::number;

/// DSP0243 8.1: a `System` has an `ElementName` and an `InstanceID`.
pub(super) fn incomplete_system(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for system in envelope.hardware().filter_map(|hardware| hardware.system()) {
        let missing = match (system.element_name(), system.instance_id()) {
            (Some(_), Some(_)) => continue,
            (None, Some(_)) => "`vssd:ElementName`",
            (Some(_), None) => "`vssd:InstanceID`",
            (None, None) => "`vssd:ElementName` and no `vssd:InstanceID`",
        };
        out.at(system.element().name_span(), format_args!("`System` has no {missing}"))
            .help(format_args!("name the hardware family, and give it the InstanceID `0`"))
            .done();
    }
}

/// DSP8023: the children of `System` stand in the order of their names.
pub(super) fn misordered_system(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if is_legacy(envelope) {
        return;
    }
    for system in envelope.hardware().filter_map(|hardware| hardware.system()) {
        let mut last = 0;
        for child in system.element().children().filter(|child| child.namespace().is_cim()) {
            let name = match child.name() {
                ElementName::LegacyInstanceId => ElementName::InstanceId,
                name => name,
            };
            let Some(at) = System::place(name) else { continue };
            if at < last {
                out.at(
                    child.name_span(),
                    format_args!("{} does not stand in the order of names", quoted(child.local())),
                )
                .help(format_args!("sort the children of `System` by name"))
                .done();
                break;
            }
            last = at;
        }
    }
}

/// DSP0243 8.1: what stands in CIM's namespace is a property of the class.
pub(super) fn unknown_system_setting(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for system in envelope.hardware().filter_map(|hardware| hardware.system()) {
        for child in system.element().children() {
            let is_optional = || {
                child
                    .attribute_named(AttributeName::Required)
                    .is_some_and(|required| number::boolean(&required.value()) == Ok(false))
            };
            if child.namespace() != Namespace::Vssd
                || child.name() == ElementName::LegacyInstanceId
                || System::place(child.name()).is_some()
                || is_optional()
            {
                continue;
            }
            let draft = out.at(
                child.name_span(),
                format_args!("CIM_VirtualSystemSettingData has no {}", quoted(child.local())),
            );
            if !draft.is_kept() {
                continue;
            }
            match closest(child.local(), System::SETTINGS.iter().copied()) {
                Some(name) => {
                    draft.help(format_args!("write `vssd:{name}` if that is meant")).done()
                }
                None => draft.help(format_args!("put it into a namespace of your own")).done(),
            }
        }
    }
}
