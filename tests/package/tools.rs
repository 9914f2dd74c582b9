//! Packages that other people's tools made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::archive;

/// Runs a tool in a folder; none when it is not installed.
fn run(folder: &Path, program: &str, args: &[&str]) -> Option<Vec<u8>> {
    let output =
        Command::new(program).args(args).current_dir(folder).stderr(Stdio::inherit()).output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "{program} {args:?}");
            Some(output.stdout)
        }
        Err(_) => {
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _old = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn qemu_img_sha256sum_tar_and_bsdtar() {
    let folder = folder("tools");
    let disk = "small-disk1.vmdk";
    let made = run(
        &folder,
        "qemu-img",
        &["create", "-q", "-f", "vmdk", "-o", "subformat=streamOptimized", disk, "1M"],
    );
    if made.is_none() {
        return;
    }
    // Without the holes it may have, of which bsdtar would make a sparse member.
    let content = fs::read(folder.join(disk)).unwrap();
    fs::remove_file(folder.join(disk)).unwrap();
    fs::write(folder.join(disk), &content).unwrap();
    let size = content.len();
    let [(_, text), ..] = crate::small();
    let text = String::from_utf8(text).unwrap().replace("6144", &size.to_string());
    fs::write(folder.join("small.ovf"), text).unwrap();
    let Some(list) = run(&folder, "sha256sum", &["--tag", "small.ovf", disk]) else { return };
    fs::write(folder.join("small.mf"), list).unwrap();
    for (program, format) in
        [("tar", "--format=ustar"), ("bsdtar", "--format=pax"), ("bsdtar", "--format=ustar")]
    {
        let args = [format, "-cf", "small.ova", "small.ovf", "small.mf", disk];
        if run(&folder, program, &args).is_none() {
            continue;
        }
        let told = archive(&fs::read(folder.join("small.ova")).unwrap());
        assert!(told.verified, "{program} {format}: {told:#?}");
        assert_eq!(told.state(disk), "verified SHA256");
    }
}
