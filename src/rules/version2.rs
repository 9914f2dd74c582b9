//! DSP0243 2.1 9.11 to 9.16: sections of OVF 2.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
