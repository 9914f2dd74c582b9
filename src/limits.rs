//! Ceilings on what one input may cost.

/// Ceilings on what one input may cost. The defaults are fit for input from strangers.
///
/// Each default stands beside what real descriptors need: the largest found among some nine hundred
/// public ones. A ceiling that is hit is a finding, [`Code::LIMIT_REACHED`](crate::Code::LIMIT_REACHED),
/// which names it, its value and the place, and [`Report::is_complete`](crate::Report::is_complete) is then false.
/// [`text_bytes`](Self::text_bytes) and [`gzip_ratio`](Self::gzip_ratio) refuse the input as a whole, by an error that
/// says the same; what is over [`diagnostics`](Self::diagnostics) is counted and has no finding of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of decoded text, after base64 and gzip. Values over `u32::MAX - 64` count as that.
    ///
    /// 64 MiB; the largest real descriptor has 4 MB.
    pub text_bytes: usize,
    /// How many times the compressed bytes read so far the decoded text may be at any point, once it is over 1 MiB.
    ///
    /// 200; XML compresses 5 to 40 times, a bomb a thousand times.
    pub gzip_ratio: usize,
    /// Nesting of elements.
    ///
    /// 64; the deepest real descriptor has 9 levels, and nested collections stay readable far below 64.
    pub depth: usize,
    /// Elements in the document.
    ///
    /// 250,000; the largest real descriptor has 3,244 elements. Reading takes 28 bytes of memory for each and up to 30 for
    /// each attribute of an element; checking takes up to 560, for an Item without content, so 140 MB at the most.
    pub nodes: usize,
    /// Attributes on one element, namespace declarations among them.
    ///
    /// 256; real descriptors have up to 21.
    pub attributes: usize,
    /// Namespace declarations in force at one place.
    ///
    /// 64; real descriptors have up to 11.
    pub namespaces: usize,
    /// Bytes of one element or attribute name.
    ///
    /// 1,000; real names have up to 42.
    pub name_bytes: usize,
    /// Bytes of one attribute value as written.
    ///
    /// 1 MiB; the longest real one has 22,297.
    pub value_bytes: usize,
    /// Bytes of one run of character data as written, of one comment, instruction or CDATA section.
    ///
    /// 16 MiB; the longest real one, a licence, has 4 MB.
    pub run_bytes: usize,
    /// Bytes of a manifest.
    ///
    /// 16 MiB, room for every entry at 1,600 bytes; real ones have a line of some 100 bytes per file.
    pub manifest_bytes: usize,
    /// Entries of a manifest.
    ///
    /// 10,000; real packages have up to some 20 files, one in chunks may have hundreds.
    pub manifest_entries: usize,
    /// Bytes of one line of a manifest.
    ///
    /// 4 KiB: a path of 1,024 characters, the longest systems take, beside the longest digest; real lines have up to 200.
    pub manifest_line_bytes: usize,
    /// Bytes of a certificate file.
    ///
    /// 64 KiB; a certificate in PEM has about 2 KiB, and real files have up to four.
    pub certificate_bytes: usize,
    /// Certificates in a certificate file.
    ///
    /// 10; real chains have up to four.
    pub certificates: usize,
    /// Diagnostics kept, errors before warnings; the rest are counted.
    ///
    /// 1,000: more than a person reads, small enough to send.
    pub diagnostics: usize,
    /// Members of an archive, directories among them.
    ///
    /// 10,000; real packages have fewer than 100, and a disk of 10 TiB in pieces of 2 GiB 5,000.
    pub members: usize,
    /// Bytes of a member's name.
    ///
    /// 1,024, the longest path macOS takes; USTAR has room for 256.
    pub member_name_bytes: usize,
    /// Bytes of an extension header: the pax records or the GNU long name before a member.
    ///
    /// 64 KiB, sixty times the longest name; an honest one has a few hundred.
    pub extension_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 64 << 20,
            gzip_ratio: 200,
            depth: 64,
            nodes: 250_000,
            attributes: 256,
            namespaces: 64,
            name_bytes: 1_000,
            value_bytes: 1 << 20,
            run_bytes: 16 << 20,
            manifest_bytes: 16 << 20,
            manifest_entries: 10_000,
            manifest_line_bytes: 4 << 10,
            certificate_bytes: 64 << 10,
            certificates: 10,
            diagnostics: 1_000,
            members: 10_000,
            member_name_bytes: 1_024,
            extension_bytes: 64 << 10,
        }
    }
}

impl Limits {
    /// No ceiling but the 4 GiB that offsets can address. For input you made yourself.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self {
            text_bytes: usize::MAX,
            gzip_ratio: usize::MAX,
            depth: usize::MAX,
            nodes: usize::MAX,
            attributes: usize::MAX,
            namespaces: usize::MAX,
            name_bytes: usize::MAX,
            value_bytes: usize::MAX,
            run_bytes: usize::MAX,
            manifest_bytes: usize::MAX,
            manifest_entries: usize::MAX,
            manifest_line_bytes: usize::MAX,
            certificate_bytes: usize::MAX,
            certificates: usize::MAX,
            diagnostics: usize::MAX,
            members: usize::MAX,
            member_name_bytes: usize::MAX,
            extension_bytes: usize::MAX,
        }
    }
}
