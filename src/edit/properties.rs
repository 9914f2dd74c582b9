//! Defaults of properties.

use std::collections::HashMap;
use std::fmt;

use super::attribute::{self, Naming};
use super::document::{Edit, EditError, Named, is_writable};
use super::{entities, layout};
use crate::diagnostic::quoted;
use crate::model::{Envelope, Property};
use crate::report::Valid;
use crate::value::macros;
use crate::value::property::qualifier::Qualifiers;
use crate::value::property::{PropertyType, ValueError};
use crate::xml::NodeId;

/// A default that a property is to have.
#[derive(Clone, PartialEq, Eq)]
pub struct PropertyDefault {
    /// The full key, `[class.]key[.instance]` (DSP0243 9.5.1), for every entity that has the property; or, for
    /// one entity alone, its path and the full key: `tier/web/port`.
    pub key: String,
    /// The default.
    pub value: String,
    /// The deployment option it is for; `None` for all without one of their own.
    pub option: Option<String>,
    /// Whether it may be a property that users may not configure.
    pub fixed: bool,
}

impl PropertyDefault {
    /// The default for all deployment options, of a property that users may configure.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into(), option: None, fixed: false }
    }

    /// The same for one deployment option.
    #[must_use]
    pub fn option(mut self, id: impl Into<String>) -> Self {
        self.option = Some(id.into());
        self
    }

    /// The same, also of a property that users may not configure.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }
}

impl fmt::Debug for PropertyDefault {
    /// The value may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PropertyDefault")
            .field("key", &self.key)
            .field("option", &self.option)
            .finish_non_exhaustive()
    }
}

/// Sets the defaults of properties: the attribute `value`, or for a deployment option the `Value` of it
/// (DSP0243 9.5.1). What is not there is added.
///
/// A value is checked by the type and the qualifiers of its property, unless it holds a macro `${…}`, of
/// which nobody knows yet what it will be. Where people can set the property, an empty value is taken for
/// any type: it means that they are asked.
///
/// # Errors
///
/// [`EditError::Unknown`] when there is no such property or deployment option, [`EditError::NotConfigurable`],
/// [`EditError::NotOfType`], [`EditError::Breach`], [`EditError::Unfit`] when XML cannot hold the value, and
/// [`EditError::Twice`] when a property is to have two defaults.
pub fn set_property_defaults(
    envelope: &Valid<Envelope<'_>>,
    defaults: &[PropertyDefault],
) -> Result<Edit, EditError> {
    // An element can be changed once, so what is asked of it is gathered first.
    let mut wishes: Vec<Wishes<'_, '_, '_>> = Vec::new();
    let mut places: HashMap<NodeId, usize> = HashMap::new();
    let by_path = paths(envelope, defaults);
    for default in defaults {
        if let Some(option) = &default.option
            && envelope.configuration(option).is_none()
        {
            return Err(EditError::unknown(Named::Option, option));
        }
        let mut properties: Vec<Property<'_, '_>> =
            envelope.properties_named(&default.key).map(|(_, property)| property).collect();
        if properties.is_empty() {
            properties.extend(by_path.get(default.key.as_str()).into_iter().flatten());
        }
        if properties.is_empty() {
            return Err(EditError::unknown(Named::Property, &default.key));
        }
        for property in properties {
            check(property, default)?;
            let next = wishes.len();
            let at = *places.entry(property.element().node().id()).or_insert(next);
            if at == next {
                wishes.push(Wishes { property, defaults: Vec::new(), values: HashMap::new() });
            }
            if let Some(wish) = wishes.get_mut(at) {
                wish.add(default)?;
            }
        }
    }
    let mut edit = Edit::new();
    for wish in wishes {
        wish.make(envelope, &mut edit);
    }
    Ok(edit)
}

/// The properties that are named by path, of the keys that need it.
fn paths<'e, 's, 'd>(
    envelope: &'e Envelope<'s>,
    defaults: &'d [PropertyDefault],
) -> HashMap<&'d str, Vec<Property<'e, 's>>> {
    let mut wanted: HashMap<&str, Vec<Property<'_, '_>>> =
        defaults.iter().filter(|d| d.key.contains('/')).map(|d| (&*d.key, Vec::new())).collect();
    if wanted.is_empty() {
        return wanted;
    }
    for (node, property) in envelope.properties() {
        let Some(key) = property.full_key() else { continue };
        let path = format!("{}/{key}", entities::path(node));
        if let Some(found) = wanted.get_mut(path.as_str()) {
            found.push(property);
        }
    }
    wanted
}

/// Whether a property can have the default.
fn check(property: Property<'_, '_>, default: &PropertyDefault) -> Result<(), EditError> {
    let key = || default.key.clone();
    if !default.fixed && property.is_user_configurable() != Some(true) {
        return Err(EditError::NotConfigurable { key: key() });
    }
    let value = default.value.as_str();
    if !is_writable(value) {
        return Err(EditError::Unfit { what: Named::Property, name: key() });
    }
    let is_asked = value.is_empty() && property.is_user_configurable() == Some(true);
    if is_asked || macros::macros(value).next().is_some() {
        return Ok(());
    }
    let type_name = property.type_name().map(|name| name.value()).unwrap_or_default();
    let Ok(named) = PropertyType::parse(&type_name) else { return Ok(()) };
    if let Err(error) = named.kind.check(value) {
        // Which truth value is meant would give a secret away.
        let secret = property.is_secret() && matches!(error, ValueError::BooleanSpelling { .. });
        let error = if secret { ValueError::NotBoolean } else { error };
        return Err(EditError::NotOfType { key: key(), kind: named.kind, error });
    }
    let qualifiers = property.qualifiers().map(|list| list.value()).unwrap_or_default();
    match Qualifiers::parse(&qualifiers).map(|list| list.check(named.kind, value)) {
        Ok(Err(breach)) => Err(EditError::Breach { key: key(), breach }),
        // Qualifiers that cannot be read forbid nothing; a rule tells of them.
        Ok(Ok(())) | Err(_) => Ok(()),
    }
}

/// What is asked of one property.
struct Wishes<'e, 's, 'd> {
    property: Property<'e, 's>,
    defaults: Vec<&'d PropertyDefault>,
    /// The values by deployment option.
    values: HashMap<Option<&'d str>, &'d str>,
}

impl<'d> Wishes<'_, '_, 'd> {
    fn add(&mut self, default: &'d PropertyDefault) -> Result<(), EditError> {
        match self.values.insert(default.option.as_deref(), &default.value) {
            None => self.defaults.push(default),
            Some(known) if known == default.value => {}
            Some(_) => {
                let name = default.key.clone();
                return Err(EditError::Twice { what: Named::Property, name });
            }
        }
        Ok(())
    }

    fn make(&self, envelope: &Envelope<'_>, edit: &mut Edit) {
        let property = self.property;
        let element = property.element();
        let mut new = Vec::new();
        let mut known = HashMap::new();
        for value in property.values() {
            if let Some(option) = value.configuration() {
                known.entry(option.value()).or_insert(value);
            }
        }
        for default in &self.defaults {
            let changed = match &default.option {
                None => self.set_general(edit, &default.value),
                Some(option) => match known.get(option.as_str()).copied() {
                    Some(value) => set_value(edit, value, &default.value),
                    None => {
                        new.push((option.as_str(), default.value.as_str()));
                        true
                    }
                },
            };
            if changed {
                let key = quoted(&default.key);
                let at = element.start_tag().start;
                match &default.option {
                    None => edit.step(envelope, at, format_args!("set the default of {key}")),
                    Some(id) => edit.step(
                        envelope,
                        at,
                        format_args!("set the default of {key} in {}", quoted(id)),
                    ),
                }
            }
        }
        if new.is_empty() {
            return;
        }
        let naming = Naming::of(element);
        let prefix = element.node().prefix();
        let colon = if prefix.is_empty() { "" } else { ":" };
        let elements: Vec<String> = new
            .into_iter()
            .map(|(option, value)| {
                let value = naming.write("value", value);
                let option = naming.write("configuration", option);
                format!("<{prefix}{colon}Value{}{value}{option}/>", naming.declaration)
            })
            .collect();
        // `Value` comes behind `Label` and `Description` (DSP8023).
        let known = |name: &str| matches!(name, "Label" | "Description" | "Value");
        let behind = element.children().filter(|child| child.is_ovf() && known(child.local()));
        layout::insert(edit, element.node(), behind.last().map(|child| child.node()), &elements);
    }

    /// Sets the default for all deployment options without one of their own. Whether it changed.
    fn set_general(&self, edit: &mut Edit, value: &str) -> bool {
        let property = self.property;
        if let Some(attribute) = property.value() {
            return attribute::set(edit, attribute, value);
        }
        match property.values().find(|value| value.configuration().is_none()) {
            Some(general) => set_value(edit, general, value),
            None => {
                attribute::add(edit, property.element(), None, "value", value);
                true
            }
        }
    }
}

fn set_value(edit: &mut Edit, holder: crate::model::PropertyValue<'_, '_>, value: &str) -> bool {
    match holder.value() {
        Some(attribute) => attribute::set(edit, attribute, value),
        None => {
            attribute::add(edit, holder.element(), None, "value", value);
            true
        }
    }
}
