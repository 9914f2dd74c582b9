//! Changes to a descriptor that touch only the bytes they must.
//!
//! An edit is computed on a descriptor that was read, as a list of [`Changes`]: spans of the text with
//! what stands there afterwards. Comments, prefixes, order, white space and what nobody understood stay
//! as they are, because nobody writes them anew.

mod changes;
pub mod convert;
mod cut;

pub use self::changes::{Change, Changes, Overlap};
