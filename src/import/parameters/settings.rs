//! `vmw:ExtraConfig`: lines of the `.vmx` file that a descriptor brings.

use std::collections::{BTreeSet, HashSet};

use super::issue::{Issue, IssueKind, Issues};
use crate::diagnostic::quoted;
use crate::import::choices::ExtraConfigFilter;
use crate::import::deployment::Deployment;
use crate::model::{ConfigEntry, OstNode};

/// A setting of `vmw:ExtraConfig`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExtraConfig {
    /// Its key, as in a `.vmx` file.
    pub key: String,
    /// Its value.
    pub value: String,
    /// The id of the machine it is for.
    pub system_id: String,
    /// Whether it is taken over.
    pub is_kept: bool,
}

/// The settings, with those that are taken over marked.
pub(super) fn extra_config(
    deployment: &Deployment<'_, '_>,
    issues: &mut Issues,
) -> Vec<ExtraConfig> {
    let filter = &deployment.choices().extra_config;
    let keys: BTreeSet<&str> = match filter {
        ExtraConfigFilter::All => BTreeSet::new(),
        ExtraConfigFilter::Only(keys) | ExtraConfigFilter::Except(keys) => {
            keys.iter().map(String::as_str).collect()
        }
    };
    let mut settings = Vec::new();
    for (node, entry) in entries(deployment) {
        let Some(key) = entry.key() else { continue };
        let key = key.value().into_owned();
        let is_named = keys.contains(key.as_str());
        settings.push(ExtraConfig {
            value: entry.value().map(|value| value.value().into_owned()).unwrap_or_default(),
            system_id: node.id().into_owned(),
            is_kept: match filter {
                ExtraConfigFilter::All => true,
                ExtraConfigFilter::Only(_) => is_named,
                ExtraConfigFilter::Except(_) => !is_named,
            },
            key,
        });
    }
    let known: HashSet<&str> = settings.iter().map(|setting| setting.key.as_str()).collect();
    for key in keys.into_iter().filter(|key| !known.contains(key)) {
        let known = settings.iter().map(|setting| setting.key.as_str());
        issues.warn(
            Issue::new(
                IssueKind::UnknownExtraConfig,
                format!("extra-config:{key}"),
                format!("no `vmw:ExtraConfig` has the key {}", quoted(key)),
            )
            .value(key)
            .suggest(key, known, "such settings"),
        );
    }
    settings
}

/// The entries of all machines and of their devices, each with its machine.
fn entries<'e, 's>(deployment: &Deployment<'e, 's>) -> Vec<(OstNode<'e, 's>, ConfigEntry<'e, 's>)> {
    let mut entries = Vec::new();
    for node in deployment.envelope().ost_nodes() {
        let Some(hardware) = deployment.hardware(node) else { continue };
        let of_machine = hardware.hardware().config_entries();
        let of_devices = hardware.devices().iter().flat_map(|device| device.config_entries());
        let extra = of_machine.chain(of_devices).filter(|entry| entry.is_extra());
        entries.extend(extra.map(|entry| (node, entry)));
    }
    entries
}
