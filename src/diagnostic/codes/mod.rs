//! The code table, a file for each block of numbers.
//!
//! A row is the manual as a doc comment, then
//! `CONSTANT = number, "name", Level, "clause", Category, Fault;`. The manual has a sentence that
//! states the fault, a paragraph on why it matters, an example between code fences that stands word
//! for word in the code's bad fixture, and a paragraph on the cure.

mod certificate;
mod container;
mod conversion;
mod decoding;
mod deployment;
mod disks;
mod envelope;
mod environment;
mod hardware;
mod networks;
mod package;
mod products;
mod references;
mod startup;
mod structure;
mod texts;
mod vcloud;
mod vendor;
mod version2;
mod vsphere;
mod xml;

use super::code::Entry;

/// All blocks, in order of number.
pub(super) const TABLES: &[&[Entry]] = &[
    decoding::TABLE,
    xml::TABLE,
    envelope::TABLE,
    version2::TABLE,
    structure::TABLE,
    references::TABLE,
    disks::TABLE,
    networks::TABLE,
    hardware::TABLE,
    products::TABLE,
    deployment::TABLE,
    startup::TABLE,
    texts::TABLE,
    environment::TABLE,
    package::TABLE,
    certificate::TABLE,
    container::TABLE,
    vendor::TABLE,
    vsphere::TABLE,
    vcloud::TABLE,
    conversion::TABLE,
];

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $constant:ident = $number:literal, $name:literal, $level:ident, $clause:literal, $category:ident, $fault:ident;)*) => {
        #[allow(unused_imports, reason = "a table may be empty")]
        use $crate::diagnostic::code::{Category, Code, Entry, Fault, Level};

        impl Code {
            $($(#[doc = $doc])* pub const $constant: Self = Self($number);)*
        }

        pub(super) const TABLE: &[Entry] = &[$(Entry {
            code: Code::$constant,
            id: concat!("OVF", stringify!($number)),
            constant: stringify!($constant),
            name: $name,
            level: Level::$level,
            clause: $clause,
            category: Category::$category,
            fault: Fault::$fault,
            manual: concat!($($doc, "\n"),*),
        },)*];
    };
}
use codes;
