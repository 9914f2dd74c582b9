//! Reads one generated descriptor with several readers in turn, and prints speed and memory of each.
//!
//! `cargo run --release --example compare -- [megabytes, 100] [rounds, 7]`. The rounds are interleaved,
//! so that a machine whose speed changes treats all alike; the best round of each counts.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "it prints figures")]

#[path = "../benches/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    let mut arguments =
        std::env::args().skip(1).map(|argument| argument.parse::<usize>().expect("a number"));
    let megabytes = arguments.next().unwrap_or(100);
    let rounds = arguments.next().unwrap_or(7);
    let text = support::descriptor(megabytes * 1_000_000);
    let parsed = ovf::xml::parse(&text, &ovf::Limits::unlimited());
    println!(
        "{} bytes, {} elements, {} bytes per element",
        text.len(),
        parsed.tree.len(),
        text.len() / parsed.tree.len()
    );
    drop(parsed);

    let mut best = [Duration::MAX; support::CONTESTANTS.len()];
    let mut peak = [0_usize; support::CONTESTANTS.len()];
    for _ in 0..rounds {
        for ((best, peak), (_, read)) in best.iter_mut().zip(&mut peak).zip(support::CONTESTANTS) {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let start = Instant::now();
            black_box(read(black_box(&text)));
            *best = start.elapsed().min(*best);
            *peak = MEMORY.peak_usage().saturating_sub(before).max(*peak);
        }
    }

    let speed = |time: Duration| text.len() as f64 / time.as_secs_f64() / 1e6;
    let events = speed(best[1]);
    println!(
        "{:<22}{:>10}{:>18}{:>14}{:>12}",
        "reader", "MB/s", "to quick-xml", "peak MB", "of input"
    );
    for ((best, peak), (name, _)) in best.into_iter().zip(peak).zip(support::CONTESTANTS) {
        println!(
            "{name:<22}{:>10.0}{:>17.2}x{:>14.1}{:>11.2}x",
            speed(best),
            speed(best) / events,
            peak as f64 / 1e6,
            peak as f64 / text.len() as f64
        );
    }
}
