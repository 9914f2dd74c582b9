//! DSP0243 10: message bundles and languages.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
