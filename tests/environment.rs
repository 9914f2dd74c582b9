//! OVF environment documents: made for the machines of a three-tier vApp, and read back.
//!
//! `OVF_SCHEMAS` names a folder with `VERSION/dsp8027_VERSION.xsd`; without it the schema is not asked.

mod support;

use std::path::{Path, PathBuf};

use ovf::import::Choices;
use ovf::import::environment::{Environment, Issue, Platform, Problem, Setting};
use ovf::{Code, Envelope, Severity, Source, Valid, Validator};
use support::xmllint;

const THREE_TIER: &str = "testdata/deploy/three-tier.ovf";
const NAMESPACE: &str = "http://schemas.dmtf.org/ovf/environment/1";
/// What no message may hold.
const PASSWORDS: [&str; 2] = ["corr3ct-h0rse", "batt3ry-stapl3"];

fn with_valid<T>(descriptor: &str, act: impl FnOnce(&Valid<Envelope<'_>>) -> T) -> T {
    let source = Source::decode(descriptor.as_bytes()).unwrap();
    let report = Validator::new().level(Code::MISSING_VIRTUAL_HARDWARE, None).check(&source);
    let report = report.into_valid().map_err(|report| format!("{:?}", report.diagnostics()));
    act(&report.unwrap())
}

fn three_tier() -> String {
    std::fs::read_to_string(THREE_TIER).unwrap()
}

fn choices() -> Choices {
    let mut choices = Choices::new();
    for (key, value) in [
        ("org.example.shop.adminPassword", PASSWORDS[0]),
        ("org.example.db.password", PASSWORDS[1]),
        ("org.example.web.theme", "dark"),
        ("shop/app/worker/org.example.app.role", "orders & returns"),
    ] {
        choices.properties.insert(key.to_owned(), value.to_owned());
    }
    choices
}

fn platform() -> Platform {
    let mut platform = Platform::default();
    platform.kind = Some("Example Hypervisor".to_owned());
    platform.version = Some("8.0".to_owned());
    platform.vendor = Some("Example <& Sons>".to_owned());
    platform.locale = Some("de-DE".to_owned());
    platform.timezone = Some(-150);
    platform
}

fn environment(descriptor: &str, id: &str, choices: &Choices) -> Environment {
    with_valid(descriptor, |envelope| {
        let node = envelope.ost_nodes().find(|node| node.id() == id).unwrap();
        Environment::of(envelope, choices, node, &platform()).unwrap()
    })
}

fn value<'a>(settings: &'a [Setting], key: &str) -> Option<&'a str> {
    settings.iter().find(|setting| setting.key == key).map(|setting| setting.value.as_str())
}

fn keys(settings: &[Setting]) -> Vec<&str> {
    settings.iter().map(|setting| setting.key.as_str()).collect()
}

fn problems(environment: &Environment) -> Vec<(&str, &Problem)> {
    environment.issues.iter().map(|issue| (issue.key.as_str(), &issue.problem)).collect()
}

/// A vApp of one collection, with the machine `web` and whatever else is in it.
fn vapp(collection: &str, web: &str, rest: &str) -> String {
    format!(
        r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References/>
  <VirtualSystemCollection ovf:id="all"><Info>i</Info>
    <ProductSection><Info>i</Info>{collection}</ProductSection>
    <VirtualSystem ovf:id="web"><Info>i</Info><ProductSection><Info>i</Info>
{web}
    </ProductSection></VirtualSystem>{rest}
  </VirtualSystemCollection>
</Envelope>"#
    )
}

fn property(key: &str, value: &str) -> String {
    format!(r#"<Property ovf:key="{key}" ovf:type="string" ovf:value="{value}"/>"#)
}

#[test]
fn the_document_of_every_machine() {
    with_valid(&three_tier(), |envelope| {
        let choices = choices();
        for node in envelope.ost_nodes() {
            let Some(made) = Environment::of(envelope, &choices, node, &platform()) else {
                assert_ne!(node.node_type().element(), "VirtualSystem");
                continue;
            };
            let path = PathBuf::from(format!("testdata/environment/three-tier/{}.xml", made.id));
            let document = made.to_xml();
            if std::env::var_os("OVF_BLESS").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &document).unwrap();
            }
            let expected = std::fs::read_to_string(&path).unwrap();
            assert_eq!(document, expected, "{}", path.display());
            assert!(made.is_sound(), "{:?}", made.issues);
            // It is for this machine and no other, says the validator.
            let source = Source::decode(document.as_bytes()).unwrap();
            let report = Validator::new().check_environment(&source, Some(node));
            assert!(
                report.diagnostics().iter().all(|d| d.code == Code::UNREPLACED_REFERENCE),
                "{:?}",
                report.diagnostics()
            );
        }
    });
}

#[test]
fn what_was_written_is_read_back() {
    for id in ["web", "worker", "mailer", "db"] {
        let made = environment(&three_tier(), id, &choices());
        let document = made.to_xml();
        let read = roxmltree::Document::parse(&document).unwrap();
        let root = read.root_element();
        assert!(root.has_tag_name((NAMESPACE, "Environment")));
        assert_eq!(root.attribute((NAMESPACE, "id")), Some(id));
        let settings = |holder: roxmltree::Node<'_, '_>| -> Vec<(String, String)> {
            holder
                .children()
                .filter(|child| child.has_tag_name((NAMESPACE, "PropertySection")))
                .flat_map(|section| section.children().filter(roxmltree::Node::is_element))
                .map(|property| {
                    let attribute =
                        |name| property.attribute((NAMESPACE, name)).unwrap().to_owned();
                    (attribute("key"), attribute("value"))
                })
                .collect()
        };
        let pairs = |settings: &[Setting]| -> Vec<(String, String)> {
            settings.iter().map(|found| (found.key.clone(), found.value.clone())).collect()
        };
        assert_eq!(settings(root), pairs(&made.settings));
        let entities: Vec<_> =
            root.children().filter(|child| child.has_tag_name((NAMESPACE, "Entity"))).collect();
        assert_eq!(entities.len(), made.entities.len());
        for (read, made) in entities.into_iter().zip(&made.entities) {
            assert_eq!(read.attribute((NAMESPACE, "id")), Some(made.id.as_str()));
            assert_eq!(settings(read), pairs(&made.settings));
        }
        let fact = |name| {
            let found = read.descendants().find(|node| node.has_tag_name((NAMESPACE, name)));
            found.and_then(|node| node.text())
        };
        assert_eq!(fact("Vendor"), Some("Example <& Sons>"));
        assert_eq!(fact("Timezone"), Some("-150"));
        // And with our own reader.
        let parsed = ovf::xml::parse(&document, &ovf::Limits::default());
        assert!(parsed.diagnostics.is_empty());
        let own: Vec<_> = parsed
            .tree
            .elements()
            .filter_map(|node| Some(node.attribute(NAMESPACE, "value")?.value().into_owned()))
            .collect();
        let all = made.entities.iter().flat_map(|entity| &entity.settings);
        let all: Vec<_> =
            made.settings.iter().chain(all).map(|found| found.value.clone()).collect();
        assert_eq!(own, all);
    }
}

#[test]
fn own_properties_and_those_of_the_collection_around() {
    let made = environment(&three_tier(), "worker", &choices());
    assert_eq!(
        keys(&made.settings),
        ["org.example.app.threads", "org.example.app.role", "org.example.app.reportTo"]
    );
    // Its own, not the one of the collection, and by a choice for it alone.
    assert_eq!(value(&made.settings, "org.example.app.threads"), Some("8"));
    assert_eq!(value(&made.settings, "org.example.app.role"), Some("orders & returns"));
    // What is farther out is not listed, and seen through references.
    assert_eq!(value(&made.settings, "org.example.shop.domain"), None);
    assert_eq!(value(&made.settings, "org.example.app.reportTo"), Some("admin@shop.example"));
    let mailer = environment(&three_tier(), "mailer", &choices());
    assert_eq!(value(&mailer.settings, "org.example.app.threads"), Some("4"));
}

#[test]
fn siblings_are_the_other_members_with_what_they_see() {
    let web = environment(&three_tier(), "web", &choices());
    let ids: Vec<_> = web.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert_eq!(ids, ["app", "db"]);
    let db = environment(&three_tier(), "db", &choices());
    assert_eq!(web.entities[1].settings, db.settings, "exactly what the sibling sees");
    assert_eq!(db.entities[0].settings, web.settings);
    // A collection sees what a machine would see in its place.
    assert_eq!(value(&web.entities[0].settings, "org.example.app.threads"), Some("4"));
    assert_eq!(value(&web.entities[0].settings, "logLevel"), Some("info"));
    assert_eq!(value(&web.settings, "logLevel"), Some("warn"), "its own counts");
    assert_eq!(keys(&web.settings).iter().filter(|key| **key == "logLevel").count(), 1);
    let worker = environment(&three_tier(), "worker", &choices());
    let ids: Vec<_> = worker.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert_eq!(ids, ["mailer"], "no cousins");
}

#[test]
fn options_decide_what_there_is() {
    let mut choices = choices();
    choices.deployment_option = Some("large".to_owned());
    let web = environment(&three_tier(), "web", &choices);
    assert_eq!(value(&web.settings, "org.example.web.port"), Some("443"));
    assert_eq!(value(&web.settings, "org.example.web.url"), Some("http://www.shop.example:443/"));
    // OVF 2 has properties that are in some options only.
    let descriptor = vapp(&property("x", "theirs"), &property("x", "mine"), "")
        .replace("envelope/1", "envelope/2")
        .replace(r#"ovf:value="mine""#, r#"ovf:value="mine" ovf:configuration="b""#)
        .replace(
            "<References/>",
            r#"<References/><DeploymentOptionSection><Info>i</Info>
            <Configuration ovf:id="a"><Label>A</Label><Description>A</Description></Configuration>
            <Configuration ovf:id="b"><Label>B</Label><Description>B</Description></Configuration>
            </DeploymentOptionSection>"#,
        );
    for (option, want) in [(None, "theirs"), (Some("a"), "theirs"), (Some("b"), "mine")] {
        let mut choices = Choices::new();
        choices.deployment_option = option.map(str::to_owned);
        assert_eq!(value(&environment(&descriptor, "web", &choices).settings, "x"), Some(want));
    }
}

#[test]
fn properties_without_a_value_have_an_empty_one() {
    let mut choices = choices();
    choices.properties.remove("org.example.web.theme");
    let web = environment(&three_tier(), "web", &choices);
    assert_eq!(value(&web.settings, "org.example.web.theme"), Some(""));
    assert!(web.to_xml().contains(r#"oe:key="org.example.web.theme" oe:value="""#));
}

#[test]
fn addresses_come_from_the_caller_or_at_power_on() {
    let web = environment(&three_tier(), "web", &choices());
    let netmask = Problem::AtPowerOn(Some("netmask:Front".to_owned()));
    assert!(problems(&web).contains(&("org.example.web.ip.1", &Problem::AtPowerOn(None))));
    assert!(problems(&web).contains(&("org.example.web.netmask.1", &netmask)));
    assert_eq!(value(&web.settings, "org.example.web.netmask.1"), Some("${netmask:Front}"));
    let mut choices = choices();
    choices.properties.insert("org.example.web.ip.1".to_owned(), "192.0.2.7".to_owned());
    choices.properties.insert("org.example.web.netmask.1".to_owned(), "255.255.255.0".to_owned());
    let web = environment(&three_tier(), "web", &choices);
    assert_eq!(value(&web.settings, "org.example.web.ip.1"), Some("192.0.2.7"));
    assert!(!web.issues.iter().any(|issue| matches!(issue.problem, Problem::AtPowerOn(_))));
}

#[test]
fn references_that_lead_nowhere_or_in_circles_are_told() {
    let web =
        [property("a", "${b}"), property("b", "x${a}"), property("c", "${nobody}")].join("\n");
    let descriptor = vapp("", &web, "");
    let made = environment(&descriptor, "web", &Choices::new());
    assert_eq!(value(&made.settings, "c"), Some("${nobody}"));
    let found: Vec<_> = made
        .issues
        .iter()
        .map(|issue| (issue.line.unwrap(), issue.key.as_str(), issue.entity.as_str()))
        .collect();
    assert_eq!(found, [(6, "a", "all/web"), (7, "b", "all/web"), (8, "c", "all/web")]);
    assert!(matches!(made.issues[0].problem, Problem::CircularReference(Some(_))));
    assert!(matches!(made.issues[1].problem, Problem::CircularReference(Some(_))));
    assert_eq!(made.issues[2].problem, Problem::UnknownReference(Some("nobody".to_owned())));
    assert!(made.issues.iter().all(|issue| issue.severity() == Severity::Error));
    assert!(!made.is_sound());
    // A finding of the validator on each.
    let document = made.to_xml();
    let source = Source::decode(document.as_bytes()).unwrap();
    let report = Validator::new().check_environment(&source, None);
    assert_eq!(report.diagnostics().len(), 3);
}

#[test]
fn choices_that_name_nothing_are_told() {
    let mut choices = choices();
    choices.deployment_option = Some("huge".to_owned());
    choices.properties.insert("org.example.web.prot".to_owned(), "1".to_owned());
    choices.properties.insert("shop/db/org.example.web.port".to_owned(), "1".to_owned());
    let made = environment(&three_tier(), "mailer", &choices);
    assert_eq!(
        problems(&made),
        [
            ("huge", &Problem::UnknownOptionChoice),
            ("org.example.web.prot", &Problem::UnknownPropertyChoice),
            ("shop/db/org.example.web.port", &Problem::UnknownPropertyChoice),
        ]
    );
}

#[test]
fn every_value_comes_through_a_reader_unchanged() {
    let hostile = "a<b>&amp;\"'\t\r\n ]]> $ ${ \u{1F600} --> <!--";
    let mut choices = Choices::new();
    choices.properties.insert("x".to_owned(), hostile.to_owned());
    let made = environment(&vapp("", &property("x", ""), ""), "web", &choices);
    let document = made.to_xml();
    let read = roxmltree::Document::parse(&document).unwrap();
    let written = read.descendants().find_map(|node| node.attribute((NAMESPACE, "value")));
    assert_eq!(written, Some(hostile));
    assert_eq!(problems(&made), [("x", &Problem::ControlCharacters)]);
    choices.properties.insert("x".to_owned(), "bell\u{7}".to_owned());
    let made = environment(&vapp("", &property("x", ""), ""), "web", &choices);
    assert_eq!(problems(&made), [("x", &Problem::Unwritable)]);
    assert!(made.to_xml().contains("bell\u{fffd}"));
}

#[test]
fn passwords_are_in_the_document_and_nowhere_else() {
    let web = environment(&three_tier(), "web", &choices());
    let document = web.to_xml();
    for password in PASSWORDS {
        assert!(document.contains(password), "the guest needs it");
        assert!(!format!("{web:?}").contains(password));
        assert!(!web.issues.iter().any(|issue| issue.to_string().contains(password)));
    }
    let login = web.entities[1].settings.iter().find(|found| found.key == "org.example.db.login");
    assert!(login.unwrap().is_secret, "it has a password in it");
    // What looks like a reference in a password is not quoted.
    let mut choices = choices();
    choices
        .properties
        .insert("org.example.shop.adminPassword".to_owned(), "p${s3cret}q".to_owned());
    let web = environment(&three_tier(), "web", &choices);
    assert!(
        problems(&web)
            .contains(&("org.example.shop.adminPassword", &Problem::UnknownReference(None)))
    );
    assert!(!format!("{:?}", web.issues).contains("s3cret"));
    let document = web.to_xml();
    let source = Source::decode(document.as_bytes()).unwrap();
    let report = Validator::new().check_environment(&source, None);
    let told: Vec<_> = report.diagnostics().iter().map(|d| d.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains("adminPassword")), "{told:?}");
    assert!(!told.iter().any(|message| message.contains("s3cret")), "{told:?}");
    let hidden: Vec<_> = report.secrets().into_iter().map(|span| &document[span.range()]).collect();
    assert!(hidden.contains(&"p${s3cret}q"));
}

#[test]
fn machines_that_exist_several_times_are_told() {
    let rest = r#"
    <VirtualSystem ovf:id="db"><Info>i</Info></VirtualSystem>"#;
    let descriptor = vapp(&property("x", "1"), &property("y", "2"), rest)
        .replace("envelope/1", "envelope/2")
        .replace(
            r#"<VirtualSystem ovf:id="web">"#,
            r#"<ScaleOutSection ovf:id="web"><Info>i</Info>
            <InstanceCount ovf:default="3"/></ScaleOutSection><VirtualSystem ovf:id="web">"#,
        );
    for id in ["web", "db"] {
        let made = environment(&descriptor, id, &Choices::new());
        assert_eq!(problems(&made), [("web", &Problem::ScaledOut)]);
        assert_eq!(made.issues[0].severity(), Severity::Info);
        assert_eq!(made.entities.len(), 1);
    }
}

#[test]
fn what_grows_beyond_all_measure_is_cut_and_told() {
    let long = "x".repeat(100_000);
    let members: String = (0..400)
        .map(|at| format!(r#"<VirtualSystem ovf:id="m{at}"><Info>i</Info></VirtualSystem>"#))
        .collect();
    let made = environment(
        &vapp(&property("x", &long), &property("y", ""), &members),
        "web",
        &Choices::new(),
    );
    assert!(!made.is_sound());
    assert_eq!(problems(&made), [("x", &Problem::TooLarge)]);
    assert!(made.to_xml().len() < 20 << 20);
}

/// What fills the ceiling of 16 MiB to the last byte is not too much; of what is, one thing is told.
#[test]
fn the_last_member_that_does_not_fit_is_cut() {
    let members: String = (1..16)
        .map(|at| format!(r#"<VirtualSystem ovf:id="m{at}"><Info>i</Info></VirtualSystem>"#))
        .collect();
    let descriptor = vapp(&property("x", ""), "", &members);
    // Each of the sixteen has a key of one byte, and 64 are counted for the property.
    let most = (1 << 20) - 1 - 64;
    for (bytes, fits) in [(most, true), (most + 1, false)] {
        let choices = {
            let mut choices = Choices::new();
            choices.properties.insert("x".to_owned(), "v".repeat(bytes));
            choices
        };
        let made = environment(&descriptor, "web", &choices);
        let told: &[_] = if fits { &[] } else { &[("x", &Problem::TooLarge)] };
        assert_eq!(problems(&made), told, "{bytes}");
        let (last, others) = made.entities.split_last().unwrap();
        assert!(others.iter().all(|entity| entity.settings.len() == 1), "{bytes}");
        assert_eq!(last.settings.len(), usize::from(fits), "{bytes}");
    }
}

#[test]
fn a_setting_is_shown_without_its_password() {
    let web = [property("port", "8080"), property("pin", "s3cret")]
        .join("")
        .replace(r#"ovf:key="pin""#, r#"ovf:key="pin" ovf:password="true""#);
    let made = environment(&vapp("", &web, ""), "web", &Choices::new());
    assert_eq!(
        format!("{:?}", made.settings),
        r#"[Setting { key: "port", value: "8080", is_secret: false }, Setting { key: "pin", value: "(secret)", is_secret: true }]"#
    );
}

/// Members times properties of their collection: what comes after the ceiling is not even looked at.
#[test]
fn many_members_of_a_collection_with_many_properties() {
    let many: String = (0..3_000).map(|n| property(&format!("k{n}"), "1")).collect();
    let rest: String = (0..3_000)
        .map(|n| format!(r#"<VirtualSystem ovf:id="s{n}"><Info>i</Info></VirtualSystem>"#))
        .collect();
    let made = environment(&vapp(&many, &property("own", "2"), &rest), "web", &Choices::new());
    assert_eq!(made.entities.len(), 3_000);
    let held: usize = made.entities.iter().map(|entity| entity.settings.len()).sum();
    let room: usize = made.entities.iter().map(|entity| entity.settings.capacity()).sum();
    assert!((200_000..300_000).contains(&held), "{held}");
    assert!(room < 400_000, "{room}");
    assert_eq!(made.entities.last().unwrap().settings, []);
    assert_eq!(problems(&made).len(), 1);
    assert_eq!(problems(&made)[0].1, &Problem::TooLarge);
}

#[test]
fn issues_say_where_and_what() {
    let shown = |problem| {
        let mut made = environment(&vapp("", &property("a", "${b}"), ""), "web", &Choices::new());
        made.issues[0].problem = problem;
        made.issues[0].to_string()
    };
    let unknown = Problem::UnknownReference(Some("b".to_owned()));
    assert_eq!(
        shown(unknown),
        "the property `a` of `all/web` refers to `b`, which no property has as full key"
    );
    for problem in [
        Problem::UnknownReference(None),
        Problem::CircularReference(None),
        Problem::AtPowerOn(None),
        Problem::TooLarge,
        Problem::Unwritable,
        Problem::ControlCharacters,
        Problem::UnknownPropertyChoice,
        Problem::UnknownOptionChoice,
    ] {
        assert!(shown(problem).contains("`a`"));
    }
}

#[test]
fn the_schema_agrees() {
    let made: Vec<PathBuf> = support::files(Path::new("testdata/environment/three-tier"), "xml");
    assert_eq!(made.len(), 4);
    for version in ["1.0.0", "1.1.0"] {
        let Some(schema) = xmllint::environment_schema(version) else { return };
        // What our validator says of structure, the schema says as well.
        let fixtures = support::files(Path::new("testdata/environment"), "xml");
        let verdicts = xmllint::judge(&schema, &fixtures);
        let mut faults = Vec::new();
        for path in &fixtures {
            let bytes = std::fs::read(path).unwrap();
            let source = Source::decode(&bytes).unwrap();
            let report = Validator::new().check_environment(&source, None);
            let ours = report.diagnostics().iter().any(|d| {
                // An empty value is there in the eyes of the schema.
                let is_empty = source.text()[d.span.range()].contains('=');
                is_of_the_schema(d.code) && !is_empty
            });
            let theirs = !verdicts[path].errors.is_empty();
            // Sections of vendors may stand among those of the standard; it takes the schema of the vendor
            // to know (DSP0243 7.3).
            let excused = !ours && source.text().contains("AdapterSection");
            if ours != theirs && !excused {
                faults.push((path, report.diagnostics().to_vec(), &verdicts[path].errors));
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
        for path in &made {
            assert!(verdicts[path].errors.is_empty(), "{}", path.display());
        }
    }
}

/// Whether the schema can tell what a code is about.
fn is_of_the_schema(code: Code) -> bool {
    [
        Code::NOT_AN_ENVIRONMENT,
        Code::UNKNOWN_ENVIRONMENT_NAMESPACE,
        Code::UNKNOWN_ENVIRONMENT_ELEMENT,
        Code::UNQUALIFIED_ENVIRONMENT_ATTRIBUTE,
        Code::MISPLACED_ENVIRONMENT_ELEMENT,
        Code::TEXT_IN_ENVIRONMENT,
        Code::MISSING_ENVIRONMENT_ENTITY_ID,
        Code::MISSING_ENVIRONMENT_KEY,
        Code::MISSING_ENVIRONMENT_VALUE,
        Code::MISPLACED_PLATFORM_FACT,
        Code::REPEATED_PLATFORM_FACT,
        Code::INVALID_TIMEZONE,
    ]
    .contains(&code)
}

/// Issues are sorted, so that the same input gives the same list.
/// Members times properties of their collection: each member lacks all of them, and is told of a hundred.
#[test]
fn of_one_machine_a_hundred_missing_properties_are_told() {
    let many: String = (0..150).map(|n| property(&format!("k{n}"), "1")).collect();
    let descriptor = vapp(&many, &property("own", "2"), "");
    let document = r#"<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1"
        xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" oe:id="web"/>"#;
    with_valid(&descriptor, |envelope| {
        let node = envelope.ost_nodes().find(|node| node.id() == "web").unwrap();
        let source = Source::decode(document.as_bytes()).unwrap();
        let report = Validator::new().check_environment(&source, Some(node));
        let missing: Vec<_> = report
            .diagnostics()
            .iter()
            .filter(|d| d.code == Code::MISSING_ENVIRONMENT_PROPERTY)
            .collect();
        assert_eq!(missing.len(), 100);
        assert!(missing[0].message.contains("`own` of `web`"), "{}", missing[0].message);
        assert!(missing[99].message.contains("`k98` of `web`"), "{}", missing[99].message);
    });
}

#[test]
fn issues_are_in_order() {
    let web = environment(&three_tier(), "web", &choices());
    let lines: Vec<_> = web.issues.iter().map(|issue: &Issue| issue.line).collect();
    assert!(lines.is_sorted() && !lines.is_empty());
    assert_eq!(web, environment(&three_tier(), "web", &choices()));
}

/// One fault at a time, put into a document without one: the schema finds it when we do.
#[test]
fn faults_put_into_a_document() {
    let Some(schema) = xmllint::environment_schema("1.1.0") else { return };
    let text =
        std::fs::read_to_string("testdata/environment/OVF5812-wrong-environment-id/good.xml");
    let text = text.unwrap().replace(
        "<PropertySection>",
        "<PlatformSection><Kind>K</Kind><Version>1</Version><Vendor>V</Vendor><Locale>de</Locale>\
         <Timezone>1</Timezone></PlatformSection><PropertySection>",
    );
    let text = text.replacen("<Entity", "<!-- the siblings --><Entity", 1);
    // The second one would be in an Entity, where the schema lets it pass.
    let (before, after) = text.split_at(text.find("<Entity").unwrap());
    let platform =
        after.find("<PlatformSection>").unwrap()..after.find("<PropertySection>").unwrap();
    let text = format!("{before}{}", after.replace(&after[platform], ""));
    let mut mutants = support::mutants::mutants(&text);
    mutants.insert(0, support::mutants::Mutant::unchanged(&text));
    assert!(mutants.len() > 50);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("environments");
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<PathBuf> = (0..mutants.len()).map(|n| folder.join(format!("{n}.xml"))).collect();
    for (mutant, file) in mutants.iter().zip(&files) {
        std::fs::write(file, &mutant.text).unwrap();
    }
    let verdicts = xmllint::judge(&schema, &files);
    let mut faults = Vec::new();
    for (mutant, file) in mutants.iter().zip(&files) {
        let source = Source::decode(mutant.text.as_bytes()).unwrap();
        let report = Validator::new().check_environment(&source, None);
        let ours = report.diagnostics().iter().any(|d| {
            let is_empty = source.text()[d.span.range()].contains('=');
            is_of_the_schema(d.code) && !is_empty
        });
        let theirs = !verdicts[file].errors.is_empty();
        if ours != theirs {
            faults.push((mutant.change, &mutant.what, mutant.line, ours, &verdicts[file].errors));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
