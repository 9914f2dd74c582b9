//! The signs of Disks.

use super::file::is_plain_count;
use super::{Signs, plain};
use crate::model::{AttributeName, Disk};

/// The formats that nearly all files have.
const FORMATS: [&[u8]; 3] = [
    b"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
    b"http://www.vmware.com/interfaces/specifications/vmdk.html",
    b"http://www.vmware.com/specifications/vmdk.html#sparse",
];

/// The units that nearly all capacities have.
const UNITS: [&[u8]; 4] = [b"byte * 2^30", b"byte * 2^20", b"byte * 2^10", b"byte"];

/// Digits of a capacity that is less than 64 bits of bytes in each of the [`UNITS`].
const DIGITS: usize = 9;

impl Signs {
    pub(in crate::model) fn of_disk(disk: Disk<'_, '_>) -> Self {
        let element = disk.element();
        let mut met = 0;
        for (name, attribute) in element.named_attributes() {
            let is_ovf = element.envelope().class(attribute.namespace_id()).is_ovf();
            let Some(value) = plain(attribute).filter(|_| is_ovf) else {
                return Self::ODD_DISK;
            };
            let is_plain = match name {
                AttributeName::DiskId | AttributeName::FileRef => !value.is_empty(),
                AttributeName::Capacity => value.len() <= DIGITS && is_plain_count(value),
                AttributeName::CapacityAllocationUnits => UNITS.contains(&value),
                AttributeName::Format => FORMATS.contains(&value),
                _ => false,
            };
            // A second one is of another version of OVF.
            if !is_plain || met & name.bit() != 0 {
                return Self::ODD_DISK;
            }
            met |= name.bit();
        }
        let needed = AttributeName::DiskId.bit()
            | AttributeName::Capacity.bit()
            | AttributeName::Format.bit();
        Self::ODD_DISK.when(met & needed != needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::unit::{Base, Unit};

    #[test]
    fn plain_units_are_bytes() {
        for units in UNITS {
            let unit = Unit::parse(std::str::from_utf8(units).unwrap()).unwrap();
            assert_eq!((unit.base, unit.deviation), (Base::Byte, None));
            assert!(unit.bytes(10_u64.pow(u32::try_from(DIGITS).unwrap())).is_ok());
        }
    }
}
