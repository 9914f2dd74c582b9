//! Preview and inspect: the exact JSON, and that every field of the shapes is filled from some descriptor of
//! ours. `OVF_BLESS=1 cargo test --features serde --test inspect` writes the expectations and docs/fields.md.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use ovf::import::spec::import_spec;
use ovf::import::{Choices, Inspection, Preview};
use ovf::wire::vapi::template::LibraryItem;
use ovf::wire::vim::descriptor::ParseDescriptorResult;
use ovf::wire::vim::import_spec::OvfCreateImportSpecResult;
use ovf::{Policy, Source, Strictness, Target, Validator, wire};
use serde_json::Value;

mod support;

const NESTED: &str = "testdata/deploy/nested.ovf";

struct Found {
    vim: Value,
    vapi: Value,
    own: Value,
    preview: Option<Value>,
}

fn found(path: &Path, choices: &Choices) -> Found {
    let bytes = std::fs::read(path).unwrap();
    let Ok(source) = Source::decode(&bytes) else {
        return Found { vim: Value::Null, vapi: Value::Null, own: Value::Null, preview: None };
    };
    let policy = Policy::new().strictness(Strictness::Lenient).target(Target::VSphere);
    let validator = if path.starts_with("testdata/rules") {
        Validator::new().policy(policy)
    } else {
        Validator::new()
    };
    let report = validator.check(&source);
    let inspection = Inspection::new(&report, choices);
    let name = path.file_name().unwrap().to_str();
    let preview = Preview::new(&report, choices, name).ok();
    Found {
        vim: serde_json::to_value(ParseDescriptorResult::new(&inspection)).unwrap(),
        vapi: serde_json::to_value(LibraryItem::new(&inspection)).unwrap(),
        own: serde_json::to_value(wire::inspection::Inspection::new(&inspection)).unwrap(),
        preview: preview
            .map(|preview| serde_json::to_value(wire::preview::Preview::new(&preview)).unwrap()),
    }
}

fn is_blessing() -> bool {
    std::env::var_os("OVF_BLESS").is_some()
}

fn same(path: &str, text: &str) {
    if is_blessing() {
        std::fs::write(path, text).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(expected == text, "{path} is stale; OVF_BLESS=1 writes it anew");
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn the_json_is_exactly_this() {
    let found = found(Path::new(NESTED), &Choices::new());
    same("testdata/deploy/nested.vim.json", &pretty(&found.vim));
    same("testdata/deploy/nested.vapi.json", &pretty(&found.vapi));
    same("testdata/deploy/nested.inspect.json", &pretty(&found.own));
    same("testdata/deploy/nested.preview.json", &pretty(&found.preview.unwrap()));
}

#[test]
fn the_import_spec_is_exactly_this() {
    for name in ["machine", "vapp", "virtualbox"] {
        let text = std::fs::read_to_string(format!("testdata/deploy/{name}.ovf")).unwrap();
        let source = Source::decode(text.as_bytes()).unwrap();
        let envelope = Validator::new().check(&source).into_valid().unwrap();
        let result = import_spec(&envelope, &Choices::new());
        let json = serde_json::to_value(OvfCreateImportSpecResult::from(&result)).unwrap();
        same(&format!("testdata/deploy/{name}.spec.json"), &pretty(&json));
    }
}

#[test]
fn texts_are_in_the_language_asked_for() {
    let mut choices = Choices::new();
    choices.locale = Some("de".to_owned());
    let vim = found(Path::new(NESTED), &choices).vim;
    assert_eq!(vim["defaultEntityName"], "Obstgarten");
    assert_eq!(vim["deploymentOption"][1]["label"], "Klein");
    assert_eq!(vim["network"][0]["description"], "Hier kommt die Kundschaft herein");
    assert_eq!(vim["eula"][0], "Der Obstgarten darf auf einem Hof laufen.\nObst ist nicht dabei.");
    assert_eq!(vim["property"][0]["label"], "Rechnername");
    assert_eq!(vim["property"][1]["label"], "Port", "it has no message");
    assert_eq!(vim["entityName"][0]["key"], "Webserver");

    let bytes = std::fs::read("testdata/deploy/nested-fr.msg").unwrap();
    let source = Source::decode(&bytes).unwrap();
    choices.locale = Some("fr-FR".to_owned());
    choices.bundles.push(ovf::import::Bundle::read(&source).unwrap());
    let vim = found(Path::new(NESTED), &choices).vim;
    assert_eq!(vim["productInfo"]["name"], "Verger");
    assert_eq!(vim["deploymentOption"][0]["label"], "Medium", "the bundle has no such message");
}

#[test]
fn the_deployment_option_counts() {
    let mut choices = Choices::new();
    choices.deployment_option = Some("large".to_owned());
    let large = found(Path::new(NESTED), &choices);
    assert_eq!(large.own["option"], "large");
    assert_eq!(large.vim["defaultDeploymentOption"], "small");
    assert_eq!(large.vim["property"][1]["defaultValue"], "8443");
    // 16 + 20 + 40 + 500 GiB.
    assert_eq!(large.vim["approximateFlatDeploymentSize"], 576_u64 << 30);
    let machines = &large.vapi["ovf_template"]["vapp_template"]["vm_templates"];
    assert_eq!(machines[0]["cpu"]["num_cpus"], 8);
    assert_eq!(machines[0]["memory"]["size"], 8192);
    assert_eq!(machines[0]["disks"][1]["storage_policy"]["group_id"], "silver");
    assert_eq!(machines[1]["memory"]["size"], 65536);
}

#[test]
fn entities_are_named_from_below_the_content() {
    let vim = found(Path::new(NESTED), &Choices::new()).vim;
    let names: Vec<_> =
        vim["entityName"].as_array().unwrap().iter().map(|it| &it["value"]).collect();
    assert_eq!(names, ["web", "tier", "tier/db"]);
}

/// Neither in the shapes, section tree included, nor in what is printed for debugging.
#[test]
fn passwords_are_nowhere() {
    let secret = "Winesap-1927";
    let text = std::fs::read_to_string(NESTED).unwrap();
    assert!(text.contains(secret), "or the test tests nothing");
    let mut choices = Choices::new();
    let chosen = "Cox-Orange-1825";
    choices.properties.insert("com.example.orchard.password".to_owned(), chosen.to_owned());
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    let inspection = Inspection::new(&report, &choices);
    assert!(inspection.properties.iter().any(|property| property.is_masked));
    let shapes = found(Path::new(NESTED), &choices);
    let shown = format!(
        "{}{}{}{:?}{:?}{:?}",
        shapes.vim,
        shapes.vapi,
        shapes.own,
        inspection.properties,
        inspection.errors,
        inspection.warnings
    );
    assert!(!shown.contains(secret) && !shown.contains(chosen));
    assert!(shown.contains(r#"ovf:password=\"true\" ovf:value=\"\""#), "the section has its place");
}

/// The shapes, each with its fields and where they come from. A field whose reason begins with `unknown:` has
/// no value offline.
const SHAPES: &[(&str, &[(&str, &str)])] = &[
    (
        "OvfParseDescriptorResult",
        &[
            ("eula", "every `License` of every `EulaSection`"),
            ("network", "`NetworkSection`"),
            ("ipAllocationScheme", "`vmw:IpAssignmentSection/@vmw:schemes`"),
            ("ipProtocols", "`vmw:IpAssignmentSection/@vmw:protocols`; IPv4 when that is absent"),
            ("property", "the properties there are under the deployment option"),
            ("productInfo", "the first `ProductSection` of the content"),
            ("annotation", "`AnnotationSection` of the content, else of the envelope"),
            (
                "approximateDownloadSize",
                "`File/@ovf:size` of the files used; unset when one is unknown",
            ),
            ("approximateFlatDeploymentSize", "capacity of the disks used, `${property}` replaced"),
            (
                "approximateSparseDeploymentSize",
                "`populatedSize`; 0 for an empty disk, the capacity where nothing is said",
            ),
            ("defaultEntityName", "`Product`, else `Name`, else `ovf:id` of the content"),
            ("virtualApp", "whether the content is a `VirtualSystemCollection`"),
            ("deploymentOption", "`DeploymentOptionSection`"),
            ("defaultDeploymentOption", "`ovf:default`, else the first"),
            ("entityName", "names and paths of all below the content"),
            ("annotatedOst", "the section tree; values of passwords are taken out"),
            ("error", "the findings that are errors"),
            ("warning", "the findings that are warnings"),
        ],
    ),
    (
        "OvfNetworkInfo",
        &[("name", "`Network/@ovf:name`"), ("description", "`Network/Description`")],
    ),
    (
        "OvfDeploymentOption",
        &[
            ("key", "`Configuration/@ovf:id`"),
            ("label", "`Label`"),
            ("description", "`Description`"),
        ],
    ),
    (
        "VAppProductInfo",
        &[
            ("key", "0: there is one"),
            ("classId", "`@ovf:class`"),
            ("instanceId", "`@ovf:instance`"),
            ("name", "`Product`"),
            ("vendor", "`Vendor`"),
            ("version", "`Version`"),
            ("fullVersion", "`FullVersion`"),
            ("vendorUrl", "`VendorUrl`"),
            ("productUrl", "`ProductUrl`"),
            ("appUrl", "`AppUrl`"),
        ],
    ),
    (
        "VAppPropertyInfo",
        &[
            ("key", "the number of the property"),
            ("classId", "`ProductSection/@ovf:class`"),
            ("instanceId", "`ProductSection/@ovf:instance`"),
            ("id", "`@ovf:key`"),
            ("category", "the `Category` it stands under"),
            ("label", "`Label`"),
            ("type", "`@ovf:type` with the qualifiers, in vSphere's grammar"),
            ("typeReference", "unknown: a reference to a network of the target"),
            ("userConfigurable", "`@ovf:userConfigurable`; false when absent"),
            ("defaultValue", "`Value` of the option, else `@ovf:value`; empty for a password"),
            ("value", "the value chosen; empty for a password"),
            ("description", "`Description`"),
        ],
    ),
    (
        "OvfConsumerOstNode",
        &[
            ("id", "`@ovf:id`; empty for the envelope"),
            ("type", "the element"),
            ("section", "the sections, in document order"),
            ("child", "the systems and collections"),
            ("entity", "unknown: a reference to what the target made"),
        ],
    ),
    (
        "OvfConsumerOvfSection",
        &[
            ("lineNumber", "the line of the start tag"),
            ("xml", "the section with all its namespaces"),
        ],
    ),
    ("KeyValue", &[("key", "the name"), ("value", "the path")]),
    (
        "LocalizedMethodFault",
        &[
            ("fault", "the fault type of the code, with its properties"),
            ("localizedMessage", "line and message"),
        ],
    ),
    (
        "LocalizableMessage",
        &[
            ("key", "`ovf.` and the name of the code"),
            ("arg", "unknown: our messages are complete and have no placeholders"),
            ("message", "line and message"),
        ],
    ),
    (
        "ovf_template",
        &[
            ("id", "unknown: the id of the library item"),
            ("vm_count", "the number of `VirtualSystem`s"),
            ("version", "unknown: the generation of the library item"),
            ("library_id_parent", "unknown: the id of the library"),
            ("is_vapp_template", "whether the content is a `VirtualSystemCollection`"),
            ("vm_template", "the machine, when it is one"),
            ("vapp_template", "the collection, when it is one"),
            ("networks", "`NetworkSection`"),
            ("storage_policy_groups", "`vmw:StorageGroupSection`"),
        ],
    ),
    (
        "vapp_template",
        &[
            ("vapp_name", "`Name`, else `ovf:id`"),
            ("vm_templates", "all machines, however deep"),
            ("storage_policies", "`vmw:StorageSection`"),
        ],
    ),
    (
        "vm_template",
        &[
            ("vm_name", "`Name`, else `ovf:id`"),
            ("os_type", "`OperatingSystemSection/@vmw:osType`"),
            ("os_description", "`Description`, else CIM's name of `@ovf:id`"),
            ("cpu", "Items of resource type 3"),
            ("memory", "Items of resource type 4"),
            ("disks", "Items of resource types 17 and 31"),
            ("nics", "Items of resource types 10 and 11"),
            ("video_cards", "Items of resource type 24"),
            ("drives", "Items of resource types 15 and 16"),
            ("floppies", "Items of resource type 14"),
            ("disk_controllers", "Items of resource types 5 to 8 and 20"),
            ("usb_controllers", "Items of resource type 23"),
            ("storage_policies", "`vmw:StorageSection`"),
        ],
    ),
    (
        "cpu",
        &[
            ("num_cpus", "`VirtualQuantity`"),
            ("reservation", "`Reservation`, in MHz"),
            ("limit", "`Limit`, in MHz"),
            ("shares", "`Weight`"),
        ],
    ),
    (
        "memory",
        &[
            ("size", "`VirtualQuantity`, in MB"),
            ("reservation", "`Reservation`, in MB"),
            ("limit", "`Limit`, in MB"),
            ("shares", "`Weight`"),
        ],
    ),
    (
        "disks",
        &[
            ("name", "`ElementName`"),
            ("disk_capacity", "capacity in MB, rounded up; 0 when it cannot be known"),
            ("storage_policy", "`vmw:StorageGroup`"),
        ],
    ),
    (
        "disk_controllers",
        &[
            ("name", "`ElementName`"),
            ("type", "`ResourceType`, and the family of `ResourceSubType`"),
            ("sub_type", "`ResourceSubType`"),
        ],
    ),
    (
        "drives",
        &[
            ("name", "`ElementName`"),
            ("type", "`CD` or `DVD`, by `ResourceType`"),
            ("sub_type", "`ResourceSubType`"),
        ],
    ),
    (
        "floppies",
        &[
            ("name", "`ElementName`"),
            ("connected", "`AutomaticAllocation`"),
            ("type", "`ResourceSubType`"),
        ],
    ),
    (
        "nics",
        &[
            ("name", "`ElementName`"),
            ("network_name", "`Connection`"),
            ("mac_address", "`Address`"),
            ("start_connected", "`AutomaticAllocation`"),
        ],
    ),
    (
        "usb_controllers",
        &[
            ("type", "`ResourceSubType`"),
            ("auto_connect", "`vmw:Config` `autoConnectDevices`"),
            ("ehci_pci_slot_number", "`vmw:Config` `slotInfo.ehciPciSlotNumber`"),
            ("pci_slot_number", "`vmw:Config` `slotInfo.pciSlotNumber`"),
        ],
    ),
    (
        "video_cards",
        &[
            ("render_type", "`vmw:Config` `use3dRenderer`"),
            ("video_ram_size", "`vmw:Config` `videoRamSizeInKB`"),
            ("graphics_memory_size", "`vmw:Config` `graphicsMemorySizeInKB`"),
            ("enable3d", "`vmw:Config` `enable3DSupport`"),
            ("num_displays", "`vmw:Config` `numDisplays`"),
            ("use_auto_detect", "`vmw:Config` `useAutoDetect`"),
        ],
    ),
    ("networks", &[("name", "`Network/@ovf:name`"), ("description", "`Description`")]),
    ("storage_policies", &[("group_id", "`vmw:StorageSection/@vmw:group`")]),
    (
        "storage_policy_groups",
        &[
            ("id", "`vmw:StorageGroupSection/@vmw:id`"),
            ("name", "`@vmw:name`"),
            ("description", "`vmw:Description`"),
        ],
    ),
    (
        "ovf_summary",
        &[
            ("name", "as `defaultEntityName`"),
            ("annotation", "`AnnotationSection`"),
            ("EULAs", "every `License`"),
            ("networks", "names of the networks"),
            ("storage_groups", "ids of the storage groups"),
        ],
    ),
];

/// Where each field first had a value that is not the one of nothing: `Shape.field` to the descriptor.
type Seen = BTreeMap<(String, String), String>;

/// `shape` is the type where objects carry it, else the name of the field they stand in.
fn gather(value: &Value, shape: &str, from: &str, seen: &mut Seen) {
    let mut open = vec![(value, shape.to_owned())];
    while let Some((value, shape)) = open.pop() {
        match value {
            Value::Array(entries) => {
                open.extend(entries.iter().map(|entry| (entry, shape.clone())))
            }
            Value::Object(fields) => {
                let shape = match fields.get("_typeName") {
                    Some(name) => name.as_str().unwrap().to_owned(),
                    None => shape.trim_end_matches("_templates").replace("vm", "vm_template"),
                };
                let shape = shape.replace("vm_template_template", "vm_template");
                for (field, inner) in fields {
                    let nothing = [Value::from(""), Value::from(0), Value::from(false)];
                    let is_always = matches!(inner, Value::Array(list) if list.is_empty());
                    if !nothing.contains(inner) && !is_always {
                        seen.entry((shape.clone(), field.clone())).or_insert(from.to_owned());
                    }
                    // `networks` of a summary are names, and `storage_policy` is one of `storage_policies`.
                    open.push((inner, field.clone()));
                }
            }
            _ => {}
        }
    }
}

/// Fields whose value in a descriptor is rightly that of nothing.
const ZERO: &[(&str, &str)] = &[("VAppProductInfo", "key"), ("OvfConsumerOstNode", "entity")];

#[test]
fn every_field_is_filled_from_some_descriptor() {
    let mut seen = Seen::new();
    let mut choices = Choices::new();
    choices.properties.insert("com.example.orchard.port".to_owned(), "8080".to_owned());
    let singles = ["testdata/deploy/single.ovf", "testdata/cli/broken.ovf"];
    for path in [NESTED].into_iter().chain(singles) {
        let found = found(Path::new(path), &choices);
        gather(&found.vim, "", path, &mut seen);
        gather(&found.vapi, "", path, &mut seen);
    }
    let mut page = String::from(HEAD);
    let mut faults = Vec::new();
    for (shape, fields) in SHAPES {
        let _ = write!(page, "\n## {shape}\n\n| field | from | shown by |\n|---|---|---|\n");
        for (field, from) in *fields {
            let by = seen.get(&((*shape).to_owned(), (*field).to_owned()));
            let is_unknown = from.starts_with("unknown:") || ZERO.contains(&(shape, field));
            match (by, is_unknown) {
                (None, false) => faults.push(format!("{shape}.{field} has no value anywhere")),
                (Some(by), true) => faults.push(format!("{shape}.{field} has a value in {by}")),
                _ => {}
            }
            let by = by.map_or("–", |by| by.trim_start_matches("testdata/"));
            let _ = writeln!(page, "| `{field}` | {from} | {by} |");
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let listed: BTreeSet<_> = SHAPES
        .iter()
        .flat_map(|(shape, fields)| fields.iter().map(move |(field, _)| (*shape, *field)))
        .collect();
    for (shape, field) in seen.keys() {
        let is_known = SHAPES.iter().any(|(known, _)| known == shape);
        let is_listed = listed.contains(&(shape.as_str(), field.as_str())) || field == "_typeName";
        assert!(!is_known || is_listed, "{shape}.{field} is in no table");
    }
    same("docs/fields.md", &page);
}

const HEAD: &str = "\
# Fields

Where each field of vSphere's shapes comes from, and a descriptor of `testdata` that shows it. Fields whose
source begins with `unknown:` cannot be known from a descriptor, and stay unset, or empty where the shape
insists on them. The file is written by `tests/inspect.rs`.
";

/// The properties of each fault type are those vim25 has, and each type we can find is shown by some fixture.
#[test]
fn faults_have_the_properties_of_their_type() {
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in support::files(Path::new("testdata/rules"), "ovf") {
        let vim = found(&path, &Choices::new()).vim;
        for list in ["error", "warning"] {
            for fault in vim[list].as_array().into_iter().flatten() {
                let fault = fault["fault"].as_object().unwrap();
                let properties = fault.keys().filter(|name| !name.starts_with('_')).cloned();
                let name = fault["_typeName"].as_str().unwrap().to_owned();
                seen.entry(name).or_default().extend(properties);
                let line = fault.get("lineNumber");
                assert!(line.is_none_or(|line| line.as_i64().unwrap() > 0), "{}", path.display());
            }
        }
    }
    for (name, properties) in [
        ("OvfMissingElement", "faultMessage lineNumber name"),
        ("OvfMissingAttribute", "attributeName elementName faultMessage lineNumber"),
        ("OvfInvalidValueReference", "attributeName elementName faultMessage lineNumber value"),
        ("OvfElementInvalidValue", "faultMessage lineNumber name value"),
        ("OvfHostResourceConstraint", "faultMessage lineNumber name value"),
        ("OvfPropertyQualifier", "faultMessage lineNumber qualifier type value"),
        ("OvfUnsupportedSection", "faultMessage info lineNumber name"),
        ("OvfUnsupportedType", "deviceType faultMessage instanceId lineNumber name"),
        ("OvfMappedOsId", "faultMessage ovfDescription ovfId targetDescription"),
        ("OvfWrongNamespace", "faultMessage lineNumber namespaceName"),
        ("OvfXmlFormat", "description faultMessage lineNumber"),
    ] {
        let found: Vec<_> = seen[name].iter().map(String::as_str).collect();
        assert_eq!(found.join(" "), properties, "{name}");
    }
    assert!(seen.len() > 30, "{:?}", seen.keys());
}

/// Of each type of fault the first that a fixture shows, word for word.
#[test]
fn faults_say_exactly_this() {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut paths = support::files(Path::new("testdata/rules"), "ovf");
    paths.sort();
    for path in paths {
        let vim = found(&path, &Choices::new()).vim;
        for list in ["error", "warning"] {
            for fault in vim[list].as_array().into_iter().flatten() {
                let fault = &fault["fault"];
                let name = fault["_typeName"].as_str().unwrap().to_owned();
                let line = || format!("{}: {fault}", path.display());
                first.entry(name).or_insert_with(line);
            }
        }
    }
    let all: String = first.into_values().map(|line| line + "\n").collect();
    same("testdata/deploy/faults.txt", &all);
}

/// Nothing panics, and what is shown is whole, whatever the descriptor.
#[test]
fn every_fixture_is_inspected() {
    for path in support::files(Path::new("testdata"), "ovf") {
        let found = found(&path, &Choices::new());
        if let Some(preview) = found.preview {
            assert_eq!(preview["schema"], 1, "{}", path.display());
        }
    }
}
