//! A file of a folder, while it is read.

use std::io::{self, Read};

use super::ahead::{BEGINNING, PIECE};
use super::intake::{Entry, Intake, State};
use crate::digest::Algorithms;
use crate::package::tar::Member;

/// An open file and what was gathered of it.
pub(super) struct Reading {
    name: String,
    input: Box<dyn Read + Send>,
    intake: Intake,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were read and not yet taken in.
    filled: usize,
}

impl Reading {
    pub(super) fn new(
        name: String,
        input: Box<dyn Read + Send>,
        algorithms: Algorithms,
        room: Option<usize>,
    ) -> Self {
        let intake = Intake::new(algorithms, room);
        Self { name, input, intake, buffer: Vec::new(), filled: 0 }
    }

    /// Reads the next piece; where there is none, says what state the file is in.
    pub(super) fn read(&mut self) -> Option<State> {
        // A small file shall not cost a large buffer.
        if self.filled == self.buffer.len() {
            self.buffer.resize(if self.buffer.is_empty() { BEGINNING } else { PIECE }, 0);
        }
        self.filled = 0;
        loop {
            match self.input.read(&mut self.buffer) {
                Ok(0) => return Some(State::Whole),
                Ok(count) if count <= self.buffer.len() => {
                    self.filled = count;
                    return None;
                }
                // A reader that claims more than it was given room for is broken.
                Ok(_) => return Some(State::Unreadable("its reader is broken".to_owned())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Some(State::Unreadable(error.to_string())),
            }
        }
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

    pub(super) fn finish(self, state: State) -> Entry {
        let member = Member::file(self.name, self.intake.bytes());
        self.intake.finish(member, state)
    }

    /// Reads to the end.
    pub(super) fn finish_reading(mut self) -> Entry {
        loop {
            if let Some(state) = self.read() {
                return self.finish(state);
            }
            self.take_in();
        }
    }
}
