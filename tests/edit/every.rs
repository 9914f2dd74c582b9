//! Every edit on every descriptor there is: those of the repository, and those of `OVF_CORPUS`.

use std::path::Path;

use ovf::edit::{
    Edit, EditError, FileEntry, Fragment, PropertyDefault, SectionTree, add_file, add_section,
    remove_sections, rename_entities, rename_entity, rename_networks, set_file_sizes,
    set_property_defaults, vcloud_names,
};
use ovf::model::{OstNodeType, SectionKind};
use ovf::source::{Charset, Encoding};
use ovf::{Envelope, Source, Valid, Validator};

use crate::support;

type Found = Result<Edit, EditError>;
type Make = Box<dyn Fn(&Valid<Envelope<'_>>) -> Found>;

/// Edits that make sense for a descriptor, each with its name.
pub(crate) fn edits(valid: &Valid<Envelope<'_>>) -> Vec<(String, Make)> {
    let mut edits: Vec<(String, Make)> = Vec::new();
    let mut push = |name: String, make: Make| edits.push((name, make));
    for (at, node) in valid.ost_nodes().skip(1).enumerate().take(8) {
        let upwards = std::iter::successors(Some(node), |node| node.parent());
        let mut ids: Vec<String> = upwards.map(|node| node.id().into_owned()).collect();
        ids.pop();
        ids.reverse();
        let (path, name) = (ids.join("/"), format!("it's <{at}> & \"more\""));
        push(format!("rename {path}"), Box::new(move |valid| rename_entity(valid, &path, &name)));
    }
    for (at, network) in valid.networks().enumerate().take(8) {
        let Some(old) = network.name().map(|name| name.value().into_owned()) else { continue };
        let new = format!("it's <{at}> & \"(more)\"");
        push(
            format!("network {old}"),
            Box::new(move |valid| rename_networks(valid, [(&*old, &*new)])),
        );
    }
    let options: Vec<String> =
        valid.configurations().filter_map(|one| Some(one.id()?.value().into_owned())).collect();
    for (_, property) in valid.properties().take(8) {
        let Some(key) = property.full_key().map(|key| key.into_owned()) else { continue };
        for value in ["1", "true", "it's <text> & \"more\""] {
            let mut defaults = vec![PropertyDefault::new(&*key, value).fixed()];
            defaults.extend(
                options.iter().map(|id| PropertyDefault::new(&*key, value).option(id).fixed()),
            );
            let make = move |valid: &Valid<Envelope<'_>>| set_property_defaults(valid, &defaults);
            push(format!("default {key} {value}"), Box::new(make));
        }
    }
    let files: Vec<String> =
        valid.files().filter_map(|file| Some(file.id()?.value().into_owned())).collect();
    push(
        "sizes".to_owned(),
        Box::new(move |valid| set_file_sizes(valid, files.iter().map(|id| (&**id, 12_345)))),
    );
    let mut file = FileEntry::new("an added file", "an-added-file.vmdk");
    file.size = Some(1);
    push("add a file".to_owned(), Box::new(move |valid| add_file(valid, &file)));
    push(
        "remove annotations".to_owned(),
        Box::new(|valid| {
            let sections = valid.ost_nodes().flat_map(|node| node.sections());
            let unwanted = sections.filter(|one| one.kind() == SectionKind::Annotation);
            Ok(remove_sections(valid, unwanted))
        }),
    );
    push(
        "add a licence".to_owned(),
        Box::new(|valid| {
            let xml = format!(
                "<o:EulaSection xmlns:o=\"{}\"><o:Info>Added</o:Info><o:License>Added</o:License></o:EulaSection>",
                valid.root().node().namespace()
            );
            let fragment = Fragment::parse(&xml)?;
            let mut edit = Edit::new();
            for node in valid.ost_nodes().filter(|n| n.node_type() == OstNodeType::VirtualSystem) {
                edit.append(add_section(valid, node, &fragment)?);
            }
            Ok(edit)
        }),
    );
    push("the same tree".to_owned(), Box::new(|valid| Ok(SectionTree::of(valid).edit(valid)?)));
    push(
        "names of vCloud".to_owned(),
        Box::new(|valid| {
            let names = vcloud_names(valid).into_iter();
            rename_entities(valid, names.filter_map(|name| Some((name.node, name.name.ok()?))))
        }),
    );
    edits
}

/// How many edits were made, and how many were refused.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    descriptors: usize,
    made: usize,
    empty: usize,
    refused: usize,
}

/// Makes every edit of a descriptor, if it is a valid one, and makes it again.
pub(crate) fn check(name: &str, bytes: &[u8], tally: &mut Tally) {
    let Ok(source) = Source::decode(bytes) else { return };
    let validator = Validator::new();
    let Ok(valid) = validator.check(&source).into_valid() else { return };
    tally.descriptors += 1;
    for (what, make) in edits(&valid) {
        let edit = match make(&valid) {
            Ok(edit) if edit.is_empty() => {
                tally.empty += 1;
                continue;
            }
            Ok(edit) => edit,
            Err(_) => {
                tally.refused += 1;
                continue;
            }
        };
        tally.made += 1;
        let once = edit.apply(&valid, &validator).unwrap();
        assert!(once.is_valid(), "{name}: {what}: {:?}\n{}", once.diagnostics(), once.text());
        let again = validator.check(once.source()).into_valid().unwrap();
        match make(&again) {
            Ok(edit) => assert!(edit.is_empty(), "{name}: {what}: {:?}", edit.steps()),
            Err(error) => panic!("{name}: {what}: the second time: {error}"),
        }
    }
}

#[test]
fn every_edit_of_every_descriptor_here() {
    let mut tally = Tally::default();
    for path in support::files(Path::new("testdata"), "ovf") {
        check(&path.display().to_string(), &std::fs::read(&path).unwrap(), &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.descriptors > 300 && tally.made > 1_000, "{tally:?}");
}

#[test]
fn every_edit_of_every_descriptor_of_the_corpus() {
    let Some(corpus) = std::env::var_os("OVF_CORPUS") else {
        println!("skipped: OVF_CORPUS is not set");
        return;
    };
    let mut tally = Tally::default();
    for path in support::files_below(&Path::new(&corpus).join("files")) {
        check(&path.display().to_string(), &std::fs::read(&path).unwrap(), &mut tally);
    }
    println!("{tally:?}");
    assert!(tally.descriptors > 0);
}

/// What is read and written unchanged is the same to the byte, be it valid or not.
#[test]
fn nothing_changed_is_nothing_written() {
    let same = byte_identical(support::files(Path::new("testdata"), "ovf"));
    assert!(same > 400, "{same}");
    if let Some(corpus) = std::env::var_os("OVF_CORPUS") {
        byte_identical(support::files_below(&Path::new(&corpus).join("files")));
    }
}

/// How many descriptors are the same after they were read and written; none may be another.
fn byte_identical(files: Vec<std::path::PathBuf>) -> usize {
    let all = files.len();
    let (mut same, mut transcoded) = (0, 0);
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(source) = Source::decode(&bytes) else { continue };
        let validator = Validator::new();
        let report = validator.check(&source);
        let Some(envelope) = report.envelope() else { continue };
        let written = Edit::new().apply(envelope, &validator).unwrap();
        if matches!(source.charset(), Charset::Utf16Le | Charset::Utf16Be)
            || source.encoding() != Encoding::Plain
        {
            transcoded += 1;
            continue;
        }
        assert!(written.to_bytes() == bytes, "{}", path.display());
        same += 1;
    }
    println!("of {all} files {same} are byte-identical, {transcoded} were in another encoding");
    same
}

/// A rename changes the bytes of names and no other: with the names put back, the text is the old one.
#[test]
fn renames_touch_only_names() {
    let mut files = support::files(Path::new("testdata"), "ovf");
    if let Some(corpus) = std::env::var_os("OVF_CORPUS") {
        files.extend(support::files_below(&Path::new(&corpus).join("files")));
    }
    let mut renamed = 0;
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(source) = Source::decode(&bytes) else { continue };
        let Ok(valid) = Validator::new().check(&source).into_valid() else { continue };
        let nodes = valid.ost_nodes().skip(1);
        let names = nodes.enumerate().map(|(at, node)| (node, format!("node-{at}")));
        let edit = rename_entities(&valid, names).unwrap();
        for change in edit.changes().as_slice() {
            let node = valid.tree().innermost(change.span).unwrap();
            let id = node.attributes().find(|a| a.value_span() == change.span).unwrap();
            assert!(
                matches!(
                    node.local(),
                    "VirtualSystem" | "VirtualSystemCollection" | "Content" | "Item"
                ) || node.local() == "ScaleOutSection",
                "{node:?}"
            );
            assert_eq!(id.local(), "id");
            renamed += 1;
        }
    }
    println!("{renamed} names");
    assert!(renamed > 300, "{renamed}");
}
