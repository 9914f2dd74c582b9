//! Limits of descriptors.

use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine as _;
use flate2::{Compression, write::GzEncoder};
use ovf::source::DecodeError;
use ovf::xml::parse;
use ovf::{Code, Limits, LineCol, Source, Validator};

use crate::{Set, names, told, with};

/// A limit that the reader of XML keeps.
pub(crate) struct Row {
    pub(crate) limit: &'static str,
    set: Set,
    /// The default.
    value: fn(&Limits) -> usize,
    /// A text with so many of what is counted.
    text: fn(usize) -> String,
    /// Where the first thing above the limit is, for a text with one more than this.
    place: fn(usize) -> (u32, u32),
}

fn lines(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, at| {
        _ = writeln!(text, "{}", one(at));
        text
    })
}

pub(crate) const ROWS: &[Row] = &[
    Row {
        limit: "text_bytes",
        set: |limits, value| limits.text_bytes = value,
        value: |limits| limits.text_bytes,
        // In comments, as no run of text may be that long.
        text: |n| {
            let comment = format!("<!--{}-->\n", "x".repeat((1 << 20) - 8));
            let rest = (n - 4) % comment.len();
            format!("{}{}<a/>", comment.repeat((n - 4) / comment.len()), " ".repeat(rest))
        },
        place: |_| (1, 1),
    },
    Row {
        limit: "depth",
        set: |limits, value| limits.depth = value,
        value: |limits| limits.depth,
        text: |n| lines(n, |_| "<a>".into()) + &"</a>".repeat(n),
        place: |most| (most as u32 + 1, 1),
    },
    Row {
        limit: "nodes",
        set: |limits, value| limits.nodes = value,
        value: |limits| limits.nodes,
        text: |n| format!("<a>\n{}</a>", lines(n - 1, |_| "<b/>".into())),
        place: |most| (most as u32 + 1, 1),
    },
    Row {
        limit: "attributes",
        set: |limits, value| limits.attributes = value,
        value: |limits| limits.attributes,
        text: |n| format!("<a\n{}/>", lines(n, |at| format!("b{at}=''"))),
        place: |most| (most as u32 + 2, 1),
    },
    Row {
        limit: "namespaces",
        set: |limits, value| limits.namespaces = value,
        value: |limits| limits.namespaces,
        text: |n| {
            let half = lines(n / 2, |at| format!("xmlns:b{at}='urn:{at}'"));
            let rest = lines(n - n / 2, |at| format!("xmlns:c{at}='urn:{at}'"));
            format!("<a\n{half}><b\n{rest}/></a>")
        },
        place: |most| (most as u32 + 3, 1),
    },
    Row {
        limit: "name_bytes",
        set: |limits, value| limits.name_bytes = value,
        value: |limits| limits.name_bytes,
        text: |n| format!("<a>\n<{}/></a>", "x".repeat(n)),
        place: |_| (2, 2),
    },
    Row {
        limit: "name_bytes",
        set: |limits, value| limits.name_bytes = value,
        value: |limits| limits.name_bytes,
        text: |n| format!("<a>\n<b {}=''/></a>", "x".repeat(n)),
        place: |_| (2, 4),
    },
    Row {
        limit: "value_bytes",
        set: |limits, value| limits.value_bytes = value,
        value: |limits| limits.value_bytes,
        text: |n| format!("<a\nb='{}'/>", "x".repeat(n)),
        place: |_| (2, 1),
    },
    Row {
        limit: "run_bytes",
        set: |limits, value| limits.run_bytes = value,
        value: |limits| limits.run_bytes,
        text: |n| format!("<a>{}</a>", "\n".repeat(n)),
        place: |_| (1, 4),
    },
    Row {
        limit: "run_bytes",
        set: |limits, value| limits.run_bytes = value,
        value: |limits| limits.run_bytes,
        text: |n| format!("<a>\n<!--{}--></a>", "x".repeat(n)),
        place: |_| (2, 5),
    },
    Row {
        limit: "run_bytes",
        set: |limits, value| limits.run_bytes = value,
        value: |limits| limits.run_bytes,
        text: |n| format!("<a>\n<![CDATA[{}]]></a>", "x".repeat(n)),
        place: |_| (2, 10),
    },
    Row {
        limit: "run_bytes",
        set: |limits, value| limits.run_bytes = value,
        value: |limits| limits.run_bytes,
        // What an instruction is for counts with it.
        text: |n| format!("<a>\n<?p {}?></a>", "x".repeat(n - 2)),
        place: |_| (2, 3),
    },
    Row {
        limit: "diagnostics",
        set: |limits, value| limits.diagnostics = value,
        value: |limits| limits.diagnostics,
        // Tested below: there is no finding of it.
        text: |_| "<a/>".into(),
        place: |_| (1, 1),
    },
    Row {
        limit: "gzip_ratio",
        set: |limits, value| limits.gzip_ratio = value,
        value: |limits| limits.gzip_ratio,
        // Tested below: it is no matter of text.
        text: |_| "<a/>".into(),
        place: |_| (1, 1),
    },
];

#[test]
fn limits_of_xml_hold_at_their_value() {
    let default = Limits::default();
    for row in ROWS.iter().filter(|row| !matches!(row.limit, "diagnostics" | "gzip_ratio")) {
        let limit = row.limit;
        for (value, limits) in [((row.value)(&default), default), (200, with(row.set, 200))] {
            let text = (row.text)(value);
            let parsed = parse(&text, &limits);
            assert_eq!(told(&text, &parsed.diagnostics), None, "{limit} at {value}");
            assert!(parsed.complete, "{limit} at {value}");

            let text = (row.text)(value + 1);
            let parsed = parse(&text, &limits);
            let (message, at) = told(&text, &parsed.diagnostics).expect(limit);
            assert!(!parsed.complete, "{limit} above {value}");
            names(&message, limit, value);
            let place = (row.place)(value);
            assert_eq!(at, LineCol { line: place.0, column: place.1 }, "{limit}: {message}");

            for limits in [Limits::unlimited(), with(row.set, value + 1)] {
                // Others stand in the way when one is raised so far.
                let parsed = parse(&text, &limits);
                assert_eq!(told(&text, &parsed.diagnostics), None, "{limit} lifted");
                assert!(parsed.complete, "{limit} lifted");
            }
        }
    }
}

/// What is said of a descriptor that is too long before it is looked at.
#[test]
fn a_text_that_is_too_long_is_refused() {
    let row = ROWS.first().unwrap();
    let most = Limits::default().text_bytes;
    assert!(Source::decode((row.text)(most).as_bytes()).is_ok());
    let text = (row.text)(most + 1);
    let error = Source::decode(text.as_bytes()).unwrap_err();
    assert_eq!(error, DecodeError::TooBig { bytes: most + 1, limit: most });
    names(&error.to_string(), "text_bytes", most);
    assert!(error.to_string().contains(&(most + 1).to_string()));
    assert!(error.help().contains("Limits::text_bytes"));
    assert!(Source::decode_with(text.as_bytes(), &Limits::unlimited()).is_ok());
}

/// The least ratio that a text is taken with is the highest it has; one less is refused.
#[test]
fn the_ratio_of_gzip_holds_at_its_value() {
    let text = format!("<a>{}</a>", "ab cd ef gh ".repeat(1 << 18));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::new(6));
    gzip.write_all(text.as_bytes()).unwrap();
    let packed = base64::engine::general_purpose::STANDARD.encode(gzip.finish().unwrap());
    let read = |ratio: usize| {
        let limits = with(|limits, value| limits.gzip_ratio = value, ratio);
        Source::decode_with(packed.as_bytes(), &limits).map(|source| source.text().len())
    };
    let (mut refused, mut taken) = (1, 2_000);
    while taken - refused > 1 {
        let middle = usize::midpoint(refused, taken);
        if read(middle).is_ok() { taken = middle } else { refused = middle }
    }
    assert!(taken > Limits::default().gzip_ratio, "{taken}: it is a small bomb");
    assert_eq!(read(taken), Ok(text.len()));
    assert_eq!(read(usize::MAX), Ok(text.len()));
    let error = read(taken - 1).unwrap_err();
    let DecodeError::GzipRatio { packed, unpacked, limit } = error else { panic!("{error}") };
    assert_eq!(limit, taken - 1);
    assert!(unpacked as u64 > packed * limit as u64, "{error}");
    names(&error.to_string(), "gzip_ratio", limit);
    let place = format!("the first {packed} bytes");
    assert!(error.to_string().contains(&place) && error.help().contains("Limits::gzip_ratio"));

    // What is small may be packed as well as it can be.
    let text = format!("<a>{}</a>", "x".repeat((1 << 20) - 7));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(text.as_bytes()).unwrap();
    let packed = base64::engine::general_purpose::STANDARD.encode(gzip.finish().unwrap());
    assert!(text.len() > 200 * packed.len());
    assert!(Source::decode(packed.as_bytes()).is_ok());
}

/// Of findings those above the limit are counted; a finding more to say so would be one above the limit.
#[test]
fn findings_above_the_limit_are_counted() {
    let most = Limits::default().diagnostics;
    let text = |n: usize| format!("<a>\n{}</a>", lines(n, |_| "<b c=d/>".into()));
    for (n, limits, kept) in [
        (most - 10, Limits::default(), most - 10),
        (50, with(|limits, value| limits.diagnostics = value, 50), 50),
        (51, with(|limits, value| limits.diagnostics = value, 50), 50),
        (51, Limits::unlimited(), 51),
    ] {
        let text = text(n);
        let source = Source::decode(text.as_bytes()).unwrap();
        let validator = Validator::new().limits(limits).level(Code::NOT_AN_ENVELOPE, None);
        let report = validator.check(&source);
        let found = |code| report.diagnostics().iter().filter(|found| found.code == code).count();
        assert_eq!(found(Code::BAD_ATTRIBUTE), kept);
        assert_eq!(report.diagnostics().len(), kept, "{:?}", report.diagnostics().last());
        assert_eq!(report.counts().error, n as u64);
        assert_eq!(report.is_complete(), kept == n);
    }
}
