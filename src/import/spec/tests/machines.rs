//! Processors, memory, what a machine starts from, how often it exists.

use super::*;

/// The machine of a descriptor without an error.
fn made(text: &str, choices: &Choices) -> (ConfigSpec, Vec<FaultKind>) {
    let result = as_it_is(text, choices);
    assert_eq!(result.errors, []);
    let machine = result.spec.as_ref().and_then(ImportSpec::machine).cloned();
    (machine.unwrap(), result.warnings.into_iter().map(|fault| fault.kind).collect())
}

/// The Item of processor or memory with other words in it.
fn with_item(name: &str, before: &str, settings: &str) -> String {
    let start = format!("<rasd:ElementName>{name}</rasd:ElementName>");
    let text = with_items("").replace(&start, &format!("{before}{start}"));
    let (head, tail) = text.split_once(&start).unwrap();
    format!("{head}{start}{}", tail.replacen("</Item>", &format!("{settings}</Item>"), 1))
}

#[test]
fn none_of_a_thing_is_no_hardware() {
    let none = "<rasd:VirtualQuantity>0</rasd:VirtualQuantity></Item>";
    let one = "<rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>";
    for (name, resource_type) in [("processor", 3), ("memory", 4)] {
        let text = with_items("");
        let (head, tail) =
            text.split_once(&format!("<rasd:ResourceType>{resource_type}<")).unwrap();
        let text =
            format!("{head}<rasd:ResourceType>{resource_type}<{}", tail.replacen(one, none, 1));
        let (machine, told) = made(&text, &Choices::new());
        assert_eq!(machine.num_cpus, (name != "processor").then_some(1));
        assert_eq!(machine.memory_mb, (name != "memory").then_some(1));
        let name = name.to_owned();
        assert_eq!(told, [FaultKind::MissingHardware { name, resource_type }]);
    }
}

#[test]
fn what_is_said_of_a_processor_may_be_one_thing_alone() {
    let shares = Shares { shares: 7, level: SharesLevel::Custom };
    for (setting, reservation, limit, weight) in [
        ("<rasd:Reservation>500</rasd:Reservation>", Some(500), None, None),
        ("<rasd:Limit>500</rasd:Limit>", None, Some(500), None),
        ("<rasd:Weight>7</rasd:Weight>", None, None, Some(shares)),
    ] {
        let (machine, _) = made(&with_item("cpu", "", setting), &Choices::new());
        let found = machine.cpu_allocation.unwrap();
        assert_eq!((found.reservation, found.limit, found.shares), (reservation, limit, weight));
    }
    let (machine, _) = made(&with_items(""), &Choices::new());
    assert_eq!(machine.cpu_allocation, None);
}

/// Only a unit of frequency says what the number of a processor is counted in.
#[test]
fn processors_are_reserved_in_megahertz() {
    for (units, want) in [
        ("", 3_000),
        ("<rasd:AllocationUnits>hertz * 10^3</rasd:AllocationUnits>", 3),
        ("<rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>", 3_000),
        ("<rasd:AllocationUnits>percent</rasd:AllocationUnits>", 3_000),
    ] {
        let reserved = "<rasd:Reservation>3000</rasd:Reservation>";
        let (machine, _) = made(&with_item("cpu", units, reserved), &Choices::new());
        assert_eq!(machine.cpu_allocation.unwrap().reservation, Some(want), "{units}");
    }
}

/// 1000 for each processor and 10 for each MiB are normal, half of it is low, twice as much high.
#[test]
fn shares_follow_their_level() {
    for (word, level, cpu, memory) in [
        ("low", SharesLevel::Low, 500, 5),
        ("normal", SharesLevel::Normal, 1000, 10),
        ("HIGH", SharesLevel::High, 2000, 20),
        ("custom", SharesLevel::Custom, 0, 0),
    ] {
        let setting = format!("<vmw:Config vmw:key=\"sharesLevel\" vmw:value=\"{word}\"/>");
        let (machine, told) = made(&with_item("cpu", "", &setting), &Choices::new());
        let found = machine.cpu_allocation.unwrap().shares;
        assert_eq!(found, Some(Shares { shares: cpu, level }), "{word}");
        assert_eq!(told, []);
        let (machine, _) = made(&with_item("memory", "", &setting), &Choices::new());
        let found = machine.memory_allocation.unwrap().shares;
        assert_eq!(found, Some(Shares { shares: memory, level }), "{word}");
    }
}

#[test]
fn what_cannot_be_started_from_is_told() {
    let card = "<Item><rasd:Connection>net</rasd:Connection><rasd:ElementName>card</rasd:ElementName><rasd:InstanceID>7</rasd:InstanceID><rasd:ResourceType>10</rasd:ResourceType></Item>";
    let with = |attributes: &str| {
        let section = format!(
            "</VirtualHardwareSection><vmw:BootOrderSection ovf:required=\"false\" {attributes}><Info>i</Info></vmw:BootOrderSection>"
        );
        with_items(card).replace("</VirtualHardwareSection>", &section)
    };
    let key = made(&with_items(card), &Choices::new()).0.device_change[0].device.key;
    for (attributes, want) in [
        ("vmw:type=\"floppy\"", BootableDevice::Floppy),
        ("vmw:type=\"CDROM\"", BootableDevice::Cdrom),
        ("vmw:type=\"net\"", BootableDevice::Ethernet { device_key: key }),
        (
            "vmw:type=\"ethernet\" vmw:instanceId=\" 7 \"",
            BootableDevice::Ethernet { device_key: key },
        ),
    ] {
        let (machine, told) = made(&with(attributes), &Choices::new());
        assert_eq!(machine.boot_options.unwrap().boot_order, [want], "{attributes}");
        assert_eq!(told, [], "{attributes}");
    }
    for (attributes, attribute, value) in [
        ("vmw:type=\"disk\" vmw:instanceId=\"8\"", "instanceId", "8"),
        ("vmw:type=\"net\" vmw:instanceId=\"8\"", "instanceId", "8"),
        ("vmw:type=\"Disk\"", "instanceId", ""),
        ("vmw:type=\"usb\" vmw:instanceId=\"7\"", "type", "usb"),
        ("vmw:instanceId=\"7\"", "type", ""),
    ] {
        let (machine, told) = made(&with(attributes), &Choices::new());
        assert_eq!(machine.boot_options, None, "{attributes}");
        let kind = FaultKind::InvalidValueReference {
            element_name: "BootOrderSection".to_owned(),
            attribute_name: attribute.to_owned(),
            value: value.to_owned(),
        };
        assert_eq!(told, [kind], "{attributes}");
    }
}

/// A path that looks like a reference of OVF 0.9 is a text as any other.
#[test]
fn only_a_reference_is_a_file_of_the_firmware() {
    let setting = "<vmw:ExtraConfig vmw:key=\"nvram\" vmw:value=\"/file/vars\"/>";
    let (machine, told) = made(&with_items(setting), &Choices::new());
    assert_eq!(machine.extra_config.len(), 1);
    assert_eq!(told, []);
}

#[test]
fn a_machine_is_stored_as_its_group_is() {
    for (group, want) in [("fast", Some("policy-1")), (" fast ", Some("policy-1")), ("", None)] {
        let section = format!(
            "<vmw:StorageSection ovf:required=\"false\" vmw:group=\"{group}\"><Info>i</Info></vmw:StorageSection><VirtualHardwareSection>"
        );
        let text = with_items("").replace("<VirtualHardwareSection>", &section);
        let mut choices = Choices::new();
        choices.storage_profiles.insert("fast".to_owned(), "policy-1".to_owned());
        choices.storage_profiles.insert(String::new(), "policy-2".to_owned());
        let (machine, _) = made(&text, &choices);
        let profile = machine.vm_profile.first().map(|profile| profile.profile_id.as_str());
        assert_eq!(profile, want, "{group:?}");
    }
}

/// What stands on the content counts for what is chosen, whether or not the descriptor says anything.
#[test]
fn addresses_are_given_out_as_chosen() {
    let mut choices = Choices::new();
    choices.ip_allocation_policy = Some(IpAllocationPolicy::Dhcp);
    let (machine, _) = made(&with_items(""), &choices);
    let addresses = machine.vapp_config.unwrap().ip_assignment.unwrap();
    assert_eq!(addresses.ip_allocation_policy.as_deref(), Some("dhcpPolicy"));
    assert_eq!(addresses.supported_ip_protocol, [""; 0], "nothing is said of it");
}

#[test]
fn a_section_nobody_knows_is_an_error_unless_it_is_optional() {
    for (required, info, want) in [
        ("", "<Info>Plants</Info>", "the section `GardenSection` is not supported: `Plants`"),
        (" ovf:required=\"true\"", "", "the section `GardenSection` is not supported"),
        (" ovf:required=\"false\"", "<Info>Plants</Info>", ""),
    ] {
        let section = format!(
            "<x:GardenSection xmlns:x=\"urn:example:garden\"{required}>{info}</x:GardenSection><VirtualHardwareSection>"
        );
        let text = with_items("").replace("<VirtualHardwareSection>", &section);
        let result = as_it_is(&text, &Choices::new());
        let told: Vec<_> = result.errors.iter().map(|fault| fault.kind.to_string()).collect();
        assert_eq!(told.join(""), want);
        let kept = result.spec.as_ref().and_then(ImportSpec::machine).map(|machine| {
            machine.vapp_config.as_ref().map_or(0, |config| config.ovf_section.len())
        });
        assert_eq!(kept, want.is_empty().then_some(1));
    }
    // VMware's sections are known, so one that is required is no error.
    let section = "<vmw:StorageSection vmw:group=\"fast\"><Info>i</Info></vmw:StorageSection><VirtualHardwareSection>";
    let text = with_items("").replace("<VirtualHardwareSection>", section);
    let (machine, _) = made(&text, &Choices::new());
    assert_eq!(machine.vapp_config.unwrap().ovf_section.len(), 1);
}

#[test]
fn faults_are_those_of_the_first_instance() {
    for count in [1, 3] {
        let mut choices = Choices::new();
        choices.scale_out.insert("web".to_owned(), count);
        let result = read(VAPP, &choices);
        let told: Vec<_> = result.warnings.iter().map(|fault| fault.kind.type_name()).collect();
        assert_eq!(told, ["OvfMappedOsId", "OvfMappedOsId"], "of web and of db, {count} times");
    }
}

#[test]
fn instances_are_as_many_as_the_option_says() {
    let options = "</NetworkSection><DeploymentOptionSection><Info>i</Info>\
        <Configuration ovf:id=\"few\"><Label>l</Label><Description>d</Description></Configuration>\
        <Configuration ovf:id=\"many\"><Label>l</Label><Description>d</Description></Configuration></DeploymentOptionSection>";
    let count = "<ovf2:InstanceCount ovf2:default=\"2\" ovf2:minimum=\"1\" ovf2:maximum=\"5\"/>";
    let text =
        std::fs::read_to_string(VAPP).unwrap().replacen("</NetworkSection>", options, 1).replace(
            count,
            &format!("{count}<ovf2:InstanceCount ovf2:configuration=\"many\" ovf2:default=\"4\"/>"),
        );
    for (option, instances) in [("few", 2), ("many", 4)] {
        let mut choices = Choices::new();
        choices.deployment_option = Some(option.to_owned());
        let result = as_it_is(&text, &choices);
        let shop = result.spec.as_ref().and_then(ImportSpec::vapp).unwrap();
        assert_eq!(shop.child.len(), instances + 2, "{option}");
    }
}

#[test]
fn a_property_is_shown_without_its_password() {
    let text = with_items("").replace(
        "<VirtualHardwareSection>",
        "<ProductSection><Info>i</Info><Property ovf:key=\"port\" ovf:type=\"string\" ovf:value=\"8080\"/>\
         <Property ovf:key=\"pin\" ovf:type=\"string\" ovf:password=\"true\" ovf:value=\"hunter-22\"/></ProductSection><VirtualHardwareSection>",
    );
    let (machine, _) = made(&text, &Choices::new());
    let properties = machine.vapp_config.unwrap().property;
    let shown = |at: usize| format!("{:?}", properties[at].info);
    assert!(shown(0).contains(r#"id: "port""#) && shown(0).contains("8080"), "{}", shown(0));
    assert!(shown(1).contains(r#"id: "pin""#) && !shown(1).contains("hunter"), "{}", shown(1));
}
