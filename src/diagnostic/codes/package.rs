//! Block 6, first part: the manifest and what comes of comparing files with it.

use super::codes;

codes! {
    /// The manifest begins with a byte order mark.
    ///
    /// The first thing in a manifest is the name of an algorithm. A reader that does not expect the
    /// mark takes it for a part of that name and refuses the package.
    ///
    /// ```text
    /// the bytes EF BB BF in front of the first line
    /// ```
    ///
    /// Save the manifest as UTF-8 without a mark.
    MANIFEST_BYTE_ORDER_MARK = 6001, "manifest-byte-order-mark", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// Lines of the manifest end in CR LF.
    ///
    /// The grammar ends a line with LF. A reader that takes it at its word has a CR at the end of the
    /// digest.
    ///
    /// ```text
    /// the bytes 0D 0A after the digest
    /// ```
    ///
    /// Write the manifest with LF line ends.
    MANIFEST_CRLF = 6002, "manifest-crlf", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// Lines of the manifest end in CR alone.
    ///
    /// To nearly every reader this is one long line that makes no sense.
    ///
    /// ```text
    /// the byte 0D after the digest
    /// ```
    ///
    /// Write the manifest with LF line ends.
    MANIFEST_BARE_CR = 6003, "manifest-bare-cr", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The last line of the manifest has no end.
    ///
    /// Every line ends in LF, the last one too. Where the end is missing the manifest may have been
    /// cut short.
    ///
    /// ```text
    /// SHA1(no-final-newline.vmdk)= da39a3ee5e6b4b0d3255bfef95601890afd80709
    /// ```
    ///
    /// End the last line with LF.
    MANIFEST_NO_FINAL_NEWLINE = 6004, "manifest-no-final-newline", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A line of the manifest is empty.
    ///
    /// The grammar knows lines with a digest and no others.
    ///
    /// ```text
    /// two LF in a row
    /// ```
    ///
    /// Remove the line.
    MANIFEST_EMPTY_LINE = 6005, "manifest-empty-line", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A line of the manifest is a comment.
    ///
    /// Manifests have no comments: importers take the line for a broken entry and refuse the package.
    ///
    /// ```text
    /// # digests of release 4
    /// ```
    ///
    /// Remove the line.
    MANIFEST_COMMENT = 6006, "manifest-comment", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// There is a blank between the algorithm and the file name.
    ///
    /// This is how `sha256sum --tag` writes. The form of the standard has no blank there, and vSphere
    /// takes it for a part of the algorithm's name, which it then does not know.
    ///
    /// ```text
    /// SHA256 (blank-before-parenthesis.vmdk)
    /// ```
    ///
    /// Write `SHA256(file)= digest`.
    MANIFEST_BLANK_BEFORE_PARENTHESIS = 6007, "manifest-blank-before-parenthesis", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// There is a blank between the file name and the equals sign.
    ///
    /// This is how `sha256sum --tag` writes. The form of the standard has no blank there.
    ///
    /// ```text
    /// (blank-before-equals.vmdk) =
    /// ```
    ///
    /// Write `SHA256(file)= digest`.
    MANIFEST_BLANK_BEFORE_EQUALS = 6008, "manifest-blank-before-equals", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// There is not exactly one blank between the equals sign and the digest.
    ///
    /// ```text
    /// (no-blank.vmdk)=da39a3ee
    /// ```
    ///
    /// Write `SHA256(file)= digest`, with one blank.
    MANIFEST_BLANK_AFTER_EQUALS = 6009, "manifest-blank-after-equals", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A line of the manifest begins with blanks.
    ///
    /// ```text
    ///   SHA1(leading-blank.vmdk)
    /// ```
    ///
    /// Begin the line with the name of the algorithm.
    MANIFEST_LEADING_BLANK = 6010, "manifest-leading-blank", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A line of the manifest ends in blanks.
    ///
    /// ```text
    /// a blank behind the last digit of the digest
    /// ```
    ///
    /// End the line with the digest.
    MANIFEST_TRAILING_BLANK = 6011, "manifest-trailing-blank", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A digest is written in upper-case hex digits.
    ///
    /// The grammar has the lower-case ones. Readers that compare digests as text find a difference
    /// where there is none.
    ///
    /// ```text
    /// DA39A3EE5E6B4B0D3255BFEF95601890AFD80709
    /// ```
    ///
    /// Write the digest in lower case.
    MANIFEST_UPPER_CASE_DIGEST = 6012, "manifest-upper-case-digest", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// An algorithm goes by another name than the standard's.
    ///
    /// OpenSSL 3 writes `SHA2-256` for what manifests call `SHA256`. Importers compare the name as
    /// text, and vSphere refuses one that it does not know.
    ///
    /// ```text
    /// SHA2-256(algorithm-alias.vmdk)
    /// ```
    ///
    /// Write `SHA1`, `SHA256` or `SHA512`.
    MANIFEST_ALGORITHM_ALIAS = 6013, "manifest-algorithm-alias", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A file name begins with `./`.
    ///
    /// The name is the path of the file from the descriptor's folder. Importers compare names as
    /// text: `./disk.vmdk` is not the `disk.vmdk` of the descriptor to them.
    ///
    /// ```text
    /// SHA256(./dot-name.vmdk)
    /// ```
    ///
    /// Write the name as the descriptor has it, without `./`.
    MANIFEST_DOT_NAME = 6014, "manifest-dot-name", Tolerated, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// The manifest is not UTF-8.
    ///
    /// In another encoding a name stands for other bytes to every reader, so the file it means cannot
    /// be told. Some shells write UTF-16 when output goes to a file.
    ///
    /// ```text
    /// the byte FC for the letter ü
    /// ```
    ///
    /// Save the manifest as UTF-8.
    MANIFEST_NOT_UTF_8 = 6015, "manifest-not-utf-8", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A line of the manifest cannot be read.
    ///
    /// A line is an algorithm, a file name in parentheses, an equals sign and a digest. What cannot
    /// be read protects no file, and importers refuse the package.
    ///
    /// ```text
    /// da39a3ee5e6b4b0d3255bfef95601890afd80709  unreadable-line.vmdk
    /// ```
    ///
    /// Write `SHA256(file)= digest`.
    UNREADABLE_MANIFEST_LINE = 6020, "unreadable-manifest-line", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// An algorithm of the manifest is unknown.
    ///
    /// Version 1 of the standard has SHA1, version 2 has SHA256; MD5, SHA384 and SHA512 are met too.
    /// A file whose digest is by another algorithm cannot be verified.
    ///
    /// ```text
    /// SHA3-256(unknown-algorithm.vmdk)
    /// ```
    ///
    /// Compute the digest with SHA256.
    UNKNOWN_DIGEST_ALGORITHM = 6021, "unknown-digest-algorithm", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A digest has not the length of its algorithm.
    ///
    /// A digest that is too short was cut off or belongs to another algorithm. It must not count as
    /// one, whatever its first digits are.
    ///
    /// ```text
    /// SHA256(wrong-length.vmdk)= da39a3ee5e6b4b0d3255bfef95601890afd80709
    /// ```
    ///
    /// Write the whole digest, or the name of the algorithm that it is by.
    WRONG_DIGEST_LENGTH = 6022, "wrong-digest-length", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A digest has characters that are no hex digits.
    ///
    /// ```text
    /// SHA1(not-hexadecimal.vmdk)= 2jmj7l5rSw0yVb/vlWAYkK/YBwk=
    /// ```
    ///
    /// Write the digest in lower-case hex digits.
    DIGEST_NOT_HEXADECIMAL = 6023, "digest-not-hexadecimal", Error, "DSP0243 5.1", ParseError, OvfInvalidPackage;

    /// A line of the manifest says again what another says.
    ///
    /// ```text
    /// SHA1(repeated.vmdk)= da39a3ee5e6b4b0d3255bfef95601890afd80709
    /// ```
    ///
    /// Remove one of the lines.
    REPEATED_MANIFEST_ENTRY = 6024, "repeated-manifest-entry", Tolerated, "DSP0243 5.1", ValidationError, OvfDuplicateElement;

    /// Two lines of the manifest give different digests of one file by one algorithm.
    ///
    /// No file can have both. Which one counts differs from reader to reader, so neither does here.
    ///
    /// ```text
    /// SHA1(contradicting.vmdk)= a9993e364706816aba3e25717850c26c9cd0d89d
    /// ```
    ///
    /// Compute the digest anew and keep one line.
    CONTRADICTING_MANIFEST_ENTRIES = 6025, "contradicting-manifest-entries", Error, "DSP0243 5.1", ValidationError, OvfDuplicateElement;

    /// A file has digests by several algorithms.
    ///
    /// The standard gives every file one digest. Here all of them must match; other readers may look
    /// at the first or the last alone.
    ///
    /// ```text
    /// SHA256(several-digests.vmdk)
    /// ```
    ///
    /// Keep the strongest.
    SEVERAL_DIGESTS_FOR_FILE = 6026, "several-digests-for-file", Info, "DSP0243 5.1", ValidationError, OvfDuplicateElement;

    /// A file name in the manifest is unsafe.
    ///
    /// Names in a package are relative paths that stay inside its folder. One that leads out of it, or
    /// that systems understand differently, is a mistake or an attack.
    ///
    /// ```text
    /// SHA1(../unsafe-name.vmdk)
    /// ```
    ///
    /// Name the file by its path from the descriptor's folder, with `/` between the parts.
    UNSAFE_MANIFEST_NAME = 6027, "unsafe-manifest-name", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The manifest lists no file.
    ///
    /// The grammar allows it, but nothing in the package can be verified.
    ///
    /// ```text
    /// a file of 0 bytes
    /// ```
    ///
    /// List every file of the package, or leave the manifest out.
    EMPTY_MANIFEST = 6028, "empty-manifest", Warning, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The manifest lists itself or its certificate.
    ///
    /// A manifest cannot contain its own digest, nor that of a certificate which signs it. It lists
    /// the descriptor and the files of its references and no others.
    ///
    /// ```text
    /// SHA1(lists-itself.mf)
    /// ```
    ///
    /// Remove the line.
    MANIFEST_LISTS_ITSELF = 6029, "manifest-lists-itself", Tolerated, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// Files have no stronger digest than SHA-1.
    ///
    /// Since 2017 anyone with some money can make two files with one SHA-1 digest. It still shows
    /// damage, but no longer that nobody exchanged a file. New versions of ESXi refuse it.
    ///
    /// ```text
    /// SHA1(weak-digest.vmdk)
    /// ```
    ///
    /// Compute the digests with SHA256, unless the importer knows only SHA1.
    WEAK_DIGEST = 6030, "weak-digest", Warning, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// Files have no stronger digest than MD5.
    ///
    /// Anyone can make two files with one MD5 digest in seconds, and no version of the standard allows
    /// it. A file with nothing better does not count as verified.
    ///
    /// ```text
    /// MD5(broken-digest.vmdk)
    /// ```
    ///
    /// Compute the digests with SHA256.
    BROKEN_DIGEST = 6031, "broken-digest", Tolerated, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The manifest uses an algorithm that its version of the standard does not have.
    ///
    /// Version 1 knows SHA1 alone, version 2 SHA256 alone. SHA256 in packages of version 1 is common
    /// and most importers take it; old ones do not.
    ///
    /// ```text
    /// SHA256(digest-not-of-version.vmdk)
    /// ```
    ///
    /// Keep it if the importer takes it; else compute the digests with the algorithm of the version.
    DIGEST_NOT_OF_VERSION = 6032, "digest-not-of-version", Tolerated, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// A package of version 2 has SHA-1 or MD5 digests.
    ///
    /// Version 2 requires SHA256. Importers say that the checksum algorithm is invalid.
    ///
    /// ```text
    /// SHA1(weak-digest-in-version-2.vmdk)
    /// ```
    ///
    /// Compute the digests with SHA256.
    WEAK_DIGEST_IN_VERSION_2 = 6033, "weak-digest-in-version-2", Error, "DSP0243 2.x 5.1", ValidationError, OvfInvalidPackage;

    /// The digest of a file is not the one in the manifest.
    ///
    /// The file was changed or damaged after the manifest was made, or the manifest belongs to another
    /// package. Digests are over the bytes as they are stored, before any decompression.
    ///
    /// ```text
    /// SHA256(disk.vmdk)= and the digest of other bytes
    /// ```
    ///
    /// Fetch the package again; if you changed the file yourself, make the manifest anew.
    DIGEST_MISMATCH = 6040, "digest-mismatch", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// A file of the package is not in the manifest.
    ///
    /// The manifest has a digest for every file that the descriptor refers to. What is not listed can
    /// be exchanged without a trace.
    ///
    /// ```text
    /// a package with disk2.vmdk whose manifest lists disk1.vmdk alone
    /// ```
    ///
    /// Make the manifest anew, over all files.
    UNLISTED_FILE = 6041, "unlisted-file", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// The descriptor is not in the manifest.
    ///
    /// All common tools list it, and it says which files belong to the package: unlisted, it can be
    /// exchanged without a trace. Some importers refuse such a package, others take it.
    ///
    /// ```text
    /// a package vm.ovf, disk.vmdk whose manifest lists disk.vmdk alone
    /// ```
    ///
    /// Make the manifest anew, with the descriptor in it.
    UNLISTED_DESCRIPTOR = 6042, "unlisted-descriptor", Warning, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// A file that the manifest lists is not in the package.
    ///
    /// ```text
    /// SHA256(disk2.vmdk)= where there is no disk2.vmdk
    /// ```
    ///
    /// Add the file, or make the manifest anew. Pieces of a file in chunks are listed one by one,
    /// each with its number.
    LISTED_FILE_ABSENT = 6043, "listed-file-absent", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// A file could not be read to its end, so nothing is known of its digest.
    ///
    /// ```text
    /// an archive that was cut short within disk.vmdk
    /// ```
    ///
    /// Fetch the package again and verify the whole of it.
    FILE_NOT_READ_TO_ITS_END = 6044, "file-not-read-to-its-end", Error, "DSP0243 5.1", ValidationError, OvfInvalidPackage;

    /// A file is listed, but its digest could not be checked.
    ///
    /// When the manifest comes after the files, only the common algorithms were computed on the way.
    /// The file may be good or bad: nothing is known.
    ///
    /// ```text
    /// MD5(disk.vmdk)= in a manifest behind the disks
    /// ```
    ///
    /// Verify again with the manifest in front, or compute the digests with SHA256.
    FILE_NOT_VERIFIED = 6045, "file-not-verified", Tolerated, "DSP0243 5.1", ValidationError, OvfInvalidPackage;
}
