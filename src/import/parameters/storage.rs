//! Where disks and storage groups go.

use super::issue::{Issue, IssueKind, Issues};
use crate::diagnostic::quoted;
use crate::import::deployment::Deployment;
use crate::namespace::Namespace;

/// A storage group of the descriptor (`vmw:StorageGroupSection`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StorageGroup {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its `Description`, localised.
    pub description: String,
    /// The datastore it goes to.
    pub datastore: Option<String>,
    /// The storage policy it gets.
    pub storage_profile: Option<String>,
}

/// The storage groups, and whether what is chosen for storage names something.
pub(super) fn groups(deployment: &Deployment<'_, '_>, issues: &mut Issues) -> Vec<StorageGroup> {
    let envelope = deployment.envelope();
    let choices = deployment.choices();
    let groups: Vec<StorageGroup> = envelope
        .storage_groups()
        .filter_map(|group| {
            let id = group.id()?.value().into_owned();
            let element = group.element();
            let description =
                element.child_in(Namespace::Vmw, "Description").or(element.child("Description"));
            Some(StorageGroup {
                name: group.name().map(|name| name.value().into_owned()).unwrap_or_default(),
                description: deployment.texts().of_some(description).unwrap_or_default(),
                datastore: choices.datastores.get(&id).cloned(),
                storage_profile: choices.storage_profiles.get(&id).cloned(),
                id,
            })
        })
        .collect();
    for (what, targets) in
        [("datastore", &choices.datastores), ("storage-profile", &choices.storage_profiles)]
    {
        for (id, target) in targets {
            let parameter = format!("{what}:{id}");
            if envelope.disk(id).is_none() && envelope.storage_group(id).is_none() {
                let disks = envelope.disks().filter_map(|disk| disk.id());
                let known = disks
                    .map(|id| id.value().into_owned())
                    .chain(groups.iter().map(|group| group.id.clone()));
                let issue = Issue::new(
                    IssueKind::UnknownStorage,
                    parameter,
                    format!("no disk and no storage group has the id {}", quoted(id)),
                )
                .value(target);
                let issue = issues.suggest(issue, id, known, "disks");
                issues.error(issue);
            } else if target.trim().is_empty() {
                issues.error(
                    Issue::new(
                        IssueKind::EmptyTarget,
                        parameter,
                        format!("{} goes to nothing", quoted(id)),
                    )
                    .value(target)
                    .help("name something of the target"),
                );
            }
        }
    }
    groups
}
