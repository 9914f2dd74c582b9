//! Files against a manifest: in what order and in what pieces they come makes no difference, and
//! nothing that was not wholly checked counts as good.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::ops::Range;

use ovf::digest::{Algorithm, Algorithms, Digest, Hasher, Strength};
use ovf::manifest::{FileCheck, Manifest, ManifestChecker, Obstacle, Verdict, Verdicts};
use ovf::value::path;
use ovf::{Limits, Policy};
use proptest::prelude::*;
use proptest::sample::Index;

fn digest(algorithm: Algorithm, bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(bytes);
    hasher.finish()
}

fn line(algorithm: Algorithm, name: &str, bytes: &[u8]) -> String {
    format!("{algorithm}({name})= {}\n", digest(algorithm, bytes))
}

fn parse(text: &str) -> Manifest {
    Manifest::parse(text, &Limits::default()).manifest
}

fn feed(checker: &mut ManifestChecker, name: &str, bytes: &[u8]) {
    let mut file = checker.file(name);
    file.update(bytes);
    checker.finish_file(file);
}

/// The verdicts on whole files, with the manifest in front of them or behind.
fn check(manifest: &Manifest, files: &[(&str, &[u8])], manifest_first: bool) -> Verdicts {
    let mut checker = ManifestChecker::new();
    if manifest_first {
        checker.manifest(manifest);
    }
    for (name, bytes) in files {
        feed(&mut checker, name, bytes);
    }
    if !manifest_first {
        checker.manifest(manifest);
    }
    checker.finish()
}

fn both_ways(text: &str, files: &[(&str, &[u8])]) -> Verdicts {
    let manifest = parse(text);
    let verdicts = check(&manifest, files, true);
    assert_eq!(verdicts, check(&manifest, files, false));
    verdicts
}

/// The codes, and the text of the manifest at their places.
fn told<'t>(verdicts: &Verdicts, text: &'t str) -> Vec<(&'static str, &'t str)> {
    let diagnostics = verdicts.diagnostics(text, Policy::new(), &Limits::default());
    diagnostics.iter().map(|d| (d.code.name(), &text[d.span.range()])).collect()
}

#[test]
fn what_matches_is_verified() {
    for (algorithm, strength) in [
        (Algorithm::Sha1, Strength::Weak),
        (Algorithm::Sha256, Strength::Strong),
        (Algorithm::Sha512, Strength::Strong),
    ] {
        let text = line(algorithm, "vm.ovf", b"descriptor") + &line(algorithm, "disk.vmdk", b"");
        let verdicts = both_ways(&text, &[("vm.ovf", b"descriptor"), ("disk.vmdk", b"")]);
        assert_eq!(verdicts.of("vm.ovf"), Some(&Verdict::Match { algorithm, strength }));
        assert_eq!(verdicts.of("./disk.vmdk"), Some(&Verdict::Match { algorithm, strength }));
        assert_eq!(
            verdicts.iter().map(|file| file.bytes()).collect::<Vec<_>>(),
            [Some(10), Some(0)]
        );
        assert!(verdicts.all_verified());
        assert_eq!(verdicts.all_strong(), strength == Strength::Strong);
        assert_eq!(told(&verdicts, &text), []);
    }
}

#[test]
fn what_does_not_match_is_told_with_both_digests() {
    let text = line(Algorithm::Sha256, "a", b"good") + &line(Algorithm::Sha256, "b", b"good");
    let verdicts = both_ways(&text, &[("a", b"good"), ("b", b"bad")]);
    let algorithm = Algorithm::Sha256;
    let (expected, computed) = (digest(algorithm, b"good"), digest(algorithm, b"bad"));
    assert_eq!(verdicts.of("b"), Some(&Verdict::Mismatch { algorithm, expected, computed }));
    assert!(!verdicts.all_verified());
    assert_eq!(told(&verdicts, &text), [("digest-mismatch", expected.to_string().as_str())]);
    let message = &verdicts.diagnostics(&text, Policy::new(), &Limits::default())[0].message;
    assert!(message.contains(&computed.to_string()) && message.contains("3 bytes"), "{message}");
}

#[test]
fn files_and_entries_without_each_other_are_told() {
    let text = line(Algorithm::Sha256, "a", b"") + &line(Algorithm::Sha256, "gone", b"");
    let verdicts = both_ways(&text, &[("b", b""), ("vm.OVF", b""), ("a", b"")]);
    let names: Vec<_> = verdicts.iter().map(|file| file.name()).collect();
    assert_eq!(names, ["b", "vm.OVF", "a", "gone"]);
    assert_eq!(verdicts.of("b"), Some(&Verdict::NotListed));
    assert_eq!(verdicts.of("gone"), Some(&Verdict::Absent));
    assert_eq!(verdicts.of("never heard of"), None);
    assert!(!verdicts.all_verified());
    assert_eq!(
        told(&verdicts, &text),
        [("listed-file-absent", "gone"), ("unlisted-file", ""), ("unlisted-descriptor", "")]
    );
}

#[test]
fn a_verdict_says_which_text_it_is_about() {
    let text = line(Algorithm::Sha256, "a", b"a") + &line(Algorithm::Sha256, "b", b"b");
    let text = text + &line(Algorithm::Sha256, "gone", b"");
    let verdicts = both_ways(&text, &[("a", b"a"), ("b", b"other"), ("more", b"")]);
    let places: Vec<_> =
        verdicts.iter().map(|file| file.span().map(|span| &text[span.range()])).collect();
    let listed = digest(Algorithm::Sha256, b"b").to_string();
    assert_eq!(places, [Some("a"), Some(&*listed), None, Some("gone")]);
}

#[test]
fn one_file_too_many_is_enough() {
    let text = line(Algorithm::Sha256, "a", b"");
    assert!(both_ways(&text, &[("a", b"")]).all_verified());
    assert!(!both_ways(&text, &[("a", b""), ("b", b"")]).all_verified());
    assert!(!both_ways(&text, &[]).all_verified());
    assert!(!both_ways("", &[]).all_verified());
}

#[test]
fn a_file_given_twice_is_judged_twice() {
    let text = line(Algorithm::Sha256, "a", b"good");
    let verdicts = both_ways(&text, &[("a", b"good"), ("./a", b"bad")]);
    assert_eq!(verdicts.iter().count(), 2);
    assert!(!verdicts.all_verified());
    assert_eq!(told(&verdicts, &text).len(), 1);
}

#[test]
fn only_the_end_of_a_file_makes_a_verdict() {
    let text = line(Algorithm::Sha256, "a", b"good") + &line(Algorithm::Sha256, "b", b"good");
    for manifest_first in [true, false] {
        let mut checker = ManifestChecker::new();
        if manifest_first {
            checker.manifest(&parse(&text));
        }
        let mut dropped = checker.file("a");
        dropped.update(b"good");
        drop(dropped);
        let mut abandoned = checker.file("b");
        abandoned.update(b"goo");
        checker.abandon_file(abandoned);
        checker.manifest(&parse(&text));
        let verdicts = checker.finish();
        assert_eq!(verdicts.of("a"), Some(&Verdict::Truncated));
        assert_eq!(verdicts.of("b"), Some(&Verdict::Truncated));
        assert_eq!(verdicts.iter().map(|file| file.bytes()).collect::<Vec<_>>(), [None, Some(3)]);
        assert!(!verdicts.all_verified());
        assert_eq!(
            told(&verdicts, &text),
            [("file-not-read-to-its-end", "a"), ("file-not-read-to-its-end", "b")]
        );
    }
}

#[test]
fn a_file_of_another_checker_counts_for_nothing() {
    let manifest = parse(&line(Algorithm::Sha256, "a", b"good"));
    let (mut one, mut other) = (ManifestChecker::new(), ManifestChecker::new());
    one.manifest(&manifest);
    let _ours = one.file("a");
    let mut theirs = other.file("a");
    theirs.update(b"good");
    one.finish_file(theirs);
    assert_eq!(one.finish().of("a"), Some(&Verdict::Truncated));
}

#[test]
fn without_a_manifest_nothing_is_known() {
    let mut checker = ManifestChecker::new();
    feed(&mut checker, "a", b"");
    let verdicts = checker.finish();
    assert_eq!(verdicts.of("a"), Some(&Verdict::Unverifiable { why: Obstacle::NoManifest }));
    assert!(!verdicts.all_verified());
}

#[test]
fn every_digest_of_a_file_must_match() {
    let (sha1, sha256) =
        (line(Algorithm::Sha1, "a", b"good"), line(Algorithm::Sha256, "a", b"good"));
    let text = format!("{sha1}{sha256}");
    let strong = Verdict::Match { algorithm: Algorithm::Sha256, strength: Strength::Strong };
    assert_eq!(both_ways(&text, &[("a", b"good")]).of("a"), Some(&strong));

    let wrong = line(Algorithm::Sha1, "a", b"bad");
    for text in [format!("{wrong}{sha256}"), format!("{sha256}{wrong}")] {
        let verdicts = both_ways(&text, &[("a", b"good")]);
        assert!(matches!(
            verdicts.of("a"),
            Some(Verdict::Mismatch { algorithm: Algorithm::Sha1, .. })
        ));
        assert_eq!(
            told(&verdicts, &text),
            [("digest-mismatch", digest(Algorithm::Sha1, b"bad").to_string().as_str())]
        );
    }
}

#[test]
fn md5_never_counts() {
    let md5 = line(Algorithm::Md5, "a", b"good");
    let verify = |text: &str, bytes: &[u8]| {
        let verdicts = check(&parse(text), &[("a", bytes)], true);
        (verdicts.of("a").unwrap().clone(), verdicts.all_verified())
    };
    let broken = Verdict::Unverifiable { why: Obstacle::BrokenAlgorithm(Algorithm::Md5) };
    assert_eq!(verify(&md5, b"good"), (broken, false));
    assert!(matches!(verify(&md5, b"bad"), (Verdict::Mismatch { .. }, false)));
    // Beside another it must match all the same.
    let sha256 = line(Algorithm::Sha256, "a", b"good");
    assert!(verify(&format!("{md5}{sha256}"), b"good").1);
    let wrong = line(Algorithm::Md5, "a", b"bad");
    assert!(matches!(
        verify(&format!("{wrong}{sha256}"), b"good"),
        (Verdict::Mismatch { .. }, false)
    ));
}

#[test]
fn what_was_not_computed_is_not_good() {
    let text = line(Algorithm::Sha256, "a", b"") + &line(Algorithm::Sha384, "a", b"");
    let verdicts = check(&parse(&text), &[("a", b"")], false);
    let why = Obstacle::NotComputed(Algorithm::Sha384);
    assert_eq!(verdicts.of("a"), Some(&Verdict::Unverifiable { why }));
    assert!(!verdicts.all_verified());
    assert_eq!(told(&verdicts, &text), [("file-not-verified", "a")]);

    let mut checker = ManifestChecker::new().ahead(Algorithms::from_iter(Algorithm::ALL));
    feed(&mut checker, "a", b"");
    checker.manifest(&parse(&text));
    assert!(checker.finish().all_verified());
}

#[test]
fn entries_that_make_no_sense_verify_nothing() {
    let good = line(Algorithm::Sha256, "a", b"");
    let verdict = |text: &str| both_ways(text, &[("a", b"")]).of("a").unwrap().clone();

    let unreadable = Verdict::Unverifiable { why: Obstacle::UnreadableEntry };
    assert_eq!(verdict("SHA256(a)= 00\n"), unreadable);
    assert_eq!(verdict("SHA3-256(a)= 00\n"), unreadable);
    assert_eq!(verdict(&format!("{good}CRC32(./a)= 00\n")), unreadable);

    let contradicting = Verdict::Unverifiable { why: Obstacle::ContradictingEntries };
    assert_eq!(verdict(&(good.clone() + &line(Algorithm::Sha256, "a", b"other"))), contradicting);
    assert_eq!(verdict(&(good.clone() + &line(Algorithm::Sha256, "./a", b"other"))), contradicting);
    assert!(matches!(verdict(&good.repeat(2)), Verdict::Match { .. }));

    // A line that could not be read may have named any file.
    assert!(!both_ways(&format!("{good}nonsense\n"), &[("a", b"")]).all_verified());
}

#[test]
fn files_are_hashed_on_threads() {
    const fn can_go_to_a_thread<T: Send + 'static>() {}
    can_go_to_a_thread::<FileCheck>();
    can_go_to_a_thread::<ManifestChecker>();

    let names = ["a", "b", "c", "d"];
    let text: String = names
        .iter()
        .map(|name| line(Algorithm::Sha256, name, &name.as_bytes().repeat(10_000)))
        .collect();
    let mut checker = ManifestChecker::new();
    checker.manifest(&parse(&text));
    let files: Vec<(&str, FileCheck)> =
        names.iter().map(|name| (*name, checker.file(name))).collect();
    let threads: Vec<_> = files
        .into_iter()
        .map(|(name, mut file)| {
            std::thread::spawn(move || {
                (0..10_000).for_each(|_| file.update(name.as_bytes()));
                file
            })
        })
        .collect();
    for thread in threads {
        checker.finish_file(thread.join().unwrap());
    }
    assert!(checker.finish().all_verified());
}

#[test]
fn what_cannot_stand_in_a_manifest_is_not_written() {
    let mut manifest = Manifest::new();
    for name in ["", "a\nb", "a\rb", "../a", "/a", "a\\b"] {
        assert!(manifest.push(name, digest(Algorithm::Sha1, b"")).is_err(), "{name:?}");
    }
    assert_eq!(manifest.to_string(), "");
}

/// Names as people give them and worse, all of them safe.
fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(r"[a-zA-Z0-9()=#%é虚]([a-zA-Z0-9 ()=.#%é虚-]{0,12}[()=a-z])?", 1..4)
        .prop_map(|parts| parts.join("/"))
        .prop_filter("safe", |name| path::check(name).is_ok())
}

fn algorithm() -> impl Strategy<Value = Algorithm> {
    prop::sample::select(Algorithm::ALL.to_vec())
}

/// The algorithms that are computed ahead of the manifest.
fn usual_algorithm() -> impl Strategy<Value = Algorithm> {
    prop::sample::select(vec![Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512])
}

fn contents() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..300)
}

proptest! {
    #[test]
    fn a_manifest_survives_writing_and_reading(
        entries in prop::collection::vec((name(), algorithm(), contents()), 0..10),
    ) {
        let mut manifest = Manifest::new();
        for (name, algorithm, bytes) in &entries {
            manifest.push(name, digest(*algorithm, bytes)).unwrap();
        }
        let text = manifest.to_string();
        prop_assert_eq!(text.lines().count(), entries.len());
        let parsed = Manifest::parse(&text, &Limits::default());
        prop_assert_eq!(parsed.manifest, manifest);
        // What is written is in the form of the standard.
        let style = parsed.diagnostics.iter().find(|d| d.code.name().starts_with("manifest-"));
        prop_assert_eq!(style, None);
    }

    #[test]
    fn any_text_is_read(text in r"(SHA(1|256|2-256)?|[()= \t\r\n#./a-fA-F0-9]|\PC){0,80}") {
        let parsed = Manifest::parse(&text, &Limits::default());
        for finding in &parsed.diagnostics {
            prop_assert!(text.get(finding.span.range()).is_some());
        }
    }

    #[test]
    fn pieces_order_and_place_of_the_manifest_do_not_matter(
        files in prop::collection::btree_map("[a-d]{1,2}", (contents(), usual_algorithm(), 0..4_u8), 0..6),
        order in any::<u64>(),
        pieces in prop::collection::vec(1..70_usize, 1..8),
        manifest_after in any::<Index>(),
    ) {
        let mut text = String::new();
        for (name, (bytes, algorithm, fate)) in &files {
            match fate {
                0 => text += &line(*algorithm, name, b"other"),
                1 => {}
                _ => text += &line(*algorithm, name, bytes),
            }
        }
        let manifest = parse(&text);
        let mut given: Vec<_> = files.iter().collect();
        if !given.is_empty() {
            let by = usize::try_from(order % given.len() as u64).unwrap();
            given.rotate_left(by);
        }
        let whole: Vec<_> = given.iter().map(|(name, (bytes, ..))| (name.as_str(), bytes.as_slice())).collect();
        let expected = check(&manifest, &whole, true);

        let mut checker = ManifestChecker::new();
        let manifest_after = manifest_after.index(given.len() + 1);
        // All files are open at a time.
        let mut open = Vec::new();
        for (at, (name, (bytes, ..))) in given.iter().enumerate() {
            if at == manifest_after {
                checker.manifest(&manifest);
            }
            open.push((checker.file(name), bytes.as_slice()));
        }
        for size in pieces.iter().cycle() {
            for (file, rest) in &mut open {
                let (piece, after) = rest.split_at(rest.len().min(*size));
                file.update(piece);
                *rest = after;
            }
            if open.iter().all(|(_, rest)| rest.is_empty()) {
                break;
            }
        }
        open.into_iter().for_each(|(file, _)| checker.finish_file(file));
        if manifest_after == given.len() {
            checker.manifest(&manifest);
        }
        prop_assert_eq!(checker.finish(), expected);
    }

}

proptest! {
    // Each case looks at every bit.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_bit_of_a_file_counts(
        bytes in prop::collection::vec(any::<u8>(), 1..40),
        algorithm in usual_algorithm(),
    ) {
        let manifest = parse(&line(algorithm, "a", &bytes));
        prop_assert!(check(&manifest, &[("a", &bytes)], true).all_verified());
        for bit in bits(0..bytes.len()) {
            let mut flipped = bytes.clone();
            flip(&mut flipped, bit);
            let verdicts = check(&manifest, &[("a", &flipped)], true);
            prop_assert!(matches!(verdicts.of("a"), Some(Verdict::Mismatch { .. })), "{:?}", verdicts);
        }
    }

    #[test]
    fn every_bit_of_a_digest_counts(bytes in contents(), algorithm in usual_algorithm()) {
        let text = line(algorithm, "a", &bytes);
        let hex = text.len() - 1 - 2 * algorithm.digest_bytes()..text.len() - 1;
        for bit in bits(hex) {
            let mut flipped = text.clone().into_bytes();
            flip(&mut flipped, bit);
            // What is no text at all is refused before it gets here.
            let Ok(flipped) = String::from_utf8(flipped) else { continue };
            let verdicts = check(&parse(&flipped), &[("a", &bytes)], true);
            // Upper-case digits say the same.
            let same = flipped.eq_ignore_ascii_case(&text);
            prop_assert_eq!(verdicts.all_verified(), same, "{}", flipped);
        }
    }
}

/// Bits of a range of bytes: which byte, which bit.
fn bits(bytes: Range<usize>) -> impl Iterator<Item = (usize, u8)> {
    bytes.flat_map(|at| (0..8).map(move |bit| (at, bit)))
}

fn flip(bytes: &mut [u8], (at, bit): (usize, u8)) {
    bytes[at] ^= 1 << bit;
}
