//! Fuzz bodies: plain functions that panic when something does not hold, so that `cargo test` runs
//! them too. `fuzz/targets` hands them to libFuzzer.

mod check;
mod decode;
mod xml;

#[cfg(test)]
mod smoke;

pub use self::check::check;
pub use self::decode::decode;
pub use self::xml::xml;
