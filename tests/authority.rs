//! What reading asks of the system: memory and threads, and nothing else. No file, no socket, no process,
//! no environment, no clock.
//!
//! This test starts itself again under `strace`, once for each job. Between two marks that the child
//! writes, every call it makes is looked up in a short list.
#![cfg(target_os = "linux")]
#![allow(
    missing_docs,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test that panics has failed, and it says what it counted"
)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Command;

use ovf::package::PackageReader;
use ovf::{Limits, Source, Validator, xml};

/// The variable that makes this binary do a job instead of testing.
const JOB: &str = "OVF_AUTHORITY_JOB";

/// Calls that give memory, threads, and ways to wait for one another.
const ALLOWED: &[&str] = &[
    "brk",
    "clone",
    "clone3",
    "exit",
    "futex",
    "get_mempolicy",
    "getpid",
    "gettid",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "prctl",
    "restart_syscall",
    "rseq",
    "rt_sigprocmask",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "sigaltstack",
];

/// What is done with an input.
type Job = fn(&Input);

/// The jobs: a name, and what is done with the bytes of an input.
const JOBS: &[(&str, Job)] = &[
    ("decode", |input| {
        for text in &input.texts {
            drop(Source::decode(text));
        }
    }),
    ("parse", |input| {
        for source in input.texts.iter().filter_map(|text| Source::decode(text).ok()) {
            drop(xml::parse(source.text(), &Limits::default()));
        }
    }),
    ("validate", |input| {
        for source in input.texts.iter().filter_map(|text| Source::decode(text).ok()) {
            let report = Validator::new().check(&source);
            for found in report.diagnostics() {
                std::hint::black_box(report.path(found));
            }
        }
    }),
    ("verify", |input| {
        let package = PackageReader::new(Validator::new()).archive(input.archive.as_slice());
        let package = package.expect("it is an archive");
        let texts = package.texts();
        assert!(package.check(&texts).is_verified());
    }),
    // Proves that the test can see a file being opened.
    ("open", |_| drop(std::fs::read("Cargo.toml"))),
];

struct Input {
    texts: Vec<Vec<u8>>,
    archive: Vec<u8>,
}

impl Input {
    fn read() -> Self {
        let root = env!("CARGO_MANIFEST_DIR");
        let read = |path: &str| std::fs::read(format!("{root}/{path}")).expect("it is there");
        let texts = ["web-server", "full-1.0", "full-1.1", "full-2"];
        Self {
            texts: texts.map(|name| read(&format!("testdata/examples/{name}.ovf"))).into(),
            archive: read("testdata/packages/small.ova"),
        }
    }
}

fn mark(text: &str) {
    // One call, so that it is one line of the trace.
    std::io::stderr().write_all(text.as_bytes()).expect("standard error is open");
}

#[test]
fn reading_asks_for_memory_and_threads_only() {
    if let Ok(name) = std::env::var(JOB) {
        let job = JOBS.iter().find(|(job, _)| *job == name).expect("there is such a job").1;
        let input = Input::read();
        // What happens once in a process happens here: seeds of hash maps, detection of the processor.
        if name != "open" {
            job(&input);
        }
        mark("BEGIN");
        job(&input);
        mark("END");
        return;
    }
    for (name, _) in JOBS {
        let Some(calls) = trace(name) else {
            eprintln!("skipped: strace is not installed, or may not trace here");
            return;
        };
        let foreign: Vec<_> =
            calls.keys().filter(|call| !ALLOWED.contains(&call.as_str())).collect();
        let count: usize = calls.values().sum();
        println!("{name}: {count} calls {calls:?}");
        if *name == "open" {
            assert!(!foreign.is_empty(), "opening a file was not seen");
        } else {
            assert!(foreign.is_empty(), "{name} calls {foreign:?}");
        }
    }
}

/// The system calls of a job between its marks, with how often each was made.
fn trace(job: &str) -> Option<BTreeMap<String, usize>> {
    let log = std::env::temp_dir().join(format!("ovf-authority-{}-{job}", std::process::id()));
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o"])
        .arg(&log)
        .arg(std::env::current_exe().expect("it runs"))
        .args(["--exact", "reading_asks_for_memory_and_threads_only", "--nocapture"])
        .env(JOB, job)
        // glibc's allocator would look up the number of processors when a second thread allocates.
        .env("GLIBC_TUNABLES", "glibc.malloc.arena_max=1")
        .output()
        .ok()?;
    let text = std::fs::read_to_string(&log).unwrap_or_default();
    drop(std::fs::remove_file(&log));
    if text.is_empty() {
        return None;
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut calls = BTreeMap::new();
    let inside = text
        .lines()
        .skip_while(|line| !line.contains("\"BEGIN\""))
        .skip(1)
        .take_while(|line| !line.contains("\"END\""));
    for line in inside {
        // `1234 mmap(NULL, …`, `1234 <... futex resumed>…`, `1234 +++ exited with 0 +++`
        let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
        let Some((name, _)) = call.split_once('(') else { continue };
        if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            *calls.entry(name.to_owned()).or_default() += 1;
        }
    }
    Some(calls)
}
