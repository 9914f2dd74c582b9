//! Block 9: what vCloud Director refuses, renames or loses.

use super::codes;

codes! {
    /// vCloud Director reads OVF 1.0 and 1.1 only.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2"
    /// ```
    ///
    /// Export the machine as OVF 1.0 or 1.1.
    NAMESPACE_NOT_TAKEN = 9001, "namespace-not-taken", Error, "vCloud API 5.5", ParseError, OvfWrongNamespace;

    /// A File is compressed, which vCloud Director refuses.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk.gz" ovf:size="2048" ovf:compression="gzip"/>
    /// ```
    ///
    /// Store the file as it is, and leave the attribute out.
    COMPRESSION_NOT_TAKEN = 9002, "compression-not-taken", Error, "vCloud API 5.5", ValueIllegal, OvfUnsupportedAttributeValue;

    /// A File has no size, without which it cannot be uploaded to vCloud Director.
    ///
    /// An upload is complete when every file has as many bytes as the descriptor says.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk"/>
    /// ```
    ///
    /// Add `ovf:size` with the size of the file in bytes.
    MISSING_FILE_SIZE = 9003, "missing-file-size", Error, "vCloud API 5.5", AttributeRequired, OvfMissingAttribute;

    /// vCloud Director shortens the id of a machine.
    ///
    /// Of an id of more than 13 characters the first 13 stay, and three digits follow that make it unique.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="NewVirtualMachine1">
    /// ```
    ///
    /// Choose an id of up to 13 characters to keep it.
    RENAMED_MACHINE = 9011, "renamed-machine", Info, "vCloud API 5.5", ValueIllegal, OvfInvalidVmName;

    /// More than 999 long ids of machines begin with the same 13 characters.
    ///
    /// vCloud Director has three digits to tell them apart.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="NewVirtualMachine1000">
    /// ```
    ///
    /// Choose ids of up to 13 characters.
    TOO_MANY_ALIKE = 9012, "too-many-alike", Error, "vCloud API 5.5", ValueIllegal, OvfInvalidVmName;

    /// Something that OVF 1.1 added is lost when vCloud Director writes OVF 1.0.
    ///
    /// 1.0 has no `password` of a Property, no id of a VirtualHardwareSection, no `xml:lang` of the
    /// envelope, no message bundles in files of their own and no `VirtualQuantityUnits`. Without its mark a
    /// password is asked for in the clear.
    ///
    /// ```xml
    /// <Property ovf:key="secret" ovf:type="string" ovf:userConfigurable="true" ovf:password="true">
    /// ```
    ///
    /// Do without it, or keep the package that was uploaded.
    LOST_IN_1_0 = 9021, "lost-in-1-0", Warning, "DSP8023 1.0", ElementUnknown, OvfUnsupportedElement;

    /// vCloud Director passes over storage groups.
    ///
    /// They come from vCenter, and are not in what vCloud Director exports.
    ///
    /// ```xml
    /// <vmw:StorageGroupSection ovf:required="false" vmw:id="gold" vmw:name="Gold">
    /// ```
    ///
    /// Choose the storage policy when the package is deployed.
    IGNORED_SECTION = 9022, "ignored-section", Info, "VMware ovf-vmware.xsd", SectionUnknown, OvfUnsupportedSection;
}
