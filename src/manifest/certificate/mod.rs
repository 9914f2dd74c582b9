//! Certificate files: the signature of the manifest and the certificates of whoever made it (DSP0243 5.1).
//!
//! The first line of a `.cert` is `SHA256(vm.mf)= 5f2c…`, a signature over the bytes of the manifest in
//! hex. After it come certificates in PEM, the signer's first, then those that lead to a root.
//!
//! What can be known is told as separate facts: whether the signature is by the key of the signer's
//! certificate, when that certificate is valid, whether it is self-signed, and whether it leads to a
//! certificate that the caller trusts. The library has neither a clock nor trusted roots of its own:
//! what it is not told it does not check, and says so.
//!
//! ```no_run
//! use ovf::Limits;
//! use ovf::manifest::Manifest;
//! use ovf::manifest::certificate::{CertificateFile, Trust, TrustAnchors};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let file = std::fs::read("vm.cert")?;
//! let parsed = CertificateFile::parse(&Manifest::decode(&file), &Limits::default());
//! let anchors = TrustAnchors::from_pem(&std::fs::read_to_string("roots.pem")?)?;
//! let trust = Trust::new().anchors(&anchors).at(1_767_225_600);
//! let report = parsed.certificate.verify("vm.mf", &std::fs::read("vm.mf")?, &trust);
//! println!("the manifest is signed: {}", report.is_verified());
//! println!("by someone trusted: {}", report.is_trusted());
//! # Ok(())
//! # }
//! ```

mod consistency;
mod file;
mod key;
mod path;
mod pem;
mod report;
mod rsa;
mod tell;
mod trust;
mod warning;
mod x509;

pub use self::file::{CertificateFile, Parsed};
pub use self::key::KeyKind;
pub use self::report::{Obstacle, Signature, SignatureReport};
pub use self::trust::{AnchorError, Distrust, Trust, TrustAnchors};
pub use self::x509::Certificate;
pub use super::warning::{Warning, WarningBehavior, WarningType};
