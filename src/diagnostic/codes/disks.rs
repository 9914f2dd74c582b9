//! Block 3, 3101 to 3199: disks (DSP0243 9.1; 2.1 9.13).

use super::codes;

codes! {}
