//! `ovf names` writing descriptors.

use std::path::PathBuf;

use crate::program::{ovf, ovf_with};

const INPUT: &str = "testdata/deploy/long-names.ovf";

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn input() -> String {
    std::fs::read_to_string(format!("{}/../{INPUT}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn renamed() -> String {
    let text = input();
    let (head, tail) = text.split_once("serve it").unwrap();
    let tail = tail.replace("NewVirtualMachine1", "NewVirtualMac001");
    format!("{head}serve it{}", tail.replace("NewVirtualMachine2", "NewVirtualMac002"))
}

#[test]
fn names_are_written_with_what_refers_to_them() {
    let folder = folder("names-written");
    let file = folder.join("out.ovf");
    let run = ovf(&["names", "--target", "vcloud", "-o", file.to_str().unwrap(), INPUT]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), renamed());
    assert!(run.stdout.contains("NewVirtualMac002"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn a_descriptor_is_changed_in_place_once() {
    let folder = folder("names-in-place");
    let file = folder.join("vm.ovf");
    std::fs::write(&file, format!("\u{feff}{}", input())).unwrap();
    for _ in 0..2 {
        let run = ovf(&["names", "--in-place", file.to_str().unwrap()]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("\u{feff}{}", renamed()));
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn only_a_file_of_its_own_is_changed_in_place() {
    let run = ovf_with(&["names", "--in-place", "-"], input().as_bytes());
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("write it to another file with `--write FILE`"));
}

#[test]
fn a_broken_descriptor_is_not_written() {
    let file = folder("names-broken").join("out.ovf");
    let text = input().replace("ovf:order=\"1\"", "ovf:order=\"first\"");
    let run = ovf_with(&["names", "-o", file.to_str().unwrap(), "-"], text.as_bytes());
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("invalid-startup-order"), "{}", run.stderr);
    assert!(!file.exists());
    // The names can be told nevertheless.
    let run = ovf_with(&["names", "-"], text.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_thousand_of_one_beginning_are_too_many() {
    let machines: String = (0..1000)
        .map(|n| {
            format!("<VirtualSystem ovf:id=\"NewVirtualMachine{n}\"><Info/><VirtualHardwareSection><Info/></VirtualHardwareSection></VirtualSystem>\n")
        })
        .collect();
    let text = format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\">\n\
         <References/><VirtualSystemCollection ovf:id=\"all\"><Info/>\n{machines}</VirtualSystemCollection></Envelope>"
    );
    let run = ovf_with(&["names", "-"], text.as_bytes());
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(
        run.stderr,
        "error: more than 999 ids begin with `NewVirtualMac`: 1 of them, from `NewVirtualMachine999` in line 1002 on, get no name\n \
         help: choose ids of up to 13 characters\n"
    );
}

#[test]
fn names_as_json() {
    let run = ovf(&["names", "--format", "json", INPUT]);
    let table: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        table,
        serde_json::json!({"schema": 1, "target": "vcloud", "names": [
            {"id": "NewVirtualMachine1", "name": "NewVirtualMac001", "line": 12},
            {"id": "NewVirtualMachine2", "name": "NewVirtualMac002", "line": 16},
            {"id": "db", "name": "db", "line": 20},
        ]})
    );
}
