//! Block 4: virtual hardware (DSP0243 8 and 9.3).

use super::codes;

codes! {
    /// Two VirtualHardwareSections of one virtual system have the same id.
    ///
    /// Several sections are alternatives, of which a reader takes one. The id is what they are told
    /// apart by.
    ///
    /// ```xml
    /// <VirtualHardwareSection ovf:id="fast">
    /// ```
    ///
    /// Give each section of the virtual system an id of its own.
    DUPLICATE_HARDWARE_ID = 4001, "duplicate-hardware-id", Error, "DSP0243 8.1", ValueIllegal, OvfInvalidValue;

    /// `System` stands behind Items.
    ///
    /// The schema has `System` right after `Info`, in front of the Items. Importers find it wherever it
    /// is.
    ///
    /// ```xml
    /// </Item>
    /// <System>
    /// ```
    ///
    /// Move `System` in front of the first Item.
    MISPLACED_SYSTEM = 4002, "misplaced-system", Tolerated, "DSP0243 8.1", ElementIllegal, OvfUnexpectedElement;

    /// A VirtualHardwareSection has a second `System`.
    ///
    /// `System` says what the machine is as a whole. With two of them a reader cannot know which holds.
    ///
    /// ```xml
    /// </System>
    /// <System>
    /// ```
    ///
    /// Leave one. Alternatives are VirtualHardwareSections of their own; one `VirtualSystemType` may
    /// list several families.
    REPEATED_SYSTEM = 4003, "repeated-system", Error, "DSP0243 8.1", ElementIllegal, OvfDuplicateElement;

    /// The three kinds of Item of OVF 2 do not stand in the order of the schema.
    ///
    /// The schema of OVF 2 has every `Item` first, then every `EthernetPortItem`, then every
    /// `StorageItem`. Generators write them as they come; a validating parser refuses that.
    ///
    /// ```xml
    /// </StorageItem>
    /// <EthernetPortItem>
    /// ```
    ///
    /// Sort the Items by kind. Which Item is which device is told by `InstanceID`, so nothing else
    /// changes.
    MISORDERED_ITEMS = 4004, "misordered-items", Tolerated, "DSP8023 2.0.1", ElementIllegal, OvfUnexpectedElement;

    /// A transport for the OVF environment is one that nobody reads.
    ///
    /// The standard defines `iso`, and leaves the rest to URIs; VMware reads `com.vmware.guestInfo`.
    /// With any other word the machine starts without its properties.
    ///
    /// ```xml
    /// <VirtualHardwareSection ovf:transport="iso guestinfo">
    /// ```
    ///
    /// Write `iso`, `com.vmware.guestInfo`, or a URI that your reader documents.
    UNKNOWN_TRANSPORT = 4005, "unknown-transport", Warning, "DSP0243 11.2", ValueIllegal, OvfUnsupportedAttributeValue;

    /// The transport is `iso`, but the machine has no CD drive.
    ///
    /// With this transport the OVF environment is handed over as a file on a CD. Without a drive the
    /// guest never sees it.
    ///
    /// ```xml
    /// <VirtualHardwareSection ovf:transport="iso">
    /// ```
    ///
    /// Add an Item with ResourceType 15, and the controller it hangs on.
    ISO_TRANSPORT_WITHOUT_DRIVE = 4006, "iso-transport-without-drive", Warning, "DSP0243 11.2", ElementRequired, OvfMissingHardware;

    /// A list is parted by commas where blanks are meant.
    ///
    /// Transports, `VirtualSystemType` and `ResourceSubType` may list alternatives, parted by blanks.
    /// Many generators write commas, and many importers split at both; one that does not reads the list
    /// as one unknown word.
    ///
    /// ```xml
    /// <rasd:ResourceSubType>buslogic, lsilogic</rasd:ResourceSubType>
    /// ```
    ///
    /// Part the alternatives by blanks.
    COMMA_IN_LIST = 4007, "comma-in-list", Tolerated, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// An `EthernetPortItem` or `StorageItem` stands in a descriptor of OVF 1.x.
    ///
    /// OVF 1.x knows `Item` alone. Its readers refuse the others as unsupported elements, and the
    /// machine would be without its disks or network cards.
    ///
    /// ```xml
    /// <StorageItem>
    /// ```
    ///
    /// Write an `Item` with children of CIM_ResourceAllocationSettingData, or write the whole
    /// descriptor in OVF 2.
    ITEM_OF_VERSION_2 = 4008, "item-of-version-2", Error, "DSP0243 2.1 8.3", ElementUnknown, OvfUnsupportedElement;

    /// A virtual system has no VirtualHardwareSection.
    ///
    /// It describes a machine made of nothing. vSphere refuses it, and others build a machine of their own.
    ///
    /// ```xml
    /// <VirtualSystem ovf:id="web">
    /// ```
    ///
    /// Add the section with a processor and memory at least.
    MISSING_VIRTUAL_HARDWARE = 4009, "missing-virtual-hardware", Error, "DSP0243 8.1", ElementRequired, OvfMissingElement;

    /// A `System` lacks its `ElementName` or its `InstanceID`.
    ///
    /// Both are required by CIM_VirtualSystemSettingData. Importers look at `VirtualSystemType` and
    /// pass over the rest.
    ///
    /// ```xml
    /// <System>
    ///   <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>
    /// ```
    ///
    /// Name the hardware family in `vssd:ElementName`, and write `0` in `vssd:InstanceID`.
    INCOMPLETE_SYSTEM = 4010, "incomplete-system", Tolerated, "DSP0243 8.1", ElementRequired, OvfMissingElement;

    /// The children of `System` do not stand in the order of their names.
    ///
    /// The schema is a sequence in alphabetical order. Importers do not mind; a validating parser does.
    ///
    /// ```xml
    /// <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>
    /// <vssd:ElementName>hardware family</vssd:ElementName>
    /// ```
    ///
    /// Sort the children by name.
    MISORDERED_SYSTEM = 4011, "misordered-system", Tolerated, "DSP8023", ElementIllegal, OvfUnexpectedElement;

    /// A child of `System` is none that CIM_VirtualSystemSettingData has.
    ///
    /// What stands in a namespace of CIM has to be a property of the class, so this is a slip or
    /// somebody's own element in the wrong namespace. Readers pass over it, and what it says is lost.
    ///
    /// ```xml
    /// <vssd:VirtualSystemTyp>vmx-10</vssd:VirtualSystemTyp>
    /// ```
    ///
    /// Correct the name, or put the element into a namespace of your own.
    UNKNOWN_SYSTEM_SETTING = 4012, "unknown-system-setting", Tolerated, "DSP0243 8.1", ElementUnknown, OvfUnsupportedElement;

    /// An Item has no children.
    ///
    /// An Item describes a device by its children. Without any it has neither an id nor a kind, and
    /// importers refuse the package.
    ///
    /// ```xml
    /// <Item/>
    /// ```
    ///
    /// Describe a device, or remove the Item.
    EMPTY_ITEM = 4020, "empty-item", Error, "DSP0243 8.3", ElementRequired, OvfMissingElement;

    /// An Item has no `InstanceID`, or an empty one.
    ///
    /// The InstanceID is what other Items refer to, and what tells whether two Items speak of the same
    /// device.
    ///
    /// ```xml
    /// <Item>
    ///   <rasd:ElementName>processors</rasd:ElementName>
    ///   <rasd:ResourceType>3</rasd:ResourceType>
    /// ```
    ///
    /// Give the Item an InstanceID that no other Item of the section has. It need not be a number.
    MISSING_INSTANCE_ID = 4021, "missing-instance-id", Error, "DSP0243 8.3", ElementRequired, OvfMissingElement;

    /// An Item of OVF 1.x or 2 has an `InstanceId`, as OVF 0.9 spelled it.
    ///
    /// CIM names the property `InstanceID`. VMware's older exports kept the spelling of the draft, and
    /// importers take both. A validating parser takes it for an unknown element. Said once for each
    /// section.
    ///
    /// ```xml
    /// <rasd:InstanceId>1</rasd:InstanceId>
    /// ```
    ///
    /// Write `InstanceID`.
    LEGACY_INSTANCE_ID = 4022, "legacy-instance-id", Tolerated, "DSP0243 8.3", ElementUnknown, OvfUnsupportedElement;

    /// An Item has no `ElementName`.
    ///
    /// CIM requires it. OVF 0.9 had `Caption` in its place, which some exporters write to this day;
    /// importers then show that, or a name of their own. Said once for each section.
    ///
    /// ```xml
    /// <Item>
    ///   <rasd:Caption>processors</rasd:Caption>
    /// ```
    ///
    /// Name the device in `ElementName`.
    MISSING_ELEMENT_NAME = 4023, "missing-element-name", Tolerated, "DSP0243 8.3", ElementRequired, OvfMissingElement;

    /// An Item has no `ResourceType`, or an empty one.
    ///
    /// The schema would let it pass, but without the type nobody knows what to build. Each of several
    /// Items with one InstanceID needs it, and so does the marker of a range.
    ///
    /// ```xml
    /// <Item>
    ///   <rasd:ElementName>processors</rasd:ElementName>
    ///   <rasd:InstanceID>1</rasd:InstanceID>
    ///   <rasd:VirtualQuantity>2</rasd:VirtualQuantity>
    /// ```
    ///
    /// Write the number CIM has for the kind of device: 3 for processors, 4 for memory, 10 for a
    /// network card, 17 for a disk.
    MISSING_RESOURCE_TYPE = 4024, "missing-resource-type", Error, "DSP0243 9.8", ElementRequired, OvfMissingElement;

    /// A `ResourceType` is no number of 16 bits.
    ///
    /// The kinds of device are numbered by CIM. A name is not read.
    ///
    /// ```xml
    /// <rasd:ResourceType>Disk Drive</rasd:ResourceType>
    /// ```
    ///
    /// Write the number CIM has for the kind of device.
    INVALID_RESOURCE_TYPE = 4025, "invalid-resource-type", Error, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// A `ResourceType` is a number that CIM has not defined.
    ///
    /// CIM defines 1 to 33 and leaves 32768 and up to vendors. The numbers between are kept for later.
    /// VirtualBox writes 35 for a sound card; other importers refuse the type, or leave the device out.
    ///
    /// ```xml
    /// <rasd:ResourceType>35</rasd:ResourceType>
    /// ```
    ///
    /// Write `1` with the kind of device in `OtherResourceType`, and mark the Item as not required.
    RESERVED_RESOURCE_TYPE = 4026, "reserved-resource-type", Warning, "DSP0243 8.3", ValueIllegal, OvfUnsupportedType;

    /// A device of type 1, other, does not say what it is.
    ///
    /// Type 1 stands for what CIM has no number for. What that is stands in `OtherResourceType`, or,
    /// with VMware, in `ResourceSubType`. With neither, no importer can build it.
    ///
    /// ```xml
    /// <rasd:ResourceType>1</rasd:ResourceType>
    /// ```
    ///
    /// Name the kind of device in `OtherResourceType`.
    UNNAMED_OTHER_DEVICE = 4027, "unnamed-other-device", Warning, "DSP0243 8.3", ElementRequired, OvfUnsupportedType;

    /// Two Items have the same InstanceID for the same deployment options.
    ///
    /// Several Items of one InstanceID are one device, described for different deployment options or as
    /// the ends of a range. Two that always hold together are a slip: importers refuse the package, and
    /// one that merges them builds one device of two.
    ///
    /// ```xml
    /// <rasd:InstanceID>2</rasd:InstanceID>
    /// ```
    ///
    /// Give each device an InstanceID of its own.
    DUPLICATE_INSTANCE_ID = 4028, "duplicate-instance-id", Error, "DSP0243 8.3", ElementIllegal, OvfDuplicateElement;

    /// Items of one InstanceID have different resource types.
    ///
    /// They are one device, described for different deployment options or as the ends of a range. A
    /// device cannot be two things.
    ///
    /// ```xml
    /// <rasd:InstanceID>2</rasd:InstanceID>
    /// <rasd:ResourceType>3</rasd:ResourceType>
    /// ```
    ///
    /// Give the Items one ResourceType, or InstanceIDs of their own.
    CONFLICTING_RESOURCE_TYPE = 4029, "conflicting-resource-type", Error, "DSP0243 9.8", ElementIllegal, OvfDuplicateElement;

    /// The children of an Item do not stand in the order of their names.
    ///
    /// The schema is a sequence in alphabetical order. Importers do not mind; a validating parser does.
    /// Said once for each section, with the number of Items.
    ///
    /// ```xml
    /// <rasd:ResourceType>3</rasd:ResourceType>
    /// <rasd:InstanceID>1</rasd:InstanceID>
    /// ```
    ///
    /// Sort the children of each Item by name.
    MISORDERED_SETTINGS = 4030, "misordered-settings", Tolerated, "DSP8023", ElementIllegal, OvfUnexpectedElement;

    /// An Item has the same child twice, one that it can have once only.
    ///
    /// Only `HostResource`, `Connection` and a few others may repeat. Of two amounts or names, readers
    /// take the first, the last or neither.
    ///
    /// ```xml
    /// <rasd:VirtualQuantity>2</rasd:VirtualQuantity>
    /// <rasd:VirtualQuantity>4</rasd:VirtualQuantity>
    /// ```
    ///
    /// Leave one.
    REPEATED_SETTING = 4031, "repeated-setting", Error, "DSP8023", ElementIllegal, OvfDuplicateElement;

    /// A child of an Item has the name of a CIM property, but not its namespace.
    ///
    /// Readers find the children by namespace and name. One in another namespace, or in none, is not
    /// seen, and the Item lacks what it says.
    ///
    /// ```xml
    /// <InstanceID>1</InstanceID>
    /// ```
    ///
    /// Write the children with a prefix bound to the namespace of CIM_ResourceAllocationSettingData.
    UNQUALIFIED_SETTING = 4032, "unqualified-setting", Error, "DSP0243 8.3", ElementUnknown, OvfUnsupportedElement;

    /// A child of an Item is in the CIM namespace of another kind of Item.
    ///
    /// The children of `Item` are of CIM_ResourceAllocationSettingData, those of `StorageItem` of
    /// CIM_StorageAllocationSettingData, those of `EthernetPortItem` of
    /// CIM_EthernetPortAllocationSettingData. The names are mostly the same, so what is meant is plain.
    /// Said once for each kind and section.
    ///
    /// ```xml
    /// <StorageItem>
    ///   <rasd:AddressOnParent>0</rasd:AddressOnParent>
    /// ```
    ///
    /// Write the children with a prefix bound to the namespace of their class.
    FOREIGN_SETTING = 4033, "foreign-setting", Tolerated, "DSP0243 2.1 8.3", ElementUnknown, OvfUnsupportedElement;

    /// An Item has a child that is not known, and does not say that it can be passed over.
    ///
    /// A reader that does not know a child has to give up the Item, unless the child says
    /// `ovf:required="false"`; when it says nothing it is required. In a namespace of CIM an unknown
    /// name is most often a slip.
    ///
    /// ```xml
    /// <rasd:VirtualQuantty>2</rasd:VirtualQuantty>
    /// ```
    ///
    /// Correct the name, or add `ovf:required="false"` to what the device works without.
    UNKNOWN_REQUIRED_SETTING = 4034, "unknown-required-setting", Error, "DSP0243 8.2", ElementUnknown, OvfUnsupportedElement;

    /// An Item has an optional child that is not known and is passed over.
    ///
    /// The child, or the Item it is in, says `ovf:required="false"`, so readers that do not know it go
    /// on without. Said once for each name and section.
    ///
    /// ```xml
    /// <our:Cache ovf:required="false">4</our:Cache>
    /// ```
    ///
    /// Nothing is wrong.
    UNKNOWN_OPTIONAL_SETTING = 4035, "unknown-optional-setting", Info, "DSP0243 8.2", ElementUnknown, OvfUnsupportedElement;

    /// An amount of an Item is no whole number, or is too large for its type.
    ///
    /// `VirtualQuantity`, `Reservation` and `Limit` are numbers of 64 bits without a sign, `Weight` is
    /// one of 32. Units stand in `AllocationUnits`, never beside the number.
    ///
    /// ```xml
    /// <rasd:VirtualQuantity>512 MB</rasd:VirtualQuantity>
    /// ```
    ///
    /// Write the number in digits, and the unit in `AllocationUnits`.
    INVALID_QUANTITY = 4040, "invalid-quantity", Error, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// A child of an Item that has to hold a number, a truth value, a unit or an id is empty.
    ///
    /// Importers read it as if it were not there. A validating parser refuses it. Said once for each
    /// name and section.
    ///
    /// ```xml
    /// <rasd:Reservation></rasd:Reservation>
    /// ```
    ///
    /// Give it a value, remove it, or say `xsi:nil="true"`.
    EMPTY_SETTING = 4041, "empty-setting", Tolerated, "DSP8023", ValueIllegal, OvfElementInvalidValue;

    /// `AutomaticAllocation`, or another truth value of an Item, is no boolean.
    ///
    /// The words are `true` and `false`, in lower case. Whether the device is connected at the start
    /// depends on it.
    ///
    /// ```xml
    /// <rasd:AutomaticAllocation>yes</rasd:AutomaticAllocation>
    /// ```
    ///
    /// Write `true` or `false`.
    INVALID_BOOLEAN_SETTING = 4042, "invalid-boolean-setting", Error, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// The `AllocationUnits` of memory or of a disk is no unit.
    ///
    /// Units are programmatic units of DSP0004, such as `byte * 2^20`. When the unit cannot be read the
    /// amount means nothing: a guess is off by a factor of a thousand or a million.
    ///
    /// ```xml
    /// <rasd:AllocationUnits>MegaFloppies</rasd:AllocationUnits>
    /// ```
    ///
    /// Write `byte * 2^20` for memory in MiB, `hertz * 10^6` for the speed of processors in MHz.
    INVALID_ALLOCATION_UNITS = 4043, "invalid-allocation-units", Error, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// `AllocationUnits` is spelled in a way DSP0004 does not have, but no size is in doubt.
    ///
    /// `MegaBytes`, `byte * 2 ^ 20` and `MHz` are found in real packages, and importers read them.
    /// Others take them for unknown units, or for bytes. Units that cannot be read count here too where
    /// no size depends on them, as with the number of processors. Said once for each spelling and
    /// section.
    ///
    /// ```xml
    /// <rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits>
    /// ```
    ///
    /// Write the unit as DSP0004 has it; the help of the finding says how.
    LOOSE_ALLOCATION_UNITS = 4044, "loose-allocation-units", Tolerated, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// The unit of an Item is one of something else than what the device has.
    ///
    /// Memory and disks are counted in bytes. The unit of processors is one of hertz: it belongs to
    /// `Reservation` and `Limit`, while `VirtualQuantity` is their plain number.
    ///
    /// ```xml
    /// <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
    /// ```
    ///
    /// Write a unit of `byte` for memory and disks, one of `hertz` for processors.
    MISMATCHED_ALLOCATION_UNITS = 4045, "mismatched-allocation-units", Error, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// Nothing says how many processors, or how much memory, the machine has.
    ///
    /// The number stands in `VirtualQuantity`; Items of one InstanceID may have it for each deployment
    /// option. Without it an importer takes a default of its own, or refuses.
    ///
    /// ```xml
    /// <Item>
    ///   <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
    ///   <rasd:ElementName>memory</rasd:ElementName>
    ///   <rasd:InstanceID>2</rasd:InstanceID>
    ///   <rasd:ResourceType>4</rasd:ResourceType>
    /// </Item>
    /// ```
    ///
    /// Add a `VirtualQuantity`.
    MISSING_QUANTITY = 4046, "missing-quantity", Warning, "DSP0243 8.3", ElementRequired, OvfMissingHardware;

    /// The `Address` of a network card is no MAC address.
    ///
    /// A card with a fixed address has it here, as six pairs of hexadecimal digits. Importers pass over
    /// anything else, or refuse it.
    ///
    /// ```xml
    /// <rasd:Address>00:50:56:12</rasd:Address>
    /// ```
    ///
    /// Write all six pairs, or remove `Address` to leave the choice to the host.
    INVALID_MAC_ADDRESS = 4047, "invalid-mac-address", Warning, "DSP0243 8.3", ValueIllegal, OvfElementInvalidValue;

    /// The `Parent` of a device names an InstanceID that no Item has.
    ///
    /// The parent is the controller the device is to hang on. Without it an importer does not know
    /// where to put the device. Under each deployment option both have to be there.
    ///
    /// ```xml
    /// <rasd:Parent>9</rasd:Parent>
    /// ```
    ///
    /// Name the InstanceID of a controller of the same section, one that is there under the same
    /// deployment options.
    DANGLING_PARENT = 4050, "dangling-parent", Error, "DSP0243 8.3", ValueIllegal, OvfInvalidValueReference;

    /// A device hangs on itself, or on a device that hangs on it.
    ///
    /// Following the parents never comes to an end, so no controller is the first to be made.
    ///
    /// ```xml
    /// <rasd:InstanceID>3</rasd:InstanceID>
    /// <rasd:Parent>3</rasd:Parent>
    /// ```
    ///
    /// Name the InstanceID of the controller, or remove the `Parent` of what hangs on nothing.
    DEVICE_CYCLE = 4051, "device-cycle", Error, "DSP0243 8.3", ValueIllegal, OvfInvalidValueReference;

    /// A disk or drive hangs on a device that is no controller.
    ///
    /// Disks and drives hang on IDE, SCSI, SATA and other storage controllers. An id that was mixed up
    /// most often leads to a network card or to memory.
    ///
    /// ```xml
    /// <rasd:Parent>7</rasd:Parent>
    /// ```
    ///
    /// Name the InstanceID of the controller.
    UNFIT_PARENT = 4052, "unfit-parent", Warning, "DSP0243 8.3", ValueIllegal, OvfConstraint;

    /// Two devices take the same slot of one controller.
    ///
    /// `AddressOnParent` is the place on the controller, and each takes one device. Importers move one
    /// of the two, and disks come up in another order, or they refuse.
    ///
    /// ```xml
    /// <rasd:AddressOnParent>0</rasd:AddressOnParent>
    /// ```
    ///
    /// Give each device on a controller an `AddressOnParent` of its own.
    OCCUPIED_SLOT = 4053, "occupied-slot", Warning, "DSP0243 8.3", ValueIllegal, OvfNoSpaceOnController;

    /// The `HostResource` of a disk or drive is no reference to a disk or file of the package.
    ///
    /// It has the form `ovf:/disk/ID`, with the id of a Disk, or `ovf:/file/ID`, with that of a File. A
    /// path or a name of a file leads nowhere, and the machine gets an empty drive at best.
    ///
    /// ```xml
    /// <rasd:HostResource>disk.vmdk</rasd:HostResource>
    /// ```
    ///
    /// Refer to the Disk or File by its id. A drive with nothing in it has an empty `HostResource`, or
    /// none.
    INVALID_HOST_RESOURCE = 4060, "invalid-host-resource", Error, "DSP0243 8.3", ValueIllegal, OvfHostResourceConstraint;

    /// A `HostResource` names a Disk or a File that is not there.
    ///
    /// The device cannot be given its content. Ids are compared as they are, letter case and blanks
    /// included.
    ///
    /// ```xml
    /// <rasd:HostResource>ovf:/disk/disk2</rasd:HostResource>
    /// ```
    ///
    /// Name the `diskId` of a Disk of DiskSection, or the `id` of a File of References.
    UNKNOWN_HOST_RESOURCE = 4061, "unknown-host-resource", Error, "DSP0243 8.3", ValueIllegal, OvfHostResourceConstraint;

    /// A `HostResource` is written as OVF 0.9 had it, or with a slash too many.
    ///
    /// OVF 0.9 had `/disk/ID`, and some generators write `ovf://disk/ID`, as if `disk` were a host.
    /// Importers read both. Said once for each spelling and section.
    ///
    /// ```xml
    /// <rasd:HostResource>/disk/disk1</rasd:HostResource>
    /// ```
    ///
    /// Write `ovf:/disk/ID` or `ovf:/file/ID`.
    LEGACY_HOST_RESOURCE = 4062, "legacy-host-resource", Tolerated, "DSP0243 8.3", ValueIllegal, OvfHostResourceConstraint;

    /// A device is backed by two things.
    ///
    /// The schema lets `HostResource` repeat, but a drive has one disk or file in it. Importers take
    /// one of them.
    ///
    /// ```xml
    /// <rasd:HostResource>ovf:/file/iso</rasd:HostResource>
    /// <rasd:HostResource>ovf:/file/drivers</rasd:HostResource>
    /// ```
    ///
    /// Leave one, and give the other to an Item of its own.
    SEVERAL_HOST_RESOURCES = 4063, "several-host-resources", Error, "DSP0243 8.3", ElementIllegal, OvfHostResourceConstraint;

    /// A disk drive is backed by a File in place of a Disk.
    ///
    /// The Disk says the capacity and the format, and which File has the content. From a bare File an
    /// importer cannot make a disk.
    ///
    /// ```xml
    /// <rasd:HostResource>ovf:/file/content</rasd:HostResource>
    /// ```
    ///
    /// Add a Disk with that `fileRef` to DiskSection, and refer to the Disk.
    UNFIT_HOST_RESOURCE = 4064, "unfit-host-resource", Error, "DSP0243 8.3", ValueIllegal, OvfHostResourceConstraint;

    /// A disk drive has no disk, and does not say how large an empty one is to be.
    ///
    /// The disk is named in `HostResource`. Without it an importer can make an empty one, but only when
    /// `VirtualQuantity` says its size.
    ///
    /// ```xml
    /// <Item>
    ///   <rasd:AddressOnParent>0</rasd:AddressOnParent>
    ///   <rasd:ElementName>disk</rasd:ElementName>
    ///   <rasd:InstanceID>6</rasd:InstanceID>
    /// ```
    ///
    /// Refer to a Disk by `HostResource`.
    DISK_WITHOUT_BACKING = 4065, "disk-without-backing", Warning, "DSP0243 8.3", ElementRequired, OvfMissingElement;

    /// A network card is connected to no network.
    ///
    /// The network is named in `Connection`. Without it an importer leaves the card unconnected, or
    /// asks.
    ///
    /// ```xml
    /// <Item>
    ///   <rasd:ElementName>network card</rasd:ElementName>
    /// ```
    ///
    /// Name a Network of NetworkSection in `Connection`.
    MISSING_CONNECTION = 4066, "missing-connection", Warning, "DSP0243 9.2", ElementRequired, OvfMissingElement;

    /// A network card is connected to a network that NetworkSection does not have.
    ///
    /// Importers map the networks of NetworkSection to those of the host. A card on any other is
    /// refused. Names are compared as they are, letter case and blanks included.
    ///
    /// ```xml
    /// <rasd:Connection>MGMT</rasd:Connection>
    /// ```
    ///
    /// Name a Network of NetworkSection, or add the network there.
    UNKNOWN_NETWORK = 4067, "unknown-network", Error, "DSP0243 9.2", ValueIllegal, OvfElementInvalidValue;

    /// A CD, DVD or floppy drive is backed by a Disk.
    ///
    /// What goes into such a drive is a File as it is. VirtualBox lists the images it exports in
    /// DiskSection and reads them back; other importers would make a hard disk of one.
    ///
    /// ```xml
    /// <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>
    /// <rasd:InstanceID>5</rasd:InstanceID>
    /// ```
    ///
    /// Refer to the File: `ovf:/file/ID`.
    DRIVE_BACKED_BY_DISK = 4068, "drive-backed-by-disk", Tolerated, "DSP0243 8.3", ValueIllegal, OvfHostResourceConstraint;

    /// The `bound` of an Item is none of `min`, `max` and `normal`.
    ///
    /// It says whether the Item is what the machine gets, or an end of the range it can be given. Read
    /// as normal, a marker becomes a second device.
    ///
    /// ```xml
    /// <Item ovf:bound="maximum">
    /// ```
    ///
    /// Write `min` or `max`, or leave the attribute out for what the machine gets.
    INVALID_BOUND = 4070, "invalid-bound", Error, "DSP0243 8.4", ValueIllegal, OvfInvalidValue;

    /// A range has no normal value.
    ///
    /// An Item with `bound` says how little or how much of a device the machine can be given. How much
    /// it gets stands in a normal Item of the same InstanceID, and without one there is no such device.
    ///
    /// ```xml
    /// <Item ovf:bound="max">
    /// ```
    ///
    /// Add an Item of that InstanceID without `ovf:bound`.
    BOUND_WITHOUT_NORMAL = 4071, "bound-without-normal", Error, "DSP0243 8.4", ElementRequired, OvfMissingElementNormalBoundary;

    /// A range has two least or two greatest values for the same deployment options.
    ///
    /// Which of the two holds cannot be told.
    ///
    /// ```xml
    /// <Item ovf:bound="max">
    /// ```
    ///
    /// Leave one.
    DUPLICATE_BOUND = 4072, "duplicate-bound", Error, "DSP0243 8.4", ElementIllegal, OvfDuplicatedElementBoundary;

    /// The least of a range is more than the normal value, or the greatest is less.
    ///
    /// No amount is in such a range, not even the one the machine is to get. Amounts are compared in
    /// bytes or hertz, so a range may be given in another unit than the normal value.
    ///
    /// ```xml
    /// <rasd:VirtualQuantity>1</rasd:VirtualQuantity>
    /// ```
    ///
    /// Correct the amounts, and mind the `AllocationUnits` of each Item.
    EMPTY_RANGE = 4073, "empty-range", Error, "DSP0243 8.4", ValueIllegal, OvfElementInvalidValue;
}
