//! Block 2, 2101 to 2199: sections of OVF 2 (DSP0243 2.1 9.11 to 9.16).

use super::codes;

codes! {
    /// A ScaleOutSection has no `id`.
    ///
    /// ```xml
    /// <ScaleOutSection>
    /// ```
    ///
    /// Give it the id of the member that is multiplied.
    MISSING_SCALE_OUT_ID = 2101, "missing-scale-out-id", Error, "DSP0243 2.1 9.14", AttributeRequired, OvfMissingAttribute;

    /// A ScaleOutSection names no direct member of its collection.
    ///
    /// Nothing is multiplied.
    ///
    /// ```xml
    /// <ScaleOutSection ovf:id="cache">
    /// ```
    ///
    /// Give it the id of a direct member.
    UNKNOWN_SCALE_OUT_ENTITY = 2102, "unknown-scale-out-entity", Error, "DSP0243 2.1 9.14", ValueIllegal, OvfInvalidValueReference;

    /// A ScaleOutSection has no InstanceCount.
    ///
    /// It does not say how many instances there are.
    ///
    /// ```xml
    /// <ScaleOutSection ovf:id="web">
    /// ```
    ///
    /// Add `InstanceCount` with `ovf:default`.
    MISSING_INSTANCE_COUNT = 2103, "missing-instance-count", Error, "DSP0243 2.1 9.14", ElementRequired, OvfMissingElement;

    /// A number of an InstanceCount is missing or no number.
    ///
    /// `default` is required; `minimum` and `maximum` may be left out.
    ///
    /// ```xml
    /// <InstanceCount ovf:default="many"/>
    /// ```
    ///
    /// Write a whole number.
    INVALID_INSTANCE_COUNT = 2104, "invalid-instance-count", Error, "DSP0243 2.1 9.14", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The default of an InstanceCount is not between its minimum and its maximum.
    ///
    /// ```xml
    /// <InstanceCount ovf:default="5" ovf:minimum="1" ovf:maximum="4"/>
    /// ```
    ///
    /// Write `minimum` ≤ `default` ≤ `maximum`; `minimum` is 1 when it is left out.
    INSTANCE_COUNT_RANGE = 2105, "instance-count-range", Error, "DSP0243 2.1 9.14", ValueIllegal, OvfInvalidValue;

    /// A PlacementGroupSection has no `id`.
    ///
    /// No machine can belong to it.
    ///
    /// ```xml
    /// <PlacementGroupSection ovf:policy="availability">
    /// ```
    ///
    /// Give it an id that no other group has.
    MISSING_PLACEMENT_GROUP_ID = 2111, "missing-placement-group-id", Error, "DSP0243 2.1 9.15", AttributeRequired, OvfMissingAttribute;

    /// Two PlacementGroupSections have the same `id`.
    ///
    /// ```xml
    /// <PlacementGroupSection ovf:id="group" ovf:policy="availability">
    /// ```
    ///
    /// Rename one of them, and what refers to it.
    DUPLICATE_PLACEMENT_GROUP = 2112, "duplicate-placement-group", Error, "DSP0243 2.1 9.15", ValueIllegal, OvfDuplicateElement;

    /// The `policy` of a PlacementGroupSection is missing or unknown.
    ///
    /// The standard knows `affinity`, together, and `availability`, apart.
    ///
    /// ```xml
    /// <PlacementGroupSection ovf:id="group" ovf:policy="apart">
    /// ```
    ///
    /// Write one of the two.
    INVALID_PLACEMENT_POLICY = 2113, "invalid-placement-policy", Error, "DSP0243 2.1 9.15", ValueIllegal, OvfInvalidValue;

    /// A PlacementSection names no PlacementGroupSection.
    ///
    /// ```xml
    /// <PlacementSection ovf:group="group">
    /// ```
    ///
    /// Give `group` the id of a PlacementGroupSection, or add it to the envelope.
    UNKNOWN_PLACEMENT_GROUP = 2114, "unknown-placement-group", Error, "DSP0243 2.1 9.15", ValueIllegal, OvfInvalidValueReference;

    /// An EncryptionSection has no key.
    ///
    /// ```xml
    /// <EncryptionSection>
    /// ```
    ///
    /// Add `EncryptedKey` or `DerivedKey` of XML Encryption.
    EMPTY_ENCRYPTION_SECTION = 2121, "empty-encryption-section", Error, "DSP0243 2.1 9.16", ElementRequired, OvfMissingElement;

    /// A BootDeviceSection has no boot configuration.
    ///
    /// ```xml
    /// <BootDeviceSection>
    /// ```
    ///
    /// Add `CIM_BootConfigSetting`.
    EMPTY_BOOT_DEVICE_SECTION = 2122, "empty-boot-device-section", Error, "DSP0243 2.1 9.12", ElementRequired, OvfMissingElement;

    /// A File of an EnvironmentFilesSection names no File of References.
    ///
    /// ```xml
    /// <File ovf:fileRef="settings" ovf:path="settings.xml"/>
    /// ```
    ///
    /// Give `ovf:fileRef` the id of a File, or add the File.
    UNKNOWN_ENVIRONMENT_FILE = 2131, "unknown-environment-file", Error, "DSP0243 2.1 9.11", ValueIllegal, OvfInvalidValueReference;

    /// The `path` of an environment file is missing or leads elsewhere.
    ///
    /// It is relative to the place where the guest finds its environment.
    ///
    /// ```xml
    /// <File ovf:fileRef="settings" ovf:path="/etc/settings.xml"/>
    /// ```
    ///
    /// Write a plain relative path.
    INVALID_ENVIRONMENT_PATH = 2132, "invalid-environment-path", Error, "DSP0243 2.1 9.11", ValueIllegal, OvfInvalidValue;

    /// The package needs a reader of OVF 2.
    ///
    /// It uses elements that readers of 1.x refuse as unknown: VMware's products take OVF 2 in part only.
    ///
    /// ```xml
    /// <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2"
    /// ```
    ///
    /// Export as OVF 1.0 if the importer is not known to read 2.x.
    NEEDS_OVF_2_READER = 2140, "needs-ovf-2-reader", Info, "DSP0243 2.1 8.3", ElementUnknown, OvfUnsupportedElement;
}
