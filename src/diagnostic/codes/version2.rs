//! Block 2, 2101 to 2199: sections of OVF 2 (DSP0243 2.1 9.11 to 9.16).

use super::codes;

codes! {}
