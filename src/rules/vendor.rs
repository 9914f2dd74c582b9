//! Sections of VMware, VirtualBox and vCloud.

use super::Rule;

pub(super) const RULES: &[Rule] = &[];
