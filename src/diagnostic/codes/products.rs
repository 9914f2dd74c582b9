//! Block 5, 5001 to 5099: products and properties (DSP0243 9.5).

use super::codes;

codes! {}
