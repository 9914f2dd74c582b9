//! The section tree: changed, sent as JSON, put back.

use ovf::Source;
use ovf::edit::{SectionTree, TreeError};
use ovf::model::OstNodeType;

use crate::{edited, envelope, replaced, with_valid};

const TIERS: &str = r#"  <NetworkSection>
    <Info>Networks</Info>
  </NetworkSection>
  <VirtualSystemCollection ovf:id="shop">
    <Info>All</Info>
    <ProductSection ovf:class="a">
      <Info>First</Info>
    </ProductSection>
    <ProductSection ovf:class="b">
      <Info>Second</Info>
    </ProductSection>
    <x:OwnSection xmlns:x="urn:x" ovf:required="false"><Info>Own</Info></x:OwnSection>
    <VirtualSystem ovf:id="web">
      <Info>Web</Info>
      <AnnotationSection>
        <Info>Notes</Info>
        <Annotation>One</Annotation>
      </AnnotationSection>
    </VirtualSystem>
    <VirtualSystem ovf:id="db">
      <Info>Data</Info>
    </VirtualSystem>
  </VirtualSystemCollection>"#;

const OS: &str = r#"<OperatingSystemSection xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:o="http://schemas.dmtf.org/ovf/envelope/1" o:id="1"><Info/></OperatingSystemSection>"#;

fn tree(text: &str) -> SectionTree {
    with_valid(text, |valid| SectionTree::of(valid))
}

#[test]
fn an_unchanged_tree_changes_nothing() {
    let text = envelope(TIERS);
    assert_eq!(edited(&text, |valid| Ok(tree(&text).edit(valid)?)).unwrap(), text);
    let tree = tree(&text);
    assert_eq!(tree.find("shop/web").unwrap().sections().len(), 1);
    let section = &tree.find("shop").unwrap().sections()[1];
    assert_eq!(section.line(), 15);
    // It may hold passwords.
    let length = section.xml().len();
    assert_eq!(format!("{section:?}"), format!("section of {length} bytes from line 15"));
    assert_eq!(
        tree.root().children().next().unwrap().node_type(),
        OstNodeType::VirtualSystemCollection
    );
}

#[test]
fn only_what_was_changed_is_written() {
    let text = envelope(TIERS);
    let mut tree = tree(&text);
    let (shop, web, db) =
        ["shop", "shop/web", "shop/db"].map(|path| tree.find(path).unwrap().key()).into();
    let notes = tree.find("shop/web").unwrap().sections()[0].xml().replace("One", "Two");
    tree.replace_section(web, 0, &notes).unwrap();
    tree.remove_section(shop, 0).unwrap();
    tree.add_section(db, OS).unwrap();
    let written = edited(&text, |valid| Ok(tree.edit(valid)?)).unwrap();
    let want = replaced(&text, "One", "Two", 1);
    let first =
        "    <ProductSection ovf:class=\"a\">\n      <Info>First</Info>\n    </ProductSection>\n";
    let want = replaced(&want, first, "", 1);
    let data = "      <Info>Data</Info>\n";
    let os = OS.replacen(" xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"", "", 1);
    let want = replaced(&want, data, &format!("{data}      {os}\n"), 1);
    assert_eq!(written, want);
}

#[test]
fn all_sections_can_be_exchanged() {
    let text = envelope(TIERS);
    let mut tree = tree(&text);
    let shop = tree.find("shop").unwrap().key();
    for _ in 0..3 {
        tree.remove_section(shop, 0).unwrap();
    }
    let annotation = r#"<AnnotationSection xmlns="http://schemas.dmtf.org/ovf/envelope/1"><Info/><Annotation/></AnnotationSection>"#;
    tree.add_section(shop, annotation).unwrap();
    let written = edited(&text, |valid| Ok(tree.edit(valid)?)).unwrap();
    let start = text.find("    <ProductSection").unwrap();
    let end = text.find("    <VirtualSystem ovf:id=\"web\"").unwrap();
    let inside = "    <AnnotationSection><Info/><Annotation/></AnnotationSection>\n";
    assert_eq!(written, format!("{}{inside}{}", &text[..start], &text[end..]));
}

#[test]
fn sections_are_checked_as_vsphere_does() {
    let mut tree = tree(&envelope(TIERS));
    let web = tree.find("shop/web").unwrap().key();
    let fault = |error: TreeError| match error {
        TreeError::Fragment { path, error } => (path, error.fault(), error.line()),
        other => panic!("{other}"),
    };
    let web_path = || "shop/web".to_owned();
    let broken = tree.add_section(web, "<a>\n<b></a>").unwrap_err();
    assert_eq!(fault(broken), (web_path(), "OvfConsumerInvalidSection", 2));
    let prefix = tree.replace_section(web, 0, "<a\nb:c=''/>").unwrap_err();
    assert_eq!(fault(prefix), (web_path(), "OvfConsumerUndefinedPrefix", 2));
    let own = "<OwnSection xmlns='urn:y'/>";
    let unknown = tree.add_section(web, own).unwrap_err();
    assert_eq!(fault(unknown), (web_path(), "OvfConsumerUndeclaredSection", 1));
    tree.declare("urn:y", "OwnSection");
    assert_eq!(tree.add_section(web, own), Ok(()));
    assert!(matches!(tree.remove_section(web, 2), Err(TreeError::UnknownSection { index: 2, .. })));
}

#[test]
fn nodes_are_those_of_the_descriptor() {
    let text = envelope(TIERS);
    let mut more = tree(&text);
    let shop = more.find("shop").unwrap().key();
    let duplicate = more.add_node(shop, OstNodeType::VirtualSystem, "web");
    assert!(matches!(duplicate, Err(TreeError::DuplicateId { .. })));
    let web = more.find("shop/web").unwrap().key();
    let nested = more.add_node(web, OstNodeType::VirtualSystem, "in");
    assert!(matches!(nested, Err(TreeError::MisplacedNode { .. })));
    more.add_node(shop, OstNodeType::VirtualSystem, "new").unwrap();
    with_valid(&text, |valid| {
        let differ = |path: &str| Err(TreeError::NodesDiffer { path: path.into() });
        assert_eq!(more.edit(valid), differ("shop/new"));
        assert_eq!(SectionTree::new().edit(valid), differ("shop"));
    });
}

#[test]
fn a_tree_from_scratch_becomes_a_descriptor() {
    let mut tree = SectionTree::new();
    let all =
        tree.add_node(tree.root().key(), OstNodeType::VirtualSystemCollection, "a&b").unwrap();
    let vm = tree.add_node(all, OstNodeType::VirtualSystem, "vm").unwrap();
    tree.add_section(vm, OS).unwrap();
    let text = tree.descriptor();
    let source = Source::from_text(text.as_str()).unwrap();
    let report = crate::validator().check(&source);
    assert_eq!(report.diagnostics().iter().map(|d| d.code).collect::<Vec<_>>(), []);
    let read = SectionTree::of(report.envelope().unwrap());
    assert_eq!(read.find("a&b/vm").unwrap().sections().len(), 1);
    assert_eq!(tree.edit(&report.into_valid().unwrap()).unwrap().steps(), []);
}

#[cfg(feature = "serde")]
#[test]
fn the_json_of_vsphere_comes_back() {
    let text = envelope(TIERS);
    for type_names in [false, true] {
        let json = with_valid(&text, |valid| {
            let node = ovf::wire::tree::Node::new(valid.ost()).type_names(type_names);
            serde_json::to_string(&node).unwrap()
        });
        let mut read: SectionTree = serde_json::from_str(&json).unwrap();
        assert_eq!(read, tree(&text));
        assert_eq!(edited(&text, |valid| Ok(read.edit(valid)?)).unwrap(), text);
        if !type_names {
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        let web = read.find("shop/web").unwrap().key();
        read.remove_section(web, 0).unwrap();
        let json = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<SectionTree>(&json).unwrap(), read);
    }
    for wrong in [
        r#"{"type":"envelope"}"#,
        r#"{"id":"","type":"machine"}"#,
        r#"{"id":"","type":"virtualSystem"}"#,
        r#"{"id":"","type":"envelope","section":[{"xml":"<a/>"}]}"#,
        r#"{"id":"","type":"envelope","child":[{"id":"a","type":"envelope"}]}"#,
    ] {
        assert!(serde_json::from_str::<SectionTree>(wrong).is_err(), "{wrong}");
    }
    let deep = |depth: usize| {
        let open = r#"{"id":"","type":"envelope","child":["#;
        let nested = r#"{"id":"c","type":"virtualSystemCollection","child":["#.repeat(depth);
        format!("{open}{nested}{}", "]}".repeat(depth + 1))
    };
    assert!(serde_json::from_str::<SectionTree>(&deep(20)).is_ok());
    assert!(serde_json::from_str::<SectionTree>(&deep(10_000)).is_err());
}
