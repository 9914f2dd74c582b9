//! Ways in which an input can grow.
#![allow(dead_code, reason = "each program uses a part")]

use crate::build;

/// What a family is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    Parse,
    Validate,
    Manifest,
    Certificate,
    Package,
}

impl Job {
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "Parse" => Self::Parse,
            "Validate" => Self::Validate,
            "Manifest" => Self::Manifest,
            "Certificate" => Self::Certificate,
            "Package" => Self::Package,
            other => panic!("no job {other}"),
        }
    }
}

/// A family: its name, what it is read by, how many there are at the smaller size, and the input.
pub(crate) type Family = (&'static str, &'static [Job], usize, fn(usize) -> Vec<u8>);

pub(crate) const XML: &[Job] = &[Job::Parse, Job::Validate];
pub(crate) const DESCRIPTOR: &[Job] = &[Job::Validate];

pub(crate) const FAMILIES: &[Family] = &[
    ("attributes of one element", XML, 500, |n| {
        format!("<a {}/>", many(n, |at| format!("b{at}=\"{at}\" "))).into()
    }),
    ("declarations on one element", XML, 500, |n| {
        format!("<a {}/>", many(n, |at| format!("xmlns:n{at}=\"urn:{at}\" "))).into()
    }),
    ("declarations, nested", XML, 500, |n| {
        let open = many(n, |at| format!("<a xmlns:n{at}=\"urn:{at}\">"));
        (open + &"</a>".repeat(n)).into()
    }),
    ("depth", XML, 1_000, |n| ("<a>".repeat(n) + &"</a>".repeat(n)).into()),
    ("siblings", XML, 1_000, |n| format!("<r>{}</r>", "<a/>".repeat(n)).into()),
    ("references in text", XML, 1_000, |n| format!("<r>{}</r>", "&amp;&#65;".repeat(n)).into()),
    ("comments", XML, 1_000, |n| format!("<r>{}</r>", "<!--a-->".repeat(n)).into()),
    ("faults", XML, 1_000, |n| format!("<r>{}</r>", "<a b=c>&x;</d>".repeat(n)).into()),
    // Names over 254 bytes are measured anew whenever they are asked for; the limit on them is 1,000 bytes.
    ("a long name", XML, 80_000, |n| format!("<{}/>", "x".repeat(n)).into()),
    ("a long value", XML, 20_000, |n| format!("<a b='{}'/>", "x".repeat(n)).into()),
    ("a long text", XML, 20_000, |n| format!("<a>{}</a>", "x".repeat(n)).into()),
    ("ids of systems", DESCRIPTOR, 200, |n| {
        let systems =
            many(n, |at| format!("<VirtualSystem ovf:id=\"vm{at}\"><Info/></VirtualSystem>"));
        envelope(
            "",
            "",
            &format!(
                "<VirtualSystemCollection ovf:id=\"c\"><Info/>{systems}</VirtualSystemCollection>"
            ),
        )
    }),
    ("equal ids of systems", DESCRIPTOR, 200, |n| {
        let systems = "<VirtualSystem ovf:id=\"vm\"><Info/></VirtualSystem>".repeat(n);
        envelope(
            "",
            "",
            &format!(
                "<VirtualSystemCollection ovf:id=\"c\"><Info/>{systems}</VirtualSystemCollection>"
            ),
        )
    }),
    ("disks and files", DESCRIPTOR, 200, |n| {
        let files =
            many(n, |at| format!("<File ovf:id=\"f{at}\" ovf:href=\"{at}.vmdk\" ovf:size=\"1\"/>"));
        let disks = many(n, |at| {
            format!(
                "<Disk ovf:diskId=\"d{at}\" ovf:fileRef=\"f{}\" ovf:capacity=\"1\" ovf:format=\"f\"/>",
                (at * 7) % n
            )
        });
        envelope(&files, &format!("<DiskSection><Info/>{disks}</DiskSection>"), SYSTEM)
    }),
    ("disks in a chain of parents", DESCRIPTOR, 200, |n| {
        let disks = many(n, |at| {
            format!(
                "<Disk ovf:diskId=\"d{at}\" ovf:parentRef=\"d{}\" ovf:capacity=\"1\" ovf:format=\"f\"/>",
                at + 1
            )
        });
        envelope("", &format!("<DiskSection><Info/>{disks}</DiskSection>"), SYSTEM)
    }),
    ("items and options", DESCRIPTOR, 60, |n| {
        let options = many(n, |at| {
            format!("<Configuration ovf:id=\"o{at}\"><Label/><Description/></Configuration>")
        });
        let items = many(n, |at| {
            format!(
                "<Item ovf:configuration=\"o{at}\"><rasd:ElementName>a</rasd:ElementName><rasd:InstanceID>{at}</rasd:InstanceID>\
                 <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>"
            )
        });
        envelope(
            "",
            &format!("<DeploymentOptionSection><Info/>{options}</DeploymentOptionSection>"),
            &hardware(&items),
        )
    }),
    ("items of one instance", DESCRIPTOR, 60, |n| {
        let items =
            "<Item><rasd:ElementName>a</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>\
             <rasd:ResourceType>3</rasd:ResourceType></Item>"
                .repeat(n);
        envelope("", "", &hardware(&items))
    }),
    ("items in a chain of parents", DESCRIPTOR, 60, |n| {
        let items = many(n, |at| {
            format!(
                "<Item><rasd:ElementName>a</rasd:ElementName><rasd:InstanceID>{at}</rasd:InstanceID>\
                 <rasd:Parent>{}</rasd:Parent><rasd:ResourceType>6</rasd:ResourceType></Item>",
                at + 1
            )
        });
        envelope("", "", &hardware(&items))
    }),
    ("networks and connections", DESCRIPTOR, 100, |n| {
        let networks =
            many(n, |at| format!("<Network ovf:name=\"n{at}\"><Description/></Network>"));
        let items = many(n, |at| {
            format!(
                "<Item><rasd:Connection>n{at}</rasd:Connection><rasd:ElementName>a</rasd:ElementName>\
                 <rasd:InstanceID>{at}</rasd:InstanceID><rasd:ResourceType>10</rasd:ResourceType></Item>"
            )
        });
        envelope(
            "",
            &format!("<NetworkSection><Info/>{networks}</NetworkSection>"),
            &hardware(&items),
        )
    }),
    ("properties", DESCRIPTOR, 200, |n| {
        let all = many(n, |at| format!("<Property ovf:key=\"p{at}\" ovf:type=\"string\"/>"));
        products(&all)
    }),
    ("properties in a circle", DESCRIPTOR, 200, |n| {
        let all = many(n, |at| {
            format!(
                "<Property ovf:key=\"p{at}\" ovf:type=\"string\" ovf:value=\"${{p{}}}\"/>",
                (at + 1) % n
            )
        });
        products(&all)
    }),
    ("macros in one value", DESCRIPTOR, 500, |n| {
        products(&format!(
            "<Property ovf:key=\"p\" ovf:type=\"string\" ovf:value=\"{}\"/>",
            "${x}${".repeat(n)
        ))
    }),
    ("messages", DESCRIPTOR, 200, |n| {
        let messages = many(n, |at| format!("<Msg ovf:msgid=\"m{at}\">text</Msg>"));
        let all = many(n, |at| {
            format!(
                "<Property ovf:key=\"p{at}\" ovf:type=\"string\"><Label ovf:msgid=\"m{at}\">a</Label></Property>"
            )
        });
        let mut text = String::from_utf8(products(&all)).expect("it is text");
        let end = text.len() - "</Envelope>".len();
        text.insert_str(end, &format!("<Strings xml:lang=\"en-US\">{messages}</Strings>"));
        text.into()
    }),
    ("entries of a manifest", &[Job::Manifest], 200, |n| {
        many(n, |at| format!("SHA1({at}.vmdk)= {}\n", "0".repeat(40))).into()
    }),
    ("a long line of a manifest", &[Job::Manifest], 20_000, |n| {
        format!("SHA1({})= {}\n", "x".repeat(n), "0".repeat(40)).into()
    }),
    #[cfg(feature = "cert")]
    ("certificates of a file", &[Job::Certificate], 20, |n| {
        let chain = include_str!("../../testdata/certificate/chain.cert");
        let (line, blocks) = chain.split_once('\n').expect("it has lines");
        format!("{line}\n{}", blocks.repeat(n)).into()
    }),
    ("a long name of a member", &[Job::Package], 20_000, |n| {
        let start = build::Tar::new().file("vm.ovf", &envelope("", "", SYSTEM));
        start.pax(&[("path", &"x".repeat(n))]).empty("x").end()
    }),
    ("members of an archive", &[Job::Package], 100, |n| {
        let start = build::Tar::new().file("vm.ovf", &envelope("", "", SYSTEM));
        (0..n).fold(start, |tar, at| tar.file(&format!("{at}.bin"), b"x")).end()
    }),
    ("chunks of a file", &[Job::Package], 100, |n| {
        let file =
            format!("<File ovf:id=\"f\" ovf:href=\"f.bin\" ovf:chunkSize=\"1\" ovf:size=\"{n}\"/>");
        let start = build::Tar::new().file("vm.ovf", &envelope(&file, "", SYSTEM));
        (0..n).fold(start, |tar, at| tar.file(&format!("f.bin.{at:09}"), b"x")).end()
    }),
];

pub(crate) const SYSTEM: &str = "<VirtualSystem ovf:id=\"vm\"><Info/></VirtualSystem>";

pub(crate) fn many(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

pub(crate) fn envelope(files: &str, sections: &str, content: &str) -> Vec<u8> {
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\">\
         <References>{files}</References>{sections}{content}</Envelope>"
    )
    .into()
}

pub(crate) fn hardware(items: &str) -> String {
    format!(
        "<VirtualSystem ovf:id=\"vm\"><Info/><VirtualHardwareSection><Info/>{items}</VirtualHardwareSection></VirtualSystem>"
    )
}

pub(crate) fn products(properties: &str) -> Vec<u8> {
    let product = format!("<ProductSection><Info/>{properties}</ProductSection>");
    envelope("", "", &format!("<VirtualSystem ovf:id=\"vm\"><Info/>{product}</VirtualSystem>"))
}
