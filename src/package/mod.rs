//! Packages: the OVA container, the order of its members, files in pieces, the heads of disks.
//!
//! Everything here takes bytes from the caller and names nothing on the file system: no member is
//! unpacked, no path and no address that stands in a package is ever opened.
//!
//! ```
//! use ovf::package::{Archive, Data};
//!
//! # fn main() -> Result<(), ovf::package::ArchiveError> {
//! # let file: &[u8] = &[0; 1024];
//! let mut archive = Archive::new(file);
//! while let Some(member) = archive.next_member()? {
//!     println!("{} has {} bytes", member.name, member.size);
//!     while let Data::Piece(bytes) = archive.data()? {
//!         println!("{} more bytes", bytes.len());
//!     }
//! }
//! if !archive.is_complete() {
//!     println!("the archive could not be read to its end");
//! }
//! for finding in archive.findings().list() {
//!     println!("{}: {}", finding.code, finding.message);
//! }
//! # Ok(())
//! # }
//! ```

mod check;
mod chunks;
mod finding;
mod names;
mod opened;
mod order;
mod read_at;
mod reader;
mod report;
#[cfg(feature = "cert")]
mod signature;
mod sniff;
mod tar;

pub use self::chunks::check_sizes;
pub use self::finding::{Field, Finding, Findings};
pub use self::opened::{Package, Texts};
pub use self::order::{Reference, check_order};
pub use self::read_at::ReadAt;
pub use self::reader::{Files, PackageReader};
pub use self::report::{
    FileReport, FileRole, FileStatus, ManifestReport, PackageReport, Unchecked,
};
#[cfg(feature = "cert")]
pub use self::signature::CertificateReport;
pub use self::sniff::{DiskClaim, DiskKind, Sniff, Sniffer, check_disk};
pub use self::tar::{
    Archive, ArchiveError, Data, Event, Format, HeaderFormat, Member, MemberKind, Outcome, Parser,
};
