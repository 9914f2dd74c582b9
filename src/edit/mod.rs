//! Changes to a descriptor that touch only the bytes they must.
//!
//! An edit is computed on a descriptor that was read, as a list of [`Changes`]: spans of the text with
//! what stands there afterwards. Comments, prefixes, order, white space and what nobody understood stay
//! as they are, because nobody writes them anew.
//!
//! Every function here gives an [`Edit`]; [`Edit::apply`] makes the new text and checks it again. An
//! edit that asks for what is there already is empty, so doing it twice is doing it once.
//!
//! ```
//! use ovf::{Source, Validator, edit};
//!
//! let bytes = br#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
//!     xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
//!   <References/>
//!   <VirtualSystem ovf:id="old">
//!     <Info>A machine</Info>
//!     <VirtualHardwareSection><Info>Nothing in it yet</Info></VirtualHardwareSection>
//!   </VirtualSystem>
//! </Envelope>"#;
//! let source = Source::decode(bytes)?;
//! let validator = Validator::new();
//! let valid = validator.check(&source).into_valid().expect("it has no error");
//! let edit = edit::rename_entity(&valid, "old", "web")?;
//! let edited = edit.apply(&valid, &validator)?;
//! assert!(edited.text().contains(r#"ovf:id="web""#));
//! assert!(edited.is_valid());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attribute;
mod changes;
pub mod convert;
mod cut;
mod document;
mod entities;
mod files;
mod fragment;
mod layout;
mod networks;
mod properties;
mod sections;
mod tree;
mod vcloud_names;

pub use self::changes::{Change, Changes, Overlap};
pub use self::document::{Edit, EditError, Edited, Named, Step};
pub use self::entities::{rename_entities, rename_entity};
pub use self::files::{FileEntry, add_file, set_file_sizes};
pub use self::fragment::{Fragment, FragmentError};
pub use self::networks::rename_networks;
pub use self::properties::{PropertyDefault, set_property_defaults};
pub use self::sections::{add_section, remove_sections, replace_section};
pub use self::tree::{NodeKey, SectionTree, TreeError, TreeNode, TreeSection};
pub use self::vcloud_names::{VCloudName, vcloud_names};
