//! DSP0243 9.5: products and properties.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
