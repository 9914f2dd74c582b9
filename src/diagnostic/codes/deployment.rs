//! Block 5, 5101 to 5199: deployment options (DSP0243 9.8).

use super::codes;

codes! {
    /// A DeploymentOptionSection has no Configuration.
    ///
    /// There is nothing to choose from, and importers ask all the same.
    ///
    /// ```xml
    /// <DeploymentOptionSection>
    /// ```
    ///
    /// Add the options, or remove the section.
    EMPTY_DEPLOYMENT_SECTION = 5101, "empty-deployment-section", Error, "DSP0243 9.8", ElementRequired, OvfMissingElement;

    /// A Configuration has no `id`.
    ///
    /// Items and values say by id which option they belong to.
    ///
    /// ```xml
    /// <Configuration>
    /// ```
    ///
    /// Give it an `ovf:id` without blanks that no other Configuration has.
    MISSING_CONFIGURATION_ID = 5102, "missing-configuration-id", Error, "DSP0243 9.8", AttributeRequired, OvfMissingAttribute;

    /// Two Configurations have the same `id`.
    ///
    /// ```xml
    /// <Configuration ovf:id="small">
    /// ```
    ///
    /// Rename one of them, and what refers to it.
    DUPLICATE_CONFIGURATION_ID = 5103, "duplicate-configuration-id", Error, "DSP0243 9.8", ValueIllegal, OvfDuplicateElement;

    /// The `id` of a Configuration is empty or holds a blank.
    ///
    /// Lists of configurations are divided by blanks, so such an id can never be named in one.
    ///
    /// ```xml
    /// <Configuration ovf:id="very small">
    /// ```
    ///
    /// Write a name without blanks; what people see stands in `Label`.
    INVALID_CONFIGURATION_ID = 5104, "invalid-configuration-id", Error, "DSP0243 9.8", ValueIllegal, OvfInvalidValueConfiguration;

    /// A Configuration has no `Label`.
    ///
    /// It is what people choose by.
    ///
    /// ```xml
    /// <Configuration ovf:id="small">
    /// ```
    ///
    /// Add `Label` and `Description`, in that order.
    MISSING_CONFIGURATION_LABEL = 5105, "missing-configuration-label", Error, "DSP0243 9.8", ElementRequired, OvfMissingElement;

    /// A Configuration has no `Description`.
    ///
    /// The schema demands it beside the label.
    ///
    /// ```xml
    /// <Configuration ovf:id="small">
    /// ```
    ///
    /// Add `Description` after `Label`.
    MISSING_CONFIGURATION_DESCRIPTION = 5106, "missing-configuration-description", Error, "DSP0243 9.8", ElementRequired, OvfMissingElement;

    /// Two Configurations are the default.
    ///
    /// One option at most is taken when nobody chooses; without one it is the first.
    ///
    /// ```xml
    /// <Configuration ovf:id="large" ovf:default="true">
    /// ```
    ///
    /// Leave `ovf:default` with one of them.
    REPEATED_DEFAULT = 5107, "repeated-default", Error, "DSP0243 9.8", ValueIllegal, OvfInvalidValueConfiguration;

    /// The `default` of a Configuration is no boolean.
    ///
    /// ```xml
    /// <Configuration ovf:id="small" ovf:default="yes">
    /// ```
    ///
    /// Write `true` or `false`.
    INVALID_DEFAULT = 5108, "invalid-default", Error, "DSP0243 9.8", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A `configuration` names a deployment option that does not exist.
    ///
    /// What is bound to it is never deployed.
    ///
    /// ```xml
    /// <Item ovf:configuration="tiny">
    /// ```
    ///
    /// Name a Configuration of the DeploymentOptionSection, or add it.
    UNKNOWN_CONFIGURATION = 5109, "unknown-configuration", Error, "DSP0243 9.8", ValueIllegal, OvfInvalidValueConfiguration;

    /// The names in a `configuration` are not divided by single blanks.
    ///
    /// Readers that go by the standard take `small,large` for one name.
    ///
    /// ```xml
    /// <Item ovf:configuration="small,large">
    /// ```
    ///
    /// Write one blank between two names.
    LOOSE_CONFIGURATION_LIST = 5110, "loose-configuration-list", Tolerated, "DSP0243 9.8", ValueIllegal, OvfInvalidValueConfiguration;
}
