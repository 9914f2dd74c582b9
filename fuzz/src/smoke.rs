//! A short, repeatable run of the bodies: the same inputs every time, nothing of the clock.

use std::fs;
use std::path::{Path, PathBuf};

use base64::engine::{Engine, general_purpose::STANDARD};

/// Runs a body over what its campaigns kept, one input for each edge they reached or so.
fn corpus(target: &str, body: fn(&[u8])) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(format!("{target}.txt"));
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut count = 0_usize;
    for line in text.lines() {
        body(&STANDARD.decode(line).expect("each line is an input in Base64"));
        count = count.saturating_add(1);
    }
    assert!(count > 0, "{target} has inputs");
}

/// Runs a body over nothing, the seeds, their mutants, and words of the grammar in any order.
pub(crate) fn run(target: &str, body: fn(&[u8])) {
    const MUTANTS: usize = 600;
    const SENTENCES: usize = 400;
    const SEED_BYTES: u64 = 16 << 10;

    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata");
    let mut files = Vec::new();
    collect(&testdata, &mut files);
    files.sort();
    let mut seeds: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    for file in files {
        if fs::metadata(&file).is_ok_and(|data| data.len() <= SEED_BYTES) {
            seeds.push(
                fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())),
            );
        }
    }

    let mut random = Random(7);
    body(&[]);
    corpus(target, body);
    // Every so many of the seeds, so that the run takes the same time however many there are.
    for seed in seeds.iter().step_by(seeds.len().div_ceil(100)) {
        body(seed);
    }
    for _ in 0..MUTANTS {
        body(&mutant(&mut random, &seeds));
    }
    for _ in 0..SENTENCES {
        let words = random.below(40);
        let sentence: String = (0..words).map(|_| *random.pick(WORDS)).collect();
        body(sentence.as_bytes());
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// A seed with up to eight changes.
fn mutant(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut data = random.pick(seeds).clone();
    for _ in 0..=random.below(8) {
        let at = random.below(data.len().saturating_add(1));
        let end = data.len().min(at.saturating_add(random.below(24)));
        match random.below(6) {
            0 => data.truncate(at),
            1 => drop(data.drain(at..end)),
            2 => {
                let piece: Vec<u8> = data.drain(at..end).collect();
                let to = random.below(data.len().saturating_add(1));
                data.splice(to..to, piece.repeat(2));
            }
            3 => {
                let byte = random.next().to_le_bytes();
                data.splice(at..end.min(at.saturating_add(1)), byte.into_iter().take(1));
            }
            4 => drop(data.splice(at..end, random.pick(WORDS).bytes())),
            _ => {
                let other = random.pick(seeds);
                let from = random.below(other.len().saturating_add(1));
                data.splice(at.., other.iter().copied().skip(from));
            }
        }
    }
    data
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(list.len());
        list.get(at).expect("a list with something in it")
    }
}

const SEEDS: &[&str] = &[
    "<a/>",
    "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" \
     xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\">\r\n  <References>\r\n    <File ovf:href=\"disk.vmdk\" \
     ovf:id=\"file1\" ovf:size=\"1024\"/>\r\n  </References>\r\n  <VirtualSystem ovf:id=\"vm\">\r\n    \
     <Info>größe &amp; <![CDATA[<\u{1F600}>]]></Info>\r\n  </VirtualSystem>\r\n</Envelope>\r\n",
    "<p:a xmlns:p='urn:a' p:b=\"&#x20AC;&lt;\"><!-- c --><?pi d?><q:c xmlns:q=\"urn:b\"/>text\r\n</p:a>",
    "H4sIAAAAAAAAA7NJtKuw0U+0AwBQEjhZCAAAAA==",
    "H4sI AAAA\r\nAAAA",
    "UEsDBBQAAAA=",
    "404 not found",
];

const WORDS: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "<a>",
    "</a>",
    "<a",
    "<p:a",
    " b=\"",
    "\"",
    "'",
    "=",
    "&",
    ";",
    "&amp;",
    "&#x0;",
    "&#65;",
    "&lt;",
    "&quot;",
    "<!--",
    "-->",
    "--",
    "<![CDATA[",
    "]]>",
    "]]",
    "<?",
    "?>",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE a>",
    " xmlns=\"urn:a\"",
    " xmlns:p='urn:a'",
    " xmlns:p=''",
    " xmlns:xml='x'",
    " p:b='1'",
    " b='1'",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{1}",
    "é",
    "虚",
    "\u{1F600}",
    "\u{FEFF}",
    "\u{FFFE}",
    "\u{85}",
    "\u{2028}",
    "text",
    "12345678901234567",
    "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\">",
    "</Envelope>",
    "<References>",
    "</References>",
    "H4sI",
    "AAAA",
    "====",
    "encoding='utf-16'",
    "SHA1(",
    "SHA2-256 (",
    "vm.mf",
    "./",
    ")= ",
    ") = ",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "-----BEGIN CERTIFICATE-----\n",
    "\n-----END CERTIFICATE-----\n",
    "-----BEGIN PRIVATE KEY-----\n",
];

#[test]
fn archive() {
    run("archive", crate::archive);
    // Blocks, of which few seeds have any.
    let mut random = Random(11);
    for _ in 0..2_000 {
        let mut data = Vec::new();
        for _ in 0..=random.below(8) {
            let mut block = header(&mut random);
            for _ in 0..random.below(3) {
                let at = random.below(block.len());
                let [byte, ..] = random.next().to_le_bytes();
                block.splice(at..=at, [byte]);
            }
            data.extend_from_slice(&block);
        }
        data.truncate(data.len().saturating_sub(random.below(3).saturating_mul(300)));
        crate::archive(&data);
    }
}

/// A header of tar, or what stands behind one.
fn header(random: &mut Random) -> Vec<u8> {
    const BLOCK: usize = 512;
    let mut block = Vec::new();
    match random.below(8) {
        0 => {}
        1 => block.extend_from_slice(b"16 path=vm.ovf\n\n11 size=100\n"),
        _ => {
            block.extend_from_slice(
                random.pick(&["vm.ovf", "a/../b", "d.vmdk", "é", ""]).as_bytes(),
            );
            block.resize(100, 0);
            block.extend_from_slice(b"0000644\x000000000\x000000000\0");
            block.extend_from_slice(
                random
                    .pick(&["00000000000\0", "00000000144\0", "00000000020\0", "            "])
                    .as_bytes(),
            );
            block.extend_from_slice(b"14000000000\0        ");
            block.push(*random.pick(b"00005xLgS2"));
            block.resize(257, 0);
            block.extend_from_slice(
                random.pick(&["ustar\x0000", "ustar  \0", "\0\0\0\0\0\0\0\0"]).as_bytes(),
            );
        }
    }
    block.resize(BLOCK, 0);
    block
}

#[test]
fn decode() {
    run("decode", crate::decode);
}

#[test]
fn check() {
    run("check", crate::check);
}

#[test]
fn xml() {
    run("xml", crate::xml);
}

#[test]
fn manifest() {
    run("manifest", crate::manifest);
}

#[test]
fn certificate() {
    run("certificate", crate::certificate);
    // Changes that base64 does not hide: in the bytes of a certificate.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/certificate");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.retain(|file| file.extension().is_some_and(|extension| extension == "pem"));
    files.sort();
    let mut random = Random(13);
    for file in files {
        let text = fs::read_to_string(&file).expect("it can be read");
        let anchors = ovf::manifest::certificate::TrustAnchors::from_pem(&text);
        for certificate in anchors.expect("it has certificates").iter() {
            for _ in 0..200 {
                crate::certificate(&mutant(&mut random, &[certificate.der().to_vec()]));
            }
        }
    }
}

/// Bytes that decide, beside the texts: most of what these bodies do begins with one of our descriptors.
/// `OVF_RUNS` asks for more of them than an ordinary run has.
fn decide(target: &str, body: fn(&[u8]), count: usize) {
    run(target, body);
    let asked = std::env::var("OVF_RUNS").ok().and_then(|runs| runs.parse().ok());
    let count = asked.unwrap_or(count);
    let mut random = Random(17);
    for _ in 0..count {
        let length = random.below(160);
        let bytes = (0..length).map(|_| random.next().to_le_bytes());
        let data: Vec<u8> = bytes.filter_map(|bytes| bytes.first().copied()).collect();
        body(&data);
    }
}

#[test]
fn names() {
    decide("names", crate::names, 500);
}

#[test]
fn convert() {
    decide("convert", crate::convert, 300);
}

#[test]
fn deploy() {
    decide("deploy", crate::deploy, 600);
}

#[test]
fn edit() {
    decide("edit", crate::edit, 400);
}

#[test]
fn environment() {
    decide("environment", crate::environment, 400);
}

#[test]
fn session() {
    decide("session", crate::session, 500);
}

#[test]
fn transfer() {
    decide("transfer", crate::transfer, 3000);
}
