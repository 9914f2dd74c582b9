//! The default limits take every real descriptor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ovf::{Code, Limits, Source, Validator};

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_descriptor_of_the_corpus_is_within_the_default_limits() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS").map(PathBuf::from) else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let mut paths = Vec::new();
    files(&corpus.join("files"), &mut paths);
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = 0;
    for path in &paths {
        let bytes = std::fs::read(path).unwrap();
        // What is no text is no matter of limits.
        let Ok(source) = Source::decode_with(&bytes, &Limits::unlimited()) else { continue };
        assert!(Source::decode(&bytes).is_ok(), "{}", path.display());
        count += 1;
        let report = Validator::new().check(&source);
        let hit = report.diagnostics().iter().find(|found| found.code == Code::LIMIT_REACHED);
        assert_eq!(hit, None, "{}", path.display());
        assert!(report.is_complete(), "{}", path.display());

        let mut see = |limit, value: usize| {
            let most = most.entry(limit).or_default();
            *most = value.max(*most);
        };
        let text = source.text();
        see("text_bytes", text.len());
        see("nodes", report.tree().len());
        see("diagnostics", report.diagnostics().len());
        for comment in text.split("<!--").skip(1) {
            see("run_bytes", comment.split("-->").next().unwrap().len());
        }
        for node in report.tree().elements() {
            see("depth", std::iter::successors(Some(node), |node| node.parent()).count());
            see("attributes", node.attributes().count() + node.declarations().count());
            see("namespaces", node.in_scope().len());
            see("name_bytes", node.name().len());
            see("run_bytes", node.text().len());
            for attribute in node.attributes() {
                see("name_bytes", attribute.name().len());
                see("value_bytes", attribute.raw().len());
            }
        }
    }
    let limits = Limits::default();
    println!(
        "{count} descriptors\n{:12} {:>10} {:>10} {:>8}",
        "limit", "largest", "default", "room"
    );
    for (limit, default) in [
        ("text_bytes", limits.text_bytes),
        ("depth", limits.depth),
        ("nodes", limits.nodes),
        ("attributes", limits.attributes),
        ("namespaces", limits.namespaces),
        ("name_bytes", limits.name_bytes),
        ("value_bytes", limits.value_bytes),
        ("run_bytes", limits.run_bytes),
        ("diagnostics", limits.diagnostics),
    ] {
        let largest = most.get(limit).copied().unwrap_or_default();
        println!("{limit:12} {largest:>10} {default:>10} {:>7}x", default / largest.max(1));
        assert!(2 * largest <= default, "{limit}: a real descriptor comes near the default");
    }
}
