//! Sessions by identifier.

use std::collections::BTreeMap;
use std::time::Duration;

use super::error::SessionError;

/// Most sessions of one kind at a time.
///
/// 1,000: an import takes minutes, and a server that has this many at once has a client that leaks them.
pub const MAX_SESSIONS: usize = 1_000;

/// Longest identifier of a session, in bytes; a UUID has 36.
const MAX_ID_BYTES: usize = 256;

/// What a store must know of its sessions.
pub trait Session {
    /// The session does not expire before this time.
    fn expires_at(&self) -> Duration;

    /// Whether it may be deleted by its client.
    ///
    /// # Errors
    ///
    /// [`SessionError::NotAllowedInCurrentState`].
    fn may_delete(&self) -> Result<(), SessionError> {
        Ok(())
    }
}

/// Sessions by identifier, with the tokens their clients made them with.
///
/// A session that has expired is gone at once, for every call; [`sweep`](Self::sweep) hands it out, so
/// that the bytes that belong to it can be removed.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sessions<S> {
    sessions: BTreeMap<String, S>,
    /// From client tokens, in lower case, to identifiers.
    tokens: BTreeMap<String, String>,
    limit: usize,
}

impl<S> Default for Sessions<S> {
    fn default() -> Self {
        Self { sessions: BTreeMap::new(), tokens: BTreeMap::new(), limit: MAX_SESSIONS }
    }
}

impl<S: Session> Sessions<S> {
    /// None yet, and at most [`MAX_SESSIONS`].
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with another ceiling.
    #[must_use]
    pub const fn limit(mut self, sessions: usize) -> Self {
        self.limit = sessions;
        self
    }

    /// Creates a session, and returns its identifier: `id`, which the caller makes up, or that of the
    /// session that was made with the same client token before. `make` is not called then.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`](SessionError::InvalidArgument) when the token is no UUID, or the identifier is
    /// empty, over 256 bytes or taken;
    /// [`UnableToAllocateResource`](SessionError::UnableToAllocateResource) when there are too many
    /// sessions; and what `make` returns.
    pub fn create(
        &mut self,
        id: &str,
        client_token: Option<&str>,
        now: Duration,
        make: impl FnOnce() -> Result<S, SessionError>,
    ) -> Result<String, SessionError> {
        let token = client_token.map(uuid).transpose()?;
        if let Some(known) = token.as_deref().and_then(|token| self.by_token(token, now)) {
            return Ok(known.to_owned());
        }
        if id.is_empty() || id.len() > MAX_ID_BYTES || self.sessions.contains_key(id) {
            return Err(SessionError::argument(
                "id",
                format!("is empty, over {MAX_ID_BYTES} bytes or taken"),
            ));
        }
        if self.sessions.len() >= self.limit {
            let limit = self.limit;
            return Err(SessionError::UnableToAllocateResource { what: "sessions", limit });
        }
        self.sessions.insert(id.to_owned(), make()?);
        if let Some(token) = token {
            self.tokens.insert(token, id.to_owned());
        }
        Ok(id.to_owned())
    }

    /// A session.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound).
    pub fn get(&self, id: &str, now: Duration) -> Result<&S, SessionError> {
        let session = self.sessions.get(id).filter(|session| !is_expired(*session, now));
        session.ok_or_else(|| SessionError::no_session(id))
    }

    /// A session, to call.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound).
    pub fn get_mut(&mut self, id: &str, now: Duration) -> Result<&mut S, SessionError> {
        let session = self.sessions.get_mut(id).filter(|session| !is_expired(&**session, now));
        session.ok_or_else(|| SessionError::no_session(id))
    }

    /// The sessions with their identifiers, in the order of these.
    pub fn list(&self, now: Duration) -> impl Iterator<Item = (&str, &S)> {
        let living = self.sessions.iter().filter(move |(_, session)| !is_expired(*session, now));
        living.map(|(id, session)| (id.as_str(), session))
    }

    /// Deletes a session, and hands it out. For an import session this is also how it is cancelled.
    ///
    /// # Errors
    ///
    /// [`NotFound`](SessionError::NotFound); for an update session that is active
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn delete(&mut self, id: &str, now: Duration) -> Result<S, SessionError> {
        self.get(id, now)?.may_delete()?;
        self.remove(id).ok_or_else(|| SessionError::no_session(id))
    }

    /// Takes out the sessions that have expired. Call it now and then.
    pub fn sweep(&mut self, now: Duration) -> Vec<(String, S)> {
        let expired: Vec<_> = self
            .sessions
            .iter()
            .filter(|(_, session)| is_expired(*session, now))
            .map(|(id, _)| id.clone())
            .collect();
        expired.into_iter().filter_map(|id| self.remove(&id).map(|session| (id, session))).collect()
    }

    /// The identifier of the session made with a token.
    pub(super) fn by_token(&self, token: &str, now: Duration) -> Option<&str> {
        let id = self.tokens.get(token)?;
        self.get(id, now).is_ok().then_some(id)
    }

    fn remove(&mut self, id: &str) -> Option<S> {
        let session = self.sessions.remove(id)?;
        self.tokens.retain(|_, known| known != id);
        Some(session)
    }
}

fn is_expired<S: Session>(session: &S, now: Duration) -> bool {
    now > session.expires_at()
}

/// A client token in lower case (RFC 9562, 4: letter case counts for nothing).
pub(super) fn uuid(token: &str) -> Result<String, SessionError> {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups = || token.split('-');
    let is_uuid = groups().map(str::len).eq(GROUPS)
        && groups().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if is_uuid {
        Ok(token.to_ascii_lowercase())
    } else {
        Err(SessionError::argument("client_token", "is no UUID"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Session, Sessions, uuid};
    use std::time::Duration;

    struct Until(u64);

    impl Session for Until {
        fn expires_at(&self) -> Duration {
            Duration::from_secs(self.0)
        }
    }

    const TOKEN: &str = "b8a2a2e3-2314-43cd-a871-6ede0f429751";

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn only_uuids_are_tokens() {
        assert_eq!(uuid(&TOKEN.to_uppercase()).unwrap(), TOKEN);
        for token in ["", "token", "b8a2a2e3231443cda8716ede0f429751", &TOKEN.replace('b', "g")] {
            assert_eq!(uuid(token).unwrap_err().as_str(), "INVALID_ARGUMENT", "{token}");
        }
    }

    #[test]
    fn a_token_leads_to_its_session_while_that_lives() {
        let mut sessions = Sessions::new();
        assert_eq!(sessions.create("a", Some(TOKEN), at(0), || Ok(Until(10))).unwrap(), "a");
        let again = sessions.create("b", Some(&TOKEN.to_uppercase()), at(10), || Ok(Until(99)));
        assert_eq!(again.unwrap(), "a");
        assert!(sessions.get("b", at(10)).is_err());
        // Expired, though nobody has swept.
        assert_eq!(sessions.get("a", at(11)).err().unwrap().as_str(), "NOT_FOUND");
        assert_eq!(sessions.create("b", Some(TOKEN), at(11), || Ok(Until(99))).unwrap(), "b");
        assert_eq!(sessions.sweep(at(11)).len(), 1);
        // The old session took nothing of the new one with it.
        assert_eq!(sessions.create("c", Some(TOKEN), at(11), || Ok(Until(99))).unwrap(), "b");
    }

    #[test]
    fn there_is_a_ceiling() {
        let mut sessions = Sessions::new().limit(1);
        sessions.create("a", None, at(0), || Ok(Until(10))).unwrap();
        let error = sessions.create("b", None, at(0), || Ok(Until(10))).unwrap_err();
        assert_eq!(error.as_str(), "UNABLE_TO_ALLOCATE_RESOURCE");
        assert_eq!(sessions.delete("a", at(0)).map(|session| session.0), Ok(10));
        sessions.create("b", None, at(0), || Ok(Until(10))).unwrap();
    }
}
