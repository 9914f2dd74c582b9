//! OVF 1.1 written as 1.0: `testdata/convert/*.ovf` say on the line what must be told there, as
//! `testdata/rules` does, and `testdata/convert/expected` holds what comes out, byte by byte
//! (`OVF_BLESS=1` writes it anew; read what changed). Files of messages are in `testdata/convert/bundles`.
#![allow(clippy::print_stdout, reason = "it says what it measured, or why it was skipped")]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ovf::edit::convert::{Conversion, Converter, Refusal};
use ovf::{Code, Diagnostic, Severity, Source, Validator, Version};
use support::markers::markers;
use support::xmllint;

const ROOT: &str = "testdata/convert";

/// What becomes of a text.
struct Outcome {
    result: Result<Conversion, Refusal>,
    version: Option<Version>,
    /// The text afterwards; as it was, when it is refused.
    text: String,
}

impl Outcome {
    fn diagnostics(&self) -> &[Diagnostic] {
        match &self.result {
            Ok(conversion) => conversion.diagnostics(),
            Err(refusal) => refusal.diagnostics(),
        }
    }

    fn codes(&self) -> Vec<Code> {
        self.diagnostics().iter().map(|found| found.code).collect()
    }
}

fn convert(text: &str) -> Outcome {
    let files = support::files(&Path::new(ROOT).join("bundles"), "xml");
    let texts: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|file| {
            let name = file.file_name().expect("it has a name").to_string_lossy().into_owned();
            (name, std::fs::read(file).expect("it is there"))
        })
        .collect();
    let sources: Vec<(&str, Source<'_>)> = texts
        .iter()
        .map(|(name, bytes)| (&**name, Source::decode(bytes).expect("it is text")))
        .collect();
    let converter = sources
        .iter()
        .fold(Converter::new(), |converter, (name, source)| converter.bundle(*name, source));
    let source = Source::from_text(text).expect("it is text");
    let report = Validator::new().check(&source);
    let version = report.envelope().map(ovf::Envelope::version);
    let result = converter.convert(&report);
    let text = match &result {
        Ok(conversion) => conversion.changes().apply(text).expect("no two changes meet").into(),
        Err(_) => text.to_owned(),
    };
    Outcome { result, version, text }
}

/// The errors of a text, with how often each is there: lines move when something is taken out.
fn errors(text: &str) -> BTreeMap<(Code, String), usize> {
    let source = Source::from_text(text).expect("it is text");
    let report = Validator::new().check(&source);
    let mut errors = BTreeMap::new();
    for found in report.diagnostics().iter().filter(|found| found.severity == Severity::Error) {
        *errors.entry((found.code, found.message.clone())).or_default() += 1;
    }
    errors
}

/// What is wrong with a conversion, by every measure there is but the schema.
fn faults(text: &str, outcome: &Outcome) -> Vec<String> {
    let mut faults = Vec::new();
    if outcome.result.is_err() {
        return faults;
    }
    let again = convert(&outcome.text);
    if again.version != Some(Version::V1_0) {
        faults.push(format!("it is {:?} afterwards", again.version));
    }
    if again.text != outcome.text || !again.diagnostics().is_empty() {
        faults.push("converting twice changes it again".to_owned());
    }
    let before = errors(text);
    for (error, count) in errors(&outcome.text) {
        if before.get(&error).copied().unwrap_or(0) < count {
            faults.push(format!("it has an error it had not: {error:?}"));
        }
    }
    faults
}

#[test]
fn what_is_lost_is_told_on_its_line() {
    let mut faults = String::new();
    for path in support::files(Path::new(ROOT), "ovf") {
        if path.starts_with(Path::new(ROOT).join("expected")) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it is there");
        let outcome = convert(&text);
        let source = Source::from_text(&*text).expect("it is text");
        let mut expected = markers(&text).expect("markers make sense");
        for found in outcome.diagnostics() {
            let at = source.line_col(found.span.start);
            let marked = expected.iter().position(|marker| {
                marker.line == at.line
                    && marker.code == found.code
                    && marker.column.is_none_or(|column| column == at.column)
                    && found.message.contains(&marker.words)
            });
            match marked {
                Some(marked) => drop(expected.swap_remove(marked)),
                None => {
                    faults += &format!(
                        "{}:{}:{}: told, not marked: {:?} {}\n",
                        path.display(),
                        at.line,
                        at.column,
                        found.code,
                        found.message
                    );
                }
            }
        }
        for marker in expected {
            faults += &format!("{}: marked, not told: {marker:?}\n", path.display());
        }
        for fault in self::faults(&text, &outcome) {
            faults += &format!("{}: {fault}\n", path.display());
        }
        let beside = Path::new(ROOT).join("expected").join(path.file_name().expect("a name"));
        if outcome.result.is_err() {
            assert!(!beside.exists(), "{}: it is refused", beside.display());
        } else if std::env::var_os("OVF_BLESS").is_some() {
            std::fs::write(&beside, &outcome.text).expect("it can be written");
        } else if std::fs::read_to_string(&beside).ok().as_ref() != Some(&outcome.text) {
            faults += &format!("{}: not what comes out\n", beside.display());
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_code_is_shown() {
    let texts: Vec<String> = support::files(Path::new(ROOT), "ovf")
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("it is there"))
        .collect();
    let codes: Vec<Code> = Code::all().filter(|code| support::is_about_conversion(*code)).collect();
    assert_eq!(codes.len(), 10);
    for code in codes {
        let example = support::example(code);
        let shown = texts.iter().any(|text| {
            let marked =
                text.lines().any(|line| line.contains("<!--~") && line.contains(code.id()));
            marked && support::holds(text, &example)
        });
        assert!(shown, "{code:?}: no descriptor is marked with it and holds {example:?}");
    }
}

/// A construct of 1.1 in a descriptor that has nothing else of it.
struct Construct {
    name: &'static str,
    /// What is put into `full-1.0.ovf`, behind what.
    put: (&'static str, &'static str),
    told: &'static [Code],
    /// Whether the schema of 1.0 refuses it. What `anyAttribute` lets through it does not see.
    refused: bool,
}

const CONSTRUCTS: &[Construct] = &[
    Construct {
        name: "Property@password",
        put: ("ovf:userConfigurable=\"true\"", " ovf:password=\"true\""),
        told: &[Code::LOST_PASSWORD_MARK],
        refused: false,
    },
    Construct {
        name: "VirtualHardwareSection@id",
        put: ("<VirtualHardwareSection", " ovf:id=\"minimal\""),
        told: &[Code::LOST_HARDWARE_ID],
        refused: false,
    },
    Construct {
        name: "a schema location of 1.1, and xml:lang",
        put: (
            "<Envelope",
            " xml:lang=\"de\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"
            xsi:schemaLocation=\"http://schemas.dmtf.org/ovf/envelope/1 dsp8023_1.1.xsd\"",
        ),
        told: &[Code::LOST_LANGUAGE],
        refused: false,
    },
    Construct {
        name: "version=1.1",
        put: ("<Envelope", " ovf:version=\"1.1\""),
        told: &[],
        refused: false,
    },
    Construct {
        name: "a bundle in a file that is given",
        put: ("</Strings>", "\n  <Strings xml:lang=\"it\" ovf:fileRef=\"texts\"/>"),
        told: &[Code::INLINED_BUNDLE],
        refused: false,
    },
    Construct {
        name: "a bundle in a file that is not given",
        put: ("</Strings>", "\n  <Strings xml:lang=\"it\" ovf:fileRef=\"logo\"/>"),
        told: &[Code::LOST_BUNDLE],
        refused: false,
    },
    Construct {
        name: "VirtualQuantityUnits, the same",
        put: (
            "<rasd:VirtualQuantity>8192</rasd:VirtualQuantity>",
            "<rasd:VirtualQuantityUnits>byte * 2^20</rasd:VirtualQuantityUnits>",
        ),
        told: &[],
        refused: true,
    },
    Construct {
        name: "VirtualQuantityUnits, another",
        put: (
            "<rasd:VirtualQuantity>1024</rasd:VirtualQuantity>",
            "<rasd:VirtualQuantityUnits>byte * 2^30</rasd:VirtualQuantityUnits>",
        ),
        told: &[Code::REWRITTEN_QUANTITY],
        refused: true,
    },
    Construct {
        name: "VirtualQuantityUnits, of something else",
        put: (
            "<rasd:VirtualQuantity>1024</rasd:VirtualQuantity>",
            "<rasd:VirtualQuantityUnits>second</rasd:VirtualQuantityUnits>",
        ),
        told: &[Code::LOST_QUANTITY_UNITS],
        refused: true,
    },
];

/// A descriptor with everything 1.0 has and one construct of 1.1, whose only messages in files are those
/// of the construct.
fn with(construct: &Construct) -> String {
    let text = std::fs::read_to_string("testdata/examples/full-1.0.ovf").expect("it is there");
    let text = text
        .replace("\n  <Strings xml:lang=\"de\" ovf:fileRef=\"texts\"/>", "")
        .replace("texts-de.xml", "texts-it.xml");
    let (behind, put) = construct.put;
    assert!(text.contains(behind), "{}", construct.name);
    text.replacen(behind, &format!("{behind}{put}"), 1)
}

#[test]
fn each_construct_of_1_1_goes_and_nothing_else() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("convert");
    std::fs::create_dir_all(&folder).expect("it can be made");
    let judges = xmllint::schema("1.0.0").zip(xmllint::schema("1.1.0"));
    println!("{:45} {:8} before, in 1.1 and 1.0, and after, in 1.0", "construct", "told");
    for (n, construct) in CONSTRUCTS.iter().enumerate() {
        let Construct { name, told, refused, .. } = construct;
        let before = with(construct);
        let outcome = convert(&before);
        assert_eq!(outcome.version, Some(Version::V1_1), "{name}");
        assert_eq!(outcome.codes(), *told, "{name}");
        assert_eq!(faults(&before, &outcome), [""; 0], "{name}");
        let Some((schema_1_0, schema_1_1)) = &judges else { continue };
        let files = [("before", &before), ("after", &outcome.text)].map(|(when, text)| {
            let file = folder.join(format!("{n}-{when}.ovf"));
            std::fs::write(&file, text).expect("it can be written");
            file
        });
        let count = |schema: &Path, file: &PathBuf| {
            xmllint::judge(schema, std::slice::from_ref(file))[file].errors.len()
        };
        let [before_file, after_file] = &files;
        let in_1_1 = count(schema_1_1, before_file);
        let (in_1_0, after) = (count(schema_1_0, before_file), count(schema_1_0, after_file));
        println!("{name:45} {:8} {in_1_1} {in_1_0} -> {after}", told.len());
        assert_eq!(in_1_1, 0, "{name}: valid as 1.1 before");
        assert_eq!(in_1_0 > 0, *refused, "{name}: as 1.0 before");
        assert_eq!(after, 0, "{name}: valid as 1.0 after");
    }
}

#[test]
fn all_of_1_1_becomes_all_of_1_0() {
    let text = std::fs::read_to_string("testdata/examples/full-1.1.ovf").expect("it is there");
    let outcome = convert(&text);
    assert_eq!(outcome.codes(), [Code::LOST_HARDWARE_ID, Code::INLINED_BUNDLE]);
    assert_eq!(faults(&text, &outcome), [""; 0]);
    // What differs from our descriptor of 1.0 is what the two are written with, and the bundle.
    let (head, _) = outcome.text.split_once("  <Strings xml:lang=\"de\">").expect("it is inlined");
    let full = std::fs::read_to_string("testdata/examples/full-1.0.ovf").expect("it is there");
    let full = full.replace("OVF 1.0,", "OVF 1.1,");
    assert!(full.starts_with(head), "{head}");
}

#[test]
fn what_is_1_0_stays_byte_by_byte() {
    for path in ["testdata/examples/full-1.0.ovf", "testdata/examples/web-server.ovf"] {
        let text = std::fs::read_to_string(path).expect("it is there").replace("\n", "\r\n");
        let text = text.replace(" ovf:password=\"true\"", "");
        let text = text.replace("\r\n  <Strings xml:lang=\"de\" ovf:fileRef=\"texts\"/>", "");
        let outcome = convert(&text);
        assert_eq!(outcome.version, Some(Version::V1_0), "{path}");
        let conversion = outcome.result.expect("it is 1.0");
        assert!(conversion.changes().is_empty() && conversion.diagnostics().is_empty());
    }
}

#[test]
fn what_could_not_be_read_is_refused_with_the_reason() {
    for (text, code) in [
        ("<Envelope", Code::UNCLOSED_MARKUP),
        ("<a/>", Code::NOT_AN_ENVELOPE),
        (
            "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'><References></Envelope>",
            Code::UNCLOSED_ELEMENT,
        ),
    ] {
        let outcome = convert(text);
        assert!(outcome.result.is_err());
        assert!(outcome.codes().contains(&code), "{text}: {:?}", outcome.codes());
        // Of an envelope that is there only what keeps it from being read is told.
        let is_of_reading = |code: &Code| *code < Code::NOT_AN_ENVELOPE;
        let all = outcome.codes().iter().all(is_of_reading);
        assert_eq!(all, code != Code::NOT_AN_ENVELOPE, "{text}");
        let refusal = outcome.result.unwrap_err();
        let first = &refusal.diagnostics()[0].message;
        let more = match refusal.diagnostics().len() {
            1 => String::new(),
            n => format!(", and {} more", n - 1),
        };
        let want = format!("the descriptor cannot be written as OVF 1.0: {first}{more}");
        assert_eq!(refusal.to_string(), want);
    }
}

#[test]
fn messages_are_written_as_their_neighbours_are() {
    const OVF: &str = "http://schemas.dmtf.org/ovf/envelope/1";
    let bundle =
        Source::from_text("<Strings><Msg msgid='a'>x</Msg></Strings>").expect("it is text");
    for (declared, prefix, strings, want) in [
        // No prefix for attributes, one that is taken, and the one of the root.
        (
            "",
            "",
            "<Strings fileRef='f'/>",
            format!("<Strings xmlns:ovf=\"{OVF}\"><Msg ovf:msgid=\"a\">x</Msg></Strings>"),
        ),
        (
            " xmlns:ovf='urn:a'",
            "",
            "<Strings fileRef='f'/>",
            format!("<Strings xmlns:ovf1=\"{OVF}\"><Msg ovf1:msgid=\"a\">x</Msg></Strings>"),
        ),
        (
            " xmlns:a='urn:a' xmlns:o='http://schemas.dmtf.org/ovf/envelope/1'",
            "o:",
            "<Strings o:fileRef='f'/>",
            "<Strings><Msg o:msgid=\"a\">x</Msg></Strings>".to_owned(),
        ),
        // On lines, with the blanks of the bundle and more of them.
        (
            " xmlns:o='http://schemas.dmtf.org/ovf/envelope/1'",
            "o:",
            "\n\t<Strings o:fileRef='f'/>",
            "\n\t<Strings>\n\t\t<Msg o:msgid=\"a\">x</Msg>\n\t</Strings>".to_owned(),
        ),
        (
            " xmlns:o='http://schemas.dmtf.org/ovf/envelope/1'",
            "o:",
            "\n  <Strings o:fileRef='f'/>",
            "\n  <Strings>\n    <Msg o:msgid=\"a\">x</Msg>\n  </Strings>".to_owned(),
        ),
    ] {
        let text = format!(
            "<Envelope xmlns='{OVF}'{declared}><References><File {prefix}id='f' {prefix}href='f.xml'/></References><VirtualSystem {prefix}id='vm'><Info/></VirtualSystem>{strings}</Envelope>"
        );
        let source = Source::from_text(&*text).expect("it is text");
        let report = Validator::new().check(&source);
        let conversion =
            Converter::new().bundle("f.xml", &bundle).convert(&report).expect("it is 1.1");
        let written = conversion.changes().apply(&text).expect("no two changes meet");
        let (_, written) = written.split_once("</VirtualSystem>").expect("it is there");
        assert_eq!(written, format!("{want}</Envelope>"), "{text}");
    }
}

/// A bundle in no namespace gets messages as it is written itself, unless there is a prefix for their ids.
#[test]
fn messages_of_a_bundle_without_a_namespace() {
    let bundle =
        Source::from_text("<Strings><Msg msgid='a'>x</Msg></Strings>").expect("it is text");
    for (declared, id) in
        [("", "msgid"), (" xmlns:o='http://schemas.dmtf.org/ovf/envelope/1'", "o:msgid")]
    {
        let text = format!(
            "<Envelope{declared}><References><File id='f' href='f.xml'/></References><VirtualSystem id='vm'><Info/></VirtualSystem><Strings fileRef='f'/></Envelope>"
        );
        let source = Source::from_text(&*text).expect("it is text");
        let report = Validator::new().check(&source);
        let conversion =
            Converter::new().bundle("f.xml", &bundle).convert(&report).expect("it is 1.1");
        let written = conversion.changes().apply(&text).expect("no two changes meet");
        let want = format!("<Strings><Msg {id}=\"a\">x</Msg></Strings></Envelope>");
        assert!(written.ends_with(&want), "{written}");
    }
}

/// Bundles are read once and written as long as there is room, so that naming one again and again does
/// not make a small package large.
#[test]
fn bundles_have_room_for_what_a_descriptor_may_have() {
    let bundle = format!("<Strings><Msg msgid='a'>{}</Msg></Strings>", "x".repeat(1000));
    let bundle = Source::from_text(bundle).expect("it is text");
    let text = format!(
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1' xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'>
        <References><File ovf:id='f' ovf:href='f.xml'/></References>
        <VirtualSystem ovf:id='vm'><Info/></VirtualSystem>{}</Envelope>",
        "<Strings ovf:fileRef='f'/>".repeat(50)
    );
    let source = Source::from_text(text).expect("it is text");
    let mut limits = ovf::Limits::default();
    // Each has 1001 bytes of id and text: ten just fit.
    limits.text_bytes = 10_010;
    let report = Validator::new().check(&source);
    let conversion = Converter::new().limits(limits).bundle("f.xml", &bundle).convert(&report);
    let codes: Vec<Code> =
        conversion.expect("it is 1.1").diagnostics().iter().map(|found| found.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == Code::INLINED_BUNDLE).count(), 10);
    assert_eq!(codes.iter().filter(|code| **code == Code::LOST_BUNDLE).count(), 40);
}

#[test]
fn real_descriptors() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS").map(PathBuf::from) else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let root = corpus.join("files");
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut told: BTreeMap<Code, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    let (mut pairs, mut folder_files) = (Vec::new(), 0_usize);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("convert-corpus");
    std::fs::create_dir_all(&folder).expect("it can be made");
    for file in support::files_below(&root) {
        let bytes = std::fs::read(&file).expect("it is there");
        let Ok(source) = Source::decode(&bytes) else { continue };
        let outcome = convert(source.text());
        let Some(version) = outcome.version else { continue };
        let name = file.strip_prefix(&root).expect("it is below").display();
        let fate = match &outcome.result {
            Err(_) => "refused",
            Ok(conversion) if conversion.changes().is_empty() => "unchanged",
            Ok(_) => "converted",
        };
        *tally.entry(format!("{version} {fate}")).or_default() += 1;
        for code in outcome.codes().into_iter().filter(|code| support::is_about_conversion(*code)) {
            *told.entry(code).or_default() += 1;
        }
        faults.extend(self::faults(source.text(), &outcome).iter().map(|f| format!("{name}: {f}")));
        let is_reading = |code: &Code| code.id() < "OVF2000";
        let expected = match version {
            Version::V0_9 | Version::V2 => "refused",
            _ if outcome.codes().iter().any(is_reading) => "refused",
            Version::V1_0 => "unchanged",
            Version::V1_1 => "converted",
        };
        if fate != expected {
            faults.push(format!("{name}: {version} is {fate}"));
        }
        if fate == "converted" {
            folder_files += 1;
            let [before, after] =
                ["before", "after"].map(|when| folder.join(format!("{folder_files}-{when}.ovf")));
            std::fs::write(&before, source.text()).expect("it can be written");
            std::fs::write(&after, &outcome.text).expect("it can be written");
            pairs.push((name.to_string(), before, after));
        }
    }
    println!("{tally:#?}\n{told:#?}");
    if let Some((schema_1_0, schema_1_1)) = xmllint::schema("1.0.0").zip(xmllint::schema("1.1.0")) {
        let before: Vec<PathBuf> = pairs.iter().map(|pair| pair.1.clone()).collect();
        let after: Vec<PathBuf> = pairs.iter().map(|pair| pair.2.clone()).collect();
        let clean = |verdict: &xmllint::Verdict| {
            verdict.clone().without_extensions(ovf::namespace::OVF_1).errors.is_empty()
        };
        let as_1_1 = xmllint::judge(&schema_1_1, &before);
        let as_1_0 = xmllint::judge(&schema_1_0, &before);
        let now = xmllint::judge(&schema_1_0, &after);
        let mut valid = [0; 3];
        for (name, before, after) in &pairs {
            let verdicts = [clean(&as_1_1[before]), clean(&as_1_0[before]), clean(&now[after])];
            for (count, is_valid) in valid.iter_mut().zip(verdicts) {
                *count += usize::from(is_valid);
            }
            if verdicts[0] && !verdicts[2] {
                faults
                    .push(format!("{name}: valid as 1.1, but not as 1.0: {:?}", now[after].errors));
            }
        }
        let [as_1_1, as_1_0, now] = valid;
        println!(
            "of {} converted: before, {as_1_1} valid as 1.1 and {as_1_0} as 1.0; after, {now} as 1.0",
            pairs.len()
        );
    }
    std::fs::remove_dir_all(&folder).expect("it can be removed");
    assert!(faults.is_empty(), "{faults:#?}");
}
