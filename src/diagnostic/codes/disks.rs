//! Block 3, 3101 to 3199: disks (DSP0243 9.1; 2.1 9.13).

use super::codes;

codes! {
    /// A Disk has no `diskId`.
    ///
    /// Devices name disks by it, so no machine can use this one.
    ///
    /// ```xml
    /// <Disk ovf:capacity="1073741824"/>
    /// ```
    ///
    /// Give it an `ovf:diskId` that no other disk has.
    MISSING_DISK_ID = 3101, "missing-disk-id", Error, "DSP0243 9.1", AttributeRequired, OvfMissingAttribute;

    /// A Disk names a File that References does not have.
    ///
    /// The importer looks the file up by its id and finds nothing to fill the disk with.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="1073741824" ovf:fileRef="file2"/>
    /// ```
    ///
    /// Give `ovf:fileRef` the id of a File, or add the File. A disk without content has no `ovf:fileRef`.
    UNKNOWN_FILE_REF = 3102, "unknown-file-ref", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueReference;

    /// The `fileRef` of a Disk is empty.
    ///
    /// It is read as if it were not there: a disk without content.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="1073741824" ovf:fileRef=""/>
    /// ```
    ///
    /// Leave the attribute out if the disk is meant to be empty.
    EMPTY_FILE_REF = 3103, "empty-file-ref", Tolerated, "DSP0243 9.1", ValueIllegal, OvfInvalidValueEmpty;

    /// Two disks have the same `diskId`.
    ///
    /// Readers take the first or the last, and so attach different disks.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="2147483648"/>
    /// ```
    ///
    /// Rename one of them, and the `HostResource` that refers to it.
    DUPLICATE_DISK_ID = 3104, "duplicate-disk-id", Error, "DSP0243 9.1", ValueIllegal, OvfDuplicateElement;

    /// A Disk has no `capacity`.
    ///
    /// The capacity is what the machine sees, and importers create the disk by it.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1"/>
    /// ```
    ///
    /// Add `ovf:capacity`, in bytes or in units of `ovf:capacityAllocationUnits`.
    MISSING_CAPACITY = 3105, "missing-capacity", Error, "DSP0243 9.1", AttributeRequired, OvfMissingAttribute;

    /// The `capacity` of a Disk is neither a whole number nor `${property}`.
    ///
    /// Units stand in `capacityAllocationUnits`, not in the number.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="10GB"/>
    /// ```
    ///
    /// Write `ovf:capacity="10" ovf:capacityAllocationUnits="byte * 2^30"`.
    INVALID_CAPACITY = 3106, "invalid-capacity", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `capacity` of a Disk is 0.
    ///
    /// No machine can use such a disk, and importers refuse to create it or create one of a size of their own.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="0"/>
    /// ```
    ///
    /// Write the size the machine is to see.
    ZERO_CAPACITY = 3107, "zero-capacity", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValue;

    /// The `capacity` of a disk with content is left to a property.
    ///
    /// Only an empty disk can be created in any size; the size of this one is that of its content.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="${size}" ovf:fileRef="file1"
    /// ```
    ///
    /// Write the capacity as a number, or leave `ovf:fileRef` out.
    VARIABLE_CAPACITY_WITH_FILE = 3108, "variable-capacity-with-file", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValue;

    /// The `capacityAllocationUnits` of a Disk are no unit of bytes.
    ///
    /// A unit is a term of DSP0004 over `byte`: `byte`, `byte * 2^20`, `gibibyte`. What is no unit is not
    /// guessed at: a capacity read in wrong units is a machine that does not start.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="10" ovf:capacityAllocationUnits="megs"/>
    /// ```
    ///
    /// Write `byte * 2^20` for MiB, `byte * 2^30` for GiB.
    INVALID_CAPACITY_UNITS = 3109, "invalid-capacity-units", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `capacityAllocationUnits` of a Disk are written in an outdated or loose way.
    ///
    /// What is meant is plain, and importers differ in which of these spellings they take. `MegaBytes` and
    /// its kind are read as powers of 1024.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="10" ovf:capacityAllocationUnits="GigaBytes"/>
    /// ```
    ///
    /// Write `byte * 2^20` for MiB, `byte * 2^30` for GiB.
    LOOSE_CAPACITY_UNITS = 3110, "loose-capacity-units", Tolerated, "DSP0004 Annex C", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The capacity of a Disk is more bytes than 64 bits can count.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="16" ovf:capacityAllocationUnits="byte * 2^70"/>
    /// ```
    ///
    /// Check the units: the capacity is their product.
    CAPACITY_OVERFLOW = 3111, "capacity-overflow", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValue;

    /// A Disk of OVF 0.9 has `capacityAllocationUnits`.
    ///
    /// The draft counts in bytes alone and does not know the attribute, so readers of 0.9 take the number
    /// for bytes.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^30"/>
    /// ```
    ///
    /// Write the capacity in bytes.
    UNITS_IN_LEGACY_DISK = 3112, "units-in-legacy-disk", Error, "OVF 0.9 DiskSection", AttributeIllegal, OvfUnsupportedAttribute;

    /// Two Disks have the same `fileRef`.
    ///
    /// The standard gives each disk a file of its own. Importers that take it fill both disks with one
    /// content.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk2" ovf:capacity="1073741824" ovf:fileRef="file1"
    /// ```
    ///
    /// Let both devices refer to one Disk, or add a file for the second.
    SHARED_FILE_REF = 3113, "shared-file-ref", Tolerated, "DSP0243 9.1", ValueIllegal, OvfConstraint;

    /// The Disks are in another order than their Files.
    ///
    /// Importers that read a package as a stream expect disks in the order in which their files come.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="1073741824" ovf:fileRef="file1"
    /// ```
    ///
    /// Sort the Disks like the Files in References.
    DISK_ORDER = 3114, "disk-order", Error, "DSP0243 9.1", ElementIllegal, OvfDiskOrderConstraint;

    /// A disk with content has no `format`.
    ///
    /// Without it an importer has to guess what the file is, and guessing formats has been exploited.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="1073741824" ovf:fileRef="file1"/>
    /// ```
    ///
    /// Add `ovf:format` with the URI of the format.
    MISSING_DISK_FORMAT = 3115, "missing-disk-format", Error, "DSP0243 5.2", AttributeRequired, OvfMissingAttribute;

    /// The `format` of a Disk is not one that importers are known to read.
    ///
    /// It is a URI, compared as a string. A slip in it makes the disk one of an unknown kind.
    ///
    /// ```xml
    /// ovf:format="http://www.vmware.com/interfaces/interfaces/specifications/vmdk.html"/>
    /// ```
    ///
    /// Check the spelling. For VMDK it is
    /// `http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized`.
    UNKNOWN_DISK_FORMAT = 3116, "unknown-disk-format", Warning, "DSP0243 5.2", ValueIllegal, OvfUnsupportedAttributeValue;

    /// The `populatedSize` of a Disk is no number of bytes.
    ///
    /// It is a whole number, always in bytes, whatever the units of the capacity are.
    ///
    /// ```xml
    /// ovf:populatedSize="-1"/>
    /// ```
    ///
    /// Write how many bytes of the disk are in use, or leave the attribute out.
    INVALID_POPULATED_SIZE = 3117, "invalid-populated-size", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `populatedSize` of a Disk is more than its capacity.
    ///
    /// Both are compared in bytes. Importers that reserve space by it reserve the wrong amount.
    ///
    /// ```xml
    /// ovf:populatedSize="1073741825"/>
    /// ```
    ///
    /// Correct the size, or leave the attribute out: it is a hint.
    POPULATED_OVER_CAPACITY = 3118, "populated-over-capacity", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValue;

    /// An empty Disk has a `populatedSize`.
    ///
    /// The attribute says how much of the content of a disk is in use, and this one has none.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="1073741824" ovf:populatedSize="1024"/>
    /// ```
    ///
    /// Leave the attribute out.
    POPULATED_EMPTY_DISK = 3119, "populated-empty-disk", Warning, "DSP0243 9.1", AttributeIllegal, OvfUnsupportedAttribute;

    /// The `parentRef` of a Disk names no Disk.
    ///
    /// A delta without its parent is no disk.
    ///
    /// ```xml
    /// <Disk ovf:diskId="delta" ovf:capacity="1073741824" ovf:parentRef="base"/>
    /// ```
    ///
    /// Give it the `diskId` of another Disk, or leave it out.
    UNKNOWN_PARENT_DISK = 3120, "unknown-parent-disk", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueReference;

    /// Disks are each other's parents.
    ///
    /// Following the parents of a delta has to end at a disk without one. Readers that do not count their
    /// steps never end.
    ///
    /// ```xml
    /// <Disk ovf:diskId="a" ovf:capacity="1073741824" ovf:parentRef="b"/>
    /// ```
    ///
    /// Break the circle at the disk that is complete.
    PARENT_CYCLE = 3121, "parent-cycle", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueReference;

    /// A parent Disk stands after its child.
    ///
    /// Importers create disks in order, and the child needs its parent.
    ///
    /// ```xml
    /// <Disk ovf:diskId="base" ovf:capacity="1073741824"/>
    /// ```
    ///
    /// Move the parent before the child.
    PARENT_AFTER_CHILD = 3122, "parent-after-child", Error, "DSP0243 9.1", ElementIllegal, OvfDiskOrderConstraint;

    /// A delta Disk has another capacity than its parent.
    ///
    /// ```xml
    /// <Disk ovf:diskId="delta" ovf:capacity="2147483648" ovf:parentRef="base"/>
    /// ```
    ///
    /// Give both the same capacity, unless the delta is meant to have grown.
    PARENT_CAPACITY = 3123, "parent-capacity", Warning, "DSP0243 9.1", ValueIllegal, OvfInvalidValue;

    /// No machine uses a Disk.
    ///
    /// It is transferred, and then belongs to nobody.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk2" ovf:capacity="1073741824"/>
    /// ```
    ///
    /// Remove it and its File, or add the device that should have it.
    UNUSED_DISK = 3124, "unused-disk", Warning, "DSP0243 9.1", ValueIllegal, OvfInvalidValueReference;

    /// `readOnly` of a SharedDisk is no boolean.
    ///
    /// ```xml
    /// <SharedDisk ovf:diskId="quorum" ovf:capacity="1073741824" ovf:readOnly="yes"/>
    /// ```
    ///
    /// Write `true` or `false`.
    INVALID_READ_ONLY = 3125, "invalid-read-only", Error, "DSP0243 2.1 9.13", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The capacity of a Disk is left to a property that is not there.
    ///
    /// `${name}` stands for the value of the property with that full key: class, key and instance with
    /// periods between them. Without the property the disk has no size.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="${size}"/>
    /// ```
    ///
    /// Add the Property to the machine that has the disk, or write a number.
    UNKNOWN_CAPACITY_PROPERTY = 3126, "unknown-capacity-property", Error, "DSP0243 9.1", ValueIllegal, OvfInvalidValueReference;

    /// The capacity of a Disk is left to a property that is no whole number.
    ///
    /// The value becomes the capacity, so it has to be one.
    ///
    /// ```xml
    /// <Property ovf:key="size" ovf:type="string" ovf:value="10"/>
    /// ```
    ///
    /// Give the Property an integer type, such as `uint64`.
    CAPACITY_PROPERTY_TYPE = 3127, "capacity-property-type", Error, "DSP0243 9.1", ValueIllegal, OvfPropertyType;

    /// The capacity of a Disk is left to a property that its machine does not have.
    ///
    /// The name is a full key: class, key and instance. It is looked up on the machine that has the
    /// disk, and on the collections around it.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1" ovf:capacity="${size}"/>
    /// ```
    ///
    /// Write the full key, or move the Property to the machine.
    UNREACHABLE_CAPACITY_PROPERTY = 3128, "unreachable-capacity-property", Warning, "DSP0243 9.1", ValueIllegal, OvfInvalidValueReference;
}
