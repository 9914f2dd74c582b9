//! `ovf:qualifiers`: what a value must obey beside its type (DSP0243 9.5.1, table 7).
//!
//! Strings have `MinLen(n)`, `MaxLen(n)` and `ValueMap{"a","b"}`, integers have `ValueMap{1,2}`.
//! `MinValue(n)` and `MaxValue(n)` are VMware's own.

mod check;

use std::borrow::Cow;
use std::fmt;

use self::check::Number;
pub use self::check::{Breach, Checker, QualifierFault};
use super::PropertyType;
use super::scan::Scan;
use crate::value::number::{self, NumberError};
use crate::value::{Part, is_blank};

/// The qualifiers of one property.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Qualifiers<'a> {
    /// In the order of the text, duplicates too.
    pub list: Vec<Qualifier<'a>>,
    /// How the text departs from the grammar, each kind once.
    pub deviations: Vec<Deviation>,
}

/// One qualifier.
#[derive(Clone, Debug, PartialEq)]
pub enum Qualifier<'a> {
    /// `MinLen(n)`: least length in characters.
    MinLen(u64),
    /// `MaxLen(n)`: greatest length in characters.
    MaxLen(u64),
    /// `MinValue(n)`: least value. VMware's own.
    MinValue(Bound<'a>),
    /// `MaxValue(n)`: greatest value. VMware's own.
    MaxValue(Bound<'a>),
    /// `ValueMap{…}`: the values there are.
    ValueMap(Vec<Entry<'a>>),
}

/// The name of a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// Least length in characters.
    MinLen,
    /// Greatest length in characters.
    MaxLen,
    /// Least value; VMware's own.
    MinValue,
    /// Greatest value; VMware's own.
    MaxValue,
    /// The values there are.
    ValueMap,
}

/// A number in `MinValue` or `MaxValue`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound<'a> {
    /// As written.
    pub text: &'a str,
    number: Number,
}

/// An entry of a `ValueMap`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The value, without quotes and escapes.
    pub text: Cow<'a, str>,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// A spelling outside of the grammar that can mean one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// A blank or nothing where a comma parts two qualifiers or two entries.
    NoComma,
    /// A name in the wrong letter case: `minlen(1)`.
    LetterCase,
    /// An entry in single quotes.
    SingleQuotes,
    /// An entry that is neither in quotes nor a whole number.
    BareWord,
}

/// Why a text is no list of qualifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QualifierError<'a> {
    /// A name of no qualifier.
    Unknown(&'a str),
    /// Something that cannot begin a qualifier or follow one.
    Unexpected(&'a str),
    /// A qualifier without its `(…)` or `{…}`.
    NoArgument(&'a str),
    /// A bracket or quote that nothing closes, in the qualifier named.
    Unclosed(&'a str),
    /// An argument that is no number, in the qualifier named.
    Number(&'a str, NumberError),
    /// Nothing between two commas of a list.
    MissingEntry,
}

impl std::error::Error for QualifierError<'_> {}

impl fmt::Display for QualifierError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unknown(name) => write!(f, "{} is no qualifier", Part(name)),
            Self::Unexpected(part) => {
                write!(f, "{} stands where a qualifier or a comma belongs", Part(part))
            }
            Self::NoArgument(name) => write!(f, "{} lacks its argument", Part(name)),
            Self::Unclosed(name) => write!(f, "{} is not closed", Part(name)),
            Self::Number(name, error) => write!(f, "the argument of {} {error}", Part(name)),
            Self::MissingEntry => f.write_str("a comma has nothing beside it"),
        }
    }
}

impl<'a> Qualifiers<'a> {
    /// Reads a list of qualifiers. An empty text is an empty list.
    ///
    /// ```
    /// use ovf::value::property::PropertyType;
    /// use ovf::value::property::qualifier::{Breach, Qualifiers};
    ///
    /// let qualifiers = Qualifiers::parse(r#"MaxLen(6), ValueMap{"small", "large"}"#).unwrap();
    /// assert_eq!(qualifiers.check(PropertyType::String, "large"), Ok(()));
    /// assert_eq!(qualifiers.check(PropertyType::String, "huge"), Err(Breach::NotInMap));
    /// ```
    ///
    /// # Errors
    /// [`QualifierError`], the first fault of the text.
    pub fn parse(text: &'a str) -> Result<Self, QualifierError<'a>> {
        let mut scan = Scan { rest: text };
        let mut out = Self::default();
        scan.blanks();
        while !scan.rest.is_empty() {
            let before = scan.rest;
            let word = scan
                .until(|c| is_blank(c) || matches!(c, ',' | '(' | ')' | '{' | '}' | '"' | '\''));
            if word.is_empty() {
                let comma = before.starts_with(',');
                return Err(if comma {
                    QualifierError::MissingEntry
                } else {
                    QualifierError::Unexpected(before)
                });
            }
            let name = Name::parse(word).ok_or(QualifierError::Unknown(word))?;
            if name.as_str() != word {
                out.deviate(Deviation::LetterCase);
            }
            scan.blanks();
            let qualifier = out.argument(&mut scan, name, word)?;
            out.list.push(qualifier);
            match (scan.comma(), scan.rest.is_empty()) {
                (true, true) => return Err(QualifierError::MissingEntry),
                (false, false) => out.deviate(Deviation::NoComma),
                _ => {}
            }
        }
        Ok(out)
    }

    fn deviate(&mut self, deviation: Deviation) {
        if !self.deviations.contains(&deviation) {
            self.deviations.push(deviation);
        }
    }

    fn argument(
        &mut self,
        scan: &mut Scan<'a>,
        name: Name,
        word: &'a str,
    ) -> Result<Qualifier<'a>, QualifierError<'a>> {
        let (open, close) = if name == Name::ValueMap { ('{', '}') } else { ('(', ')') };
        if !scan.eat(open) {
            return Err(QualifierError::NoArgument(word));
        }
        if name == Name::ValueMap {
            return self.entries(scan, word).map(Qualifier::ValueMap);
        }
        let text = scan.until(|c| c == close);
        if !scan.eat(close) {
            return Err(QualifierError::Unclosed(word));
        }
        let text = number::collapse(text);
        let wrong = |error| QualifierError::Number(word, error);
        Ok(match name {
            Name::MinLen => Qualifier::MinLen(number::unsigned_long(text).map_err(wrong)?),
            Name::MaxLen => Qualifier::MaxLen(number::unsigned_long(text).map_err(wrong)?),
            _ => {
                let bound = Bound { text, number: Number::parse(text).map_err(wrong)? };
                if name == Name::MinValue {
                    Qualifier::MinValue(bound)
                } else {
                    Qualifier::MaxValue(bound)
                }
            }
        })
    }

    /// The entries of a map, behind its `{`.
    fn entries(
        &mut self,
        scan: &mut Scan<'a>,
        word: &'a str,
    ) -> Result<Vec<Entry<'a>>, QualifierError<'a>> {
        let mut entries = Vec::new();
        scan.blanks();
        if scan.eat('}') {
            return Ok(entries);
        }
        while !scan.rest.is_empty() {
            entries.push(self.entry(scan, word)?);
            if !scan.comma() {
                if scan.eat('}') {
                    return Ok(entries);
                }
                if !scan.rest.is_empty() {
                    self.deviate(Deviation::NoComma);
                }
            }
        }
        Err(QualifierError::Unclosed(word))
    }

    fn entry(
        &mut self,
        scan: &mut Scan<'a>,
        word: &'a str,
    ) -> Result<Entry<'a>, QualifierError<'a>> {
        match scan.quoted() {
            Some(None) => Err(QualifierError::Unclosed(word)),
            Some(Some(quoted)) => {
                if quoted.mark == '\'' {
                    self.deviate(Deviation::SingleQuotes);
                }
                Ok(Entry { text: quoted.text, quoted: true })
            }
            None => {
                let text = number::collapse(scan.until(|c| matches!(c, ',' | '}' | '"' | '\'')));
                if text.is_empty() {
                    return Err(QualifierError::MissingEntry);
                }
                let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
                if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    self.deviate(Deviation::BareWord);
                }
                Ok(Entry { text: Cow::Borrowed(text), quoted: false })
            }
        }
    }
}

impl Qualifier<'_> {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> Name {
        match self {
            Self::MinLen(_) => Name::MinLen,
            Self::MaxLen(_) => Name::MaxLen,
            Self::MinValue(_) => Name::MinValue,
            Self::MaxValue(_) => Name::MaxValue,
            Self::ValueMap(_) => Name::ValueMap,
        }
    }
}

impl Name {
    /// Every name.
    pub const ALL: [Self; 5] =
        [Self::MinLen, Self::MaxLen, Self::MinValue, Self::MaxValue, Self::ValueMap];

    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MinLen => "MinLen",
            Self::MaxLen => "MaxLen",
            Self::MinValue => "MinValue",
            Self::MaxValue => "MaxValue",
            Self::ValueMap => "ValueMap",
        }
    }

    /// Whether the qualifier says something about values of a type.
    #[must_use]
    pub fn fits(self, kind: PropertyType) -> bool {
        match self {
            Self::MinLen | Self::MaxLen => kind == PropertyType::String,
            Self::MinValue | Self::MaxValue => kind.is_number(),
            Self::ValueMap => kind == PropertyType::String || kind.is_integer(),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
