//! The session machines against simple models of them: random calls, times, ranges and restarts.
//!
//! A handful of sequences by default; `OVF_SEQUENCES=100000 cargo test --features serde --test sessions`
//! runs that many for each machine. A failure prints the number of its sequence, and
//! `OVF_SEQUENCE=N` runs that one alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "a test that panics has failed"
)]

mod download;
mod import;
mod import_calls;
mod package;
mod random;
mod store;
mod transfer;
mod update;
mod update_calls;
