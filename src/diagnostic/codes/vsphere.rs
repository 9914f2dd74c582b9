//! Block 8: what vSphere refuses.

use super::codes;

codes! {}
