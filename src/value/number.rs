//! Numbers and truth values in the lexical forms of XML Schema Part 2.

use super::is_blank;

/// Why a text is no number of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// Something other than a sign and decimal digits.
    #[error("is no whole number")]
    NotWhole,
    /// Something other than a decimal number, for [`real32`] and [`real64`].
    #[error("is no number")]
    NotANumber,
    /// A number below zero where none is allowed.
    #[error("is negative")]
    Negative,
    /// A number over the greatest of its type.
    #[error("is more than {max}")]
    TooLarge {
        /// The greatest number of the type.
        max: u64,
    },
    /// A number below the least of its type.
    #[error("is less than {min}")]
    TooSmall {
        /// The least number of the type.
        min: i64,
    },
    /// A real number whose magnitude the type cannot hold.
    #[error("is out of range for {bits} bits")]
    RealRange {
        /// Bits of the type, 32 or 64.
        bits: u8,
    },
}

/// The text without the white space around it: `whiteSpace="collapse"` for types whose values hold none
/// (XML Schema Part 2, 4.3.6).
#[must_use]
pub fn collapse(text: &str) -> &str {
    // Most texts have nothing around them, and two bytes tell.
    if let ([first, ..], [.., last]) = (text.as_bytes(), text.as_bytes())
        && *first > b' '
        && *last > b' '
    {
        return text;
    }
    text.trim_matches(is_blank)
}

/// A whole number of 0 to `max`. White space around it, leading zeros and `+` are allowed, and so is `-0`.
///
/// Source: XML Schema Part 2, 3.3.20 and the types derived from it.
///
/// # Errors
/// [`NumberError`], which says how the text fails.
pub fn unsigned(text: &str, max: u64) -> Result<u64, NumberError> {
    if let Some(number) = short(text).filter(|&number| number <= max) {
        return Ok(number);
    }
    match magnitude(text)? {
        (true, Some(0)) => Ok(0),
        (true, _) => Err(NumberError::Negative),
        (false, Some(number)) if number <= max => Ok(number),
        (false, _) => Err(NumberError::TooLarge { max }),
    }
}

/// A whole number of `min` to `max`. White space around it, leading zeros and `+` are allowed.
///
/// Source: XML Schema Part 2, 3.3.13 and the types derived from it.
///
/// # Errors
/// [`NumberError`], which says how the text fails.
pub fn signed(text: &str, min: i64, max: i64) -> Result<i64, NumberError> {
    let (negative, magnitude) = magnitude(text)?;
    let number = magnitude.and_then(|magnitude| {
        if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
    });
    match number {
        Some(number) if number < min => Err(NumberError::TooSmall { min }),
        Some(number) if number <= max => Ok(number),
        None if negative => Err(NumberError::TooSmall { min }),
        _ if max < 0 => Err(NumberError::TooLarge { max: 0 }),
        _ => Err(NumberError::TooLarge { max: max.unsigned_abs() }),
    }
}

/// `xs:unsignedByte`.
///
/// # Errors
/// As [`unsigned`].
pub fn unsigned_byte(text: &str) -> Result<u8, NumberError> {
    narrow(unsigned(text, u8::MAX.into()), u8::MAX.into())
}

/// `xs:unsignedShort`.
///
/// # Errors
/// As [`unsigned`].
pub fn unsigned_short(text: &str) -> Result<u16, NumberError> {
    narrow(unsigned(text, u16::MAX.into()), u16::MAX.into())
}

/// `xs:unsignedInt`.
///
/// # Errors
/// As [`unsigned`].
pub fn unsigned_int(text: &str) -> Result<u32, NumberError> {
    narrow(unsigned(text, u32::MAX.into()), u32::MAX.into())
}

/// `xs:unsignedLong`.
///
/// # Errors
/// As [`unsigned`].
pub fn unsigned_long(text: &str) -> Result<u64, NumberError> {
    unsigned(text, u64::MAX)
}

/// `xs:int`.
///
/// # Errors
/// [`NumberError`], which says how the text fails.
pub fn int(text: &str) -> Result<i32, NumberError> {
    let number = signed(text, i32::MIN.into(), i32::MAX.into())?;
    i32::try_from(number).map_err(|_| NumberError::TooLarge { max: i32::MAX.unsigned_abs().into() })
}

/// `xs:long`.
///
/// # Errors
/// As [`signed`].
pub fn long(text: &str) -> Result<i64, NumberError> {
    signed(text, i64::MIN, i64::MAX)
}

/// A decimal number that fits 32-bit floating point: digits with an optional point, sign and exponent.
/// White space around it is allowed.
///
/// CIM knows no spelling for infinities and NaN (DSP0004, realValue), so `INF` is no number.
///
/// # Errors
/// [`NumberError`], which says how the text fails.
pub fn real32(text: &str) -> Result<f32, NumberError> {
    let number: f32 = decimal(text)?.parse().map_err(|_| NumberError::NotANumber)?;
    if number.is_finite() { Ok(number) } else { Err(NumberError::RealRange { bits: 32 }) }
}

/// As [`real32`], in 64 bits.
///
/// # Errors
/// [`NumberError`], which says how the text fails.
pub fn real64(text: &str) -> Result<f64, NumberError> {
    let number: f64 = decimal(text)?.parse().map_err(|_| NumberError::NotANumber)?;
    if number.is_finite() { Ok(number) } else { Err(NumberError::RealRange { bits: 64 }) }
}

/// Why a text is no truth value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BooleanError {
    /// Nothing, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// `True`, `FALSE` and the like: the right word in the wrong letter case.
    #[error("is not in lower case")]
    Case {
        /// The value that was plainly meant.
        meant: bool,
    },
    /// Anything else.
    #[error("is neither `true` nor `false`")]
    NotBoolean,
}

/// `xs:boolean`: `true`, `false`, `1` or `0`, with white space around it or not (XML Schema Part 2, 3.2.2).
///
/// # Errors
/// [`BooleanError`], which holds the value that was meant where that is plain.
pub fn boolean(text: &str) -> Result<bool, BooleanError> {
    match collapse(text) {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        "" => Err(BooleanError::Empty),
        word if word.eq_ignore_ascii_case("true") => Err(BooleanError::Case { meant: true }),
        word if word.eq_ignore_ascii_case("false") => Err(BooleanError::Case { meant: false }),
        _ => Err(BooleanError::NotBoolean),
    }
}

/// A number of up to nine digits and nothing else, which most are.
fn short(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then(|| number.wrapping_mul(10).wrapping_add(digit.into()))
    })
}

/// Sign and magnitude of `[+-]?[0-9]+`; no magnitude when 64 bits cannot hold it.
fn magnitude(text: &str) -> Result<(bool, Option<u64>), NumberError> {
    let text = collapse(text);
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotWhole);
    }
    Ok((negative, digits.parse().ok()))
}

fn narrow<T: TryFrom<u64>>(number: Result<u64, NumberError>, max: u64) -> Result<T, NumberError> {
    T::try_from(number?).map_err(|_| NumberError::TooLarge { max })
}

/// The text without white space around it, if it has the form of a decimal number.
fn decimal(text: &str) -> Result<&str, NumberError> {
    let text = collapse(text);
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let well_formed = all_digits(whole)
        && all_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && all_digits(exponent)
        && !exponent.is_empty();
    if well_formed { Ok(text) } else { Err(NumberError::NotANumber) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_numbers() {
        use NumberError::{Empty, Negative, NotWhole, TooLarge, TooSmall};
        let max = u64::MAX;
        for (text, want) in [
            ("0", Ok(0)),
            ("42", Ok(42)),
            (" 42\n", Ok(42)),
            ("+5", Ok(5)),
            ("-0", Ok(0)),
            ("007", Ok(7)),
            ("18446744073709551615", Ok(max)),
            ("00000000000000000000000000000000000000001", Ok(1)),
            ("18446744073709551616", Err(TooLarge { max })),
            ("", Err(Empty)),
            (" \t", Err(Empty)),
            ("-2", Err(Negative)),
            ("-99999999999999999999999", Err(Negative)),
            ("1.5", Err(NotWhole)),
            ("1 GB", Err(NotWhole)),
            ("1e3", Err(NotWhole)),
            ("0x10", Err(NotWhole)),
            ("+", Err(NotWhole)),
            ("--1", Err(NotWhole)),
            ("+-1", Err(NotWhole)),
            ("1_000", Err(NotWhole)),
            ("١", Err(NotWhole)),
            ("\u{a0}1", Err(NotWhole)),
        ] {
            assert_eq!(unsigned_long(text), want, "{text:?}");
        }
        assert_eq!(unsigned_byte("256"), Err(TooLarge { max: 255 }));
        assert_eq!(unsigned_short("65535"), Ok(65535));
        assert_eq!(unsigned_short("70000"), Err(TooLarge { max: 65535 }));
        assert_eq!(unsigned_int("4294967296"), Err(TooLarge { max: 4_294_967_295 }));
        assert_eq!(long("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(long("-9223372036854775809"), Err(TooSmall { min: i64::MIN }));
        assert_eq!(long("9223372036854775808"), Err(TooLarge { max: i64::MAX.unsigned_abs() }));
        assert_eq!(long("99999999999999999999"), Err(TooLarge { max: i64::MAX.unsigned_abs() }));
        assert_eq!(signed("-129", -128, 127), Err(TooSmall { min: -128 }));
        assert_eq!(signed("128", -128, 127), Err(TooLarge { max: 127 }));
        // No bound below zero can be said.
        assert_eq!(signed("7", -5, -2), Err(TooLarge { max: 0 }));
        assert_eq!(signed("-2", -5, -2), Ok(-2));
        assert_eq!(unsigned_long(&"9".repeat(1_000_000)), Err(TooLarge { max }));
    }

    #[test]
    fn white_space_around() {
        for text in ["a b", "\ta b", "a b\n", " a b", "a b ", "\r\na b \t"] {
            assert_eq!(collapse(text), "a b", "{text:?}");
        }
        // What other standards call a space belongs to the value.
        assert_eq!(collapse("\u{a0}a\u{2003}"), "\u{a0}a\u{2003}");
        assert_eq!(collapse("\u{b}a\u{c}"), "\u{b}a\u{c}");
        assert_eq!((collapse(""), collapse(" \t\r\n")), ("", ""));
    }

    #[test]
    fn real_numbers() {
        for text in ["1", "1.0", "-.5", "5.", "+1e3", "1.5E-7", " 2.0 ", "0"] {
            assert!(real32(text).is_ok() && real64(text).is_ok(), "{text:?}");
        }
        for text in [
            "inf", "INF", "NaN", "nan", "infinity", ".", "e3", "1e", "1e+", "1,5", "0x1p3", "1.2.3",
        ] {
            assert_eq!(real64(text), Err(NumberError::NotANumber), "{text:?}");
        }
        assert_eq!(real64(""), Err(NumberError::Empty));
        assert_eq!(real32("1e39"), Err(NumberError::RealRange { bits: 32 }));
        assert!(real64("1e39").is_ok());
        assert_eq!(real64("-1e999"), Err(NumberError::RealRange { bits: 64 }));
    }

    #[test]
    fn truth_values() {
        for (text, want) in [
            ("true", Ok(true)),
            ("false", Ok(false)),
            ("1", Ok(true)),
            (" 0 ", Ok(false)),
            ("", Err(BooleanError::Empty)),
            ("True", Err(BooleanError::Case { meant: true })),
            ("FALSE", Err(BooleanError::Case { meant: false })),
            ("yes", Err(BooleanError::NotBoolean)),
            ("01", Err(BooleanError::NotBoolean)),
        ] {
            assert_eq!(boolean(text), want, "{text:?}");
        }
    }

    #[test]
    fn errors_end_a_sentence() {
        assert_eq!(unsigned_short("70000").unwrap_err().to_string(), "is more than 65535");
        assert_eq!(boolean("yes").unwrap_err().to_string(), "is neither `true` nor `false`");
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(number: i64, zeros in 0_usize..5) {
            let text = format!(" {}{}{}\t", if number < 0 { "-" } else { "" }, "0".repeat(zeros), number.unsigned_abs());
            prop_assert_eq!(long(&text), Ok(number));
            prop_assert_eq!(unsigned_long(&text).ok(), u64::try_from(number).ok());
        }

        #[test]
        fn takes_anything(text: String) {
            let _ = (unsigned_byte(&text), signed(&text, -5, 5), real32(&text), real64(&text), boolean(&text));
        }
    }
}
