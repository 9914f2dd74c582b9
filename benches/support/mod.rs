//! Descriptors to measure with, and the readers to measure against.
#![allow(dead_code, reason = "each program uses a part")]

pub(crate) mod race;

use std::fmt::Write as _;

use quick_xml::events::Event;
use quick_xml::reader::NsReader;
use quick_xml::{Reader, XmlVersion};

/// Writes a descriptor of at least `bytes` bytes: one File, Disk and Network for each virtual system
/// of a collection, each with its hardware, its product and properties. An element takes some 71 bytes
/// on the average, as in descriptors that are exported by the usual tools.
pub(crate) fn descriptor(bytes: usize) -> String {
    let mut files = String::new();
    let mut disks = String::new();
    let mut networks = String::new();
    let mut systems = String::new();
    let mut n = 0_u32;
    while files.len() + disks.len() + networks.len() + systems.len() < bytes.saturating_sub(1_300) {
        n += 1;
        _ = writeln!(
            files,
            "    <File ovf:id=\"file{n}\" ovf:href=\"system-{n}-disk1.vmdk\" ovf:size=\"{}\"/>",
            u64::from(n) * 512
        );
        _ = writeln!(
            disks,
            "    <Disk ovf:capacity=\"{}\" ovf:capacityAllocationUnits=\"byte * 2^30\" ovf:diskId=\"vmdisk{n}\" \
             ovf:fileRef=\"file{n}\" ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\"/>",
            20 + n % 80
        );
        _ = writeln!(
            networks,
            "    <Network ovf:name=\"net {n}\">\n      <Description>The network of system {n}</Description>\n    </Network>"
        );
        system(&mut systems, n);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- written for measurements -->\n\
         <Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\" \
         xmlns:vssd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData\" \
         xmlns:vmw=\"http://www.vmware.com/schema/ovf\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n\
         \x20 <References>\n{files}  </References>\n\
         \x20 <DiskSection>\n    <Info>Virtual disks</Info>\n{disks}  </DiskSection>\n\
         \x20 <NetworkSection>\n    <Info>Logical networks</Info>\n{networks}  </NetworkSection>\n\
         \x20 <VirtualSystemCollection ovf:id=\"all\">\n    <Info>All systems</Info>\n{systems}  </VirtualSystemCollection>\n\
         </Envelope>\n"
    )
}

fn system(out: &mut String, n: u32) {
    _ = writeln!(
        out,
        "    <VirtualSystem ovf:id=\"system-{n}\">\n      <Info>A virtual machine</Info>\n      <Name>System {n}</Name>\n\
         \x20     <OperatingSystemSection ovf:id=\"101\" vmw:osType=\"otherLinux64Guest\">\n        <Info>The guest</Info>\n\
         \x20       <Description>Linux &amp; tools (64-bit)</Description>\n      </OperatingSystemSection>\n\
         \x20     <VirtualHardwareSection>\n        <Info>Hardware</Info>\n        <System>\n\
         \x20         <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>\n\
         \x20         <vssd:InstanceID>0</vssd:InstanceID>\n\
         \x20         <vssd:VirtualSystemIdentifier>system-{n}</vssd:VirtualSystemIdentifier>\n\
         \x20         <vssd:VirtualSystemType>vmx-19</vssd:VirtualSystemType>\n        </System>"
    );
    let hosts = [
        ("hertz * 10^6", "Number of virtual CPUs", "2 virtual CPUs", 3, "2"),
        ("byte * 2^20", "Memory size", "4096 MB of memory", 4, "4096"),
    ];
    for (id, (units, what, name, kind, quantity)) in (1..).zip(hosts) {
        _ = writeln!(
            out,
            "        <Item>\n          <rasd:AllocationUnits>{units}</rasd:AllocationUnits>\n\
             \x20         <rasd:Description>{what}</rasd:Description>\n\
             \x20         <rasd:ElementName>{name}</rasd:ElementName>\n\
             \x20         <rasd:InstanceID>{id}</rasd:InstanceID>\n\
             \x20         <rasd:ResourceType>{kind}</rasd:ResourceType>\n\
             \x20         <rasd:VirtualQuantity>{quantity}</rasd:VirtualQuantity>\n        </Item>"
        );
    }
    _ = writeln!(
        out,
        "        <Item>\n          <rasd:Address>0</rasd:Address>\n\
         \x20         <rasd:ElementName>SCSI Controller 0</rasd:ElementName>\n\
         \x20         <rasd:InstanceID>3</rasd:InstanceID>\n\
         \x20         <rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType>\n\
         \x20         <rasd:ResourceType>6</rasd:ResourceType>\n        </Item>\n\
         \x20       <Item>\n          <rasd:AddressOnParent>0</rasd:AddressOnParent>\n\
         \x20         <rasd:ElementName>Hard Disk 1</rasd:ElementName>\n\
         \x20         <rasd:HostResource>ovf:/disk/vmdisk{n}</rasd:HostResource>\n\
         \x20         <rasd:InstanceID>4</rasd:InstanceID>\n          <rasd:Parent>3</rasd:Parent>\n\
         \x20         <rasd:ResourceType>17</rasd:ResourceType>\n\
         \x20         <vmw:Config ovf:required=\"false\" vmw:key=\"backing.writeThrough\" vmw:value=\"false\"/>\n        </Item>\n\
         \x20       <Item>\n          <rasd:AddressOnParent>7</rasd:AddressOnParent>\n\
         \x20         <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>\n\
         \x20         <rasd:Connection>net {n}</rasd:Connection>\n\
         \x20         <rasd:ElementName>Network adapter 1</rasd:ElementName>\n\
         \x20         <rasd:InstanceID>5</rasd:InstanceID>\n\
         \x20         <rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>\n\
         \x20         <rasd:ResourceType>10</rasd:ResourceType>\n        </Item>\n      </VirtualHardwareSection>\n\
         \x20     <ProductSection>\n        <Info>What is installed on the virtual machine, and how it is configured when it starts</Info>\n        <Product>Service {n}</Product>\n\
         \x20       <Vendor>Example</Vendor>\n        <Version>1.{n}</Version>\n\
         \x20       <ProductUrl>https://example.org/service/{n}/index.html</ProductUrl>\n        <Category>Network</Category>"
    );
    for key in ["hostname", "address", "gateway", "password"] {
        let password = if key == "password" { " ovf:password=\"true\"" } else { "" };
        _ = writeln!(
            out,
            "        <Property ovf:key=\"{key}\" ovf:type=\"string\" ovf:userConfigurable=\"true\"{password} ovf:value=\"\">\n\
             \x20         <Label>The {key}</Label>\n\
             \x20         <Description>The {key} that the service takes when it is started for the first time. \
             Leave it empty to have one chosen: it is then shown on the console of the virtual machine, \
             where it can be changed until the first user has logged in.</Description>\n\
             \x20       </Property>"
        );
    }
    out.push_str("      </ProductSection>\n    </VirtualSystem>\n");
}

/// Writes a descriptor of at least `bytes` bytes in which no two machines are alike: names, keys, sizes and
/// texts are drawn by lot. gzip makes it a fifth, as it does with descriptors that appliances are shipped
/// with; those of [`descriptor`] repeat themselves more than real ones do.
pub(crate) fn varied(bytes: usize) -> String {
    let mut lots = Lots(0x9E37_79B9_7F4A_7C15);
    let mut files = String::new();
    let mut disks = String::new();
    let mut systems = String::new();
    while files.len() + disks.len() + systems.len() < bytes.saturating_sub(900) {
        let (name, file) = (lots.name(), lots.name());
        let size = lots.next() % 0xFFFF_FFFF;
        _ = writeln!(
            files,
            "    <File ovf:href=\"{file}.vmdk\" ovf:id=\"{file}\" ovf:size=\"{size}\"/>"
        );
        _ = writeln!(
            disks,
            "    <Disk ovf:capacity=\"{}\" ovf:diskId=\"{name}-disk\" ovf:fileRef=\"{file}\" \
             ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\" ovf:populatedSize=\"{}\"/>",
            lots.next() % 0xFFFF_FFFF,
            lots.next() % 0xFFFF_FFFF,
        );
        _ = writeln!(
            systems,
            "    <VirtualSystem ovf:id=\"{name}\">\n      <Info>{}</Info>\n      <Name>{name}</Name>\n      <VirtualHardwareSection>\n        <Info>Hardware</Info>",
            lots.sentence()
        );
        for item in 1..=3 + lots.next() % 8 {
            _ = writeln!(
                systems,
                "        <Item>\n          <rasd:Address>{:02x}:{:02x}:{:02x}</rasd:Address>\n          <rasd:Description>{}</rasd:Description>\n\
                 \x20         <rasd:ElementName>{}</rasd:ElementName>\n          <rasd:InstanceID>{item}</rasd:InstanceID>\n\
                 \x20         <rasd:ResourceType>{}</rasd:ResourceType>\n          <vmw:Config ovf:required=\"false\" vmw:key=\"{}\" vmw:value=\"{}\"/>\n        </Item>",
                lots.next() % 256,
                lots.next() % 256,
                lots.next() % 256,
                lots.sentence(),
                lots.name(),
                lots.next() % 36,
                lots.name(),
                lots.next() % 10_000,
            );
        }
        systems.push_str("      </VirtualHardwareSection>\n      <ProductSection>\n        <Info>Settings</Info>\n");
        for _ in 0..2 + lots.next() % 6 {
            _ = writeln!(
                systems,
                "        <Property ovf:key=\"{}\" ovf:type=\"string\" ovf:userConfigurable=\"true\" ovf:value=\"{:016x}\">\n\
                 \x20         <Label>{}</Label>\n          <Description>{} {}</Description>\n        </Property>",
                lots.name(),
                lots.next(),
                lots.name(),
                lots.sentence(),
                lots.sentence(),
            );
        }
        systems.push_str("      </ProductSection>\n    </VirtualSystem>\n");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\" \
         xmlns:vmw=\"http://www.vmware.com/schema/ovf\">\n  <References>\n{files}  </References>\n\
         \x20 <DiskSection>\n    <Info>Virtual disks</Info>\n{disks}  </DiskSection>\n\
         \x20 <VirtualSystemCollection ovf:id=\"all\">\n    <Info>All systems</Info>\n{systems}  </VirtualSystemCollection>\n\
         </Envelope>\n"
    )
}

/// Words of the field.
const WORDS: &str = "address appliance archive backup balancer bandwidth boot bridge buffer cache certificate channel \
    cluster collector compute configuration console controller core credential daemon database default directory disk \
    domain endpoint engine event export failover firewall firmware floppy gateway guest handler health host image index \
    ingress installer instance interface inventory kernel key label lease license limit listener loader logger manager \
    master memory metric mirror monitor mount network node operator package parser partition patch path pipeline policy \
    pool port primary process profile protocol provider proxy queue quorum recovery region registry relay replica report \
    resolver resource router runtime scheduler schema secondary secret segment sensor server service session shard \
    snapshot socket source spare storage stream subnet switch syslog target template tenant thread timer token tracker \
    transport trigger tunnel update upgrade uplink vault vendor version volume watcher worker zone";

/// Numbers drawn by lot, the same in each run: multiplication and shifts, after Marsaglia's xorshift*.
struct Lots(u64);

impl Lots {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn word(&mut self) -> &'static str {
        let count = WORDS.split_ascii_whitespace().count() as u64;
        let at = usize::try_from(self.next() % count).expect("there are not many");
        WORDS.split_ascii_whitespace().nth(at).expect("it is below the number of words")
    }

    fn name(&mut self) -> String {
        format!("{}-{}-{}", self.word(), self.word(), self.next() % 1_000)
    }

    fn sentence(&mut self) -> String {
        let count = 4 + self.next() % 9;
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        format!("The {}.", words.join(" "))
    }
}

/// Writes a descriptor of at least `bytes` bytes that is nearly all tags: one machine with many small
/// settings and properties, and no text for people.
pub(crate) fn dense(bytes: usize) -> String {
    let mut inside = String::new();
    let mut n = 0_u32;
    while inside.len() < bytes.saturating_sub(900) {
        n += 1;
        _ = writeln!(
            inside,
            "<Item><rasd:ElementName>d{n}</rasd:ElementName><rasd:InstanceID>{n}</rasd:InstanceID>\
             <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity>\
             <vmw:Config ovf:required=\"false\" vmw:key=\"k{n}\" vmw:value=\"{n}\"/></Item>"
        );
    }
    machine(&format!("<VirtualHardwareSection><Info/>{inside}</VirtualHardwareSection>"))
}

/// Writes a descriptor of at least `bytes` bytes that is nearly all one licence.
pub(crate) fn licence(bytes: usize) -> String {
    let sentence =
        "You may use the software on as many machines as you have paid for, and on no other.\n";
    let text = sentence.repeat(bytes / sentence.len() + 1);
    machine(&format!(
        "<EulaSection><Info/><License>{text}</License></EulaSection>\
         <VirtualHardwareSection><Info/></VirtualHardwareSection>"
    ))
}

/// Writes a descriptor of at least `bytes` bytes that is nearly all texts for people, no two alike.
pub(crate) fn prose(bytes: usize) -> String {
    let mut lots = Lots(0x9E37_79B9_7F4A_7C15);
    let mut text = String::new();
    while text.len() < bytes {
        text += &lots.sentence();
        text.push('\n');
    }
    machine(&format!(
        "<EulaSection><Info/><License>{text}</License></EulaSection>\
         <VirtualHardwareSection><Info/></VirtualHardwareSection>"
    ))
}

fn machine(sections: &str) -> String {
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\" \
         xmlns:vmw=\"http://www.vmware.com/schema/ovf\"><References/>\n\
         <VirtualSystem ovf:id=\"vm\"><Info/>{sections}</VirtualSystem></Envelope>"
    )
}

/// A reader, and what it makes of a text: some number that depends on all of it.
pub(crate) type Contestant = (&'static str, fn(&str) -> u64);

/// Every reader, ours last.
pub(crate) const CONTESTANTS: [Contestant; 5] = [
    ("memchr3 scan", scan),
    ("quick-xml events", events),
    ("quick-xml namespaces", namespaces),
    ("roxmltree", roxmltree),
    ("ovf", ours),
];

/// The floor: finding each `<`, `>` and `&`.
pub(crate) fn scan(text: &str) -> u64 {
    memchr::memchr3_iter(b'<', b'>', b'&', text.as_bytes()).fold(0, |sum, at| sum ^ at as u64)
}

/// quick-xml's loop over events, none of which is looked into.
pub(crate) fn events(text: &str) -> u64 {
    let mut reader = Reader::from_str(text);
    let mut count = 0;
    loop {
        match reader.read_event().expect("the text is well-formed") {
            Event::Eof => return count,
            _ => count += 1,
        }
    }
}

/// quick-xml with namespaces resolved and attributes decoded.
pub(crate) fn namespaces(text: &str) -> u64 {
    let mut reader = NsReader::from_str(text);
    let mut count = 0;
    loop {
        let (_, event) = reader.read_resolved_event().expect("the text is well-formed");
        match event {
            Event::Eof => return count,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.expect("the text is well-formed");
                    let value = attribute
                        .normalized_value(XmlVersion::Implicit1_0)
                        .expect("the text is well-formed");
                    count += value.len() as u64;
                }
            }
            _ => count += 1,
        }
    }
}

/// roxmltree's tree.
pub(crate) fn roxmltree(text: &str) -> u64 {
    let document = roxmltree::Document::parse(text).expect("the text is well-formed");
    document.root_element().range().end as u64
}

/// Our tree.
pub(crate) fn ours(text: &str) -> u64 {
    let parsed = ovf::xml::parse(text, &ovf::Limits::unlimited());
    assert!(parsed.diagnostics.is_empty(), "the text is well-formed");
    parsed.tree.len() as u64
}

/// Our report of every rule.
pub(crate) fn checked(text: &str) -> u64 {
    let limits = ovf::Limits::unlimited();
    let source = ovf::Source::decode_with(text.as_bytes(), &limits).expect("it is text");
    let report = ovf::Validator::new().limits(limits).check(&source);
    assert!(report.envelope().is_some(), "the text is a descriptor");
    report.diagnostics().len() as u64
}
