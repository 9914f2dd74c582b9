//! Block 7: vendor sections.

use super::codes;

codes! {
    /// An extension refers to a file or disk the package does not have.
    ///
    /// VMware puts the firmware settings of a machine into a file, and names it in a setting: nvram is
    /// `ovf:/file/ID`. Upgrade files are named by `fileRef`. Importers refuse a reference to nothing, also
    /// where the extension is optional.
    ///
    /// ```xml
    /// <vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="ovf:/file/file3"/>
    /// ```
    ///
    /// Write the id of a File, add the File to `References`, or remove the setting.
    UNKNOWN_VENDOR_FILE = 7001, "unknown-vendor-file", Error, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValueReference;

    /// A vendor's section stands where it has no meaning.
    ///
    /// Groups are declared on the envelope, machines join them in their own sections; elsewhere the section
    /// is passed over or refused.
    ///
    /// ```xml
    /// <vmw:StorageGroupSection vmw:id="gold" vmw:name="Gold">
    /// ```
    ///
    /// Move it to the element that the help names.
    MISPLACED_VENDOR_SECTION = 7002, "misplaced-vendor-section", Tolerated, "VMware and VirtualBox sections", SectionRestriction, OvfUnexpectedElement;

    /// A setting of VMware's stands where nobody looks for it.
    ///
    /// `Config` belongs to the virtual hardware or to the Item of a device, `ExtraConfig` to the virtual
    /// hardware, `CoresPerSocket` and `StorageGroup` to an Item.
    ///
    /// ```xml
    /// <vmw:ExtraConfig ovf:required="false" vmw:key="svga.present" vmw:value="TRUE"/>
    /// ```
    ///
    /// Move it to where it has a meaning.
    MISPLACED_VENDOR_SETTING = 7003, "misplaced-vendor-setting", Warning, "VMware virtual hardware", ElementIllegal, OvfUnexpectedElement;

    /// A `Config` or `ExtraConfig` does not say what it sets.
    ///
    /// ```xml
    /// <vmw:Config ovf:required="false" vmw:value="efi"/>
    /// ```
    ///
    /// Add `vmw:key`, or remove the element.
    MISSING_CONFIG_KEY = 7004, "missing-config-key", Error, "VMware ovf-vmware.xsd", AttributeRequired, OvfMissingAttribute;

    /// A `Config` or `ExtraConfig` does not say to what its key is set.
    ///
    /// VMware's schema requires the value. Importers take the setting for an empty one.
    ///
    /// ```xml
    /// <vmw:ExtraConfig ovf:required="false" vmw:key="nvram"/>
    /// ```
    ///
    /// Add `vmw:value`, or remove the element.
    MISSING_CONFIG_VALUE = 7005, "missing-config-value", Tolerated, "VMware ovf-vmware.xsd", AttributeRequired, OvfMissingAttribute;

    /// One place sets the same key twice.
    ///
    /// Which of the values counts differs between importers.
    ///
    /// ```xml
    /// <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
    /// ```
    ///
    /// Keep one of them.
    DUPLICATE_CONFIG_KEY = 7006, "duplicate-config-key", Warning, "VMware ovf-vmware.xsd", ElementIllegal, OvfDuplicateElement;

    /// The number of cores per socket is no number from 1.
    ///
    /// ```xml
    /// <vmw:CoresPerSocket ovf:required="false">two</vmw:CoresPerSocket>
    /// ```
    ///
    /// Write a number that divides the number of processors.
    INVALID_CORES_PER_SOCKET = 7011, "invalid-cores-per-socket", Error, "VMware ovf-vmware.xsd", ValueIllegal, OvfElementInvalidValue;

    /// The number of cores per socket does not divide the number of processors.
    ///
    /// vSphere creates such a machine and then does not start it.
    ///
    /// ```xml
    /// <vmw:CoresPerSocket ovf:required="false">2</vmw:CoresPerSocket>
    /// ```
    ///
    /// Write a number that divides the number of processors.
    UNEVEN_CORES_PER_SOCKET = 7012, "uneven-cores-per-socket", Tolerated, "VMware virtual hardware", ValueIllegal, OvfElementInvalidValue;

    /// An IpAssignmentSection names an unknown scheme.
    ///
    /// The software gets its addresses by `dhcp`, or from the OVF environment: `ovfenv`.
    ///
    /// ```xml
    /// <vmw:IpAssignmentSection ovf:required="false" vmw:schemes="ovfenv static">
    /// ```
    ///
    /// Write `dhcp`, `ovfenv`, or both.
    UNKNOWN_IP_SCHEME = 7021, "unknown-ip-scheme", Error, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValue;

    /// An IpAssignmentSection names an unknown protocol.
    ///
    /// ```xml
    /// <vmw:IpAssignmentSection ovf:required="false" vmw:protocols="IPv4,IPX">
    /// ```
    ///
    /// Write `IPv4`, `IPv6`, or both.
    UNKNOWN_IP_PROTOCOL = 7022, "unknown-ip-protocol", Error, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValue;

    /// A BootOrderSection names an unknown kind of device.
    ///
    /// The machine then starts from whatever its firmware finds first.
    ///
    /// ```xml
    /// <vmw:BootOrderSection ovf:required="false" vmw:type="network">
    /// ```
    ///
    /// Write `cdrom`, `disk`, `floppy` or `net`.
    UNKNOWN_BOOT_TYPE = 7031, "unknown-boot-type", Tolerated, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValue;

    /// A BootOrderSection names a device that the machine does not have.
    ///
    /// ```xml
    /// <vmw:BootOrderSection ovf:required="false" vmw:type="disk" vmw:instanceId="7">
    /// ```
    ///
    /// Write the `InstanceID` of the Item of the device.
    UNKNOWN_BOOT_DEVICE = 7032, "unknown-boot-device", Tolerated, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValueReference;

    /// The device of a BootOrderSection is not of the section's type.
    ///
    /// ```xml
    /// <vmw:BootOrderSection ovf:required="false" vmw:type="net" vmw:instanceId="1">
    /// ```
    ///
    /// Correct the type, or write the `InstanceID` of a device of that type.
    UNFIT_BOOT_DEVICE = 7033, "unfit-boot-device", Warning, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValue;

    /// A vServiceDependencySection has no id, or does not say on which service.
    ///
    /// The platform finds the service by its `Type`, and remembers the choice by the id.
    ///
    /// ```xml
    /// <vmw:vServiceDependencySection ovf:required="false" vmw:id="registration">
    /// ```
    ///
    /// Add what is missing.
    INCOMPLETE_SERVICE_DEPENDENCY = 7041, "incomplete-service-dependency", Warning, "VMware vServices", ElementRequired, OvfMissingElement;

    /// A CpuCompatibilitySection asks with something that is no number.
    ///
    /// ```xml
    /// <vmw:Level vmw:level="first" vmw:ecx="----:----:----:----:----:----:----:---1"/>
    /// ```
    ///
    /// Write the number the processor is asked with, decimal or hexadecimal.
    INVALID_CPU_LEVEL = 7051, "invalid-cpu-level", Tolerated, "VMware ovf-vmware.xsd", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A mask of a CpuCompatibilitySection is malformed.
    ///
    /// A mask has a character for each of 32 bits, the highest first: `1` and `0` require the bit, `-` does
    /// not care, `H`, `R`, `T` and `X` have meanings of VMware's.
    ///
    /// ```xml
    /// <vmw:Level vmw:level="1" vmw:ecx="----:---1"/>
    /// ```
    ///
    /// Write 8 groups of 4 characters with colons between them.
    INVALID_CPU_MASK = 7052, "invalid-cpu-mask", Tolerated, "VMware HostCpuIdInfo", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A machine, collection or disk joins a group that is not there.
    ///
    /// Storage groups are for storage policies, placement groups for tags of hosts. What joins no group is
    /// placed anywhere.
    ///
    /// ```xml
    /// <vmw:StorageSection ovf:required="false" vmw:group="silver">
    /// ```
    ///
    /// Write the id of a group, or declare the group on the envelope.
    UNKNOWN_VENDOR_GROUP = 7061, "unknown-vendor-group", Tolerated, "VMware groups", ValueIllegal, OvfInvalidValueReference;

    /// A group has no id, or something joins a group without saying which.
    ///
    /// ```xml
    /// <vmw:StorageSection ovf:required="false">
    /// ```
    ///
    /// Give the group an id, name it where it is joined, or remove the section.
    MISSING_VENDOR_GROUP = 7062, "missing-vendor-group", Warning, "VMware groups", AttributeRequired, OvfMissingAttribute;

    /// Two groups have the same id.
    ///
    /// Which of them is joined differs between importers.
    ///
    /// ```xml
    /// <vmw:StorageGroupSection ovf:required="false" vmw:id="gold" vmw:name="Silver">
    /// ```
    ///
    /// Give each group its own id.
    DUPLICATE_VENDOR_GROUP = 7063, "duplicate-vendor-group", Tolerated, "VMware groups", ValueIllegal, OvfDuplicateElement;

    /// A machine or a collection joins the same placement group twice.
    ///
    /// ```xml
    /// <vmw:TagBasedPlacementSection ovf:required="false" vmw:group="tpm">
    /// ```
    ///
    /// Keep one of the sections.
    REPEATED_TAG_PLACEMENT = 7064, "repeated-tag-placement", Tolerated, "VMware groups", ValueIllegal, OvfInvalidValue;

    /// The priority of a placement group is no whole number.
    ///
    /// ```xml
    /// <vmw:TagBasedPlacementGroupSection ovf:required="false" vmw:id="tpm" vmw:name="TPM" vmw:priority="high">
    /// ```
    ///
    /// Write a whole number, or leave the attribute out.
    INVALID_PLACEMENT_PRIORITY = 7065, "invalid-placement-priority", Tolerated, "VMware groups", ValueIllegal, OvfInvalidValueFormatMalformed;
}
