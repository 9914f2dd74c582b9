//! Every type with every qualifier, good and bad values.

use ovf::import::parameters::IssueKind::{self, *};
use ovf::import::parameters::{check_choices, try_instantiate};
use ovf::import::{IpAllocationPolicy, IpProtocol};

use proptest::prelude::*;

use super::{WIZARD, checked, choosing, kinds, machine, property, tried, with_valid};

/// One property: attributes, a value, what must be said of it.
const VALUES: &[(&str, &str, Option<IssueKind>)] = &[
    (r#"ovf:type="uint8""#, "255", None),
    (r#"ovf:type="uint8""#, "256", Some(WrongType)),
    (r#"ovf:type="uint8""#, "-1", Some(WrongType)),
    (r#"ovf:type="uint8""#, "eight", Some(WrongType)),
    (r#"ovf:type="sint8""#, "-128", None),
    (r#"ovf:type="sint8""#, "-129", Some(WrongType)),
    (r#"ovf:type="uint16""#, "65535", None),
    (r#"ovf:type="uint16""#, "65536", Some(WrongType)),
    (r#"ovf:type="sint16""#, "32767", None),
    (r#"ovf:type="sint16""#, "32768", Some(WrongType)),
    (r#"ovf:type="uint32""#, "4294967295", None),
    (r#"ovf:type="uint32""#, "4294967296", Some(WrongType)),
    (r#"ovf:type="sint32""#, "-2147483648", None),
    (r#"ovf:type="sint32""#, "2147483648", Some(WrongType)),
    (r#"ovf:type="uint64""#, "18446744073709551615", None),
    (r#"ovf:type="uint64""#, "18446744073709551616", Some(WrongType)),
    (r#"ovf:type="sint64""#, "-9223372036854775808", None),
    (r#"ovf:type="sint64""#, "9223372036854775808", Some(WrongType)),
    (r#"ovf:type="boolean""#, "true", None),
    (r#"ovf:type="boolean""#, "True", None),
    (r#"ovf:type="boolean""#, "1", Some(LooseValue)),
    (r#"ovf:type="boolean""#, "yes", Some(WrongType)),
    (r#"ovf:type="real32""#, "1.5", None),
    (r#"ovf:type="real32""#, "1e39", Some(WrongType)),
    (r#"ovf:type="real64""#, "1e39", None),
    (r#"ovf:type="real64""#, "much", Some(WrongType)),
    (r#"ovf:type="string""#, "a = b & \"c\" <d>", None),
    (r#"ovf:type="string""#, "a\u{0}b", Some(IllegalCharacter)),
    (r#"ovf:type="string""#, "a\u{FFFF}b", Some(IllegalCharacter)),
    // Qualifiers of strings.
    (r#"ovf:type="string" ovf:qualifiers="MinLen(2)""#, "ab", None),
    (r#"ovf:type="string" ovf:qualifiers="MinLen(2)""#, "é", Some(BrokenQualifier)),
    (r#"ovf:type="string" ovf:qualifiers="MaxLen(2)""#, "éé", None),
    (r#"ovf:type="string" ovf:qualifiers="MaxLen(2)""#, "abc", Some(BrokenQualifier)),
    (r#"ovf:type="string" ovf:qualifiers="MinLen(2),MaxLen(3)""#, "abcd", Some(BrokenQualifier)),
    (r#"ovf:type="string" ovf:qualifiers='ValueMap{"a","b"}'"#, "b", None),
    (r#"ovf:type="string" ovf:qualifiers='ValueMap{"a","b"}'"#, "B", Some(BrokenQualifier)),
    (r#"ovf:type="string" ovf:qualifiers='ValueMap{"a\"b"}'"#, "a\"b", None),
    (
        r#"ovf:type="string" ovf:password="true" ovf:qualifiers="MinLen(8)""#,
        "sh0rt",
        Some(BrokenQualifier),
    ),
    (r#"ovf:type="password" ovf:qualifiers="MinLen(8)""#, "long enough", None),
    // Qualifiers of numbers.
    (r#"ovf:type="uint8" ovf:qualifiers="ValueMap{1,2}""#, "2", None),
    (r#"ovf:type="uint8" ovf:qualifiers="ValueMap{1,2}""#, "+002", None),
    (r#"ovf:type="uint8" ovf:qualifiers="ValueMap{1,2}""#, "3", Some(BrokenQualifier)),
    (r#"ovf:type="sint32" ovf:qualifiers="ValueMap{-1,2}""#, "-1", None),
    (r#"ovf:type="uint16" ovf:qualifiers="MinValue(1024)""#, "1024", None),
    (r#"ovf:type="uint16" ovf:qualifiers="MinValue(1024)""#, "1023", Some(BrokenQualifier)),
    (r#"ovf:type="sint64" ovf:qualifiers="MaxValue(-5)""#, "-4", Some(BrokenQualifier)),
    (r#"ovf:type="real32" ovf:qualifiers="MaxValue(1)""#, "1.01", Some(BrokenQualifier)),
    (r#"ovf:type="real64" ovf:qualifiers="MinValue(0.5)""#, "0.5", None),
    // Addresses and expressions.
    (r#"ovf:type="ip""#, "192.0.2.7", None),
    (r#"ovf:type="ip""#, "192.0.2.256", Some(NotAnAddress)),
    (r#"ovf:type="ip""#, "host.example.org", Some(NotAnAddress)),
    (r#"ovf:type="ip:LAN""#, "2001:db8::7", Some(WrongProtocol)),
    (r#"ovf:type="string" vmw:qualifiers="Ip(&quot;LAN&quot;)""#, "192.0.2.7", None),
    (r#"ovf:type="string" vmw:qualifiers="Ip(&quot;LAN&quot;)""#, "lan", Some(NotAnAddress)),
    (r#"ovf:type="expression""#, "${gateway:LAN}", None),
    (r#"ovf:type="expression""#, "${gateway:WAN}", Some(UnknownNetwork)),
    (r#"ovf:type="expression""#, "${other}", None),
    (r#"ovf:type="expression""#, "${nobody}", Some(UnknownReference)),
    // References.
    (r#"ovf:type="string""#, "${other} and ${nobody}", Some(UnknownReference)),
    (r#"ovf:type="string" ovf:qualifiers="MaxLen(3)""#, "${other}", None),
    (r#"ovf:type="string" ovf:qualifiers="MaxLen(1)""#, "${other}", Some(BrokenQualifier)),
    (r#"ovf:type="uint8""#, "${other}", None),
    (r#"ovf:type="uint8""#, "${other}0", Some(WrongType)),
    (r#"ovf:type="uint8""#, "${nobody}", Some(UnknownReference)),
    (r#"ovf:type="string""#, "${k}", Some(CircularReference)),
    // What is not known to its end is not measured by its type.
    (r#"ovf:type="uint8""#, "${k}", Some(CircularReference)),
];

#[test]
fn faults_say_what_to_do_and_keep_secrets() {
    let said = |attributes: &str, value: &str| {
        let key = "ovf:key=\"k\" ovf:userConfigurable=\"true\"";
        let text = machine("", &format!("<Property {key} {attributes}/>"));
        let found = checked(&text, &choosing([("k", value)]));
        let is_error = !found.errors.is_empty();
        let [issue] = [found.errors, found.warnings].concat().try_into().unwrap();
        (is_error, issue)
    };
    let map = r#"ovf:type="string" ovf:qualifiers='ValueMap{"a","b"}'"#;
    let (_, issue) = said(map, "c");
    assert_eq!(issue.help.as_deref(), Some("there are `a`, `b`"));
    let (_, issue) = said(&format!("ovf:password=\"true\" {map}"), "c");
    assert_eq!(issue.help, None);

    // What is wrong with a value made of others may say something of one that is secret.
    let least = r#"ovf:type="uint8" ovf:value="42" ovf:qualifiers="MinValue(50)""#;
    let (_, issue) = said(least, "41");
    assert_eq!((issue.kind, issue.help.as_deref()), (BrokenQualifier, Some("choose `50` or more")));
    let key = r#"ovf:key="k" ovf:userConfigurable="true""#;
    let other = r#"<Property ovf:key="other" ovf:type="uint8" ovf:value="41"/>"#;
    let text = machine("", &format!("<Property {key} {least}/>{other}"));
    let found = checked(&text, &choosing([("k", "${other}")]));
    assert_eq!(kinds(&found.errors), [(BrokenQualifier, "property:k")]);
    assert_eq!(found.errors[0].help, None);

    // What looks like a reference may be meant as it is; in a number it cannot be.
    let (is_error, issue) = said(r#"ovf:type="string""#, "${nobody}");
    assert!(!is_error && issue.message.contains("refers to `nobody`"), "{issue:?}");
    let (is_error, issue) = said(r#"ovf:type="uint8""#, "${nobody}");
    assert!(is_error && issue.message.contains("refers to `nobody`"), "{issue:?}");
    let (_, issue) = said(r#"ovf:type="string" ovf:password="true""#, "${nobody}");
    assert!(issue.message.contains("refers to a name"), "{issue:?}");
}

#[test]
fn values_obey_types_and_qualifiers() {
    for (attributes, value, want) in VALUES {
        let text = machine(
            "",
            &format!(
                r#"<Property ovf:key="k" ovf:userConfigurable="true" {attributes}/><Property ovf:key="other" ovf:type="uint8" ovf:value="42"/>"#
            ),
        );
        let found = checked(&text, &choosing([("k", *value)]));
        let mut issues = found.errors.clone();
        issues.extend(found.warnings.clone());
        let want: Vec<_> = want.iter().map(|kind| (*kind, "property:k")).collect();
        assert_eq!(kinds(&issues), want, "{attributes} {value:?}: {issues:?}");
        assert!(property(&found, "k").is_chosen);
        let shown = property(&found, "k").value.as_deref();
        let is_secret = attributes.contains("password");
        assert_eq!(shown, if is_secret { None } else { Some(*value) });
        if is_secret {
            assert!(!format!("{found:?}").contains(*value), "{found:?}");
        }
        // What is only doubtful does not stop anybody.
        let is_mild = found.errors.is_empty();
        assert_eq!(found.is_ready(), is_mild);
    }
}

#[test]
fn defaults_are_checked_too() {
    for (attributes, is_told) in [
        (r#"ovf:type="string" ovf:value="${k}""#, true),
        (r#"ovf:type="ip" ovf:value="nowhere""#, true),
        (r#"ovf:type="ip" ovf:value="192.0.2.7""#, false),
        (r#"ovf:type="boolean" ovf:value="True""#, false),
    ] {
        let text = machine(
            "",
            &format!(r#"<Property ovf:key="k" ovf:userConfigurable="true" {attributes}/>"#),
        );
        let found = tried(&text, &choosing([]));
        let want: &[_] = if is_told { &[(InvalidDefault, "property:k")] } else { &[] };
        assert_eq!(kinds(&found.warnings), want, "{attributes}");
        assert_eq!(found.errors, []);
    }
}

#[test]
fn what_has_no_value_is_asked_for() {
    for (attributes, is_asked) in [
        (r#"ovf:type="uint8""#, true),
        (r#"ovf:type="boolean""#, true),
        (r#"ovf:type="string""#, false),
        (r#"ovf:type="string" ovf:qualifiers="MinLen(1)""#, true),
        (r#"ovf:type="string" ovf:qualifiers='ValueMap{"a"}'"#, true),
        (r#"ovf:type="string" ovf:qualifiers='ValueMap{"","a"}'"#, false),
        (r#"ovf:type="string" ovf:password="true""#, false),
        (r#"ovf:type="string" ovf:password="true" ovf:qualifiers="MinLen(8)""#, true),
        (r#"ovf:type="ip""#, true),
        (r#"ovf:type="string" vmw:qualifiers="Ip(&quot;LAN&quot;)""#, true),
        (r#"ovf:type="string" vmw:qualifiers="Netmask(&quot;LAN&quot;)""#, false),
        (r#"ovf:type="expression""#, false),
    ] {
        let text = machine(
            "",
            &format!(r#"<Property ovf:key="k" ovf:userConfigurable="true" {attributes}/>"#),
        );
        for given in [None, Some("")] {
            let choices = choosing(given.map(|value| ("k", value)));
            let want: &[_] = if is_asked { &[(MissingValue, "property:k")] } else { &[] };
            let last = checked(&text, &choices);
            assert_eq!(kinds(&last.errors), want, "{attributes} {given:?}");
            assert!(last.information.is_empty());
            let step = tried(&text, &choices);
            assert_eq!(kinds(&step.information), want, "{attributes}");
            assert!(step.errors.is_empty());
            assert_eq!(step.is_ready(), !is_asked);
        }
    }
}

#[test]
fn only_what_people_may_set_can_be_set() {
    for (flag, is_free) in [
        (r#"ovf:userConfigurable="true""#, true),
        (r#"ovf:userConfigurable="false""#, false),
        ("", false),
    ] {
        let text = machine(
            "",
            &format!(r#"<Property ovf:key="k" ovf:type="string" ovf:value="own" {flag}/>"#),
        );
        let found = tried(&text, &choosing([("k", "mine")]));
        let want: &[_] = if is_free { &[] } else { &[(NotConfigurable, "property:k")] };
        assert_eq!(kinds(&found.errors), want);
        let value = if is_free { "mine" } else { "own" };
        assert_eq!(property(&found, "k").value.as_deref(), Some(value));
        // What comes back as it was is no change.
        assert_eq!(tried(&text, &choosing([("k", "own")])).errors, []);
    }
}

/// What a network fills in stands there as a reference, unless the descriptor has a value of its own.
#[test]
fn values_of_networks_are_references() {
    let mask = r#"ovf:type="string" vmw:qualifiers="Netmask('LAN')""#;
    for (attributes, value) in [
        (mask.to_owned(), Some("${netmask:LAN}")),
        (format!(r#"{mask} ovf:value="""#), Some("${netmask:LAN}")),
        (format!(r#"{mask} ovf:value="255.255.0.0""#), Some("255.255.0.0")),
        (r#"ovf:type="string" ovf:value="""#.to_owned(), Some("")),
        (r#"ovf:type="string""#.to_owned(), None),
    ] {
        let text = machine("", &format!(r#"<Property ovf:key="k" {attributes}/>"#));
        let found = tried(&text, &choosing([]));
        assert_eq!(property(&found, "k").value.as_deref(), value, "{attributes}");
    }
}

#[test]
fn addresses_are_of_the_version_that_is_used() {
    let section = r#"<vmw:IpAssignmentSection ovf:required="false" vmw:schemes="ovfenv" vmw:protocols="IPv4,IPv6"><Info>Addresses</Info></vmw:IpAssignmentSection>"#;
    let text =
        machine(section, r#"<Property ovf:key="k" ovf:type="ip" ovf:userConfigurable="true"/>"#);
    let mut choices = choosing([("k", "2001:db8::1")]);
    choices.ip_protocol = Some(IpProtocol::V6);
    assert_eq!(checked(&text, &choices).errors, []);
    choices.ip_protocol = Some(IpProtocol::V4);
    assert_eq!(kinds(&checked(&text, &choices).errors), [(WrongProtocol, "property:k")]);
    // A pool gives the address, people need not.
    let mut choices = choosing([]);
    choices.ip_allocation_policy = Some(IpAllocationPolicy::FixedPool);
    assert_eq!(checked(&text, &choices).errors, []);
    choices.ip_allocation_policy = Some(IpAllocationPolicy::Fixed);
    assert_eq!(kinds(&checked(&text, &choices).errors), [(MissingValue, "property:k")]);
}

#[test]
fn secrets_are_nowhere() {
    let text = machine(
        "",
        r#"<Property ovf:key="pw" ovf:type="string" ovf:password="true" ovf:userConfigurable="true" ovf:qualifiers='ValueMap{"allowed-one"}'/>
           <Property ovf:key="fixed" ovf:type="string" ovf:password="true" ovf:value="built-in"/>
           <Property ovf:key="ref" ovf:type="string" ovf:password="true" ovf:userConfigurable="true"/>
           <Property ovf:key="copy" ovf:type="string" ovf:userConfigurable="true" ovf:value="${pw}" ovf:qualifiers="MaxLen(2)"/>"#,
    );
    let choices = choosing([
        ("pw", "hunter2-a"),
        ("fixed", "hunter2-b"),
        ("ref", "${hunter2-c}"),
        ("pvv", "hunter2-d"),
    ]);
    let found = checked(&text, &choices);
    let mut names = kinds(&found.errors);
    names.sort_unstable();
    assert_eq!(
        names,
        [
            (UnknownProperty, "property:pvv"),
            (NotConfigurable, "property:fixed"),
            (BrokenQualifier, "property:pw"),
        ]
    );
    let shown = format!("{found:?} {choices:?}");
    for secret in ["hunter2", "allowed-one", "built-in"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    for property in found.properties.iter().filter(|property| property.is_secret) {
        assert_eq!(property.value, None);
        assert!(property.has_value);
        assert_eq!(property.property_type, "password");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_value_is_judged(values in proptest::collection::vec(".{0,20}|[0-9${}.:a-z-]{0,12}", 36)) {
        with_valid(&WIZARD, |valid| {
            let keys: Vec<_> = valid.properties().filter_map(|(_, property)| property.full_key()).collect();
            let chosen = keys.iter().map(|key| &**key).zip(values.iter().map(String::as_str));
            let choices = choosing(chosen);
            let step = try_instantiate(valid, &choices);
            assert_eq!(step, try_instantiate(valid, &choices));
            // The last step finds the same, and takes what is missing for wrong.
            let last = check_choices(valid, &choices);
            assert_eq!(last.missing().count(), step.missing().count());
            assert_eq!(last.errors.len(), step.errors.len() + step.missing().count());
        });
    }
}
