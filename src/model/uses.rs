//! Which files, disks and networks something refers to.

use super::element::Element;
use super::envelope::{Envelope, NotableAttribute};
use super::names::AttributeName;
use super::scope::Scope;
use crate::value::host_resource::{HostResource, Kind};
use crate::value::macros;
use crate::value::map::{HashSet, set_with_room};
use crate::value::property::network;
use crate::xml::NodeId;

/// The Files, Disks and Networks that something refers to by their ids. Of several with one id it is the first.
#[derive(Debug)]
pub(crate) struct Uses(HashSet<NodeId>);

impl Uses {
    /// Nothing yet.
    pub(crate) fn none(envelope: &Envelope<'_>) -> Self {
        let lists = envelope.lists();
        let most = lists.files.len().max(lists.disks.len()).max(lists.networks.len());
        Self(set_with_room(most))
    }

    /// Whether something refers to a File, Disk or Network that is the first of its id.
    pub(crate) fn has(&self, element: Element<'_, '_>) -> bool {
        self.0.contains(&element.node().id())
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
        self.0.extend(element.map(|element| element.node().id()));
    }
}
