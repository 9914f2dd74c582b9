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
        ("GigaBytes", Byte, 1 << 30, 1, Some(Legacy)),
        ("KB", Byte, 1 << 10, 1, Some(Legacy)),
        ("KiB", Byte, 1 << 10, 1, Some(Legacy)),
        ("MB", Byte, MIB, 1, Some(Legacy)),
        ("MiB", Byte, MIB, 1, Some(Legacy)),
        ("GiB", Byte, 1 << 30, 1, Some(Legacy)),
        ("TB", Byte, 1 << 40, 1, Some(Legacy)),
        ("TiB", Byte, 1 << 40, 1, Some(Legacy)),
        ("PB", Byte, 1 << 50, 1, Some(Legacy)),
        ("PiB", Byte, 1 << 50, 1, Some(Legacy)),
        ("bits", Bit, 1, 1, Some(Legacy)),
        ("Hz", Hertz, 1, 1, Some(Legacy)),
        ("kHz", Hertz, 1000, 1, Some(Legacy)),
        ("KiloHertz", Hertz, 1000, 1, Some(Legacy)),
        ("seconds", Second, 1, 1, Some(Legacy)),
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
fn prefixes() {
    let tens = ["deca", "hecto", "kilo"].into_iter().zip(1..);
    let parts = ["deci", "centi", "milli"].into_iter().zip(1..);
    let thousands = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];
    let thousandths = ["milli", "micro", "nano", "pico", "femto", "atto", "zepto", "yocto"];
    let binary = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];
    let (ten, two) = (|power| 10_u128.pow(power), |power| 2_u128.pow(power));
    let up = |(prefix, power)| (prefix, ten(power), 1);
    let down = |(prefix, power)| (prefix, 1, ten(power));
    let by_three = |names: [&'static str; 8]| names.into_iter().zip((3..).step_by(3));
    let all = tens.map(up).chain(by_three(thousands).map(up));
    let all = all.chain(parts.map(down)).chain(by_three(thousandths).map(down));
    let binary =
        binary.into_iter().zip((10..).step_by(10)).map(|(prefix, power)| (prefix, two(power), 1));
    for (prefix, numerator, denominator) in all.chain(binary) {
        let want = Unit { numerator, denominator, ..Unit::one(Base::Second) };
        assert_eq!(Unit::parse(&format!("{prefix}second")), Ok(want), "{prefix}");
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
    let longest = format!("byte{}", "*1".repeat(126));
    assert_eq!(longest.len(), UNIT_BYTES);
    assert_eq!(Unit::parse(&longest), Ok(Unit::one(Base::Byte)));
    assert_eq!(Unit::parse(&format!("{longest}0")), Err(TooLong));
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
        ("byte * 8", "byte * 8"),
        ("byte * 16", "byte * 2^4"),
        ("byte / 1000", "byte / 10^3"),
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

#[test]
fn common_units_are_what_they_are_read_as() {
    for (text, unit) in COMMON {
        // White space around it has it read as any other.
        assert_eq!(Unit::parse(&format!(" {text}")), Ok(unit), "{text}");
    }
}
