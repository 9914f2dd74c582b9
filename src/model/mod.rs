//! The descriptor as OVF sees it: the section tree, and views of what is in it.
//!
//! Everything here is a handle into the XML tree, so that nothing is lost that was not understood,
//! and every value keeps its place. Reading never fails: what is missing is `None`, what is wrong is
//! for the rules to say.

mod census;
mod conformance;
mod deployment;
mod disk;
mod element;
mod envelope;
mod environment;
mod grammar;
mod guest;
mod hardware;
mod index;
mod lists;
mod names;
mod network;
mod ost;
mod parts;
mod product;
mod references;
mod scale_out;
mod scope;
mod secrets;
mod section;
mod signs;
mod startup;
mod strings;
mod uses;
mod version;
mod view;
mod vmw;

pub use self::conformance::ConformanceLevel;
pub use self::deployment::Configuration;
pub use self::disk::Disk;
pub use self::element::Element;
pub(crate) use self::envelope::NotableAttribute;
pub use self::envelope::{Dialect, Envelope};
pub(crate) use self::grammar::{Departure, Kind, Walk};
pub use self::guest::{Install, OperatingSystem};
pub use self::hardware::{
    Backing, Bound, Device, EffectiveHardware, Hardware, Item, ItemKind, Setting, System, ValueType,
};
pub(crate) use self::hardware::{OPTIONS, ParentId, Variants};
pub(crate) use self::names::{AttributeName, ElementName};
pub use self::network::Network;
pub use self::ost::{OstNode, OstNodeType};
pub use self::parts::{Part, PartKind};
pub use self::product::{Category, Icon, Product, Property, PropertyValue};
pub use self::references::File;
pub use self::scale_out::{EnvironmentFile, InstanceCount, Placement, PlacementGroup, ScaleOut};
pub(crate) use self::scope::Scope;
pub(crate) use self::secrets::secrets;
pub use self::section::{OstSection, SectionKind};
pub(crate) use self::signs::Signs;
pub use self::startup::StartupItem;
pub use self::strings::{Message, MessageBundle};
pub(crate) use self::uses::Uses;
pub use self::vmw::{
    BootOrder, ConfigEntry, CpuLevel, IpAssignment, Requisite, ServiceDependency, StorageGroup,
    StorageReference, TagPlacement, TagPlacementGroup,
};
