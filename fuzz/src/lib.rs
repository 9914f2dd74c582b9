//! Fuzz bodies: plain functions that panic when something does not hold, so that `cargo test` runs
//! them too. `fuzz/targets` hands them to libFuzzer.

mod archive;
mod certificate;
mod check;
mod composed;
mod convert;
mod decode;
mod deploy;
mod descriptor;
mod edit;
mod environment;
#[path = "../../tests/judge/mod.rs"]
mod judge;
mod manifest;
mod names;
mod parts;
mod script;
mod session;
mod transfer;
mod xml;

#[cfg(test)]
mod smoke;

pub use self::archive::archive;
pub use self::certificate::certificate;
pub use self::check::check;
pub use self::convert::convert;
pub use self::decode::decode;
pub use self::deploy::deploy;
pub use self::edit::edit;
pub use self::environment::environment;
pub use self::manifest::manifest;
pub use self::names::names;
pub use self::session::session;
pub use self::transfer::transfer;
pub use self::xml::xml;
