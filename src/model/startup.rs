//! `StartupSection` (DSP0243 9.7).

use super::envelope::Envelope;
use super::names::ElementName;
use super::ost::OstNode;
use super::section::SectionKind;
use super::view::view;

view! {
    /// An `Item` of a `StartupSection`: when and how a member of the collection is started and stopped
    /// (DSP0243 9.7).
    StartupItem {
        /// `id` of a direct member of the collection.
        id = "id",
        /// `order`: members are started in ascending and stopped in descending order.
        order = "order",
        /// `startDelay` in seconds.
        start_delay = "startDelay",
        /// `stopDelay` in seconds.
        stop_delay = "stopDelay",
        /// `startAction`: `powerOn` or `none`.
        start_action = "startAction",
        /// `stopAction`: `powerOff`, `guestShutdown` or `none`.
        stop_action = "stopAction",
        /// `waitingForGuest`: whether the next is started as soon as the guest says it is up.
        waiting_for_guest = "waitingForGuest",
    }
}

impl<'s> Envelope<'s> {
    /// The startup items, in document order, each with the node its section stands on.
    pub fn startup_items(&self) -> impl Iterator<Item = (OstNode<'_, 's>, StartupItem<'_, 's>)> {
        self.sections(SectionKind::Startup).flat_map(|(node, section)| {
            section
                .element()
                .children_of(ElementName::Item)
                .map(move |item| (node, StartupItem::new(item)))
        })
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// The startup items of its sections, in document order.
    pub fn startup_items(self) -> impl Iterator<Item = StartupItem<'e, 's>> + use<'e, 's> {
        self.sections()
            .filter(|section| section.kind() == SectionKind::Startup)
            .flat_map(|section| section.element().children_named("Item"))
            .map(StartupItem::new)
    }
}
