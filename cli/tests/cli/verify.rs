//! `ovf verify` and `ovf manifest`.

use crate::program::{ovf, ovf_with};

const SMALL: &str = "testdata/packages/small.ova";
const FOLDER: &str = "testdata/packages/small";
const DAMAGED: &str = "testdata/packages/damaged";
const SIGNED: &str = "testdata/packages/signed.ova";
const SIGNER: &str = "testdata/packages/signer.pem";

#[test]
fn the_status_tells_what_was_found() {
    for (args, status) in [
        (&[SMALL][..], 0),
        (&[FOLDER], 0),
        (&["testdata/packages/small/small.ovf"], 0),
        (&[SIGNED], 0),
        (&[DAMAGED], 1),
        (&[SMALL, DAMAGED], 1),
        (&["--strict", SMALL], 1),
        (&["testdata/cli/clean.ovf"], 0),
        (&["--require-manifest", "testdata/cli/clean.ovf"], 1),
        (&["--require-signature", SMALL], 1),
        (&["--require-signature", SIGNED], 0),
        (&["--require-signature", "--at", "2030-01-01", "--trust", SIGNER, SIGNED], 0),
        (&["--require-signature", "--at", "2300-01-01", "--trust", SIGNER, SIGNED], 1),
        (&["--trust", "README.md", SIGNED], 2),
        (&["--at", "tomorrow", SIGNED], 2),
        (&["no-such.ova", SMALL], 2),
        (&["README.md"], 2),
        (&[], 2),
    ] {
        for format in ["text", "json"] {
            let args: Vec<&str> =
                ["verify", "--format", format].iter().chain(args).copied().collect();
            let run = ovf(&args);
            assert_eq!(run.status, status, "{args:?}\n{}{}", run.stdout, run.stderr);
        }
    }
}

#[test]
fn an_archive_comes_through_a_pipe() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/packages/small.ova");
    let run = ovf_with(&["verify", "-"], &std::fs::read(path).unwrap());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("<stdin>: verified, 2 of 2 files"), "{}", run.stdout);
}

#[test]
fn a_descriptor_in_a_pipe_has_no_files() {
    let run = ovf_with(&["verify", "-"], b"<Envelope/>");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("its files cannot be found"), "{}", run.stderr);
}

#[test]
fn the_manifest_is_the_one_that_verifies() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/packages/small/small.mf");
    let stored = std::fs::read_to_string(path).unwrap();
    for package in [FOLDER, SMALL, SIGNED] {
        assert_eq!(ovf(&["manifest", package]).stdout, stored, "{package}");
    }
    let run = ovf(&["manifest", "--algorithm", "sha1", SMALL]);
    assert!(run.stdout.starts_with("SHA1(small.ovf)= "), "{}", run.stdout);
}

#[test]
fn a_package_with_a_hole_gets_no_manifest() {
    let run = ovf(&["manifest", "testdata/examples/web-server.ovf"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("is absent"), "{}", run.stderr);
}

#[test]
fn json_names_files_and_members() {
    let run = ovf(&["verify", "--format", "json", DAMAGED]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let input = &json["inputs"][0];
    assert_eq!(input["verified"], false);
    let disk = &input["files"][2];
    assert_eq!((&disk["name"], &disk["status"]), (&"small-disk1.vmdk".into(), &"mismatch".into()));
    assert_eq!(disk["algorithm"], "SHA256");
    assert!(disk["expected"].as_str().unwrap().starts_with("46505f56"));
    let found = input["diagnostics"].as_array().unwrap();
    let mismatch = found.iter().find(|found| found["code"] == "OVF6040").unwrap();
    assert_eq!((&mismatch["file"], &mismatch["line"]), (&"small.mf".into(), &2.into()));
}

#[test]
fn every_format_takes_packages() {
    for format in ["text", "json", "sarif", "github", "vsphere"] {
        let run = ovf(&["validate", "--format", format, DAMAGED]);
        assert_eq!(run.status, 1, "{format}");
        assert!(run.stdout.contains("small.mf"), "{format}: {}", run.stdout);
    }
}
