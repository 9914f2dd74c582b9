//! DSP0243 9.4 and 9.6: annotations and licences.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
