//! Block 8: what vSphere refuses.

use super::codes;

codes! {
    /// vSphere does not read OVF 2.
    ///
    /// It reads 0.9, 1.0 and 1.1, and 1.x descriptors with single sections of 2.x.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2"
    /// ```
    ///
    /// Export the machine as OVF 1.0 or 1.1.
    UNSUPPORTED_OVF_VERSION = 8001, "unsupported-ovf-version", Error, "vSphere OvfWrongNamespace", ParseError, OvfWrongNamespace;

    /// No hardware family of a machine is one that vSphere knows.
    ///
    /// Families are `vmx-` and a number, up to `vmx-22` of vSphere 9; an older vSphere takes less. A
    /// machine may name several, parted by blanks or commas, or have several hardware sections: one known
    /// family is enough.
    ///
    /// ```xml
    /// <vssd:VirtualSystemType>virtualbox-2.2</vssd:VirtualSystemType>
    /// ```
    ///
    /// Add a family that the vSphere in question knows.
    UNSUPPORTED_HARDWARE_FAMILY = 8002, "unsupported-hardware-family", Error, "vSphere OvfNoSupportedHardwareFamily", ElementUnknown, OvfNoSupportedHardwareFamily;

    /// A machine has no processor or no memory.
    ///
    /// vSphere then takes what it thinks fit for the guest.
    ///
    /// ```xml
    /// <VirtualHardwareSection>
    /// ```
    ///
    /// Add an Item of resource type 3 for processors, and one of 4 for memory.
    MISSING_PROCESSOR_OR_MEMORY = 8004, "missing-processor-or-memory", Warning, "vSphere OvfMissingHardware", ElementRequired, OvfMissingHardware;

    /// A required device is of a type that vSphere does not have.
    ///
    /// VirtualBox writes sound cards as type 35, which vSphere refuses.
    ///
    /// ```xml
    /// <rasd:ResourceType>35</rasd:ResourceType>
    /// ```
    ///
    /// Remove the Item, or add `ovf:required="false"` if the machine works without it.
    UNSUPPORTED_DEVICE = 8005, "unsupported-device", Error, "vSphere OvfUnsupportedType", ElementUnknown, OvfUnsupportedType;

    /// A required device has only subtypes that vSphere does not know.
    ///
    /// `ResourceSubType` may list several, parted by blanks or commas; one known subtype is enough.
    /// VirtualBox writes `AHCI` for what vSphere calls `vmware.sata.ahci`.
    ///
    /// ```xml
    /// <rasd:ResourceSubType>AHCI</rasd:ResourceSubType>
    /// ```
    ///
    /// Write a subtype that vSphere knows.
    UNSUPPORTED_DEVICE_SUBTYPE = 8006, "unsupported-device-subtype", Error, "vSphere OvfUnsupportedSubType", ValueIllegal, OvfUnsupportedSubType;

    /// vSphere leaves out an optional device.
    ///
    /// The machine is made without it.
    ///
    /// ```xml
    /// <Item ovf:required="false">
    /// ```
    ///
    /// Choose a device that vSphere knows if the machine is to have it.
    SKIPPED_DEVICE = 8007, "skipped-device", Warning, "vSphere OvfUnsupportedType", ElementUnknown, OvfUnsupportedType;

    /// A machine has devices in the form of OVF 2, which vSphere does not read.
    ///
    /// VirtualBox writes `StorageItem` and `EthernetPortItem` when told to export OVF 2.0.
    ///
    /// ```xml
    /// <EthernetPortItem>
    /// ```
    ///
    /// Export the machine as OVF 1.0 or 1.1, where all devices are `Item`.
    UNSUPPORTED_ITEM_ELEMENT = 8008, "unsupported-item-element", Error, "vSphere OvfUnsupportedElement", ElementUnknown, OvfUnsupportedElement;

    /// The format of a disk is not VMDK.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:fileRef="file1" ovf:capacity="1" ovf:format="http://www.gnome.org/~markmc/qcow-image-format.html"/>
    /// ```
    ///
    /// Convert the disk to a stream-optimized VMDK.
    UNSUPPORTED_DISK_FORMAT = 8011, "unsupported-disk-format", Error, "vSphere disk import", ValueIllegal, OvfUnsupportedAttributeValue;

    /// A File is compressed, which content libraries and clients of vSphere do not take.
    ///
    /// They say that packages with compressed disks are not supported. A stream-optimized VMDK is
    /// compressed in itself.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk.gz" ovf:compression="gzip"/>
    /// ```
    ///
    /// Store the file as it is.
    COMPRESSED_DISK = 8012, "compressed-disk", Warning, "vSphere content library", ValueIllegal, OvfUnsupportedAttributeValue;

    /// vSphere does not take the name of a machine.
    ///
    /// The name is that of `Name`, or else the id. It has up to 80 characters, where `%`, `/` and `\` count
    /// for three, and no control characters.
    ///
    /// ```xml
    /// <Name>A name that goes on and on until there are more than eighty characters in it, which is too long</Name>
    /// ```
    ///
    /// Choose a shorter name.
    INVALID_VM_NAME = 8013, "invalid-vm-name", Error, "vSphere OvfInvalidVmName", ValueIllegal, OvfInvalidVmName;

    /// A `Config` sets something that a machine of vSphere does not have.
    ///
    /// Its key is the path of a property of vSphere's API. vSphere refuses a required one it does not know.
    ///
    /// ```xml
    /// <vmw:Config ovf:required="false" vmw:key="tools.syncTime" vmw:value="true"/>
    /// ```
    ///
    /// Correct the key, or remove the setting.
    UNKNOWN_CONFIG_KEY = 8021, "unknown-config-key", Warning, "vSphere OvfInvalidValueFormatMalformed", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// vSphere refuses an `ExtraConfig`, as there is a setting for it.
    ///
    /// ```xml
    /// <vmw:ExtraConfig ovf:required="false" vmw:key="vhv.enable" vmw:value="TRUE"/>
    /// ```
    ///
    /// Write the setting that the help names.
    REFUSED_EXTRA_CONFIG = 8022, "refused-extra-config", Error, "vSphere OvfUnsupportedAttributeValue", ValueIllegal, OvfUnsupportedAttributeValue;

    /// An `ExtraConfig` opens a way between the machine and its host.
    ///
    /// vSphere asks whoever deploys the package whether to take settings that are a risk. These are of that
    /// kind: consoles on a port of the host, clipboards shared with it, debuggers.
    ///
    /// ```xml
    /// <vmw:ExtraConfig ovf:required="false" vmw:key="RemoteDisplay.vnc.enabled" vmw:value="TRUE"/>
    /// ```
    ///
    /// Remove it unless the software cannot do without.
    RISKY_EXTRA_CONFIG = 8023, "risky-extra-config", Warning, "vSphere security configuration", ValueIllegal, OvfUnsupportedAttributeValue;
}
