//! Members of collections that exist several times (DSP0243 2.1 9.14).

use std::collections::HashSet;

use super::issue::{Issue, IssueKind, Issues};
use crate::diagnostic::quoted;
use crate::import::deployment::Deployment;
use crate::model::{InstanceCount, ScaleOut};
use crate::value::number;
use crate::xml::Attribute;

/// A member of a collection that exists several times.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScaleOutGroup {
    /// The id of the member.
    pub id: String,
    /// Its `Description`, localised; its `Info` when there is none.
    pub description: String,
    /// How often it exists: the number chosen, else the default under the deployment option.
    pub instances: u32,
    /// The least number; 1 when the descriptor does not say.
    pub minimum: u32,
    /// The greatest number; without limit when absent.
    pub maximum: Option<u32>,
}

/// The scale-out sections.
pub(super) fn groups(deployment: &Deployment<'_, '_>, issues: &mut Issues) -> Vec<ScaleOutGroup> {
    let chosen = &deployment.choices().scale_out;
    let mut groups: Vec<ScaleOutGroup> = Vec::new();
    for (_, section) in deployment.envelope().scale_outs() {
        let Some(id) = section.id().map(|id| id.value().into_owned()) else { continue };
        let count = instance_count(section, deployment.option());
        let number =
            |attribute: Option<Attribute<'_, '_>>| number::unsigned_int(&attribute?.value()).ok();
        let minimum = number(count.and_then(InstanceCount::minimum)).unwrap_or(1);
        let maximum = number(count.and_then(InstanceCount::maximum));
        let by_default = number(count.and_then(InstanceCount::default)).unwrap_or(minimum);
        let instances = chosen.get(&id).copied().unwrap_or(by_default);
        let texts = deployment.texts();
        let element = section.element();
        let description = element.child("Description").or_else(|| element.child("Info"));
        let group = ScaleOutGroup {
            description: texts.of_some(description).unwrap_or_default(),
            instances,
            minimum,
            maximum,
            id,
        };
        if instances < minimum || maximum.is_some_and(|maximum| instances > maximum) {
            let allowed = match maximum {
                Some(maximum) => format!("from {minimum} to {maximum}"),
                None => format!("{minimum} or more"),
            };
            issues.error(
                Issue::new(
                    IssueKind::InstanceCount,
                    format!("scale-out:{}", group.id),
                    format!("{} cannot exist {instances} times", quoted(&group.id)),
                )
                .value(instances.to_string())
                .help(format!("choose {allowed}")),
            );
        }
        groups.push(group);
    }
    let ids: HashSet<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    for (id, instances) in chosen.iter().filter(|(id, _)| !ids.contains(id.as_str())) {
        let known = groups.iter().map(|group| group.id.as_str());
        let issue = Issue::new(
            IssueKind::UnknownScaleOut,
            format!("scale-out:{id}"),
            format!("nothing that exists several times has the id {}", quoted(id)),
        )
        .value(instances.to_string());
        let issue = issues.suggest(issue, id, known, "scale-out sections");
        issues.error(issue);
    }
    groups
}

/// The count for the deployment option, else the one for all others.
fn instance_count<'e, 's>(
    section: ScaleOut<'e, 's>,
    option: Option<&str>,
) -> Option<InstanceCount<'e, 's>> {
    let is_for = |count: &InstanceCount<'_, '_>| {
        count.configuration().is_some_and(|configuration| {
            configuration.value().split_whitespace().any(|id| Some(id) == option)
        })
    };
    section
        .instance_counts()
        .find(is_for)
        .or_else(|| section.instance_counts().find(|count| count.configuration().is_none()))
}
