//! Block 5, 5301 to 5399: annotations, licences, message bundles, languages (DSP0243 9.4, 9.6, 10).

use super::codes;

codes! {}
