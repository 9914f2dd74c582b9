//! DSP0243 9.1 and 5.2; 2.1 9.13: disks.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
