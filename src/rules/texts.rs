//! DSP0243 9.4 and 9.6: annotations and licences.

use super::{Out, Rule, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, Element, Envelope, SectionKind};
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    whole(Code::MISSING_ANNOTATION, missing_annotation),
    part(Code::REPEATED_ANNOTATION, repeated_annotation),
    whole(Code::MISSING_LICENSE, missing_license),
    part(Code::REPEATED_LICENSE, repeated_license),
    part(Code::EMPTY_LICENSE, empty_license),
    whole(Code::UNKNOWN_TEXT_FILE, unknown_text_file),
];

/// DSP0243 9.4: an annotation section holds an annotation.
fn missing_annotation(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    missing(envelope, SectionKind::Annotation, "Annotation", out);
}

/// DSP0243 9.4: it holds one.
fn repeated_annotation(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (first, again) in repeated_children(envelope, SectionKind::Annotation, "Annotation") {
        out.at(again.name_span(), format_args!("the section has a second `Annotation`"))
            .label(first.name_span(), format_args!("the first is here"))
            .help(format_args!("write one text"))
            .done();
    }
}

/// DSP0243 9.6: a licence section holds a licence.
fn missing_license(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    missing(envelope, SectionKind::Eula, "License", out);
}

/// DSP0243 9.6: it holds one, as each licence is agreed to on its own.
fn repeated_license(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (first, again) in repeated_children(envelope, SectionKind::Eula, "License") {
        out.at(again.name_span(), format_args!("the section has a second `License`"))
            .label(first.name_span(), format_args!("the first is here"))
            .help(format_args!("write one `EulaSection` for each licence"))
            .done();
    }
}

/// DSP0243 9.6: a licence is a text, or in a file (2.1).
fn empty_license(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for license in elements(envelope, SectionKind::Eula, "License") {
        let elsewhere = license.attribute_named(AttributeName::FileRef).is_some()
            || license.attribute_named(AttributeName::Msgid).is_some();
        if !elsewhere && license.text().trim().is_empty() {
            out.at(license.start_tag(), format_args!("the licence is empty"))
                .help(format_args!("write the licence, or remove the section"))
                .done();
        }
    }
}

/// DSP0243 10.2; 2.1 9.6 and 10.3: a text that is in a file names one of References.
fn unknown_text_file(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let bundles = envelope.message_bundles().filter_map(|bundle| bundle.file_ref());
    let messages = envelope
        .message_bundles()
        .flat_map(|bundle| bundle.messages())
        .filter_map(|message| message.file_ref());
    let licenses = elements(envelope, SectionKind::Eula, "License")
        .filter_map(|license| license.attribute_named(AttributeName::FileRef));
    let all: Vec<Attribute<'_, '_>> = bundles.chain(messages).chain(licenses).collect();
    for file in all {
        let id = file.value();
        if envelope.file(&id).is_none() {
            out.at(file.value_span(), format_args!("no file has the id {}", quoted(&id)))
                .help(format_args!("give `ovf:fileRef` the id of a File, or add the File"))
                .done();
        }
    }
}

fn missing(envelope: &Envelope<'_>, kind: SectionKind, child: &str, out: &mut Out<'_>) {
    for (_, section) in envelope.sections(kind) {
        if section.element().child(child).is_none() {
            out.at(section.element().name_span(), format_args!("the section has no `{child}`"))
                .help(format_args!("add `<{child}>…</{child}>`, or remove the section"))
                .done();
        }
    }
}

/// The children of a name that are not the first of it in their section, each with the first.
fn repeated_children<'e, 's>(
    envelope: &'e Envelope<'s>,
    kind: SectionKind,
    child: &'static str,
) -> impl Iterator<Item = (Element<'e, 's>, Element<'e, 's>)> {
    envelope.sections(kind).flat_map(move |(_, section)| {
        let mut all = section.element().children_named(child);
        let first = all.next();
        all.filter_map(move |again| Some((first?, again)))
    })
}

fn elements<'e, 's>(
    envelope: &'e Envelope<'s>,
    kind: SectionKind,
    child: &'static str,
) -> impl Iterator<Item = Element<'e, 's>> {
    envelope.sections(kind).flat_map(move |(_, section)| section.element().children_named(child))
}
