//! DSP0243 9.1 and 5.2; 2.1 9.13: disks.

mod capacity;
mod parents;
mod variable;

use super::{Out, Rule, part, repeated, whole};
use crate::diagnostic::{Code, closest, quoted};
use crate::model::{AttributeName, Disk, Envelope, Signs};
use crate::value::map::HashSet;
use crate::value::number;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_DISK_ID, missing_disk_id).at(Signs::ODD_DISK),
    whole(Code::UNKNOWN_FILE_REF, unknown_file_ref),
    part(Code::EMPTY_FILE_REF, empty_file_ref).at(Signs::ODD_DISK),
    part(Code::DUPLICATE_DISK_ID, duplicate_disk_id),
    part(Code::MISSING_CAPACITY, capacity::missing_capacity).at(Signs::ODD_DISK),
    part(Code::INVALID_CAPACITY, capacity::invalid_capacity).at(Signs::ODD_DISK),
    part(Code::ZERO_CAPACITY, capacity::zero_capacity).at(Signs::ODD_DISK),
    part(Code::VARIABLE_CAPACITY_WITH_FILE, capacity::variable_capacity_with_file)
        .at(Signs::ODD_DISK),
    part(Code::INVALID_CAPACITY_UNITS, capacity::invalid_capacity_units).at(Signs::ODD_DISK),
    part(Code::LOOSE_CAPACITY_UNITS, capacity::loose_capacity_units).at(Signs::ODD_DISK),
    part(Code::CAPACITY_OVERFLOW, capacity::capacity_overflow).at(Signs::ODD_DISK),
    part(Code::UNITS_IN_LEGACY_DISK, capacity::units_in_legacy_disk),
    part(Code::SHARED_FILE_REF, shared_file_ref),
    part(Code::DISK_ORDER, disk_order),
    part(Code::MISSING_DISK_FORMAT, missing_disk_format).at(Signs::ODD_DISK),
    part(Code::UNKNOWN_DISK_FORMAT, unknown_disk_format).at(Signs::ODD_DISK),
    part(Code::INVALID_POPULATED_SIZE, capacity::invalid_populated_size).at(Signs::ODD_DISK),
    part(Code::POPULATED_OVER_CAPACITY, capacity::populated_over_capacity).at(Signs::ODD_DISK),
    part(Code::POPULATED_EMPTY_DISK, capacity::populated_empty_disk).at(Signs::ODD_DISK),
    whole(Code::UNKNOWN_PARENT_DISK, parents::unknown_parent_disk).at(Signs::ODD_DISK),
    part(Code::PARENT_CYCLE, parents::parent_cycle).at(Signs::ODD_DISK),
    part(Code::PARENT_AFTER_CHILD, parents::parent_after_child).at(Signs::ODD_DISK),
    part(Code::PARENT_CAPACITY, parents::parent_capacity).at(Signs::ODD_DISK),
    whole(Code::UNUSED_DISK, unused_disk),
    part(Code::INVALID_READ_ONLY, invalid_read_only).at(Signs::ODD_DISK),
    whole(Code::UNKNOWN_CAPACITY_PROPERTY, variable::unknown_capacity_property).at(Signs::ODD_DISK),
    part(Code::CAPACITY_PROPERTY_TYPE, variable::capacity_property_type).at(Signs::ODD_DISK),
    whole(Code::UNREACHABLE_CAPACITY_PROPERTY, variable::unreachable_capacity_property)
        .at(Signs::ODD_DISK),
];

/// DSP0243 9.1: `diskId` is required.
fn missing_disk_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks().filter(|disk| disk.id().is_none_or(|id| id.value().is_empty())) {
        let span = disk.id().map_or_else(|| disk.element().name_span(), |id| id.span());
        out.at(span, format_args!("the `{}` has no `diskId`", disk.element().local()))
            .help(format_args!("give it an `ovf:diskId` that no other disk has"))
            .done();
    }
}

/// DSP0243 9.1: `fileRef` names a File of References.
fn unknown_file_ref(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file_ref in envelope.disks().filter_map(|disk| disk.file_ref()) {
        let id = file_ref.value();
        if id.is_empty() || envelope.file(&id).is_some() {
            continue;
        }
        out.at(file_ref.value_span(), format_args!("no file has the id {}", quoted(&id)))
            .suggest(
                &id,
                envelope.files().filter_map(|file| Some(file.id()?.value())),
                format_args!(
                    "add the File to References, or remove `fileRef` if the disk is empty"
                ),
            )
            .done();
    }
}

/// DSP0243 9.1: a disk without content has no `fileRef`.
fn empty_file_ref(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file_ref in
        envelope.disks().filter_map(|disk| disk.file_ref()).filter(|file| file.value().is_empty())
    {
        out.at(file_ref.span(), format_args!("the `fileRef` of the disk is empty"))
            .help(format_args!("leave the attribute out if the disk is meant to be empty"))
            .done();
    }
}

/// DSP0243 9.1 and 2.1 9.13: `diskId` is unique, shared disks included.
fn duplicate_disk_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if !envelope.repeats_disk_ids() {
        return;
    }
    for (id, first) in repeated(envelope.disks().filter_map(|disk| disk.id())) {
        out.at(id.value_span(), format_args!("two disks have the id {}", quoted(&id.value())))
            .label(first, format_args!("the other is here"))
            .help(format_args!("rename one of them, and the `HostResource` that refers to it"))
            .done();
    }
}

/// DSP0243 9.1: each disk has a file of its own.
fn shared_file_ref(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for (file, first) in repeated(envelope.disks().filter_map(|disk| disk.file_ref())) {
        out.at(
            file.value_span(),
            format_args!("two disks have the content of the file {}", quoted(&file.value())),
        )
        .label(first, format_args!("the other is here"))
        .help(format_args!("let both devices refer to one Disk, or add a file for the second"))
        .done();
    }
}

/// DSP0243 9.1: disks stand in the order of their files. Each disk is compared with the one before it
/// that has a file.
fn disk_order(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut before = None;
    for disk in envelope.disks() {
        let Some(file_ref) = disk.file_ref() else { continue };
        let Some(file) = envelope.file(&file_ref.value()) else { continue };
        let place = file.element().start_tag().start;
        if let Some((earlier, span)) = before
            && place < earlier
        {
            out.at(
                file_ref.value_span(),
                format_args!("the disk of the file {} comes too late", quoted(&file_ref.value())),
            )
            .label(span, format_args!("the file of this disk stands after it in References"))
            .help(format_args!("sort the disks like their files"))
            .done();
        }
        before = Some((place, file_ref.value_span()));
    }
}

/// DSP0243 5.2: a disk with content says what its format is.
fn missing_disk_format(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for disk in envelope.disks().filter(|disk| has_file(*disk)) {
        if disk.format().is_none_or(|format| format.value().trim().is_empty()) {
            let span =
                disk.format().map_or_else(|| disk.element().name_span(), |format| format.span());
            out.at(span, format_args!("the disk has a file and no `format`"))
                .help(format_args!("add `ovf:format` with the URI of the format"))
                .done();
        }
    }
}

/// What stands before the `#` of the formats that importers are known to read, without `http://` or
/// `https://`.
const FORMATS: &[&str] = &[
    "www.vmware.com/interfaces/specifications/vmdk.html",
    "www.vmware.com/specifications/vmdk.html",
    "www.vmware.com/technical-resources/interfaces/vmdk_access.html",
    "www.gnome.org/~markmc/qcow-image-format.html",
    "go.microsoft.com/fwlink/?LinkId=137171",
    "technet.microsoft.com/en-us/virtualserver/bb676673.aspx",
    "technet.microsoft.com/en-us/library/bb676673.aspx",
];

/// DSP0243 5.2: the format is a URI that identifies a public specification.
fn unknown_disk_format(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for format in envelope.disks().filter_map(|disk| disk.format()) {
        let value = format.value();
        let written = value.trim();
        let bare = written
            .strip_prefix("http://")
            .or_else(|| written.strip_prefix("https://"))
            .unwrap_or(written);
        let base = bare.split('#').next().unwrap_or_default().trim_end_matches('/');
        if base.is_empty() || FORMATS.contains(&base) {
            continue;
        }
        let draft = out.at(
            format.value_span(),
            format_args!("the disk format {} is not known", quoted(written)),
        );
        match closest(base, FORMATS.iter().copied()) {
            Some(meant) => {
                draft.help(format_args!("write `http://{meant}` if that is meant")).done()
            }
            None => draft
                .help(format_args!("check the spelling; importers compare it as a string"))
                .done(),
        }
    }
}

fn unused_disk(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    // A parent is used by its child.
    let parents = envelope.disks().filter_map(|disk| disk.parent_ref());
    let parents: HashSet<_> = parents.map(|parent| parent.value()).collect();
    let is_used = |id: &str| {
        parents.contains(id)
            || envelope.disk(id).is_some_and(|disk| envelope.uses().has(disk.element()))
    };
    for id in envelope.disks().filter_map(|disk| disk.id()) {
        if !id.value().is_empty() && !is_used(&id.value()) {
            out.at(
                id.value_span(),
                format_args!("no machine uses the disk {}", quoted(&id.value())),
            )
            .help(format_args!("remove it and its File, or add the device that should have it"))
            .done();
        }
    }
}

/// DSP0243 2.1 9.13: `readOnly` is an `xs:boolean`.
fn invalid_read_only(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for read_only in
        envelope.disks().filter_map(|disk| disk.element().attribute_named(AttributeName::ReadOnly))
    {
        if number::boolean(&read_only.value()).is_err() {
            out.at(
                read_only.value_span(),
                format_args!("`readOnly` is {}, no boolean", quoted(&read_only.value())),
            )
            .help(format_args!("write `true` or `false`"))
            .done();
        }
    }
}

/// Whether a disk has content.
fn has_file(disk: Disk<'_, '_>) -> bool {
    disk.file_ref().is_some_and(|file| !file.value().is_empty())
}
