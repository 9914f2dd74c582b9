//! Block 7: vendor sections.

use super::codes;

codes! {}
