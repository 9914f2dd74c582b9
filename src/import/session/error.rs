//! Why a call on a session is refused.

use super::transfer::TransferError;
use crate::diagnostic::quoted;

/// Why a call on a session is refused. Nothing has changed then, unless the call says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// There is no such thing: the session is unknown, deleted or expired, or the file is not part of it.
    #[error("there is no {what} {}", quoted(.name))]
    NotFound {
        /// `session` or `file`.
        what: &'static str,
        /// The name or identifier asked for.
        name: String,
    },
    /// The state of the session, or of the file, does not allow it.
    #[error("this is not allowed in state `{state}`")]
    NotAllowedInCurrentState {
        /// The state, as the API spells it.
        state: &'static str,
    },
    /// The session waits for something else first.
    #[error("this is not allowed yet: {why}")]
    NotAllowedYet {
        /// What it waits for.
        why: String,
    },
    /// An argument makes no sense.
    #[error("the argument `{name}` {why}")]
    InvalidArgument {
        /// Which argument.
        name: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// Another update session of the library item is active.
    #[error("the library item {} has another active update session", quoted(.item))]
    ResourceBusy {
        /// The library item.
        item: String,
    },
    /// There are too many sessions, files or documents already.
    #[error("there are {limit} {what} already")]
    UnableToAllocateResource {
        /// Of what there are too many.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// The file refuses it.
    #[error("file {}: {error}", quoted(.file))]
    File {
        /// Which file.
        file: String,
        /// Why.
        error: TransferError,
    },
}

impl SessionError {
    /// The name of the error in `com.vmware.vapi.std.errors`: `NOT_FOUND` and so on.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "NOT_FOUND",
            Self::NotAllowedInCurrentState { .. }
            | Self::NotAllowedYet { .. }
            | Self::File { error: TransferError::Settled(_), .. } => "NOT_ALLOWED_IN_CURRENT_STATE",
            Self::InvalidArgument { .. } | Self::File { .. } => "INVALID_ARGUMENT",
            Self::ResourceBusy { .. } => "RESOURCE_BUSY",
            Self::UnableToAllocateResource { .. } => "UNABLE_TO_ALLOCATE_RESOURCE",
        }
    }

    pub(super) fn no_file(name: &str) -> Self {
        Self::NotFound { what: "file", name: name.to_owned() }
    }

    pub(super) fn no_session(id: &str) -> Self {
        Self::NotFound { what: "session", name: id.to_owned() }
    }

    pub(super) fn argument(name: &'static str, why: impl Into<String>) -> Self {
        Self::InvalidArgument { name, why: why.into() }
    }

    pub(super) fn file(name: &str) -> impl FnOnce(TransferError) -> Self {
        move |error| Self::File { file: name.to_owned(), error }
    }
}
