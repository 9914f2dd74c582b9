//! Block 94: what is lost when a descriptor is written in an earlier version of OVF, and what is in the
//! way of it. `Validator` does not tell these; `edit::convert` does.

use super::codes;

codes! {
    /// The mark of a password is lost in OVF 1.0.
    ///
    /// `password` of a Property came with 1.1. Without it whoever deploys the package is asked for the
    /// password in the clear, and tools show its default.
    ///
    /// ```xml
    /// <Property ovf:key="secret" ovf:type="string" ovf:userConfigurable="true" ovf:password="true"/>
    /// ```
    ///
    /// Leave the default out, and say in the label that it is a password.
    LOST_PASSWORD_MARK = 9401, "lost-password-mark", Warning, "DSP8023 1.0", AttributeIllegal, OvfUnsupportedAttribute;

    /// The id of a VirtualHardwareSection is lost in OVF 1.0.
    ///
    /// `id` came with 1.1, to name alternatives. Nothing else in a descriptor refers to it.
    ///
    /// ```xml
    /// <VirtualHardwareSection ovf:id="minimal">
    /// ```
    ///
    /// Say in its `Info` what the alternative is for.
    LOST_HARDWARE_ID = 9402, "lost-hardware-id", Warning, "DSP8023 1.0", AttributeIllegal, OvfUnsupportedAttribute;

    /// The language of the envelope is lost in OVF 1.0.
    ///
    /// `xml:lang` of the Envelope came with 1.1, and tells in what language the texts are that stand
    /// outside of bundles. A reader of 1.0 takes them for `en-US`. Bundles that rely on it are given it.
    ///
    /// ```xml
    /// xml:lang="de">
    /// ```
    ///
    /// Put the texts into a bundle with `xml:lang` too.
    LOST_LANGUAGE = 9403, "lost-language", Warning, "DSP8023 1.0", AttributeIllegal, OvfUnsupportedAttribute;

    /// The messages in a file are lost in OVF 1.0.
    ///
    /// A file of messages is a document of its own since 1.1. The file was not given, or is no message
    /// bundle, so its messages could not be written into the descriptor.
    ///
    /// ```xml
    /// <Strings xml:lang="fr" ovf:fileRef="texts-fr"/>
    /// ```
    ///
    /// Give the file.
    LOST_BUNDLE = 9404, "lost-bundle", Warning, "DSP8023 1.0", ElementUnknown, OvfUnsupportedElement;

    /// The messages in a file are written into the descriptor.
    ///
    /// A file of messages is a document of its own since 1.1. Nothing is lost; the File of References
    /// stays, for the file is still in the package.
    ///
    /// ```xml
    /// <Strings xml:lang="de" ovf:fileRef="texts-de"/>
    /// ```
    ///
    /// Remove the File, and the file from the package, if nothing else uses them.
    INLINED_BUNDLE = 9405, "inlined-bundle", Info, "DSP0243 10.2", ElementUnknown, OvfUnsupportedElement;

    /// A message gives way to the one of the same id in a file.
    ///
    /// A bundle that is in a file and has messages of its own is written as one. Of two with the same id
    /// the file's is kept, which is what was shown.
    ///
    /// ```xml
    /// <Msg ovf:msgid="title">Laden</Msg>
    /// ```
    ///
    /// Remove the message that is not wanted from the file or from the descriptor.
    REPLACED_MESSAGE = 9406, "replaced-message", Warning, "DSP0243 10.2", ElementIllegal, OvfDuplicateElement;

    /// The unit of a quantity is lost in OVF 1.0.
    ///
    /// `VirtualQuantityUnits` came with 1.1. It says something else than `AllocationUnits`, and the
    /// quantity cannot be written in the latter.
    ///
    /// ```xml
    /// <rasd:VirtualQuantityUnits>count</rasd:VirtualQuantityUnits>
    /// ```
    ///
    /// Write the quantity in `AllocationUnits`.
    LOST_QUANTITY_UNITS = 9407, "lost-quantity-units", Warning, "DSP8023 1.0", ElementUnknown, OvfUnsupportedElement;

    /// A quantity is written in another way, and means the same.
    ///
    /// `VirtualQuantityUnits` came with 1.1. Where it differs from `AllocationUnits`, or stands alone,
    /// the latter takes its place, or the quantity is converted.
    ///
    /// ```xml
    /// <rasd:VirtualQuantityUnits>byte * 2^30</rasd:VirtualQuantityUnits>
    /// ```
    ///
    /// Nothing needs to be done.
    REWRITTEN_QUANTITY = 9408, "rewritten-quantity", Info, "DSP8023 1.0", ElementUnknown, OvfUnsupportedElement;

    /// Something of OVF 2 has no counterpart in OVF 1.0.
    ///
    /// Left out it would be another machine, so the descriptor is not converted. Everything that is in
    /// the way is told.
    ///
    /// ```xml
    /// <StorageItem>
    /// ```
    ///
    /// Export the machine as OVF 1.0 or 1.1.
    NO_COUNTERPART_IN_1_0 = 9411, "no-counterpart-in-1-0", Error, "DSP8023 2.0.1", ElementUnknown, OvfUnsupportedElement;

    /// A descriptor of OVF 0.9 is not converted.
    ///
    /// 0.9 is no earlier form of the same language: its sections, properties and devices are written in
    /// other ways, and dialects differ.
    ///
    /// ```xml
    /// <Envelope xmlns="http://www.vmware.com/schema/ovf/1/envelope" xmlns:ovf="http://www.vmware.com/schema/ovf/1/envelope"
    /// ```
    ///
    /// Export the machine as OVF 1.0 or 1.1.
    DRAFT_NOT_CONVERTED = 9412, "draft-not-converted", Error, "OVF 0.9", ParseError, OvfWrongNamespace;
}
