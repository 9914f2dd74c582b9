//! The digests that OpenSSL and the core utilities print are manifests, and must match ours.
//!
//! A tool that is not installed is left out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use ovf::Limits;
use ovf::digest::{Algorithm, Algorithms};
use ovf::manifest::{Manifest, ManifestChecker, Obstacle, Verdict};

/// What a tool prints when it reads these bytes; `None` when there is no such tool.
fn output(command: &[&str], bytes: &[u8]) -> Option<String> {
    let (program, arguments) = command.split_first().unwrap();
    let child =
        Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        child => child.unwrap(),
    };
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn tools_compute_the_same_digests() {
    let commands: [(&[&str], Algorithm); 10] = [
        (&["md5sum", "--tag"], Algorithm::Md5),
        (&["sha1sum", "--tag"], Algorithm::Sha1),
        (&["sha256sum", "--tag"], Algorithm::Sha256),
        (&["sha384sum", "--tag"], Algorithm::Sha384),
        (&["sha512sum", "--tag"], Algorithm::Sha512),
        (&["openssl", "dgst", "-md5"], Algorithm::Md5),
        (&["openssl", "dgst", "-sha1"], Algorithm::Sha1),
        (&["openssl", "dgst", "-sha256"], Algorithm::Sha256),
        (&["openssl", "dgst", "-sha384"], Algorithm::Sha384),
        (&["openssl", "dgst", "-sha512"], Algorithm::Sha512),
    ];
    // Around the ends of blocks, of the room for the length behind the last byte, and of pieces.
    for length in [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 16_383, 16_385, 50_000] {
        let bytes: Vec<u8> =
            (0..length).map(|at: u32| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        for (command, algorithm) in commands {
            let Some(text) = output(command, &bytes) else { continue };
            let manifest = Manifest::parse(&text, &Limits::default()).manifest;
            let [entry] = manifest.entries() else { panic!("{command:?}: {text}") };
            assert_eq!(entry.algorithm(), algorithm);

            let mut checker = ManifestChecker::new().ahead(Algorithms::from_iter(Algorithm::ALL));
            let mut file = checker.file(entry.name());
            bytes.chunks(1_000).for_each(|piece| file.update(piece));
            checker.finish_file(file);
            checker.manifest(&manifest);
            let verdicts = checker.finish();
            let good = match verdicts.of(entry.name()).unwrap() {
                Verdict::Match { algorithm: by, .. } => *by == algorithm,
                Verdict::Unverifiable { why } => *why == Obstacle::BrokenAlgorithm(Algorithm::Md5),
                _ => false,
            };
            assert!(good, "{command:?} of {length} bytes: {verdicts:?}");
        }
    }
}
