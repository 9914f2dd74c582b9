//! Errors of sessions, transfers and uploads.

use std::time::Duration;

use ovf::digest::{Algorithm, Digest};
use ovf::import::session::{
    AddSpec, Entity, ImportRequest, ImportSession, MAX_RANGES, SessionError, Sessions, Timing,
    Transfer, UpdateRequest, UpdateSession,
};
use ovf::import::vcloud::Upload;
use ovf::manifest::{Manifest, ManifestChecker};
use ovf::{Code, Limits, Source, Validator};

use crate::Made;

const NOW: Duration = Duration::ZERO;

pub(crate) fn make(made: &mut Made) {
    transfers(made);
    sessions(made);
    uploads(made);
}

fn transfers(made: &mut Made) {
    let mut transfer = Transfer::new();
    for at in 0..MAX_RANGES as u64 {
        transfer.receive(2 * at, b"x").unwrap();
    }
    made.all("TransferError", [transfer.receive(u64::MAX, b"x"), transfer.receive(1 << 20, b"x")]);
    made.all("TransferError", [transfer.declare_size(1)]);
    made.all("TransferError", [transfer.replay(0, b"x")]);
    transfer.fail("the cable was cut").unwrap();
    made.note("TransferFault", transfer.fault().unwrap());
    made.all("TransferError", [transfer.receive(0, b"x")]);

    let expected = Digest::parse(Algorithm::Sha1, &"0".repeat(40)).unwrap();
    let mut transfer = Transfer::new().size(1).expecting([expected]);
    transfer.receive(0, b"x").unwrap();
    made.note("TransferFault", transfer.fault().unwrap());
}

fn sessions(made: &mut Made) {
    let mut imports: Sessions<ImportSession> = Sessions::new().limit(1);
    let import = || ImportSession::new(ImportRequest::push(), Timing::default(), NOW);
    imports.create("one", None, NOW, import).unwrap();
    made.all("SessionError", [imports.create("two", None, NOW, import)]);
    made.all("SessionError", [imports.create("", None, NOW, import)]);
    made.all("SessionError", [imports.get("two", NOW).map(drop)]);
    let entity = Entity::VirtualMachine("vm-1".to_owned());
    made.all("SessionError", [import().unwrap().instantiated(entity, NOW)]);

    let mut updates = Sessions::new();
    let request = || UpdateRequest::new("item", "1");
    updates.create_update("one", None, request(), Timing::default(), NOW).unwrap();
    made.all(
        "SessionError",
        [updates.create_update("two", None, request(), Timing::default(), NOW)],
    );
    let mut update = UpdateSession::new(request(), Timing::default(), NOW).unwrap();
    update.add(AddSpec::push("a.bin").size(1), NOW).unwrap();
    made.all::<_, SessionError>("SessionError", [update.complete(NOW)]);
    made.all("SessionError", [update.receive("a.bin", 0, b"too much", NOW)]);
}

fn descriptor(file: &str, machines: &[String]) -> String {
    let machines: String = machines
        .iter()
        .map(|id| format!("<VirtualSystem ovf:id=\"{id}\"><Info>i</Info><VirtualHardwareSection><Info/></VirtualHardwareSection></VirtualSystem>"))
        .collect();
    format!(
        "<Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\">\
         <References>{file}</References>\
         <VirtualSystemCollection ovf:id=\"all\"><Info>i</Info>{machines}</VirtualSystemCollection></Envelope>"
    )
}

const FILE: &str = "<File ovf:id=\"f\" ovf:href=\"f.bin\" ovf:size=\"100000\"/>";

fn uploads(made: &mut Made) {
    let one = [String::from("vm")];
    let describe = |text: &str, validator: &Validator| {
        let source = Source::decode(text.as_bytes()).unwrap();
        let mut upload = Upload::new("Shop");
        let report = validator.check(&source);
        let result = upload.describe(&report, text.len() as u64, Some(3));
        (upload, result)
    };
    let validator = Validator::new();
    let good = descriptor(FILE, &one);
    let alike: Vec<String> = (0..1_000).map(|at| format!("NewVirtualMachine{at}")).collect();
    for text in [
        good.replace("envelope/1", "envelope/2"),
        good.replacen(" xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"", "", 1),
        good.replace(" ovf:id=\"vm\"", ""),
        descriptor("<File ovf:id=\"f\" ovf:href=\"f.bin\" ovf:compression=\"gzip\"/>", &one),
        descriptor("<File ovf:id=\"f\" ovf:href=\"f.bin\"/>", &one),
        descriptor("<File ovf:id=\"f\" ovf:href=\"descriptor.ovf\" ovf:size=\"1\"/>", &one),
        descriptor("", &alike),
    ] {
        made.all("Failure", [describe(&text, &validator).1]);
    }
    // Nobody but a caller who silences the findings comes here.
    let silent = Validator::new().level(Code::NOT_AN_ENVELOPE, None);
    made.all("Failure", [describe("<a/>", &silent).1]);

    let (mut upload, result) = describe(&good, &validator);
    assert_eq!(result, Ok(()));
    let again = Source::decode(good.as_bytes()).unwrap();
    made.all("Failure", [upload.describe(&validator.check(&again), 1, None)]);
    made.all(
        "PutError",
        [
            upload.put("other.bin", 0..1),
            upload.put("descriptor.ovf", 0..1),
            upload.put("f.bin", 0..200_000),
        ],
    );
    made.all("FinishError", [upload.finish(None)]);
    for at in 0..MAX_RANGES as u64 {
        upload.put("f.bin", 2 * at..2 * at + 1).unwrap();
    }
    made.all("PutError", [upload.put("f.bin", 99_999..100_000)]);
    upload.put("f.bin", 0..100_000).unwrap();
    upload.put("manifest.mf", 0..3).unwrap();
    made.all("FinishError", [upload.finish(None)]);

    let list = format!("SHA1(f.bin)= {}\n", "0".repeat(40));
    for content in [Some("content"), None] {
        let mut checker = ManifestChecker::new();
        checker.manifest(&Manifest::parse(&list, &Limits::default()).manifest);
        if let Some(content) = content {
            let mut file = checker.file("f.bin");
            file.update(content.as_bytes());
            checker.finish_file(file);
        }
        let mut upload = upload.clone();
        upload.finish(Some(&checker.finish())).unwrap();
        made.note("Failure", upload.failure().unwrap());
        made.all("PutError", [upload.put("f.bin", 0..1)]);
        made.all("FinishError", [upload.finish(None)]);
    }
}
