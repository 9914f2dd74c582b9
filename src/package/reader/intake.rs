//! What is gathered of one file while it is read.

use crate::digest::{Algorithms, Digests, MultiHasher};
use crate::limits::Limits;
use crate::package::order::{is_certificate, is_descriptor, is_manifest};
use crate::package::sniff::{Sniff, Sniffer};
use crate::package::tar::{Member, MemberKind};

/// References to other files kept of a disk when others have had their share: a package whose every
/// file names 64 files is made to exhaust memory.
const KEPT_REFERENCES: usize = 1;
/// References to other files kept of all disks before that.
const ALL_REFERENCES: usize = 1_024;

/// A file of a package, after it was read.
#[derive(Debug)]
pub(in crate::package) struct Entry {
    pub(in crate::package) member: Member,
    pub(in crate::package) state: State,
    /// Bytes that were read.
    pub(in crate::package) bytes: u64,
    pub(in crate::package) digests: Digests,
    pub(in crate::package) sniff: Sniff,
    /// What gzip data hold.
    pub(in crate::package) inside: Option<Sniff>,
    /// All its bytes, of a file that may be descriptor, manifest or certificate.
    pub(in crate::package) text: Option<Vec<u8>>,
    /// Whether it is one of these, but has more bytes than the limits allow.
    pub(in crate::package) is_over: bool,
}

/// How far a file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::package) enum State {
    /// To its end.
    Whole,
    /// The archive stopped inside it.
    Cut,
    /// It could not be opened or read any further, and why.
    Unreadable(String),
}

/// Takes the bytes of one file.
#[derive(Debug)]
pub(super) struct Intake {
    hasher: MultiHasher,
    sniffer: Sniffer,
    text: Option<Vec<u8>>,
    room: usize,
    is_over: bool,
}

impl Intake {
    pub(super) fn new(algorithms: Algorithms, room: Option<usize>) -> Self {
        Self {
            hasher: MultiHasher::new(algorithms),
            sniffer: Sniffer::new(),
            text: room.map(|_| Vec::new()),
            room: room.unwrap_or(0),
            is_over: false,
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.keep(bytes);
    }

    /// Takes the next bytes of its file, and another those of its own.
    pub(super) fn update_with(&mut self, bytes: &[u8], other: &mut Self, other_bytes: &[u8]) {
        self.hasher.update_with(bytes, &mut other.hasher, other_bytes);
        self.keep(bytes);
        other.keep(other_bytes);
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.sniffer.update(bytes);
        if let Some(text) = &mut self.text {
            if bytes.len() > self.room {
                self.is_over = true;
                self.text = None;
            } else {
                self.room = self.room.saturating_sub(bytes.len());
                text.extend_from_slice(bytes);
            }
        }
    }

    pub(super) const fn bytes(&self) -> u64 {
        self.hasher.bytes()
    }

    pub(super) fn finish(self, member: Member, state: State) -> Entry {
        Entry {
            member,
            state,
            bytes: self.hasher.bytes(),
            digests: self.hasher.finish(),
            sniff: self.sniffer.finish(),
            inside: self.sniffer.finish_inside(),
            text: self.text,
            is_over: self.is_over,
        }
    }
}

impl Entry {
    /// A directory, or a file of which nothing was read.
    pub(super) fn empty(member: Member, state: State) -> Self {
        Intake::new(Algorithms::NONE, None).finish(member, state)
    }

    /// Whether it is a file, and all of it was read.
    pub(in crate::package) fn is_whole_file(&self) -> bool {
        self.member.kind == MemberKind::File && self.state == State::Whole
    }
}

/// Memory for texts, shared by all files of a package.
#[derive(Debug)]
pub(super) struct Budget {
    descriptor: usize,
    manifests: usize,
    certificates: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            // UTF-16 takes at most two bytes for each of UTF-8, base64 with line ends less than that.
            descriptor: limits.text_bytes.saturating_mul(2).saturating_add(1 << 16),
            manifests: limits.manifest_bytes,
            certificates: limits.certificate_bytes,
        }
    }

    /// How much of a file to keep; none when it is no text. Of descriptors the first counts.
    pub(super) fn room(&mut self, name: &str) -> Option<usize> {
        if is_descriptor(name) {
            Some(std::mem::take(&mut self.descriptor)).filter(|&room| room > 0)
        } else if is_manifest(name) {
            Some(self.manifests)
        } else if is_certificate(name) {
            Some(self.certificates)
        } else {
            None
        }
    }

    /// Counts what an entry keeps.
    pub(super) fn charge(&mut self, entry: &Entry) {
        let kept = entry.text.as_ref().map_or(0, Vec::len);
        if is_manifest(&entry.member.name) {
            self.manifests = self.manifests.saturating_sub(kept);
        } else if is_certificate(&entry.member.name) {
            self.certificates = self.certificates.saturating_sub(kept);
        }
    }
}

/// Memory for references to other files, shared by all disks of a package: what comes first in the
/// package is served first, in whatever order the disks are read.
///
/// Each time a disk comes, it may keep what those known to be before it leave. When some of these
/// were not known yet, that is too much, and never too little: let all of them come once more in
/// the end, in their order.
#[derive(Debug, Default)]
pub(super) struct SharedReferences {
    /// References kept of the disks so far, by place.
    kept: Vec<usize>,
}

impl SharedReferences {
    pub(super) fn admit(&mut self, place: usize, entry: &mut Entry) {
        // Compressed data are two disks: themselves and what is inside.
        let first = place.saturating_mul(2);
        let sniffs = std::iter::once(&mut entry.sniff).chain(&mut entry.inside);
        for (sniff, at) in sniffs.zip(first..) {
            let references = &mut sniff.external_references;
            if self.kept.len() <= at {
                self.kept.resize(at.saturating_add(1), 0);
            }
            // Adding up costs time only where there is something to be taken away.
            if references.len() > KEPT_REFERENCES {
                let before: usize = self.kept.iter().take(at).sum();
                references.truncate(ALL_REFERENCES.saturating_sub(before).max(KEPT_REFERENCES));
            }
            if let Some(kept) = self.kept.get_mut(at) {
                *kept = references.len();
            }
        }
    }

    /// All entries in their order.
    pub(super) fn settle(mut self, entries: &mut [Entry]) {
        for (place, entry) in entries.iter_mut().enumerate() {
            self.admit(place, entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL_REFERENCES, Entry, KEPT_REFERENCES, SharedReferences, State};
    use crate::package::tar::Member;

    /// Disks that name so many files each.
    fn disks(references: &[usize]) -> Vec<Entry> {
        let disk = |&count: &usize| {
            let mut entry = Entry::empty(Member::file("disk", 0), State::Whole);
            entry.sniff.external_references = (0..count).map(|at| at.to_string()).collect();
            entry
        };
        references.iter().map(disk).collect()
    }

    fn kept(entries: &[Entry]) -> Vec<usize> {
        entries.iter().map(|entry| entry.sniff.external_references.len()).collect()
    }

    #[test]
    fn references_are_kept_in_the_order_of_the_package_whatever_comes_first() {
        let counts: Vec<usize> = (0..100).map(|at| at * 37 % 65).collect();
        let mut in_order = disks(&counts);
        SharedReferences::default().settle(&mut in_order);
        let total: usize = kept(&in_order).iter().sum();
        assert!((ALL_REFERENCES..ALL_REFERENCES + 100 * KEPT_REFERENCES).contains(&total));
        for step in [1, 3, 7, 99] {
            let mut entries = disks(&counts);
            let mut shared = SharedReferences::default();
            for place in (0..100).map(|at| at * step % 100) {
                shared.admit(place, &mut entries[place]);
            }
            SharedReferences::default().settle(&mut entries);
            assert_eq!(kept(&entries), kept(&in_order), "steps of {step}");
        }
    }

    #[test]
    fn hardly_more_is_kept_meanwhile() {
        let mut entries = disks(&[64; 1_000]);
        let mut shared = SharedReferences::default();
        for place in (0..1_000).map(|at: usize| at ^ 3) {
            shared.admit(place, &mut entries[place]);
        }
        let total: usize = kept(&entries).iter().sum();
        assert!(total < ALL_REFERENCES + 1_000 + 4 * 64, "{total}");
    }
}
