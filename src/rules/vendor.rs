//! Vendor sections known by name: where they stand, and what VMware's settings inside hardware say.

mod groups;
mod sections;

use std::borrow::Cow;

use super::{Out, Rule, each_part, part, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{
    AttributeName, Element, ElementName, Envelope, OstNodeType, Scope, SectionKind,
};
use crate::namespace::{Namespace, Places};
use crate::value::host_resource::{HostResource, HostResourceError, Kind};
use crate::value::map::{HashMap, HashSet};
use crate::value::number;
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    part(Code::UNKNOWN_VENDOR_FILE, unknown_vendor_file),
    part(Code::MISPLACED_VENDOR_SECTION, misplaced_vendor_section),
    part(Code::MISPLACED_VENDOR_SETTING, misplaced_vendor_setting),
    each_part(Code::MISSING_CONFIG_KEY, missing_config_key),
    each_part(Code::MISSING_CONFIG_VALUE, missing_config_value),
    each_part(Code::DUPLICATE_CONFIG_KEY, duplicate_config_key),
    part(Code::INVALID_CORES_PER_SOCKET, invalid_cores_per_socket),
    part(Code::UNEVEN_CORES_PER_SOCKET, uneven_cores_per_socket),
    part(Code::UNKNOWN_IP_SCHEME, sections::unknown_ip_scheme),
    part(Code::UNKNOWN_IP_PROTOCOL, sections::unknown_ip_protocol),
    part(Code::UNKNOWN_BOOT_TYPE, sections::unknown_boot_type),
    whole(Code::UNKNOWN_BOOT_DEVICE, sections::unknown_boot_device),
    part(Code::UNFIT_BOOT_DEVICE, sections::unfit_boot_device),
    part(Code::INCOMPLETE_SERVICE_DEPENDENCY, sections::incomplete_service_dependency),
    part(Code::INVALID_CPU_LEVEL, sections::invalid_cpu_level),
    part(Code::INVALID_CPU_MASK, sections::invalid_cpu_mask),
    whole(Code::UNKNOWN_VENDOR_GROUP, groups::unknown_vendor_group),
    part(Code::MISSING_VENDOR_GROUP, groups::missing_vendor_group),
    part(Code::DUPLICATE_VENDOR_GROUP, groups::duplicate_vendor_group),
    part(Code::REPEATED_TAG_PLACEMENT, groups::repeated_tag_placement),
    part(Code::INVALID_PLACEMENT_PRIORITY, groups::invalid_placement_priority),
];

/// VMware's own: a value `ovf:/file/ID` or `ovf:/disk/ID`, and a `fileRef`, refer to what the package has.
fn unknown_vendor_file(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let known = Known::of(envelope);
    for found in envelope.notable_attributes() {
        let attribute = found.attribute;
        if !is_vendor(found.element.namespace()) && !is_vendor(found.namespace) {
            continue;
        }
        if found.name == AttributeName::FileRef {
            if envelope.file(&attribute.value()).is_none() {
                known.tell(attribute, Kind::File, &attribute.value(), out);
            }
        } else if attribute.raw().trim_start().starts_with("ovf:/") {
            judge_reference(attribute, envelope, &known, out);
        }
    }
}

fn judge_reference(
    attribute: Attribute<'_, '_>,
    envelope: &Envelope<'_>,
    known: &Known<'_>,
    out: &mut Out<'_>,
) {
    let value = attribute.value();
    match HostResource::parse(&value) {
        Ok(HostResource { kind: Kind::File, id, .. }) if envelope.file(id).is_some() => {}
        Ok(HostResource { kind: Kind::Disk, id, .. }) if envelope.disk(id).is_some() => {}
        Ok(HostResource { kind, id, .. }) => known.tell(attribute, kind, id, out),
        // Other words behind `ovf:/` are the vendor's own.
        Err(HostResourceError::UnknownKind) => {}
        Err(error) => out
            .at(attribute.value_span(), format_args!("the reference {} {error}", quoted(&value)))
            .help(format_args!("write the id of a File behind `ovf:/file/`"))
            .done(),
    }
}

/// The ids to suggest from.
struct Known<'s> {
    files: Vec<Cow<'s, str>>,
    disks: Vec<Cow<'s, str>>,
}

impl<'s> Known<'s> {
    fn of(envelope: &Envelope<'s>) -> Self {
        let files = envelope.files().filter_map(|file| file.id());
        let disks = envelope.disks().filter_map(|disk| disk.id());
        Self {
            files: files.take(64).map(|id| id.value()).collect(),
            disks: disks.take(64).map(|id| id.value()).collect(),
        }
    }

    fn tell(&self, attribute: Attribute<'_, '_>, kind: Kind, id: &str, out: &mut Out<'_>) {
        let message = format_args!("no {} has the id {}", kind.as_str(), quoted(id));
        let ids = match kind {
            Kind::Disk => &self.disks,
            Kind::File => &self.files,
        };
        out.at(attribute.value_span(), message)
            .suggest(id, ids, format_args!("refer to one that is there, or add it"))
            .done();
    }
}

const fn is_vendor(namespace: Namespace) -> bool {
    matches!(namespace, Namespace::Vmw | Namespace::Vbox | Namespace::VCloud)
}

/// VMware's and VirtualBox's own: their sections have a meaning in some places only.
fn misplaced_vendor_section(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for node in envelope.ost_nodes() {
        for section in node.sections() {
            let SectionKind::Vendor(known) = section.kind() else { continue };
            if stands_right(known.places, node.node_type()) {
                continue;
            }
            let places: Vec<String> = [
                OstNodeType::Envelope,
                OstNodeType::VirtualSystem,
                OstNodeType::VirtualSystemCollection,
            ]
            .into_iter()
            .filter(|&place| stands_right(known.places, place))
            .map(|place| format!("`{}`", place.element()))
            .collect();
            out.at(
                section.element().name_span(),
                format_args!(
                    "{} has no meaning in `{}`",
                    quoted(section.name()),
                    node.node_type().element()
                ),
            )
            .help(format_args!("move it to {}", places.join(" or ")))
            .done();
        }
    }
}

const fn stands_right(places: Places, node: OstNodeType) -> bool {
    match node {
        OstNodeType::Envelope => places.envelope,
        OstNodeType::VirtualSystem => places.system,
        OstNodeType::VirtualSystemCollection => places.collection,
    }
}

/// VMware's own: `Config`, `ExtraConfig`, `CoresPerSocket` and `StorageGroup` belong to hardware.
fn misplaced_vendor_setting(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut hardware = None;
    let hardware_of = |envelope: &Envelope<'_>| -> HashSet<_> {
        let sections = envelope.sections(SectionKind::VirtualHardware);
        sections.map(|(_, section)| section.element().node().id()).collect()
    };
    for element in envelope.vmware_settings() {
        let (in_section, in_item) = match element.name() {
            ElementName::Config => (true, true),
            ElementName::ExtraConfig => (true, false),
            _ => (false, true),
        };
        let Some(parent) = element.parent() else { continue };
        // What stands below an element of the vendor's own is its business.
        if !matches!(
            parent.namespace(),
            Namespace::None | Namespace::Ovf09 | Namespace::Ovf1 | Namespace::Ovf2
        ) {
            continue;
        }
        let is_item = matches!(
            parent.name(),
            ElementName::Item | ElementName::StorageItem | ElementName::EthernetPortItem
        );
        let is_right = in_item && is_item
            || in_section
                && hardware
                    .get_or_insert_with(|| hardware_of(envelope))
                    .contains(&parent.node().id());
        if is_right {
            continue;
        }
        let node = element.node();
        let place = match (in_section, in_item) {
            (true, true) => "`VirtualHardwareSection`, or to the Item of the device",
            (true, false) => "`VirtualHardwareSection`",
            _ => "the Item of the device",
        };
        out.at(
            node.name_span(),
            format_args!("{} has no meaning in {}", quoted(node.local()), quoted(parent.local())),
        )
        .help(format_args!("move it to {place}"))
        .done();
    }
}

/// VMware's own: `key` is required.
fn missing_config_key(scope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for entry in scope.config_entries() {
        let is_missing = entry.key().is_none_or(|key| key.value().trim().is_empty());
        if is_missing {
            out.at(
                entry.element().name_span(),
                format_args!("the `{}` has no key", entry.element().local()),
            )
            .help(format_args!("say in `vmw:key` what it sets, or remove it"))
            .done();
        }
    }
}

/// VMware's own: `value` is required.
fn missing_config_value(scope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for entry in scope.config_entries() {
        if let (Some(key), None) = (entry.key(), entry.value()) {
            out.at(
                entry.element().name_span(),
                format_args!("the setting {} has no value", quoted(&key.value())),
            )
            .help(format_args!("add `vmw:value`, or remove the setting"))
            .done();
        }
    }
}

/// VMware's own: in one place a key is set once.
fn duplicate_config_key(scope: &Scope<'_, '_>, out: &mut Out<'_>) {
    let mut seen = HashMap::default();
    for entry in scope.config_entries() {
        let (Some(key), Some(parent)) = (entry.key(), entry.element().parent()) else { continue };
        let place = (parent.node().id(), entry.is_extra(), key.value());
        if let Some(&first) = seen.get(&place) {
            out.at(
                key.value_span(),
                format_args!("the setting {} stands here twice", quoted(&key.value())),
            )
            .label(first, format_args!("the first is here"))
            .help(format_args!("keep one"))
            .done();
        } else {
            seen.insert(place, key.value_span());
        }
    }
}

/// VMware's schema: `CoresPerSocket` is an unsigned number; 0 is none.
fn invalid_cores_per_socket(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, cores) in cores_per_socket(envelope) {
        let text = cores.text();
        let message = match number::unsigned_int(&text) {
            Ok(0) => "the number of cores per socket is 0".to_owned(),
            Ok(_) => continue,
            Err(error) => format!("the number of cores per socket {} {error}", quoted(text.trim())),
        };
        let span = if text.trim().is_empty() { cores.name_span() } else { cores.text_span() };
        out.at(span, format_args!("{message}"))
            .help(format_args!("write a number that divides the number of processors"))
            .done();
    }
}

/// VMware's own: every socket has the same number of cores.
fn uneven_cores_per_socket(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (item, cores) in cores_per_socket(envelope) {
        let quantity = item.child_named_in(Namespace::Rasd, ElementName::VirtualQuantity);
        let Some(quantity) = quantity else { continue };
        let count = number::unsigned_long(&quantity.text());
        let each = number::unsigned_int(&cores.text()).map(u64::from);
        if let (Ok(count), Ok(each)) = (count, each)
            && let Some(rest) = count.checked_rem(each)
            && rest != 0
        {
            out.at(
                cores.text_span(),
                format_args!("{count} processors cannot be put on sockets of {each} cores"),
            )
            .label(quantity.text_span(), format_args!("the number of processors"))
            .help(format_args!("write a number that divides {count}"))
            .done();
        }
    }
}

/// The Items with a `CoresPerSocket`, each with it.
fn cores_per_socket<'e, 's>(
    envelope: &'e Envelope<'s>,
) -> impl Iterator<Item = (Element<'e, 's>, Element<'e, 's>)> {
    envelope.item_settings(ElementName::CoresPerSocket)
}
