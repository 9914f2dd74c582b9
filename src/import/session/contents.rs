//! What a descriptor says of the files of its package.

use std::collections::HashSet;

use super::issue::Issue;
use crate::import::choices::Choices;
use crate::import::deployment::Deployment;
use crate::import::files::{FileType, Files, ImportFile};
use crate::model::{Envelope, OstNodeType};
use crate::policy::{Policy, Strictness};
use crate::report::Validator;
use crate::source::Source;

/// Most files a package may have, the pieces of files in chunks counted one by one.
///
/// 10,000, as [`Limits::members`](crate::Limits::members): a disk of 10 TiB in pieces of 2 GiB has 5,000.
pub const MAX_FILES: usize = 10_000;

/// A file of the package beside the descriptor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// Its path from the folder of the descriptor.
    pub(super) name: String,
    /// The same as the descriptor writes it.
    pub(super) href: String,
    /// Bytes, as stored; unknown when the descriptor does not say.
    pub(super) size: Option<u64>,
    pub(super) file_type: FileType,
    /// Whether a deployment without choices needs it.
    pub(super) is_needed: bool,
}

/// A descriptor, read.
#[derive(Clone, Debug)]
pub(super) struct Contents {
    /// The files, in the order they are to be sent in, each once.
    pub(super) files: Vec<Content>,
    /// Whether a collection is deployed, and no single machine.
    pub(super) is_collection: bool,
    /// What was found in it; it is valid when there is no error among them.
    pub(super) issues: Vec<Issue>,
}

impl Contents {
    /// Reads the text of a descriptor. Bad ones are read as far as they can be.
    pub(super) fn read(name: &str, text: &str, strictness: Strictness) -> Self {
        let mut contents = Self { files: Vec::new(), is_collection: false, issues: Vec::new() };
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
        if !report.is_complete() {
            // What was not examined is an error among the findings; here it is only that not all are told.
            let message = "there is more to tell of the descriptor than is told";
            contents.issues.push(Issue::warning(name, "limit-reached", message));
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
        let mut known = HashSet::new();
        let choices = Choices::new();
        for file in Files::new(&Deployment::new(envelope, &choices)).upload_order() {
            for content in pieces(file) {
                match content {
                    Ok(content) => self.add(descriptor, content, &mut known),
                    Err(issue) => self.issues.push(*issue),
                }
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
        } else if known.insert(file.name.clone()) {
            self.files.push(file);
        }
    }
}

/// The names of the files a deployment needs.
pub(super) fn needed(deployment: &Deployment<'_, '_>) -> HashSet<String> {
    let files = Files::new(deployment);
    let used = files.upload_order().filter(|file| file.is_used);
    used.flat_map(pieces).flatten().map(|content| content.name).collect()
}

/// A file, or the pieces it is stored in (DSP0243 7.1). None of a file elsewhere on the network: that is
/// fetched by whoever deploys, and nobody uploads it.
fn pieces(file: &ImportFile<'_, '_>) -> Vec<Result<Content, Box<Issue>>> {
    let Some(path) = file.path() else { return Vec::new() };
    let content = |name: String, href: String, size| Content {
        name,
        href,
        size,
        file_type: file.file_type,
        is_needed: file.is_used,
    };
    let Some(chunks) = file.chunks() else {
        return vec![Ok(content(path.into_owned(), file.name.clone(), file.size))];
    };
    if chunks.count().is_none() {
        let message = "the file comes in pieces, and its size is not declared, so that nobody \
                       knows how many there are";
        return vec![Err(Box::new(Issue::error(&path, "missing-file-size", message)))];
    }
    // One more than there may be, so that it is told.
    let few = chunks.iter().take(MAX_FILES.saturating_add(1));
    few.map(|(href, size)| {
        let number = href.strip_prefix(&file.name).unwrap_or_default();
        Ok(content(format!("{path}{number}"), href, size))
    })
    .collect()
}
