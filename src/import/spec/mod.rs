//! What is to be made of a package: `OvfManager.createImportSpec` of vSphere.

mod allocation;
mod config;
mod device;
mod device_settings;
mod devices;
mod disks;
mod entity;
mod fault;
mod faults;
mod file_item;
mod guest;
mod machine;
mod models;
mod names;
pub(crate) mod object;
mod placement;
mod scale_out;
mod settings;
mod tree;
mod vapp;
mod vapp_config;
mod xml_budget;

pub use self::device::{
    AllowedDevice, Backing, Connectable, ControllerKind, Description, Device, DeviceChange,
    DeviceKind, Disk, Ethernet, EthernetModel, ObjectReference, ScsiModel, ScsiSharing, SlotInfo,
    SoundModel, StorageIoAllocation, VideoCard,
};
pub(crate) use self::fault::MethodFault;
pub use self::fault::{Fault, FaultKind};
pub use self::file_item::FileItem;
pub use self::machine::{
    BootOptions, BootableDevice, ConfigSpec, CpuIdInfo, CpuIdInfoSpec, DefinedProfile, FileInfo,
    Flags, Operation, OptionValue, PowerOpInfo, ResourceAllocation, SgxInfo, Shares, SharesLevel,
    Tools, VirtualNuma, VirtualPMem,
};
pub use self::object::AnyText;
pub use self::vapp::{
    EntityConfig, ImportKind, ImportSpec, IpAssignmentInfo, OstNode, OstSection, OvfSectionInfo,
    OvfSectionSpec, ProductInfo, ProductSpec, PropertyInfo, PropertySpec, ResourceConfigSpec, Vapp,
    VappConfigSpec, VmVappConfig,
};
use super::choices::Choices;
use super::deployment::Deployment;
use crate::model::Envelope;
use crate::report::Valid;

/// What is to be made of a package: `OvfCreateImportSpecResult` of vSphere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportSpecResult {
    /// The machine or vApp; `None` when there are errors, as it would not be what the package describes.
    pub spec: Option<ImportSpec>,
    /// The files to be sent, in the order they have to be sent in.
    pub file_items: Vec<FileItem>,
    /// What keeps the package from being imported.
    pub errors: Vec<Fault>,
    /// What is lost, or is not quite what the descriptor says.
    pub warnings: Vec<Fault>,
}

/// What is to be made of a package under the choices of whoever deploys it.
///
/// The result is a pure function of descriptor and choices. What only the target knows is left out of it:
/// references to its objects, paths of files, final keys of devices. A choice that names nothing has no
/// effect here; [`try_instantiate`](super::parameters::try_instantiate) tells of those.
///
/// ```
/// use ovf::import::{Choices, spec};
/// use ovf::{Source, Validator};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = std::fs::read("testdata/deploy/machine.ovf")?;
/// let source = Source::decode(&bytes)?;
/// let envelope = Validator::new().check(&source).into_valid().expect("it has no errors");
/// let result = spec::import_spec(&envelope, &Choices::new());
/// let machine = result.spec.as_ref().and_then(|spec| spec.machine()).expect("it is a machine");
/// assert_eq!(machine.memory_mb, Some(4096));
/// for item in &result.file_items {
///     println!("{} {}", item.device_id, item.path);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn import_spec(envelope: &Valid<Envelope<'_>>, choices: &Choices) -> ImportSpecResult {
    tree::build(&Deployment::new(envelope, choices))
}

#[cfg(test)]
mod tests;
