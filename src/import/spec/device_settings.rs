//! `vmw:Config` inside an Item: settings of a device, by path in vSphere's API.

use super::device::{
    AllowedDevice, Backing, ControllerKind, Device, DeviceKind, Ethernet, ScsiSharing,
    StorageIoAllocation, VideoCard,
};
use super::machine::{OptionValue, Shares, SharesLevel};
use super::object::AnyText;
use super::settings::Set::{Boolean, Int, Long, Parsed, Text};
use super::settings::{self, LEVELS, Refused, Table, level};

/// Makes a setting of a device.
pub(super) fn apply(device: &mut Device, key: &str, value: &str) -> Result<(), Refused> {
    let own = match &device.kind {
        DeviceKind::Cdrom | DeviceKind::Floppy => DRIVE,
        DeviceKind::Controller { kind: ControllerKind::Scsi(..), .. } => SCSI,
        DeviceKind::Controller {
            kind: ControllerKind::Usb { .. } | ControllerKind::Xhci { .. },
            ..
        } => USB,
        DeviceKind::Disk(_) => DISK,
        DeviceKind::Ethernet(_) => ETHERNET,
        DeviceKind::Passthrough => return passthrough(device, key, value),
        DeviceKind::PrecisionClock => CLOCK,
        DeviceKind::SerialPort { .. } => SERIAL,
        DeviceKind::Video(_) => VIDEO,
        DeviceKind::Vmci { .. } => VMCI,
        DeviceKind::Watchdog { .. } => WATCHDOG,
        _ => &[],
    };
    match settings::apply(own, device, key, value) {
        Err(Refused::Key) => settings::apply(COMMON, device, key, value),
        made => made,
    }
}

/// Settings any device has (`VirtualDevice`). What is not connectable has no use for the first two.
const COMMON: Table<Device> = &[
    (
        "connectable.allowGuestControl",
        Boolean(|d, v| {
            if let Some(connectable) = &mut d.connectable {
                connectable.allow_guest_control = v;
            }
        }),
    ),
    (
        "connectable.startConnected",
        Boolean(|d, v| {
            if let Some(connectable) = &mut d.connectable {
                connectable.start_connected = v;
            }
        }),
    ),
    (
        "slotInfo.ehciPciSlotNumber",
        Int(|d, v| {
            d.slot_info.get_or_insert_default().ehci_pci_slot_number = Some(v);
        }),
    ),
    (
        "slotInfo.pciSlotNumber",
        Parsed(|d, v| {
            // -1 stands for a slot that is still to be chosen.
            d.slot_info.get_or_insert_default().pci_slot_number =
                v.parse().ok().filter(|v| *v >= -1)?;
            Some(())
        }),
    ),
];

const DRIVE: Table<Device> = &[
    (
        "backing.exclusive",
        Boolean(|d, v| {
            if let Some(Backing::CdromRemotePassthrough { exclusive, .. }) = &mut d.backing {
                *exclusive = v;
            }
        }),
    ),
    (
        "backing.useAutoDetect",
        Boolean(|d, v| {
            if let Some(
                Backing::CdromAtapi { use_auto_detect, .. }
                | Backing::CdromRemoteAtapi { use_auto_detect, .. }
                | Backing::CdromRemotePassthrough { use_auto_detect, .. }
                | Backing::FloppyDevice { use_auto_detect, .. }
                | Backing::FloppyRemote { use_auto_detect, .. },
            ) = &mut d.backing
            {
                *use_auto_detect = Some(v);
            }
        }),
    ),
];

const SCSI: Table<Device> = &[(
    "sharedBus",
    Text(&["noSharing", "virtualSharing", "physicalSharing"], |d, v| {
        if let DeviceKind::Controller { kind: ControllerKind::Scsi(_, sharing), .. } = &mut d.kind {
            *sharing = match v.as_str() {
                "virtualSharing" => ScsiSharing::Virtual,
                "physicalSharing" => ScsiSharing::Physical,
                _ => ScsiSharing::None,
            };
        }
    }),
)];

const USB: Table<Device> = &[
    (
        "autoConnectDevices",
        Boolean(|d, v| {
            if let DeviceKind::Controller {
                kind:
                    ControllerKind::Usb { auto_connect_devices, .. }
                    | ControllerKind::Xhci { auto_connect_devices },
                ..
            } = &mut d.kind
            {
                *auto_connect_devices = Some(v);
            }
        }),
    ),
    (
        "ehciEnabled",
        Boolean(|d, v| {
            if let DeviceKind::Controller {
                kind: ControllerKind::Usb { ehci_enabled, .. }, ..
            } = &mut d.kind
            {
                *ehci_enabled = Some(v);
            }
        }),
    ),
];

const DISK: Table<Device> = &[
    (
        "backing.split",
        Boolean(|d, v| {
            if let Some(Backing::Disk { split, .. }) = &mut d.backing {
                *split = Some(v);
            }
        }),
    ),
    (
        "backing.writeThrough",
        Boolean(|d, v| {
            if let Some(
                Backing::Disk { write_through, .. } | Backing::SparseDisk { write_through, .. },
            ) = &mut d.backing
            {
                *write_through = Some(v);
            }
        }),
    ),
    (
        "guestReadOnly",
        Boolean(|d, v| {
            if let DeviceKind::Disk(disk) = &mut d.kind {
                disk.guest_read_only = Some(v);
            }
        }),
    ),
    (
        "storageIOAllocation.limit",
        Parsed(|d, v| {
            storage(d)?.limit = Some(v.parse().ok().filter(|v| *v >= -1)?);
            Some(())
        }),
    ),
    (
        "storageIOAllocation.reservation",
        Int(|d, v| {
            if let Some(storage) = storage(d) {
                storage.reservation = Some(v);
            }
        }),
    ),
    (
        "storageIOAllocation.shares.level",
        Text(LEVELS, |d, v| {
            if let Some(shares) = storage_shares(d) {
                shares.level = level(&v);
            }
        }),
    ),
    (
        "storageIOAllocation.shares.shares",
        Int(|d, v| {
            if let Some(shares) = storage_shares(d) {
                shares.shares = v;
            }
        }),
    ),
];

const ETHERNET: Table<Device> = &[
    (
        "uptCompatibilityEnabled",
        Boolean(|d, v| {
            if let Some(card) = card(d) {
                card.upt_compatibility_enabled = Some(v);
            }
        }),
    ),
    (
        "wakeOnLanEnabled",
        Boolean(|d, v| {
            if let Some(card) = card(d) {
                card.wake_on_lan_enabled = Some(v);
            }
        }),
    ),
];

const SERIAL: Table<Device> = &[(
    "yieldOnPoll",
    Boolean(|d, v| {
        if let DeviceKind::SerialPort { yield_on_poll } = &mut d.kind {
            *yield_on_poll = v;
        }
    }),
)];

const CLOCK: Table<Device> = &[(
    "backing.protocol",
    Text(&["ptp", "ntp"], |d, v| {
        if let Some(Backing::Clock { protocol }) = &mut d.backing {
            *protocol = Some(v);
        }
    }),
)];

const WATCHDOG: Table<Device> = &[(
    "runOnBoot",
    Boolean(|d, v| {
        if let DeviceKind::Watchdog { run_on_boot } = &mut d.kind {
            *run_on_boot = v;
        }
    }),
)];

const VMCI: Table<Device> = &[(
    "allowUnrestrictedCommunication",
    Boolean(|d, v| {
        if let DeviceKind::Vmci { allow_unrestricted_communication } = &mut d.kind {
            *allow_unrestricted_communication = Some(v);
        }
    }),
)];

const VIDEO: Table<Device> = &[
    (
        "enable3DSupport",
        Boolean(|d, v| {
            if let Some(video) = video(d) {
                video.enable_3d_support = Some(v);
            }
        }),
    ),
    (
        "graphicsMemorySizeInKB",
        Long(|d, v| {
            if let Some(video) = video(d) {
                video.graphics_memory_size_in_kb = Some(v);
            }
        }),
    ),
    (
        "numDisplays",
        Int(|d, v| {
            if let Some(video) = video(d) {
                video.num_displays = Some(v);
            }
        }),
    ),
    (
        "use3dRenderer",
        Text(&["automatic", "software", "hardware"], |d, v| {
            if let Some(video) = video(d) {
                video.use_3d_renderer = Some(v);
            }
        }),
    ),
    (
        "useAutoDetect",
        Boolean(|d, v| {
            if let Some(video) = video(d) {
                video.use_auto_detect = Some(v);
            }
        }),
    ),
    (
        "videoRamSizeInKB",
        Long(|d, v| {
            if let Some(video) = video(d) {
                video.video_ram_size_in_kb = Some(v);
            }
        }),
    ),
];

fn video(device: &mut Device) -> Option<&mut VideoCard> {
    match &mut device.kind {
        DeviceKind::Video(video) => Some(video),
        _ => None,
    }
}

fn card(device: &mut Device) -> Option<&mut Ethernet> {
    match &mut device.kind {
        DeviceKind::Ethernet(card) => Some(card),
        _ => None,
    }
}

fn storage(device: &mut Device) -> Option<&mut StorageIoAllocation> {
    match &mut device.kind {
        DeviceKind::Disk(disk) => Some(disk.storage_io_allocation.get_or_insert_default()),
        _ => None,
    }
}

fn storage_shares(device: &mut Device) -> Option<&mut Shares> {
    let custom = Shares { shares: 0, level: SharesLevel::Custom };
    Some(storage(device)?.shares.get_or_insert(custom))
}

/// Settings of a PCI device of the host: those of its backing, which differ by model.
fn passthrough(device: &mut Device, key: &str, value: &str) -> Result<(), Refused> {
    let value = value.trim();
    let boolean = || settings::boolean(value).ok_or(Refused::Value);
    match (&mut device.backing, key.trim()) {
        (Some(Backing::PassthroughDevice { id, .. }), "backing.id") => value.clone_into(id),
        (Some(Backing::PassthroughDevice { device_id, .. }), "backing.deviceId") => {
            value.clone_into(device_id);
        }
        (Some(Backing::PassthroughDevice { system_id, .. }), "backing.systemId") => {
            value.clone_into(system_id);
        }
        (Some(Backing::PassthroughDevice { vendor_id, .. }), "backing.vendorId") => {
            *vendor_id = value.parse().map_err(|_| Refused::Value)?;
        }
        (Some(Backing::PassthroughDynamic { allowed_device, .. }), "backing.allowedDevice") => {
            allowed_device.push(allowed(value).ok_or(Refused::Value)?);
        }
        (Some(Backing::PassthroughDynamic { custom_label, .. }), "backing.customLabel") => {
            *custom_label = Some(value.to_owned());
        }
        (Some(Backing::PassthroughVmiop { vgpu, .. }), "backing.vgpu") => {
            *vgpu = Some(value.to_owned());
        }
        (
            Some(Backing::PassthroughVmiop { vgpu_migrate_data_size_mb, .. }),
            "backing.vgpuMigrateDataSizeMB",
        ) => *vgpu_migrate_data_size_mb = Some(value.parse().map_err(|_| Refused::Value)?),
        (Some(Backing::PassthroughVmiop { migrate_supported, .. }), "backing.migrateSupported") => {
            *migrate_supported = Some(boolean()?);
        }
        (
            Some(Backing::PassthroughVmiop { enhanced_migrate_capability, .. }),
            "backing.enhancedMigrateCapability",
        ) => *enhanced_migrate_capability = Some(boolean()?),
        (Some(Backing::PassthroughDvx { device_class, .. }), "dvx.deviceClass") => {
            *device_class = Some(value.to_owned());
        }
        (Some(Backing::PassthroughDvx { config_params, .. }), key)
            if key.starts_with("dvx.config.") =>
        {
            let key = key.trim_start_matches("dvx.config.").to_owned();
            config_params.push(OptionValue { key, value: AnyText(value.to_owned()) });
        }
        _ => return settings::apply(COMMON, device, key, value),
    }
    Ok(())
}

/// A model the host may give: `0x8086:0x10d3`, and behind it `s=` and `t=` for vendor and number of the
/// card, `r=` for the revision.
fn allowed(text: &str) -> Option<AllowedDevice> {
    let number = |text: &str| {
        let digits = text.trim().strip_prefix("0x").unwrap_or(text.trim());
        i32::from_str_radix(digits, 16).ok().filter(|number| (0..=0xFFFF).contains(number))
    };
    let mut parts = text.split(':');
    let mut device = AllowedDevice {
        vendor_id: number(parts.next()?)?,
        device_id: number(parts.next()?)?,
        ..AllowedDevice::default()
    };
    for part in parts {
        match part.trim().split_once('=')? {
            ("s", value) => device.sub_vendor_id = Some(number(value)?),
            ("t", value) => device.sub_device_id = Some(number(value)?),
            ("r", value) => device.revision_id = Some(i16::try_from(number(value)?).ok()?),
            _ => return None,
        }
    }
    Some(device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_the_host_may_give() {
        let device = allowed("0x8086:0x10d3:s=0x15ad:t=0x7d0:r=0x0").unwrap();
        assert_eq!((device.vendor_id, device.device_id), (0x8086, 0x10d3));
        assert_eq!((device.sub_vendor_id, device.sub_device_id), (Some(0x15ad), Some(0x7d0)));
        assert_eq!(device.revision_id, Some(0));
        for text in ["", "0x8086", "0x8086:", "0x10000:0x1", "-1:0x1", "0x1:0x1:q=0x1", "1:2:3"] {
            assert_eq!(allowed(text), None, "{text}");
        }
    }

    #[test]
    fn tables_are_sorted() {
        for table in
            [COMMON, DRIVE, SCSI, USB, DISK, ETHERNET, SERIAL, CLOCK, WATCHDOG, VMCI, VIDEO]
        {
            assert!(table.is_sorted_by_key(|row| row.0));
        }
    }
}
