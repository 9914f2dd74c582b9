//! What is doubtful in an environment.

use std::fmt;

use crate::diagnostic::{Severity, quoted};

/// Something doubtful in an environment. It never has the value of a property in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Issue {
    /// The one-based line of the descriptor the property or section begins on; `None` for what is about a
    /// choice.
    pub line: Option<u32>,
    /// The path of the entity it is about, ids with `/` between them; empty for what is about a choice.
    pub entity: String,
    /// The full key of the property; the id of the section; the choice. Empty where there is none.
    pub key: String,
    /// What is doubtful.
    pub problem: Problem,
}

/// What is doubtful in an environment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Problem {
    /// The value refers to a property that is not there. The reference stays. The name is left out
    /// where it may be part of a password.
    UnknownReference(Option<String>),
    /// The value leads back to itself. The reference stays. The name is left out where it may be part of
    /// a password.
    CircularReference(Option<String>),
    /// The value, or this reference in it, is filled in by the platform when the machine is powered on: it
    /// is a setting of a network, and nobody has chosen it.
    AtPowerOn(Option<String>),
    /// Values grow beyond all measure; what is missing is cut off.
    TooLarge,
    /// The value has characters that XML cannot hold (XML 1.0 2.2); each is replaced by U+FFFD.
    Unwritable,
    /// The value has tabs or line ends. They are written so that XML readers give them back; what reads
    /// values line by line, as shell scripts do, does not.
    ControlCharacters,
    /// The member of this collection exists several times (DSP0243 2.1 9.14). The document is that of
    /// the description; each instance needs an id of its own.
    ScaledOut,
    /// No property has the key chosen.
    UnknownPropertyChoice,
    /// No deployment option has the id chosen.
    UnknownOptionChoice,
}

impl Issue {
    /// How much it matters: an error when the guest would be given something wrong.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self.problem {
            Problem::CircularReference(_)
            | Problem::TooLarge
            | Problem::Unwritable
            | Problem::UnknownReference(_)
            | Problem::UnknownPropertyChoice
            | Problem::UnknownOptionChoice => Severity::Error,
            Problem::ControlCharacters => Severity::Warning,
            Problem::AtPowerOn(_) | Problem::ScaledOut => Severity::Info,
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = quoted(&self.key);
        let entity = quoted(&self.entity);
        match &self.problem {
            Problem::UnknownReference(Some(name)) => {
                write!(
                    f,
                    "the property {key} of {entity} refers to {}, which no property has as full key",
                    quoted(name)
                )
            }
            Problem::UnknownReference(None) => {
                write!(f, "the property {key} of {entity} refers to a property that is not there")
            }
            Problem::CircularReference(Some(name)) => {
                write!(
                    f,
                    "the property {key} of {entity} leads back to itself through {}",
                    quoted(name)
                )
            }
            Problem::CircularReference(None) => {
                write!(f, "the property {key} of {entity} leads back to itself")
            }
            Problem::AtPowerOn(Some(name)) => {
                write!(
                    f,
                    "{} in the property {key} of {entity} is filled in at power on",
                    quoted(name)
                )
            }
            Problem::AtPowerOn(None) => {
                write!(f, "the property {key} of {entity} is filled in at power on")
            }
            Problem::TooLarge => {
                write!(
                    f,
                    "the property {key} of {entity} and what follows is cut off: the environment grows too large"
                )
            }
            Problem::Unwritable => {
                write!(
                    f,
                    "the property {key} of {entity} has characters that XML cannot hold, and they are replaced"
                )
            }
            Problem::ControlCharacters => {
                write!(f, "the property {key} of {entity} has tabs or line ends in its value")
            }
            Problem::ScaledOut => {
                write!(f, "{key} exists several times, and each instance needs an id of its own")
            }
            Problem::UnknownPropertyChoice => {
                write!(f, "no property has the key {key} that was chosen")
            }
            Problem::UnknownOptionChoice => {
                write!(f, "no deployment option has the id {key} that was chosen")
            }
        }
    }
}
