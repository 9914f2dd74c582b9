//! `OperatingSystemSection` and `InstallSection` (DSP0243 9.9 and 9.10).

use super::envelope::Envelope;
use super::ost::OstNode;
use super::section::SectionKind;
use super::view::view;

view! {
    /// An `OperatingSystemSection`: the guest a virtual system is made for (DSP0243 9.9).
    OperatingSystem {
        /// `id`: a number of `CIM_OperatingSystem.OSType`.
        id = "id",
        /// `version`: free text.
        version = "version",
    }
}

view! {
    /// An `InstallSection`: the virtual system has to be started once to install itself (DSP0243 9.10).
    Install {
        /// `initialBootStopDelay` in seconds; 0 waits until the guest powers off.
        initial_boot_stop_delay = "initialBootStopDelay",
    }
}

impl<'s> Envelope<'s> {
    /// The operating system sections, in document order.
    pub fn operating_systems(&self) -> impl Iterator<Item = OperatingSystem<'_, 's>> {
        self.sections(SectionKind::OperatingSystem)
            .map(|(_, section)| OperatingSystem::new(section.element()))
    }

    /// The install sections, in document order.
    pub fn installs(&self) -> impl Iterator<Item = Install<'_, 's>> {
        self.sections(SectionKind::Install).map(|(_, section)| Install::new(section.element()))
    }
}

impl<'e, 's> OstNode<'e, 's> {
    /// Its operating system section; the first, when there are several.
    #[must_use]
    pub fn operating_system(self) -> Option<OperatingSystem<'e, 's>> {
        self.sections()
            .find(|section| section.kind() == SectionKind::OperatingSystem)
            .map(|section| OperatingSystem::new(section.element()))
    }

    /// Its install section; the first, when there are several.
    #[must_use]
    pub fn install(self) -> Option<Install<'e, 's>> {
        self.sections()
            .find(|section| section.kind() == SectionKind::Install)
            .map(|section| Install::new(section.element()))
    }
}
