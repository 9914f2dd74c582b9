//! What a tree costs in memory. One test alone in its process, so that nobody else allocates.
#![allow(clippy::print_stdout, reason = "its figures are for reading")]

#[path = "../benches/support/mod.rs"]
mod support;

use std::alloc::System;

use ovf::{Limits, xml};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Allocations whatever the text: elements, attributes, declarations, prefixes in scope and namespaces, of
/// which the last three grow in steps.
const ALLOCATIONS: usize = 10;

#[test]
fn a_tree_takes_less_room_than_its_text_and_few_allocations() {
    let million = 1_000_000;
    for (name, text, most) in [
        ("descriptor of 10 KB", support::descriptor(10_000), 0.9),
        ("descriptor of 10 MB", support::descriptor(10 * million), 0.5),
        ("10 MB of nothing but tags", support::dense(10 * million), 0.9),
        ("4 MB of text", support::licence(4 * million), 0.001),
    ] {
        let region = Region::new(MEMORY);
        let parsed = xml::parse(&text, &Limits::unlimited());
        let change = region.change();
        let (elements, allocations) =
            (parsed.tree.len(), change.allocations + change.reallocations);
        // All that was ever allocated is at least as much as there was at any time.
        #[allow(clippy::cast_precision_loss, reason = "it is below 2^52")]
        let share = change.bytes_allocated as f64 / text.len() as f64;
        println!(
            "{name}: {} bytes, {elements} elements, {} bytes allocated ({share:.3} of the text) in {allocations} pieces",
            text.len(),
            change.bytes_allocated,
        );
        assert!(parsed.diagnostics.is_empty(), "{name}");
        assert!(share <= most, "{name}: {share} of the text, not {most}");
        assert!(allocations <= ALLOCATIONS, "{name}: {allocations} allocations");
    }
}
