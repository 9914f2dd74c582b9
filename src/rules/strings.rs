//! DSP0243 10: message bundles and languages.

use super::{Out, Rule, part, repeated, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, Envelope};
use crate::namespace::Namespace;
use crate::value::language;
use crate::value::map::HashSet;

pub(super) const RULES: &[Rule] = &[
    part(Code::INVALID_LANGUAGE, invalid_language),
    part(Code::MISSING_BUNDLE_LANGUAGE, missing_bundle_language),
    part(Code::MISSING_MSGID, missing_msgid),
    part(Code::DUPLICATE_MESSAGE, duplicate_message),
    whole(Code::UNRESOLVED_MSGID, unresolved_msgid),
    part(Code::BUNDLE_IN_TWO_PLACES, bundle_in_two_places),
    part(Code::MESSAGE_IN_TWO_PLACES, message_in_two_places),
];

/// DSP0243 7 and 10: `xml:lang` is a tag of RFC 5646, on the envelope and on message bundles.
fn invalid_language(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let own = envelope.root().attribute_named_in(Namespace::Xml, AttributeName::Lang);
    let bundles = envelope.message_bundles().filter_map(|bundle| bundle.language());
    for lang in own.into_iter().chain(bundles) {
        let value = lang.value();
        if let Err(error) = language::check(&value) {
            let draft =
                out.at(lang.value_span(), format_args!("the language {} {error}", quoted(&value)));
            match error {
                language::LanguageError::Underscore => {
                    draft.help(format_args!("write {}", quoted(&value.replace('_', "-")))).done();
                }
                _ => draft.help(format_args!("write a tag such as `en-US`")).done(),
            }
        }
    }
}

/// DSP0243 10: a bundle says its language; without, it is in that of the descriptor.
fn missing_bundle_language(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for bundle in envelope.message_bundles().filter(|bundle| bundle.language().is_none()) {
        out.at(
            bundle.element().name_span(),
            format_args!("the message bundle does not say its language"),
        )
        .help(format_args!("add `xml:lang`"))
        .done();
    }
}

/// DSP0243 10.1: `msgid` is required.
fn missing_msgid(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for message in envelope.message_bundles().flat_map(|bundle| bundle.messages()) {
        if message.msgid().is_none() {
            out.at(message.element().name_span(), format_args!("the Msg has no `msgid`"))
                .help(format_args!("add `ovf:msgid`"))
                .done();
        }
    }
}

/// DSP0243 10.1: a bundle has one text for each message.
fn duplicate_message(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for bundle in envelope.message_bundles() {
        for (msgid, first) in repeated(bundle.messages().filter_map(|message| message.msgid())) {
            out.at(
                msgid.value_span(),
                format_args!("the bundle has two texts for {}", quoted(&msgid.value())),
            )
            .label(first, format_args!("the other is here"))
            .help(format_args!("keep one"))
            .done();
        }
    }
}

/// DSP0243 10: a message that is referred to is in a bundle. With a bundle in a file nobody can tell,
/// and without any bundle the descriptor has one language and no use for its ids.
///
/// One finding, at the first: generators give an id to every text.
fn unresolved_msgid(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let in_file = |file: Option<_>| file.is_some();
    if envelope.message_bundles().any(|bundle| in_file(bundle.file_ref())) {
        return;
    }
    let known: HashSet<_> = envelope
        .message_bundles()
        .flat_map(|bundle| bundle.messages())
        .filter_map(|message| message.msgid())
        .map(|msgid| msgid.value())
        .collect();
    if known.is_empty() {
        return;
    }
    let mut unresolved =
        envelope.message_references().filter(|(_, msgid)| !known.contains(&msgid.value()));
    let Some((_, first)) = unresolved.next() else { return };
    let others = unresolved.count();
    let draft = out.at(
        first.value_span(),
        format_args!("no message bundle has the message {}", quoted(&first.value())),
    );
    match others {
        0 => draft.help(format_args!("add it to the bundles, or correct the id")).done(),
        1 => draft
            .help(format_args!("add it to the bundles, or correct the id; 1 more id is like it"))
            .done(),
        n => draft
            .help(format_args!(
                "add it to the bundles, or correct the id; {n} more ids are like it"
            ))
            .done(),
    }
}

/// DSP0243 10.2: a bundle is in the descriptor or in a file.
fn bundle_in_two_places(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for bundle in envelope.message_bundles() {
        if let (Some(file), Some(first)) = (bundle.file_ref(), bundle.messages().next()) {
            out.at(
                file.span(),
                format_args!("the message bundle is in a file and has messages of its own"),
            )
            .label(first.element().name_span(), format_args!("the first of its own"))
            .help(format_args!("write the messages in one place"))
            .done();
        }
    }
}

/// DSP0243 2.1 10.3: the text of a message is in the descriptor or in a file.
fn message_in_two_places(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for message in envelope.message_bundles().flat_map(|bundle| bundle.messages()) {
        if let Some(file) = message.file_ref()
            && !message.element().text().trim().is_empty()
        {
            out.at(file.span(), format_args!("the Msg has a text and a file"))
                .help(format_args!("keep one of the two"))
                .done();
        }
    }
}
