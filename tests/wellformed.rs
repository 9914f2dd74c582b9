//! XML 1.0 (5th edition) and Namespaces in XML 1.0, production by production: what is well-formed has
//! no finding, what is not has the finding that says so, where it says so.

mod support;
mod xml_cases;

use std::fmt::Write as _;

use libtest_mimic::{Arguments, Failed, Trial};
use ovf::Code;

use crate::xml_cases::{Case, findings, load, show};

/// Documents that end in the `>` without which they are not well-formed.
const TRUNCATED: &[&str] = &[
    "<a/>",
    "<?xml version='1.0' encoding=\"UTF-8\" standalone='yes' ?>\n<!-- 1 -->\r\n<?p 2?>\n\
     <p:a xmlns:p=\"u&#114;n\" xmlns='v' p:é='1 &lt; 2' y=\"\"\t>\n  <b/>x &amp; y<![CDATA[]]>]]&gt;\
     <!----><c ></c\n>&#x10FFFF;<?q?></p:a>",
    "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"><References/><Info>名</Info></Envelope>",
];

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let (reject, accept) = (load("reject"), load("accept"));
    for code in Code::all().filter(|code| code.id().starts_with("OVF1")) {
        let outcome = is_shown(code, &reject);
        trials.push(Trial::test(format!("code/{}", code.name()), || outcome));
    }
    for case in reject {
        trials.push(Trial::test(case.name.clone(), move || rejects(&case)));
    }
    for case in accept {
        trials.push(Trial::test(case.name.clone(), move || accepts(&case)));
    }
    for (at, document) in TRUNCATED.iter().enumerate() {
        trials.push(Trial::test(format!("truncated/{at}"), || truncated(document)));
    }
    trials.push(Trial::test("every-character/in-text", every_character_in_text));
    trials.push(Trial::test("every-character/in-a-value", every_character_in_a_value));
    trials.push(Trial::test("every-character/by-reference", every_character_by_reference));
    trials.push(Trial::test("every-character/at-the-start-of-a-name", every_name_start));
    trials.push(Trial::test("every-character/inside-a-name", every_name_character));
    libtest_mimic::run(&arguments, trials).exit();
}

fn rejects(case: &Case) -> Result<(), Failed> {
    let found = findings(&case.text);
    let is_wanted = |f: &&xml_cases::Finding| {
        f.is_error
            && case.code.as_ref().is_none_or(|code| f.code == *code)
            && case.place.is_none_or(|place| f.place == place)
    };
    if found.iter().any(|f| is_wanted(&f)) {
        return Ok(());
    }
    let mut message = String::from("expected an error");
    if let Some(code) = &case.code {
        let _ = write!(message, " {code}");
    }
    if let Some(place) = case.place {
        let _ = write!(message, " at {}:{}", place.line, place.column);
    }
    Err(format!("{message} in {:?}, but\n{}", case.text, show(&found)).into())
}

fn accepts(case: &Case) -> Result<(), Failed> {
    assert!(case.code.is_none() && case.place.is_none(), "nothing is to be found in {}", case.name);
    let found = findings(&case.text);
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("nothing is wrong with {:?}, but\n{}", case.text, show(&found)).into())
}

/// A case expects the code, and when its manual has an example in XML, one has that in it.
fn is_shown(code: Code, cases: &[Case]) -> Result<(), Failed> {
    let example = support::example(code);
    let is_xml = code.explain().contains("```xml");
    let mut cases = cases.iter().filter(|case| case.code.as_deref() == Some(code.name()));
    if cases.any(|case| !is_xml || support::holds(&case.text, &example)) {
        return Ok(());
    }
    Err(format!("no case of testdata/xml/reject that expects it has {example:?} in it").into())
}

/// Every document that is a true prefix of a whole one is rejected.
fn truncated(whole: &str) -> Result<(), Failed> {
    let found = findings(whole);
    if !found.is_empty() {
        return Err(format!("nothing is wrong with the whole, but\n{}", show(&found)).into());
    }
    let mut accepted = String::new();
    for (end, _) in whole.char_indices() {
        let prefix = &whole[..end];
        if !findings(prefix).iter().any(|f| f.is_error) {
            let _ = writeln!(accepted, "  {prefix:?}");
        }
    }
    if accepted.is_empty() { Ok(()) } else { Err(format!("accepted:\n{accepted}").into()) }
}

/// XML 1.0 \[2\].
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// XML 1.0 \[4\], without the colon, which namespaces take away.
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// XML 1.0 \[4a\], without the colon.
fn is_name_character(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

fn every_character_in_text() -> Result<(), Failed> {
    each_character(is_char, |c| !"<&".contains(c), |c| format!("<b>{c}</b>"))
}

fn every_character_in_a_value() -> Result<(), Failed> {
    each_character(is_char, |c| !"<&\"".contains(c), |c| format!("<b x=\"{c}\"/>"))
}

fn every_character_by_reference() -> Result<(), Failed> {
    each_character(is_char, |_| true, |c| format!("&#x{:x};", u32::from(c)))
}

fn every_name_start() -> Result<(), Failed> {
    each_character(is_name_start, |c| !":/!?".contains(c), |c| format!("<{c} {c}=''/>"))
}

fn every_name_character() -> Result<(), Failed> {
    // What ends a name, or has a meaning after one, makes another document, not a bad name.
    let ends = |c: char| " \t\r\n/>:=\"'<".contains(c);
    each_character(is_name_character, |c| !ends(c), |c| format!("<a{c}b a{c}b=''/>"))
}

/// Puts characters into a place: those that are allowed there into documents of some thousand, each
/// that is not into a document of its own. Of those beyond the first plane, which come in ranges of
/// whole planes, a sample will do.
fn each_character(
    is_allowed: impl Fn(char) -> bool,
    is_tried: impl Fn(char) -> bool,
    place: impl Fn(char) -> String,
) -> Result<(), Failed> {
    let is_sampled = |c: char| match (u32::from(c), u32::from(c) & 0xFFFF) {
        (0..0x1_0000, _) | (_, 0..2 | 0xFFFE..) => true,
        (number, _) => number.is_multiple_of(509),
    };
    let sample = ('\0'..=char::MAX).filter(|&c| is_sampled(c) && is_tried(c));
    let (allowed, forbidden): (Vec<char>, Vec<char>) = sample.partition(|&c| is_allowed(c));

    let mut failures = String::new();
    for some in allowed.chunks(4096) {
        let document = format!("<r>{}</r>", some.iter().map(|&c| place(c)).collect::<String>());
        let found = findings(&document);
        if !found.is_empty() {
            let _ =
                writeln!(failures, "from {:?}:\n{}", some[0], show(&found[..found.len().min(5)]));
        }
    }
    for c in forbidden {
        if !findings(&format!("<r>{}</r>", place(c))).iter().any(|f| f.is_error) {
            let _ = writeln!(failures, "accepted {}", c.escape_unicode());
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.into()) }
}
