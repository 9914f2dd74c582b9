//! The shapes of the vAPI, and the way back.

use ovf::import::parameters::IssueKind::*;
use ovf::import::parameters::Parameters;
use ovf::import::{Choices, DiskProvisioning, ExtraConfigFilter};
use ovf::wire::vapi::parameters::given::{GivenDeploymentSpec, GivenParams, Read};
use ovf::wire::vapi::parameters::{OvfSummary, OvfValidationResult};
use serde_json::{Value, json};

use super::choices::complete;
use super::{WIZARD, checked, kinds, tried};

fn result(parameters: &Parameters, choices: &Choices) -> Value {
    serde_json::to_value(OvfValidationResult::new(parameters, choices)).unwrap()
}

fn of_class<'v>(result: &'v Value, kind: &str) -> &'v Value {
    let all = result["parameters"].as_array().unwrap();
    all.iter().find(|params| params["type"] == kind).unwrap()
}

#[test]
fn every_class_says_what_it_is() {
    let choices = Choices::new();
    let result = result(&tried(&WIZARD, &choices), &choices);
    let classes: Vec<_> = result["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|params| (params["@class"].as_str().unwrap(), params["type"].as_str().unwrap()))
        .collect();
    assert_eq!(
        classes,
        [
            ("com.vmware.vcenter.ovf.deployment_option_params", "DeploymentOptionParams"),
            ("com.vmware.vcenter.ovf.extra_config_params", "ExtraConfigParams"),
            ("com.vmware.vcenter.ovf.ip_allocation_params", "IpAllocationParams"),
            ("com.vmware.vcenter.ovf.property_params", "PropertyParams"),
            ("com.vmware.vcenter.ovf.size_params", "SizeParams"),
            ("com.vmware.vcenter.ovf.unknown_section_params", "UnknownSectionParams"),
            ("com.vmware.vcenter.ovf.vcenter_extension_params", "VcenterExtensionParams"),
        ]
    );
}

#[test]
fn members_have_the_names_of_the_api() {
    let mut choices = complete();
    choices.extra_config = ExtraConfigFilter::Except(vec!["svga.autodetect".to_owned()]);
    let result = result(&checked(&WIZARD, &choices), &choices);
    assert_eq!(
        of_class(&result, "DeploymentOptionParams"),
        &json!({
            "@class": "com.vmware.vcenter.ovf.deployment_option_params",
            "deployment_options": [
                {"key": "small", "label": "Small", "description": "For a few"},
                {"key": "medium", "label": "Medium", "description": "For some", "default_choice": true},
                {"key": "large", "label": "Large", "description": "For many"},
            ],
            "selected_key": "medium",
            "type": "DeploymentOptionParams",
        })
    );
    assert_eq!(
        of_class(&result, "IpAllocationParams"),
        &json!({
            "@class": "com.vmware.vcenter.ovf.ip_allocation_params",
            "supported_allocation_scheme": ["OVF_ENVIRONMENT", "DHCP"],
            "supported_ip_allocation_policy": ["TRANSIENT_IPPOOL", "STATIC_MANUAL", "STATIC_IPPOOL", "DHCP"],
            "ip_allocation_policy": "STATIC_MANUAL",
            "supported_ip_protocol": ["IPV4", "IPV6"],
            "ip_protocol": "IPV4",
            "type": "IpAllocationParams",
        })
    );
    assert_eq!(
        of_class(&result, "ExtraConfigParams"),
        &json!({
            "@class": "com.vmware.vcenter.ovf.extra_config_params",
            "extra_configs": [
                {"key": "guestinfo.mode", "value": "quiet", "virtual_system_id": "wizard"},
                {"key": "svga.autodetect", "value": "TRUE", "virtual_system_id": "wizard"},
            ],
            "exclude_keys": ["svga.autodetect"],
            "type": "ExtraConfigParams",
        })
    );
    assert_eq!(
        of_class(&result, "SizeParams"),
        &json!({
            "@class": "com.vmware.vcenter.ovf.size_params",
            "approximate_download_size": 500_000_000,
            "approximate_flat_deployment_size": 26_u64 << 30,
            "approximate_sparse_deployment_size": 900_000_000,
            "variable_disk_size": true,
            "type": "SizeParams",
        })
    );
    let properties = of_class(&result, "PropertyParams")["properties"].as_array().unwrap();
    assert_eq!(
        properties[0],
        json!({
            "class_id": "org.example.wizard", "id": "u8", "instance_id": "", "category": "Every type",
            "ui_optional": false, "label": "A uint8", "type": "int(0..255)", "value": "8",
        })
    );
    let named = |id: &str| properties.iter().find(|property| property["id"] == id);
    assert_eq!(named("url").unwrap()["ui_optional"], true);
    assert_eq!(named("u16").unwrap().get("category"), None);
    assert_eq!(named("password").unwrap()["type"], "password(8..)");
    assert_eq!(named("password").unwrap()["value"], "");
    assert_eq!(named("address").unwrap()["type"], "ip:LAN");
    // Nobody may set these.
    for id in ["fixed", "hidden", "mask"] {
        assert_eq!(named(id), None, "{id}");
    }
    assert_eq!(result["errors"], json!([]));
    assert!(!result.to_string().contains("correct horse"));
}

#[test]
fn errors_are_of_the_category_input() {
    let mut choices = complete();
    choices.properties.insert("org.example.wizard.port".to_owned(), "80".to_owned());
    choices.properties.insert("org.example.wizard.password".to_owned(), "s3cr3t".to_owned());
    let result = result(&checked(&WIZARD, &choices), &choices);
    assert_eq!(
        result["errors"],
        json!([
            {
                "category": "INPUT", "name": "property:org.example.wizard.port", "value": "80",
                "message": {
                    "id": "ovf.broken-qualifier",
                    "default_message": "the value `80` of `org.example.wizard.port` is less than `MinValue`",
                    "args": [],
                },
            },
            {
                "category": "INPUT", "name": "property:org.example.wizard.password", "value": "",
                "message": {
                    "id": "ovf.broken-qualifier",
                    "default_message": "the value of the password `org.example.wizard.password` is shorter than 8 characters",
                    "args": [],
                },
            },
        ])
    );
}

#[test]
fn the_summary_has_its_odd_spelling() {
    let choices = Choices::new();
    let summary = OvfSummary::new(&tried(&WIZARD, &choices), &choices);
    let summary = serde_json::to_value(summary).unwrap();
    assert_eq!(summary["EULAs"], json!(["Use it as you like"]));
    assert_eq!(summary["networks"], json!(["LAN", "Storage", "Spare"]));
    assert_eq!(summary["storage_groups"], json!(["fast"]));
    assert_eq!(summary["name"], "Wizard");
    assert_eq!(summary["additional_params"].as_array().map(Vec::len), Some(7));
}

#[test]
fn what_is_sent_back_chooses_what_was_in_force() {
    let mut choices = complete();
    choices.deployment_option = Some("large".to_owned());
    choices.extra_config = ExtraConfigFilter::Only(vec!["guestinfo.mode".to_owned()]);
    let before = checked(&WIZARD, &choices);
    let sent: Vec<GivenParams> =
        serde_json::from_value(result(&before, &choices)["parameters"].clone()).unwrap();
    let mut read = Read::default().params(&sent);
    assert_eq!((read.errors.len(), read.warnings.len()), (0, 0));
    // Networks and licences are no parameters, and a password does not come back.
    read.choices.networks.clone_from(&choices.networks);
    read.choices.eulas = choices.eulas;
    let password = "org.example.wizard.password";
    assert_eq!(read.choices.properties.get(password), None);
    read.choices.properties.insert(password.to_owned(), choices.properties[password].clone());
    let after = checked(&WIZARD, &read.choices);
    assert_eq!(after.errors, []);
    assert_eq!(result(&after, &read.choices), result(&before, &choices));
}

#[test]
fn what_is_given_wrong_is_told() {
    let given: Vec<GivenParams> = serde_json::from_value(json!([
        {"@class": "com.vmware.vcenter.ovf.propertyparams", "properties": []},
        {"type": "IpAllocationParams", "ip_allocation_policy": "STATIC", "ip_protocol": "IPV6"},
        {"type": "ExtraConfigParams", "include_keys": ["a"], "exclude_keys": ["b"]},
        {"type": "PropertyParams", "properties": [
            {"id": "a", "value": "1"}, {"class_id": "c", "id": "a", "instance_id": "i", "value": "2"}, {"value": "hunter2"},
        ]},
        {"type": "ScaleOutParams", "groups": [{"id": "web", "instance_count": 3}, {"id": "db", "instance_count": -1}]},
        {"type": "SizeParams", "approximate_download_size": 5},
        {},
    ]))
    .unwrap();
    let read = Read::default().params(&given);
    assert_eq!(
        kinds(&read.errors),
        [
            (UnknownParameters, "@class"),
            (UnknownValue, "ip-policy"),
            (ExtraConfigConflict, "extra-config"),
            (UnknownProperty, "property"),
            (InstanceCount, "scale-out:db"),
            (UnknownParameters, "@class"),
        ]
    );
    assert_eq!(read.errors[0].help.as_deref(), Some("did you mean `PropertyParams`?"));
    let properties: Vec<_> = read.choices.properties.iter().collect();
    assert_eq!(properties.len(), 2);
    assert_eq!(read.choices.properties["c.a.i"], "2");
    assert_eq!(read.choices.scale_out["web"], 3);
    assert!(!format!("{given:?} {read:?}").contains("hunter2"));
}

#[test]
fn deployment_specifications_are_choices() {
    for mappings in [json!({"LAN": "network-1"}), json!([{"key": "LAN", "value": "network-1"}])] {
        let given: GivenDeploymentSpec = serde_json::from_value(json!({
            "name": "shop", "accept_all_EULA": true, "network_mappings": mappings, "locale": "de",
            "storage_provisioning": "thin", "default_datastore_id": "datastore-1", "flags": [],
            "storage_mappings": {"fast": {"type": "STORAGE_PROFILE", "storage_profile_id": "gold"}, "x": {"type": "TAPE"}},
            "additional_parameters": [{"type": "DeploymentOptionParams", "selected_key": "large"}],
        }))
        .unwrap();
        let read = Read::deployment_spec(&given);
        let choices = read.choices;
        assert_eq!(choices.networks["LAN"], "network-1");
        assert_eq!(choices.storage_profiles["fast"], "gold");
        assert_eq!(choices.disk_provisioning, Some(DiskProvisioning::Thin));
        assert_eq!(choices.deployment_option.as_deref(), Some("large"));
        assert_eq!(kinds(&read.errors), [(UnknownValue, "storage_mappings")]);
        assert_eq!(kinds(&read.warnings), [(UnusedParameter, "default_datastore_id")]);
    }
}
