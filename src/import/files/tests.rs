use super::*;
use crate::import::Choices;
use crate::report::Validator;
use crate::source::Source;

fn with_files(descriptor: &str, option: Option<&str>, check: impl FnOnce(&Files<'_, '_>)) {
    let descriptor = format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
            xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
            xmlns:vmw="http://www.vmware.com/schema/ovf">{descriptor}</Envelope>"#
    );
    let source = Source::decode(descriptor.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    let mut choices = Choices::new();
    choices.deployment_option = option.map(str::to_owned);
    let deployment = Deployment::new(report.envelope().unwrap(), &choices);
    check(&Files::new(&deployment));
}

fn item(number: u32, resource: &str, more: &str) -> String {
    format!(
        "<Item {more}><rasd:HostResource>ovf:/{resource}</rasd:HostResource>
        <rasd:InstanceID>{number}</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item>"
    )
}

const OPTIONS: &str = r#"<DeploymentOptionSection><Configuration ovf:id="small"/><Configuration ovf:id="big"/></DeploymentOptionSection>"#;

#[test]
fn users_and_types() {
    let items = [
        item(1, "disk/root", ""),
        item(2, "file/iso", ""),
        item(3, "disk/big", r#"ovf:configuration="big""#),
    ];
    let descriptor = format!(
        r#"<References><File ovf:id="a" ovf:href="root.vmdk" ovf:size="10"/><File ovf:id="iso" ovf:href="cd.iso" ovf:size="20"/>
        <File ovf:id="b" ovf:href="big.vmdk" ovf:size="40" ovf:compression="gzip"/><File ovf:id="nv" ovf:href="nvram" ovf:size="80"/>
        <File ovf:id="icon" ovf:href="i.png" ovf:size="160" ovf:compression="identity"/><File ovf:id="de" ovf:href="de.xml" ovf:size="320"/>
        <File ovf:id="nobody" ovf:href="n"/><File ovf:id="nowhere"/></References>
        <DiskSection><Disk ovf:diskId="root" ovf:fileRef="a" ovf:capacity="1000" ovf:populatedSize="300"/>
        <Disk ovf:diskId="big" ovf:fileRef="b" ovf:capacity="2" ovf:capacityAllocationUnits="byte * 2^10"/></DiskSection>
        {OPTIONS}
        <VirtualSystem ovf:id="vm"><ProductSection><Icon ovf:fileRef="icon"/></ProductSection>
        <VirtualHardwareSection>{}<vmw:ExtraConfig vmw:key="nvram" vmw:value="ovf:/file/nv"/></VirtualHardwareSection></VirtualSystem>
        <Strings ovf:fileRef="de"/>"#,
        items.concat()
    );
    let used = |files: &Files<'_, '_>| {
        files
            .list()
            .iter()
            .filter(|file| file.is_used)
            .map(|file| file.name.clone())
            .collect::<Vec<_>>()
    };
    with_files(&descriptor, None, |files| {
        let types: Vec<_> = files.list().iter().map(|file| file.file_type.as_str()).collect();
        assert_eq!(types, ["DISK", "CONTENT", "DISK", "NVRAM", "CONTENT", "MSG_BUNDLE", "CONTENT"]);
        assert_eq!(used(files), ["root.vmdk", "cd.iso", "nvram", "i.png", "de.xml"]);
        let sizes = files.sizes();
        assert_eq!((sizes.download, sizes.flat, sizes.sparse), (Some(590), Some(1000), Some(300)));
        assert_eq!(files.list()[2].compression.as_deref(), Some("gzip"));
        assert_eq!(files.list()[4].compression, None);
        assert_eq!(files.list()[0].populated_size, Some(300));
    });
    with_files(&descriptor, Some("big"), |files| {
        assert_eq!(used(files), ["root.vmdk", "cd.iso", "big.vmdk", "nvram", "i.png", "de.xml"]);
        let sizes = files.sizes();
        assert_eq!((sizes.download, sizes.flat, sizes.sparse), (Some(630), Some(3048), Some(2348)));
    });
}

#[test]
fn what_a_disk_is_a_delta_of_is_sent_first() {
    let descriptor = format!(
        r#"<References><File ovf:id="c" ovf:href="child" ovf:size="1"/><File ovf:id="p" ovf:href="parent" ovf:size="2"/>
        <File ovf:id="g" ovf:href="grandparent" ovf:size="4"/><File ovf:id="o" ovf:href="other" ovf:size="8"/></References>
        <DiskSection><Disk ovf:diskId="child" ovf:fileRef="c" ovf:parentRef="parent" ovf:capacity="100" ovf:populatedSize="20"/>
        <Disk ovf:diskId="parent" ovf:fileRef="p" ovf:parentRef="grandparent" ovf:capacity="100" ovf:populatedSize="30"/>
        <Disk ovf:diskId="grandparent" ovf:fileRef="g" ovf:capacity="100" ovf:populatedSize="40"/>
        <Disk ovf:diskId="other" ovf:fileRef="o" ovf:capacity="100"/></DiskSection>
        <VirtualSystem ovf:id="vm"><VirtualHardwareSection>{}{}</VirtualHardwareSection></VirtualSystem>"#,
        item(1, "disk/child", ""),
        item(2, "disk/child", "")
    );
    with_files(&descriptor, None, |files| {
        let order: Vec<_> = files.upload_order().map(|file| file.name.as_str()).collect();
        assert_eq!(order, ["grandparent", "parent", "child", "other"]);
        let sizes = files.sizes();
        assert_eq!(sizes.download, Some(7), "nothing uses the other disk");
        assert_eq!((sizes.flat, sizes.sparse), (Some(200), Some(180)), "there are two copies");
    });
}

#[test]
fn circles_of_disks_end() {
    let descriptor = format!(
        r#"<References><File ovf:id="a" ovf:href="a"/><File ovf:id="b" ovf:href="b"/></References>
        <DiskSection><Disk ovf:diskId="a" ovf:fileRef="a" ovf:parentRef="b" ovf:capacity="9" ovf:populatedSize="1"/>
        <Disk ovf:diskId="b" ovf:fileRef="b" ovf:parentRef="a" ovf:capacity="9" ovf:populatedSize="2"/>
        <Disk ovf:diskId="c" ovf:parentRef="c" ovf:capacity="9"/></DiskSection>
        <VirtualSystem ovf:id="vm"><VirtualHardwareSection>{}</VirtualHardwareSection></VirtualSystem>"#,
        item(1, "disk/a", "")
    );
    with_files(&descriptor, None, |files| {
        assert_eq!(files.upload_order().count(), 2);
        let sizes = files.sizes();
        assert_eq!((sizes.download, sizes.flat, sizes.sparse), (None, Some(9), Some(3)));
    });
}

#[test]
fn a_long_chain_of_disks_takes_no_stack() {
    let mut disks = String::new();
    for at in 0..20_000 {
        let next = at + 1;
        disks += &format!(r#"<Disk ovf:diskId="d{at}" ovf:parentRef="d{next}" ovf:capacity="9"/>"#);
    }
    let items = item(1, "disk/d0", "");
    let descriptor = format!(
        r#"<DiskSection>{disks}</DiskSection><VirtualSystem ovf:id="vm"><VirtualHardwareSection>{items}</VirtualHardwareSection></VirtualSystem>"#
    );
    with_files(&descriptor, None, |files| {
        assert!(files.disks()[19_999].is_used);
        assert_eq!(files.sizes().flat, Some(9));
    });
}

#[test]
fn pieces_have_nine_digits_and_a_shorter_last_one() {
    let descriptor = r#"<References><File ovf:href="a b.vmdk" ovf:size="25" ovf:chunkSize="10"/>
        <File ovf:href="unknown" ovf:chunkSize="10"/><File ovf:href="whole" ovf:chunkSize="0"/>
        <File ovf:href="https://example.com/x"/></References>"#;
    with_files(descriptor, None, |files| {
        let [known, unknown, whole, remote] = files.list() else { panic!("there are four") };
        let pieces: Vec<_> = known.chunks().unwrap().iter().collect();
        let name = |number: u32| format!("a b.vmdk.00000000{number}");
        assert_eq!(pieces, [(name(0), Some(10)), (name(1), Some(10)), (name(2), Some(5))]);
        let pieces = unknown.chunks().unwrap();
        assert_eq!(pieces.count(), None);
        assert_eq!(pieces.get(123_456), Some(("unknown.000123456".to_owned(), None)));
        assert_eq!(pieces.get(Chunks::MOST), None);
        assert_eq!(whole.chunks(), None);
        assert_eq!(remote.path(), None);
        assert_eq!(known.path().as_deref(), Some("a b.vmdk"));
    });
}

#[test]
fn manifest_and_certificate_are_named_after_the_descriptor() {
    for (name, manifest) in [("vm.ovf", "vm.mf"), ("a.b.OVF", "a.b.mf"), ("odd", "odd.mf")] {
        assert_eq!(companions(name).0, manifest);
    }
}

#[test]
fn companions_are_named_as_the_descriptor_without_ovf() {
    for (descriptor, base) in [
        ("vm.ovf", "vm"),
        ("VM.OVF", "VM"),
        ("vm.1.ovf", "vm.1"),
        ("vm.1", "vm.1"),
        ("vm.xml", "vm.xml"),
        ("vm", "vm"),
    ] {
        let want = (format!("{base}.mf"), format!("{base}.cert"));
        assert_eq!(companions(descriptor), want, "{descriptor}");
    }
}

#[test]
fn types_are_padded_as_texts_are() {
    assert_eq!(format!("{:>6}|{:<5}|", FileType::Disk, FileType::Descriptor), "  DISK|OVF  |");
}

/// DSP0243 9.1 has the full key there; people who forget the class mean the first property with the key.
#[test]
fn a_capacity_is_that_of_its_property() {
    let sizes = |capacity: &str| {
        let descriptor = format!(
            r#"<References/><DiskSection><Disk ovf:diskId="d" ovf:capacity="{capacity}"/></DiskSection>
            <VirtualSystem ovf:id="vm"><ProductSection ovf:class="org.example">
            <Property ovf:key="other" ovf:value="5"/><Property ovf:key="size" ovf:value="7"/></ProductSection>
            <VirtualHardwareSection>{}</VirtualHardwareSection></VirtualSystem>"#,
            item(1, "disk/d", "")
        );
        let mut found = None;
        with_files(&descriptor, None, |files| found = Some(files.sizes()));
        let sizes = found.unwrap();
        (sizes.flat, sizes.is_variable)
    };
    assert_eq!(sizes("${org.example.size}"), (Some(7), true));
    assert_eq!(sizes("${size}"), (Some(7), true));
    assert_eq!(sizes("${nobody}"), (None, true));
    assert_eq!(sizes("9"), (Some(9), false));
}
