//! How fast a descriptor becomes a tree, beside other readers.
//!
//! `cargo bench --bench parse`; with `OVF_BENCH_LARGE` set, a descriptor of 100 MB as well.

mod support;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn parse(c: &mut Criterion) {
    let mut sizes = vec![("small", 10_000), ("gen10", 10_000_000)];
    if std::env::var_os("OVF_BENCH_LARGE").is_some() {
        sizes.push(("gen100", 100_000_000));
    }
    for (name, bytes) in sizes {
        let text = support::descriptor(bytes);
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        if bytes > 1_000_000 {
            group.sample_size(10).measurement_time(Duration::from_secs(5));
        }
        for (reader, read) in support::CONTESTANTS {
            group.bench_with_input(BenchmarkId::from_parameter(reader), &text, |b, text| {
                b.iter(|| read(black_box(text)));
            });
        }
    }
}

criterion_group!(benches, parse);
criterion_main!(benches);
