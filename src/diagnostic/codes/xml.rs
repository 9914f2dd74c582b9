//! Block 1: XML 1.0 (5th edition) and Namespaces in XML 1.0.

use super::codes;

codes! {
    /// An element is never closed, or closed by the end tag of another.
    ///
    /// Where an element ends decides what belongs to it, so nothing after the fault can be relied on.
    ///
    /// ```xml
    /// <Info>an element without an end
    /// ```
    ///
    /// Close every element before the one around it ends.
    MISMATCHED_END_TAG = 1001, "mismatched-end-tag", Error, "XML 1.0 3", ParseError, OvfXmlFormat;
}
