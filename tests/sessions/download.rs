//! Downloads.

use std::time::Duration;

use ovf::digest::Algorithm;
use ovf::import::session::{
    DownloadSession, DownloadState, PrepareStatus, SessionError, Sessions, Timing,
};

use crate::random::{Random, restarted, saved, sequences};
use crate::transfer::digest;

const TIMING: Timing = Timing { idle: Duration::from_secs(30), retention: Duration::from_secs(20) };
const NAMES: [&str; 3] = ["a", "b", "c"];

struct Model {
    state: DownloadState,
    files: [PrepareStatus; 3],
    progress: u8,
    expires_at: Duration,
}

fn kind<T>(result: Result<T, SessionError>) -> Result<(), &'static str> {
    result.map(drop).map_err(|error| error.as_str())
}

fn run(mut random: Random) -> &'static str {
    let mut now = Duration::from_secs(random.within(0..100));
    let files = NAMES.map(|name| (name.to_owned(), Some(1), None));
    let mut store = Sessions::new();
    store.create("d", None, now, || DownloadSession::new("item", "1", files, TIMING, now)).unwrap();
    let mut model = Model {
        state: DownloadState::Active,
        files: [PrepareStatus::Unprepared; 3],
        progress: 0,
        expires_at: now + TIMING.idle,
    };
    for _ in 0..random.within(1..60) {
        now += Duration::from_secs(random.within(0..6));
        if random.chance(2) {
            now += Duration::from_secs(random.within(0..60));
        }
        if random.chance(5) {
            store = restarted(&store);
        }
        if now > model.expires_at {
            assert_eq!(kind(store.get("d", now)), Err("NOT_FOUND"));
            assert_eq!(store.sweep(now).len(), 1);
            return "expired";
        }
        assert!(store.sweep(now).is_empty(), "nothing expires before its time");
        let session = store.get_mut("d", now).unwrap();
        let before = saved(session);
        let (done, foreseen) = step(&mut random, session, &mut model, now);
        assert_eq!(done, foreseen);
        match done {
            Err(_) => assert_eq!(saved(session), before, "what is refused changes nothing"),
            Ok(()) if model.state == DownloadState::Active => {
                model.expires_at = model.expires_at.max(now + TIMING.idle);
            }
            Ok(()) => model.expires_at = model.expires_at.max(now + TIMING.retention),
        }
        assert_eq!(session.state(), model.state);
        assert_eq!(session.client_progress(), model.progress);
        assert_eq!(session.expires_at(), model.expires_at);
        assert_eq!(session.error().is_some(), model.state == DownloadState::Error);
        for (name, status) in NAMES.into_iter().zip(model.files) {
            let file = session.file(name).unwrap();
            assert_eq!(file.status, status);
            let has_link =
                status == PrepareStatus::Prepared && model.state == DownloadState::Active;
            assert_eq!(file.download_endpoint.is_some(), has_link, "links live with the session");
        }
    }
    // A download may be deleted in any state.
    assert!(store.delete("d", now).is_ok());
    model.state.as_str()
}

type Outcome = Result<(), &'static str>;

fn step(
    random: &mut Random,
    session: &mut DownloadSession,
    model: &mut Model,
    now: Duration,
) -> (Outcome, Outcome) {
    const NOT_ALLOWED: Outcome = Err("NOT_ALLOWED_IN_CURRENT_STATE");
    let active = if model.state == DownloadState::Active { Ok(()) } else { NOT_ALLOWED };
    let at = random.within(0..3) as usize;
    let (name, status) = (NAMES[at], model.files[at]);
    let asked = matches!(status, PrepareStatus::PrepareRequested | PrepareStatus::Preparing);
    let mut set = |foreseen: Outcome, new| {
        foreseen.iter().for_each(|()| model.files[at] = new);
        foreseen
    };
    match random.within(0..100) {
        0..25 => {
            let is_new = matches!(status, PrepareStatus::Unprepared | PrepareStatus::Error);
            let new = if is_new { PrepareStatus::PrepareRequested } else { status };
            let foreseen = set(active, new);
            let result = session.prepare(name, now);
            result.iter().for_each(|told| assert_eq!(*told, new));
            (kind(result), foreseen)
        }
        25..40 => {
            let is_asked = status == PrepareStatus::PrepareRequested;
            let foreseen = active.and(if is_asked { Ok(()) } else { NOT_ALLOWED });
            let foreseen = set(foreseen, PrepareStatus::Preparing);
            (kind(session.preparing(name, now)), foreseen)
        }
        40..60 => {
            let foreseen = active.and(if asked { Ok(()) } else { NOT_ALLOWED });
            let foreseen = set(foreseen, PrepareStatus::Prepared);
            (kind(session.prepared(name, "https://library.example/a", now)), foreseen)
        }
        60..67 => {
            let foreseen = active.and(if asked { Ok(()) } else { NOT_ALLOWED });
            let foreseen = set(foreseen, PrepareStatus::Error);
            (kind(session.fail_file(name, "it is gone", now)), foreseen)
        }
        67..72 => (kind(session.prepare("unknown", now)), active.and(Err("NOT_FOUND"))),
        72..95 => {
            let progress = random.chance(70).then(|| random.within(0..140) as u8);
            let is_over = progress.is_some_and(|percent| percent > 100);
            let foreseen = active.and(if is_over { Err("INVALID_ARGUMENT") } else { Ok(()) });
            if foreseen.is_ok() {
                model.progress = model.progress.max(progress.unwrap_or(0));
            }
            (kind(session.keep_alive(progress, now)), foreseen)
        }
        95..98 => {
            active.iter().for_each(|()| model.state = DownloadState::Canceled);
            (kind(session.cancel(now)), active)
        }
        _ => {
            active.iter().for_each(|()| model.state = DownloadState::Error);
            (kind(session.fail("the client has no room", now)), active)
        }
    }
}

#[test]
fn a_download_does_what_its_model_does() {
    let ends = ["expired", "ACTIVE", "ERROR", "CANCELED"];
    sequences("download", &ends, run);
}

#[test]
fn a_download_tells_of_its_item_and_files() {
    let now = Duration::from_secs(1_000);
    let checksum = digest(Algorithm::Sha256, b"first disk");
    let files =
        [("web.ovf".to_owned(), None, None), ("one.vmdk".to_owned(), Some(10), Some(checksum))];
    let mut session = DownloadSession::new("item", "3", files, TIMING, now).unwrap();
    assert_eq!((session.library_item_id(), session.content_version()), ("item", "3"));
    assert_eq!((session.state(), session.client_progress()), (DownloadState::Active, 0));
    assert_eq!((session.error(), session.expires_at()), (None, now + TIMING.idle));
    let told = |session: &DownloadSession| {
        let told = session.files().map(|(name, file)| {
            (name.to_owned(), file.size, file.checksum, file.status, file.download_endpoint.clone())
        });
        told.collect::<Vec<_>>()
    };
    let unprepared = PrepareStatus::Unprepared;
    let disk = || ("one.vmdk".to_owned(), Some(10), Some(checksum));
    let descriptor = ("web.ovf".to_owned(), None, None, unprepared, None);
    let (name, size, sum) = disk();
    assert_eq!(told(&session), [(name, size, sum, unprepared, None), descriptor.clone()]);

    // Each step in its turn.
    let early = session.preparing("one.vmdk", now);
    assert_eq!(early, Err(SessionError::NotAllowedInCurrentState { state: "UNPREPARED" }));
    assert_eq!(session.prepare("one.vmdk", now), Ok(PrepareStatus::PrepareRequested));
    session.preparing("one.vmdk", now).unwrap();
    let again = session.preparing("one.vmdk", now);
    assert_eq!(again, Err(SessionError::NotAllowedInCurrentState { state: "PREPARING" }));
    let link = "https://library.example/one.vmdk";
    session.prepared("one.vmdk", link, now).unwrap();
    let (name, size, sum) = disk();
    let prepared = (name, size, sum, PrepareStatus::Prepared, Some(link.to_owned()));
    assert_eq!(told(&session), [prepared, descriptor]);
    session.prepare("web.ovf", now).unwrap();
    session.fail_file("web.ovf", "it is gone", now).unwrap();
    let file = session.file("web.ovf").unwrap();
    assert_eq!((file.status, file.error.as_deref()), (PrepareStatus::Error, Some("it is gone")));
    session.prepare("web.ovf", now).unwrap();
    assert_eq!(session.file("web.ovf").unwrap().error, None, "it is asked for anew");
    session.fail("the client has no room", now).unwrap();
    assert_eq!(session.error(), Some("the client has no room"));
    let (name, size, sum) = disk();
    let told = told(&session).into_iter().next();
    assert_eq!(told, Some((name, size, sum, PrepareStatus::Prepared, None)), "its link is gone");
}

#[test]
fn names_are_those_of_the_api() {
    let statuses = [
        (PrepareStatus::Unprepared, "UNPREPARED"),
        (PrepareStatus::PrepareRequested, "PREPARE_REQUESTED"),
        (PrepareStatus::Preparing, "PREPARING"),
        (PrepareStatus::Prepared, "PREPARED"),
        (PrepareStatus::Error, "ERROR"),
    ];
    for (status, name) in statuses {
        assert_eq!(status.as_str(), name);
    }
    let states = [DownloadState::Active, DownloadState::Canceled, DownloadState::Error];
    assert_eq!(states.map(DownloadState::as_str), ["ACTIVE", "CANCELED", "ERROR"]);
}
