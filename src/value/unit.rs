//! Programmatic units: `byte * 2^20` (DSP0004, Annex C).
//!
//! Arithmetic is exact in 128 bits. There is no default: an empty or unknown unit is an error, never 1.

mod element;
mod words;

use std::fmt;

use self::element::Element;
use self::words::OTHER_BASES;
use super::{Part, is_blank};

/// Longest text that is read as a unit, in bytes. The longest sensible one has some thirty.
const UNIT_BYTES: usize = 256;

/// A unit of one kind of thing, with an exact factor above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What is counted.
    pub base: Base,
    /// The factor is `numerator / denominator`, in lowest terms; neither is ever zero.
    pub numerator: u128,
    /// See [`numerator`](Self::numerator).
    pub denominator: u128,
    /// How the text departs from the grammar, the first such place.
    pub deviation: Option<Deviation>,
}

/// The base units of DSP0004 (table C-1) that OVF has a use for, and the rest by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// `byte`, of eight bits.
    Byte,
    /// `bit`.
    Bit,
    /// `hertz`.
    Hertz,
    /// `count`.
    Count,
    /// `percent`.
    Percent,
    /// `second`.
    Second,
    /// Any other base unit of DSP0004.
    Other(&'static str),
}

/// A spelling outside of the grammar that can mean one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// A word that is no programmatic unit: those of the old UNITS qualifier (`MegaBytes`, `MegaHertz`;
    /// DSP0004, C.2) and abbreviations (`GB`, `MHz`). Bytes are taken in powers of 1024, as every
    /// importer does, hertz in powers of 1000.
    Legacy,
    /// A base unit in the wrong letter case: `Byte`.
    LetterCase,
    /// Blanks beside `^`: `2 ^ 30`. Versions 2.x of DSP0004 let `^` stand between blanks, 3.0 does not.
    BlankBesidePower,
}

/// Why a text is no unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitError<'a> {
    /// Nothing, or nothing but white space.
    Empty,
    /// Longer than any unit.
    TooLong,
    /// A word that is no unit.
    Unknown(&'a str),
    /// A part that is neither number, power nor word: `2^`, `1.2.3`.
    Malformed(&'a str),
    /// Nothing on one side of `*` or `/`.
    MissingPart,
    /// Numbers only.
    NoBase,
    /// Two base units. Legal where a rate is meant, as in `bit / second`; no amount of one thing.
    SeveralBases(Base, Base),
    /// A base unit that is squared or divided by: `byte^2`, `1 / byte`.
    NotAnAmount(&'a str),
    /// A minus sign in front.
    Negative,
    /// The factor is zero, or something is divided by zero.
    Zero,
    /// The factor does not fit 128 bits.
    TooLarge,
}

impl std::error::Error for UnitError<'_> {}

impl fmt::Display for UnitError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("the unit is empty"),
            Self::TooLong => write!(f, "the unit has more than {UNIT_BYTES} bytes"),
            Self::Unknown(part) => write!(f, "{} is no unit of DSP0004", Part(part)),
            Self::Malformed(part) => write!(f, "{} is no part of a unit", Part(part)),
            Self::MissingPart => f.write_str("the unit lacks a part beside `*` or `/`"),
            Self::NoBase => f.write_str("the unit names nothing that is counted, such as `byte`"),
            Self::SeveralBases(first, second) => {
                write!(f, "the unit has two base units, `{first}` and `{second}`")
            }
            Self::NotAnAmount(part) => write!(f, "{} is no unit of an amount", Part(part)),
            Self::Negative => f.write_str("the unit is negative"),
            Self::Zero => f.write_str("the unit is zero"),
            Self::TooLarge => f.write_str("the unit is too large"),
        }
    }
}

/// Why so many of a unit are no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// The unit counts something else.
    #[error("is counted in `{0}`")]
    OtherBase(Base),
    /// The amount does not fit 64 bits.
    #[error("is more than 64 bits can hold")]
    Overflow,
    /// The amount is not whole. Nothing is rounded.
    #[error("is no whole amount")]
    Fraction,
}

/// The units nearly every descriptor has, as [`Unit::parse`] would read them.
const COMMON: [(&str, Unit); 4] = [
    ("byte * 2^20", Unit { numerator: 1 << 20, ..Unit::one(Base::Byte) }),
    ("byte * 2^30", Unit { numerator: 1 << 30, ..Unit::one(Base::Byte) }),
    ("hertz * 10^6", Unit { numerator: 1_000_000, ..Unit::one(Base::Hertz) }),
    ("byte", Unit::one(Base::Byte)),
];

impl Unit {
    /// One of a base unit.
    #[must_use]
    pub const fn one(base: Base) -> Self {
        Self { base, numerator: 1, denominator: 1, deviation: None }
    }

    /// Reads a programmatic unit, and what is [plainly meant](Deviation) for one: numbers, powers
    /// (`2^20`) and one base unit with or without a prefix (`kilo`, `mebi`), parted by `*` and `/`.
    ///
    /// ```
    /// use ovf::value::unit::Unit;
    ///
    /// assert_eq!(Unit::parse("byte * 2^20").unwrap().bytes(512), Ok(512 << 20));
    /// assert_eq!(Unit::parse("MegaByte").unwrap_err().to_string(), "`MegaByte` is no unit of DSP0004");
    /// ```
    ///
    /// # Errors
    /// [`UnitError`], which names the part that is wrong.
    pub fn parse(text: &str) -> Result<Self, UnitError<'_>> {
        if let Some((_, unit)) = COMMON.iter().find(|(known, _)| *known == text) {
            return Ok(*unit);
        }
        let text = text.trim_matches(is_blank);
        if text.is_empty() {
            return Err(UnitError::Empty);
        }
        if text.len() > UNIT_BYTES {
            return Err(UnitError::TooLong);
        }
        if text.starts_with('-') {
            return Err(UnitError::Negative);
        }
        let mut rest = text.strip_prefix('+').unwrap_or(text);
        let mut factor = Factor { numerator: 1, denominator: 1 };
        let mut base = None;
        let mut deviation = None;
        let mut divides = false;
        loop {
            let end = rest.find(['*', '/']).unwrap_or(rest.len());
            let (element, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let element = Element::parse(element.trim_matches(is_blank))?;
            deviation = deviation.or(element.deviation);
            if let Some((name, found)) = element.base {
                match base {
                    Some(first) => return Err(UnitError::SeveralBases(first, found)),
                    None if divides => return Err(UnitError::NotAnAmount(name)),
                    None => base = Some(found),
                }
            }
            let times = if divides { element.factor.inverse() } else { element.factor };
            factor = factor.times(times).ok_or(UnitError::TooLarge)?;
            let mut operator = behind.chars();
            divides = match operator.next() {
                None => break,
                Some(operator) => operator == '/',
            };
            rest = operator.as_str();
        }
        let base = base.ok_or(UnitError::NoBase)?;
        let Factor { numerator, denominator } = factor;
        Ok(Self { base, numerator, denominator, deviation })
    }

    /// `value` of this unit, in its base unit.
    ///
    /// # Errors
    /// [`AmountError::Overflow`] and [`AmountError::Fraction`].
    pub fn amount(&self, value: u64) -> Result<u64, AmountError> {
        let shared = gcd(value.into(), self.denominator);
        let value = u128::from(value).checked_div(shared).unwrap_or(0);
        if self.denominator.checked_div(shared) != Some(1) {
            return Err(AmountError::Fraction);
        }
        let amount = value.checked_mul(self.numerator).ok_or(AmountError::Overflow)?;
        u64::try_from(amount).map_err(|_| AmountError::Overflow)
    }

    /// `value` of this unit in bytes, of eight bits where the unit counts bits.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn bytes(&self, value: u64) -> Result<u64, AmountError> {
        match self.base {
            Base::Byte => self.amount(value),
            Base::Bit => {
                let eighth = Factor { numerator: 1, denominator: 8 };
                let factor = Factor { numerator: self.numerator, denominator: self.denominator };
                let Factor { numerator, denominator } =
                    factor.times(eighth).ok_or(AmountError::Overflow)?;
                Self { numerator, denominator, ..*self }.amount(value)
            }
            other => Err(AmountError::OtherBase(other)),
        }
    }

    /// `value` of this unit in hertz.
    ///
    /// # Errors
    /// [`AmountError`].
    pub fn hertz(&self, value: u64) -> Result<u64, AmountError> {
        if self.base == Base::Hertz {
            self.amount(value)
        } else {
            Err(AmountError::OtherBase(self.base))
        }
    }
}

/// A plain spelling: `byte * 2^20`, `hertz * 10^6`, `byte * 3 / 7`.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn factor(f: &mut fmt::Formatter<'_>, operator: char, number: u128) -> fmt::Result {
            let thousands = (1..=38_u32).find(|&power| 10_u128.checked_pow(power) == Some(number));
            if number == 1 {
                Ok(())
            } else if let Some(power) = thousands {
                write!(f, " {operator} 10^{power}")
            } else if number.is_power_of_two() && number > 8 {
                write!(f, " {operator} 2^{}", number.trailing_zeros())
            } else {
                write!(f, " {operator} {number}")
            }
        }
        write!(f, "{}", self.base)?;
        factor(f, '*', self.numerator)?;
        factor(f, '/', self.denominator)
    }
}

impl Base {
    /// The name in DSP0004.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Byte => "byte",
            Self::Bit => "bit",
            Self::Hertz => "hertz",
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Second => "second",
            Self::Other(name) => name,
        }
    }

    fn named(name: &str) -> Option<Self> {
        const MAIN: [Base; 6] =
            [Base::Byte, Base::Bit, Base::Hertz, Base::Count, Base::Percent, Base::Second];
        MAIN.into_iter().find(|base| base.as_str() == name).or_else(|| {
            OTHER_BASES.iter().find(|other| **other == name).map(|other| Self::Other(other))
        })
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A number above zero, in lowest terms.
#[derive(Clone, Copy)]
struct Factor {
    numerator: u128,
    denominator: u128,
}

impl Factor {
    const ONE: Self = Self { numerator: 1, denominator: 1 };

    const fn whole(numerator: u128) -> Self {
        Self { numerator, denominator: 1 }
    }

    const fn inverse(self) -> Self {
        Self { numerator: self.denominator, denominator: self.numerator }
    }

    fn times(self, other: Self) -> Option<Self> {
        // Reduced crosswise first, so that only a result that is too large overflows.
        let across = gcd(self.numerator, other.denominator);
        let back = gcd(other.numerator, self.denominator);
        Some(Self {
            numerator: self
                .numerator
                .checked_div(across)?
                .checked_mul(other.numerator.checked_div(back)?)?,
            denominator: self
                .denominator
                .checked_div(back)?
                .checked_mul(other.denominator.checked_div(across)?)?,
        })
    }
}

/// The greatest common divisor; at most some 180 steps.
const fn gcd(mut a: u128, mut b: u128) -> u128 {
    while let Some(rest) = a.checked_rem(b) {
        a = b;
        b = rest;
    }
    a
}

#[cfg(test)]
mod tests;
