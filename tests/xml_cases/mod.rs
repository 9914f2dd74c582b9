//! The cases of `testdata/xml`: little documents, many to a file.
//!
//! What stands before the first marker line is prose. A marker line begins a case:
//!
//! ```text
//! === name-of-the-case: name-of-the-code
//! <a>▶&nbsp;</a>
//! ```
//!
//! The name of the code that must be found, and the `▶` in front of the place where, may be left out;
//! the `▶` is not part of the document. Nor is the last line end; `\n`, `\r`, `\t`, `\\` and `\u{hex}`
//! stand for characters that would not be seen otherwise.
#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]

use std::fs;
use std::path::Path;

use ovf::{Diagnostic, Limits, LineCol, Policy, Severity, Source, Strictness, Validator};

/// One document and what must be found in it.
#[derive(Debug)]
pub struct Case {
    /// `reject/references/bare-ampersand`.
    pub name: String,
    /// The document.
    pub text: String,
    /// The name of a code that must be among the findings.
    pub code: Option<String>,
    /// Where a finding (of that code, when there is one) must begin.
    pub place: Option<LineCol>,
}

/// Every case of the folder `testdata/xml/{kind}`, in order of file and line.
pub fn load(kind: &str) -> Vec<Case> {
    let folder = Path::new("testdata/xml").join(kind);
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| load_file(kind, file)).collect()
}

fn load_file(kind: &str, file: &Path) -> Vec<Case> {
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let content = fs::read_to_string(file).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    for block in content.split("\n=== ").skip(1) {
        let (marker, body) = block.split_once('\n').unwrap_or((block, ""));
        // The last block keeps the line end that the split took from the others.
        let body = body.strip_suffix('\n').unwrap_or(body);
        let (name, code) = match marker.split_once(": ") {
            Some((name, code)) => (name, Some(code.to_owned())),
            None => (marker, None),
        };
        assert!(
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
            "{}: bad marker line `{marker}`",
            file.display()
        );
        let name = format!("{kind}/{stem}/{name}");
        assert!(cases.iter().all(|case| case.name != name), "{name} is there twice");
        let (text, place) = read_body(&name, body);
        cases.push(Case { name, text, code, place });
    }
    assert!(!cases.is_empty(), "{}: no case", file.display());
    cases
}

/// The document, and the place of the `▶` in it.
fn read_body(name: &str, body: &str) -> (String, Option<LineCol>) {
    let mut text = String::new();
    let mut place = None;
    let mut rest = body.chars();
    while let Some(c) = rest.next() {
        match c {
            '▶' => {
                assert!(place.is_none(), "{name}: two places");
                place = Some(end_of(&text));
            }
            '\\' => text.push(match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('\\') => '\\',
                Some('u') => {
                    let digits: String = rest.by_ref().take_while(|&c| c != '}').collect();
                    digits
                        .strip_prefix('{')
                        .and_then(|hex| u32::from_str_radix(hex, 16).ok())
                        .and_then(char::from_u32)
                        .unwrap_or_else(|| panic!("{name}: no character `\\u{digits}}}`"))
                }
                other => panic!("{name}: unknown escape `\\{other:?}`"),
            }),
            c => text.push(c),
        }
    }
    (text, place)
}

/// The line and column one past the end of a text: lines end at LF, columns count characters.
fn end_of(text: &str) -> LineCol {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap().chars().count() + 1;
    LineCol { line: line.try_into().unwrap(), column: column.try_into().unwrap() }
}

/// A finding, in a form that can be compared and shown.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The name of its code; `not-decoded` when the bytes are no text.
    pub code: String,
    /// Where it begins; a byte order mark takes a column.
    pub place: LineCol,
    /// Whether it is an error.
    pub is_error: bool,
    /// Place, code and message.
    pub shown: String,
}

/// What is found in a text.
pub fn findings(text: &str) -> Vec<Finding> {
    let place = |at: u32| end_of(&text[..at as usize]);
    let diagnostics = ovf::xml::parse(text, &Limits::default()).diagnostics;
    diagnostics.iter().map(|d| finding(d, place(d.span.start))).collect()
}

/// What decoding and the XML layer find in the bytes of a document, when nothing is tolerated.
pub fn findings_in_bytes(bytes: &[u8]) -> Vec<Finding> {
    let source = match Source::decode(bytes) {
        Ok(source) => source,
        Err(error) => {
            return vec![Finding {
                code: "not-decoded".to_owned(),
                place: LineCol { line: 1, column: 1 },
                is_error: true,
                shown: format!("not decoded: {error}"),
            }];
        }
    };
    let strict = Policy::new().strictness(Strictness::Strict);
    let report = Validator::new().policy(strict).check(&source);
    let of_xml = |d: &&Diagnostic| d.code.id() < "OVF2";
    let diagnostics = report.diagnostics().iter().filter(of_xml);
    diagnostics.map(|d| finding(d, source.line_col(d.span.start))).collect()
}

fn finding(diagnostic: &Diagnostic, place: LineCol) -> Finding {
    let code = diagnostic.code.name().to_owned();
    let LineCol { line, column } = place;
    let severity = format!("{:?}", diagnostic.severity).to_lowercase();
    Finding {
        place,
        is_error: diagnostic.severity == Severity::Error,
        shown: format!("{line}:{column} {severity} {code}: {}", diagnostic.message),
        code,
    }
}

/// The findings as lines to show.
pub fn show(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "  nothing was found".to_owned();
    }
    findings.iter().map(|f| format!("  {}\n", f.shown)).collect()
}
