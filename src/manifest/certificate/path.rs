//! From a certificate to a trust anchor (RFC 5280 6.1).
//!
//! Neither revocation nor name constraints are looked at: a certificate with critical name constraints
//! is not trusted, and for revocation there would have to be a network.

use super::trust::{Distrust, Trust};
use super::x509::{Authority, Certificate};
use crate::digest::Strength;

/// Signatures that may be checked for one answer. An honest chain has three or four; certificates that
/// all name each other would take as many as there are orders of them (RUSTSEC-2023-0053).
pub(super) const CHECKS: u32 = 100;

/// The issuers of `signer`, from the next one to the anchor; empty when it is an anchor itself.
///
/// `others` are certificates that came with it. Nobody vouches for them; they help to find the way.
pub(super) fn find<'c>(
    signer: &'c Certificate,
    others: &'c [Certificate],
    trust: &Trust<'c>,
) -> Result<Vec<&'c Certificate>, Distrust> {
    let anchors = trust.anchors.map_or(&[][..], |anchors| &anchors.certificates);
    if anchors.contains(signer) {
        return Ok(Vec::new());
    }
    if signer.has_unknown_demand {
        return Err(Distrust::UnknownDemand);
    }
    if !signer.may_sign_files || !signer.is_for_signing {
        return Err(Distrust::OtherPurpose);
    }
    let mut search = Search { at: trust.at, checks: CHECKS, why: Distrust::NoIssuer };
    // Ways that are begun, each from the signer's issuer on. A step adds none without a check.
    let mut ways: Vec<Vec<&Certificate>> = vec![Vec::new()];
    while let Some(way) = ways.pop() {
        let last = way.last().copied().unwrap_or(signer);
        let beyond = |issuer| way.iter().copied().chain([issuer]).collect();
        for anchor in anchors.iter().filter(|anchor| last.names_as_issuer(anchor)) {
            if search.issued(last, anchor, &way, true)? {
                return Ok(beyond(anchor));
            }
        }
        for issuer in others.iter().filter(|other| last.names_as_issuer(other)) {
            let is_known = issuer == signer || way.contains(&issuer) || anchors.contains(issuer);
            if !is_known && search.issued(last, issuer, &way, false)? {
                ways.push(beyond(issuer));
            }
        }
    }
    Err(search.why)
}

struct Search {
    at: Option<u64>,
    /// Signatures that may still be checked.
    checks: u32,
    /// Why the first issuer that was looked at was none.
    why: Distrust,
}

impl Search {
    /// Whether `issuer` issued `certificate`, to which `way` leads. The error ends the search.
    fn issued(
        &mut self,
        certificate: &Certificate,
        issuer: &Certificate,
        way: &[&Certificate],
        is_anchor: bool,
    ) -> Result<bool, Distrust> {
        let why = match self.fault(issuer, way, is_anchor) {
            Some(why) => Some(why),
            None => {
                self.checks = self.checks.checked_sub(1).ok_or(Distrust::TooMuchWork)?;
                match certificate.is_signed_by(issuer) {
                    None => Some(Distrust::Unsupported),
                    Some(false) => Some(Distrust::SignatureMismatch),
                    Some(true) if !is_strongly_signed(certificate) => Some(Distrust::WeakSignature),
                    Some(true) => None,
                }
            }
        };
        if let (Some(why), Distrust::NoIssuer) = (why, self.why) {
            self.why = why;
        }
        Ok(why.is_none())
    }

    /// What keeps a certificate from issuing others at the end of a way.
    fn fault(
        &self,
        issuer: &Certificate,
        way: &[&Certificate],
        is_anchor: bool,
    ) -> Option<Distrust> {
        // Those that only exchange a key of the same owner do not count (RFC 5280 4.2.1.9).
        let intermediates = way.iter().filter(|passed| !passed.is_self_issued()).count();
        match issuer.authority {
            Authority::Yes { intermediates: Some(most) } if intermediates > usize::from(most) => {
                return Some(Distrust::TooLong);
            }
            Authority::Yes { .. } => {}
            // That an anchor may issue certificates is for the caller to say where it cannot say so itself.
            Authority::Unsaid if is_anchor => {}
            Authority::Unsaid | Authority::No => return Some(Distrust::NotAuthority),
        }
        if !issuer.may_sign_certificates {
            return Some(Distrust::NotAuthority);
        }
        if issuer.has_unknown_demand {
            return Some(Distrust::UnknownDemand);
        }
        if !issuer.is_for_signing {
            return Some(Distrust::OtherPurpose);
        }
        if !issuer.key().is_strong() {
            return Some(Distrust::WeakKey);
        }
        let is_valid = |at| (issuer.not_before()..=issuer.not_after()).contains(&at);
        (!self.at.is_none_or(is_valid)).then_some(Distrust::NotValid)
    }
}

fn is_strongly_signed(certificate: &Certificate) -> bool {
    certificate.algorithm.is_some_and(|algorithm| algorithm.digest.strength() == Strength::Strong)
}
