//! Block 5, 5201 to 5299: startup, operating system, installation (DSP0243 9.7, 9.9, 9.10).

use super::codes;

codes! {
    /// A startup Item names no direct member of its collection.
    ///
    /// It has no effect: members of members are started by their own collection.
    ///
    /// ```xml
    /// <Item ovf:id="cache" ovf:order="1"/>
    /// ```
    ///
    /// Give it the id of a direct member, or move it to the collection that has the member.
    UNKNOWN_STARTUP_ENTITY = 5201, "unknown-startup-entity", Error, "DSP0243 9.7", ValueIllegal, OvfInvalidValueReference;

    /// A startup Item has no `id`.
    ///
    /// ```xml
    /// <Item ovf:order="1"/>
    /// ```
    ///
    /// Give it the id of a member of the collection.
    MISSING_STARTUP_ID = 5202, "missing-startup-id", Error, "DSP0243 9.7", AttributeRequired, OvfMissingAttribute;

    /// Two startup Items are about one member.
    ///
    /// Readers take the first or the last.
    ///
    /// ```xml
    /// <Item ovf:id="web" ovf:order="2"/>
    /// ```
    ///
    /// Keep one.
    DUPLICATE_STARTUP_ITEM = 5203, "duplicate-startup-item", Error, "DSP0243 9.7", ValueIllegal, OvfDuplicateElement;

    /// A startup Item has no `order`.
    ///
    /// ```xml
    /// <Item ovf:id="web"/>
    /// ```
    ///
    /// Add `ovf:order`; members with the same number are started together.
    MISSING_STARTUP_ORDER = 5204, "missing-startup-order", Error, "DSP0243 9.7", AttributeRequired, OvfMissingAttribute;

    /// The `order` of a startup Item is no number from 0 to 65535.
    ///
    /// ```xml
    /// <Item ovf:id="web" ovf:order="first"/>
    /// ```
    ///
    /// Write a whole number.
    INVALID_STARTUP_ORDER = 5205, "invalid-startup-order", Error, "DSP0243 9.7", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// A delay of a startup Item is no number of seconds from 0 to 65535.
    ///
    /// ```xml
    /// <Item ovf:id="web" ovf:order="1" ovf:startDelay="30s"/>
    /// ```
    ///
    /// Write the seconds as a whole number, without a unit.
    INVALID_STARTUP_DELAY = 5206, "invalid-startup-delay", Error, "DSP0243 9.7", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `startAction` of a startup Item is neither `powerOn` nor `none`.
    ///
    /// ```xml
    /// <Item ovf:id="web" ovf:order="1" ovf:startAction="poweron"/>
    /// ```
    ///
    /// Write `powerOn`, with a capital O, or `none`.
    INVALID_START_ACTION = 5207, "invalid-start-action", Error, "DSP0243 9.7", ValueIllegal, OvfInvalidValue;

    /// The `stopAction` of a startup Item is not one of the standard's.
    ///
    /// The standard knows `powerOff`, `guestShutdown` and `none`. VMware's products also write `suspend`.
    ///
    /// ```xml
    /// <Item ovf:id="web" ovf:order="1" ovf:stopAction="suspend"/>
    /// ```
    ///
    /// Write one of the three.
    INVALID_STOP_ACTION = 5208, "invalid-stop-action", Tolerated, "DSP0243 9.7", ValueIllegal, OvfInvalidValue;

    /// The `waitingForGuest` of a startup Item is no boolean.
    ///
    /// ```xml
    /// <Item ovf:id="web" ovf:order="1" ovf:waitingForGuest="yes"/>
    /// ```
    ///
    /// Write `true` or `false`.
    INVALID_WAITING_FOR_GUEST = 5209, "invalid-waiting-for-guest", Error, "DSP0243 9.7", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// An OperatingSystemSection has no `id`.
    ///
    /// Importers choose the virtual hardware by it.
    ///
    /// ```xml
    /// <OperatingSystemSection>
    /// ```
    ///
    /// Add `ovf:id` with the number CIM has for the system; 1 stands for "other".
    MISSING_OS_ID = 5211, "missing-os-id", Error, "DSP0243 9.9", AttributeRequired, OvfMissingAttribute;

    /// The `id` of an OperatingSystemSection is no number from 0 to 65535.
    ///
    /// It is a number of `CIM_OperatingSystem.OSType`, not a name and not the id of a vendor.
    ///
    /// ```xml
    /// <OperatingSystemSection ovf:id="ubuntu64Guest">
    /// ```
    ///
    /// Write the number; 94 is 64-bit Ubuntu, 1 stands for "other".
    INVALID_OS_ID = 5212, "invalid-os-id", Tolerated, "DSP0243 9.9", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// The `id` of an OperatingSystemSection is a number CIM has no system for.
    ///
    /// Importers fall back to "other", or refuse the package.
    ///
    /// ```xml
    /// <OperatingSystemSection ovf:id="4711">
    /// ```
    ///
    /// Look the system up in `CIM_OperatingSystem.OSType`; 1 stands for "other".
    UNKNOWN_OS_ID = 5213, "unknown-os-id", Warning, "DSP0243 9.9", ValueIllegal, OvfMappedOsId;

    /// The `initialBootStopDelay` of an InstallSection is no number of seconds from 0 to 65535.
    ///
    /// ```xml
    /// <InstallSection ovf:initialBootStopDelay="5m">
    /// ```
    ///
    /// Write the seconds as a whole number; 0 waits until the guest powers off.
    INVALID_INSTALL_DELAY = 5221, "invalid-install-delay", Error, "DSP0243 9.10", ValueIllegal, OvfInvalidValueFormatMalformed;

    /// An InstallSection of OVF 2 has no `initialBootStopDelay`.
    ///
    /// It became required with 1.1.1; before, leaving it out meant 0.
    ///
    /// ```xml
    /// <InstallSection>
    /// ```
    ///
    /// Add `ovf:initialBootStopDelay="0"` to wait until the guest powers off.
    MISSING_INSTALL_DELAY = 5222, "missing-install-delay", Tolerated, "DSP0243 2.1 9.10", AttributeRequired, OvfMissingAttribute;
}
