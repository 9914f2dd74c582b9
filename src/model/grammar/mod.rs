//! What the schemas of OVF (DSP8023 1.0, 1.1 and 2.0) let an element hold between its tags, and where a descriptor
//! departs from it.
//!
//! The facts stand in [`table`] in a form of our own; [`walk`] holds them against a descriptor, in one
//! pass over all elements. What follows from a departure is for the rules to say.

mod cim;
mod table;
mod walk;

pub(crate) use self::walk::{Departure, Kind, Walk};

use std::fmt;

use self::cim::Class;
use super::envelope::Envelope;
use super::names::ElementName;
use crate::value::number;

/// What an element may hold.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The name by which rules speak of it. Elements of one name and several shapes are told apart by
    /// their parent: `StartupSection/Item`.
    pub(crate) name: &'static str,
    pub(super) content: Content,
    /// By the number of a name: its place among the children, counted from 1, and 0 when it is none of them.
    slots: [u8; ElementName::COUNT],
}

impl Shape {
    pub(super) const fn new(name: &'static str, content: Content) -> Self {
        let slots = match &content {
            Content::Elements(children, _) => slots(children),
            _ => [0; ElementName::COUNT],
        };
        Self { name, content, slots }
    }

    /// The place among its children of what has a name.
    #[inline]
    pub(super) fn slot(&self, name: ElementName) -> Option<u8> {
        self.slots.get(name.number())?.checked_sub(1)
    }
}

#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "computed by the compiler, which tells of a panic; there are a dozen children at most"
)]
const fn slots(children: &[Child]) -> [u8; ElementName::COUNT] {
    let mut slots = [0; ElementName::COUNT];
    let mut at = 0;
    while at < children.len() {
        slots[children[at].element.number()] = at as u8 + 1;
        at += 1;
    }
    slots
}

/// What stands between the tags.
#[derive(Debug)]
pub(super) enum Content {
    /// Character data alone.
    Text(Form),
    /// Elements alone.
    Elements(&'static [Child], Rest),
    /// Elements that CIM defines, and any of other namespaces.
    Cim(Class),
    /// One of the elements that say what kind of time it is.
    Time,
    /// Whatever a vendor puts there.
    Anything,
}

/// What may stand in an element besides the children of its [`Shape`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// Nothing.
    Closed,
    /// Elements of other namespaces, behind all others.
    Foreign,
    /// Sections of any kind, at this place in the order.
    Sections(u8),
}

/// A child of a [`Shape`].
#[derive(Debug)]
pub(super) struct Child {
    pub(super) name: &'static str,
    pub(super) element: ElementName,
    pub(super) times: Times,
    /// Where it stands in the order. Children of one place may be mixed.
    pub(super) place: u8,
    pub(super) shape: &'static Shape,
    /// Whether it came with OVF 2.0.
    pub(super) is_new: bool,
}

/// How often a child may stand in its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    One,
    Optional,
    Any,
    Some,
}

impl Times {
    const fn is_required(self) -> bool {
        matches!(self, Self::One | Self::Some)
    }

    const fn is_single(self) -> bool {
        matches!(self, Self::One | Self::Optional)
    }
}

/// The form of a value (XML Schema Part 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `xs:string`, and the URIs that rules of their own judge.
    Text,
    /// `xs:boolean`.
    Boolean,
    /// A whole number of 0 to this.
    Number(u64),
}

/// Why a value does not have its [`Form`], to stand behind the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormError {
    Boolean(number::BooleanError),
    Number(number::NumberError),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(error) => error.fmt(f),
            Self::Number(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("a text"),
            Self::Boolean => f.write_str("`true` or `false`"),
            Self::Number(max) => write!(f, "a whole number of 0 to {max}"),
        }
    }
}

impl Form {
    /// Whether a value has the form.
    pub(crate) fn check(self, value: &str) -> Result<(), FormError> {
        match self {
            Self::Text => Ok(()),
            Self::Boolean => number::boolean(value).map(drop).map_err(FormError::Boolean),
            Self::Number(max) => number::unsigned(value, max).map(drop).map_err(FormError::Number),
        }
    }
}

impl Envelope<'_> {
    /// Where it departs from the schema of its version, in document order.
    ///
    /// Found when first asked for. Nothing for OVF 0.9 and its relatives, whose schema is another.
    pub(crate) fn departures(&self) -> &[Departure] {
        self.departures.get_or_init(|| Walk::new(self).finish(self))
    }
}
