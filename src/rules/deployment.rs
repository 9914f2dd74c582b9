//! DSP0243 9.8: deployment options.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
