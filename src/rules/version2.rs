//! DSP0243 2.1 9.11 to 9.16: sections of OVF 2.

use super::{Out, Rule, part, repeated, unknown_members, whole};
use crate::diagnostic::{Code, quoted};
use crate::model::{AttributeName, Envelope, OstSection, SectionKind};
use crate::namespace::Version;
use crate::value::map::HashSet;
use crate::value::{number, path};
use crate::xml::Attribute;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_SCALE_OUT_ID, missing_scale_out_id),
    whole(Code::UNKNOWN_SCALE_OUT_ENTITY, unknown_scale_out_entity),
    whole(Code::MISSING_INSTANCE_COUNT, missing_instance_count),
    part(Code::INVALID_INSTANCE_COUNT, invalid_instance_count),
    part(Code::INSTANCE_COUNT_RANGE, instance_count_range),
    part(Code::MISSING_PLACEMENT_GROUP_ID, missing_placement_group_id),
    part(Code::DUPLICATE_PLACEMENT_GROUP, duplicate_placement_group),
    part(Code::INVALID_PLACEMENT_POLICY, invalid_placement_policy),
    whole(Code::UNKNOWN_PLACEMENT_GROUP, unknown_placement_group),
    whole(Code::EMPTY_ENCRYPTION_SECTION, empty_encryption_section),
    whole(Code::EMPTY_BOOT_DEVICE_SECTION, empty_boot_device_section),
    whole(Code::UNKNOWN_ENVIRONMENT_FILE, unknown_environment_file),
    part(Code::INVALID_ENVIRONMENT_PATH, invalid_environment_path),
    part(Code::NEEDS_OVF_2_READER, needs_ovf_2_reader),
];

/// DSP0243 2.1 9.14: `id` is required.
fn missing_scale_out_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, scale_out) in envelope.scale_outs().filter(|(_, scale_out)| scale_out.id().is_none()) {
        out.at(scale_out.element().name_span(), format_args!("the section has no `id`"))
            .help(format_args!("give it the id of the member that is multiplied"))
            .done();
    }
}

/// DSP0243 2.1 9.14: a direct member of the collection is multiplied.
fn unknown_scale_out_entity(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    fn ids<'e, 's>(section: OstSection<'e, 's>) -> Vec<Attribute<'e, 's>> {
        section.element().attribute_named(AttributeName::Id).into_iter().collect()
    }
    unknown_members(envelope, SectionKind::ScaleOut, ids, out);
}

/// DSP0243 2.1 9.14: the section says how many instances there are.
fn missing_instance_count(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, scale_out) in envelope.scale_outs() {
        if scale_out.instance_counts().next().is_none() {
            out.at(
                scale_out.element().name_span(),
                format_args!("the section has no `InstanceCount`"),
            )
            .help(format_args!("add `InstanceCount` with `ovf:default`"))
            .done();
        }
    }
}

/// DSP0243 2.1 9.14: the numbers of instances are an `xs:unsignedInt`; `default` is required.
fn invalid_instance_count(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for count in envelope.scale_outs().flat_map(|(_, scale_out)| scale_out.instance_counts()) {
        if count.default().is_none() {
            out.at(
                count.element().name_span(),
                format_args!("the `InstanceCount` has no `default`"),
            )
            .help(format_args!("add `ovf:default` with the number of instances"))
            .done();
        }
        for attribute in [count.default(), count.minimum(), count.maximum()].into_iter().flatten() {
            if let Err(error) = number::unsigned_int(&attribute.value()) {
                out.at(
                    attribute.value_span(),
                    format_args!(
                        "the `{}` {} {error}",
                        attribute.local(),
                        quoted(&attribute.value())
                    ),
                )
                .help(format_args!("write a whole number"))
                .done();
            }
        }
    }
}

/// DSP0243 2.1 9.14: minimum ≤ default ≤ maximum, where the minimum is 1 when absent.
fn instance_count_range(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for count in envelope.scale_outs().flat_map(|(_, scale_out)| scale_out.instance_counts()) {
        let Some(written) = count.default() else { continue };
        let Ok(default) = number::unsigned_int(&written.value()) else { continue };
        let minimum =
            count.minimum().map_or(Ok(1), |minimum| number::unsigned_int(&minimum.value()));
        let maximum =
            count.maximum().map_or(Ok(u32::MAX), |maximum| number::unsigned_int(&maximum.value()));
        if let (Ok(minimum), Ok(maximum)) = (minimum, maximum)
            && !(minimum..=maximum).contains(&default)
        {
            let limits = if maximum == u32::MAX {
                format!("{minimum} or more")
            } else {
                format!("{minimum} to {maximum}")
            };
            out.at(
                written.value_span(),
                format_args!("the default of {default} instances is not within {limits}"),
            )
            .help(format_args!("write `minimum` ≤ `default` ≤ `maximum`"))
            .done();
        }
    }
}

/// DSP0243 2.1 9.15: `id` is required.
fn missing_placement_group_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for group in envelope.placement_groups().filter(|group| group.id().is_none()) {
        out.at(group.element().name_span(), format_args!("the placement group has no `id`"))
            .help(format_args!("give it an id that no other group has"))
            .done();
    }
}

/// DSP0243 2.1 9.15: ids of groups are unique.
fn duplicate_placement_group(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (id, first) in repeated(envelope.placement_groups().filter_map(|group| group.id())) {
        out.at(
            id.value_span(),
            format_args!("two placement groups have the id {}", quoted(&id.value())),
        )
        .label(first, format_args!("the other is here"))
        .help(format_args!("rename one of them, and what refers to it"))
        .done();
    }
}

/// DSP0243 2.1 9.15: `policy` is `affinity` or `availability`.
fn invalid_placement_policy(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for group in envelope.placement_groups() {
        match group.policy() {
            None => out
                .at(
                    group.element().name_span(),
                    format_args!("the placement group has no `policy`"),
                )
                .help(format_args!("write `affinity` for together, `availability` for apart"))
                .done(),
            Some(policy) if !matches!(&*policy.value(), "affinity" | "availability") => out
                .at(
                    policy.value_span(),
                    format_args!("the policy {} is not known", quoted(&policy.value())),
                )
                .help(format_args!("write `affinity` for together, `availability` for apart"))
                .done(),
            Some(_) => {}
        }
    }
}

/// DSP0243 2.1 9.15: `group` names a placement group.
fn unknown_placement_group(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let known: HashSet<_> =
        envelope.placement_groups().filter_map(|group| group.id()).map(|id| id.value()).collect();
    for placement in envelope.placements() {
        let Some(group) = placement.group() else {
            out.at(placement.element().name_span(), format_args!("the section has no `group`"))
                .help(format_args!("give it the id of a `PlacementGroupSection`"))
                .done();
            continue;
        };
        if !known.contains(&group.value()) {
            out.at(
                group.value_span(),
                format_args!("no placement group has the id {}", quoted(&group.value())),
            )
            .help(format_args!("give it the id of a `PlacementGroupSection`"))
            .done();
        }
    }
}

/// DSP0243 2.1 9.16: an encryption section has a key.
fn empty_encryption_section(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    const KEYS: &[&str] = &["EncryptedKey", "DerivedKey"];
    for (_, section) in envelope.sections(SectionKind::Encryption) {
        if !section.element().children().any(|child| KEYS.contains(&child.local())) {
            out.at(section.element().name_span(), format_args!("the section has no key"))
                .help(format_args!("add `EncryptedKey` or `DerivedKey` of XML Encryption"))
                .done();
        }
    }
}

/// DSP0243 2.1 9.12: a boot device section has a boot configuration.
fn empty_boot_device_section(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (_, section) in envelope.sections(SectionKind::BootDevice) {
        if !section.element().children().any(|child| child.local() == "CIM_BootConfigSetting") {
            out.at(
                section.element().name_span(),
                format_args!("the section has no boot configuration"),
            )
            .help(format_args!("add `CIM_BootConfigSetting`"))
            .done();
        }
    }
}

/// DSP0243 2.1 9.11: `fileRef` names a File of References.
fn unknown_environment_file(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file in envelope.environment_files() {
        let Some(file_ref) = file.file_ref() else {
            out.at(file.element().name_span(), format_args!("the File has no `fileRef`"))
                .help(format_args!("give it the id of a File of References"))
                .done();
            continue;
        };
        if envelope.file(&file_ref.value()).is_none() {
            out.at(
                file_ref.value_span(),
                format_args!("no file has the id {}", quoted(&file_ref.value())),
            )
            .help(format_args!("give `ovf:fileRef` the id of a File, or add the File"))
            .done();
        }
    }
}

/// DSP0243 2.1 9.11: `path` is relative and stays below the place of the environment.
fn invalid_environment_path(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file in envelope.environment_files() {
        let Some(written) = file.path() else {
            out.at(file.element().name_span(), format_args!("the File has no `path`"))
                .help(format_args!("add `ovf:path` with a plain relative path"))
                .done();
            continue;
        };
        if let Err(reason) = path::check(&written.value()) {
            out.at(
                written.value_span(),
                format_args!("the path {} {reason}", quoted(&written.value())),
            )
            .help(format_args!("write a plain relative path"))
            .done();
        }
    }
}

/// DSP0243 2.1 8.3: an envelope of 2.x is unknown to readers of 1.x. One finding for all of it.
fn needs_ovf_2_reader(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if envelope.version() == Version::V2 {
        out.at(envelope.root().name_span(), format_args!("the package needs a reader of OVF 2"))
            .help(format_args!("export it as OVF 1.0 if the importer is not known to read 2.x"))
            .done();
    }
}
