//! Block 5, 5101 to 5199: deployment options (DSP0243 9.8).

use super::codes;

codes! {}
