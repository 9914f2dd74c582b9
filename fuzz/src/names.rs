//! Names of machines.

use std::collections::HashSet;

use ovf::edit::{rename_entities, vcloud_names};
use ovf::value::vcloud_name::{MAX_NUMBER, NAME_CHARS, shorten};

use crate::descriptor::{descriptor, source, validator};

/// Characters of the longest name.
const MOST_CHARS: usize = NAME_CHARS + 3;

/// Shortens lines of text, or the ids of the machines of a descriptor: names are short and different, a
/// short id stays, a long one keeps its beginning. Written into the descriptor they stay as they are.
pub fn names(data: &[u8]) {
    match data.first() {
        Some(0..=0x1F | b'<' | 0xEF) => in_a_descriptor(data),
        _ => lines(&String::from_utf8_lossy(data)),
    }
}

fn lines(text: &str) {
    let (ids, others) = text.split_once("\n\n").unwrap_or((text, ""));
    // The first line may be there again and again, so that numbers run out.
    let first = ids.lines().next().unwrap_or_default();
    let again = if first.starts_with('*') { usize::from(MAX_NUMBER).saturating_add(2) } else { 0 };
    let ids: Vec<&str> = ids.lines().chain(std::iter::repeat_n(first, again)).collect();
    let others: HashSet<&str> = others.lines().collect();
    let names = shorten(ids.iter().copied(), others.iter().copied());
    assert_eq!(names.len(), ids.len());
    let short: HashSet<&str> =
        ids.iter().copied().filter(|id| id.chars().count() <= NAME_CHARS).collect();
    let mut given = HashSet::new();
    for (id, name) in ids.iter().zip(&names) {
        let Ok(name) = name else {
            assert!(ids.len() > usize::from(MAX_NUMBER).saturating_sub(others.len()), "{id}");
            continue;
        };
        if short.contains(id) {
            assert_eq!(name, id);
            continue;
        }
        assert!(name.chars().count() <= MOST_CHARS, "{name}");
        let digits = name.len().saturating_sub(3);
        assert!(name.get(digits..).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())));
        assert!(name.get(..digits).is_some_and(|kept| id.starts_with(kept)), "{name} of {id}");
        assert!(given.insert(name.clone()), "{name} is there twice");
        assert!(!others.contains(&**name) && !short.contains(&**name), "{name} is there already");
    }
}

fn in_a_descriptor(data: &[u8]) {
    let (text, mut script) = descriptor(data);
    let Some(read) = source(&text) else { return };
    let validator = validator(script.flag());
    let Ok(valid) = validator.check(&read).into_valid() else { return };
    let names = vcloud_names(&valid);
    // A name cut before a mark is shorter, and a digit of it may be cut the next time.
    let mut is_settled = true;
    for found in &names {
        match &found.name {
            Ok(name) if found.id.chars().count() <= NAME_CHARS => assert_eq!(*name, found.id),
            Ok(name) => is_settled &= name.chars().count() == MOST_CHARS,
            Err(_) => is_settled = false,
        }
    }
    let wishes = names.into_iter().filter_map(|found| Some((found.node, found.name.ok()?)));
    let Ok(edit) = rename_entities(&valid, wishes) else { return };
    let edited = edit.apply(&valid, validator).expect("renames do not meet");
    assert!(edited.is_valid(), "{:?} in {}", edited.diagnostics(), edited.text());
    let again = validator.check(edited.source()).into_valid().expect("it is valid");
    for found in vcloud_names(&again).iter().filter(|_| is_settled) {
        assert_eq!(found.name.as_deref(), Ok(&*found.id));
    }
}
