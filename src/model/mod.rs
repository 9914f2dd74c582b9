//! The descriptor as OVF sees it: the section tree, and views of what is in it.
//!
//! Everything here is a handle into the XML tree, so that nothing is lost that was not understood,
//! and every value keeps its place. Reading never fails: what is missing is `None`, what is wrong is
//! for the rules to say.

mod deployment;
mod disk;
mod element;
mod envelope;
mod hardware;
mod index;
mod network;
mod ost;
mod parts;
mod references;
mod secrets;
mod section;
mod version;
mod view;

pub use self::deployment::Configuration;
pub use self::disk::Disk;
pub use self::element::Element;
pub use self::envelope::{Dialect, Envelope};
pub use self::hardware::{
    Backing, Bound, Device, EffectiveHardware, Hardware, Item, ItemKind, Setting, System, ValueType,
};
pub(crate) use self::hardware::{ParentId, Variants};
pub use self::network::Network;
pub use self::ost::{OstNode, OstNodeType};
pub use self::parts::{Part, PartKind};
pub use self::references::File;
pub(crate) use self::secrets::secrets;
pub use self::section::{OstSection, SectionKind};
