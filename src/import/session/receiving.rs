//! The calls by which files of a session arrive in ranges.

/// Gives a session the calls that hand bytes to the [`Transfer`](super::transfer::Transfer) of a file.
///
/// The session has a method `with_file(name, now, call)`, which says in which states they are allowed and
/// what follows when a file has come to its end.
macro_rules! receives_files {
    ($session:ty) => {
        impl $session {
            /// Takes bytes of a file that belong at an offset. See
            /// [`Transfer::receive`]($crate::import::session::Transfer::receive); what it returns says which of them
            /// to store, and what to hand back for hashing.
            ///
            /// When a digest does not match, the file has failed after this, and an import with it.
            ///
            /// # Errors
            ///
            /// [`NotFound`](SessionError::NotFound) when there is no such file,
            /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState),
            /// [`File`](SessionError::File).
            pub fn receive(
                &mut self,
                name: &str,
                offset: u64,
                bytes: &[u8],
                now: Duration,
            ) -> Result<Received, SessionError> {
                self.with_file(name, now, |transfer| transfer.receive(offset, bytes))
            }

            /// Takes bytes of a file back from storage, to hash them. See
            /// [`Transfer::replay`]($crate::import::session::Transfer::replay).
            ///
            /// # Errors
            ///
            /// The same.
            pub fn replay(
                &mut self,
                name: &str,
                offset: u64,
                bytes: &[u8],
                now: Duration,
            ) -> Result<Option<Range<u64>>, SessionError> {
                self.with_file(name, now, |transfer| transfer.replay(offset, bytes))
            }

            /// Says how many bytes a file has. See
            /// [`Transfer::declare_size`]($crate::import::session::Transfer::declare_size).
            ///
            /// # Errors
            ///
            /// The same.
            pub fn declare_size(
                &mut self,
                name: &str,
                bytes: u64,
                now: Duration,
            ) -> Result<(), SessionError> {
                self.with_file(name, now, |transfer| transfer.declare_size(bytes))
            }

            /// Bytes of a file were lost, and must come again. See
            /// [`Transfer::forget`]($crate::import::session::Transfer::forget).
            ///
            /// # Errors
            ///
            /// The same.
            pub fn forget(
                &mut self,
                name: &str,
                gone: Range<u64>,
                now: Duration,
            ) -> Result<(), SessionError> {
                self.with_file(name, now, |transfer| transfer.forget(gone))
            }

            /// A file will not come, and this is why. An import fails with it.
            ///
            /// # Errors
            ///
            /// The same.
            pub fn fail_file(
                &mut self,
                name: &str,
                why: &str,
                now: Duration,
            ) -> Result<(), SessionError> {
                self.with_file(name, now, |transfer| transfer.fail(why))
            }
        }
    };
}
pub(super) use receives_files;
