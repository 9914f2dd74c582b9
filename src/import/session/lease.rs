//! How long a session lives, and how far its client says it is.

use std::time::Duration;

use super::error::SessionError;

/// How long sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::exhaustive_structs, reason = "both are for the caller to set")]
pub struct Timing {
    /// How long a session lives on after its last activity.
    pub idle: Duration,
    /// How long a session that has come to its end can still be looked at.
    pub retention: Duration,
}

/// Five minutes each, the default of the content library.
impl Default for Timing {
    fn default() -> Self {
        const MINUTES: Duration = Duration::from_secs(5 * 60);
        Self { idle: MINUTES, retention: MINUTES }
    }
}

/// The time a session lives. Times are durations since an epoch that the caller chooses, one for all calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Lease {
    timing: Timing,
    expires_at: Duration,
}

impl Lease {
    pub(super) fn new(timing: Timing, now: Duration) -> Self {
        Self { timing, expires_at: now.saturating_add(timing.idle) }
    }

    /// The session will not expire before this time.
    pub(super) const fn expires_at(&self) -> Duration {
        self.expires_at
    }

    /// There was activity. A promise is never taken back, though the clock may be set back.
    pub(super) fn renew(&mut self, now: Duration) {
        self.expires_at = self.expires_at.max(now.saturating_add(self.timing.idle));
    }

    /// The session has come to its end.
    pub(super) fn retain(&mut self, now: Duration) {
        self.expires_at = self.expires_at.max(now.saturating_add(self.timing.retention));
    }
}

/// What a client says of its progress: 0 to 100, and never less than before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Progress(u8);

impl Progress {
    pub(super) const fn percent(self) -> u8 {
        self.0
    }

    /// A smaller figure than before is no error, since a client that only wants to keep its session alive
    /// may repeat itself or round differently; it changes nothing.
    pub(super) fn advance(&mut self, percent: u8) -> Result<(), SessionError> {
        if percent > 100 {
            return Err(SessionError::argument("progress", "is over 100"));
        }
        self.0 = self.0.max(percent);
        Ok(())
    }
}
