//! A choice that names nothing is told.

use ovf::import::parameters::IssueKind::*;
use ovf::import::{Choices, EulaAcceptance, ExtraConfigFilter, IpAllocationPolicy, IpProtocol};

use super::{WIZARD, checked, choosing, kinds, lowered, machine, property, tried};

/// Makes a choice.
type Choose = fn(&mut Choices);

/// Everything chosen that the wizard's machine has.
pub(super) fn complete() -> Choices {
    let mut choices = choosing([
        ("org.example.wizard.least", "abc"),
        ("org.example.wizard.host", "www.example.org"),
        ("org.example.wizard.password", "correct horse"),
        ("org.example.wizard.address", "192.0.2.7"),
    ]);
    choices.ip_allocation_policy = Some(IpAllocationPolicy::Fixed);
    choices.networks.insert("LAN".to_owned(), "network-1".to_owned());
    choices.networks.insert("Storage".to_owned(), "network-2".to_owned());
    choices.eulas = EulaAcceptance::All;
    choices.accept_extensions = true;
    choices
}

#[test]
fn all_that_is_asked_for_is_enough() {
    let found = checked(&WIZARD, &complete());
    assert_eq!(found.errors, []);
    assert_eq!(found.warnings, []);
    assert!(found.is_ready());
}

#[test]
fn names_of_nothing_are_told_with_what_was_meant() {
    let cases: [(Choose, _, &str, &str); 9] = [
        (
            |c| c.deployment_option = Some("lage".into()),
            UnknownOption,
            "option",
            "did you mean `large`?",
        ),
        (
            |c| _ = c.networks.insert("Lan ".into(), "n".into()),
            UnknownNetwork,
            "network:Lan ",
            "did you mean `LAN`?",
        ),
        (
            |c| _ = c.properties.insert("port".into(), "1".into()),
            UnknownProperty,
            "property:port",
            "did you mean `org.example.wizard.port`?",
        ),
        (
            |c| _ = c.properties.insert("org.example.wizzard.port".into(), "1".into()),
            UnknownProperty,
            "property:org.example.wizzard.port",
            "did you mean `org.example.wizard.port`?",
        ),
        (
            |c| _ = c.properties.insert("nobody/org.example.wizard.port".into(), "1".into()),
            UnknownProperty,
            "property:nobody/org.example.wizard.port",
            "there are",
        ),
        (
            |c| _ = c.datastores.insert("dada".into(), "ds".into()),
            UnknownStorage,
            "datastore:dada",
            "did you mean `data`?",
        ),
        (
            |c| _ = c.storage_profiles.insert("fsat".into(), "p".into()),
            UnknownStorage,
            "storage-profile:fsat",
            "did you mean `fast`?",
        ),
        (
            |c| _ = c.scale_out.insert("wizard".into(), 2),
            UnknownScaleOut,
            "scale-out:wizard",
            "has no scale-out sections",
        ),
        (|c| c.name = Some("\n".into()), InvalidName, "name", "vSphere"),
    ];
    for (choose, kind, name, help) in cases {
        let mut choices = complete();
        choose(&mut choices);
        let found = checked(&WIZARD, &choices);
        assert_eq!(kinds(&found.errors), [(kind, name)]);
        let advice = found.errors[0].help.clone().unwrap_or_default();
        assert!(advice.contains(help), "{advice}");
        assert!(!found.is_ready());
    }
}

#[test]
fn licences_are_accepted_when_all_are_or_there_are_none() {
    let licence = "<EulaSection><Info>Terms</Info><License>Be kind</License></EulaSection>";
    for (licences, acceptance, is_accepted, told) in [
        (0, EulaAcceptance::None, true, None),
        (0, EulaAcceptance::All, true, None),
        (1, EulaAcceptance::All, true, None),
        (1, EulaAcceptance::None, false, Some("the licence is not accepted")),
        (2, EulaAcceptance::None, false, Some("the 2 licences are not accepted")),
    ] {
        let sections = licence.repeat(licences) + "<VirtualHardwareSection>";
        let text = machine("", "").replace("<VirtualHardwareSection>", &sections);
        let mut choices = Choices::new();
        choices.eulas = acceptance;
        let found = checked(&text, &choices);
        assert_eq!(found.eulas.len(), licences);
        assert_eq!(found.eulas_accepted, is_accepted, "{licences} {acceptance:?}");
        let issue = found.errors.iter().find(|issue| issue.kind == EulaNotAccepted);
        assert_eq!(issue.map(|issue| issue.message.as_str()), told);
    }
}

/// DSP0243 7.3: unless it says otherwise.
#[test]
fn a_section_nobody_knows_is_required() {
    for (required, is_required) in [
        ("", true),
        (r#"ovf:required="true""#, true),
        (r#"ovf:required="perhaps""#, true),
        (r#"ovf:required="false""#, false),
    ] {
        let section = format!(
            r#"<x:GardenSection xmlns:x="urn:example:garden" {required}><Info>Plants</Info></x:GardenSection>"#
        );
        // Whoever lowers the level of the finding can go on with it.
        let found = lowered(&machine(&section, ""), &Choices::new());
        let tag = "{urn:example:garden}GardenSection".to_owned();
        if is_required {
            assert_eq!(kinds(&found.errors), [(UnknownSection, "section")], "{required}");
            assert_eq!(found.errors[0].value, Some(tag), "{required}");
            assert_eq!(found.unknown_sections, [], "{required}");
        } else {
            assert_eq!(found.errors, [], "{required}");
            assert_eq!(found.unknown_sections[0].tag, tag);
            assert_eq!(found.unknown_sections[0].info, "Plants");
        }
    }
}

#[test]
fn as_many_instances_as_are_allowed() {
    let text = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2">
  <References/>
  <VirtualSystemCollection ovf:id="shop">
    <Info>A shop</Info>
    <ScaleOutSection ovf:id="web"><Info>How many</Info><InstanceCount ovf:default="3" ovf:minimum="2" ovf:maximum="4"/></ScaleOutSection>
    <VirtualSystem ovf:id="web"><Info>A machine</Info><VirtualHardwareSection><Info>Hardware</Info></VirtualHardwareSection></VirtualSystem>
  </VirtualSystemCollection>
</Envelope>"#;
    for (instances, is_allowed) in [(1, false), (2, true), (3, true), (4, true), (5, false)] {
        let mut choices = Choices::new();
        choices.scale_out.insert("web".to_owned(), instances);
        let found = checked(text, &choices);
        assert_eq!(found.scale_out[0].instances, instances);
        if is_allowed {
            assert_eq!(found.errors, [], "{instances}");
        } else {
            assert_eq!(kinds(&found.errors), [(InstanceCount, "scale-out:web")], "{instances}");
            assert_eq!(found.errors[0].help.as_deref(), Some("choose from 2 to 4"));
        }
    }
}

#[test]
fn targets_are_something() {
    let mut choices = complete();
    choices.networks.insert("LAN".into(), " ".into());
    choices.datastores.insert("data".into(), String::new());
    let found = checked(&WIZARD, &choices);
    assert_eq!(
        kinds(&found.errors),
        [(EmptyTarget, "network:LAN"), (EmptyTarget, "datastore:data")]
    );
}

#[test]
fn ways_of_giving_addresses_are_supported() {
    let section = |schemes: &str, protocols: &str| {
        let section = format!(
            r#"<vmw:IpAssignmentSection ovf:required="false" vmw:schemes="{schemes}" vmw:protocols="{protocols}"><Info>Addresses</Info></vmw:IpAssignmentSection>"#
        );
        machine(&section, "")
    };
    let with = |policy, protocol| {
        let mut choices = Choices::new();
        choices.ip_allocation_policy = policy;
        choices.ip_protocol = protocol;
        choices
    };
    let dhcp = with(Some(IpAllocationPolicy::Dhcp), None);
    let fixed = with(Some(IpAllocationPolicy::Fixed), None);
    let pool = with(Some(IpAllocationPolicy::TransientPool), Some(IpProtocol::V6));
    let policy = [(UnsupportedIpPolicy, "ip-policy")];
    assert_eq!(checked(&section("dhcp", "IPv4"), &dhcp).errors, []);
    assert_eq!(kinds(&checked(&section("ovfenv", "IPv4"), &dhcp).errors), policy);
    assert_eq!(kinds(&checked(&section("dhcp", "IPv4"), &fixed).errors), policy);
    assert_eq!(checked(&section("ovfenv", "IPv4,IPv6"), &pool).errors, []);
    assert_eq!(
        kinds(&checked(&section("ovfenv", "IPv4"), &pool).errors),
        [(UnsupportedIpProtocol, "ip-protocol")]
    );
    // A descriptor that says nothing does not forbid anything.
    let silent = checked(&machine("", ""), &fixed);
    assert_eq!((silent.errors.len(), kinds(&silent.warnings)), (0, policy.to_vec()));
    let found = tried(&section("ovfenv,dhcp", ""), &Choices::new()).ip_allocation;
    assert_eq!(found.policy, Some(IpAllocationPolicy::Dhcp));
    assert_eq!(found.policies.len(), 4);
    assert_eq!(found.protocols, [IpProtocol::V4]);
}

#[test]
fn settings_are_taken_over_or_left_out() {
    let kept = |filter: ExtraConfigFilter| {
        let mut choices = complete();
        choices.extra_config = filter;
        let found = checked(&WIZARD, &choices);
        let warnings: Vec<_> = found.warnings.iter().map(|issue| issue.name.clone()).collect();
        let kept = found.extra_config.iter().filter(|setting| setting.is_kept);
        let kept: Vec<_> = kept.map(|setting| setting.key.clone()).collect();
        assert!(found.extra_config.iter().all(|setting| setting.system_id == "wizard"));
        (kept, warnings)
    };
    let both = ["guestinfo.mode", "svga.autodetect"].map(str::to_owned);
    let [mode, svga] = both.clone();
    assert_eq!(kept(ExtraConfigFilter::All), (both.to_vec(), vec![]));
    assert_eq!(kept(ExtraConfigFilter::Only(vec![svga.clone()])), (vec![svga.clone()], vec![]));
    assert_eq!(
        kept(ExtraConfigFilter::Except(vec![svga, "no.such".to_owned()])),
        (vec![mode], vec!["extra-config:no.such".to_owned()])
    );
}

#[test]
fn properties_live_under_their_options() {
    let text = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2">
  <References/>
  <DeploymentOptionSection><Info>Sizes</Info>
    <Configuration ovf:id="one"><Label>One</Label><Description>One</Description></Configuration>
    <Configuration ovf:id="two"><Label>Two</Label><Description>Two</Description></Configuration>
  </DeploymentOptionSection>
  <VirtualSystemCollection ovf:id="shop">
    <Info>A shop</Info>
    <ScaleOutSection ovf:id="web"><Info>How many</Info><Description>Servers</Description>
      <InstanceCount ovf:default="2" ovf:minimum="1" ovf:maximum="4"/>
      <InstanceCount ovf:default="6" ovf:minimum="5" ovf:configuration="two"/>
    </ScaleOutSection>
    <VirtualSystem ovf:id="web"><Info>A machine</Info>
      <ProductSection><Info>A product</Info>
        <Property ovf:key="port" ovf:type="uint16" ovf:userConfigurable="true" ovf:value="1"/>
        <Property ovf:key="extra" ovf:type="string" ovf:configuration="two" ovf:userConfigurable="true" ovf:value="x"/>
      </ProductSection>
      <VirtualHardwareSection><Info>Hardware</Info></VirtualHardwareSection>
    </VirtualSystem>
    <VirtualSystem ovf:id="app"><Info>A machine</Info>
      <ProductSection><Info>A product</Info>
        <Property ovf:key="port" ovf:type="uint16" ovf:userConfigurable="true" ovf:value="2"/>
      </ProductSection>
      <VirtualHardwareSection><Info>Hardware</Info></VirtualHardwareSection>
    </VirtualSystem>
  </VirtualSystemCollection>
</Envelope>"#;
    let mut choices = choosing([("extra", "y"), ("shop/app/port", "80")]);
    choices.scale_out.insert("web".to_owned(), 4);
    let one = checked(text, &choices);
    assert_eq!(one.errors, []);
    assert_eq!(
        kinds(&one.warnings),
        [(DuplicateProperty, "property:port"), (InactiveProperty, "property:extra")]
    );
    let values: Vec<_> = one
        .properties
        .iter()
        .map(|property| (property.path.as_str(), property.value.as_deref(), property.is_unique))
        .collect();
    assert_eq!(values, [("shop/web", Some("1"), false), ("shop/app", Some("80"), false)]);
    assert_eq!((one.scale_out[0].instances, one.scale_out[0].maximum), (4, Some(4)));

    choices.deployment_option = Some("two".to_owned());
    let two = checked(text, &choices);
    assert_eq!(property(&two, "extra").value.as_deref(), Some("y"));
    assert_eq!(kinds(&two.errors), [(InstanceCount, "scale-out:web")]);
    assert_eq!(two.errors[0].help.as_deref(), Some("choose 5 or more"));
    choices.scale_out.clear();
    let group = &checked(text, &choices).scale_out[0];
    assert_eq!((group.instances, group.minimum, group.maximum), (6, 5, None));
    assert_eq!(group.description, "Servers");
}

#[test]
fn texts_are_in_the_language_wanted() {
    let mut choices = complete();
    choices.locale = Some("de".to_owned());
    let found = checked(&WIZARD, &choices);
    assert_eq!(found.eulas, ["Benutze es, wie du willst"]);
    assert_eq!(found.networks[0].description, "Wo die Leute sind");
    assert_eq!(found.information, []);
    choices.locale = Some("fr-FR".to_owned());
    let found = checked(&WIZARD, &choices);
    assert_eq!(found.eulas, ["Use it as you like"]);
    assert_eq!(kinds(&found.information), [(UnknownLocale, "locale")]);
}
