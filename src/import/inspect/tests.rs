use super::*;
use crate::report::Validator;
use crate::source::Source;

fn with_inspection(body: &str, check: impl FnOnce(&Inspection<'_, '_>)) {
    let descriptor = format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
            xmlns:vmw="http://www.vmware.com/schema/ovf"><References/>{body}</Envelope>"#
    );
    let source = Source::decode(descriptor.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    check(&Inspection::new(&report, &Choices::new()));
}

/// `VAppPropertyInfo.type` of vim25.
#[test]
fn types_are_in_the_grammar_of_vsphere() {
    for (attributes, vim_type, default) in [
        (r#"ovf:type="string""#, "string", ""),
        (r#"ovf:type="string" ovf:qualifiers="MinLen(2)""#, "string(2..)", ""),
        (r#"ovf:type="string" ovf:qualifiers="MaxLen(9)""#, "string(..9)", ""),
        (r#"ovf:type="string" ovf:qualifiers="MinLen(2),MaxLen(9)""#, "string(2..9)", ""),
        (r#"ovf:type="string" ovf:qualifiers="MaxLen(9),MaxLen(5)""#, "string(..9)", ""),
        (r#"ovf:type="string" ovf:qualifiers="MaxLen(""#, "string", ""),
        (
            r#"ovf:type="string" ovf:qualifiers="ValueMap{&quot;a b&quot;,&quot;it's&quot;}""#,
            r#"string["a b", "it's"]"#,
            "",
        ),
        (
            r#"ovf:type="string" ovf:qualifiers='ValueMap{"back\\slash", "quo\"te"}'"#,
            r#"string["back\\slash", "quo\"te"]"#,
            "",
        ),
        (r#"ovf:type="uint8""#, "int(0..255)", ""),
        (r#"ovf:type="sint8""#, "int(-128..127)", ""),
        (r#"ovf:type="uint16""#, "int(0..65535)", ""),
        (r#"ovf:type="sint16""#, "int(-32768..32767)", ""),
        (r#"ovf:type="uint32""#, "int(0..4294967295)", ""),
        (r#"ovf:type="sint32""#, "int", ""),
        (r#"ovf:type="int""#, "int", ""),
        (r#"ovf:type="uint64""#, "int(0..18446744073709551615)", ""),
        (r#"ovf:type="sint64""#, "int(-9223372036854775808..9223372036854775807)", ""),
        (r#"ovf:type="uint16" ovf:qualifiers="MinValue(1024)""#, "int(1024..65535)", ""),
        (r#"ovf:type="int" ovf:qualifiers="MaxValue(7)""#, "int(-2147483648..7)", ""),
        (r#"ovf:type="uint8" ovf:qualifiers="ValueMap{1, 2}""#, r#"string["1", "2"]"#, ""),
        (r#"ovf:type="boolean" ovf:value="true""#, "boolean", "true"),
        (r#"ovf:type="real32""#, "real", ""),
        (r#"ovf:type="real64" ovf:qualifiers="MinValue(0.5),MaxValue(2)""#, "real(0.5..2)", ""),
        (r#"ovf:type="string" ovf:password="true" ovf:value="x""#, "password", ""),
        (
            r#"ovf:type="string" ovf:password="true" ovf:qualifiers="MinLen(8),MaxLen(20)""#,
            "password(8..20)",
            "",
        ),
        (r#"ovf:type="password" ovf:value="x""#, "password", ""),
        (r#"ovf:type="string" vmw:qualifiers="Ip""#, "ip", ""),
        (r#"ovf:type="string" vmw:qualifiers="Ip('VM Network')""#, "ip:VM Network", ""),
        (
            r#"ovf:type="string" vmw:qualifiers="Gateway('VM Network')""#,
            "expression",
            "${gateway:VM Network}",
        ),
        (r#"ovf:type="string" vmw:qualifiers="VimIp""#, "expression", "${vimIp:}"),
        (r#"ovf:type="ip:VM Network""#, "ip:VM Network", ""),
        (r#"ovf:type="expression" ovf:value="${autoIp:net}""#, "expression", "${autoIp:net}"),
        (r#"ovf:type="nonsense" ovf:value="1""#, "string", "1"),
        ("", "string", ""),
    ] {
        let body = format!(
            r#"<VirtualSystem ovf:id="vm"><ProductSection><Property ovf:key="k" {attributes}/></ProductSection></VirtualSystem>"#
        );
        with_inspection(&body, |found| {
            let [property] = found.properties.as_slice() else { panic!("{attributes}") };
            assert_eq!(property.vim_type, vim_type, "{attributes}");
            assert_eq!(property.default, default, "{attributes}");
        });
    }
}

#[test]
fn names_come_from_product_name_or_id() {
    for (inside, name) in [
        ("<Name>Named</Name><ProductSection><Product> Made </Product></ProductSection>", "Made"),
        ("<Name>Named</Name><ProductSection><Product/></ProductSection>", "Named"),
        ("", "vm"),
    ] {
        with_inspection(
            &format!(r#"<VirtualSystem ovf:id="vm">{inside}</VirtualSystem>"#),
            |found| {
                assert_eq!(found.name, name);
            },
        );
    }
}

#[test]
fn addresses_are_assigned_as_the_section_says() {
    for (attributes, schemes, protocols) in [
        (r#"vmw:schemes="ovfenv dhcp""#, "dhcp ovfenv", "IPv4"),
        (r#"vmw:schemes="" vmw:protocols="IPv6""#, "", "IPv6"),
        (r#"vmw:schemes="dhcp,nonsense" vmw:protocols="IPv6,IPv4""#, "dhcp", "IPv4 IPv6"),
    ] {
        with_inspection(&format!("<vmw:IpAssignmentSection {attributes}/>"), |found| {
            assert_eq!(found.ip_schemes.join(" "), schemes);
            let named: Vec<_> = found.ip_protocols.iter().map(|protocol| protocol.vim()).collect();
            assert_eq!(named.join(" "), protocols);
        });
    }
    with_inspection("", |found| assert!(found.ip_protocols.is_empty()));
}

/// A class of a megabyte would otherwise be copied once for each of a hundred thousand properties.
#[test]
fn texts_have_a_ceiling() {
    let class = "x".repeat(1 << 20);
    let properties: String = (0..40).map(|at| format!(r#"<Property ovf:key="k{at}"/>"#)).collect();
    let body = format!(
        r#"<VirtualSystem ovf:id="vm"><ProductSection ovf:class="{class}">{properties}</ProductSection></VirtualSystem>"#
    );
    with_inspection(&body, |found| {
        assert!(!found.is_complete);
        // 64 MiB: each has it twice, alone and in its full key.
        assert_eq!(found.properties.len(), 31);
    });
}

/// The name of a controller belongs to each of its disks. A machine that is not whole is left out.
#[test]
fn names_of_controllers_have_a_ceiling() {
    let name = "x".repeat(1 << 20);
    for (disks, fits) in [(63, true), (64, false)] {
        let disk = |id: usize| {
            format!(
                "<Item><rasd:InstanceID>{id}</rasd:InstanceID><rasd:Parent>1</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>"
            )
        };
        let items = format!(
            "<Item><rasd:ElementName>{name}</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType></Item>{}",
            (2..2 + disks).map(disk).collect::<String>()
        );
        with_inspection(&machine_with(&items), |found| {
            assert_eq!(found.is_complete, fits, "{disks}");
            let found: Vec<_> = found.machines().map(|(_, machine)| machine.disks.len()).collect();
            assert_eq!(found, vec![disks; usize::from(fits)], "{disks}");
        });
    }
}

fn machine_with(items: &str) -> String {
    format!(
        r#"<VirtualSystem ovf:id="vm"><VirtualHardwareSection xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">{items}</VirtualHardwareSection></VirtualSystem>"#
    )
}

#[test]
fn controllers_are_told_by_their_model() {
    for (resource_type, model, bus) in [
        (5, "", Some("IDE")),
        (6, "lsilogic", Some("SCSI")),
        (7, "", None),
        (20, "AHCI", Some("SATA")),
        (20, "example.sata.2", Some("SATA")),
        (20, "vmware.nvme.controller", Some("NVME")),
        (20, "example.raid", None),
    ] {
        let items = format!(
            "<Item><rasd:ElementName>it</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceSubType>{model}</rasd:ResourceSubType><rasd:ResourceType>{resource_type}</rasd:ResourceType></Item>"
        );
        with_inspection(&machine_with(&items), |found| {
            let (_, machine) = found.machines().next().unwrap();
            let buses: Vec<_> = machine.controllers.iter().map(|one| one.bus).collect();
            assert_eq!(buses, [bus], "{resource_type} {model}");
        });
    }
    let module = "<Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceSubType>vmware.nvdimm.device</rasd:ResourceSubType><rasd:ResourceType>20</rasd:ResourceType></Item>";
    with_inspection(&machine_with(module), |found| {
        let (_, machine) = found.machines().next().unwrap();
        assert_eq!((machine.controllers.len(), machine.others.len()), (0, 1), "it is a module");
    });
}

#[test]
fn usb_controllers_are_told_by_their_model() {
    for (model, settings, kind, auto_connect) in [
        ("vmware.usb.xhci", "", Some("XHCI"), None),
        ("vmware.usb.EHCI", "true", Some("EHCI"), Some(true)),
        ("example.usb", "false", None, Some(false)),
    ] {
        let setting =
            format!("<vmw:Config vmw:key=\"autoConnectDevices\" vmw:value=\"{settings}\"/>");
        let items = format!(
            "<Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceSubType>{model}</rasd:ResourceSubType><rasd:ResourceType>23</rasd:ResourceType>{setting}</Item>"
        );
        with_inspection(&machine_with(&items), |found| {
            let (_, machine) = found.machines().next().unwrap();
            let [controller] = machine.usb_controllers.as_slice() else { panic!("{model}") };
            assert_eq!(controller.kind, kind, "{model}");
            assert_eq!(controller.auto_connect, auto_connect, "{model}");
        });
    }
}

#[test]
fn an_allocation_that_says_one_thing_is_not_empty() {
    let empty = Allocation::default();
    assert!(empty.is_empty());
    assert!(!Allocation { reservation: Some(0), ..empty }.is_empty());
    assert!(!Allocation { limit: Some(0), ..empty }.is_empty());
    assert!(!Allocation { shares: Some(0), ..empty }.is_empty());
}

#[test]
fn what_is_no_descriptor_has_findings_alone() {
    let source = Source::decode(b"<Strings/>").unwrap();
    let report = Validator::new().check(&source);
    let choices = Choices::new();
    let found = Inspection::new(&report, &choices);
    assert!(found.envelope.is_none() && found.systems.is_empty() && found.files.is_none());
    assert_eq!(found.errors.len(), 1);
}

#[test]
fn a_wrong_namespace_is_told() {
    let source = Source::decode(
        br#"<Envelope xmlns="http://example.org/envelope" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"/>"#,
    )
    .unwrap();
    let report = Validator::new().check(&source);
    let choices = Choices::new();
    let found = Inspection::new(&report, &choices);
    let namespace = FaultValue::Text("http://example.org/envelope".to_owned());
    assert_eq!(
        found.errors[0].properties,
        [("lineNumber", FaultValue::Int(1)), ("namespaceName", namespace)]
    );
}
