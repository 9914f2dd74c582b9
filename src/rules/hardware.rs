//! DSP0243 8 and 9.3: virtual hardware.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
