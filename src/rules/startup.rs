//! DSP0243 9.7: the order of starting.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
