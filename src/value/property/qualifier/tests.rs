use proptest::prelude::*;

use super::*;
use crate::value::property::PropertyType::{Boolean, Real64, Sint32, String as Str, Uint8, Uint64};

fn map<'a>(entries: &[(&'a str, bool)]) -> Qualifier<'a> {
    let entry = |&(text, quoted): &(&'a str, bool)| Entry { text: Cow::Borrowed(text), quoted };
    Qualifier::ValueMap(entries.iter().map(entry).collect())
}

fn bound(text: &str) -> Bound<'_> {
    Bound { text, number: Number::parse(text).unwrap() }
}

#[test]
fn lists() {
    use Deviation::*;
    use Qualifier::*;
    for (text, list, deviations) in [
        ("", vec![], &[][..]),
        ("  ", vec![], &[]),
        ("MinLen(1)", vec![MinLen(1)], &[]),
        ("MinLen(8),MaxLen(128)", vec![MinLen(8), MaxLen(128)], &[]),
        (" MinLen( 8 ) , MaxLen(128) ", vec![MinLen(8), MaxLen(128)], &[]),
        ("MinLen(8) MaxLen(9)", vec![MinLen(8), MaxLen(9)], &[NoComma]),
        ("MinLen(8)MaxLen(9)", vec![MinLen(8), MaxLen(9)], &[NoComma]),
        ("minlen(8)", vec![MinLen(8)], &[LetterCase]),
        ("MinLen (8)", vec![MinLen(8)], &[]),
        ("MinLen(1),MinLen(2)", vec![MinLen(1), MinLen(2)], &[]),
        (
            "MinValue(1.0) MaxValue(10.67)",
            vec![MinValue(bound("1.0")), MaxValue(bound("10.67"))],
            &[NoComma],
        ),
        ("MinValue(-5)", vec![MinValue(bound("-5"))], &[]),
        (r#"ValueMap{"a","b"}"#, vec![map(&[("a", true), ("b", true)])], &[]),
        (r#"ValueMap { "a" , "b" }"#, vec![map(&[("a", true), ("b", true)])], &[]),
        (r#"ValueMap{"a,}b","{(,"}"#, vec![map(&[("a,}b", true), ("{(,", true)])], &[]),
        (
            r#"ValueMap{"E\"scape", "Sla\\sh", ""}"#,
            vec![map(&[("E\"scape", true), ("Sla\\sh", true), ("", true)])],
            &[],
        ),
        (r#"ValueMap{"C:\temp"}"#, vec![map(&[("C:\\temp", true)])], &[]),
        ("ValueMap{0,2}", vec![map(&[("0", false), ("2", false)])], &[]),
        ("ValueMap{-1, +2}", vec![map(&[("-1", false), ("+2", false)])], &[]),
        ("ValueMap{'a','b'}", vec![map(&[("a", true), ("b", true)])], &[SingleQuotes]),
        ("ValueMap{a, b c}", vec![map(&[("a", false), ("b c", false)])], &[BareWord]),
        (r#"ValueMap{"a" "b"}"#, vec![map(&[("a", true), ("b", true)])], &[NoComma]),
        ("ValueMap{}", vec![map(&[])], &[]),
        (r#"ValueMap{"a"},MaxLen(3)"#, vec![map(&[("a", true)]), MaxLen(3)], &[]),
        ("ValueMap{\"größer\"}", vec![map(&[("größer", true)])], &[]),
    ] {
        let read = Qualifiers::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.list, list, "{text}");
        assert_eq!(read.deviations, deviations, "{text}");
    }
}

#[test]
fn numbers_are_equal_when_neither_is_less() {
    let number = |text| Number::parse(text).unwrap();
    assert_eq!(number("1"), number("1.0"));
    assert_ne!(number("1"), number("2"));
    assert_ne!(number("2"), number("1"));
    // As reals they are the same.
    assert_ne!(number("9007199254740992"), number("9007199254740993"));
}

#[test]
fn faulty_lists() {
    use QualifierError::{MissingEntry, NoArgument, Number, Unclosed, Unexpected, Unknown};
    for (text, want) in [
        ("MinSize(1)", Unknown("MinSize")),
        ("MinLen(1);MaxLen(2)", Unknown(";MaxLen")),
        ("MinLen(1) ; MaxLen(2)", Unknown(";")),
        ("MinLen", NoArgument("MinLen")),
        ("MinLen{1}", NoArgument("MinLen")),
        ("ValueMap(1)", NoArgument("ValueMap")),
        ("MinLen(1", Unclosed("MinLen")),
        ("MinLen()", Number("MinLen", NumberError::Empty)),
        ("MinLen(-1)", Number("MinLen", NumberError::Negative)),
        ("MinLen(a)", Number("MinLen", NumberError::NotWhole)),
        ("MinLen(99999999999999999999)", Number("MinLen", NumberError::TooLarge { max: u64::MAX })),
        ("MaxValue(x)", Number("MaxValue", NumberError::NotANumber)),
        ("(1)", Unexpected("(1)")),
        ("MinLen(1))", Unexpected(")")),
        ("\"a\"", Unexpected("\"a\"")),
        (",MinLen(1)", MissingEntry),
        ("MinLen(1),", MissingEntry),
        ("MinLen(1),,MaxLen(2)", MissingEntry),
        ("ValueMap{", Unclosed("ValueMap")),
        ("ValueMap{\"a", Unclosed("ValueMap")),
        ("ValueMap{\"a\\\"}", Unclosed("ValueMap")),
        ("ValueMap{\"a\"", Unclosed("ValueMap")),
        ("ValueMap{\"a\",", Unclosed("ValueMap")),
        ("ValueMap{\"a\",}", MissingEntry),
        ("ValueMap{,}", MissingEntry),
        ("ValueMap{\"a\",,\"b\"}", MissingEntry),
    ] {
        assert_eq!(Qualifiers::parse(text), Err(want), "{text}");
    }
    let message = Qualifiers::parse("MinLen(-1)").unwrap_err().to_string();
    assert_eq!(message, "the argument of `MinLen` is negative");
}

#[test]
fn faults() {
    use QualifierFault::{Bounds, Duplicate, EmptyMap, Entry, Lengths, Unfit};
    for (text, kind, want) in [
        ("MinLen(1),MaxLen(2)", Str, &[][..]),
        ("MinLen(2),MaxLen(2)", Str, &[]),
        ("MinLen(3),MaxLen(2)", Str, &[Lengths { min: 3, max: 2 }]),
        ("MinLen(1),MinLen(1)", Str, &[Duplicate(Name::MinLen)]),
        ("MinLen(1)", Boolean, &[Unfit(Name::MinLen, Boolean)]),
        ("MinLen(9),MaxLen(1)", Uint8, &[Unfit(Name::MinLen, Uint8), Unfit(Name::MaxLen, Uint8)]),
        ("MinValue(1)", Str, &[Unfit(Name::MinValue, Str)]),
        ("ValueMap{\"1.5\"}", Real64, &[Unfit(Name::ValueMap, Real64)]),
        ("MinValue(2),MaxValue(1)", Uint8, &[Bounds]),
        ("MinValue(1.5),MaxValue(1.4)", Real64, &[Bounds]),
        ("MinValue(18446744073709551615),MaxValue(18446744073709551614)", Uint64, &[Bounds]),
        ("ValueMap{}", Str, &[EmptyMap]),
        ("ValueMap{},ValueMap{},ValueMap{}", Str, &[Duplicate(Name::ValueMap), EmptyMap]),
        ("ValueMap{1,300,400}", Uint8, &[Entry(2, Uint8)]),
        ("ValueMap{\"1\",\"2\"}", Uint8, &[]),
        ("ValueMap{a}", Sint32, &[Entry(1, Sint32)]),
    ] {
        assert_eq!(Qualifiers::parse(text).unwrap().faults(kind), want, "{text} {kind}");
    }
    assert_eq!(
        Unfit(Name::MinLen, Boolean).to_string(),
        "`MinLen` does not apply to the type `boolean`"
    );
}

#[test]
fn values() {
    use Breach::{AboveMax, BelowMin, NotInMap, TooLong, TooShort};
    for (text, kind, value, want) in [
        ("MinLen(1)", Str, "", Err(TooShort { min: 1 })),
        ("MinLen(3)", Str, "éé", Err(TooShort { min: 3 })),
        ("MaxLen(2)", Str, "éé", Ok(())),
        ("MaxLen(2)", Str, "abc", Err(TooLong { max: 2 })),
        ("MaxLen(2)", Uint64, "12345", Ok(())),
        ("ValueMap{\"a\",\"b\"}", Str, "b", Ok(())),
        ("ValueMap{\"a\",\"b\"}", Str, "B", Err(NotInMap)),
        ("ValueMap{\"a\"}", Str, " a", Err(NotInMap)),
        ("ValueMap{1,2}", Uint8, "02", Ok(())),
        ("ValueMap{\"1\",\"2\"}", Uint8, "2", Ok(())),
        ("ValueMap{1,2}", Uint8, "3", Err(NotInMap)),
        ("ValueMap{1,2}", Str, "02", Err(NotInMap)),
        ("ValueMap{1,2}", Uint8, "three", Ok(())),
        ("MinValue(10) MaxValue(1000)", Sint32, "9", Err(BelowMin)),
        ("MinValue(10) MaxValue(1000)", Sint32, "1000", Ok(())),
        ("MinValue(10) MaxValue(1000)", Sint32, "1001", Err(AboveMax)),
        ("MinValue(1.5)", Real64, "1.4", Err(BelowMin)),
        ("MinValue(1.5)", Sint32, "1", Err(BelowMin)),
        ("MaxValue(9007199254740992)", Uint64, "9007199254740993", Err(AboveMax)),
        ("MaxValue(5)", Str, "9", Ok(())),
        ("ValueMap{\"1.0\"}", Uint8, "1", Ok(())),
        ("ValueMap{1,2}", Uint8, "2.0", Ok(())),
        ("ValueMap{1.5,2}", Uint8, "1.50", Ok(())),
        ("ValueMap{1.5,2}", Uint8, "2.5", Err(NotInMap)),
        ("ValueMap{0}", Sint32, "-0.0", Ok(())),
        ("ValueMap{-0.0}", Sint32, "0", Ok(())),
        ("ValueMap{\"1.5\",-0}", Sint32, "0", Ok(())),
        ("ValueMap{18446744073709551615}", Uint64, "18446744073709551614", Err(NotInMap)),
        ("MaxLen(5),MaxLen(2)", Str, "abc", Ok(())),
    ] {
        assert_eq!(Qualifiers::parse(text).unwrap().check(kind, value), want, "{text} {value:?}");
    }
}

proptest! {
    #[test]
    fn maps_come_back(entries in proptest::collection::vec("[a-c,{}\"'\\\\ é]{0,6}", 1..6)) {
        let quote = |entry: &String| format!("\"{}\"", entry.replace('\\', "\\\\").replace('"', "\\\""));
        let text = format!("ValueMap{{{}}}", entries.iter().map(quote).collect::<Vec<_>>().join(","));
        let read = Qualifiers::parse(&text).unwrap();
        let Some(Qualifier::ValueMap(found)) = read.list.first() else { panic!("no map") };
        prop_assert_eq!(found.iter().map(|entry| entry.text.to_string()).collect::<Vec<_>>(), entries.clone());
        for entry in &entries {
            prop_assert_eq!(read.check(Str, entry), Ok(()));
        }
    }

    #[test]
    fn takes_anything(text in "(MinLen|MaxValue|ValueMap|[(){},\"'\\\\ ]|[0-9.é-]{1,3}){0,16}", value: String) {
        match Qualifiers::parse(&text) {
            Ok(read) => for kind in PropertyType::ALL {
                let _ = (read.faults(kind), read.check(kind, &value));
            },
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
