//! `ovf convert`: where the descriptor goes, and in what encoding.

use crate::program::{ovf, ovf_with};

const SHOP: &str = "testdata/cli/shop/shop.ovf";

/// A folder of this test's own.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let file = folder("convert-output").join("out.ovf");
    let path = file.to_str().unwrap();
    let shown = ovf(&["convert", "--to", "1.0", SHOP]);
    let written = ovf(&["convert", "--to", "1.0", "--output", path, SHOP]);
    assert_eq!((shown.status, written.status), (0, 0));
    assert_eq!(written.stdout, "");
    assert_eq!(written.stderr, shown.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), shown.stdout);

    // Again, from what came out: nothing to say, and nothing changes.
    let again = ovf(&["convert", "--to", "1.0", path]);
    assert_eq!((&*again.stdout, &*again.stderr), (&*shown.stdout, ""));

    let nowhere = ovf(&["convert", "--to", "1.0", "-o", "no/such/folder/out.ovf", SHOP]);
    assert_eq!(nowhere.status, 2);
    assert!(nowhere.stderr.contains("cannot write `no/such/folder/out.ovf`"), "{}", nowhere.stderr);
}

#[test]
fn what_is_refused_is_not_written() {
    let file = folder("convert-refused").join("out.ovf");
    let path = file.to_str().unwrap();
    let refused = ovf(&["convert", "--to", "1.0", "-o", path, "testdata/convert/draft.ovf"]);
    assert_eq!(refused.status, 1);
    assert!(!file.exists());
}

#[test]
fn standard_input_has_no_files_beside_it() {
    let text = std::fs::read(std::path::Path::new("..").join(SHOP)).unwrap();
    let alone = ovf_with(&["convert", "--to", "1.0", "-"], &text);
    assert!(alone.stderr.contains("`shop-de.msg` are lost: the file was not given"));
    let bundle = "testdata/cli/shop/shop-de.msg";
    let given = ovf_with(&["convert", "--to", "1.0", "--bundle", bundle, "-"], &text);
    assert_eq!(given.status, 0);
    assert!(given.stdout.contains("<Msg ovf:msgid=\"name\">Laden</Msg>"), "{}", given.stdout);
}

#[test]
fn the_encoding_stays() {
    let folder = folder("convert-encoding");
    let text = std::fs::read_to_string(std::path::Path::new("..").join(SHOP)).unwrap();
    let text = text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
    let bytes: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let (from, to) = (folder.join("in.ovf"), folder.join("out.ovf"));
    std::fs::write(&from, &bytes).unwrap();
    let (from, to) = (from.to_str().unwrap(), to.to_str().unwrap());
    assert_eq!(ovf(&["convert", "--to", "1.0", "-o", to, from]).status, 0);
    let written = std::fs::read(to).unwrap();
    assert_eq!(written.get(..4), Some(&b"\xFE\xFF\0<"[..]));
    let run = ovf(&["validate", to]);
    assert!(run.stdout.contains("OVF 1.0") && !run.stdout.contains("OVF0002"), "{}", run.stdout);
}
