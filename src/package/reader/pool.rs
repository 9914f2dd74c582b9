//! Files read by several threads, each of which hashes two at a time.

use std::io::{self, Read};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::intake::{Entry, State};
use super::reading::Reading;
use crate::package::tar::Member;

/// A file that is there, and how opening it went.
pub(super) struct Opened {
    pub(super) name: String,
    pub(super) input: io::Result<Box<dyn Read + Send>>,
}

/// Where files come from, one after the other.
pub(super) trait Queue: Send {
    /// The next that is there; none after the last.
    fn next(&mut self) -> Option<Opened>;
    /// Makes it ready for reading.
    fn begin(&self, name: String, input: Box<dyn Read + Send>) -> Reading;
}

/// Reads all files of a queue, on so many threads at most, in its order.
pub(super) fn read_all(queue: &mut dyn Queue, jobs: usize) -> Vec<Entry> {
    let shared = Shared { queue, opened: 0, given: Vec::new(), idle: 0, pairs: 0 };
    let pool = Pool { shared: Mutex::new(shared), changed: Condvar::new() };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..jobs)
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
    done.into_iter().map(|(_, entry)| entry).collect()
}

struct Pool<'q> {
    shared: Mutex<Shared<'q>>,
    /// Something was given, or a thread has no longer two.
    changed: Condvar,
}

struct Shared<'q> {
    queue: &'q mut dyn Queue,
    /// Files opened so far.
    opened: usize,
    /// What threads with two have given to those without any.
    given: Vec<Placed>,
    /// Threads that wait for that.
    idle: usize,
    /// Threads with two.
    pairs: usize,
}

/// A file being read, and its place among all.
type Placed = (usize, Reading);
type Done = Vec<(usize, Entry)>;

impl<'q> Pool<'q> {
    /// Reads what there is to read.
    fn work(&self) -> Done {
        let mut done = Vec::new();
        let mut left = None;
        while let Some(one) = left.take().or_else(|| self.first(&mut done)) {
            left = match self.second(&mut done) {
                Some((other, pair)) => self.read_two(one, other, pair, &mut done),
                // Nothing is left to be opened, and what others have in hand they give to the idle.
                None => {
                    let (place, reading) = one;
                    done.push((place, reading.finish_reading()));
                    None
                }
            };
        }
        done
    }

    /// Reads two at a time until one ends, or an idle thread takes it: the one that is left.
    fn read_two(
        &self,
        mut one: Placed,
        mut other: Placed,
        _pair: Pair<'_, '_>,
        done: &mut Done,
    ) -> Option<Placed> {
        loop {
            other = match self.give(other) {
                Some(other) => other,
                None => return Some(one),
            };
            if let Some(state) = one.1.read() {
                done.push((one.0, one.1.finish(state)));
                return Some(other);
            }
            if let Some(state) = other.1.read() {
                done.push((other.0, other.1.finish(state)));
                one.1.take_in();
                return Some(one);
            }
            one.1.take_in_both(&mut other.1);
        }
    }

    /// Something to read for a thread without any; none when nothing will come any more.
    fn first(&self, done: &mut Done) -> Option<Placed> {
        let mut shared = self.lock();
        loop {
            if let Some(given) = shared.given.pop() {
                return Some(given);
            }
            if let Some(opened) = shared.open(done) {
                return Some(opened);
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
    fn second(&self, done: &mut Done) -> Option<(Placed, Pair<'_, 'q>)> {
        let mut shared = self.lock();
        let opened = shared.open(done)?;
        shared.pairs = shared.pairs.saturating_add(1);
        Some((opened, Pair(self)))
    }

    /// Gives to a thread that has nothing to do; it comes back when there is none.
    fn give(&self, reading: Placed) -> Option<Placed> {
        let mut shared = self.lock();
        if shared.idle <= shared.given.len() {
            return Some(reading);
        }
        shared.given.push(reading);
        self.changed.notify_all();
        None
    }

    fn lock(&self) -> MutexGuard<'_, Shared<'q>> {
        // A thread that panics leaves counts and lists as they were; the panic is passed on in the end.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared<'_> {
    /// Opens the next file. Those that cannot be opened are done.
    fn open(&mut self, done: &mut Done) -> Option<Placed> {
        loop {
            let Opened { name, input } = self.queue.next()?;
            let place = self.opened;
            self.opened = place.saturating_add(1);
            match input {
                Ok(input) => return Some((place, self.queue.begin(name, input))),
                Err(error) => {
                    let state = State::Unreadable(error.to_string());
                    done.push((place, Entry::empty(Member::file(name, 0), state)));
                }
            }
        }
    }
}

/// That a thread has two: while one has, others wait for it to give, so it must not be forgotten in
/// a panic either.
struct Pair<'p, 'q>(&'p Pool<'q>);

impl Drop for Pair<'_, '_> {
    fn drop(&mut self) {
        let mut shared = self.0.lock();
        shared.pairs = shared.pairs.saturating_sub(1);
        self.0.changed.notify_all();
    }
}
