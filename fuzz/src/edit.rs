//! Edits of descriptors.

use ovf::edit::{
    Edit, EditError, FileEntry, Fragment, Named, PropertyDefault, SectionTree, add_file,
    add_section, remove_sections, rename_entities, rename_entity, rename_ids, rename_networks,
    set_file_sizes, set_property_defaults, vcloud_names,
};
use ovf::model::OstNodeType;
use ovf::xml::escape_text;
use ovf::{Envelope, Valid};

use crate::descriptor::{descriptor, source, validator};
use crate::script::Script;

/// Makes an edit, or up to three one after the other: each changes the bytes it names and no other, what comes
/// out is read again, is valid where it was, and making the edit again does nothing.
pub fn edit(data: &[u8]) {
    let (text, mut script) = descriptor(data);
    // What is valid because nothing is asked of it can be spoilt by what is asked of it afterwards.
    let is_lenient = script.below(4) == 3;
    let mut text = text.into_owned();
    let edits = match script.below(8) {
        7 => 3,
        6 => 2,
        _ => 1,
    };
    for _ in 0..edits {
        match one(&text, is_lenient, &mut script) {
            Some(edited) => text = edited,
            None => break,
        }
    }
}

fn one(text: &str, is_lenient: bool, script: &mut Script<'_>) -> Option<String> {
    let validator = validator(is_lenient);
    let read = source(text)?;
    let valid = validator.check(&read).into_valid().ok()?;
    let wish = Wish::new(&valid, script);
    let edit = match wish.edit(&valid) {
        Ok(edit) => edit,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains(char::is_control), "{message}");
            return Some(text.to_owned());
        }
    };
    if edit.is_empty() {
        return Some(text.to_owned());
    }
    let once = match edit.apply(&valid, validator) {
        Ok(once) => once,
        Err(error) => panic!("{error}: {wish:?} in {text}"),
    };
    only_what_is_named_changes(&edit, text, once.text());
    if is_lenient {
        return None;
    }
    assert!(wish.may_spoil() || once.is_valid(), "{:?}: {wish:?} in {text}", once.diagnostics());
    let again = validator.check(once.source()).into_valid().ok()?;
    match wish.edit(&again) {
        Ok(edit) => assert!(
            wish.may_repeat() || edit.is_empty(),
            "{:?}: {wish:?} in {text} -> {}",
            edit.steps(),
            once.text()
        ),
        Err(error) => assert!(wish.may_repeat(), "the second time {error}: {wish:?} in {text}"),
    }
    Some(once.text().to_owned())
}

/// What stands before, between and behind the changes stands in the result, and nothing else but them.
fn only_what_is_named_changes(edit: &Edit, before: &str, after: &str) {
    let mut changes: Vec<_> = edit.changes().as_slice().iter().collect();
    changes.sort_by_key(|change| (change.span.start, change.span.end));
    let (mut from, mut rest) = (0, after);
    for change in changes {
        let range = change.span.range();
        let kept = before.get(from..range.start).expect("changes lie in the text, one by one");
        rest = rest.strip_prefix(kept).expect("what is between changes stays");
        rest = rest.strip_prefix(&*change.text).expect("then comes what is new");
        from = range.end;
    }
    assert_eq!(Some(rest), before.get(from..));
}

/// What is wanted, without a word of where: so it can be wanted again.
#[derive(Debug)]
enum Wish {
    Entity(String, String),
    Entities(Vec<(usize, String)>),
    Networks(Vec<(String, String)>, bool),
    Ids(Named, Vec<(String, String)>, bool),
    Defaults(Vec<PropertyDefault>),
    Sizes(Vec<(String, u64)>),
    File(FileEntry),
    Remove(String),
    Licence(String),
    Tree,
    VCloud,
}

impl Wish {
    fn new(valid: &Valid<Envelope<'_>>, script: &mut Script<'_>) -> Self {
        match script.below(11) {
            0 => {
                let paths: Vec<String> = valid.ost_nodes().skip(1).map(|n| n.id().into()).collect();
                Self::Entity(script.word(&paths), script.word(&[]))
            }
            1 => {
                let ids: Vec<String> = valid.ost_nodes().map(|node| node.id().into()).collect();
                let count = script.below(4);
                let names = (0..count).map(|_| (script.below(ids.len()), script.word(&ids)));
                Self::Entities(names.collect())
            }
            2 => {
                let names = valid.networks().filter_map(|network| network.name());
                let names: Vec<String> = names.map(|name| name.value().into_owned()).collect();
                let (pairs, swaps) = pairs(&names, script);
                Self::Networks(pairs, swaps)
            }
            3 | 4 => {
                let (what, ids) = ids(valid, script);
                let (pairs, swaps) = pairs(&ids, script);
                Self::Ids(what, pairs, swaps)
            }
            5 => Self::Defaults(defaults(valid, script)),
            6 => {
                let ids = valid.files().filter_map(|file| file.id());
                let ids: Vec<String> = ids.map(|id| id.value().into_owned()).collect();
                let count = script.below(4);
                Self::Sizes((0..count).map(|_| (script.word(&ids), script.number())).collect())
            }
            7 => {
                let hrefs = valid.files().filter_map(|file| file.href());
                let hrefs: Vec<String> = hrefs.map(|href| href.value().into_owned()).collect();
                let mut file = FileEntry::new(script.word(&[]), script.word(&hrefs));
                file.size = script.flag().then(|| script.number());
                file.chunk_size = script.flag().then(|| script.number() >> script.below(64));
                Self::File(file)
            }
            8 => {
                let sections = valid.ost_nodes().flat_map(|node| node.sections());
                let names: Vec<String> = sections.map(|one| one.name().to_owned()).collect();
                Self::Remove(script.word(&names))
            }
            9 => Self::Licence(script.word(&[])),
            _ if script.flag() => Self::VCloud,
            _ => Self::Tree,
        }
    }

    fn edit(&self, valid: &Valid<Envelope<'_>>) -> Result<Edit, EditError> {
        match self {
            Self::Entity(path, name) => rename_entity(valid, path, name),
            Self::Entities(names) => {
                let nodes: Vec<_> = valid.ost_nodes().collect();
                let named = names.iter().filter_map(|(at, name)| Some((*nodes.get(*at)?, &**name)));
                rename_entities(valid, named)
            }
            Self::Networks(pairs, _) => {
                rename_networks(valid, pairs.iter().map(|(old, new)| (&**old, &**new)))
            }
            Self::Ids(what, pairs, _) => {
                rename_ids(valid, *what, pairs.iter().map(|(old, new)| (&**old, &**new)))
            }
            Self::Defaults(defaults) => set_property_defaults(valid, defaults),
            Self::Sizes(sizes) => {
                set_file_sizes(valid, sizes.iter().map(|(id, size)| (&**id, *size)))
            }
            Self::File(file) => add_file(valid, file),
            Self::Remove(name) => {
                let sections = valid.ost_nodes().flat_map(|node| node.sections());
                Ok(remove_sections(valid, sections.filter(|section| section.name() == name)))
            }
            Self::Licence(text) => {
                let xml = format!(
                    "<o:EulaSection xmlns:o=\"{}\"><o:Info/><o:License>{}</o:License></o:EulaSection>",
                    valid.root().node().namespace(),
                    escape_text(text)
                );
                let fragment = Fragment::parse(&xml)?;
                let is_machine = |node: &ovf::model::OstNode<'_, '_>| {
                    node.node_type() == OstNodeType::VirtualSystem
                };
                let mut edit = Edit::new();
                for node in valid.ost_nodes().filter(is_machine) {
                    edit.append(add_section(valid, node, &fragment)?);
                }
                Ok(edit)
            }
            Self::Tree => Ok(SectionTree::of(valid).edit(valid)?),
            Self::VCloud => {
                let names = vcloud_names(valid).into_iter();
                rename_entities(valid, names.filter_map(|name| Some((name.node, name.name.ok()?))))
            }
        }
    }

    /// Whether there may be an error afterwards: what is taken away may be missed.
    const fn may_spoil(&self) -> bool {
        matches!(self, Self::Remove(_))
    }

    /// Whether it may do something the second time: a new name is an old one of something else, or a
    /// name was cut before a mark.
    const fn may_repeat(&self) -> bool {
        match self {
            Self::Networks(_, swaps) | Self::Ids(_, _, swaps) => *swaps,
            Self::Entity(..) | Self::VCloud => true,
            _ => false,
        }
    }
}

/// Old names with new ones, and whether a new one is an old one.
fn pairs(names: &[String], script: &mut Script<'_>) -> (Vec<(String, String)>, bool) {
    let count = script.below(4);
    let pairs: Vec<_> = (0..count).map(|_| (script.word(names), script.word(names))).collect();
    let swaps = pairs.iter().any(|(old, new)| old != new && names.contains(new));
    (pairs, swaps)
}

fn ids(valid: &Valid<Envelope<'_>>, script: &mut Script<'_>) -> (Named, Vec<String>) {
    let (what, ids): (_, Vec<_>) = match script.below(5) {
        0 => (Named::File, valid.files().filter_map(|one| one.id()).collect()),
        1 => (Named::Disk, valid.disks().filter_map(|one| one.id()).collect()),
        2 => {
            let groups = valid.placement_groups();
            (Named::PlacementGroup, groups.filter_map(|one| one.id()).collect())
        }
        3 => {
            let groups = valid.tag_placement_groups();
            (Named::TagPlacementGroup, groups.filter_map(|one| one.id()).collect())
        }
        _ => (Named::StorageGroup, valid.storage_groups().filter_map(|one| one.id()).collect()),
    };
    (what, ids.into_iter().map(|id| id.value().into_owned()).collect())
}

fn defaults(valid: &Valid<Envelope<'_>>, script: &mut Script<'_>) -> Vec<PropertyDefault> {
    let keys = valid.properties().filter_map(|(_, property)| Some(property.full_key()?.into()));
    let keys: Vec<String> = keys.collect();
    let options = valid.configurations().filter_map(|one| Some(one.id()?.value().into_owned()));
    let options: Vec<String> = options.collect();
    let count = script.below(4);
    (0..count)
        .map(|_| {
            let mut default = PropertyDefault::new(script.word(&keys), script.word(&[]));
            if script.flag() {
                default = default.option(script.word(&options));
            }
            if script.flag() { default.fixed() } else { default }
        })
        .collect()
}
