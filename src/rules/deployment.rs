//! DSP0243 9.8: deployment options.

use super::{Out, Rule, part, repeated, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, ElementName, Envelope, SectionKind};
use crate::span::Span;
use crate::value::list::List;
use crate::value::map::HashSet;
use crate::value::number;
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    whole(Code::EMPTY_DEPLOYMENT_SECTION, empty_deployment_section),
    part(Code::MISSING_CONFIGURATION_ID, missing_configuration_id),
    part(Code::DUPLICATE_CONFIGURATION_ID, duplicate_configuration_id),
    part(Code::INVALID_CONFIGURATION_ID, invalid_configuration_id),
    part(Code::MISSING_CONFIGURATION_LABEL, missing_configuration_label),
    part(Code::MISSING_CONFIGURATION_DESCRIPTION, missing_configuration_description),
    part(Code::REPEATED_DEFAULT, repeated_default),
    part(Code::INVALID_DEFAULT, invalid_default),
    whole(Code::UNKNOWN_CONFIGURATION, unknown_configuration),
    part(Code::LOOSE_CONFIGURATION_LIST, loose_configuration_list),
];

/// DSP0243 9.8: there is at least one option to choose.
fn empty_deployment_section(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, section) in envelope.sections(SectionKind::DeploymentOption) {
        if section.element().child_named(ElementName::Configuration).is_none() {
            out.at(
                section.element().name_span(),
                format_args!("the section has no `Configuration`"),
            )
            .help(format_args!("add the options, or remove the section"))
            .done();
        }
    }
}

/// DSP0243 9.8: `id` is required.
fn missing_configuration_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for option in envelope.configurations().filter(|option| option.id().is_none()) {
        out.at(option.element().name_span(), format_args!("the Configuration has no `id`"))
            .help(format_args!(
                "give it an `ovf:id` without blanks that no other Configuration has"
            ))
            .done();
    }
}

/// DSP0243 9.8: ids are unique.
fn duplicate_configuration_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (id, first) in repeated(envelope.configurations().filter_map(|option| option.id())) {
        out.at(
            id.value_span(),
            format_args!("two Configurations have the id {}", quoted(&id.value())),
        )
        .label(first, format_args!("the other is here"))
        .help(format_args!("rename one of them, and what refers to it"))
        .done();
    }
}

/// DSP0243 9.8: lists of ids are divided by blanks, so an id holds none.
fn invalid_configuration_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for id in envelope.configurations().filter_map(|option| option.id()) {
        let value = id.value();
        let fault = if value.is_empty() {
            "is empty"
        } else if value.contains([' ', '\t', '\r', '\n']) {
            "holds a blank"
        } else {
            continue;
        };
        out.at(id.value_span(), format_args!("the id {} {fault}", quoted(&value)))
            .help(format_args!("write a name without blanks; what people see stands in `Label`"))
            .done();
    }
}

/// DSP0243 9.8: `Label` is required.
fn missing_configuration_label(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    missing_child(envelope, out, "Label");
}

/// DSP0243 9.8: `Description` is required.
fn missing_configuration_description(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    missing_child(envelope, out, "Description");
}

fn missing_child(envelope: &Envelope<'_>, out: &mut Out<'_>, child: &str) {
    for option in envelope.configurations().filter(|option| option.element().child(child).is_none())
    {
        out.at(option.element().name_span(), format_args!("the Configuration has no `{child}`"))
            .help(format_args!("add `Label` and `Description`, in that order"))
            .done();
    }
}

/// DSP0243 9.8: one option at most is the default.
fn repeated_default(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, section) in envelope.sections(SectionKind::DeploymentOption) {
        let mut defaults =
            section.element().children_of(ElementName::Configuration).filter_map(|option| {
                let default = option.attribute_named(AttributeName::Default)?;
                (number::boolean(&default.value()) == Ok(true)).then_some((option, default))
            });
        let Some((first, _)) = defaults.next() else { continue };
        for (_, default) in defaults {
            out.at(default.span(), format_args!("there is a second default"))
                .label(first.name_span(), format_args!("the first is here"))
                .help(format_args!("leave `ovf:default` with one of them"))
                .done();
        }
    }
}

/// DSP0243 9.8: `default` is an `xs:boolean`.
fn invalid_default(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for default in envelope.configurations().filter_map(|option| option.default()) {
        if number::boolean(&default.value()).is_err() {
            out.at(
                default.value_span(),
                format_args!("`default` is {}, no boolean", quoted(&default.value())),
            )
            .help(format_args!("write `true` or `false`"))
            .done();
        }
    }
}

/// DSP0243 9.8 and 9.5.1: every option that is named exists. Without a `DeploymentOptionSection` there
/// are none.
fn unknown_configuration(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let known: HashSet<String> = envelope
        .configurations()
        .filter_map(|option| option.id())
        .map(|id| id.value().into_owned())
        .collect();
    for attribute in configuration_lists(envelope) {
        let value = attribute.value();
        for item in List::parse(&value).items {
            if known.contains(item.text) {
                continue;
            }
            let otherwise = if known.is_empty() {
                "add a `DeploymentOptionSection`, or remove the attribute"
            } else {
                "name a Configuration of the `DeploymentOptionSection`"
            };
            out.at(
                item_span(attribute, &value, item.offset, item.text),
                format_args!("no deployment option has the id {}", quoted(item.text)),
            )
            .suggest(
                item.text,
                envelope.configurations().filter_map(|option| Some(option.id()?.value())),
                format_args!("{otherwise}"),
            )
            .done();
        }
    }
}

/// DSP0243 9.8: the ids of a list are divided by one blank each.
fn loose_configuration_list(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for attribute in configuration_lists(envelope) {
        let value = attribute.value();
        let list = List::parse(&value);
        let fault = if list.is_empty() {
            "is empty"
        } else if list.comma {
            "is divided by commas"
        } else if list.loose_blanks {
            "is divided by more than one blank"
        } else {
            continue;
        };
        out.at(
            attribute.value_span(),
            format_args!("the list of deployment options {} {fault}", quoted(&value)),
        )
        .help(format_args!("write one blank between two names"))
        .done();
    }
}

/// The `configuration` attributes of the descriptor: of Items in hardware and resource sections, of
/// property values, of instance counts.
fn configuration_lists<'e, 's>(
    envelope: &'e Envelope<'s>,
) -> impl Iterator<Item = Attribute<'e, 's>> {
    use ElementName::{EthernetPortItem, InstanceCount, Item, Property, StorageItem, Value};
    const HOLDERS: &[ElementName] =
        &[EthernetPortItem, InstanceCount, Item, Property, StorageItem, Value];
    let is_there = !envelope.has_no(AttributeName::Configuration);
    let nodes = is_there.then(|| envelope.ost_nodes()).into_iter().flatten();
    nodes
        .flat_map(|node| node.sections())
        .filter(|section| section.kind().is_known())
        .flat_map(|section| section.element().children())
        .flat_map(|child| std::iter::once(child).chain(child.children()))
        .filter_map(|element| {
            let list = element.attribute_named(AttributeName::Configuration)?;
            (element.is_ovf() && HOLDERS.contains(&element.name())).then_some(list)
        })
}

/// Where an item of a list stands; the whole value when references stand in it.
fn item_span(attribute: Attribute<'_, '_>, value: &str, offset: usize, item: &str) -> Span {
    let whole = attribute.value_span();
    let (Ok(offset), Ok(len)) = (u32::try_from(offset), u32::try_from(item.len())) else {
        return whole;
    };
    if attribute.raw() != value {
        return whole;
    }
    let start = whole.start.saturating_add(offset);
    Span::new(start, start.saturating_add(len))
}
