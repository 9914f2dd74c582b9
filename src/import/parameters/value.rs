//! Whether a value is one a property can have.

use std::net::IpAddr;

use super::issue::{IssueKind, Names};
use crate::import::choices::IpProtocol;
use crate::import::expansion::Expansion;
use crate::import::property_type::network_function;
use crate::model::{Envelope, OstNode, Property};
use crate::value::macros::macros;
use crate::value::number::{self, BooleanError};
use crate::value::property::network::Function;
use crate::value::property::qualifier::{Breach, Qualifier, Qualifiers};
use crate::value::property::{PropertyType, ValueError};

/// What is wrong with a value. It never holds the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: IssueKind,
    /// Follows the name of the value: `is longer than 8 characters`.
    pub(super) what: String,
    pub(super) help: Option<String>,
    /// Whether the value is taken all the same.
    pub(super) is_mild: bool,
}

impl Fault {
    fn new(kind: IssueKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), help: None, is_mild: false }
    }

    fn mild(self) -> Self {
        Self { is_mild: true, ..self }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// What values of a property must obey.
pub(super) struct Rules<'p> {
    pub(super) kind: PropertyType,
    pub(super) form: Form,
    qualifiers: Qualifiers<'p>,
    is_secret: bool,
}

/// What fills a property beside people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Plain,
    /// An address: given by people, or out of a pool.
    Address,
    /// A setting of a network, at power on.
    Filled,
    /// A text with references.
    Expression,
}

impl<'p> Rules<'p> {
    /// The rules of a property whose qualifiers are written so.
    pub(super) fn new(property: Property<'_, '_>, qualifiers: &'p str) -> Self {
        let name = property.type_name().map(|name| name.value()).unwrap_or_default();
        let form = match network_function(property) {
            Some((Function::Ip, _)) => Form::Address,
            Some(_) => Form::Filled,
            None if name == "ip" || name.starts_with("ip:") => Form::Address,
            None if name == "expression" => Form::Expression,
            None => Form::Plain,
        };
        Self {
            kind: PropertyType::parse(&name).map_or(PropertyType::String, |name| name.kind),
            form,
            qualifiers: Qualifiers::parse(qualifiers).unwrap_or_default(),
            is_secret: property.is_secret(),
        }
    }

    /// Whether nothing at all is a value.
    pub(super) fn allow_nothing(&self) -> bool {
        self.kind == PropertyType::String && self.qualifiers.check(self.kind, "").is_ok()
    }

    /// What is wrong with a value, `${…}` in it not replaced.
    pub(super) fn check<'e, 's>(
        &self,
        envelope: &Envelope<'_>,
        expansion: &mut Expansion<'_, 'e, 's>,
        node: OstNode<'e, 's>,
        value: &str,
        protocol: Option<IpProtocol>,
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(c) = value.chars().find(|&c| !is_xml(c)) {
            faults.push(Fault::new(
                IssueKind::IllegalCharacter,
                format!("holds the character U+{:04X}, which no XML document can", u32::from(c)),
            ));
        }
        if macros(value).next().is_none() {
            faults.extend(self.plain(value, protocol));
            return faults;
        }
        let expanded = expansion.expand(node, value);
        if !expanded.is_complete {
            faults.push(Fault::new(
                IssueKind::TooLong,
                "grows beyond all measure by what it refers to",
            ));
        }
        for name in &expanded.circular {
            faults.push(Fault::new(
                IssueKind::CircularReference,
                format!("leads back to itself through {}", self.named(name)),
            ));
        }
        for name in &expanded.unknown {
            let fault = Fault::new(
                IssueKind::UnknownReference,
                format!("refers to {}, which no property is named", self.named(name)),
            );
            // A string may hold what looks like a reference and is none.
            let is_text = self.kind == PropertyType::String && self.form == Form::Plain;
            faults.push(if is_text { fault.mild() } else { fault });
        }
        for reference in &expanded.later {
            let network = reference.split_once(':').map(|(_, network)| network).unwrap_or_default();
            if !network.is_empty() && envelope.network(network).is_none() {
                faults.push(Fault::new(
                    IssueKind::UnknownNetwork,
                    format!("refers to {}, which no network is named", self.named(network)),
                ));
            }
        }
        let is_known = expanded.is_complete
            && expanded.circular.is_empty()
            && expanded.unknown.is_empty()
            && expanded.later.is_empty();
        if is_known {
            let found = self.plain(&expanded.text, protocol);
            // What is wrong with a value made of a secret says something of the secret.
            faults.extend(found.map(|fault| Fault { help: None, ..fault }));
        }
        faults
    }

    /// A name inside of the value.
    fn named(&self, name: &str) -> String {
        if self.is_secret {
            "a name".to_owned()
        } else {
            crate::diagnostic::quoted(name).to_string()
        }
    }

    /// What is wrong with a value without references.
    fn plain(&self, value: &str, protocol: Option<IpProtocol>) -> Option<Fault> {
        if self.form == Form::Address {
            let Ok(address) = value.parse::<IpAddr>() else {
                return Some(
                    Fault::new(IssueKind::NotAnAddress, "is no address of IP")
                        .help("write an address as `192.0.2.7` or `2001:db8::7`"),
                );
            };
            let version = if address.is_ipv4() { IpProtocol::V4 } else { IpProtocol::V6 };
            if let Some(wanted) = protocol.filter(|wanted| *wanted != version) {
                return Some(Fault::new(
                    IssueKind::WrongProtocol,
                    format!("is of {}, and {} is used", version.vim(), wanted.vim()),
                ));
            }
        }
        if let Err(error) = self.kind.check(value)
            && let Some(fault) = self.spelling(value, error)
        {
            return Some(fault);
        }
        let breach = self.qualifiers.check(self.kind, value).err()?;
        let fault = Fault::new(IssueKind::BrokenQualifier, breach.to_string());
        Some(match (breach, self.map()) {
            (Breach::NotInMap, Some(map)) if !self.is_secret => {
                fault.help(format!("there are {}", Names(&map)))
            }
            _ => fault,
        })
    }

    /// Truth values are taken in any letter case, for vSphere itself writes `True`.
    fn spelling(&self, value: &str, error: ValueError) -> Option<Fault> {
        if !matches!(error, ValueError::BooleanSpelling { .. }) {
            return Some(
                Fault::new(IssueKind::WrongType, format!("{error}"))
                    .help(format!("give a value of the type `{}`", self.kind)),
            );
        }
        if matches!(number::boolean(value), Err(BooleanError::Case { .. })) {
            return None;
        }
        let what = if self.is_secret {
            "is neither `true` nor `false`".to_owned()
        } else {
            error.to_string()
        };
        Some(Fault::new(IssueKind::LooseValue, what).mild().help("write `true` or `false`"))
    }

    fn map(&self) -> Option<Vec<&str>> {
        self.qualifiers.list.iter().find_map(|qualifier| match qualifier {
            Qualifier::ValueMap(entries) => {
                Some(entries.iter().map(|entry| &*entry.text).collect())
            }
            _ => None,
        })
    }
}

/// XML 1.0 2.2: the characters a document may hold.
const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}
