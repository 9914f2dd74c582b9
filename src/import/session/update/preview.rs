//! What is known of the signature of the files in an update session.

use super::UpdateSession;
use crate::import::session::error::SessionError;
use crate::manifest::{Warning, WarningType};
use std::time::Duration;

/// How far the look at a signature is: `PreviewInfo.State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PreviewState {
    /// The certificate could not be read.
    Unavailable,
    /// There is no certificate.
    NotApplicable,
    /// It is being read.
    Preparing,
    /// It was read.
    Available,
}

impl PreviewState {
    /// The name in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "UNAVAILABLE",
            Self::NotApplicable => "NOT_APPLICABLE",
            Self::Preparing => "PREPARING",
            Self::Available => "AVAILABLE",
        }
    }
}

/// What is known of the signature: `PreviewInfo`, as far as the session must know it.
///
/// Whoever has the certificate makes it, from the `warnings` of a
/// `manifest::certificate::SignatureReport`; the session applies what the client accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Preview {
    /// How far the look at it is.
    pub state: PreviewState,
    /// What is doubtful.
    pub warnings: Vec<Warning>,
}

impl Preview {
    /// There is no certificate.
    #[must_use]
    pub const fn not_applicable() -> Self {
        Self { state: PreviewState::NotApplicable, warnings: Vec::new() }
    }

    /// The certificate is being read. The session cannot be completed before it was.
    #[must_use]
    pub const fn preparing() -> Self {
        Self { state: PreviewState::Preparing, warnings: Vec::new() }
    }

    /// The certificate could not be read.
    #[must_use]
    pub const fn unavailable() -> Self {
        Self { state: PreviewState::Unavailable, warnings: Vec::new() }
    }

    /// The certificate was read, and this is doubtful about it.
    #[must_use]
    pub const fn available(warnings: Vec<Warning>) -> Self {
        Self { state: PreviewState::Available, warnings }
    }
}

impl UpdateSession {
    /// Says what is known of the signature.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn set_preview(&mut self, preview: Preview, now: Duration) -> Result<(), SessionError> {
        self.active()?;
        self.preview = preview;
        self.lease.renew(now);
        self.settle(now);
        Ok(())
    }

    /// What is known of the signature, with what the client accepts; only while the session is active.
    #[must_use]
    pub fn preview(&self) -> Option<Preview> {
        self.active().ok()?;
        let mut preview = self.preview.clone();
        for warning in &mut preview.warnings {
            warning.ignored = self.ignores(warning.kind);
        }
        Some(preview)
    }

    pub(super) fn ignores(&self, kind: WarningType) -> bool {
        // The last word on a type counts.
        let behaviors = self.request.warning_behavior.iter().rev();
        behaviors.into_iter().find(|said| said.kind == kind).is_some_and(|said| said.ignored)
    }
}
