//! DSP0243 9.9 and 9.10: operating system, installation.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
