//! OVF environments.

use ovf::import::Choices;
use ovf::import::environment::{Environment, Platform, Problem};
use ovf::{Envelope, Severity, Source, Valid};

use crate::descriptor::{descriptor, source, validator};
use crate::script::Script;
use crate::xml::diagnostics;

/// Checks the input as an environment, for each machine of one of our descriptors; or makes the
/// environments of the machines of a descriptor, of which our own check must find no error.
pub fn environment(data: &[u8]) {
    if data.first() == Some(&b'<') && !data.windows(9).any(|window| window == b"Envelope ") {
        let Ok(source) = Source::decode(data) else { return };
        let report = validator(false).check_environment(&source, None);
        return diagnostics(source.text(), report.diagnostics());
    }
    let (text, mut script) = descriptor(data);
    let Some(read) = source(&text) else { return };
    let Ok(valid) = validator(false).check(&read).into_valid() else { return };
    make(&valid, &mut script);
}

fn make(valid: &Valid<Envelope<'_>>, script: &mut Script<'_>) {
    let mut choices = Choices::new();
    let keys: Vec<String> = valid
        .properties()
        .filter_map(|(_, property)| property.full_key().map(|key| key.into_owned()))
        .collect();
    for _ in 0..script.below(4) {
        choices.properties.insert(script.word(&keys), script.word(&keys));
    }
    let mut platform = Platform::default();
    if script.flag() {
        platform.kind = Some(script.word(&[]));
        platform.locale = Some("de-DE".to_owned());
        platform.timezone = Some(-150);
    }
    for node in valid.ost_nodes().take(8) {
        let Some(made) = Environment::of(valid, &choices, node, &platform) else { continue };
        let document = made.to_xml();
        let read = Source::from_text(&*document).expect("it is text");
        let report = validator(false).check_environment(&read, Some(node));
        let error = report.diagnostics().iter().find(|found| found.severity == Severity::Error);
        assert_eq!(error, None, "{document}");
        // What was written is read back.
        let is_whole = made
            .issues
            .iter()
            .all(|issue| !matches!(issue.problem, Problem::Unwritable | Problem::TooLarge));
        let values = report.tree().elements().filter(|node| node.local() == "Property");
        let values = values.filter_map(|node| node.attributes().find(|a| a.local() == "value"));
        let settings = made.settings.iter();
        let settings = settings.chain(made.entities.iter().flat_map(|entity| &entity.settings));
        if is_whole {
            let read: Vec<_> = values.map(|value| value.value().into_owned()).collect();
            let written: Vec<_> = settings.map(|setting| setting.value.clone()).collect();
            assert_eq!(read, written);
        }
        let pairs = || choices.properties.iter().flat_map(|(key, value)| [key, value]);
        let chosen = || pairs().chain(&platform.kind);
        let is_chosen = |value: &String| chosen().any(|chosen| chosen.contains(value));
        for setting in made.settings.iter().filter(|setting| setting.is_secret) {
            // What is chosen may stand anywhere: it is often the name of something.
            let is_telling = setting.value.len() > 8
                && !is_chosen(&setting.value)
                && valid.source().text().matches(&setting.value).count() == 1;
            let shown = if is_telling { format!("{made:?}") } else { String::new() };
            assert!(!is_telling || !shown.contains(&setting.value), "{} in {shown}", setting.key);
        }
    }
}
