//! What must hold between the lines of a manifest, and between it and its package.

use std::collections::HashMap;

use super::entries::{Entry, Manifest};
use crate::diagnostic::{Code, Findings, quoted};
use crate::digest::{Algorithm, Strength};
use crate::namespace::Version;

/// Examines the entries; removes those of the manifest itself and its certificate, which no file can match.
pub(super) fn examine(
    manifest: &mut Manifest,
    own_name: Option<&str>,
    version: Option<Version>,
    out: &mut Findings,
) {
    if let Some(own_name) = own_name {
        manifest.entries.retain(|entry| !lists_itself(entry, own_name, out));
    }
    let files = several_entries_for_a_file(&manifest.entries, out);
    let is_version_2 = version == Some(Version::V2);
    for (code, strength) in
        [(Code::WEAK_DIGEST, Strength::Weak), (Code::BROKEN_DIGEST, Strength::Broken)]
    {
        // Version 2 forbids them outright, which is told below.
        if !is_version_2 {
            no_stronger_digest(&files, code, strength, out);
        }
    }
    if let Some(version) = version {
        algorithms_of_version(&manifest.entries, version, out);
    }
}

/// The entries of one file, in the order of the lines.
struct File<'m> {
    first: &'m Entry,
    strongest: Strength,
    by_algorithm: Vec<&'m Entry>,
}

/// DSP0243 5.1: a file is listed once.
fn several_entries_for_a_file<'m>(entries: &'m [Entry], out: &mut Findings) -> Vec<File<'m>> {
    let mut files: Vec<File<'m>> = Vec::new();
    let mut by_path: HashMap<&str, usize> = HashMap::new();
    for entry in entries {
        let at = *by_path.entry(entry.path()).or_insert(files.len());
        let Some(file) = files.get_mut(at) else {
            let strongest = entry.algorithm().strength();
            files.push(File { first: entry, strongest, by_algorithm: vec![entry] });
            continue;
        };
        let name = quoted(entry.path());
        let Some(same) =
            file.by_algorithm.iter().find(|other| other.algorithm() == entry.algorithm())
        else {
            out.add(
                Code::SEVERAL_DIGESTS_FOR_FILE,
                entry.span(),
                format_args!(
                    "{name} has a `{}` digest besides the `{}` digest",
                    entry.algorithm(),
                    file.first.algorithm()
                ),
            )
            .label(file.first.span(), format_args!("the first digest"))
            .help(format_args!("keep the strongest"))
            .done();
            file.strongest = file.strongest.max(entry.algorithm().strength());
            // One for each algorithm: there are never more than five.
            file.by_algorithm.push(entry);
            continue;
        };
        if same.digest() == entry.digest() {
            out.add(
                Code::REPEATED_MANIFEST_ENTRY,
                entry.span(),
                format_args!("{name} is listed again with the same digest"),
            )
            .label(same.span(), format_args!("the first entry"))
            .help(format_args!("remove the line"))
            .done();
        } else {
            out.add(
                Code::CONTRADICTING_MANIFEST_ENTRIES,
                entry.span(),
                format_args!("{name} is listed again with another `{}` digest", entry.algorithm()),
            )
            .label(same.span(), format_args!("the first entry"))
            .help(format_args!("compute the digest anew and keep one line"))
            .done();
        }
    }
    files
}

fn no_stronger_digest(files: &[File<'_>], code: Code, strength: Strength, out: &mut Findings) {
    let mut weak = files.iter().filter(|file| file.strongest == strength);
    let Some(first) = weak.next() else { return };
    let (algorithm, name) = (first.first.algorithm(), quoted(first.first.path()));
    let mut tell = |which: std::fmt::Arguments<'_>| {
        out.add(
            code,
            first.first.span(),
            format_args!("no stronger digest than `{algorithm}`: {name}{which}"),
        )
        .help(format_args!(
            "compute the digests with `SHA256`, unless the importer knows only `SHA1`"
        ))
        .done();
    };
    match weak.count() {
        0 => tell(format_args!("")),
        1 => tell(format_args!(" and one more file")),
        more => tell(format_args!(" and {more} more files")),
    }
}

/// DSP0243 5.1: the digests of version 1 are SHA-1, those of version 2 SHA-256. One finding for each algorithm.
fn algorithms_of_version(entries: &[Entry], version: Version, out: &mut Findings) {
    let allowed = if version == Version::V2 { Algorithm::Sha256 } else { Algorithm::Sha1 };
    for algorithm in Algorithm::ALL.into_iter().filter(|&algorithm| algorithm != allowed) {
        let Some(entry) = entries.iter().find(|entry| entry.algorithm() == algorithm) else {
            continue;
        };
        let is_strong = algorithm.strength() == Strength::Strong;
        let code = match version {
            Version::V2 if !is_strong => Code::WEAK_DIGEST_IN_VERSION_2,
            // MD5 has a finding of its own.
            _ if !is_strong => continue,
            _ => Code::DIGEST_NOT_OF_VERSION,
        };
        let help = match code {
            Code::DIGEST_NOT_OF_VERSION => {
                format!("leave it for importers of today; some old ones know `{allowed}` alone")
            }
            _ => format!("compute the digests with `{allowed}`"),
        };
        out.add(
            code,
            entry.span(),
            format_args!(
                "`{algorithm}` digest, but version {version} of the standard has `{allowed}` alone"
            ),
        )
        .help(format_args!("{help}"))
        .done();
    }
}

/// DSP0243 5.1: digests are of the descriptor and the files of References, and of no other files.
fn lists_itself(entry: &Entry, own_name: &str, out: &mut Findings) -> bool {
    let (path, own_name) = (entry.path(), super::name::matching(own_name));
    let is_certificate = || {
        let stem = |name| str::rsplit_once(name, '.');
        matches!((stem(path), stem(own_name)), (Some((a, extension)), Some((b, _))) if a == b && extension.eq_ignore_ascii_case("cert"))
    };
    if path != own_name && !is_certificate() {
        return false;
    }
    out.add(
        Code::MANIFEST_LISTS_ITSELF,
        entry.span(),
        format_args!("{} belongs to the manifest and cannot be listed in it", quoted(path)),
    )
    .help(format_args!("remove the line"))
    .done();
    true
}
