//! Renaming networks.

use ovf::edit::{EditError, Named, rename_networks};

use crate::{edited, envelope, with_valid};

const NETWORKS: &str = r#"  <NetworkSection>
    <Info>Networks</Info>
    <Network ovf:name="VM Network"/>
    <Network ovf:name="back"/>
  </NetworkSection>
  <vcloud:NetworkConfigSection xmlns:vcloud="http://www.vmware.com/vcloud/v1.5" ovf:required="false">
    <Info>Of vCloud</Info>
    <vcloud:NetworkConfig networkName="VM Network"/>
  </vcloud:NetworkConfigSection>
  <x:Lan xmlns:x="urn:example:lan" ovf:required="false">
    <Info>Of somebody else</Info>
    <x:Connection networkName='VM Network'>VM Network</x:Connection>
    <x:Property x:qualifiers="Ip('VM Network')"/>
  </x:Lan>
  <VirtualSystem ovf:id="vm">
    <Info>The VM Network is used</Info>
    <ProductSection>
      <Info>Software</Info>
      <AppUrl>https://${ip:VM Network}:80/&amp;${gateway:back}</AppUrl>
      <Property ovf:key="ip" ovf:type="string" ovf:userConfigurable="false" vmw:qualifiers="Ip(&quot;VM Network&quot;), Dns('back')"/>
      <Property ovf:key="at" ovf:type="ip:VM Network" ovf:userConfigurable="true"/>
      <Property ovf:key="url" ovf:type="string" ovf:value="&lt;${net:VM Network}>${other:VM Network}"/>
    </ProductSection>
    <VirtualHardwareSection>
      <Info>Hardware</Info>
      <Item>
        <rasd:Connection><!-- a -->VM Network<!-- b --></rasd:Connection>
        <rasd:ElementName>Card</rasd:ElementName>
        <rasd:InstanceID>1</rasd:InstanceID>
        <rasd:ResourceType>10</rasd:ResourceType>
      </Item>
      <Item>
        <rasd:Connection><![CDATA[VM Network]]></rasd:Connection>
        <rasd:ElementName>Card</rasd:ElementName>
        <rasd:InstanceID>2</rasd:InstanceID>
        <rasd:ResourceType>10</rasd:ResourceType>
      </Item>
    </VirtualHardwareSection>
  </VirtualSystem>"#;

/// The text with the new name wherever the network is named.
fn expected(new: &str, in_qualifier: &str) -> String {
    envelope(NETWORKS)
        .replace("ovf:name=\"VM Network\"", &format!("ovf:name=\"{new}\""))
        .replace("Config networkName=\"VM Network\"", &format!("Config networkName=\"{new}\""))
        .replace("${ip:VM Network}", &format!("${{ip:{new}}}"))
        .replace("(&quot;VM Network&quot;)", &format!("(&quot;{in_qualifier}&quot;)"))
        .replace("\"ip:VM Network\"", &format!("\"ip:{new}\""))
        .replace("${net:VM Network}", &format!("${{net:{new}}}"))
        .replace("><!-- a -->VM Network<!-- b --><", &format!("><!-- a -->{new}<!-- b --><"))
        .replace("<![CDATA[VM Network]]>", new)
}

#[test]
fn everything_that_names_a_network_is_changed() {
    let text = envelope(NETWORKS);
    let renamed = edited(&text, |valid| rename_networks(valid, [("VM Network", "dmz")])).unwrap();
    assert_eq!(renamed, expected("dmz", "dmz"));
    // What only looks like it stays.
    assert!(renamed.contains("${other:VM Network}") && renamed.contains("The VM Network is used"));
}

#[test]
fn names_are_escaped_where_they_stand() {
    let text = envelope(NETWORKS);
    let name = "a & b (1)";
    let renamed = edited(&text, |valid| rename_networks(valid, [("VM Network", name)])).unwrap();
    assert_eq!(renamed, expected("a &amp; b (1)", "a &amp; b (1)"));
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    with_valid(&envelope(NETWORKS), |valid| {
        let what = Named::Network;
        for (old, new, want) in [
            ("none", "x", EditError::Unknown { what, name: "none".into() }),
            ("VM Network", "back", EditError::Taken { what, name: "back".into(), line: 10 }),
            ("back", "VM Network", EditError::Taken { what, name: "VM Network".into(), line: 9 }),
            ("back", "", EditError::Unfit { what, name: String::new() }),
            ("back", " ", EditError::Unfit { what, name: " ".into() }),
            ("back", "a}b", EditError::Unfit { what, name: "a}b".into() }),
        ] {
            assert_eq!(rename_networks(valid, [(old, new)]), Err(want), "{old} {new}");
        }
        assert!(rename_networks(valid, [("back", "back")]).unwrap().is_empty());
        let swapped = rename_networks(valid, [("back", "VM Network"), ("VM Network", "back")]);
        assert!(!swapped.unwrap().is_empty());
    });
}

#[test]
fn steps_say_what_is_done_and_where() {
    with_valid(&envelope(NETWORKS), |valid| {
        let edit = rename_networks(valid, [("VM Network", "dmz")]).unwrap();
        let steps: Vec<_> = edit.steps().iter().map(|s| (s.line, s.what.as_str())).collect();
        assert_eq!(
            steps,
            [
                (9, "rename `VM Network` to `dmz`"),
                (14, "change the network in `NetworkConfig`"),
                (25, "change the network in `AppUrl`"),
                (26, "change the network in `Property`"),
                (27, "change the network in `Property`"),
                (28, "change the network in `Property`"),
                (33, "change the network in `Connection`"),
                (39, "change the network in `Connection`"),
            ]
        );
    });
}
