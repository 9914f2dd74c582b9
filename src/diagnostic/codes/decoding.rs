//! Block 0: bytes to text, and ceilings.
#![allow(clippy::zero_prefixed_literal)] // the numbers are written as they are printed

use super::codes;

codes! {
    /// The descriptor is bigger or more deeply nested than the limits allow.
    ///
    /// Everything that can grow has a ceiling, so that no input can exhaust the machine that reads it.
    /// What lies beyond the ceiling was not examined: the absence of findings there means nothing.
    ///
    /// ```text
    /// an element with 100,000 attributes
    /// ```
    ///
    /// Real descriptors stay far below every default. If yours is honest and really that big, raise
    /// the limit the message names.
    LIMIT_REACHED = 0001, "limit-reached", Error, "ovf limits", InternalError, OvfXmlFormat;
}
