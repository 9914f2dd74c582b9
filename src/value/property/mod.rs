//! Properties of a product: their types, values and qualifiers (DSP0243 9.5.1, tables 6 and 7).

pub mod network;
pub mod qualifier;
mod scan;

use super::number::{self, BooleanError, NumberError};

/// The type of a property (DSP0243 table 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyType {
    /// 0 to 2^8 - 1.
    Uint8,
    /// -2^7 to 2^7 - 1.
    Sint8,
    /// 0 to 2^16 - 1.
    Uint16,
    /// -2^15 to 2^15 - 1.
    Sint16,
    /// 0 to 2^32 - 1.
    Uint32,
    /// -2^31 to 2^31 - 1.
    Sint32,
    /// 0 to 2^64 - 1.
    Uint64,
    /// -2^63 to 2^63 - 1.
    Sint64,
    /// Any text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A number of IEEE 754 in 32 bits.
    Real32,
    /// A number of IEEE 754 in 64 bits.
    Real64,
}

/// A type as a descriptor names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The type, or the one that is plainly meant.
    pub kind: PropertyType,
    /// How the name departs from table 6.
    pub deviation: Option<TypeDeviation>,
    /// Whether the name itself says that values are secret: `password`.
    pub secret: bool,
}

/// A name of a type that is not in table 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeDeviation {
    /// Right but for its letter case: `String`.
    LetterCase,
    /// A name vSphere takes or others write: `int` (32 bits with sign), `integer` (64), `real` (64),
    /// `password`, `ip`, `ip:NETWORK` and `expression` (strings).
    Vendor,
}

/// Why a text names no type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypeError {
    /// Nothing.
    #[error("is empty")]
    Empty,
    /// A name of no known type.
    #[error("is no property type")]
    Unknown,
}

/// Why a value is not of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Nothing, for any type but string. A descriptor may mean: to be asked for.
    #[error("is empty")]
    Empty,
    /// White space around what otherwise is of the type.
    #[error("has white space around it")]
    Blanks,
    /// No number of the type.
    #[error(transparent)]
    Number(NumberError),
    /// `True`, `FALSE`, `1`, `0`: plain, but not `true` or `false`.
    #[error("is neither `true` nor `false`, but means `{meant}`")]
    BooleanSpelling {
        /// The value that is meant.
        meant: bool,
    },
    /// No truth value.
    #[error("is neither `true` nor `false`")]
    NotBoolean,
}

impl PropertyType {
    /// Every type, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::Uint8,
        Self::Sint8,
        Self::Uint16,
        Self::Sint16,
        Self::Uint32,
        Self::Sint32,
        Self::Uint64,
        Self::Sint64,
        Self::String,
        Self::Boolean,
        Self::Real32,
        Self::Real64,
    ];

    /// Reads the name of a type.
    ///
    /// ```
    /// use ovf::value::property::{PropertyType, TypeDeviation};
    ///
    /// let read = PropertyType::parse("int")?;
    /// assert_eq!((read.kind, read.deviation), (PropertyType::Sint32, Some(TypeDeviation::Vendor)));
    /// # Ok::<(), ovf::value::property::TypeError>(())
    /// ```
    ///
    /// # Errors
    /// [`TypeError`].
    pub fn parse(name: &str) -> Result<TypeName, TypeError> {
        if name.is_empty() {
            return Err(TypeError::Empty);
        }
        if let Some(kind) = Self::exactly(name) {
            return Ok(TypeName { kind, deviation: None, secret: false });
        }
        if let Some(kind) =
            Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name))
        {
            let deviation = (kind.as_str() != name).then_some(TypeDeviation::LetterCase);
            return Ok(TypeName { kind, deviation, secret: false });
        }
        let kind = match name {
            "int" => Self::Sint32,
            "integer" => Self::Sint64,
            "real" => Self::Real64,
            "password" | "ip" | "expression" => Self::String,
            name if name.starts_with("ip:") => Self::String,
            _ => return Err(TypeError::Unknown),
        };
        Ok(TypeName { kind, deviation: Some(TypeDeviation::Vendor), secret: name == "password" })
    }

    /// The type of a name in table 6.
    fn exactly(name: &str) -> Option<Self> {
        // In the order of how often they are met.
        match name {
            "string" => Some(Self::String),
            "boolean" => Some(Self::Boolean),
            _ => Self::ALL.into_iter().find(|kind| kind.as_str() == name),
        }
    }

    /// The name in table 6.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uint8 => "uint8",
            Self::Sint8 => "sint8",
            Self::Uint16 => "uint16",
            Self::Sint16 => "sint16",
            Self::Uint32 => "uint32",
            Self::Sint32 => "sint32",
            Self::Uint64 => "uint64",
            Self::Sint64 => "sint64",
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Real32 => "real32",
            Self::Real64 => "real64",
        }
    }

    /// Least and greatest value of an integer type; `None` for the others.
    #[must_use]
    pub const fn range(self) -> Option<(i64, u64)> {
        Some(match self {
            Self::Uint8 => (0, 0xFF),
            Self::Sint8 => (-0x80, 0x7F),
            Self::Uint16 => (0, 0xFFFF),
            Self::Sint16 => (-0x8000, 0x7FFF),
            Self::Uint32 => (0, 0xFFFF_FFFF),
            Self::Sint32 => (-0x8000_0000, 0x7FFF_FFFF),
            Self::Uint64 => (0, u64::MAX),
            Self::Sint64 => (i64::MIN, i64::MAX.unsigned_abs()),
            Self::String | Self::Boolean | Self::Real32 | Self::Real64 => return None,
        })
    }

    /// Whether values are whole numbers.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.range().is_some()
    }

    /// Whether values are numbers, whole or real.
    #[must_use]
    pub const fn is_number(self) -> bool {
        self.is_integer() || matches!(self, Self::Real32 | Self::Real64)
    }

    /// Whether a value is of this type. Any text is a string. Numbers are decimal; leading zeros and `+`
    /// are allowed.
    ///
    /// # Errors
    /// [`ValueError`], which never shows the value.
    pub fn check(self, value: &str) -> Result<(), ValueError> {
        if self == Self::String {
            return Ok(());
        }
        if self == Self::Boolean {
            match number::boolean(value) {
                Ok(meant) if matches!(number::collapse(value), "0" | "1") => {
                    return Err(ValueError::BooleanSpelling { meant });
                }
                Ok(_) => {}
                Err(BooleanError::Empty) => return Err(ValueError::Empty),
                Err(BooleanError::Case { meant }) => {
                    return Err(ValueError::BooleanSpelling { meant });
                }
                Err(BooleanError::NotBoolean) => return Err(ValueError::NotBoolean),
            }
        } else {
            let number = match self.range() {
                Some((0, max)) => number::unsigned(value, max).map(|_| ()),
                Some((min, max)) => {
                    number::signed(value, min, i64::try_from(max).unwrap_or(i64::MAX)).map(|_| ())
                }
                None if self == Self::Real32 => number::real32(value).map(|_| ()),
                None => number::real64(value).map(|_| ()),
            };
            match number {
                Ok(()) => {}
                Err(NumberError::Empty) => return Err(ValueError::Empty),
                Err(error) => return Err(ValueError::Number(error)),
            }
        }
        if number::collapse(value).len() == value.len() { Ok(()) } else { Err(ValueError::Blanks) }
    }
}

impl std::fmt::Display for PropertyType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PropertyType::*;
    use super::*;

    #[test]
    fn types() {
        use TypeDeviation::{LetterCase, Vendor};
        for kind in PropertyType::ALL {
            let plain = TypeName { kind, deviation: None, secret: false };
            assert_eq!(PropertyType::parse(kind.as_str()), Ok(plain));
        }
        for (name, kind, deviation, secret) in [
            ("String", String, LetterCase, false),
            ("Boolean", Boolean, LetterCase, false),
            ("UINT8", Uint8, LetterCase, false),
            ("int", Sint32, Vendor, false),
            ("integer", Sint64, Vendor, false),
            ("real", Real64, Vendor, false),
            ("password", String, Vendor, true),
            ("ip", String, Vendor, false),
            ("ip:VM Network", String, Vendor, false),
        ] {
            let want = TypeName { kind, deviation: Some(deviation), secret };
            assert_eq!(PropertyType::parse(name), Ok(want), "{name}");
        }
        assert_eq!(PropertyType::parse(""), Err(TypeError::Empty));
        for name in ["nosuchtype", "uint128", " string", "anyURI", "string(1..3)", "Password"] {
            assert_eq!(PropertyType::parse(name), Err(TypeError::Unknown), "{name}");
        }
    }

    #[test]
    fn values() {
        use NumberError::{Negative, NotANumber, NotWhole, TooLarge, TooSmall};
        use ValueError::{Blanks, BooleanSpelling, Empty, NotBoolean, Number};
        for (kind, value, want) in [
            (Uint8, "255", Ok(())),
            (Uint8, "256", Err(Number(TooLarge { max: 255 }))),
            (Uint8, "-1", Err(Number(Negative))),
            (Uint8, "  42  ", Err(Blanks)),
            (Uint8, "  -42  ", Err(Number(Negative))),
            (Uint8, "", Err(Empty)),
            (Uint8, " ", Err(Empty)),
            (Uint8, "0x10", Err(Number(NotWhole))),
            (Sint8, "-128", Ok(())),
            (Sint8, "-129", Err(Number(TooSmall { min: -128 }))),
            (Uint16, "65535", Ok(())),
            (Sint16, "32768", Err(Number(TooLarge { max: 32767 }))),
            (Uint32, "4294967295", Ok(())),
            (Sint32, "-2147483649", Err(Number(TooSmall { min: -2_147_483_648 }))),
            (Uint64, "18446744073709551615", Ok(())),
            (Sint64, "9223372036854775807", Ok(())),
            (Sint64, "9223372036854775808", Err(Number(TooLarge { max: i64::MAX.unsigned_abs() }))),
            (String, "", Ok(())),
            (String, " any thing ", Ok(())),
            (Boolean, "true", Ok(())),
            (Boolean, "false", Ok(())),
            (Boolean, "True", Err(BooleanSpelling { meant: true })),
            (Boolean, "0", Err(BooleanSpelling { meant: false })),
            (Boolean, "yes", Err(NotBoolean)),
            (Boolean, "", Err(Empty)),
            (Boolean, "true ", Err(Blanks)),
            (Real32, "1.5", Ok(())),
            (Real32, "1e39", Err(Number(NumberError::RealRange { bits: 32 }))),
            (Real64, "1e39", Ok(())),
            (Real64, "one", Err(Number(NotANumber))),
            (Real64, "", Err(Empty)),
        ] {
            assert_eq!(kind.check(value), want, "{kind} {value:?}");
        }
    }

    #[test]
    fn errors_keep_the_value_to_themselves() {
        for kind in PropertyType::ALL {
            if let Err(error) = kind.check("s3cret") {
                assert!(!error.to_string().contains("s3cret"));
            }
        }
    }

    proptest! {
        #[test]
        fn integers_have_their_range(value: i128, wide: bool) {
            let value = if wide { value } else { value % 100_000 };
            for kind in PropertyType::ALL {
                if let Some((min, max)) = kind.range() {
                    let inside = value >= i128::from(min) && value <= i128::from(max);
                    prop_assert_eq!(kind.check(&value.to_string()).is_ok(), inside);
                }
            }
        }

        #[test]
        fn takes_anything(value: std::string::String) {
            for kind in PropertyType::ALL {
                let _ = kind.check(&value);
            }
        }
    }
}
