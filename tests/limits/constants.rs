//! Ceilings that nobody can set: each is listed in `docs/limits.md`, and holds at its value.

use std::path::Path;
use std::time::Duration;

use ovf::import::session::{
    AddSpec, DownloadSession, ImportRequest, ImportSession, MAX_FILES, MAX_RANGES, MAX_SESSIONS,
    SessionError, Sessions, Timing, Transfer, TransferError, UpdateRequest, UpdateSession,
};
use ovf::import::{Choices, Deployment, Expansion};
use ovf::value::path::{self, COMPONENT_BYTES, NAME_BYTES, Unsafe};
use ovf::value::unit::{Unit, UnitError};
use ovf::value::vcloud_name::{MAX_NUMBER, shorten};
use ovf::value::vm_name::{self, VM_NAME_CHARS, VmNameError};
use ovf::xml::parse;
use ovf::{Limits, Source, Validator};

use crate::{names_value, told};

const NOW: Duration = Duration::ZERO;

/// Whether a constant is a ceiling, by its name.
fn is_ceiling(name: &str) -> bool {
    let names =
        ["OPTIONS", "CHECKS", "NAMES", "ADVISED", "CANDIDATES", "SUGGESTIONS", "RATIO_FREE"];
    let begins = ["MAX_", "MOST"].iter().any(|begin| name.starts_with(begin));
    let ends = ["_BYTES", "_CHARS", "_REFERENCES"].iter().any(|end| name.ends_with(end));
    names.contains(&name) || name == "REFERENCES" || begins || ends
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_constant_is_listed_with_its_value() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = std::fs::read_to_string(root.join("docs/limits.md")).unwrap();
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files.sort();
    let mut missing = Vec::new();
    let mut rows = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let path = file.strip_prefix(root.join("src")).unwrap().display().to_string();
        for line in text.lines() {
            let Some((_, constant)) = line.split_once("const ") else { continue };
            let Some((name, rest)) = constant.split_once(": ") else { continue };
            let Some((kind, value)) = rest.split_once(" = ") else { continue };
            if !is_ceiling(name) || !["usize", "u64", "u32", "u16"].contains(&kind) {
                continue;
            }
            rows += 1;
            let value = value.trim_end_matches(';');
            let row = format!("| `{path}` `{name}` | `{value}` |");
            if !listed.contains(&row) {
                missing.push(row);
            }
        }
    }
    assert!(missing.is_empty(), "docs/limits.md lacks:\n{}", missing.join("\n"));
    let told = listed.lines().filter(|line| line.starts_with("| `") && line.contains(".rs`"));
    assert_eq!(told.count(), rows, "docs/limits.md lists what is no longer there");
}

/// The 1,000 faults of XML: the text is read on after the one before.
#[test]
fn faults_of_xml() {
    let text = |n: usize| format!("<a>\n{}</a>", "<b c=d/>\n".repeat(n));
    for (n, is_over) in [(999, false), (1_001, true)] {
        let text = text(n);
        let parsed = parse(&text, &Limits::unlimited());
        assert_eq!(parsed.complete, !is_over, "{n}");
        let found = told(&text, &parsed.diagnostics);
        assert_eq!(found.is_some(), is_over, "{n}");
        if let Some((message, at)) = found {
            names_value(&message, 1_000);
            assert_eq!(at.line, 1_001);
        }
    }
}

/// The 65,534 namespaces a text may declare, whatever the limits: of `Limits`, only those in force at one
/// place are counted.
#[test]
fn namespaces_of_xml() {
    let text = |n: usize| {
        let all: String = (0..n).map(|at| format!("<b xmlns='urn:{at}'/>\n")).collect();
        format!("<a>\n{all}<c xmlns='urn:7' xmlns:d='urn:{}' d:e=''/></a>", n - 1)
    };
    for (n, is_over) in [(65_534, false), (65_535, true)] {
        let text = text(n);
        for limits in [Limits::default(), Limits::unlimited()] {
            let parsed = parse(&text, &limits);
            assert_eq!(parsed.complete, !is_over, "{n}");
            let found = told(&text, &parsed.diagnostics);
            assert_eq!(found.is_some(), is_over, "{n}");
            if let Some((message, at)) = found {
                names_value(&message, 65_534);
                assert_eq!((at.line, at.column), (65_536, 4));
            }
            assert_eq!(parsed.tree.namespaces().count(), 65_534 + 2);
            assert_eq!(parsed.tree.len(), 65_534 + if is_over { 1 } else { 2 });
            for (at, node) in parsed.tree.root().unwrap().children().take(65_534).enumerate() {
                assert_eq!(node.namespace(), format!("urn:{at}"));
            }
            let last = parsed.tree.elements().last().unwrap();
            if !is_over {
                let e = last.attributes().next().unwrap();
                assert_eq!((last.namespace(), e.namespace()), ("urn:7", "urn:65533"));
                assert_eq!(parsed.tree.namespaces().last(), Some((e.namespace_id(), "urn:65533")));
            }
        }
    }
}

const BEGIN: &str = "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" \
     xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" \
     xmlns:rasd=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData\"><References/>";

#[test]
fn options_of_the_items_of_one_machine() {
    let text = |n: usize| {
        let options: String = (0..n)
            .map(|at| {
                format!("<Configuration ovf:id=\"o{at}\"><Label/><Description/></Configuration>")
            })
            .collect();
        let items: String = (0..n)
            .map(|at| {
                format!(
                    "<Item ovf:configuration=\"o{at}\"><rasd:ElementName>a</rasd:ElementName><rasd:InstanceID>{at}\
                     </rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>"
                )
            })
            .collect();
        format!(
            "{BEGIN}<DeploymentOptionSection><Info/>{options}</DeploymentOptionSection><VirtualSystem ovf:id=\"vm\"><Info/>\n\
             <VirtualHardwareSection><Info/>{items}</VirtualHardwareSection></VirtualSystem></Envelope>"
        )
    };
    for (n, is_over) in [(63, false), (64, true)] {
        let text = text(n);
        let source = Source::decode(text.as_bytes()).unwrap();
        let report = Validator::new().check(&source);
        assert_eq!(report.is_complete(), !is_over, "{n}");
        let found = told(&text, report.diagnostics());
        assert_eq!(found.is_some(), is_over, "{n}");
        if let Some((message, at)) = found {
            names_value(&message, 63);
            assert_eq!((at.line, at.column), (2, 2));
        }
    }
}

#[test]
fn ranges_of_a_transfer() {
    let mut transfer = Transfer::new();
    for at in 0..MAX_RANGES as u64 {
        transfer.receive(2 * at, b"x").expect("there is room");
    }
    let end = 2 * MAX_RANGES as u64;
    let error = transfer.receive(end, b"x").unwrap_err();
    assert_eq!(error, TransferError::TooManyRanges);
    names_value(&error.to_string(), MAX_RANGES);
    assert_eq!(transfer.bytes_transferred(), MAX_RANGES as u64, "nothing was taken");
    // Closing a gap makes room.
    transfer.receive(1, b"x").unwrap();
    transfer.receive(end, b"x").unwrap();
}

#[test]
fn sessions_and_their_identifiers() {
    let mut sessions = Sessions::new();
    let mut create = |id: &str| {
        let make = || ImportSession::new(ImportRequest::push(), Timing::default(), NOW);
        sessions.create(id, None, NOW, make).map(drop)
    };
    assert_eq!(create(&"x".repeat(256)), Ok(()));
    assert_eq!(create(&"x".repeat(257)).unwrap_err().as_str(), "INVALID_ARGUMENT");
    for at in 1..MAX_SESSIONS {
        assert_eq!(create(&at.to_string()), Ok(()));
    }
    let error = create("one more").unwrap_err();
    assert_eq!(
        error,
        SessionError::UnableToAllocateResource { what: "sessions", limit: MAX_SESSIONS }
    );
    names_value(&error.to_string(), MAX_SESSIONS);
}

#[test]
fn files_of_a_session() {
    let request = UpdateRequest::new("item", "1");
    let mut update = UpdateSession::new(request, Timing::default(), NOW).unwrap();
    for at in 0..MAX_FILES {
        update.add(AddSpec::push(at.to_string()), NOW).unwrap();
    }
    let error = update.add(AddSpec::push("one more"), NOW).unwrap_err();
    assert_eq!(error, SessionError::UnableToAllocateResource { what: "files", limit: MAX_FILES });
    names_value(&error.to_string(), MAX_FILES);
    update.add(AddSpec::push("0"), NOW).expect("one that is replaced takes no room");

    let download = |n: usize| {
        let files = (0..n).map(|at| (at.to_string(), Some(1), None));
        DownloadSession::new("item", "1", files, Timing::default(), NOW).map(drop)
    };
    assert_eq!(download(MAX_FILES), Ok(()));
    assert_eq!(download(MAX_FILES + 1), Err(error));
}

#[test]
fn bytes_of_an_expansion() {
    let most = 16 << 20;
    let text = format!("{BEGIN}<VirtualSystem ovf:id=\"vm\"><Info/></VirtualSystem></Envelope>");
    let source = Source::decode(text.as_bytes()).unwrap();
    let report = Validator::new().check(&source);
    let (envelope, choices) = (report.envelope().unwrap(), Choices::new());
    let deployment = Deployment::new(envelope, &choices);
    let expand = |n: usize| {
        let expanded = Expansion::new(&deployment).expand(envelope.ost(), &"x".repeat(n));
        (expanded.text.len(), expanded.is_complete)
    };
    assert_eq!(expand(most), (most, true));
    assert!(!expand(most + 1).1);
}

#[test]
fn names_and_units() {
    let long =
        |parts: usize, rest: usize| format!("{}{}", "abcdefg/".repeat(parts), "x".repeat(rest));
    let name = long(NAME_BYTES / 8 - 1, 8);
    assert_eq!((name.len(), path::check(&name)), (NAME_BYTES, Ok(())));
    assert_eq!(path::check(&format!("{name}x")), Err(Unsafe::TooLong));
    assert_eq!(path::check(&"x".repeat(COMPONENT_BYTES)), Ok(()));
    assert_eq!(path::check(&"x".repeat(COMPONENT_BYTES + 1)), Err(Unsafe::ComponentTooLong));
    names_value(&Unsafe::TooLong.to_string(), NAME_BYTES);
    names_value(&Unsafe::ComponentTooLong.to_string(), COMPONENT_BYTES);

    assert_eq!(vm_name::check(&"ä".repeat(VM_NAME_CHARS)), Ok(()));
    let error = vm_name::check(&"ä".repeat(VM_NAME_CHARS + 1)).unwrap_err();
    assert_eq!(error, VmNameError::TooLong { characters: VM_NAME_CHARS + 1 });
    names_value(&error.to_string(), VM_NAME_CHARS);

    let unit = |n: usize| format!("byte{}2^20", " ".repeat(n - "byte*2^20".len()) + "*");
    assert!(Unit::parse(&unit(256)).is_ok());
    assert_eq!(Unit::parse(&unit(257)), Err(UnitError::TooLong));
    names_value(&UnitError::TooLong.to_string(), 256);

    let alike = usize::from(MAX_NUMBER);
    let ids: Vec<String> = (0..=alike).map(|at| format!("NewVirtualMachine{at}")).collect();
    let shortened = shorten(ids.iter().map(String::as_str), []);
    assert!(shortened[..alike].iter().all(Result::is_ok));
    let error = shortened[alike].as_ref().unwrap_err();
    names_value(&error.to_string(), alike);
}
