//! A package that was read, judged.

use std::collections::{HashMap, HashSet};

use super::chunks::{check_sizes, split_name};
use super::finding::{Fault, Findings};
use super::opened::{Package, Texts};
use super::order::{Reference, check_members, is_descriptor, is_manifest, name, spellings};
use super::reader::{Entry, FileClaim, State};
use super::report::{FileReport, FileRole, FileStatus, ManifestReport, PackageReport, Unchecked};
use super::sniff::{DiskClaim, DiskKind, check_disk};
use super::tar::{Member, MemberKind};
use crate::diagnostic::{self, Code, Counts, quoted};
use crate::digest::Strength;
use crate::manifest::{ManifestReader, Obstacle, Verdict};
use crate::model::{Disk, Envelope};
use crate::namespace::Version;
use crate::report::Report;
use crate::source::Source;
use crate::value::number;
use crate::value::path;
use crate::value::unit::Unit;

pub(super) fn check<'p>(package: &'p Package, texts: &'p Texts<'_>) -> PackageReport<'p> {
    let mut out = package.findings.clone();
    let descriptor = match &texts.descriptor {
        Some(Ok(source)) => {
            package.descriptor().map(|(name, _)| (name, package.validator.check(source)))
        }
        Some(Err(error)) => {
            let name = package.descriptor().map_or("", |(name, _)| name);
            let fault =
                Fault::new(Code::UNREADABLE_DESCRIPTOR, format_args!("the descriptor {error}"));
            out.add(fault.member(name).help(error.help()));
            None
        }
        None => None,
    };
    let envelope = descriptor.as_ref().and_then(|(_, report)| report.envelope());
    let manifest = match (&texts.manifest, package.manifest()) {
        (Some(source), Some((name, _))) => {
            Some(check_manifest(package, name, source, envelope.map(Envelope::version)))
        }
        _ => None,
    };
    check_container(package, &mut out);
    if let Some(envelope) = envelope {
        check_disks(package, envelope, &mut out);
    }
    let is_complete = package.extent.whole
        && out.is_complete()
        && !matches!(texts.descriptor, None | Some(Err(_)))
        && descriptor.as_ref().is_none_or(|(_, report)| report.is_complete())
        && manifest.as_ref().is_none_or(|manifest| manifest.2);
    let mut counts = out.counts();
    for more in [
        descriptor.as_ref().map(|(_, report): &(_, Report<'_>)| report.counts()),
        manifest.as_ref().map(|manifest| manifest.1),
    ]
    .into_iter()
    .flatten()
    {
        counts.error = counts.error.saturating_add(more.error);
        counts.warning = counts.warning.saturating_add(more.warning);
        counts.info = counts.info.saturating_add(more.info);
    }
    PackageReport {
        files: files(package),
        descriptor,
        manifest: manifest.map(|(manifest, ..)| manifest),
        #[cfg(feature = "cert")]
        certificate: None,
        findings: out,
        counts,
        is_complete,
    }
}

/// Findings of the manifest's text and of the files it lists.
fn check_manifest<'p>(
    package: &'p Package,
    name: &'p str,
    source: &'p Source<'_>,
    version: Option<Version>,
) -> (ManifestReport<'p>, Counts, bool) {
    let limits = package.validator.set_limits();
    let levels = package.validator.levels().clone();
    let mut out = diagnostic::Findings::new(levels, limits.diagnostics);
    let mut reader = ManifestReader::new().name(name).limits(*limits);
    if let Some(version) = version {
        reader = reader.version(version);
    }
    let manifest = reader.read_into(source.text(), &mut out);
    package.verdicts.tell(source.text(), &mut out);
    let (diagnostics, counts, complete) = out.finish();
    let complete = complete && manifest.is_complete();
    (ManifestReport { name, source, diagnostics }, counts, complete)
}

/// Which files there are, in which order, and how big.
fn check_container(package: &Package, out: &mut Findings) {
    let references: Vec<Reference<'_>> = package.claims.iter().map(FileClaim::reference).collect();
    let members: Vec<Member> =
        package.entries.iter().map(|entry| &entry.member).chain(&package.unread).cloned().collect();
    check_members(&members, &references, package.extent, out);
    if package.extent.whole {
        let read: Vec<Member> = package.entries.iter().map(|entry| entry.member.clone()).collect();
        check_sizes(&read, &references, out);
    }
    for entry in &package.entries {
        if let State::Unreadable(why) = &entry.state {
            let name = &entry.member.name;
            let message = format_args!("{} cannot be read: {why}", quoted(name));
            let fault = Fault::new(Code::UNREADABLE_FILE, message).member(name);
            out.add(fault.help("put the file itself into the package, readable"));
        }
        if entry.is_over {
            let name = &entry.member.name;
            let limits = package.validator.set_limits();
            let (what, limit, most) = if is_descriptor(name) {
                ("64 KiB and twice the ", "text_bytes", limits.text_bytes)
            } else if is_manifest(name) {
                ("the ", "manifest_bytes", limits.manifest_bytes)
            } else {
                ("the ", "certificate_bytes", limits.certificate_bytes)
            };
            let message = format_args!(
                "{} has {} bytes, more than are left of {what}{most} that the limit `{limit}` allows; it is not read",
                quoted(name),
                entry.bytes
            );
            out.add(
                Fault::new(Code::LIMIT_REACHED, message)
                    .member(&entry.member.name)
                    .help(format!("raise the limit `{limit}` if you trust the package")),
            );
        }
    }
    if package.roles.manifest.is_none() && package.extent.whole {
        out.add(
            Fault::new(
                Code::MISSING_MANIFEST,
                format_args!("the package has no manifest, so none of its files can be verified"),
            )
            .help("write one with `ovf manifest`"),
        );
    }
}

/// The heads of disks against the descriptor.
fn check_disks(package: &Package, envelope: &Envelope<'_>, out: &mut Findings) {
    let names: Vec<&str> = package.entries.iter().map(|entry| name(&entry.member)).collect();
    let by_name: HashMap<&str, &Entry> = package
        .entries
        .iter()
        .filter(|entry| entry.state == State::Whole)
        .map(|entry| (name(&entry.member), entry))
        .collect();
    let by_id: HashMap<&str, &FileClaim> =
        package.claims.iter().rev().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut told_gzip: HashSet<&str> = HashSet::new();
    for disk in envelope.disks() {
        let Some(claim) = disk.file_ref().and_then(|id| by_id.get(id.value().as_ref()).copied())
        else {
            continue;
        };
        let is_chunked = claim.reference().pieces().is_some();
        let found = spellings(&claim.href).find_map(|spelling| {
            let first = format!("{spelling}.{:09}", 0);
            by_name.get(if is_chunked { first.as_str() } else { &spelling }).copied()
        });
        let Some(entry) = found else { continue };
        let is_gzip = entry.sniff.kind == DiskKind::Gzip;
        if claim.is_gzip && !is_gzip && told_gzip.insert(&claim.href) {
            let message = format_args!(
                "the descriptor says {} is compressed by gzip, the file is {}",
                quoted(&claim.href),
                entry.sniff.kind.as_str()
            );
            out.add(
                Fault::new(Code::FILE_NOT_COMPRESSED, message)
                    .member(&entry.member.name)
                    .help("compress the file, or take `ovf:compression` out"),
            );
        }
        let mut sniff = match &entry.inside {
            Some(inside) if claim.is_gzip => inside.clone(),
            _ => entry.sniff.clone(),
        };
        if is_chunked {
            sniff = sniff.of_a_part();
        }
        let (capacity_bytes, unit_bytes) = capacity(disk);
        let format = disk.format().map(|format| format.value().into_owned());
        check_disk(
            &DiskClaim {
                href: &claim.href,
                format: format.as_deref(),
                capacity_bytes,
                unit_bytes,
                compressed: claim.is_gzip,
                files: &names,
            },
            &sniff,
            out,
        );
    }
}

/// Capacity of a disk and its unit, in bytes, as far as they make sense.
fn capacity(disk: Disk<'_, '_>) -> (Option<u64>, u64) {
    let unit = match disk.capacity_units() {
        None => Some(1),
        Some(units) => Unit::parse(&units.value()).ok().and_then(|unit| unit.bytes(1).ok()),
    };
    let bytes = disk
        .capacity()
        .and_then(|capacity| number::unsigned_long(&capacity.value()).ok())
        .zip(unit)
        .and_then(|(capacity, unit)| capacity.checked_mul(unit));
    (bytes, unit.unwrap_or(1))
}

/// The table of files.
fn files(package: &Package) -> Vec<FileReport> {
    let mut files = Vec::new();
    let mut verdicts = package.verdicts.iter();
    for (at, entry) in package.entries.iter().enumerate() {
        if entry.member.kind != MemberKind::File {
            continue;
        }
        let at = Some(at);
        let role = match at {
            at if at == package.roles.descriptor => FileRole::Descriptor,
            at if at == package.roles.manifest => FileRole::Manifest,
            at if at == package.roles.certificate => FileRole::Certificate,
            _ => FileRole::Payload,
        };
        let beside = match role {
            FileRole::Manifest => Some(Unchecked::Manifest),
            FileRole::Certificate => Some(Unchecked::Certificate),
            FileRole::Descriptor | FileRole::Payload => None,
        };
        // All others have a verdict, in this order.
        let verdict = if beside.is_none() { verdicts.next() } else { None };
        let status = match (&entry.state, beside, verdict) {
            (State::Unreadable(why), ..) => FileStatus::Unreadable { why: why.clone() },
            (State::Cut, ..) => FileStatus::Truncated,
            (State::Whole, Some(why), _) => FileStatus::NotChecked { why },
            (State::Whole, None, Some(verdict)) => status(verdict.verdict()),
            (State::Whole, None, None) => FileStatus::NotChecked { why: Unchecked::NoManifest },
        };
        let bytes = Some(entry.bytes);
        files.push(FileReport { name: entry.member.name.clone(), bytes, role, status });
    }
    let mut told: HashSet<String> =
        package.entries.iter().map(|entry| name(&entry.member).to_owned()).collect();
    let mut missing = |name: &str, status: FileStatus| {
        if told.insert(super::names::without_dot(name).to_owned()) {
            let name = name.to_owned();
            files.push(FileReport { name, bytes: None, role: FileRole::Payload, status });
        }
    };
    let gone = || {
        if package.extent.ordered && !package.extent.whole {
            FileStatus::NotChecked { why: Unchecked::NotReached }
        } else {
            FileStatus::Absent
        }
    };
    let present = Present::new(package);
    for claim in &package.claims {
        if claim.is_remote() {
            missing(&claim.href, FileStatus::NotChecked { why: Unchecked::Remote });
        } else if let Some(name) = present.missing(claim) {
            match path::check(&name) {
                Err(why) => {
                    let why = Unchecked::UnsafeName(why);
                    missing(&claim.href, FileStatus::NotChecked { why });
                }
                Ok(()) => missing(&name, gone()),
            }
        }
    }
    for file in verdicts {
        missing(file.name(), gone());
    }
    files
}

/// The names of the files that are there.
struct Present<'p> {
    files: HashSet<&'p str>,
    /// How many pieces there are by the name of their file.
    pieces: HashMap<&'p str, u64>,
}

impl<'p> Present<'p> {
    fn new(package: &'p Package) -> Self {
        let files = package.entries.iter().filter(|entry| entry.member.kind == MemberKind::File);
        let mut present = Self { files: HashSet::new(), pieces: HashMap::new() };
        for name in files.map(|entry| name(&entry.member)) {
            present.files.insert(name);
            if let Some((stem, _)) = split_name(name) {
                let count = present.pieces.entry(stem).or_default();
                *count = count.saturating_add(1);
            }
        }
        present
    }

    /// What of a file is not there: itself, or its first missing piece.
    fn missing(&self, claim: &FileClaim) -> Option<String> {
        let has = |spelling: &str| self.files.contains(spelling);
        if spellings(&claim.href).any(|spelling| has(&spelling)) {
            return None;
        }
        let spelling = spellings(&claim.href).last()?;
        let Some(size) = claim.reference().pieces() else { return Some(spelling.into_owned()) };
        let mut least = u64::MAX;
        for spelling in spellings(&claim.href) {
            let Some(&count) = self.pieces.get(spelling.as_ref()) else { continue };
            let wanted = match claim.size {
                Some(0) | None => count,
                Some(bytes) => bytes.div_ceil(size),
            };
            // There are `count` pieces, so one of the first `count + 1` numbers is free.
            let free = (0..=count).find(|number| !has(&format!("{spelling}.{number:09}")))?;
            if free >= wanted {
                return None;
            }
            least = least.min(free);
        }
        let first = if least == u64::MAX { 0 } else { least };
        Some(format!("{spelling}.{first:09}"))
    }
}

fn status(verdict: &Verdict) -> FileStatus {
    match *verdict {
        Verdict::Match { algorithm, strength: Strength::Strong } => {
            FileStatus::Verified { algorithm }
        }
        Verdict::Match { algorithm, .. } => FileStatus::VerifiedWeak { algorithm },
        Verdict::Mismatch { algorithm, expected, computed } => {
            FileStatus::Mismatch { algorithm, expected, computed }
        }
        Verdict::NotListed => FileStatus::NotListed,
        Verdict::Absent => FileStatus::Absent,
        Verdict::Truncated => FileStatus::Truncated,
        Verdict::Unverifiable { why: Obstacle::NoManifest } => {
            FileStatus::NotChecked { why: Unchecked::NoManifest }
        }
        Verdict::Unverifiable { why } => FileStatus::Unverifiable { why },
    }
}
