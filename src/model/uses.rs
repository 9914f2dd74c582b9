//! Which files, disks and networks something refers to.

use super::element::Element;
use super::envelope::{Envelope, NotableAttribute};
use super::names::AttributeName;
use super::scope::Scope;
use crate::value::host_resource::{HostResource, Kind};
use crate::value::macros;
use crate::value::property::network;

/// The Files, Disks and Networks that something refers to by their ids, a bit for each. Of several with one id it
/// is the first.
#[derive(Debug)]
pub(crate) struct Uses(Vec<u64>);

impl Uses {
    /// Nothing yet.
    pub(crate) fn none(envelope: &Envelope<'_>) -> Self {
        Self(vec![0; envelope.tree().len().div_ceil(64)])
    }

    /// Whether something refers to a File, Disk or Network that is the first of its id.
    pub(crate) fn has(&self, element: Element<'_, '_>) -> bool {
        let (word, bit) = place(element);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Adds what the elements of a stretch refer to: while it is looked at, for they are far from each other.
    pub(crate) fn gather(&mut self, scope: &Scope<'_, '_>) {
        for attribute in scope.notable_attributes() {
            self.files(scope, attribute);
            self.networks(scope, attribute);
        }
        for resource in scope.host_resources() {
            let text = resource.text();
            let Ok(HostResource { kind, id, .. }) = HostResource::parse(&text) else { continue };
            // What says that it is a disk, and has the id of a file, is taken to mean the file as well.
            self.add(scope.file(id).map(|file| file.element()));
            if kind == Kind::Disk {
                self.add(scope.disk(id).map(|disk| disk.element()));
            }
        }
        for connection in scope.connections() {
            self.network(scope, &connection.text());
        }
    }

    /// Any `fileRef`, of whatever namespace, is a use, and so is any value `ovf:/file/ID`: vendors name files in
    /// places of their own.
    fn files(&mut self, scope: &Scope<'_, '_>, found: NotableAttribute<'_, '_>) {
        let value = found.attribute.value();
        let id = match found.name {
            AttributeName::FileRef => Some(&*value),
            _ => value.strip_prefix("ovf:/file/"),
        };
        self.add(id.and_then(|id| scope.file(id)).map(|file| file.element()));
    }

    fn networks(&mut self, scope: &Scope<'_, '_>, found: NotableAttribute<'_, '_>) {
        match found.name {
            AttributeName::NetworkName | AttributeName::Network => {
                self.network(scope, &found.attribute.value());
            }
            AttributeName::Qualifiers => {
                let value = found.attribute.value();
                let named = network::parse(&value).into_iter().flatten();
                for network in named.filter_map(|qualifier| qualifier.network) {
                    self.network(scope, &network);
                }
            }
            _ if found.attribute.may_hold_dollar() => {
                let value = found.attribute.value();
                let arguments =
                    macros::macros(&value).filter_map(|found| found.name.split_once(':'));
                arguments.for_each(|(_, name)| self.network(scope, name));
            }
            _ => {}
        }
    }

    fn network(&mut self, scope: &Scope<'_, '_>, name: &str) {
        self.add(scope.network(name).map(|network| network.element()));
    }

    fn add(&mut self, element: Option<Element<'_, '_>>) {
        let Some((word, bit)) = element.map(place) else { return };
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }
}

/// The word of an element, and the bit in it.
fn place(element: Element<'_, '_>) -> (usize, u64) {
    let number = element.node().id().index();
    (number / 64, 1_u64.rotate_left(u32::try_from(number % 64).unwrap_or(0)))
}
