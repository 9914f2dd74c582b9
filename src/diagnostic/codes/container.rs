//! Block 6, 6200 to 6399: the OVA container, its members and the heads of its disks.

use super::codes;

codes! {
    /// A tar header does not add up to the checksum it carries.
    ///
    /// Nothing in such a header can be trusted, its size least of all, and the size says where the
    /// next member begins. Reading stops here.
    ///
    /// ```text
    /// the checksum field says 5234, the bytes of the header add up to 5235
    /// ```
    ///
    /// Fetch or build the archive again: it was damaged, or cut and joined.
    TAR_CHECKSUM_WRONG = 6201, "tar-checksum-wrong", Error, "POSIX.1 ustar", ParseError, OvfInvalidPackage;
    /// The archive ends inside a header, inside a member, or before the member an extension header announces.
    ///
    /// What is missing cannot be checked, and the member that was cut must not be used.
    ///
    /// ```text
    /// 400 of the 1,000 bytes of the member are there
    /// ```
    ///
    /// Fetch the archive again: the transfer was cut short.
    TAR_TRUNCATED = 6202, "tar-truncated", Error, "POSIX.1 ustar", ParseError, OvfInvalidPackage;
    /// The size in a tar header is blank, negative, no number, or too big.
    ///
    /// The size says where the next member begins. Readers guess differently at what is meant, and
    /// then see different packages. Reading stops here.
    ///
    /// ```text
    /// 0000000012x
    /// ```
    ///
    /// Write the size as octal digits; over 8 GiB as a pax record or in the base-256 form of GNU tar.
    TAR_SIZE_ILLEGAL = 6203, "tar-size-illegal", Error, "POSIX.1 ustar", ValueIllegal, OvfInvalidPackage;
    /// A pax record gives another size than the header it belongs to.
    ///
    /// Readers that know pax and readers that do not then disagree about where the next member
    /// begins: one of them can be shown a file the other never sees. Reading stops here. Only a size
    /// that the header cannot hold, over 8 GiB, may stand in the record alone.
    ///
    /// ```text
    /// size=512 in the pax record, 1024 in the header
    /// ```
    ///
    /// Build the archive with a tool that writes one size.
    TAR_SIZE_CONFLICT = 6204, "tar-size-conflict", Error, "POSIX.1 pax", ValueIllegal, OvfInvalidPackage;
    /// The magic of a tar header is that of no format known here.
    ///
    /// DSP0243 wants USTAR; pax, GNU and the headers of version 7 are read too. What the fields of
    /// any other header mean is anybody's guess. Reading stops here.
    ///
    /// ```text
    /// ustaR
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    UNKNOWN_TAR_FORMAT = 6205, "unknown-tar-format", Error, "DSP0243 5.3", ParseError, OvfUnsupportedPackage;
    /// A header that is not USTAR has bytes where USTAR keeps the first part of the name.
    ///
    /// Some readers put that part before the name and others do not, so that the member has two
    /// names. Reading stops here.
    ///
    /// ```text
    /// prefix `..` before the name `disk.vmdk` in a GNU header
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    AMBIGUOUS_TAR_PREFIX = 6206, "ambiguous-tar-prefix", Error, "DSP0243 5.3", ParseError, OvfInvalidPackage;
    /// A member is of a type that a package has no use for and readers do not agree on.
    ///
    /// A package has regular files. Reading stops here.
    ///
    /// ```text
    /// type flag `V`, a volume label
    /// ```
    ///
    /// Build the archive from regular files only.
    UNKNOWN_MEMBER_TYPE = 6207, "unknown-member-type", Error, "DSP0243 5.3", ParseError, OvfUnsupportedPackage;
    /// A member is a hard or symbolic link.
    ///
    /// A link leads whoever unpacks the archive out of the folder, and has no content that a digest
    /// could stand for. Its target is never looked at. Reading stops here.
    ///
    /// ```text
    /// disk.vmdk -> /etc/shadow
    /// ```
    ///
    /// Put the file itself into the archive: `tar --dereference --hard-dereference`.
    LINK_MEMBER = 6208, "link-member", Error, "DSP0243 5.3", ParseError, OvfInvalidPackage;
    /// A member is a device or a FIFO.
    ///
    /// Unpacked by a privileged user it gives access to the machine. Reading stops here.
    ///
    /// ```text
    /// a block device 8:0 with the name `disk.vmdk`
    /// ```
    ///
    /// Build the archive from regular files only.
    DEVICE_MEMBER = 6209, "device-member", Error, "DSP0243 5.3", ParseError, OvfInvalidPackage;
    /// A member is sparse: its holes are described, not stored.
    ///
    /// The bytes in the archive are then not the bytes of the file, and half the readers do not know
    /// that. Reading stops here.
    ///
    /// ```text
    /// GNU.sparse.major=1
    /// ```
    ///
    /// Build the archive without `--sparse`; streamOptimized disks have no holes to store anyway.
    SPARSE_MEMBER = 6210, "sparse-member", Error, "DSP0243 5.3", ParseError, OvfUnsupportedPackage;
    /// A directory has a size.
    ///
    /// Some readers skip that many bytes and others read them as the next member. Reading stops here.
    ///
    /// ```text
    /// the directory `disks/` with a size of 1,024 bytes
    /// ```
    ///
    /// Build the archive without directories: the members are enough.
    DIRECTORY_WITH_DATA = 6211, "directory-with-data", Error, "POSIX.1 ustar", ValueIllegal, OvfInvalidPackage;
    /// The archive has a global pax header.
    ///
    /// What it says holds for every member that follows, in readers that honour it; others ignore it
    /// or take it for a member. Reading stops here.
    ///
    /// ```text
    /// a header of type `g`
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    GLOBAL_PAX_HEADER = 6212, "global-pax-header", Error, "POSIX.1 pax", ParseError, OvfUnsupportedPackage;
    /// A pax record is not of the form `length key=value` and line feed, or its value cannot be one.
    ///
    /// Readers skip broken records in different ways, and so see different names and sizes. Reading
    /// stops here.
    ///
    /// ```text
    /// 999 path=disk.vmdk
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    MALFORMED_PAX_HEADER = 6213, "malformed-pax-header", Error, "POSIX.1 pax", ParseError, OvfInvalidPackage;
    /// A key is given twice in one pax header.
    ///
    /// Some readers take the first value, most the last. Reading stops here.
    ///
    /// ```text
    /// path=a.vmdk and path=b.vmdk
    /// ```
    ///
    /// Give each key once.
    DUPLICATE_PAX_KEY = 6214, "duplicate-pax-key", Error, "POSIX.1 pax", ParseError, OvfInvalidPackage;
    /// A pax header has a key that may change what the member is.
    ///
    /// Readers that know the key and readers that do not would disagree. Reading stops here.
    ///
    /// ```text
    /// hdrcharset=BINARY
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    UNKNOWN_PAX_KEY = 6215, "unknown-pax-key", Error, "POSIX.1 pax", ParseError, OvfUnsupportedPackage;
    /// An extension header stands where it cannot belong to a file: before another one, or before a link name.
    ///
    /// Readers do not agree to which header it then belongs. At most one extension header, a pax
    /// header or a GNU long name, may come before a member. Reading stops here.
    ///
    /// ```text
    /// a pax header, a GNU long name, then the file
    /// ```
    ///
    /// Build the archive in one format: `tar --format=ustar`.
    MISPLACED_EXTENSION_HEADER = 6216, "misplaced-extension-header", Error, "POSIX.1 pax", ParseError, OvfInvalidPackage;
    /// A GNU long name is empty or goes on after its NUL.
    ///
    /// Where such a name ends depends on the reader. Reading stops here.
    ///
    /// ```text
    /// a long name of no bytes
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    MALFORMED_LONG_NAME = 6217, "malformed-long-name", Error, "GNU tar", ParseError, OvfInvalidPackage;
    /// One block of zeros stands between two members.
    ///
    /// For some readers the archive ends there, and others read on. Reading stops here.
    ///
    /// ```text
    /// 512 zero bytes, then another header
    /// ```
    ///
    /// Build the archive in one go instead of joining two.
    LONE_ZERO_BLOCK = 6218, "lone-zero-block", Error, "POSIX.1 ustar", ParseError, OvfInvalidPackage;
    /// Something follows the two blocks of zeros that end the archive.
    ///
    /// No reader looks at it by default, no digest covers it, and it can be another archive.
    ///
    /// ```text
    /// a second archive appended with `cat`
    /// ```
    ///
    /// Cut the archive after its end, or build it in one go.
    DATA_AFTER_END = 6219, "data-after-end", Error, "POSIX.1 ustar", ParseError, OvfInvalidPackage;
    /// The archive ends without the two blocks of zeros that mark the end.
    ///
    /// It may be complete, or cut exactly between two members: nobody can tell.
    ///
    /// ```text
    /// the last member ends where the file ends
    /// ```
    ///
    /// Build the archive with a tool that ends it.
    TAR_END_MISSING = 6220, "tar-end-missing", Tolerated, "POSIX.1 ustar", ParseError, OvfInvalidPackage;
    /// Bytes that only fill up a block are not zero.
    ///
    /// No digest covers them and no reader shows them: they can hide something.
    ///
    /// ```text
    /// a member of 10 bytes, then 502 bytes of text
    /// ```
    ///
    /// Build the archive again with a current tool.
    TAR_PADDING_NOT_ZERO = 6221, "tar-padding-not-zero", Warning, "POSIX.1 ustar", ParseError, OvfInvalidPackage;
    /// A field of a tar header that nothing depends on is no number.
    ///
    /// Owner, mode and time mean nothing in a package, but a reader may refuse the archive for them.
    ///
    /// ```text
    /// 0000xyz
    /// ```
    ///
    /// Build the archive again with a current tool.
    TAR_FIELD_MALFORMED = 6222, "tar-field-malformed", Warning, "POSIX.1 ustar", ValueIllegal, OvfInvalidPackage;
    /// The headers are not USTAR but pax, GNU or version 7.
    ///
    /// The standard asks for USTAR. Most importers read the others as well, some do not.
    ///
    /// ```text
    /// an archive made by `tar -cf` without `--format=ustar`
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    TAR_NOT_USTAR = 6223, "tar-not-ustar", Tolerated, "DSP0243 5.3", ParseError, OvfUnsupportedPackage;
    /// A member is bigger than a USTAR header can say: 8 GiB less one byte.
    ///
    /// It takes an extension, which some importers misread.
    ///
    /// ```text
    /// a disk of 20 GiB in one member
    /// ```
    ///
    /// Split the file: `ovf:chunkSize` below 8 GiB.
    MEMBER_OVER_8_GIB = 6224, "member-over-8-gib", Tolerated, "DSP0243 5.3", ValueIllegal, OvfUnsupportedPackage;
    /// A member name is longer than USTAR has room for, or not ASCII.
    ///
    /// USTAR has 100 bytes for a name and 155 for the folders before it, and says nothing about the
    /// encoding of other letters.
    ///
    /// ```text
    /// Größe.vmdk
    /// ```
    ///
    /// Give the file a short name of ASCII letters, digits, `.`, `-` and `_`.
    MEMBER_NAME_NOT_USTAR = 6225, "member-name-not-ustar", Warning, "DSP0243 5.3", ValueIllegal, OvfInvalidPackage;
    /// A pax header has a key that only concerns unpacking to a file system.
    ///
    /// It is ignored, here and by importers.
    ///
    /// ```text
    /// LIBARCHIVE.creationtime=1700000000
    /// ```
    ///
    /// Build the archive in the ustar format: `tar --format=ustar`.
    PAX_KEY_IGNORED = 6226, "pax-key-ignored", Info, "POSIX.1 pax", ParseError, OvfUnsupportedPackage;
    /// A member has a name that is not safe to use as a path.
    ///
    /// Importers have written such members outside the folder they unpacked to, over system files.
    ///
    /// ```text
    /// ../../home/user/.ssh/authorized_keys
    /// ```
    ///
    /// Name the members like the files beside the descriptor, without `..`, drive or control characters.
    UNSAFE_MEMBER_NAME = 6230, "unsafe-member-name", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidPackage;
    /// A member name occurs twice.
    ///
    /// Readers in one pass use the first, those that unpack the last: what was checked need not be
    /// what is used.
    ///
    /// ```text
    /// disk.vmdk, then disk.vmdk again
    /// ```
    ///
    /// Build the archive anew instead of appending to it.
    DUPLICATE_MEMBER = 6231, "duplicate-member", Error, "DSP0243 5.3", ElementIllegal, OvfDuplicateElement;
    /// Two member names stand for one file on some systems.
    ///
    /// They differ only in letter case, in how accents are encoded, or by `./` or `//`. Unpacked, one
    /// takes the place of the other.
    ///
    /// ```text
    /// disk.vmdk and ./disk.vmdk
    /// ```
    ///
    /// Give the two different names.
    ALIAS_MEMBER = 6232, "alias-member", Error, "DSP0243 5.3", ElementIllegal, OvfDuplicateElement;
    /// A member name begins with `./`.
    ///
    /// The names in the descriptor and in the manifest do not, and an importer that compares them
    /// as they are does not find the member.
    ///
    /// ```text
    /// ./disk.vmdk
    /// ```
    ///
    /// Name the files to `tar` instead of the folder `.`.
    DOTTED_MEMBER_NAME = 6233, "dotted-member-name", Warning, "DSP0243 5.3", ValueIllegal, OvfInvalidPackage;
    /// The archive has no descriptor.
    ///
    /// A package has exactly one member whose name ends in `.ovf`.
    ///
    /// ```text
    /// an archive of disk.vmdk alone
    /// ```
    ///
    /// Add the descriptor as the first member.
    NO_DESCRIPTOR = 6250, "no-descriptor", Error, "DSP0243 5.1", ElementRequired, OvfInvalidPackage;
    /// The archive has more than one descriptor.
    ///
    /// Some importers take the first, others refuse: which machine is built depends on the importer.
    ///
    /// ```text
    /// vm.ovf and other.ovf
    /// ```
    ///
    /// Leave one `.ovf` in the package.
    SEVERAL_DESCRIPTORS = 6251, "several-descriptors", Error, "DSP0243 5.1", ElementIllegal, OvfInvalidPackage;
    /// The descriptor is not the first member.
    ///
    /// An importer that reads the archive as it arrives must have the descriptor first.
    ///
    /// ```text
    /// disk.vmdk, vm.ovf
    /// ```
    ///
    /// Add the descriptor first: `tar --format=ustar -cf vm.ova vm.ovf vm.mf disk.vmdk`.
    DESCRIPTOR_NOT_FIRST = 6252, "descriptor-not-first", Error, "DSP0243 5.3", ElementIllegal, OvfInvalidPackage;
    /// An extension is not written in lower case.
    ///
    /// The standard names `.ovf`, `.mf` and `.cert`; an importer may look for exactly these.
    ///
    /// ```text
    /// VM.OVF
    /// ```
    ///
    /// Write the extension in lower case.
    EXTENSION_CASE = 6253, "extension-case", Info, "DSP0243 5.1", ValueIllegal, OvfInvalidPackage;
    /// The archive has more than one manifest.
    ///
    /// Which of them counts depends on the importer. A `.mf` that is listed in References is an
    /// ordinary file and is not meant here.
    ///
    /// ```text
    /// vm.mf and old.mf
    /// ```
    ///
    /// Leave the manifest that has the descriptor's base name.
    SEVERAL_MANIFESTS = 6254, "several-manifests", Error, "DSP0243 5.1", ElementIllegal, OvfInvalidPackage;
    /// The archive has more than one certificate file.
    ///
    /// Which of them counts depends on the importer. A `.cert` that is listed in References is an
    /// ordinary file and is not meant here.
    ///
    /// ```text
    /// vm.cert and old.cert
    /// ```
    ///
    /// Leave the certificate that has the descriptor's base name.
    SEVERAL_CERTIFICATES = 6255, "several-certificates", Error, "DSP0243 5.1", ElementIllegal, OvfInvalidPackage;
    /// The manifest has another base name than the descriptor.
    ///
    /// It is then not this package's manifest, and nothing is verified.
    ///
    /// ```text
    /// vm.ovf and manifest.mf
    /// ```
    ///
    /// Rename the manifest.
    MANIFEST_NAME_MISMATCH = 6256, "manifest-name-mismatch", Error, "DSP0243 5.1", ValueIllegal, OvfInvalidPackage;
    /// The certificate has another base name than the descriptor.
    ///
    /// It is then not this package's certificate, and the package counts as unsigned.
    ///
    /// ```text
    /// vm.ovf and signature.cert
    /// ```
    ///
    /// Rename the certificate.
    CERTIFICATE_NAME_MISMATCH = 6257, "certificate-name-mismatch", Error, "DSP0243 5.1", ValueIllegal, OvfInvalidPackage;
    /// There is a certificate, but no manifest.
    ///
    /// The certificate signs the manifest: without one nothing is signed.
    ///
    /// ```text
    /// vm.ovf, vm.cert, disk.vmdk
    /// ```
    ///
    /// Add the manifest the certificate was made for.
    CERTIFICATE_WITHOUT_MANIFEST = 6258, "certificate-without-manifest", Error, "DSP0243 5.1", ElementRequired, OvfInvalidPackage;
    /// The manifest or the certificate stands in the wrong place.
    ///
    /// Both come directly after the descriptor, or both at the very end, the manifest before the
    /// certificate: an importer that reads the archive as it arrives looks for them there only.
    ///
    /// ```text
    /// vm.ovf, disk1.vmdk, vm.mf, disk2.vmdk
    /// ```
    ///
    /// Put manifest and certificate right after the descriptor.
    MANIFEST_OUT_OF_ORDER = 6259, "manifest-out-of-order", Tolerated, "DSP0243 5.3", ElementIllegal, OvfInvalidPackage;
    /// The members are not in the order of References.
    ///
    /// An importer that reads the archive as it arrives asks for the files in that order.
    ///
    /// ```text
    /// vm.ovf, disk2.vmdk, disk1.vmdk
    /// ```
    ///
    /// Add the files in the order in which References lists them.
    MEMBERS_OUT_OF_ORDER = 6260, "members-out-of-order", Tolerated, "DSP0243 5.3", ElementIllegal, OvfInvalidPackage;
    /// A file of References is not in the archive.
    ///
    /// The machine cannot be built without it.
    ///
    /// ```text
    /// ovf:href="disk2.vmdk" in an archive without it
    /// ```
    ///
    /// Add the file, or correct its `href`.
    MISSING_MEMBER = 6261, "missing-member", Error, "DSP0243 7.1", ElementRequired, OvfInvalidPackage;
    /// A member is neither descriptor, manifest, certificate nor listed in References.
    ///
    /// Importers skip it or refuse the package, and no manifest covers it.
    ///
    /// ```text
    /// .DS_Store
    /// ```
    ///
    /// Leave it out, or list it in References.
    EXTRA_MEMBER = 6262, "extra-member", Tolerated, "DSP0243 5.3", ElementUnknown, OvfInvalidPackage;
    /// A member is a directory.
    ///
    /// A package has files only; some importers take the directory for an empty file.
    ///
    /// ```text
    /// ./
    /// ```
    ///
    /// Name the files to `tar` instead of the folder.
    DIRECTORY_MEMBER = 6263, "directory-member", Tolerated, "DSP0243 5.3", ElementUnknown, OvfInvalidPackage;
    /// The package's own manifest or certificate is listed in References.
    ///
    /// The manifest would have to hold its own digest.
    ///
    /// ```text
    /// ovf:href="vm.mf" in vm.ovf
    /// ```
    ///
    /// Take it out of References.
    MANIFEST_IN_REFERENCES = 6264, "manifest-in-references", Error, "DSP0243 5.1", ElementIllegal, OvfInvalidPackage;
    /// A package has no manifest.
    ///
    /// Nothing then tells whether its files are those that were packed: a disk cut short by a broken
    /// transfer looks like any other. Importers take such packages.
    ///
    /// ```text
    /// vm.ovf and disk.vmdk, but no vm.mf
    /// ```
    ///
    /// Add a manifest: `ovf manifest` writes it.
    MISSING_MANIFEST = 6265, "missing-manifest", Warning, "DSP0243 5.1", ElementRequired, OvfInvalidPackage;
    /// A file of the package cannot be opened or read.
    ///
    /// It is there, but it is no regular file, leads out of the package's folder, or may not be
    /// read. Nothing is known of its content.
    ///
    /// ```text
    /// disk.vmdk is a symbolic link to /srv/disks/disk.vmdk
    /// ```
    ///
    /// Put the file itself into the folder of the descriptor.
    UNREADABLE_FILE = 6266, "unreadable-file", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;
    /// The descriptor of the package is no text that can be read.
    ///
    /// Without it nobody knows which files belong to the package, and nothing can be imported.
    ///
    /// ```text
    /// vm.ovf holds a gzip file
    /// ```
    ///
    /// Store the descriptor as XML in UTF-8.
    UNREADABLE_DESCRIPTOR = 6267, "unreadable-descriptor", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;
    /// A piece of a file in pieces is missing.
    ///
    /// The pieces are numbered from 000000000 without gaps.
    ///
    /// ```text
    /// disk.vmdk.000000000 and disk.vmdk.000000002
    /// ```
    ///
    /// Add the piece.
    MISSING_CHUNK = 6280, "missing-chunk", Error, "DSP0243 7.1", ElementRequired, OvfInvalidPackage;
    /// The number of a piece does not have exactly nine digits.
    ///
    /// Importers look for nine, and do not find the piece.
    ///
    /// ```text
    /// disk.vmdk.1
    /// ```
    ///
    /// Rename the piece: `disk.vmdk.000000001`.
    CHUNK_NUMBER_MALFORMED = 6281, "chunk-number-malformed", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidPackage;
    /// A piece is not as big as it has to be.
    ///
    /// Every piece has the size of `chunkSize`, and the last has what is left, at least one byte.
    ///
    /// ```text
    /// a first piece of 900 bytes with ovf:chunkSize="1000"
    /// ```
    ///
    /// Split the file again: `split -d -a 9 -b SIZE`.
    CHUNK_SIZE_MISMATCH = 6282, "chunk-size-mismatch", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidPackage;
    /// A file with `chunkSize` is in the package in one piece.
    ///
    /// With `chunkSize` the file under its bare name does not exist; even a single piece is called
    /// `.000000000`.
    ///
    /// ```text
    /// disk.vmdk with ovf:chunkSize="1000"
    /// ```
    ///
    /// Take `chunkSize` out of the descriptor, or split the file.
    UNCHUNKED_MEMBER = 6283, "unchunked-member", Error, "DSP0243 7.1", ElementIllegal, OvfInvalidPackage;
    /// There are more pieces of a file than its size has room for.
    ///
    /// Importers that join all pieces get another file than those that count.
    ///
    /// ```text
    /// disk.vmdk.000000002 with ovf:size="2000" and ovf:chunkSize="1000"
    /// ```
    ///
    /// Take the piece out, or correct the size.
    EXTRA_CHUNK = 6284, "extra-chunk", Error, "DSP0243 7.1", ElementIllegal, OvfInvalidPackage;
    /// A file is not as big as the descriptor says.
    ///
    /// `ovf:size` is in bytes, of the file as it is stored: compressed, and the sum of its pieces.
    ///
    /// ```text
    /// ovf:size="1000" and a member of 900 bytes
    /// ```
    ///
    /// Correct `ovf:size`, or fetch the file again.
    FILE_SIZE_MISMATCH = 6285, "file-size-mismatch", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidPackage;
    /// A disk is in another format than the descriptor says.
    ///
    /// The importer will refuse it, or read it as something it is not.
    ///
    /// ```text
    /// a QCOW2 image under the format URI of VMDK
    /// ```
    ///
    /// Convert the disk, or correct `ovf:format`.
    DISK_FORMAT_MISMATCH = 6300, "disk-format-mismatch", Error, "DSP0243 5.2", ValidationError, OvfInvalidPackage;
    /// A disk has another capacity than the descriptor says.
    ///
    /// The machine gets a disk of the wrong size, or the import fails half-way.
    ///
    /// ```text
    /// ovf:capacity="10" of GiB and a disk image of 8 GiB
    /// ```
    ///
    /// Correct `ovf:capacity` or its units.
    DISK_CAPACITY_MISMATCH = 6301, "disk-capacity-mismatch", Warning, "DSP0243 9.1", ValidationError, OvfInvalidPackage;
    /// A disk image gets its content from a file outside the package.
    ///
    /// An importer that follows the reference shows the machine a file of the host it runs on.
    ///
    /// ```text
    /// RW 2048 FLAT "/etc/passwd" 0
    /// ```
    ///
    /// Convert the disk to an image that stands alone: streamOptimized VMDK.
    DISK_EXTERNAL_REFERENCE = 6302, "disk-external-reference", Error, "DSP0243 5.2", ValidationError, OvfInvalidPackage;
    /// A file is said to be compressed and is not.
    ///
    /// The importer hands it to a decompressor, which refuses it.
    ///
    /// ```text
    /// ovf:compression="gzip" and a plain VMDK
    /// ```
    ///
    /// Compress the file, or take `ovf:compression` out of the descriptor.
    FILE_NOT_COMPRESSED = 6303, "file-not-compressed", Error, "DSP0243 7.1", ValidationError, OvfInvalidPackage;
}
