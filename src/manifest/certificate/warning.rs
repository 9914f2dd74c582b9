//! Which warnings a signature gives reason to.

use super::report::SignatureReport;
use crate::manifest::warning::{Warning, WarningBehavior, WarningType};

impl SignatureReport {
    /// The warnings that vCenter would raise. The last word on a type counts; what is not named is not
    /// ignored.
    ///
    /// When no anchors were given nobody is trusted, and without a time nothing is said on validity.
    #[must_use]
    pub fn warnings(&self, behaviors: &[WarningBehavior]) -> Vec<Warning> {
        let Some(signer) = &self.signer else { return Vec::new() };
        let message = |kind| match kind {
            WarningType::SelfSigned => {
                self.self_signed.then(|| "the signer's certificate is self-signed".to_owned())
            }
            WarningType::Expired => (self.expired == Some(true))
                .then(|| format!("the signer's certificate expired at {}", signer.valid_until())),
            WarningType::NotYetValid => (self.not_yet_valid == Some(true)).then(|| {
                format!("the signer's certificate is not valid before {}", signer.valid_from())
            }),
            WarningType::Untrusted => (self.trusted != Some(true)).then(|| match self.distrust {
                Some(why) => format!("the signer's certificate is not trusted: {why}"),
                None => "the signer's certificate is not trusted: nobody is".to_owned(),
            }),
        };
        let is_ignored = |kind| {
            behaviors
                .iter()
                .rev()
                .find(|behavior| behavior.kind == kind)
                .is_some_and(|behavior| behavior.ignored)
        };
        WarningType::ALL
            .into_iter()
            .filter_map(|kind| {
                let message = message(kind)?;
                Some(Warning { kind, message, ignored: is_ignored(kind) })
            })
            .collect()
    }
}
