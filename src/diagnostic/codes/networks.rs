//! Block 3, 3201 to 3299: networks (DSP0243 9.2).

use super::codes;

codes! {
    /// A Network has no `name`.
    ///
    /// Network cards name networks by it, and so does whoever maps them at deployment.
    ///
    /// ```xml
    /// <Network/>
    /// ```
    ///
    /// Give it an `ovf:name` that no other Network has.
    MISSING_NETWORK_NAME = 3201, "missing-network-name", Error, "DSP0243 9.2", AttributeRequired, OvfMissingAttribute;

    /// The `name` of a Network is empty.
    ///
    /// ```xml
    /// <Network ovf:name=""/>
    /// ```
    ///
    /// Give it a name that no other Network has.
    EMPTY_NETWORK_NAME = 3202, "empty-network-name", Error, "DSP0243 9.2", ValueIllegal, OvfInvalidValueEmpty;

    /// Two Networks have the same `name`.
    ///
    /// Nobody can tell which of them a network card is meant for.
    ///
    /// ```xml
    /// <Network ovf:name="VM Network"/>
    /// ```
    ///
    /// Keep one, or rename one and the connections that mean it.
    DUPLICATE_NETWORK_NAME = 3203, "duplicate-network-name", Error, "DSP0243 9.2", ValueIllegal, OvfDuplicateElement;

    /// No network card is connected to a Network.
    ///
    /// Whoever deploys the package is asked to map a network that makes no difference.
    ///
    /// ```xml
    /// <Network ovf:name="Backup"/>
    /// ```
    ///
    /// Remove it, or add the connection.
    UNUSED_NETWORK = 3204, "unused-network", Warning, "DSP0243 9.2", ValueIllegal, OvfInvalidValueReference;

    /// A Network has more than one Description.
    ///
    /// ```xml
    /// <Description>And again.</Description>
    /// ```
    ///
    /// Write one text; other languages go into message bundles.
    REPEATED_NETWORK_DESCRIPTION = 3205, "repeated-network-description", Error, "DSP0243 9.2", ElementIllegal, OvfDuplicateElement;
}
