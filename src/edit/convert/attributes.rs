//! Attributes that 1.1 added, and those that name it.

use super::Work;
use crate::diagnostic::{Code, quoted};
use crate::edit::cut;
use crate::model::{Element, Property, SectionKind};
use crate::namespace::Namespace;
use crate::span::Span;
use crate::value::number;
use crate::xml::Attribute;

/// The language of an envelope that does not say it (DSP8023 1.1.0).
const DEFAULT_LANGUAGE: &str = "en-US";

/// The schema of a version of OVF, up to the number: `dsp8023_1.1.0.xsd`.
const SCHEMA: &str = "dsp8023_";

pub(super) fn convert(work: &mut Work<'_, '_, '_>) {
    passwords(work);
    hardware_ids(work);
    version(work);
    schema_location(work);
    language(work);
}

fn passwords(work: &mut Work<'_, '_, '_>) {
    for (_, property) in work.envelope.properties() {
        for mark in named(property.element(), "password") {
            remove(work, mark);
            // Without the mark it is no password: the default.
            if number::boolean(&mark.value()) == Ok(false) {
                continue;
            }
            work.findings
                .add(
                    Code::LOST_PASSWORD_MARK,
                    mark.name_span(),
                    format_args!("the mark that {} is a password is lost", Name(property)),
                )
                .help(format_args!(
                    "leave its default out; it is asked for in the clear, so say what it is in the label"
                ))
                .done();
        }
    }
}

/// A property as people call it.
struct Name<'e, 's>(Property<'e, 's>);

impl std::fmt::Display for Name<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.full_key() {
            Some(key) => quoted(&key).fmt(f),
            None => f.write_str("the property"),
        }
    }
}

fn hardware_ids(work: &mut Work<'_, '_, '_>) {
    for (_, section) in work.envelope.sections(SectionKind::VirtualHardware) {
        for id in named(section.element(), "id") {
            remove(work, id);
            let value = id.value();
            // The default.
            if value.is_empty() {
                continue;
            }
            work.findings
                .add(
                    Code::LOST_HARDWARE_ID,
                    id.name_span(),
                    format_args!("the id {} of the hardware is lost", quoted(&value)),
                )
                .help(format_args!("say in its `Info` what this alternative is for"))
                .done();
        }
    }
}

/// `version` is no attribute of the schema, but generators write it, and readers go by it.
fn version(work: &mut Work<'_, '_, '_>) {
    for version in named(work.envelope.root(), "version") {
        if version.raw().starts_with("1.1") {
            work.changes.replace(version.value_span(), "1.0");
        }
    }
}

/// A schema location that names the schema of 1.1 names that of 1.0.
fn schema_location(work: &mut Work<'_, '_, '_>) {
    let Some(location) = work.envelope.root().attribute_in(Namespace::Xsi, "schemaLocation") else {
        return;
    };
    let start = location.value_span().start;
    for (at, _) in location.raw().match_indices(SCHEMA) {
        let number_at = at.saturating_add(SCHEMA.len());
        let number = location.raw().get(number_at..).unwrap_or_default();
        let len = number.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let number = number.get(..len).unwrap_or_default().trim_end_matches('.');
        if !number.starts_with("1.1") {
            continue;
        }
        let offset = |at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        let end = number_at.saturating_add(number.len());
        work.changes.replace(Span::new(offset(number_at), offset(end)), "1.0.0");
    }
}

/// Message bundles that rely on the language of the envelope say it themselves, so that each text of
/// theirs stays in its language. Of the texts in the elements themselves 1.0 cannot say it.
fn language(work: &mut Work<'_, '_, '_>) {
    let Some(language) = work.envelope.root().attribute_in(Namespace::Xml, "lang") else { return };
    remove(work, language);
    let value = language.value();
    if is_default_language(&value) {
        return;
    }
    work.findings
        .add(
            Code::LOST_LANGUAGE,
            language.name_span(),
            format_args!("the language {} of the texts is lost", quoted(&value)),
        )
        .help(format_args!("put the texts into a bundle with `xml:lang` too"))
        .done();
}

/// Whether a language is the one of a descriptor that does not say it.
pub(super) fn is_default_language(language: &str) -> bool {
    language.trim().eq_ignore_ascii_case(DEFAULT_LANGUAGE)
}

/// The attributes that are taken for an OVF attribute: qualified, and without a prefix.
pub(super) fn named<'e, 's>(
    element: Element<'e, 's>,
    local: &str,
) -> impl Iterator<Item = Attribute<'e, 's>> {
    element.node().attributes().filter(move |attribute| {
        let namespace = Namespace::of(attribute.namespace());
        attribute.is_local(local) && (namespace.is_ovf() || namespace == Namespace::None)
    })
}

pub(super) fn remove(work: &mut Work<'_, '_, '_>, attribute: Attribute<'_, '_>) {
    work.changes.remove(cut::attribute(work.envelope.tree().text(), attribute));
}
