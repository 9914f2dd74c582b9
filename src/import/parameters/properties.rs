//! Properties: what they are, their values, and whether those can be.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::issue::{Issue, IssueKind, Issues};
use super::networks::IpAllocation;
use super::value::{Fault, Form, Rules};
use crate::diagnostic::quoted;
use crate::import::choices::IpAllocationPolicy;
use crate::import::deployment::Deployment;
use crate::import::expansion::Expansion;
use crate::import::property_type::{network_expression, property_type};
use crate::model::{OstNode, Property};
use crate::value::number;
use crate::xml::Attribute;

/// A property that exists under the deployment option (DSP0243 9.5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PropertyParameter {
    /// The ids from below the envelope down to whom it belongs; empty for the envelope itself.
    pub path: String,
    /// `[class "."] key ["." instance]`.
    pub full_key: String,
    /// `class` of its product; empty without one.
    pub class: String,
    /// Its key in the product.
    pub key: String,
    /// `instance` of its product; empty without one.
    pub instance: String,
    /// The heading it stands under, localised; on the first property under it only.
    pub category: Option<String>,
    /// Whether a wizard may hide what stands under the heading; on the first property under it only.
    pub ui_optional: Option<bool>,
    /// Its name for people, localised; empty when the descriptor has none.
    pub label: String,
    /// What it is, localised; empty when the descriptor does not say.
    pub description: String,
    /// Its type in the grammar of `VAppPropertyInfo.type`.
    pub property_type: String,
    /// Whether people may set it.
    pub is_user_configurable: bool,
    /// Whether its values are secret.
    pub is_secret: bool,
    /// Whether it is the only one of its full key. vSphere leaves the others out of its list.
    pub is_unique: bool,
    /// Its value: the one chosen, else the default under the option, else the reference that stands for
    /// what a network fills in; `None` when there is none, and always when it is secret.
    pub value: Option<String>,
    /// Whether it has a value, shown or not.
    pub has_value: bool,
    /// Whether the value is chosen.
    pub is_chosen: bool,
}

/// The properties, with their values checked.
pub(super) fn properties(
    deployment: &Deployment<'_, '_>,
    ip: &IpAllocation,
    issues: &mut Issues,
) -> Vec<PropertyParameter> {
    let mut counts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for (_, property) in deployment.envelope().properties() {
        if let Some(key) = property.full_key().filter(|_| deployment.has_property(property)) {
            let count = counts.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }
    let mut reader = Reader { deployment, expansion: Expansion::new(deployment), ip, issues };
    let mut told = HashSet::new();
    let mut category = None;
    let mut list = Vec::new();
    for (node, property) in deployment.envelope().properties() {
        let Some(key) = property.full_key().filter(|_| deployment.has_property(property)) else {
            continue;
        };
        let is_unique = counts.get(&key).is_none_or(|count| *count < 2);
        let mut read = reader.property(node, property, &key);
        read.is_unique = is_unique;
        let heading = property.category();
        let id = heading.map(|heading| heading.element().node().id());
        if id != category {
            category = id;
            read.category = heading.map(|heading| deployment.texts().of(heading.element()));
            read.ui_optional = heading.map(|heading| {
                heading
                    .ui_optional()
                    .is_some_and(|flag| number::boolean(&flag.value()).unwrap_or(false))
            });
        }
        list.push(read);
        if !is_unique && told.insert(key.clone()) {
            reader.issues.warn(
                Issue::new(
                    IssueKind::DuplicateProperty,
                    format!("property:{key}"),
                    format!("several entities have a property {}", quoted(&key)),
                )
                .help("a value for it is for all of them; put the path of one before it to mean that one"),
            );
        }
    }
    unknown(deployment, &list, reader.issues);
    list
}

struct Reader<'r, 'e, 's> {
    deployment: &'r Deployment<'e, 's>,
    expansion: Expansion<'r, 'e, 's>,
    ip: &'r IpAllocation,
    issues: &'r mut Issues,
}

impl<'e, 's> Reader<'_, 'e, 's> {
    fn property(
        &mut self,
        node: OstNode<'e, 's>,
        property: Property<'e, 's>,
        full_key: &str,
    ) -> PropertyParameter {
        let text = |attribute: Option<Attribute<'_, '_>>| {
            attribute.map(|attribute| attribute.value().into_owned()).unwrap_or_default()
        };
        let texts = self.deployment.texts();
        let product = property.product();
        let written = text(property.qualifiers());
        let rules = Rules::new(property, &written);
        let is_user_configurable = property.is_user_configurable() == Some(true);
        let is_secret = property.is_secret();
        let by_default = property
            .value_in(self.deployment.option())
            .map(|value| value.value().into_owned())
            .filter(|value| !value.is_empty() || rules.form != Form::Filled)
            .or_else(|| network_expression(property));
        let mut chosen = self.deployment.chosen_value(node, full_key);
        let name = format!("property:{full_key}");
        if let Some(value) = chosen
            && !is_user_configurable
        {
            // What comes back as it was sent changes nothing.
            if by_default.as_deref() != Some(value) && !(is_secret && value.is_empty()) {
                let issue = Issue::new(
                    IssueKind::NotConfigurable,
                    name.clone(),
                    format!("nobody may set the property {}", quoted(full_key)),
                )
                .help("leave it out, or make it configurable in the descriptor");
                self.issues.error(shown(issue, value, is_secret));
            }
            chosen = None;
        }
        let value = chosen.map(str::to_owned).or_else(|| by_default.clone());
        match value.as_deref() {
            None | Some("") if rules.form == Form::Address || !rules.allow_nothing() => {
                if is_user_configurable && self.is_asked(&rules) {
                    let what = if is_secret { "the password" } else { "the property" };
                    self.issues.missing(
                        Issue::new(
                            IssueKind::MissingValue,
                            name,
                            format!("{what} {} has no value", quoted(full_key)),
                        )
                        .help(format!("give a value of the type `{}`", property_type(property))),
                    );
                }
            }
            None | Some("") => {}
            Some(value) => {
                let faults = rules.check(
                    self.deployment.envelope(),
                    &mut self.expansion,
                    node,
                    value,
                    self.ip.protocol,
                );
                for fault in faults {
                    self.tell(full_key, value, chosen.is_some(), is_secret, fault);
                }
            }
        }
        PropertyParameter {
            path: Deployment::path(node),
            full_key: full_key.to_owned(),
            class: text(product.and_then(|product| product.class())),
            key: text(property.key()),
            instance: text(product.and_then(|product| product.instance())),
            category: None,
            ui_optional: None,
            label: texts.of_some(property.label()).unwrap_or_default(),
            description: texts.of_some(property.description()).unwrap_or_default(),
            property_type: property_type(property),
            is_user_configurable,
            is_secret,
            is_unique: true,
            has_value: value.as_deref().is_some_and(|value| !value.is_empty()),
            value: value.filter(|_| !is_secret),
            is_chosen: chosen.is_some(),
        }
    }

    /// Whether people have to give the value, and no network does.
    fn is_asked(&self, rules: &Rules<'_>) -> bool {
        match rules.form {
            Form::Plain | Form::Expression => true,
            Form::Filled => false,
            Form::Address => matches!(self.ip.policy, None | Some(IpAllocationPolicy::Fixed)),
        }
    }

    fn tell(&mut self, key: &str, value: &str, is_chosen: bool, is_secret: bool, fault: Fault) {
        let whose = if is_chosen { "the value" } else { "the default" };
        let what = fault.what;
        let message = if is_secret {
            format!("{whose} of the password {} {what}", quoted(key))
        } else {
            format!("{whose} {} of {} {what}", quoted(value), quoted(key))
        };
        let kind = if is_chosen { fault.kind } else { IssueKind::InvalidDefault };
        let mut issue = Issue::new(kind, format!("property:{key}"), message);
        issue.help = fault.help;
        let issue = shown(issue, value, is_secret);
        if is_chosen && !fault.is_mild {
            self.issues.error(issue);
        } else {
            self.issues.warn(issue);
        }
    }
}

/// The issue with the value, if it may be shown.
fn shown(issue: Issue, value: &str, is_secret: bool) -> Issue {
    if is_secret { issue } else { issue.value(value) }
}

/// Choices for properties that are not there, or not under the option.
///
/// Their values are not shown: what the key was meant to be may be a password.
fn unknown(deployment: &Deployment<'_, '_>, list: &[PropertyParameter], issues: &mut Issues) {
    let chosen = &deployment.choices().properties;
    if chosen.is_empty() {
        return;
    }
    let envelope = deployment.envelope();
    let mut active: HashSet<Cow<'_, str>> =
        list.iter().map(|property| Cow::Borrowed(property.full_key.as_str())).collect();
    let mut inactive: HashSet<Cow<'_, str>> =
        envelope.properties().filter_map(|(_, property)| property.full_key()).collect();
    if chosen.keys().any(|key| key.contains('/')) {
        active.extend(
            list.iter().map(|property| format!("{}/{}", property.path, property.full_key).into()),
        );
        inactive.extend(envelope.properties().filter_map(|(node, property)| {
            Some(format!("{}/{}", Deployment::path(node), property.full_key()?).into())
        }));
    }
    // Those who forget the class are common, so a key alone is looked for first.
    let mut by_key: HashMap<&str, &str> = HashMap::new();
    for property in list {
        by_key.entry(&property.key).or_insert(&property.full_key);
    }
    for key in chosen.keys().filter(|key| !active.contains(key.as_str())) {
        let name = format!("property:{key}");
        if inactive.contains(key.as_str()) {
            let option = deployment.option().unwrap_or_default();
            issues.warn(
                Issue::new(
                    IssueKind::InactiveProperty,
                    name,
                    format!(
                        "the property {} does not exist under the option {}",
                        quoted(key),
                        quoted(option)
                    ),
                )
                .help("leave it out, or choose another option"),
            );
            continue;
        }
        let issue = Issue::new(
            IssueKind::UnknownProperty,
            name,
            format!("no property has the full key {}", quoted(key)),
        );
        let known = list.iter().map(|property| property.full_key.as_str());
        let issue = match by_key.get(key.as_str()) {
            Some(meant) => issue.help(format!("did you mean {}?", quoted(meant))),
            None => issues.suggest(issue, key, known, "properties"),
        };
        issues.error(issue);
    }
}
