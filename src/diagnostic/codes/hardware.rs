//! Block 4: virtual hardware (DSP0243 8 and 9.3).

use super::codes;

codes! {}
