//! What several tests need.
#![allow(dead_code, reason = "each test binary uses a part")]

pub(crate) mod markers;
pub(crate) mod mutants;
pub(crate) mod xmllint;
pub(crate) mod xsd;

use std::path::{Path, PathBuf};

use ovf::Code;

/// All files below a folder, sorted.
pub(crate) fn files_below(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// All files of an extension below a folder, sorted.
pub(crate) fn files(root: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether a code is one that checking a descriptor or an environment document can show: not those of
/// block 0 and 1, which have tests of their own, and not those of packages and of conversion.
pub(crate) fn is_about_descriptors(code: Code) -> bool {
    !matches!(code.id().as_bytes().get(3), Some(b'0' | b'1' | b'6')) && !is_about_conversion(code)
}

/// Whether a code is told when a descriptor is written in an earlier version.
pub(crate) fn is_about_conversion(code: Code) -> bool {
    code.id().starts_with("OVF94")
}

/// Whether a code is one of environment documents.
pub(crate) fn is_about_environments(code: Code) -> bool {
    code.id().starts_with("OVF58")
}

/// The example of a code's manual: the lines of its first code fence.
pub(crate) fn example(code: Code) -> Vec<String> {
    let mut lines = code.explain().lines().map(str::trim);
    let fenced = lines.by_ref().skip_while(|line| !line.starts_with("```")).skip(1);
    fenced.take_while(|line| !line.starts_with("```")).map(str::to_owned).collect()
}

/// Whether a text holds these lines one after the other, blanks around them and what follows on a
/// line left out of account.
pub(crate) fn holds(text: &str, lines: &[String]) -> bool {
    let text: Vec<&str> = text.lines().map(str::trim).collect();
    text.windows(lines.len().max(1)).any(|window| {
        window.iter().zip(lines).all(|(line, wanted)| line.starts_with(wanted.as_str()))
    })
}
