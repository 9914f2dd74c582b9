//! Changes to library items call by call: what each of them tells, in the words and figures a client sees.

use std::collections::BTreeSet;
use std::time::Duration;

use ovf::digest::Algorithm;
use ovf::import::session::{
    AddSpec, ItemType, MAX_FILES, Preview, PreviewState, SessionError, Sessions, SourceType,
    Timing, UpdateRequest, UpdateSession, UpdateState, ValidationResult,
};
use ovf::manifest::{Warning, WarningBehavior, WarningType};

use crate::package::{DESCRIPTOR, FILES, descriptor, manifest};
use crate::transfer::digest;

const NOW: Duration = Duration::from_secs(1_000);
const TIMING: Timing = Timing { idle: Duration::from_secs(60), retention: Duration::from_secs(40) };
const TOKEN: &str = "7d1f0c52-9c1e-4f6a-8a53-2b7e0d9f4c11";
const OTHER_TOKEN: &str = "7d1f0c52-9c1e-4f6a-8a53-2b7e0d9f4c12";
const URL: &str = "https://library.example/file";

fn request(item_type: ItemType, existing: &[&str]) -> UpdateRequest {
    let mut request = UpdateRequest::new("item", "1");
    request.item_type = item_type;
    request.existing = existing.iter().map(|name| (*name).to_owned()).collect();
    request
}

fn package() -> UpdateSession {
    UpdateSession::new(request(ItemType::Ovf, &[]), TIMING, NOW).unwrap()
}

fn other(existing: &[&str]) -> UpdateSession {
    UpdateSession::new(request(ItemType::Other, existing), TIMING, NOW).unwrap()
}

/// A file is added and comes whole; a document is read, too.
fn comes(session: &mut UpdateSession, name: &str, content: &[u8]) {
    session.add(AddSpec::push(name).size(content.len() as u64), NOW).unwrap();
    session.receive(name, 0, content, NOW).unwrap();
    if session.wanted_documents().contains(&name) {
        session.document(name, content, NOW).unwrap();
    }
}

/// The descriptor and the files it lists, but for some.
fn package_without(left_out: &[&str]) -> UpdateSession {
    let mut session = package();
    comes(&mut session, DESCRIPTOR, descriptor(false).as_bytes());
    for (name, content, _) in FILES.into_iter().filter(|(name, ..)| !left_out.contains(name)) {
        comes(&mut session, name, content);
    }
    session
}

fn refused_in(state: &'static str) -> SessionError {
    SessionError::NotAllowedInCurrentState { state }
}

fn not_yet<T>(why: &str) -> Result<T, SessionError> {
    Err(SessionError::NotAllowedYet { why: why.to_owned() })
}

fn message<T>(result: Result<T, SessionError>) -> String {
    result.map(drop).expect_err("it is refused").to_string()
}

/// The files that are wrong, with what is wrong with them.
fn invalid(result: &ValidationResult) -> Vec<(&str, &str)> {
    let invalid = result.invalid_files.iter();
    invalid.map(|found| (found.name.as_str(), found.message.as_str())).collect()
}

fn is_not(algorithm: Algorithm, computed: &[u8], expected: &[u8]) -> String {
    let [computed, expected] = [computed, expected].map(|bytes| digest(algorithm, bytes));
    format!("the `{algorithm}` digest is `{computed}`, not `{expected}`")
}

#[test]
fn names_are_those_of_the_api() {
    assert_eq!([SourceType::Push, SourceType::Pull].map(SourceType::as_str), ["PUSH", "PULL"]);
    let previews = [
        (Preview::unavailable(), PreviewState::Unavailable, "UNAVAILABLE"),
        (Preview::not_applicable(), PreviewState::NotApplicable, "NOT_APPLICABLE"),
        (Preview::preparing(), PreviewState::Preparing, "PREPARING"),
        (Preview::available(Vec::new()), PreviewState::Available, "AVAILABLE"),
    ];
    for (preview, state, name) in previews {
        assert_eq!((preview.state, preview.state.as_str()), (state, name));
        assert_eq!(preview.warnings, []);
    }
    let states =
        [UpdateState::Active, UpdateState::Done, UpdateState::Error, UpdateState::Canceled];
    assert_eq!(states.map(UpdateState::as_str), ["ACTIVE", "DONE", "ERROR", "CANCELED"]);
}

#[test]
fn an_item_has_one_active_session() {
    let mut store = Sessions::new();
    let item = || request(ItemType::Other, &[]);
    assert_eq!(store.create_update("a", Some(TOKEN), item(), TIMING, NOW).unwrap(), "a");
    let busy = Err(SessionError::ResourceBusy { item: "item".to_owned() });
    assert_eq!(store.create_update("b", None, item(), TIMING, NOW), busy);
    assert_eq!(store.create_update("b", Some(OTHER_TOKEN), item(), TIMING, NOW), busy);
    let why = "the library item `item` has another active update session";
    assert_eq!(message(busy), why);
    // The call that made it, again.
    assert_eq!(store.create_update("b", Some(TOKEN), item(), TIMING, NOW).unwrap(), "a");
    let another = UpdateRequest::new("another", "1");
    assert_eq!(store.create_update("c", None, another, TIMING, NOW).unwrap(), "c");

    // It cannot be deleted before it has ended; then the item is free.
    let deleted = store.delete("a", NOW).map(|session| session.state());
    assert_eq!(deleted, Err(refused_in("ACTIVE")));
    store.get_mut("a", NOW).unwrap().cancel(NOW).unwrap();
    assert_eq!(store.create_update("b", None, item(), TIMING, NOW).unwrap(), "b");
    let deleted = store.delete("a", NOW).map(|session| session.state());
    assert_eq!(deleted, Ok(UpdateState::Canceled));
}

#[test]
fn progress_is_what_the_client_says_until_it_is_done() {
    let mut session = other(&[]);
    assert_eq!((session.client_progress(), session.error()), (0, None));
    session.keep_alive(Some(40), NOW).unwrap();
    session.keep_alive(None, NOW).unwrap();
    session.keep_alive(Some(30), NOW).unwrap();
    assert_eq!(session.client_progress(), 40);
    let over = session.keep_alive(Some(101), NOW);
    assert_eq!(message(over), "the argument `progress` is over 100");
    session.keep_alive(Some(100), NOW).unwrap();
    assert_eq!(session.client_progress(), 100);

    let mut session = other(&[]);
    assert_eq!(session.complete(NOW), Ok(UpdateState::Done));
    assert_eq!((session.client_progress(), session.error()), (100, None));
}

#[test]
fn a_session_that_has_ended_takes_nothing_more() {
    let mut session = other(&["old.iso"]);
    comes(&mut session, "a.iso", b"a");
    session.fail("the client has no room", NOW).unwrap();
    assert_eq!(session.state(), UpdateState::Error);
    assert_eq!(session.error(), Some("the client has no room"));
    let over = refused_in("ERROR");
    let refusals = [
        session.add(AddSpec::push("b.iso"), NOW),
        session.remove("old.iso", NOW),
        session.receive("a.iso", 0, b"a", NOW).map(drop),
        session.replay("a.iso", 0, b"a", NOW).map(drop),
        session.declare_size("a.iso", 1, NOW),
        session.forget("a.iso", 0..1, NOW),
        session.fail_file("a.iso", "it is gone", NOW),
        session.document("web.ovf", b"", NOW),
        session.validate().map(drop),
        session.complete(NOW).map(drop),
        session.keep_alive(None, NOW),
        session.update(Vec::new(), NOW),
        session.set_preview(Preview::preparing(), NOW),
        session.cancel(NOW),
        session.fail("twice", NOW),
    ];
    for (at, refusal) in refusals.into_iter().enumerate() {
        assert_eq!(refusal, Err(over.clone()), "call {at}");
    }
    assert_eq!((session.preview(), session.error()), (None, Some("the client has no room")));
}

#[test]
fn what_the_client_uploads_is_there_before_it_completes() {
    let mut session = other(&[]);
    comes(&mut session, "a.iso", b"a");
    session.add(AddSpec::push("b.iso").size(2), NOW).unwrap();
    let why = "file `b.iso` is in state `WAITING_FOR_TRANSFER`";
    assert_eq!(session.complete(NOW), not_yet(why));
    session.receive("b.iso", 0, b"b", NOW).unwrap();
    let why = "file `b.iso` is in state `TRANSFERRING`";
    assert_eq!(session.complete(NOW), not_yet(why));
    assert_eq!(message(session.complete(NOW)), format!("this is not allowed yet: {why}"));
    assert!(!session.is_completing());
    session.receive("b.iso", 1, b"b", NOW).unwrap();
    assert_eq!(session.complete(NOW), Ok(UpdateState::Done));
    assert_eq!(session.expires_at(), NOW + TIMING.idle, "a promise is not taken back");
}

#[test]
fn what_the_server_fetches_may_come_after() {
    let mut session = other(&["old.iso"]);
    session.add(AddSpec::pull("a.iso", URL).size(2), NOW).unwrap();
    session.receive("a.iso", 0, b"a", NOW).unwrap();
    assert!(!session.is_completing());
    assert_eq!(session.complete(NOW), Ok(UpdateState::Active));
    assert!(session.is_completing());
    let why = "the session is being completed";
    assert_eq!(session.add(AddSpec::push("b.iso"), NOW), not_yet(why));
    assert_eq!(session.remove("old.iso", NOW), not_yet(why));
    assert_eq!(session.complete(NOW), not_yet(why));
    session.receive("a.iso", 1, b"a", NOW).unwrap();
    assert_eq!((session.state(), session.is_completing()), (UpdateState::Done, false));

    // It fails with a file that cannot be had.
    let mut session = other(&[]);
    session.add(AddSpec::pull("a.iso", URL), NOW).unwrap();
    session.complete(NOW).unwrap();
    session.fail_file("a.iso", "it is gone", NOW).unwrap();
    assert_eq!(session.state(), UpdateState::Error);
    assert_eq!(session.error(), Some("file `a.iso`: it is gone"));
}

#[test]
fn documents_and_the_preview_are_waited_for() {
    let mut session = package();
    let text = descriptor(false);
    session.add(AddSpec::push(DESCRIPTOR).size(text.len() as u64), NOW).unwrap();
    session.receive(DESCRIPTOR, 0, text.as_bytes(), NOW).unwrap();
    for (name, content, _) in FILES {
        comes(&mut session, name, content);
    }
    assert_eq!(session.wanted_documents(), [DESCRIPTOR]);
    assert_eq!(session.validate(), not_yet("a descriptor or manifest was not read"));
    assert_eq!(session.complete(NOW), not_yet("file `web.ovf` was not read"));
    session.document(DESCRIPTOR, text.as_bytes(), NOW).unwrap();
    assert_eq!(session.wanted_documents(), [""; 0]);
    session.set_preview(Preview::preparing(), NOW).unwrap();
    assert_eq!(session.preview(), Some(Preview::preparing()));
    assert_eq!(session.complete(NOW), not_yet("the preview is being prepared"));
    session.set_preview(Preview::unavailable(), NOW).unwrap();
    assert_eq!(session.preview(), Some(Preview::unavailable()));
    assert_eq!(session.complete(NOW), Ok(UpdateState::Done));
    assert_eq!(session.preview(), None);
}

#[test]
fn warnings_on_a_signature_are_accepted_or_end_the_session() {
    let warning: Warning = serde_json::from_str(
        r#"{"kind":"SelfSigned","message":"nobody vouches for it","ignored":false}"#,
    )
    .unwrap();
    let preview = Preview::available(vec![warning]);
    let ignored = |session: &UpdateSession| {
        let preview = session.preview().expect("the session is active");
        preview.warnings.iter().map(|warning| warning.ignored).collect::<Vec<_>>()
    };
    let mut session = other(&[]);
    session.set_preview(preview.clone(), NOW).unwrap();
    assert_eq!(session.preview(), Some(preview.clone()));
    let says = |kind, ignored| WarningBehavior { kind, ignored };
    session.update(vec![says(WarningType::Expired, true)], NOW).unwrap();
    assert_eq!(ignored(&session), [false]);
    let (no, yes) = (says(WarningType::SelfSigned, false), says(WarningType::SelfSigned, true));
    session.update(vec![no, yes], NOW).unwrap();
    assert_eq!(ignored(&session), [true], "the last word counts");
    assert_eq!(session.request().warning_behavior, [no, yes]);
    assert_eq!(session.complete(NOW), Ok(UpdateState::Done));

    let mut session = other(&[]);
    session.set_preview(preview, NOW).unwrap();
    assert_eq!(session.complete(NOW), Ok(UpdateState::Error));
    assert_eq!(session.error(), Some("SELF_SIGNED_CERTIFICATE: nobody vouches for it"));
}

#[test]
fn a_file_to_fetch_has_a_url() {
    let mut session = other(&[]);
    let why = "the argument `source_endpoint` is missing, or no URL";
    let mut spec = AddSpec::pull("a.iso", URL);
    spec.source_endpoint = None;
    assert_eq!(message(session.add(spec, NOW)), why);
    assert_eq!(message(session.add(AddSpec::pull("a.iso", "elsewhere"), NOW)), why);
    assert_eq!(session.files().count(), 0);
    let checksum = digest(Algorithm::Sha512, b"a");
    session.add(AddSpec::pull("a.iso", URL).size(7).checksum(checksum), NOW).unwrap();
    let file = session.file("a.iso").unwrap();
    assert_eq!((file.source_type, file.source_endpoint.as_deref()), (SourceType::Pull, Some(URL)));
    assert_eq!((file.transfer.declared_size(), file.checksum), (Some(7), Some(checksum)));
    session.add(AddSpec::push("b.iso"), NOW).unwrap();
    let file = session.file("b.iso").unwrap();
    assert_eq!((file.source_type, file.source_endpoint.as_deref()), (SourceType::Push, None));
    assert_eq!((file.transfer.declared_size(), file.checksum), (None, None));
    let outside = message(session.add(AddSpec::push("../up"), NOW));
    assert_eq!(outside, "the argument `name` leads out of its folder by `..`");
}

#[test]
fn there_may_be_ten_thousand_files() {
    let mut session = other(&[]);
    for number in 0..MAX_FILES {
        session.add(AddSpec::push(format!("{number}.iso")), NOW).unwrap();
    }
    let one_more = session.add(AddSpec::push("more.iso"), NOW);
    let limit = MAX_FILES;
    let full = SessionError::UnableToAllocateResource { what: "files", limit };
    assert_eq!(one_more, Err(full));
    assert_eq!(message(one_more), "there are 10000 files already");
    session.add(AddSpec::push("0.iso").size(5), NOW).expect("it replaces another");
    assert_eq!(session.file("0.iso").unwrap().transfer.declared_size(), Some(5));
    assert_eq!(session.files().count(), MAX_FILES);
    session.remove("1.iso", NOW).unwrap();
    session.add(AddSpec::push("more.iso"), NOW).unwrap();
}

#[test]
fn what_was_added_is_removed_before_what_the_item_has() {
    let mut session = other(&["old.iso", "both.iso"]);
    comes(&mut session, "new.iso", b"a");
    comes(&mut session, "both.iso", b"b");
    let no_file = |name: &str| SessionError::NotFound { what: "file", name: name.to_owned() };
    session.remove("new.iso", NOW).unwrap();
    assert_eq!(session.remove("new.iso", NOW), Err(no_file("new.iso")));
    assert_eq!(session.remove("unknown.iso", NOW), Err(no_file("unknown.iso")));
    assert_eq!(session.removed(), &BTreeSet::new());
    session.remove("old.iso", NOW).unwrap();
    assert_eq!(session.remove("old.iso", NOW), Err(no_file("old.iso")));
    session.remove("both.iso", NOW).unwrap();
    assert_eq!(session.removed(), &BTreeSet::from(["old.iso".to_owned()]));
    assert_eq!(session.files().count(), 0);
    session.remove("both.iso", NOW).unwrap();
    assert_eq!(session.removed(), &["old.iso", "both.iso"].map(str::to_owned).into());
    assert_eq!(message(session.remove("both.iso", NOW)), "there is no file `both.iso`");
    // What is added again is not removed.
    session.add(AddSpec::push("old.iso"), NOW).unwrap();
    assert_eq!(session.removed(), &BTreeSet::from(["both.iso".to_owned()]));
}

#[test]
fn bytes_are_owed_while_the_session_is_active() {
    let mut session = other(&[]);
    session.add(AddSpec::push("a.iso").size(4), NOW).unwrap();
    session.receive("a.iso", 2, b"cd", NOW).unwrap();
    assert_eq!(session.owed().count(), 0);
    session.receive("a.iso", 0, b"ab", NOW).unwrap();
    assert_eq!(session.owed().collect::<Vec<_>>(), [("a.iso", 2..4)]);
    session.cancel(NOW).unwrap();
    assert_eq!(session.file("a.iso").unwrap().transfer.owed(), Some(2..4));
    assert_eq!(session.owed().count(), 0, "nobody asks for them any more");
}

#[test]
fn a_document_is_what_was_received() {
    let mut session = package();
    let why = "the argument `name` is no descriptor and no manifest";
    assert_eq!(message(session.document("a.iso", b"a", NOW)), why);
    for name in ["web.OVF", "web.mf"] {
        let missing = message(session.document(name, b"abc", NOW));
        assert_eq!(missing, format!("there is no file `{name}`"));
        session.add(AddSpec::push(name).size(3), NOW).unwrap();
        let early = session.document(name, b"abc", NOW);
        assert_eq!(early, not_yet("the file is in state `WAITING_FOR_TRANSFER`"));
        session.receive(name, 0, b"abc", NOW).unwrap();
        assert_eq!(session.wanted_documents(), [name]);
        for different in [&b"abd"[..], b"abcd", b""] {
            let why = "the argument `bytes` is not what was received";
            assert_eq!(message(session.document(name, different, NOW)), why, "{name}");
        }
        assert_eq!(session.wanted_documents(), [name]);
        session.document(name, b"abc", NOW).unwrap();
        assert_eq!(session.wanted_documents(), [""; 0]);
    }
}

#[test]
fn a_good_package_is_valid_and_one_with_gaps_is_not() {
    let mut session = package_without(&[]);
    assert_eq!(session.validate(), Ok(ValidationResult::default()));
    comes(&mut session, "web.mf", manifest(false, None).as_bytes());
    assert_eq!(session.validate(), Ok(ValidationResult::default()));
    assert_eq!(session.complete(NOW), Ok(UpdateState::Done));

    let mut session = package_without(&["one.vmdk", "notes.txt"]);
    let result = session.validate().unwrap();
    assert_eq!(result.missing_files, ["notes.txt", "one.vmdk"].map(str::to_owned).into());
    assert_eq!((invalid(&result), result.has_errors), (vec![], true));
    assert_eq!(session.complete(NOW), Ok(UpdateState::Error));
    assert_eq!(session.error(), Some("file `notes.txt` is missing"));

    let result = package().validate().unwrap();
    assert_eq!(invalid(&result), [("", "there is no descriptor among the files")]);
}

#[test]
fn files_are_held_to_the_descriptor() {
    let mut session = package_without(&["one.vmdk"]);
    session.add(AddSpec::push("one.vmdk").size(4), NOW).unwrap();
    session.receive("one.vmdk", 0, b"fir", NOW).unwrap();
    assert_eq!(session.validate(), Ok(ValidationResult::default()), "it is still coming");
    session.receive("one.vmdk", 3, b"s", NOW).unwrap();
    let result = session.validate().unwrap();
    let why = "it has 4 bytes, the descriptor says 10";
    assert_eq!((invalid(&result), result.has_errors), (vec![("one.vmdk", why)], true));
    assert_eq!(session.complete(NOW), Ok(UpdateState::Error));
    assert_eq!(session.error(), Some(format!("file `one.vmdk`: {why}").as_str()));

    let mut session = package_without(&[]);
    comes(&mut session, "zzz.ovf", descriptor(false).as_bytes());
    let result = session.validate().unwrap();
    assert_eq!(invalid(&result), [("zzz.ovf", "there is another descriptor beside it")]);
}

#[test]
fn files_are_held_to_the_manifest() {
    let validated = |manifest: &str| {
        let mut session = package_without(&["two.vmdk"]);
        // This one is listed, and still coming.
        session.add(AddSpec::push("two.vmdk").size(10), NOW).unwrap();
        session.receive("two.vmdk", 0, b"the", NOW).unwrap();
        comes(&mut session, "web.mf", manifest.as_bytes());
        session.validate().unwrap()
    };
    assert_eq!(validated(&manifest(false, None)), ValidationResult::default());

    let result = validated(&manifest(false, Some("one.vmdk")));
    let why = is_not(Algorithm::Sha256, b"first disk", b"something else");
    assert_eq!((invalid(&result), result.has_errors), (vec![("one.vmdk", why.as_str())], true));

    // A document is found once, though it is a file, too.
    let result = validated(&manifest(false, Some(DESCRIPTOR)));
    let why = is_not(Algorithm::Sha256, descriptor(false).as_bytes(), b"something else");
    assert_eq!((invalid(&result), result.has_errors), (vec![(DESCRIPTOR, why.as_str())], true));

    // Digests that nobody computed when the files came.
    let line =
        |name: &str, content: &[u8]| format!("MD5({name})= {}\n", digest(Algorithm::Md5, content));
    let weak: String = FILES.iter().map(|(name, content, _)| line(name, content)).collect();
    let result = validated(&(weak + &line(DESCRIPTOR, descriptor(false).as_bytes())));
    let why = "the `MD5` digest was not computed; add the file again with this checksum";
    assert_eq!(invalid(&result), [("notes.txt", why), ("one.vmdk", why)]);
}

#[test]
fn the_manifest_of_the_descriptors_name_counts() {
    let validated = |own: &str, first: &str, second: &str| {
        let mut session = package_without(&[]);
        for (name, wrong) in [(own, None), (first, Some("one.vmdk")), (second, Some("two.vmdk"))] {
            comes(&mut session, name, manifest(false, wrong).as_bytes());
        }
        let result = session.validate().unwrap();
        result.invalid_files.into_iter().map(|found| found.name).collect::<Vec<_>>()
    };
    assert_eq!(validated("web.mf", "a.mf", "z.mf"), [""; 0]);
    // Without one, the first.
    assert_eq!(validated("c.mf", "a.mf", "b.mf"), ["one.vmdk"]);
}
