//! OVF 1.1 to 1.0.

use std::sync::LazyLock;

use ovf::edit::convert::Converter;
use ovf::{Code, Diagnostic, Severity, Source, Version};

use crate::descriptor::{descriptor, source, validator};
use crate::xml::diagnostics;

/// Writes the input as OVF 1.0: it is then, has no error it had not, and doing it again does nothing.
pub fn convert(data: &[u8]) {
    const BUNDLE: &str = "<Strings xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xml:lang=\"de\"><Msg \
         xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" ovf:msgid=\"a\">A &amp; B</Msg></Strings>";
    static FILE: LazyLock<Source<'static>> =
        LazyLock::new(|| Source::from_text(BUNDLE).expect("it is text"));

    let (text, _) = descriptor(data);
    let Some(read) = source(&text) else { return };
    let converter = ["de.xml", "texts-de.xml", "texts.xml"]
        .into_iter()
        .fold(Converter::new(), |converter, name| converter.bundle(name, &FILE));
    let validator = validator(false);
    let report = validator.check(&read);
    let conversion = match converter.convert(&report) {
        Ok(conversion) => conversion,
        Err(refusal) => return diagnostics(&text, refusal.diagnostics()),
    };
    diagnostics(&text, conversion.diagnostics());
    let written = conversion.changes().apply(&text).expect("no two changes meet");
    if conversion.changes().is_empty() {
        return;
    }
    let Some(second) = source(&written) else { return };
    let again = validator.check(&second);
    assert_eq!(again.envelope().map(ovf::Envelope::version), Some(Version::V1_0), "{written}");
    match converter.convert(&again) {
        Ok(again) => {
            assert!(again.changes().is_empty(), "{:?} in {written}", again.changes());
            assert_eq!(again.diagnostics(), [], "{written}");
        }
        Err(refusal) => panic!("{refusal} in {written}"),
    }
    // Amounts whose unit is lost, which is told, may contradict others.
    let loses_units =
        conversion.diagnostics().iter().any(|found| found.code == Code::LOST_QUANTITY_UNITS);
    if report.is_complete() && !loses_units {
        let (before, after) = (errors(report.diagnostics()), errors(again.diagnostics()));
        let count = |codes: &[Code], code| codes.iter().filter(|known| **known == code).count();
        // What is wrong in the language of the envelope is, once it is written there, in that of each bundle.
        let copied = |code| code == Code::INVALID_LANGUAGE && before.contains(&code);
        let new =
            after.iter().find(|&&code| count(&after, code) > count(&before, code) && !copied(code));
        assert_eq!(new, None, "{written}");
    }
}

/// Errors, without their words: what they say of the version, of a password and of how many more there are
/// may change.
fn errors(found: &[Diagnostic]) -> Vec<Code> {
    let errors = found.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.code).collect()
}
