//! Machines and collections.

use super::machine::{Machine, machine};
use super::room::{Room, bytes};
use super::text;
use crate::import::{Deployment, Files};
use crate::model::OstNodeType;

/// A machine or a collection.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SystemInfo {
    /// The ids from below the envelope down, with `/` between them.
    pub path: String,
    /// `id`.
    pub id: String,
    /// `Name`; empty when there is none.
    pub name: String,
    /// `Info`.
    pub info: String,
    /// How many collections it is in.
    pub depth: usize,
    /// What it is.
    pub node_type: OstNodeType,
    /// The ids of its storage groups.
    pub storage_groups: Vec<String>,
    /// What the machine has; none of a collection.
    pub machine: Option<Machine>,
}

impl SystemInfo {
    /// The name people see: `Name`, else the id.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

pub(super) fn systems<'e, 's>(
    deployment: &Deployment<'e, 's>,
    files: &Files<'e, 's>,
    room: &mut Room,
) -> Vec<SystemInfo> {
    let envelope = deployment.envelope();
    let mut systems = Vec::new();
    for node in envelope.ost_nodes().filter(|node| node.node_type() != OstNodeType::Envelope) {
        let parents = std::iter::successors(node.parent(), |node| node.parent());
        let is_machine = node.node_type() == OstNodeType::VirtualSystem;
        let system = SystemInfo {
            path: Deployment::path(node),
            id: node.id().into_owned(),
            name: text(deployment, node.name()),
            info: text(deployment, node.element().child("Info")),
            depth: parents.count().saturating_sub(1),
            node_type: node.node_type(),
            storage_groups: node
                .storage_references()
                .filter_map(|group| Some(group.id()?.value().into_owned()))
                .collect(),
            machine: is_machine.then(|| machine(deployment, node, files, room)),
        };
        if !room.take(bytes(&[&system.path, &system.name, &system.info])) {
            break;
        }
        systems.push(system);
    }
    systems
}
