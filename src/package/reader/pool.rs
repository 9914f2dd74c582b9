//! Files read by several threads, each of which hashes two at a time.

use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::intake::{Entry, State};
use super::reading::{Finished, Reading};
use crate::digest::Algorithms;
use crate::package::tar::Member;

/// A file that is there, and how opening it went.
pub(super) struct Opened<'q> {
    pub(super) name: String,
    pub(super) input: io::Result<Box<dyn Read + Send + 'q>>,
    /// What to compute of it.
    pub(super) algorithms: Algorithms,
}

/// Where files come from, one after the other.
pub(super) trait Queue<'q>: Send {
    /// The next that is there; none after the last.
    fn next(&mut self) -> Option<Opened<'q>>;
    /// The file that was opened as the `place`th was read. They may come in any order.
    fn finished(&mut self, place: usize, entry: &mut Entry);
}

/// Reads all files of a queue, on so many threads at most, in its order. No more are started than
/// there are `files`; while one is read that no other can help with, a thread that would have
/// nothing to do reads it ahead.
pub(super) fn read_all<'q>(queue: &mut dyn Queue<'q>, files: usize, jobs: usize) -> Vec<Finished> {
    let shared =
        Shared { queue, opened: 0, given: Vec::new(), idle: 0, pairs: 0, spare: jobs.max(1) };
    let pool = Pool { shared: Mutex::new(shared), changed: Condvar::new() };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..jobs.min(files))
            // A thread the system refuses is one that does not help.
            .map_while(|_| thread::Builder::new().spawn_scoped(scope, || pool.work()).ok())
            .collect();
        let mut done = pool.work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|&(place, _)| place);
    done.into_iter().map(|(_, finished)| finished).collect()
}

struct Pool<'p, 'q> {
    shared: Mutex<Shared<'p, 'q>>,
    /// Something was given, or a thread has no longer two.
    changed: Condvar,
}

struct Shared<'p, 'q> {
    queue: &'p mut dyn Queue<'q>,
    /// Files opened so far.
    opened: usize,
    /// What threads with two have given to those without any.
    given: Vec<Placed<'q>>,
    /// Threads that wait for that.
    idle: usize,
    /// Threads with two.
    pairs: usize,
    /// Threads that are allowed and have nothing to do, or were never started.
    spare: usize,
}

/// A file being read, and its place among all.
type Placed<'q> = (usize, Reading<'q>);
type Done = Vec<(usize, Finished)>;

impl<'p, 'q> Pool<'p, 'q> {
    /// Reads what there is to read.
    fn work(&self) -> Done {
        let mut done = Vec::new();
        while let Some(one) = self.first(&mut done) {
            let mut left = Some(one);
            while let Some(one) = left {
                left = match self.second(&mut done) {
                    Some((other, pair)) => self.read_two(one, other, pair, &mut done),
                    // Nothing is left to be opened, and what others have in hand they give to the idle.
                    None => {
                        self.read_one(one, &mut done);
                        None
                    }
                };
            }
            self.release();
        }
        done
    }

    /// Reads two at a time until one ends, or an idle thread takes it: the one that is left.
    fn read_two(
        &self,
        mut one: Placed<'q>,
        mut other: Placed<'q>,
        _pair: Pair<'_, 'p, 'q>,
        done: &mut Done,
    ) -> Option<Placed<'q>> {
        loop {
            other = match self.give(other) {
                Some(other) => other,
                None => return Some(one),
            };
            if let Some(end) = one.1.read() {
                self.finish(one, end, done);
                return Some(other);
            }
            if let Some(end) = other.1.read() {
                self.finish(other, end, done);
                one.1.take_in();
                return Some(one);
            }
            one.1.take_in_both(&mut other.1);
        }
    }

    /// Reads one to its end, on two threads from the moment another has nothing to do.
    fn read_one(&self, mut one: Placed<'q>, done: &mut Done) {
        let end = loop {
            if let Some(end) = one.1.read() {
                break end;
            }
            one.1.take_in();
            if one.1.is_long() && self.take_spare() {
                let end = one.1.read_on();
                self.release();
                if let Some(end) = end {
                    break end;
                }
            }
        };
        self.finish(one, end, done);
    }

    fn finish(&self, (place, reading): Placed<'q>, end: io::Result<()>, done: &mut Done) {
        let mut finished = reading.finish(end);
        self.lock().queue.finished(place, &mut finished.entry);
        done.push((place, finished));
    }

    /// Something to read for a thread without any; none when nothing will come any more.
    fn first(&self, done: &mut Done) -> Option<Placed<'q>> {
        let mut shared = self.lock();
        loop {
            if let Some(given) = shared.given.pop().or_else(|| shared.open(done)) {
                shared.spare = shared.spare.saturating_sub(1);
                return Some(given);
            }
            if shared.pairs == 0 {
                return None;
            }
            shared.idle = shared.idle.saturating_add(1);
            shared = self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
            shared.idle = shared.idle.saturating_sub(1);
        }
    }

    /// Something to read beside what the thread has.
    fn second(&self, done: &mut Done) -> Option<(Placed<'q>, Pair<'_, 'p, 'q>)> {
        let mut shared = self.lock();
        let opened = shared.open(done)?;
        shared.pairs = shared.pairs.saturating_add(1);
        Some((opened, Pair(self)))
    }

    /// Gives to a thread that has nothing to do; it comes back when there is none.
    fn give(&self, reading: Placed<'q>) -> Option<Placed<'q>> {
        let mut shared = self.lock();
        if shared.idle <= shared.given.len() {
            return Some(reading);
        }
        shared.given.push(reading);
        self.changed.notify_all();
        None
    }

    /// Takes a thread that has nothing to do and nothing to wait for.
    fn take_spare(&self) -> bool {
        let mut shared = self.lock();
        let is_spare = shared.spare > 0 && shared.pairs == 0;
        if is_spare {
            shared.spare = shared.spare.saturating_sub(1);
        }
        is_spare
    }

    /// A thread has nothing to do any more.
    fn release(&self) {
        let mut shared = self.lock();
        shared.spare = shared.spare.saturating_add(1);
    }

    fn lock(&self) -> MutexGuard<'_, Shared<'p, 'q>> {
        // A thread that panics leaves counts and lists as they were; the panic is passed on in the end.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'q> Shared<'_, 'q> {
    /// Opens the next file. Those that cannot be opened are done.
    fn open(&mut self, done: &mut Done) -> Option<Placed<'q>> {
        loop {
            let Opened { name, input, algorithms } = self.queue.next()?;
            let place = self.opened;
            self.opened = place.saturating_add(1);
            match input {
                Ok(input) => return Some((place, Reading::new(name, input, algorithms, None))),
                Err(error) => {
                    let state = State::Unreadable(error.to_string());
                    let entry = Entry::empty(Member::file(name, 0), state);
                    done.push((place, Finished { entry, error: Some(error) }));
                }
            }
        }
    }
}

/// That a thread has two: while one has, others wait for it to give, so it must not be forgotten in
/// a panic either.
struct Pair<'l, 'p, 'q>(&'l Pool<'p, 'q>);

impl Drop for Pair<'_, '_, '_> {
    fn drop(&mut self) {
        let mut shared = self.0.lock();
        shared.pairs = shared.pairs.saturating_sub(1);
        self.0.changed.notify_all();
    }
}
