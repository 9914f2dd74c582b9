//! Block 3, 3201 to 3299: networks (DSP0243 9.2).

use super::codes;

codes! {}
