//! Work grows as the input does, shown by counting instructions and bytes of memory.
//!
//! This test starts itself again under `valgrind --tool=callgrind`, for each family of inputs at one size
//! and at eight times that size, and compares the instructions per byte. Counts are the same on every run
//! and do not depend on what else the machine does.
#![cfg(target_os = "linux")]
#![allow(
    missing_docs,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a test that panics has failed, and it prints a table"
)]

#[path = "container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;

use std::fmt::Write as _;
use std::process::Command;

use ovf::manifest::Manifest;
use ovf::package::PackageReader;
use ovf::{Limits, Source, Validator, xml};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The variable that makes this binary do a job instead of testing: `family job n`.
const JOB: &str = "OVF_GROWTH_JOB";

/// How much more an instruction per byte may become at eight times the size. Tables that are looked up
/// grow with the logarithm, and a hash map costs more once it has been enlarged.
const FACTOR: f64 = 1.35;

/// What a family is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Job {
    Parse,
    Validate,
    Manifest,
    Package,
}

impl Job {
    fn named(name: &str) -> Self {
        match name {
            "Parse" => Self::Parse,
            "Validate" => Self::Validate,
            "Manifest" => Self::Manifest,
            "Package" => Self::Package,
            other => panic!("no job {other}"),
        }
    }
}

/// A family: its name, what it is read by, how many there are at the smaller size, and the input.
type Family = (&'static str, &'static [Job], usize, fn(usize) -> Vec<u8>);

const XML: &[Job] = &[Job::Parse, Job::Validate];
const DESCRIPTOR: &[Job] = &[Job::Validate];

const FAMILIES: &[Family] = &[
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

const SYSTEM: &str = "<VirtualSystem ovf:id=\"vm\"><Info/></VirtualSystem>";

fn many(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

fn envelope(files: &str, sections: &str, content: &str) -> Vec<u8> {
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
         xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\">\
         <References>{files}</References>{sections}{content}</Envelope>"
    )
    .into()
}

fn hardware(items: &str) -> String {
    format!(
        "<VirtualSystem ovf:id=\"vm\"><Info/><VirtualHardwareSection><Info/>{items}</VirtualHardwareSection></VirtualSystem>"
    )
}

fn products(properties: &str) -> Vec<u8> {
    let product = format!("<ProductSection><Info/>{properties}</ProductSection>");
    envelope("", "", &format!("<VirtualSystem ovf:id=\"vm\"><Info/>{product}</VirtualSystem>"))
}

/// The counted part. Its name is what callgrind looks for.
#[inline(never)]
fn counted_part(job: Job, bytes: &[u8]) {
    let limits = Limits::unlimited();
    match job {
        Job::Parse => {
            let source = Source::decode_with(bytes, &limits).expect("it is text");
            std::hint::black_box(xml::parse(source.text(), &limits));
        }
        Job::Validate => {
            let source = Source::decode_with(bytes, &limits).expect("it is text");
            std::hint::black_box(Validator::new().limits(limits).check(&source));
        }
        Job::Manifest => {
            let text = std::str::from_utf8(bytes).expect("it is text");
            std::hint::black_box(Manifest::parse(text, &limits));
        }
        Job::Package => {
            let reader = PackageReader::new(Validator::new().limits(limits));
            let package = reader.archive(bytes).expect("it is an archive");
            let texts = package.texts();
            std::hint::black_box(package.check(&texts));
        }
    }
}

/// What one run cost.
#[derive(Clone, Copy)]
struct Cost {
    bytes: usize,
    instructions: u64,
    peak: usize,
}

fn child(job: &str) {
    let mut words = job.split('|');
    let mut word = || words.next().expect("three words");
    let (name, job, n) = (word(), Job::named(word()), word().parse().expect("a number"));
    let family = FAMILIES.iter().find(|family| family.0 == name).expect("there is such a family");
    let input = family.3(n);
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    counted_part(job, &input);
    println!("MEASURED {} {}", input.len(), MEMORY.peak_usage().saturating_sub(before));
}

/// Runs a job under callgrind; `None` when that is not installed.
fn cost(name: &str, job: Job, n: usize) -> Option<Cost> {
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*counted_part*",
        ])
        .arg(std::env::current_exe().expect("it runs"))
        .args(["--exact", "work_grows_as_the_input_does", "--nocapture", "--test-threads=1"])
        .env(JOB, format!("{name}|{job:?}|{n}"))
        .output()
        .ok()?;
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name} {job:?}: {out}{err}");
    let mut measured = out.split_once("MEASURED ")?.1.split_whitespace();
    let instructions = err.split_once("Collected : ")?.1.split_whitespace().next()?.parse().ok()?;
    Some(Cost {
        bytes: measured.next()?.parse().ok()?,
        instructions,
        peak: measured.next()?.parse().ok()?,
    })
}

#[test]
fn work_grows_as_the_input_does() {
    if let Ok(job) = std::env::var(JOB) {
        return child(&job);
    }
    let mut table = format!(
        "{:28} {:9} {:>9} {:>9} {:>6}  {:>7} {:>7}\n",
        "family", "job", "steps/B", "at 8 n", "ratio", "heap/B", "at 8 n"
    );
    let mut faults = Vec::new();
    for (name, jobs, n, _) in FAMILIES {
        for &job in *jobs {
            let (Some(one), Some(eight)) = (cost(name, job, *n), cost(name, job, 8 * n)) else {
                eprintln!("skipped: valgrind is not installed");
                return;
            };
            let steps = |cost: Cost| cost.instructions as f64 / cost.bytes as f64;
            let heap = |cost: Cost| cost.peak as f64 / cost.bytes as f64;
            let ratio = steps(eight) / steps(one);
            let _ = writeln!(
                table,
                "{name:28} {:9} {:9.1} {:9.1} {ratio:6.2}  {:7.1} {:7.1}",
                format!("{job:?}"),
                steps(one),
                steps(eight),
                heap(one),
                heap(eight)
            );
            if ratio > FACTOR {
                faults.push(format!("{name}, {job:?}: {ratio:.2}"));
            }
        }
    }
    println!("{table}");
    assert!(faults.is_empty(), "{faults:#?}");
}
