//! DSP0243 8.1 and 9: where sections stand, and how often.

use super::{Out, Rule, each_part, part};
use crate::diagnostic::{Code, quoted};
use crate::model::{Envelope, OstNodeType, OstSection, Scope, SectionKind};

pub(super) const RULES: &[Rule] = &[
    each_part(Code::MISPLACED_SECTION, misplaced_section),
    part(Code::PRODUCT_ON_ENVELOPE, product_on_envelope),
    each_part(Code::REPEATED_SECTION, repeated_section),
    each_part(Code::SPLIT_SECTION, split_section),
];

use OstNodeType::{
    Envelope as ENVELOPE, VirtualSystem as SYSTEM, VirtualSystemCollection as COLLECTION,
};
use Times::{List, Many, Once};

/// How often a section may stand on one node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    /// Once; but as it is a list, several of them have a plain meaning.
    List,
    Many,
}

/// The places of the standard's sections: tables 4 and 5 of DSP0243 1.1, clauses 9.11 to 9.16 of 2.1.
/// The schema does not enforce them.
const PLACES: &[(SectionKind, &[OstNodeType], Times)] = &[
    (SectionKind::Annotation, &[SYSTEM, COLLECTION], Once),
    (SectionKind::BootDevice, &[SYSTEM], Many),
    (SectionKind::DeploymentOption, &[ENVELOPE], Once),
    (SectionKind::Disk, &[ENVELOPE], List),
    (SectionKind::Encryption, &[ENVELOPE], Once),
    (SectionKind::EnvironmentFiles, &[SYSTEM], Once),
    (SectionKind::Eula, &[SYSTEM, COLLECTION], Many),
    (SectionKind::Install, &[SYSTEM], Once),
    (SectionKind::Network, &[ENVELOPE], List),
    (SectionKind::OperatingSystem, &[SYSTEM], Once),
    (SectionKind::Placement, &[SYSTEM, COLLECTION], Once),
    (SectionKind::PlacementGroup, &[ENVELOPE], Many),
    (SectionKind::Product, &[SYSTEM, COLLECTION], Many),
    (SectionKind::ResourceAllocation, &[COLLECTION], Once),
    (SectionKind::ScaleOut, &[COLLECTION], Many),
    (SectionKind::SharedDisk, &[ENVELOPE], List),
    (SectionKind::Startup, &[COLLECTION], Once),
    (SectionKind::VirtualHardware, &[SYSTEM], Many),
];

/// DSP0243 8.1 and 9: a section stands only where it has a meaning.
fn misplaced_section(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for node in envelope.ost_nodes() {
        for section in node.sections() {
            let Some(places) = places(section.kind()) else { continue };
            let tolerated = is_about_product(section) && node.node_type() == ENVELOPE;
            if places.contains(&node.node_type()) || tolerated {
                continue;
            }
            let names: Vec<String> =
                places.iter().map(|place| format!("`{}`", place.element())).collect();
            let places = names.join(" or ");
            out.at(
                section.element().name_span(),
                format_args!(
                    "{} may not stand in `{}`",
                    quoted(section.name()),
                    node.node_type().element()
                ),
            )
            .help(format_args!("move it to {places}"))
            .done();
        }
    }
}

/// DSP0243 9.5 and 9.6: products and licences belong to an entity; on the envelope importers take them.
fn product_on_envelope(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for section in envelope.ost().sections().filter(|&section| is_about_product(section)) {
        out.at(
            section.element().name_span(),
            format_args!("{} stands in `Envelope`", quoted(section.name())),
        )
        .help(format_args!("move it to `VirtualSystem` or `VirtualSystemCollection`"))
        .done();
    }
}

/// DSP0243 9: some sections stand on a node once at most.
fn repeated_section(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (node, again, first) in repetitions(envelope, Once) {
        out.at(
            again.element().name_span(),
            format_args!("{} stands twice in `{}`", quoted(again.name()), node.element()),
        )
        .label(first.element().name_span(), format_args!("the first is here"))
        .help(format_args!("put everything into one section"))
        .done();
    }
}

/// DSP0243 9.1, 9.2 and 2.1 9.13: the disks and the networks are each in one section.
fn split_section(envelope: &Scope<'_, '_>, out: &mut Out<'_>) {
    for (node, again, first) in repetitions(envelope, List) {
        out.at(
            again.element().name_span(),
            format_args!("{} stands twice in `{}`", quoted(again.name()), node.element()),
        )
        .label(first.element().name_span(), format_args!("the first is here"))
        .help(format_args!("move everything into the first"))
        .done();
    }
}

/// The sections of the kinds that may stand on a node so often which are not the first of their kind
/// there, each with the type of the node and the first.
fn repetitions<'e, 's>(
    envelope: &Scope<'e, 's>,
    times: Times,
) -> Vec<(OstNodeType, OstSection<'e, 's>, OstSection<'e, 's>)> {
    let mut found = Vec::new();
    for node in envelope.ost_nodes().filter(|node| node.repeats_sections()) {
        let mut firsts: [Option<OstSection<'_, '_>>; PLACES.len()] = [None; PLACES.len()];
        for section in node.sections() {
            let row =
                PLACES.iter().position(|&(kind, _, most)| kind == section.kind() && most == times);
            match row.and_then(|row| firsts.get_mut(row)) {
                Some(Some(first)) => found.push((node.node_type(), section, *first)),
                Some(slot) => *slot = Some(section),
                None => {}
            }
        }
    }
    found
}

/// The nodes a section of the standard may stand on; `None` for other sections.
pub(crate) fn places(kind: SectionKind) -> Option<&'static [OstNodeType]> {
    PLACES.iter().find(|&&(known, _, _)| known == kind).map(|&(_, places, _)| places)
}

fn is_about_product(section: OstSection<'_, '_>) -> bool {
    matches!(section.kind(), SectionKind::Product | SectionKind::Eula)
}
