//! Tests of the command line from outside, in one program so that it is linked once.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod convert;
mod formats;
mod names;
mod pictures;
mod program;
mod readme;
mod validate;
mod verify;
