//! Changes to library items.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ovf::digest::Algorithm;
use ovf::import::session::{
    AddSpec, ItemType, Preview, SessionError, Sessions, SourceType, Timing, TransferStatus,
    UpdateRequest, UpdateSession, UpdateState,
};
use ovf::manifest::{WarningBehavior, WarningType};

use crate::package::{DESCRIPTOR, FILES, descriptor, manifest};
use crate::random::{Random, restarted, saved, sequences};
use crate::transfer::digest;

const TIMING: Timing = Timing { idle: Duration::from_secs(60), retention: Duration::from_secs(40) };
const MANIFEST: &str = "web.mf";
const NAMES: [&str; 5] = [DESCRIPTOR, MANIFEST, "one.vmdk", "two.vmdk", "notes.txt"];

type Outcome = Result<(), &'static str>;
const NOT_FOUND: Outcome = Err("NOT_FOUND");
const NOT_ALLOWED: Outcome = Err("NOT_ALLOWED_IN_CURRENT_STATE");
const INVALID: Outcome = Err("INVALID_ARGUMENT");

/// A file that is added: what it will be, and what is there of it.
struct File {
    content: Vec<u8>,
    is_good: bool,
    is_pull: bool,
    /// Whether the checksum declared, if there is one, is that of the content.
    checksum: Option<bool>,
    size: Option<u64>,
    stored: BTreeSet<u64>,
    begun: bool,
    given_up: bool,
}

struct Model {
    state: UpdateState,
    item_type: ItemType,
    files: BTreeMap<&'static str, File>,
    existing: BTreeSet<&'static str>,
    removed: BTreeSet<&'static str>,
    /// Documents read: whether what they are is good.
    read: BTreeMap<&'static str, bool>,
    /// Whether the descriptor read is no XML, so that it names no files.
    is_junk: bool,
    is_doubtful: bool,
    is_accepted: bool,
    is_completing: bool,
    progress: u8,
    now: Duration,
    expires_at: Duration,
}

impl Model {
    fn active(&self) -> Outcome {
        if self.state == UpdateState::Active { Ok(()) } else { NOT_ALLOWED }
    }

    fn changeable(&self) -> Outcome {
        self.active().and(if self.is_completing { NOT_ALLOWED } else { Ok(()) })
    }

    fn status(&self, name: &str, session: &UpdateSession) -> TransferStatus {
        let file = &self.files[name];
        let is_whole = file.begun && file.size.is_some_and(|size| file.stored.len() as u64 == size);
        if file.given_up {
            TransferStatus::Error
        } else if !file.begun {
            TransferStatus::WaitingForTransfer
        } else if !is_whole {
            TransferStatus::Transferring
        } else if session.file(name).unwrap().transfer.owed().is_some() {
            TransferStatus::Validating
        } else if file.checksum == Some(false) {
            TransferStatus::Error
        } else {
            TransferStatus::Ready
        }
    }

    fn statuses(&self, session: &UpdateSession) -> BTreeMap<&'static str, TransferStatus> {
        self.files.keys().map(|&name| (name, self.status(name, session))).collect()
    }

    fn staying(&self) -> BTreeSet<&'static str> {
        self.existing.difference(&self.removed).copied().collect()
    }

    fn wanted(&self, session: &UpdateSession) -> BTreeSet<&'static str> {
        let statuses = self.statuses(session);
        let is_there = |name: &&'static str| match statuses.get(*name) {
            Some(status) => *status == TransferStatus::Ready,
            None => self.staying().contains(*name),
        };
        let wanted = [DESCRIPTOR, MANIFEST].into_iter().filter(is_there);
        wanted.filter(|name| !self.read.contains_key(name)).collect()
    }

    /// Missing files, and whether a file is wrong.
    fn verdict(&self, session: &UpdateSession) -> (BTreeSet<&'static str>, bool) {
        let statuses = self.statuses(session);
        let mut is_wrong = statuses.values().any(|status| *status == TransferStatus::Error);
        let mut missing = BTreeSet::new();
        if self.item_type == ItemType::Other {
            return (missing, is_wrong);
        }
        let names: BTreeSet<_> =
            self.staying().into_iter().chain(self.files.keys().copied()).collect();
        if !names.contains(DESCRIPTOR) {
            return (missing, true);
        }
        let Some(&is_descriptor_good) = self.read.get(DESCRIPTOR) else {
            return (missing, is_wrong);
        };
        is_wrong |= !is_descriptor_good;
        let ready = |name: &str| statuses.get(name) == Some(&TransferStatus::Ready);
        for (name, ..) in FILES {
            if !names.contains(name) && !self.is_junk {
                missing.insert(name);
            }
        }
        // The descriptor says how long the first disk is, the manifest what all of them are.
        is_wrong |= ready("one.vmdk") && self.files["one.vmdk"].content.len() != 10;
        if self.read.contains_key(MANIFEST) {
            is_wrong |= !self.read[MANIFEST];
            is_wrong |= !is_descriptor_good;
            is_wrong |= FILES.iter().any(|(name, ..)| ready(name) && !self.files[name].is_good);
        }
        (missing, is_wrong)
    }

    /// A session that was completed ends when everything is there.
    fn settle(&mut self, session: &UpdateSession) {
        if self.state != UpdateState::Active || !self.is_completing {
            return;
        }
        let statuses = self.statuses(session);
        if statuses.values().any(|status| *status == TransferStatus::Error) {
            self.end(UpdateState::Error);
        } else if statuses.values().all(|status| status.is_final())
            && self.wanted(session).is_empty()
        {
            let (missing, is_wrong) = self.verdict(session);
            let is_refused = self.is_doubtful && !self.is_accepted;
            let is_good = missing.is_empty() && !is_wrong && !is_refused;
            self.end(if is_good { UpdateState::Done } else { UpdateState::Error });
        }
    }

    fn end(&mut self, state: UpdateState) {
        self.state = state;
        self.is_completing = false;
        self.expires_at = self.expires_at.max(self.now + TIMING.retention);
    }

    fn touch(&mut self) {
        self.expires_at = self.expires_at.max(self.now + TIMING.idle);
    }
}

fn kind<T>(result: Result<T, SessionError>) -> Outcome {
    result.map(drop).map_err(|error| error.as_str())
}

fn good(name: &str) -> Vec<u8> {
    match name {
        DESCRIPTOR => descriptor(false).into_bytes(),
        MANIFEST => manifest(false, None).into_bytes(),
        _ => FILES.iter().find(|(known, ..)| *known == name).expect("it is known").1.to_vec(),
    }
}

fn bad(random: &mut Random, name: &str) -> Vec<u8> {
    match name {
        DESCRIPTOR => {
            descriptor(false).replace("fileRef=\"one\"", "fileRef=\"three\"").into_bytes()
        }
        MANIFEST => manifest(false, Some(DESCRIPTOR)).into_bytes(),
        _ if random.chance(50) => b"x".to_vec(),
        _ => good(name).iter().map(|byte| byte ^ 1).collect(),
    }
}

fn run(mut random: Random) -> &'static str {
    let now = Duration::from_secs(random.within(0..1_000));
    let mut request = UpdateRequest::new("item", "1");
    request.item_type = if random.chance(85) { ItemType::Ovf } else { ItemType::Other };
    let is_new = random.chance(50);
    let existing: BTreeSet<&str> =
        NAMES.into_iter().filter(|_| random.chance(if is_new { 0 } else { 60 })).collect();
    request.existing = existing.iter().map(|name| (*name).to_owned()).collect();
    let mut model = Model {
        state: UpdateState::Active,
        item_type: request.item_type,
        files: BTreeMap::new(),
        existing,
        removed: BTreeSet::new(),
        read: BTreeMap::new(),
        is_junk: false,
        is_doubtful: false,
        is_accepted: false,
        is_completing: false,
        progress: 0,
        now,
        expires_at: now + TIMING.idle,
    };
    let mut store = Sessions::new();
    store.create_update("u", None, request.clone(), TIMING, now).unwrap();
    for _ in 0..random.within(10..90) {
        let most = if random.chance(2) { 90 } else { 4 };
        model.now += Duration::from_secs(random.within(0..most));
        let now = model.now;
        if random.chance(4) {
            store = restarted(&store);
        }
        if now > model.expires_at {
            assert_eq!(kind(store.get("u", now)), NOT_FOUND);
            store.create_update("v", None, request, TIMING, now).expect("the item is free");
            assert_eq!(store.sweep(now).len(), 1);
            return "expired";
        }
        assert!(store.sweep(now).is_empty(), "nothing expires before its time");
        if random.chance(5) {
            let busy = kind(store.create_update("v", None, request.clone(), TIMING, now));
            if model.state == UpdateState::Active {
                assert_eq!(busy, Err("RESOURCE_BUSY"));
                assert_eq!(kind(store.delete("u", now)), NOT_ALLOWED);
            } else {
                assert_eq!(busy, Ok(()));
                assert!(store.get_mut("v", now).unwrap().cancel(now).is_ok());
                assert!(store.delete("v", now).is_ok());
            }
        }
        let session = store.get_mut("u", now).unwrap();
        let before = saved(session);
        let (done, foreseen) = step(&mut random, session, &mut model);
        assert_eq!(done, foreseen, "{:?}", session.error());
        match done {
            Err(_) => assert_eq!(saved(session), before, "what is refused changes nothing"),
            Ok(()) => model.settle(session),
        }
        check(session, &model);
    }
    model.state.as_str()
}

fn check(session: &UpdateSession, model: &Model) {
    let known: Vec<_> = model.files.iter().map(|(name, file)| (name, file.is_good)).collect();
    assert_eq!(
        session.state(),
        model.state,
        "{:?}; added {known:?}, in the item {:?}, read {:?}",
        session.error(),
        model.staying(),
        model.read
    );
    assert_eq!(session.is_completing(), model.is_completing);
    assert_eq!(session.expires_at(), model.expires_at);
    let is_done = model.state == UpdateState::Done;
    assert_eq!(session.client_progress(), if is_done { 100 } else { model.progress });
    assert_eq!(session.preview().is_some(), model.state == UpdateState::Active);
    let names: Vec<_> = session.files().map(|(name, _)| name).collect();
    assert!(names.iter().eq(model.files.keys()));
    assert!(session.removed().iter().eq(model.removed.iter()));
    for (name, status) in model.statuses(session) {
        let transfer = &session.file(name).unwrap().transfer;
        assert_eq!(transfer.status(), status, "{name}");
        assert_eq!(transfer.bytes_transferred(), model.files[name].stored.len() as u64);
        assert!(!is_done || status == TransferStatus::Ready);
    }
}

fn step(random: &mut Random, session: &mut UpdateSession, model: &mut Model) -> (Outcome, Outcome) {
    let now = model.now;
    match random.within(0..100) {
        0..17 => add(random, session, model),
        17..55 => bytes_come(random, session, model),
        55..59 => {
            let name = *random.pick(&NAMES);
            let is_added = model.files.contains_key(name);
            let is_staying = model.staying().contains(name);
            let foreseen =
                model.changeable().and(if is_added || is_staying { Ok(()) } else { NOT_FOUND });
            if foreseen.is_ok() {
                if model.files.remove(name).is_none() {
                    model.removed.insert(name);
                }
                model.read.remove(name);
                model.touch();
            }
            (kind(session.remove(name, now)), foreseen)
        }
        59..72 => document_comes(random, session, model),
        72..78 => {
            let result = session.validate();
            let is_read = model.wanted(session).is_empty();
            let foreseen = model.active().and(if is_read { Ok(()) } else { NOT_ALLOWED });
            if let Ok(result) = &result {
                let (missing, is_wrong) = model.verdict(session);
                assert!(result.missing_files.iter().eq(missing.iter()), "{result:?}");
                assert_eq!(!result.invalid_files.is_empty(), is_wrong, "{result:?}");
                assert_eq!(result.has_errors, is_wrong || !missing.is_empty());
            }
            (kind(result), foreseen)
        }
        78..86 => {
            let statuses = model.statuses(session);
            let is_late = statuses.iter().any(|(name, status)| {
                !model.files[name].is_pull && *status != TransferStatus::Ready
            });
            let are_fetched = statuses.values().all(|status| status.is_final());
            let is_unread = are_fetched && !model.wanted(session).is_empty();
            let foreseen =
                model.changeable().and(if is_late || is_unread { NOT_ALLOWED } else { Ok(()) });
            let result = session.complete(now);
            if foreseen.is_ok() {
                model.is_completing = true;
                model.touch();
            }
            (kind(result), foreseen)
        }
        86..90 => {
            let progress = random.chance(70).then(|| random.within(0..140) as u8);
            let is_over = progress.is_some_and(|percent| percent > 100);
            let foreseen = model.active().and(if is_over { INVALID } else { Ok(()) });
            if foreseen.is_ok() {
                model.progress = model.progress.max(progress.unwrap_or(0));
                model.touch();
            }
            (kind(session.keep_alive(progress, now)), foreseen)
        }
        90..93 => {
            let is_accepted = random.chance(70);
            let kind_of = WarningType::SelfSigned;
            let behavior = WarningBehavior { kind: kind_of, ignored: is_accepted };
            let foreseen = model.active();
            if foreseen.is_ok() {
                model.is_accepted = is_accepted;
                model.touch();
            }
            (kind(session.update(vec![behavior], now)), foreseen)
        }
        93..98 => {
            let is_doubtful = random.chance(50);
            let preview = if is_doubtful { doubtful() } else { Preview::available(Vec::new()) };
            let foreseen = model.active();
            if foreseen.is_ok() {
                model.is_doubtful = is_doubtful;
                model.touch();
            }
            let done = kind(session.set_preview(preview, now));
            if let Some(warning) = session.preview().and_then(|seen| seen.warnings.first().cloned())
            {
                assert_eq!(warning.ignored, model.is_accepted);
            }
            (done, foreseen)
        }
        98 => {
            let foreseen = model.active();
            foreseen.iter().for_each(|()| model.end(UpdateState::Canceled));
            (kind(session.cancel(now)), foreseen)
        }
        _ => {
            let foreseen = model.active();
            foreseen.iter().for_each(|()| model.end(UpdateState::Error));
            (kind(session.fail("the client has lost a file", now)), foreseen)
        }
    }
}

fn doubtful() -> Preview {
    let warning = r#"{"kind":"SelfSigned","message":"nobody vouches for it","ignored":false}"#;
    Preview::available(vec![serde_json::from_str(warning).unwrap()])
}

fn add(random: &mut Random, session: &mut UpdateSession, model: &mut Model) -> (Outcome, Outcome) {
    if random.chance(4) {
        let foreseen = model.changeable().and(INVALID);
        return (kind(session.add(AddSpec::push("../up"), model.now)), foreseen);
    }
    // Names that are not there yet come first, so that packages become whole.
    let missing: Vec<&'static str> =
        NAMES.into_iter().filter(|name| !model.files.contains_key(name)).collect();
    let name = match missing.is_empty() || random.chance(10) {
        true => *random.pick(&NAMES),
        false => *random.pick(&missing),
    };
    let is_good = random.chance(93);
    let content = if is_good { good(name) } else { bad(random, name) };
    let is_pull = random.chance(20);
    let mut spec = match is_pull {
        true => AddSpec::pull(name, "https://library.example/file"),
        false => AddSpec::push(name),
    };
    let checksum = random.chance(40).then(|| random.chance(95));
    if let Some(is_right) = checksum {
        let of = if is_right { content.as_slice() } else { b"something else" };
        let algorithm = *random.pick(&[Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha512]);
        spec = spec.checksum(digest(algorithm, of));
    }
    let size = random.chance(60).then_some(content.len() as u64);
    if let Some(size) = size {
        spec = spec.size(size);
    }
    let foreseen = model.changeable();
    if foreseen.is_ok() {
        model.removed.remove(name);
        model.read.remove(name);
        let (stored, begun, given_up) = (BTreeSet::new(), false, false);
        let file = File { content, is_good, is_pull, checksum, size, stored, begun, given_up };
        model.files.insert(name, file);
        model.touch();
    }
    let done = kind(session.add(spec, model.now));
    if let Ok(file) = session.file(name)
        && foreseen.is_ok()
    {
        assert_eq!(file.source_type == SourceType::Pull, is_pull);
    }
    (done, foreseen)
}

fn bytes_come(
    random: &mut Random,
    session: &mut UpdateSession,
    model: &mut Model,
) -> (Outcome, Outcome) {
    let now = model.now;
    let names: Vec<&'static str> = model.files.keys().copied().collect();
    if names.is_empty() || random.chance(3) {
        let foreseen = model.active().and(NOT_FOUND);
        return (kind(session.receive("unknown", 0, b"x", now)), foreseen);
    }
    // What is not ready yet comes first.
    let statuses = model.statuses(session);
    let open: Vec<_> = names.iter().copied().filter(|name| !statuses[name].is_final()).collect();
    let name = if open.is_empty() { *random.pick(&names) } else { *random.pick(&open) };
    let status = statuses[name];
    let active = model.active();
    let file = model.files.get_mut(name).expect("it is one of them");
    let length = file.content.len() as u64;
    let owed = session.file(name).unwrap().transfer.owed();
    let refused = if status == TransferStatus::Error { NOT_ALLOWED } else { Ok(()) };
    let (done, foreseen) = match random.within(0..20) {
        0 => {
            let settled = if status.is_final() { NOT_ALLOWED } else { Ok(()) };
            let foreseen = active.and(settled);
            let gone = random.range(length);
            let is_given_up = random.chance(10);
            let done = match is_given_up {
                true => kind(session.fail_file(name, "it is gone", now)),
                false => kind(session.forget(name, gone.clone(), now)),
            };
            if foreseen.is_ok() {
                match is_given_up {
                    true => file.given_up = true,
                    false => file.stored.retain(|at| !gone.contains(at)),
                }
            }
            (done, foreseen)
        }
        1..4 => {
            let foreseen = active;
            foreseen.iter().for_each(|()| file.size = Some(length));
            (kind(session.declare_size(name, length, now)), foreseen)
        }
        4..10 if owed.is_some() => {
            let owed = owed.expect("it is");
            let end = if random.chance(70) {
                owed.end
            } else {
                random.within(owed.start + 1..owed.end + 1)
            };
            let bytes = &file.content[owed.start as usize..end as usize];
            (kind(session.replay(name, owed.start, bytes, now)), active)
        }
        _ => {
            let range = if random.chance(60) { 0..length } else { random.range(length) };
            let bytes = &file.content[range.start as usize..range.end as usize];
            let result = session.receive(name, range.start, bytes, now);
            let foreseen = active.and(refused);
            if let Ok(received) = &result {
                let fresh: BTreeSet<u64> = received.fresh.iter().cloned().flatten().collect();
                let missing: BTreeSet<u64> = range.filter(|at| !file.stored.contains(at)).collect();
                assert_eq!(fresh, missing);
                assert_eq!(received.counted, fresh.len() as u64);
                file.stored.extend(fresh);
                file.begun = true;
            }
            (kind(result), foreseen)
        }
    };
    if foreseen.is_ok() {
        model.touch();
    }
    (done, foreseen)
}

fn document_comes(
    random: &mut Random,
    session: &mut UpdateSession,
    model: &mut Model,
) -> (Outcome, Outcome) {
    let now = model.now;
    if random.chance(5) {
        let foreseen = model.active().and(INVALID);
        return (kind(session.document("one.vmdk", b"first disk", now)), foreseen);
    }
    let wanted = session.wanted_documents();
    if model.state == UpdateState::Active {
        let wanted: BTreeSet<_> = wanted.iter().copied().collect();
        assert_eq!(wanted, model.wanted(session));
    }
    let name = *random.pick(&[DESCRIPTOR, MANIFEST]);
    let (status, is_good) = match model.files.get(name) {
        Some(file) => (Some(model.status(name, session)), file.is_good),
        None => (None, true),
    };
    let is_other = random.chance(10);
    let bytes = match model.files.get(name) {
        _ if is_other && name == MANIFEST => [bad(random, MANIFEST), vec![b'\n']].concat(),
        _ if is_other => b"something else".to_vec(),
        Some(file) => file.content.clone(),
        None => good(name),
    };
    let foreseen = model.active().and(match status {
        Some(TransferStatus::Ready) if is_other => INVALID,
        Some(TransferStatus::Ready) => Ok(()),
        Some(_) => NOT_ALLOWED,
        None if model.staying().contains(name) => Ok(()),
        None => NOT_FOUND,
    });
    if foreseen.is_ok() {
        model.read.insert(name, is_good && !is_other);
        if name == DESCRIPTOR {
            model.is_junk = is_other;
        }
        model.touch();
    }
    (kind(session.document(name, &bytes, now)), foreseen)
}

#[test]
fn an_update_does_what_its_model_does() {
    let ends = ["expired", "ACTIVE", "DONE", "ERROR", "CANCELED"];
    sequences("update", &ends, run);
}
