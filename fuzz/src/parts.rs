//! Small parts of descriptors, which hold most of what OVF has.

/// Where in a descriptor a part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    File,
    Envelope,
    Disk,
    Network,
    Option,
    Group,
    Machine,
    Product,
    Item,
    Sibling,
    Texts,
}

/// What belongs together: pieces with their places.
pub(crate) type Part = &'static [(Place, &'static str)];

pub(crate) const PARTS: &[Part] = &[
    // Disks.
    &[
        (Place::File, "<File ovf:id=\"f\" ovf:href=\"d.vmdk\" ovf:size=\"5\"/>"),
        (
            Place::Disk,
            "<Disk ovf:diskId=\"d\" ovf:fileRef=\"f\" ovf:capacity=\"16\" ovf:capacityAllocationUnits=\"byte * 2^30\" \
             ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\" ovf:populatedSize=\"900\"/>",
        ),
        (
            Place::Item,
            "<Item><r:ElementName>Disk</r:ElementName><r:HostResource>ovf:/disk/d</r:HostResource><r:InstanceID>4</r:InstanceID>\
             <r:ResourceType>17</r:ResourceType></Item>",
        ),
    ],
    &[
        (
            Place::Disk,
            "<Disk ovf:diskId=\"data\" ovf:capacity=\"${org.example.size}\" ovf:capacityAllocationUnits=\"byte * 2^20\"/>",
        ),
        (
            Place::Product,
            "<Property ovf:key=\"size\" ovf:type=\"uint32\" ovf:value=\"10\" ovf:userConfigurable=\"true\" \
             ovf:qualifiers=\"MinValue(1),MaxValue(64)\"/>",
        ),
    ],
    &[(
        Place::Disk,
        "<Disk ovf:diskId=\"child\" ovf:parentRef=\"d\" ovf:capacity=\"512\" ovf:format=\"http://example.org/raw\"/>",
    )],
    &[
        (
            Place::File,
            "<File ovf:id=\"cd\" ovf:href=\"a.iso\" ovf:compression=\"gzip\" ovf:chunkSize=\"100\"/>",
        ),
        (
            Place::Item,
            "<Item><r:Address>0</r:Address><r:ElementName>IDE</r:ElementName><r:InstanceID>5</r:InstanceID>\
             <r:ResourceType>5</r:ResourceType></Item><Item><r:AddressOnParent>0</r:AddressOnParent>\
             <r:AutomaticAllocation>true</r:AutomaticAllocation><r:ElementName>CD</r:ElementName>\
             <r:HostResource>ovf:/file/cd</r:HostResource><r:InstanceID>6</r:InstanceID><r:Parent>5</r:Parent>\
             <r:ResourceType>15</r:ResourceType></Item>",
        ),
    ],
    &[(
        Place::Envelope,
        "<SharedDiskSection><Info/><SharedDisk ovf:diskId=\"s\" ovf:capacity=\"1\" ovf:readOnly=\"false\"/></SharedDiskSection>",
    )],
    // Networks and devices.
    &[
        (
            Place::Network,
            "<Network ovf:name=\"LAN\"><Description ovf:msgid=\"lan\">Inside</Description></Network>",
        ),
        (
            Place::Item,
            "<Item><r:AutomaticAllocation>true</r:AutomaticAllocation><r:Connection>LAN</r:Connection>\
             <r:ElementName>NIC</r:ElementName><r:InstanceID>7</r:InstanceID><r:ResourceSubType>VmxNet3</r:ResourceSubType>\
             <r:ResourceType>10</r:ResourceType></Item>",
        ),
    ],
    &[
        (Place::Network, "<Network ovf:name=\"WAN\"/>"),
        (
            Place::Product,
            "<Property xmlns:vmw=\"http://www.vmware.com/schema/ovf\" ovf:key=\"ip\" ovf:type=\"string\" \
             vmw:qualifiers=\"Ip(&quot;WAN&quot;)\" ovf:userConfigurable=\"true\"/>",
        ),
    ],
    &[(
        Place::Item,
        "<Item><r:AllocationUnits>hertz * 10^6</r:AllocationUnits><r:ElementName>CPU</r:ElementName><r:InstanceID>1</r:InstanceID>\
         <r:Limit>9</r:Limit><r:Reservation>1</r:Reservation><r:ResourceType>3</r:ResourceType><r:VirtualQuantity>2</r:VirtualQuantity>\
         <r:Weight>10</r:Weight></Item>",
    )],
    &[(
        Place::Item,
        "<Item><r:AllocationUnits>byte * 2^20</r:AllocationUnits><r:ElementName>Memory</r:ElementName><r:InstanceID>2</r:InstanceID>\
         <r:ResourceType>4</r:ResourceType><r:VirtualQuantity>512</r:VirtualQuantity></Item>",
    )],
    &[(
        Place::Item,
        "<Item ovf:bound=\"max\"><r:AllocationUnits>MegaBytes</r:AllocationUnits><r:ElementName>Memory</r:ElementName>\
         <r:InstanceID>2</r:InstanceID><r:ResourceType>4</r:ResourceType><r:VirtualQuantity>4</r:VirtualQuantity>\
         <r:VirtualQuantityUnits>byte * 2^30</r:VirtualQuantityUnits></Item>",
    )],
    &[(
        Place::Item,
        "<Item><r:Address>0</r:Address><r:ElementName>SCSI</r:ElementName><r:InstanceID>3</r:InstanceID>\
         <r:ResourceSubType>lsilogic</r:ResourceSubType><r:ResourceType>6</r:ResourceType></Item>",
    )],
    &[(
        Place::Item,
        "<Item ovf:required=\"false\"><r:ElementName>Own</r:ElementName><r:InstanceID>8</r:InstanceID>\
         <r:OtherResourceType>org.example.tea</r:OtherResourceType><r:ResourceType>1</r:ResourceType></Item>",
    )],
    &[(
        Place::Item,
        "<System xmlns:v=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData\">\
         <v:ElementName>H</v:ElementName><v:InstanceID>0</v:InstanceID><v:VirtualSystemType>vmx-17</v:VirtualSystemType></System>",
    )],
    &[(
        Place::Item,
        "<vmw:Config xmlns:vmw=\"http://www.vmware.com/schema/ovf\" ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"efi\"/>\
         <e:ExtraConfig xmlns:e=\"http://www.vmware.com/schema/ovf\" ovf:required=\"false\" e:key=\"guestinfo.a\" e:value=\"b\"/>",
    )],
    &[(
        Place::Item,
        "<EthernetPortItem xmlns:e=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_EthernetPortAllocationSettingData\">\
         <e:Connection>LAN</e:Connection><e:ElementName>NIC</e:ElementName><e:InstanceID>9</e:InstanceID><e:ResourceType>10</e:ResourceType>\
         </EthernetPortItem>",
    )],
    &[(
        Place::Item,
        "<StorageItem xmlns:s=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_StorageAllocationSettingData\">\
         <s:ElementName>Disk</s:ElementName><s:HostResource>ovf:/disk/s</s:HostResource><s:InstanceID>10</s:InstanceID>\
         <s:ResourceType>17</s:ResourceType></StorageItem>",
    )],
    // Options.
    &[
        (
            Place::Option,
            "<Configuration ovf:id=\"small\" ovf:default=\"true\"><Label>Small</Label><Description>For few</Description></Configuration>\
             <Configuration ovf:id=\"large\"><Label ovf:msgid=\"large\">Large</Label><Description/></Configuration>",
        ),
        (
            Place::Item,
            "<Item ovf:configuration=\"large\"><r:ElementName>CPU</r:ElementName><r:InstanceID>1</r:InstanceID>\
             <r:ResourceType>3</r:ResourceType><r:VirtualQuantity>8</r:VirtualQuantity></Item>",
        ),
        (
            Place::Product,
            "<Property ovf:key=\"mode\" ovf:type=\"string\" ovf:value=\"small mode\" ovf:userConfigurable=\"true\">\
             <Value ovf:value=\"large mode\" ovf:configuration=\"large\"/></Property>",
        ),
    ],
    // Properties.
    &[(
        Place::Product,
        "<Property ovf:key=\"name\" ovf:type=\"string\" ovf:value=\"it's\" ovf:userConfigurable=\"true\">\
         <Label ovf:msgid=\"name\">Name</Label><Description>Who</Description></Property>",
    )],
    &[(
        Place::Product,
        "<Property ovf:key=\"secret\" ovf:type=\"string\" ovf:value=\"hunter2hunter2\" ovf:password=\"true\" \
         ovf:userConfigurable=\"true\" ovf:qualifiers=\"MinLen(8)\"/>",
    )],
    &[(
        Place::Product,
        "<Category>Looks</Category><Property ovf:key=\"colour\" ovf:type=\"string\" \
         ovf:qualifiers='ValueMap{\"red\",\"blue\"},MaxLen(5)' ovf:userConfigurable=\"true\" ovf:value=\"red\"/>",
    )],
    &[(
        Place::Product,
        "<Property ovf:key=\"url\" ovf:type=\"string\" ovf:value=\"http://${org.example.name}:$$/\" ovf:userConfigurable=\"false\"/>",
    )],
    &[(
        Place::Product,
        "<Property ovf:key=\"flag\" ovf:type=\"boolean\" ovf:value=\"true\"/><Property ovf:key=\"r\" ovf:type=\"real32\" \
         ovf:value=\"-1.5e3\" ovf:qualifiers=\"MinValue(-2000)\"/><Property ovf:key=\"s\" ovf:type=\"sint8\" ovf:value=\"-8\"/>",
    )],
    &[
        (Place::File, "<File ovf:id=\"logo\" ovf:href=\"logo.png\" ovf:size=\"1\"/>"),
        (
            Place::Machine,
            "<ProductSection ovf:class=\"org.example\" ovf:instance=\"1\"><Info>What</Info><Product ovf:msgid=\"p\">Shop</Product>\
             <Vendor>V</Vendor><Version>2.4</Version><FullVersion>2.4.1</FullVersion><ProductUrl>https://example.org/</ProductUrl>\
             <Icon ovf:height=\"32\" ovf:width=\"32\" ovf:mimeType=\"image/png\" ovf:fileRef=\"logo\"/></ProductSection>",
        ),
    ],
    &[(
        Place::Group,
        "<ProductSection><Info/><Property ovf:key=\"name\" ovf:type=\"string\" ovf:value=\"up\" ovf:userConfigurable=\"true\"/></ProductSection>",
    )],
    // Sections.
    &[
        (
            Place::Machine,
            "<EulaSection><Info/><License ovf:msgid=\"l\">Use it</License></EulaSection>",
        ),
        (
            Place::Texts,
            "<Strings xml:lang=\"de\"><Msg ovf:msgid=\"l\">Benutze es</Msg><Msg ovf:msgid=\"lan\">Drinnen</Msg></Strings>",
        ),
    ],
    &[(
        Place::Machine,
        "<AnnotationSection ovf:required=\"false\"><Info/><Annotation><![CDATA[<b>]]>&amp;\r\n<!-- c --></Annotation></AnnotationSection>",
    )],
    &[(
        Place::Machine,
        "<OperatingSystemSection xmlns:vmw=\"http://www.vmware.com/schema/ovf\" ovf:id=\"96\" ovf:version=\"12\" \
         vmw:osType=\"debian12_64Guest\"><Info/><Description>Debian</Description></OperatingSystemSection>",
    )],
    &[(
        Place::Machine,
        "<InstallSection ovf:initialBootStopDelay=\"300\"><Info/></InstallSection>",
    )],
    &[(
        Place::Machine,
        "<VirtualHardwareSection ovf:id=\"hw\" ovf:transport=\"iso com.vmware.guestInfo\"><Info/></VirtualHardwareSection>",
    )],
    &[(
        Place::Machine,
        "<x:Own xmlns:x=\"http://example.org/x\" ovf:required=\"false\" x:a=\"b\"><Info/><x:b/>text</x:Own>",
    )],
    &[
        (Place::File, "<File ovf:id=\"keys\" ovf:href=\"keys.txt\"/>"),
        (
            Place::Machine,
            "<EnvironmentFilesSection><Info/><File ovf:fileRef=\"keys\" ovf:path=\"a/keys.txt\"/></EnvironmentFilesSection>",
        ),
    ],
    &[
        (
            Place::Envelope,
            "<PlacementGroupSection ovf:id=\"apart\" ovf:policy=\"availability\"><Info/><Description/></PlacementGroupSection>",
        ),
        (Place::Machine, "<PlacementSection ovf:group=\"apart\"><Info/></PlacementSection>"),
    ],
    &[(
        Place::Machine,
        "<BootDeviceSection><Info/><b:CIM_BootConfigSetting xmlns:b=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_BootConfigSetting\">\
         <b:InstanceID>1</b:InstanceID></b:CIM_BootConfigSetting></BootDeviceSection>",
    )],
    &[(
        Place::Envelope,
        "<EncryptionSection><Info/><k:EncryptedKey xmlns:k=\"http://www.w3.org/2001/04/xmlenc#\" Id=\"k\"/></EncryptionSection>",
    )],
    &[(
        Place::Envelope,
        "<vmw:IpAssignmentSection xmlns:vmw=\"http://www.vmware.com/schema/ovf\" ovf:required=\"false\" vmw:schemes=\"ovfenv,dhcp\" \
         vmw:protocols=\"IPv4\"><Info/></vmw:IpAssignmentSection>",
    )],
    &[
        (
            Place::Envelope,
            "<vmw:StorageGroupSection xmlns:vmw=\"http://www.vmware.com/schema/ovf\" ovf:required=\"false\" vmw:id=\"fast\" \
             vmw:name=\"Fast\"><Info/><vmw:Description/></vmw:StorageGroupSection>",
        ),
        (
            Place::Machine,
            "<vmw:StorageSection xmlns:vmw=\"http://www.vmware.com/schema/ovf\" ovf:required=\"false\" vmw:group=\"fast\"><Info/>\
             </vmw:StorageSection>",
        ),
    ],
    &[(
        Place::Machine,
        "<v:vServiceDependencySection xmlns:v=\"http://www.vmware.com/schema/ovf\" ovf:required=\"false\" v:id=\"d1\"><Info/>\
         <v:Type>t</v:Type><v:Name>n</v:Name></v:vServiceDependencySection>",
    )],
    // More machines.
    &[
        (
            Place::Group,
            "<StartupSection><Info/><Item ovf:id=\"vm\" ovf:order=\"1\" ovf:startDelay=\"30\" ovf:stopAction=\"guestShutdown\"/>\
             <Item ovf:id=\"NewVirtualMachine1\" ovf:order=\"2\" ovf:waitingForGuest=\"true\"/></StartupSection>",
        ),
        (
            Place::Sibling,
            "<VirtualSystem ovf:id=\"NewVirtualMachine1\"><Info/><Name>vm</Name></VirtualSystem>\
             <VirtualSystem ovf:id='NewVirtualMachine2'><Info>vm</Info></VirtualSystem>",
        ),
    ],
    &[
        (
            Place::Sibling,
            "<VirtualSystemCollection ovf:id=\"inner\"><Info/><VirtualSystem ovf:id=\"deep\"><Info/><VirtualHardwareSection><Info/>\
             </VirtualHardwareSection></VirtualSystem></VirtualSystemCollection>",
        ),
        (Place::Machine, "<Name ovf:msgid=\"n\">Machine</Name>"),
    ],
    &[(
        Place::Group,
        "<ResourceAllocationSection><Info/><Item xmlns:r=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\">\
         <r:AllocationUnits>byte * 2^20</r:AllocationUnits><r:ElementName>M</r:ElementName><r:InstanceID>1</r:InstanceID>\
         <r:Reservation>4</r:Reservation><r:ResourceType>4</r:ResourceType></Item></ResourceAllocationSection>",
    )],
    &[(
        Place::Group,
        "<o:ScaleOutSection xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/2\" ovf:required=\"false\" o:id=\"vm\"><Info/><o:Description/>\
         <o:InstanceCount o:default=\"2\" o:minimum=\"1\" o:maximum=\"5\"/></o:ScaleOutSection>",
    )],
    // Texts.
    &[
        (Place::File, "<File ovf:id=\"texts\" ovf:href=\"texts-de.xml\"/>"),
        (
            Place::Texts,
            "<Strings xml:lang=\"de\" ovf:fileRef=\"texts\"/><Strings><Msg ovf:msgid=\"p\">Laden</Msg></Strings>",
        ),
    ],
];
