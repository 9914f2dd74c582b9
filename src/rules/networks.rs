//! DSP0243 9.2: networks.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
