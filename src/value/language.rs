//! Language tags: `xml:lang` of Strings (RFC 5646).

/// Why a text is no language tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LanguageError {
    /// Nothing. XML allows it, to undo an outer `xml:lang`; a bundle of messages it names no locale for.
    #[error("is empty")]
    Empty,
    /// A tag but for `_` where `-` belongs, as in the names of POSIX locales.
    #[error("has `_` where a language tag has `-`")]
    Underscore,
    /// Not the syntax of RFC 5646.
    #[error("is no language tag of RFC 5646")]
    Malformed,
}

/// Whether a text is a well-formed language tag (RFC 5646, 2.1 and 2.2.9). Whether its subtags are
/// registered is not asked.
///
/// # Errors
/// [`LanguageError`], which says how the text fails.
pub fn check(tag: &str) -> Result<(), LanguageError> {
    if tag.is_empty() {
        Err(LanguageError::Empty)
    } else if is_well_formed(tag) {
        Ok(())
    } else if tag.contains('_') && is_well_formed(&tag.replace('_', "-")) {
        Err(LanguageError::Underscore)
    } else {
        Err(LanguageError::Malformed)
    }
}

/// Registered before RFC 4646 and outside today's grammar (RFC 5646, `irregular`). The `regular` ones fit
/// the grammar.
const IRREGULAR: &[&str] = &[
    "en-GB-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-BE-FR",
    "sgn-BE-NL",
    "sgn-CH-DE",
];

fn is_well_formed(tag: &str) -> bool {
    IRREGULAR.iter().any(|known| known.eq_ignore_ascii_case(tag))
        || is_langtag(tag).unwrap_or(false)
}

/// `langtag` or `privateuse`; `None` for an empty subtag, one over eight characters, or one that is not
/// of ASCII letters and digits.
fn is_langtag(tag: &str) -> Option<bool> {
    let mut place = Place::Start;
    for subtag in tag.split('-') {
        if subtag.is_empty()
            || subtag.len() > 8
            || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return None;
        }
        place = place.after(subtag)?;
    }
    Some(!matches!(place, Place::Singleton | Place::Private))
}

/// What has been read of a tag.
#[derive(Clone, Copy)]
enum Place {
    Start,
    /// A language of two or three letters, with this many extended language subtags.
    Language(u8),
    /// A longer language, or one with a script behind it.
    Script,
    Region,
    /// `a-`, which wants a subtag.
    Singleton,
    /// `a-xyz`.
    Extension,
    /// `x-`, which wants a subtag.
    Private,
    /// `x-1`.
    PrivateUse,
}

impl Place {
    fn after(self, subtag: &str) -> Option<Self> {
        let letters = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        let digits = subtag.bytes().all(|byte| byte.is_ascii_digit());
        let length = subtag.len();
        let begins_with_digit = subtag.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        let variant = length >= 5 || (length == 4 && begins_with_digit);
        let private = subtag.eq_ignore_ascii_case("x");
        match self {
            Self::Private | Self::PrivateUse => Some(Self::PrivateUse),
            _ if private => Some(Self::Private),
            Self::Start if !letters => None,
            Self::Start if matches!(length, 2 | 3) => Some(Self::Language(0)),
            // Four letters are reserved and more are registered; neither takes extended languages.
            Self::Start if length >= 4 => Some(Self::Language(3)),
            Self::Singleton | Self::Extension if length >= 2 => Some(Self::Extension),
            Self::Singleton | Self::Start => None,
            _ if length == 1 => Some(Self::Singleton),
            Self::Extension => None,
            Self::Language(count @ 0..=2) if letters && length == 3 => {
                Some(Self::Language(count.saturating_add(1)))
            }
            Self::Language(_) if letters && length == 4 => Some(Self::Script),
            Self::Language(_) | Self::Script
                if (letters && length == 2) || (digits && length == 3) =>
            {
                Some(Self::Region)
            }
            Self::Language(_) | Self::Script | Self::Region if variant => Some(Self::Region),
            Self::Language(_) | Self::Script | Self::Region => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn well_formed() {
        for tag in [
            "en",
            "de-DE",
            "en-US",
            "zh",
            "zh-Hant-TW",
            "zh-cmn-Hans-CN",
            "zh-min-nan",
            "aa-bbb-ccc-ddd",
            "sr-Latn-RS",
            "sl-rozaj-biske",
            "de-CH-1901",
            "es-419",
            "hy-Latn-IT-arevela",
            "en-a-bbb-x-a-ccc",
            "x-whatever",
            "de-x-1",
            "i-klingon",
            "I-KLINGON",
            "en-GB-oed",
            "sgn-be-fr",
            "art-lojban",
            "cel-gaulish",
            "abcd",
            "abcd-Latn",
            "abcde",
            "abcdefgh-DE",
            "en-u-co-phonebk",
            "de-Latn-1996",
        ] {
            assert_eq!(check(tag), Ok(()), "{tag}");
        }
    }

    #[test]
    fn malformed() {
        for tag in [
            "e",
            "en-",
            "-en",
            "en--US",
            "english language",
            "123",
            "en-US-",
            "x",
            "en-x",
            "en-a",
            "en-a-b",
            "a-DE",
            "abcdefghi",
            "de-419-DE",
            "en-USA-US-GB",
            "dé",
            "de-DE-abc",
            "1a",
            "en US",
            "en-Latn-Latn",
            "aa-bbb-ccc-ddd-eee",
        ] {
            assert_eq!(check(tag), Err(LanguageError::Malformed), "{tag}");
        }
        assert_eq!(check(""), Err(LanguageError::Empty));
        assert_eq!(check("en_US"), Err(LanguageError::Underscore));
        assert_eq!(check("en_US.UTF-8"), Err(LanguageError::Malformed));
    }

    proptest! {
        #[test]
        fn takes_anything(tag in "[a-zA-Z0-9é_-]{0,24}") {
            let _ = check(&tag);
        }

        #[test]
        fn letter_case_counts_for_nothing(tag in "[a-z0-9-]{0,16}") {
            prop_assert_eq!(check(&tag), check(&tag.to_uppercase()));
        }
    }
}
