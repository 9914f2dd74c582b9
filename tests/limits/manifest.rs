//! Limits of manifests and certificate files.

use ovf::manifest::Manifest;
use ovf::{Limits, LineCol};

use crate::{Set, names, told, with};

pub(crate) const LIMITS: [&str; 5] = [
    "manifest_bytes",
    "manifest_entries",
    "manifest_line_bytes",
    "certificate_bytes",
    "certificates",
];

fn entry(name: &str) -> String {
    format!("SHA1({name})= {}\n", "0".repeat(40))
}

type Row = (&'static str, Set, fn(&Limits) -> usize, fn(usize) -> String, fn(usize) -> LineCol);

const ROWS: &[Row] = &[
    (
        "manifest_bytes",
        |limits, value| limits.manifest_bytes = value,
        |limits| limits.manifest_bytes,
        // Lines of a KiB; those that end within the limit are read.
        |n| {
            let line = format!("{:1023}\n", "#");
            line.repeat(n / 1_024) + &" ".repeat(n % 1_024)
        },
        |most| LineCol { line: (most / 1_024) as u32 + 1, column: 1 },
    ),
    (
        "manifest_entries",
        |limits, value| limits.manifest_entries = value,
        |limits| limits.manifest_entries,
        |n| (0..n).map(|at| entry(&format!("{at}.vmdk"))).collect(),
        |most| LineCol { line: most as u32 + 1, column: 1 },
    ),
    (
        "manifest_line_bytes",
        |limits, value| limits.manifest_line_bytes = value,
        |limits| limits.manifest_line_bytes,
        |n| {
            let without = entry("").len() - 1;
            entry("a.vmdk") + &entry(&"x".repeat(n - without)) + &entry("b.vmdk")
        },
        |_| LineCol { line: 2, column: 1 },
    ),
];

#[test]
fn limits_of_manifests_hold_at_their_value() {
    let default = Limits::default();
    for &(limit, set, value, text, place) in ROWS {
        for (value, limits) in [(value(&default), default), (2_048, with(set, 2_048))] {
            let at_most = text(value);
            let parsed = Manifest::parse(&at_most, &limits);
            assert_eq!(told(&at_most, &parsed.diagnostics), None, "{limit} at {value}");

            let above = text(value + 1);
            let parsed = Manifest::parse(&above, &limits);
            let (message, at) = told(&above, &parsed.diagnostics).expect(limit);
            names(&message, limit, value);
            assert_eq!(at, place(value), "{limit}: {message}");
            assert!(!parsed.manifest.is_complete(), "{limit}");

            let mut lifted = Limits::unlimited();
            lifted.diagnostics = 10;
            for limits in [lifted, with(set, value + 1)] {
                let parsed = Manifest::parse(&above, &limits);
                assert_eq!(told(&above, &parsed.diagnostics), None, "{limit} lifted");
            }
        }
    }
}

#[cfg(feature = "cert")]
#[test]
fn limits_of_certificate_files_hold_at_their_value() {
    use ovf::manifest::certificate::CertificateFile;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/certificate");
    let chain = std::fs::read_to_string(folder.join("chain.cert")).unwrap();
    let (line, blocks) = chain.split_once('\n').unwrap();
    let first = blocks.split_inclusive("-----END CERTIFICATE-----\n").next().unwrap();
    let bytes =
        |n: usize| format!("{line}\n{first}{}", "x".repeat(n - line.len() - 1 - first.len()));
    let certificates = |n: usize| format!("{line}\n{}", first.repeat(n));
    let long_line = |n: usize| format!("{line}{}\n{first}", "0".repeat(n - line.len()));
    let in_block = first.lines().count() as u32;
    let default = Limits::default();
    type Case<'c> = (&'c str, Set, usize, &'c dyn Fn(usize) -> String, LineCol);
    let cases: [Case<'_>; 3] = [
        (
            "certificate_bytes",
            |limits, value| limits.certificate_bytes = value,
            default.certificate_bytes,
            &bytes,
            LineCol { line: 1, column: 1 },
        ),
        (
            "certificates",
            |limits, value| limits.certificates = value,
            default.certificates,
            &certificates,
            LineCol { line: 2 + 10 * in_block, column: 1 },
        ),
        (
            "manifest_line_bytes",
            |limits, value| limits.manifest_line_bytes = value,
            default.manifest_line_bytes,
            &long_line,
            LineCol { line: 1, column: 1 },
        ),
    ];
    for (limit, set, value, text, place) in cases {
        let at_most = text(value);
        let parsed = CertificateFile::parse(&at_most, &default);
        assert_eq!(told(&at_most, &parsed.diagnostics), None, "{limit} at {value}");
        assert!(parsed.complete);

        let above = text(value + 1);
        let parsed = CertificateFile::parse(&above, &default);
        let (message, at) = told(&above, &parsed.diagnostics).expect(limit);
        names(&message, limit, value);
        assert_eq!(at, place, "{limit}: {message}");
        assert!(!parsed.complete, "{limit}");

        let mut lifted = Limits::unlimited();
        lifted.diagnostics = 10;
        for limits in [lifted, with(set, value + 1)] {
            let parsed = CertificateFile::parse(&above, &limits);
            assert_eq!(told(&above, &parsed.diagnostics), None, "{limit} lifted");
        }
    }
}
