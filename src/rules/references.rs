//! DSP0243 7.1: files.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
