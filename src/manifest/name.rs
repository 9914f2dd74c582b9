//! File names in manifests.

use crate::value::path::{self, Unsafe};

/// The name by which an entry and a file find each other: without the `./` that `find` and `tar` put
/// in front. Nothing else is made equal; names are compared byte by byte.
pub(super) fn matching(name: &str) -> &str {
    let mut rest = name;
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter;
    }
    rest
}

/// Whether a name is safe to join to a folder, but for `./` in front.
pub(super) fn check(name: &str) -> Result<(), Unsafe> {
    path::check(matching(name))
}

#[cfg(test)]
mod tests {
    use super::{Unsafe, check, matching};

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
    fn nothing_hides_behind_leading_dots() {
        assert_eq!(check("./disk.vmdk"), Ok(()));
        assert_eq!(check("./"), Err(Unsafe::Empty));
        assert_eq!(check(".//etc/passwd"), Err(Unsafe::Absolute));
        assert_eq!(check("./../a"), Err(Unsafe::DotDot));
        assert_eq!(check("././C:a"), Err(Unsafe::Drive));
    }
}
