//! Making the environment of a machine.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Entity, Environment, Issue, Platform, Problem, Setting};
use crate::import::{Choices, Deployment, Expansion};
use crate::model::{Envelope, OstNode, OstNodeType, Property};
use crate::report::Valid;
use crate::xml::{NodeId, is_char};

/// Bytes that keys and values of one environment, and what is told of them, may have together.
///
/// 16 MiB: every sibling repeats what the collection has, so siblings times properties. VMware hands the
/// document over in a variable of 64 KiB.
const MAX_BYTES: usize = 16 << 20;
/// What a property takes beside key and value, in bytes, so that many empty ones are not for nothing.
const PROPERTY_BYTES: usize = 64;

impl Environment {
    /// The environment of a machine under choices. `None` for a node that is no VirtualSystem: only
    /// machines have an environment, and what a collection has stands in those of its members.
    ///
    /// - Its own properties come first, then those of the collection it is in; of two with one full key its
    ///   own counts. What is on collections farther out is seen through references only (DSP0243 11.1).
    /// - Properties that are not in the deployment option are left out; those without a value have an
    ///   empty one; those that people cannot set have their default, unless a value is chosen.
    /// - There is an Entity for each sibling, machine or collection, also for one without properties. It
    ///   has what the sibling sees, its passwords among it.
    #[must_use]
    pub fn of<'e, 's>(
        envelope: &'e Valid<Envelope<'s>>,
        choices: &'e Choices,
        system: OstNode<'e, 's>,
        platform: &Platform,
    ) -> Option<Self> {
        if system.node_type() != OstNodeType::VirtualSystem {
            return None;
        }
        let deployment = Deployment::new(envelope, choices);
        // Gathered once: members times properties is more work than a descriptor may cause.
        let shared = system.collection().map(|collection| existing(&deployment, collection));
        let shared = shared.unwrap_or_default();
        let mut builder = Builder {
            deployment: &deployment,
            expansion: Expansion::new(&deployment),
            known: HashMap::new(),
            room: MAX_BYTES,
            is_cut: false,
            issues: BTreeSet::new(),
        };
        builder.judge_choices(envelope, choices);
        builder.tell_scale_out(system);
        let settings = builder.settings(system, &shared);
        let entities = system
            .siblings()
            .map(|sibling| Entity {
                id: sibling.id().into_owned(),
                settings: builder.settings(sibling, &shared),
            })
            .collect();
        Some(Self {
            id: system.id().into_owned(),
            platform: platform.clone(),
            settings,
            entities,
            issues: builder.issues.into_iter().collect(),
        })
    }
}

/// A property with its full key and the node it stands on.
struct Keyed<'e, 's> {
    key: Cow<'s, str>,
    owner: OstNode<'e, 's>,
    property: Property<'e, 's>,
}

/// The properties on a node that are in the deployment option. Of two with one full key the first
/// counts; those without a key are none.
fn existing<'e, 's>(deployment: &Deployment<'e, 's>, owner: OstNode<'e, 's>) -> Vec<Keyed<'e, 's>> {
    let mut seen = HashSet::new();
    owner
        .properties()
        .filter(|property| deployment.has_property(*property))
        .filter_map(|property| Some(Keyed { key: property.full_key()?, owner, property }))
        .filter(|one| seen.insert(one.key.clone()))
        .collect()
}

struct Builder<'d, 'e, 's> {
    deployment: &'d Deployment<'e, 's>,
    expansion: Expansion<'d, 'e, 's>,
    /// What was computed, by the element of the property: those of the collection are seen by all.
    known: HashMap<NodeId, Setting>,
    /// Bytes left.
    room: usize,
    is_cut: bool,
    /// Each once, in order.
    issues: BTreeSet<Issue>,
}

impl<'e, 's> Builder<'_, 'e, 's> {
    /// What a member of the collection sees: what is on it, and what is on the collection.
    fn settings(&mut self, node: OstNode<'e, 's>, shared: &[Keyed<'e, 's>]) -> Vec<Setting> {
        let own = existing(self.deployment, node);
        let keys: HashSet<_> = own.iter().map(|one| one.key.clone()).collect();
        let mut settings = Vec::new();
        for one in own.iter().chain(shared.iter().filter(|one| !keys.contains(&one.key))) {
            if self.room == 0 {
                self.cut(one.owner, one.property);
                break;
            }
            let setting = self.setting(one);
            let bytes = setting.key.len().saturating_add(setting.value.len());
            let bytes = bytes.saturating_add(PROPERTY_BYTES);
            if bytes > self.room {
                self.room = 0;
                self.cut(one.owner, one.property);
                break;
            }
            self.room = self.room.saturating_sub(bytes);
            settings.push(setting);
        }
        settings
    }

    /// Tells, once, that what follows is left out.
    fn cut(&mut self, owner: OstNode<'e, 's>, property: Property<'e, 's>) {
        if !std::mem::replace(&mut self.is_cut, true) {
            self.tell(owner, property, Problem::TooLarge);
        }
    }

    /// A property with its value.
    fn setting(&mut self, one: &Keyed<'e, 's>) -> Setting {
        let Keyed { owner, property, .. } = *one;
        let id = property.element().node().id();
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let key = one.key.to_string();
        let value = self.deployment.value(owner, property).unwrap_or_default();
        let expanded = self.expansion.expand(owner, &value);
        let is_secret = property.is_secret() || expanded.is_secret;
        // A name of a property may be quoted, a piece of a password may not.
        let shown = |name: String| Some(name).filter(|_| !is_secret);
        let named =
            |names: Vec<String>| names.into_iter().filter(|name| !name.is_empty()).map(shown);
        let mut problems: Vec<Problem> =
            named(expanded.unknown).map(Problem::UnknownReference).collect();
        problems.extend(named(expanded.circular).map(Problem::CircularReference));
        problems.extend(named(expanded.later).map(Problem::AtPowerOn));
        if !expanded.is_complete {
            problems.push(Problem::TooLarge);
        }
        let is_of_network = property
            .network_qualifiers()
            .is_some_and(|qualifiers| !qualifiers.value().trim().is_empty());
        if is_of_network && self.deployment.chosen_value(owner, &key).is_none() {
            problems.push(Problem::AtPowerOn(None));
        }
        if expanded.text.chars().any(|c| !is_char(c)) {
            problems.push(Problem::Unwritable);
        }
        if expanded.text.contains(['\t', '\n', '\r']) {
            problems.push(Problem::ControlCharacters);
        }
        for problem in problems {
            self.tell(owner, property, problem);
        }
        let setting = Setting { key, value: expanded.text, is_secret };
        self.known.insert(id, setting.clone());
        setting
    }

    fn tell(&mut self, owner: OstNode<'e, 's>, property: Property<'e, 's>, problem: Problem) {
        let start = property.element().start_tag().start;
        let issue = Issue {
            line: Some(self.deployment.envelope().source().line_col(start).line),
            entity: Deployment::path(owner),
            key: property.full_key().unwrap_or_default().into_owned(),
            problem,
        };
        let bytes = issue.entity.len().saturating_add(issue.key.len());
        self.room = self.room.saturating_sub(bytes);
        self.issues.insert(issue);
    }

    /// Tells of the machine and of its siblings which exist several times.
    fn tell_scale_out(&mut self, system: OstNode<'e, 's>) {
        let Some(collection) = system.parent() else { return };
        let path = Deployment::path(collection);
        for (node, section) in self.deployment.envelope().scale_outs() {
            if Deployment::path(node) != path {
                continue;
            }
            let start = section.element().start_tag().start;
            self.issues.insert(Issue {
                line: Some(self.deployment.envelope().source().line_col(start).line),
                entity: path.clone(),
                key: section.id().map(|id| id.value().into_owned()).unwrap_or_default(),
                problem: Problem::ScaledOut,
            });
        }
    }

    /// Tells of choices that name nothing in the descriptor.
    fn judge_choices(&mut self, envelope: &Envelope<'s>, choices: &Choices) {
        let mut tell = |key: &str, problem| {
            let (line, entity) = (None, String::new());
            self.issues.insert(Issue { line, entity, key: key.to_owned(), problem });
        };
        if let Some(option) = choices.deployment_option.as_deref()
            && envelope.configuration(option).is_none()
        {
            tell(option, Problem::UnknownOptionChoice);
        }
        for key in choices.properties.keys().filter(|key| !is_property(envelope, key)) {
            tell(key, Problem::UnknownPropertyChoice);
        }
    }
}

/// Whether a choice is the full key of a property, or one with the path of its node before it.
fn is_property(envelope: &Envelope<'_>, choice: &str) -> bool {
    let at_path = |(at, slash): (usize, &str)| {
        let full_key = choice.get(at.saturating_add(slash.len())..).unwrap_or_default();
        let path = choice.get(..at).unwrap_or_default();
        envelope.properties_named(full_key).any(|(node, _)| Deployment::path(node) == path)
    };
    envelope.properties_named(choice).next().is_some() || choice.match_indices('/').any(at_path)
}
