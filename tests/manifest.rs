//! Every `testdata/manifest/NAME.mf` gives exactly what `NAME.expect` says.
//!
//! Lines of an expectation, in any order:
//!
//! - `with strict name=vm.mf version=2.x`: how to read it
//! - `entry LINE ALGORITHM DIGEST "NAME"`: an entry, with the first eight digits of its digest
//! - `unreadable LINE CODE "NAME"`: an entry that makes no sense
//! - `LINE:COLUMN SEVERITY CODE`: a finding
//! - `incomplete`: there are lines without an entry
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ovf::manifest::{Manifest, ManifestReader, Parsed};
use ovf::{Code, Limits, LineCol, Policy, Strictness, Version};

/// Codes whose example describes what cannot be seen in print.
const IN_WORDS: [Code; 7] = [
    Code::MANIFEST_NOT_UTF_8,
    Code::MANIFEST_BYTE_ORDER_MARK,
    Code::MANIFEST_CRLF,
    Code::MANIFEST_BARE_CR,
    Code::MANIFEST_EMPTY_LINE,
    Code::MANIFEST_TRAILING_BLANK,
    Code::EMPTY_MANIFEST,
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/manifest")
}

/// Every manifest of the folder with its expectation, by name.
fn cases() -> Vec<(String, String, String)> {
    let case = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let expected = fs::read_to_string(path.with_extension("expect"))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, Manifest::decode(&fs::read(path).unwrap()).into_owned(), expected)
    };
    support::files(&folder(), "mf").into_iter().map(case).collect()
}

fn read(text: &str, expected: &str) -> Parsed {
    let mut reader = ManifestReader::new();
    let options = expected.lines().find_map(|line| line.strip_prefix("with ")).unwrap_or("");
    for option in options.split(' ').filter(|option| !option.is_empty()) {
        reader = match option.split_once('=').unwrap_or((option, "")) {
            ("strict", "") => reader.policy(Policy::new().strictness(Strictness::Strict)),
            ("name", name) => reader.name(name),
            ("version", version) => reader.version(
                [Version::V0_9, Version::V1_0, Version::V1_1, Version::V2]
                    .into_iter()
                    .find(|known| known.as_str() == version)
                    .unwrap_or_else(|| panic!("version {version}")),
            ),
            other => panic!("option {other:?}"),
        };
    }
    reader.read(text)
}

fn line_col(text: &str, offset: u32) -> LineCol {
    let before = &text.as_bytes()[..offset as usize];
    let line = before.split(|&byte| byte == b'\n').count();
    let last = before.rsplit(|&byte| byte == b'\n').next().unwrap();
    let column = std::str::from_utf8(last).unwrap().chars().count() + 1;
    LineCol { line: u32::try_from(line).unwrap(), column: u32::try_from(column).unwrap() }
}

fn told(text: &str, parsed: &Parsed) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    for entry in parsed.manifest.entries() {
        let digest = entry.digest().to_string();
        told.insert(format!(
            "entry {} {} {} {:?}",
            entry.line(),
            entry.algorithm(),
            &digest[..8],
            entry.name()
        ));
        assert_eq!(entry.line(), line_col(text, entry.span().start).line);
        assert_eq!(&text[entry.name_span().range()], entry.name());
        assert_eq!(text[entry.digest_span().range()].to_lowercase(), digest);
    }
    for entry in parsed.manifest.unreadable() {
        told.insert(format!(
            "unreadable {} {} {:?}",
            entry.line(),
            entry.code().name(),
            entry.name()
        ));
        assert_eq!(entry.line(), line_col(text, entry.span().start).line);
    }
    for finding in &parsed.diagnostics {
        let LineCol { line, column } = line_col(text, finding.span.start);
        let line = format!("{line}:{column} {} {}", finding.severity, finding.code.name());
        assert!(told.insert(line.clone()), "told twice: {line}");
        assert!(finding.help.is_some(), "no help: {line}");
    }
    if !parsed.manifest.is_complete() {
        told.insert("incomplete".to_owned());
    }
    told
}

#[test]
fn every_manifest_is_read_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 70, "only {} manifests", cases.len());
    let mut failures = String::new();
    for (name, text, expected) in cases {
        let told = told(&text, &read(&text, &expected));
        let expected =
            expected.lines().filter(|line| !line.starts_with("with ")).map(str::to_owned).collect();
        for line in told.difference(&expected) {
            failures.push_str(&format!("{name}: not expected: {line}\n"));
        }
        for line in expected.difference(&told) {
            failures.push_str(&format!("{name}: not told: {line}\n"));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn every_code_has_a_manifest_that_shows_its_example() {
    let cases = cases();
    let reading = Code::MANIFEST_BYTE_ORDER_MARK.id()..=Code::WEAK_DIGEST_IN_VERSION_2.id();
    let codes: Vec<Code> = Code::all().filter(|code| reading.contains(&code.id())).collect();
    assert!(codes.len() > 20);
    for code in codes {
        let shows: Vec<_> = cases
            .iter()
            .filter(|(_, _, expected)| {
                expected.lines().any(|line| line.rsplit(' ').next() == Some(code.name()))
            })
            .collect();
        assert!(!shows.is_empty(), "{code:?}: no manifest shows it");
        assert!(shows.len() < cases.len(), "{code:?}: no manifest is silent");
        let example = support::example(code).join("\n");
        assert!(
            IN_WORDS.contains(&code) || shows.iter().any(|(_, text, _)| text.contains(&example)),
            "{code:?}: {example:?} is in no manifest"
        );
    }
}

#[test]
fn reading_what_was_written_gives_the_same() {
    for (name, text, expected) in cases() {
        let parsed = read(&text, &expected);
        let written = parsed.manifest.to_string();
        let again = Manifest::parse(&written, &Limits::default());
        assert_eq!(again.manifest.entries(), parsed.manifest.entries(), "{name}");
        assert_eq!(again.manifest.to_string(), written, "{name}");
    }
}

#[test]
fn messages_say_what_is_there_and_what_to_do() {
    let digest = "0123456789012345678901234567890123456789";
    let sha256 = "0".repeat(64);
    for (text, options, message, help) in [
        (
            format!("SHA1(a)= {digest}\nSHA256(a)= {digest}\n"),
            "",
            "40 hex digits where a `SHA256` digest has 64",
            "write `SHA1` if that is what the digest is by",
        ),
        (
            format!("SHA256(a)= {}\n", &digest[1..]),
            "",
            "39 hex digits where a `SHA256` digest has 64",
            "write the whole digest",
        ),
        (
            "SHA1(a)= 2jmj7l5rSw0yVb/vlWAYkK/YBwk=\n".to_owned(),
            "",
            "digest `2jmj7l5rSw0yVb/vlWAYkK/YBwk=` is not hexadecimal",
            "write it in lower-case hex digits, not in base64",
        ),
        (
            format!("SHA1(a)= x{}\n", &digest[1..]),
            "",
            "digest `x123456789012345678901234567890123456789` is not hexadecimal",
            "write it in lower-case hex digits",
        ),
        (
            format!("SHA257(a)= {sha256}\n"),
            "",
            "digest algorithm `SHA257` is unknown",
            "did you mean `SHA256`?",
        ),
        (
            format!("SHA224(a)= {sha256}\n"),
            "",
            "digest algorithm `SHA224` is unknown",
            "compute the digest with `SHA256`",
        ),
        (
            format!("SHA512(a)= {}\n", "0".repeat(128)),
            "version=2.x",
            "`SHA512` digest, but version 2.x of the standard has `SHA256` alone",
            "leave it for importers of today; some old ones know `SHA256` alone",
        ),
        (
            format!("SHA1(a)= {digest}\n"),
            "version=2.x",
            "`SHA1` digest, but version 2.x of the standard has `SHA256` alone",
            "compute the digests with `SHA256`",
        ),
        (
            format!(" SHA1(a)= {digest}\nSHA1(b)= {digest}\n"),
            "",
            "blank in front of the algorithm",
            "remove it",
        ),
        (
            format!(" SHA1(a)= {digest}\n SHA1(b)= {digest}\n"),
            "",
            "blank in front of the algorithm, and once more",
            "remove it",
        ),
        (
            format!(" SHA1(a)= {digest}\n SHA1(b)= {digest}\n SHA1(c)= {digest}\n"),
            "",
            "blank in front of the algorithm, and 2 times more",
            "remove it",
        ),
    ] {
        let parsed = read(&text, &format!("with {options}"));
        let told =
            |d: &ovf::Diagnostic| (d.message.to_string(), d.help.clone().unwrap_or_default());
        let told: Vec<_> = parsed.diagnostics.iter().map(told).collect();
        let want = (message.to_owned(), help.into());
        assert!(told.contains(&want), "{text}{told:#?}");
    }
}

#[test]
fn version_1_has_findings_only_for_strong_digests_and_md5() {
    let codes = |algorithm: &str, digits: usize| {
        let text = format!("{algorithm}(a)= {}\n", "0".repeat(digits));
        let parsed = read(&text, "with version=1.1");
        parsed.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(codes("SHA256", 64), [Code::DIGEST_NOT_OF_VERSION]);
    assert!(!codes("MD5", 32).contains(&Code::DIGEST_NOT_OF_VERSION));
    assert!(!codes("SHA1", 40).contains(&Code::DIGEST_NOT_OF_VERSION));
}

#[test]
fn entries_are_equal_wherever_they_stand() {
    let digest = "0123456789012345678901234567890123456789";
    let text = format!(
        "SHA1(a)= {digest}\n\nSHA1(a)= {digest}\nSHA1(b)= {digest}\nSHA1(a)= {}\n",
        digest.replace('0', "f")
    );
    let parsed = read(&text, "");
    let [first, same, name, value] = parsed.manifest.entries() else { panic!("{parsed:?}") };
    assert!(first == same && first != name && first != value);

    let parsed = read("CRC32(a)= 0\n\nCRC32(a)= 1\nCRC32(b)= 0\nSHA1(a)= 0\n", "");
    let [first, same, name, code] = parsed.manifest.unreadable() else { panic!("{parsed:?}") };
    assert!(first == same && first != name && first != code);
}

#[test]
fn what_lies_beyond_a_limit_is_told_to_be_unread() {
    let line = "SHA1(a)= da39a3ee5e6b4b0d3255bfef95601890afd80709\n";
    let limited = |text: &str, limits: Limits| {
        let parsed = Manifest::parse(text, &limits);
        let places: Vec<_> = parsed
            .diagnostics
            .iter()
            .filter(|d| d.code == Code::LIMIT_REACHED)
            .map(|d| line_col(text, d.span.start).line)
            .collect();
        assert_eq!(places.is_empty(), parsed.complete);
        assert_eq!(places.is_empty(), parsed.manifest.is_complete());
        (parsed.manifest.entries().len(), places)
    };
    let limits = |set: fn(&mut Limits, usize), value| {
        let mut limits = Limits::default();
        set(&mut limits, value);
        limits
    };

    let entries = |value| limits(|limits, value| limits.manifest_entries = value, value);
    assert_eq!(limited(&line.repeat(3), entries(3)), (3, vec![]));
    assert_eq!(limited(&line.repeat(4), entries(3)), (3, vec![4]));
    assert_eq!(limited(&format!("{line}CRC32(a)= 0\n{line}"), entries(2)), (1, vec![3]));

    let line_bytes = |value| limits(|limits, value| limits.manifest_line_bytes = value, value);
    assert_eq!(limited(&line.repeat(2), line_bytes(line.len() - 1)), (2, vec![]));
    assert_eq!(limited(&format!("{line} {line}{line}"), line_bytes(line.len() - 1)), (2, vec![2]));

    let bytes = |value| limits(|limits, value| limits.manifest_bytes = value, value);
    assert_eq!(limited(&line.repeat(3), bytes(3 * line.len())), (3, vec![]));
    assert_eq!(limited(&line.repeat(3), bytes(3 * line.len() - 1)), (2, vec![3]));
    assert_eq!(limited(&line.repeat(3), bytes(line.len() + 10)), (1, vec![2]));
    assert_eq!(limited(&line.repeat(3), bytes(10)), (0, vec![1]));
    assert_eq!(limited("SHA1(é)= 0\n", bytes(6)), (0, vec![1]));
}

#[test]
fn hostile_text_is_read_in_time_and_room() {
    // Each would take minutes if reading were quadratic in it.
    let names: String =
        (0..10_000).map(|_| "SHA1(a)= da39a3ee5e6b4b0d3255bfef95601890afd80709\n").collect();
    let limits = Limits::default();
    let mut long_lines = limits;
    long_lines.manifest_line_bytes = usize::MAX;
    for text in [
        names,
        format!("SHA1({}", ") ".repeat(1 << 18)),
        format!("SHA1({}= 0", ")= ".repeat(1 << 18)),
        "\r".repeat(1 << 20),
        "=".repeat(1 << 20),
        "SHA1(a)\n".repeat(100_000),
    ] {
        for limits in [limits, long_lines] {
            assert!(Manifest::parse(&text, &limits).diagnostics.len() <= limits.diagnostics);
        }
    }
}
