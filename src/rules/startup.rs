//! DSP0243 9.7: the order of starting.

use super::{Out, Rule, part, repeated, unknown_members, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, ElementName, Envelope, OstSection, SectionKind, StartupItem};
use crate::value::number;
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    whole(Code::UNKNOWN_STARTUP_ENTITY, unknown_startup_entity),
    part(Code::MISSING_STARTUP_ID, missing_startup_id),
    part(Code::DUPLICATE_STARTUP_ITEM, duplicate_startup_item),
    part(Code::MISSING_STARTUP_ORDER, missing_startup_order),
    part(Code::INVALID_STARTUP_ORDER, invalid_startup_order),
    part(Code::INVALID_STARTUP_DELAY, invalid_startup_delay),
    part(Code::INVALID_START_ACTION, invalid_start_action),
    part(Code::INVALID_STOP_ACTION, invalid_stop_action),
    part(Code::INVALID_WAITING_FOR_GUEST, invalid_waiting_for_guest),
];

/// DSP0243 9.7: an Item is about a direct member of the collection.
fn unknown_startup_entity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    fn ids<'e, 's>(section: OstSection<'e, 's>) -> Vec<Attribute<'e, 's>> {
        section
            .element()
            .children_of(ElementName::Item)
            .filter_map(|item| item.attribute_named(AttributeName::Id))
            .collect()
    }
    unknown_members(envelope, SectionKind::Startup, ids, out);
}

/// DSP0243 9.7: `id` is required.
fn missing_startup_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, item) in envelope.startup_items().filter(|(_, item)| item.id().is_none()) {
        out.at(item.element().name_span(), format_args!("the startup Item has no `id`"))
            .help(format_args!("give it the id of a member of the collection"))
            .done();
    }
}

/// DSP0243 9.7: one Item for each member.
fn duplicate_startup_item(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, section) in envelope.sections(SectionKind::Startup) {
        for (id, first) in repeated(
            section
                .element()
                .children_of(ElementName::Item)
                .filter_map(|item| item.attribute_named(AttributeName::Id)),
        ) {
            out.at(
                id.value_span(),
                format_args!("two startup Items are about {}", quoted(&id.value())),
            )
            .label(first, format_args!("the other is here"))
            .help(format_args!("keep one"))
            .done();
        }
    }
}

/// DSP0243 9.7: `order` is required.
fn missing_startup_order(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, item) in envelope.startup_items().filter(|(_, item)| item.order().is_none()) {
        out.at(item.element().name_span(), format_args!("the startup Item has no `order`"))
            .help(format_args!(
                "add `ovf:order`; members with the same number are started together"
            ))
            .done();
    }
}

/// DSP0243 9.7: `order` is an `xs:unsignedShort`.
fn invalid_startup_order(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for order in attributes(envelope, StartupItem::order) {
        if let Err(error) = number::unsigned_short(&order.value()) {
            out.at(
                order.value_span(),
                format_args!("the order {} {error}", quoted(&order.value())),
            )
            .help(format_args!("write a whole number from 0 to 65535"))
            .done();
        }
    }
}

/// DSP0243 9.7: delays are an `xs:unsignedShort` of seconds.
fn invalid_startup_delay(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let delays = attributes(envelope, StartupItem::start_delay)
        .chain(attributes(envelope, StartupItem::stop_delay));
    for delay in delays {
        if let Err(error) = number::unsigned_short(&delay.value()) {
            out.at(
                delay.value_span(),
                format_args!("the `{}` {} {error}", delay.local(), quoted(&delay.value())),
            )
            .help(format_args!("write the seconds as a whole number from 0 to 65535"))
            .done();
        }
    }
}

/// DSP0243 9.7: `startAction` is `powerOn` or `none`.
fn invalid_start_action(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for action in attributes(envelope, StartupItem::start_action) {
        tell_action(action, &["powerOn", "none"], out);
    }
}

/// DSP0243 9.7: `stopAction` is `powerOff`, `guestShutdown` or `none`.
fn invalid_stop_action(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for action in attributes(envelope, StartupItem::stop_action) {
        tell_action(action, &["powerOff", "guestShutdown", "none"], out);
    }
}

fn tell_action(action: Attribute<'_, '_>, known: &[&str], out: &mut Out<'_>) {
    let value = action.value();
    if known.contains(&&*value) {
        return;
    }
    out.at(
        action.value_span(),
        format_args!("the `{}` {} is not known", action.local(), quoted(&value)),
    )
    .suggest(&value, known, format_args!("write one of: {}", known.join(", ")))
    .done();
}

/// DSP0243 9.7: `waitingForGuest` is an `xs:boolean`.
fn invalid_waiting_for_guest(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for waiting in attributes(envelope, StartupItem::waiting_for_guest) {
        if number::boolean(&waiting.value()).is_err() {
            out.at(
                waiting.value_span(),
                format_args!("`waitingForGuest` is {}, no boolean", quoted(&waiting.value())),
            )
            .help(format_args!("write `true` or `false`"))
            .done();
        }
    }
}

fn attributes<'e, 's>(
    envelope: &'e Envelope<'s>,
    of: fn(StartupItem<'e, 's>) -> Option<Attribute<'e, 's>>,
) -> impl Iterator<Item = Attribute<'e, 's>> {
    envelope.startup_items().filter_map(move |(_, item)| of(item))
}
