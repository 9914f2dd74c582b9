//! Every ceiling: input exactly at it, one above, and with the ceiling lifted. What is above is told by a
//! finding or an error that names the limit, its value and the place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    missing_docs,
    reason = "a test that panics has failed, and one prints a table"
)]

#[path = "../container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;
mod constants;
mod corpus;
mod descriptor;
mod manifest;
mod package;

use ovf::{Code, Diagnostic, Limits, LineCol, Source};

/// Sets one limit.
pub(crate) type Set = fn(&mut Limits, usize);

pub(crate) fn with(set: Set, value: usize) -> Limits {
    let mut limits = Limits::default();
    set(&mut limits, value);
    limits
}

/// Message and place of the only finding that a limit was hit; none when there is no such finding.
pub(crate) fn told(text: &str, diagnostics: &[Diagnostic]) -> Option<(String, LineCol)> {
    let mut all = diagnostics.iter().filter(|found| found.code == Code::LIMIT_REACHED);
    let found = all.next()?;
    assert!(all.next().is_none(), "one finding says it: {diagnostics:#?}");
    assert!(found.help.is_some(), "it says what to do");
    let unlimited = Limits::unlimited();
    let source = Source::decode_with(text.as_bytes(), &unlimited).unwrap();
    Some((found.message.clone(), source.line_col(found.span.start)))
}

/// Asserts that a message names a limit and its value.
pub(crate) fn names(message: &str, limit: &str, value: usize) {
    assert!(message.contains(&format!("`{limit}`")), "{limit} is not named: {message}");
    names_value(message, value);
}

/// Asserts that a message names a number, and is a line.
pub(crate) fn names_value(message: &str, value: usize) {
    let number = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).parse() == Ok(value);
    assert!(message.split(' ').any(number), "{value} is not named: {message}");
    assert!(!message.contains('\n') && !message.ends_with('.'), "{message}");
}

/// Every field of `Limits` has a row in one of the tables.
#[test]
fn no_limit_is_forgotten() {
    let shown = format!("{:?}", Limits::default());
    let inside = shown.split_once('{').unwrap().1;
    let fields: Vec<&str> =
        inside.split(',').map(|field| field.split(':').next().unwrap().trim()).collect();
    assert!(fields.len() >= 18, "{fields:?}");
    let mut rows: Vec<&str> = descriptor::ROWS.iter().map(|row| row.limit).collect();
    rows.extend(manifest::LIMITS);
    rows.extend(package::LIMITS);
    for field in fields {
        assert!(rows.contains(&field), "the limit `{field}` has no test here");
    }
}
