//! Settings of devices, models, places.

use super::*;
use crate::import::spec::object::AnyText;

/// An Item with `vmw:Config`s.
fn with_settings(
    resource_type: u16,
    model: &str,
    resource: &str,
    settings: &[(&str, &str)],
) -> String {
    let settings: String = settings
        .iter()
        .map(|(key, value)| {
            format!("<vmw:Config ovf:required=\"false\" vmw:key=\"{key}\" vmw:value=\"{value}\"/>")
        })
        .collect();
    format!(
        "<Item ovf:required=\"false\"><rasd:ElementName>it</rasd:ElementName>{resource}<rasd:InstanceID>1</rasd:InstanceID>\
         <rasd:ResourceSubType>{model}</rasd:ResourceSubType><rasd:ResourceType>{resource_type}</rasd:ResourceType>{settings}</Item>"
    )
}

/// The device made of one Item, and what could not be made of it.
fn made(item: &str) -> (Option<Device>, Vec<&'static str>) {
    let result = as_it_is(&with_items(item), &Choices::new());
    assert_eq!(result.errors, [], "{item}");
    let machine = result.spec.as_ref().and_then(ImportSpec::machine).unwrap();
    let device = machine.device_change.first().map(|change| change.device.clone());
    (device, result.warnings.iter().map(|fault| fault.kind.type_name()).collect())
}

#[test]
fn a_bus_is_shared_as_its_word_says() {
    for (word, want) in [
        ("noSharing", ScsiSharing::None),
        ("virtualSharing", ScsiSharing::Virtual),
        ("PHYSICALSHARING", ScsiSharing::Physical),
    ] {
        let (device, refused) = made(&with_settings(6, "lsilogic", "", &[("sharedBus", word)]));
        let kind = ControllerKind::Scsi(ScsiModel::LsiLogic, want);
        assert_eq!(device.unwrap().kind, DeviceKind::Controller { kind, bus_number: 0 }, "{word}");
        assert_eq!(refused, [""; 0], "{word}");
    }
}

/// -1 stands for a slot that is still to be chosen, and for a limit that is none.
#[test]
fn one_number_below_zero_has_a_meaning() {
    let refused = "OvfInvalidValueFormatMalformed";
    for (text, want) in [("-2", None), ("-1", Some(-1)), ("0", Some(0)), ("7", Some(7))] {
        let (device, told) =
            made(&with_settings(6, "lsilogic", "", &[("slotInfo.pciSlotNumber", text)]));
        let slot = device.unwrap().slot_info.map(|slot| slot.pci_slot_number);
        // Where it is refused, the slot is as it is without a word.
        assert_eq!(slot.filter(|_| told.is_empty()), want, "{text}");
        assert_eq!(told.contains(&refused), want.is_none(), "{text}");

        let disk = "<rasd:HostResource>ovf:/disk/d</rasd:HostResource>";
        let (device, told) =
            made(&with_settings(17, "", disk, &[("storageIOAllocation.limit", text)]));
        let DeviceKind::Disk(disk) = device.unwrap().kind else { panic!("it is a disk") };
        let limit = disk.storage_io_allocation.and_then(|storage| storage.limit);
        assert_eq!(limit, want.map(i64::from), "{text}");
        assert_eq!(told.contains(&refused), want.is_none(), "{text}");
    }
}

#[test]
fn a_device_of_the_host_is_told_by_its_backing() {
    let (device, refused) = made(&with_settings(
        1,
        "vmware.pci.passthrough",
        "",
        &[
            ("backing.id", "0000:03:00.0"),
            ("backing.deviceId", "10d3"),
            ("backing.systemId", "host-9"),
            ("backing.vendorId", "-32634"),
        ],
    ));
    assert_eq!(
        device.unwrap().backing,
        Some(Backing::PassthroughDevice {
            device_name: String::new(),
            id: "0000:03:00.0".to_owned(),
            device_id: "10d3".to_owned(),
            system_id: "host-9".to_owned(),
            vendor_id: -32634,
        })
    );
    assert_eq!(refused, [""; 0]);

    let (device, refused) = made(&with_settings(
        1,
        "vmware.pci.passthrough-vmiop",
        "",
        &[
            ("backing.vgpu", "grid"),
            ("backing.vgpuMigrateDataSizeMB", "512"),
            ("backing.migrateSupported", "TRUE"),
            ("backing.enhancedMigrateCapability", "false"),
        ],
    ));
    assert_eq!(
        device.unwrap().backing,
        Some(Backing::PassthroughVmiop {
            vgpu: Some("grid".to_owned()),
            vgpu_migrate_data_size_mb: Some(512),
            migrate_supported: Some(true),
            enhanced_migrate_capability: Some(false),
        })
    );
    assert_eq!(refused, [""; 0]);

    let (device, refused) = made(&with_settings(
        1,
        "vmware.pci.passthrough-dvx",
        "",
        &[("dvx.deviceClass", "net"), ("dvx.config.mtu", "9000"), ("dvx.colour", "red")],
    ));
    let mtu = OptionValue { key: "mtu".to_owned(), value: AnyText("9000".to_owned()) };
    assert_eq!(
        device.unwrap().backing,
        Some(Backing::PassthroughDvx {
            device_class: Some("net".to_owned()),
            config_params: vec![mtu]
        })
    );
    assert_eq!(refused, ["OvfInvalidValueFormatMalformed"], "nobody knows a colour");
}

#[test]
fn a_drive_takes_a_file_and_nothing_else() {
    for (resource, want) in [
        ("ovf:/file/f", Some(Backing::CdromIso { file_name: String::new() })),
        // A device of the host it came from: the drive is empty.
        (
            "/dev/cdrom",
            Some(Backing::CdromAtapi { device_name: String::new(), use_auto_detect: Some(true) }),
        ),
        ("ovf:/disk/d", None),
        ("/disk/d", None),
        ("ovf:/file/nobody", None),
    ] {
        let resource_element = format!("<rasd:HostResource>{resource}</rasd:HostResource>");
        let item = with_settings(15, "vmware.cdrom.atapi", &resource_element, &[]);
        let text = with_items(&item).replace(
            "<References/>",
            "<References><File ovf:id=\"f\" ovf:href=\"f.iso\" ovf:size=\"1\"/></References>",
        );
        let result = as_it_is(&text, &Choices::new());
        let machine = result.spec.as_ref().and_then(ImportSpec::machine).unwrap();
        let backing = machine.device_change.first().map(|change| change.device.backing.clone());
        assert_eq!(backing, want.clone().map(Some), "{resource}");
        let told: Vec<_> = result.warnings.iter().map(|fault| fault.kind.type_name()).collect();
        let lost: &[&str] = if want.is_none() { &["OvfHostResourceConstraint"] } else { &[] };
        assert_eq!(told, lost, "{resource}");
    }
}

#[test]
fn of_a_type_of_its_own_there_is_one_model() {
    let (device, told) = made(&with_settings(34, "vmware.vtpm", "", &[]));
    assert_eq!((device.unwrap().kind, told), (DeviceKind::Tpm, vec![]));
    let (device, told) = made(&with_settings(34, "vmware.wdt", "", &[]));
    assert_eq!((device, told), (None, vec!["OvfUnsupportedSubType"]));
}

#[test]
fn an_item_without_a_type_is_of_the_type_minus_one() {
    let item =
        "<Item><rasd:ElementName>it</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID></Item>";
    let result = as_it_is(&with_items(item), &Choices::new());
    assert_eq!(
        result.errors[0].kind,
        FaultKind::UnsupportedType {
            name: "ResourceType".to_owned(),
            instance_id: "1".to_owned(),
            device_type: -1,
        }
    );
}

#[test]
fn a_disk_has_room() {
    for (capacity, want) in [("0", Err("OvfInvalidValueFormatMalformed")), ("1", Ok(1))] {
        let item = item(1, 17, "<rasd:HostResource>ovf:/disk/d</rasd:HostResource>");
        let text = with_items(&item).replace("1048576", capacity);
        let result = as_it_is(&text, &Choices::new());
        let machine = result.spec.as_ref().and_then(ImportSpec::machine);
        let found = machine.map(|machine| match machine.device_change[0].device.kind {
            DeviceKind::Disk(ref disk) => disk.capacity_in_bytes,
            ref other => panic!("{other:?}"),
        });
        assert_eq!(found.ok_or_else(|| result.errors[0].kind.type_name()), want);
    }
}

#[test]
fn all_sound_cards_share_one_place() {
    let card = |id: usize, model: &str| {
        item(id, 1, "").replace(
            "<rasd:ResourceType>",
            &format!("<rasd:ResourceSubType>{model}</rasd:ResourceSubType><rasd:ResourceType>"),
        )
    };
    let cards = card(1, "vmware.soundcard.hdaudio") + &card(2, "vmware.soundcard.sb16");
    let result = as_it_is(&with_items(&cards), &Choices::new());
    let full =
        FaultKind::NoSpaceOnController { name: "device 2".to_owned(), parent: "PCI".to_owned() };
    assert_eq!(result.errors.iter().map(|fault| &fault.kind).collect::<Vec<_>>(), [&full]);
}
