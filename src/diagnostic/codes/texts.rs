//! Block 5, 5301 to 5399: annotations, licences, message bundles, languages (DSP0243 9.4, 9.6, 10).

use super::codes;

codes! {
    /// An AnnotationSection has no Annotation.
    ///
    /// ```xml
    /// <AnnotationSection>
    /// ```
    ///
    /// Add `<Annotation>…</Annotation>`, or remove the section.
    MISSING_ANNOTATION = 5301, "missing-annotation", Error, "DSP0243 9.4", ElementRequired, OvfMissingElement;

    /// An AnnotationSection has more than one Annotation.
    ///
    /// Importers show the first.
    ///
    /// ```xml
    /// <Annotation>And another.</Annotation>
    /// ```
    ///
    /// Write one text.
    REPEATED_ANNOTATION = 5302, "repeated-annotation", Error, "DSP0243 9.4", ElementIllegal, OvfDuplicateElement;

    /// A EulaSection has no License.
    ///
    /// There is nothing to agree to.
    ///
    /// ```xml
    /// <EulaSection>
    /// ```
    ///
    /// Add `<License>…</License>`, or remove the section.
    MISSING_LICENSE = 5303, "missing-license", Error, "DSP0243 9.6", ElementRequired, OvfMissingElement;

    /// A EulaSection has more than one License.
    ///
    /// Each licence has to be agreed to on its own, so each has a section of its own.
    ///
    /// ```xml
    /// <License>And another.</License>
    /// ```
    ///
    /// Write one EulaSection for each.
    REPEATED_LICENSE = 5304, "repeated-license", Error, "DSP0243 9.6", ElementIllegal, OvfDuplicateElement;

    /// The text of a License is empty.
    ///
    /// Whoever deploys the package is asked to agree to nothing.
    ///
    /// ```xml
    /// <License></License>
    /// ```
    ///
    /// Write the licence, or remove the section.
    EMPTY_LICENSE = 5305, "empty-license", Warning, "DSP0243 9.6", ValueIllegal, OvfElementInvalidValue;

    /// A text or a message bundle is in a File that References does not have.
    ///
    /// The text in the descriptor is shown instead.
    ///
    /// ```xml
    /// <Strings xml:lang="de-DE" ovf:fileRef="texts"/>
    /// ```
    ///
    /// Give `ovf:fileRef` the id of a File, or add the File.
    UNKNOWN_TEXT_FILE = 5306, "unknown-text-file", Tolerated, "DSP0243 10.2", ValueIllegal, OvfInvalidValueReference;

    /// An `xml:lang` is no language tag.
    ///
    /// Tags are those of RFC 5646: `de`, `de-DE`, `zh-Hans`. Readers that look for a language by its tag
    /// do not find this one.
    ///
    /// ```xml
    /// <Strings xml:lang="english_us">
    /// ```
    ///
    /// Write the tag of the language, with `-` between its parts.
    INVALID_LANGUAGE = 5311, "invalid-language", Error, "DSP0243 10", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A message bundle does not say its language.
    ///
    /// It is then taken for the language of the texts in the descriptor.
    ///
    /// ```xml
    /// <Strings>
    /// ```
    ///
    /// Add `xml:lang`.
    MISSING_BUNDLE_LANGUAGE = 5312, "missing-bundle-language", Warning, "DSP0243 10", AttributeRequired, OvfMissingAttribute;

    /// A Msg has no `msgid`.
    ///
    /// Nothing can refer to it.
    ///
    /// ```xml
    /// <Msg>Ein Webserver.</Msg>
    /// ```
    ///
    /// Add `ovf:msgid`.
    MISSING_MSGID = 5313, "missing-msgid", Error, "DSP0243 10.1", AttributeRequired, OvfMissingAttribute;

    /// One message bundle has two texts for one message.
    ///
    /// The later one is shown.
    ///
    /// ```xml
    /// <Msg ovf:msgid="info">Ein anderer.</Msg>
    /// ```
    ///
    /// Keep one.
    DUPLICATE_MESSAGE = 5314, "duplicate-message", Warning, "DSP0243 10.1", ValueIllegal, OvfDuplicateElement;

    /// An element refers to a message that no bundle has.
    ///
    /// The text in the descriptor is shown in every language.
    ///
    /// ```xml
    /// <Info ovf:msgid="infos">A web server.</Info>
    /// ```
    ///
    /// Add the message to the bundles, or correct the id.
    UNRESOLVED_MSGID = 5315, "unresolved-msgid", Warning, "DSP0243 10", ValueIllegal, OvfInvalidValueReference;

    /// A message bundle is in a file, and has messages of its own too.
    ///
    /// Which of them a reader takes is not settled; those in the descriptor usually override the file.
    ///
    /// ```xml
    /// <Strings xml:lang="de-DE" ovf:fileRef="texts">
    /// ```
    ///
    /// Write the messages in one place.
    BUNDLE_IN_TWO_PLACES = 5316, "bundle-in-two-places", Warning, "DSP0243 10.2", ElementIllegal, OvfConstraint;

    /// A Msg has a text and a file.
    ///
    /// ```xml
    /// <Msg ovf:msgid="eula" ovf:fileRef="eula">Short text.</Msg>
    /// ```
    ///
    /// Keep one of the two.
    MESSAGE_IN_TWO_PLACES = 5317, "message-in-two-places", Error, "DSP0243 2.1 10.3", ElementIllegal, OvfConstraint;
}
