//! Block 5, 5201 to 5299: startup, operating system, installation (DSP0243 9.7, 9.9, 9.10).

use super::codes;

codes! {}
