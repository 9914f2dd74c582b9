//! `References` (DSP0243 7.1): the files of the package.

use super::envelope::Envelope;
use super::view::view;

view! {
    /// A `File` (DSP0243 7.1).
    File {
        /// `id`, which the rest of the descriptor refers to.
        id = "id",
        /// `href`: a path relative to the descriptor, or a URL.
        href = "href",
        /// `size` in bytes, as stored.
        size = "size",
        /// `compression`: `gzip`, `identity`, or nothing.
        compression = "compression",
        /// `chunkSize` in bytes: the file is split into `href.000000000`, `href.000000001`, ….
        chunk_size = "chunkSize",
    }
}

impl<'s> Envelope<'s> {
    /// Whether several files have one id.
    pub(crate) fn repeats_file_ids(&self) -> bool {
        self.index().repeats_files(self)
    }

    /// The files, in document order, wherever `References` stands.
    pub fn files(&self) -> impl Iterator<Item = File<'_, 's>> {
        self.elements(&self.lists().files).map(File::new)
    }

    /// The file of an id; the first, when several have it.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<File<'_, 's>> {
        self.index().file(self, id).map(File::new)
    }
}
