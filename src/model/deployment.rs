//! `DeploymentOptionSection` (DSP0243 9.8).

use super::envelope::Envelope;
use super::view::view;

view! {
    /// A `Configuration`: one of the options a package can be deployed with (DSP0243 9.8).
    Configuration {
        /// `id`, by which Items and Values say that they belong to it.
        id = "id",
        /// `default`: whether it is taken when nobody chooses.
        default = "default",
    }
}

impl<'s> Envelope<'s> {
    /// The deployment options, in document order, wherever their section stands.
    pub fn configurations(&self) -> impl Iterator<Item = Configuration<'_, 's>> {
        self.elements(&self.lists().configurations).map(Configuration::new)
    }

    /// The deployment option of an id; the first, when several have it.
    #[must_use]
    pub fn configuration(&self, id: &str) -> Option<Configuration<'_, 's>> {
        self.index().configuration(self, id).map(Configuration::new)
    }
}
