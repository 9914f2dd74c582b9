//! `Strings` (DSP0243 10): texts in other languages.

use super::element::Element;
use super::envelope::Envelope;
use super::names::{AttributeName, ElementName};
use super::view::view;
use crate::namespace::Namespace;
use crate::xml::Attribute;

view! {
    /// A `Strings` element: the messages of one locale (DSP0243 10).
    MessageBundle {
        /// `fileRef`: the id of the file the messages are in (DSP0243 10.2).
        file_ref = "fileRef",
    }
}

view! {
    /// A `Msg`: a text for one message id (DSP0243 10.1).
    Message {
        /// `msgid`, by which elements refer to it.
        msgid = "msgid",
        /// `fileRef`: the id of the file the text is in (DSP0243 2.1 10.3).
        file_ref = "fileRef",
    }
}

impl<'e, 's> MessageBundle<'e, 's> {
    /// `xml:lang`: the locale; that of the envelope when absent.
    #[must_use]
    pub fn language(self) -> Option<Attribute<'e, 's>> {
        self.element().attribute_named_in(Namespace::Xml, AttributeName::Lang)
    }

    /// The messages, in document order.
    pub fn messages(self) -> impl Iterator<Item = Message<'e, 's>> + use<'e, 's> {
        // Bundles of OVF 0.9 have a namespace of their own, and their messages are in it.
        self.element().children().filter(|child| child.is_local("Msg")).map(Message::new)
    }
}

impl<'s> Envelope<'s> {
    /// The message bundles, in document order, wherever they stand.
    pub fn message_bundles(&self) -> impl Iterator<Item = MessageBundle<'_, 's>> {
        self.elements(&self.lists().bundles).map(MessageBundle::new)
    }

    /// Every element that refers to a message, with the reference: `msgid` on OVF elements.
    pub fn message_references(&self) -> impl Iterator<Item = (Element<'_, 's>, Attribute<'_, 's>)> {
        let mut last = None;
        self.notable_attributes()
            .filter(|notable| notable.name == AttributeName::Msgid)
            .filter(|notable| notable.element.name() != ElementName::Msg)
            // One for each element, should it have several of other namespaces.
            .filter(move |notable| {
                let id = Some(notable.element.node().id());
                std::mem::replace(&mut last, id) != id
            })
            .map(|notable| (notable.element, notable.attribute))
    }
}
