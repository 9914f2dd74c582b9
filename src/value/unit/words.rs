//! The words units are made of (DSP0004, Annex C).

use super::Base;

/// Words and abbreviations from outside the grammar. `megabyte` is not among them: it is a programmatic
/// unit of 10^6. Nor are `mb` and `Gb`, which may count bits.
pub(super) fn legacy(text: &str) -> Option<(Base, u128)> {
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
pub(super) const PREFIXES: &[(&str, u128, i8)] = &[
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
pub(super) const OTHER_BASES: &[&str] = &[
    "permille", "decibel", "revolution", "degree", "radian", "steradian", "dataword", "MSU", "meter", "inch",
    "rack unit", "foot", "yard", "mile", "liter", "fluid ounce", "liquid gallon", "mole", "gram", "kilogram", "ounce",
    "pound", "minute", "hour", "day", "week", "gravity", "degree celsius", "degree fahrenheit", "kelvin", "candela",
    "lumen", "nit", "lux", "newton", "pascal", "bar", "decibel(A)", "decibel(C)", "decibel(m)", "joule", "watt",
    "volt ampere", "volt ampere reactive", "british thermal unit", "ampere", "coulomb", "volt", "farad", "ohm",
    "siemens", "weber", "tesla", "henry", "becquerel", "gray", "sievert",
];
