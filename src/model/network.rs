//! `NetworkSection` (DSP0243 9.2).

use super::envelope::Envelope;
use super::view::view;

view! {
    /// A `Network` (DSP0243 9.2).
    Network {
        /// `name`, by which a network card's `Connection` refers to it.
        name = "name",
    }
}

impl<'s> Envelope<'s> {
    /// Whether several networks have one name.
    pub(crate) fn repeats_network_names(&self) -> bool {
        self.index().repeats_networks(self)
    }

    /// The networks, in document order, wherever their section stands.
    pub fn networks(&self) -> impl Iterator<Item = Network<'_, 's>> {
        self.elements(&self.lists().networks).map(Network::new)
    }

    /// The network of a name; the first, when several have it.
    #[must_use]
    pub fn network(&self, name: &str) -> Option<Network<'_, 's>> {
        self.index().network(self, name).map(Network::new)
    }
}
