//! What a content library warns of when a package is signed: the words of its update session,
//! `com.vmware.content.library.item.updatesession`. Whether there is reason to is for the feature `cert`.

/// What vCenter warns of when a package is signed, `WarningType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::exhaustive_structs, reason = "the API has these two fields")]
pub struct WarningBehavior {
    /// Which.
    pub kind: WarningType,
    /// Whether the session goes on in spite of it.
    pub ignored: bool,
}

/// A warning that was raised, `PreviewWarningInfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Warning {
    /// Which.
    pub kind: WarningType,
    /// What exactly.
    pub message: String,
    /// Whether the caller accepts it. One that is not accepted makes the session fail.
    pub ignored: bool,
}
