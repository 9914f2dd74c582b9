//! `vmw:Config`: settings of the machine and of its devices, by path in vSphere's API.

use super::machine::{ConfigSpec, Shares, SharesLevel};
use crate::model::ConfigEntry;
use crate::value::number;

/// What a setting sets, and what its value may be.
pub(super) enum Set<T> {
    /// `true` or `false`.
    Boolean(fn(&mut T, bool)),
    /// A number of 32 bits, from 0.
    Int(fn(&mut T, i32)),
    /// A number of 64 bits, from 0.
    Long(fn(&mut T, i64)),
    /// One of some words; any text when there are none.
    Text(&'static [&'static str], fn(&mut T, String)),
    /// Something of its own; `None` when it cannot be read.
    Parsed(fn(&mut T, &str) -> Option<()>),
}

/// The settings of something, by key.
pub(super) type Table<T> = &'static [(&'static str, Set<T>)];

/// Why a setting was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Nobody knows the key.
    Key,
    /// The value is none for it.
    Value,
}

impl<T> Set<T> {
    fn apply(&self, target: &mut T, value: &str) -> Result<(), Refused> {
        let value = value.trim();
        match self {
            Self::Boolean(set) => set(target, boolean(value).ok_or(Refused::Value)?),
            Self::Int(set) => {
                let value = number::unsigned_int(value).map_err(|_| Refused::Value)?;
                set(target, i32::try_from(value).map_err(|_| Refused::Value)?);
            }
            Self::Long(set) => {
                let value = number::unsigned_long(value).map_err(|_| Refused::Value)?;
                set(target, i64::try_from(value).map_err(|_| Refused::Value)?);
            }
            Self::Text(words, set) => {
                let word = words.iter().find(|word| word.eq_ignore_ascii_case(value));
                match word {
                    Some(word) => set(target, (*word).to_owned()),
                    None if words.is_empty() => set(target, value.to_owned()),
                    None => return Err(Refused::Value),
                }
            }
            Self::Parsed(set) => set(target, value).ok_or(Refused::Value)?,
        }
        Ok(())
    }
}

/// `true` and `false` in any letter case, `1` and `0`.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match number::boolean(text) {
        Ok(meant) | Err(number::BooleanError::Case { meant }) => Some(meant),
        Err(_) => None,
    }
}

/// Makes a setting. A key counts in any letter case.
pub(super) fn apply<T>(
    table: Table<T>,
    target: &mut T,
    key: &str,
    value: &str,
) -> Result<(), Refused> {
    let (_, set) = table
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(key.trim()))
        .ok_or(Refused::Key)?;
    set.apply(target, value)
}

/// The key and the value of an entry; a missing value is empty.
pub(super) fn entry(entry: ConfigEntry<'_, '_>) -> Option<(String, String)> {
    let key = entry.key()?.value().into_owned();
    let value = entry.value().map(|value| value.value().into_owned()).unwrap_or_default();
    Some((key, value))
}

use Set::{Boolean, Int, Long, Text};

const POWER: &[&str] = &["soft", "hard", "preset"];
/// The levels of [`SharesLevel`].
pub(super) const LEVELS: &[&str] = &["low", "normal", "high", "custom"];

/// Settings of the machine (vSphere Web Services API: `VirtualMachineConfigSpec` and what is in it).
pub(super) const MACHINE: Table<ConfigSpec> = &[
    ("bootOptions.bootDelay", Long(|s, v| boot(s).boot_delay = Some(v))),
    ("bootOptions.bootRetryDelay", Long(|s, v| boot(s).boot_retry_delay = Some(v))),
    ("bootOptions.bootRetryEnabled", Boolean(|s, v| boot(s).boot_retry_enabled = Some(v))),
    ("bootOptions.efiSecureBootEnabled", Boolean(|s, v| boot(s).efi_secure_boot_enabled = Some(v))),
    ("bootOptions.enterBIOSSetup", Boolean(|s, v| boot(s).enter_bios_setup = Some(v))),
    (
        "bootOptions.networkBootProtocol",
        Text(&["ipv4", "ipv6"], |s, v| boot(s).network_boot_protocol = Some(v)),
    ),
    (
        "cpuAllocation.shares.level",
        Text(LEVELS, |s, v| shares(&mut s.cpu_allocation).level = level(&v)),
    ),
    ("cpuAllocation.shares.shares", Int(|s, v| shares(&mut s.cpu_allocation).shares = v)),
    ("cpuHotAddEnabled", Boolean(|s, v| s.cpu_hot_add_enabled = Some(v))),
    ("cpuHotRemoveEnabled", Boolean(|s, v| s.cpu_hot_remove_enabled = Some(v))),
    ("firmware", Text(&["bios", "efi"], |s, v| s.firmware = Some(v))),
    ("fixedPassthruHotPlugEnabled", Boolean(|s, v| s.fixed_passthru_hot_plug_enabled = Some(v))),
    ("flags.cbrcCacheEnabled", Boolean(|s, v| flags(s).cbrc_cache_enabled = Some(v))),
    ("flags.disableAcceleration", Boolean(|s, v| flags(s).disable_acceleration = Some(v))),
    ("flags.diskUuidEnabled", Boolean(|s, v| flags(s).disk_uuid_enabled = Some(v))),
    ("flags.enableLogging", Boolean(|s, v| flags(s).enable_logging = Some(v))),
    ("flags.faultToleranceType", Text(&[], |s, v| flags(s).fault_tolerance_type = Some(v))),
    ("flags.htSharing", Text(&["any", "none", "internal"], |s, v| flags(s).ht_sharing = Some(v))),
    (
        "flags.monitorType",
        Text(&["release", "debug", "stats"], |s, v| flags(s).monitor_type = Some(v)),
    ),
    ("flags.recordReplayEnabled", Boolean(|s, v| flags(s).record_replay_enabled = Some(v))),
    ("flags.runWithDebugInfo", Boolean(|s, v| flags(s).run_with_debug_info = Some(v))),
    ("flags.snapshotDisabled", Boolean(|s, v| flags(s).snapshot_disabled = Some(v))),
    ("flags.snapshotLocked", Boolean(|s, v| flags(s).snapshot_locked = Some(v))),
    (
        "flags.snapshotPowerOffBehavior",
        Text(&["powerOff", "revert", "prompt", "take"], |s, v| {
            flags(s).snapshot_power_off_behavior = Some(v);
        }),
    ),
    ("flags.useToe", Boolean(|s, v| flags(s).use_toe = Some(v))),
    ("flags.vbsEnabled", Boolean(|s, v| flags(s).vbs_enabled = Some(v))),
    (
        "flags.virtualExecUsage",
        Text(&["hvAuto", "hvOn", "hvOff"], |s, v| flags(s).virtual_exec_usage = Some(v)),
    ),
    (
        "flags.virtualMmuUsage",
        Text(&["automatic", "on", "off"], |s, v| flags(s).virtual_mmu_usage = Some(v)),
    ),
    ("flags.vvtdEnabled", Boolean(|s, v| flags(s).vvtd_enabled = Some(v))),
    ("guestAutoLockEnabled", Boolean(|s, v| s.guest_auto_lock_enabled = Some(v))),
    ("maxMksConnections", Int(|s, v| s.max_mks_connections = Some(v))),
    (
        "memoryAllocation.shares.level",
        Text(LEVELS, |s, v| shares(&mut s.memory_allocation).level = level(&v)),
    ),
    ("memoryAllocation.shares.shares", Int(|s, v| shares(&mut s.memory_allocation).shares = v)),
    ("memoryHotAddEnabled", Boolean(|s, v| s.memory_hot_add_enabled = Some(v))),
    ("memoryReservationLockedToMax", Boolean(|s, v| s.memory_reservation_locked_to_max = Some(v))),
    ("messageBusTunnelEnabled", Boolean(|s, v| s.message_bus_tunnel_enabled = Some(v))),
    ("metroFtEnabled", Boolean(|s, v| s.metro_ft_enabled = Some(v))),
    (
        "motherboardLayout",
        Text(&["acpiHostBridges", "i440bxHostBridge"], |s, v| s.motherboard_layout = Some(v)),
    ),
    ("nestedHVEnabled", Boolean(|s, v| s.nested_hv_enabled = Some(v))),
    ("pmem.snapshotMode", Text(&[], |s, v| s.pmem.get_or_insert_default().snapshot_mode = Some(v))),
    ("pmemFailoverEnabled", Boolean(|s, v| s.pmem_failover_enabled = Some(v))),
    (
        "powerOpInfo.defaultPowerOffType",
        Text(POWER, |s, v| power(s).default_power_off_type = Some(v)),
    ),
    ("powerOpInfo.defaultResetType", Text(POWER, |s, v| power(s).default_reset_type = Some(v))),
    ("powerOpInfo.defaultSuspendType", Text(POWER, |s, v| power(s).default_suspend_type = Some(v))),
    ("powerOpInfo.powerOffType", Text(POWER, |s, v| power(s).power_off_type = Some(v))),
    ("powerOpInfo.resetType", Text(POWER, |s, v| power(s).reset_type = Some(v))),
    (
        "powerOpInfo.standbyAction",
        Text(&["checkpoint", "powerOnSuspend"], |s, v| power(s).standby_action = Some(v)),
    ),
    ("powerOpInfo.suspendType", Text(POWER, |s, v| power(s).suspend_type = Some(v))),
    ("rebootPowerOff", Boolean(|s, v| s.reboot_power_off = Some(v))),
    ("sevEnabled", Boolean(|s, v| s.sev_enabled = Some(v))),
    ("sevSnpEnabled", Boolean(|s, v| s.sev_snp_enabled = Some(v))),
    ("sgxInfo.epcSize", Long(|s, v| s.sgx_info.get_or_insert_default().epc_size = v)),
    (
        "sgxInfo.flcMode",
        Text(&["locked", "unlocked"], |s, v| s.sgx_info.get_or_insert_default().flc_mode = Some(v)),
    ),
    (
        "sgxInfo.lePubKeyHash",
        Text(&[], |s, v| s.sgx_info.get_or_insert_default().le_pub_key_hash = Some(v)),
    ),
    (
        "sgxInfo.requireAttestation",
        Boolean(|s, v| s.sgx_info.get_or_insert_default().require_attestation = Some(v)),
    ),
    ("simultaneousThreads", Int(|s, v| s.simultaneous_threads = Some(v))),
    ("tdxEnabled", Boolean(|s, v| s.tdx_enabled = Some(v))),
    ("tools.afterPowerOn", Boolean(|s, v| tools(s).after_power_on = Some(v))),
    ("tools.afterResume", Boolean(|s, v| tools(s).after_resume = Some(v))),
    ("tools.beforeGuestReboot", Boolean(|s, v| tools(s).before_guest_reboot = Some(v))),
    ("tools.beforeGuestShutdown", Boolean(|s, v| tools(s).before_guest_shutdown = Some(v))),
    ("tools.beforeGuestStandby", Boolean(|s, v| tools(s).before_guest_standby = Some(v))),
    ("tools.syncTimeWithHost", Boolean(|s, v| tools(s).sync_time_with_host = Some(v))),
    (
        "tools.syncTimeWithHostAllowed",
        Boolean(|s, v| tools(s).sync_time_with_host_allowed = Some(v)),
    ),
    (
        "tools.toolsUpgradePolicy",
        Text(&["manual", "upgradeAtPowerCycle"], |s, v| tools(s).tools_upgrade_policy = Some(v)),
    ),
    ("uuid", Text(&[], |s, v| s.uuid = Some(v))),
    ("vPMCEnabled", Boolean(|s, v| s.vpmc_enabled = Some(v))),
    ("virtualICH7MPresent", Boolean(|s, v| s.virtual_ich7m_present = Some(v))),
    (
        "virtualNuma.coresPerNumaNode",
        Int(|s, v| s.virtual_numa.get_or_insert_default().cores_per_numa_node = Some(v)),
    ),
    (
        "virtualNuma.exposeVnumaOnCpuHotadd",
        Boolean(|s, v| s.virtual_numa.get_or_insert_default().expose_vnuma_on_cpu_hotadd = Some(v)),
    ),
    ("virtualSMCPresent", Boolean(|s, v| s.virtual_smc_present = Some(v))),
    ("vmOpNotificationTimeout", Long(|s, v| s.vm_op_notification_timeout = Some(v))),
    ("vmOpNotificationToAppEnabled", Boolean(|s, v| s.vm_op_notification_to_app_enabled = Some(v))),
    ("vmxStatsCollectionEnabled", Boolean(|s, v| s.vmx_stats_collection_enabled = Some(v))),
];

fn boot(spec: &mut ConfigSpec) -> &mut super::machine::BootOptions {
    spec.boot_options.get_or_insert_default()
}

fn flags(spec: &mut ConfigSpec) -> &mut super::machine::Flags {
    spec.flags.get_or_insert_default()
}

fn power(spec: &mut ConfigSpec) -> &mut super::machine::PowerOpInfo {
    spec.power_op_info.get_or_insert_default()
}

fn tools(spec: &mut ConfigSpec) -> &mut super::machine::Tools {
    spec.tools.get_or_insert_default()
}

fn shares(allocation: &mut Option<super::machine::ResourceAllocation>) -> &mut Shares {
    allocation
        .get_or_insert_default()
        .shares
        .get_or_insert(Shares { shares: 0, level: SharesLevel::Custom })
}

/// The level of a word.
pub(super) fn level(word: &str) -> SharesLevel {
    match word {
        "low" => SharesLevel::Low,
        "normal" => SharesLevel::Normal,
        "high" => SharesLevel::High,
        _ => SharesLevel::Custom,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique() {
        for (at, (key, _)) in MACHINE.iter().enumerate() {
            assert!(
                MACHINE[..at].iter().all(|(other, _)| !other.eq_ignore_ascii_case(key)),
                "{key}"
            );
        }
    }

    #[test]
    fn values_are_checked() {
        let mut spec = ConfigSpec::default();
        assert_eq!(apply(MACHINE, &mut spec, "cpuHotAddEnabled", "TRUE"), Ok(()));
        assert_eq!(spec.cpu_hot_add_enabled, Some(true));
        assert_eq!(apply(MACHINE, &mut spec, "firmware", "EFI"), Ok(()));
        assert_eq!(spec.firmware.as_deref(), Some("efi"));
        assert_eq!(apply(MACHINE, &mut spec, "firmware", "openfirmware"), Err(Refused::Value));
        assert_eq!(apply(MACHINE, &mut spec, "bootOptions.bootDelay", "-1"), Err(Refused::Value));
        assert_eq!(apply(MACHINE, &mut spec, "tools.syncTime", "true"), Err(Refused::Key));
    }
}
