//! Imports call by call: what each of them tells, in the words and figures a client sees.

use std::slice::from_ref;
use std::time::Duration;

use ovf::digest::Algorithm;
use ovf::import::session::{
    Entity, ImportRequest, ImportSession, ImportSource, ImportState, Issue, MAX_FILES,
    SessionError, SignatureFiles, Timing, TransferStatus,
};
use ovf::import::{Choices, FileType};
use ovf::{Limits, Source};

use crate::package::{BUNDLE, BUNDLE_TEXT, DESCRIPTOR, FILES, descriptor, manifest};
use crate::transfer::digest;

const NOW: Duration = Duration::from_secs(1_000);
const TIMING: Timing =
    Timing { idle: Duration::from_secs(60), retention: Duration::from_secs(100) };

fn announcing(files: SignatureFiles) -> ImportSession {
    ImportSession::new(ImportRequest::push().signature_files(files), TIMING, NOW).unwrap()
}

fn plain() -> ImportSession {
    announcing(SignatureFiles::None)
}

fn takes(session: &mut ImportSession, name: &str, text: &str) {
    session.document(name, text.as_bytes(), NOW).unwrap();
}

/// The large files come, whole.
fn files_come(session: &mut ImportSession, names: &[&str]) {
    for (name, content, _) in FILES.into_iter().filter(|(name, ..)| names.contains(name)) {
        session.declare_size(name, content.len() as u64, NOW).unwrap();
        session.receive(name, 0, content, NOW).unwrap();
    }
}

/// What is owed comes back.
fn owed_comes(session: &mut ImportSession) {
    let owed: Vec<_> = session.owed().map(|(name, range)| (name.to_owned(), range)).collect();
    for (name, range) in owed {
        let content = FILES.iter().find(|(known, ..)| *known == name).unwrap().1;
        let bytes = &content[range.start as usize..range.end as usize];
        session.replay(&name, range.start, bytes, NOW).unwrap();
    }
}

fn refused_in(state: ImportState) -> SessionError {
    SessionError::NotAllowedInCurrentState { state: state.as_str() }
}

fn message<T>(result: Result<T, SessionError>) -> String {
    result.map(drop).expect_err("it is refused").to_string()
}

type Told<'i> = (bool, &'i str, &'i str, u32, u32, &'i str, &'i str, &'i str);

fn told(issue: &Issue) -> Told<'_> {
    let Issue { is_error, category, file, line, column, code, name, message, .. } = issue;
    (*is_error, category, file, *line, *column, code, name, message)
}

/// What is told of a file as a whole, without a rule behind it.
fn of_file<'i>(is_error: bool, file: &'i str, name: &'i str, message: &'i str) -> Told<'i> {
    (is_error, "VALIDATION_ERROR", file, 0, 0, "", name, message)
}

/// What the descriptor is told of though it is good.
const DOUBTS: [Told<'static>; 2] = [
    (
        false,
        "VALUE_ILLEGAL",
        DESCRIPTOR,
        4,
        19,
        "OVF3015",
        "unused-file",
        "nothing uses the File `notes`",
    ),
    (
        false,
        "VALUE_ILLEGAL",
        DESCRIPTOR,
        8,
        59,
        "OVF3204",
        "unused-network",
        "no network card is connected to `inside`",
    ),
];

/// All that was found.
fn issues(session: &ImportSession) -> Vec<Told<'_>> {
    session.issues().iter().map(told).collect()
}

type Row = (String, FileType, bool, Option<u64>, u64, TransferStatus);

fn rows(session: &ImportSession) -> Vec<Row> {
    let row = |file: ovf::import::session::SessionFile| {
        let (optional, bytes) = (file.optional_upload, file.bytes_transferred);
        (file.name, file.file_type, optional, file.size, bytes, file.status)
    };
    session.files().into_iter().map(row).collect()
}

fn waiting(name: &str, file_type: FileType, is_optional: bool, size: Option<u64>) -> Row {
    (name.to_owned(), file_type, is_optional, size, 0, TransferStatus::WaitingForTransfer)
}

fn ready(name: &str, file_type: FileType, is_optional: bool, bytes: usize) -> Row {
    let bytes = bytes as u64;
    (name.to_owned(), file_type, is_optional, Some(bytes), bytes, TransferStatus::Ready)
}

#[test]
fn names_are_those_of_the_api() {
    let pull = ImportSource::Pull {
        uri: "https://a.example/web.ovf".to_owned(),
        ssl_certificate_thumbprint: None,
    };
    let item = ImportSource::LibraryItem { id: "item".to_owned() };
    let sources = [ImportSource::Push, pull, item].map(|source| source.as_str());
    assert_eq!(sources, ["PUSH_SOURCE", "PULL_SOURCE", "CONTENT_LIBRARY_SOURCE"]);
    let announced =
        [SignatureFiles::None, SignatureFiles::Manifest, SignatureFiles::ManifestAndCertificate];
    let announced = announced.map(SignatureFiles::as_str);
    assert_eq!(announced, ["NONE", "MANIFEST", "MANIFEST_CERTIFICATE"]);
    let states = [
        (ImportState::OvfTransfer, "IMPORT_OVF_TRANSFER", false),
        (ImportState::MsgBundlesTransfer, "IMPORT_MSG_BUNDLES_TRANSFER", false),
        (ImportState::SelectingOvfParams, "IMPORT_SELECTING_OVF_PARAMS", false),
        (ImportState::FileTransfer, "IMPORT_FILE_TRANSFER", false),
        (ImportState::Instantiating, "IMPORT_INSTANTIATING", false),
        (ImportState::Completed, "IMPORT_COMPLETED", true),
        (ImportState::Error, "IMPORT_ERROR", true),
    ];
    for (state, name, is_final) in states {
        assert_eq!((state.as_str(), state.is_final()), (name, is_final));
    }
}

#[test]
fn a_request_may_be_lax_and_no_more() {
    let flagged = |flag: &str| {
        let mut request = ImportRequest::push();
        request.import_flags.push(flag.to_owned());
        ImportSession::new(request, TIMING, NOW)
    };
    assert_eq!(flagged("LAX").unwrap().request().import_flags, ["LAX"]);
    let why = "the argument `import_flags` holds a flag other than `LAX`";
    assert_eq!(message(flagged("FAST")), why);
}

#[test]
fn of_a_new_import_nothing_is_known() {
    let session = plain();
    assert_eq!(session.state(), ImportState::OvfTransfer);
    assert_eq!(session.request(), &ImportRequest::push());
    assert_eq!((session.progress(), session.is_collection()), (0, false));
    assert_eq!((session.issues(), session.error(), session.entity()), (&[][..], None, None));
    assert_eq!(
        (session.descriptor(), session.manifest(), session.certificate()),
        (None, None, None)
    );
    assert!(session.choices().is_none());
    assert_eq!(session.message_bundles(), []);
    assert_eq!(session.owed().count(), 0);
    assert_eq!(session.expires_at(), NOW + TIMING.idle);
    assert_eq!(rows(&session), [waiting("", FileType::Descriptor, false, None)]);
}

#[test]
fn a_whole_import() {
    // The network of this one is described in the bundle.
    let text = descriptor(true).replace("<Description>x", r#"<Description ovf:msgid="vm">x"#);
    let good_manifest = manifest(true, None).replace(
        &digest(Algorithm::Sha256, descriptor(true).as_bytes()).to_string(),
        &digest(Algorithm::Sha256, text.as_bytes()).to_string(),
    );
    let mut session = announcing(SignatureFiles::ManifestAndCertificate);
    assert_eq!(
        rows(&session),
        [
            waiting("", FileType::Descriptor, false, None),
            waiting("", FileType::Manifest, true, None),
            waiting("", FileType::Certificate, true, None),
        ]
    );

    takes(&mut session, DESCRIPTOR, &text);
    assert_eq!(session.state(), ImportState::MsgBundlesTransfer);
    assert_eq!(session.descriptor(), Some(text.as_str()));
    assert_eq!(issues(&session), DOUBTS);
    let come = || ready(DESCRIPTOR, FileType::Descriptor, false, text.len());
    assert_eq!(
        rows(&session),
        [
            come(),
            waiting("web.mf", FileType::Manifest, true, None),
            waiting("web.cert", FileType::Certificate, true, None),
            waiting(BUNDLE, FileType::MessageBundle, false, None),
            waiting("one.vmdk", FileType::Disk, false, Some(10)),
            waiting("two.vmdk", FileType::Disk, false, None),
            waiting("notes.txt", FileType::Content, true, None),
        ]
    );
    let early = session.try_instantiate(&Choices::new(), NOW);
    assert_eq!(early, Err(refused_in(ImportState::MsgBundlesTransfer)));

    takes(&mut session, BUNDLE, BUNDLE_TEXT);
    assert_eq!(session.state(), ImportState::SelectingOvfParams);
    let source = Source::decode(BUNDLE_TEXT.as_bytes()).unwrap();
    let bundle = ovf::import::Bundle::read(&source).unwrap();
    assert_eq!(session.message_bundles(), from_ref(&bundle));
    let again = session.document(BUNDLE, BUNDLE_TEXT.as_bytes(), NOW);
    assert_eq!(again, Err(refused_in(ImportState::SelectingOvfParams)));

    let mut choices = Choices::new();
    choices.locale = Some("de".to_owned());
    choices.networks.insert("inside".to_owned(), "network-7".to_owned());
    let parameters = session.try_instantiate(&choices, NOW).unwrap();
    let network = parameters.networks.first().unwrap();
    assert_eq!((network.name.as_str(), network.description.as_str()), ("inside", "Eine Maschine"));
    assert_eq!(network.target.as_deref(), Some("network-7"));
    session.instantiate(choices, NOW).unwrap();
    assert_eq!(session.state(), ImportState::FileTransfer);
    let chosen = session.choices().unwrap();
    assert_eq!(
        (chosen.locale.as_deref(), chosen.bundles.as_slice()),
        (Some("de"), from_ref(&bundle))
    );
    assert_eq!(chosen.networks.get("inside").map(String::as_str), Some("network-7"));

    session.report_progress(40, NOW).unwrap();
    session.report_progress(30, NOW).unwrap();
    assert_eq!(session.progress(), 40);
    assert_eq!(message(session.report_progress(101, NOW)), "the argument `progress` is over 100");

    // Whole, and held until the manifest comes; then all of them are to be hashed.
    files_come(&mut session, &["one.vmdk", "two.vmdk", "notes.txt"]);
    assert_eq!(session.owed().count(), 0);
    assert_eq!(session.transfer("one.vmdk").unwrap().status(), TransferStatus::Validating);
    takes(&mut session, "web.mf", &good_manifest);
    assert_eq!(session.manifest(), Some(good_manifest.as_str()));
    let owed: Vec<_> = session.owed().collect();
    assert_eq!(owed, [("one.vmdk", 0..10), ("two.vmdk", 0..10), ("notes.txt", 0..2)]);
    owed_comes(&mut session);
    assert_eq!(session.state(), ImportState::FileTransfer, "the certificate is to come");
    takes(&mut session, "web.cert", "a certificate");
    assert_eq!(session.certificate(), Some("a certificate"));
    assert_eq!(session.state(), ImportState::Instantiating);
    assert_eq!(
        rows(&session),
        [
            come(),
            ready("web.mf", FileType::Manifest, true, good_manifest.len()),
            ready("web.cert", FileType::Certificate, true, 13),
            ready(BUNDLE, FileType::MessageBundle, false, BUNDLE_TEXT.len()),
            ready("one.vmdk", FileType::Disk, false, 10),
            ready("two.vmdk", FileType::Disk, false, 10),
            ready("notes.txt", FileType::Content, true, 2),
        ]
    );
    let sha256: Vec<_> = session.files().into_iter().map(|file| file.sha256.unwrap()).collect();
    let contents =
        [text.as_bytes(), good_manifest.as_bytes(), b"a certificate", BUNDLE_TEXT.as_bytes()];
    let contents = contents.into_iter().chain(FILES.map(|(_, content, _)| content));
    assert!(contents.map(|content| digest(Algorithm::Sha256, content)).eq(sha256));
    assert_eq!(issues(&session), DOUBTS);

    let late = Err(refused_in(ImportState::Instantiating));
    assert_eq!(session.document("web.mf", good_manifest.as_bytes(), NOW), late);
    assert_eq!(session.absent(FileType::Certificate, NOW), late);
    assert_eq!((session.progress(), session.entity()), (40, None));
    let made = Entity::VirtualMachine("vm-7".to_owned());
    session.instantiated(made.clone(), NOW).unwrap();
    assert_eq!((session.state(), session.progress()), (ImportState::Completed, 100));
    assert_eq!((session.entity(), session.error()), (Some(&made), None));
    assert_eq!(session.expires_at(), NOW + TIMING.retention);
    let over = Err(refused_in(ImportState::Completed));
    assert_eq!(session.keep_alive(NOW), over);
    assert_eq!(session.report_progress(50, NOW), over);
    assert_eq!(session.fail("too late", NOW), over);
}

#[test]
fn a_failed_import_says_why_and_takes_nothing_more() {
    let mut session = plain();
    takes(&mut session, DESCRIPTOR, &descriptor(false));
    session.instantiate(Choices::new(), NOW).unwrap();
    session.fail("the host is gone", NOW).unwrap();
    assert_eq!((session.state(), session.error()), (ImportState::Error, Some("the host is gone")));
    assert!(session.choices().is_none(), "they may hold passwords");
    let over = refused_in(ImportState::Error);
    assert_eq!(over.to_string(), "this is not allowed in state `IMPORT_ERROR`");
    assert_eq!(session.keep_alive(NOW), Err(over.clone()));
    assert_eq!(session.report_progress(1, NOW), Err(over.clone()));
    assert_eq!(session.document("web.mf", b"", NOW), Err(over.clone()));
    assert_eq!(session.receive("one.vmdk", 0, b"f", NOW), Err(over.clone()));
    assert_eq!(session.instantiate(Choices::new(), NOW), Err(over.clone()));
    assert_eq!(session.fail("twice", NOW), Err(over));
    assert_eq!(session.error(), Some("the host is gone"));
}

#[test]
fn progress_is_of_what_is_pushed() {
    let source = ImportSource::LibraryItem { id: "item".to_owned() };
    let mut session = ImportSession::new(ImportRequest::new(source), TIMING, NOW).unwrap();
    let why = "the argument `id` is of an import that is not pushed";
    assert_eq!(message(session.report_progress(1, NOW)), why);
}

#[test]
fn documents_are_known_by_their_names() {
    let types = |session: &ImportSession| {
        [DESCRIPTOR, "x.OVF", "web.MF", "web.cert", BUNDLE, "one.vmdk", "notes.txt", "other"]
            .map(|name| session.document_type(name))
    };
    let (ovf, mf, cert) =
        (Some(FileType::Descriptor), Some(FileType::Manifest), Some(FileType::Certificate));
    let mut session = announcing(SignatureFiles::ManifestAndCertificate);
    assert_eq!(types(&session), [ovf, ovf, mf, cert, None, None, None, None]);
    takes(&mut session, DESCRIPTOR, &descriptor(true));
    let (bundle, disk, content) =
        (Some(FileType::MessageBundle), Some(FileType::Disk), Some(FileType::Content));
    assert_eq!(types(&session), [ovf, None, mf, cert, bundle, disk, content, None]);
    let session = announcing(SignatureFiles::Manifest);
    assert_eq!(types(&session), [ovf, ovf, mf, None, None, None, None, None]);
    assert_eq!(types(&plain()), [ovf, ovf, None, None, None, None, None, None]);
}

#[test]
fn what_is_absent_was_announced_and_has_not_come() {
    let not_announced = "the argument `file_type` was not announced";
    let mut session = plain();
    for file_type in [FileType::Manifest, FileType::Certificate, FileType::Disk] {
        assert_eq!(message(session.absent(file_type, NOW)), not_announced);
    }
    assert_eq!(rows(&session), [waiting("", FileType::Descriptor, false, None)]);

    let names = |session: &ImportSession| {
        session.files().into_iter().map(|file| file.file_type.as_str()).collect::<Vec<_>>()
    };
    let mut session = announcing(SignatureFiles::Manifest);
    assert_eq!(names(&session), ["OVF", "MANIFEST"]);
    assert_eq!(message(session.absent(FileType::Certificate, NOW)), not_announced);
    session.absent(FileType::Manifest, NOW).unwrap();
    assert_eq!(names(&session), ["OVF"]);
    let again = Err(refused_in(ImportState::OvfTransfer));
    assert_eq!(session.absent(FileType::Manifest, NOW), again);
    assert_eq!(session.document("web.mf", b"", NOW), again);

    let mut session = announcing(SignatureFiles::ManifestAndCertificate);
    session.absent(FileType::Certificate, NOW).unwrap();
    assert_eq!(names(&session), ["OVF", "MANIFEST"]);
    assert_eq!(session.absent(FileType::Certificate, NOW), again);
    assert_eq!(session.document("web.cert", b"", NOW), again);
    session.absent(FileType::Manifest, NOW).unwrap();
    assert_eq!(names(&session), ["OVF"]);
}

#[test]
fn each_signature_file_that_was_announced_is_waited_for() {
    let both = SignatureFiles::ManifestAndCertificate;
    let (mf, cert) = (FileType::Manifest, FileType::Certificate);
    for (announced, absent) in [
        (SignatureFiles::None, vec![]),
        (SignatureFiles::Manifest, vec![mf]),
        (both, vec![mf, cert]),
        (both, vec![cert, mf]),
    ] {
        let mut session = announcing(announced);
        takes(&mut session, DESCRIPTOR, &descriptor(false));
        session.instantiate(Choices::new(), NOW).unwrap();
        files_come(&mut session, &["one.vmdk", "two.vmdk"]);
        for file_type in absent {
            assert_eq!(session.state(), ImportState::FileTransfer, "{announced:?} {file_type:?}");
            session.absent(file_type, NOW).unwrap();
        }
        assert_eq!(session.state(), ImportState::Instantiating, "{announced:?}");
    }
}

#[test]
fn bytes_are_owed_while_the_import_lives() {
    let mut session = announcing(SignatureFiles::Manifest);
    takes(&mut session, "web.mf", &manifest(false, None));
    takes(&mut session, DESCRIPTOR, &descriptor(false));
    session.receive("one.vmdk", 4, b"t disk", NOW).unwrap();
    assert_eq!(session.owed().count(), 0);
    session.receive("one.vmdk", 0, b"firs", NOW).unwrap();
    assert_eq!(session.owed().collect::<Vec<_>>(), [("one.vmdk", 4..10)]);
    session.fail("the host is gone", NOW).unwrap();
    assert_eq!(session.transfer("one.vmdk").unwrap().owed(), Some(4..10));
    assert_eq!(session.owed().count(), 0, "nobody asks for them any more");
}

#[test]
fn files_the_manifest_does_not_list_are_told_of_at_the_end() {
    let all = manifest(false, None);
    let lines = |is_listed: fn(&&str) -> bool| -> String {
        all.lines().filter(is_listed).flat_map(|line| [line, "\n"]).collect()
    };
    let some = lines(|line| line.contains(DESCRIPTOR) || line.contains("one.vmdk"));
    let mut session = announcing(SignatureFiles::Manifest);
    takes(&mut session, DESCRIPTOR, &descriptor(false));
    takes(&mut session, "web.mf", &some);
    session.instantiate(Choices::new(), NOW).unwrap();
    assert_eq!(issues(&session), DOUBTS);
    files_come(&mut session, &["one.vmdk", "two.vmdk"]);
    assert_eq!(session.state(), ImportState::Instantiating);
    let unlisted = "the manifest does not list the file";
    // Not of the first, which is listed, nor of the notes, which have not come.
    let expected = of_file(false, "two.vmdk", "unlisted-file", unlisted);
    assert_eq!(issues(&session), [&DOUBTS[..], &[expected]].concat());

    // The same of documents, when they come.
    let mut session = announcing(SignatureFiles::Manifest);
    takes(&mut session, "web.mf", &lines(|line| !line.contains(DESCRIPTOR)));
    takes(&mut session, DESCRIPTOR, &descriptor(false));
    assert_eq!(session.state(), ImportState::SelectingOvfParams);
    let expected = of_file(false, DESCRIPTOR, "unlisted-file", unlisted);
    assert_eq!(issues(&session), [&DOUBTS[..], &[expected]].concat());
}

#[test]
fn a_document_that_the_manifest_contradicts_ends_the_import() {
    let computed = digest(Algorithm::Sha256, descriptor(false).as_bytes());
    let listed = digest(Algorithm::Sha256, b"something else");
    let why = format!("the `SHA256` digest is `{computed}`, not `{listed}`");
    let wrong = manifest(false, Some(DESCRIPTOR));
    for order in [[DESCRIPTOR, "web.mf"], ["web.mf", DESCRIPTOR]] {
        let mut session = announcing(SignatureFiles::Manifest);
        for name in order {
            let text = if name == DESCRIPTOR { descriptor(false) } else { wrong.clone() };
            takes(&mut session, name, &text);
        }
        assert_eq!(session.state(), ImportState::Error);
        assert_eq!(session.error(), Some(format!("file `web.ovf`: {why}").as_str()));
        let expected = of_file(true, DESCRIPTOR, "digest-mismatch", &why);
        assert_eq!(issues(&session), [&DOUBTS[..], &[expected]].concat());
    }
}

#[test]
fn a_bad_descriptor_ends_the_import() {
    let mut session = plain();
    let text = descriptor(false).replace("fileRef=\"one\"", "fileRef=\"three\"");
    takes(&mut session, DESCRIPTOR, &text);
    assert_eq!(session.state(), ImportState::Error);
    let error = session.issues().iter().find(|issue| issue.is_error).expect("there is one");
    assert_eq!((error.code.as_str(), error.name.as_str()), ("OVF3102", "unknown-file-ref"));
    assert_eq!((error.file.as_str(), error.line), (DESCRIPTOR, 6));
    let why = format!("file `web.ovf`, line 6: {}", error.message);
    assert_eq!(session.error(), Some(why.as_str()));
    assert_eq!(session.expires_at(), NOW + TIMING.retention);

    let mut session = plain();
    session.document(DESCRIPTOR, b"\x1f\x8b", NOW).unwrap();
    assert_eq!(session.state(), ImportState::Error);
    let issue = session.issues().first().expect("there is one");
    assert_eq!(told(issue), of_file(true, DESCRIPTOR, "unreadable-input", &issue.message));
    let why = format!("file `web.ovf`: {}", issue.message);
    assert_eq!(session.error(), Some(why.as_str()));
}

#[test]
fn a_descriptor_with_more_warnings_than_are_told_is_taken() {
    let files: String =
        (0..1_100).map(|n| format!(r#"<File ovf:id="f{n}" ovf:href="f{n}.iso"/>"#)).collect();
    let text = descriptor(false).replace("</References>", &format!("{files}</References>"));
    let mut session = plain();
    takes(&mut session, DESCRIPTOR, &text);
    assert_eq!(session.error(), None);
    assert_eq!(session.state(), ImportState::SelectingOvfParams);
    let message = "there is more to tell of the descriptor than is told";
    let last = session.issues().last().expect("there are many");
    assert_eq!(told(last), of_file(false, DESCRIPTOR, "limit-reached", message));
    let parameters = session.try_instantiate(&Choices::new(), NOW).unwrap();
    assert_eq!(parameters.networks.len(), 1, "it was read again");
    assert_eq!(session.files().len(), 1 + FILES.len() + 1_100);
}

#[test]
fn a_package_of_too_many_pieces_is_told_of_once() {
    // Beyond the ceiling are the last piece of the second disk and the notes.
    let pieces = |count: usize| {
        let chunked = format!(r#"href="./two.vmdk" ovf:size="{count}" ovf:chunkSize="1""#);
        let text = descriptor(false).replace(r#"href="./two.vmdk""#, &chunked);
        let mut session = plain();
        takes(&mut session, DESCRIPTOR, &text);
        session
    };
    let session = pieces(MAX_FILES);
    assert_eq!(session.state(), ImportState::Error);
    let of_many = session.issues().iter().filter(|issue| issue.name == "too-many-files");
    let message = "the package has more than 10000 files";
    let expected = [of_file(true, DESCRIPTOR, "too-many-files", message)];
    assert_eq!(of_many.map(told).collect::<Vec<_>>(), expected);

    let session = pieces(MAX_FILES - 2);
    assert_eq!((session.state(), session.error()), (ImportState::SelectingOvfParams, None));
    assert_eq!(session.files().len(), 1 + MAX_FILES);
}

#[test]
fn a_collection_becomes_a_vapp() {
    let text = descriptor(false);
    let collection = text
        .replace(
            r#"<VirtualSystem ovf:id="web">"#,
            r#"<VirtualSystemCollection ovf:id="all"><Info>All</Info><VirtualSystem ovf:id="web">"#,
        )
        .replace("</VirtualSystem>", "</VirtualSystem></VirtualSystemCollection>");
    for (text, is_collection) in [(text, false), (collection, true)] {
        let mut session = plain();
        takes(&mut session, DESCRIPTOR, &text);
        assert_eq!((session.error(), session.is_collection()), (None, is_collection));
    }
}

#[test]
fn message_bundles_are_held_to_what_the_descriptor_says() {
    let text = descriptor(true);
    let length = BUNDLE_TEXT.len();
    let mut session = plain();
    let sized = format!(r#"ovf:href="de.xml" ovf:size="{length}""#);
    takes(&mut session, DESCRIPTOR, &text.replace(r#"ovf:href="de.xml""#, &sized));
    let size = Some(length as u64);
    let bundle = || rows(&session).into_iter().nth(1);
    assert_eq!(bundle(), Some(waiting(BUNDLE, FileType::MessageBundle, false, size)));
    let why = "the argument `bytes` is not as long as the descriptor says";
    assert_eq!(message(session.document(BUNDLE, b"<Strings/>", NOW)), why);
    takes(&mut session, BUNDLE, BUNDLE_TEXT);
    assert_eq!(session.state(), ImportState::SelectingOvfParams);

    // Each of two comes once.
    let two = text
        .replace("<References>", r#"<References><File ovf:id="fr" ovf:href="fr.xml"/>"#)
        .replace("<Strings", r#"<Strings xml:lang="fr" ovf:fileRef="fr"/><Strings"#);
    let mut session = plain();
    takes(&mut session, DESCRIPTOR, &two);
    takes(&mut session, BUNDLE, BUNDLE_TEXT);
    let again = session.document(BUNDLE, BUNDLE_TEXT.as_bytes(), NOW);
    assert_eq!(again, Err(refused_in(ImportState::MsgBundlesTransfer)));
    takes(&mut session, "fr.xml", &BUNDLE_TEXT.replace("\"de\"", "\"fr\""));
    assert_eq!(session.state(), ImportState::SelectingOvfParams);

    let mut session = plain();
    takes(&mut session, DESCRIPTOR, &text);
    takes(&mut session, BUNDLE, "<Other/>");
    assert_eq!(session.error(), Some("file `de.xml`: the file is no message bundle"));
    let last = session.issues().last().expect("there is one");
    let expected = of_file(true, BUNDLE, "unreadable-input", "the file is no message bundle");
    assert_eq!(told(last), expected);
}

#[test]
fn a_certificate_may_be_as_long_as_the_limit() {
    let limit = Limits::default().certificate_bytes;
    let mut session = announcing(SignatureFiles::ManifestAndCertificate);
    let why = format!("the argument `bytes` has more than {limit} bytes");
    assert_eq!(message(session.document("web.cert", &vec![b'x'; limit + 1], NOW)), why);
    assert_eq!(session.certificate(), None);
    session.document("web.cert", &vec![b'x'; limit], NOW).unwrap();
    assert_eq!(session.certificate().map(str::len), Some(limit));
}

#[test]
fn of_a_document_its_name_and_length_are_shown() {
    let mut session = plain();
    takes(&mut session, DESCRIPTOR, &descriptor(false));
    let length = descriptor(false).len();
    let shown = format!("{session:?}");
    let document = format!("Document {{ name: \"web.ovf\", bytes: {length}, .. }}");
    assert!(shown.contains(&document), "{shown}");
}
