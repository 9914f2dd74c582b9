//! Renaming machines and collections.

use ovf::edit::{EditError, Named, rename_entities, rename_entity, vcloud_names};

use crate::{edited, envelope, replaced, with_valid};

const NESTED: &str = r#"  <VirtualSystemCollection ovf:id="shop">
    <Info>All of it</Info>
    <StartupSection>
      <Info>Order</Info>
      <Item ovf:id='web' ovf:order="1"/> <!-- web first -->
      <Item ovf:id="tier" ovf:order="2"/>
    </StartupSection>
    <VirtualSystemCollection ovf:id="tier">
      <Info>web is in here too</Info>
      <ovf2:ScaleOutSection xmlns:ovf2="http://schemas.dmtf.org/ovf/envelope/2" ovf2:id="web" ovf:required="false">
        <Info>Many of web</Info>
        <ovf2:InstanceCount ovf2:default="2"/>
      </ovf2:ScaleOutSection>
      <StartupSection>
        <Info>Order</Info>
        <Item ovf:id="web" ovf:order="1"/>
      </StartupSection>
      <VirtualSystem ovf:id="web"><Info>One</Info></VirtualSystem>
      <VirtualSystem ovf:id="a&amp;b"><Info>Two</Info></VirtualSystem>
    </VirtualSystemCollection>
    <VirtualSystem ovf:id="web"><Info>Three</Info></VirtualSystem>
  </VirtualSystemCollection>"#;

#[test]
fn references_are_those_of_the_collection_around() {
    let text = envelope(NESTED);
    let inner = edited(&text, |valid| rename_entity(valid, "shop/tier/web", "front")).unwrap();
    let (outer, rest) = text.split_once("<VirtualSystemCollection ovf:id=\"tier\">").unwrap();
    let (tier, end) = rest.split_once("</VirtualSystemCollection>").unwrap();
    let tier = replaced(tier, "id=\"web\"", "id=\"front\"", 3);
    assert_eq!(
        inner,
        format!(
            "{outer}<VirtualSystemCollection ovf:id=\"tier\">{tier}</VirtualSystemCollection>{end}"
        )
    );

    let outer = edited(&text, |valid| rename_entity(valid, "shop/web", "it's")).unwrap();
    // The quotes of the attribute stay, and what must be escaped in them is.
    assert!(outer.contains("<Item ovf:id='it&apos;s' ovf:order=\"1\"/> <!-- web first -->"));
    assert!(outer.contains("<VirtualSystem ovf:id=\"it's\"><Info>Three"));
    assert_eq!(outer.len(), text.len() + "it&apos;s".len() + "it's".len() - 2 * "web".len());

    let tier = edited(&text, |valid| rename_entity(valid, "shop/tier", "back")).unwrap();
    assert_eq!(tier, replaced(&text, "id=\"tier\"", "id=\"back\"", 2));
    let escaped = edited(&text, |valid| rename_entity(valid, "shop/tier/a&b", "c")).unwrap();
    assert_eq!(escaped, replaced(&text, "a&amp;b", "c", 1));
}

#[test]
fn steps_say_what_is_done_and_where() {
    with_valid(&envelope(NESTED), |valid| {
        let edit = rename_entity(valid, "shop/web", "x").unwrap();
        let steps: Vec<_> = edit.steps().iter().map(|s| (s.line, s.what.as_str())).collect();
        assert_eq!(steps, [(27, "rename `web` to `x`"), (11, "refer to `x` instead of `web`")]);
    });
}

#[test]
fn two_may_swap_their_ids() {
    let text = envelope(NESTED);
    let swapped = with_valid(&text, |valid| {
        let shop = valid.ost().children().next().unwrap();
        let names =
            shop.children().map(|node| (node, if node.id() == "web" { "tier" } else { "web" }));
        let edit = rename_entities(valid, names).unwrap();
        edit.apply(valid, &crate::validator()).unwrap()
    });
    assert!(swapped.is_valid());
    assert!(swapped.text().contains("<Item ovf:id='tier' ovf:order=\"1\"/>"));
    assert!(swapped.text().contains("<Item ovf:id=\"web\" ovf:order=\"2\"/>"));
    assert!(swapped.text().contains("<VirtualSystemCollection ovf:id=\"web\">"));
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    with_valid(&envelope(NESTED), |valid| {
        let entity = Named::Entity;
        for (path, name, want) in [
            ("shop/none", "x", EditError::Unknown { what: entity, name: "shop/none".into() }),
            ("", "x", EditError::Unknown { what: entity, name: String::new() }),
            ("shop/web", "tier", EditError::Taken { what: entity, name: "tier".into(), line: 14 }),
            ("shop/tier", "web", EditError::Taken { what: entity, name: "web".into(), line: 27 }),
            ("shop/web", "", EditError::Unfit { what: entity, name: String::new() }),
            ("shop/web", " ", EditError::Unfit { what: entity, name: " ".into() }),
            ("shop/web", "a\u{1}", EditError::Unfit { what: entity, name: "a\u{1}".into() }),
        ] {
            assert_eq!(rename_entity(valid, path, name), Err(want), "{path} {name}");
        }
        let tier = valid.ost().children().next().and_then(|shop| shop.children().next()).unwrap();
        let twice = |other: &str| rename_entities(valid, [(tier, "x"), (tier, other)]);
        assert!(twice("x").is_ok());
        let name = "shop/tier".to_owned();
        assert_eq!(twice("y"), Err(EditError::Twice { what: entity, name }));
        // Where both get the name, the first is told.
        let shop = valid.ost().children().next().unwrap();
        let both = rename_entities(valid, shop.children().map(|node| (node, "x")));
        assert_eq!(both, Err(EditError::Taken { what: entity, name: "x".into(), line: 14 }));
        // The same name as a cousin is no collision.
        assert!(rename_entity(valid, "shop/tier/a&b", "tier").is_ok());
    });
}

/// Machines of these ids in one collection.
fn machines(ids: &[String]) -> String {
    let machines: String = ids
        .iter()
        .map(|id| format!("    <VirtualSystem ovf:id=\"{id}\"><Info>.</Info></VirtualSystem>\n"))
        .collect();
    let all = "  <VirtualSystemCollection ovf:id=\"NewVirtualMac002\"><Info>.</Info>";
    envelope(&format!("{all}\n{machines}  </VirtualSystemCollection>"))
}

fn names(ids: &[&str]) -> Vec<String> {
    let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
    with_valid(&machines(&ids), |valid| {
        let names = vcloud_names(valid).into_iter();
        names.map(|name| name.name.unwrap_or_else(|error| error.to_string())).collect()
    })
}

#[test]
fn names_of_vcloud_are_unique_among_machines_and_collections() {
    // The collection has the second name already.
    assert_eq!(
        names(&["NewVirtualMachine1", "NewVirtualMachine2"]),
        ["NewVirtualMac001", "NewVirtualMac003"]
    );
    assert_eq!(names(&["short", "exactly-thirt"]), ["short", "exactly-thirt"]);
    // An id that is a generated name already, and another that would get it.
    assert_eq!(
        names(&["NewVirtualMachine1", "NewVirtualMac001"]),
        ["NewVirtualMac001", "NewVirtualMac003"]
    );
    assert_eq!(names(&["Größenänderungsdienst"]), ["Größenänderun001"]);
    assert_eq!(names(&["abcdefghijkle\u{301}z"]), ["abcdefghijkl001"]);
}

#[test]
fn names_of_vcloud_are_written_with_their_references() {
    let text = envelope(NESTED).replace("web", "web-server-of-the-shop");
    let written = edited(&text, |valid| {
        let names = vcloud_names(valid).into_iter();
        rename_entities(valid, names.map(|name| (name.node, name.name.unwrap())))
    })
    .unwrap();
    // Two of the same id in different collections are counted on.
    assert_eq!(written.matches("id=\"web-server-of001\"").count(), 3);
    assert_eq!(written.matches("'web-server-of002'").count(), 1);
    assert_eq!(written.matches("\"web-server-of002\"").count(), 1);
    assert!(written.contains("web-server-of-the-shop first"));
}

#[test]
fn a_thousand_of_one_beginning_are_too_many() {
    let ids: Vec<String> = (0..1000).map(|n| format!("NewVirtualMachine{n}")).collect();
    with_valid(&machines(&ids), |valid| {
        let names = vcloud_names(valid);
        let without: Vec<_> = names.iter().filter(|name| name.name.is_err()).collect();
        // The collection takes one of the 999 numbers.
        assert_eq!(without.len(), 2);
        assert_eq!(without[0].id, "NewVirtualMachine998");
        assert_eq!(without[0].node.line(), 1000 + 6);
    });
}
