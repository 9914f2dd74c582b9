//! Block 3, 3001 to 3099: references (DSP0243 7.1).

use super::codes;

codes! {}
