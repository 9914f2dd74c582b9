//! Whether choices fit the descriptor.

use super::ImportSession;
use crate::diagnostic::quoted;
use crate::import::choices::Choices;
use crate::import::deployment::Deployment;
use crate::model::Envelope;
use crate::report::Validator;

/// What is wrong with a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChoiceFault {
    /// Which parameter: `deployment_option`, `networks`, `properties`.
    pub parameter: &'static str,
    /// What is wrong. Values of properties are not part of it, since they may be passwords.
    pub message: String,
}

impl ChoiceFault {
    fn new(parameter: &'static str, message: String) -> Self {
        Self { parameter, message }
    }
}

impl ImportSession {
    pub(super) fn faults_of(&self, choices: &Choices) -> Vec<ChoiceFault> {
        self.with_descriptor(|source| {
            let report = Validator::new().check(source);
            report.envelope().map(|envelope| faults(envelope, choices)).unwrap_or_default()
        })
        .unwrap_or_default()
    }
}

/// Choices that name nothing of the descriptor.
fn faults(envelope: &Envelope<'_>, choices: &Choices) -> Vec<ChoiceFault> {
    let mut faults = Vec::new();
    if let Some(option) = &choices.deployment_option
        && envelope.configuration(option).is_none()
    {
        let message = format!("there is no deployment option {}", quoted(option));
        faults.push(ChoiceFault::new("deployment_option", message));
    }
    for network in choices.networks.keys().filter(|name| envelope.network(name).is_none()) {
        let message = format!("there is no network {}", quoted(network));
        faults.push(ChoiceFault::new("networks", message));
    }
    let is_known = |key: &str| {
        let at_node = key.rsplit_once('/').is_some_and(|(path, key)| {
            envelope.properties_named(key).any(|(node, _)| Deployment::path(node) == path)
        });
        at_node || envelope.properties_named(key).next().is_some()
    };
    for key in choices.properties.keys().filter(|key| !is_known(key)) {
        let message = format!("there is no property {}", quoted(key));
        faults.push(ChoiceFault::new("properties", message));
    }
    faults
}
