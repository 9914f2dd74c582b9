//! Does one thing to one generated descriptor, to have its instructions counted.
//!
//! `instructions parse|validate BYTES`, under callgrind with `--toggle-collect='*measured*'`; see
//! `tests/instructions.sh`.
#![allow(clippy::print_stdout, reason = "it says what it did")]

#[path = "../benches/support/mod.rs"]
mod support;

use std::hint::black_box;

use ovf::{Limits, Source, Validator, xml};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, task, bytes] = arguments.as_slice() else {
        panic!("usage: instructions parse|validate BYTES");
    };
    let text = support::descriptor(bytes.parse().expect("a number of bytes"));
    let found = match task.as_str() {
        "parse" => measured_parse(&text),
        "validate" => measured_validate(&text),
        other => panic!("{other} is neither parse nor validate"),
    };
    assert_eq!(found, 0, "the descriptor is valid");
    println!("{}", text.len());
}

#[inline(never)]
fn measured_parse(text: &str) -> usize {
    black_box(xml::parse(black_box(text), &Limits::unlimited())).diagnostics.len()
}

#[inline(never)]
fn measured_validate(text: &str) -> usize {
    let limits = Limits::unlimited();
    let source = Source::decode_with(black_box(text).as_bytes(), &limits).expect("it is text");
    black_box(Validator::new().limits(limits).check(&source)).diagnostics().len()
}
