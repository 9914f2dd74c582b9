//! A package to import: descriptor, two disks, a file nothing needs, and a message bundle or none.

use ovf::digest::Algorithm;

use crate::transfer::digest;

pub(crate) const DESCRIPTOR: &str = "web.ovf";
pub(crate) const BUNDLE: &str = "de.xml";
pub(crate) const BUNDLE_TEXT: &str = r#"<Strings xmlns="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xml:lang="de"><Msg ovf:msgid="vm">Eine Maschine</Msg></Strings>"#;

/// A large file: name, content, whether an import needs it.
pub(crate) const FILES: [(&str, &[u8], bool); 3] = [
    ("one.vmdk", b"first disk", true),
    ("two.vmdk", b"the second", true),
    ("notes.txt", b"hi", false),
];

/// The descriptor. It declares the size of the first disk alone.
pub(crate) fn descriptor(has_bundle: bool) -> String {
    let bundle = if has_bundle { r#"<File ovf:id="de" ovf:href="de.xml"/>"# } else { "" };
    let strings = if has_bundle { r#"<Strings xml:lang="de" ovf:fileRef="de"/>"# } else { "" };
    let format = "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References>{bundle}<File ovf:id="one" ovf:href="one.vmdk" ovf:size="10"/><File ovf:id="two" ovf:href="./two.vmdk"/>
    <File ovf:id="notes" ovf:href="notes.txt"/></References>
  <DiskSection><Info>Disks</Info>
    <Disk ovf:diskId="a" ovf:fileRef="one" ovf:capacity="512" ovf:format="{format}"/>
    <Disk ovf:diskId="b" ovf:fileRef="two" ovf:capacity="512" ovf:format="{format}"/></DiskSection>
  <NetworkSection><Info>Networks</Info><Network ovf:name="inside"><Description>x</Description></Network></NetworkSection>
  <VirtualSystem ovf:id="web"><Info ovf:msgid="vm">A machine</Info><VirtualHardwareSection><Info>Hardware</Info>
    <Item><rasd:ElementName>Disk 1</rasd:ElementName><rasd:HostResource>ovf:/disk/a</rasd:HostResource><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item>
    <Item><rasd:ElementName>Disk 2</rasd:ElementName><rasd:HostResource>ovf:/disk/b</rasd:HostResource><rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item></VirtualHardwareSection></VirtualSystem>{strings}
</Envelope>"#
    )
}

/// The manifest, with another digest for the file `wrong`.
pub(crate) fn manifest(has_bundle: bool, wrong: Option<&str>) -> String {
    let descriptor = descriptor(has_bundle);
    let mut members: Vec<(&str, &[u8])> = vec![(DESCRIPTOR, descriptor.as_bytes())];
    if has_bundle {
        members.push((BUNDLE, BUNDLE_TEXT.as_bytes()));
    }
    members.extend(FILES.iter().map(|&(name, content, _)| (name, content)));
    let line = |(name, content): (&str, &[u8])| {
        let content = if wrong == Some(name) { b"something else" } else { content };
        format!("SHA256({name})= {}\n", digest(Algorithm::Sha256, content))
    };
    members.into_iter().map(line).collect()
}
