//! Exact values, by device.

use super::*;
use crate::diagnostic::{Code, Severity};
use crate::import::choices::{DiskProvisioning, ExtraConfigFilter, IpAllocationPolicy, IpProtocol};
use crate::report::Validator;
use crate::source::Source;

mod devices;
mod machines;

const MACHINE: &str = "testdata/deploy/machine.ovf";
const VAPP: &str = "testdata/deploy/vapp.ovf";

fn result_of(text: &str, choices: &Choices) -> ImportSpecResult {
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    let envelope =
        report.into_valid().unwrap_or_else(|report| panic!("{:?}", report.diagnostics()));
    import_spec(&envelope, choices)
}

/// The same of a descriptor with errors, which whoever lowers their levels can import all the same.
fn as_it_is(text: &str, choices: &Choices) -> ImportSpecResult {
    let lowered = |validator: Validator, code| validator.level(code, Some(Severity::Warning));
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Code::all().fold(Validator::new(), lowered).check(&source);
    import_spec(&report.into_valid().unwrap(), choices)
}

fn read(path: &str, choices: &Choices) -> ImportSpecResult {
    result_of(&std::fs::read_to_string(path).unwrap(), choices)
}

fn machine(choices: &Choices) -> (ConfigSpec, ImportSpecResult) {
    let result = read(MACHINE, choices);
    let machine = result.spec.as_ref().and_then(ImportSpec::machine).cloned();
    (machine.expect("it has no errors"), result)
}

/// The device of a label.
fn device<'m>(machine: &'m ConfigSpec, label: &str) -> &'m DeviceChange {
    let is_it = |change: &&DeviceChange| {
        change.device.device_info.as_ref().is_some_and(|info| info.label == label)
    };
    machine.device_change.iter().find(is_it).unwrap_or_else(|| panic!("{label} is there"))
}

/// A descriptor of one machine with these Items beside processor and memory.
fn with_items(items: &str) -> String {
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
    xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
    xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References/>
  <DiskSection><Info>Disks.</Info><Disk ovf:diskId="d" ovf:capacity="1048576"/></DiskSection>
  <NetworkSection><Info>Networks.</Info><Network ovf:name="net"/></NetworkSection>
  <VirtualSystem ovf:id="vm"><Info>A machine.</Info>
    <VirtualHardwareSection><Info>Hardware.</Info>
      <Item><rasd:ElementName>cpu</rasd:ElementName><rasd:InstanceID>c</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
      <Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:ElementName>memory</rasd:ElementName><rasd:InstanceID>m</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
{items}
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>"#
    )
}

fn item(id: usize, resource_type: u16, rest: &str) -> String {
    format!(
        "<Item><rasd:ElementName>device {id}</rasd:ElementName>{}<rasd:InstanceID>{id}</rasd:InstanceID>{}<rasd:ResourceType>{resource_type}</rasd:ResourceType></Item>\n",
        if rest.contains("HostResource") { rest } else { "" },
        if rest.contains("HostResource") { "" } else { rest },
    )
}

#[test]
fn the_machine_as_a_whole() {
    let (machine, _) = machine(&Choices::new());
    assert_eq!(machine.name.as_deref(), Some("Workshop"));
    assert_eq!(machine.version.as_deref(), Some("vmx-19"), "the newest that is known");
    assert_eq!(machine.guest_id.as_deref(), Some("debian12_64Guest"));
    assert_eq!(machine.alternate_guest_name, None);
    assert_eq!(machine.annotation.as_deref(), Some("Built to show every device."));
    assert_eq!((machine.num_cpus, machine.num_cores_per_socket), (Some(4), Some(2)));
    assert_eq!(machine.memory_mb, Some(4096));
    assert_eq!(machine.firmware.as_deref(), Some("efi"));
    assert_eq!(machine.cpu_hot_add_enabled, Some(true));
    assert_eq!(machine.memory_hot_add_enabled, Some(true), "in any letter case");
    assert_eq!(machine.cpu_hot_remove_enabled, Some(false));
    let cpu = machine.cpu_allocation.unwrap();
    assert_eq!((cpu.reservation, cpu.limit), (Some(1000), Some(4000)));
    assert_eq!(cpu.shares, Some(Shares { shares: 2000, level: SharesLevel::Custom }));
    let memory = machine.memory_allocation.unwrap();
    assert_eq!((memory.reservation, memory.limit), (Some(2048), None));
    assert_eq!(memory.shares, Some(Shares { shares: 81_920, level: SharesLevel::High }));
    let boot = machine.boot_options.unwrap();
    assert_eq!((boot.boot_delay, boot.efi_secure_boot_enabled), (Some(5000), Some(true)));
    assert_eq!(machine.flags.unwrap().vbs_enabled, Some(true));
    assert_eq!(machine.tools.unwrap().tools_upgrade_policy.as_deref(), Some("upgradeAtPowerCycle"));
    assert_eq!(machine.power_op_info.unwrap().power_off_type.as_deref(), Some("soft"));
    assert_eq!(machine.sgx_info.unwrap().epc_size, 64);
    let mask = &machine.cpu_feature_mask.first().unwrap().info;
    assert_eq!((mask.level.cast_unsigned(), mask.vendor.as_deref()), (0x8000_0001, Some("intel")));
}

#[test]
fn what_it_starts_from() {
    let (machine, _) = machine(&Choices::new());
    let card = device(&machine, "Storage card").device.key;
    let disk = device(&machine, "System disk").device.key;
    assert_eq!(
        machine.boot_options.unwrap().boot_order,
        [
            BootableDevice::Ethernet { device_key: card },
            BootableDevice::Disk { device_key: disk },
            BootableDevice::Cdrom,
        ]
    );
}

#[test]
fn controllers() {
    let (machine, _) = machine(&Choices::new());
    let scsi = |model| ControllerKind::Scsi(model, ScsiSharing::None);
    let (ehci, xhci) = (
        ControllerKind::Usb { auto_connect_devices: Some(false), ehci_enabled: Some(true) },
        ControllerKind::Xhci { auto_connect_devices: None },
    );
    let want = [
        ("IDE 0", ControllerKind::Ide, 0),
        ("IDE 1", ControllerKind::Ide, 1),
        ("SCSI controller 0", scsi(ScsiModel::LsiLogic), 0),
        ("SCSI controller 1", scsi(ScsiModel::BusLogic), 1),
        ("SCSI controller 2", scsi(ScsiModel::LsiLogicSas), 2),
        ("SCSI controller 3", scsi(ScsiModel::ParaVirtual), 3),
        ("SATA controller 0", ControllerKind::Ahci, 0),
        ("NVMe controller 0", ControllerKind::Nvme, 0),
        ("NVDIMM controller", ControllerKind::Nvdimm, 0),
        ("USB controller", ehci, 0),
        ("USB xHCI controller", xhci, 0),
    ];
    for (at, (label, kind, bus_number)) in want.into_iter().enumerate() {
        let found = &device(&machine, label).device;
        assert_eq!(found.kind, DeviceKind::Controller { kind, bus_number }, "{label}");
        assert_eq!((found.controller_key, found.unit_number), (None, None), "{label}");
        assert_eq!(machine.device_change[at].device.key, found.key, "controllers come first");
    }
    let slot = device(&machine, "USB controller").device.slot_info.unwrap();
    assert_eq!((slot.pci_slot_number, slot.ehci_pci_slot_number), (32, Some(33)));
}

#[test]
fn disks() {
    let mut choices = Choices::new();
    choices.storage_profiles.insert("fast".to_owned(), "policy-1".to_owned());
    choices.datastores.insert("system".to_owned(), "datastore-9".to_owned());
    let (machine, _) = machine(&choices);
    for (label, controller, unit, bytes) in [
        ("System disk", "SCSI controller 0", 0, 10 << 30),
        ("Data disk", "SCSI controller 3", 8, 20 << 30),
        ("Patched disk", "SATA controller 0", 0, 3 << 30),
        ("Disk on the unit of the controller", "SCSI controller 0", 1, 1_000_000_001),
        ("Fast disk", "NVMe controller 0", 0, 64 << 20),
        ("Disk anywhere", "IDE 0", 1, 65 << 20),
    ] {
        let change = device(&machine, label);
        let parent = device(&machine, controller).device.key;
        assert!(change.creates_file, "{label}");
        assert_eq!(change.device.controller_key, Some(parent), "{label}");
        assert_eq!(change.device.unit_number, Some(unit), "{label}");
        let DeviceKind::Disk(disk) = &change.device.kind else { panic!("{label} is a disk") };
        assert_eq!(disk.capacity_in_bytes, bytes, "{label}");
        assert_eq!(disk.capacity_in_kb, (bytes + 1023) / 1024, "{label}");
        let is_delta =
            matches!(&change.device.backing, Some(Backing::Disk { parent: Some(_), .. }));
        assert_eq!(is_delta, label == "Patched disk");
        let datastore = match &change.device.backing {
            Some(Backing::Disk { datastore: Some(store), .. }) => Some(store.value.as_str()),
            _ => None,
        };
        assert_eq!(datastore, (label == "System disk").then_some("datastore-9"));
        let profile = change.profile.first().map(|profile| profile.profile_id.as_str());
        assert_eq!(profile, (label == "Data disk").then_some("policy-1"));
    }
    let DeviceKind::Nvdimm { capacity_in_mb } = device(&machine, "NVDIMM 1").device.kind else {
        panic!("it is a module")
    };
    assert_eq!(capacity_in_mb, 1024);
}

#[test]
fn disks_are_laid_out_as_chosen() {
    use DiskProvisioning::{EagerZeroedThick, SeSparse, Thick, Thin, TwoGbMaxExtentSparse};
    for (chosen, want) in [
        (None, (None, None, None)),
        (Some(Thin), (Some(true), None, None)),
        (Some(Thick), (Some(false), Some(false), None)),
        (Some(EagerZeroedThick), (Some(false), Some(true), None)),
        (Some(TwoGbMaxExtentSparse), (Some(true), None, Some(true))),
    ] {
        let mut choices = Choices::new();
        choices.disk_provisioning = chosen;
        let (machine, _) = machine(&choices);
        match &device(&machine, "System disk").device.backing {
            Some(Backing::Disk {
                thin_provisioned, eagerly_scrub, split, write_through, ..
            }) => {
                assert_eq!((*thin_provisioned, *eagerly_scrub, *split), want, "{chosen:?}");
                assert_eq!(*write_through, Some(true));
            }
            other => panic!("{chosen:?}: {other:?}"),
        }
    }
    let mut choices = Choices::new();
    choices.disk_provisioning = Some(SeSparse);
    let (machine, _) = machine(&choices);
    let backing = &device(&machine, "System disk").device.backing;
    assert!(matches!(backing, Some(Backing::SparseDisk { .. })), "{backing:?}");
}

#[test]
fn cards() {
    let mut choices = Choices::new();
    choices.networks.insert("Storage".to_owned(), "network-3".to_owned());
    let (machine, _) = machine(&choices);
    for (label, model, network, unit, start) in [
        ("Storage card", EthernetModel::E1000e, "network-3", 7, false),
        ("Management card", EthernetModel::Vmxnet3, "Management", 8, true),
        ("Plain card", EthernetModel::E1000, "Management", 9, true),
        ("Old card", EthernetModel::PcNet32, "Management", 10, true),
        ("Older card", EthernetModel::E1000, "Management", 11, true),
        ("Flexible card", EthernetModel::Vmxnet2, "Management", 12, true),
        ("Shared card", EthernetModel::Sriov, "network-3", 13, true),
    ] {
        let found = &device(&machine, label).device;
        let DeviceKind::Ethernet(card) = &found.kind else { panic!("{label} is a card") };
        assert_eq!(card.model, model, "{label}");
        let backing = Backing::Network { device_name: network.to_owned() };
        assert_eq!(found.backing.as_ref(), Some(&backing), "{label}");
        assert_eq!((found.controller_key, found.unit_number), (Some(100), Some(unit)), "{label}");
        assert_eq!(found.connectable.as_ref().unwrap().start_connected, start, "{label}");
        let address = (label == "Storage card").then_some("00:50:56:aa:bb:01");
        assert_eq!(card.mac_address.as_deref(), address, "{label}");
        assert_eq!(card.wake_on_lan_enabled, (label == "Management card").then_some(true));
    }
}

#[test]
fn drives_and_ports() {
    let (machine, _) = machine(&Choices::new());
    let empty = String::new;
    for (label, backing, controller, unit, start) in [
        ("Install CD", Backing::CdromIso { file_name: empty() }, -1, Some(0), true),
        (
            "Client DVD",
            Backing::CdromRemotePassthrough {
                device_name: empty(),
                use_auto_detect: Some(false),
                exclusive: true,
            },
            -2,
            Some(0),
            false,
        ),
        (
            "Host CD",
            Backing::CdromAtapi { device_name: empty(), use_auto_detect: Some(true) },
            -2,
            Some(1),
            false,
        ),
        (
            "Remote CD",
            Backing::CdromRemoteAtapi { device_name: empty(), use_auto_detect: Some(false) },
            -7,
            Some(1),
            false,
        ),
        ("Driver floppy", Backing::FloppyImage { file_name: empty() }, 400, Some(0), true),
        (
            "Client floppy",
            Backing::FloppyRemote { device_name: empty(), use_auto_detect: Some(false) },
            400,
            Some(1),
            false,
        ),
        (
            "Serial port",
            Backing::SerialDevice { device_name: empty(), use_auto_detect: Some(true) },
            400,
            None,
            false,
        ),
        (
            "Parallel port",
            Backing::ParallelDevice { device_name: empty(), use_auto_detect: Some(true) },
            400,
            None,
            false,
        ),
    ] {
        let change = device(&machine, label);
        assert!(!change.creates_file, "{label}");
        assert_eq!(change.device.backing.as_ref(), Some(&backing), "{label}");
        assert_eq!(change.device.controller_key, Some(controller), "{label}");
        assert_eq!(change.device.unit_number, unit, "{label}");
        let connectable = change.device.connectable.as_ref().unwrap();
        assert_eq!(connectable.start_connected, start, "{label}");
        assert_eq!(connectable.allow_guest_control, label != "Client DVD", "{label}");
        assert!(!connectable.connected);
    }
}

#[test]
fn other_devices() {
    let (machine, _) = machine(&Choices::new());
    let video = VideoCard {
        video_ram_size_in_kb: Some(8192),
        num_displays: Some(2),
        use_auto_detect: Some(false),
        enable_3d_support: Some(true),
        use_3d_renderer: Some("automatic".to_owned()),
        graphics_memory_size_in_kb: Some(262_144),
    };
    for (label, kind) in [
        ("Video card", DeviceKind::Video(video)),
        ("VMCI", DeviceKind::Vmci { allow_unrestricted_communication: Some(false) }),
        ("Sound card", DeviceKind::Sound(SoundModel::HdAudio)),
        ("Trusted platform module", DeviceKind::Tpm),
        ("Precision clock", DeviceKind::PrecisionClock),
        ("Watchdog", DeviceKind::Watchdog { run_on_boot: true }),
        ("Network adapter of the host", DeviceKind::Passthrough),
        ("Part of a graphics card", DeviceKind::Passthrough),
    ] {
        let found = &device(&machine, label).device;
        assert_eq!(found.kind, kind, "{label}");
        assert_eq!(found.controller_key, Some(100), "{label}");
    }
    let Some(Backing::PassthroughDynamic { allowed_device, custom_label, .. }) =
        &device(&machine, "Network adapter of the host").device.backing
    else {
        panic!("it is any of some models")
    };
    assert_eq!(custom_label.as_deref(), Some("fast-net"));
    assert_eq!(allowed_device.first().unwrap().sub_vendor_id, Some(0x15ad));
    let clock = Backing::Clock { protocol: Some("ptp".to_owned()) };
    assert_eq!(device(&machine, "Precision clock").device.backing, Some(clock));
}

#[test]
fn files_in_the_order_they_are_sent_in() {
    let (_, result) = machine(&Choices::new());
    let items: Vec<_> = result
        .file_items
        .iter()
        .map(|item| (item.device_id.as_str(), item.path.as_str(), item.cim_type, item.create))
        .collect();
    assert_eq!(
        items,
        [
            ("/Workshop/VirtualDisk:2", "base.vmdk", 17, true),
            ("/Workshop/VirtualDisk:2", "patch.vmdk", 17, false),
            ("/Workshop/VirtualDisk:0", "system.vmdk", 17, true),
            ("/Workshop/VirtualDisk:1", "data.vmdk.gz", 17, true),
            ("/Workshop/VirtualNVDIMM:0", "module.vmdk", 20, true),
            ("/Workshop/VirtualCdrom:0", "tools.iso", 15, true),
            ("/Workshop/VirtualFloppy:0", "drivers.flp", 14, true),
            ("/Workshop/nvram", "machine.nvram", 1, true),
        ]
    );
    let data = &result.file_items[3];
    assert_eq!(data.compression_method.as_deref(), Some("gzip"));
    assert_eq!((data.chunk_size, data.size), (Some(200_000), Some(500_000)));
}

#[test]
fn what_is_lost_is_told() {
    let (machine, result) = machine(&Choices::new());
    let told: Vec<_> =
        result.warnings.iter().map(|fault| (fault.kind.type_name(), fault.line)).collect();
    let text = std::fs::read_to_string(MACHINE).unwrap();
    let line_of = |part: &str| {
        u32::try_from(text.lines().position(|line| line.contains(part)).unwrap() + 1).unwrap()
    };
    assert_eq!(
        told,
        [
            ("OvfUnsupportedType", line_of("<rasd:ResourceType>18<")),
            ("OvfInvalidValueFormatMalformed", line_of("\"tools.syncTime\"")),
            ("OvfInvalidValueFormatMalformed", line_of("\"firmwareColour\"")),
            ("OvfUnsupportedAttributeValue", line_of("\"vhv.enable\"")),
        ]
    );
    let keys: Vec<_> = machine.extra_config.iter().map(|option| option.key.as_str()).collect();
    assert_eq!(keys, ["svga.autodetect", "monitor.phys_bits_used"]);
}

#[test]
fn extra_config_is_filtered() {
    let key = "svga.autodetect".to_owned();
    for (filter, want) in [
        (ExtraConfigFilter::Only(vec![key.clone()]), "svga.autodetect"),
        (ExtraConfigFilter::Except(vec![key]), "monitor.phys_bits_used"),
    ] {
        let mut choices = Choices::new();
        choices.extra_config = filter;
        let (machine, _) = machine(&choices);
        let keys: Vec<_> = machine.extra_config.iter().map(|option| option.key.as_str()).collect();
        assert_eq!(keys, [want]);
    }
}

#[test]
fn the_software() {
    let mut choices = Choices::new();
    choices.properties.insert("org.example.workshop.port.1".to_owned(), "9090".to_owned());
    choices.properties.insert("org.example.workshop.secret.1".to_owned(), "hunter-22".to_owned());
    choices.ip_allocation_policy = Some(IpAllocationPolicy::FixedPool);
    choices.ip_protocol = Some(IpProtocol::V6);
    let (machine, result) = machine(&choices);
    let config = machine.vapp_config.unwrap();
    assert_eq!(config.product[0].info.full_version, "2.1.0-7");
    assert_eq!(config.product[0].info.vendor_url, "");
    let property = |at: usize| &config.property[at].info;
    assert_eq!(
        (property(0).id.as_str(), property(0).type_name.as_str()),
        ("port", "int(1024..65535)")
    );
    assert_eq!(property(0).value.as_deref(), Some("9090"));
    assert_eq!(property(0).default_value, "8080");
    assert_eq!((property(1).type_name.as_str(), property(1).key), ("password(8..)", 1));
    assert_eq!(property(1).value.as_deref(), Some("hunter-22"), "the target needs it");
    assert!(!format!("{result:?}").contains("hunter-22"), "nobody else does");
    assert_eq!(property(2).value, None);
    assert_eq!(config.eula, ["Use it as you like."]);
    assert_eq!(config.ovf_environment_transport, ["com.vmware.guestInfo", "iso"]);
    assert_eq!(config.install_boot_required, Some(true));
    assert_eq!(config.install_boot_stop_delay, Some(300));
    let addresses = config.ip_assignment.unwrap();
    assert_eq!(addresses.supported_allocation_scheme, ["ovfenv", "dhcp"]);
    assert_eq!(addresses.supported_ip_protocol, ["IPv4", "IPv6"]);
    assert_eq!(addresses.ip_allocation_policy.as_deref(), Some("fixedAllocatedPolicy"));
    assert_eq!(addresses.ip_protocol.as_deref(), Some("IPv6"));
    let sections: Vec<_> = config
        .ovf_section
        .iter()
        .map(|section| {
            let info = &section.info;
            (info.namespace.as_str(), info.section_type.as_str(), info.at_envelope_level)
        })
        .collect();
    assert_eq!(
        sections,
        [
            ("http://www.vmware.com/schema/ovf", "StorageGroupSection", true),
            ("urn:example:inventory", "OwnerSection", false),
        ]
    );
    let owner = &config.ovf_section[1].info;
    assert_eq!(owner.key, 1);
    let parsed = crate::xml::parse(&owner.contents, &crate::limits::Limits::default());
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
}

#[test]
fn passwords_of_the_descriptor_are_not_shown() {
    let text = with_items("").replace(
        "<VirtualHardwareSection>",
        r#"<ProductSection><Info>Software.</Info><Property ovf:key="p" ovf:type="string" ovf:password="true" ovf:value="hunter-22"/></ProductSection><VirtualHardwareSection>"#,
    );
    let result = result_of(&text, &Choices::new());
    let machine = result.spec.as_ref().and_then(ImportSpec::machine).unwrap();
    let config = machine.vapp_config.as_ref().unwrap();
    assert_eq!(config.property[0].info.default_value, "hunter-22", "the target needs it");
    assert!(!format!("{result:?}").contains("hunter-22"), "nobody else does");
}

#[test]
fn a_vapp_and_its_members() {
    let mut choices = Choices::new();
    choices.name = Some("Shop/1".to_owned());
    let result = read(VAPP, &choices);
    let shop = result.spec.as_ref().and_then(ImportSpec::vapp).unwrap();
    assert_eq!(shop.name, "Shop%2f1");
    assert_eq!(shop.vapp_config_spec.annotation.as_deref(), Some("Sells things."));
    let cpu = &shop.resource_pool_spec.cpu_allocation;
    assert_eq!((cpu.reservation, cpu.limit), (Some(2000), Some(6000)), "in MHz");
    assert_eq!(cpu.shares, Some(Shares { shares: 5000, level: SharesLevel::Custom }));
    let memory = &shop.resource_pool_spec.memory_allocation;
    assert_eq!((memory.reservation, memory.limit), (Some(3072), Some(-1)), "in MiB");
    let gateway = &shop.vapp_config_spec.property[0].info;
    assert_eq!(
        (gateway.type_name.as_str(), gateway.default_value.as_str()),
        ("expression", "${gateway:Front}")
    );

    let members: Vec<_> = shop
        .child
        .iter()
        .map(|child| {
            let entity = child.entity_config.as_ref().unwrap();
            let name = child.machine().map_or_else(
                || child.vapp().unwrap().name.clone(),
                |machine| machine.name.clone().unwrap(),
            );
            let text = |text: &Option<String>| text.clone().unwrap();
            (
                name,
                text(&entity.tag),
                entity.start_order.unwrap(),
                entity.start_delay,
                entity.waiting_for_guest,
                text(&entity.start_action),
                entity.stop_delay,
                text(&entity.stop_action),
            )
        })
        .collect();
    let row =
        |name: &str, tag: &str, order, delay, waiting, start: &str, stop_delay, stop: &str| {
            let (name, tag) = (name.to_owned(), tag.to_owned());
            (name, tag, order, delay, waiting, start.to_owned(), stop_delay, stop.to_owned())
        };
    assert_eq!(
        members,
        [
            row("Web-0", "web-0", 2, Some(20), Some(true), "powerOn", Some(90), "guestShutdown"),
            row("Web-1", "web-1", 2, Some(20), Some(true), "powerOn", Some(90), "guestShutdown"),
            // Of a vApp there is only on and off.
            row("Data", "data", 1, None, None, "powerOn", None, "powerOff"),
            row("tools", "tools", 3, Some(0), Some(false), "none", Some(0), "none"),
        ]
    );
    let db = shop.child[2].vapp().unwrap().child[0].machine().unwrap();
    assert_eq!(db.name.as_deref(), Some("Web"));
    assert_eq!(db.guest_id.as_deref(), Some("otherGuest"));
    assert_eq!(db.alternate_guest_name.as_deref(), Some("AIX 7"));
    let web = shop.child[0].machine().unwrap();
    assert_eq!(web.device_change[0].device.controller_key, Some(200), "every machine has it");
    let told: Vec<_> = result.warnings.iter().map(|fault| fault.kind.type_name()).collect();
    assert_eq!(told, ["OvfMappedOsId", "OvfMappedOsId"], "once for all instances");
    let tree = result.spec.as_ref().unwrap().instantiation_ost.as_ref().unwrap();
    assert_eq!((tree.id.as_str(), tree.node_type.as_str()), ("", "envelope"));
    let ids: Vec<_> = tree.child[0].child.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["web", "data", "tools"]);
    assert_eq!(tree.child[0].child[1].child[0].id, "db");
}

#[test]
fn instances_are_as_many_as_chosen() {
    let mut choices = Choices::new();
    for (count, want) in [(1, 3), (5, 7), (0, 2)] {
        choices.scale_out.insert("web".to_owned(), count);
        let result = read(VAPP, &choices);
        assert_eq!(result.spec.unwrap().vapp().unwrap().child.len(), want);
    }
    choices.scale_out.insert("web".to_owned(), u32::MAX);
    let result = read(VAPP, &choices);
    assert_eq!(result.spec, None);
    assert_eq!(result.errors[0].kind, FaultKind::UnsupportedPackage {});
}

#[test]
fn what_is_required_and_cannot_be_had_is_an_error() {
    for (items, want) in [
        (item(1, 18, ""), "OvfUnsupportedType"),
        (item(1, 17, ""), "OvfHostResourceConstraint"),
        (
            "<vmw:Config vmw:key=\"colour\" vmw:value=\"red\"/>".to_owned(),
            "OvfInvalidValueFormatMalformed",
        ),
        (
            "<vmw:Config vmw:key=\"firmware\" vmw:value=\"red\"/>".to_owned(),
            "OvfInvalidValueFormatMalformed",
        ),
        (
            "<vmw:ExtraConfig vmw:key=\"vhv.enable\" vmw:value=\"1\"/>".to_owned(),
            "OvfUnsupportedAttributeValue",
        ),
    ] {
        let text = with_items(&items);
        let result = result_of(&text, &Choices::new());
        let found: Vec<_> = result.errors.iter().map(|fault| fault.kind.type_name()).collect();
        assert_eq!(found, [want], "{items}");
        assert_eq!(result.spec, None, "{items}");
    }
}

#[test]
fn a_model_nobody_knows_is_an_error() {
    let card = "<Item><rasd:Connection>net</rasd:Connection><rasd:ElementName>card</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceSubType>ne2000</rasd:ResourceSubType><rasd:ResourceType>10</rasd:ResourceType></Item>";
    let result = result_of(&with_items(card), &Choices::new());
    let FaultKind::UnsupportedSubType { instance_id, device_type, device_sub_type, .. } =
        &result.errors[0].kind
    else {
        panic!("{:?}", result.errors)
    };
    assert_eq!((instance_id.as_str(), *device_type, device_sub_type.as_str()), ("1", 10, "ne2000"));
    let optional = card.replace("<Item>", "<Item ovf:required=\"false\">");
    let result = result_of(&with_items(&optional), &Choices::new());
    assert!(result.errors.is_empty() && result.warnings.len() == 1, "{:?}", result.warnings);
}

#[test]
fn a_controller_holds_so_many() {
    let mut items = item(1, 5, "");
    for id in 2..=7 {
        items += &item(id, 17, "<rasd:HostResource>ovf:/disk/d</rasd:HostResource>")
            .replace("</rasd:InstanceID>", "</rasd:InstanceID><rasd:Parent>1</rasd:Parent>");
    }
    let result = result_of(&with_items(&items), &Choices::new());
    let full: Vec<_> = result.errors.iter().map(|fault| fault.kind.clone()).collect();
    // Two on the controller, and none elsewhere: who names a controller means it.
    let want = |id: usize| FaultKind::NoSpaceOnController {
        name: format!("device {id}"),
        parent: "1".to_owned(),
    };
    assert_eq!(full, [want(4), want(5), want(6), want(7)]);
}

#[test]
fn of_several_hardware_sections_the_newest_family_counts() {
    let hardware = |families: &str, processors: u32| {
        format!(
            "<VirtualHardwareSection><Info>Hardware.</Info>\
             <System><vssd:ElementName>s</vssd:ElementName><vssd:InstanceID>0</vssd:InstanceID>\
             <vssd:VirtualSystemType>{families}</vssd:VirtualSystemType></System>\
             <Item><rasd:ElementName>cpu</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>\
             <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>{processors}</rasd:VirtualQuantity></Item>\
             </VirtualHardwareSection>"
        )
    };
    let text = with_items("");
    let start = text.find("<VirtualHardwareSection>").unwrap();
    let end = text.find("</VirtualSystem>").unwrap();
    for (first, second, want) in [
        ("vmx-07", "vmx-13", 2),
        ("vmx-13", "vmx-07", 1),
        ("vmx-13", "vmx-13", 1),
        ("vmx-08 vmx-14", "vmx-13", 1),
        ("vmx-13", "vmx-08,vmx-14", 2),
        ("vmx-13", "vmx-08, virtualbox-2.2", 1),
        ("virtualbox-2.2", "vmx-13", 2),
    ] {
        let sections = hardware(first, 1) + &hardware(second, 2);
        let text = format!("{}{sections}{}", &text[..start], &text[end..]);
        let result = result_of(&text, &Choices::new());
        assert!(result.errors.is_empty(), "{first} / {second}: {:?}", result.errors);
        let machine = result.spec.as_ref().and_then(ImportSpec::machine).unwrap();
        assert_eq!(machine.num_cpus, Some(want), "{first} / {second}");
    }
}

#[test]
fn a_disk_without_an_image_is_as_large_as_its_item_says() {
    let scsi = "<Item><rasd:Address>3</rasd:Address><rasd:ElementName>SCSI</rasd:ElementName><rasd:InstanceID>10</rasd:InstanceID><rasd:ResourceSubType>lsilogic</rasd:ResourceSubType><rasd:ResourceType>6</rasd:ResourceType></Item>";
    let capacity_of = |units: &str, resource: &str, quantity: &str| {
        let disk = format!(
            "<Item><rasd:AddressOnParent>0</rasd:AddressOnParent>{units}<rasd:ElementName>disk</rasd:ElementName>{resource}<rasd:InstanceID>11</rasd:InstanceID><rasd:Parent>10</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType>{quantity}</Item>"
        );
        let result = result_of(&with_items(&(scsi.to_owned() + &disk)), &Choices::new());
        let Some(machine) = result.spec.as_ref().and_then(ImportSpec::machine) else {
            return Err(result.errors[0].kind.type_name());
        };
        let controller = &device(machine, "SCSI").device;
        assert!(
            matches!(controller.kind, DeviceKind::Controller { bus_number: 3, .. }),
            "its Address"
        );
        match &device(machine, "disk").device.kind {
            DeviceKind::Disk(disk) => Ok(disk.capacity_in_bytes),
            other => panic!("{other:?}"),
        }
    };
    let units = "<rasd:AllocationUnits>byte * 2^30</rasd:AllocationUnits>";
    let quantity = "<rasd:VirtualQuantity>2</rasd:VirtualQuantity>";
    let none = "<rasd:VirtualQuantity>0</rasd:VirtualQuantity>";
    let vcloud = "<rasd:HostResource xmlns:vcloud=\"http://www.vmware.com/vcloud/v1.5\" vcloud:capacity=\"3072\"/>";
    let unqualified = "<rasd:HostResource capacity=\"3072\"/>";
    assert_eq!(capacity_of(units, "", quantity), Ok(2 << 30));
    assert_eq!(capacity_of("", vcloud, ""), Ok(3 << 30));
    assert_eq!(capacity_of(units, vcloud, quantity), Ok(2 << 30));
    assert_eq!(capacity_of(units, "", none), Err("OvfHostResourceConstraint"));
    assert_eq!(capacity_of("", unqualified, ""), Err("OvfHostResourceConstraint"));
}

#[test]
fn names_vsphere_would_not_take() {
    let text = with_items("").replace("ovf:id=\"vm\"", &format!("ovf:id=\"{}\"", "v".repeat(81)));
    let result = result_of(&text, &Choices::new());
    assert_eq!(result.errors[0].kind.type_name(), "OvfInvalidVmName");
}
