//! File names in manifests.

/// The name by which an entry and a file find each other: without the `./` that `find` and `tar` put
/// in front. Nothing else is made equal; names are compared byte by byte.
pub(super) fn matching(name: &str) -> &str {
    let mut rest = name;
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter;
    }
    rest
}

/// Why a name is unsafe, as the end of a sentence; `None` when it is a relative path that stays in
/// its folder on every system.
///
/// This is the place where the path rules of the whole crate come in: it knows the gravest cases
/// only, and is to ask `value::path` once that is there.
pub(super) fn fault(name: &str) -> Option<&'static str> {
    let path = matching(name);
    if path.is_empty() {
        return Some("is empty");
    }
    if path.chars().any(is_invisible) {
        return Some("has control characters");
    }
    if path.contains('\\') {
        return Some("has a backslash");
    }
    if path.starts_with('/') {
        return Some("is absolute");
    }
    if has_drive(path) {
        return Some("begins with a drive letter");
    }
    if path.split('/').any(|part| part == "..") {
        return Some("leads out of the package");
    }
    None
}

/// Control characters, line separators, and marks that change the direction of text.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{fault, matching};

    #[test]
    fn leading_dots_count_for_nothing() {
        for (name, path) in [
            ("a", "a"),
            ("./a", "a"),
            ("././a/./b", "a/./b"),
            (".a", ".a"),
            ("../a", "../a"),
            ("./", ""),
        ] {
            assert_eq!(matching(name), path);
        }
    }

    #[test]
    fn safe_names_pass() {
        for name in [
            "disk.vmdk",
            "./disk.vmdk",
            "a/b/c",
            "disk (1).vmdk",
            "..a",
            "a..b",
            "Größe 虚拟机",
            "a)= b",
            "%2e%2e",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
    }

    #[test]
    fn unsafe_names_say_why() {
        for (name, why) in [
            ("", "is empty"),
            ("./", "is empty"),
            ("/etc/passwd", "is absolute"),
            (".//etc/passwd", "is absolute"),
            ("..", "leads out of the package"),
            ("a/../../b", "leads out of the package"),
            ("./../b", "leads out of the package"),
            ("a\\b", "has a backslash"),
            ("C:disk", "begins with a drive letter"),
            ("a\0b", "has control characters"),
            ("a\u{85}b", "has control characters"),
            ("a\u{202E}b", "has control characters"),
        ] {
            assert_eq!(fault(name), Some(why), "{name:?}");
        }
    }
}
