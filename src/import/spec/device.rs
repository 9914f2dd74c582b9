//! Devices: `VirtualDeviceConfigSpec`, `VirtualDevice` and those derived from it.

use super::machine::{DefinedProfile, OptionValue, Shares};
use super::object::{DataObject, Field, Value, data_objects, enumerations, kinds};

/// `VirtualDeviceConfigSpec`: a device to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeviceChange {
    /// Whether the file behind the device is made with it: so for disks.
    pub creates_file: bool,
    /// The device.
    pub device: Device,
    /// Its storage policies.
    pub profile: Vec<DefinedProfile>,
}

impl DataObject for DeviceChange {
    fn type_name(&self) -> &'static str {
        "VirtualDeviceConfigSpec"
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("operation", Value::Text("add"));
        if self.creates_file {
            field("fileOperation", Value::Text("create"));
        }
        field("device", Value::Object(&self.device));
        if let Some(profile) = self.profile.value() {
            field("profile", profile);
        }
    }
}

impl Field for DeviceChange {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Object(self))
    }
}

/// `VirtualDevice`, and what is derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Device {
    /// Its number on the machine: negative, as the target gives the final one.
    pub key: i32,
    /// Its name and description.
    pub device_info: Option<Description>,
    /// What is behind it.
    pub backing: Option<Backing>,
    /// Whether it is connected.
    pub connectable: Option<Connectable>,
    /// The slot it takes on the bus.
    pub slot_info: Option<SlotInfo>,
    /// The key of the controller it hangs on: of one of the devices, or one of
    /// [`BUILT_IN`](Self::BUILT_IN).
    pub controller_key: Option<i32>,
    /// Its place on the controller.
    pub unit_number: Option<i32>,
    /// What it is.
    pub kind: DeviceKind,
}

impl Device {
    /// The key of the PCI bus every machine has.
    pub const PCI: i32 = 100;
    /// The keys of the two IDE controllers every machine has.
    pub const IDE: [i32; 2] = [200, 201];
    /// The key of the super I/O chip every machine has: floppy drives, serial and parallel ports.
    pub const SIO: i32 = 400;
    /// The keys of controllers that every machine has and that are no devices of the spec.
    pub const BUILT_IN: &'static [i32] = &[Self::PCI, Self::IDE[0], Self::IDE[1], Self::SIO];
}

impl DataObject for Device {
    fn type_name(&self) -> &'static str {
        self.kind.type_name()
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("key", Value::Number(self.key.into()));
        let common = [
            ("deviceInfo", self.device_info.value()),
            ("backing", self.backing.value()),
            ("connectable", self.connectable.value()),
            ("slotInfo", self.slot_info.value()),
            ("controllerKey", self.controller_key.value()),
            ("unitNumber", self.unit_number.value()),
        ];
        for (name, value) in common {
            if let Some(value) = value {
                field(name, value);
            }
        }
        self.kind.fields(field);
    }
}

data_objects! {
    /// `Description`.
    Description = "Description" {
        /// `ElementName` of the Item.
        label: String = "label",
        /// `Description` of the Item.
        summary: String = "summary",
    }

    /// `VirtualDeviceConnectInfo`: whether a device is connected.
    Connectable = "VirtualDeviceConnectInfo" {
        /// Whether it is when the machine starts.
        start_connected: bool = "startConnected",
        /// Whether the guest may change that.
        allow_guest_control: bool = "allowGuestControl",
        /// Whether it is now; no, as the machine does not run.
        connected: bool = "connected",
    }

    /// `StorageIOAllocationInfo`: a share of the bandwidth of a datastore.
    StorageIoAllocation = "StorageIOAllocationInfo" {
        /// Operations a second at most; -1 for no limit.
        limit: Option<i64> = "limit",
        /// Its weight when bandwidth is short.
        shares: Option<Shares> = "shares",
        /// Operations a second at least.
        reservation: Option<i32> = "reservation",
    }

    /// `VirtualPCIPassthroughAllowedDevice`: a model of device the host may give.
    AllowedDevice = "VirtualPCIPassthroughAllowedDevice" {
        /// The number of the vendor.
        vendor_id: i32 = "vendorId",
        /// The number of the device.
        device_id: i32 = "deviceId",
        /// The number of the vendor of the card.
        sub_vendor_id: Option<i32> = "subVendorId",
        /// The number of the card.
        sub_device_id: Option<i32> = "subDeviceId",
        /// The revision.
        revision_id: Option<i16> = "revisionId",
    }

    /// `ManagedObjectReference`: an object of the target.
    ObjectReference = "ManagedObjectReference" {
        /// Its type: `Datastore`.
        object_type: String = "type",
        /// Its identifier.
        value: String = "value",
    }
}

/// `VirtualDevicePciBusSlotInfo`, or `VirtualUSBControllerPciBusSlotInfo` when there are two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlotInfo {
    /// The slot on the PCI bus.
    pub pci_slot_number: i32,
    /// The slot of the EHCI half of a USB controller.
    pub ehci_pci_slot_number: Option<i32>,
}

impl DataObject for SlotInfo {
    fn type_name(&self) -> &'static str {
        match self.ehci_pci_slot_number {
            None => "VirtualDevicePciBusSlotInfo",
            Some(_) => "VirtualUSBControllerPciBusSlotInfo",
        }
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("pciSlotNumber", Value::Number(self.pci_slot_number.into()));
        if let Some(ehci) = self.ehci_pci_slot_number {
            field("ehciPciSlotNumber", Value::Number(ehci.into()));
        }
    }
}

impl Field for SlotInfo {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Object(self))
    }
}

enumerations! {
    /// `VirtualSCSISharing`.
    ScsiSharing {
        /// The bus is the machine's own.
        None = "noSharing",
        /// Machines of one host share it.
        Virtual = "virtualSharing",
        /// Machines of several hosts share it.
        Physical = "physicalSharing",
    }
}

/// A model of SCSI controller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScsiModel {
    /// `VirtualBusLogicController`.
    BusLogic,
    /// `VirtualLsiLogicController`.
    LsiLogic,
    /// `VirtualLsiLogicSASController`.
    LsiLogicSas,
    /// `ParaVirtualSCSIController`.
    ParaVirtual,
}

/// A model of network card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EthernetModel {
    /// `VirtualE1000`.
    E1000,
    /// `VirtualE1000e`.
    E1000e,
    /// `VirtualPCNet32`.
    PcNet32,
    /// `VirtualSriovEthernetCard`.
    Sriov,
    /// `VirtualVmxnet`.
    Vmxnet,
    /// `VirtualVmxnet2`.
    Vmxnet2,
    /// `VirtualVmxnet3`.
    Vmxnet3,
    /// `VirtualVmxnet3Vrdma`.
    Vmxnet3Vrdma,
}

/// A model of sound card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SoundModel {
    /// `VirtualEnsoniq1371`.
    Ensoniq1371,
    /// `VirtualHdAudioCard`.
    HdAudio,
    /// `VirtualSoundBlaster16`.
    SoundBlaster16,
}

/// What a device is, and what devices of that kind alone have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceKind {
    /// A controller for other devices.
    Controller {
        /// Which.
        kind: ControllerKind,
        /// Its number among those of its kind.
        bus_number: i32,
    },
    /// `VirtualDisk`.
    Disk(Disk),
    /// A network card.
    Ethernet(Ethernet),
    /// `VirtualCdrom`.
    Cdrom,
    /// `VirtualFloppy`.
    Floppy,
    /// `VirtualSerialPort`.
    SerialPort {
        /// Whether the machine gives up its turn while it polls the port.
        yield_on_poll: bool,
    },
    /// `VirtualParallelPort`.
    ParallelPort,
    /// A sound card.
    Sound(SoundModel),
    /// `VirtualMachineVideoCard`.
    Video(VideoCard),
    /// `VirtualMachineVMCIDevice`.
    Vmci {
        /// Whether it may talk to every other machine.
        allow_unrestricted_communication: Option<bool>,
    },
    /// `VirtualTPM`.
    Tpm,
    /// `VirtualPrecisionClock`.
    PrecisionClock,
    /// `VirtualWDT`.
    Watchdog {
        /// Whether it runs from the start.
        run_on_boot: bool,
    },
    /// `VirtualPCIPassthrough`.
    Passthrough,
    /// `VirtualNVDIMM`.
    Nvdimm {
        /// Its size in MiB.
        capacity_in_mb: i64,
    },
}

/// A kind of controller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControllerKind {
    /// `VirtualIDEController`.
    Ide,
    /// A SCSI controller.
    Scsi(ScsiModel, ScsiSharing),
    /// `VirtualAHCIController`.
    Ahci,
    /// `VirtualNVMEController`.
    Nvme,
    /// `VirtualNVDIMMController`.
    Nvdimm,
    /// `VirtualUSBController`.
    Usb {
        /// Whether devices are connected as they are plugged in.
        auto_connect_devices: Option<bool>,
        /// Whether it has USB 2.0 as well.
        ehci_enabled: Option<bool>,
    },
    /// `VirtualUSBXHCIController`.
    Xhci {
        /// Whether devices are connected as they are plugged in.
        auto_connect_devices: Option<bool>,
    },
}

data_objects! {
    /// What a `VirtualDisk` adds.
    Disk = "VirtualDisk" {
        /// Its size in KiB, rounded up.
        capacity_in_kb: i64 = "capacityInKB",
        /// Its size in bytes.
        capacity_in_bytes: i64 = "capacityInBytes",
        /// Its share of the bandwidth of the datastore.
        storage_io_allocation: Option<StorageIoAllocation> = "storageIOAllocation",
        /// Whether the guest can only read it.
        guest_read_only: Option<bool> = "guestReadOnly",
    }

    /// What a `VirtualMachineVideoCard` adds.
    VideoCard = "VirtualMachineVideoCard" {
        /// Its memory in KiB.
        video_ram_size_in_kb: Option<i64> = "videoRamSizeInKB",
        /// How many displays.
        num_displays: Option<i32> = "numDisplays",
        /// Whether it takes its settings from the host's.
        use_auto_detect: Option<bool> = "useAutoDetect",
        /// Whether it draws in three dimensions.
        enable_3d_support: Option<bool> = "enable3DSupport",
        /// `automatic`, `software` or `hardware`.
        use_3d_renderer: Option<String> = "use3dRenderer",
        /// Memory for graphics in KiB.
        graphics_memory_size_in_kb: Option<i64> = "graphicsMemorySizeInKB",
    }
}

/// What a `VirtualEthernetCard` adds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ethernet {
    /// The model.
    pub model: EthernetModel,
    /// The MAC address; one is made when absent.
    pub mac_address: Option<String>,
    /// Whether a frame can wake the machine.
    pub wake_on_lan_enabled: Option<bool>,
    /// Whether the driver of the guest may reach the card of the host.
    pub upt_compatibility_enabled: Option<bool>,
}

impl DataObject for DeviceKind {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Controller { kind, .. } => kind.type_name(),
            Self::Disk(disk) => disk.type_name(),
            Self::Ethernet(ethernet) => match ethernet.model {
                EthernetModel::E1000 => "VirtualE1000",
                EthernetModel::E1000e => "VirtualE1000e",
                EthernetModel::PcNet32 => "VirtualPCNet32",
                EthernetModel::Sriov => "VirtualSriovEthernetCard",
                EthernetModel::Vmxnet => "VirtualVmxnet",
                EthernetModel::Vmxnet2 => "VirtualVmxnet2",
                EthernetModel::Vmxnet3 => "VirtualVmxnet3",
                EthernetModel::Vmxnet3Vrdma => "VirtualVmxnet3Vrdma",
            },
            Self::Cdrom => "VirtualCdrom",
            Self::Floppy => "VirtualFloppy",
            Self::SerialPort { .. } => "VirtualSerialPort",
            Self::ParallelPort => "VirtualParallelPort",
            Self::Sound(SoundModel::Ensoniq1371) => "VirtualEnsoniq1371",
            Self::Sound(SoundModel::HdAudio) => "VirtualHdAudioCard",
            Self::Sound(SoundModel::SoundBlaster16) => "VirtualSoundBlaster16",
            Self::Video(video) => video.type_name(),
            Self::Vmci { .. } => "VirtualMachineVMCIDevice",
            Self::Tpm => "VirtualTPM",
            Self::PrecisionClock => "VirtualPrecisionClock",
            Self::Watchdog { .. } => "VirtualWDT",
            Self::Passthrough => "VirtualPCIPassthrough",
            Self::Nvdimm { .. } => "VirtualNVDIMM",
        }
    }

    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        match self {
            Self::Controller { kind, bus_number } => {
                field("busNumber", Value::Number((*bus_number).into()));
                kind.fields(field);
            }
            Self::Disk(disk) => disk.fields(field),
            Self::Ethernet(ethernet) => ethernet.fields(field),
            Self::SerialPort { yield_on_poll } => {
                field("yieldOnPoll", Value::Boolean(*yield_on_poll));
            }
            Self::Video(video) => video.fields(field),
            Self::Vmci { allow_unrestricted_communication: Some(allow) } => {
                field("allowUnrestrictedCommunication", Value::Boolean(*allow));
            }
            Self::Watchdog { run_on_boot } => {
                field("runOnBoot", Value::Boolean(*run_on_boot));
                field("running", Value::Boolean(false));
            }
            Self::Nvdimm { capacity_in_mb } => {
                field("capacityInMB", Value::Number(*capacity_in_mb));
            }
            Self::Cdrom
            | Self::Floppy
            | Self::ParallelPort
            | Self::Sound(_)
            | Self::Vmci { .. }
            | Self::Tpm
            | Self::PrecisionClock
            | Self::Passthrough => {}
        }
    }
}

impl ControllerKind {
    const fn type_name(self) -> &'static str {
        match self {
            Self::Ide => "VirtualIDEController",
            Self::Scsi(ScsiModel::BusLogic, _) => "VirtualBusLogicController",
            Self::Scsi(ScsiModel::LsiLogic, _) => "VirtualLsiLogicController",
            Self::Scsi(ScsiModel::LsiLogicSas, _) => "VirtualLsiLogicSASController",
            Self::Scsi(ScsiModel::ParaVirtual, _) => "ParaVirtualSCSIController",
            Self::Ahci => "VirtualAHCIController",
            Self::Nvme => "VirtualNVMEController",
            Self::Nvdimm => "VirtualNVDIMMController",
            Self::Usb { .. } => "VirtualUSBController",
            Self::Xhci { .. } => "VirtualUSBXHCIController",
        }
    }

    fn fields<'a>(&self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let mut boolean = |name, value: Option<bool>| {
            if let Some(value) = value {
                field(name, Value::Boolean(value));
            }
        };
        match *self {
            Self::Scsi(_, sharing) => field("sharedBus", Value::Text(sharing.as_str())),
            Self::Usb { auto_connect_devices, ehci_enabled } => {
                boolean("autoConnectDevices", auto_connect_devices);
                boolean("ehciEnabled", ehci_enabled);
            }
            Self::Xhci { auto_connect_devices } => {
                boolean("autoConnectDevices", auto_connect_devices);
            }
            Self::Ide | Self::Ahci | Self::Nvme | Self::Nvdimm => {}
        }
    }
}

impl Ethernet {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        let address_type = if self.mac_address.is_some() { "manual" } else { "generated" };
        field("addressType", Value::Text(address_type));
        if let Some(address) = &self.mac_address {
            field("macAddress", Value::Text(address));
        }
        if let Some(wake) = self.wake_on_lan_enabled {
            field("wakeOnLanEnabled", Value::Boolean(wake));
        }
        if let Some(upt) = self.upt_compatibility_enabled {
            field("uptCompatibilityEnabled", Value::Boolean(upt));
        }
    }
}

kinds! {
    /// `VirtualDeviceBackingInfo`, and those derived from it: what is behind a device.
    Backing {
        /// A file of a disk. `file_name` is empty, as the target chooses it.
        Disk = "VirtualDiskFlatVer2BackingInfo" {
            /// Empty: the target chooses it.
            file_name: String = "fileName",
            /// The datastore it goes to.
            datastore: Option<ObjectReference> = "datastore",
            /// `persistent`.
            disk_mode: &'static str = "diskMode",
            /// Whether it is in pieces of 2 GB.
            split: Option<bool> = "split",
            /// Whether writes wait for the disk of the host.
            write_through: Option<bool> = "writeThrough",
            /// Whether space is taken when it is needed.
            thin_provisioned: Option<bool> = "thinProvisioned",
            /// Whether space is zeroed at once.
            eagerly_scrub: Option<bool> = "eagerlyScrub",
            /// The disk this is a delta of.
            parent: Option<Box<Backing>> = "parent",
            /// `sharingMultiWriter` for a disk of several machines.
            sharing: Option<&'static str> = "sharing",
        }
        /// A file of a disk that gives space back.
        SparseDisk = "VirtualDiskSeSparseBackingInfo" {
            /// Empty: the target chooses it.
            file_name: String = "fileName",
            /// The datastore it goes to.
            datastore: Option<ObjectReference> = "datastore",
            /// `persistent`.
            disk_mode: &'static str = "diskMode",
            /// Whether writes wait for the disk of the host.
            write_through: Option<bool> = "writeThrough",
            /// The disk this is a delta of.
            parent: Option<Box<Backing>> = "parent",
        }
        /// A network.
        Network = "VirtualEthernetCardNetworkBackingInfo" {
            /// What the network is mapped to, else its name in the descriptor.
            device_name: String = "deviceName",
        }
        /// An image of a CD.
        CdromIso = "VirtualCdromIsoBackingInfo" {
            /// Empty: the target chooses it.
            file_name: String = "fileName",
        }
        /// A CD drive of the host.
        CdromAtapi = "VirtualCdromAtapiBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// Whether it does.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A CD drive of whoever watches the console, commands translated.
        CdromRemoteAtapi = "VirtualCdromRemoteAtapiBackingInfo" {
            /// Empty: it is chosen when it is connected.
            device_name: String = "deviceName",
            /// Whether the first is taken.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A CD drive of whoever watches the console.
        CdromRemotePassthrough = "VirtualCdromRemotePassthroughBackingInfo" {
            /// Empty: it is chosen when it is connected.
            device_name: String = "deviceName",
            /// Whether the first is taken.
            use_auto_detect: Option<bool> = "useAutoDetect",
            /// Whether nobody else may use it.
            exclusive: bool = "exclusive",
        }
        /// An image of a floppy disk.
        FloppyImage = "VirtualFloppyImageBackingInfo" {
            /// Empty: the target chooses it.
            file_name: String = "fileName",
        }
        /// A floppy drive of the host.
        FloppyDevice = "VirtualFloppyDeviceBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// Whether it does.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A floppy drive of whoever watches the console.
        FloppyRemote = "VirtualFloppyRemoteDeviceBackingInfo" {
            /// Empty: it is chosen when it is connected.
            device_name: String = "deviceName",
            /// Whether the first is taken.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A serial port of the host.
        SerialDevice = "VirtualSerialPortDeviceBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// Whether it does.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A printer of whoever watches the console.
        SerialThinPrint = "VirtualSerialPortThinPrintBackingInfo" {}
        /// A parallel port of the host.
        ParallelDevice = "VirtualParallelPortDeviceBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// Whether it does.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A sound card of the host.
        SoundDevice = "VirtualSoundCardDeviceBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// Whether it does.
            use_auto_detect: Option<bool> = "useAutoDetect",
        }
        /// A clock of the host.
        Clock = "VirtualPrecisionClockSystemClockBackingInfo" {
            /// `ptp` or `ntp`.
            protocol: Option<String> = "protocol",
        }
        /// Persistent memory.
        Nvdimm = "VirtualNVDIMMBackingInfo" {
            /// Empty: the target chooses it.
            file_name: String = "fileName",
        }
        /// One PCI device of one host.
        PassthroughDevice = "VirtualPCIPassthroughDeviceBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// Where it is on the host: `0000:04:00.0`.
            id: String = "id",
            /// The number of the device.
            device_id: String = "deviceId",
            /// The host.
            system_id: String = "systemId",
            /// The number of the vendor.
            vendor_id: i16 = "vendorId",
        }
        /// Any PCI device of some models.
        PassthroughDynamic = "VirtualPCIPassthroughDynamicBackingInfo" {
            /// Empty: the target chooses it.
            device_name: String = "deviceName",
            /// The models.
            allowed_device: Vec<AllowedDevice> = "allowedDevice",
            /// The label it must have at the target.
            custom_label: Option<String> = "customLabel",
        }
        /// Part of a graphics card.
        PassthroughVmiop = "VirtualPCIPassthroughVmiopBackingInfo" {
            /// Which part.
            vgpu: Option<String> = "vgpu",
            /// Data to be moved in a migration, in MiB.
            vgpu_migrate_data_size_mb: Option<i32> = "vgpuMigrateDataSizeMB",
            /// Whether it can be migrated.
            migrate_supported: Option<bool> = "migrateSupported",
            /// Whether it can be migrated fast.
            enhanced_migrate_capability: Option<bool> = "enhancedMigrateCapability",
        }
        /// A device of a vendor's own class.
        PassthroughDvx = "VirtualPCIPassthroughDvxBackingInfo" {
            /// The class.
            device_class: Option<String> = "deviceClass",
            /// Its settings.
            config_params: Vec<OptionValue> = "configParams",
        }
    }
}
