//! Defaults of properties.

use ovf::edit::{EditError, Named, PropertyDefault, set_property_defaults};
use ovf::value::number::NumberError;
use ovf::value::property::ValueError;
use ovf::value::property::qualifier::Breach;

use crate::{edited, envelope, replaced, with_valid};

const PROPERTIES: &str = r#"  <DeploymentOptionSection>
    <Info>Sizes</Info>
    <Configuration ovf:id="small"><Label>Small</Label><Description>Small</Description></Configuration>
    <Configuration ovf:id="large"><Label>Large</Label><Description>Large</Description></Configuration>
  </DeploymentOptionSection>
  <VirtualSystemCollection ovf:id="all">
    <Info>All</Info>
    <VirtualSystem ovf:id="vm">
      <Info>One</Info>
      <ProductSection ovf:class="org.x">
        <Info>Software</Info>
        <Property ovf:key="port" ovf:type="uint16" ovf:value='80' ovf:userConfigurable="true" ovf:qualifiers="MinValue(10)">
          <Label>Port</Label>
          <Value ovf:value="81" ovf:configuration="small"/>
        </Property>
        <Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true"/>
        <Property ovf:key="secret" ovf:type="string" ovf:password="true" ovf:userConfigurable="true" ovf:qualifiers="MinLen(8)"/>
        <Property ovf:key="fixed" ovf:type="boolean" ovf:value="true"/>
      </ProductSection>
    </VirtualSystem>
    <VirtualSystem ovf:id="other">
      <Info>Another</Info>
      <ProductSection ovf:class="org.x">
        <Info>Software</Info>
        <Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true"/>
      </ProductSection>
    </VirtualSystem>
  </VirtualSystemCollection>"#;

fn set(defaults: &[PropertyDefault]) -> Result<String, EditError> {
    edited(&envelope(PROPERTIES), |valid| set_property_defaults(valid, defaults))
}

#[test]
fn the_attribute_is_set_in_its_own_quotes() {
    let text = envelope(PROPERTIES);
    let port = PropertyDefault::new("org.x.port", "443");
    assert_eq!(set(&[port]).unwrap(), replaced(&text, "'80'", "'443'", 1));
    let port = PropertyDefault::new("org.x.port", "82").option("small");
    assert_eq!(set(&[port]).unwrap(), replaced(&text, "\"81\"", "\"82\"", 1));
}

#[test]
fn what_is_not_there_is_added() {
    let text = envelope(PROPERTIES);
    let name = PropertyDefault::new("all/vm/org.x.name", "it's \"<it>\"");
    let (before, after) = text.split_once("ovf:userConfigurable=\"true\"/>").unwrap();
    assert_eq!(
        set(&[name]).unwrap(),
        format!(
            "{before}ovf:userConfigurable=\"true\" ovf:value=\"it&apos;s &quot;&lt;it&gt;&quot;\"/>{after}"
        )
    );
    let large = PropertyDefault::new("org.x.port", "83").option("large");
    let small = "          <Value ovf:value=\"81\" ovf:configuration=\"small\"/>\n";
    let both = format!("{small}          <Value ovf:value=\"83\" ovf:configuration=\"large\"/>\n");
    assert_eq!(set(&[large]).unwrap(), replaced(&text, small, &both, 1));
    // On every entity that has it, also in an element that was empty.
    let small = PropertyDefault::new("org.x.name", "s").option("small");
    let empty =
        "        <Property ovf:key=\"name\" ovf:type=\"string\" ovf:userConfigurable=\"true\"/>\n";
    let opened = "        <Property ovf:key=\"name\" ovf:type=\"string\" ovf:userConfigurable=\"true\">\n          \
        <Value ovf:value=\"s\" ovf:configuration=\"small\"/>\n        </Property>\n";
    assert_eq!(set(&[small]).unwrap(), replaced(&text, empty, opened, 2));
}

#[test]
fn one_property_can_get_several_at_once() {
    let name = |value: &str| PropertyDefault::new("all/other/org.x.name", value);
    let all = [name("a"), name("b").option("small"), name("c").option("large"), name("a")];
    let written = set(&all).unwrap();
    let want = r#"<Property ovf:key="name" ovf:type="string" ovf:userConfigurable="true" ovf:value="a">
          <Value ovf:value="b" ovf:configuration="small"/>
          <Value ovf:value="c" ovf:configuration="large"/>
        </Property>"#;
    assert!(written.contains(want), "{written}");
}

#[test]
fn values_obey_their_property() {
    let port = |value: &str| PropertyDefault::new("org.x.port", value);
    assert!(matches!(set(&[port("80x")]), Err(EditError::NotOfType { .. })));
    assert!(matches!(set(&[port("70000")]), Err(EditError::NotOfType { .. })));
    assert_eq!(
        set(&[port("9")]),
        Err(EditError::Breach { key: "org.x.port".into(), breach: Breach::BelowMin })
    );
    assert!(set(&[port("${org.x.fixed}")]).is_ok());
    let fixed = PropertyDefault::new("org.x.fixed", "false");
    assert!(matches!(set(std::slice::from_ref(&fixed)), Err(EditError::NotConfigurable { .. })));
    assert!(set(&[fixed.fixed()]).is_ok());
    // Nobody is asked for what nobody can set.
    let nothing = PropertyDefault::new("org.x.fixed", "").fixed();
    assert!(matches!(set(&[nothing]), Err(EditError::NotOfType { .. })));
    let unknown = |what, name: &str| Err(EditError::Unknown { what, name: name.into() });
    assert_eq!(set(&[PropertyDefault::new("port", "1")]), unknown(Named::Property, "port"));
    assert_eq!(set(&[port("90").option("huge")]), unknown(Named::Option, "huge"));
    assert!(matches!(set(&[port("90"), port("91")]), Err(EditError::Twice { .. })));
}

/// Which truth value is meant would give a secret away; what else is wrong would not.
#[test]
fn what_is_wrong_with_a_value_is_told_unless_it_is_a_secret() {
    let mut text = envelope(PROPERTIES);
    let mark = "<Property ovf:key=\"fixed\"";
    for (key, kind, password) in
        [("flag", "boolean", "false"), ("hidden", "boolean", "true"), ("pin", "uint8", "true")]
    {
        let property = format!(
            "<Property ovf:key=\"{key}\" ovf:type=\"{kind}\" ovf:password=\"{password}\" ovf:userConfigurable=\"true\"/>\n        {mark}"
        );
        text = replaced(&text, mark, &property, 1);
    }
    for (key, value, wanted) in [
        ("org.x.flag", "TRUE", ValueError::BooleanSpelling { meant: true }),
        ("org.x.flag", "0", ValueError::BooleanSpelling { meant: false }),
        ("org.x.hidden", "TRUE", ValueError::NotBoolean),
        ("org.x.hidden", "0", ValueError::NotBoolean),
        ("org.x.hidden", "yes", ValueError::NotBoolean),
        ("org.x.pin", "x", ValueError::Number(NumberError::NotWhole)),
    ] {
        let set = with_valid(&text, |valid| {
            set_property_defaults(valid, &[PropertyDefault::new(key, value)])
        });
        let Err(EditError::NotOfType { error, .. }) = set else { panic!("{key} {value}: {set:?}") };
        assert_eq!(error, wanted, "{key} {value}");
    }
}

/// `Value` comes behind `Label`, whatever others have put behind that.
#[test]
fn a_value_stands_with_what_the_standard_has() {
    let mark = "          <Label>Port</Label>\n          <Value ovf:value=\"81\" ovf:configuration=\"small\"/>\n";
    let other = "          <x:Value xmlns:x=\"urn:x\" ovf:required=\"false\"/>\n";
    let label = "          <Label>Port</Label>\n";
    let text = replaced(&envelope(PROPERTIES), mark, &format!("{label}{other}"), 1);
    let port = PropertyDefault::new("org.x.port", "83").option("large");
    let set = edited(&text, |valid| set_property_defaults(valid, std::slice::from_ref(&port)));
    let value = "          <Value ovf:value=\"83\" ovf:configuration=\"large\"/>\n";
    assert_eq!(set.unwrap(), replaced(&text, label, &format!("{label}{value}"), 1));
}

#[test]
fn passwords_are_never_shown() {
    let secret = PropertyDefault::new("org.x.secret", "hunter2").option("small");
    assert_eq!(
        format!("{secret:?}"),
        "PropertyDefault { key: \"org.x.secret\", option: Some(\"small\"), .. }"
    );
    let error = set(&[secret]).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    assert_eq!(error.to_string(), "the value for `org.x.secret` is shorter than 8 characters");
    let secret = PropertyDefault::new("org.x.secret", "correct-horse");
    with_valid(&envelope(PROPERTIES), |valid| {
        let edit = set_property_defaults(valid, &[secret]).unwrap();
        assert!(!format!("{edit:?}").contains("horse"));
        let [change] = edit.changes().as_slice() else { panic!("{edit:?}") };
        let (start, end) = (change.span.start, change.span.end);
        let length = " ovf:value=\"correct-horse\"".len();
        assert_eq!(format!("{change:?}"), format!("{length} bytes for {start}..{end}"));
        assert_eq!(edit.steps()[0].what, "set the default of `org.x.secret`");
    });
}
