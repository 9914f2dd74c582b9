//! Every variant of every public error is made by a call that fails in that way, and says so in a line.
//!
//! The variants are read from the source, so that a new one is missing here until a call makes it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a test that panics has failed, and one prints the messages"
)]

mod edits;
mod inputs;
mod sessions;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};
use std::path::Path;

/// Errors by type: the variants made, and their messages.
#[derive(Default)]
pub(crate) struct Made(BTreeMap<&'static str, BTreeMap<String, String>>);

impl Made {
    /// Notes an error of a type.
    pub(crate) fn note<E: Debug + Display>(&mut self, of: &'static str, error: &E) {
        let debug = format!("{error:?}");
        let variant: String =
            debug.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let message = error.to_string();
        assert!(!message.is_empty() && !message.contains('\n'), "{of}::{debug}: {message:?}");
        assert!(!message.ends_with('.') && message.trim() == message, "{of}::{debug}: {message:?}");
        assert!(
            !message.starts_with(|c: char| c.is_uppercase()) || message.starts_with("U+"),
            "{of}::{debug}: {message:?}"
        );
        self.0.entry(of).or_default().insert(variant, message);
    }

    /// Notes the errors of calls that must all fail.
    pub(crate) fn all<T: Debug, E: Debug + Display>(
        &mut self,
        of: &'static str,
        calls: impl IntoIterator<Item = Result<T, E>>,
    ) {
        for (at, call) in calls.into_iter().enumerate() {
            match call {
                Ok(made) => panic!("{of}: call {at} does not fail, but gives {made:?}"),
                Err(error) => self.note(of, &error),
            }
        }
    }
}

/// Those that no call can make, with the reason.
const NOT_MADE: &[(&str, &str, &str)] =
    &[("EditError", "Text", "an edited text of 4 GiB, which no test has room for")];

#[test]
fn every_variant_of_every_error_is_made() {
    let mut made = Made::default();
    values::make(&mut made);
    inputs::make(&mut made);
    edits::make(&mut made);
    sessions::make(&mut made);

    let mut errors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut errors);
    assert!(errors.len() > 25, "{errors:?}");
    let mut faults = Vec::new();
    for (name, variants) in &errors {
        let Some(there) = made.0.get(name.as_str()) else {
            faults.push(format!("{name} has no test here"));
            continue;
        };
        for (variant, message) in there {
            println!("{:40} {message}", format!("{name}::{variant}"));
        }
        for variant in variants {
            let is_excused = NOT_MADE.iter().any(|(of, what, _)| of == name && what == variant);
            if there.contains_key(variant) == is_excused {
                faults.push(format!("{name}::{variant}: no call makes it, or it needs no excuse"));
            }
        }
    }
    for name in made.0.keys().filter(|name| !errors.contains_key(**name)) {
        faults.push(format!("{name} is no public error"));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Reads the public types that are errors from the source, with their variants; a struct is its own variant.
fn read(folder: &Path, errors: &mut BTreeMap<String, BTreeSet<String>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, errors);
        } else {
            read_file(&std::fs::read_to_string(path).unwrap(), errors);
        }
    }
}

fn read_file(text: &str, errors: &mut BTreeMap<String, BTreeSet<String>>) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) =
            line.strip_prefix("pub enum ").or_else(|| line.strip_prefix("pub struct "))
        else {
            continue;
        };
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let attributes = lines.get(..at).unwrap().iter().rev();
        let derived = attributes
            .take_while(|line| line.starts_with('#') || line.starts_with("//"))
            .any(|line| line.contains("thiserror::Error"));
        let by_hand = [" ", "<"].map(|end| format!("impl std::error::Error for {name}{end}"));
        if !derived && !by_hand.iter().any(|by_hand| text.contains(by_hand)) {
            continue;
        }
        let is_enum = line.starts_with("pub enum");
        let body = lines.get(at + 1..).unwrap().iter().take_while(|line| **line != "}");
        let variants: BTreeSet<String> = body
            .filter_map(|line| line.strip_prefix("    "))
            .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
            .map(|line| line.chars().take_while(char::is_ascii_alphanumeric).collect())
            .collect();
        errors.insert(name.clone(), if is_enum { variants } else { BTreeSet::from([name]) });
    }
}
