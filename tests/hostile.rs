//! Texts made to exhaust their reader: what is found in them, and how much memory that takes.
//!
//! Memory is asserted, time is printed: `cargo test --test hostile -- --nocapture`.
#![allow(clippy::print_stdout, reason = "it prints figures")]

use std::fmt::Write as _;
use std::time::Instant;

use ovf::Limits;
use ovf::xml::{Parsed, parse};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Memory that is always granted: findings, and what little a small text needs.
const FREE: usize = 1 << 20;

/// One text, and what is to come of it.
struct Case {
    name: &'static str,
    text: fn() -> String,
    /// The finding under the default limits, and how many times the text the memory may be.
    limited: (&'static str, usize),
    /// The same without limits; no finding at all is the empty string.
    unlimited: (&'static str, usize),
}

const CASES: &[Case] = &[
    Case {
        name: "100,000 attributes on one element",
        text: || {
            let mut text = String::from("<a");
            (0..100_000).for_each(|n| _ = write!(text, " a{n}=''"));
            text + "/>"
        },
        limited: (
            "an element has more attributes than the 256 that the limit `attributes` allows",
            3,
        ),
        unlimited: ("", 10),
    },
    Case {
        name: "100,000 attributes, the last twice",
        text: || {
            let mut text = String::from("<a");
            (0..100_000).for_each(|n| _ = write!(text, " a{n}=''"));
            text + " a99999=''/>"
        },
        limited: (
            "an element has more attributes than the 256 that the limit `attributes` allows",
            3,
        ),
        unlimited: ("the attribute `a99999` is given twice", 10),
    },
    Case {
        name: "100,000 declarations of 60,000 namespaces on one element",
        text: || {
            let mut text = String::from("<a");
            (0..100_000).for_each(|n| _ = write!(text, " xmlns:p{n}='u{}'", n % 60_000));
            text + "/>"
        },
        limited: (
            "there are more namespaces in scope than the 64 that the limit `namespaces` allows",
            3,
        ),
        unlimited: ("", 25),
    },
    Case {
        name: "4,000 nested declarations",
        text: || {
            let mut text = String::new();
            (0..4_000).for_each(|n| _ = write!(text, "<a xmlns:p{n}='u{n}'>"));
            text + &"</a>".repeat(4_000)
        },
        limited: ("elements are nested deeper than the 64 that the limit `depth` allows", 3),
        unlimited: ("", 25),
    },
    Case {
        name: "1,000,000 nested elements",
        text: || "<a>".repeat(1_000_000) + &"</a>".repeat(1_000_000),
        limited: ("elements are nested deeper than the 64 that the limit `depth` allows", 5),
        unlimited: ("", 5),
    },
    Case {
        name: "1,000,000 nested elements without end tags",
        text: || "<a>".repeat(1_000_000),
        limited: ("elements are nested deeper than the 64 that the limit `depth` allows", 9),
        unlimited: ("`a` is never closed, nor are the 999999 elements around it", 27),
    },
    Case {
        name: "10,000,000 empty elements",
        text: || format!("<a>{}</a>", "<a/>".repeat(10_000_000)),
        limited: ("there are more elements than the 250000 that the limit `nodes` allows", 1),
        unlimited: ("", 9),
    },
    Case {
        name: "50 MB of a value that does not end",
        text: || format!("<a b='{}", "x".repeat(50_000_000)),
        limited: ("an attribute value begins here and never ends", 0),
        unlimited: ("an attribute value begins here and never ends", 0),
    },
    Case {
        name: "`<` ten million times",
        text: || "<".repeat(10_000_000),
        limited: ("`<` begins no markup", 4),
        unlimited: ("`<` begins no markup", 9),
    },
    Case {
        name: "`&` ten million times",
        text: || format!("<a>{}</a>", "&".repeat(10_000_000)),
        limited: ("`&` is not a reference", 0),
        unlimited: ("`&` is not a reference", 0),
    },
    Case {
        name: "`=` ten million times",
        text: || format!("<a>{}</a>", "=".repeat(10_000_000)),
        limited: ("", 5),
        unlimited: ("", 5),
    },
    Case {
        name: "a billion laughs",
        text: || {
            let mut text = String::from("<!DOCTYPE a [<!ENTITY a0 \"ha\">");
            for n in 1..10 {
                _ = write!(text, "<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
            }
            text + "]><a>&a9;</a>"
        },
        limited: ("the text has a document type declaration", 0),
        unlimited: ("the text has a document type declaration", 0),
    },
    Case {
        name: "50,000,000 line ends",
        text: || format!("<a>{}</a>", "\n".repeat(50_000_000)),
        limited: (
            "a run of text has more bytes than the 16777216 that the limit `run_bytes` allows",
            0,
        ),
        unlimited: ("", 0),
    },
    Case {
        name: "a name of 10 MB",
        text: || format!("<{}/>", "x".repeat(10_000_000)),
        limited: ("a name has more bytes than the 1000 that the limit `name_bytes` allows", 0),
        unlimited: ("", 0),
    },
    Case {
        name: "50 MB of text",
        text: || format!("<a>{}</a>", "x".repeat(50_000_000)),
        limited: (
            "a run of text has more bytes than the 16777216 that the limit `run_bytes` allows",
            0,
        ),
        unlimited: ("", 0),
    },
    Case {
        name: "a comment of 50 MB",
        text: || format!("<!--{}--><a/>", "x".repeat(50_000_000)),
        limited: (
            "a run of text has more bytes than the 16777216 that the limit `run_bytes` allows",
            0,
        ),
        unlimited: ("", 0),
    },
    Case {
        name: "`]` fifty million times in a CDATA section",
        text: || format!("<a><![CDATA[{}]]></a>", "]".repeat(50_000_000)),
        limited: (
            "a run of text has more bytes than the 16777216 that the limit `run_bytes` allows",
            0,
        ),
        unlimited: ("", 0),
    },
    Case {
        name: "1,000,000 wrong end tags",
        text: || format!("<a>{}</a>", "</b>".repeat(1_000_000)),
        limited: ("the end tag `b` closes no open element", 0),
        unlimited: ("the end tag `b` closes no open element", 0),
    },
    Case {
        name: "1,000,000 wrong end tags in 1,000,000 elements",
        text: || "<a>".repeat(1_000_000) + &"</b>".repeat(1_000_000),
        limited: ("elements are nested deeper than the 64 that the limit `depth` allows", 5),
        unlimited: ("the end tag `b` closes no open element", 5),
    },
    Case {
        name: "1,000,000 prefixes that are not declared",
        text: || {
            let mut text = String::from("<a>");
            (0..1_000_000).for_each(|n| _ = write!(text, "<p{n}:a/>"));
            text + "</a>"
        },
        limited: ("the prefix `p0` is not declared", 4),
        unlimited: ("the prefix `p0` is not declared", 4),
    },
    Case {
        name: "1,000,000 forbidden characters",
        text: || format!("<a>{}</a>", "\u{1}".repeat(1_000_000)),
        limited: ("the character U+0001 is not allowed in XML", 0),
        unlimited: ("the character U+0001 is not allowed in XML", 0),
    },
];

#[test]
fn hostile_texts_are_cheap() {
    // A stack this small would not bear recursion over the depth of a text.
    let thread = std::thread::Builder::new().stack_size(128 << 10).spawn(|| {
        for case in CASES {
            let text = (case.text)();
            check(case, "default limits", &text, &Limits::default(), case.limited);
            check(case, "no limits", &text, &Limits::unlimited(), case.unlimited);
        }
    });
    if let Err(panic) = thread.expect("a thread can be started").join() {
        std::panic::resume_unwind(panic);
    }
}

fn check(case: &Case, which: &str, text: &str, limits: &Limits, (found, times): (&str, usize)) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let Parsed { tree, diagnostics, .. } = parse(text, limits);
    let took = start.elapsed();
    let peak = MEMORY.peak_usage().saturating_sub(before);

    let name = case.name;
    println!(
        "{name}, {which}: {} bytes, {} elements, {} findings, {} bytes of memory, {took:?}",
        text.len(),
        tree.len(),
        diagnostics.len(),
        peak
    );
    match diagnostics.first() {
        None => assert_eq!(found, "", "{name}, {which}: nothing is found"),
        Some(first) => {
            assert!(
                !found.is_empty() && first.message.starts_with(found),
                "{name}, {which}: {}",
                first.message
            );
        }
    }
    assert!(diagnostics.len() <= 1_001, "{name}, {which}: {} findings", diagnostics.len());
    let most = times * text.len() + FREE;
    assert!(peak <= most, "{name}, {which}: {peak} bytes of memory, {most} are allowed");
}
