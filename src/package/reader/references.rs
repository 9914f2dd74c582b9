//! What a descriptor says of the files of its package, while nothing is judged yet.

use crate::diagnostic::{Findings, Levels};
use crate::limits::Limits;
use crate::model::Envelope;
use crate::package::order::Reference;
use crate::source::Source;
use crate::value::href::{Href, Target};
use crate::value::number;
use crate::xml::Tree;

/// A `File` of References (DSP0243 7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::package) struct FileClaim {
    pub(in crate::package) id: String,
    pub(in crate::package) href: String,
    pub(in crate::package) size: Option<u64>,
    pub(in crate::package) chunk_size: Option<u64>,
    pub(in crate::package) is_gzip: bool,
}

impl FileClaim {
    /// The same, as the rules about members take it.
    pub(in crate::package) fn reference(&self) -> Reference<'_> {
        Reference { href: &self.href, size: self.size, chunk_size: self.chunk_size }
    }

    /// Whether it is no file beside the descriptor, but one that a URL names.
    pub(in crate::package) fn is_remote(&self) -> bool {
        !matches!(Href::parse(&self.href).map(|href| href.target), Ok(Target::Path(_)) | Err(_))
    }
}

/// The files a descriptor lists, in its order; none when it is no descriptor.
pub(in crate::package) fn claims(descriptor: &[u8], limits: &Limits) -> Vec<FileClaim> {
    let Ok(source) = Source::decode_with(descriptor, limits) else { return Vec::new() };
    // Whoever checks the descriptor tells what is wrong with it.
    let mut unheard = Findings::new(Levels::default(), 0);
    let tree = Tree::read(source.text(), limits, &mut unheard);
    match Envelope::read(&source, tree) {
        Ok(envelope) => of_envelope(&envelope),
        Err(_) => Vec::new(),
    }
}

fn of_envelope(envelope: &Envelope<'_>) -> Vec<FileClaim> {
    envelope
        .files()
        .filter_map(|file| {
            Some(FileClaim {
                id: file.id().map(|id| id.value().into_owned()).unwrap_or_default(),
                href: file.href()?.value().into_owned(),
                size: file.size().and_then(|size| number::unsigned_long(&size.value()).ok()),
                chunk_size: file
                    .chunk_size()
                    .and_then(|size| number::unsigned_long(&size.value()).ok()),
                is_gzip: file.compression().is_some_and(|compression| {
                    number::collapse(&compression.value()).eq_ignore_ascii_case("gzip")
                }),
            })
        })
        .filter(|file| !file.href.is_empty())
        .collect()
}
