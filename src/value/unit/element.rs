//! One part of a unit: a number, a power, or a word.

use super::words::{PREFIXES, legacy};
use super::{Base, Deviation, Factor, UnitError, gcd};
use crate::value::is_blank;

/// What stands between two operators.
pub(super) struct Element<'a> {
    pub(super) factor: Factor,
    pub(super) base: Option<(&'a str, Base)>,
    pub(super) deviation: Option<Deviation>,
}

impl<'a> Element<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, UnitError<'a>> {
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
