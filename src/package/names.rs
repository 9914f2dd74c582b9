//! Names of members: which are safe as a path, and which stand for one file.

use crate::value::path::{self, Unsafe};

/// Why a name is not safe to use as a path below a folder; none when it is.
///
/// Names that begin with a dot, `.DS_Store` for one, are let pass here: as members they are not
/// wanted, but they are no danger.
pub(super) fn danger(name: &str) -> Option<String> {
    let verdict = match path::check(name) {
        Err(Unsafe::EdgeDot) => path::check(&without_leading_dots(name)),
        verdict => verdict,
    };
    match verdict {
        Err(reason) => Some(reason.to_string()),
        Ok(()) if !path::is_nfc(name) => Some(
            "is not in Unicode normal form C, so that its bytes depend on the system".to_owned(),
        ),
        Ok(()) => None,
    }
}

/// The name with one dot at the start of each part replaced.
fn without_leading_dots(name: &str) -> String {
    let part = |part: &str| match part.strip_prefix('.') {
        Some(rest) => format!("_{rest}"),
        None => part.to_owned(),
    };
    name.split('/').map(part).collect::<Vec<String>>().join("/")
}

/// A key that is equal for names which stand for one file on some system: without regard to case,
/// normalisation, `.` and empty parts, and a slash at the end.
pub(super) fn fold_key(name: &str) -> String {
    let plain = path::normalized(name);
    path::fold_key(plain.strip_suffix('/').unwrap_or(&plain))
}

/// The name without the `./` some tools put before it.
pub(super) fn without_dot(name: &str) -> &str {
    let mut name = name;
    while let Some(rest) = name.strip_prefix("./") {
        name = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{danger, fold_key};

    #[test]
    fn a_dot_in_front_is_no_danger() {
        for name in [".DS_Store", "a/.b", "...a", "vm.ovf"] {
            assert_eq!(danger(name), None, "{name}");
        }
        for name in [".", "..", ".a.", "a./.b", ".a/../b", ".a\\b", "e\u{301}"] {
            assert!(danger(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_of_one_file_have_one_key() {
        for (a, b) in [
            ("a.vmdk", "./a.vmdk"),
            ("a.vmdk", "A.VMDK"),
            ("a/b", "a//b"),
            ("a/b", "a/./b/"),
            ("é", "e\u{301}"),
            ("STRASSE", "straße"),
        ] {
            assert_eq!(fold_key(a), fold_key(b), "{a:?} {b:?}");
        }
        assert_ne!(fold_key("a/b"), fold_key("ab"));
    }
}
