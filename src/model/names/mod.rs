//! The names descriptors are made of, as numbers.
//!
//! Every element and every attribute gets the number of its local name once, when the descriptor is read;
//! from then on asking for a name is comparing a byte.

mod attribute;
mod element;
mod table;

pub(crate) use self::attribute::AttributeName;
pub(crate) use self::element::ElementName;

/// Declares names: an enumeration with [`Other`](ElementName::Other) for what is not among them.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(clippy::enum_variant_names, reason = "an element is called `ElementName`")]
        pub(crate) enum $type {
            /// None of those below.
            Other,
            $($variant,)*
        }

        #[allow(dead_code, reason = "not everything is asked of both kinds of names")]
        impl $type {
            /// How many there are.
            pub(crate) const COUNT: usize = Self::ALL.len();
            pub(super) const ALL: &[Self] = &[Self::Other, $(Self::$variant),*];
            pub(super) const TEXTS: &[&str] = &["", $($text),*];
            const TABLE: &$crate::model::names::table::Table<{ $type::TEXTS.len() }> =
                &$crate::model::names::table::Table::new(Self::TEXTS);

            /// The name a text is.
            #[must_use]
            pub(crate) fn of(text: &str) -> Self {
                Self::of_bytes(text.as_bytes())
            }

            /// The name a text is.
            #[must_use]
            #[inline]
            pub(crate) fn of_bytes(text: &[u8]) -> Self {
                let number = Self::TABLE.find(text, Self::TEXTS);
                Self::ALL.get(number).copied().unwrap_or(Self::Other)
            }

            /// The name a text is, for constants: a text that is none of the names does not compile.
            #[must_use]
            #[allow(
                clippy::indexing_slicing,
                clippy::panic,
                reason = "constants are computed by the compiler, which tells of a panic"
            )]
            pub(crate) const fn named(text: &str) -> Self {
                let number = Self::TABLE.find_const(text, Self::TEXTS);
                assert!(number != 0, "no such name");
                Self::ALL[number]
            }

            /// The same; a text that is none of the names is [`Other`](Self::Other).
            #[must_use]
            #[allow(clippy::indexing_slicing, reason = "for constants as well")]
            pub(crate) const fn known(text: &str) -> Self {
                Self::ALL[Self::TABLE.find_const(text, Self::TEXTS)]
            }

            /// The text, empty for what is not among the names.
            #[must_use]
            pub(crate) fn as_str(self) -> &'static str {
                Self::TEXTS.get(self.number()).copied().unwrap_or_default()
            }

            /// The number, 0 for what is not among the names.
            #[must_use]
            pub(crate) const fn number(self) -> usize {
                self as usize
            }
        }
    };
}
use names;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        for (number, text) in ElementName::TEXTS.iter().enumerate().skip(1) {
            assert_eq!(ElementName::of(text), ElementName::ALL[number], "{text}");
            assert_eq!(ElementName::named(text), ElementName::ALL[number], "{text}");
        }
        for (number, text) in AttributeName::TEXTS.iter().enumerate().skip(1) {
            assert_eq!(AttributeName::of(text), AttributeName::ALL[number], "{text}");
        }
    }

    #[test]
    fn what_is_like_a_name_is_none() {
        for text in ElementName::TEXTS.iter().chain(AttributeName::TEXTS) {
            for other in
                [format!("{text}x"), format!("x{text}"), text.to_lowercase().replace('i', "j")]
            {
                let known = ElementName::TEXTS.contains(&other.as_str());
                assert_eq!(
                    ElementName::of(&other) != ElementName::Other,
                    known && !other.is_empty(),
                    "{other}"
                );
            }
            let mut bytes = text.as_bytes().to_vec();
            for at in 0..bytes.len() {
                bytes[at] ^= 1;
                let other = String::from_utf8(bytes.clone()).unwrap();
                let known = AttributeName::TEXTS.contains(&other.as_str());
                assert_eq!(AttributeName::of(&other) != AttributeName::Other, known, "{other}");
                bytes[at] ^= 1;
            }
        }
        assert_eq!(ElementName::of(""), ElementName::Other);
    }
}
