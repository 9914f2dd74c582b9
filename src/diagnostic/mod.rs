//! What can be found, and how it is told.

mod code;
mod codes;
mod findings;
mod kept;
mod quote;
mod suggest;

pub use self::code::{Category, Code, Fault, Level, Severity};
pub use self::findings::{Counts, Diagnostic, Label};
pub(crate) use self::findings::{Draft, Findings, Levels, one_line};
pub(crate) use self::kept::{Judged, Kept};
pub(crate) use self::quote::quoted;
pub(crate) use self::suggest::closest;
