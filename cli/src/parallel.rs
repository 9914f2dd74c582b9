//! Doing one thing to many, on several threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As many threads as there is room for.
pub fn available() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// What becomes of each, in order. No thread is started for a single one, nor for a single job.
pub fn map<'i, T: Sync, R: Send>(
    jobs: NonZeroUsize,
    items: &'i [T],
    work: impl Fn(&'i T) -> R + Sync,
) -> Vec<R> {
    map_while(jobs, items, || true, work)
}

/// The same of the first ones, up to where there shall be no more.
pub fn map_while<'i, T: Sync, R: Send>(
    jobs: NonZeroUsize,
    items: &'i [T],
    go_on: impl Fn() -> bool + Sync,
    work: impl Fn(&'i T) -> R + Sync,
) -> Vec<R> {
    let threads = jobs.get().min(items.len());
    if threads <= 1 {
        return items.iter().take_while(|_| go_on()).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    // Each takes the next that nobody has taken, so that a long one holds up no other.
    let take = || {
        let mut done = Vec::new();
        while go_on() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            done.push((at, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_unstable_by_key(|&(at, _)| at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_the_beginning() {
        let items: Vec<u32> = (0..1_000).collect();
        for jobs in [1, 2, 7] {
            let jobs = NonZeroUsize::new(jobs).unwrap();
            let left = AtomicUsize::new(100);
            let go_on = || left.load(Ordering::Relaxed) > 0;
            let done = map_while(jobs, &items, go_on, |item| {
                let _ = left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
                *item
            });
            assert!(done.len() >= 100 && done.len() < 100 + jobs.get(), "{}", done.len());
            assert!(done == items[..done.len()]);
        }
    }

    #[test]
    fn results_are_in_order() {
        let items: Vec<u32> = (0..1_000).collect();
        for jobs in [1, 2, 7] {
            let jobs = NonZeroUsize::new(jobs).unwrap();
            let doubled: Vec<u32> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(jobs, &items, |item| item * 2), doubled);
        }
    }
}
