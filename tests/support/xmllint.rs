//! libxml2's `xmllint` as a judge with the schemas of the DMTF.
#![allow(clippy::print_stdout, reason = "it says why it was skipped")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the schema says of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    /// Lines, counted from 1, and messages.
    pub(crate) errors: Vec<(u32, String)>,
}

/// A judge for the schema of descriptors of a version, `None` with a word on the standard output when
/// `OVF_SCHEMAS` is not set or `xmllint` not installed.
pub(crate) fn schema(version: &str) -> Option<PathBuf> {
    named(version, "dsp8023")
}

/// The same for the schema of environment documents.
pub(crate) fn environment_schema(version: &str) -> Option<PathBuf> {
    named(version, "dsp8027")
}

fn named(version: &str, document: &str) -> Option<PathBuf> {
    let Some(schemas) = std::env::var_os("OVF_SCHEMAS").map(PathBuf::from) else {
        println!("skipped: OVF_SCHEMAS is not set");
        return None;
    };
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: xmllint is not installed (Debian package libxml2-utils)");
        return None;
    }
    Some(schemas.join(version).join(format!("{document}_{version}.xsd")))
}

/// Judges files, as many at a time as a command line takes.
pub(crate) fn judge(schema: &Path, files: &[PathBuf]) -> BTreeMap<PathBuf, Verdict> {
    let mut verdicts = BTreeMap::new();
    for batch in files.chunks(500) {
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(schema)
            .args(batch)
            .output()
            .expect("xmllint runs");
        let said = String::from_utf8_lossy(&output.stderr);
        for file in batch {
            verdicts.insert(file.clone(), Verdict::default());
        }
        // FILE:LINE: element NAME: Schemas validity error : MESSAGE
        for line in said.lines() {
            let Some((place, message)) = line.split_once(" error : ") else { continue };
            let Some((file, number)) =
                place.split(": ").next().and_then(|place| place.rsplit_once(':'))
            else {
                continue;
            };
            if let Some(verdict) = verdicts.get_mut(Path::new(file)) {
                verdict.errors.push((number.parse().unwrap_or(0), message.to_owned()));
            }
        }
    }
    verdicts
}

impl Verdict {
    /// Without what is no fault in the eyes of the standard: sections of vendors and of other
    /// versions, which schemas of their own would add to those that may stand there (DSP0243 7.3).
    pub(crate) fn without_extensions(mut self, own: &str) -> Self {
        self.errors.retain(|(_, message)| {
            let foreign = message
                .strip_prefix("Element '{")
                .and_then(|rest| rest.split_once('}'))
                .is_some_and(|(namespace, _)| {
                    namespace != own && !namespace.starts_with("http://schemas.dmtf.org/wbem/")
                });
            !(foreign && message.contains("This element is not expected"))
        });
        self
    }
}
