//! Disks whose capacity is left to a property.

use std::borrow::Cow;

use super::super::Out;
use super::super::products::property_type;
use crate::diagnostic::quoted;
use crate::model::{Disk, Envelope, OstNode, Property, SectionKind};
use crate::span::Span;
use crate::value::host_resource::{HostResource, Kind};
use crate::value::map::{HashMap, HashSet};
use crate::value::{macros, number};
use crate::xml::Attribute;

/// The disks with a capacity `${name}`: the attribute and the name.
fn variables<'e, 's>(
    envelope: &'e Envelope<'s>,
) -> impl Iterator<Item = (Disk<'e, 's>, Attribute<'e, 's>, String)> {
    envelope.disks().filter_map(|disk| {
        let capacity = disk.capacity().filter(|capacity| capacity.may_hold_dollar())?;
        let value = capacity.value();
        let name = macros::single(number::collapse(&value)).filter(|name| !name.is_empty())?;
        Some((disk, capacity, name.to_owned()))
    })
}

/// Properties by key alone, for those who forget class and instance. Empty without a disk that needs it.
fn by_key<'e, 's>(envelope: &'e Envelope<'s>) -> HashMap<Cow<'s, str>, Property<'e, 's>> {
    let mut keys = HashMap::default();
    if variables(envelope).next().is_some() {
        for (_, property) in envelope.properties() {
            if let Some(key) = property.key() {
                keys.entry(key.value()).or_insert(property);
            }
        }
    }
    keys
}

/// DSP0243 9.1: the name is that of a Property.
pub(super) fn unknown_capacity_property(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let keys = by_key(envelope);
    for (_, capacity, name) in variables(envelope) {
        if envelope.properties_named(&name).next().is_some() || keys.contains_key(&*name) {
            continue;
        }
        out.at(
            capacity.value_span(),
            format_args!("no property has the full key {}", quoted(&name)),
        )
        .suggest(
            &name,
            keys.keys(),
            format_args!("add the property, or write the capacity as a number"),
        )
        .done();
    }
}

/// DSP0243 9.1: the property is a whole number.
pub(super) fn capacity_property_type(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let keys = by_key(envelope);
    for (_, capacity, name) in variables(envelope) {
        let property = envelope.properties_named(&name).next().map(|(_, property)| property);
        let Some(property) = property.or_else(|| keys.get(&*name).copied()) else { continue };
        let Some(kind) = property_type(property).filter(|kind| !kind.is_integer()) else {
            continue;
        };
        let draft = out.at(
            capacity.value_span(),
            format_args!("the property {} is a `{kind}`, no whole number", quoted(&name)),
        );
        match property.type_name() {
            Some(type_name) => draft.label(type_name.value_span(), format_args!("its type")),
            None => draft,
        }
        .help(format_args!("give the property an integer type, such as `uint64`"))
        .done();
    }
}

/// DSP0243 9.1, 9.5.1: the name is a full key, of a property that the machine with the disk or a
/// collection around it has.
pub(super) fn unreachable_capacity_property(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let keys = by_key(envelope);
    let users = users(envelope);
    for (disk, capacity, name) in variables(envelope) {
        if envelope.properties_named(&name).next().is_none() {
            let full_key = keys.get(&*name).and_then(|property| property.full_key());
            if let Some(full_key) = full_key {
                out.at(
                    capacity.value_span(),
                    format_args!("{} is a key, and no full key", quoted(&name)),
                )
                .help(format_args!("write {}", quoted(&format!("${{{full_key}}}"))))
                .done();
            }
            continue;
        }
        let Some(id) = disk.id() else { continue };
        // References go to the first disk of an id.
        let first = envelope.disk(&id.value()).map(|first| first.element().node().id());
        if first != Some(disk.element().node().id()) {
            continue;
        }
        let stranger = users
            .get(&*id.value())
            .and_then(|users| users.iter().find(|(node, _)| node.property(&name).is_none()));
        if let Some((node, device)) = stranger {
            out.at(
                capacity.value_span(),
                format_args!("{} has no property {}", quoted(&node.id()), quoted(&name)),
            )
            .label(*device, format_args!("the disk is used here"))
            .help(format_args!("add the property to this machine or to the collection around it"))
            .done();
        }
    }
}

/// The machines that use the disks with such capacities, by the id of the disk.
fn users<'e, 's>(envelope: &'e Envelope<'s>) -> HashMap<String, Vec<(OstNode<'e, 's>, Span)>> {
    let ids: HashSet<_> = variables(envelope)
        .filter_map(|(disk, _, _)| Some(disk.id()?.value().into_owned()))
        .collect();
    let mut users: HashMap<String, Vec<_>> = HashMap::default();
    if ids.is_empty() {
        return users;
    }
    for (node, section) in envelope.sections(SectionKind::VirtualHardware) {
        let devices = section.element().children().flat_map(|item| item.children());
        for device in devices.filter(|device| device.is_local("HostResource")) {
            let text = device.text();
            if let Ok(HostResource { kind: Kind::Disk, id, .. }) = HostResource::parse(&text)
                && ids.contains(id)
            {
                users.entry(id.to_owned()).or_default().push((node, device.text_span()));
            }
        }
    }
    users
}
