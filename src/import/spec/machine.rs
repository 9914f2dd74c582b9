//! `VirtualMachineConfigSpec` and what it is made of.

use super::device::DeviceChange;
use super::object::{AnyText, Field, Value, data_objects, enumerations};
use super::vapp::VmVappConfig;

data_objects! {
    /// `VirtualMachineConfigSpec`: the machine to be made.
    ///
    /// Fields that a descriptor cannot set are not here.
    ConfigSpec = "VirtualMachineConfigSpec" {
        /// The name, with `%`, `/` and `\` escaped, at most 80 characters.
        name: Option<String> = "name",
        /// The virtual hardware: `vmx-19`.
        version: Option<String> = "version",
        /// The UUID of the BIOS.
        uuid: Option<String> = "uuid",
        /// The guest: an identifier of `VirtualMachineGuestOsIdentifier`.
        guest_id: Option<String> = "guestId",
        /// The name of the guest where there is no identifier for it.
        alternate_guest_name: Option<String> = "alternateGuestName",
        /// What people want to know of it.
        annotation: Option<String> = "annotation",
        /// Where its files go.
        files: Option<FileInfo> = "files",
        /// What VMware Tools do.
        tools: Option<Tools> = "tools",
        /// Switches.
        flags: Option<Flags> = "flags",
        /// What the buttons for power do.
        power_op_info: Option<PowerOpInfo> = "powerOpInfo",
        /// Whether a reboot powers off.
        reboot_power_off: Option<bool> = "rebootPowerOff",
        /// How many virtual processors.
        num_cpus: Option<i32> = "numCPUs",
        /// How many of them make a socket.
        num_cores_per_socket: Option<i32> = "numCoresPerSocket",
        /// Memory in MiB.
        memory_mb: Option<i64> = "memoryMB",
        /// Whether memory can be added while it runs.
        memory_hot_add_enabled: Option<bool> = "memoryHotAddEnabled",
        /// Whether processors can be added while it runs.
        cpu_hot_add_enabled: Option<bool> = "cpuHotAddEnabled",
        /// Whether processors can be removed while it runs.
        cpu_hot_remove_enabled: Option<bool> = "cpuHotRemoveEnabled",
        /// Whether there is an ICH7M.
        virtual_ich7m_present: Option<bool> = "virtualICH7MPresent",
        /// Whether there is an SMC.
        virtual_smc_present: Option<bool> = "virtualSMCPresent",
        /// The devices, each to be added; controllers come first.
        device_change: Vec<DeviceChange> = "deviceChange",
        /// Its share of processors; amounts in MHz.
        cpu_allocation: Option<ResourceAllocation> = "cpuAllocation",
        /// Its share of memory; amounts in MiB.
        memory_allocation: Option<ResourceAllocation> = "memoryAllocation",
        /// What the processors must say of themselves.
        cpu_feature_mask: Vec<CpuIdInfoSpec> = "cpuFeatureMask",
        /// Lines of the `.vmx` file.
        extra_config: Vec<OptionValue> = "extraConfig",
        /// How it starts.
        boot_options: Option<BootOptions> = "bootOptions",
        /// What it is as part of a vApp, or as software to be set up.
        vapp_config: Option<VmVappConfig> = "vAppConfig",
        /// `bios` or `efi`.
        firmware: Option<String> = "firmware",
        /// Most consoles at once.
        max_mks_connections: Option<i32> = "maxMksConnections",
        /// Whether the guest is locked when the last console is closed.
        guest_auto_lock_enabled: Option<bool> = "guestAutoLockEnabled",
        /// Whether all memory is reserved.
        memory_reservation_locked_to_max: Option<bool> = "memoryReservationLockedToMax",
        /// Whether it can run machines itself.
        nested_hv_enabled: Option<bool> = "nestedHVEnabled",
        /// Whether it has counters of performance.
        vpmc_enabled: Option<bool> = "vPMCEnabled",
        /// Storage policies of the machine's own files.
        vm_profile: Vec<DefinedProfile> = "vmProfile",
        /// Whether there is a tunnel of messages to the host.
        message_bus_tunnel_enabled: Option<bool> = "messageBusTunnelEnabled",
        /// Its enclaves.
        sgx_info: Option<SgxInfo> = "sgxInfo",
        /// Whether its memory is encrypted by the processor (AMD).
        sev_enabled: Option<bool> = "sevEnabled",
        /// Its NUMA nodes.
        virtual_numa: Option<VirtualNuma> = "virtualNuma",
        /// `acpiHostBridges` or `i440bxHostBridge`.
        motherboard_layout: Option<String> = "motherboardLayout",
        /// Whether persistent memory may fail over.
        pmem_failover_enabled: Option<bool> = "pmemFailoverEnabled",
        /// Whether figures of the VMX process are gathered.
        vmx_stats_collection_enabled: Option<bool> = "vmxStatsCollectionEnabled",
        /// Whether the software is told of operations on the machine.
        vm_op_notification_to_app_enabled: Option<bool> = "vmOpNotificationToAppEnabled",
        /// How long they wait for it, in seconds.
        vm_op_notification_timeout: Option<i64> = "vmOpNotificationTimeout",
        /// Threads of each core.
        simultaneous_threads: Option<i32> = "simultaneousThreads",
        /// Its persistent memory.
        pmem: Option<VirtualPMem> = "pmem",
        /// Whether devices of the host can be plugged while it runs.
        fixed_passthru_hot_plug_enabled: Option<bool> = "fixedPassthruHotPlugEnabled",
        /// Whether it may fail over to another site.
        metro_ft_enabled: Option<bool> = "metroFtEnabled",
        /// Whether it is a trust domain (Intel).
        tdx_enabled: Option<bool> = "tdxEnabled",
        /// Whether its memory cannot be remapped unseen (AMD).
        sev_snp_enabled: Option<bool> = "sevSnpEnabled",
    }

    /// `VirtualMachineFileInfo`: where the files go. The target chooses when nothing is set.
    FileInfo = "VirtualMachineFileInfo" {
        /// `[datastore] folder/name.vmx`.
        vm_path_name: Option<String> = "vmPathName",
    }

    /// `VirtualMachineBootOptions`: how the machine starts.
    BootOptions = "VirtualMachineBootOptions" {
        /// How long it waits before it starts, in milliseconds.
        boot_delay: Option<i64> = "bootDelay",
        /// Whether it begins with the setup of its BIOS.
        enter_bios_setup: Option<bool> = "enterBIOSSetup",
        /// Whether it starts signed software only.
        efi_secure_boot_enabled: Option<bool> = "efiSecureBootEnabled",
        /// Whether it tries again when nothing can be started.
        boot_retry_enabled: Option<bool> = "bootRetryEnabled",
        /// After how long, in milliseconds.
        boot_retry_delay: Option<i64> = "bootRetryDelay",
        /// What it starts from, the first first.
        boot_order: Vec<BootableDevice> = "bootOrder",
        /// `ipv4` or `ipv6`.
        network_boot_protocol: Option<String> = "networkBootProtocol",
    }

    /// `VirtualMachineFlagInfo`: switches of the machine.
    Flags = "VirtualMachineFlagInfo" {
        /// Whether acceleration is off.
        disable_acceleration: Option<bool> = "disableAcceleration",
        /// Whether a log is written.
        enable_logging: Option<bool> = "enableLogging",
        /// Whether the network card of the host does part of the work.
        use_toe: Option<bool> = "useToe",
        /// Whether it runs with information for debugging.
        run_with_debug_info: Option<bool> = "runWithDebugInfo",
        /// `release`, `debug` or `stats`.
        monitor_type: Option<String> = "monitorType",
        /// `any`, `none` or `internal`.
        ht_sharing: Option<String> = "htSharing",
        /// Whether there are no snapshots.
        snapshot_disabled: Option<bool> = "snapshotDisabled",
        /// Whether the snapshots cannot be changed.
        snapshot_locked: Option<bool> = "snapshotLocked",
        /// Whether the guest sees UUIDs of disks.
        disk_uuid_enabled: Option<bool> = "diskUuidEnabled",
        /// `automatic`, `on` or `off`.
        virtual_mmu_usage: Option<String> = "virtualMmuUsage",
        /// `hvAuto`, `hvOn` or `hvOff`.
        virtual_exec_usage: Option<String> = "virtualExecUsage",
        /// `powerOff`, `revert`, `prompt` or `take`.
        snapshot_power_off_behavior: Option<String> = "snapshotPowerOffBehavior",
        /// Whether runs can be recorded.
        record_replay_enabled: Option<bool> = "recordReplayEnabled",
        /// `unset`, `recordReplay` or `checkpointing`.
        fault_tolerance_type: Option<String> = "faultToleranceType",
        /// Whether reads are cached by content.
        cbrc_cache_enabled: Option<bool> = "cbrcCacheEnabled",
        /// Whether there is an IOMMU.
        vvtd_enabled: Option<bool> = "vvtdEnabled",
        /// Whether security of the guest rests on virtualisation.
        vbs_enabled: Option<bool> = "vbsEnabled",
    }

    /// `ToolsConfigInfo`: what VMware Tools do in the guest.
    Tools = "ToolsConfigInfo" {
        /// Whether scripts run after power on.
        after_power_on: Option<bool> = "afterPowerOn",
        /// Whether scripts run after resuming.
        after_resume: Option<bool> = "afterResume",
        /// Whether scripts run before standby.
        before_guest_standby: Option<bool> = "beforeGuestStandby",
        /// Whether scripts run before shutdown.
        before_guest_shutdown: Option<bool> = "beforeGuestShutdown",
        /// Whether scripts run before a reboot.
        before_guest_reboot: Option<bool> = "beforeGuestReboot",
        /// `manual` or `upgradeAtPowerCycle`.
        tools_upgrade_policy: Option<String> = "toolsUpgradePolicy",
        /// Whether the clock of the guest may be set.
        sync_time_with_host_allowed: Option<bool> = "syncTimeWithHostAllowed",
        /// Whether it is.
        sync_time_with_host: Option<bool> = "syncTimeWithHost",
    }

    /// `VirtualMachineDefaultPowerOpInfo`: what the buttons for power do: `soft`, `hard` or `preset`.
    PowerOpInfo = "VirtualMachineDefaultPowerOpInfo" {
        /// What powering off does.
        power_off_type: Option<String> = "powerOffType",
        /// What suspending does.
        suspend_type: Option<String> = "suspendType",
        /// What resetting does.
        reset_type: Option<String> = "resetType",
        /// What powering off does by default.
        default_power_off_type: Option<String> = "defaultPowerOffType",
        /// What suspending does by default.
        default_suspend_type: Option<String> = "defaultSuspendType",
        /// What resetting does by default.
        default_reset_type: Option<String> = "defaultResetType",
        /// `checkpoint` or `powerOnSuspend`.
        standby_action: Option<String> = "standbyAction",
    }

    /// `ResourceAllocationInfo`: a share of a resource; amounts in MHz or MiB.
    ResourceAllocation = "ResourceAllocationInfo" {
        /// The least that is given.
        reservation: Option<i64> = "reservation",
        /// Whether a pool may take more from the pool it is in.
        expandable_reservation: Option<bool> = "expandableReservation",
        /// The most that is given; -1 for no limit.
        limit: Option<i64> = "limit",
        /// Its weight when the resource is short.
        shares: Option<Shares> = "shares",
    }

    /// `OptionValue`: a line of the `.vmx` file.
    OptionValue = "OptionValue" {
        /// The name.
        key: String = "key",
        /// The value.
        value: AnyText = "value",
    }

    /// `VirtualMachineCpuIdInfoSpec`.
    CpuIdInfoSpec = "VirtualMachineCpuIdInfoSpec" {
        /// Added.
        operation: Operation = "operation",
        /// What the processor must say.
        info: CpuIdInfo = "info",
    }

    /// `HostCpuIdInfo`: what a processor says of itself, bit by bit.
    CpuIdInfo = "HostCpuIdInfo" {
        /// The number it is asked with.
        level: i32 = "level",
        /// The vendor it is about; all when absent.
        vendor: Option<String> = "vendor",
        /// 32 characters in groups of four, the highest bit first.
        eax: Option<String> = "eax",
        /// Like `eax`.
        ebx: Option<String> = "ebx",
        /// Like `eax`.
        ecx: Option<String> = "ecx",
        /// Like `eax`.
        edx: Option<String> = "edx",
    }

    /// `VirtualMachineDefinedProfileSpec`: a storage policy.
    DefinedProfile = "VirtualMachineDefinedProfileSpec" {
        /// Its identifier at the target.
        profile_id: String = "profileId",
    }

    /// `VirtualMachineSgxInfo`: enclaves.
    SgxInfo = "VirtualMachineSgxInfo" {
        /// Their memory, in MiB; required by the API.
        epc_size: i64 = "epcSize",
        /// `locked` or `unlocked`.
        flc_mode: Option<String> = "flcMode",
        /// The hash of the launch key.
        le_pub_key_hash: Option<String> = "lePubKeyHash",
        /// Whether the host must be attested.
        require_attestation: Option<bool> = "requireAttestation",
    }

    /// `VirtualMachineVirtualNuma`: NUMA nodes.
    VirtualNuma = "VirtualMachineVirtualNuma" {
        /// Cores of each node.
        cores_per_numa_node: Option<i32> = "coresPerNumaNode",
        /// Whether nodes are shown although processors can be added.
        expose_vnuma_on_cpu_hotadd: Option<bool> = "exposeVnumaOnCpuHotadd",
    }

    /// `VirtualMachineVirtualPMem`: persistent memory.
    VirtualPMem = "VirtualMachineVirtualPMem" {
        /// `independent_persistent` or `independent_eraseonrevert`.
        snapshot_mode: Option<String> = "snapshotMode",
    }
}

/// `SharesInfo`: a weight when a resource is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// The number, which counts when the level is custom.
    pub shares: i32,
    /// The level.
    pub level: SharesLevel,
}

data_objects!(@impl Shares = "SharesInfo" { shares = "shares", level = "level", });

enumerations! {
    /// `ArrayUpdateOperation`, of which a new machine needs one.
    Operation {
        /// Something is added.
        Add = "add",
    }

    /// `SharesLevel`.
    SharesLevel {
        /// Half of normal.
        Low = "low",
        /// What everybody has.
        Normal = "normal",
        /// Twice normal.
        High = "high",
        /// As the number says.
        Custom = "custom",
    }
}

#[allow(clippy::derivable_impls, reason = "the macro takes no attributes of variants")]
impl Default for Operation {
    fn default() -> Self {
        Self::Add
    }
}

/// `VirtualMachineBootOptionsBootableDevice`: what a machine starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BootableDevice {
    /// A CD drive.
    Cdrom,
    /// A disk.
    Disk {
        /// The key of the device.
        device_key: i32,
    },
    /// A network card.
    Ethernet {
        /// The key of the device.
        device_key: i32,
    },
    /// A floppy drive.
    Floppy,
}

impl super::object::DataObject for BootableDevice {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Cdrom => "VirtualMachineBootOptionsBootableCdromDevice",
            Self::Disk { .. } => "VirtualMachineBootOptionsBootableDiskDevice",
            Self::Ethernet { .. } => "VirtualMachineBootOptionsBootableEthernetDevice",
            Self::Floppy => "VirtualMachineBootOptionsBootableFloppyDevice",
        }
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        match self {
            Self::Disk { device_key } | Self::Ethernet { device_key } => {
                field("deviceKey", Value::Number((*device_key).into()));
            }
            Self::Cdrom | Self::Floppy => {}
        }
    }
}

impl Field for BootableDevice {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Object(self))
    }
}
