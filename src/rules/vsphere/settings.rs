//! The settings of VMware's that vSphere does not take, or should not.

use super::super::Out;
use crate::diagnostic::{closest, quoted};
use crate::model::{ConfigEntry, Envelope};

/// The parts of a machine's configuration that `Config` sets by path, each with its properties (vSphere
/// Web Services API: `ToolsConfigInfo`, `VirtualMachineDefaultPowerOpInfo`, `VirtualMachineFlagInfo`,
/// `VirtualMachineBootOptions`).
const PATHS: &[(&str, &[&str])] = &[
    (
        "bootOptions",
        &[
            "bootDelay",
            "bootRetryDelay",
            "bootRetryEnabled",
            "efiSecureBootEnabled",
            "enterBIOSSetup",
            "networkBootProtocol",
        ],
    ),
    (
        "flags",
        &[
            "cbrcCacheEnabled",
            "disableAcceleration",
            "diskUuidEnabled",
            "enableLogging",
            "faultToleranceType",
            "htSharing",
            "monitorType",
            "recordReplayEnabled",
            "runWithDebugInfo",
            "snapshotDisabled",
            "snapshotLocked",
            "snapshotPowerOffBehavior",
            "useToe",
            "vbsEnabled",
            "virtualExecUsage",
            "virtualMmuUsage",
            "vvtdEnabled",
        ],
    ),
    (
        "powerOpInfo",
        &[
            "defaultPowerOffType",
            "defaultResetType",
            "defaultSuspendType",
            "powerOffType",
            "resetType",
            "standbyAction",
            "suspendType",
        ],
    ),
    (
        "tools",
        &[
            "afterPowerOn",
            "afterResume",
            "beforeGuestReboot",
            "beforeGuestShutdown",
            "beforeGuestStandby",
            "syncTimeWithHost",
            "syncTimeWithHostAllowed",
            "toolsUpgradePolicy",
        ],
    ),
];

/// `OvfInvalidValueFormatMalformed`: the key of a `Config` is the path of a property.
pub(super) fn unknown_config_key(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for key in
        envelope.config_entries().filter(|entry| !entry.is_extra()).filter_map(ConfigEntry::key)
    {
        let value = key.value();
        let Some((part, property)) = value.split_once('.') else { continue };
        let Some(&(_, known)) = PATHS.iter().find(|(known, _)| *known == part) else { continue };
        if known.contains(&property) {
            continue;
        }
        let draft =
            out.at(key.value_span(), format_args!("`{part}` has no setting {}", quoted(property)));
        let meant = closest(property, known.iter().copied())
            .or_else(|| known.iter().copied().find(|known| known.starts_with(property)));
        match meant {
            Some(meant) => {
                draft.help(format_args!("write `{part}.{meant}` if that is meant")).done()
            }
            None => draft.help(format_args!("write one of: {}", known.join(", "))).done(),
        }
    }
}

/// How the key of an `ExtraConfig` is told.
enum Key {
    /// This key.
    Exact(&'static str),
    /// All that begin with it.
    Prefix(&'static str),
}

/// Keys vSphere refuses in an `ExtraConfig`, with what to write instead.
const REFUSED: &[(&str, &str)] = &[(
    "vhv.enable",
    "write `<vmw:Config vmw:key=\"nestedHVEnabled\" vmw:value=\"true\"/>` instead",
)];

/// `OvfUnsupportedAttributeValue`: some keys are refused, as there is a setting for them.
pub(super) fn refused_extra_config(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for key in
        envelope.config_entries().filter(|entry| entry.is_extra()).filter_map(ConfigEntry::key)
    {
        let value = key.value();
        if let Some((_, instead)) =
            REFUSED.iter().find(|(known, _)| known.eq_ignore_ascii_case(&value))
        {
            out.at(
                key.value_span(),
                format_args!("vSphere refuses the setting {}", quoted(&value)),
            )
            .help(format_args!("{instead}"))
            .done();
        }
    }
}

/// Keys that open a way between the machine and its host, when they have one of the values, with what
/// they do. No values: whatever the value.
const RISKY: &[(Key, &[&str], &str)] = &[
    (Key::Prefix("debugStub."), &["TRUE", "1"], "lets a debugger into the machine"),
    (Key::Prefix("isolation.tools."), &["FALSE", "0"], "lets guest and console exchange data"),
    (
        Key::Exact("isolation.device.connectable.disable"),
        &["FALSE", "0"],
        "lets users of the guest connect devices",
    ),
    (
        Key::Exact("isolation.device.edit.disable"),
        &["FALSE", "0"],
        "lets users of the guest change devices",
    ),
    (Key::Prefix("RemoteDisplay.vnc."), &[], "opens the console on a port of the host"),
    (Key::Exact("tools.guestlib.enableHostInfo"), &["TRUE", "1"], "tells the guest about its host"),
    (Key::Prefix("vmsafe."), &[], "lets other machines look into this one"),
];

/// vSphere asks before it takes settings that are a risk; these are.
pub(super) fn risky_extra_config(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for entry in envelope.config_entries().filter(|entry| entry.is_extra()) {
        let Some(key) = entry.key() else { continue };
        let (name, value) = (key.value(), entry.value().map(|value| value.value()));
        let value = value.as_deref().unwrap_or_default().trim();
        let risk = RISKY.iter().find(|(known, values, _)| {
            let is_key = match known {
                Key::Exact(known) => known.eq_ignore_ascii_case(&name),
                Key::Prefix(known) => {
                    name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
                }
            };
            is_key
                && (values.is_empty()
                    || values.iter().any(|known| known.eq_ignore_ascii_case(value)))
        });
        if let Some((_, _, what)) = risk {
            out.at(key.value_span(), format_args!("the setting {} {what}", quoted(&name)))
                .help(format_args!("remove it unless the software cannot do without"))
                .done();
        }
    }
}
