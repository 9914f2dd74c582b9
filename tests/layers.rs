//! The layers of `src`: a module uses only modules of the layers below its own.

use std::path::Path;

mod support;

/// The table of docs/ARCHITECTURE.md.
const LAYERS: &[(&str, u8)] = &[
    ("span", 0),
    ("limits", 0),
    ("namespace", 0),
    ("policy", 0),
    ("diagnostic", 1),
    ("value", 1),
    ("digest", 1),
    ("source", 2),
    ("xml", 3),
    ("model", 4),
    ("rules", 5),
    ("manifest", 5),
    ("report", 6),
    ("package", 7),
    ("edit", 7),
    ("import", 7),
    ("wire", 8),
];

#[test]
fn modules_use_only_what_lies_below() {
    let mut faults = Vec::new();
    for path in support::files(Path::new("src"), "rs") {
        let inside = path.strip_prefix("src").expect("it is below src");
        let owner = inside.iter().next().and_then(|name| name.to_str()).expect("it has a name");
        let owner = owner.trim_end_matches(".rs");
        if owner == "lib" {
            continue;
        }
        let Some(layer) = layer(owner) else {
            faults.push(format!("{owner} has no layer"));
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for used in code.split("crate::").skip(1) {
            let used =
                used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            match self::layer(used) {
                _ if used == owner => {}
                Some(below) if below < layer => {}
                _ => faults.push(format!("{} uses `{used}`", path.display())),
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A use through the root of the crate, `crate::Code`, would hide where it comes from.
fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|&(_, layer)| layer)
}

#[test]
fn the_page_on_architecture_has_the_same_table() {
    let page = std::fs::read_to_string("docs/ARCHITECTURE.md").expect("the page is there");
    for (module, layer) in LAYERS.iter().filter(|(module, _)| {
        Path::new("src").join(module).is_dir()
            || Path::new("src").join(module).with_extension("rs").is_file()
    }) {
        let row = page.lines().find(|line| line.starts_with(&format!("| {layer} | `{module}`")));
        assert!(row.is_some(), "no row for {module} on layer {layer}");
    }
}

#[test]
fn only_the_xml_layer_and_the_writers_know_an_xml_library() {
    for path in support::files(Path::new("src"), "rs") {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        assert!(!text.contains("quick_xml") || path.starts_with("src/xml"), "{}", path.display());
        assert!(!text.contains("roxmltree"), "{}", path.display());
    }
}
