//! The pictures in README.md are what the program prints. `OVF_BLESS=1 cargo test` takes new ones.

use crate::program::ovf;

#[test]
fn the_pictures_are_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let committed = std::fs::read_to_string(path).unwrap();
    let mut now = String::new();
    let mut pictures = 0;
    let mut lines = committed.lines();
    while let Some(line) = lines.next() {
        now.push_str(line);
        now.push('\n');
        if line != "```console" {
            continue;
        }
        let call = lines.next().unwrap();
        let args: Vec<&str> = call.strip_prefix("$ ovf ").unwrap().split(' ').collect();
        let run = ovf(&args);
        now.push_str(&format!("{call}\n{}{}```\n", run.stdout, run.stderr));
        assert!(lines.any(|line| line == "```"), "a picture has no end");
        pictures += 1;
    }
    assert!(pictures > 0);
    if std::env::var_os("OVF_BLESS").is_some() {
        std::fs::write(path, &now).unwrap();
    } else {
        assert!(
            committed == now,
            "README.md is stale: run `OVF_BLESS=1 cargo test -p ovf-cli --test cli`"
        );
    }
}
