//! Descriptors put together out of small parts.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use ovf::xml::escape_attribute;

use crate::parts::{PARTS, Place};
use crate::script::Script;

/// Parts of one descriptor: few, so that it is short and most of what is done with it is done with what
/// the bytes chose.
const MOST_PARTS: usize = 4;
const MOST_CHANGES: usize = 4;

/// A descriptor out of a few parts, which belong together or not, with a few changes. Without changes it
/// is well-formed and seldom has an error.
pub(crate) fn composed(script: &mut Script<'_>) -> String {
    let mut text = compose(script);
    for _ in 0..script.below(MOST_CHANGES) {
        change(&mut text, script);
    }
    text
}

fn compose(script: &mut Script<'_>) -> String {
    let root = script.pick(ROOTS).copied().unwrap_or_default();
    let is_group = script.below(4) == 3;
    let mut parts = Vec::new();
    for _ in 0..script.below(MOST_PARTS.saturating_add(1)) {
        parts.extend(script.pick(PARTS).copied().unwrap_or_default());
    }
    let mut text = String::with_capacity(2048);
    let mut fill = |open: &str, place: Place, close: &str, is_needed: bool| {
        let is_empty = !parts.iter().any(|(there, _)| *there == place);
        if is_empty && !is_needed {
            return;
        }
        text.push_str(open);
        for (there, part) in &parts {
            if *there == place {
                text.push_str(part);
            }
        }
        text.push_str(close);
    };
    fill(root, Place::File, "", true);
    fill("</References>", Place::Envelope, "", true);
    fill("<DiskSection><Info/>", Place::Disk, "</DiskSection>", false);
    fill("<NetworkSection><Info/>", Place::Network, "</NetworkSection>", false);
    fill("<DeploymentOptionSection><Info/>", Place::Option, "</DeploymentOptionSection>", false);
    if is_group {
        fill(
            "<VirtualSystemCollection ovf:id=\"group\"><Info>Machines</Info>",
            Place::Group,
            "",
            true,
        );
    }
    fill("<VirtualSystem ovf:id=\"vm\"><Info>A machine</Info>", Place::Machine, "", true);
    fill(
        "<ProductSection ovf:class=\"org.example\"><Info/>",
        Place::Product,
        "</ProductSection>",
        false,
    );
    fill(HARDWARE, Place::Item, "</VirtualHardwareSection>", false);
    fill("</VirtualSystem>", Place::Sibling, "", true);
    if is_group {
        fill("</VirtualSystemCollection>", Place::Texts, "</Envelope>", true);
    } else {
        fill("", Place::Texts, "</Envelope>", true);
    }
    text
}

/// Takes something away, doubles it, or writes something else where a value or text stands.
fn change(text: &mut String, script: &mut Script<'_>) {
    match script.below(8) {
        0 => {
            let element = element(text, script);
            text.replace_range(element, "");
        }
        1 => {
            let element = element(text, script);
            let again = text.get(element.clone()).unwrap_or_default().to_owned();
            text.insert_str(element.end, &again);
        }
        _ => {
            let count = places(text).count();
            let Some(place) = places(text).nth(script.below(count)) else { return };
            let word = script.word(&VALUES);
            text.replace_range(place, &escape_attribute(&word));
        }
    }
}

/// Some element behind the root; nothing, if what was written into the text hides where one ends.
fn element(text: &str, script: &mut Script<'_>) -> Range<usize> {
    let starts = || text.match_indices('<').filter(|(at, _)| !follows(text, *at, "/")).skip(2);
    let Some((start, _)) = starts().nth(script.below(starts().count())) else { return 0..0 };
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('>').filter(|(at, _)| *at > start) {
        let open = text.get(..at).and_then(|before| before.rfind('<')).unwrap_or(start);
        match (follows(text, open, "/"), text.get(..at).is_some_and(|tag| tag.ends_with('/'))) {
            (true, _) => depth = depth.saturating_sub(1),
            (false, false) => depth = depth.saturating_add(1),
            (false, true) => {}
        }
        if depth == 0 {
            return start..at.saturating_add(1);
        }
    }
    0..0
}

fn follows(text: &str, at: usize, what: &str) -> bool {
    text.get(at.saturating_add(1)..).is_some_and(|rest| rest.starts_with(what))
}

/// Where values of attributes and text stand.
fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let open = bytes.get(from..)?.iter().position(|byte| matches!(byte, b'"' | b'>'))?;
            let start = from.checked_add(open)?.checked_add(1)?;
            let close = if bytes.get(start.checked_sub(1)?) == Some(&b'"') { b'"' } else { b'<' };
            let length = bytes.get(start..)?.iter().position(|&byte| byte == close)?;
            let end = start.checked_add(length)?;
            from = if close == b'"' { end.checked_add(1)? } else { end };
            if close == b'"' || length > 0 {
                return Some(start..end);
            }
        }
    })
}

/// What stands in the parts: words that mean something in another place too.
static VALUES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all = String::new();
    PARTS.iter().copied().flatten().for_each(|(_, part)| write!(all, "{part}").unwrap_or_default());
    let mut values: Vec<String> =
        places(&all).filter_map(|place| all.get(place)).map(str::to_owned).collect();
    values.sort();
    values.dedup();
    values
});

const ROOTS: &[&str] = &[
    "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\"><References>",
    "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" ovf:version=\"1.1\" xml:lang=\"en\"><References>",
    "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/2\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/2\"><References>",
    "<?xml version=\"1.0\"?>\r\n<Envelope xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"><References>",
];
const HARDWARE: &str = "<VirtualHardwareSection xmlns:r=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\"><Info/>";
