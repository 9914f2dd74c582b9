//! Which device of vSphere's an Item is.

use super::device::{ControllerKind, EthernetModel, ScsiModel, ScsiSharing, SoundModel};
use crate::model::{Device, Setting};
use crate::value::list::List;

/// What an Item becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    Processor,
    Memory,
    Controller(ControllerKind),
    Disk,
    Ethernet(EthernetModel),
    Cdrom(CdromModel),
    Floppy(FloppyModel),
    SerialPort(SerialModel),
    ParallelPort,
    Sound(SoundModel),
    Video,
    Vmci,
    Tpm,
    PrecisionClock,
    Watchdog,
    Passthrough(PassthroughModel),
    Nvdimm,
}

/// What is behind a CD drive when there is no image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CdromModel {
    Host,
    RemoteAtapi,
    RemotePassthrough,
}

/// What is behind a floppy drive when there is no image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FloppyModel {
    Host,
    Remote,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SerialModel {
    Host,
    ThinPrint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PassthroughModel {
    Fixed,
    Dynamic,
    Vmiop,
    Dvx,
}

/// Why an Item becomes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// There are no devices of its type; `None` when it has none.
    Type(Option<u16>),
    /// There are devices of its type, but not its model.
    Subtype(u16),
}

const fn scsi(model: ScsiModel) -> Model {
    Model::Controller(ControllerKind::Scsi(model, ScsiSharing::None))
}

const USB: Model =
    Model::Controller(ControllerKind::Usb { auto_connect_devices: None, ehci_enabled: None });
const XHCI: Model = Model::Controller(ControllerKind::Xhci { auto_connect_devices: None });

/// The models of a type, by subtype in small letters.
type Models = &'static [(&'static str, Model)];

const SCSI: Models = &[
    ("buslogic", scsi(ScsiModel::BusLogic)),
    ("lsilogic", scsi(ScsiModel::LsiLogic)),
    ("lsilogicsas", scsi(ScsiModel::LsiLogicSas)),
    ("virtualscsi", scsi(ScsiModel::ParaVirtual)),
];

const ETHERNET: Models = &[
    ("e1000", Model::Ethernet(EthernetModel::E1000)),
    ("e1000e", Model::Ethernet(EthernetModel::E1000e)),
    ("pcnet32", Model::Ethernet(EthernetModel::PcNet32)),
    ("sriovethernetcard", Model::Ethernet(EthernetModel::Sriov)),
    ("vmxnet", Model::Ethernet(EthernetModel::Vmxnet)),
    ("vmxnet2", Model::Ethernet(EthernetModel::Vmxnet2)),
    ("vmxnet3", Model::Ethernet(EthernetModel::Vmxnet3)),
    ("vmxnet3vrdma", Model::Ethernet(EthernetModel::Vmxnet3Vrdma)),
];

const CDROM: Models = &[
    ("vmware.cdrom.atapi", Model::Cdrom(CdromModel::Host)),
    ("vmware.cdrom.passthrough", Model::Cdrom(CdromModel::Host)),
    ("vmware.cdrom.remoteatapi", Model::Cdrom(CdromModel::RemoteAtapi)),
];

const FLOPPY: Models = &[("vmware.floppy.device", Model::Floppy(FloppyModel::Host))];

const SERIAL: Models =
    &[("vmware.serialport.thinprint", Model::SerialPort(SerialModel::ThinPrint))];

const USB_CONTROLLERS: Models = &[("vmware.usb.ehci", USB), ("vmware.usb.xhci", XHCI)];

/// Storage that is neither IDE nor SCSI.
const STORAGE: Models = &[
    ("vmware.nvdimm.controller", Model::Controller(ControllerKind::Nvdimm)),
    ("vmware.nvdimm.device", Model::Nvdimm),
    ("vmware.nvme.controller", Model::Controller(ControllerKind::Nvme)),
    ("vmware.sata.ahci", Model::Controller(ControllerKind::Ahci)),
];

/// What CIM has no type for.
const OTHER: Models = &[
    ("vmware.pci.passthrough", Model::Passthrough(PassthroughModel::Fixed)),
    ("vmware.pci.passthrough-ah", Model::Passthrough(PassthroughModel::Dynamic)),
    ("vmware.pci.passthrough-dvx", Model::Passthrough(PassthroughModel::Dvx)),
    ("vmware.pci.passthrough-vmiop", Model::Passthrough(PassthroughModel::Vmiop)),
    ("vmware.precisionclock", Model::PrecisionClock),
    ("vmware.soundcard.ensoniq1371", Model::Sound(SoundModel::Ensoniq1371)),
    ("vmware.soundcard.hdaudio", Model::Sound(SoundModel::HdAudio)),
    ("vmware.soundcard.sb16", Model::Sound(SoundModel::SoundBlaster16)),
    ("vmware.vmci", Model::Vmci),
    ("vmware.vtpm", Model::Tpm),
    ("vmware.wdt", Model::Watchdog),
];

/// What a device becomes. Of several subtypes the first that is known counts (DSP0243 8.3).
///
/// Where subtypes are told apart, one that is unknown is a fault; where a type has a usual model, that is
/// taken when the Item names none, and for drives and ports also when it names another.
pub(super) fn model(device: Device<'_, '_>) -> Result<Model, Unknown> {
    let Some(number) = device.resource_type() else { return Err(Unknown::Type(None)) };
    let subtypes = device.text(Setting::ResourceSubType).unwrap_or_default();
    let list = List::parse(&subtypes);
    let of = |models: Models| {
        list.names().find_map(|name| {
            models.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|row| row.1)
        })
    };
    let usual = |model: Model| list.is_empty().then_some(model);
    let found = match number {
        1 => of(OTHER).or_else(|| of(STORAGE)),
        3 => Some(Model::Processor),
        4 => Some(Model::Memory),
        5 => Some(Model::Controller(ControllerKind::Ide)),
        6 => of(SCSI).or_else(|| usual(scsi(ScsiModel::LsiLogic))),
        10 => of(ETHERNET).or_else(|| usual(Model::Ethernet(EthernetModel::E1000))),
        14 => of(FLOPPY).or(Some(Model::Floppy(FloppyModel::Remote))),
        15 | 16 => of(CDROM).or(Some(Model::Cdrom(CdromModel::RemotePassthrough))),
        17 => Some(Model::Disk),
        20 => of(STORAGE),
        21 => of(SERIAL).or(Some(Model::SerialPort(SerialModel::Host))),
        22 => Some(Model::ParallelPort),
        23 => of(USB_CONTROLLERS).or(Some(USB)),
        24 => Some(Model::Video),
        34 => of(OTHER).filter(|model| *model == Model::Tpm),
        _ => return Err(Unknown::Type(Some(number))),
    };
    found.ok_or(Unknown::Subtype(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_in_small_letters() {
        for models in [SCSI, ETHERNET, CDROM, FLOPPY, SERIAL, USB_CONTROLLERS, STORAGE, OTHER] {
            assert!(models.is_sorted_by_key(|row| row.0));
            assert!(models.iter().all(|(name, _)| !name.contains(char::is_uppercase)));
        }
    }
}
