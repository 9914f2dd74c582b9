//! Errors of edits.

use ovf::edit::{
    EditError, FileEntry, Fragment, PropertyDefault, SectionTree, add_file, add_section,
    rename_entities, rename_entity, rename_networks, set_file_sizes, set_property_defaults,
};
use ovf::model::OstNodeType;
use ovf::{Source, Validator};

use crate::Made;

const DESCRIPTOR: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
<References><File ovf:id="f" ovf:href="f.bin"/></References>
<NetworkSection><Info>Networks</Info><Network ovf:name="a"><Description>One</Description></Network>
<Network ovf:name="b"><Description>Two</Description></Network></NetworkSection>
<VirtualSystemCollection ovf:id="all"><Info>All</Info>
<VirtualSystem ovf:id="web"><Info>Web</Info><VirtualHardwareSection><Info>None</Info></VirtualHardwareSection><ProductSection><Info>Product</Info>
<Property ovf:key="port" ovf:type="uint16" ovf:userConfigurable="true"/>
<Property ovf:key="name" ovf:type="string" ovf:qualifiers="MinLen(3)" ovf:userConfigurable="true"/>
<Property ovf:key="fixed" ovf:type="string"/>
</ProductSection></VirtualSystem>
<VirtualSystem ovf:id="db"><Info>Database</Info><VirtualHardwareSection><Info>None</Info></VirtualHardwareSection></VirtualSystem>
</VirtualSystemCollection></Envelope>"#;

const LICENCE: &str = r#"<EulaSection xmlns="http://schemas.dmtf.org/ovf/envelope/1"><Info>i</Info><License>l</License></EulaSection>"#;
const DISKS: &str =
    r#"<DiskSection xmlns="http://schemas.dmtf.org/ovf/envelope/1"><Info>i</Info></DiskSection>"#;

pub(crate) fn make(made: &mut Made) {
    let source = Source::decode(DESCRIPTOR.as_bytes()).unwrap();
    let envelope = Validator::new().check(&source).into_valid().expect("it is valid");

    made.all("FragmentError", ["<a", "<n:a/>"].map(Fragment::parse));
    let custom = Fragment::parse("<ExampleSection xmlns=\"urn:example\"/>").unwrap();
    let disks = Fragment::parse(DISKS).unwrap();
    made.all(
        "FragmentError",
        [&custom, &disks].map(|section| section.check_place(OstNodeType::VirtualSystem)),
    );

    let defaults = |key: &str, value: &str| {
        set_property_defaults(&envelope, &[PropertyDefault::new(key, value)])
    };
    let two = [PropertyDefault::new("port", "1"), PropertyDefault::new("port", "2")];
    let web = envelope.ost_nodes().find(|node| node.id() == "web").unwrap();
    let overlap = {
        let mut edit = rename_entity(&envelope, "all/web", "one").unwrap();
        edit.append(rename_entity(&envelope, "all/web", "other").unwrap());
        edit.apply(&envelope, &Validator::new()).map(drop)
    };
    let mut tree = SectionTree::of(&envelope);
    let key = tree.find("all/web").unwrap().key();
    let all = tree.find("all").unwrap().key();
    let other = {
        let mut other = tree.clone();
        other.add_node(all, OstNodeType::VirtualSystem, "new").unwrap();
        other
    };
    let chunks = {
        let mut file = FileEntry::new("g", "g.bin");
        file.chunk_size = Some(0);
        add_file(&envelope, &file).map(drop)
    };
    let put_back =
        other.edit(&envelope).map(drop).map_err(|error| EditError::Tree(Box::new(error)));
    made.all(
        "EditError",
        [
            rename_entity(&envelope, "all/mail", "x").map(drop),
            rename_entity(&envelope, "all/web", " ").map(drop),
            rename_entity(&envelope, "all/web", "db").map(drop),
            rename_entities(&envelope, [(web, "x"), (web, "y")]).map(drop),
            rename_networks(&envelope, [("c", "d")]).map(drop),
            rename_networks(&envelope, [("a", "b")]).map(drop),
            set_file_sizes(&envelope, [("f", 1), ("f", 2)]).map(drop),
            add_file(&envelope, &FileEntry::new("f", "g.bin")).map(drop),
            set_property_defaults(&envelope, &two).map(drop),
            defaults("port", "http").map(drop),
            defaults("name", "ab").map(drop),
            defaults("fixed", "x").map(drop),
            add_section(&envelope, web, &disks).map(drop),
            chunks,
            put_back,
            overlap,
        ],
    );

    let mut changes = ovf::edit::Changes::new();
    changes.replace(ovf::Span::new(0, 3), "x");
    changes.replace(ovf::Span::new(2, 4), "y");
    made.all("Overlap", [changes.apply("abcdef")]);

    made.all("TreeError", [other.edit(&envelope)]);
    made.all("TreeError", [tree.add_section(key, DISKS), tree.add_section(key, "<a")]);
    made.all("TreeError", [tree.remove_section(key, 9)]);
    made.all("TreeError", [tree.replace_section(key, 9, LICENCE)]);
    made.all(
        "TreeError",
        [
            tree.add_node(key, OstNodeType::VirtualSystem, "inside"),
            tree.add_node(all, OstNodeType::VirtualSystem, "db"),
        ],
    );
    let foreign = other.find("all/new").unwrap().key();
    made.all("TreeError", [tree.add_section(foreign, LICENCE)]);
}
