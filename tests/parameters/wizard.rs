//! A wizard that walks from nothing chosen to everything, and asks at each step.

use ovf::import::parameters::IssueKind::{self, *};
use ovf::import::parameters::{Parameters, check_choices, try_instantiate};
use ovf::import::{
    Choices, DiskProvisioning, EulaAcceptance, IpAllocationPolicy, IpProtocol, spec,
};

use super::{WIZARD, kinds, property, with_valid};

/// The class of all properties.
const CLASS: &str = "org.example.wizard";

/// Properties: a value that is refused, why, one that is taken.
const PROPERTIES: &[(&str, &str, IssueKind, &str)] = &[
    ("u8", "300", WrongType, "200"),
    ("s8", "-200", WrongType, "-100"),
    ("u16", "70000", WrongType, "60000"),
    ("s16", "40000", WrongType, "-30000"),
    ("u32", "-1", WrongType, "4000000000"),
    ("s32", "3000000000", WrongType, "-2000000000"),
    ("u64", "1.5", WrongType, "18446744073709551615"),
    ("s64", "9223372036854775808", WrongType, "-9223372036854775808"),
    ("flag", "maybe", WrongType, "False"),
    ("r32", "1e50", WrongType, "1e30"),
    ("r64", "pi", WrongType, "3.14159"),
    ("text", "bell\u{7}", IllegalCharacter, "any text: a=b, \"c\", ünï"),
    ("least", "ab", BrokenQualifier, "abc"),
    ("most", "abcdef", BrokenQualifier, "abcde"),
    ("between", "a", BrokenQualifier, "ab"),
    ("colour", "Red", BrokenQualifier, "blue"),
    ("size", "3", BrokenQualifier, "4"),
    ("port", "80", BrokenQualifier, "8443"),
    ("ratio", "1.5", BrokenQualifier, "0.75"),
    ("url", "${org.example.wizard.url}", CircularReference, "https://${org.example.wizard.host}/"),
    ("host", "${org.example.wizard.password}${org.example.wizard.host}", CircularReference, "www"),
    ("password", "short", BrokenQualifier, "correct horse battery"),
    ("address", "192.0.2.999", NotAnAddress, "192.0.2.7"),
    ("data", "0", BrokenQualifier, "20"),
];

/// Asks twice, and in between something else: the answer depends on the choices alone.
fn ask(choices: &Choices) -> Parameters {
    with_valid(&WIZARD, |valid| {
        let first = try_instantiate(valid, choices);
        let _ = try_instantiate(valid, &Choices::new());
        let _ = check_choices(valid, choices);
        let second = try_instantiate(valid, choices);
        assert_eq!(first, second);
        #[cfg(feature = "serde")]
        {
            let json = |parameters: &Parameters| {
                let result =
                    ovf::wire::vapi::parameters::OvfValidationResult::new(parameters, choices);
                serde_json::to_string(&result).unwrap()
            };
            assert_eq!(json(&first), json(&second));
            assert!(!json(&first).contains("correct horse"));
        }
        first
    })
}

#[test]
fn a_wizard_comes_to_its_end() {
    let mut choices = Choices::new();

    // What is there to choose.
    let step = ask(&choices);
    assert_eq!(step.errors, []);
    assert_eq!(step.name.as_deref(), Some("Wizard"));
    assert_eq!(step.annotation.as_deref(), Some("Made for wizards"));
    assert_eq!(step.eulas, ["Use it as you like"]);
    assert_eq!(step.selected_option.as_deref(), Some("medium"));
    assert_eq!(step.unknown_sections[0].tag, "{http://example.org/ovf}SupportSection");
    assert_eq!(step.unknown_sections[0].info, "Whom to call");
    assert_eq!(step.storage_groups[0].id, "fast");
    assert!(step.extension.required && !step.extension.accepted);
    let missing = |step: &Parameters| -> Vec<String> {
        step.missing().map(|issue| issue.name.clone()).collect()
    };
    assert_eq!(
        missing(&step),
        [
            "eula",
            "property:org.example.wizard.least",
            "property:org.example.wizard.host",
            "property:org.example.wizard.password",
            "network:LAN",
            "network:Storage",
            "extension",
        ]
    );
    let headings: Vec<_> =
        step.properties.iter().filter_map(|property| property.category.as_deref()).collect();
    assert_eq!(
        headings,
        ["Every type", "Every qualifier", "Extras", "Secrets", "Addresses", "Disks"]
    );
    let hidden = step.properties.iter().filter(|property| property.ui_optional == Some(true));
    assert_eq!(hidden.count(), 1);

    // The page of names: one that is refused, one that is taken. The same on every page.
    choices.name = Some("x".repeat(81));
    assert_eq!(kinds(&ask(&choices).errors), [(InvalidName, "name")]);
    choices.name = Some("shop".to_owned());
    choices.annotation = Some("mine".to_owned());
    let step = ask(&choices);
    assert_eq!((step.errors.len(), step.name.as_deref()), (0, Some("shop")));

    // Options.
    choices.deployment_option = Some("huge".to_owned());
    assert_eq!(kinds(&ask(&choices).errors), [(UnknownOption, "option")]);
    choices.deployment_option = Some("large".to_owned());
    let large = ask(&choices);
    assert_eq!(large.errors, []);
    assert_eq!(property(&large, "org.example.wizard.mode").value.as_deref(), Some("large mode"));
    assert_eq!(large.sizes.download, Some(570_000_000));
    assert_eq!(large.sizes.flat, Some((16 + 10 + 4) << 30));
    choices.deployment_option = Some("small".to_owned());
    let small = ask(&choices);
    assert_eq!(property(&small, "org.example.wizard.mode").value.as_deref(), Some("small mode"));
    assert_eq!(small.sizes.download, Some(500_000_000));
    assert_eq!(small.sizes.flat, Some((16 + 10) << 30));
    assert_eq!(small.sizes.sparse, Some(900_000_000));
    assert!(small.sizes.is_variable);

    // Addresses.
    choices.ip_allocation_policy = Some(IpAllocationPolicy::Fixed);
    choices.ip_protocol = Some(IpProtocol::V4);
    assert!(missing(&ask(&choices)).contains(&"property:org.example.wizard.address".to_owned()));

    // Properties, one after the other.
    for (key, bad, kind, good) in PROPERTIES {
        let key = format!("{CLASS}.{key}");
        choices.properties.insert(key.clone(), (*bad).to_owned());
        let step = ask(&choices);
        let name = format!("property:{key}");
        assert!(kinds(&step.errors).contains(&(*kind, &name)), "{key}: {:?}", step.errors);
        let with_value = step.errors.iter().filter(|issue| issue.name == name);
        for issue in with_value {
            let shown = issue.value.as_deref();
            assert_eq!(shown, (!key.ends_with("password")).then_some(*bad));
        }
        choices.properties.insert(key.clone(), (*good).to_owned());
        let step = ask(&choices);
        assert_eq!(step.errors, [], "{key}");
        assert!(property(&step, &key).is_chosen);
        assert!(!missing(&step).contains(&name));
    }
    assert_eq!(ask(&choices).sizes.flat, Some((16 + 20) << 30));
    for key in ["fixed", "hidden"] {
        let key = format!("{CLASS}.{key}");
        choices.properties.insert(key.clone(), "mine".to_owned());
        assert_eq!(kinds(&ask(&choices).errors), [(NotConfigurable, &*format!("property:{key}"))]);
        choices.properties.remove(&key);
    }

    // Networks.
    choices.networks.insert("Lan".to_owned(), "network-1".to_owned());
    assert_eq!(kinds(&ask(&choices).errors), [(UnknownNetwork, "network:Lan")]);
    choices.networks.clear();
    choices.networks.insert("LAN".to_owned(), "network-1".to_owned());
    assert_eq!(missing(&ask(&choices)), ["eula", "network:Storage", "extension"]);
    choices.networks.insert("Storage".to_owned(), "network-2".to_owned());

    // Storage.
    choices.disk_provisioning = Some(DiskProvisioning::Thin);
    choices.datastores.insert("slow".to_owned(), "datastore-9".to_owned());
    assert_eq!(kinds(&ask(&choices).errors), [(UnknownStorage, "datastore:slow")]);
    choices.datastores.clear();
    choices.datastores.insert("fast".to_owned(), "datastore-9".to_owned());
    let step = ask(&choices);
    assert_eq!(step.storage_groups[0].datastore.as_deref(), Some("datastore-9"));

    // Licence and extension.
    assert_eq!(missing(&step), ["eula", "extension"]);
    choices.eulas = EulaAcceptance::All;
    assert_eq!(missing(&ask(&choices)), ["extension"]);
    choices.accept_extensions = true;

    // The end.
    let last = ask(&choices);
    assert!(last.is_ready());
    assert_eq!((last.errors.len(), last.warnings.len(), last.information.len()), (0, 0, 0));
    with_valid(&WIZARD, |valid| {
        assert_eq!(check_choices(valid, &choices), last);
        let made = spec::import_spec(valid, &choices);
        assert_eq!(made.errors, []);
        assert_eq!(made, spec::import_spec(valid, &choices));
        let machine = made.spec.as_ref().and_then(|spec| spec.machine()).unwrap();
        assert_eq!(machine.name.as_deref(), Some("shop"));
    });

    // The order in which choices were made is no part of them.
    let mut backwards = choices.clone();
    backwards.properties = choices.properties.clone().into_iter().rev().collect();
    backwards.networks = choices.networks.clone().into_iter().rev().collect();
    assert_eq!(ask(&backwards), last);
}
