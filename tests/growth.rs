//! Work grows as the input does, shown by counting instructions and bytes of memory.
//!
//! This test starts itself again under `valgrind --tool=callgrind`, for each family of inputs at one size
//! and at eight times that size, and compares the instructions per byte. Counts are the same on every run
//! and do not depend on what else the machine does.
#![cfg(target_os = "linux")]
#![allow(
    missing_docs,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a test that panics has failed, and it prints a table"
)]

#[path = "container/build.rs"]
#[allow(dead_code, reason = "shared with the container tests")]
mod build;
#[path = "growth/deployment.rs"]
mod deployment;
#[path = "growth/families.rs"]
mod families;

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use deployment::DEPLOYMENTS;
use families::{FAMILIES, Job};
use ovf::manifest::Manifest;
use ovf::package::PackageReader;
use ovf::{Limits, Source, Validator, xml};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The variable that makes this binary do a job instead of testing: `family job n`.
const JOB: &str = "OVF_GROWTH_JOB";

/// How much more an instruction per byte may become at eight times the size. Tables that are looked up
/// grow with the logarithm, and a hash map costs more once it has been enlarged.
const FACTOR: f64 = 1.35;

/// The same where the descriptor was read already: most of the tables that grow were made then.
const FACTOR_OF_DEPLOYMENTS: f64 = 1.1;

/// The counted part. Its name is what callgrind looks for.
#[inline(never)]
fn counted_part(work: &mut dyn FnMut()) {
    work();
}

fn read(job: Job, bytes: &[u8]) {
    let limits = Limits::unlimited();
    match job {
        Job::Parse => {
            let source = Source::decode_with(bytes, &limits).expect("it is text");
            std::hint::black_box(xml::parse(source.text(), &limits));
        }
        Job::Validate => {
            let source = Source::decode_with(bytes, &limits).expect("it is text");
            std::hint::black_box(Validator::new().limits(limits).check(&source));
        }
        Job::Manifest => {
            let text = std::str::from_utf8(bytes).expect("it is text");
            std::hint::black_box(Manifest::parse(text, &limits));
        }
        #[cfg(feature = "cert")]
        Job::Certificate => {
            use ovf::manifest::certificate::CertificateFile;
            let text = std::str::from_utf8(bytes).expect("it is text");
            std::hint::black_box(CertificateFile::parse(text, &limits));
        }
        #[cfg(not(feature = "cert"))]
        Job::Certificate => unreachable!("no family needs it"),
        Job::Package => {
            let reader = PackageReader::new(Validator::new().limits(limits));
            let package = reader.archive(bytes).expect("it is an archive");
            let texts = package.texts();
            std::hint::black_box(package.check(&texts));
        }
    }
}

/// What one run cost.
#[derive(Clone, Copy)]
struct Cost {
    bytes: usize,
    instructions: u64,
    peak: usize,
}

/// Prints what something costs that is done with so many bytes.
fn measure(bytes: usize, work: &mut dyn FnMut()) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    counted_part(work);
    println!("MEASURED {bytes} {}", MEMORY.peak_usage().saturating_sub(before));
}

fn child(job: &str) {
    let mut words = job.split('|');
    let mut word = || words.next().expect("three words");
    let (name, job, n) = (word(), word(), word().parse().expect("a number"));
    if let Some((.., act)) = DEPLOYMENTS.iter().find(|one| one.0 == name) {
        return act(n, &mut measure);
    }
    let family = FAMILIES.iter().find(|family| family.0 == name).expect("there is such a family");
    let (job, input) = (Job::named(job), family.3(n));
    measure(input.len(), &mut || read(job, &input));
}

/// One of [`FAMILIES`] or [`DEPLOYMENTS`], what is done with it, and with how many.
type Run = (&'static str, String, usize);

/// Runs a job under callgrind; `None` when that is not installed.
fn cost((name, job, n): &Run) -> Option<Cost> {
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*counted_part*",
        ])
        .arg(std::env::current_exe().expect("it runs"))
        .args(["--exact", "work_grows_as_the_input_does", "--nocapture", "--test-threads=1"])
        .env(JOB, format!("{name}|{job}|{n}"))
        .output()
        .ok()?;
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name} {job}: {out}{err}");
    let mut measured = out.split_once("MEASURED ")?.1.split_whitespace();
    let instructions = err.split_once("Collected : ")?.1.split_whitespace().next()?.parse().ok()?;
    Some(Cost {
        bytes: measured.next()?.parse().ok()?,
        instructions,
        peak: measured.next()?.parse().ok()?,
    })
}

#[test]
fn work_grows_as_the_input_does() {
    if let Ok(job) = std::env::var(JOB) {
        return child(&job);
    }
    let runs = FAMILIES.iter().flat_map(|&(name, jobs, n, _)| {
        jobs.iter().flat_map(move |job| [n, 8 * n].map(|n| (name, format!("{job:?}"), n)))
    });
    assert_linear(&runs.collect::<Vec<_>>(), FACTOR);
}

#[test]
fn deploying_grows_as_the_descriptor_does() {
    let runs = DEPLOYMENTS
        .iter()
        .flat_map(|&(name, n, _)| [n, 8 * n].map(|n| (name, "Deploy".to_owned(), n)));
    assert_linear(&runs.collect::<Vec<_>>(), FACTOR_OF_DEPLOYMENTS);
}

/// Compares each two runs, of which the second is eight times as large.
fn assert_linear(runs: &[Run], factor: f64) {
    let Some(costs) = costs(runs) else {
        eprintln!("skipped: valgrind is not installed");
        return;
    };
    let mut table = format!(
        "{:28} {:9} {:>9} {:>9} {:>6}  {:>7} {:>7}\n",
        "family", "job", "steps/B", "at 8 n", "ratio", "heap/B", "at 8 n"
    );
    let mut faults = Vec::new();
    let (pairs, _) = costs.as_chunks::<2>();
    for ((name, job, _), &[one, eight]) in runs.iter().step_by(2).zip(pairs) {
        let steps = |cost: Cost| cost.instructions as f64 / cost.bytes as f64;
        let heap = |cost: Cost| cost.peak as f64 / cost.bytes as f64;
        let ratio = steps(eight) / steps(one);
        let _ = writeln!(
            table,
            "{name:28} {job:9} {:9.1} {:9.1} {ratio:6.2}  {:7.1} {:7.1}",
            steps(one),
            steps(eight),
            heap(one),
            heap(eight)
        );
        if ratio > factor {
            faults.push(format!("{name}, {job}: {ratio:.2}"));
        }
    }
    println!("{table}");
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What the jobs cost, as many at a time as there are processors: they are counted, so that it does not
/// matter. `None` when valgrind is not installed.
fn costs(runs: &[Run]) -> Option<Vec<Cost>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        // The longest last would leave the others waiting, so the jobs are taken one by one.
        while let Some((at, run)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            runs.get(at).map(|run| (at, run))
        } {
            done.push((at, cost(run)?));
        }
        Some(done)
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut all: Vec<(usize, Cost)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = running.into_iter().map(|thread| thread.join().expect("no job fails"));
        done.collect::<Option<Vec<_>>>().map(|done| done.concat())
    })?;
    all.sort_by_key(|&(at, _)| at);
    Some(all.into_iter().map(|(_, cost)| cost).collect())
}
