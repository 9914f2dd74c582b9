//! Which mutant is on. This file is copied into the package that is measured.

use std::fs::File;
use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Of the environment: the number of the mutant, or `reached` to write to the file which switches were asked.
const VARIABLE: &str = "OVF_MUTANT";
/// The file: four bytes, little endian, for each number, once.
const REACHED: &str = "OVF_MUTANT_REACHED";
/// More than cargo-mutants finds.
const MOST: usize = 1 << 16;

const RECORD: u32 = u32::MAX - 1;
const UNREAD: u32 = u32::MAX;

static ACTIVE: AtomicU32 = AtomicU32::new(UNREAD);
static FILE: OnceLock<Option<File>> = OnceLock::new();
static ASKED: [AtomicBool; MOST] = [const { AtomicBool::new(false) }; MOST];

/// Whether the mutant of that number is on. Never while a constant is computed.
#[inline]
pub(crate) const fn is(number: u32) -> bool {
    core::intrinsics::const_eval_select((number,), never, is_active)
}

const fn never(_: u32) -> bool {
    false
}

#[inline]
fn is_active(number: u32) -> bool {
    let active = ACTIVE.load(Ordering::Relaxed);
    active == number || active >= RECORD && settle(number, active)
}

#[cold]
fn settle(number: u32, active: u32) -> bool {
    if active == UNREAD {
        let said = std::env::var(VARIABLE).unwrap_or_default();
        let active = if said == "reached" { RECORD } else { said.parse().unwrap_or(0) };
        ACTIVE.store(active, Ordering::Relaxed);
        return is_active(number);
    }
    let first = ASKED.get(number as usize).is_some_and(|asked| !asked.swap(true, Ordering::Relaxed));
    if first && let Some(mut file) = FILE.get_or_init(open).as_ref() {
        let _ = file.write_all(&number.to_le_bytes());
    }
    false
}

fn open() -> Option<File> {
    File::options().create(true).append(true).open(std::env::var_os(REACHED)?).ok()
}

/// One of two iterators: a mutant's and that of the original.
#[derive(Clone)]
pub(crate) enum Either<A, B> {
    A(A),
    B(B),
}

impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Either<A, B> {
    type Item = A::Item;

    fn next(&mut self) -> Option<A::Item> {
        match self {
            Self::A(one) => one.next(),
            Self::B(one) => one.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::A(one) => one.size_hint(),
            Self::B(one) => one.size_hint(),
        }
    }
}

impl<A: ExactSizeIterator, B: ExactSizeIterator<Item = A::Item>> ExactSizeIterator for Either<A, B> {}

impl<A: DoubleEndedIterator, B: DoubleEndedIterator<Item = A::Item>> DoubleEndedIterator for Either<A, B> {
    fn next_back(&mut self) -> Option<A::Item> {
        match self {
            Self::A(one) => one.next_back(),
            Self::B(one) => one.next_back(),
        }
    }
}
