//! Block 0: bytes to text, and ceilings.
#![allow(clippy::zero_prefixed_literal)] // the numbers are written as they are printed

use super::codes;

codes! {
    /// The descriptor is bigger or more deeply nested than the limits allow.
    ///
    /// Everything that can grow has a ceiling, so that no input can exhaust the machine that reads it.
    /// What lies beyond the ceiling was not examined: the absence of findings there means nothing.
    ///
    /// ```xml
    /// <v:Box><v:Box><v:Box><v:Box><v:Box><v:Box><v:Box><v:Box>
    /// ```
    ///
    /// Real descriptors stay far below every default. If yours is honest and really that big, raise
    /// the limit the message names.
    LIMIT_REACHED = 0001, "limit-reached", Error, "ovf limits", InternalError, OvfXmlFormat;

    /// The XML declaration names an encoding that the text does not have.
    ///
    /// XML readers go by the bytes, by the declaration, or by what they were told, and so they may
    /// read different text or none at all: several refuse a document that says UTF-16 and is UTF-8.
    /// The text was read by its byte order mark and, without one, as UTF-8. Names of encodings that
    /// have ASCII as a part are taken as true while the text has no other characters.
    ///
    /// ```xml
    /// <?xml version="1.0" encoding="utf-16"?>
    /// ```
    ///
    /// Write `encoding="UTF-8"`, or leave the encoding out.
    WRONG_ENCODING_DECLARATION = 0002, "wrong-encoding-declaration", Tolerated, "XML 1.0 4.3.3", ParseError, OvfXmlFormat;
}
