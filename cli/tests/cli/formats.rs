//! The machine formats, field by field.

use crate::program::{ovf, ovf_with};
use serde_json::{Value, json};

/// One line with two siblings of one id. The places are counted here, by hand, not taken from the program.
const TWINS: &str = "testdata/cli/minified.ovf";
const MISSING: &str = "testdata/cli/no-such-file.ovf";

fn read(path: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path))
        .unwrap()
}

/// Columns of the values of both ids `twin`; the file is ASCII, so bytes are columns.
fn twin_columns() -> (usize, usize) {
    let text = read(TWINS);
    let at: Vec<usize> = text.match_indices("\"twin\"").map(|(at, _)| at + 2).collect();
    assert!(text.is_ascii() && at.len() == 2);
    (at[0], at[1])
}

fn json_of(args: &[&str]) -> Value {
    let run = ovf(args);
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

#[test]
fn json_has_every_field_of_the_contract_in_its_order() {
    let (first, second) = twin_columns();
    let run = ovf(&["validate", "--format", "json", TWINS]);
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "{{\"schema\":1,\"tool\":{{\"name\":\"ovf\",\"version\":\"{version}\"}},\"inputs\":[{{\
         \"path\":\"{TWINS}\",\"version\":\"1.0\",\"encoding\":\"plain\",\"complete\":true,\
         \"counts\":{{\"error\":1,\"warning\":0,\"info\":0}},\
         \"diagnostics\":[{{\"code\":\"OVF2022\",\"name\":\"duplicate-entity-id\",\"severity\":\"error\",\
         \"message\":\"two siblings have the id `twin`\",\"file\":\"{TWINS}\",\
         \"line\":1,\"column\":{second},\"endLine\":1,\"endColumn\":{},\
         \"path\":\"/Envelope/VirtualSystemCollection/VirtualSystem[42]/@ovf:id\",\"spec\":\"DSP0243 7.2\",\
         \"help\":\"rename one of them, and what refers to it\",\"category\":\"VALUE_ILLEGAL\",\
         \"fault\":\"OvfDuplicateElement\",\"labels\":[{{\"message\":\"the other is here\",\
         \"line\":1,\"column\":{first},\"endLine\":1,\"endColumn\":{}}}]}}]}}]}}\n",
        second + 4,
        first + 4,
    );
    assert_eq!(run.stdout, expected);
}

#[test]
fn json_has_an_entry_for_every_input_in_order() {
    let report =
        json_of(&["validate", "--format", "json", TWINS, MISSING, "testdata/cli/clean.ovf.gz.b64"]);
    let inputs = report["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 3);
    assert_eq!(inputs[0]["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(
        inputs[1],
        json!({"path": MISSING, "complete": false, "counts": {"error": 0, "warning": 0, "info": 0},
            "diagnostics": [], "error": "No such file or directory"})
    );
    assert_eq!(
        inputs[2],
        json!({"path": "testdata/cli/clean.ovf.gz.b64", "version": "1.0", "encoding": "gzip+base64",
            "complete": true, "counts": {"error": 0, "warning": 0, "info": 0}, "diagnostics": []})
    );
}

/// Columns count characters, not bytes and not cells; lines end at LF; the end is exclusive.
#[test]
fn json_counts_lines_and_columns_from_one() {
    let text = read("testdata/cli/dos.ovf");
    let line = text.lines().nth(5).unwrap();
    let column = line.split("\"虚拟机 1").next().unwrap().chars().count() + 2;
    let report = json_of(&["validate", "--format", "json", "testdata/cli/dos.ovf"]);
    let found = &report["inputs"][0]["diagnostics"][0];
    let place =
        ["line", "column", "endLine", "endColumn"].map(|field| found[field].as_u64().unwrap());
    assert_eq!(place, [6, column as u64, 6, column as u64 + 5]);
}

#[test]
fn json_tells_when_the_work_is_not_complete() {
    let nested = "<Envelope>".repeat(100);
    let run = ovf_with(&["validate", "--format", "json", "-"], nested.as_bytes());
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&report["inputs"][0]["path"], &report["inputs"][0]["complete"]),
        (&json!("-"), &json!(false))
    );
}

#[test]
fn vsphere_prints_what_the_api_would_answer() {
    let (_, column) = twin_columns();
    let warned = "testdata/cli/password.ovf";
    let issue = |category: &str, file: &str, line: u64, column: usize, id: &str, message: &str| {
        json!({"category": category, "file": file, "line_number": line, "column_number": column,
            "message": {"id": id, "default_message": message, "args": []}})
    };
    let missing = |line| {
        issue(
            "ELEMENT_REQUIRED",
            warned,
            line,
            6,
            "ovf.missing-info",
            "`ProductSection` has no `Info`",
        )
    };
    assert_eq!(
        json_of(&[
            "validate",
            "--level",
            "OVF5032=off",
            "--format",
            "vsphere",
            TWINS,
            warned,
            MISSING
        ]),
        json!({
            "errors": [
                {"category": "VALIDATION", "issues": [
                    issue("VALUE_ILLEGAL", TWINS, 1, column, "ovf.duplicate-entity-id", "two siblings have the id `twin`"),
                ]},
                {"category": "INPUT", "name": "file", "value": MISSING, "message":
                    {"id": "ovf.unreadable-input", "default_message": "No such file or directory", "args": []}},
            ],
            "warnings": [{"category": "VALIDATION", "issues": [missing(5), missing(6)]}],
        })
    );
}

#[test]
fn vsphere_has_both_lists_when_there_is_nothing() {
    let run = ovf(&["validate", "--format", "vsphere", "testdata/cli/clean.ovf"]);
    assert_eq!(run.stdout, "{\"errors\":[],\"warnings\":[]}\n");
}

#[test]
fn github_commands_are_one_line_each() {
    let (_, column) = twin_columns();
    let run = ovf(&[
        "validate",
        "--level",
        "OVF5032=off",
        "--format",
        "github",
        TWINS,
        "testdata/cli/password.ovf",
        MISSING,
    ]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[0],
        format!(
            "::error file={TWINS},line=1,endLine=1,col={column},endColumn={},title=OVF2022 duplicate-entity-id\
         ::two siblings have the id `twin`%0Ahelp: rename one of them, and what refers to it",
            column + 4
        )
    );
    assert!(
        lines[1].starts_with("::warning file=testdata/cli/password.ovf,line=5,endLine=5,col=6,"),
        "{}",
        lines[1]
    );
    assert_eq!(
        lines[3],
        format!("::error file={MISSING},title=cannot be read::No such file or directory")
    );
    assert_eq!(lines.len(), 4);
}

#[test]
fn sarif_has_places_rules_and_artifacts() {
    let (first, second) = twin_columns();
    let log = json_of(&["validate", "--format", "sarif", "testdata/cli/clean.ovf", TWINS]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"], json!([{"executionSuccessful": true}]));
    assert_eq!(
        run["artifacts"],
        json!([
            {"location": {"uri": "testdata/cli/clean.ovf", "index": 0}, "roles": ["analysisTarget"]},
            {"location": {"uri": TWINS, "index": 1}, "roles": ["analysisTarget"]},
        ])
    );
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!((&rule["id"], &rule["name"]), (&json!("OVF2022"), &json!("duplicate-entity-id")));
    assert_eq!(rule["defaultConfiguration"], json!({"level": "error"}));
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("```xml"));
    let region = |column: usize| {
        json!({"artifactLocation": {"uri": TWINS, "index": 1},
            "region": {"startLine": 1, "startColumn": column, "endLine": 1, "endColumn": column + 4}})
    };
    assert_eq!(
        run["results"],
        json!([{
            "ruleId": "OVF2022", "ruleIndex": 0, "level": "error",
            "message": {"text": "two siblings have the id `twin`\nhelp: rename one of them, and what refers to it"},
            "locations": [{"physicalLocation": region(second), "logicalLocations": [{
                "fullyQualifiedName": "/Envelope/VirtualSystemCollection/VirtualSystem[42]/@ovf:id",
                "kind": "attribute"}]}],
            "relatedLocations": [{"id": 1, "physicalLocation": region(first), "message": {"text": "the other is here"}}],
        }])
    );
}

#[test]
fn sarif_refers_to_the_rule_of_each_result() {
    let log = json_of(&[
        "validate",
        "--format",
        "sarif",
        TWINS,
        "testdata/cli/password.ovf",
        "testdata/cli/broken.ovf",
        TWINS,
    ]);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(rules.len() > 2 && results.len() > rules.len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn sarif_tells_what_could_not_be_read() {
    let log = json_of(&["validate", "--format", "sarif", MISSING]);
    assert_eq!(
        log["runs"][0]["invocations"],
        json!([{"executionSuccessful": false, "toolExecutionNotifications": [{
            "level": "error", "message": {"text": "No such file or directory"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": MISSING, "index": 0}}}]}]}])
    );
}

#[test]
fn the_tree_is_an_ost_node() {
    let source = "testdata/examples/web-server.ovf";
    let tree = json_of(&["tree", "--format", "json", source]);
    assert_eq!((&tree["id"], &tree["type"]), (&json!(""), &json!("envelope")));
    let lines: Vec<_> =
        tree["section"].as_array().unwrap().iter().map(|section| &section["lineNumber"]).collect();
    assert_eq!(lines, [&json!(10), &json!(17), &json!(23)]);
    let children = tree["child"].as_array().unwrap();
    assert_eq!(children.len(), 1);
    assert_eq!(
        (&children[0]["id"], &children[0]["type"]),
        (&json!("shop"), &json!("virtualSystemCollection"))
    );
    let systems = children[0]["child"].as_array().unwrap();
    assert_eq!(systems.len(), 2);
    for system in systems {
        assert_eq!((&system["id"], &system["type"]), (&json!("web"), &json!("virtualSystem")));
        assert!(system.get("child").is_none());
        for section in system["section"].as_array().unwrap() {
            // Each parses on its own: it brings the namespaces it uses.
            let xml = section["xml"].as_str().unwrap();
            assert!(xml.contains("xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\""), "{xml}");
        }
    }
}

#[test]
fn type_names_are_on_every_object_of_the_tree_and_come_first() {
    let source = "testdata/examples/web-server.ovf";
    let run = ovf(&["tree", "--format", "json", "--type-names", source]);
    let plain = ovf(&["tree", "--format", "json", source]).stdout;
    let objects = |text: &str| text.matches("{\"").count();
    assert_eq!(objects(&run.stdout), run.stdout.matches("{\"_typeName\":\"OvfConsumerO").count());
    assert_eq!(objects(&run.stdout), objects(&plain));
    let without = run
        .stdout
        .replace("\"_typeName\":\"OvfConsumerOstNode\",", "")
        .replace("\"_typeName\":\"OvfConsumerOvfSection\",", "");
    assert_eq!(without, plain);
}

#[test]
fn the_catalogue_has_every_code() {
    let catalogue = json_of(&["rules", "--format", "json"]);
    let rules = catalogue["rules"].as_array().unwrap();
    assert_eq!(catalogue["schema"], 1);
    let codes: Vec<&str> = rules.iter().map(|rule| rule["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ovf::Code::all().map(|code| code.id()).collect::<Vec<_>>());
    let info = rules.iter().find(|rule| rule["code"] == "OVF2023").unwrap();
    assert_eq!((&info["severity"], &info["strictSeverity"]), (&json!("warning"), &json!("error")));
    assert!(rules.iter().all(|rule| !rule["manual"].as_str().unwrap().starts_with(' ')));
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = ovf(&["completions", shell]);
        assert_eq!(run.status, 0);
        assert!(run.stdout.contains("validate"), "{shell}");
    }
}
