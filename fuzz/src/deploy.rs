//! What deploying asks for, and what comes of choices.

use ovf::import::parameters::{check_choices, try_instantiate};
use ovf::import::spec::import_spec;
use ovf::import::{
    Choices, DiskProvisioning, EulaAcceptance, ExtraConfigFilter, Inspection, IpAllocationPolicy,
    IpProtocol, Preview,
};
use ovf::wire::vapi::parameters::OvfValidationResult;
use ovf::wire::vapi::template::LibraryItem;
use ovf::wire::vim::descriptor::ParseDescriptorResult;
use ovf::wire::vim::import_spec::OvfCreateImportSpecResult;
use ovf::{Envelope, Report, Valid, wire};
use serde::Serialize;

use crate::descriptor::{descriptor, source, validator};
use crate::script::Script;

/// A password that stands in no descriptor.
const PASSWORD: &str = "c0rrect-h0rse-battery";

/// Looks at a descriptor under choices, in one of five ways: the same choices give the same answer, and
/// no password stands in what is shown.
pub fn deploy(data: &[u8]) {
    let (text, mut script) = descriptor(data);
    let Some(read) = source(&text) else { return };
    // Bytes that are a document have no decisions behind them as a rule.
    let way = if script.is_over() { data.len() % 8 } else { script.below(8) };
    let report = validator(way == 7).check(&read);
    let choices = choices(&report, &mut script);
    match way {
        0 | 1 => {
            let secrets = secrets(&report, &choices);
            let inspection = Inspection::new(&report, &choices);
            told(&secrets, || format!("{inspection:?}"));
            if way == 0 {
                let shown = json(&wire::inspection::Inspection::new(&inspection));
                told(&secrets, || shown);
                let shown = json(&ParseDescriptorResult::new(&inspection));
                told(&secrets, || shown);
            } else {
                let shown = json(&LibraryItem::new(&inspection));
                told(&secrets, || shown.clone());
                let again = Inspection::new(&report, &choices);
                assert_eq!(shown, json(&LibraryItem::new(&again)));
            }
        }
        2 => {
            let secrets = secrets(&report, &choices);
            // What is told of a file by its name is no secret.
            let name = script.flag().then(|| script.word(&[]));
            let name = name.filter(|name| !secrets.iter().any(|secret| name.contains(secret)));
            if let Ok(preview) = Preview::new(&report, &choices, name.as_deref()) {
                told(&secrets, || format!("{preview:?}"));
                let shown = json(&wire::preview::Preview::new(&preview));
                told(&secrets, || shown);
            }
        }
        3 | 4 => {
            let secrets = secrets(&report, &choices);
            if let Ok(valid) = report.into_valid() {
                parameters(&valid, &choices, &secrets, way == 3);
            }
        }
        _ => {
            let Ok(valid) = report.into_valid() else { return };
            let result = import_spec(&valid, &choices);
            // What has no machine in it has no spec, and is an error of the descriptor if it is asked.
            assert!(way == 7 || result.spec.is_some() || !result.errors.is_empty(), "{text}");
            if script.flag() {
                assert_eq!(result, import_spec(&valid, &choices));
            } else {
                json(&OvfCreateImportSpecResult::from(&result));
            }
        }
    }
}

fn parameters(
    valid: &Valid<Envelope<'_>>,
    choices: &Choices,
    secrets: &[String],
    is_last_step: bool,
) {
    let found =
        if is_last_step { check_choices(valid, choices) } else { try_instantiate(valid, choices) };
    told(secrets, || format!("{found:?}"));
    let shown = json(&OvfValidationResult::new(&found, choices));
    told(secrets, || shown);
    let is_secret = |key: &str| found.properties.iter().any(|p| p.is_secret && p.full_key == key);
    for issue in found.errors.iter().chain(&found.warnings).chain(&found.information) {
        let message = issue.to_string();
        assert!(!message.contains(char::is_control), "{message}");
    }
    for property in &found.properties {
        assert!(!property.is_secret || property.value.is_none(), "{}", property.full_key);
    }
    // The password was chosen for all that is one, and nothing that is none.
    let mut choices = choices.clone();
    choices.properties.retain(|key, _| is_secret(key));
    if choices.properties.is_empty() {
        return;
    }
    choices.properties.values_mut().for_each(|value| PASSWORD.clone_into(value));
    let found = try_instantiate(valid, &choices);
    let shown = format!("{choices:?}{found:?}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    let shown = json(&OvfValidationResult::new(&found, &choices));
    assert!(!shown.contains(PASSWORD), "{shown}");
}

/// The passwords of a descriptor, but for those that stand in another place or in a choice too, or might by
/// chance. Snippets hide the value of any tag that has the word in it; of others than properties it may be shown.
fn secrets(report: &Report<'_>, choices: &Choices) -> Vec<String> {
    let text = report.source().text();
    let of_property = |at: u32| {
        let tag = text.get(..at as usize).and_then(|before| before.rsplit('<').next());
        let name = tag.and_then(|tag| tag.split_ascii_whitespace().next()).unwrap_or_default();
        matches!(name.rsplit(':').next(), Some("Property" | "Value"))
    };
    let spans = report.secrets().into_iter().filter(|span| of_property(span.start));
    let values = spans.filter_map(|span| text.get(span.range()));
    // What was no UTF-8 looks alike everywhere.
    let telling = values.filter(|value| {
        value.len() > 8
            && !value.contains(char::REPLACEMENT_CHARACTER)
            && text.matches(value).count() == 1
    });
    let mut secrets: Vec<String> = telling.map(str::to_owned).collect();
    if !secrets.is_empty() {
        let mut chosen = format!("{choices:?}");
        chosen.extend(choices.properties.values().map(String::as_str));
        secrets.retain(|secret| !chosen.contains(secret.as_str()));
    }
    secrets
}

/// What is shown is not even made where nothing is secret.
fn told(secrets: &[String], show: impl FnOnce() -> String) {
    if secrets.is_empty() {
        return;
    }
    let shown = show();
    for secret in secrets {
        assert!(!shown.contains(&**secret), "{secret} in {shown}");
    }
}

fn json(shape: &impl Serialize) -> String {
    serde_json::to_string(shape).expect("it can be written")
}

fn choices(report: &Report<'_>, script: &mut Script<'_>) -> Choices {
    let mut choices = Choices::new();
    let Some(envelope) = report.envelope() else { return choices };
    let keys = envelope.properties().filter_map(|(_, one)| Some(one.full_key()?.into_owned()));
    let keys: Vec<String> = keys.collect();
    let networks = envelope.networks().filter_map(|one| Some(one.name()?.value().into_owned()));
    let networks: Vec<String> = networks.collect();
    let options = envelope.configurations().filter_map(|one| Some(one.id()?.value().into_owned()));
    let options: Vec<String> = options.collect();
    let disks = envelope.disks().filter_map(|one| Some(one.id()?.value().into_owned()));
    let disks: Vec<String> = disks.collect();
    let ids: Vec<String> = envelope.ost_nodes().map(|node| node.id().into_owned()).collect();
    for _ in 0..script.below(12) {
        match script.below(16) {
            0 => choices.name = Some(script.word(&ids)),
            1 => choices.annotation = Some(script.word(&[])),
            2 => choices.deployment_option = Some(script.word(&options)),
            3..=6 => drop(choices.properties.insert(script.word(&keys), script.word(&keys))),
            7 => drop(choices.networks.insert(script.word(&networks), script.word(&[]))),
            8 => choices.ip_allocation_policy = script.pick(IpAllocationPolicy::ALL).copied(),
            9 => choices.ip_protocol = script.pick(IpProtocol::ALL).copied(),
            10 => choices.eulas = EulaAcceptance::All,
            11 => choices.disk_provisioning = script.pick(DiskProvisioning::ALL).copied(),
            12 => drop(choices.datastores.insert(script.word(&disks), script.word(&[]))),
            13 => {
                let count = u32::try_from(script.below(5)).unwrap_or_default();
                choices.scale_out.insert(script.word(&ids), count);
            }
            14 => {
                let keys = vec![script.word(&[])];
                choices.extra_config = match script.flag() {
                    true => ExtraConfigFilter::Only(keys),
                    false => ExtraConfigFilter::Except(keys),
                };
            }
            _ => choices.locale = Some(script.word(&[])),
        }
    }
    choices
}
