//! Input of which any part can be read.

use std::io;

/// Bytes of which any part can be read, by several threads at a time: a file, a slice.
///
/// Implemented for [`File`](std::fs::File) on Unix and Windows. On Windows reading moves the
/// position of the file, which nobody else should then rely on.
pub trait ReadAt: Sync {
    /// Reads bytes from `offset` on, in bytes from the start: how many were read. Zero says that
    /// there are none from there on, or that the buffer is empty.
    ///
    /// # Errors
    ///
    /// When they cannot be read. One of [`ErrorKind::Interrupted`](io::ErrorKind::Interrupted)
    /// says to try again.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
}

#[cfg(unix)]
impl ReadAt for std::fs::File {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buffer, offset)
    }
}

#[cfg(windows)]
impl ReadAt for std::fs::File {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(self, buffer, offset)
    }
}

impl ReadAt for [u8] {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let from = usize::try_from(offset).ok().and_then(|offset| self.get(offset..));
        io::Read::read(&mut from.unwrap_or_default(), buffer)
    }
}

impl ReadAt for Vec<u8> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.as_slice().read_at(buffer, offset)
    }
}

impl<T: ReadAt + ?Sized> ReadAt for &T {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        (**self).read_at(buffer, offset)
    }
}
