//! What deploying a package needs, as pure functions: nothing is read, sent, or asked for the time.
//!
//! A caller makes [`Choices`], and asks what follows from them. Every call is given all choices and
//! remembers none, so the same input gives the same output.

mod choices;
mod deployment;
pub mod environment;
mod expansion;
mod files;
pub mod inspect;
pub mod parameters;
mod preview;
mod property_type;
mod ranges;
pub mod session;
pub mod spec;
mod texts;
pub mod vcloud;

pub use self::choices::{
    Choices, DiskProvisioning, EulaAcceptance, ExtraConfigFilter, IpAllocationPolicy, IpProtocol,
};
pub use self::deployment::Deployment;
pub use self::expansion::{Expanded, Expansion};
pub use self::files::{
    Chunks, FileType, FileUser, Files, ImportDisk, ImportFile, Sizes, companions,
};
pub use self::inspect::Inspection;
pub use self::preview::{InvalidArgument, Preview, PreviewFile, decode_descriptor};
pub use self::property_type::{network_expression, property_type};
pub use self::texts::{Bundle, Texts};
