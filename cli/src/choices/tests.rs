use std::ffi::OsStr;

use clap::Parser;
use ovf::import::{
    Choices, DiskProvisioning, EulaAcceptance, ExtraConfigFilter, IpAllocationPolicy, IpProtocol,
};

use super::{Args, Values, Wrong, value};

#[derive(Debug, Parser)]
struct Command {
    #[command(flatten)]
    args: Args,
}

/// Files and variables that hold their own names.
struct Echo;

impl Values for Echo {
    fn file(&mut self, name: &str) -> Result<String, Wrong> {
        Ok(format!("file {name}"))
    }

    fn variable(&mut self, name: &str) -> Result<String, Wrong> {
        Ok(format!("variable {name}"))
    }
}

fn parse(arguments: &[&str]) -> Command {
    Command::parse_from(std::iter::once("test").chain(arguments.iter().copied()))
}

fn read(arguments: &[&str]) -> Result<Choices, Wrong> {
    parse(arguments).args.choices_with(OsStr::new("in.ovf"), &mut Echo)
}

fn wrong(arguments: &[&str]) -> (String, String) {
    let wrong = read(arguments).unwrap_err();
    (wrong.message, wrong.help.unwrap_or_default())
}

#[test]
fn everything_can_be_set() {
    let choices = read(&[
        "--set=property:web.port=8080",
        "--set=property:tier/web/app.port.1=9",
        "--set=network:VM Network=network-7",
        "--set=option=large",
        "--set=name=shop",
        "--set=annotation=two\nlines",
        "--set=ip-policy=dhcpPolicy",
        "--set=ip-protocol=IPV6",
        "--set=disk-provisioning=thin",
        "--set=datastore:disk1=ds-1",
        "--set=storage-profile:group=gold",
        "--set=scale-out:workers=3",
        "--set=extra-config:a.b=drop",
        "--set=extra-config:c=drop",
        "--accept-eula",
        "--accept-extensions",
        "--locale=de-DE",
    ])
    .unwrap();
    assert_eq!(choices.properties["web.port"], "8080");
    assert_eq!(choices.properties["tier/web/app.port.1"], "9");
    assert_eq!(choices.networks["VM Network"], "network-7");
    assert_eq!(choices.deployment_option.as_deref(), Some("large"));
    assert_eq!(choices.name.as_deref(), Some("shop"));
    assert_eq!(choices.annotation.as_deref(), Some("two\nlines"));
    assert_eq!(choices.ip_allocation_policy, Some(IpAllocationPolicy::Dhcp));
    assert_eq!(choices.ip_protocol, Some(IpProtocol::V6));
    assert_eq!(choices.disk_provisioning, Some(DiskProvisioning::Thin));
    assert_eq!(choices.datastores["disk1"], "ds-1");
    assert_eq!(choices.storage_profiles["group"], "gold");
    assert_eq!(choices.scale_out["workers"], 3);
    let dropped = ExtraConfigFilter::Except(vec!["a.b".to_owned(), "c".to_owned()]);
    assert_eq!(choices.extra_config, dropped);
    assert_eq!(choices.eulas, EulaAcceptance::All);
    assert!(choices.accept_extensions);
    assert_eq!(choices.locale.as_deref(), Some("de-DE"));
}

#[test]
fn the_first_equals_sign_ends_the_name() {
    for (given, key, value) in [
        ("property:a=b=c", "a", "b=c"),
        ("property:a==", "a", "="),
        ("property:a=", "a", ""),
        ("property:a:b=c:d", "a:b", "c:d"),
        (r"property:a\=b=c", "a=b", "c"),
        (r"property:a\b=c\=d", r"a\b", r"c\=d"),
        ("property: a b =  c ", " a b ", "  c "),
    ] {
        let choices = read(&["--set", given]).unwrap();
        let found: Vec<_> = choices.properties.iter().collect();
        assert_eq!(found, [(&key.to_owned(), &value.to_owned())], "{given}");
    }
    assert_eq!(read(&["--set", "name=a:b=c"]).unwrap().name.as_deref(), Some("a:b=c"));
}

#[test]
fn values_can_come_from_elsewhere() {
    let choices = read(&["--set-file=property:p=pw.txt", "--set-env=property:q=PW"]).unwrap();
    assert_eq!(choices.properties["p"], "file pw.txt");
    assert_eq!(choices.properties["q"], "variable PW");
}

#[test]
fn a_file_has_a_value_and_perhaps_a_line_end() {
    for (bytes, want) in [
        (&b"s3cret\n"[..], "s3cret"),
        (b"s3cret\r\n", "s3cret"),
        (b"s3cret", "s3cret"),
        (b"two\nlines\n\n", "two\nlines\n"),
        (b"", ""),
    ] {
        assert_eq!(value("f", bytes).as_deref(), Ok(want));
    }
    assert!(value("f", &b"\xFF"[..]).unwrap_err().message.contains("no UTF-8"));
    assert!(value("f", std::io::repeat(b'x')).unwrap_err().message.contains("more than"));
}

#[test]
fn standard_input_is_read_once() {
    let (message, _) = wrong(&["--set-file=property:p=-", "--set-file=property:q=-"]);
    assert!(message.contains("`property:q` cannot be read from standard input"), "{message}");
    let command = parse(&["--set-file=property:p=-"]);
    assert!(command.args.choices_with(OsStr::new("-"), &mut Echo).is_err());
    assert!(command.args.choices_with(OsStr::new("x"), &mut Echo).is_ok());
}

#[test]
fn slips_are_answered() {
    for (given, message, help) in [
        ("propety:a=b", "`propety` is nothing", "did you mean `property`?"),
        ("ip_policy=x", "`ip_policy` is nothing", "did you mean `ip-policy`?"),
        ("web.port=80", "`web.port` is nothing", "property:web.port=VALUE"),
        ("zzz=80", "`zzz` is nothing", "`scale-out`"),
        ("=80", "`` is nothing", "`scale-out`"),
        ("property:a", "has no `=`", "`--set property:a=VALUE`"),
        ("property=a", "does not say which one", "property:KEY=VALUE"),
        ("network:=a", "does not say which one", "network:NAME=VALUE"),
        ("option:a=b", "takes no name", "`--set option=VALUE`"),
        ("ip-policy=static", "`static` is no `ip-policy`", "`fixedPolicy`"),
        ("disk-provisioning=fat", "`fat` is no", "`thin`"),
        ("scale-out:a=-1", "no number of machines", "whole number"),
        ("extra-config:a=no", "neither `keep` nor `drop`", ""),
    ] {
        let (found, advice) = wrong(&["--set", given]);
        assert!(found.contains(message), "{given}: {found}");
        assert!(advice.contains(help), "{given}: {advice}");
    }
    let (found, _) = wrong(&["--set=extra-config:a=keep", "--set=extra-config:b=drop"]);
    assert!(found.contains("both"), "{found}");
    let (found, _) = wrong(&["--set=option=a", "--set-env=option=B"]);
    assert!(found.contains("`option` is set twice"), "{found}");
}

#[test]
fn values_are_not_shown() {
    let command = parse(&["--set=property:p=hunter2", "--set=scale-out:a=hunter2"]);
    assert!(!format!("{command:?}").contains("hunter2"));
    let wrong = command.args.choices_with(OsStr::new("x"), &mut Echo).unwrap_err();
    assert!(!format!("{wrong:?}").contains("hunter2"));
    let (message, _) = self::wrong(&["--set=property:p=hunter2", "--set=property:p=hunter3"]);
    assert!(!message.contains("hunter"));
}
