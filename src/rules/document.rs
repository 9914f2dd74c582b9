//! DSP0243 7: the root element, its namespace and version.

use super::{Out, Repeats, Rule, part};
use crate::diagnostic::{Code, Findings, closest, quoted};
use crate::model::{AttributeName, Dialect, Element, Envelope, PartKind};
use crate::namespace::{Namespace, OVF_0_9, OVF_1, OVF_2, Version};
use crate::xml::Tree;

pub(super) const RULES: &[Rule] = &[
    part(Code::UNKNOWN_ENVELOPE_NAMESPACE, envelope_without_namespace),
    part(Code::UNQUALIFIED_ELEMENTS, unqualified_elements),
    part(Code::OVIRT_DIALECT, ovirt_dialect),
    part(Code::MIXED_OVF_NAMESPACES, mixed_ovf_namespaces),
    part(Code::ATTRIBUTE_OF_OTHER_VERSION, attribute_of_other_version),
    part(Code::VERSION_CONTRADICTS_CONTENT, version_contradicts_content),
    part(Code::MISSING_LEGACY_VERSION, missing_legacy_version),
];

/// DSP0243 7: the root is an `Envelope` of a known namespace.
///
/// This speaks of documents that are no descriptor, so that no other rule can be run on them.
pub(super) fn refuse(tree: &Tree<'_>, findings: &mut Findings) {
    let Some(root) = tree.root() else { return };
    if root.is_local("Envelope") {
        let known = [OVF_1, OVF_2, OVF_0_9];
        let draft = findings.add(
            Code::UNKNOWN_ENVELOPE_NAMESPACE,
            root.name_span(),
            format_args!(
                "`Envelope` is in the namespace {}, which no version of OVF has",
                quoted(root.namespace())
            ),
        );
        let meant = closest(root.namespace(), known).unwrap_or(OVF_1);
        draft.help(format_args!("declare the namespace `{meant}`")).done();
    } else {
        let draft = findings.add(
            Code::NOT_AN_ENVELOPE,
            root.name_span(),
            format_args!("the root element is {}, not `Envelope`", quoted(root.local())),
        );
        draft.help(format_args!("check that this file is the descriptor of the package")).done();
    }
}

/// DSP0243 7: the envelope is in a namespace. This one is in none, and was read as OVF 1.x.
fn envelope_without_namespace(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.root().namespace() == Namespace::None {
        out.at(
            envelope.root().name_span(),
            format_args!("`Envelope` is in no namespace; it is read as OVF 1.x"),
        )
        .help(format_args!("declare `xmlns=\"{OVF_1}\"` on it"))
        .done();
    }
}

/// DSP0243 7: all elements of the standard are in its namespace. Here the root is and others are not.
///
/// One finding, at the first: what leaves out one declaration leaves it out for all.
fn unqualified_elements(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let root = envelope.root();
    if !matches!(root.namespace(), Namespace::Ovf1 | Namespace::Ovf2)
        || envelope.dialect() == Dialect::Standard
    {
        return;
    }
    if let Some(first) = root.children().find(|child| child.namespace() == Namespace::None) {
        out.at(
            first.name_span(),
            format_args!("`{}` and what follows is in no namespace", first.local()),
        )
        .label(
            root.name_span(),
            format_args!(
                "the envelope is in the namespace of OVF {}",
                version_of(root.namespace())
            ),
        )
        .help(format_args!("declare `xmlns=\"{}\"` on the envelope", root.node().namespace()))
        .done();
    }
}

/// oVirt and its relatives write OVF 0.9 under a namespace of their own.
fn ovirt_dialect(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.dialect() == Dialect::Ovirt {
        out.at(
            envelope.root().name_span(),
            format_args!(
                "the descriptor is written in the dialect of oVirt, which other importers refuse"
            ),
        )
        .help(format_args!("import it with oVirt, or export the machine as OVF 1.x"))
        .done();
    }
}

/// DSP0243 7: one namespace for all elements of the standard. Only the first section of another
/// version on each node is told.
fn mixed_ovf_namespaces(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let own = envelope.root().namespace();
    if !own.is_ovf() || !envelope.may_mix_namespaces() {
        return;
    }
    for part in envelope.ost_nodes().flat_map(|node| node.parts()) {
        let namespace = part.element.namespace();
        if part.kind != PartKind::Info && namespace.is_ovf() && namespace != own {
            out.at(
                part.element.name_span(),
                format_args!(
                    "`{}` is an element of OVF {}, the envelope is OVF {}",
                    part.element.local(),
                    version_of(namespace),
                    version_of(own),
                ),
            )
            .help(format_args!(
                "use it with importers that are known to read both versions at once"
            ))
            .done();
        }
    }
}

/// DSP0243 7: the attributes of an element are of the version the element is of.
///
/// One finding for the descriptor, at the first: one declaration is wrong, or all of them. Sections of
/// another version bring attributes of both, and have a rule of their own.
fn attribute_of_other_version(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let own = envelope.root().node().namespace_id();
    if !envelope.root().namespace().is_ovf() {
        return;
    }
    let mut found = envelope
        .notable_attributes()
        .filter(|found| found.namespace.is_ovf() && found.attribute.namespace_id() != own)
        .filter(|found| found.element.node().namespace_id() == own)
        .map(|found| found.attribute);
    let Some(first) = found.next() else { return };
    let count = found.count().saturating_add(1);
    out.at(
        first.name_span(),
        format_args!(
            "the attribute {} is of OVF {}, its element of OVF {}{}",
            quoted(first.name()),
            version_of(Namespace::of(first.namespace())),
            version_of(envelope.root().namespace()),
            Repeats(count),
        ),
    )
    .help(format_args!("bind its prefix to `{}`", envelope.root().node().namespace()))
    .done();
}

/// The `version` attribute is no part of OVF 1.x and 2.x; when it is there it should be true.
fn version_contradicts_content(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let Some(attribute) = envelope.root().attribute_named(AttributeName::Version) else { return };
    let written = attribute.value();
    let said = written.trim();
    let is = envelope.version();
    let agrees = match is {
        Version::V0_9 => true, // a rule of its own
        Version::V1_0 => matches!(said, "1.0" | "1.0.0" | "1" | "1.x"),
        Version::V1_1 => matches!(said, "1.1" | "1.1.0" | "1.1.1" | "1.x"),
        Version::V2 => said.starts_with('2'),
    };
    if !agrees {
        out.at(
            attribute.value_span(),
            format_args!("the version is given as {}, but this is OVF {is}", quoted(said)),
        )
        .help(format_args!("remove the attribute; readers go by the namespace"))
        .done();
    }
}

/// OVF 0.9: the envelope says `version="0.9"`.
fn missing_legacy_version(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let root = envelope.root();
    if root.namespace() != Namespace::Ovf09 {
        return;
    }
    match root.attribute_named(AttributeName::Version) {
        None => out
            .at(root.name_span(), format_args!("the OVF 0.9 envelope has no `version`"))
            .help(format_args!("add `{}version=\"0.9\"`", prefix_of(root)))
            .done(),
        Some(version) if version.value().trim() != "0.9" => out
            .at(
                version.value_span(),
                format_args!(
                    "the version of an OVF 0.9 envelope is given as {}",
                    quoted(version.value().trim())
                ),
            )
            .help(format_args!("write `0.9`"))
            .done(),
        Some(_) => {}
    }
}

/// The version a namespace stands for.
fn version_of(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Ovf09 => "0.9",
        Namespace::Ovf2 => "2.x",
        _ => "1.x",
    }
}

/// The prefix that OVF attributes have at this element, with its colon.
fn prefix_of(element: Element<'_, '_>) -> String {
    let ovf = element
        .node()
        .in_scope()
        .into_iter()
        .find(|(prefix, uri)| !prefix.is_empty() && Namespace::of(uri) == element.namespace());
    ovf.map_or_else(|| "ovf:".to_owned(), |(prefix, _)| format!("{prefix}:"))
}
