//! The life of an import.

use std::collections::BTreeMap;
use std::time::Duration;

use ovf::import::session::{
    Entity, ImportRequest, ImportSession, ImportSource, ImportState, SessionError, Sessions,
    SignatureFiles, Timing, TransferStatus,
};
use ovf::import::{Choices, FileType};

use crate::package::{BUNDLE, BUNDLE_TEXT, DESCRIPTOR, FILES, descriptor, manifest};
use crate::random::{Random, restarted, saved, sequences};

const ID: &str = "import-1";
const TOKEN: &str = "7d1f0c52-9c1e-4f6a-8a53-2b7e0d9f4c11";
const TIMING: Timing =
    Timing { idle: Duration::from_secs(60), retention: Duration::from_secs(100) };

const NOT_FOUND: &str = "NOT_FOUND";
const NOT_ALLOWED: &str = "NOT_ALLOWED_IN_CURRENT_STATE";
const INVALID: &str = "INVALID_ARGUMENT";

#[derive(Default)]
struct File {
    stored: BTreeMap<u64, u8>,
    size: Option<u64>,
    begun: bool,
}

/// What an import is a complicated form of.
struct Model {
    state: ImportState,
    is_push: bool,
    has_bundle: bool,
    announced: SignatureFiles,
    has_bundle_come: bool,
    /// Whether it has come, and which file it says something wrong of.
    manifest: Option<Option<&'static str>>,
    is_manifest_absent: bool,
    is_certificate_settled: bool,
    files: [File; 3],
    progress: u8,
    now: Duration,
    expires_at: Duration,
}

impl Model {
    fn living(&self) -> Result<(), &'static str> {
        if self.state.is_final() { Err(NOT_ALLOWED) } else { Ok(()) }
    }

    fn is(&self, states: &[ImportState]) -> Result<(), &'static str> {
        if states.contains(&self.state) { Ok(()) } else { Err(NOT_ALLOWED) }
    }

    fn takes_files(&self) -> Result<(), &'static str> {
        self.is(&[
            ImportState::MsgBundlesTransfer,
            ImportState::SelectingOvfParams,
            ImportState::FileTransfer,
        ])
    }

    fn awaits_manifest(&self) -> bool {
        self.announced != SignatureFiles::None
            && self.manifest.is_none()
            && !self.is_manifest_absent
    }

    fn awaits_certificate(&self) -> bool {
        self.announced == SignatureFiles::ManifestAndCertificate && !self.is_certificate_settled
    }

    fn contradicts(&self, name: &str) -> bool {
        self.manifest == Some(Some(name)) || (self.manifest == Some(Some("")) && name == "one.vmdk")
    }

    fn active(&mut self) {
        self.expires_at = self.expires_at.max(self.now + TIMING.idle);
    }

    fn end(&mut self, state: ImportState) {
        if !self.state.is_final() {
            self.state = state;
            self.expires_at = self.expires_at.max(self.now + TIMING.retention);
        }
    }

    /// What each file must be now.
    fn status(&self, at: usize, session: &ImportSession) -> TransferStatus {
        let (name, content, _) = FILES[at];
        let file = &self.files[at];
        let is_whole = file.begun && file.size.is_some_and(|size| file.stored.len() as u64 == size);
        let transfer = session.transfer(name).expect("the descriptor lists it");
        if self.manifest == Some(Some("")) && name == "one.vmdk" {
            return TransferStatus::Error;
        }
        if !file.begun {
            TransferStatus::WaitingForTransfer
        } else if !is_whole {
            TransferStatus::Transferring
        } else if self.awaits_manifest() || transfer.owed().is_some() {
            TransferStatus::Validating
        } else if self.manifest.is_none()
            || (!self.contradicts(name) && file.stored.values().eq(content))
        {
            TransferStatus::Ready
        } else {
            TransferStatus::Error
        }
    }

    fn advance(&mut self, session: &ImportSession) {
        let has_files = session.transfer(FILES[0].0).is_some();
        let statuses: Vec<_> = match has_files {
            true => (0..3).map(|at| self.status(at, session)).collect(),
            false => Vec::new(),
        };
        if statuses.contains(&TransferStatus::Error) {
            self.end(ImportState::Error);
        }
        if self.state == ImportState::MsgBundlesTransfer
            && (self.has_bundle_come || !self.has_bundle)
        {
            self.state = ImportState::SelectingOvfParams;
        }
        let is_settled = |(at, status): (usize, &TransferStatus)| match status {
            TransferStatus::Ready => true,
            TransferStatus::WaitingForTransfer => !FILES[at].2,
            _ => false,
        };
        if self.state == ImportState::FileTransfer
            && !self.awaits_manifest()
            && !self.awaits_certificate()
            && statuses.iter().enumerate().all(is_settled)
        {
            self.state = ImportState::Instantiating;
        }
        if has_files && self.state != ImportState::Error {
            for (at, status) in statuses.into_iter().enumerate() {
                assert_eq!(session.transfer(FILES[at].0).unwrap().status(), status);
            }
        }
    }

    fn check(&self, session: &ImportSession) {
        assert_eq!(session.state(), self.state, "{:?}", session.error());
        assert_eq!(session.expires_at(), self.expires_at);
        let completed = self.state == ImportState::Completed;
        assert_eq!(session.progress(), if completed { 100 } else { self.progress });
        assert_eq!(session.error().is_some(), self.state == ImportState::Error);
        for (at, (name, ..)) in FILES.into_iter().enumerate() {
            let told = session.files().into_iter().find(|file| file.name == name);
            let bytes = told.as_ref().map_or(0, |file| file.bytes_transferred);
            assert_eq!(
                bytes,
                self.files[at].stored.len() as u64,
                "no byte is lost or counted twice"
            );
            assert!(told.is_none_or(|file| file.optional_upload != FILES[at].2));
        }
    }
}

fn kind(result: Result<(), SessionError>) -> Result<(), &'static str> {
    result.map_err(|error| error.as_str())
}

fn run(mut random: Random) -> &'static str {
    let announced = *random.pick(&[
        SignatureFiles::None,
        SignatureFiles::Manifest,
        SignatureFiles::Manifest,
        SignatureFiles::ManifestAndCertificate,
    ]);
    let is_push = random.chance(80);
    let source = match is_push {
        true => ImportSource::Push,
        false => ImportSource::LibraryItem { id: "item".to_owned() },
    };
    let request = ImportRequest::new(source).signature_files(announced);
    let now = Duration::from_secs(random.within(0..1_000));
    let mut store = Sessions::new();
    let create = |store: &mut Sessions<ImportSession>, id: &str, now| {
        let make = || ImportSession::new(request.clone(), TIMING, now);
        store.create(id, Some(TOKEN), now, make)
    };
    assert_eq!(create(&mut store, ID, now).unwrap(), ID);
    let mut model = Model {
        state: ImportState::OvfTransfer,
        is_push,
        has_bundle: random.chance(40),
        announced,
        has_bundle_come: false,
        manifest: None,
        is_manifest_absent: false,
        is_certificate_settled: false,
        files: Default::default(),
        progress: 0,
        now,
        expires_at: now + TIMING.idle,
    };
    for _ in 0..random.within(5..50) {
        // Mostly forward, sometimes back.
        let most = if random.chance(3) { 90 } else { 8 };
        let seconds = Duration::from_secs(random.within(0..most));
        let is_back = random.chance(5);
        model.now = if is_back {
            model.now.saturating_sub(seconds)
        } else {
            model.now.saturating_add(seconds)
        };
        if random.chance(5) {
            store = restarted(&store);
        }
        if model.now > model.expires_at {
            assert_eq!(store.get(ID, model.now).err().unwrap().as_str(), NOT_FOUND);
            assert_eq!(store.list(model.now).count(), 0);
            let swept = store.sweep(model.now);
            assert_eq!(swept.len(), 1);
            assert_eq!(create(&mut store, "import-2", model.now).unwrap(), "import-2");
            return "expired";
        }
        assert_eq!(store.sweep(model.now).len(), 0, "nothing expires before its time");
        if random.chance(3) {
            assert_eq!(
                create(&mut store, "other", model.now).unwrap(),
                ID,
                "the token leads to it"
            );
        }
        let session = store.get_mut(ID, model.now).unwrap();
        let before = saved(session);
        let (done, foreseen) = step(&mut random, session, &mut model);
        assert_eq!(done, foreseen);
        if done.is_err() {
            assert_eq!(saved(session), before, "what is refused changes nothing");
        } else {
            model.advance(session);
        }
        model.check(session);
    }
    if random.chance(50) {
        assert!(store.delete(ID, model.now).is_ok());
        assert_eq!(store.delete(ID, model.now).err().unwrap().as_str(), NOT_FOUND);
    }
    model.state.as_str()
}

type Outcome = Result<(), &'static str>;

/// One call: what it returned, and what the model says of that.
fn step(random: &mut Random, session: &mut ImportSession, model: &mut Model) -> (Outcome, Outcome) {
    // Half of the calls are those that bring the import forward, so that late states are seen.
    let forward = match model.state {
        ImportState::OvfTransfer => 0,
        ImportState::MsgBundlesTransfer => 10,
        ImportState::SelectingOvfParams => 85,
        ImportState::FileTransfer if random.chance(30) => 15,
        ImportState::FileTransfer => 30,
        ImportState::Instantiating => 97,
        _ => 50,
    };
    let what = if random.chance(50) { forward } else { random.within(0..100) };
    let now = model.now;
    match what {
        0..10 => descriptor_comes(random, session, model),
        10..15 => bundle_comes(random, session, model),
        15..27 => signature_file_comes(random, session, model),
        27..70 => bytes_come(random, session, model),
        70..75 => {
            let percent = random.within(0..130) as u8;
            let done = kind(session.report_progress(percent, now));
            let foreseen = model.living().and(match percent {
                _ if !model.is_push => Err(INVALID),
                101.. => Err(INVALID),
                _ => Ok(()),
            });
            if foreseen.is_ok() {
                model.progress = model.progress.max(percent);
                model.active();
            }
            (done, foreseen)
        }
        75..80 => {
            let is_good = random.chance(50);
            let before = saved(session);
            let result = session.try_instantiate(&choices(is_good), now);
            let foreseen = model.is(&[ImportState::SelectingOvfParams]);
            if let Ok(parameters) = &result {
                assert_eq!(parameters.errors.is_empty(), is_good, "{:?}", parameters.errors);
                model.active();
                let mut without_lease = [before, saved(session)]
                    .map(|saved| serde_json::from_str::<serde_json::Value>(&saved).unwrap());
                without_lease.iter_mut().for_each(|session| session["lease"] = 0.into());
                assert_eq!(without_lease[0], without_lease[1], "it changes no state");
            }
            (kind(result.map(drop)), foreseen)
        }
        80..90 => {
            let is_good = random.chance(90);
            let done = kind(session.instantiate(choices(is_good), now));
            let foreseen = model.is(&[ImportState::SelectingOvfParams]).and(match is_good {
                true => Ok(()),
                false => Err(INVALID),
            });
            if foreseen.is_ok() {
                model.state = ImportState::FileTransfer;
                model.active();
            }
            (done, foreseen)
        }
        90..92 => {
            let done = kind(session.keep_alive(now));
            let foreseen = model.living();
            foreseen.iter().for_each(|()| model.active());
            (done, foreseen)
        }
        92..93 => {
            let done = kind(session.fail("the host is gone", now));
            let foreseen = model.living();
            foreseen.iter().for_each(|()| model.end(ImportState::Error));
            (done, foreseen)
        }
        _ => {
            let done = kind(session.instantiated(Entity::VirtualMachine("vm-1".to_owned()), now));
            let foreseen = model.is(&[ImportState::Instantiating]);
            foreseen.iter().for_each(|()| model.end(ImportState::Completed));
            (done, foreseen)
        }
    }
}

fn choices(is_good: bool) -> Choices {
    let mut choices = Choices::new();
    let network = if is_good { "inside" } else { "outside" };
    choices.networks.insert(network.to_owned(), "network-7".to_owned());
    choices
}

fn descriptor_comes(
    random: &mut Random,
    session: &mut ImportSession,
    model: &mut Model,
) -> (Outcome, Outcome) {
    let text = descriptor(model.has_bundle);
    let is_first = model.state == ImportState::OvfTransfer;
    let (name, text, is_good) = match random.within(0..20) {
        0 => (DESCRIPTOR, text.replace("fileRef=\"one\"", "fileRef=\"three\""), false),
        1 => (DESCRIPTOR, "no XML".to_owned(), false),
        2 => ("../web.ovf", text, true),
        3 => ("other.txt", text, true),
        _ => (DESCRIPTOR, text, true),
    };
    let done = kind(session.document(name, text.as_bytes(), model.now));
    let foreseen = model.living().and(match name {
        "other.txt" => Err(NOT_FOUND),
        "../web.ovf" if is_first => Err(INVALID),
        "../web.ovf" => Err(NOT_FOUND),
        _ if is_first => Ok(()),
        _ => Err(NOT_ALLOWED),
    });
    if foreseen.is_ok() {
        if is_good && !model.contradicts(DESCRIPTOR) {
            model.state = ImportState::MsgBundlesTransfer;
            model.files[0].size = Some(10);
            model.active();
        } else {
            model.end(ImportState::Error);
        }
    }
    (done, foreseen)
}

fn bundle_comes(
    random: &mut Random,
    session: &mut ImportSession,
    model: &mut Model,
) -> (Outcome, Outcome) {
    let is_good = random.chance(95);
    let text = if is_good { BUNDLE_TEXT } else { "<Other/>" };
    let done = kind(session.document(BUNDLE, text.as_bytes(), model.now));
    let is_known = model.has_bundle && model.state != ImportState::OvfTransfer;
    let foreseen = model
        .living()
        .and(if is_known { Ok(()) } else { Err(NOT_FOUND) })
        .and(model.is(&[ImportState::MsgBundlesTransfer]));
    if foreseen.is_ok() {
        if is_good && !model.contradicts(BUNDLE) {
            model.has_bundle_come = true;
            model.active();
        } else {
            model.end(ImportState::Error);
        }
    }
    (done, foreseen)
}

fn signature_file_comes(
    random: &mut Random,
    session: &mut ImportSession,
    model: &mut Model,
) -> (Outcome, Outcome) {
    let is_late = model.is(&[ImportState::Instantiating, ImportState::Completed]).is_ok();
    let free = |is_open: bool| if is_open && !is_late { Ok(()) } else { Err(NOT_ALLOWED) };
    let now = model.now;
    let has_manifest = model.announced != SignatureFiles::None;
    let has_certificate = model.announced == SignatureFiles::ManifestAndCertificate;
    let announced = |is: bool, error| if is { Ok(()) } else { Err(error) };
    match random.within(0..10) {
        0..6 => {
            let wrong = match random.within(0..20) {
                0 => Some(DESCRIPTOR),
                1 if model.has_bundle => Some(BUNDLE),
                2 => Some("one.vmdk"),
                3 => Some("notes.txt"),
                // A line that cannot be read, for the first disk.
                4 => Some(""),
                _ => None,
            };
            let mut text = manifest(model.has_bundle, wrong);
            if wrong == Some("") {
                text = text.replace("SHA256(one.vmdk)= ", "SHA256(one.vmdk)= not hexadecimal ");
            }
            let done = kind(session.document("web.mf", text.as_bytes(), now));
            let foreseen = model
                .living()
                .and(announced(has_manifest, NOT_FOUND))
                .and(free(model.awaits_manifest()));
            if foreseen.is_ok() {
                model.manifest = Some(wrong);
                let has_come = model.state != ImportState::OvfTransfer;
                let is_contradicted = has_come && model.contradicts(DESCRIPTOR)
                    || model.has_bundle_come && model.contradicts(BUNDLE);
                // What cannot be read is an error of the manifest itself.
                if is_contradicted || wrong == Some("") {
                    model.end(ImportState::Error);
                } else {
                    model.active();
                }
            }
            (done, foreseen)
        }
        6..8 => {
            let done = kind(session.document("web.cert", b"a certificate", now));
            let foreseen = model
                .living()
                .and(announced(has_certificate, NOT_FOUND))
                .and(free(model.awaits_certificate()));
            if foreseen.is_ok() {
                model.is_certificate_settled = true;
                model.active();
            }
            (done, foreseen)
        }
        8 => {
            let done = kind(session.absent(FileType::Certificate, now));
            let foreseen = announced(has_certificate, INVALID)
                .and(free(model.awaits_certificate()))
                .and(model.living());
            if foreseen.is_ok() {
                model.is_certificate_settled = true;
                model.active();
            }
            (done, foreseen)
        }
        _ => {
            let done = kind(session.absent(FileType::Manifest, now));
            let foreseen = announced(has_manifest, INVALID)
                .and(free(model.awaits_manifest()))
                .and(model.living());
            if foreseen.is_ok() {
                model.is_manifest_absent = true;
                model.active();
            }
            (done, foreseen)
        }
    }
}

fn bytes_come(
    random: &mut Random,
    session: &mut ImportSession,
    model: &mut Model,
) -> (Outcome, Outcome) {
    let now = model.now;
    let at = random.within(0..3) as usize;
    let (name, content, _) = FILES[at];
    let length = content.len() as u64;
    let owed = session.transfer(name).and_then(|transfer| transfer.owed());
    match random.within(0..20) {
        0 => {
            let done = kind(session.receive("unknown", 0, b"x", now).map(drop));
            (done, model.takes_files().and(Err(NOT_FOUND)))
        }
        1 => {
            let done = kind(session.receive(name, u64::MAX - 1, b"xyz", now).map(drop));
            (done, model.takes_files().and(Err(INVALID)))
        }
        2..5 => {
            let done = kind(session.declare_size(name, length, now));
            let foreseen = model.takes_files();
            if foreseen.is_ok() {
                model.files[at].size = Some(length);
                model.active();
            }
            (done, foreseen)
        }
        5 if owed.is_some() || model.takes_files().is_err() => {
            let gone = random.range(length);
            let is_ready = session
                .transfer(name)
                .is_some_and(|transfer| transfer.status() == TransferStatus::Ready);
            let done = kind(session.forget(name, gone.clone(), now));
            let foreseen =
                model.takes_files().and(if is_ready { Err(NOT_ALLOWED) } else { Ok(()) });
            if foreseen.is_ok() {
                model.files[at].stored.retain(|at_byte, _| !gone.contains(at_byte));
                model.active();
            }
            (done, foreseen)
        }
        5..11 if owed.is_some() => {
            let owed = owed.expect("it is");
            let end = random.within(owed.start + 1..owed.end + 1);
            let bytes: Vec<u8> =
                (owed.start..end).map(|at_byte| model.files[at].stored[&at_byte]).collect();
            let done = kind(session.replay(name, owed.start, &bytes, now).map(drop));
            let foreseen = model.takes_files();
            foreseen.iter().for_each(|()| model.active());
            (done, foreseen)
        }
        _ => {
            let range = if random.chance(50) { 0..length } else { random.range(length) };
            let mut bytes = content[range.start as usize..range.end as usize].to_vec();
            if random.chance(3)
                && let Some(byte) = bytes.first_mut()
            {
                *byte ^= 1;
            }
            let result = session.receive(name, range.start, &bytes, now);
            let foreseen = model.takes_files();
            if let Ok(received) = &result {
                let file = &mut model.files[at];
                let fresh: Vec<u64> = received.fresh.iter().cloned().flatten().collect();
                let missing: Vec<u64> =
                    range.clone().filter(|at| !file.stored.contains_key(at)).collect();
                assert_eq!(fresh, missing);
                for at in fresh {
                    file.stored.insert(at, bytes[(at - range.start) as usize]);
                }
                file.begun = true;
            }
            foreseen.iter().for_each(|()| model.active());
            (kind(result.map(drop)), foreseen)
        }
    }
}

#[test]
fn an_import_does_what_its_model_does() {
    let ends = [
        "expired",
        "IMPORT_OVF_TRANSFER",
        "IMPORT_MSG_BUNDLES_TRANSFER",
        "IMPORT_SELECTING_OVF_PARAMS",
        "IMPORT_FILE_TRANSFER",
        "IMPORT_INSTANTIATING",
        "IMPORT_COMPLETED",
        "IMPORT_ERROR",
    ];
    sequences("import", &ends, run);
}

#[test]
fn an_import_needs_a_source_that_makes_sense() {
    let new = |source| {
        ImportSession::new(ImportRequest::new(source), TIMING, Duration::ZERO)
            .map(drop)
            .map_err(|error| error.as_str())
    };
    let pull =
        |uri: &str| ImportSource::Pull { uri: uri.to_owned(), ssl_certificate_thumbprint: None };
    assert_eq!(new(pull("https://a.example/web.ovf")), Ok(()));
    assert_eq!(new(pull("ftp://a.example/web.ovf")), Err(INVALID));
    assert_eq!(new(ImportSource::LibraryItem { id: String::new() }), Err(INVALID));
}

#[test]
fn passwords_are_not_shown() {
    let now = Duration::ZERO;
    let mut session = ImportSession::new(ImportRequest::push(), TIMING, now).unwrap();
    let product = r#"<ProductSection><Info>P</Info><Property ovf:key="pw" ovf:type="string"
        ovf:password="true" ovf:userConfigurable="true" ovf:value="hunter2"/></ProductSection>"#;
    let text = descriptor(false)
        .replace("<VirtualHardwareSection>", &format!("{product}<VirtualHardwareSection>"));
    session.document(DESCRIPTOR, text.as_bytes(), now).unwrap();
    let mut choices = Choices::new();
    choices.properties.insert("pw".to_owned(), "swordfish".to_owned());
    session.instantiate(choices, now).unwrap();
    assert_eq!(session.state(), ImportState::FileTransfer);
    let shown = format!("{session:?} {:?}", session.issues());
    assert!(!shown.contains("hunter2") && !shown.contains("swordfish"), "{shown}");
}
