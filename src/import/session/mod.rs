//! Sessions: the life of an import, of a change to a library item, of a download, as state machines.
//!
//! A machine does no I/O and has no clock. Its caller, a server, tells it what happened (a call of a
//! client, bytes that came, the time), and reads from it what holds then. Times are durations since an
//! epoch the caller chooses; bytes are handed in and never kept. Nothing in here panics, whatever it
//! is told.
//!
//! - [`Transfer`]: one file that arrives in ranges, in any order, until its digest matches.
//! - [`ImportSession`]: a package that is imported, `com.vmware.vcenter.ovf.ImportSession`.
//! - [`UpdateSession`]: files that are put into a library item and taken out of it,
//!   `com.vmware.content.library.item.UpdateSession`.
//! - [`DownloadSession`]: files that are fetched from a library item,
//!   `com.vmware.content.library.item.DownloadSession`.
//! - [`Sessions`]: many of one kind, by identifier and client token.
//!
//! All of them can be saved and restored with the feature `serde`. What is saved of an import holds the
//! descriptor and the choices, and with these passwords: keep it as safe as them.

mod contents;
mod document;
mod download;
mod error;
mod import;
mod issue;
mod lease;
mod receiving;
#[cfg(feature = "serde")]
mod saved;
mod store;
mod transfer;
mod update;

pub use self::contents::MAX_FILES;
pub use self::download::{DownloadFile, DownloadSession, DownloadState, PrepareStatus};
pub use self::error::SessionError;
pub use self::import::{
    Entity, ImportRequest, ImportSession, ImportSource, ImportState, SessionFile, SignatureFiles,
};
pub use self::issue::Issue;
pub use self::lease::Timing;
pub use self::store::{MAX_SESSIONS, Session, Sessions};
pub use self::transfer::{Proof, Received, Transfer, TransferError, TransferFault, TransferStatus};
pub use self::update::{
    AddSpec, ItemType, Preview, PreviewState, SourceType, UpdateFile, UpdateRequest, UpdateSession,
    UpdateState, ValidationError, ValidationResult,
};
pub use super::ranges::MAX_RANGES;
