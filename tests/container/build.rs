//! A writer of tar archives that can do everything wrong.

/// One header, as it is going to be written.
#[derive(Clone)]
pub(crate) struct Header {
    pub(crate) block: [u8; 512],
}

impl Header {
    /// A sound ustar header of a regular file.
    pub(crate) fn new(name: &str, size: u64) -> Self {
        let mut header = Self { block: [0; 512] };
        header.put(0, name.as_bytes());
        header.put(100, b"0000644\0");
        header.put(108, b"0000000\0");
        header.put(116, b"0000000\0");
        header.put(124, format!("{size:011o}\0").as_bytes());
        header.put(136, b"14000000000\0");
        header.put(156, b"0");
        header.put(257, b"ustar\x0000");
        header
    }

    pub(crate) fn put(&mut self, at: usize, bytes: &[u8]) {
        self.block[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// The same with other bytes somewhere.
    pub(crate) fn with(mut self, at: usize, bytes: &[u8]) -> Self {
        self.put(at, bytes);
        self
    }

    pub(crate) fn flag(self, flag: u8) -> Self {
        self.with(156, &[flag])
    }

    pub(crate) fn gnu(self) -> Self {
        self.with(257, b"ustar  \0")
    }

    pub(crate) fn v7(self) -> Self {
        self.with(257, &[0; 8])
    }

    /// Size in the base-256 form of GNU tar, all twelve bytes.
    pub(crate) fn base_256(self, bytes: [u8; 12]) -> Self {
        self.with(124, &bytes)
    }

    /// The block with its checksum.
    pub(crate) fn sealed(mut self) -> [u8; 512] {
        self.put(148, b"        ");
        let sum: u32 = self.block.iter().map(|&byte| u32::from(byte)).sum();
        self.put(148, format!("{sum:06o}\0 ").as_bytes());
        self.block
    }
}

/// An archive being put together.
#[derive(Clone, Default)]
pub(crate) struct Tar(pub(crate) Vec<u8>);

impl Tar {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The archive most cases begin with: a descriptor.
    pub(crate) fn with_descriptor() -> Self {
        Self::new().file("vm.ovf", b"<Envelope/>")
    }

    pub(crate) fn header(mut self, header: Header) -> Self {
        self.0.extend(header.sealed());
        self
    }

    /// Bytes, filled up to a block with zeros.
    pub(crate) fn data(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }

    pub(crate) fn file(self, name: &str, content: &[u8]) -> Self {
        self.header(Header::new(name, content.len() as u64)).data(content)
    }

    pub(crate) fn empty(self, name: &str) -> Self {
        self.file(name, b"")
    }

    /// An extension header with what it carries.
    pub(crate) fn extension(self, flag: u8, content: &[u8]) -> Self {
        self.header(Header::new("extension", content.len() as u64).flag(flag)).data(content)
    }

    pub(crate) fn pax(self, records: &[(&str, &str)]) -> Self {
        let text: String = records.iter().map(|(key, value)| record(key, value)).collect();
        self.extension(b'x', text.as_bytes())
    }

    pub(crate) fn long_name(self, name: &str) -> Self {
        self.header(Header::new("././@LongLink", name.len() as u64 + 1).flag(b'L').gnu())
            .data(format!("{name}\0").as_bytes())
    }

    /// The two blocks of zeros.
    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.extend([0; 1024]);
        self.0
    }
}

/// A pax record with the length that counts itself.
pub(crate) fn record(key: &str, value: &str) -> String {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length += 1;
    }
    format!("{length} {key}={value}\n")
}
