//! Numbers that CIM gives a meaning: resource types and operating systems.

/// What a `rasd:ResourceType` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceType {
    /// Defined by CIM; the name is CIM's.
    Known(&'static str),
    /// 0 and the numbers CIM keeps for later, 34 to 32767.
    Reserved,
    /// 32768 and up, free for vendors.
    Vendor,
}

/// What a resource type stands for.
///
/// Source: CIM_ResourceAllocationSettingData.ResourceType.
///
/// ```
/// use ovf::value::cim::{ResourceType, resource_type};
///
/// assert_eq!(resource_type(17), ResourceType::Known("Disk Drive"));
/// ```
#[must_use]
pub fn resource_type(number: u16) -> ResourceType {
    match RESOURCE_TYPES.iter().find(|(known, _)| *known == number) {
        Some((_, name)) => ResourceType::Known(name),
        None if number >= 0x8000 => ResourceType::Vendor,
        None => ResourceType::Reserved,
    }
}

/// Whether drives may hang on a device of a type.
pub(crate) const fn is_controller(number: u16) -> bool {
    matches!(number, 1 | 2 | 5..=9 | 12 | 13 | 19 | 20 | 23 | 25)
}

/// The resource type with this name, without regard to ASCII letter case and blanks.
#[must_use]
pub fn resource_type_named(name: &str) -> Option<u16> {
    RESOURCE_TYPES.iter().find(|(_, known)| same_name(known, name)).map(|(number, _)| *number)
}

/// The name of an operating system, by `ovf:id` of OperatingSystemSection (DSP0243 9.9).
///
/// Source: CIM_OperatingSystem.OSType. `None` for numbers that CIM had not given out when OVF 1.1 was
/// current.
#[must_use]
pub fn os_type(id: u16) -> Option<&'static str> {
    OS_TYPES.iter().find(|(known, _)| *known == id).map(|(_, name)| *name)
}

/// The operating system with this name, without regard to ASCII letter case and anything but letters
/// and digits: `ubuntu-64bit` is `Ubuntu 64-Bit`.
#[must_use]
pub fn os_type_named(name: &str) -> Option<u16> {
    OS_TYPES.iter().find(|(_, known)| same_name(known, name)).map(|(id, _)| *id)
}

/// Whether two names have the same ASCII letters and digits, and whatever else is not ASCII.
fn same_name(known: &str, name: &str) -> bool {
    fn essence(name: &str) -> impl Iterator<Item = char> {
        name.chars()
            .filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii())
            .map(|c| c.to_ascii_lowercase())
    }
    essence(known).eq(essence(name))
}

/// The resource types CIM defines, by number.
pub const RESOURCE_TYPES: &[(u16, &str)] = &[
    (1, "Other"),
    (2, "Computer System"),
    (3, "Processor"),
    (4, "Memory"),
    (5, "IDE Controller"),
    (6, "Parallel SCSI HBA"),
    (7, "FC HBA"),
    (8, "iSCSI HBA"),
    (9, "IB HCA"),
    (10, "Ethernet Adapter"),
    (11, "Other Network Adapter"),
    (12, "I/O Slot"),
    (13, "I/O Device"),
    (14, "Floppy Drive"),
    (15, "CD Drive"),
    (16, "DVD drive"),
    (17, "Disk Drive"),
    (18, "Tape Drive"),
    (19, "Storage Extent"),
    (20, "Other storage device"),
    (21, "Serial port"),
    (22, "Parallel port"),
    (23, "USB Controller"),
    (24, "Graphics controller"),
    (25, "IEEE 1394 Controller"),
    (26, "Partitionable Unit"),
    (27, "Base Partitionable Unit"),
    (28, "Power"),
    (29, "Cooling Capacity"),
    (30, "Ethernet Switch Port"),
    (31, "Logical Disk"),
    (32, "Storage Volume"),
    (33, "Ethernet Connection"),
];

/// The operating systems CIM defines, by `ovf:id`.
pub const OS_TYPES: &[(u16, &str)] = &[
    (0, "Unknown"),
    (1, "Other"),
    (2, "MACOS"),
    (3, "ATTUNIX"),
    (4, "DGUX"),
    (5, "DECNT"),
    (6, "Tru64 UNIX"),
    (7, "OpenVMS"),
    (8, "HPUX"),
    (9, "AIX"),
    (10, "MVS"),
    (11, "OS400"),
    (12, "OS/2"),
    (13, "JavaVM"),
    (14, "MSDOS"),
    (15, "WIN3x"),
    (16, "WIN95"),
    (17, "WIN98"),
    (18, "WINNT"),
    (19, "WINCE"),
    (20, "NCR3000"),
    (21, "NetWare"),
    (22, "OSF"),
    (23, "DC/OS"),
    (24, "Reliant UNIX"),
    (25, "SCO UnixWare"),
    (26, "SCO OpenServer"),
    (27, "Sequent"),
    (28, "IRIX"),
    (29, "Solaris"),
    (30, "SunOS"),
    (31, "U6000"),
    (32, "ASERIES"),
    (33, "HP NonStop OS"),
    (34, "HP NonStop OSS"),
    (35, "BS2000"),
    (36, "LINUX"),
    (37, "Lynx"),
    (38, "XENIX"),
    (39, "VM"),
    (40, "Interactive UNIX"),
    (41, "BSDUNIX"),
    (42, "FreeBSD"),
    (43, "NetBSD"),
    (44, "GNU Hurd"),
    (45, "OS9"),
    (46, "MACH Kernel"),
    (47, "Inferno"),
    (48, "QNX"),
    (49, "EPOC"),
    (50, "IxWorks"),
    (51, "VxWorks"),
    (52, "MiNT"),
    (53, "BeOS"),
    (54, "HP MPE"),
    (55, "NextStep"),
    (56, "PalmPilot"),
    (57, "Rhapsody"),
    (58, "Windows 2000"),
    (59, "Dedicated"),
    (60, "OS/390"),
    (61, "VSE"),
    (62, "TPF"),
    (63, "Windows (R) Me"),
    (64, "Caldera Open UNIX"),
    (65, "OpenBSD"),
    (66, "Not Applicable"),
    (67, "Windows XP"),
    (68, "z/OS"),
    (69, "Microsoft Windows Server 2003"),
    (70, "Microsoft Windows Server 2003 64-Bit"),
    (71, "Windows XP 64-Bit"),
    (72, "Windows XP Embedded"),
    (73, "Windows Vista"),
    (74, "Windows Vista 64-Bit"),
    (75, "Windows Embedded for Point of Service"),
    (76, "Microsoft Windows Server 2008"),
    (77, "Microsoft Windows Server 2008 64-Bit"),
    (78, "FreeBSD 64-Bit"),
    (79, "RedHat Enterprise Linux"),
    (80, "RedHat Enterprise Linux 64-Bit"),
    (81, "Solaris 64-Bit"),
    (82, "SUSE"),
    (83, "SUSE 64-Bit"),
    (84, "SLES"),
    (85, "SLES 64-Bit"),
    (86, "Novell OES"),
    (87, "Novell Linux Desktop"),
    (88, "Sun Java Desktop System"),
    (89, "Mandriva"),
    (90, "Mandriva 64-Bit"),
    (91, "TurboLinux"),
    (92, "TurboLinux 64-Bit"),
    (93, "Ubuntu"),
    (94, "Ubuntu 64-Bit"),
    (95, "Debian"),
    (96, "Debian 64-Bit"),
    (97, "Linux 2.4.x"),
    (98, "Linux 2.4.x 64-Bit"),
    (99, "Linux 2.6.x"),
    (100, "Linux 2.6.x 64-Bit"),
    (101, "Linux 64-Bit"),
    (102, "Other 64-Bit"),
    (103, "Microsoft Windows Server 2008 R2"),
    (104, "VMware ESXi"),
    (105, "Microsoft Windows 7"),
    (106, "CentOS 32-bit"),
    (107, "CentOS 64-bit"),
    (108, "Oracle Linux 32-bit"),
    (109, "Oracle Linux 64-bit"),
    (110, "eComStation 32-bitx"),
    (111, "Microsoft Windows Server 2011"),
    (112, "Microsoft Windows Server 2012"),
    (113, "Microsoft Windows 8"),
    (114, "Microsoft Windows 8.1"),
    (115, "Microsoft Windows Server 2012 R2"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_without_gaps() {
        assert!(RESOURCE_TYPES.iter().map(|row| row.0).eq(1..=33));
        assert!(OS_TYPES.iter().map(|row| row.0).eq(0..=115));
    }

    #[test]
    fn lookups() {
        assert_eq!(resource_type(3), ResourceType::Known("Processor"));
        assert_eq!(resource_type(0), ResourceType::Reserved);
        assert_eq!(resource_type(34), ResourceType::Reserved);
        assert_eq!(resource_type(0x7FFF), ResourceType::Reserved);
        assert_eq!(resource_type(0x8000), ResourceType::Vendor);
        assert_eq!(resource_type_named("disk drive"), Some(17));
        assert_eq!(resource_type_named("disk"), None);
        assert_eq!(os_type(94), Some("Ubuntu 64-Bit"));
        assert_eq!(os_type(116), None);
        assert_eq!(os_type_named("ubuntu64bit"), Some(94));
        assert_eq!(os_type_named("Ubuntu-64bit"), Some(94));
        assert_eq!(os_type_named("Ubuntü"), None);
        assert_eq!(os_type_named(""), None);
    }
}
