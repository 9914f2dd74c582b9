//! Guests: the identifiers vSphere has for operating systems.

use crate::value::cim;

/// The identifier of a guest that is none of the others.
const OTHER: &str = "otherGuest";

/// A guest as vSphere knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guest {
    /// An identifier of `VirtualMachineGuestOsIdentifier`.
    pub(super) id: &'static str,
    /// Whether it is what CIM means, not just something near it.
    pub(super) is_exact: bool,
}

const fn is(number: u16, id: &'static str) -> (u16, Guest) {
    (number, Guest { id, is_exact: true })
}

const fn near(number: u16, id: &'static str) -> (u16, Guest) {
    (number, Guest { id, is_exact: false })
}

/// Identifiers by `OSType` of CIM (DSP0243 9.9), by number. Where CIM names a product and vSphere its
/// versions, the version is the last one that was current when CIM took the product in.
const GUESTS: &[(u16, Guest)] = &[
    is(1, OTHER),
    near(2, "darwinGuest"),
    is(12, "os2Guest"),
    is(14, "dosGuest"),
    is(15, "win31Guest"),
    is(16, "win95Guest"),
    is(17, "win98Guest"),
    is(18, "winNTGuest"),
    near(21, "netware6Guest"),
    is(25, "unixWare7Guest"),
    near(26, "openServer6Guest"),
    near(29, "solaris10Guest"),
    near(30, "solaris9Guest"),
    is(36, "otherLinuxGuest"),
    near(41, "freebsdGuest"),
    is(42, "freebsdGuest"),
    near(58, "win2000ProGuest"),
    is(63, "winMeGuest"),
    near(67, "winXPProGuest"),
    near(69, "winNetStandardGuest"),
    near(70, "winNetStandard64Guest"),
    near(71, "winXPPro64Guest"),
    near(72, "winXPProGuest"),
    is(73, "winVistaGuest"),
    is(74, "winVista64Guest"),
    near(75, "winXPProGuest"),
    is(76, "winLonghornGuest"),
    is(77, "winLonghorn64Guest"),
    is(78, "freebsd64Guest"),
    near(79, "rhel6Guest"),
    near(80, "rhel6_64Guest"),
    near(81, "solaris10_64Guest"),
    is(82, "suseGuest"),
    is(83, "suse64Guest"),
    near(84, "slesGuest"),
    near(85, "sles64Guest"),
    is(86, "oesGuest"),
    near(87, "nld9Guest"),
    is(88, "sjdsGuest"),
    is(89, "mandrivaGuest"),
    is(90, "mandriva64Guest"),
    is(91, "turboLinuxGuest"),
    is(92, "turboLinux64Guest"),
    is(93, "ubuntuGuest"),
    is(94, "ubuntu64Guest"),
    near(95, "debian6Guest"),
    near(96, "debian6_64Guest"),
    is(97, "other24xLinuxGuest"),
    is(98, "other24xLinux64Guest"),
    is(99, "other26xLinuxGuest"),
    is(100, "other26xLinux64Guest"),
    is(101, "otherLinux64Guest"),
    is(102, "otherGuest64"),
    is(103, "windows7Server64Guest"),
    near(104, "vmkernel5Guest"),
    near(105, "windows7_64Guest"),
    is(106, "centosGuest"),
    is(107, "centos64Guest"),
    is(108, "oracleLinuxGuest"),
    is(109, "oracleLinux64Guest"),
    is(110, "eComStationGuest"),
    near(111, "windows7Server64Guest"),
    is(112, "windows8Server64Guest"),
    near(113, "windows8_64Guest"),
    near(114, "windows8_64Guest"),
    is(115, "windows8Server64Guest"),
];

/// The guest of a number of CIM; `otherGuest` when vSphere has none that is near.
pub(super) fn of_os_type(number: u16) -> Guest {
    GUESTS
        .iter()
        .find(|(known, _)| *known == number)
        .map_or(Guest { id: OTHER, is_exact: false }, |&(_, guest)| guest)
}

/// What CIM calls a number; empty when it does not.
pub(super) fn os_name(number: u16) -> &'static str {
    cim::os_type(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_sorted_and_those_of_cim() {
        assert!(GUESTS.is_sorted_by_key(|row| row.0));
        for (number, guest) in GUESTS {
            assert!(cim::os_type(*number).is_some(), "{number}");
            assert!(guest.id.ends_with("Guest") || guest.id == "otherGuest64", "{}", guest.id);
        }
        let wide = GUESTS.iter().filter(|(number, _)| os_name(*number).contains("64-"));
        for (number, guest) in wide {
            assert!(guest.id.contains("64"), "{number}: {}", guest.id);
        }
    }

    #[test]
    fn what_is_unknown_is_other() {
        assert_eq!(of_os_type(9), Guest { id: "otherGuest", is_exact: false });
        assert_eq!(of_os_type(94), Guest { id: "ubuntu64Guest", is_exact: true });
    }
}
