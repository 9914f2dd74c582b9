//! Parameters of a deployment: what can be chosen, what is wrong with choices.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod choices;
mod properties;
#[cfg(feature = "serde")]
mod wire;
mod wizard;

use std::sync::LazyLock;

use ovf::import::Choices;
use ovf::import::parameters::{
    Issue, IssueKind, Parameters, PropertyParameter, check_choices, try_instantiate,
};
use ovf::report::Valid;
use ovf::{Code, Envelope, Severity, Source, Validator};

static WIZARD: LazyLock<String> =
    LazyLock::new(|| std::fs::read_to_string("testdata/deploy/wizard.ovf").unwrap());

/// Looks at a descriptor that has no error.
fn with_valid<T>(text: &str, look: impl FnOnce(&Valid<Envelope<'_>>) -> T) -> T {
    let source = Source::decode(text.as_bytes()).unwrap();
    // Types of vSphere's own, as `ip`, are none of OVF; they are met all the same.
    let code = Code::UNKNOWN_PROPERTY_TYPE;
    let report = Validator::new().level(code, Some(Severity::Warning)).check(&source);
    let errors: Vec<_> = report
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| &found.message)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    look(&report.into_valid().unwrap())
}

/// The step of a wizard.
fn tried(text: &str, choices: &Choices) -> Parameters {
    with_valid(text, |valid| try_instantiate(valid, choices))
}

/// The last step.
fn checked(text: &str, choices: &Choices) -> Parameters {
    with_valid(text, |valid| check_choices(valid, choices))
}

/// The last step with a descriptor whose errors are none to whoever deploys it.
fn lowered(text: &str, choices: &Choices) -> Parameters {
    let source = Source::decode(text.as_bytes()).unwrap();
    let lower = |validator: Validator, code| validator.level(code, Some(Severity::Warning));
    let report = Code::all().fold(Validator::new(), lower).check(&source);
    check_choices(&report.into_valid().unwrap(), choices)
}

fn kinds(issues: &[Issue]) -> Vec<(IssueKind, &str)> {
    issues.iter().map(|issue| (issue.kind, issue.name.as_str())).collect()
}

fn property<'p>(parameters: &'p Parameters, full_key: &str) -> &'p PropertyParameter {
    parameters.properties.iter().find(|property| property.full_key == full_key).unwrap()
}

/// A machine with these properties, and with what else stands at the level of the envelope.
fn machine(envelope: &str, properties: &str) -> String {
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References/>
  <NetworkSection><Info>Networks</Info><Network ovf:name="LAN"><Description>The one</Description></Network></NetworkSection>
  {envelope}
  <VirtualSystem ovf:id="m"><Info>A machine</Info>
    <ProductSection><Info>A product</Info>{properties}</ProductSection>
    <VirtualHardwareSection><Info>Hardware</Info></VirtualHardwareSection>
  </VirtualSystem>
</Envelope>"#
    )
}

fn choosing<'c>(chosen: impl IntoIterator<Item = (&'c str, &'c str)>) -> Choices {
    let mut choices = Choices::new();
    for (key, value) in chosen {
        choices.properties.insert(key.to_owned(), value.to_owned());
    }
    choices
}
