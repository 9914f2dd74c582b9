//! Block 3, 3001 to 3099: references (DSP0243 7.1).

use super::codes;

codes! {
    /// A File has no `id`.
    ///
    /// Disks, devices and message bundles name files by their id, so nothing can use this one.
    ///
    /// ```xml
    /// <File ovf:href="disk1.vmdk"/>
    /// ```
    ///
    /// Give it an `ovf:id` that no other File has.
    MISSING_FILE_ID = 3001, "missing-file-id", Error, "DSP0243 7.1", AttributeRequired, OvfMissingAttribute;

    /// The `id` of a File is empty.
    ///
    /// ```xml
    /// <File ovf:id="" ovf:href="disk1.vmdk"/>
    /// ```
    ///
    /// Give it a name that no other File has.
    EMPTY_FILE_ID = 3002, "empty-file-id", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidValueEmpty;

    /// Two Files have the same `id`.
    ///
    /// Readers take the first or the last, and so attach different files.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk2.vmdk"/>
    /// ```
    ///
    /// Rename one of them, and what refers to it.
    DUPLICATE_FILE_ID = 3003, "duplicate-file-id", Error, "DSP0243 7.1", ValueIllegal, OvfDuplicateElement;

    /// A File has no `href`.
    ///
    /// Without it nobody knows which file is meant.
    ///
    /// ```xml
    /// <File ovf:id="file1"/>
    /// ```
    ///
    /// Add `ovf:href` with the path of the file relative to the descriptor.
    MISSING_HREF = 3004, "missing-href", Error, "DSP0243 7.1", AttributeRequired, OvfMissingAttribute;

    /// The `href` of a File names no file.
    ///
    /// It is empty, or consists of a query or fragment alone.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href=""/>
    /// ```
    ///
    /// Write the path of the file relative to the descriptor.
    EMPTY_HREF = 3005, "empty-href", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidValueEmpty;

    /// The `href` of a File is no URI reference.
    ///
    /// Blanks, backslashes and other characters have to be written as escapes, and `?` and `#` begin
    /// parts that name no file. Readers differ in what they make of them. Letters outside of ASCII are
    /// fine.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disks\system disk.vmdk"/>
    /// ```
    ///
    /// Write `/` between folders, and `%20` for a blank.
    MALFORMED_HREF = 3006, "malformed-href", Tolerated, "DSP0243 7.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `href` of a File has a scheme that few readers know.
    ///
    /// Relative paths, `file`, `http` and `https` are what the standard has in mind.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="ftp://example.org/disk1.vmdk"/>
    /// ```
    ///
    /// Put the file beside the descriptor and write its name.
    UNUSUAL_HREF_SCHEME = 3007, "unusual-href-scheme", Warning, "DSP0243 7.1", ValueIllegal, OvfUnsupportedAttributeValue;

    /// The `href` of a File leads out of the package.
    ///
    /// Importers that keep to the folder of the descriptor refuse it, and those that do not can be made
    /// to overwrite files of the machine they run on. In an OVA such a name cannot be honoured.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="../disks/disk1.vmdk"/>
    /// ```
    ///
    /// Put the file into the folder of the descriptor or below, and name it by a plain relative path.
    UNSAFE_HREF = 3008, "unsafe-href", Warning, "DSP0243 7.1", ValueIllegal, OvfInvalidValue;

    /// The content of a File is somewhere else on the network.
    ///
    /// It is not part of the package, so neither its presence nor its digest is checked.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="https://example.org/disk1.vmdk"/>
    /// ```
    ///
    /// Nothing has to be done if whoever imports the package can reach it.
    REMOTE_FILE = 3009, "remote-file", Info, "DSP0243 7.1", ValueIllegal, OvfUnsupportedAttributeValue;

    /// Two Files name the same file.
    ///
    /// They are compared by what they name: `disk.vmdk`, `./disk.vmdk` and `%64isk.vmdk` are one file.
    ///
    /// ```xml
    /// <File ovf:id="file2" ovf:href="./disk1.vmdk"/>
    /// ```
    ///
    /// Keep one File and let everything refer to it.
    DUPLICATE_HREF = 3010, "duplicate-href", Error, "DSP0243 7.1", ValueIllegal, OvfDuplicateElement;

    /// The `size` of a File is no number of bytes.
    ///
    /// It is a whole number below 2^64, without a unit.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk" ovf:size="1 GB"/>
    /// ```
    ///
    /// Write the size of the file as it is stored, in bytes, or leave the attribute out.
    INVALID_FILE_SIZE = 3011, "invalid-file-size", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `size` of a File is 0.
    ///
    /// A file that is referred to is hardly empty; generators write 0 when they do not know. Importers
    /// that show progress or reserve space are misled.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk" ovf:size="0"/>
    /// ```
    ///
    /// Write the size in bytes, or leave the attribute out.
    ZERO_FILE_SIZE = 3012, "zero-file-size", Warning, "DSP0243 7.1", ValueIllegal, OvfInvalidValue;

    /// The `compression` of a File is unknown.
    ///
    /// The standard knows `gzip` and `identity`, in small letters.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk.gz" ovf:compression="GZIP"/>
    /// ```
    ///
    /// Write `gzip`, or store the file as it is and leave the attribute out.
    UNKNOWN_COMPRESSION = 3013, "unknown-compression", Tolerated, "DSP0243 7.1", ValueIllegal, OvfUnsupportedAttributeValue;

    /// The `chunkSize` of a File is no positive number of bytes.
    ///
    /// With it the file is stored in pieces of that size, `disk1.vmdk.000000000` and so on.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk" ovf:chunkSize="0"/>
    /// ```
    ///
    /// Write the size of the pieces in bytes, or leave the attribute out if the file is in one piece.
    INVALID_CHUNK_SIZE = 3014, "invalid-chunk-size", Error, "DSP0243 7.1", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// Nothing uses a File.
    ///
    /// No disk, device, icon, licence or message bundle refers to it. It is transferred and thrown away.
    ///
    /// ```xml
    /// <File ovf:id="file2" ovf:href="readme.txt"/>
    /// ```
    ///
    /// Remove it, or add what should refer to it.
    UNUSED_FILE = 3015, "unused-file", Warning, "DSP0243 7.1", ValueIllegal, OvfInvalidValueReference;

    /// A message bundle stands after other files in References.
    ///
    /// Importers that read a package as a stream need the texts before the disks come.
    ///
    /// ```xml
    /// <File ovf:id="texts" ovf:href="texts.xml"/>
    /// ```
    ///
    /// List message bundles before all other files.
    BUNDLE_AFTER_FILES = 3016, "bundle-after-files", Error, "DSP0243 10.2", ElementIllegal, OvfConstraint;

    /// The file of a parent disk stands after the file of its child.
    ///
    /// A delta can be written only onto a disk that is there, so streams carry parents first.
    ///
    /// ```xml
    /// <File ovf:id="base" ovf:href="base.vmdk"/>
    /// ```
    ///
    /// List the files of parent disks first.
    PARENT_FILE_AFTER_CHILD = 3017, "parent-file-after-child", Error, "DSP0243 9.1", ElementIllegal, OvfDiskOrderConstraint;

    /// References holds an OVF element that is no File.
    ///
    /// ```xml
    /// <Disk ovf:diskId="disk1"/>
    /// ```
    ///
    /// Move it to where it belongs, or correct its name to `File`.
    UNEXPECTED_REFERENCE = 3018, "unexpected-reference", Error, "DSP0243 7.1", ElementIllegal, OvfUnexpectedElement;

    /// The `size` of a File is below 0.
    ///
    /// Some generators write a negative number when they do not know the size, and importers take it for
    /// that. The type of the attribute has no negative numbers.
    ///
    /// ```xml
    /// <File ovf:id="file1" ovf:href="disk1.vmdk" ovf:size="-2"/>
    /// ```
    ///
    /// Write the size in bytes, or leave the attribute out.
    NEGATIVE_FILE_SIZE = 3019, "negative-file-size", Tolerated, "DSP0243 7.1", ValueIllegal, OvfInvalidValueFormatMalformed;
}
