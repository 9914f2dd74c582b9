//! What a descriptor says of the files of its package.

use std::collections::HashSet;

use super::issue::Issue;
use crate::model::{Envelope, OstNodeType};
use crate::policy::{Policy, Strictness};
use crate::report::Validator;
use crate::source::Source;
use crate::value::host_resource::{HostResource, Kind};
use crate::value::href::{Href, Target};
use crate::value::number;

/// Most files a package may have, the pieces of files in chunks counted one by one.
///
/// 10,000, as [`Limits::members`](crate::Limits::members): a disk of 10 TiB in pieces of 2 GiB has 5,000.
pub const MAX_FILES: usize = 10_000;

/// Digits in the name of a piece (DSP0243 7.1).
const DIGITS: usize = 9;

/// A file of the package beside the descriptor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// Its path from the folder of the descriptor.
    pub(super) name: String,
    /// The same as the descriptor writes it.
    pub(super) href: String,
    /// Bytes, as stored; unknown when the descriptor does not say.
    pub(super) size: Option<u64>,
    pub(super) role: Role,
}

/// What a file is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The content of a Disk.
    Disk,
    /// What backs a drive: an ISO or floppy image.
    Drive,
    /// A message bundle.
    Bundle,
    /// Anything else: icons, licences, NVRAM, what nothing refers to.
    Other,
}

/// A descriptor, read.
#[derive(Clone, Debug)]
pub(super) struct Contents {
    /// The files, in document order, each once.
    pub(super) files: Vec<Content>,
    /// Whether a collection is deployed, and no single machine.
    pub(super) is_collection: bool,
    /// What was found in it, and whether there is an error among it.
    pub(super) issues: Vec<Issue>,
    pub(super) is_valid: bool,
}

impl Contents {
    /// Reads the text of a descriptor. Bad ones are read as far as they can be.
    pub(super) fn read(name: &str, text: &str, strictness: Strictness) -> Self {
        let mut contents =
            Self { files: Vec::new(), is_collection: false, issues: Vec::new(), is_valid: false };
        let source = match Source::decode(text.as_bytes()) {
            Ok(source) => source,
            Err(why) => {
                let message = format!("the file {why}");
                contents.issues.push(Issue::error(name, "unreadable-input", message));
                return contents;
            }
        };
        let validator = Validator::new().policy(Policy::new().strictness(strictness));
        let report = validator.check(&source);
        contents.issues = Issue::of_findings(name, &source, report.diagnostics());
        contents.is_valid = report.is_complete() && report.counts().error == 0;
        if !report.is_complete() {
            let message = "the descriptor is too large to be examined to its end";
            contents.issues.push(Issue::error(name, "limit-reached", message));
        }
        if let Some(envelope) = report.envelope() {
            let top = envelope.ost().children().next();
            contents.is_collection =
                top.is_some_and(|node| node.node_type() == OstNodeType::VirtualSystemCollection);
            contents.add_files(name, envelope);
        }
        contents
    }

    fn add_files(&mut self, descriptor: &str, envelope: &Envelope<'_>) {
        let roles = Roles::of(envelope);
        let mut known = HashSet::new();
        for file in envelope.files() {
            let Some(href) = file.href().map(|href| href.value().into_owned()) else { continue };
            let Ok(parsed) = Href::parse(&href) else { continue };
            // A URL is fetched by whoever deploys; nobody uploads it.
            let Target::Path(name) = parsed.target else { continue };
            let name = name.into_owned();
            let id = file.id().map(|id| id.value().into_owned()).unwrap_or_default();
            let role = roles.role(&id);
            // Zero is what tools write for unknown.
            let size = file.size().and_then(|size| number::unsigned_long(&size.value()).ok());
            let size = size.filter(|&size| size > 0);
            let chunk = file.chunk_size();
            let chunk = chunk.and_then(|size| number::unsigned_long(&size.value()).ok());
            let whole = Content { name, href, size, role };
            match chunk.filter(|&chunk| chunk > 0) {
                None => self.add(descriptor, whole, &mut known),
                Some(chunk) => self.add_pieces(descriptor, &whole, chunk, &mut known),
            }
        }
    }

    fn add(&mut self, descriptor: &str, file: Content, known: &mut HashSet<String>) {
        if self.files.len() >= MAX_FILES {
            let is_told = self.issues.iter().any(|issue| issue.name == "too-many-files");
            if !is_told {
                let message = format!("the package has more than {MAX_FILES} files");
                self.issues.push(Issue::error(descriptor, "too-many-files", message));
            }
            self.is_valid = false;
        } else if known.insert(file.name.clone()) {
            self.files.push(file);
        }
    }

    /// DSP0243 7.1: `href.000000000`, `href.000000001`, …, all but the last as large as `chunkSize`.
    fn add_pieces(
        &mut self,
        descriptor: &str,
        whole: &Content,
        chunk: u64,
        known: &mut HashSet<String>,
    ) {
        let Some(size) = whole.size else {
            let message = "the file comes in pieces, and its size is not declared, so that nobody \
                           knows how many there are";
            self.issues.push(Issue::error(&whole.name, "missing-file-size", message));
            self.is_valid = false;
            return;
        };
        let most = u64::try_from(MAX_FILES).unwrap_or(u64::MAX);
        for number in 0..size.div_ceil(chunk).min(most.saturating_add(1)) {
            let before = number.saturating_mul(chunk);
            let piece = Content {
                name: format!("{}.{number:0DIGITS$}", whole.name),
                href: format!("{}.{number:0DIGITS$}", whole.href),
                size: Some(size.saturating_sub(before).min(chunk)),
                role: whole.role,
            };
            self.add(descriptor, piece, known);
        }
    }
}

/// The ids of files that something refers to.
struct Roles {
    disks: HashSet<String>,
    drives: HashSet<String>,
    bundles: HashSet<String>,
}

impl Roles {
    fn of(envelope: &Envelope<'_>) -> Self {
        let disks = envelope.disks().filter_map(|disk| disk.file_ref());
        let bundles = envelope.message_bundles().filter_map(|bundle| bundle.file_ref());
        let resources = envelope
            .hardware()
            .flat_map(|hardware| hardware.items())
            .filter_map(|item| item.host_resource());
        let drive = |text: &str| {
            let resource = HostResource::parse(text).ok()?;
            (resource.kind == Kind::File).then(|| resource.id.to_owned())
        };
        Self {
            disks: disks.map(|id| id.value().into_owned()).collect(),
            bundles: bundles.map(|id| id.value().into_owned()).collect(),
            drives: resources.filter_map(|resource| drive(&resource.text())).collect(),
        }
    }

    fn role(&self, id: &str) -> Role {
        if self.disks.contains(id) {
            Role::Disk
        } else if self.drives.contains(id) {
            Role::Drive
        } else if self.bundles.contains(id) {
            Role::Bundle
        } else {
            Role::Other
        }
    }
}
