//! The files of a package, as an importer sees them (DSP0243 7.1).

mod gather;
mod sizes;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

pub use self::sizes::Sizes;
use super::deployment::Deployment;
use crate::model::{
    ConfigEntry, Device, Disk, EnvironmentFile, File, Message, MessageBundle, OstNode, Product,
    Requisite,
};
use crate::value::href::{Href, Target};
use crate::xml::NodeId;

/// What a file is for an importer: `OvfFileInfo.FileType` of vSphere's import sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum FileType {
    /// The descriptor.
    Descriptor,
    /// The manifest, which is beside the descriptor and not in References.
    Manifest,
    /// The certificate, which is beside the descriptor and not in References.
    Certificate,
    /// Texts in a language (DSP0243 10.2).
    MessageBundle,
    /// The content of a disk.
    Disk,
    /// The settings of a machine's firmware: `vmw:ExtraConfig` with the key `nvram` names it.
    Nvram,
    /// Anything else: an image for a drive, an icon, a file nothing refers to.
    Content,
    /// The package in one file.
    Archive,
}

impl FileType {
    /// `OVF`, `MANIFEST`, `CERT`, `MSG_BUNDLE`, `DISK`, `NVRAM`, `CONTENT` or `OVA`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Descriptor => "OVF",
            Self::Manifest => "MANIFEST",
            Self::Certificate => "CERT",
            Self::MessageBundle => "MSG_BUNDLE",
            Self::Disk => "DISK",
            Self::Nvram => "NVRAM",
            Self::Content => "CONTENT",
            Self::Archive => "OVA",
        }
    }
}

impl fmt::Display for FileType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The files of References and the disks, with who uses them under the choices of a deployment.
///
/// ```
/// use ovf::import::{Choices, Deployment, Files};
/// use ovf::{Source, Validator};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = std::fs::read("testdata/deploy/nested.ovf")?;
/// let source = Source::decode(&bytes)?;
/// let report = Validator::new().check(&source);
/// let choices = Choices::new();
/// let deployment = Deployment::new(report.envelope().unwrap(), &choices);
/// let files = Files::new(&deployment);
/// for file in files.upload_order().filter(|file| file.is_used) {
///     println!("{} {} {:?}", file.name, file.file_type, file.size);
/// }
/// println!("{:?}", files.sizes().download);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Files<'e, 's> {
    files: Vec<ImportFile<'e, 's>>,
    disks: Vec<ImportDisk<'e, 's>>,
    /// Indices of all files.
    order: Vec<usize>,
    /// The disks, by their elements.
    places: HashMap<NodeId, usize>,
    sizes: Sizes,
}

/// A file of References.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ImportFile<'e, 's> {
    /// The element.
    pub file: File<'e, 's>,
    /// `href` as written, without white space around it; never empty.
    pub name: String,
    /// `id`.
    pub id: Option<Cow<'s, str>>,
    /// What it is.
    pub file_type: FileType,
    /// `size` in bytes, as stored. Zero stands for a size that is not known, which is what tools mean by
    /// it.
    pub size: Option<u64>,
    /// `compression`, when the file is compressed: `gzip`.
    pub compression: Option<Cow<'s, str>>,
    /// `chunkSize` in bytes, when the file is in pieces.
    pub chunk_size: Option<u64>,
    /// Who refers to it; disks last.
    pub users: Vec<FileUser<'e, 's>>,
    /// Whether this deployment needs it. Files that only other deployment options use are not needed,
    /// nor those that nothing refers to.
    pub is_used: bool,
    /// Bytes of the disk it holds.
    pub capacity: Option<u64>,
    /// Bytes of that disk that hold data, as the descriptor says.
    pub populated_size: Option<u64>,
}

/// A disk.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ImportDisk<'e, 's> {
    /// The element.
    pub disk: Disk<'e, 's>,
    /// `diskId`; empty when there is none.
    pub id: Cow<'s, str>,
    /// Its file, as an index into [`Files::list`]; none for an empty disk.
    pub file: Option<usize>,
    /// The disk it is a delta of, as an index into [`Files::disks`].
    pub parent: Option<usize>,
    /// Bytes; `None` when that cannot be known.
    pub capacity: Option<u64>,
    /// Bytes that hold data, as the descriptor says.
    pub populated_size: Option<u64>,
    /// The devices it backs, with their machines, under the deployment option.
    pub devices: Vec<(OstNode<'e, 's>, Device<'e, 's>)>,
    /// Whether it backs a device, or is what a disk that does is a delta of.
    pub is_used: bool,
}

/// What refers to a file.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum FileUser<'e, 's> {
    /// A disk, used or not.
    Disk(Disk<'e, 's>),
    /// A device of a machine.
    Device(OstNode<'e, 's>, Device<'e, 's>),
    /// The icon of a product.
    Icon(OstNode<'e, 's>, Product<'e, 's>),
    /// `Strings`.
    Bundle(MessageBundle<'e, 's>),
    /// A message (DSP0243 2.1 10.3).
    Message(Message<'e, 's>),
    /// A `vmw:ExtraConfig` or `vmw:Config` of a machine.
    Setting(OstNode<'e, 's>, ConfigEntry<'e, 's>),
    /// An `EnvironmentFilesSection` (DSP0243 2.1 9.11).
    Environment(EnvironmentFile<'e, 's>),
    /// A `vmw:MigrationUpgradeRequisitesSection`.
    Requisite(Requisite<'e, 's>),
}

impl<'e, 's> Files<'e, 's> {
    /// Gathers them.
    #[must_use]
    pub fn new(deployment: &Deployment<'e, 's>) -> Self {
        let (files, disks) = gather::gather(deployment);
        let order = gather::order(&files, &disks);
        let sizes = Sizes::of(&files, &disks);
        let id = |disk: &ImportDisk<'e, 's>| disk.disk.element().node().id();
        let places = disks.iter().enumerate().map(|(at, disk)| (id(disk), at)).collect();
        Self { files, disks, order, places, sizes }
    }

    /// The files, in the order of References. Those without a `href` are left out.
    #[must_use]
    pub fn list(&self) -> &[ImportFile<'e, 's>] {
        &self.files
    }

    /// The disks, in document order.
    #[must_use]
    pub fn disks(&self) -> &[ImportDisk<'e, 's>] {
        &self.disks
    }

    /// What is known of a disk.
    #[must_use]
    pub fn disk(&self, disk: Disk<'_, '_>) -> Option<&ImportDisk<'e, 's>> {
        self.disks.get(*self.places.get(&disk.element().node().id())?)
    }

    /// All files in the order they have to be sent in: that of References, but what a disk is a delta of
    /// comes before it.
    pub fn upload_order(&self) -> impl Iterator<Item = &ImportFile<'e, 's>> {
        self.order.iter().filter_map(|&at| self.files.get(at))
    }

    /// What the package takes on the way and at its destination.
    #[must_use]
    pub const fn sizes(&self) -> Sizes {
        self.sizes
    }
}

impl<'s> ImportFile<'_, 's> {
    /// Its name in the package, percent escapes decoded; `None` when it is elsewhere on the network.
    #[must_use]
    pub fn path(&self) -> Option<Cow<'_, str>> {
        match Href::parse(&self.name).ok()?.target {
            Target::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The pieces it is stored in; `None` when it is in one.
    #[must_use]
    pub fn chunks(&self) -> Option<Chunks<'_>> {
        let chunk_size = self.chunk_size?;
        Some(Chunks { name: &self.name, chunk_size, size: self.size })
    }
}

/// The pieces of a file (DSP0243 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunks<'f> {
    name: &'f str,
    chunk_size: u64,
    size: Option<u64>,
}

impl Chunks<'_> {
    /// The most pieces a file can have: their numbers have nine digits.
    pub const MOST: u64 = 1_000_000_000;

    /// How many there are; `None` when the size of the file is not known.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        Some(self.size?.div_ceil(self.chunk_size).min(Self::MOST))
    }

    /// Name and bytes of one, counted from 0: `disk.vmdk.000000000`. The bytes are unknown when those of
    /// the file are. `None` behind the last.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<(String, Option<u64>)> {
        if number >= self.count().unwrap_or(Self::MOST) {
            return None;
        }
        let rest = self.size.map(|size| {
            size.saturating_sub(number.saturating_mul(self.chunk_size)).min(self.chunk_size)
        });
        Some((format!("{}.{number:09}", self.name), rest))
    }

    /// Name and bytes of all, made one at a time. Without a size this goes on to [`MOST`](Self::MOST), so
    /// whoever asks has to stop at the first that is not there.
    pub fn iter(&self) -> impl Iterator<Item = (String, Option<u64>)> {
        (0..Self::MOST).map_while(|number| self.get(number))
    }
}

/// The names manifest and certificate have to have beside a descriptor: its own, with `.mf` and `.cert` in
/// place of `.ovf` (DSP0243 5.1).
///
/// ```
/// assert_eq!(ovf::import::companions("vm.ovf"), ("vm.mf".to_owned(), "vm.cert".to_owned()));
/// ```
#[must_use]
pub fn companions(descriptor: &str) -> (String, String) {
    let base = match descriptor.rsplit_once('.') {
        Some((base, extension)) if extension.eq_ignore_ascii_case("ovf") => base,
        _ => descriptor,
    };
    (format!("{base}.mf"), format!("{base}.cert"))
}

#[cfg(test)]
mod tests;
