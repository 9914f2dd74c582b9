//! What qualifiers say about a type and about a value.

use std::collections::HashSet;
use std::fmt;

use super::{Entry, Name, Qualifier, Qualifiers};
use crate::value::number::{self, NumberError};
use crate::value::property::PropertyType;

/// What is wrong with qualifiers that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QualifierFault {
    /// The qualifier stands there twice.
    Duplicate(Name),
    /// The qualifier says nothing about values of this type, and is ignored.
    Unfit(Name, PropertyType),
    /// `MinLen` is more than `MaxLen`.
    Lengths {
        /// `MinLen`.
        min: u64,
        /// `MaxLen`.
        max: u64,
    },
    /// `MinValue` is more than `MaxValue`.
    Bounds,
    /// `ValueMap{}` leaves no value.
    EmptyMap,
    /// An entry of `ValueMap`, counted from 1, is not of the type. Only the first is told.
    Entry(usize, PropertyType),
}

impl fmt::Display for QualifierFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate(name) => write!(f, "`{name}` stands there twice"),
            Self::Unfit(name, kind) => write!(f, "`{name}` does not apply to the type `{kind}`"),
            Self::Lengths { min, max } => write!(f, "`MinLen({min})` is more than `MaxLen({max})`"),
            Self::Bounds => f.write_str("`MinValue` is more than `MaxValue`"),
            Self::EmptyMap => f.write_str("`ValueMap` has no entry"),
            Self::Entry(at, kind) => write!(f, "entry {at} of `ValueMap` is no `{kind}`"),
        }
    }
}

/// How a value breaks a qualifier. It never shows the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// Fewer characters than `MinLen`.
    #[error("is shorter than {min} characters")]
    TooShort {
        /// `MinLen`.
        min: u64,
    },
    /// More characters than `MaxLen`.
    #[error("is longer than {max} characters")]
    TooLong {
        /// `MaxLen`.
        max: u64,
    },
    /// Not an entry of `ValueMap`.
    #[error("is not in `ValueMap`")]
    NotInMap,
    /// Less than `MinValue`.
    #[error("is less than `MinValue`")]
    BelowMin,
    /// More than `MaxValue`.
    #[error("is more than `MaxValue`")]
    AboveMax,
}

impl Qualifiers<'_> {
    /// What is wrong with these qualifiers on a property of a type.
    #[must_use]
    pub fn faults(&self, kind: PropertyType) -> Vec<QualifierFault> {
        let mut faults = Vec::new();
        for name in Name::ALL {
            let count = self.list.iter().filter(|qualifier| qualifier.name() == name).count();
            if count > 1 {
                faults.push(QualifierFault::Duplicate(name));
            }
            if count > 0 && !name.fits(kind) {
                faults.push(QualifierFault::Unfit(name, kind));
            }
        }
        let (mut min_len, mut max_len, mut min_value, mut max_value) = (None, None, None, None);
        let (mut empty_map, mut bad_entry) = (false, None);
        for qualifier in self.list.iter().filter(|qualifier| qualifier.name().fits(kind)) {
            match qualifier {
                Qualifier::MinLen(min) => min_len = Some(*min),
                Qualifier::MaxLen(max) => max_len = Some(*max),
                Qualifier::MinValue(min) => min_value = Some(min.number),
                Qualifier::MaxValue(max) => max_value = Some(max.number),
                Qualifier::ValueMap(entries) => {
                    empty_map |= entries.is_empty();
                    let wrong = |entry: &Entry<'_>| kind.check(&entry.text).is_err();
                    bad_entry = bad_entry.or_else(|| entries.iter().position(wrong));
                }
            }
        }
        if empty_map {
            faults.push(QualifierFault::EmptyMap);
        }
        if let Some(at) = bad_entry {
            faults.push(QualifierFault::Entry(at.saturating_add(1), kind));
        }
        if let (Some(min), Some(max)) = (min_len, max_len)
            && min > max
        {
            faults.push(QualifierFault::Lengths { min, max });
        }
        if let (Some(min), Some(max)) = (min_value, max_value)
            && max.is_less_than(min)
        {
            faults.push(QualifierFault::Bounds);
        }
        faults
    }

    /// These qualifiers made ready to check many values of a type. Of a qualifier that stands there twice,
    /// the first counts.
    #[must_use]
    pub fn checker(&self, kind: PropertyType) -> Checker<'_> {
        let mut checker = Checker {
            kind,
            min_len: None,
            max_len: None,
            min_value: None,
            max_value: None,
            map: None,
        };
        for qualifier in self.list.iter().filter(|qualifier| qualifier.name().fits(kind)) {
            match qualifier {
                Qualifier::MinLen(min) => _ = checker.min_len.get_or_insert(*min),
                Qualifier::MaxLen(max) => _ = checker.max_len.get_or_insert(*max),
                Qualifier::MinValue(min) => _ = checker.min_value.get_or_insert(min.number),
                Qualifier::MaxValue(max) => _ = checker.max_value.get_or_insert(max.number),
                Qualifier::ValueMap(entries) => {
                    checker.map.get_or_insert_with(|| Map::new(entries, kind));
                }
            }
        }
        checker
    }

    /// Whether a value obeys all of these qualifiers that fit its type, as [`Checker::check`] says.
    ///
    /// # Errors
    /// [`Breach`], the first.
    pub fn check(&self, kind: PropertyType, value: &str) -> Result<(), Breach> {
        self.checker(kind).check(value)
    }
}

/// Qualifiers made ready to check many values: each costs its own length, however long the map is.
#[derive(Clone, Debug)]
pub struct Checker<'a> {
    kind: PropertyType,
    min_len: Option<u64>,
    max_len: Option<u64>,
    min_value: Option<Number>,
    max_value: Option<Number>,
    map: Option<Map<'a>>,
}

impl Checker<'_> {
    /// Whether a value obeys the qualifiers. Values that are not of the type are for
    /// [`PropertyType::check`]; numbers are compared as numbers, strings exactly, and lengths are counted in
    /// characters.
    ///
    /// # Errors
    /// [`Breach`], the first.
    pub fn check(&self, value: &str) -> Result<(), Breach> {
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        let number = if self.kind.is_number() { Number::parse(value).ok() } else { None };
        if let Some(min) = self.min_len.filter(|min| length < *min) {
            return Err(Breach::TooShort { min });
        }
        if let Some(max) = self.max_len.filter(|max| length > *max) {
            return Err(Breach::TooLong { max });
        }
        if let Some(number) = number {
            if self.min_value.is_some_and(|min| number.is_less_than(min)) {
                return Err(Breach::BelowMin);
            }
            if self.max_value.is_some_and(|max| max.is_less_than(number)) {
                return Err(Breach::AboveMax);
            }
        }
        let known = match (&self.map, number) {
            (None, _) => true,
            (Some(map), Some(number)) => map.has_number(number),
            (Some(map), None) => self.kind != PropertyType::String || map.texts.contains(value),
        };
        if known { Ok(()) } else { Err(Breach::NotInMap) }
    }
}

/// The entries of a `ValueMap`: as texts, or as numbers.
#[derive(Clone, Debug, Default)]
struct Map<'a> {
    texts: HashSet<&'a str>,
    whole: HashSet<i128>,
    /// By their bits; of those that are whole, and of the others.
    reals: [HashSet<u64>; 2],
}

impl<'a> Map<'a> {
    fn new(entries: &'a [Entry<'a>], kind: PropertyType) -> Self {
        let mut map = Self::default();
        for entry in entries {
            if !kind.is_number() {
                map.texts.insert(&entry.text);
            } else if let Ok(number) = Number::parse(&entry.text) {
                let [of_whole, others] = &mut map.reals;
                match number.whole {
                    Some(whole) => {
                        map.whole.insert(whole);
                        of_whole.insert(number.bits());
                    }
                    None => _ = others.insert(number.bits()),
                }
            }
        }
        map
    }

    fn has_number(&self, number: Number) -> bool {
        let [of_whole, others] = &self.reals;
        match number.whole {
            Some(whole) => self.whole.contains(&whole) || others.contains(&number.bits()),
            None => of_whole.contains(&number.bits()) || others.contains(&number.bits()),
        }
    }
}

/// A number, exact when it is whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    whole: Option<i128>,
    real: f64,
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        !self.is_less_than(*other) && !other.is_less_than(*self)
    }
}

impl Number {
    pub(super) fn parse(text: &str) -> Result<Self, NumberError> {
        let real = number::real64(text)?;
        Ok(Self { whole: number::collapse(text).parse().ok(), real })
    }

    /// The bits of the real, where the two zeros are one.
    fn bits(self) -> u64 {
        if self.real == 0.0 { 0 } else { self.real.to_bits() }
    }

    fn is_less_than(self, other: Self) -> bool {
        match (self.whole, other.whole) {
            (Some(this), Some(other)) => this < other,
            _ => self.real < other.real,
        }
    }
}
