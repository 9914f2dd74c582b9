//! Whether the certificates of a file fit each other.

use super::path::CHECKS;
use super::x509::Certificate;
use crate::span::Span;

/// Certificates whose issuer is in the file, itself perhaps, and did not sign them: they were damaged
/// or forged. Nothing is said of one whose signature cannot be checked.
pub(super) fn unsigned(certificates: &[&Certificate]) -> Vec<Span> {
    let mut checks = CHECKS;
    let mut unsigned = Vec::new();
    for certificate in certificates {
        let mut is_denied = false;
        let mut is_open = false;
        for issuer in certificates.iter().filter(|issuer| certificate.names_as_issuer(issuer)) {
            let verdict = match checks.checked_sub(1) {
                Some(left) => {
                    checks = left;
                    certificate.is_signed_by(issuer)
                }
                None => None,
            };
            match verdict {
                Some(false) => is_denied = true,
                Some(true) | None => is_open = true,
            }
        }
        if is_denied && !is_open {
            unsigned.push(certificate.span());
        }
    }
    unsigned
}
