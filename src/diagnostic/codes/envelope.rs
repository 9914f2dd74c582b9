//! Block 2: envelope and sections.

use super::codes;

codes! {
    /// The root element is not an `Envelope`.
    ///
    /// A descriptor is one XML document whose root is `Envelope`. Anything else is another kind of
    /// file: a web page that says "not found", a message bundle, a configuration of another product.
    ///
    /// ```xml
    /// <FakeEnvelope
    /// ```
    ///
    /// Check that the file is the descriptor of the package; the root element is spelled `Envelope`.
    NOT_AN_ENVELOPE = 2001, "not-an-envelope", Error, "DSP0243 7.1", ParseError, OvfWrongElement;
}
