//! Edits change what they must and nothing else, and doing them twice is doing them once.
#![allow(clippy::print_stdout, reason = "the figures of the corpus are the point")]

#[path = "../support/mod.rs"]
mod support;

mod entities;
mod every;
mod files;
mod generated;
mod networks;
mod properties;
mod sections;
mod tree;

use ovf::edit::{Edit, EditError, Edited};
use ovf::{Code, Envelope, Source, Valid, Validator};

/// What judges here: machines need no hardware, which would be most of every text, and VMware's types are
/// no faults.
fn validator() -> Validator {
    Validator::new()
        .level(Code::MISSING_VIRTUAL_HARDWARE, None)
        .level(Code::UNKNOWN_PROPERTY_TYPE, None)
}

/// Runs something on a descriptor without errors.
fn with_valid<T>(text: &str, run: impl FnOnce(&Valid<Envelope<'_>>) -> T) -> T {
    let source = Source::from_text(text).unwrap();
    match validator().check(&source).into_valid() {
        Ok(valid) => run(&valid),
        Err(report) => panic!("{:?}\n{text}", report.diagnostics()),
    }
}

/// The text after an edit, which leaves the descriptor valid and has nothing to do the second time.
fn edited(
    text: &str,
    edit: impl Fn(&Valid<Envelope<'_>>) -> Result<Edit, EditError>,
) -> Result<String, EditError> {
    let once: Edited = with_valid(text, |valid| edit(valid)?.apply(valid, &validator()))?;
    assert!(once.is_valid(), "{:?}\n{}", once.diagnostics(), once.text());
    with_valid(once.text(), |valid| {
        let again = edit(valid).unwrap();
        assert!(again.is_empty(), "{:?}\n{}", again.steps(), once.text());
    });
    Ok(once.text().to_owned())
}

/// A text with every occurrence of something replaced, which there must be `count` times.
fn replaced(text: &str, old: &str, new: &str, count: usize) -> String {
    assert_eq!(text.matches(old).count(), count, "{old}");
    text.replace(old, new)
}

/// A descriptor with something in its envelope behind `References`.
fn envelope(content: &str) -> String {
    format!(
        r#"<?xml version="1.0"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
          xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References/>
{content}
</Envelope>
"#
    )
}
