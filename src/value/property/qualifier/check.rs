//! What qualifiers say about a type and about a value.

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

    /// Whether a value obeys all of these qualifiers that fit its type. Values that are not of the type
    /// are for [`PropertyType::check`]; numbers are compared as numbers, strings exactly, and lengths are
    /// counted in characters.
    ///
    /// # Errors
    /// [`Breach`], the first.
    pub fn check(&self, kind: PropertyType, value: &str) -> Result<(), Breach> {
        let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
        let number = if kind.is_number() { Number::parse(value).ok() } else { None };
        for qualifier in self.list.iter().filter(|qualifier| qualifier.name().fits(kind)) {
            match qualifier {
                Qualifier::MinLen(min) if length < *min => {
                    return Err(Breach::TooShort { min: *min });
                }
                Qualifier::MaxLen(max) if length > *max => {
                    return Err(Breach::TooLong { max: *max });
                }
                Qualifier::MinValue(min)
                    if number.is_some_and(|number| number.is_less_than(min.number)) =>
                {
                    return Err(Breach::BelowMin);
                }
                Qualifier::MaxValue(max)
                    if number.is_some_and(|number| max.number.is_less_than(number)) =>
                {
                    return Err(Breach::AboveMax);
                }
                Qualifier::ValueMap(entries) => {
                    let same = |entry: &Entry<'_>| match number {
                        Some(number) => {
                            Number::parse(&entry.text).is_ok_and(|entry| entry == number)
                        }
                        None => entry.text == value,
                    };
                    let known = kind != PropertyType::String && number.is_none()
                        || entries.iter().any(same);
                    if !known {
                        return Err(Breach::NotInMap);
                    }
                }
                _ => {}
            }
        }
        Ok(())
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

    fn is_less_than(self, other: Self) -> bool {
        match (self.whole, other.whole) {
            (Some(this), Some(other)) => this < other,
            _ => self.real < other.real,
        }
    }
}
