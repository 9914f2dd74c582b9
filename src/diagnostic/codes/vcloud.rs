//! Block 9: what vCloud refuses.

use super::codes;

codes! {}
