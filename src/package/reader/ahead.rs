//! Reading on one thread while another works on what was read.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread;

/// Bytes read at once.
pub(super) const PIECE: usize = 1 << 20;
/// Bytes read before that: what is smaller costs neither large buffers nor a thread.
pub(super) const BEGINNING: usize = 64 << 10;
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

/// Reads `input`, on a thread of its own when there is much, and hands what came to `work`.
///
/// When `work` ends early, so does the thread, after the read it may be in.
pub(super) fn read_ahead<T>(
    mut input: impl Read + Send,
    work: impl FnOnce(Ahead) -> T,
) -> io::Result<T> {
    let (give, full) = sync_channel(PIECES);
    let (empty, take) = sync_channel(PIECES);
    let ahead = Ahead { full, empty, piece: None };
    let (beginning, end) = read_beginning(&mut input);
    // There is room for it and what ends it, and the receiver is here.
    if beginning.end > 0 {
        let _given = give.send(Ok(beginning));
    }
    match end {
        Some(end) => {
            if let Err(error) = end {
                let _given = give.send(Err(error));
            }
            drop(give);
            Ok(work(ahead))
        }
        None => thread::scope(|scope| {
            thread::Builder::new().spawn_scoped(scope, move || pump(input, &give, &take))?;
            Ok(work(ahead))
        }),
    }
}

/// The first bytes, and how the input ended if it did.
fn read_beginning(input: &mut impl Read) -> (Piece, Option<io::Result<()>>) {
    let mut buffer = vec![0; BEGINNING].into_boxed_slice();
    let mut end: usize = 0;
    let over = loop {
        match buffer.get_mut(end..) {
            None | Some([]) => break None,
            Some(room) => match read(input, room) {
                Ok(0) => break Some(Ok(())),
                Ok(count) => end = end.saturating_add(count),
                Err(error) => break Some(Err(error)),
            },
        }
    };
    (Piece { buffer, start: 0, end }, over)
}

/// The same for what is left of an input; none when the system refuses a thread, and nothing was read then.
pub(super) fn read_on<T>(
    input: &mut (impl Read + Send + ?Sized),
    work: impl FnOnce(Ahead) -> T,
) -> Option<T> {
    let (give, full) = sync_channel(PIECES);
    let (empty, take) = sync_channel(PIECES);
    thread::scope(|scope| {
        let pumping = move || pump(input, &give, &take);
        thread::Builder::new().spawn_scoped(scope, pumping).ok()?;
        Some(work(Ahead { full, empty, piece: None }))
    })
}

fn pump(mut input: impl Read, full: &SyncSender<io::Result<Piece>>, empty: &Receiver<Box<[u8]>>) {
    let mut made: usize = 0;
    loop {
        let mut buffer = match empty.try_recv() {
            Ok(buffer) => buffer,
            Err(TryRecvError::Empty) if made < PIECES => {
                made = made.saturating_add(1);
                vec![0; PIECE].into_boxed_slice()
            }
            Err(_) => match empty.recv() {
                Ok(buffer) => buffer,
                Err(_) => return,
            },
        };
        let read = read(&mut input, &mut buffer);
        let is_last = !matches!(read, Ok(1..));
        if full.send(read.map(|end| Piece { buffer, start: 0, end })).is_err() || is_last {
            return;
        }
    }
}

/// Reads what comes next, however often it is interrupted.
pub(super) fn read(input: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // A reader that claims more than it was given room for is broken.
            Ok(count) if count > buffer.len() => return Err(broken()),
            result => return result,
        }
    }
}

/// A reader that claims more than it was given room for.
pub(super) fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "its reader is broken")
}

impl Ahead {
    /// What is there without waiting.
    pub(super) fn rest(&self) -> &[u8] {
        let piece = self.piece.as_ref();
        piece.and_then(|piece| piece.buffer.get(piece.start..piece.end)).unwrap_or_default()
    }

    /// Says that so many bytes of it are done with.
    pub(super) fn consume(&mut self, count: usize) {
        if let Some(piece) = &mut self.piece {
            piece.start = piece.start.saturating_add(count);
        }
    }

    /// Waits for what comes after the rest, which is done with: whether there is more.
    ///
    /// # Errors
    ///
    /// When the input could not be read. Nothing comes after that.
    pub(super) fn refill(&mut self) -> io::Result<bool> {
        if let Some(piece) = self.piece.take().filter(|piece| piece.buffer.len() == PIECE) {
            // The reader may have come to its end and gone.
            let _gone = self.empty.send(piece.buffer);
        }
        self.piece = self.full.recv().ok().transpose()?.filter(|piece| piece.end > 0);
        Ok(self.piece.is_some())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::{Ahead, BEGINNING, PIECE, PIECES, read_ahead, read_on};

    /// All bytes to the end or error.
    fn all(mut ahead: Ahead) -> (Vec<u8>, io::Result<bool>) {
        let mut bytes = Vec::new();
        loop {
            match ahead.refill() {
                Ok(true) => bytes.extend_from_slice(ahead.rest()),
                end => return (bytes, end),
            }
            assert!(!ahead.rest().is_empty(), "it says that there is more");
            ahead.consume(ahead.rest().len());
            assert!(ahead.rest().is_empty());
        }
    }

    #[test]
    fn all_bytes_come_in_order() {
        let input: Vec<u8> = (0..5 * PIECE + 7).map(|at| u8::try_from(at % 251).unwrap()).collect();
        for length in [0, 1, BEGINNING - 1, BEGINNING, BEGINNING + 1, 2 * PIECE, input.len()] {
            let (read, end) = read_ahead(&input[..length], all).unwrap();
            assert!(read == input[..length], "{length}");
            assert!(matches!(end, Ok(false)));
            let (read, end) = read_on(&mut &input[..length], all).unwrap();
            assert!(read == input[..length], "{length}, read on");
            assert!(matches!(end, Ok(false)));
        }
    }

    /// Ends, or fails, after so many bytes, and is not to be asked again.
    struct Ends {
        left: usize,
        end: Option<io::ErrorKind>,
        is_over: bool,
    }

    impl Read for Ends {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            assert!(!self.is_over, "it is asked again");
            let count = self.left.min(buffer.len());
            self.left -= count;
            self.is_over = count == 0;
            match self.end {
                Some(why) if self.is_over => Err(why.into()),
                _ => Ok(count),
            }
        }
    }

    #[test]
    fn an_input_is_not_read_after_its_end() {
        for left in [0, 1, BEGINNING, BEGINNING + 1, 4 * PIECE] {
            for end in [None, Some(io::ErrorKind::ConnectionReset)] {
                let input = || Ends { left, end, is_over: false };
                for (read, over) in
                    [read_ahead(input(), all).unwrap(), read_on(&mut input(), all).unwrap()]
                {
                    assert_eq!(read.len(), left);
                    assert_eq!(over.map_err(|error| error.kind()), end.map_or(Ok(false), Err));
                }
            }
        }
    }

    /// Memory is for so many pieces, however slow the work.
    #[test]
    fn no_more_is_read_than_there_are_pieces_for() {
        struct Tells(mpsc::Sender<()>);
        impl Read for Tells {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                // Nobody listens any more when the work is over.
                let _told = self.0.send(());
                Ok(buffer.len())
            }
        }
        let (tell, told) = mpsc::channel();
        read_on(&mut Tells(tell), |mut ahead| {
            for _ in 0..PIECES {
                told.recv().unwrap();
            }
            // Waiting longer cannot make it fail.
            let more = told.recv_timeout(Duration::from_millis(30));
            assert_eq!(more, Err(mpsc::RecvTimeoutError::Timeout));
            // One that was worked on is filled again.
            assert!(ahead.refill().unwrap() && ahead.refill().unwrap());
            told.recv().unwrap();
        })
        .unwrap();
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        struct Breaks(usize);
        impl Read for Breaks {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.0.min(buffer.len());
                self.0 -= count;
                buffer[..count].fill(b'x');
                if count == 0 { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(count) }
            }
        }
        for length in [0, 1, BEGINNING, BEGINNING + 1, 4 * PIECE] {
            let (read, end) = read_ahead(Breaks(length), all).unwrap();
            assert!(read == vec![b'x'; length], "{length}");
            assert_eq!(end.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        }
    }

    #[test]
    fn only_what_is_long_is_read_on_a_thread_of_its_own() {
        struct Here(thread::ThreadId, usize);
        impl Read for Here {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                assert_eq!(thread::current().id() == self.0, self.1 < BEGINNING);
                self.1 += 1_000;
                Ok(buffer.len().min(1_000))
            }
        }
        let input = Here(thread::current().id(), 0);
        let (read, _) = read_ahead(input.take(2 * BEGINNING as u64), all).unwrap();
        assert_eq!(read.len(), 2 * BEGINNING);
    }

    #[test]
    fn work_that_ends_early_ends_the_reading() {
        let more = read_ahead(io::repeat(0), |mut ahead| ahead.refill()).unwrap();
        assert!(more.unwrap());
    }
}
