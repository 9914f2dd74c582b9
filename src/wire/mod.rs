//! JSON shapes: our own, SARIF, and those of the vSphere APIs. Only shapes, no logic.
//!
//! Everything here is made to be serialised with `serde`; the crate brings no JSON writer of its own.

pub mod catalogue;
pub mod inspection;
pub mod package;
pub mod preview;
pub mod report;
pub mod sarif;
pub mod sessions;
pub mod tree;
#[cfg(feature = "cert")]
pub mod updatesession;
pub mod vapi;
pub mod vim;
pub mod vsphere;
