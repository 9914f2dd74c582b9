//! What reading and checking take in memory, as multiples of the text: for the worst texts that can be made
//! under the default limits, and for real ones (`OVF_CORPUS`). Alone in its process, so that nobody else
//! allocates; prints its table with `--nocapture`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a test that panics has failed, and it prints a table"
)]

#[path = "../benches/support/mod.rs"]
mod benches;
#[path = "container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;
#[path = "growth/families.rs"]
mod families;
mod support;

use std::path::{Path, PathBuf};

use families::{FAMILIES, Job, envelope, hardware, many, products};
use ovf::{Source, Validator, xml};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes for each byte of text that reading may take: an element of four bytes, `<a/>`, has a record of 28 in a
/// vector of the right size, and nothing is shorter for what it takes.
const PARSE: f64 = 7.1;

/// The same for reading and checking. An Item without content, `<Item/>`, is seven bytes that take 560: the element, its
/// name and what it holds as numbers, its places in the lists of the model, what is merged of it into a device,
/// and what departs from the schema in it; half of that is the room vectors have when they have grown. What
/// keeps this from hurting is the limit on elements: 250,000 of them take 140 MB.
const VALIDATE: f64 = 80.0;

/// The same for what tools write: half of its bytes are text and white space, which take nothing.
const REAL: f64 = 4.0;

/// Texts smaller than this say more of what is there anyway.
const BYTES: usize = 1 << 20;

/// Texts made of the shortest of something, as many as a MB holds.
fn short() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, before: &str, piece: &str, after: &str| {
        let pieces = piece.repeat(BYTES / piece.len() + 1);
        texts.push((name.to_owned(), format!("{before}{pieces}{after}")));
    };
    add("elements", "<r>", "<a/>", "</r>");
    add("elements with a member", "<r>", "<a><a/></a>", "</r>");
    add("elements with an attribute", "<r>", "<a b=''/>", "</r>");
    add("elements with a namespace", "<r>", "<a xmlns='b'/>", "</r>");
    add("elements with text", "<r>", "<a>b</a>", "</r>");
    add("elements between texts", "<r>", "a<b/>", "</r>");
    let all = many(255, |at| format!(" a{at}=''"));
    add("attributes", "<r>", &format!("<a{all}/>"), "</r>");
    let all = many(63, |at| format!(" xmlns:a{at}='b'"));
    add("namespaces", "<r>", &format!("<a{all}/>"), "</r>");
    add("line ends", "<r>", "\n", "</r>");
    add("references", "<r>", "&lt;", "</r>");
    add("faults", "<r>", "&", "</r>");
    add("stray end tags", "<r>", "</a>", "</r>");

    let whole = |body: &[u8]| String::from_utf8(body.to_vec()).unwrap();
    let mut inside = |name: &str, text: Vec<u8>, piece: &str| {
        let text = whole(&text);
        let (before, after) = text.split_once('@').unwrap();
        let pieces = piece.repeat(BYTES / piece.len() + 1);
        texts.push((name.to_owned(), format!("{before}{pieces}{after}")));
    };
    let machine = |inside: &str| {
        let text = format!("<VirtualSystem ovf:id=\"vm\"><Info/>{inside}</VirtualSystem>");
        envelope("", "", &text)
    };
    for piece in ["<File/>", "<a/>", "<File ovf:id='a' ovf:href='a'/>"] {
        inside(&format!("{piece} of References"), envelope("@", "", ""), piece);
    }
    for piece in [
        "<a/>",
        "<Section/>",
        "<DiskSection/>",
        "<NetworkSection/>",
        "<VirtualSystem/>",
        "<VirtualSystemCollection/>",
        "<Strings/>",
        "<References/>",
    ] {
        inside(&format!("{piece} of the Envelope"), envelope("", "@", ""), piece);
    }
    for (section, piece) in [
        ("DiskSection", "<Disk/>"),
        ("DiskSection", "<Disk ovf:diskId='a'/>"),
        ("NetworkSection", "<Network/>"),
        ("NetworkSection", "<Network ovf:name='a'/>"),
        ("DeploymentOptionSection", "<Configuration/>"),
        ("DeploymentOptionSection", "<Configuration ovf:id='a'/>"),
        ("Strings", "<Msg/>"),
        ("Strings", "<Msg ovf:msgid='a'/>"),
    ] {
        let text = envelope("", &format!("<{section}><Info/>@</{section}>"), "");
        inside(&format!("{piece} of the {section}"), text, piece);
    }
    for piece in [
        "<VirtualSystem/>",
        "<VirtualSystem ovf:id='a'/>",
        "<VirtualSystemCollection/>",
        "<StartupSection/>",
        "<ProductSection/>",
        "<EulaSection/>",
    ] {
        let text = envelope(
            "",
            "",
            "<VirtualSystemCollection ovf:id='c'><Info/>@</VirtualSystemCollection>",
        );
        inside(&format!("{piece} of a collection"), text, piece);
    }
    for piece in
        ["<ProductSection/>", "<VirtualHardwareSection/>", "<EulaSection/>", "<a/>", "<Info/>"]
    {
        inside(&format!("{piece} of a machine"), machine("@"), piece);
    }
    for piece in [
        "<Item/>",
        "<System/>",
        "<Item><rasd:InstanceID/></Item>",
        "<Item><rasd:InstanceID>1</rasd:InstanceID></Item>",
        "<Item><rasd:Parent>1</rasd:Parent></Item>",
        "<Item><rasd:HostResource/></Item>",
        "<Item ovf:configuration='a'/>",
        "<Item ovf:bound='min'/>",
        "<StorageItem/>",
    ] {
        inside(&format!("{piece} of hardware"), envelope("", "", &hardware("@")), piece);
    }
    inside("one Item of settings", envelope("", "", &hardware("<Item>@</Item>")), "<rasd:Parent/>");
    for piece in [
        "<Property/>",
        "<Property ovf:key='a'/>",
        "<Property ovf:key='a' ovf:type='string'/>",
        "<Category/>",
        "<Icon/>",
        "<Property><Value/></Property>",
        "<Property ovf:key='a' ovf:password='1'/>",
        "<Property ovf:key='a' ovf:value='${a}'/>",
        "<Property ovf:key='a' ovf:qualifiers='MinLen(1)'/>",
    ] {
        inside(&format!("{piece} of a product"), products("@"), piece);
    }
    let startup = envelope(
        "",
        "",
        "<VirtualSystemCollection ovf:id='c'><Info/><StartupSection><Info/>@</StartupSection></VirtualSystemCollection>",
    );
    inside("<Item/> of a StartupSection", startup, "<Item/>");
    inside("licence", machine("<EulaSection><Info/><License>@</License></EulaSection>"), "word ");
    texts
}

/// The most there is at a time beside what was there, in bytes.
fn peak(call: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    call();
    MEMORY.peak_usage().saturating_sub(before)
}

/// Bytes for each byte of the text: reading; reading and checking.
fn multiples(text: &str) -> (f64, f64) {
    let limits = ovf::Limits::default();
    let parse = peak(|| drop(std::hint::black_box(xml::parse(text, &limits))));
    let validate = peak(|| {
        let source = Source::decode(text.as_bytes()).unwrap();
        drop(std::hint::black_box(Validator::new().check(&source)));
    });
    (parse as f64 / text.len() as f64, validate as f64 / text.len() as f64)
}

#[test]
fn memory_is_a_small_multiple_of_the_text() {
    // What is made once for the process is made now.
    multiples("<a/>");
    let mut texts = short();
    for (name, _, n, make) in FAMILIES.iter().filter(|(_, jobs, ..)| jobs.contains(&Job::Validate))
    {
        let bytes = make(*n).len();
        let text = String::from_utf8(make(n * BYTES.div_ceil(bytes))).unwrap();
        texts.push(((*name).to_owned(), text));
    }
    texts.push(("generated, dense".to_owned(), benches::dense(10_000_000)));
    texts.push(("generated, as exported".to_owned(), benches::descriptor(10_000_000)));

    let mut all: Vec<(f64, f64, &str, usize)> = texts
        .iter()
        .map(|(name, text)| {
            let (parse, validate) = multiples(text);
            (parse, validate, &**name, text.len())
        })
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("{:52} {:>9} {:>7} {:>8}", "text", "bytes", "parse", "validate");
    for (parse, validate, name, bytes) in &all {
        println!("{name:52} {bytes:>9} {parse:>7.2} {validate:>8.2}");
    }
    for (parse, validate, name, _) in &all {
        assert!(*parse <= PARSE, "reading {name} takes {parse:.2} times the text");
        assert!(*validate <= VALIDATE, "checking {name} takes {validate:.2} times the text");
    }
    real();
}

/// Real descriptors. In a few bytes what is there anyway is a big multiple, so those count for nothing.
fn real() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS").map(PathBuf::from) else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let mut parse = Vec::new();
    let mut validate = Vec::new();
    for path in support::files_below(Path::new(&corpus.join("files"))) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(source) = Source::decode(&bytes) else { continue };
        if source.text().len() < 4 << 10 {
            continue;
        }
        let (one, both) = multiples(source.text());
        parse.push(one);
        validate.push(both);
    }
    for (what, multiples, most) in [("parse", &mut parse, PARSE), ("validate", &mut validate, REAL)]
    {
        multiples.sort_by(f64::total_cmp);
        let at = |part: usize| multiples.get(multiples.len() * part / 100).copied().unwrap_or(0.0);
        let worst = multiples.last().copied().unwrap_or(0.0);
        println!(
            "{what} of {} real descriptors of 4 KiB and more: median {:.2}, 95 % {:.2}, worst {worst:.2}",
            multiples.len(),
            at(50),
            at(95)
        );
        assert!(worst <= most, "{what}: {worst:.2}");
    }
}
