//! DSP0243 7.1: files.

use super::{Out, Rule, part, repeated, whole};
use crate::diagnostic::{Code, closest, quoted};
use crate::model::{AttributeName, Envelope, PartKind, Signs};
use crate::value::href::{Deviation, Href, HrefError, Target};
use crate::value::map::{HashSet, map_with_room};
use crate::value::number::{self, NumberError};
use crate::value::path::Unsafe;

pub(super) const RULES: &[Rule] = &[
    part(Code::MISSING_FILE_ID, missing_file_id).at(Signs::ODD_FILE),
    part(Code::EMPTY_FILE_ID, empty_file_id).at(Signs::ODD_FILE),
    part(Code::DUPLICATE_FILE_ID, duplicate_file_id),
    part(Code::MISSING_HREF, missing_href).at(Signs::ODD_FILE),
    part(Code::EMPTY_HREF, empty_href).at(Signs::ODD_FILE),
    part(Code::MALFORMED_HREF, malformed_href).at(Signs::ODD_FILE),
    part(Code::UNUSUAL_HREF_SCHEME, unusual_href_scheme).at(Signs::ODD_FILE),
    part(Code::UNSAFE_HREF, unsafe_href).at(Signs::ODD_FILE),
    part(Code::REMOTE_FILE, remote_file).at(Signs::ODD_FILE),
    part(Code::DUPLICATE_HREF, duplicate_href),
    part(Code::INVALID_FILE_SIZE, invalid_file_size).at(Signs::ODD_FILE),
    part(Code::NEGATIVE_FILE_SIZE, negative_file_size).at(Signs::ODD_FILE),
    part(Code::ZERO_FILE_SIZE, zero_file_size).at(Signs::ODD_FILE),
    part(Code::UNKNOWN_COMPRESSION, unknown_compression).at(Signs::ODD_FILE),
    part(Code::INVALID_CHUNK_SIZE, invalid_chunk_size).at(Signs::ODD_FILE),
    whole(Code::UNUSED_FILE, unused_file),
    part(Code::BUNDLE_AFTER_FILES, bundle_after_files),
    part(Code::PARENT_FILE_AFTER_CHILD, parent_file_after_child).at(Signs::ODD_DISK),
    part(Code::UNEXPECTED_REFERENCE, unexpected_reference),
];

/// DSP0243 7.1: `id` is required.
fn missing_file_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file in envelope.files().filter(|file| file.id().is_none()) {
        out.at(file.element().name_span(), format_args!("the File has no `id`"))
            .help(format_args!("give it an `ovf:id` that no other File has"))
            .done();
    }
}

/// DSP0243 7.1: `id` is what others refer to, so it is not empty.
fn empty_file_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for id in envelope.files().filter_map(|file| file.id()).filter(|id| id.value().is_empty()) {
        out.at(id.span(), format_args!("the `id` of the File is empty"))
            .help(format_args!("give it a name that no other File has"))
            .done();
    }
}

/// DSP0243 7.1: ids are unique in the package.
fn duplicate_file_id(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    if !envelope.repeats_file_ids() {
        return;
    }
    for (id, first) in repeated(envelope.files().filter_map(|file| file.id())) {
        out.at(id.value_span(), format_args!("two Files have the id {}", quoted(&id.value())))
            .label(first, format_args!("the other is here"))
            .help(format_args!("rename one of them, and what refers to it"))
            .done();
    }
}

/// DSP0243 7.1: `href` is required.
fn missing_href(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for file in envelope.files().filter(|file| file.href().is_none()) {
        out.at(file.element().name_span(), format_args!("the File has no `href`"))
            .help(format_args!(
                "add `ovf:href` with the path of the file relative to the descriptor"
            ))
            .done();
    }
}

/// DSP0243 7.1: `href` names a file.
fn empty_href(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for href in envelope.files().filter_map(|file| file.href()) {
        let message = match Href::parse(&href.value()) {
            Ok(_) => continue,
            Err(HrefError::Empty) => "the `href` of the File is empty",
            Err(HrefError::NoFile) => "the `href` of the File names no file",
        };
        out.at(href.span(), format_args!("{message}"))
            .help(format_args!("write the path of the file relative to the descriptor"))
            .done();
    }
}

/// DSP0243 7.1: `href` is a URI reference, RFC 3986. Letters outside of ASCII are taken as an IRI, and
/// rules of their own tell of paths that are not safe.
fn malformed_href(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for href in envelope.files().filter_map(|file| file.href()) {
        let value = href.value();
        let Ok(parsed) = Href::parse(&value) else { continue };
        // A secret in a URL and a macro explain the other characters around them.
        let first = [Deviation::UserInfo, Deviation::Macro]
            .into_iter()
            .find(|d| parsed.deviations.contains(d));
        let any = || parsed.deviations.iter().copied().find(|d| *d != Deviation::NonAscii);
        let Some(deviation) = first.or_else(any) else { continue };
        let (what, cure) = match deviation {
            Deviation::EdgeBlank => ("has blanks around it", "remove them"),
            Deviation::Blank => ("holds a blank", "write `%20` for a blank"),
            Deviation::Backslash => ("holds a backslash", "write `/` between folders"),
            Deviation::BadEscape => {
                ("holds a `%` that begins no escape", "write `%25` for the character `%`")
            }
            Deviation::Macro => {
                ("holds `${`, which nobody replaces here", "write the name of the file")
            }
            Deviation::Query => ("has a query", "write `%3F` if `?` is part of the name"),
            Deviation::Fragment => ("has a fragment", "write `%23` if `#` is part of the name"),
            Deviation::UserInfo => {
                ("holds a user name or password", "keep secrets out of descriptors")
            }
            _ => ("holds a character that no URI may hold", "write it as a `%` escape"),
        };
        // A URL with a password in it is not repeated.
        let message = match deviation {
            Deviation::UserInfo => format!("the `href` of the File {what}"),
            _ => format!("the `href` {} {what}", quoted(&value)),
        };
        out.at(href.value_span(), format_args!("{message}")).help(format_args!("{cure}")).done();
    }
}

/// DSP0243 7.1: relative paths, `file`, `http` and `https`; others are discouraged.
fn unusual_href_scheme(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for href in envelope.files().filter_map(|file| file.href()) {
        let value = href.value();
        if let Ok(Href { target: Target::Other { scheme }, .. }) = Href::parse(&value) {
            out.at(
                href.value_span(),
                format_args!("few readers know the scheme {}", quoted(scheme)),
            )
            .help(format_args!("put the file beside the descriptor and write its name"))
            .done();
        }
    }
}

/// DSP0243 7.1: a relative path stays in the folder of the descriptor, on every platform.
fn unsafe_href(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for href in envelope.files().filter_map(|file| file.href()) {
        let value = href.value();
        let Ok(parsed) = Href::parse(&value) else { continue };
        match parsed.safe_relative_path() {
            Ok(_) | Err(Unsafe::Remote | Unsafe::OtherScheme | Unsafe::EdgeBlank) => {}
            Err(reason) => out
                .at(href.value_span(), format_args!("the `href` {} {reason}", quoted(&value)))
                .help(format_args!("put the file into the folder of the descriptor or below, and name it by a plain relative path"))
                .done(),
        }
    }
}

/// DSP0243 7.1: a URL names what is not in the package.
fn remote_file(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for href in envelope.files().filter_map(|file| file.href()) {
        if matches!(Href::parse(&href.value()), Ok(Href { target: Target::Remote, .. })) {
            out.at(
                href.value_span(),
                format_args!("the file is elsewhere on the network and is not checked"),
            )
            .done();
        }
    }
}

/// DSP0243 7.1: two Files never name one file. They are compared by what they name.
fn duplicate_href(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let mut seen = map_with_room(envelope.files().count());
    for href in envelope.files().filter_map(|file| file.href()) {
        // What is plain is its own key.
        let key = match href.value() {
            value if Href::is_plain(&value) => value,
            value => match Href::parse(&value) {
                Ok(parsed) => parsed.key().into(),
                Err(_) => continue,
            },
        };
        if let Some(first) = seen.get(&key).copied() {
            out.at(
                href.value_span(),
                format_args!("two Files name the file {}", quoted(&href.value())),
            )
            .label(first, format_args!("the other is here"))
            .help(format_args!("keep one File and let everything refer to it"))
            .done();
        } else {
            seen.insert(key, href.value_span());
        }
    }
}

/// DSP0243 7.1: `size` is an `xs:unsignedLong`, in bytes.
fn invalid_file_size(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for size in envelope.files().filter_map(|file| file.size()) {
        if let Err(error) = number::unsigned_long(&size.value())
            && error != NumberError::Negative
        {
            out.at(size.value_span(), format_args!("the size {} {error}", quoted(&size.value())))
                .help(format_args!("write the size in bytes, or leave the attribute out"))
                .done();
        }
    }
}

/// DSP0243 7.1: `size` is not negative. Importers take a negative one for an unknown size.
fn negative_file_size(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for size in envelope.files().filter_map(|file| file.size()) {
        if number::unsigned_long(&size.value()) == Err(NumberError::Negative) {
            out.at(
                size.value_span(),
                format_args!("the size {} is negative", quoted(&size.value())),
            )
            .help(format_args!("write the size in bytes, or leave the attribute out"))
            .done();
        }
    }
}

/// DSP0243 7.1: `size` is that of the stored file.
fn zero_file_size(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for size in envelope.files().filter_map(|file| file.size()) {
        if number::unsigned_long(&size.value()) == Ok(0) {
            out.at(size.value_span(), format_args!("the size of the File is 0"))
                .help(format_args!("write the size in bytes, or leave the attribute out"))
                .done();
        }
    }
}

/// DSP0243 7.1: `compression` is `gzip` or `identity`; empty means none.
fn unknown_compression(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for compression in envelope.files().filter_map(|file| file.compression()) {
        let value = compression.value();
        if !matches!(&*value, "" | "gzip" | "identity") {
            let meant = closest(&value, ["gzip", "identity"]).unwrap_or("gzip");
            out.at(
                compression.value_span(),
                format_args!("the compression {} is unknown", quoted(&value)),
            )
            .help(format_args!(
                "write `{meant}`, or leave the attribute out for a file that is not compressed"
            ))
            .done();
        }
    }
}

/// DSP0243 7.1: `chunkSize` is a positive number of bytes; the schema lets negative ones through.
fn invalid_chunk_size(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for size in envelope.files().filter_map(|file| file.chunk_size()) {
        let value = size.value();
        let parsed = number::long(&value).map(|size| size > 0);
        let message = match parsed {
            Ok(true) => continue,
            Ok(false) => format!("the chunk size {} is not positive", quoted(&value)),
            Err(error) => format!("the chunk size {} {error}", quoted(&value)),
        };
        out.at(size.value_span(), format_args!("{message}"))
            .help(format_args!("write the size of the pieces in bytes, or leave the attribute out"))
            .done();
    }
}

/// DSP0243 7.1: files are there to be used.
fn unused_file(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let is_used =
        |id: &str| envelope.file(id).is_some_and(|file| envelope.uses().has(file.element()));
    for id in envelope.files().filter_map(|file| file.id()) {
        if !id.value().is_empty() && !is_used(&id.value()) {
            out.at(id.value_span(), format_args!("nothing uses the File {}", quoted(&id.value())))
                .help(format_args!("remove it, or add what should refer to it"))
                .done();
        }
    }
}

/// DSP0243 10.2: message bundles are the first files.
fn bundle_after_files(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let bundles: HashSet<_> = envelope
        .ost()
        .parts()
        .filter(|part| part.kind == PartKind::Strings)
        .filter_map(|strings| strings.element.attribute_named(AttributeName::FileRef))
        .map(|file| file.value())
        .collect();
    let mut other = None;
    for file in envelope.files() {
        let Some(id) = file.id() else { continue };
        if !bundles.contains(&id.value()) {
            other = other.or(Some(file.element().name_span()));
        } else if let Some(other) = other {
            out.at(
                id.value_span(),
                format_args!("the message bundle {} stands after other files", quoted(&id.value())),
            )
            .label(other, format_args!("this file stands before it"))
            .help(format_args!("list message bundles before all other files"))
            .done();
        }
    }
}

/// DSP0243 9.1: the files of parent disks come before those of their children.
fn parent_file_after_child(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    for child in envelope.disks() {
        let parent = child.parent_ref().and_then(|parent| envelope.disk(&parent.value()));
        let file = |disk: crate::model::Disk<'_, '_>| {
            disk.file_ref()
                .and_then(|file| envelope.file(&file.value()))
                .map(|file| file.element().name_span())
        };
        if let (Some(own), Some(parents)) = (file(child), parent.and_then(file))
            && parents.start > own.start
        {
            out.at(
                parents,
                format_args!("the file of a parent disk stands after that of its child"),
            )
            .label(own, format_args!("the file of the child"))
            .help(format_args!("list the files of parent disks first"))
            .done();
        }
    }
}

/// DSP0243 7.1: `References` holds Files.
fn unexpected_reference(envelope: &Envelope<'_>, out: &mut Out<'_>) {
    let references = envelope.ost().parts().filter(|part| part.kind == PartKind::References);
    for child in references.flat_map(|references| references.element.children()) {
        if child.is_ovf() && child.local() != "File" {
            out.at(
                child.name_span(),
                format_args!("`References` holds {}, which is no File", quoted(child.local())),
            )
            .help(format_args!("move it to where it belongs, or write `File` if that is meant"))
            .done();
        }
    }
}
