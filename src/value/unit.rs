//! Programmatic units: `byte * 2^20` (DSP0004, Annex C).
//!
//! Arithmetic is exact in 128 bits. There is no default: an empty or unknown unit is an error, never 1.

use std::fmt;

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

/// The spelling that every version of DSP0004 allows: `byte * 2^20`, `hertz * 10^6`, `byte * 3 / 7`.
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

/// What stands between two operators.
struct Element<'a> {
    factor: Factor,
    base: Option<(&'a str, Base)>,
    deviation: Option<Deviation>,
}

impl<'a> Element<'a> {
    fn parse(text: &'a str) -> Result<Self, UnitError<'a>> {
        let Some(first) = text.chars().next() else {
            return Err(UnitError::MissingPart);
        };
        if first == '^' {
            return Err(UnitError::Malformed(text));
        }
        let Some((left, right)) = text.split_once('^') else {
            return if first.is_ascii_digit() || first == '.' {
                Self::number(text)
            } else {
                Self::word(text)
            };
        };
        let beside = left.ends_with(is_blank) || right.starts_with(is_blank);
        let (left, right) = (left.trim_end_matches(is_blank), right.trim_start_matches(is_blank));
        let (downwards, exponent) = exponent(right).ok_or(UnitError::Malformed(text))?;
        let mut element = if first.is_ascii_digit() {
            let factor = power(digits(left, text)?, exponent).ok_or(UnitError::TooLarge)?;
            if factor == 0 {
                return Err(UnitError::Zero);
            }
            let factor = Factor::whole(factor);
            Self {
                factor: if downwards { factor.inverse() } else { factor },
                base: None,
                deviation: None,
            }
        } else {
            let element = Self::word(left)?;
            if downwards || exponent != Some(1) {
                return Err(UnitError::NotAnAmount(text));
            }
            element
        };
        if beside {
            element.deviation = element.deviation.or(Some(Deviation::BlankBesidePower));
        }
        Ok(element)
    }

    /// `1024`, `1.5`.
    fn number(text: &'a str) -> Result<Self, UnitError<'a>> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = fraction.trim_end_matches('0');
        let whole = digits(whole, text)?;
        let (mut numerator, mut denominator) = (whole, 1);
        if !fraction.is_empty() {
            let places = u32::try_from(fraction.len()).ok();
            denominator =
                places.and_then(|places| 10_u128.checked_pow(places)).ok_or(UnitError::TooLarge)?;
            let fraction = digits(fraction, text)?;
            numerator = whole
                .checked_mul(denominator)
                .and_then(|whole| whole.checked_add(fraction))
                .ok_or(UnitError::TooLarge)?;
        }
        if numerator == 0 {
            return Err(UnitError::Zero);
        }
        let shared = gcd(numerator, denominator);
        let reduced = |number: u128| number.checked_div(shared).unwrap_or(number);
        let factor = Factor { numerator: reduced(numerator), denominator: reduced(denominator) };
        Ok(Self { factor, base: None, deviation: None })
    }

    /// A base unit, with or without a prefix, or an old word.
    fn word(text: &'a str) -> Result<Self, UnitError<'a>> {
        let found =
            |factor, base, deviation| Ok(Self { factor, base: Some((text, base)), deviation });
        if let Some(base) = Base::named(text) {
            return found(Factor::ONE, base, None);
        }
        for (prefix, base_number, exponent) in PREFIXES {
            if let Some(base) = text.strip_prefix(prefix).and_then(Base::named) {
                let size = power(*base_number, Some(exponent.unsigned_abs().into()))
                    .ok_or(UnitError::TooLarge)?;
                let factor = Factor::whole(size);
                return found(if *exponent < 0 { factor.inverse() } else { factor }, base, None);
            }
        }
        if let Some((base, factor)) = legacy(text) {
            return found(Factor::whole(factor), base, Some(Deviation::Legacy));
        }
        match Base::named(&text.to_ascii_lowercase()) {
            Some(base) => found(Factor::ONE, base, Some(Deviation::LetterCase)),
            None if text.starts_with(|c: char| c.is_alphabetic()) => Err(UnitError::Unknown(text)),
            None => Err(UnitError::Malformed(text)),
        }
    }
}

fn digits<'a>(digits: &str, part: &'a str) -> Result<u128, UnitError<'a>> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(UnitError::Malformed(part));
    }
    digits.parse().map_err(|_| UnitError::TooLarge)
}

/// Sign and magnitude of an exponent; no magnitude when it is beyond anything.
fn exponent(text: &str) -> Option<(bool, Option<u32>)> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((text.starts_with('-'), digits.parse().ok()))
}

fn power(base: u128, exponent: Option<u32>) -> Option<u128> {
    match (base, exponent) {
        (0 | 1, None) => Some(base),
        (base, Some(exponent)) => base.checked_pow(exponent),
        _ => None,
    }
}

/// Words and abbreviations from outside the grammar. `megabyte` is not among them: it is a programmatic
/// unit of 10^6. Nor are `mb` and `Gb`, which may count bits.
fn legacy(text: &str) -> Option<(Base, u128)> {
    let word = text.to_ascii_lowercase();
    Some(match word.as_str() {
        "bytes" => (Base::Byte, 1),
        "kilobytes" => (Base::Byte, 1 << 10),
        "megabytes" => (Base::Byte, 1 << 20),
        "gigabytes" => (Base::Byte, 1 << 30),
        "terabytes" => (Base::Byte, 1 << 40),
        "bits" => (Base::Bit, 1),
        "hz" => (Base::Hertz, 1),
        "kilohertz" | "khz" => (Base::Hertz, 1_000),
        "megahertz" | "mhz" => (Base::Hertz, 1_000_000),
        "gigahertz" | "ghz" => (Base::Hertz, 1_000_000_000),
        "seconds" => (Base::Second, 1),
        _ => match text {
            "KB" | "KiB" => (Base::Byte, 1 << 10),
            "MB" | "MiB" => (Base::Byte, 1 << 20),
            "GB" | "GiB" => (Base::Byte, 1 << 30),
            "TB" | "TiB" => (Base::Byte, 1 << 40),
            "PB" | "PiB" => (Base::Byte, 1 << 50),
            _ => return None,
        },
    })
}

/// Prefix, and the power it stands for.
const PREFIXES: &[(&str, u128, i8)] = &[
    ("deca", 10, 1),
    ("hecto", 10, 2),
    ("kilo", 10, 3),
    ("mega", 10, 6),
    ("giga", 10, 9),
    ("tera", 10, 12),
    ("peta", 10, 15),
    ("exa", 10, 18),
    ("zetta", 10, 21),
    ("yotta", 10, 24),
    ("deci", 10, -1),
    ("centi", 10, -2),
    ("milli", 10, -3),
    ("micro", 10, -6),
    ("nano", 10, -9),
    ("pico", 10, -12),
    ("femto", 10, -15),
    ("atto", 10, -18),
    ("zepto", 10, -21),
    ("yocto", 10, -24),
    ("kibi", 2, 10),
    ("mebi", 2, 20),
    ("gibi", 2, 30),
    ("tebi", 2, 40),
    ("pebi", 2, 50),
    ("exbi", 2, 60),
    ("zebi", 2, 70),
    ("yobi", 2, 80),
];

/// Base units of DSP0004, table C-1, that count nothing a descriptor has.
#[rustfmt::skip]
const OTHER_BASES: &[&str] = &[
    "permille", "decibel", "revolution", "degree", "radian", "steradian", "dataword", "MSU", "meter", "inch",
    "rack unit", "foot", "yard", "mile", "liter", "fluid ounce", "liquid gallon", "mole", "gram", "kilogram", "ounce",
    "pound", "minute", "hour", "day", "week", "gravity", "degree celsius", "degree fahrenheit", "kelvin", "candela",
    "lumen", "nit", "lux", "newton", "pascal", "bar", "decibel(A)", "decibel(C)", "decibel(m)", "joule", "watt",
    "volt ampere", "volt ampere reactive", "british thermal unit", "ampere", "coulomb", "volt", "farad", "ohm",
    "siemens", "weber", "tesla", "henry", "becquerel", "gray", "sievert",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units() {
        use Base::{Bit, Byte, Count, Hertz, Other, Percent, Second};
        use Deviation::{BlankBesidePower, Legacy, LetterCase};
        const MIB: u128 = 1 << 20;
        for (text, base, numerator, denominator, deviation) in [
            ("byte", Byte, 1, 1, None),
            ("byte * 2^20", Byte, MIB, 1, None),
            ("byte*2^30", Byte, 1 << 30, 1, None),
            ("byte*1024*1024", Byte, MIB, 1, None),
            ("2^30 * byte", Byte, 1 << 30, 1, None),
            (" byte\t*\n2^10 ", Byte, 1024, 1, None),
            ("+byte", Byte, 1, 1, None),
            ("kilobyte", Byte, 1000, 1, None),
            ("megabyte", Byte, 1_000_000, 1, None),
            ("gibibyte", Byte, 1 << 30, 1, None),
            ("yobibyte", Byte, 1 << 80, 1, None),
            ("byte^1", Byte, 1, 1, None),
            ("byte * 2^-10", Byte, 1, 1024, None),
            ("byte * 2^+10", Byte, 1024, 1, None),
            ("byte / 1024", Byte, 1, 1024, None),
            ("byte * 2^20 / 2^10", Byte, 1024, 1, None),
            ("byte * 2^127 / 2^127 * 2^127", Byte, 1 << 127, 1, None),
            ("byte * 1.5", Byte, 3, 2, None),
            ("byte * 10.00", Byte, 10, 1, None),
            ("byte * 1^99999999999999", Byte, 1, 1, None),
            ("byte * 2^0", Byte, 1, 1, None),
            ("hertz * 10^6", Hertz, 1_000_000, 1, None),
            ("megahertz", Hertz, 1_000_000, 1, None),
            ("kilobit", Bit, 1000, 1, None),
            ("count", Count, 1, 1, None),
            ("percent", Percent, 1, 1, None),
            ("millisecond", Second, 1, 1000, None),
            ("rack unit", Other("rack unit"), 1, 1, None),
            ("decibel", Other("decibel"), 1, 1, None),
            ("milliwatt", Other("watt"), 1, 1000, None),
            ("byte * 2 ^ 30", Byte, 1 << 30, 1, Some(BlankBesidePower)),
            ("byte * 2^ 30", Byte, 1 << 30, 1, Some(BlankBesidePower)),
            ("MegaBytes", Byte, MIB, 1, Some(Legacy)),
            ("KILOBYTES", Byte, 1024, 1, Some(Legacy)),
            ("Bytes", Byte, 1, 1, Some(Legacy)),
            ("bytes * 2 ^ 10", Byte, 1024, 1, Some(Legacy)),
            ("GB", Byte, 1 << 30, 1, Some(Legacy)),
            ("TeraBytes", Byte, 1 << 40, 1, Some(Legacy)),
            ("MHz", Hertz, 1_000_000, 1, Some(Legacy)),
            ("MegaHertz", Hertz, 1_000_000, 1, Some(Legacy)),
            ("GHz", Hertz, 1_000_000_000, 1, Some(Legacy)),
            ("Hertz*10^9", Hertz, 1_000_000_000, 1, Some(LetterCase)),
            ("BYTE", Byte, 1, 1, Some(LetterCase)),
        ] {
            assert_eq!(
                Unit::parse(text),
                Ok(Unit { base, numerator, denominator, deviation }),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_no_unit() {
        use UnitError::{
            Empty, Malformed, MissingPart, Negative, NoBase, NotAnAmount, SeveralBases, TooLarge,
            TooLong, Unknown, Zero,
        };
        for (text, want) in [
            ("", Empty),
            ("  ", Empty),
            ("MegaByte", Unknown("MegaByte")),
            ("Gigabyte", Unknown("Gigabyte")),
            ("mb", Unknown("mb")),
            ("Processor Cores", Unknown("Processor Cores")),
            ("byte * furlong", Unknown("furlong")),
            ("byte 2^20", Unknown("byte 2")),
            ("kilo", Unknown("kilo")),
            ("kilo byte", Unknown("kilo byte")),
            ("kilokilobyte", Unknown("kilokilobyte")),
            ("1048576", NoBase),
            ("2^20", NoBase),
            ("byte * byte", SeveralBases(Base::Byte, Base::Byte)),
            ("bit / second", SeveralBases(Base::Bit, Base::Second)),
            ("byte^2", NotAnAmount("byte^2")),
            ("byte^-1", NotAnAmount("byte^-1")),
            ("10 / byte", NotAnAmount("byte")),
            ("byte *", MissingPart),
            ("* byte", MissingPart),
            ("byte ** 2", MissingPart),
            ("byte * 2^", Malformed("2^")),
            ("byte * ^20", Malformed("^20")),
            ("byte * ^", Malformed("^")),
            ("byte * 2^2^2", Malformed("2^2^2")),
            ("byte * 2^1.5", Malformed("2^1.5")),
            ("byte * 1.2.3", Malformed("1.2.3")),
            ("byte * 1e3", Malformed("1e3")),
            ("byte * 0x10", Malformed("0x10")),
            ("byte * .5", Malformed(".5")),
            ("byte * -2", Malformed("-2")),
            ("-byte", Negative),
            ("byte * 0", Zero),
            ("byte * 0.0", Zero),
            ("byte / 0", Zero),
            ("byte * 0^-1", Zero),
            ("byte * 2^128", TooLarge),
            ("byte * 10^400", TooLarge),
            ("byte * 2^99999999999", TooLarge),
            ("byte * 10^30 * 10^30", TooLarge),
        ] {
            assert_eq!(Unit::parse(text), Err(want), "{text:?}");
        }
        assert_eq!(Unit::parse(&"byte*1*".repeat(100)), Err(TooLong));
        assert_eq!(
            Unit::parse("a\u{202e}b").unwrap_err().to_string(),
            "`a\\u{202e}b` is no unit of DSP0004"
        );
    }

    #[test]
    fn amounts() {
        let bytes = |unit: &str, value| Unit::parse(unit).unwrap().bytes(value);
        assert_eq!(bytes("byte * 2^30", 8), Ok(8 << 30));
        assert_eq!(bytes("byte * 2^64", 1), Err(AmountError::Overflow));
        assert_eq!(bytes("byte * 2^64", 0), Ok(0));
        assert_eq!(bytes("byte * 10^30", 1), Err(AmountError::Overflow));
        assert_eq!(bytes("byte * 2^127", u64::MAX), Err(AmountError::Overflow));
        assert_eq!(bytes("byte", u64::MAX), Ok(u64::MAX));
        assert_eq!(bytes("byte / 1024", 2048), Ok(2));
        assert_eq!(bytes("byte / 1024", 2049), Err(AmountError::Fraction));
        assert_eq!(bytes("byte * 1.5", 3), Err(AmountError::Fraction));
        assert_eq!(bytes("byte * 1.5", 4), Ok(6));
        assert_eq!(bytes("bit", 16), Ok(2));
        assert_eq!(bytes("bit", 12), Err(AmountError::Fraction));
        assert_eq!(bytes("kilobit", 1), Ok(125));
        assert_eq!(bytes("hertz", 1), Err(AmountError::OtherBase(Base::Hertz)));
        assert_eq!(Unit::parse("hertz * 10^6").unwrap().hertz(2000), Ok(2_000_000_000));
        assert_eq!(Unit::one(Base::Byte).hertz(1), Err(AmountError::OtherBase(Base::Byte)));
    }

    #[test]
    fn spelling() {
        for (text, want) in [
            ("MegaBytes", "byte * 2^20"),
            ("byte*1024*1024", "byte * 2^20"),
            ("MHz", "hertz * 10^6"),
            ("gibibyte", "byte * 2^30"),
            ("byte * 3 / 7", "byte * 3 / 7"),
            ("Byte", "byte"),
            ("byte * 2", "byte * 2"),
        ] {
            assert_eq!(Unit::parse(text).unwrap().to_string(), want, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn takes_anything(text in "(byte|hertz|kilo|MB|[0-9]{1,40}|[*/^ .+-]){0,12}") {
            if let Ok(unit) = Unit::parse(&text) {
                prop_assert!(unit.numerator > 0 && unit.denominator > 0);
                let _ = unit.bytes(u64::MAX);
                let spelt = unit.to_string();
                let again = Unit::parse(&spelt).map(|unit| Unit { deviation: None, ..unit });
                prop_assert_eq!(again.unwrap(), Unit { deviation: None, ..unit });
            }
        }

        #[test]
        fn amounts_are_exact(value: u64, up in 0_u32..64, down in 0_u32..64) {
            let text = format!("byte * 2^{up} / 2^{down}");
            let exact = u128::from(value) << up;
            let want = if !exact.is_multiple_of(1 << down) {
                Err(AmountError::Fraction)
            } else {
                u64::try_from(exact >> down).map_err(|_| AmountError::Overflow)
            };
            prop_assert_eq!(Unit::parse(&text).unwrap().bytes(value), want);
        }
    }
}
