#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used
)]
#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unwrap_used,
        reason = "a test that panics has failed"
    )
)]

pub mod diagnostic;
pub mod digest;
pub mod edit;
pub mod import;
pub mod limits;
pub mod manifest;
pub mod model;
pub mod namespace;
pub mod package;
pub mod policy;
pub mod report;
mod rules;
pub mod source;
pub mod span;
pub mod value;
#[cfg(feature = "serde")]
pub mod wire;
pub mod xml;

pub use crate::diagnostic::{Code, Diagnostic, Severity};
pub use crate::limits::Limits;
pub use crate::model::Envelope;
pub use crate::namespace::Version;
pub use crate::policy::{Policy, Strictness, Target};
pub use crate::report::{Report, Valid, Validator};
pub use crate::source::{DecodeError, Source};
pub use crate::span::{LineCol, Span};
