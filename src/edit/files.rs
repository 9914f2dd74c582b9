//! The files of `References`.

use std::collections::{HashMap, HashSet};

use super::attribute::{self, Naming};
use super::document::{Edit, EditError, Named, is_writable};
use super::layout;
use crate::diagnostic::quoted;
use crate::model::{Envelope, File, PartKind};
use crate::report::Valid;
use crate::value::href::Href;
use crate::xml::Attribute;

/// A `File` to add (DSP0243 7.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileEntry {
    /// `id`, which the rest of the descriptor refers to.
    pub id: String,
    /// `href`: a path relative to the descriptor, or a URL, percent-encoded as such.
    pub href: String,
    /// `size` in bytes, as stored.
    pub size: Option<u64>,
    /// `compression`: `gzip` or `identity`.
    pub compression: Option<String>,
    /// `chunkSize` in bytes.
    pub chunk_size: Option<u64>,
}

impl FileEntry {
    /// A file, not compressed and in one piece, of unknown size.
    pub fn new(id: impl Into<String>, href: impl Into<String>) -> Self {
        Self { id: id.into(), href: href.into(), ..Self::default() }
    }

    /// Its attributes, in the order they are written.
    fn attributes(&self) -> Vec<(&'static str, String)> {
        let mut attributes = vec![("id", self.id.clone()), ("href", self.href.clone())];
        attributes.extend(self.size.map(|size| ("size", size.to_string())));
        attributes.extend(self.compression.clone().map(|method| ("compression", method)));
        attributes.extend(self.chunk_size.map(|size| ("chunkSize", size.to_string())));
        attributes
    }
}

/// Sets the sizes of files, in bytes, by the ids of their `File`; where there is no `size` it is added
/// (DSP0243 7.1).
///
/// # Errors
///
/// [`EditError::Unknown`] when no file has the id, [`EditError::Twice`] when one is to have two sizes.
pub fn set_file_sizes<'n>(
    envelope: &Valid<Envelope<'_>>,
    sizes: impl IntoIterator<Item = (&'n str, u64)>,
) -> Result<Edit, EditError> {
    let mut edit = Edit::new();
    let mut done: HashMap<&str, u64> = HashMap::new();
    for (id, size) in sizes {
        let file = envelope.file(id).ok_or_else(|| EditError::unknown(Named::File, id))?;
        match done.insert(id, size) {
            None => {}
            Some(known) if known == size => continue,
            Some(_) => return Err(EditError::Twice { what: Named::File, name: id.to_owned() }),
        }
        let text = size.to_string();
        match file.size() {
            // A size that is right but written another way, `007`, stays.
            Some(attribute) if is_number(&attribute.value(), size) => continue,
            Some(attribute) => _ = attribute::set(&mut edit, attribute, &text),
            None => attribute::add(&mut edit, file.element(), file.href(), "size", &text),
        }
        let at = file.element().start_tag().start;
        edit.step(envelope, at, format_args!("set the size of {} to {size} bytes", quoted(id)));
    }
    Ok(edit)
}

fn is_number(text: &str, size: u64) -> bool {
    crate::value::number::unsigned_long(text).is_ok_and(|known| known == size)
}

/// Adds a `File` behind the last one of `References`, which is made when there is none (DSP0243 7.1). A file
/// of messages, one that a `Strings` refers to, goes before all that are none (10.2).
///
/// When there is one with the same id and all the same attributes the edit is empty.
///
/// # Errors
///
/// [`EditError::Taken`] when another file has the id, or its `href` names the same file;
/// [`EditError::Unfit`] when the id is blank, the `href` names no file, or one of the two cannot be written;
/// [`EditError::ChunkSize`].
pub fn add_file(envelope: &Valid<Envelope<'_>>, file: &FileEntry) -> Result<Edit, EditError> {
    let unfit = |name: &str| EditError::Unfit { what: Named::File, name: name.to_owned() };
    if let Some(name) =
        [&file.id, &file.href].into_iter().find(|name| name.trim().is_empty() || !is_writable(name))
    {
        return Err(unfit(name));
    }
    let href = Href::parse(&file.href).map_err(|_| unfit(&file.href))?.key();
    // `chunkSize` is a positive `xs:long` (DSP0243 7.1).
    if let Some(size) = file.chunk_size.filter(|&size| size == 0 || i64::try_from(size).is_err()) {
        return Err(EditError::ChunkSize { size });
    }
    let attributes = file.attributes();
    if let Some(known) = envelope.file(&file.id) {
        if is_same(known, &attributes) {
            return Ok(Edit::new());
        }
        let line = envelope.source().line_col(known.element().start_tag().start).line;
        return Err(EditError::Taken { what: Named::File, name: file.id.clone(), line });
    }
    let is_same_file = |known: &Attribute<'_, '_>| {
        Href::parse(&known.value()).is_ok_and(|known| known.key() == href)
    };
    if let Some(known) = envelope.files().filter_map(|file| file.href()).find(is_same_file) {
        let line = envelope.source().line_col(known.span().start).line;
        return Err(EditError::Taken { what: Named::File, name: file.href.clone(), line });
    }
    let bundles: HashSet<_> = envelope
        .message_bundles()
        .filter_map(|bundle| bundle.file_ref())
        .map(|file| file.value())
        .collect();
    let mut edit = Edit::new();
    let root = envelope.root();
    let references = envelope
        .ost()
        .parts()
        .find(|part| part.kind == PartKind::References)
        .map(|part| part.element);
    let last = references.and_then(|references| references.children_named("File").last());
    // As the file before it is written, else as what it stands in.
    let naming = Naming::of(last.or(references).unwrap_or(root));
    let model = last.or(references).unwrap_or(root).node();
    let colon = if model.prefix().is_empty() { "" } else { ":" };
    let prefix = format!("{}{colon}", model.prefix());
    let written: String =
        attributes.iter().map(|(name, value)| naming.write(name, value)).collect();
    let element = format!("<{prefix}File{}{written}/>", naming.declaration);
    match references {
        Some(references) => {
            let behind = if bundles.contains(&*file.id) {
                let is_bundle = |id: Attribute<'_, '_>| bundles.contains(&*id.value());
                let files = references.children_named("File");
                files.take_while(|file| file.attribute("id").is_some_and(is_bundle)).last()
            } else {
                last
            };
            layout::insert(&mut edit, references.node(), behind.map(|one| one.node()), &[element]);
        }
        None => {
            let references = format!("<{prefix}References>{element}</{prefix}References>");
            layout::insert(&mut edit, root.node(), None, &[references]);
        }
    }
    let at = last.or(references).unwrap_or(root).node().span().end;
    edit.step(envelope, at, format_args!("add the file {}", quoted(&file.id)));
    Ok(edit)
}

/// Whether a file has these attributes and no other.
fn is_same(file: File<'_, '_>, attributes: &[(&str, String)]) -> bool {
    ["id", "href", "size", "compression", "chunkSize"].into_iter().all(|name| {
        let wanted = attributes.iter().find(|(known, _)| *known == name);
        match (file.element().attribute(name), wanted) {
            (Some(known), Some((_, value))) => known.value() == value.as_str(),
            (None, None) => true,
            _ => false,
        }
    })
}
