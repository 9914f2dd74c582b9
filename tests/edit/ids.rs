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
        let twice = rename_ids(valid, Named::File, [("x", "y"), ("x", "z")]);
        assert!(matches!(twice, Err(EditError::Twice { .. })));
    });
}
