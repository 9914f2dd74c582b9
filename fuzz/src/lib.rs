//! Fuzz bodies: plain functions that panic when something does not hold, so that `cargo test` runs
//! them too. `fuzz/targets` hands them to libFuzzer.

mod archive;
mod certificate;
mod check;
mod decode;
mod manifest;
mod xml;

#[cfg(test)]
mod smoke;

pub use self::archive::archive;
pub use self::certificate::certificate;
pub use self::check::check;
pub use self::decode::decode;
pub use self::manifest::manifest;
pub use self::xml::xml;
