//! What findings say and what they advise, word for word, where it depends on what else there is.
//!
//! The fixtures judge where findings stand; here one descriptor for each way a message or its help can end.
#![allow(clippy::panic, clippy::expect_used, reason = "a test that panics has failed")]

use ovf::{Code, Report, Source, Validator};

const LEGACY: &str = "http://www.vmware.com/schema/ovf/1/envelope";

/// A descriptor of 1.x with something behind its `References`.
fn envelope(content: &str) -> String {
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
  xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
  xmlns:epasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_EthernetPortAllocationSettingData"
  xmlns:sasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_StorageAllocationSettingData"
  xmlns:vmw="http://www.vmware.com/schema/ovf"
  xmlns:acme="http://acme.example/ovf">
<References><File ovf:id="file1" ovf:href="a.iso"/></References>
{content}
</Envelope>"#
    )
}

/// One of a machine with these sections.
fn machine(sections: &str) -> String {
    envelope(&format!(r#"<VirtualSystem ovf:id="web"><Info>i</Info>{sections}</VirtualSystem>"#))
}

/// One of a machine with this hardware, and something before the machine.
fn hardware(before: &str, items: &str) -> String {
    envelope(&format!(
        r#"{before}<VirtualSystem ovf:id="web"><Info>i</Info><VirtualHardwareSection><Info>i</Info>
{items}</VirtualHardwareSection></VirtualSystem>"#
    ))
}

/// One of a machine with a product.
fn product(children: &str) -> String {
    machine(&format!("<ProductSection><Info>i</Info>{children}</ProductSection>"))
}

/// The findings of a code: message and help of each.
fn told(report: &Report<'_>, code: Code) -> Vec<(String, String)> {
    let found = report.diagnostics().iter().filter(|found| found.code == code);
    found.map(|found| (found.message.clone(), found.help.clone().unwrap_or_default())).collect()
}

/// Asserts all findings of a code: the message, and the help or nothing.
#[track_caller]
fn says(descriptor: &str, code: Code, wanted: &[(&str, &str)]) {
    let source = Source::decode(descriptor.as_bytes()).expect("it is text");
    let found = told(&Validator::new().check(&source), code);
    let found: Vec<_> = found.iter().map(|(message, help)| (&**message, &**help)).collect();
    assert_eq!(found, wanted, "{descriptor}");
}

/// Asserts the help of the only finding of a code.
#[track_caller]
fn advises(descriptor: &str, code: Code, wanted: &str) {
    let source = Source::decode(descriptor.as_bytes()).expect("it is text");
    let found = told(&Validator::new().check(&source), code);
    let [(_, help)] = &*found else { panic!("{found:?} in {descriptor}") };
    assert_eq!(help, wanted, "{descriptor}");
}

/// Asserts the help of the only finding of a code in an environment document.
#[track_caller]
fn advises_in_environment(content: &str, code: Code, wanted: &str) {
    let document = format!(
        r#"<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1"
  xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" oe:id="web">{content}</Environment>"#
    );
    let source = Source::decode(document.as_bytes()).expect("it is text");
    let found = told(&Validator::new().check_environment(&source, None), code);
    let [(_, help)] = &*found else { panic!("{found:?} in {document}") };
    assert_eq!(help, wanted, "{document}");
}

#[test]
fn units_of_disks_are_powers_of_two_where_they_are() {
    let disk = |units: &str| {
        envelope(&format!(
            r#"<DiskSection><Info>i</Info><Disk ovf:diskId="d" ovf:capacity="1"
ovf:capacityAllocationUnits="{units}"/></DiskSection>"#
        ))
    };
    for (units, help) in [
        ("MegaBytes", "write `byte * 2^20`"),
        ("Byte", "write `byte * 2^0`"),
        ("Byte * 10^3", "write `byte * 1000`"),
    ] {
        advises(&disk(units), Code::LOOSE_CAPACITY_UNITS, help);
    }
}

#[test]
fn the_version_of_legacy_descriptors_has_the_prefix_of_their_attributes() {
    let xsi = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
    let default = format!(r#"xmlns="{LEGACY}""#);
    let own = format!(r#"xmlns:o="{LEGACY}""#);
    for (declarations, help) in [
        (format!("{default} {xsi} {own}"), r#"add `o:version="0.9"`"#),
        (format!("{own} {xsi} {default}"), r#"add `o:version="0.9"`"#),
        (format!("{default} {xsi}"), r#"add `ovf:version="0.9"`"#),
    ] {
        let descriptor = format!("<Envelope {declarations}/>");
        advises(&descriptor, Code::MISSING_LEGACY_VERSION, help);
    }
}

#[test]
fn sections_without_a_type_are_told_what_to_write() {
    let section = |attributes: &str| {
        format!(
            r#"<ovf:Envelope xmlns:ovf="{LEGACY}" ovf:version="0.9"><References/>
<Section {attributes}><Info>i</Info></Section></ovf:Envelope>"#
        )
    };
    let plain = "say what it is: `xsi:type=\"ovf:…_Type\"`";
    for (attributes, help) in [
        (r#"ovf:required="false""#, plain),
        (r#"type="ovf:NetworkSection_Type""#, plain),
        (
            r#"ovf:required="false" x:type="ovf:NetworkSection_Type" xmlns:x="urn:x""#,
            "bind the prefix to `http://www.w3.org/2001/XMLSchema-instance`",
        ),
    ] {
        advises(&section(attributes), Code::MISSING_SECTION_TYPE, help);
    }
}

#[test]
fn unknown_elements_of_environments_are_compared_with_those_around() {
    let code = Code::UNKNOWN_ENVIRONMENT_ELEMENT;
    let otherwise = "remove it, or give it a namespace of its own where extensions stand";
    for (content, help) in [
        ("<PlatformSektion/>", "write `PlatformSection` if that is meant"),
        ("<Entiti/>", "write `Entity` if that is meant"),
        (
            r#"<Entity oe:id="db"><PropertySektion/></Entity>"#,
            "write `PropertySection` if that is meant",
        ),
        ("<PropertySection><Propertie/></PropertySection>", "write `Property` if that is meant"),
        ("<PlatformSection><Vendro/></PlatformSection>", "write `Vendor` if that is meant"),
        (r#"<Entity oe:id="db"><Entity oe:id="x"/></Entity>"#, otherwise),
    ] {
        advises_in_environment(content, code, help);
    }
}

#[test]
fn unknown_sections() {
    let code = Code::UNKNOWN_REQUIRED_SECTION;
    let optional = "add `ovf:required=\"false\"` if machines work without it";
    for (section, help) in [
        ("<Disk ovf:diskId=\"d\"/>", "move it into a `DiskSection`"),
        ("<License>l</License>", "move it into a `EulaSection`"),
        ("<acme:License>l</acme:License>", optional),
        (
            "<ProdukSection><Info>i</Info></ProdukSection>",
            "write `ProductSection` if that is meant",
        ),
        (
            "<acme:ProductSection><Info>i</Info></acme:ProductSection>",
            "put it into the OVF namespace if the standard's `ProductSection` is meant",
        ),
        ("<acme:ProdukSection><Info>i</Info></acme:ProdukSection>", optional),
        ("<acme:Backup><Info>i</Info></acme:Backup>", optional),
    ] {
        advises(&machine(section), code, help);
    }
    let code = Code::UNKNOWN_OPTIONAL_SECTION;
    for (info, help) in [
        ("<Info> Who made it. </Info>", "it says of itself: `Who made it.`"),
        ("<Info> </Info>", ""),
        ("", ""),
    ] {
        let section = format!(r#"<acme:Maker ovf:required="false">{info}</acme:Maker>"#);
        advises(&machine(&section), code, help);
    }
}

#[test]
fn unknown_children_of_sections() {
    let code = Code::UNKNOWN_REQUIRED_CHILD;
    let optional = "add `ovf:required=\"false\"` if the section works without it";
    for (child, help) in [
        ("<Vendr>v</Vendr>", "write `Vendor` if that is meant"),
        ("<acme:Vendr>v</acme:Vendr>", optional),
        ("<Weather>w</Weather>", optional),
    ] {
        advises(&product(child), code, help);
    }
}

#[test]
fn one_finding_for_all_required_extensions() {
    let section = "<vmw:BootOrderSection><Info>i</Info></vmw:BootOrderSection>";
    for (count, help) in [
        (1, ""),
        (2, "1 more sections are required like this one"),
        (3, "2 more sections are required like this one"),
    ] {
        advises(&machine(&section.repeat(count)), Code::CONFORMANCE_LEVEL_3, help);
    }
}

#[test]
fn unknown_disks_and_files_of_devices() {
    let disks =
        r#"<DiskSection><Info>i</Info><Disk ovf:diskId="system" ovf:capacity="1"/></DiskSection>"#;
    let code = Code::UNKNOWN_HOST_RESOURCE;
    for (reference, message, help) in [
        (
            "disk/file1",
            "no disk has the id `file1`",
            "a File has that id; refer to the Disk made from it",
        ),
        ("file/system", "no file has the id `system`", "a Disk has that id: write `ovf:/disk/`"),
        ("disk/sistem", "no disk has the id `sistem`", "`system` is close to it"),
        ("file/file2", "no file has the id `file2`", "`file1` is close to it"),
        ("disk/other", "no disk has the id `other`", "add the Disk to DiskSection"),
        ("file/other", "no file has the id `other`", "add the File to References"),
    ] {
        let item = format!("<Item><rasd:HostResource>ovf:/{reference}</rasd:HostResource></Item>");
        says(&hardware(disks, &item), code, &[(message, help)]);
    }
}

#[test]
fn unknown_networks_of_cards() {
    let networks = |names: &[&str]| {
        let networks: String =
            names.iter().map(|name| format!(r#"<Network ovf:name="{name}"/>"#)).collect();
        format!("<NetworkSection><Info>i</Info>{networks}</NetworkSection>")
    };
    let names = ["one", "two", "three", "four", "five", "sixth"];
    for (before, name, help) in [
        (networks(&["Front"]), " Front ", "take away the white space around the name"),
        (networks(&["Front"]), "Fornt", "`Front` is close to it"),
        (String::new(), "Front", "add a NetworkSection with the network"),
        (networks(&names[..1]), "Front", "add it to NetworkSection, which has `one`"),
        (
            networks(&names[..5]),
            "Outside",
            "add it to NetworkSection, which has `one`, `two`, `three`, `four`, `five`",
        ),
        (
            networks(&names),
            "Outside",
            "add it to NetworkSection, which has `one`, `two`, `three`, `four`, `five`, …",
        ),
    ] {
        let item = format!(
            "<Item><rasd:Connection>{name}</rasd:Connection>\
             <rasd:ResourceType>10</rasd:ResourceType></Item>"
        );
        advises(&hardware(&before, &item), Code::UNKNOWN_NETWORK, help);
    }
}

#[test]
fn unknown_settings_of_devices() {
    let optional = "add `ovf:required=\"false\"` if the device works without it";
    for (setting, help) in [
        ("<rasd:Adress>0</rasd:Adress>", "write `Address` if that is meant"),
        ("<acme:Adress>0</acme:Adress>", optional),
        ("<rasd:Weather>0</rasd:Weather>", optional),
    ] {
        let item = format!("<Item>{setting}</Item>");
        advises(&hardware("", &item), Code::UNKNOWN_REQUIRED_SETTING, help);
    }
    for (setting, help) in [
        (
            "<vssd:VirtualSystemTyp>x</vssd:VirtualSystemTyp>",
            "write `vssd:VirtualSystemType` if that is meant",
        ),
        ("<vssd:Weather>x</vssd:Weather>", "put it into a namespace of your own"),
    ] {
        let system = format!("<System>{setting}</System>");
        advises(&hardware("", &system), Code::UNKNOWN_SYSTEM_SETTING, help);
    }
}

#[test]
fn settings_of_another_class_are_told_the_namespace_of_theirs() {
    let class = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_";
    for (item, name) in [
        ("<Item><epasd:Address>0</epasd:Address></Item>", "ResourceAllocationSettingData"),
        (
            "<EthernetPortItem><rasd:Address>0</rasd:Address></EthernetPortItem>",
            "EthernetPortAllocationSettingData",
        ),
        (
            "<StorageItem><rasd:Address>0</rasd:Address></StorageItem>",
            "StorageAllocationSettingData",
        ),
    ] {
        let help = format!("put it into the namespace `{class}{name}`");
        advises(&hardware("", item), Code::FOREIGN_SETTING, &help);
    }
}

const OPTIONS: &str = r#"<DeploymentOptionSection><Info>i</Info>
<Configuration ovf:id="small"><Label>s</Label><Description>s</Description></Configuration>
<Configuration ovf:id="large"><Label>l</Label><Description>l</Description></Configuration>
</DeploymentOptionSection>"#;

#[test]
fn items_with_one_id() {
    let item = |attributes: &str, kind: u8| {
        format!(
            "<Item {attributes}><rasd:InstanceID>1</rasd:InstanceID>\
             <rasd:ResourceType>{kind}</rasd:ResourceType></Item>"
        )
    };
    let small = r#"ovf:configuration="small""#;
    for (first, second, help) in [
        (item("", 5), item("", 5), "give each Item an InstanceID of its own"),
        (
            item("", 5),
            item("", 6),
            "they are devices of different types: give each an InstanceID of its own",
        ),
        (
            item(small, 5),
            item(small, 5),
            "leave one of the Items for these deployment options, or give them InstanceIDs of their own",
        ),
        (
            item(small, 5),
            item(small, 6),
            "they are devices of different types: give each an InstanceID of its own",
        ),
    ] {
        advises(&hardware(OPTIONS, &(first + &second)), Code::DUPLICATE_INSTANCE_ID, help);
    }
}

#[test]
fn parents_that_are_nowhere_or_under_other_options() {
    let device = "<Item><rasd:InstanceID>2</rasd:InstanceID><rasd:Parent>1</rasd:Parent>\
                  <rasd:ResourceType>15</rasd:ResourceType></Item>";
    says(
        &hardware(OPTIONS, device),
        Code::DANGLING_PARENT,
        &[("no Item has the InstanceID `1`", "name the InstanceID of the controller")],
    );
    let controller = "<Item ovf:configuration=\"small\"><rasd:InstanceID>1</rasd:InstanceID>\
                      <rasd:ResourceType>5</rasd:ResourceType></Item>";
    advises(
        &hardware(OPTIONS, &format!("{controller}{device}")),
        Code::DANGLING_PARENT,
        "let the controller belong to the same deployment options as the device",
    );
}

#[test]
fn macros_that_name_nothing() {
    let descriptor = |value: &str| {
        envelope(&format!(
            r#"<VirtualSystemCollection ovf:id="all"><Info>i</Info>
<VirtualSystem ovf:id="a"><Info>i</Info><ProductSection ovf:class="org.example"><Info>i</Info>
<Property ovf:key="port" ovf:type="string" ovf:value="x"/></ProductSection></VirtualSystem>
<VirtualSystem ovf:id="b"><Info>i</Info><ProductSection><Info>i</Info>
<Property ovf:key="plain" ovf:type="string" ovf:value="x"/></ProductSection></VirtualSystem>
<VirtualSystem ovf:id="c"><Info>i</Info><ProductSection><Info>i</Info>
<Property ovf:key="mine" ovf:type="string" ovf:value="{value}"/></ProductSection></VirtualSystem>
</VirtualSystemCollection>"#
        ))
    };
    for (value, help) in [
        ("${port}", "`org.example.port` has that key"),
        ("${plain}", "the property is one of another machine"),
        ("${other}", "add the property, or correct the name"),
    ] {
        advises(&descriptor(value), Code::UNKNOWN_MACRO, help);
    }
}

#[test]
fn types_that_are_none() {
    let secret = "write `string`, and add `ovf:password=\"true\"`";
    let network = "write `string`; what fills it from a network stands in `vmw:qualifiers`";
    for (name, help) in [
        ("password", secret),
        ("password(8..)", secret),
        ("ip:Front", network),
        ("ip", network),
        ("bolean", "write `boolean` if that is meant"),
        ("weather", "write `string` if it may hold any text"),
    ] {
        let property = format!(r#"<Property ovf:key="k" ovf:type="{name}" ovf:value="x"/>"#);
        advises(&product(&property), Code::UNKNOWN_PROPERTY_TYPE, help);
    }
}

#[test]
fn attributes_a_property_has_not() {
    let otherwise = "put it into a namespace of your own, or remove it";
    for (name, help) in [
        ("defaultValue", "write `ovf:value` if that is meant"),
        ("isPassword", "write `ovf:password` if that is meant"),
        ("configurableByUser", "write `ovf:userConfigurable` if that is meant"),
        ("valeu", "write `ovf:value` if that is meant"),
        ("configuration", "give it a `Value` for the deployment option"),
        ("weather", otherwise),
    ] {
        let property = format!(
            r#"<Property ovf:key="k" ovf:type="string" ovf:value="x" ovf:{name}="small"/>"#
        );
        advises(&product(&property), Code::UNKNOWN_PROPERTY_ATTRIBUTE, help);
    }
}

#[test]
fn booleans_in_loose_spelling() {
    for (value, help) in
        [("True", "write `true`"), ("False", "write `false`"), (" true", "remove the white space")]
    {
        let property = format!(r#"<Property ovf:key="k" ovf:type="boolean" ovf:value="{value}"/>"#);
        advises(&product(&property), Code::LOOSE_PROPERTY_VALUE, help);
    }
}

#[test]
fn languages() {
    for (language, help) in [("en_US", "write `en-US`"), ("e", "write a tag such as `en-US`")] {
        let bundle =
            format!(r#"<Strings xml:lang="{language}"><Msg ovf:msgid="m">x</Msg></Strings>"#);
        advises(&envelope(&bundle), Code::INVALID_LANGUAGE, help);
    }
}

#[test]
fn vendor_settings_are_told_their_place() {
    let code = Code::MISPLACED_VENDOR_SETTING;
    for (element, help) in [
        ("Config", "move it to `VirtualHardwareSection`, or to the Item of the device"),
        ("ExtraConfig", "move it to `VirtualHardwareSection`"),
        ("CoresPerSocket", "move it to the Item of the device"),
    ] {
        let section = format!(
            r#"<AnnotationSection><Info>i</Info><Annotation>a</Annotation>
<vmw:{element} ovf:required="false" vmw:key="k" vmw:value="1"/></AnnotationSection>"#
        );
        advises(&machine(&section), code, help);
    }
}

#[test]
fn unknown_groups_of_vendors() {
    let groups = r#"<vmw:StorageGroupSection ovf:required="false" vmw:id="gold" vmw:name="g"><Info>i</Info>
</vmw:StorageGroupSection>
<vmw:TagBasedPlacementGroupSection ovf:required="false" vmw:id="secure" vmw:name="s"><Info>i</Info>
</vmw:TagBasedPlacementGroupSection>"#;
    let code = Code::UNKNOWN_VENDOR_GROUP;
    let otherwise = "name a group that is there, or add it to the envelope";
    for (section, group, help) in [
        ("StorageSection", "glod", "write `gold` if that is meant"),
        ("StorageSection", "other", otherwise),
        ("TagBasedPlacementSection", "secur", "write `secure` if that is meant"),
        ("TagBasedPlacementSection", "other", otherwise),
    ] {
        let content = format!(
            r#"{groups}<VirtualSystem ovf:id="web"><Info>i</Info>
<vmw:{section} ovf:required="false" vmw:group="{group}"><Info>i</Info></vmw:{section}></VirtualSystem>"#
        );
        advises(&envelope(&content), code, help);
    }
}

#[test]
fn networks_named_by_properties() {
    let networks = r#"<NetworkSection><Info>i</Info><Network ovf:name="Front"/></NetworkSection>"#;
    for (name, wanted) in [
        ("ip:Frnt", Some("write `Front` if that is meant")),
        ("ip:Front", None),
        // No type of a network, and no type at all.
        ("string:Back", None),
    ] {
        let descriptor = envelope(&format!(
            r#"{networks}<VirtualSystem ovf:id="web"><Info>i</Info><ProductSection><Info>i</Info>
<Property ovf:key="k" ovf:type="{name}" ovf:value="x"/></ProductSection></VirtualSystem>"#
        ));
        let source = Source::decode(descriptor.as_bytes()).expect("it is text");
        let found = told(&Validator::new().check(&source), Code::UNKNOWN_PROPERTY_NETWORK);
        let helps: Vec<_> = found.iter().map(|(_, help)| &**help).collect();
        assert_eq!(helps, Vec::from_iter(wanted), "{name}");
    }
}

#[test]
fn what_is_an_environment_document() {
    let own = "http://schemas.dmtf.org/ovf/environment/1";
    for (name, namespace, wanted) in [
        ("Environment", own, true),
        ("Other", own, true),
        ("Environment", "http://www.vmware.com/schema/ovf/environment/2", true),
        ("Environment", "", false),
        ("Environment", "urn:weather", false),
        ("Other", "http://www.vmware.com/schema/ovf/environment/2", false),
        ("Envelope", "http://schemas.dmtf.org/ovf/envelope/1", false),
    ] {
        let document = format!(r#"<{name} xmlns="{namespace}"/>"#);
        let source = Source::decode(document.as_bytes()).expect("it is text");
        assert_eq!(Validator::new().check(&source).is_environment(), wanted, "{document}");
    }
}

#[test]
fn of_half_an_environment_document_nothing_is_missed() {
    let descriptor = product(r#"<Property ovf:key="port" ovf:type="string" ovf:value="80"/>"#);
    let descriptor = Source::decode(descriptor.as_bytes()).expect("it is text");
    let described = Validator::new().check(&descriptor);
    let envelope = described.envelope().expect("it is a descriptor");
    let machine = envelope.ost_nodes().find(|node| node.id() == "web");
    let whole = r#"<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1"
  xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" oe:id="web">
  <PropertySection><Propertie/></PropertySection></Environment>"#;
    let codes = |document: &str| -> Vec<Code> {
        let source = Source::decode(document.as_bytes()).expect("it is text");
        let report = Validator::new().check_environment(&source, machine);
        report.diagnostics().iter().map(|found| found.code).collect()
    };
    let all = codes(whole);
    assert!(all.contains(&Code::UNKNOWN_ENVIRONMENT_ELEMENT), "{all:?}");
    assert!(all.contains(&Code::MISSING_ENVIRONMENT_PROPERTY), "{all:?}");
    let half = codes(&whole[..whole.len() - "</PropertySection></Environment>".len()]);
    assert!(half.contains(&Code::UNKNOWN_ENVIRONMENT_ELEMENT), "{half:?}");
    assert!(!half.contains(&Code::MISSING_ENVIRONMENT_PROPERTY), "{half:?}");
}

#[test]
fn a_wrong_key_is_compared_with_the_first_hundred_of_a_machine() {
    let document = r#"<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1"
  xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" oe:id="web">
  <PropertySection><Property oe:key="gatewai" oe:value="x"/></PropertySection></Environment>"#;
    let document = Source::decode(document.as_bytes()).expect("it is text");
    for (before, help) in [(99, "write `gateway` if that is meant"), (100, "remove the property")] {
        let property = |key: &str| format!(r#"<Property ovf:key="{key}" ovf:type="string"/>"#);
        let properties: String =
            (0..before).map(|number| property(&format!("p{number}"))).collect();
        let descriptor = product(&(properties + &property("gateway")));
        let descriptor = Source::decode(descriptor.as_bytes()).expect("it is text");
        let described = Validator::new().check(&descriptor);
        let envelope = described.envelope().expect("it is a descriptor");
        let machine = envelope.ost_nodes().find(|node| node.id() == "web");
        let report = Validator::new().check_environment(&document, machine);
        let wanted = [("`web` has no property `gatewai`".to_owned(), help.to_owned())];
        assert_eq!(told(&report, Code::UNKNOWN_ENVIRONMENT_KEY), wanted, "{before} before it");
    }
}
