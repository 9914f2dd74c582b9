//! One of several files, while it is read.

use std::io::{self, Read};

use super::ahead::{self, BEGINNING, PIECE};
use super::intake::{Entry, Intake, State};
use crate::digest::Algorithms;
use crate::package::tar::Member;

/// An open file and what was gathered of it.
pub(super) struct Reading<'q> {
    name: String,
    input: Box<dyn Read + Send + 'q>,
    intake: Intake,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were read and not yet taken in.
    filled: usize,
}

/// A file that was read as far as that went.
pub(super) struct Finished {
    pub(super) entry: Entry,
    /// Why it could not be read any further, which is its state too.
    pub(super) error: Option<io::Error>,
}

impl<'q> Reading<'q> {
    pub(super) fn new(
        name: String,
        input: Box<dyn Read + Send + 'q>,
        algorithms: Algorithms,
        room: Option<usize>,
    ) -> Self {
        let intake = Intake::new(algorithms, room);
        Self { name, input, intake, buffer: Vec::new(), filled: 0 }
    }

    /// Reads the next piece; where there is none, says how the file ended.
    pub(super) fn read(&mut self) -> Option<io::Result<()>> {
        // A small file shall not cost a large buffer.
        if self.filled == self.buffer.len() {
            self.buffer.resize(if self.buffer.is_empty() { BEGINNING } else { PIECE }, 0);
        }
        self.filled = 0;
        match ahead::read(&mut *self.input, &mut self.buffer) {
            Ok(0) => Some(Ok(())),
            Ok(count) => {
                self.filled = count;
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// Whether so much was read at once that there is likely to be much more.
    pub(super) fn is_long(&self) -> bool {
        self.filled == PIECE
    }

    /// Takes in what was read.
    pub(super) fn take_in(&mut self) {
        self.intake.update(self.buffer.get(..self.filled).unwrap_or_default());
    }

    /// Takes in what was read of both.
    pub(super) fn take_in_both(&mut self, other: &mut Self) {
        self.intake.update_with(
            self.buffer.get(..self.filled).unwrap_or_default(),
            &mut other.intake,
            other.buffer.get(..other.filled).unwrap_or_default(),
        );
    }

    /// Reads to the end on a thread of its own while this one takes in; none, and nothing was read,
    /// when the system refuses a thread.
    pub(super) fn read_on(&mut self) -> Option<io::Result<()>> {
        let Self { input, intake, .. } = self;
        ahead::read_on(&mut **input, |mut ahead| {
            while ahead.refill()? {
                intake.update(ahead.rest());
            }
            Ok(())
        })
    }

    pub(super) fn finish(self, end: io::Result<()>) -> Finished {
        let member = Member::file(self.name, self.intake.bytes());
        let error = end.err();
        let state = error.as_ref().map_or(State::Whole, |why| State::Unreadable(why.to_string()));
        Finished { entry: self.intake.finish(member, state), error }
    }

    /// Reads to the end.
    pub(super) fn finish_reading(mut self) -> Finished {
        loop {
            if let Some(end) = self.read() {
                return self.finish(end);
            }
            self.take_in();
        }
    }
}
