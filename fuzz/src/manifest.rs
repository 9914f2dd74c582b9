//! Manifests, and files compared with them.

use ovf::Limits;
use ovf::digest::{Algorithm, Algorithms, Hasher};
use ovf::manifest::{Manifest, ManifestChecker, ManifestReader, Verdict, Verdicts};

use crate::script::chosen;
use crate::xml::{diagnostics, inside};

/// Reads the input as a manifest and takes it as a file: what was read says the same when it is
/// written, and in what pieces and order files and manifest come makes no difference.
pub fn manifest(data: &[u8]) {
    let text = Manifest::decode(data);
    let chosen = chosen(data);
    if chosen & 3 == 0 {
        return limited(&text);
    }
    let parsed = ManifestReader::new().name("vm.mf").read(&text);
    diagnostics(&text, &parsed.diagnostics);
    for entry in parsed.manifest.entries() {
        inside(&text, entry.span());
        assert_eq!(text.get(entry.name_span().range()), Some(entry.name()));
        assert!(entry.span().contains(entry.digest_span()));
    }
    let written = parsed.manifest.to_string();
    let again = Manifest::parse(&written, &Limits::default());
    assert_eq!(again.manifest.entries(), parsed.manifest.entries());
    if chosen & 3 == 1 {
        return;
    }

    let names: Vec<&str> = parsed
        .manifest
        .entries()
        .iter()
        .map(|entry| entry.name())
        .take(3)
        .chain(["vm.ovf"])
        .collect();
    let first = check(&parsed.manifest, &names, data, 1 + (chosen >> 2) % 100, true);
    assert_eq!(first, check(&parsed.manifest, &names, data, data.len().max(1), false));
    diagnostics(&text, &first.diagnostics(&text, ovf::Policy::new(), &Limits::default()));
    for file in first.iter() {
        if let Verdict::Match { algorithm, .. } = file.verdict() {
            let mut hasher = Hasher::new(*algorithm);
            hasher.update(data);
            let digest = hasher.finish();
            assert!(parsed.manifest.entries().iter().any(|entry| entry.digest() == digest));
        }
    }
}

fn limited(text: &str) {
    let mut limits = Limits::default();
    limits.manifest_entries = 2;
    limits.manifest_line_bytes = 60;
    limits.manifest_bytes = 300;
    let limited = Manifest::parse(text, &limits);
    diagnostics(text, &limited.diagnostics);
    assert!(limited.manifest.entries().len() <= limits.manifest_entries);
}

fn check(
    manifest: &Manifest,
    names: &[&str],
    data: &[u8],
    piece: usize,
    manifest_first: bool,
) -> Verdicts {
    let mut checker = ManifestChecker::new().ahead(Algorithms::from_iter(Algorithm::ALL));
    if manifest_first {
        checker.manifest(manifest);
    }
    for (at, name) in names.iter().enumerate() {
        let mut file = checker.file(name);
        data.chunks(piece).for_each(|piece| file.update(piece));
        if at % 3 == 2 {
            checker.abandon_file(file);
        } else {
            checker.finish_file(file);
        }
    }
    if !manifest_first {
        checker.manifest(manifest);
    }
    checker.finish()
}
