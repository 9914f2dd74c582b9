//! Block 1: XML 1.0 (5th edition) and Namespaces in XML 1.0.

use super::codes;

codes! {
    /// An end tag is spelled otherwise than the start tag it closes.
    ///
    /// Names are compared letter by letter, prefix and letter case included. The element is taken as
    /// closed, since nothing else of that name is open.
    ///
    /// ```xml
    /// <Info>a list of disks</info>
    /// ```
    ///
    /// Write both tags alike.
    MISMATCHED_END_TAG = 1001, "mismatched-end-tag", Error, "XML 1.0 3 [WFC: Element Type Match]", ParseError, OvfXmlFormat;

    /// An element is never closed, or the element around it ends first.
    ///
    /// Where an element ends decides what belongs to it. It is taken as closed where the element
    /// around it ends, or at the end of the text.
    ///
    /// ```xml
    /// <Section><Info>a list of disks</Section>
    /// ```
    ///
    /// Add the end tag. When the text ends in the middle, the file was cut off: fetch it again.
    UNCLOSED_ELEMENT = 1002, "unclosed-element", Error, "XML 1.0 2.1", ParseError, OvfXmlFormat;

    /// An end tag closes no element that is open.
    ///
    /// Either its start tag is missing, or it was left behind when something was removed. It is left
    /// out of account.
    ///
    /// ```xml
    /// <Info>a list of disks</Name></Info>
    /// ```
    ///
    /// Remove it, or add the start tag.
    UNEXPECTED_END_TAG = 1003, "unexpected-end-tag", Error, "XML 1.0 2.1", ParseError, OvfXmlFormat;

    /// An end tag has more in it than a name.
    ///
    /// Attributes belong in the start tag. What follows the name is left out of account.
    ///
    /// ```xml
    /// <Info>a list of disks</Info msgid="disks">
    /// ```
    ///
    /// Remove what follows the name, or move it into the start tag.
    BAD_END_TAG = 1004, "bad-end-tag", Error, "XML 1.0 3.1 [42]", ParseError, OvfXmlFormat;

    /// A tag, value, comment, CDATA section or instruction is not ended.
    ///
    /// What follows it cannot be told apart from what is in it. Reading goes on only where a tag runs
    /// into the next one; otherwise it ends here.
    ///
    /// ```xml
    /// <!-- the disks of the system
    /// ```
    ///
    /// End it: a tag with `>`, a value with the quote it began with, a comment with `-->`, a CDATA
    /// section with `]]>`, an instruction with `?>`.
    UNCLOSED_MARKUP = 1005, "unclosed-markup", Error, "XML 1.0 2.1", ParseError, OvfXmlFormat;

    /// The name of an element, attribute or instruction has characters that a name cannot have.
    ///
    /// A name has letters, digits, `-`, `_` and `.`, and starts with a letter or `_`. One colon may
    /// part a prefix from the rest, but not in the name of an instruction.
    ///
    /// ```xml
    /// <ovf:Disk:Section>
    /// ```
    ///
    /// Choose a name without them.
    BAD_NAME = 1006, "bad-name", Error, "XML 1.0 2.3 [5]; Namespaces 1.0 7", ParseError, OvfXmlFormat;

    /// White space is missing between two attributes, or after the name of an instruction.
    ///
    /// They are read as if it were there.
    ///
    /// ```xml
    /// <File ovf:id="file1"ovf:href="disk1.vmdk"/>
    /// ```
    ///
    /// Put a blank between them.
    MISSING_SPACE = 1007, "missing-space", Error, "XML 1.0 3.1 [40]", ParseError, OvfXmlFormat;

    /// Something in a tag is not of the form `name="value"`.
    ///
    /// It is left out of account; the other attributes of the element are read.
    ///
    /// ```xml
    /// <Disk ovf:capacity=20/>
    /// ```
    ///
    /// Write a name, `=`, and the value between quotes.
    BAD_ATTRIBUTE = 1008, "bad-attribute", Error, "XML 1.0 3.1 [41]", ParseError, OvfXmlFormat;

    /// A `<` stands in the value of an attribute.
    ///
    /// Usually it should have been escaped; sometimes the quote before it is missing.
    ///
    /// ```xml
    /// <Property ovf:key="size" ovf:value="<20"/>
    /// ```
    ///
    /// Write `&lt;`.
    LESS_THAN_IN_VALUE = 1009, "less-than-in-value", Error, "XML 1.0 3.1 [WFC: No < in Attribute Values]", ParseError, OvfXmlFormat;

    /// An element has two attributes of one name.
    ///
    /// Names are the same when local name and namespace are, whatever the prefixes; two declarations
    /// of one prefix are the same as well. Readers that take it anyway do not agree on which counts.
    ///
    /// ```xml
    /// <File id="file1" id="file2"/>
    /// ```
    ///
    /// Remove one of them.
    DUPLICATE_ATTRIBUTE = 1010, "duplicate-attribute", Error, "XML 1.0 3.1 [WFC: Unique Att Spec]; Namespaces 1.0 6.3", ParseError, OvfXmlFormat;

    /// A `<` in text begins no markup.
    ///
    /// It is read as the character.
    ///
    /// ```xml
    /// <Info>needs < 20 GB</Info>
    /// ```
    ///
    /// Write `&lt;`.
    STRAY_LESS_THAN = 1011, "stray-less-than", Error, "XML 1.0 2.4", ParseError, OvfXmlFormat;

    /// `<!` begins neither a comment nor a CDATA section.
    ///
    /// It is left out of account up to the next `>`.
    ///
    /// ```xml
    /// <!ELEMENT Info ANY>
    /// ```
    ///
    /// Write `<!--` for a comment, `<![CDATA[` for a CDATA section, `&lt;!` for the characters.
    UNKNOWN_MARKUP = 1012, "unknown-markup", Error, "XML 1.0 3.1 [43]", ParseError, OvfXmlFormat;

    /// `--` stands in a comment.
    ///
    /// The comment is taken to go on up to `-->`. Other readers end it earlier or refuse the file.
    ///
    /// ```xml
    /// <!-- disks -- two of them -->
    /// ```
    ///
    /// Put something between the hyphens.
    BAD_COMMENT = 1013, "bad-comment", Error, "XML 1.0 2.5 [15]", ParseError, OvfXmlFormat;

    /// An instruction is called `xml` in other letters than small ones.
    ///
    /// The name is reserved; most often the XML declaration was meant.
    ///
    /// ```xml
    /// <?XML version="1.0"?>
    /// ```
    ///
    /// Write `<?xml` in small letters at the start of the file, or choose another name.
    RESERVED_TARGET = 1014, "reserved-target", Error, "XML 1.0 2.6 [17]", ParseError, OvfXmlFormat;

    /// The XML declaration does not stand at the very start.
    ///
    /// Nothing may stand before it: no blank, no empty line, no comment. It is left out of account.
    ///
    /// ```xml
    /// <!-- made by hand --><?xml version="1.0"?>
    /// ```
    ///
    /// Move it to the very start, or remove it.
    MISPLACED_DECLARATION = 1015, "misplaced-declaration", Error, "XML 1.0 2.8 [22]", ParseError, OvfXmlFormat;

    /// The XML declaration is malformed.
    ///
    /// It has a version `1.` and digits, then optionally an encoding, then optionally `standalone` with
    /// `yes` or `no`, each in quotes and with white space before it.
    ///
    /// ```xml
    /// <?xml encoding="UTF-8" version="1.0"?>
    /// ```
    ///
    /// Write `<?xml version="1.0" encoding="UTF-8"?>`.
    BAD_DECLARATION = 1016, "bad-declaration", Error, "XML 1.0 2.8 [23]", ParseError, OvfXmlFormat;

    /// There is a document type declaration.
    ///
    /// It can define entities that grow to gigabytes and name files to be read, so nothing in it is
    /// read. Importers refuse it, and no real descriptor needs one.
    ///
    /// ```xml
    /// <!DOCTYPE Envelope>
    /// ```
    ///
    /// Remove it, and write out the entities it defines.
    DOCTYPE = 1017, "doctype", Error, "ovf security", ParseError, OvfXmlFormat;

    /// A reference names an entity that XML does not predefine.
    ///
    /// There are five: `&lt;`, `&gt;`, `&amp;`, `&apos;` and `&quot;`. Those of HTML are not among them.
    /// The reference is left in the text as it is written.
    ///
    /// ```xml
    /// <Info>10&nbsp;GB</Info>
    /// ```
    ///
    /// Write the character itself or its number, `&#160;`.
    UNKNOWN_ENTITY = 1018, "unknown-entity", Error, "XML 1.0 4.1 [WFC: Entity Declared]", ParseError, OvfXmlFormat;

    /// An `&` does not begin a reference.
    ///
    /// A reference is `&`, a name or `#` and a number, and `;`. The characters are left as they are
    /// written.
    ///
    /// ```xml
    /// <Info>disks & networks</Info>
    /// ```
    ///
    /// Write `&amp;` for the character.
    BAD_REFERENCE = 1019, "bad-reference", Error, "XML 1.0 4.1 [67]", ParseError, OvfXmlFormat;

    /// A reference by number is to a character that XML forbids.
    ///
    /// Control characters other than tab and the line ends, surrogates, and what lies beyond Unicode
    /// cannot be in a document, not even so.
    ///
    /// ```xml
    /// <Info>&#0;</Info>
    /// ```
    ///
    /// Remove the reference.
    ILLEGAL_CHARACTER_REFERENCE = 1020, "illegal-character-reference", Error, "XML 1.0 4.1 [WFC: Legal Character]", ParseError, OvfXmlFormat;

    /// The text has a character that XML forbids.
    ///
    /// Control characters other than tab and the line ends, U+FFFE and U+FFFF. Often the file is not
    /// text at all, or was damaged on its way.
    ///
    /// ```text
    /// a form feed, U+000C, between two sections
    /// ```
    ///
    /// Remove it.
    ILLEGAL_CHARACTER = 1021, "illegal-character", Error, "XML 1.0 2.2 [2]", ParseError, OvfXmlFormat;

    /// `]]>` stands in text that is not a CDATA section.
    ///
    /// It is read as the characters.
    ///
    /// ```xml
    /// <Info>disks]]></Info>
    /// ```
    ///
    /// Write `]]&gt;`, or begin the CDATA section with `<![CDATA[`.
    CDATA_END_IN_TEXT = 1022, "cdata-end-in-text", Error, "XML 1.0 2.4 [14]", ParseError, OvfXmlFormat;

    /// Text stands before or after the root element.
    ///
    /// Only comments, instructions and white space may stand there.
    ///
    /// ```xml
    /// </Envelope> end of file
    /// ```
    ///
    /// Remove it.
    TEXT_OUTSIDE_ROOT = 1023, "text-outside-root", Error, "XML 1.0 2.1 [1]", ParseError, OvfXmlFormat;

    /// There is no element.
    ///
    /// The file is empty, or it is not XML.
    ///
    /// ```xml
    /// <!-- nothing but a comment -->
    /// ```
    ///
    /// Check that the file is the descriptor and that it arrived whole.
    MISSING_ROOT = 1024, "missing-root", Error, "XML 1.0 2.1 [1]", ParseError, OvfXmlFormat;

    /// A second element follows the root element.
    ///
    /// A document has one root; reading ends there. Often two files were joined.
    ///
    /// ```xml
    /// </Envelope><Envelope/>
    /// ```
    ///
    /// Put everything into one root element, or part the files.
    SEVERAL_ROOTS = 1025, "several-roots", Error, "XML 1.0 2.1 [1]", ParseError, OvfXmlFormat;

    /// A prefix is used that is not declared.
    ///
    /// A prefix stands for a namespace only where `xmlns:prefix` on the element or one around it says
    /// so. The name is kept as it is written, and is in no namespace. Each prefix is reported where it
    /// is first met.
    ///
    /// ```xml
    /// <vmw:Config vmw:key="firmware"/>
    /// ```
    ///
    /// Declare the prefix on the root element.
    UNBOUND_PREFIX = 1026, "unbound-prefix", Error, "Namespaces 1.0 5 [NSC: Prefix Declared]", ParseError, OvfXmlFormat;

    /// The prefixes `xml` or `xmlns`, or their namespaces, are used for something else.
    ///
    /// They are bound once and for all. The declaration is left out of account, and the element is in
    /// no namespace.
    ///
    /// ```xml
    /// <Info xmlns:xml="urn:example">
    /// ```
    ///
    /// Remove the declaration, or choose another prefix.
    RESERVED_NAMESPACE = 1027, "reserved-namespace", Error, "Namespaces 1.0 3 [NSC: Reserved Prefixes and Namespace Names]", ParseError, OvfXmlFormat;

    /// A prefix is bound to the empty namespace.
    ///
    /// Only the default namespace can be taken back, with `xmlns=""`.
    ///
    /// ```xml
    /// <Info xmlns:ovf="">
    /// ```
    ///
    /// Write the URI of the namespace, or remove the declaration.
    EMPTY_NAMESPACE = 1028, "empty-namespace", Error, "Namespaces 1.0 5 [NSC: No Prefix Undeclaring]", ParseError, OvfXmlFormat;
}
