//! Names of machines as vCloud Director shortens them.
//!
//! Source: vCloud API Programming Guide 5.5: the id of a `VirtualSystem` of more than 13 characters
//! becomes its first 13 characters and three digits, which make it unique.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unicode_normalization::char::is_combining_mark;

/// Most characters of an id that vCloud Director takes as it is.
pub const NAME_CHARS: usize = 13;
/// Greatest number behind the first characters of a long id.
pub const MAX_NUMBER: u16 = 999;

/// There are more than [`MAX_NUMBER`] long ids that begin with the same characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is one of more than {} that begin with the same {} characters", MAX_NUMBER, NAME_CHARS)]
pub struct TooManyAlike;

/// The names that vCloud Director gives to machines: for each id one, in the same order.
///
/// An id of up to [`NAME_CHARS`] characters stays. Of a longer one the first characters stay, and three
/// digits follow, counted from 001 for each beginning in the order of the ids. A number that would make
/// a name of `others`, or a short id, is passed over. A character is never parted from the marks
/// combined with it: the whole of it is left out.
///
/// ```
/// use ovf::value::vcloud_name::shorten;
///
/// let names: Result<Vec<_>, _> = shorten(["NewVirtualMachine1", "db", "NewVirtualMachine2"], []).into_iter().collect();
/// assert_eq!(names.unwrap(), ["NewVirtualMac001", "db", "NewVirtualMac002"]);
/// ```
#[must_use]
pub fn shorten<'n>(
    ids: impl IntoIterator<Item = &'n str>,
    others: impl IntoIterator<Item = &'n str>,
) -> Vec<Result<Cow<'n, str>, TooManyAlike>> {
    let ids: Vec<(&str, Option<&str>)> = ids.into_iter().map(|id| (id, beginning(id))).collect();
    let mut taken: HashSet<Cow<'n, str>> = others.into_iter().map(Cow::Borrowed).collect();
    taken.extend(ids.iter().filter(|(_, long)| long.is_none()).map(|&(id, _)| Cow::Borrowed(id)));
    let mut last: HashMap<&str, u16> = HashMap::new();
    ids.into_iter()
        .map(|(id, beginning)| {
            let Some(beginning) = beginning else { return Ok(Cow::Borrowed(id)) };
            let last = last.entry(beginning).or_default();
            while *last < MAX_NUMBER {
                *last = last.saturating_add(1);
                let name = Cow::Owned(format!("{beginning}{last:03}"));
                if !taken.contains(&name) {
                    return Ok(name);
                }
            }
            Err(TooManyAlike)
        })
        .collect()
}

/// What stays of an id that is too long.
fn beginning(id: &str) -> Option<&str> {
    let (cut, next) = id.char_indices().nth(NAME_CHARS)?;
    let kept = id.get(..cut)?;
    if !is_combining_mark(next) {
        return Some(kept);
    }
    // The last character goes with the marks behind it, unless nothing would be left.
    let base = kept.char_indices().rev().find(|&(_, c)| !is_combining_mark(c));
    match base {
        Some((at, _)) if at > 0 => id.get(..at),
        _ => Some(kept),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names<'n>(ids: &[&'n str], others: &[&'n str]) -> Vec<String> {
        shorten(ids.iter().copied(), others.iter().copied())
            .into_iter()
            .map(|name| name.map_or_else(|error| error.to_string(), Cow::into_owned))
            .collect()
    }

    #[test]
    fn numbers_are_counted_for_each_beginning() {
        assert_eq!(
            names(&["NewVirtualMachine1", "NewVirtualMachine2"], &[]),
            ["NewVirtualMac001", "NewVirtualMac002"]
        );
        assert_eq!(
            names(&["webserver-east-1", "database-east-1", "webserver-east-2"], &[]),
            ["webserver-eas001", "database-east001", "webserver-eas002"]
        );
    }

    #[test]
    fn thirteen_characters_stay() {
        assert_eq!(names(&["exactly-thirt", "a", ""], &[]), ["exactly-thirt", "a", ""]);
        assert_eq!(names(&["exactly-thirte"], &[]), ["exactly-thirt001"]);
    }

    #[test]
    fn other_names_are_passed_over() {
        assert_eq!(names(&["NewVirtualMachine1"], &["NewVirtualMac001"]), ["NewVirtualMac002"]);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(names(&["虚拟机虚拟机虚拟机虚拟机虚"], &[]), ["虚拟机虚拟机虚拟机虚拟机虚"]);
        assert_eq!(
            names(&["虚拟机虚拟机虚拟机虚拟机虚拟"], &[]),
            ["虚拟机虚拟机虚拟机虚拟机虚001"]
        );
    }

    #[test]
    fn marks_stay_with_their_character() {
        assert_eq!(names(&["abcdefghijkle\u{301}z"], &[]), ["abcdefghijkl001"]);
        assert_eq!(names(&["abcdefghijke\u{301}\u{302}z"], &[]), ["abcdefghijk001"]);
        assert_eq!(names(&["abcdefghijke\u{301}z"], &[]), ["abcdefghijke\u{301}001"]);
        let marks = format!("e{}", "\u{301}".repeat(20));
        assert_eq!(names(&[&marks], &[]), [format!("e{}001", "\u{301}".repeat(12))]);
    }

    #[test]
    fn there_are_999_of_one_beginning() {
        let ids: Vec<String> = (0..1001).map(|n| format!("NewVirtualMachine{n}")).collect();
        let names = shorten(ids.iter().map(String::as_str), []);
        assert_eq!(names.get(998), Some(&Ok(Cow::Borrowed("NewVirtualMac999"))));
        assert_eq!(names.get(999), Some(&Err(TooManyAlike)));
        assert_eq!(names.get(1000), Some(&Err(TooManyAlike)));
    }

    proptest! {
        #[test]
        fn different_ids_stay_different(ids in prop::collection::hash_set("[ab\u{301}]{10,16}", 0..40)) {
            let names: Vec<_> =
                shorten(ids.iter().map(String::as_str), []).into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(names.iter().collect::<HashSet<_>>().len(), ids.len());
            for name in &names {
                prop_assert!(name.chars().count() <= NAME_CHARS + 3);
            }
        }
    }
}
