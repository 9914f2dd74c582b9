//! Renaming what is referred to by id.

use ovf::edit::{EditError, Named, rename_ids};

use crate::{edited, envelope, replaced, with_valid};

fn text() -> String {
    let content = r#"  <DiskSection>
    <Info>Disks</Info>
    <Disk ovf:diskId="x" ovf:capacity="1"/>
    <Disk ovf:diskId="child" ovf:capacity="1" ovf:fileRef="f" ovf:parentRef="x" ovf:format="urn:example:disk"/>
  </DiskSection>
  <vmw:StorageGroupSection ovf:required="false" vmw:id="x"><Info>Fast</Info></vmw:StorageGroupSection>
  <VirtualSystem ovf:id="x">
    <Info>One</Info>
    <vmw:StorageSection ovf:required="false" vmw:group="x"><Info>Fast</Info></vmw:StorageSection>
    <VirtualHardwareSection>
      <Info>Hardware</Info>
      <Item>
        <rasd:AddressOnParent>0</rasd:AddressOnParent>
        <rasd:ElementName>Disk</rasd:ElementName>
        <rasd:HostResource> /disk/x </rasd:HostResource>
        <rasd:InstanceID>2</rasd:InstanceID>
        <rasd:Parent>1</rasd:Parent>
        <rasd:ResourceType>17</rasd:ResourceType>
        <vmw:StorageGroup ovf:required="false">x</vmw:StorageGroup>
      </Item>
      <Item>
        <rasd:ElementName>CD</rasd:ElementName>
        <rasd:HostResource>ovf:/file/x</rasd:HostResource>
        <rasd:InstanceID>3</rasd:InstanceID>
        <rasd:ResourceType>15</rasd:ResourceType>
      </Item>
      <Item>
        <rasd:Address>0</rasd:Address>
        <rasd:ElementName>Controller</rasd:ElementName>
        <rasd:InstanceID>1</rasd:InstanceID>
        <rasd:ResourceType>6</rasd:ResourceType>
      </Item>
      <vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="ovf:/file/x"/>
    </VirtualHardwareSection>
  </VirtualSystem>"#;
    let files = "  <References>
    <File ovf:id=\"x\" ovf:href=\"x.iso\"/>
    <File ovf:id=\"f\" ovf:href=\"f.vmdk\"/>
  </References>\n";
    replaced(&envelope(content), "  <References/>\n", files, 1)
}

fn rename(what: Named) -> String {
    edited(&text(), |valid| rename_ids(valid, what, [("x", "y z")])).unwrap()
}

#[test]
fn each_kind_of_thing_has_ids_of_its_own() {
    let text = text();
    let disk = replaced(&text, "diskId=\"x\"", "diskId=\"y z\"", 1);
    let disk = replaced(&disk, "parentRef=\"x\"", "parentRef=\"y z\"", 1);
    assert_eq!(rename(Named::Disk), replaced(&disk, "> /disk/x <", "> /disk/y z <", 1));
    let file = replaced(&text, "<File ovf:id=\"x\"", "<File ovf:id=\"y z\"", 1);
    assert_eq!(rename(Named::File), replaced(&file, "ovf:/file/x", "ovf:/file/y z", 2));
    let group = replaced(&text, "vmw:id=\"x\"", "vmw:id=\"y z\"", 1);
    let group = replaced(&group, "vmw:group=\"x\"", "vmw:group=\"y z\"", 1);
    assert_eq!(rename(Named::StorageGroup), replaced(&group, ">x<", ">y z<", 1));
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    with_valid(&text(), |valid| {
        let rename = |what, old, new| rename_ids(valid, what, [(old, new)]);
        let name = || "x".to_owned();
        assert_eq!(
            rename(Named::Disk, "child", "x"),
            Err(EditError::Taken { what: Named::Disk, name: name(), line: 12 })
        );
        assert_eq!(
            rename(Named::Entity, "x", "y"),
            Err(EditError::Unknown { what: Named::Entity, name: name() })
        );
        assert!(matches!(rename(Named::File, "f", " g"), Err(EditError::Unfit { .. })));
        // In the place of a group's id it would be taken for a reference to a disk.
        let unfit = EditError::Unfit { what: Named::StorageGroup, name: "ovf:/disk/".to_owned() };
        assert_eq!(rename(Named::StorageGroup, "x", "ovf:/disk/"), Err(unfit));
        let twice = rename_ids(valid, Named::File, [("x", "y"), ("x", "z")]);
        assert!(matches!(twice, Err(EditError::Twice { .. })));
    });
}

#[test]
fn files_are_referred_to_by_disks() {
    let text = text();
    let renamed = edited(&text, |valid| rename_ids(valid, Named::File, [("f", "g")])).unwrap();
    let want = replaced(&text, "<File ovf:id=\"f\"", "<File ovf:id=\"g\"", 1);
    assert_eq!(renamed, replaced(&want, "fileRef=\"f\"", "fileRef=\"g\"", 1));
}

#[test]
fn quotes_are_escaped_where_they_would_end_the_value() {
    let text = replaced(&text(), "ovf:fileRef=\"f\"", "ovf:fileRef='f'", 1);
    let renamed = edited(&text, |valid| rename_ids(valid, Named::File, [("f", "a\"b'c")])).unwrap();
    assert!(renamed.contains("<File ovf:id=\"a&quot;b'c\""), "{renamed}");
    assert!(renamed.contains("ovf:fileRef='a\"b&apos;c'"), "{renamed}");
}

#[test]
fn steps_say_what_is_done_and_where() {
    with_valid(&text(), |valid| {
        let edit = rename_ids(valid, Named::Disk, [("x", "y")]).unwrap();
        let steps: Vec<_> = edit.steps().iter().map(|s| (s.line, s.what.as_str())).collect();
        assert_eq!(
            steps,
            [
                (12, "rename `x` to `y`"),
                (13, "change the disk in `Disk`"),
                (24, "change the disk in `HostResource`"),
            ]
        );
        assert!(rename_ids(valid, Named::Disk, [("x", "x")]).unwrap().is_empty());
    });
}

#[test]
fn groups_are_joined_by_id() {
    let text = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2"
          xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References/>
  <PlacementGroupSection ovf:id="g" ovf:policy="affinity"><Info>Near</Info></PlacementGroupSection>
  <vmw:TagBasedPlacementGroupSection ovf:required="false" vmw:id="g" vmw:name="g"><Info>Tags</Info></vmw:TagBasedPlacementGroupSection>
  <vmw:StorageGroupSection ovf:required="false" vmw:id="g"><Info>Fast</Info></vmw:StorageGroupSection>
  <VirtualSystem ovf:id="g">
    <Info>One</Info>
    <PlacementSection ovf:group="g"><Info>Near</Info></PlacementSection>
    <vmw:TagBasedPlacementSection ovf:required="false" vmw:group="g"><Info>Tags</Info></vmw:TagBasedPlacementSection>
    <vmw:StorageSection ovf:required="false" vmw:type="g"><Info>Fast</Info></vmw:StorageSection>
  </VirtualSystem>
</Envelope>
"#;
    let rename = |what| edited(text, |valid| rename_ids(valid, what, [("g", "h")])).unwrap();
    let placed =
        replaced(text, "Section ovf:id=\"g\" ovf:policy", "Section ovf:id=\"h\" ovf:policy", 1);
    let placed = replaced(&placed, "ovf:group=\"g\"", "ovf:group=\"h\"", 1);
    assert_eq!(rename(Named::PlacementGroup), placed);
    let tagged = replaced(text, "vmw:id=\"g\" vmw:name", "vmw:id=\"h\" vmw:name", 1);
    let tagged = replaced(&tagged, "vmw:group=\"g\"", "vmw:group=\"h\"", 1);
    assert_eq!(rename(Named::TagPlacementGroup), tagged);
    let stored = replaced(text, "vmw:id=\"g\"><Info>Fast", "vmw:id=\"h\"><Info>Fast", 1);
    assert_eq!(
        rename(Named::StorageGroup),
        replaced(&stored, "vmw:type=\"g\"", "vmw:type=\"h\"", 1)
    );
}

#[test]
fn things_are_called_by_their_names() {
    for (what, name) in [
        (Named::Entity, "entity"),
        (Named::Property, "property"),
        (Named::Option, "deployment option"),
        (Named::Network, "network"),
        (Named::File, "file"),
        (Named::Disk, "disk"),
        (Named::PlacementGroup, "placement group"),
        (Named::TagPlacementGroup, "group for placing by tags"),
        (Named::StorageGroup, "storage group"),
    ] {
        let error = EditError::Unknown { what, name: "x".into() };
        assert_eq!(error.to_string(), format!("there is no {name} `x`"));
    }
}
