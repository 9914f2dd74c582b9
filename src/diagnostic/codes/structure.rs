//! Block 2, from 2201: what the schemas of OVF (DSP8023) say of elements for which no rule of its own
//! speaks.

use super::codes;

codes! {
    /// An element lacks a child that the schema requires.
    ///
    /// Readers that hold descriptors against the schema refuse it; others have to guess what was meant.
    ///
    /// ```xml
    /// <boot:CIM_BootConfigSetting>
    /// ```
    ///
    /// Add the child.
    MISSING_CHILD = 2201, "missing-child", Tolerated, "DSP8023", ElementRequired, OvfMissingElement;

    /// An element stands twice where the schema allows it once.
    ///
    /// Some readers take the first, some the last, and those that go by the schema refuse the package.
    ///
    /// ```xml
    /// <Description>Debian, 64-bit</Description>
    /// ```
    ///
    /// Keep one of them. Texts in other languages go into message bundles.
    REPEATED_CHILD = 2202, "repeated-child", Tolerated, "DSP8023", ElementIllegal, OvfDuplicateElement;

    /// An element stands where the schema knows none of its name.
    ///
    /// Elements of the standard have their places, and texts hold no elements at all. What vendors add
    /// is in a namespace of theirs, and goes where the schema leaves room for it.
    ///
    /// ```xml
    /// <Info>Hardware of the <b>server</b></Info>
    /// ```
    ///
    /// Move it to where it belongs, put it into a namespace of your own, or remove it.
    UNEXPECTED_CHILD = 2203, "unexpected-child", Tolerated, "DSP8023", ElementIllegal, OvfUnexpectedElement;

    /// A child stands behind one that it should stand before.
    ///
    /// The schema gives the children of an element an order; those of other namespaces come last.
    /// Readers that hold descriptors against the schema refuse any other order.
    ///
    /// ```xml
    /// <Disk ovf:diskId="late" ovf:capacity="10"/>
    /// ```
    ///
    /// Move it to its place.
    CHILD_OUT_OF_ORDER = 2204, "child-out-of-order", Tolerated, "DSP8023", ElementIllegal, OvfUnexpectedElement;

    /// The text of an element does not have the form the schema gives it.
    ///
    /// A number is written in digits and within the range of its type, a truth value as `true` or
    /// `false`. Readers that hold descriptors against the schema refuse anything else.
    ///
    /// ```xml
    /// <vssd:AutomaticStartupAction>always</vssd:AutomaticStartupAction>
    /// ```
    ///
    /// Write a value of the form the finding names.
    MALFORMED_TEXT = 2205, "malformed-text", Tolerated, "DSP8023", ValueIllegal, OvfElementInvalidValue;

    /// There is text between elements where the schema allows none.
    ///
    /// It is a slip of the hand, or what is left of a tag that was cut off. No reader sees it, save
    /// those that go by the schema, and they refuse the package.
    ///
    /// ```xml
    /// the disk of the server
    /// ```
    ///
    /// Remove it, or make a comment of it.
    UNEXPECTED_TEXT = 2206, "unexpected-text", Tolerated, "DSP8023", ElementIllegal, OvfUnexpectedElement;
}
