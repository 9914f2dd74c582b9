//! What the command line prints, kept as pictures in `cmd/*.md`. `TRYCMD=overwrite` takes new ones.
//!
//! Pictures show rendering only. That places and codes are right is tested elsewhere, by hand.

#[test]
fn pictures() {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap();
    trycmd::TestCases::new().default_bin_name("ovf").case("cli/tests/cmd/*.md");
}
