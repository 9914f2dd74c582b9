//! Reading on one thread while another works on what was read.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Bytes read at once.
pub(super) const PIECE: usize = 1 << 20;
/// Pieces on their way: one being filled, one waiting, one being worked on.
const PIECES: usize = 3;

/// What was read ahead, in order.
#[derive(Debug)]
pub(super) struct Ahead {
    full: Receiver<io::Result<Piece>>,
    empty: SyncSender<Box<[u8]>>,
    piece: Option<Piece>,
}

#[derive(Debug)]
struct Piece {
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
}

/// Reads `input` on a thread of its own and hands what came to `work`.
///
/// When `work` ends early, so does the thread, after the read it may be in.
pub(super) fn read_ahead<T>(
    input: impl Read + Send,
    work: impl FnOnce(Ahead) -> T,
) -> io::Result<T> {
    thread::scope(|scope| {
        let (give, full) = sync_channel(PIECES);
        let (empty, take) = sync_channel(PIECES);
        for _ in 0..PIECES {
            // There is room for all, and the receiver is here.
            let _given = empty.send(vec![0; PIECE].into_boxed_slice());
        }
        thread::Builder::new().spawn_scoped(scope, move || pump(input, &give, &take))?;
        Ok(work(Ahead { full, empty, piece: None }))
    })
}

fn pump(mut input: impl Read, full: &SyncSender<io::Result<Piece>>, empty: &Receiver<Box<[u8]>>) {
    while let Ok(mut buffer) = empty.recv() {
        let read = loop {
            match input.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A reader that claims more than it was given room for is broken.
                Ok(count) if count > buffer.len() => break Err(io::ErrorKind::InvalidData.into()),
                result => break result,
            }
        };
        let is_last = !matches!(read, Ok(1..));
        if full.send(read.map(|end| Piece { buffer, start: 0, end })).is_err() || is_last {
            return;
        }
    }
}

impl Read for Ahead {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let mut piece = match self.piece.take() {
            Some(piece) => piece,
            // Nothing comes after the end or an error.
            None => match self.full.recv() {
                Ok(piece) => piece?,
                Err(_) => return Ok(0),
            },
        };
        let mut rest = piece.buffer.get(piece.start..piece.end).unwrap_or_default();
        let count = rest.read(target)?;
        piece.start = piece.start.saturating_add(count);
        if piece.start < piece.end {
            self.piece = Some(piece);
        } else {
            // The reader may have come to its end and gone.
            let _gone = self.empty.send(piece.buffer);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::{PIECE, read_ahead};

    #[test]
    fn all_bytes_come_in_order() {
        let input: Vec<u8> = (0..5 * PIECE + 7).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let mut read = Vec::new();
        read_ahead(input.as_slice(), |mut ahead| ahead.read_to_end(&mut read)).unwrap().unwrap();
        assert!(read == input);
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        struct Breaks(bool);
        impl Read for Breaks {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(io::ErrorKind::ConnectionReset.into());
                }
                buffer[0] = b'x';
                Ok(1)
            }
        }
        let mut read = Vec::new();
        let result = read_ahead(Breaks(false), |mut ahead| ahead.read_to_end(&mut read)).unwrap();
        assert_eq!(read, b"x");
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    }

    #[test]
    fn work_that_ends_early_ends_the_reading() {
        let count = read_ahead(io::repeat(0), |mut ahead| ahead.read(&mut [0; 10])).unwrap();
        assert_eq!(count.unwrap(), 10);
    }
}
