//! Descriptors out of bytes.

use std::borrow::Cow;
use std::sync::LazyLock;

use ovf::edit::Changes;
use ovf::xml::{escape_attribute, parse};
use ovf::{Code, Limits, Severity, Source, Span, Validator};

use crate::composed::composed;
use crate::script::{Script, divide};

/// A descriptor, and decisions about it. Bytes that begin as a document are one, up to the last byte 0.
/// Others put one together out of small parts, or change one of ours in a few places: nearly all of those
/// are well-formed and many valid, which bytes changed anyhow seldom are.
pub(crate) fn descriptor(data: &[u8]) -> (Cow<'_, str>, Script<'_>) {
    const MOST_CHANGES: usize = 5;
    if matches!(data.first(), Some(b'<' | 0xEF)) {
        return divide(data);
    }
    let mut script = Script::new(data);
    if script.below(16) != 15 {
        let text = composed(&mut script);
        return (Cow::Owned(text), script);
    }
    let Some(template) = script.pick(&TEMPLATES) else { return divide(data) };
    let mut changes = Changes::new();
    for _ in 0..script.below(MOST_CHANGES) {
        match script.below(8) {
            0 => {
                let span = script.pick(&template.elements).copied().unwrap_or_default();
                changes.remove(span);
            }
            1 => {
                let span = script.pick(&template.elements).copied().unwrap_or_default();
                changes.insert(span.end, template.text.get(span.range()).unwrap_or_default());
            }
            _ => {
                let place = script.pick(&template.places).copied().unwrap_or_default();
                changes.replace(place, escape_attribute(&script.word(&template.values)));
            }
        }
    }
    (changes.apply(template.text).unwrap_or(Cow::Borrowed(template.text)), script)
}

/// The text as a source; it has no more than a descriptor may have.
pub(crate) fn source(text: &str) -> Option<Source<'_>> {
    Source::from_text(text).ok()
}

/// By the rules, or with all that is no fault of XML switched off, which makes nearly everything valid.
pub(crate) fn validator(is_lenient: bool) -> &'static Validator {
    static BY_THE_RULES: LazyLock<Validator> = LazyLock::new(Validator::new);
    static LENIENT: LazyLock<Validator> = LazyLock::new(|| {
        Code::all()
            .filter(|code| code.id() >= "OVF2000")
            .fold(Validator::new(), |validator, code| validator.level(code, None::<Severity>))
    });
    if is_lenient { &LENIENT } else { &BY_THE_RULES }
}

/// A descriptor, and what can be changed in it so that it stays well-formed.
struct Template {
    text: &'static str,
    /// Values of attributes, and text.
    places: Vec<Span>,
    /// What stands there.
    values: Vec<String>,
    /// Elements, but for the root.
    elements: Vec<Span>,
}

/// Small ones: what is read takes time by its length. The others of the test data are inputs.
static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let files: [&'static str; 5] = [
        include_str!("../../testdata/deploy/single.ovf"),
        include_str!("../../testdata/deploy/long-names.ovf"),
        include_str!("../../testdata/deploy/virtualbox.ovf"),
        include_str!("../../testdata/convert/attributes.ovf"),
        include_str!("../../testdata/convert/bundles.ovf"),
    ];
    files.into_iter().map(template).collect()
});

fn template(text: &'static str) -> Template {
    let parsed = parse(text, &Limits::default());
    let (mut places, mut values, mut elements) = (Vec::new(), Vec::new(), Vec::new());
    for node in parsed.tree.elements() {
        if node.parent().is_some() {
            elements.push(node.span());
        }
        for attribute in node.attributes() {
            places.push(attribute.value_span());
            values.push(attribute.value().into_owned());
        }
        if node.children().next().is_none() && !node.text_span().is_empty() {
            places.push(node.text_span());
            values.push(node.text().trim().to_owned());
        }
    }
    values.sort();
    values.dedup();
    Template { text, places, values, elements }
}
