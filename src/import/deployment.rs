//! A descriptor with choices applied to it.

use std::borrow::Cow;

use super::choices::Choices;
use super::expansion::Expansion;
use super::texts::Texts;
use crate::model::{
    Configuration, Disk, EffectiveHardware, Envelope, Hardware, OstNode, OstNodeType, Property,
};
use crate::value::unit::Unit;
use crate::value::{macros, number};

/// A descriptor with choices applied to it. A choice that names nothing has no effect here; that it
/// names nothing is told where parameters are checked.
#[derive(Clone, Debug)]
pub struct Deployment<'e, 's> {
    envelope: &'e Envelope<'s>,
    choices: &'e Choices,
    texts: Texts,
    option: Option<Cow<'s, str>>,
}

impl<'e, 's> Deployment<'e, 's> {
    /// Applies choices to a descriptor.
    #[must_use]
    pub fn new(envelope: &'e Envelope<'s>, choices: &'e Choices) -> Self {
        let texts = Texts::new(envelope, choices.locale.as_deref(), &choices.bundles);
        let chosen = choices.deployment_option.as_deref();
        let option = chosen
            .and_then(|id| envelope.configuration(id))
            .or_else(|| default_option(envelope))
            .and_then(Configuration::id)
            .map(|id| id.value());
        Self { envelope, choices, texts, option }
    }

    /// The descriptor.
    #[must_use]
    pub const fn envelope(&self) -> &'e Envelope<'s> {
        self.envelope
    }

    /// The choices.
    #[must_use]
    pub const fn choices(&self) -> &'e Choices {
        self.choices
    }

    /// Its texts, in the language chosen.
    #[must_use]
    pub const fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The deployment option that applies: the one chosen, else the default one; `None` when the
    /// descriptor has none (DSP0243 9.8).
    #[must_use]
    pub fn option(&self) -> Option<&str> {
        self.option.as_deref()
    }

    /// The content of the envelope: the machine or collection that is deployed.
    #[must_use]
    pub fn content(&self) -> Option<OstNode<'e, 's>> {
        self.envelope.ost().children().next()
    }

    /// The ids from below the envelope down to a node, with `/` between them: `tier/web`.
    #[must_use]
    pub fn path(node: OstNode<'_, '_>) -> String {
        let upwards = std::iter::successors(Some(node), |node| node.parent())
            .filter(|node| node.node_type() != OstNodeType::Envelope);
        let mut ids: Vec<_> = upwards.map(OstNode::id).collect();
        ids.reverse();
        ids.join("/")
    }

    /// The value chosen for a property of a node: the choice for this node, else that for all.
    #[must_use]
    pub fn chosen_value(&self, node: OstNode<'_, '_>, full_key: &str) -> Option<&'e str> {
        let properties = &self.choices.properties;
        if properties.is_empty() {
            return None;
        }
        let for_node = format!("{}/{full_key}", Self::path(node));
        properties.get(&for_node).or_else(|| properties.get(full_key)).map(String::as_str)
    }

    /// The value of a property of a node, `${…}` in it not replaced: the one chosen, else its default under
    /// the deployment option (DSP0243 9.5.1).
    #[must_use]
    pub fn value(&self, node: OstNode<'e, 's>, property: Property<'e, 's>) -> Option<Cow<'e, str>> {
        let chosen = property.full_key().and_then(|key| self.chosen_value(node, &key));
        match chosen {
            Some(chosen) => Some(Cow::Borrowed(chosen)),
            None => property.value_in(self.option()).map(|value| value.value()),
        }
    }

    /// Whether a property exists under the deployment option (DSP0243 2.1 9.5.1).
    #[must_use]
    pub fn has_property(&self, property: Property<'_, '_>) -> bool {
        let Some(configuration) = property.configuration() else { return true };
        let configuration = configuration.value();
        let mut options = configuration.split_whitespace().peekable();
        options.peek().is_none() || options.any(|option| self.option() == Some(option))
    }

    /// What a machine or collection has under the deployment option. Of several hardware sections, which
    /// are alternatives, it is the one of the newest VMware family, else the first (DSP0243 8.1).
    #[must_use]
    pub fn hardware(&self, node: OstNode<'e, 's>) -> Option<EffectiveHardware<'e, 's>> {
        let mut best: Option<(Option<u32>, Hardware<'e, 's>)> = None;
        for hardware in node.hardware() {
            let family = family(hardware);
            if best.as_ref().is_none_or(|(known, _)| family > *known) {
                best = Some((family, hardware));
            }
        }
        best.map(|(_, hardware)| hardware.effective(self.option()))
    }

    /// The capacity of a disk in bytes, `${property}` replaced (DSP0243 9.1). `None` when it is missing,
    /// no number, without a unit that can be read, or too great for 64 bits.
    #[must_use]
    pub fn capacity(&self, disk: Disk<'e, 's>) -> Option<u64> {
        let written = disk.capacity()?.value();
        let text = match macros::single(number::collapse(&written)) {
            Some(name) => {
                // The disk stands on no machine, so the property is looked for on all of them.
                let (node, property) = self.property_anywhere(name)?;
                let value = self.value(node, property)?;
                Cow::Owned(Expansion::new(self).expand(node, &value).text)
            }
            None => written,
        };
        let number = number::unsigned_long(&text).ok()?;
        match disk.capacity_units() {
            None => Some(number),
            Some(units) => Unit::parse(&units.value()).ok()?.bytes(number).ok(),
        }
    }

    /// The first property of a full key, else of a key alone, for those who forget class and instance.
    fn property_anywhere(&self, name: &str) -> Option<(OstNode<'e, 's>, Property<'e, 's>)> {
        let same_key =
            |property: Property<'_, '_>| property.key().is_some_and(|key| key.value() == name);
        self.envelope
            .properties_named(name)
            .next()
            .or_else(|| self.envelope.properties().find(|(_, property)| same_key(*property)))
    }

    /// How many bytes of a disk hold data, as the descriptor says (DSP0243 9.1).
    #[must_use]
    pub fn populated_size(disk: Disk<'_, '_>) -> Option<u64> {
        number::unsigned_long(&disk.populated_size()?.value()).ok()
    }
}

/// The option taken when nobody chooses: the first marked as default, else the first (DSP0243 9.8).
fn default_option<'e, 's>(envelope: &'e Envelope<'s>) -> Option<Configuration<'e, 's>> {
    let is_default = |option: &Configuration<'_, '_>| {
        option.default().is_some_and(|default| number::boolean(&default.value()).unwrap_or(false))
    };
    envelope.configurations().find(is_default).or_else(|| envelope.configurations().next())
}

/// The greatest number of `vmx-NN` among the families of a hardware section.
fn family(hardware: Hardware<'_, '_>) -> Option<u32> {
    let families = hardware.system()?.families();
    families
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter_map(|family| family.strip_prefix("vmx-")?.parse().ok())
        .max()
}
