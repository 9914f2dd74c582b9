//! Running several things in turn, so that a machine whose speed changes treats all alike.

#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "it prints figures")]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Something to be measured; what it gives is looked at by nobody and keeps it from being left out.
pub(crate) type Run<'a> = Box<dyn FnMut() -> u64 + 'a>;

/// Contestants over one input.
pub(crate) struct Race<'a> {
    title: &'a str,
    bytes: usize,
    contestants: Vec<(&'a str, Run<'a>)>,
}

/// How long the rounds of one race go on.
const LENGTH: Duration = Duration::from_secs(4);
/// Rounds at least, for a median.
const ROUNDS: usize = 5;
/// Shortest time that is worth measuring; what takes less is repeated in a round.
const SHORTEST: Duration = Duration::from_millis(2);

impl<'a> Race<'a> {
    pub(crate) fn new(title: &'a str, bytes: usize) -> Self {
        Self { title, bytes, contestants: Vec::new() }
    }

    /// Adds a contestant. The others are compared with the last.
    pub(crate) fn with(mut self, name: &'a str, run: impl FnMut() -> u64 + 'a) -> Self {
        self.contestants.push((name, Box::new(run)));
        self
    }

    /// Runs all in turn and prints for each the median of its speeds, their spread, and how many times as
    /// fast the last one is: median, least and most over the rounds of the ratio within a round.
    pub(crate) fn run(mut self) {
        let repeats: Vec<u32> = self.contestants.iter_mut().map(|(_, run)| repeats(run)).collect();
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); self.contestants.len()];
        let begin = Instant::now();
        while begin.elapsed() < LENGTH || times.first().is_some_and(|times| times.len() < ROUNDS) {
            for (((_, run), times), &repeats) in
                self.contestants.iter_mut().zip(&mut times).zip(&repeats)
            {
                let start = Instant::now();
                for _ in 0..repeats {
                    black_box(run());
                }
                times.push(start.elapsed().as_secs_f64() / f64::from(repeats));
            }
        }
        println!("\n{}, {} bytes, {} rounds", self.title, self.bytes, times[0].len());
        let head = ("MB/s", "least to most", "the last", "least to most");
        println!("{:<34}{:>10}{:>18}{:>12}{:>20}", "", head.0, head.1, head.2, head.3);
        let last = times.last().cloned().unwrap_or_default();
        for ((name, _), times) in self.contestants.iter().zip(&times) {
            let speed = |time: f64| self.bytes as f64 / time / 1e6;
            let mut ratios: Vec<f64> =
                times.iter().zip(&last).map(|(time, last)| time / last).collect();
            let mut speeds: Vec<f64> = times.iter().map(|&time| speed(time)).collect();
            let (middle, ratio) = (median(&mut speeds), median(&mut ratios));
            println!(
                "{name:<34}{middle:>10.0}{:>18}{ratio:>11.2}x{:>20}",
                format!("{:.0} to {:.0}", speeds[0], speeds[speeds.len() - 1]),
                format!("{:.2} to {:.2}", ratios[0], ratios[ratios.len() - 1]),
            );
        }
    }
}

fn repeats(run: &mut Run<'_>) -> u32 {
    let start = Instant::now();
    black_box(run());
    let once = start.elapsed().max(Duration::from_nanos(100));
    u32::try_from(SHORTEST.as_nanos() / once.as_nanos()).unwrap_or(u32::MAX).max(1)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
