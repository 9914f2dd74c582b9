//! DSP8023: what the schemas say of elements for which no rule of its own speaks.
//!
//! The departures from the schema are the model's; here stands which of them others tell already, and
//! the words for the rest.

use super::{Out, Rule, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{Departure, Element, Envelope, Kind};
use crate::value::number;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_ATTRIBUTE, missing_attribute),
    part(Code::MALFORMED_ATTRIBUTE, malformed_attribute),
    whole(Code::MISSING_CHILD, missing_child),
    part(Code::REPEATED_CHILD, repeated_child),
    part(Code::UNEXPECTED_CHILD, unexpected_child),
    part(Code::CHILD_OUT_OF_ORDER, child_out_of_order),
    part(Code::MALFORMED_TEXT, malformed_text),
    part(Code::UNEXPECTED_TEXT, unexpected_text),
];

/// What other rules tell of: kind, shape, child or attribute (`*` for all of them), and the code.
const TOLD: &[(Kind, &str, &str, Code)] = &[];

/// DSP8023: `use="required"`.
fn missing_attribute(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::MissingAttribute) {
        out.at(
            element.name_span(),
            format_args!("the `{}` has no `{}`", element.local(), departure.name),
        )
        .help(format_args!("add `ovf:{}`", departure.name))
        .done();
    }
}

/// DSP8023: attributes have types.
fn malformed_attribute(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::MalformedAttribute) {
        let Some(attribute) = element.attribute(departure.name) else { continue };
        let value = attribute.value();
        if let Err(error) = departure.form.check(&value) {
            out.at(
                attribute.value_span(),
                format_args!(
                    "the `{}` {} {error}",
                    departure.name,
                    quoted(number::collapse(&value))
                ),
            )
            .help(format_args!("write {}", departure.form))
            .done();
        }
    }
}

/// DSP8023: `minOccurs="1"`.
fn missing_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::MissingChild) {
        out.at(
            element.name_span(),
            format_args!("the `{}` has no `{}`", element.local(), departure.name),
        )
        .help(format_args!("add the element `{}`", departure.name))
        .done();
    }
}

/// DSP8023: `maxOccurs="1"`.
fn repeated_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::RepeatedChild) {
        let draft = out.at(
            element.name_span(),
            format_args!("the `{}` has a second `{}`", parent(element), departure.name),
        );
        match other(envelope, departure) {
            Some(first) => draft
                .label(first.name_span(), format_args!("the first is here"))
                .help(format_args!("keep one"))
                .done(),
            None => draft.help(format_args!("keep one")).done(),
        }
    }
}

/// DSP8023: an element holds the children of its type, and of other namespaces where there is an
/// `xs:any`.
fn unexpected_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, _) in departures(envelope, Kind::UnexpectedChild) {
        out.at(
            element.name_span(),
            format_args!("`{}` holds no {}", parent(element), quoted(element.local())),
        )
        .help(format_args!("move it to where it belongs, or remove it"))
        .done();
    }
}

/// DSP8023: the children of a type are a sequence; what extends it comes last.
fn child_out_of_order(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let late = departures(envelope, Kind::LateChild);
    for (element, departure) in late.chain(departures(envelope, Kind::AfterForeign)) {
        let Some(other) = other(envelope, departure) else { continue };
        out.at(
            element.name_span(),
            format_args!("`{}` comes after `{}`", element.local(), other.node().name()),
        )
        .label(other.name_span(), format_args!("this comes last"))
        .help(format_args!("move it in front of `{}`", other.node().name()))
        .done();
    }
}

/// DSP8023: texts have types.
fn malformed_text(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, departure) in departures(envelope, Kind::MalformedText) {
        let text = element.text();
        if let Err(error) = departure.form.check(&text) {
            out.at(
                element.text_span(),
                format_args!(
                    "the `{}` {} {error}",
                    element.local(),
                    quoted(number::collapse(&text))
                ),
            )
            .help(format_args!("write {}", departure.form))
            .done();
        }
    }
}

/// DSP8023: types without `mixed="true"` hold no text.
fn unexpected_text(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (element, _) in departures(envelope, Kind::UnexpectedText) {
        out.at(
            element.text_span(),
            format_args!("there is text in `{}`, which holds elements alone", element.local()),
        )
        .help(format_args!("remove it, or make a comment of it"))
        .done();
    }
}

/// The departures of a kind that no other rule tells of.
fn departures<'e, 's>(
    envelope: &'e Envelope<'s>,
    kind: Kind,
) -> impl Iterator<Item = (Element<'e, 's>, &'e Departure)> {
    envelope
        .departures()
        .iter()
        .filter(move |departure| departure.kind == kind && !is_told(departure))
        .filter_map(|departure| Some((envelope.element(departure.element)?, departure)))
}

fn is_told(departure: &Departure) -> bool {
    TOLD.iter().any(|&(kind, shape, name, _)| {
        kind == departure.kind
            && shape == departure.shape.name
            && (name == "*" || name == departure.name)
    })
}

/// The element that explains a departure.
fn other<'e, 's>(envelope: &'e Envelope<'s>, departure: &Departure) -> Option<Element<'e, 's>> {
    envelope.element(departure.other?)
}

/// The name of the element around another.
fn parent<'s>(element: Element<'_, 's>) -> &'s str {
    element.parent().map_or("", |parent| parent.local())
}
