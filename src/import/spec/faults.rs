//! Gathering faults.

use super::devices::line;
use super::fault::{Fault, FaultKind};
use super::settings::{self, Refused};
use crate::model::{ConfigEntry, Device, Element};
use crate::value::number;

/// Faults gathered: what makes an import fail, and what is lost.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) errors: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

impl Faults {
    /// A fault of something that is required or not (DSP0243 8.2): an error, or a warning.
    pub(super) fn add(&mut self, is_required: bool, fault: Fault) {
        if is_required {
            self.errors.push(fault);
        } else {
            self.warnings.push(fault);
        }
    }

    /// A device that is left out.
    pub(super) fn device(&mut self, item: Device<'_, '_>, fault: Fault) {
        self.add(item.is_required(), fault);
    }

    /// What was made for a device; `None` when the device is left out.
    pub(super) fn or_device<T>(
        &mut self,
        item: Device<'_, '_>,
        made: Result<T, Fault>,
    ) -> Option<T> {
        made.map_err(|fault| self.device(item, fault)).ok()
    }

    /// Makes a setting of a `vmw:Config`. One that cannot be made is an error when it is required, as it
    /// is when it does not say, and else passed over.
    pub(super) fn setting(
        &mut self,
        entry: ConfigEntry<'_, '_>,
        mut apply: impl FnMut(&str, &str) -> Result<(), Refused>,
    ) {
        let Some((key, value)) = settings::entry(entry) else { return };
        let element = entry.element();
        let (attribute_name, value) = match apply(&key, &value) {
            Ok(()) => return,
            Err(Refused::Key) => ("key", key),
            Err(Refused::Value) => ("value", value),
        };
        let fault = Fault {
            line: line(element),
            kind: FaultKind::InvalidValueFormatMalformed {
                element_name: element.local().to_owned(),
                attribute_name: attribute_name.to_owned(),
                value,
            },
        };
        self.add(is_required(element), fault);
    }
}

/// Whether an element says, or does not deny, that a reader has to understand it (DSP0243 7.3, 8.2).
pub(super) fn is_required(element: Element<'_, '_>) -> bool {
    element
        .attribute("required")
        .and_then(|required| number::boolean(&required.value()).ok())
        .unwrap_or(true)
}
