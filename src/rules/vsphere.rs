//! What vSphere refuses.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
