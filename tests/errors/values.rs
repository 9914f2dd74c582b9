//! Errors of little parsers.

use ovf::Code;
use ovf::digest::{Algorithm, Digest};
use ovf::value::host_resource::HostResource;
use ovf::value::href::Href;
use ovf::value::mac::MacAddress;
use ovf::value::property::PropertyType;
use ovf::value::property::qualifier::Qualifiers;
use ovf::value::unit::Unit;
use ovf::value::{language, number, path, vcloud_name, vm_name};

use crate::Made;

pub(crate) fn make(made: &mut Made) {
    made.all("MacError", ["", "00:50:56"].map(MacAddress::parse));
    made.all(
        "HostResourceError",
        ["", "ovf:/disk/", "ovf:/disc/x", "disk/x"].map(HostResource::parse),
    );
    made.all("NumberError", ["", "1.5", "-1", "99999999999999999999"].map(number::unsigned_long));
    made.all("NumberError", [number::signed("-9", -8, 8)]);
    made.all("NumberError", ["one", "1e99"].map(number::real32));
    made.all("BooleanError", ["", "True", "yes"].map(number::boolean));
    made.all(
        "UnitError",
        [
            "",
            &"x".repeat(300),
            "furlong",
            "byte * 2^",
            "byte *",
            "2^20",
            "bit / second",
            "byte^2",
            "-1 * byte",
            "0 * byte",
            "byte * 2^128",
        ]
        .map(Unit::parse),
    );
    let amount = |unit: &str, value: u64| Unit::parse(unit).unwrap().bytes(value);
    made.all("AmountError", [amount("hertz", 1), amount("byte * 2^60", u64::MAX)]);
    made.all("AmountError", [amount("byte / 3", 1)]);
    made.all("VmNameError", ["", "a\u{7}", &"x".repeat(81)].map(vm_name::check));
    made.all(
        "Unsafe",
        [
            "",
            &"a/".repeat(600),
            "a\u{1}",
            "a\u{202E}b",
            "//host/share",
            "C:\\a",
            "a\\b",
            "/a",
            "ab:c",
            "../a",
            "a/./b",
            "a/",
            "a//b",
            "a%2Fb",
            "%2e%2e/a",
            "a%00",
            &"x".repeat(256),
            "a /b",
            "a./b",
            "CON",
        ]
        .map(path::check),
    );
    let local = |raw: &str| Href::parse(raw).unwrap().safe_relative_path().map(str::to_owned);
    made.all("Unsafe", ["https://example.org/a", "file:///a", "mailto:a"].map(local));
    made.all("HrefError", ["", "#a"].map(Href::parse));
    made.all(
        "QualifierError",
        [
            "Size(3)",
            "MinLen(1) x",
            "MinLen(1) (",
            "MinLen",
            "MinLen(1",
            "MinLen(x)",
            "ValueMap{\"a\",,\"b\"}",
        ]
        .map(Qualifiers::parse),
    );
    for (qualifiers, kind, value) in [
        ("MinLen(2)", PropertyType::String, "a"),
        ("MaxLen(2)", PropertyType::String, "abc"),
        ("ValueMap{\"a\"}", PropertyType::String, "b"),
        ("MinValue(2)", PropertyType::Uint8, "1"),
        ("MaxValue(2)", PropertyType::Uint8, "3"),
    ] {
        made.all("Breach", [Qualifiers::parse(qualifiers).unwrap().check(kind, value)]);
    }
    made.all("TypeError", ["", "date"].map(PropertyType::parse));
    made.all("ValueError", ["", " 1", "x"].map(|value| PropertyType::Uint8.check(value)));
    made.all("ValueError", ["1", "x"].map(|value| PropertyType::Boolean.check(value)));
    made.all("LanguageError", ["", "en_US", "e!"].map(language::check));
    let ids: Vec<String> = (0..1_000).map(|at| format!("NewVirtualMachine{at}")).collect();
    made.all("TooManyAlike", vcloud_name::shorten(ids.iter().map(String::as_str), []).pop());
    let digest = |hex: &str| Digest::parse(Algorithm::Sha256, hex);
    made.all("DigestError", ["ab", "xy"].map(digest));
    made.all("UnknownCode", ["OVF9999".parse::<Code>()]);
}
