//! What vCloud Director refuses, renames or loses.
//!
//! Source: vCloud API Programming Guide 1.0 to 5.5, and VMware's schema `ovf-vmware.xsd`.

use std::borrow::Cow;

use super::{Check, Needs, Out, Rule, Targets};
use crate::diagnostic::{Code, quoted};
use crate::model::{
    AttributeName, Element, ElementName, Envelope, OstNode, OstNodeType, PartKind, SectionKind,
    Signs,
};
use crate::namespace::{Namespace, OVF_1};
use crate::policy::Target;
use crate::span::Span;
use crate::value::vcloud_name::{NAME_CHARS, TooManyAlike, shorten};

pub(super) const RULES: &[Rule] = &[
    rule(Code::NAMESPACE_NOT_TAKEN, namespace_not_taken),
    rule(Code::COMPRESSION_NOT_TAKEN, compression_not_taken),
    rule(Code::MISSING_FILE_SIZE, missing_file_size),
    rule(Code::RENAMED_MACHINE, renamed_machine),
    rule(Code::TOO_MANY_ALIKE, too_many_alike),
    rule(Code::LOST_IN_1_0, lost_in_1_0),
    rule(Code::IGNORED_SECTION, ignored_section),
];

const fn rule(code: Code, check: fn(&Envelope<'_>, &mut Out<'_>)) -> Rule {
    Rule {
        code,
        on: Targets::Only(Target::VCloud),
        needs: Needs::Part,
        signs: Signs::ANY,
        check: Check::Once(check),
    }
}

/// vCloud Director reads OVF 1.0 and 1.1.
fn namespace_not_taken(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let root = envelope.root();
    if root.node().namespace() != OVF_1 {
        out.at(
            root.name_span(),
            format_args!(
                "vCloud Director does not read the namespace {}",
                quoted(root.node().namespace())
            ),
        )
        .help(format_args!("export it as 1.0 or 1.1, in the namespace `{OVF_1}`"))
        .done();
    }
}

/// vCloud Director refuses packages with compressed files.
fn compression_not_taken(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for compression in envelope.files().filter_map(|file| file.compression()) {
        let value = compression.value();
        if !matches!(&*value, "" | "identity") {
            out.at(
                compression.value_span(),
                format_args!("vCloud Director refuses files compressed with {}", quoted(&value)),
            )
            .help(format_args!("store the file as it is, and leave the attribute out"))
            .done();
        }
    }
}

/// An upload is complete when all files have their size, so it has to be known.
fn missing_file_size(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file in envelope.files().filter(|file| file.size().is_none()) {
        out.at(file.element().name_span(), format_args!("the File has no `size`"))
            .help(format_args!("add `ovf:size` with the size of the file in bytes"))
            .done();
    }
}

/// A machine, where its id stands, and what becomes of it; `Err` when too many are alike.
pub(crate) struct Named<'e, 's> {
    pub(crate) node: OstNode<'e, 's>,
    pub(crate) id: Cow<'s, str>,
    pub(crate) span: Span,
    pub(crate) name: Result<String, TooManyAlike>,
}

/// The machines that have an id, in document order, with the names they get.
pub(crate) fn names<'e, 's>(envelope: &'e Envelope<'s>) -> Vec<Named<'e, 's>> {
    let (systems, others): (Vec<_>, Vec<_>) = envelope
        .ost_nodes()
        .filter(|node| node.node_type() != OstNodeType::Envelope)
        .filter_map(|node| Some((node, node.element().attribute_named(AttributeName::Id)?)))
        .map(|(node, id)| (node, id.value(), id.value_span()))
        .partition(|(node, ..)| node.node_type() == OstNodeType::VirtualSystem);
    let names =
        shorten(systems.iter().map(|(_, id, _)| &**id), others.iter().map(|(_, id, _)| &**id));
    let names: Vec<_> = names.into_iter().map(|name| name.map(Cow::into_owned)).collect();
    let named = systems.into_iter().zip(names);
    named.map(|((node, id, span), name)| Named { node, id, span, name }).collect()
}

/// The id of a machine that is too long is shortened and numbered. Where that fails nothing is renamed.
fn renamed_machine(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let names = names(envelope);
    if names.iter().any(|named| named.name.is_err()) {
        return;
    }
    for Named { id, span, name, .. } in names {
        if let Ok(name) = name
            && *name != *id
        {
            out.at(
                span,
                format_args!("vCloud Director renames {} to {}", quoted(&id), quoted(&name)),
            )
            .help(format_args!("choose an id of up to {NAME_CHARS} characters to keep it"))
            .done();
        }
    }
}

/// There are three digits to tell shortened ids apart.
fn too_many_alike(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for Named { id, span, name, .. } in names(envelope) {
        if let Err(error) = name {
            out.at(span, format_args!("the id {} {error}", quoted(&id)))
                .help(format_args!("choose an id of up to {NAME_CHARS} characters"))
                .done();
        }
    }
}

/// What is lost of one kind: where it is first, and how often it is there.
struct Loss {
    what: &'static str,
    first: Span,
    count: usize,
}

/// vCloud Director writes OVF 1.0, which lacks what 1.1 added. One finding for each kind.
fn lost_in_1_0(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let properties = envelope
        .sections(SectionKind::Product)
        .flat_map(|(_, section)| section.element().children_of(ElementName::Property));
    let hardware: Vec<Element<'_, '_>> = envelope
        .sections(SectionKind::VirtualHardware)
        .map(|(_, section)| section.element())
        .collect();
    let language = envelope
        .root()
        .attribute_named_in(Namespace::Xml, AttributeName::Lang)
        .filter(|language| !language.value().eq_ignore_ascii_case("en-US"));
    let bundles = envelope.ost().parts().filter(|part| part.kind == PartKind::Strings);
    let losses = [
        loss(
            "the mark of a password",
            properties
                .filter_map(|it| it.attribute_named(AttributeName::Password))
                .map(|it| it.name_span()),
        ),
        loss(
            "the id of virtual hardware",
            hardware
                .iter()
                .filter_map(|it| it.attribute_named(AttributeName::Id))
                .map(|it| it.name_span()),
        ),
        loss("the language of the texts", language.iter().map(|it| it.name_span())),
        loss(
            "an external message bundle",
            bundles
                .filter_map(|it| it.element.attribute_named(AttributeName::FileRef))
                .map(|it| it.name_span()),
        ),
        loss(
            "the unit of a quantity",
            hardware
                .iter()
                .flat_map(|section| section.children())
                .filter_map(|item| {
                    item.child_named_in(Namespace::Rasd, ElementName::VirtualQuantityUnits)
                })
                .map(Element::name_span),
        ),
    ];
    for Loss { what, first, count } in losses.into_iter().flatten() {
        let message = match count {
            1 => format!("{what} is lost in OVF 1.0"),
            2 => format!("{what} is lost in OVF 1.0, here and in 1 more place"),
            n => format!(
                "{what} is lost in OVF 1.0, here and in {} more places",
                n.saturating_sub(1)
            ),
        };
        out.at(first, format_args!("{message}"))
            .help(format_args!("do without it, or keep the package that was uploaded"))
            .done();
    }
}

fn loss(what: &'static str, mut places: impl Iterator<Item = Span>) -> Option<Loss> {
    let first = places.next()?;
    Some(Loss { what, first, count: places.count().saturating_add(1) })
}

/// VMware's schema: vCloud Director passes over storage groups, and does not export them.
fn ignored_section(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let groups = envelope.storage_groups().map(|group| group.element());
    let members = envelope.storage_references().map(|(_, reference)| reference.element());
    for section in groups.chain(members) {
        out.at(
            section.name_span(),
            format_args!("vCloud Director passes over {}", quoted(section.local())),
        )
        .help(format_args!("choose the storage policy when the package is deployed"))
        .done();
    }
}
