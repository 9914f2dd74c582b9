//! Uploading a package to vCloud Director, seen from the server: what a vAppTemplate says while its files
//! come in. Nothing is stored or sent; a server tells what arrived, and shows the XML.
//!
//! Source: vCloud API Programming Guide 1.0 and 1.5 to 5.5, "Uploading an OVF Package". Where it is silent:
//!
//! | question | answer here |
//! |---|---|
//! | a File split into pieces (`chunkSize`) | one file of its whole size; the pieces are ranges of it |
//! | a File without `size` | refused, for nobody could tell when it is complete |
//! | a File named by a URL | no part of the upload, for it is not in the package |
//! | a File named as the server names descriptor or manifest | refused |
//! | bytes that arrive twice | count once |
//! | a file the manifest does not list | refused as one that does not match: nothing speaks for it |

mod failure;
mod file;
mod template;
mod xml;

pub use self::failure::Failure;
pub use self::file::{PutError, UploadFile};
pub use self::template::{FinishError, Machine, TemplateStatus, Upload};
pub use self::xml::{Addresses, ApiVersion};

/// How long upload URLs stay valid while nothing arrives, in seconds; an administrator can change it.
pub const IDLE_SECONDS: u64 = 60 * 60;
