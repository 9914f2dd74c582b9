//! DSP0243 9.9 and 9.10: operating system, installation.

use super::{Out, Rule, each_part, each_whole};
use crate::diagnostic::{Code, quoted};
use crate::model::Scope;
use crate::namespace::Version;
use crate::value::{cim, number};

pub(super) const RULES: &[Rule] = &[
    each_part(Code::MISSING_OS_ID, missing_os_id),
    each_part(Code::INVALID_OS_ID, invalid_os_id),
    each_part(Code::UNKNOWN_OS_ID, unknown_os_id),
    each_part(Code::INVALID_INSTALL_DELAY, invalid_install_delay),
    each_whole(Code::MISSING_INSTALL_DELAY, missing_install_delay),
];

/// DSP0243 9.9: `id` is required.
fn missing_os_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for system in envelope.operating_systems().filter(|system| system.id().is_none()) {
        out.at(system.element().name_span(), format_args!("the operating system has no `id`"))
            .help(format_args!(
                "add `ovf:id` with the number CIM has for it; 1 stands for \"other\""
            ))
            .done();
    }
}

/// DSP0243 9.9: `id` is an `xs:unsignedShort`.
fn invalid_os_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for id in envelope.operating_systems().filter_map(|system| system.id()) {
        let value = id.value();
        if let Err(error) = number::unsigned_short(&value) {
            let draft = out.at(
                id.value_span(),
                format_args!("the operating system id {} {error}", quoted(&value)),
            );
            match cim::os_type_named(value.trim()) {
                Some(number) => draft.help(format_args!("write its number, {number}")).done(),
                None => draft
                    .help(format_args!(
                        "write the number CIM has for the system; 1 stands for \"other\""
                    ))
                    .done(),
            }
        }
    }
}

/// DSP0243 9.9: `id` is a value of `CIM_OperatingSystem.OSType`.
fn unknown_os_id(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for id in envelope.operating_systems().filter_map(|system| system.id()) {
        if let Ok(number) = number::unsigned_short(&id.value())
            && cim::os_type(number).is_none()
        {
            out.at(
                id.value_span(),
                format_args!("CIM has no operating system of the number {number}"),
            )
            .help(format_args!(
                "look it up in `CIM_OperatingSystem.OSType`; 1 stands for \"other\""
            ))
            .done();
        }
    }
}

/// DSP0243 9.10: `initialBootStopDelay` is an `xs:unsignedShort` of seconds.
fn invalid_install_delay(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for delay in envelope.installs().filter_map(|install| install.initial_boot_stop_delay()) {
        if let Err(error) = number::unsigned_short(&delay.value()) {
            out.at(
                delay.value_span(),
                format_args!("the delay {} {error}", quoted(&delay.value())),
            )
            .help(format_args!(
                "write the seconds as a whole number; 0 waits until the guest powers off"
            ))
            .done();
        }
    }
}

/// DSP0243 1.1.1 and 2.1 9.10: `initialBootStopDelay` is required. 1.0 and 1.1.0 have a default for it,
/// and nothing tells 1.1.1 from them.
fn missing_install_delay(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    if envelope.version() != Version::V2 {
        return;
    }
    for install in envelope.installs().filter(|install| install.initial_boot_stop_delay().is_none())
    {
        out.at(
            install.element().name_span(),
            format_args!("the section has no `initialBootStopDelay`"),
        )
        .help(format_args!(
            "add `ovf:initialBootStopDelay=\"0\"` to wait until the guest powers off"
        ))
        .done();
    }
}
