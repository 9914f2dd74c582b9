//! How strict to be, and for whom.

/// What a check is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Policy {
    /// How deviations that importers put up with are judged.
    pub strictness: Strictness,
    /// Who is going to import the package.
    pub target: Target,
}

impl Policy {
    /// Lenient, for no importer in particular.
    #[must_use]
    pub const fn new() -> Self {
        Self { strictness: Strictness::Lenient, target: Target::Standard }
    }

    /// The same with another strictness.
    #[must_use]
    pub const fn strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// The same for another importer.
    #[must_use]
    pub const fn target(mut self, target: Target) -> Self {
        self.target = target;
        self
    }
}

/// How deviations that importers put up with are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// They are warnings.
    #[default]
    Lenient,
    /// They are errors, as the text of the standard has it.
    Strict,
}

/// Who is going to import the package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// Nobody in particular: the standard alone.
    #[default]
    Standard,
    /// VMware vSphere (vCenter and ESXi).
    VSphere,
    /// VMware vCloud Director.
    VCloud,
}
