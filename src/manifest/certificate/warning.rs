//! The warnings of the content library's update session, `com.vmware.content.library.item.updatesession`.

use super::report::SignatureReport;

/// What vCenter warns of when a package is signed, `WarningType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum WarningType {
    /// The signer's certificate is its own issuer.
    SelfSigned,
    /// Its time is over.
    Expired,
    /// Its time is still to come.
    NotYetValid,
    /// Nobody who is trusted vouches for it.
    Untrusted,
}

impl WarningType {
    /// All, in the order of the API.
    pub const ALL: [Self; 4] =
        [Self::SelfSigned, Self::Expired, Self::NotYetValid, Self::Untrusted];

    /// The name in the API: `SELF_SIGNED_CERTIFICATE` and so on.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SelfSigned => "SELF_SIGNED_CERTIFICATE",
            Self::Expired => "EXPIRED_CERTIFICATE",
            Self::NotYetValid => "NOT_YET_VALID_CERTIFICATE",
            Self::Untrusted => "UNTRUSTED_CERTIFICATE",
        }
    }

    /// The warning of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|warning| warning.as_str() == name)
    }
}

/// Whether the caller accepts a warning, `WarningBehavior`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "the API has these two fields")]
pub struct WarningBehavior {
    /// Which.
    pub kind: WarningType,
    /// Whether the session goes on in spite of it.
    pub ignored: bool,
}

/// A warning that was raised, `PreviewWarningInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// Which.
    pub kind: WarningType,
    /// What exactly.
    pub message: String,
    /// Whether the caller accepts it. One that is not accepted makes the session fail.
    pub ignored: bool,
}

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
